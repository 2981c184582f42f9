//! Lines to paragraphs, headings, items, notes and rows.
//!
//! Where a paragraph ends is told as a reader tells it: the next line stands further down, is indented, or is set
//! otherwise; or the line before ended although the next line's first word would still have fitted.

use std::collections::BTreeMap;

use super::furniture::Sheet;
use super::gutters::is_marker;
use super::lines;
use super::order::{self, Column};
use super::place::{Area, Line, Turn};

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    /// Of this level, from 1.
    Heading(u8),
    /// With the sign before it, and how deep.
    Item(String, u8),
    Row,
    /// A footnote with its sign.
    Note(String),
}

/// A line on its page (by number, from 0).
#[derive(Clone, Debug)]
pub(super) struct Set {
    pub(super) page: usize,
    pub(super) line: Line,
}

/// A paragraph with the lines it was set in.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) kind: Kind,
    pub(super) lines: Vec<Set>,
    /// The column it stands in (where it ends, if it goes on over several): its left and right edges.
    edges: (f32, f32),
    /// Whether it is the first, and the last, of its column.
    first: bool,
    last: bool,
}

impl Paragraph {
    /// Its words, lines joined by spaces.
    pub(super) fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(|set| set.line.text()).collect();
        lines.join(" ")
    }

    fn size(&self) -> f32 {
        self.lines.first().map_or(0.0, |set| set.line.size)
    }

    fn is_bold(&self) -> bool {
        self.lines.iter().all(|set| set.line.bold)
    }
}

/// Which level of heading the file itself says a paragraph is, of its page, the mark of its first word, and its words.
pub(super) type Level<'l> = &'l dyn Fn(usize, Option<u32>, &str) -> Option<u8>;

/// How the document's text is set in general.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Habit {
    /// The font size of most of its letters.
    pub(super) size: f32,
    /// From baseline to baseline, as a part of the font size.
    pub(super) pitch: f32,
}

/// The habit of columns of lines.
pub(super) fn habit(columns: &[(usize, Column)]) -> Habit {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    let mut pitches: Vec<f32> = Vec::new();
    for (_, column) in columns {
        for line in column {
            let letters = line.words.iter().map(|word| word.text.len()).sum();
            sizes.push((line.size, letters));
        }
        for pair in column.windows(2) {
            let pitch = (pair[1].base - pair[0].base) / pair[1].size;
            if (0.9..2.6).contains(&pitch)
                && (pair[0].size - pair[1].size).abs() < 0.05 * pair[1].size
            {
                pitches.push(pitch);
            }
        }
    }
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    // The size that most letters have, to a twentieth.
    let mut best = (10.0, 0);
    let mut from = 0;
    for at in 0..sizes.len() {
        while sizes[from].0 < sizes[at].0 * 0.95 {
            from += 1;
        }
        let letters: usize = sizes[from..=at].iter().map(|size| size.1).sum::<usize>();
        if letters > best.1 {
            best = (sizes[at].0, letters);
        }
        // Long documents of a few sizes would be summed again and again.
        if at - from > 512 {
            from = at - 512;
        }
    }
    pitches.sort_by(f32::total_cmp);
    let pitch = pitches.get(pitches.len() * 2 / 5).copied().unwrap_or(1.2);
    Habit { size: best.0, pitch }
}

/// The columns of the pages, in reading order, each with its page. What runs another way than the page is read after it,
/// each direction by itself.
pub(super) fn columns_of(sheets: Vec<Sheet>) -> Vec<(usize, Column)> {
    let mut strips: BTreeMap<Turn, Vec<(f32, f32)>> = BTreeMap::new();
    for turn in sheets.iter().map(|sheet| sheet.turn) {
        strips.entry(turn).or_default();
    }
    for (turn, strips) in &mut strips {
        *strips = lines::strips_of(sheets.iter().filter_map(|sheet| sheet.rows.get(turn)));
    }
    let mut columns: Vec<(usize, Column)> = Vec::new();
    for (page, mut sheet) in sheets.into_iter().enumerate() {
        let upright = sheet.rows.remove(&sheet.turn).map(|rows| (sheet.turn, rows));
        for (turn, rows) in upright.into_iter().chain(sheet.rows) {
            let known = strips.get(&turn).map(Vec::as_slice).unwrap_or_default();
            let lines = lines::of_rows(rows, turn, known);
            columns.extend(order::of_lines(lines).into_iter().map(|column| (page, column)));
        }
    }
    columns
}

/// The paragraphs of columns in reading order; footnotes last.
pub(super) fn of_columns(columns: Vec<(usize, Column)>, level_of: Level<'_>) -> Vec<Paragraph> {
    let habit = habit(&columns);
    let edges = edges_of(&columns);
    let mut paragraphs = Vec::new();
    for ((page, column), edges) in columns.into_iter().zip(edges) {
        split(page, column, edges, habit, &mut paragraphs);
    }
    let (mut paragraphs, notes) = apart(paragraphs, habit);
    mark_headings(&mut paragraphs, habit, level_of);
    let mut paragraphs = joined(paragraphs);
    mark_items(&mut paragraphs);
    paragraphs.extend(notes);
    paragraphs
}

/// The edges of each column. A column of few lines takes its width from others of its page that begin where it does.
fn edges_of(columns: &[(usize, Column)]) -> Vec<(f32, f32)> {
    let own = |column: &Column| {
        let around = column.iter().map(|line| line.area).reduce(Area::around);
        around.map_or((0.0, 0.0), |area| (area.left, area.right))
    };
    let all: Vec<(usize, (f32, f32))> =
        columns.iter().map(|(page, column)| (*page, own(column))).collect();
    let mut from = 0;
    let mut edges = Vec::with_capacity(all.len());
    for (at, (page, (left, right))) in all.iter().enumerate() {
        while all[from].0 < *page {
            from += 1;
        }
        let (mut left, mut right) = (*left, *right);
        let size = columns[at].1.first().map_or(10.0, |line| line.size);
        if columns[at].1.len() < 3 {
            for (_, other) in all[from..].iter().take_while(|other| other.0 == *page).take(64) {
                if (other.0 - left).abs() < 3.0 * size {
                    (left, right) = (left.min(other.0), right.max(other.1));
                }
            }
        }
        edges.push((left, right));
    }
    edges
}

/// How far a line is from where its column's lines begin, and from where they end, in reading direction.
fn indents(line: &Line, edges: (f32, f32)) -> (f32, f32) {
    let (left, right) = (line.area.left - edges.0, edges.1 - line.area.right);
    if line.leftward { (right, left) } else { (left, right) }
}

/// Whether the first word of a line would have fitted at the end of the line before.
fn would_fit(before: &Line, line: &Line, edges: (f32, f32)) -> bool {
    let (_, room) = indents(before, edges);
    line.words.first().is_some_and(|word| word.end - word.start + 0.3 * line.size < room)
}

fn is_centred(line: &Line, edges: (f32, f32)) -> bool {
    let (start, end) = indents(line, edges);
    start > line.size && (start - end).abs() < 0.6 * line.size
}

/// The sign that begins a line, where it is an item of a list: alone, or with a gap after it.
fn marker_of(line: &Line) -> Option<&str> {
    let (first, second) = (line.words.first()?, line.words.get(1)?);
    let gap = if line.leftward { first.start - second.end } else { second.start - first.end };
    let sure = !"-–—*→".contains(&*first.text) || gap > 0.35 * line.size;
    (is_marker(&first.text) && sure && !first.raised).then_some(&*first.text)
}

/// Cuts a column into paragraphs.
fn split(page: usize, column: Column, edges: (f32, f32), habit: Habit, out: &mut Vec<Paragraph>) {
    let begun = out.len();
    let lines: Vec<Line> = column;
    let mut next_indents: Vec<f32> =
        lines.iter().skip(1).map(|line| indents(line, edges).0).collect();
    next_indents.push(f32::NAN);
    let count = lines.len();
    for (at, (line, after)) in lines.into_iter().zip(next_indents).enumerate() {
        let continues =
            out.get(begun..).and_then(<[_]>::last).is_some_and(|paragraph: &Paragraph| {
                goes_on(&paragraph.lines, &line, after, edges, habit)
            });
        let set = Set { page, line };
        match out.last_mut() {
            Some(paragraph) if continues => paragraph.lines.push(set),
            _ => {
                let kind = if set.line.cells.is_empty() { Kind::Plain } else { Kind::Row };
                out.push(Paragraph { kind, lines: vec![set], edges, first: at == 0, last: false });
            }
        }
        if at + 1 == count
            && let Some(paragraph) = out.last_mut()
        {
            paragraph.last = true;
        }
    }
}

/// Whether a line goes on with the paragraph of the lines before it; `after` is how far the line after it is indented.
fn goes_on(before: &[Set], line: &Line, after: f32, edges: (f32, f32), habit: Habit) -> bool {
    let (Some(first), Some(last)) = (before.first(), before.last()) else { return false };
    let (first, last) = (&first.line, &last.line);
    let size = line.size.max(last.size);
    if !last.cells.is_empty() || !line.cells.is_empty() || marker_of(line).is_some() {
        return false;
    }
    if (line.size - last.size).abs() > 0.1 * size {
        return false;
    }
    let step = line.base - last.base;
    if step < 0.5 * size || step > 1.25 * habit.pitch.max(1.0) * size {
        return false;
    }
    let fits = would_fit(last, line, edges);
    if line.bold != last.bold
        && (fits || line.area.right - line.area.left < 0.5 * (edges.1 - edges.0))
    {
        return false;
    }
    if is_centred(line, edges) && is_centred(last, edges) {
        return true;
    }
    let ((indent, _), (last_indent, _), (first_indent, _)) =
        (indents(line, edges), indents(last, edges), indents(first, edges));
    if marker_of(first).is_some() {
        // The further lines of an item stand under its words, or under its sign.
        let words = first.words.get(1).map_or(0.0, |word| {
            if first.leftward { edges.1 - word.end } else { word.start - edges.0 }
        });
        let hangs = (indent - words).abs() < 0.6 * size || indent > words;
        return (hangs || indent >= first_indent - 0.3 * size) && !fits;
    }
    if fits {
        return false;
    }
    let step_in = indent - last_indent;
    if step_in > 0.7 * size {
        // An indented first line, or the further lines of one that hangs out.
        return before.len() == 1 && (after - indent).abs() < 0.3 * size;
    }
    // Back out again: under a first line that was indented, and under lines of a quotation that ended.
    step_in > -0.7 * size || before.len() == 1
}

/// Parts the footnotes from the text: small paragraphs at the foot of a page that begin with a sign. Returns the text,
/// and the notes.
fn apart(paragraphs: Vec<Paragraph>, habit: Habit) -> (Vec<Paragraph>, Vec<Paragraph>) {
    let mut text: Vec<Paragraph> = Vec::new();
    let mut notes: Vec<Paragraph> = Vec::new();
    let page_of = |paragraph: &Paragraph| paragraph.lines.first().map(|set| set.page);
    let mut lowest: Vec<(usize, f32)> = Vec::new();
    for paragraph in &paragraphs {
        for set in &paragraph.lines {
            match lowest.last_mut() {
                Some((page, base)) if *page == set.page => *base = base.max(set.line.base),
                _ => lowest.push((set.page, set.line.base)),
            }
        }
    }
    let foot = |page: usize| {
        let at = lowest.binary_search_by_key(&page, |entry| entry.0).ok()?;
        lowest.get(at).map(|entry| entry.1)
    };
    let mut open: Option<usize> = None;
    for mut paragraph in paragraphs {
        let page = page_of(&paragraph);
        let small = paragraph.size() < 0.93 * habit.size && paragraph.kind == Kind::Plain;
        if !small {
            open = None;
            text.push(paragraph);
            continue;
        }
        let low = page.and_then(foot).is_some_and(|foot| {
            paragraph.lines.first().is_some_and(|set| set.line.base > 0.5 * foot)
        });
        match note_sign(&mut paragraph) {
            Some(sign) if low => {
                // What stands above it ends the column.
                if let Some(above) = text.last_mut().filter(|above| above.edges == paragraph.edges)
                {
                    above.last |= paragraph.last;
                }
                paragraph.kind = Kind::Note(sign);
                notes.push(paragraph);
                open = page;
            }
            // The further paragraphs of a note, as long as they stand below it.
            _ if open.is_some() && open == page => {
                if let Some(above) = text.last_mut().filter(|above| above.edges == paragraph.edges)
                {
                    above.last |= paragraph.last;
                }
                if let Some(note) = notes.last_mut() {
                    note.lines.append(&mut paragraph.lines);
                }
            }
            _ => text.push(paragraph),
        }
    }
    (text, notes)
}

/// Takes the sign off the beginning of a note: “1”, “[1]”, “*”.
fn note_sign(paragraph: &mut Paragraph) -> Option<String> {
    let line = &mut paragraph.lines.first_mut()?.line;
    let (first, second) = (line.words.first()?, line.words.get(1)?);
    let bare = first.text.trim_matches(['[', ']', '(', ')', '.']);
    let number = (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    let sign = (1..=3).contains(&bare.chars().count()) && bare.chars().all(|c| "*†‡§¶".contains(c));
    // The sign is set small, so its word is the one that is raised over what follows, or a word by itself.
    let apart =
        first.size < 0.9 * second.size || first.raised || first.spaced.1 || bare != first.text;
    if !(number || sign) || !apart {
        return None;
    }
    let bare = bare.to_owned();
    line.words.remove(0);
    Some(bare)
}

/// Says which paragraphs are headings, by their size, their weight, or the document's outline.
fn mark_headings(paragraphs: &mut [Paragraph], habit: Habit, level_of: Level<'_>) {
    let short = |paragraph: &Paragraph| {
        paragraph.kind == Kind::Plain
            && paragraph.lines.len() <= 4
            && paragraph.lines.iter().map(|set| set.line.words.len()).sum::<usize>() <= 30
    };
    let large = |paragraph: &Paragraph| short(paragraph) && paragraph.size() > 1.12 * habit.size;
    let mut sizes: Vec<f32> =
        paragraphs.iter().filter(|paragraph| large(paragraph)).map(Paragraph::size).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|a, b| (*a - *b).abs() < 0.04 * *b);
    let level_by_size = |size: f32| {
        let above = sizes.iter().filter(|other| **other > size * 1.04).count();
        u8::try_from(above + 1).unwrap_or(6).min(6)
    };
    let letters = |bold: bool| {
        let of = paragraphs.iter().filter(|paragraph| paragraph.is_bold() == bold);
        of.map(|paragraph| paragraph.lines.len()).sum::<usize>()
    };
    let said = |paragraph: &Paragraph, text: &str| {
        let set = paragraph.lines.first()?;
        level_of(set.page, set.line.words.first().and_then(|word| word.mark), text)
    };
    let bold_means = letters(true) * 3 < letters(false);
    for at in 0..paragraphs.len() {
        let paragraph = &paragraphs[at];
        if !short(paragraph) {
            continue;
        }
        let text = paragraph.text();
        let ends = text.trim_end().ends_with(['.', ',', ';', ':']);
        let followed = paragraphs.get(at + 1).is_some_and(|next| !next.is_bold());
        let bold =
            bold_means && paragraph.is_bold() && paragraph.lines.len() <= 2 && !ends && followed;
        let words = text.chars().any(char::is_alphabetic);
        let level = if !words {
            None
        } else if let Some(level) = said(paragraph, &text) {
            Some(level)
        } else if large(paragraph) {
            Some(level_by_size(paragraph.size()))
        } else if bold
            && paragraph.size() > 0.93 * habit.size
            && marker_of(&paragraph.lines[0].line).is_none()
        {
            Some(u8::try_from(sizes.len() + 1).unwrap_or(6).min(6))
        } else {
            None
        };
        if let Some(level) = level {
            paragraphs[at].kind = Kind::Heading(level);
        }
    }
}

/// Joins what goes on over the end of a column or a page.
fn joined(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for mut paragraph in paragraphs {
        if let Some(before) = out.last_mut()
            && goes_over(before, &paragraph)
        {
            before.lines.append(&mut paragraph.lines);
            (before.edges, before.last) = (paragraph.edges, paragraph.last);
            continue;
        }
        out.push(paragraph);
    }
    out
}

fn goes_over(before: &Paragraph, paragraph: &Paragraph) -> bool {
    let (Some(end), Some(begin)) = (before.lines.last(), paragraph.lines.first()) else {
        return false;
    };
    let (end, begin) = (&end.line, &begin.line);
    let plain = before.kind == Kind::Plain && paragraph.kind == Kind::Plain;
    let alike = (end.size - begin.size).abs() < 0.06 * end.size && end.turn == begin.turn;
    if !plain || !alike || !before.last || !paragraph.first || marker_of(begin).is_some() {
        return false;
    }
    let (Some(last), Some(first)) = (end.words.last(), begin.words.first()) else { return false };
    let lower = first.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let closing = |c: char| "\"”’»')]".contains(c) || c.is_whitespace();
    let sentence =
        last.text.trim_end_matches(closing).ends_with(['.', '!', '?', ':', '…', '。', '؟']);
    let full = !would_fit(end, begin, before.edges);
    let indented = indents(begin, paragraph.edges).0 > 0.7 * begin.size;
    (lower && !sentence) || (full && !indented && (!sentence || lower))
}

/// Says which paragraphs are items of lists, and how deep they lie.
fn mark_items(paragraphs: &mut [Paragraph]) {
    // How far in the items of the lists around the next one stand.
    let mut levels: Vec<f32> = Vec::new();
    for at in 0..paragraphs.len() {
        let next = paragraphs.get(at + 1).is_some_and(|next| {
            next.lines.first().is_some_and(|set| marker_of(&set.line).is_some())
        });
        let paragraph = &paragraphs[at];
        let Some(set) = paragraph.lines.first() else { continue };
        let (kind, line) = (&paragraph.kind, &set.line);
        let marker = marker_of(line).filter(|_| *kind == Kind::Plain).map(str::to_owned);
        let indent = indents(line, (0.0, 0.0)).0;
        let Some(marker) = marker else {
            levels.clear();
            continue;
        };
        // A number or a dash by itself may begin a sentence.
        let bullet = marker.chars().all(|c| !c.is_alphanumeric() && !"-–—*".contains(c));
        let hangs = paragraph
            .lines
            .get(1)
            .is_some_and(|next| next.line.area.left > line.area.left + 0.5 * line.size);
        let set_in = indents(line, paragraph.edges).0 > 0.7 * line.size;
        if !(bullet || hangs || set_in || next || !levels.is_empty()) {
            continue;
        }
        levels.retain(|level| *level <= indent + 0.6 * line.size);
        if levels.last().is_none_or(|level| indent > level + 0.6 * line.size) {
            levels.push(indent);
        }
        let depth = u8::try_from(levels.len()).unwrap_or(u8::MAX);
        let paragraph = &mut paragraphs[at];
        if let Some(set) = paragraph.lines.first_mut() {
            set.line.words.remove(0);
        }
        let marker = if marker == "\u{fffd}" { "•".to_owned() } else { marker };
        paragraph.kind = Kind::Item(marker, depth);
    }
}
