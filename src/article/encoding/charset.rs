//! The encodings that can be read: those of the WHATWG Encoding Standard, those of `tables`, and UTF-32, as one type.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::tables::{TABLES, Table};

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article) enum Charset {
    /// One of the WHATWG Encoding Standard.
    Standard(&'static Encoding),
    /// One of eight bits that the standard does not have.
    Table(&'static Table),
    /// Four bytes a character, the least significant first.
    Utf32Le,
    /// Four bytes a character, the most significant first.
    Utf32Be,
}

impl Charset {
    pub const UTF_8: Self = Self::Standard(UTF_8);

    /// The encoding of this name: a label of the standard, or one that other programs write: `mac_roman`, `utf_16_le`,
    /// `CP-850`. `None` where it is unknown.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let standard = |label: &str| Encoding::for_label_no_replacement(label.as_bytes());
        if let Some(encoding) = standard(name) {
            return Some(Self::Standard(encoding));
        }
        let plain = plain(name);
        match plain.as_str() {
            "utf32" | "utf32le" | "ucs4" => return Some(Self::Utf32Le),
            "utf32be" => return Some(Self::Utf32Be),
            _ => {}
        }
        let table = TABLES.into_iter().find(|table| {
            self::plain(table.name) == plain || table.labels.contains(&plain.as_str())
        });
        if let Some(table) = table {
            return Some(Self::Table(table));
        }
        let other = OTHER.iter().find(|(_, names)| names.contains(&plain.as_str()));
        let label = other.map(|(label, _)| *label).or_else(|| {
            super::encodings().iter().copied().find(|label| self::plain(label) == plain)
        })?;
        standard(label).map(Self::Standard)
    }

    /// Its name on screen and in notebooks.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard(encoding) => encoding.name(),
            Self::Table(table) => table.name,
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
        }
    }

    /// Whether each byte is a character by itself.
    pub fn is_single_byte(self) -> bool {
        match self {
            Self::Standard(encoding) => encoding.is_single_byte(),
            Self::Table(_) => true,
            Self::Utf32Le | Self::Utf32Be => false,
        }
    }

    /// The characters of the bytes from 0x80, where each byte is a character; U+FFFD where it has no meaning.
    pub fn high(self) -> Option<[char; 128]> {
        let mut high = ['\u{fffd}'; 128];
        match self {
            Self::Table(table) => {
                high.iter_mut().zip(table.high.chars()).for_each(|(slot, c)| *slot = c);
            }
            Self::Standard(encoding) if encoding.is_single_byte() => {
                for (slot, byte) in high.iter_mut().zip(0x80..=0xFF_u8) {
                    let bytes = [byte];
                    let (text, _) = encoding.decode_without_bom_handling(&bytes);
                    *slot = text.chars().next().unwrap_or('\u{fffd}');
                }
            }
            Self::Standard(_) | Self::Utf32Le | Self::Utf32Be => return None,
        }
        Some(high)
    }

    /// The bytes' text, without the encoding's own byte-order mark, and whether some bytes had no meaning (they become
    /// U+FFFD).
    pub fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        let table = match self {
            Self::Standard(encoding) => {
                if encoding == UTF_8 {
                    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
                    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
                        return (Cow::Borrowed(text), false);
                    }
                }
                return encoding.decode_with_bom_removal(bytes);
            }
            Self::Table(table) => table,
            Self::Utf32Le => return utf32(bytes, u32::from_le_bytes),
            Self::Utf32Be => return utf32(bytes, u32::from_be_bytes),
        };
        let ascii = Encoding::ascii_valid_up_to(bytes);
        if ascii == bytes.len()
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return (Cow::Borrowed(text), false);
        }
        let high = Self::Table(table).high().unwrap_or(['\u{fffd}'; 128]);
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
        let mut lossy = false;
        for &byte in bytes {
            let c = match byte.checked_sub(0x80) {
                Some(at) => high.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
                None => char::from(byte),
            };
            lossy |= c == '\u{fffd}';
            text.push(c);
        }
        (Cow::Owned(text), lossy)
    }
}

/// Text of four bytes a character (Unicode Standard, 3.10, D90), without its byte-order mark; what is no character, and a
/// rest of less than four bytes, becomes U+FFFD.
fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> (Cow<'static, str>, bool) {
    let (units, rest) = bytes.as_chunks::<4>();
    let characters = units.iter().map(|unit| char::from_u32(read(*unit)));
    let mut lossy = !rest.is_empty();
    let mut text = String::with_capacity(bytes.len() / 4);
    for (number, c) in characters.enumerate() {
        lossy |= c.is_none();
        if !(number == 0 && c == Some('\u{feff}')) {
            text.push(c.unwrap_or('\u{fffd}'));
        }
    }
    if !rest.is_empty() {
        text.push('\u{fffd}');
    }
    (Cow::Owned(text), lossy)
}

/// Names that other programs (Python, iconv, Java) use for encodings of the standard, where they are not among its
/// labels.
const OTHER: &[(&str, &[&str])] = &[
    ("UTF-16LE", &["utf16", "ucs2", "utf16lebom"]),
    ("windows-1252", &["ansi", "ansix3.4"]),
    ("macintosh", &["macroman", "xmacroman", "mac", "applemac"]),
    ("x-mac-cyrillic", &["maccyrillic"]),
    ("ISO-8859-15", &["latin9", "latin0"]),
    ("Shift_JIS", &["cp932", "932"]),
    ("EUC-KR", &["cp949", "949", "uhc"]),
    ("GBK", &["cp936", "936"]),
    ("Big5", &["cp950", "950"]),
    ("UTF-8", &["cp65001", "utf8sig", "utf8bom", "utf8mb4"]),
];

/// A name without the differences between programs: capitals, hyphens, underscores, spaces.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_known_by_many_names() {
        for (name, known) in [
            ("utf8", "UTF-8"),
            (" latin2 ", "ISO-8859-2"),
            ("mac_roman", "macintosh"),
            ("MacRoman", "macintosh"),
            ("utf_16_le", "UTF-16LE"),
            ("utf-16-be", "UTF-16BE"),
            ("iso8859_15", "ISO-8859-15"),
            ("iso2022_jp", "ISO-2022-JP"),
            ("koi8_u", "KOI8-U"),
            ("cp1252", "windows-1252"),
            ("windows_1250", "windows-1250"),
            ("CP437", "cp437"),
            ("ibm850", "cp850"),
            ("cp-858", "cp858"),
            ("mac_latin2", "x-mac-ce"),
            ("euc_kr", "EUC-KR"),
            ("cp949", "EUC-KR"),
            ("shift-jis", "Shift_JIS"),
            ("utf_32", "UTF-32LE"),
            ("UTF-32BE", "UTF-32BE"),
        ] {
            assert_eq!(Charset::named(name).map(Charset::name), Some(known), "{name}");
        }
        for name in ["", "klingon", "replacement", "iso-2022-kr", "-", "1"] {
            assert_eq!(Charset::named(name), None, "{name}");
        }
    }

    #[test]
    fn a_table_reads_its_letters() {
        let (text, lossy) =
            Charset::Table(&super::super::tables::CP437).decode(b"d\x82j\x85 l\x85 \x80");
        assert_eq!((&*text, lossy), ("déjà là Ç", false));
        let (text, lossy) = Charset::Table(&super::super::tables::CP857).decode(b"\xD5!");
        assert_eq!((&*text, lossy), ("\u{fffd}!", true));
    }
}
