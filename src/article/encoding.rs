//! From bytes to characters: which encoding a file is in, and its text in that encoding. Pure.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

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

/// UTF-16 without a mark: letters of most scripts leave every second byte of a text almost always the same, and in
/// Latin text (or at its spaces and line ends) that byte is 0.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64 << 10) & !1];
    if head.len() < 4 {
        return None;
    }
    let (mut even, mut odd) = (0_usize, 0_usize);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = head.len() / 2;
    // A tenth: text in Cyrillic has zeros only at its spaces and punctuation. The other half all but free of them:
    // a binary file has zeros in both.
    let much = |n: usize| n * 10 >= pairs;
    let little = |n: usize| n * 200 <= pairs;
    let encoding = match (much(even), much(odd)) {
        (true, false) if little(odd) => UTF_16BE,
        (false, true) if little(even) => UTF_16LE,
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(head);
    let strange =
        text.chars().filter(|&c| c == '\u{fffd}' || c.is_control() && !c.is_whitespace()).count();
    // The cut at 64 KiB may halve a surrogate pair: one fault is none.
    (strange <= usize::from(broken) && !text.contains('\0')).then_some(encoding)
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
    if guess.is_single_byte() && guess != MACINTOSH && looks_macintosh(evidence) {
        MACINTOSH
    } else {
        guess
    }
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
    mac >= 2 && mac > 4 * windows && WINDOWS_1252.is_single_byte()
}
