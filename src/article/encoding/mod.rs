//! From bytes to characters: guessing the encoding of a file, and decoding it. Without file access.

mod charset;
mod guess;
mod languages;
mod mixed;
mod sample;
mod score;
mod scripts;
mod tables;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, GBK, ISO_2022_JP};

use charset::Charset;
use guess::{Candidates, Reading};

/// The encodings to choose from, the likely ones first: labels of the WHATWG Encoding Standard, and the code pages of
/// DOS and of the old Mac OS that it does not have.
pub fn encodings() -> &'static [&'static str] {
    &[
        "UTF-8",
        "windows-1252",
        "macintosh",
        "UTF-16LE",
        "UTF-16BE",
        "UTF-32LE",
        "UTF-32BE",
        "ISO-8859-15",
        "cp850",
        "cp437",
        "ISO-8859-2",
        "windows-1250",
        "cp852",
        "x-mac-ce",
        "windows-1251",
        "KOI8-R",
        "KOI8-U",
        "IBM866",
        "ISO-8859-5",
        "x-mac-cyrillic",
        "windows-1253",
        "ISO-8859-7",
        "windows-1254",
        "cp857",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "windows-874",
        "cp858",
        "cp860",
        "cp863",
        "cp865",
        "Shift_JIS",
        "EUC-JP",
        "ISO-2022-JP",
        "GBK",
        "gb18030",
        "Big5",
        "EUC-KR",
    ]
}

/// How certain the encoding of a file is, and what else it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodingGuess {
    /// Whether no different reading comes near. True where the file declares its encoding, where it is valid UTF-8, and
    /// where the encoding was chosen.
    pub sure: bool,
    /// Other encodings in which the file is a different, plausible text: the most likely first, at most
    /// [`MOST_ALTERNATIVES`].
    pub alternatives: Vec<Alternative>,
    /// How many lines of a file in UTF-8 were not valid, and were read in another encoding.
    pub mended_lines: usize,
}

/// Another encoding that a file could be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its name, by which it is chosen.
    pub name: String,
    /// A few words in this encoding, around the first difference.
    pub sample: String,
    /// The same words as they were read.
    pub as_read: String,
}

/// The most alternatives that are proposed.
pub const MOST_ALTERNATIVES: usize = 5;

impl EncodingGuess {
    pub(super) const fn sure() -> Self {
        Self { sure: true, alternatives: Vec::new(), mended_lines: 0 }
    }
}

/// A decoded text.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// The encoding's name.
    pub encoding: String,
    /// Whether some bytes had no meaning and became U+FFFD.
    pub lossy: bool,
    pub guess: EncodingGuess,
}

/// Decodes in the encoding of this name, without its own byte-order mark; `None` where there is no such encoding. “A
/// and B” stands for a file with two encodings: A, which is UTF-8, and B for those lines that are not valid in A.
pub(super) fn decode_as<'a>(bytes: &'a [u8], name: &str) -> Option<Decoded<'a>> {
    let reading = match name.split_once(" and ") {
        Some((first, second)) if Charset::named(first) == Some(Charset::UTF_8) => {
            Reading::Mixed(Charset::named(second)?)
        }
        _ => Reading::One(Charset::named(name)?),
    };
    Some(decode(bytes, reading))
}

fn decode(bytes: &[u8], reading: Reading) -> Decoded<'_> {
    let (text, lossy, mended_lines) = match reading {
        Reading::One(charset) => {
            let (text, lossy) = charset.decode(bytes);
            (text, lossy, 0)
        }
        Reading::Mixed(charset) => {
            let (text, lossy, mended) = mixed::decode(bytes, charset);
            (Cow::Owned(text), lossy, mended)
        }
    };
    Decoded {
        text: without_padding(text),
        encoding: reading.name(),
        lossy,
        guess: EncodingGuess { mended_lines, ..EncodingGuess::sure() },
    }
}

/// A text without padding at its end: NULs, and the SUB with which DOS ended texts.
fn without_padding(text: Cow<'_, str>) -> Cow<'_, str> {
    let length = text.trim_end_matches(['\0', '\u{1a}']).len();
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..length]),
        Cow::Owned(mut text) => {
            text.truncate(length);
            Cow::Owned(text)
        }
    }
}

/// Decodes in the encoding that the bytes suggest: a byte-order mark, UTF-32, UTF-16, valid UTF-8, and last the most plausible
/// of the encodings from before Unicode, line by line where a file holds both.
pub(super) fn decode_guessing(bytes: &[u8]) -> Decoded<'_> {
    let standard = |encoding| decode(bytes, Reading::One(Charset::Standard(encoding)));
    // Before UTF-16, whose byte-order mark is the first half of that of UTF-32.
    if let Some(charset) = guess::utf32(bytes) {
        return decode(bytes, Reading::One(charset));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let decoded = standard(encoding);
        // If lines after a UTF-8 mark are invalid, the file is examined further.
        if !(decoded.lossy && encoding == encoding_rs::UTF_8) {
            return decoded;
        }
    }
    // Before UTF-8: UTF-16 of ASCII words is valid UTF-8 with a NUL beside each letter.
    if has_controls(bytes)
        && let Some(encoding) = guess::utf16(bytes)
    {
        return standard(encoding);
    }
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        if memchr::memmem::find(bytes, b"\x1B$").is_some() && bytes.is_ascii() {
            let japanese = standard(ISO_2022_JP);
            if !japanese.lossy {
                return japanese;
            }
        }
        return decode(bytes, Reading::One(Charset::UTF_8));
    }
    if let Some(encoding) = guess::utf16(bytes) {
        return standard(encoding);
    }
    let candidates = guess::candidates(bytes);
    let Some(best) = candidates.all.first() else {
        return decode(bytes, Reading::One(Charset::UTF_8));
    };
    let decoded = decode(bytes, best.reading);
    let alternatives = alternatives(&candidates);
    let guess = EncodingGuess { sure: candidates.sure, alternatives, ..decoded.guess };
    // The two give the same text, but only the later standard has characters of four bytes.
    let encoding = match best.reading {
        Reading::One(Charset::Standard(encoding))
            if encoding == GBK && has_fours(&decoded.text) =>
        {
            GB18030.name().to_owned()
        }
        _ => decoded.encoding,
    };
    Decoded { encoding, guess, ..decoded }
}

/// Whether the first bytes include controls, as in UTF-16, other than white space.
fn has_controls(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 << 10)];
    head.iter().any(|b| matches!(b, 0..=8 | 14..=26 | 28..=31))
}

/// Whether a text contains characters that need four bytes, which GBK does not have.
fn has_fours(text: &str) -> bool {
    text.chars().any(|c| c > '\u{ffff}')
}

/// Whether more than one character in eight could not be decoded.
pub(super) fn too_lossy(text: &str) -> bool {
    let lost = text.chars().filter(|&c| c == '\u{fffd}').count();
    lost * 8 > text.chars().count()
}

/// The alternatives that are proposed.
fn alternatives(candidates: &Candidates) -> Vec<Alternative> {
    let lines = &candidates.lines;
    let Some((best, others)) = candidates.all.split_first() else { return Vec::new() };
    let chosen = best.reading.decode(lines).0;
    let proposed = others.iter().filter_map(|candidate| {
        let (text, lossy, _) = candidate.reading.decode(lines);
        // A reading that would be refused, or is not text, is not proposed.
        let hopeless =
            lossy && too_lossy(&text) || text.chars().any(|c| c.is_control() && !c.is_whitespace());
        let (sample, as_read) = around_difference(&text, &chosen)?;
        (!hopeless).then(|| Alternative { name: candidate.reading.name(), sample, as_read })
    });
    proposed.take(MOST_ALTERNATIVES).collect()
}

/// How many characters are shown before and after the first difference.
const AROUND: usize = 30;

/// A few words of two readings around the first place where they differ.
fn around_difference(one: &str, other: &str) -> Option<(String, String)> {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let words = |text: &str| -> String {
        let line_start =
            |before: &[char]| before.iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1);
        let before: Vec<char> = text.chars().take(same).collect();
        let from = line_start(&before).max(same.saturating_sub(AROUND));
        let shown = text.chars().skip(from).take(same - from + AROUND);
        let line = shown.take_while(|c| !matches!(c, '\n' | '\r'));
        let visible = line.map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c });
        visible.collect::<String>().trim().to_owned()
    };
    let (one, other) = (words(one), words(other));
    (one != other).then_some((one, other))
}
