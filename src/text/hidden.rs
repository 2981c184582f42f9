//! Showing characters that have no glyph of their own, in articles and in names.
//!
//! Control characters, bidirectional controls and zero-width spaces can hide or reverse words, so they are shown as a
//! small mark. One character is always shown as one character, so that positions map by counting. The joiners (U+200C,
//! U+200D) and variation selectors are kept: Persian and emoji need them.

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

/// The name of a hidden character: its code point, and its effect where that can mislead a reader.
#[must_use]
pub fn name_of_hidden(c: char) -> String {
    let what = match c {
        '\t' => " tab",
        '\r' => " carriage return",
        '\u{a0}' => " no-break space",
        '\u{202f}' => " narrow no-break space",
        '\u{2007}' => " figure space",
        '\u{ad}' => " soft hyphen",
        '\u{200b}' => " zero-width space",
        '\u{200c}' => " keeps letters apart, without width",
        '\u{200d}' => " joins letters, without width",
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

/// A text of several lines as it is shown, with as many characters as before.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hidden) {
        Cow::Owned(text.chars().map(|c| if is_hidden(c) { MARK } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The most characters of a name that are shown: a file may hold one of megabytes, and laying that out in each frame
/// would freeze the window.
const LONGEST_NAME: usize = 1_000;

/// A name, a title, a label as it is shown: always on one line, and cut where it is too long. A name may come from
/// somebody else's file: it must not reverse the line, break it, or look like another name.
#[must_use]
pub fn shown_name(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST_NAME) {
        None => shown_line(name),
        Some((end, _)) => {
            let mut cut = shown_line(name.get(..end).unwrap_or("")).into_owned();
            cut.push('…');
            Cow::Owned(cut)
        }
    }
}

/// A text as a field of one line shows it, with as many characters as before.
#[must_use]
pub fn shown_line(text: &str) -> Cow<'_, str> {
    let mark = |c: char| is_hidden(c) || matches!(c, '\n' | '\t');
    if text.chars().any(mark) {
        Cow::Owned(text.chars().map(|c| if mark(c) { MARK } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The hidden characters in a name, once each and in order: “U+202E turns the direction of what follows”.
#[must_use]
pub fn hidden_in(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for c in name.chars().filter(|c| is_hidden(*c)) {
        let what = name_of_hidden(c);
        if !found.contains(&what) {
            found.push(what);
        }
    }
    found
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
    fn a_name_stays_on_its_line() {
        assert_eq!(shown_name("Le\nBord\t\u{202e}x\u{1b}[2J"), "Le·Bord··x·[2J");
        assert!(matches!(shown_name("Ysé \u{200d}👩‍🚀 علی\u{200c}رضا"), Cow::Borrowed(_)));
        let hidden = hidden_in("a\u{200b}b\u{202e}c\u{200b}");
        assert_eq!(hidden.len(), 2);
        assert!(hidden[0].starts_with("U+200B zero-width"), "{hidden:?}");
    }

    #[test]
    fn names_say_what_misleads() {
        assert_eq!(name_of_hidden('\u{202e}'), "U+202E turns the direction of what follows");
        assert_eq!(name_of_hidden('\u{1}'), "U+0001 control character");
    }
}
