//! A text as the tokens that are compared: words and signs, each with a key that does not change when quotation marks
//! are straightened, no-break spaces replaced or accents decomposed. White space is no token.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::equivalence::{is_invisible, signs_like};

/// A stretch of fewer tokens does not end after what may be an abbreviation: “Selon M. Ormelot” stays whole.
const SHORTEST: usize = 6;

/// A stretch of so many tokens ends at any sign.
const LONG: usize = 128;
/// No stretch has more tokens.
const LONGEST: usize = 512;

/// The keys of two texts, numbered from 0.
#[derive(Default)]
pub(in crate::text) struct Keys {
    numbers: HashMap<Box<str>, u32>,
    /// For each key: how often it stands in both texts, and whether it is a word.
    uses: Vec<(u32, bool)>,
}

impl Keys {
    fn number(&mut self, key: &str, word: bool) -> u32 {
        let number = match self.numbers.get(key) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(self.uses.len()).unwrap_or(u32::MAX);
                self.numbers.insert(key.into(), number);
                self.uses.push((0, word));
                number
            }
        };
        if let Some((uses, _)) = self.uses.get_mut(number as usize) {
            *uses += 1;
        }
        number
    }

    /// What it says about two places that this key stands in both, 0 to 1, for each key: much for a rare word, little
    /// for “the” and for signs.
    pub(in crate::text) fn weights(&self) -> Vec<f32> {
        let all: u32 = self.uses.iter().map(|(uses, _)| *uses).sum();
        #[allow(clippy::cast_precision_loss, reason = "a weight, not a count")]
        let whole = (all.max(64) as f32).ln();
        let weight = |&(uses, word): &(u32, bool)| {
            // Each token stands about twice: once in each text.
            #[allow(clippy::cast_precision_loss, reason = "a weight, not a count")]
            let rarity = 1.0 - (uses.max(2) as f32 / 2.0).ln() / whole;
            if word { rarity.clamp(0.1, 1.0).powi(2) } else { 0.05 }
        };
        self.uses.iter().map(weight).collect()
    }
}

/// The tokens of a text, and the stretches they make: about a sentence each.
pub(in crate::text) struct Tokens {
    /// Bytes of each token.
    spans: Vec<(usize, usize)>,
    /// Its key.
    pub(in crate::text) keys: Vec<u32>,
    /// The stretch it belongs to.
    stretch_of: Vec<u32>,
    /// The tokens of each stretch.
    pub(in crate::text) stretches: Vec<Range<usize>>,
}

impl Tokens {
    pub(in crate::text) fn new(text: &str, keys: &mut Keys) -> Self {
        let mut tokens = Self {
            spans: Vec::with_capacity(text.len() / 5),
            keys: Vec::with_capacity(text.len() / 5),
            stretch_of: Vec::new(),
            stretches: Vec::new(),
        };
        let mut at = 0;
        let mut first = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if c == '\n' {
                tokens.end_stretch(&mut first);
            }
            if c.is_whitespace() || is_invisible(c) {
                at += c.len_utf8();
                continue;
            }
            let (end, word) = token_at(text, at, c);
            let words = text.get(at..end).unwrap_or_default();
            let key = if word { key_of(words) } else { sign(words) };
            tokens.spans.push((at, end));
            tokens.keys.push(keys.number(&key, word));
            at = end;
            let ends = matches!(key.as_ref(), "." | "!" | "?" | "…");
            let more = || text.get(at..).and_then(|t| t.chars().next());
            let whole = tokens.spans.len() - first >= SHORTEST || key.as_ref() != "." || {
                let before = tokens.spans.len().checked_sub(2).map(|i| tokens.span(i));
                before.and_then(|word| text.get(word)).is_some_and(|word| !may_be_short_for(word))
            };
            let long = tokens.spans.len() - first;
            let cut = long >= LONGEST || (long >= LONG && !word);
            if cut || (ends && whole && !more().is_some_and(char::is_alphanumeric)) {
                tokens.end_stretch(&mut first);
            }
        }
        tokens.end_stretch(&mut first);
        tokens
    }

    fn end_stretch(&mut self, first: &mut usize) {
        let end = self.spans.len();
        if *first < end {
            let number = u32::try_from(self.stretches.len()).unwrap_or(u32::MAX);
            self.stretch_of.resize(end, number);
            self.stretches.push(*first..end);
            *first = end;
        }
    }

    pub(in crate::text) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The stretch of a token, by its number.
    pub(in crate::text) fn stretch_of(&self, token: usize) -> usize {
        self.stretch_of.get(token).map_or(0, |&s| s as usize)
    }

    /// The stretches that hold these tokens, which are not none: from the first token to the end of the last.
    pub(in crate::text) fn around(&self, tokens: &Range<usize>) -> Range<usize> {
        let stretch = |token: usize| self.stretches.get(self.stretch_of(token)).cloned();
        let first = stretch(tokens.start).map_or(tokens.start, |s| s.start);
        let last = stretch(tokens.end.saturating_sub(1)).map_or(tokens.end, |s| s.end);
        first.min(tokens.start)..last.max(tokens.end)
    }

    /// The bytes of a token.
    pub(in crate::text) fn span(&self, token: usize) -> Range<usize> {
        self.spans.get(token).map_or(0..0, |&(start, end)| start..end)
    }

    /// The bytes from the first of these tokens to the last; none of none.
    pub(in crate::text) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        match tokens.end.checked_sub(1) {
            Some(last) if last >= tokens.start => {
                self.span(tokens.start).start..self.span(last).end
            }
            _ => 0..0,
        }
    }

    /// The tokens that these bytes touch.
    pub(in crate::text) fn touched(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.spans.partition_point(|&(_, end)| end <= bytes.start);
        let end = self.spans.partition_point(|&(start, _)| start < bytes.end);
        first..end.max(first)
    }
}

/// Where the token that begins here ends, and whether it is a word.
fn token_at(text: &str, at: usize, first: char) -> (usize, bool) {
    let word = is_letter(first);
    let mut end = at + first.len_utf8();
    let rest = text.get(end..).unwrap_or_default();
    if first == '.' && rest.starts_with("..") {
        return (end + 2, false);
    }
    let alone = !word || stands_alone(first);
    for c in rest.chars() {
        let more =
            is_combining_mark(c) || is_invisible(c) || (!alone && is_letter(c) && !stands_alone(c));
        if !more {
            break;
        }
        end += c.len_utf8();
    }
    (end, word)
}

/// Whether a word before a full stop may be a title or an initial.
fn may_be_short_for(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().nth(4).is_none()
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Letters of scripts that set no spaces between words: each is a token.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF // Thai, Lao, Burmese, Khmer
        | 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF) // kana and ideographs
}

fn key_of(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.chars().filter(|&c| !is_invisible(c)).nfc().collect())
}

fn sign(words: &str) -> Cow<'_, str> {
    if words == "..." {
        return Cow::Borrowed("…");
    }
    match words.chars().next() {
        Some('«' | '»' | '‹' | '›') => Cow::Borrowed("\""),
        Some(c) => match signs_like(c).and_then(|signs| signs.chars().next()) {
            Some(plain) => Cow::Owned(plain.to_string()),
            None => key_of(words),
        },
        None => Cow::Borrowed(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_changes_no_key() {
        let mut keys = Keys::default();
        let fine = Tokens::new("« L’été\u{a0}! » Port-Léonie…", &mut keys);
        let plain = Tokens::new("\"L'e\u{301}te\u{301} !\" Port-L\u{ad}éonie...", &mut keys);
        assert_eq!(fine.keys, plain.keys);
        assert_eq!(fine.len(), 10);
    }

    #[test]
    fn stretches_are_about_a_sentence() {
        let mut keys = Keys::default();
        let text = "Selon M. Ormelot, le conseil cède. Kervel dément ; 3.5 mois, dit-elle.\nFin.";
        let tokens = Tokens::new(text, &mut keys);
        let words: Vec<_> =
            tokens.stretches.iter().filter_map(|s| text.get(tokens.bytes(s))).collect();
        assert_eq!(
            words,
            ["Selon M. Ormelot, le conseil cède.", "Kervel dément ; 3.5 mois, dit-elle.", "Fin."]
        );
        assert_eq!(tokens.touched(&(1..7)), 0..2);
    }
}
