//! What the characters of symbol fonts mean. Such fonts have pictures and Greek letters in the places of Latin letters;
//! office files write those places as they are, or moved to U+F000 to U+F0FF.

/// A font whose characters are not what they are said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article::format) enum SymbolFont {
    /// Greek letters and mathematical signs: the encoding of Adobe's Symbol.
    Symbol,
    /// Microsoft's Wingdings.
    Wingdings,
    /// Microsoft's Wingdings 2.
    Wingdings2,
}

/// The characters of Symbol from 0x20 on; `�` where there is none. The places are those of Adobe's Symbol encoding, as the
/// Unicode consortium lists them.
const SYMBOL: &str = "\u{20}!∀#∃%&∋()∗+,−./0123456789:;<=>?\
    ≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\
    ‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼�\
    ��������������������������������\
    €ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵\
    ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓\
    ◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�";

/// The characters of Wingdings that stand in texts; the others are pictures.
const WINGDINGS: [(u8, char); 76] = [
    (0x21, '✏'),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2a, '✉'),
    (0x36, '⌛'),
    (0x37, '⌨'),
    (0x3e, '✇'),
    (0x3f, '✍'),
    (0x41, '✌'),
    (0x42, '👌'),
    (0x43, '👍'),
    (0x44, '👎'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x47, '☝'),
    (0x48, '☟'),
    (0x4a, '☺'),
    (0x4b, '😐'),
    (0x4c, '☹'),
    (0x4d, '💣'),
    (0x4e, '☠'),
    (0x51, '✈'),
    (0x52, '☼'),
    (0x54, '❄'),
    (0x58, '✠'),
    (0x59, '✡'),
    (0x5a, '☪'),
    (0x5b, '☯'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x78, '⌧'),
    (0x7a, '⌘'),
    (0x80, '⓪'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
    (0x86, '⑥'),
    (0x87, '⑦'),
    (0x88, '⑧'),
    (0x89, '⑨'),
    (0x8a, '⑩'),
    (0x9e, '·'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xab, '★'),
    (0xd8, '➢'),
    (0xdc, '➲'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe8, '➔'),
    (0xef, '⇦'),
    (0xf0, '⇨'),
    (0xf1, '⇧'),
    (0xf2, '⇩'),
    (0xf3, '⬄'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
    (0x20, ' '),
];

const WINGDINGS2: [(u8, char); 10] = [
    (0x20, ' '),
    (0x4f, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x96, '•'),
    (0x97, '●'),
    (0xa3, '□'),
];

impl SymbolFont {
    /// The one of this name; `None` for fonts whose characters are what they are said to be.
    pub(in crate::article::format) fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        [
            ("Symbol", Self::Symbol),
            ("Wingdings", Self::Wingdings),
            ("Wingdings 2", Self::Wingdings2),
        ]
        .into_iter()
        .find(|(of, _)| of.eq_ignore_ascii_case(name))
        .map(|(_, font)| font)
    }

    /// What stands in a place of it: a code from 0x20 to 0xFF.
    fn at(self, place: u8) -> Option<char> {
        let listed = |table: &[(u8, char)]| table.iter().find(|(at, _)| *at == place).map(|p| p.1);
        match self {
            Self::Symbol => {
                let found = SYMBOL.chars().nth(usize::from(place.checked_sub(0x20)?))?;
                (found != '\u{fffd}').then_some(found)
            }
            Self::Wingdings => listed(&WINGDINGS),
            Self::Wingdings2 => listed(&WINGDINGS2),
        }
    }

    /// What a character means that is said to be in this font; itself, where it is no place of such a font.
    pub(in crate::article::format) fn meant(self, c: char) -> char {
        let place = match u32::from(c) {
            code @ (0x20..=0xff | 0xf020..=0xf0ff) => u8::try_from(code & 0xff).ok(),
            _ => None,
        };
        place.and_then(|place| self.at(place)).unwrap_or(c)
    }
}

/// The sign of a list's item: what a bullet in this font looks like.
pub(in crate::article::format) fn bullet(font: Option<SymbolFont>, text: &str) -> String {
    let signs = text.trim().chars().map(|c| {
        let private = matches!(u32::from(c), 0xe000..=0xf8ff);
        match font {
            Some(font) if private || text.trim().chars().count() == 1 => font.meant(c),
            None if c == 'o' => '◦',
            // Most bullets of no known font are written as those of Symbol.
            None if private => SymbolFont::Symbol.meant(c),
            _ => c,
        }
    });
    let signs: String = signs.collect();
    let known = |c: char| !matches!(u32::from(c), 0xe000..=0xf8ff) && !c.is_control();
    if signs.chars().all(known) { signs } else { "•".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_what_they_look_like() {
        assert_eq!(SYMBOL.chars().count(), 0x100 - 0x20);
        let symbol = SymbolFont::named("symbol").unwrap();
        for (place, meant) in [
            ('a', 'α'),
            ('\u{f061}', 'α'),
            ('\u{f0b7}', '•'),
            ('W', 'Ω'),
            ('\u{f0de}', '⇒'),
            ('\u{f0a3}', '≤'),
            ('\u{f0e5}', '∑'),
            ('\u{f0fe}', '⎭'),
            ('\u{f080}', '\u{f080}'),
            ('漢', '漢'),
        ] {
            assert_eq!(symbol.meant(place), meant, "{place}");
        }
        let wingdings = SymbolFont::named("Wingdings").unwrap();
        assert_eq!(wingdings.meant('J'), '☺');
        assert_eq!(wingdings.meant('\u{f0fc}'), '✓');
        assert_eq!(SymbolFont::named("Arial"), None);
    }

    #[test]
    fn bullets_of_every_program_are_signs() {
        for (font, text, sign) in [
            (Some(SymbolFont::Symbol), "\u{f0b7}", "•"),
            (Some(SymbolFont::Wingdings), "\u{f0a7}", "▪"),
            (Some(SymbolFont::Wingdings), "§", "▪"),
            (Some(SymbolFont::Wingdings), "\u{f0d8}", "➢"),
            (None, "o", "◦"),
            (None, "–", "–"),
            (None, "\u{f0b7}", "•"),
            (None, "\u{f8ff}", "•"),
            (None, " ", ""),
            (None, "•", "•"),
        ] {
            assert_eq!(bullet(font, text), sign, "{text}");
        }
    }
}
