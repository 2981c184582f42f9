//! Rows to lines: cut at the gutters between columns, with the cells of tables, each in the order in which it is read.

use super::gutters::{self, Gutter};
use super::letters;
use super::place::{Line, Turn, Word};
use super::rows::Row;

/// The lines of a page's rows, in no order that matters. `known` is as in [`gutters::of_rows`].
pub(super) fn of_rows(rows: Vec<Row>, turn: Turn, known: &[(f32, f32)]) -> Vec<Line> {
    let gutters = gutters::of_rows(&rows, known);
    let mut lines = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        let crossing = |cells: bool| {
            gutters.iter().filter(move |gutter| gutter.cells == cells && gutter.crosses(at))
        };
        let mut segment: Vec<Word> = Vec::new();
        let mut segments: Vec<Vec<Word>> = Vec::new();
        for word in row.words {
            let parted = segment.last().is_some_and(|last| {
                crossing(false).any(|g| last.start < g.middle() && word.start > g.middle())
            });
            if parted {
                segments.push(std::mem::take(&mut segment));
            }
            segment.push(word);
        }
        segments.push(segment);
        for segment in segments {
            let cells = cells_of(&segment, crossing(true));
            lines.extend(Line::new(segment, turn).map(|line| as_read(line, cells)));
        }
    }
    lines
}

/// The strips between the columns of the pages, those that stand on several of them or through much of one.
pub(super) fn strips_of<'r>(pages: impl Iterator<Item = &'r Vec<Row>>) -> Vec<(f32, f32)> {
    let mut strips: Vec<(f32, f32)> = Vec::new();
    for rows in pages {
        for gutter in gutters::of_rows(rows, &[]) {
            let tall = !gutter.cells && gutter.last - gutter.first >= 8;
            let new = !strips.iter().any(|strip| gutter.left < strip.1 && strip.0 < gutter.right);
            if tall && new && strips.len() < 16 {
                strips.push((gutter.left, gutter.right));
            }
        }
    }
    strips
}

/// With which word each cell of a row begins: the first with the first, also where it is empty.
fn cells_of<'g>(words: &[Word], gutters: impl Iterator<Item = &'g Gutter>) -> Vec<usize> {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    let (left, right) = (first.start, last.start);
    let mut cells = vec![0];
    let mut any = false;
    for gutter in gutters {
        let at = words.partition_point(|word| word.start < gutter.middle());
        any |= left < gutter.middle() && gutter.middle() <= right;
        cells.push(at);
    }
    if any { cells } else { Vec::new() }
}

/// The signs that end a word or a sentence.
const ENDS: &str = ".,;:!?)»";

/// In a line that runs leftward, the full stop after a foreign word or a number stands at its left: it is parted from
/// what it was drawn beside, to be read after it.
fn part_signs(words: &mut Vec<Word>) {
    let mut parted = Vec::with_capacity(words.len());
    for mut word in words.drain(..) {
        let bare = word.text.trim_start_matches(|c| ENDS.contains(c));
        let foreign = !bare.is_empty() && !bare.chars().any(letters::is_leftward);
        if foreign && bare.len() < word.text.len() {
            let signs = word.text.split_off(word.text.len() - bare.len());
            let rest = std::mem::replace(&mut word.text, signs);
            let middle = word.start + 0.25 * word.size;
            parted.push(Word { text: rest, end: middle, ..word.clone() });
            word.start = middle.min(word.end);
        }
        parted.push(word);
    }
    *words = parted;
}

/// Puts signs that stand by themselves at the end of the word they are read after.
fn put_signs(words: &mut Vec<Word>) {
    let mut read: Vec<Word> = Vec::with_capacity(words.len());
    for word in words.drain(..) {
        match read.last_mut() {
            Some(last) if word.text.chars().all(|c| ENDS.contains(c)) => {
                last.text.push_str(&word.text)
            }
            _ => read.push(word),
        }
    }
    *words = read;
}

/// In a line that runs rightward, signs at both ends of words that run leftward (brackets and quotation marks around
/// them, the comma after them) are the line's: `words` are in reading order, these signs not yet.
fn put_outer_signs(words: &mut [Word]) {
    let leftward = |word: &Word| word.text.chars().any(letters::is_leftward);
    let mut rest = words;
    while let Some(start) = rest.iter().position(leftward) {
        let stretch = &mut std::mem::take(&mut rest)[start..];
        let end = stretch
            .iter()
            .position(|word| !leftward(word) && word.text.chars().any(char::is_alphanumeric))
            .unwrap_or(stretch.len());
        let (stretch, after) = stretch.split_at_mut(end);
        rest = after;
        // Signs that stand by themselves after the last word are none of its.
        let last = stretch.iter().rposition(leftward).unwrap_or_default();
        let stands_right =
            stretch.first_mut().map(|first| signs_of(first, true)).unwrap_or_default();
        let stands_left =
            stretch.get_mut(last).map(|last| signs_of(last, false)).unwrap_or_default();
        if let Some(first) = stretch.first_mut() {
            first.text.insert_str(0, &stands_left);
        }
        if let Some(last) = stretch.get_mut(last) {
            last.text.push_str(&stands_right);
        }
    }
}

/// Takes the signs off the beginning or the end of a word that was turned round; from left to right as they stand.
fn signs_of(word: &mut Word, at_start: bool) -> String {
    let of_word = |c: char| c.is_alphanumeric() || letters::is_mark(c.encode_utf8(&mut [0; 4]));
    let signs = if at_start {
        let end = word.text.find(of_word).unwrap_or_default();
        let rest = word.text.split_off(end);
        std::mem::replace(&mut word.text, rest)
    } else {
        let last = word.text.char_indices().rfind(|(_, c)| of_word(*c));
        word.text.split_off(last.map_or(0, |(at, c)| at + c.len_utf8()))
    };
    signs.chars().rev().collect()
}

/// A line with its words in reading order.
fn as_read(mut line: Line, cells: Vec<usize>) -> Line {
    let leftward = |word: &Word| word.text.chars().any(letters::is_leftward);
    let lefts = line.words.iter().filter(|word| leftward(word)).count();
    let rights = line.words.iter().filter(|word| letters::is_rightward(&word.text)).count();
    line.leftward = lefts > rights;
    if lefts > 0 && cells.is_empty() {
        if line.leftward {
            part_signs(&mut line.words);
        }
        letters::as_read(&mut line.words, line.leftward, |word| &word.text);
        if line.leftward {
            put_signs(&mut line.words);
        } else {
            put_outer_signs(&mut line.words);
        }
    }
    line.cells = cells;
    line
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::word;
    use super::*;

    fn of(words: Vec<Word>) -> Vec<Line> {
        of_rows(super::super::rows::of_words(words), Turn(0), &[])
    }

    #[test]
    fn a_row_of_two_columns_is_two_lines() {
        let mut words = Vec::new();
        for row in 0..6 {
            let base = 12.0 * row as f32;
            for (text, start) in [("words", 0.0), ("that", 30.0), ("filled", 55.0)] {
                words.push(word(text, start, base));
                // The other column lies a little lower.
                words.push(word(text, start + 100.0, base + 2.0));
            }
        }
        let lines = of(words);
        assert_eq!(lines.len(), 12);
        assert!(lines.iter().all(|line| line.text() == "words that filled"));
    }

    #[test]
    fn rows_of_a_table_know_their_cells() {
        let mut words = Vec::new();
        for (row, (a, b, c)) in [
            ("Port", "Ships", "Crew"),
            ("Skerry", "12", "40"),
            ("Mordane", "", "7"),
            ("Bay", "3", "5"),
        ]
        .into_iter()
        .enumerate()
        {
            for (text, start) in [(a, 0.0), (b, 100.0), (c, 200.0)] {
                if !text.is_empty() {
                    words.push(word(text, start, 12.0 * row as f32));
                }
            }
        }
        let lines = of(words);
        assert_eq!(lines[0].cells, [0, 1, 2]);
        assert_eq!((&*lines[2].text(), &*lines[2].cells), ("Mordane 7", &[0, 1, 1][..]));
    }

    #[test]
    fn a_line_of_hebrew_begins_at_the_right() {
        let lines =
            of(vec![word("עולם", 0.0, 0.0), word("2031", 25.0, 0.0), word("שלום", 50.0, 0.0)]);
        assert_eq!(lines[0].text(), "שלום 2031 עולם");
        assert!(lines[0].leftward);
        let lines = of(vec![
            word("עולם", 0.0, 0.0),
            word(".Houlonde", 25.0, 0.0),
            word("Ltd", 75.0, 0.0),
            word("שלום", 100.0, 0.0),
            word("אמר", 125.0, 0.0),
        ]);
        assert_eq!(lines[0].text(), "אמר שלום Houlonde Ltd. עולם");
    }

    #[test]
    fn signs_around_leftward_words_in_a_rightward_line_are_the_lines() {
        // As words are made of the glyphs: each leftward one turned round as a whole.
        let read = |texts: &[&str]| {
            let words =
                texts.iter().enumerate().map(|(at, text)| word(text, 60.0 * at as f32, 0.0));
            of(words.collect())[0].text()
        };
        assert_eq!(read(&["Kassir", "קציר(", ",)אמל", "of", "the"]), "Kassir (אמל קציר), of the");
        assert_eq!(
            read(&["The", ")הארץ(", "wrote", "]מעריב[", "it"]),
            "The (הארץ) wrote [מעריב] it"
        );
        assert_eq!(read(&["Also", ",קציר", "alone", "here"]), "Also קציר, alone here");
        assert_eq!(read(&["said", "”קציר“", "to", "us"]), "said “קציר” to us");
        assert_eq!(read(&["said", "קציר", "to"]), "said קציר to");
    }
}
