//! Words to rows: everything that stands at one height, over the whole page. Columns are cut out of them afterwards.

use super::letters;
use super::place::Word;

/// What stands at one height, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) words: Vec<Word>,
}

impl Row {
    /// Its words from left to right, with a space between them.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| &*word.text).collect();
        words.join(" ")
    }
}

/// The rows of words that run in one direction, from the top down.
pub(super) fn of_words(words: Vec<Word>) -> Vec<Row> {
    let mut words = put_drop_caps(words);
    bring_down(&mut words);
    words.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Row> = Vec::new();
    for word in words {
        match rows.last_mut() {
            Some(row) if word.base - row.base <= 0.35 * row.size.min(word.size) => {
                row.words.push(word);
            }
            _ => rows.push(Row { base: word.base, size: word.size, words: vec![word] }),
        }
    }
    for row in &mut rows {
        row.words.sort_by(|a, b| a.start.total_cmp(&b.start));
        join_parts(&mut row.words);
        let mut sizes: Vec<f32> = row.words.iter().map(|word| word.size).collect();
        sizes.sort_by(f32::total_cmp);
        row.size = sizes.get(sizes.len() / 2).copied().unwrap_or(row.size);
    }
    rows
}

/// The size of most words.
pub(super) fn usual_size(sizes: impl Iterator<Item = f32>) -> f32 {
    let mut sizes: Vec<f32> = sizes.collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Joins the parts of words that touch: a change of font inside a word begins a new strip of glyphs.
fn join_parts(words: &mut Vec<Word>) {
    let parts = std::mem::take(words);
    for part in parts {
        let Some(last) = words.last_mut() else {
            words.push(part);
            continue;
        };
        let size = last.size.max(part.size);
        let touches = (-0.3..0.12).contains(&((part.start - last.end) / size));
        let level = (last.base - part.base).abs() < 0.2 * size;
        let alike = last.size.min(part.size) > 0.55 * size;
        let apart = last.spaced.1 || part.spaced.0 || last.raised || part.raised;
        if !touches || !level || !alike || apart {
            words.push(part);
            continue;
        }
        let leftward = |word: &Word| word.text.chars().any(letters::is_leftward);
        if leftward(last) || leftward(&part) {
            last.text.insert_str(0, &part.text);
        } else {
            last.text.push_str(&part.text);
        }
        last.end = last.end.max(part.end);
        last.size = size;
        last.bold &= part.bold;
        last.spaced.1 = part.spaced.1;
    }
}

/// Brings small raised signs (of notes) down to the baseline of the word they stand at, where they were not drawn right
/// after it.
fn bring_down(words: &mut [Word]) {
    const MOST_SIGNS: usize = 1_000;
    let usual = usual_size(words.iter().map(|word| word.size));
    words.sort_by(|a, b| a.base.total_cmp(&b.base));
    let is_sign =
        |word: &Word| !word.raised && word.size < 0.8 * usual && word.text.chars().count() <= 3;
    let signs: Vec<usize> =
        (0..words.len()).filter(|at| is_sign(&words[*at])).take(MOST_SIGNS).collect();
    for at in signs {
        let Word { start, base, size, .. } = words[at];
        let below = words.get(at..).unwrap_or_default().iter().take(512);
        let carrier = below.take_while(|word| word.base - base < 0.75 * usual).find(|word| {
            (-0.2..0.35).contains(&((start - word.end) / word.size))
                && word.size > 1.15 * size
                && word.base - base > 0.1 * word.size
        });
        if let Some(base) = carrier.map(|word| word.base) {
            words[at].base = base;
            words[at].raised = true;
        }
    }
}

/// Puts initials that reach down over several lines before the word they begin.
fn put_drop_caps(mut words: Vec<Word>) -> Vec<Word> {
    let usual = usual_size(words.iter().map(|word| word.size));
    let is_initial = |word: &Word| word.size > 1.8 * usual && word.text.chars().count() <= 2;
    if words.len() > 100_000 || !words.iter().any(is_initial) {
        return words;
    }
    let mut at = 0;
    let mut tried = 0;
    while at < words.len() && tried < 64 {
        if !is_initial(&words[at]) {
            at += 1;
            continue;
        }
        tried += 1;
        let initial = words[at].area();
        let beside = |word: &Word| {
            let gap = word.start - initial.right;
            word.size < 1.4 * usual && (-0.2 * usual..0.8 * usual).contains(&gap)
        };
        let top = initial.top + 0.3 * (initial.bottom - initial.top);
        let first = words.iter().position(|word| {
            beside(word)
                && word.base > initial.top
                && word.area().top < top
                && word.base < initial.bottom
        });
        let lower = words.iter().any(|word| {
            beside(word) && word.base > top && word.base < initial.bottom + 0.3 * usual
        });
        match first {
            Some(first) if lower => {
                let letter = words[at].text.clone();
                words[first].text.insert_str(0, &letter);
                // The lines beside it begin where it does.
                for word in &mut words {
                    if beside(word)
                        && word.base > initial.top
                        && word.base < initial.bottom + 0.3 * usual
                    {
                        word.start = initial.left;
                    }
                }
                words.remove(at);
            }
            _ => at += 1,
        }
    }
    words
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A word of ten points whose letters are five wide.
    pub(in super::super) fn word(text: &str, start: f32, base: f32) -> Word {
        Word {
            text: text.to_owned(),
            start,
            end: start + 5.0 * text.chars().count() as f32,
            base,
            size: 10.0,
            bold: false,
            raised: false,
            spaced: (true, true),
            mark: None,
        }
    }

    #[test]
    fn what_stands_at_one_height_is_a_row() {
        let rows = of_words(vec![
            word("below", 0.0, 112.0),
            word("right", 300.0, 101.0),
            word("left", 0.0, 100.0),
        ]);
        let texts: Vec<Vec<&str>> =
            rows.iter().map(|row| row.words.iter().map(|word| &*word.text).collect()).collect();
        assert_eq!(texts, [vec!["left", "right"], vec!["below"]]);
    }

    #[test]
    fn a_change_of_font_inside_a_word_does_not_part_it() {
        let mut parts =
            [word("Houl", 0.0, 100.0), word("onde", 20.2, 100.0), word("x", 43.0, 100.0)];
        for part in &mut parts {
            part.spaced = (false, false);
        }
        let rows = of_words(parts.to_vec());
        assert_eq!(rows[0].words.iter().map(|w| &*w.text).collect::<Vec<_>>(), ["Houlonde", "x"]);
    }

    #[test]
    fn an_initial_over_two_lines_begins_its_word() {
        let mut initial = word("L", 0.0, 112.0);
        (initial.size, initial.end) = (26.0, 16.0);
        let rows = of_words(vec![
            initial,
            word("a", 18.0, 100.0),
            word("nouvelle", 26.0, 100.0),
            word("est", 18.0, 112.0),
        ]);
        assert_eq!(rows[0].words[0].text, "La");
        assert_eq!(rows.len(), 2);
    }
}
