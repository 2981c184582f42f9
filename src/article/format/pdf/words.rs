//! Glyphs to words: by the white space that is drawn, and by the gaps that stand for it.
//!
//! As in Docstrum (L. O'Gorman, “The document spectrum for page layout analysis”, IEEE PAMI 15, 1993), what counts as a
//! gap is measured in the text itself: against the font size, and against the usual distance of letters where they are
//! set apart.

use std::collections::BTreeMap;

use super::letters;
use super::place::{Glyph, Turn, Word};

/// The least gap between two words, as a part of the font size. A space is some 0.25; justified text may be tighter.
const WORD_GAP: f32 = 0.16;
/// The widest gap inside one strip of glyphs, as a part of the font size.
const STRIP_GAP: f32 = 0.8;

/// What was repaired when words were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mended {
    /// Accents that were drawn as signs of their own.
    pub(super) accents: usize,
}

/// The words of a page, by the direction in which they run, in the order in which they were drawn.
pub(super) fn of_glyphs(glyphs: &[Glyph]) -> (BTreeMap<Turn, Vec<Word>>, Mended) {
    let mut words: BTreeMap<Turn, Vec<Word>> = BTreeMap::new();
    let mut mended = Mended::default();
    let mut strip: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        if let Some(last) = strip.last()
            && !follows(last, glyph)
        {
            let turn = last.turn;
            of_strip(&mut strip, words.entry(turn).or_default(), &mut mended);
        }
        strip.push(glyph.clone());
    }
    if let Some(last) = strip.last() {
        let turn = last.turn;
        of_strip(&mut strip, words.entry(turn).or_default(), &mut mended);
    }
    for words in words.values_mut() {
        settle(words);
    }
    (words, mended)
}

/// Whether a glyph stands beside the one drawn before it, on its line. Accents stand over their letters.
fn follows(last: &Glyph, glyph: &Glyph) -> bool {
    let size = last.size.max(glyph.size);
    let apart = (glyph.start - last.end).max(last.start - glyph.end);
    let mark = |glyph: &Glyph| {
        letters::is_mark(&glyph.text)
            || only(&glyph.text).is_some_and(|c| letters::accented('e', c).is_some())
    };
    let level = if mark(last) || mark(glyph) { 0.5 } else { 0.12 };
    last.turn == glyph.turn
        && (last.base - glyph.base).abs() < level * size
        && last.size.min(glyph.size) > 0.8 * size
        && apart < STRIP_GAP * size
}

/// The only character of a text.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Cuts a strip of glyphs on one baseline into words; the strip is empty then.
fn of_strip(strip: &mut Vec<Glyph>, words: &mut Vec<Word>, mended: &mut Mended) {
    let leftward = strip.iter().any(|glyph| glyph.text.chars().any(letters::is_leftward));
    put_marks(strip, leftward);
    mended.accents += put_accents(strip);
    if leftward {
        strip.sort_by(|a, b| a.start.total_cmp(&b.start));
    }
    let gap_of = |pair: &[Glyph]| pair[1].start - pair[0].end;
    let mut gaps: Vec<f32> = strip
        .windows(2)
        .filter(|pair| !pair[0].is_space() && !pair[1].is_space())
        .map(gap_of)
        .collect();
    gaps.sort_by(f32::total_cmp);
    // Letters that are set apart are not words: the usual gap is no gap.
    let usual = match gaps.get(gaps.len() / 2) {
        Some(median) if gaps.len() >= 4 => median.max(0.0),
        _ => 0.0,
    };
    let mut word: Vec<Glyph> = Vec::new();
    // Whether white space stood before the word that is gathered, and after its last glyph.
    let (mut lead, mut spaced) = (false, false);
    for glyph in strip.drain(..) {
        if glyph.is_space() {
            spaced = true;
            continue;
        }
        if let Some(last) = word.last() {
            let gap = glyph.start - last.end;
            let size = last.size.max(glyph.size);
            // A space that was drawn and taken back again is none.
            let written = spaced && gap > usual + 0.04 * size;
            if written || gap > usual + WORD_GAP * size {
                words.extend(of_glyphs_together(&mut word, (lead, true)));
                lead = true;
            }
            spaced = false;
        } else {
            lead |= spaced;
            spaced = false;
        }
        word.push(glyph);
    }
    words.extend(of_glyphs_together(&mut word, (lead, spaced)));
}

/// Puts marks (vowel points, accents) after the letters they sit on.
fn put_marks(strip: &mut Vec<Glyph>, leftward: bool) {
    if !leftward || !strip.iter().any(|glyph| letters::is_mark(&glyph.text)) {
        return;
    }
    let (marks, mut bases): (Vec<Glyph>, Vec<Glyph>) =
        strip.drain(..).partition(|glyph| letters::is_mark(&glyph.text));
    bases.sort_by(|a, b| a.start.total_cmp(&b.start));
    for mark in marks {
        let middle = f32::midpoint(mark.start, mark.end);
        let after = bases.partition_point(|base| base.start <= middle);
        let near = [after.checked_sub(1), Some(after)];
        let distance = |base: &Glyph| (base.start - middle).max(middle - base.end).max(0.0);
        let at = near
            .into_iter()
            .flatten()
            .filter(|at| bases.get(*at).is_some_and(|base| !base.is_space()))
            .min_by(|a, b| distance(&bases[*a]).total_cmp(&distance(&bases[*b])));
        match at.and_then(|at| bases.get_mut(at)) {
            Some(base) => base.text.push_str(&mark.text),
            None => bases.push(mark),
        }
    }
    *strip = bases;
}

/// Puts accents that were drawn as signs of their own on the letters under them; how many.
fn put_accents(strip: &mut Vec<Glyph>) -> usize {
    let mut put = 0;
    let mut at = 0;
    while at + 1 < strip.len() {
        let middle = |glyph: &Glyph| f32::midpoint(glyph.start, glyph.end);
        let (one, other) = (&strip[at], &strip[at + 1]);
        let over = (middle(one) - middle(other)).abs() < 0.25 * one.size;
        let pair = only(&one.text).zip(only(&other.text)).filter(|_| over);
        let joined = pair.and_then(|(one, other)| {
            letters::accented(other, one).or_else(|| letters::accented(one, other))
        });
        if let Some(letter) = joined {
            // The letter's own place counts, which is the wider.
            let accent_first = only(&strip[at].text).is_some_and(|c| !c.is_alphabetic());
            strip.remove(if accent_first { at } else { at + 1 });
            strip[at].text = letter.to_string();
            put += 1;
        }
        at += 1;
    }
    put
}

/// One word of the glyphs gathered for it.
fn of_glyphs_together(glyphs: &mut Vec<Glyph>, spaced: (bool, bool)) -> Option<Word> {
    let leftward = glyphs.iter().any(|glyph| glyph.text.chars().any(letters::is_leftward));
    let mut glyphs = std::mem::take(glyphs);
    let first = glyphs.first()?;
    let (base, mark) = (first.base, first.mark);
    let (mut start, mut end, mut size, mut bold) = (first.start, first.end, 0.0_f32, true);
    for glyph in &glyphs {
        start = start.min(glyph.start);
        end = end.max(glyph.end);
        size = size.max(glyph.size);
        bold &= glyph.bold;
    }
    if leftward {
        letters::as_read(&mut glyphs, true, |glyph| &glyph.text);
    }
    let text: String = glyphs.iter().map(|glyph| &*glyph.text).collect();
    let text: String = text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    (!text.is_empty()).then_some(Word {
        text,
        start,
        end,
        base,
        size,
        bold,
        raised: false,
        spaced,
        mark,
    })
}

/// Sets what stands higher or lower than the word before it, and is smaller, on that word's baseline.
fn settle(words: &mut [Word]) {
    for at in 1..words.len() {
        let (before, rest) = words.split_at_mut(at);
        let (Some(before), Some(word)) = (before.last(), rest.first_mut()) else { continue };
        let gap = word.start - before.end;
        let lift = before.base - word.base;
        let near = (-0.3..0.4).contains(&(gap / before.size));
        // What is much smaller stands beside a large initial.
        let smaller = (0.45..0.88).contains(&(word.size / before.size));
        if near && smaller && lift.abs() < 0.75 * before.size {
            word.raised = lift > 0.1 * before.size;
            word.base = before.base;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of ten points, each as wide as `wide` says, at places along a baseline.
    fn glyphs(places: &[(&str, f32, f32)]) -> Vec<Glyph> {
        places
            .iter()
            .map(|(text, start, end)| Glyph {
                text: (*text).to_owned(),
                turn: Turn(0),
                start: *start,
                end: *end,
                base: 100.0,
                size: 10.0,
                bold: false,
                hidden: false,
                mark: None,
            })
            .collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        let (words, _) = of_glyphs(glyphs);
        words.into_values().flatten().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_parted_by_spaces_and_by_gaps_without_any() {
        let written = [("a", 0.0, 5.0), (" ", 5.0, 7.5), ("b", 7.5, 12.0)];
        assert_eq!(texts(&glyphs(&written)), ["a", "b"]);
        let drawn = [("a", 0.0, 5.0), ("b", 5.1, 10.0), ("c", 12.0, 17.0)];
        assert_eq!(texts(&glyphs(&drawn)), ["ab", "c"]);
        // Kerned back over the space: no space.
        let taken_back = [("a", 0.0, 5.0), (" ", 5.0, 7.5), ("b", 5.1, 10.0)];
        assert_eq!(texts(&glyphs(&taken_back)), ["ab"]);
    }

    #[test]
    fn letters_that_are_set_apart_are_one_word() {
        let mut places = Vec::new();
        for (at, letter) in ["H", "O", "U", "L", "O", "N", "D", "E"].iter().enumerate() {
            let start = at as f32 * 9.0;
            places.push((*letter, start, start + 6.0));
        }
        places.push(("X", 8.0 * 9.0 + 4.0, 82.0));
        assert_eq!(texts(&glyphs(&places)), ["HOULONDE", "X"]);
    }

    #[test]
    fn accents_join_the_letters_they_stand_over() {
        let places = [("d", 0.0, 5.0), ("´", 5.4, 8.7), ("e", 5.0, 9.4), ("j", 9.4, 12.0)];
        let (words, mended) = of_glyphs(&glyphs(&places));
        assert_eq!(words[&Turn(0)][0].text, "déj");
        assert_eq!(mended.accents, 1);
        // One that stands after its letter is a sign of its own.
        assert_eq!(texts(&glyphs(&[("l", 0.0, 3.0), ("´", 3.0, 6.0), ("e", 6.0, 10.0)])), ["l´e"]);
    }

    #[test]
    fn hebrew_is_read_from_the_right_with_its_points_on_its_letters() {
        // Drawn from left to right, the point before its letter.
        let places = [("ם", 0.0, 5.0), ("ָ", 8.0, 8.0), ("ל", 5.0, 10.0), ("ש", 10.0, 16.0)];
        assert_eq!(texts(&glyphs(&places)), ["שלָם"]);
        // Drawn from right to left.
        let places = [("ש", 10.0, 16.0), ("ל", 5.0, 10.0), ("ם", 0.0, 5.0)];
        assert_eq!(texts(&glyphs(&places)), ["שלם"]);
        // A number in it keeps its order.
        let places = [("1", 0.0, 5.0), ("2", 5.0, 10.0), ("ש", 10.0, 16.0)];
        assert_eq!(texts(&glyphs(&places)), ["ש12"]);
    }

    #[test]
    fn a_small_raised_sign_comes_down_to_its_word() {
        let mut places = glyphs(&[("a", 0.0, 5.0), ("1", 5.1, 8.0)]);
        places[1].size = 6.0;
        places[1].base = 96.5;
        let (words, _) = of_glyphs(&places);
        let words = &words[&Turn(0)];
        assert!(words[1].raised && !words[0].raised);
        assert_eq!(words[1].base, 100.0);
    }
}
