//! Paragraphs to the document's text, with the place of each word on its page.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::hyphens::{Hyphen, Vocabulary};
use super::paragraphs::{Kind, Paragraph};
use super::place::{Area, Word};
use crate::article::document::Builder;
use crate::text::BlockKind;

/// A word of the text, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// Bytes of the document's text.
    pub(super) range: Range<usize>,
    /// Its page, from 0.
    pub(super) page: usize,
    pub(super) area: Area,
}

/// What was repaired as the text was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Joined {
    /// Hyphens that were dropped at line ends.
    pub(super) dropped: usize,
    /// Hyphens that were kept there.
    pub(super) kept: usize,
}

/// Writes the paragraphs. `labels` are the pages' numbers.
pub(super) fn write(
    paragraphs: &[Paragraph],
    labels: &[String],
    french: bool,
    builder: &mut Builder,
) -> (Vec<Placed>, Joined) {
    let mut vocabulary = Vocabulary::default();
    for set in paragraphs.iter().flat_map(|paragraph| &paragraph.lines) {
        // What may be half a word counts for none.
        let line = &set.line.words;
        for (at, word) in line.iter().enumerate() {
            if at > 0 && at + 1 < line.len() {
                vocabulary.add(&word.text);
            }
        }
    }
    let mut writer = Writer {
        builder,
        labels,
        page: None,
        placed: Vec::new(),
        joined: Joined::default(),
        signs: signs_of(paragraphs),
    };
    for paragraph in paragraphs {
        if writer.builder.is_full() {
            break;
        }
        writer.paragraph(paragraph, &vocabulary, french);
    }
    writer.builder.end();
    (writer.placed, writer.joined)
}

/// What the notes are numbered in the text: by page and the sign they have there. Their own numbers, unless two notes
/// have the same.
fn signs_of(paragraphs: &[Paragraph]) -> HashMap<(usize, String), String> {
    let notes: Vec<(usize, &String)> = paragraphs
        .iter()
        .filter_map(|paragraph| match &paragraph.kind {
            Kind::Note(sign) => Some((paragraph.lines.first()?.page, sign)),
            _ => None,
        })
        .collect();
    let distinct: HashSet<&String> = notes.iter().map(|note| note.1).collect();
    let own = distinct.len() == notes.len();
    let mut signs = HashMap::new();
    for (at, (page, sign)) in notes.into_iter().enumerate() {
        let number = if own { sign.clone() } else { (at + 1).to_string() };
        signs.entry((page, sign.clone())).or_insert(number);
    }
    signs
}

struct Writer<'w> {
    builder: &'w mut Builder,
    labels: &'w [String],
    /// The page that was begun last.
    page: Option<usize>,
    placed: Vec<Placed>,
    joined: Joined,
    signs: HashMap<(usize, String), String>,
}

impl Writer<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph, vocabulary: &Vocabulary, french: bool) {
        let mut first = None;
        let kind = match &paragraph.kind {
            Kind::Plain => None,
            Kind::Heading(level) => Some(BlockKind::Heading(*level)),
            Kind::Item(marker, depth) => Some(BlockKind::Item(*depth, marker.clone())),
            Kind::Row => Some(BlockKind::Row),
            Kind::Note(sign) => {
                let page = paragraph.lines.first().map_or(0, |set| set.page);
                first = self.signs.get(&(page, sign.clone())).cloned();
                Some(BlockKind::Note)
            }
        };
        self.builder.begin(kind);
        if let Some(number) = first {
            self.begin_page(paragraph.lines.first().map_or(0, |set| set.page));
            self.builder.push(&format!("[{number}]"));
            self.builder.push(" ");
        }
        for (at, set) in paragraph.lines.iter().enumerate() {
            self.begin_page(set.page);
            let line = &set.line;
            let next = paragraph.lines.get(at + 1).and_then(|next| next.line.words.first());
            for (index, word) in line.words.iter().enumerate() {
                for cell in &line.cells {
                    if *cell == index && *cell > 0 {
                        self.builder.cell_break();
                    }
                }
                let last = index + 1 == line.words.len();
                let follower = line.words.get(index + 1);
                let hyphen = match next {
                    Some(next) if last => vocabulary.hyphen(&word.text, &next.text, french),
                    _ => Hyphen::None,
                };
                self.joined.dropped += usize::from(hyphen == Hyphen::Dropped);
                self.joined.kept += usize::from(hyphen == Hyphen::Kept);
                let text = match (self.reference(word, index, set.page), hyphen) {
                    (Some(reference), _) => reference,
                    (None, Hyphen::Dropped) => {
                        word.text.trim_end_matches(['-', '\u{2010}', '\u{ad}']).to_owned()
                    }
                    (None, _) => word.text.clone(),
                };
                let range = self.builder.push(&text);
                if !range.is_empty() {
                    self.placed.push(Placed { range, page: set.page, area: line.on_page(word) });
                }
                let glued = match follower {
                    Some(follower) => touches(word, follower, line.size),
                    None => {
                        hyphen != Hyphen::None
                            || next.is_some_and(|next| unspaced(&word.text, &next.text))
                    }
                };
                if !glued {
                    self.builder.push(" ");
                }
            }
        }
        self.builder.end();
    }

    fn begin_page(&mut self, page: usize) {
        if self.page != Some(page) {
            self.page = Some(page);
            if let Some(label) = self.labels.get(page) {
                self.builder.page(label.clone());
            }
        }
    }

    /// What a raised sign is in the text, where a note of its page has that sign.
    fn reference(&self, word: &Word, index: usize, page: usize) -> Option<String> {
        let sign = word.text.trim_matches(['[', ']', '(', ')']);
        let number = self.signs.get(&(page, sign.to_owned()))?;
        (word.raised && index > 0).then(|| format!("[{number}]"))
    }
}

/// Whether two words of a line have nothing between them: a sign of a note, an ordinal’s raised letters.
fn touches(word: &Word, next: &Word, size: f32) -> bool {
    let gap = (next.start - word.end).abs().min((word.start - next.end).abs());
    let set_off = word.raised != next.raised;
    set_off && !word.spaced.1 && !next.spaced.0 && gap < 0.16 * size
}

/// Whether the script of both words puts no spaces between words, so that a line end stands for none.
fn unspaced(end: &str, begin: &str) -> bool {
    let wide = |c: Option<char>| {
        c.is_some_and(|c| {
            matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
        })
    };
    wide(end.chars().next_back()) && wide(begin.chars().next())
}
