//! Characters that look alike or are invisible, and which comparing names, finding words and tagging the rest treat as
//! the same.

/// Invisible characters, as the content of a character class of a pattern: the soft hyphen, marks of direction,
/// zero-width spaces and joiners, variation selectors, tags (Unicode’s Default_Ignorable_Code_Point, without the Hangul
/// fillers, which are as wide as a letter).
pub(super) const INVISIBLE: &str = "\\u{ad}\\u{34f}\\u{61c}\\u{180b}-\\u{180f}\\u{200b}-\\u{200f}\\u{202a}-\\u{202e}\
    \\u{2060}-\\u{206f}\\u{fe00}-\\u{fe0f}\\u{feff}\\u{e0000}-\\u{e007f}\\u{e0100}-\\u{e01ef}";

/// Whether a character is invisible, as [`INVISIBLE`] lists them.
#[must_use]
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a text holds an invisible character. All of them begin with one of seven bytes, most of which are rare.
pub(super) fn holds_invisible(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let bytes = text.as_bytes();
    let at = |i: usize| {
        let next = |n: usize| bytes.get(i + n).copied().unwrap_or(0);
        // Apostrophes, dashes and quotation marks begin with the same byte as the marks of direction.
        match (bytes[i], next(1)) {
            (0xC2, second) => second == 0xAD,
            (0xE2, 0x80) => matches!(next(2), 0x8B..=0x8F | 0xAA..=0xAE),
            (0xE2, second) => second == 0x81 && matches!(next(2), 0xA0..=0xAF),
            _ => text.get(i..).and_then(|rest| rest.chars().next()).is_some_and(is_invisible),
        }
    };
    memchr::memchr3_iter(0xC2, 0xE2, 0xEF, bytes).any(at)
        || memchr::memchr3_iter(0xCD, 0xD8, 0xE1, bytes).any(at)
        || memchr::memchr_iter(0xF3, bytes).any(at)
}

/// Whether anything of these words is visible: a letter, a digit, a sign, and not only white space, controls, invisible
/// characters and blank letters.
#[must_use]
pub fn is_visible(words: &str) -> bool {
    words.chars().any(|c| {
        !(c.is_whitespace()
            || c.is_control()
            || is_invisible(c)
            || matches!(
                c,
                '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' | '\u{fff9}'
                    ..='\u{fffb}'
            ))
    })
}

/// White space within a line, as the content of a character class of a pattern.
pub(super) const SPACES: &str = "\\t\\x0B\\x0C\\r \\u{85}\\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{2028}\\u{2029}\\u{202f}\\u{205f}\\u{3000}";

/// Whether a character is such white space.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// Groups of interchangeable signs; the first of each is the one on keyboards, and the one by which names are compared.
pub(super) const SIGNS: [&str; 3] = ["'’‘‚‛ʼ′＇", "\"“”„‟″＂", "-\u{2010}\u{2011}\u{2012}–—―−﹣－"];

/// The signs that are interchangeable with a character, including itself.
pub(super) fn signs_like(c: char) -> Option<&'static str> {
    SIGNS.into_iter().find(|signs| signs.contains(c))
}

/// The letters that a single character stands for: typographic ligatures, and those that are letters of their own in
/// some languages. `None` for all others.
pub(super) const fn letters_in(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'ĳ' => "ij",
        'Ĳ' => "IJ",
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'ß' => "ss",
        'ẞ' => "SS",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_and_the_question_agree() {
        let class = regex::Regex::new(&format!("^[{INVISIBLE}]$")).expect("a class");
        let space = regex::Regex::new(&format!("^[{SPACES}]$")).expect("a class");
        for c in '\0'..=char::MAX {
            let one = c.encode_utf8(&mut [0; 4]).to_owned();
            assert_eq!(class.is_match(&one), is_invisible(c), "U+{:04X}", u32::from(c));
            assert_eq!(holds_invisible(&one), is_invisible(c), "U+{:04X}", u32::from(c));
            assert_eq!(space.is_match(&one), is_space(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn a_name_holds_something_visible_or_not() {
        for words in
            ["", " \u{a0}", "\u{200b}", "\u{ad}\u{202e}\t", "\u{3164}", "\u{2800} ", "\u{7}"]
        {
            assert!(!is_visible(words), "{words:?}");
        }
        for words in ["a", "\u{200b}é", "–", "北", "👩\u{200d}🚀", "0"] {
            assert!(is_visible(words), "{words:?}");
        }
    }
}
