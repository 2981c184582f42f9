//! From bytes to characters: which encoding a file is in, and its text in that encoding. Pure.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes the guess at a legacy encoding looks at, from the first one that is not ASCII.
const EVIDENCE: usize = 1 << 20;

/// The encodings to choose from: labels of the WHATWG Encoding Standard, the likely ones first.
pub fn encodings() -> &'static [&'static str] {
    &[
        "UTF-8",
        "windows-1252",
        "macintosh",
        "UTF-16LE",
        "UTF-16BE",
        "ISO-8859-15",
        "ISO-8859-2",
        "windows-1250",
        "windows-1251",
        "KOI8-R",
        "KOI8-U",
        "IBM866",
        "windows-1253",
        "ISO-8859-7",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "windows-874",
        "Shift_JIS",
        "EUC-JP",
        "ISO-2022-JP",
        "GBK",
        "gb18030",
        "Big5",
        "EUC-KR",
    ]
}

/// A text out of bytes.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static Encoding,
    /// Some bytes had no meaning; U+FFFD stands in their place.
    pub lossy: bool,
}

/// Decodes in a chosen encoding, without its own byte-order mark.
pub(super) fn decode_as<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    if encoding == UTF_8 {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
            return Decoded { text: Cow::Borrowed(text), encoding, lossy: false };
        }
    }
    let (text, lossy) = encoding.decode_with_bom_removal(bytes);
    Decoded { text, encoding, lossy }
}

/// Decodes in the encoding the bytes themselves speak for: a byte-order mark, valid UTF-8, UTF-16 by its zero bytes,
/// UTF-8 with a few faults, and last a guess among the legacy encodings.
pub(super) fn decode_guessing(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decode_as(bytes, encoding);
    }
    // Before UTF-8: UTF-16 of ASCII words is valid UTF-8 with a NUL beside each letter.
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return decode_as(bytes, encoding);
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8, lossy: false };
    }
    if mostly_utf8(bytes) {
        return decode_as(bytes, UTF_8);
    }
    decode_as(bytes, legacy(bytes))
}

/// UTF-16 without a mark: the high byte of each character is 0 (ASCII, Latin-1) or the number of the text's other
/// block (4 for Cyrillic, 0x20 for `’` and `—`), so every second byte is one of hardly more than two values.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64 << 10) & !1];
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let (mut first, mut second) = ([0_usize; 256], [0_usize; 256]);
    for pair in head.chunks_exact(2) {
        first[usize::from(pair[0])] += 1;
        second[usize::from(pair[1])] += 1;
    }
    // A tenth: Cyrillic has zeros only at its spaces and stops. The low bytes are all but free of them, which those of
    // a binary file are not.
    let high = |counts: &[usize; 256], low: &[usize; 256]| {
        let other = counts[1..].iter().max().copied().unwrap_or(0);
        counts[0] * 10 >= pairs && (counts[0] + other) * 10 >= pairs * 9 && low[0] * 200 <= pairs
    };
    let encoding = match (high(&first, &second), high(&second, &first)) {
        (true, false) => UTF_16BE,
        (false, true) => UTF_16LE,
        _ => return None,
    };
    let (text, _) = encoding.decode_without_bom_handling(head);
    let strange =
        text.chars().filter(|&c| c == '\u{fffd}' || c.is_control() && !c.is_whitespace()).count();
    // The cut at 64 KiB may halve a surrogate pair: one fault is none.
    (strange <= 1).then_some(encoding)
}

/// A UTF-8 file with a few broken bytes (a cut download, two files joined): at least sixteen characters beyond ASCII
/// stand whole for each fault. In a legacy encoding such sequences are rare by chance.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid().as_bytes();
        if valid.len() > Encoding::ascii_valid_up_to(valid) {
            whole += valid.iter().filter(|b| **b >= 0xC0).count();
        }
        faults += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 16 * faults
}

/// A guess among the encodings from before Unicode.
fn legacy(bytes: &[u8]) -> &'static Encoding {
    let first = Encoding::ascii_valid_up_to(bytes).saturating_sub(64);
    let evidence = &bytes[first..bytes.len().min(first + EVIDENCE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(evidence, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess.is_single_byte() && looks_macintosh(evidence) { MACINTOSH } else { guess }
}

/// Mac Roman, which the detector does not know and takes for windows-1252. The letters of French, Spanish and German
/// sit at 0x87–0x9F there, and the apostrophe at 0xD5; in windows-1252 those are odd signs no word is made of, and
/// its letters sit at 0xE0–0xFC.
fn looks_macintosh(bytes: &[u8]) -> bool {
    let (mut mac, mut windows) = (0_usize, 0_usize);
    for around in bytes.windows(3) {
        let [before, byte, after] = [around[0], around[1], around[2]];
        if !before.is_ascii_alphabetic() && !after.is_ascii_alphabetic() {
            continue;
        }
        match byte {
            0xD5 if before.is_ascii_alphabetic() && after.is_ascii_alphabetic() => mac += 1,
            0x87..=0x91 | 0x94..=0x95 | 0x98..=0x9A | 0x9D..=0x9F => mac += 1,
            0x92 | 0xC0..=0xD4 | 0xD6..=0xFF => windows += 1,
            _ => {}
        }
    }
    mac >= 2 && mac > 4 * windows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stray_nul_makes_no_utf16() {
        assert_eq!(utf16_by_zeros(b"words\0words"), None);
        assert_eq!(utf16_by_zeros(b"\0\0\0\0\0\0"), None);
        assert_eq!(utf16_by_zeros(b"\x01\0\x02\0\x03\0\x04\0"), None);
        assert_eq!(utf16_by_zeros(b"a\0"), None);
        assert_eq!(utf16_by_zeros(b"a\0b\0"), Some(UTF_16LE));
        assert_eq!(utf16_by_zeros(b"\0a\0b\0"), Some(UTF_16BE));
    }

    #[test]
    fn windows_1252_and_its_neighbours_are_not_taken_for_mac_roman() {
        assert!(!looks_macintosh(b"d\x92apr\xE8s l\x92\xE9t\xE9"));
        for (label, words) in [
            (
                "windows-1250",
                "Žádný český žák se špatně neučí, příliš žluťoučký kůň úpěl ďábelské ódy",
            ),
            ("windows-1251", "Совет директоров уволил главу"),
            ("windows-1251", "ЈЉЊЋЏ њујорк љубав џеп"),
            ("windows-1253", "Το διοικητικό συμβούλιο απέλυσε"),
            ("KOI8-R", "Совет директоров уволил главу"),
            ("IBM866", "Совет директоров уволил главу"),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
            assert!(!looks_macintosh(&encoding.encode(words).0), "{label}");
        }
        assert!(looks_macintosh(&MACINTOSH.encode("d’après l’été où").0));
    }
}
