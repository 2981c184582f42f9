//! Characters: ligatures taken apart, text strings of the file decoded, accents put on their letters, and words that run
//! leftward put in the order in which they are read.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// Whether a text is one that can be shown and searched: no control characters, no private ones but those of well-known
/// symbol fonts.
pub(super) fn is_readable(text: &str) -> bool {
    let strange = |c: char| {
        c == '\u{fffd}'
            || (c.is_control() && !c.is_whitespace())
            || (is_private(c) && symbol(c).is_none())
    };
    !text.is_empty() && !text.chars().any(strange)
}

const fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// What a private character stands for in Symbol and Wingdings, whose signs are all used as bullets.
const fn symbol(c: char) -> Option<char> {
    Some(match c {
        '\u{f0b7}' | '\u{f095}' | '\u{f09f}' | '\u{f06c}' | '\u{e00c}' => '•',
        '\u{f0a7}' | '\u{f06e}' | '\u{e00a}' => '▪',
        '\u{f0a8}' | '\u{f071}' | '\u{f06f}' => '◻',
        '\u{f0d8}' => '➢',
        '\u{f0e0}' | '\u{f0e8}' => '→',
        '\u{f0fc}' => '✓',
        '\u{f02d}' => '−',
        _ => return None,
    })
}

/// A glyph's characters with its ligature taken apart; whether it was one.
///
/// Latin and Armenian ligatures (U+FB00 to U+FB17) and the forms that Arabic letters take in words (U+FB50 to U+FDFB,
/// U+FE70 to U+FEFC) are signs of typesetting, not of writing; all other characters stay as they are.
pub(super) fn apart(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut ligature = false;
    for c in text.chars() {
        match c {
            '\u{fb00}'..='\u{fb17}' => {
                ligature = true;
                // The long s of U+FB05 is a letter of its own to Unicode, and none to readers.
                out.extend(std::iter::once(c).nfkc().map(|c| if c == 'ſ' { 's' } else { c }));
            }
            '\u{fb50}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}' => {
                out.extend(std::iter::once(c).nfkc());
            }
            c => out.push(symbol(c).unwrap_or(c)),
        }
    }
    (out, ligature)
}

/// A text string of the file (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 where it begins with their mark, otherwise
/// PDFDocEncoding (annex D.2).
pub(super) fn of_text_string(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let text: String = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
            .map(|c| c.unwrap_or('\u{fffd}'))
            .collect();
        // Between escapes stands the language of what follows.
        let mut parts = text.split('\u{1b}');
        let mut plain = parts.next().unwrap_or_default().to_owned();
        plain.extend(parts.skip(1).step_by(2));
        plain
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| of_byte(*byte)).collect(),
    }
}

const fn of_byte(byte: u8) -> char {
    const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    match byte {
        0x18..=0x1f => LOW[(byte - 0x18) as usize],
        0x80..=0xa0 => HIGH[(byte - 0x80) as usize],
        _ => byte as char,
    }
}

/// Whether a glyph's text is a mark that sits on a letter.
pub(super) fn is_mark(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_combining_mark)
}

/// The letter with an accent that was drawn as a sign of its own, over or under it; `None` where there is none such.
pub(super) fn accented(letter: char, accent: char) -> Option<char> {
    let mark = match accent {
        '`' | 'ˋ' => '\u{300}',
        '´' | 'ˊ' => '\u{301}',
        'ˆ' | '^' => '\u{302}',
        '˜' | '~' => '\u{303}',
        '¯' | 'ˉ' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    };
    // A dotless i carries the accent in place of its dot.
    let letter = match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        letter => letter,
    };
    compose(letter, mark)
}

/// Whether a character runs from right to left.
pub(super) fn is_leftward(c: char) -> bool {
    use unicode_bidi::BidiClass::{AL, R};
    matches!(unicode_bidi::bidi_class(c), R | AL)
}

/// Whether a text has letters that run from left to right.
pub(super) fn is_rightward(text: &str) -> bool {
    text.chars().any(|c| unicode_bidi::bidi_class(c) == unicode_bidi::BidiClass::L)
}

/// Pieces that stand from left to right in the order in which they are read, where the whole runs leftward or rightward.
/// This is the way back of the reordering that made them stand so (Unicode Standard Annex 9, rule L2), for the depth of
/// embedding that is met: words of one direction, and numbers, in a line of the other.
pub(super) fn as_read<T>(pieces: &mut [T], leftward: bool, text: impl Fn(&T) -> &str) {
    #[derive(Clone, Copy, PartialEq)]
    enum Way {
        Left,
        Right,
        Open,
    }
    let mut ways: Vec<Way> = pieces
        .iter()
        .map(|piece| {
            let text = text(piece);
            if text.chars().any(is_leftward) {
                Way::Left
            } else if is_rightward(text) || text.chars().any(|c| c.is_alphanumeric()) {
                Way::Right
            } else {
                Way::Open
            }
        })
        .collect();
    // Signs of percent and of money go with their number.
    for at in 0..ways.len() {
        let sign =
            ways[at] == Way::Open && text(&pieces[at]).chars().all(|c| "%‰$€£¥°".contains(c));
        let beside = [at.checked_sub(1), Some(at + 1)];
        let number =
            |at: usize| pieces.get(at).is_some_and(|p| text(p).chars().any(char::is_numeric));
        if sign && beside.into_iter().flatten().any(number) {
            ways[at] = Way::Right;
        }
    }
    let against = if leftward { Way::Right } else { Way::Left };
    // The stretches that run against the whole: with what is open only where both its sides run so.
    let mut stretches = Vec::new();
    let mut at = 0;
    while at < ways.len() {
        if ways[at] != against {
            at += 1;
            continue;
        }
        let (start, mut end) = (at, at + 1);
        while at < ways.len() && (ways[at] == against || ways[at] == Way::Open) {
            if ways[at] == against {
                end = at + 1;
            }
            at += 1;
        }
        stretches.push(start..end);
    }
    if leftward {
        let count = pieces.len();
        pieces.reverse();
        for stretch in stretches {
            pieces[count - stretch.end..count - stretch.start].reverse();
        }
    } else {
        for stretch in stretches {
            pieces[stretch].reverse();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_taken_apart_and_nothing_else_is() {
        assert_eq!(apart("ﬁ"), ("fi".to_owned(), true));
        assert_eq!(apart("ﬄ"), ("ffl".to_owned(), true));
        assert_eq!(apart("ﬅ").0, "st");
        assert_eq!(apart("½²Å"), ("½²Å".to_owned(), false));
        assert_eq!(apart("\u{f0b7}").0, "•");
        // The forms of an Arabic word become its letters.
        assert_eq!(apart("\u{feb3}\u{fefc}").0, "سلا");
    }

    #[test]
    fn private_signs_and_control_characters_cannot_be_read() {
        assert!(is_readable("a") && is_readable("\u{f0b7}") && is_readable(" "));
        assert!(!is_readable("") && !is_readable("\u{f123}") && !is_readable("\u{1}"));
    }

    #[test]
    fn text_strings_are_read_in_each_of_their_encodings() {
        assert_eq!(of_text_string(b"\xfe\xff\0D\0\xe9\x20\x19"), "Dé’");
        assert_eq!(of_text_string(b"\xff\xfeD\0"), "D");
        assert_eq!(of_text_string(b"\xef\xbb\xbfD\xc3\xa9"), "Dé");
        assert_eq!(of_text_string(b"D\xe9 \x84 \x90"), "Dé — ’");
        assert_eq!(of_text_string(b"\xfe\xff\0\x1b\0e\0n\0\x1b\0A"), "A");
        assert_eq!(of_text_string(b"\xfe\xff\0A\0"), "A");
    }

    #[test]
    fn an_accent_drawn_apart_joins_its_letter() {
        assert_eq!(accented('e', '´'), Some('é'));
        assert_eq!(accented('ı', 'ˆ'), Some('î'));
        assert_eq!(accented('c', '¸'), Some('ç'));
        assert_eq!(accented('t', '´'), None);
        assert_eq!(accented('e', '-'), None);
    }

    #[test]
    fn what_runs_leftward_is_read_from_the_right() {
        let order = |text: &str, leftward| {
            let mut pieces: Vec<&str> = text.split(' ').collect();
            as_read(&mut pieces, leftward, |piece| piece);
            pieces.join(" ")
        };
        assert_eq!(order("ג ב א", true), "א ב ג");
        assert_eq!(order("ב Half Fathom א", true), "א Half Fathom ב");
        assert_eq!(order("ב 212 א", true), "א 212 ב");
        assert_eq!(order("said ב א to", false), "said א ב to");
        assert_eq!(order("a b", false), "a b");
        assert_eq!(order("ב 1 5 % א", true), "א 1 5 % ב");
    }
}
