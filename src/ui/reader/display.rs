//! How characters that have no glyph of their own are shown. Pure.
//!
//! Control characters, bidirectional controls and zero-width spaces can hide or turn words around, so they are
//! shown as a small mark. One character is always shown as one character: places map by counting. The joiners
//! (U+200C, U+200D) and variation selectors stay: Persian and emoji need them.

use std::borrow::Cow;

/// What is drawn for a character without a glyph. The view draws a frame around it.
pub const MARK: char = '·';

/// Whether a character is shown as a mark.
#[must_use]
pub const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}')
}

/// The name of such a character: its code point, and what it does where that can mislead a reader.
#[must_use]
pub fn name_of_hidden(c: char) -> String {
    let what = match c {
        '\r' => " carriage return",
        '\u{ad}' => " soft hyphen",
        '\u{200b}' => " zero-width space",
        '\u{200e}' | '\u{200f}' | '\u{61c}' => " direction mark",
        '\u{2028}' | '\u{2029}' => " line separator",
        '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => " turns the direction of what follows",
        '\u{202c}' => " end of a turned direction",
        '\u{2066}'..='\u{2068}' => " isolates the direction of what follows",
        '\u{2069}' => " end of an isolate",
        '\u{2060}' | '\u{feff}' => " joins words without space",
        _ => " control character",
    };
    format!("U+{:04X}{what}", u32::from(c))
}

/// The text as it is shown: as many characters as before.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hidden) {
        Cow::Owned(text.chars().map(|c| if is_hidden(c) { MARK } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_stays_one_character() {
        let text = "a\u{202e}b\u{200b}é\r\u{7f}\t👩‍🚀";
        let shown = shown(text);
        assert_eq!(shown.chars().count(), text.chars().count());
        assert_eq!(shown, "a·b·é··\t👩‍🚀");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(shown("l’entreprise\u{a0}: « oui »"), Cow::Borrowed(_)));
    }

    #[test]
    fn names_say_what_misleads() {
        assert_eq!(name_of_hidden('\u{202e}'), "U+202E turns the direction of what follows");
        assert_eq!(name_of_hidden('\u{1}'), "U+0001 control character");
    }
}
