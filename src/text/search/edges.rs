//! Edges of words, in scripts with and without spaces.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::text::equivalence::is_invisible;

/// Whether a word can begin or end at this byte (a character boundary): there are not letters of a spaced script on
/// both sides. Invisible characters do not separate words, and an underscore around a word is Markdown’s emphasis.
pub(crate) fn word_edge(text: &str, byte: usize) -> bool {
    let before = text[..byte].chars().rev().find(|c| !is_invisible(*c));
    let after = text[byte..].chars().find(|c| !is_invisible(*c));
    let (Some(before), Some(after)) = (before, after) else { return true };
    if !(is_word(before) && is_word(after)) {
        return true;
    }
    // The underscores of `_name_` are not part of the name; that of `name_2` is.
    let outer = match (before, after) {
        ('_', '_') => return false,
        ('_', _) => text[..byte].trim_end_matches('_').chars().next_back(),
        (_, '_') => text[byte..].trim_start_matches('_').chars().next(),
        _ => {
            return (unspaced(before) || unspaced(after)) && !is_combining_mark(after);
        }
    };
    !outer.is_some_and(is_word)
}

/// The whole words that a range of a text (on character boundaries) touches; of a handle, a mail or a web address, all of
/// it, as far as there are no spaces, without the punctuation around it.
#[must_use]
pub fn word_around(text: &str, range: Range<usize>) -> Range<usize> {
    let gap = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '(' | ')' | '«' | '»' | '“' | '”')
    };
    let from = text[..range.start]
        .rfind(gap)
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let to = text[range.end..].find(gap).map_or(text.len(), |at| range.end + at);
    let token = &text[from..to];
    if token.contains('@') || token.contains("://") || token.starts_with("www.") {
        let before =
            token.len() - token.trim_start_matches(|c: char| !(is_word(c) || c == '@')).len();
        let after = token.len() - token.trim_end_matches(|c: char| !is_word(c)).len();
        return (from + before).min(range.start)..(to - after).max(range.end);
    }
    let (mut start, mut end) = (range.start, range.end);
    while start > 0 && !word_edge(text, start) {
        start -= text[..start].chars().next_back().map_or(1, char::len_utf8);
    }
    while end < text.len() && !word_edge(text, end) {
        end = next_char(text, end);
    }
    start..end
}

/// As [`word_around`], with the words that signs at the ends of the range touch: of `’enquê` in “l’enquête” all of it. What
/// is written there instead stands beside no letter.
#[must_use]
pub fn words_touched(text: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    let letter = |c: &char| is_word(*c) && !unspaced(*c);
    let inside = &text[range];
    if !inside.starts_with(is_word) {
        start -= text[..start].chars().next_back().filter(letter).map_or(0, char::len_utf8);
    }
    if !inside.ends_with(is_word) {
        end += text[end..].chars().next().filter(letter).map_or(0, char::len_utf8);
    }
    word_around(text, start..end)
}

/// Letters, digits, `_` and the marks that sit on letters.
pub(in crate::text) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

/// Whether a character belongs to a script written without spaces between words (or Hangul, whose particles follow a
/// name without one).
fn unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF      // Thai, Lao
        | 0x0F00..=0x0FFF    // Tibetan
        | 0x1000..=0x109F    // Myanmar
        | 0x1100..=0x11FF    // Hangul Jamo
        | 0x1780..=0x17FF    // Khmer
        | 0x2E80..=0x2FDF    // radicals
        | 0x3005..=0x3007    // iteration mark and zero
        | 0x3040..=0x30FF    // Hiragana, Katakana
        | 0x3100..=0x312F    // Bopomofo
        | 0x31F0..=0x31FF    // Katakana extensions
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF // Han
        | 0xAC00..=0xD7AF    // Hangul syllables
        | 0xFF66..=0xFF9D) // half-width Katakana
}

/// The byte after the character at `byte`.
pub(in crate::text) fn next_char(text: &str, byte: usize) -> usize {
    byte + text[byte..].chars().next().map_or(1, char::len_utf8)
}
