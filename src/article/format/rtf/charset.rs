//! The encodings of Rich Text: by code page and by the character set of a font (RTF 1.9.1, “Character set”, “Font table”).

use encoding_rs::Encoding;

/// Code page 437 from 0x80 on: the first IBM PC.
const PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// Code page 850 from 0x80 on: western Europe.
const PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// How bytes become characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// An encoding of the web.
    Encoding(&'static Encoding),
    /// One of the IBM PC: its characters from 0x80 on.
    Page(&'static str),
    /// A font of symbols: bytes are places in it.
    Symbols,
}

impl Charset {
    /// Windows-1252, the usual one.
    pub(super) const USUAL: Self = Self::Encoding(encoding_rs::WINDOWS_1252);

    /// The one of a code page; `None` for those that are not known here.
    pub(super) fn of_page(page: i32) -> Option<Self> {
        let label = match page {
            437 => return Some(Self::Page(PAGE_437)),
            850 | 858 => return Some(Self::Page(PAGE_850)),
            866 => "ibm866",
            874 => "windows-874",
            932 | 10_001 => "shift_jis",
            936 | 10_008 | 54_936 => "gb18030",
            949 | 1361 | 10_003 => "euc-kr",
            950 | 10_002 => "big5",
            1250 => "windows-1250",
            1251 => "windows-1251",
            1252 => "windows-1252",
            1253 => "windows-1253",
            1254 => "windows-1254",
            1255 => "windows-1255",
            1256 => "windows-1256",
            1257 => "windows-1257",
            1258 => "windows-1258",
            10_000 => "macintosh",
            10_007 | 10_017 => "x-mac-cyrillic",
            20_866 => "koi8-r",
            65_001 => "utf-8",
            _ => return None,
        };
        Encoding::for_label(label.as_bytes()).map(Self::Encoding)
    }

    /// The one that a font's character set stands for; `usual` is that of the file.
    pub(super) fn of_font(set: i32, usual: Self) -> Self {
        let page = match set {
            // “ANSI”: western, or what a file says for all of it. Where that has characters of two bytes, western
            // quotation marks would swallow the letter after them.
            0 if usual.has_pairs() => 1252,
            0 | 1 => return usual,
            2 => return Self::Symbols,
            77 => 10_000,
            78 => 10_001,
            79 => 10_003,
            80 => 10_008,
            81 => 10_002,
            89 => 10_007,
            128 => 932,
            129 | 130 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 | 181 => 1255,
            178..=180 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            254 => 437,
            255 => 850,
            _ => return usual,
        };
        Self::of_page(page).unwrap_or(usual)
    }

    /// Whether some of its characters are two bytes.
    fn has_pairs(self) -> bool {
        matches!(self, Self::Encoding(encoding) if !encoding.is_single_byte())
    }

    /// The characters of these bytes; those of symbols are moved to U+F000 to U+F0FF. `raw` says that they stood in the file
    /// as they are: those from 0x80 on must not, so that a program which wrote them may have meant UTF-8.
    pub(super) fn decode(self, bytes: &[u8], raw: bool) -> String {
        if raw
            && !bytes.is_ascii()
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return text.to_owned();
        }
        match self {
            Self::Encoding(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Page(page) => bytes
                .iter()
                .map(|byte| match byte.checked_sub(0x80) {
                    None => char::from(*byte),
                    Some(at) => page.chars().nth(usize::from(at)).unwrap_or('\u{fffd}'),
                })
                .collect(),
            Self::Symbols => bytes
                .iter()
                .map(|byte| match byte {
                    0..0x20 => char::from(*byte),
                    _ => char::from_u32(0xf000 + u32::from(*byte)).unwrap_or('\u{fffd}'),
                })
                .collect(),
        }
    }
}

/// The language of a Windows language code (`\lang1036`); empty for those that are not known here.
pub(super) const fn language(code: i32) -> &'static str {
    match code {
        1025 => "ar-SA",
        1026 => "bg-BG",
        1027 => "ca-ES",
        1028 => "zh-TW",
        1029 => "cs-CZ",
        1030 => "da-DK",
        1031 => "de-DE",
        1032 => "el-GR",
        1033 => "en-US",
        1034 | 3082 => "es-ES",
        1035 => "fi-FI",
        1036 => "fr-FR",
        1037 => "he-IL",
        1038 => "hu-HU",
        1039 => "is-IS",
        1040 => "it-IT",
        1041 => "ja-JP",
        1042 => "ko-KR",
        1043 => "nl-NL",
        1044 => "nb-NO",
        1045 => "pl-PL",
        1046 => "pt-BR",
        1048 => "ro-RO",
        1049 => "ru-RU",
        1050 => "hr-HR",
        1051 => "sk-SK",
        1053 => "sv-SE",
        1054 => "th-TH",
        1055 => "tr-TR",
        1056 => "ur-PK",
        1057 => "id-ID",
        1058 => "uk-UA",
        1060 => "sl-SI",
        1061 => "et-EE",
        1062 => "lv-LV",
        1063 => "lt-LT",
        1065 => "fa-IR",
        1066 => "vi-VN",
        1081 => "hi-IN",
        2052 => "zh-CN",
        2055 => "de-CH",
        2057 => "en-GB",
        2060 => "fr-BE",
        2067 => "nl-BE",
        2070 => "pt-PT",
        2074 => "sr-Latn-RS",
        3079 => "de-AT",
        3081 => "en-AU",
        3084 => "fr-CA",
        3098 => "sr-Cyrl-RS",
        4105 => "en-CA",
        4108 => "fr-CH",
        5129 => "en-NZ",
        6153 => "en-IE",
        9 => "en",
        12 => "fr",
        7 => "de",
        10 => "es",
        16 => "it",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_as_their_font_has_them() {
        for page in [PAGE_437, PAGE_850] {
            assert_eq!(page.chars().count(), 128);
        }
        let japanese = Charset::of_page(932).unwrap();
        for (set, bytes, usual, text) in [
            (0, &b"\x93a\x94"[..], Charset::USUAL, "“a”"),
            (0, b"\x93a\x94", japanese, "“a”"),
            (128, b"\x93\xfa\x96\x7b", Charset::USUAL, "日本"),
            (129, b"\xc7\xd1", Charset::USUAL, "한"),
            (134, b"\xd6\xd0", Charset::USUAL, "中"),
            (136, b"\xa4\xa4", Charset::USUAL, "中"),
            (178, b"\xc7\x81", Charset::USUAL, "اپ"),
            (204, b"\xcf", Charset::USUAL, "П"),
            (77, b"\x8e", Charset::USUAL, "é"),
            (255, b"\x82", Charset::USUAL, "é"),
            (254, b"\xe1", Charset::USUAL, "ß"),
            (2, b"\xb7", Charset::USUAL, "\u{f0b7}"),
            (99, b"\xe9", Charset::USUAL, "é"),
        ] {
            assert_eq!(Charset::of_font(set, usual).decode(bytes, false), text, "{set}");
        }
        assert_eq!(Charset::USUAL.decode("é".as_bytes(), true), "é");
        assert_eq!(Charset::USUAL.decode("é".as_bytes(), false), "Ã©");
        assert_eq!(Charset::USUAL.decode(b"\xe9", true), "é");
    }
}
