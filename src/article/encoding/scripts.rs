//! Scripts, as far as they matter for guessing encodings.

/// The script of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Thai,
    /// Chinese characters, wherever they are used.
    Han,
    Kana,
    Hangul,
    Other,
}

/// The script of a letter, ASCII included; `None` where it is not a letter, or a sign that only counts as one.
pub(super) fn script_of(c: char) -> Option<Script> {
    let script = match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        // Feminine and masculine ordinals, micro, florin, raised letters, accents that stand by themselves.
        '\0'..='\u{bf}' | '×' | '÷' | 'ƒ' | 'ⁿ' | '\u{2b0}'..='\u{2ff}' => return None,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        // Tones of Vietnamese.
        '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' if c.is_alphabetic() => Script::Greek,
        '\u{400}'..='\u{52f}' if c.is_alphabetic() => Script::Cyrillic,
        '\u{591}'..='\u{5f4}' => Script::Hebrew,
        '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' | '\u{6fa}'..='\u{6ff}' => Script::Arabic,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' => Script::Thai,
        '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Script::Kana,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' => {
            Script::Han
        }
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        c if c.is_alphabetic() => Script::Other,
        _ => return None,
    };
    Some(script)
}
