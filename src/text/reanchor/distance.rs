//! Finding words that were written a little differently: the place in a text with the fewest changes, by Myers’
//! bit-parallel algorithm (G. Myers, “A fast bit-vector algorithm for approximate string matching based on dynamic
//! programming”, Journal of the ACM 46, 1999), in blocks as Hyyrö has them (H. Hyyrö, “A bit-vector algorithm for computing
//! Levenshtein and Damerau edit distances”, Nordic Journal of Computing 10, 2003).

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::text::equivalence::{is_invisible, signs_like};
use crate::text::names::is_accent;

/// Letters of a text as they are compared: without accents and case, spaces and quotation marks alike; and where in the
/// text each comes from.
pub(super) struct Letters {
    letters: Vec<char>,
    /// The byte where each letter’s character starts, and the end of the last.
    at: Vec<(usize, usize)>,
}

impl Letters {
    /// The letters of some words that begin at this byte of their text.
    pub(super) fn of(words: &str, from: usize) -> Self {
        let mut all = Self { letters: Vec::new(), at: Vec::new() };
        for (i, c) in words.char_indices() {
            let place = (from + i, from + i + c.len_utf8());
            if is_invisible(c) || is_accent(c) {
                // It belongs to the letter before.
                if let Some(last) = all.at.last_mut() {
                    last.1 = place.1;
                }
            } else if c.is_whitespace() {
                if all.letters.last() != Some(&' ') {
                    all.push(' ', place);
                }
            } else if matches!(c, '«' | '»' | '‹' | '›') {
                all.push('"', place);
            } else if let Some(plain) = signs_like(c).and_then(|signs| signs.chars().next()) {
                all.push(plain, place);
            } else if c.is_ascii() {
                all.push(c.to_ascii_lowercase(), place);
            } else {
                for c in c.nfd().filter(|&c| !is_accent(c)).flat_map(char::to_lowercase) {
                    all.push(c, place);
                }
            }
        }
        all
    }

    fn push(&mut self, letter: char, place: (usize, usize)) {
        self.letters.push(letter);
        self.at.push(place);
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// The byte where a letter starts, by its number from 0.
    pub(super) fn start_of(&self, letter: usize) -> Option<usize> {
        self.at.get(letter).map(|place| place.0)
    }

    /// Where among these letters the words stand with the fewest letters changed, put in or left out: the bytes, and how
    /// many changes. Of several such places the one that ends nearest to the byte `near`. `None` where more than `most`
    /// changes are needed everywhere.
    pub(super) fn find(
        &self,
        words: &Self,
        near: usize,
        most: usize,
    ) -> Option<(Range<usize>, usize)> {
        if words.letters.is_empty() || self.letters.is_empty() {
            return None;
        }
        let distances = ends(&words.letters, &self.letters, false);
        let away =
            |end: usize| self.at.get(end).map_or(usize::MAX, |&(_, byte)| byte.abs_diff(near));
        let best = distances.iter().enumerate().min_by_key(|&(end, &d)| (d, away(end)));
        let (last, &changes) = best.filter(|(_, d)| **d <= most)?;
        // Backwards from there, for where it starts.
        let longest = (words.len() + changes).min(last + 1);
        let back: Vec<char> =
            self.letters[last + 1 - longest..=last].iter().rev().copied().collect();
        let pattern: Vec<char> = words.letters.iter().rev().copied().collect();
        let lengths = ends(&pattern, &back, true);
        let length = lengths
            .iter()
            .enumerate()
            .min_by_key(|&(length, &d)| (d, length.abs_diff(words.len() - 1)))
            .map_or(1, |(length, _)| length + 1);
        let first = last + 1 - length.min(last + 1);
        Some((self.at.get(first)?.0..self.at.get(last)?.1, changes))
    }
}

/// For each end in the text the fewest changes that make the pattern of what ends there: of any part that ends there, or
/// (`whole`) of all from the beginning of the text.
fn ends(pattern: &[char], text: &[char], whole: bool) -> Vec<usize> {
    let blocks = pattern.len().div_ceil(64);
    let mut places: HashMap<char, Vec<u64>> = HashMap::new();
    for (i, c) in pattern.iter().enumerate() {
        places.entry(*c).or_insert_with(|| vec![0; blocks])[i / 64] |= 1 << (i % 64);
    }
    let nowhere = vec![0; blocks];
    // The vertical differences of a column, as bits: where it goes up by one, and where down.
    let (mut up, mut down) = (vec![u64::MAX; blocks], vec![0_u64; blocks]);
    let last_bit = 1_u64 << ((pattern.len() - 1) % 64);
    let mut distance = pattern.len();
    let mut all = Vec::with_capacity(text.len());
    for c in text {
        let equal = places.get(c).unwrap_or(&nowhere);
        // The horizontal difference that enters a block from above.
        let mut enters = i8::from(whole);
        for block in 0..blocks {
            let top = if block + 1 == blocks { last_bit } else { 1 << 63 };
            let (pv, mv) = (up[block], down[block]);
            let negative = u64::from(enters < 0);
            let eq = equal[block] | negative;
            let xv = equal[block] | mv;
            let xh = ((eq & pv).wrapping_add(pv) ^ pv) | eq;
            let (mut ph, mut mh) = (mv | !(xh | pv), pv & xh);
            let leaves = i8::from(ph & top != 0) - i8::from(mh & top != 0);
            ph = (ph << 1) | u64::from(enters > 0);
            mh = (mh << 1) | negative;
            up[block] = mh | !(xv | ph);
            down[block] = ph & xv;
            enters = leaves;
        }
        distance = distance.saturating_add_signed(isize::from(enters));
        all.push(distance);
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by the book: Sellers’ table.
    fn table(pattern: &[char], text: &[char], whole: bool) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut all = Vec::new();
        for (j, c) in text.iter().enumerate() {
            let mut next = vec![if whole { j + 1 } else { 0 }];
            for (i, p) in pattern.iter().enumerate() {
                let change = column[i] + usize::from(p != c);
                next.push(change.min(column[i + 1] + 1).min(next[i] + 1));
            }
            all.push(next[pattern.len()]);
            column = next;
        }
        all
    }

    proptest! {
        #[test]
        fn bits_and_table_agree(pattern in "[abc]{1,150}", text in "[abc]{0,200}", whole: bool) {
            let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(ends(&pattern, &text, whole), table(&pattern, &text, whole));
        }
    }

    #[test]
    fn a_typo_is_found_where_it_stands() {
        let text = "Hier, « Bastien Ormlot » a cédé à Port-Léonie.";
        let found = Letters::of(text, 0).find(&Letters::of("Ormelot", 0), 0, 2);
        let (bytes, changes) = found.expect("it stands there");
        assert_eq!((&text[bytes], changes), ("Ormlot", 1));
        assert!(Letters::of(text, 0).find(&Letters::of("Varquier", 0), 0, 2).is_none());
    }
}
