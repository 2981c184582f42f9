//! Guessing the encoding of a file, and how certain the guess is.
//!
//! Every candidate encoding decodes the same sample; the reading that is most plausible as a text of some language wins
//! (`score`). Chardetng's guess counts too, above all for the scripts of East Asia: it is based on far more text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_5, ISO_8859_7, ISO_8859_15,
    KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

use super::charset::Charset;
use super::mixed;
use super::sample::Sample;
use super::score::{Measure, hints, measure, measure_asian};
use super::tables;

/// How many bytes chardetng examines, from the first one that is not ASCII.
const EVIDENCE: usize = 1 << 20;
/// How many bytes are examined for UTF-16.
const HEAD: usize = 8 << 10;
/// How much better the score of a reading must be than that of every different one to be certain.
const SURE: f64 = 7.0;
/// The least score for each character of a text in UTF-16.
const LIKELY: f64 = -9.0;
/// How much worse than the best a reading may be to be proposed.
const POSSIBLE: f64 = 60.0;
/// The weight of chardetng's guess.
const SECOND_OPINION: f64 = 2.0;
/// The weight of chardetng's guess of a multi-byte encoding: it knows the frequent characters.
const SECOND_OPINION_ASIAN: f64 = 12.0;

/// How a file can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// All of it in one encoding.
    One(Charset),
    /// In UTF-8, and lines that are not valid UTF-8 in another encoding.
    Mixed(Charset),
}

/// A reading and its score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub reading: Reading,
    pub score: f64,
}

/// The candidate readings, the best first.
#[derive(Debug)]
pub(super) struct Candidates {
    pub all: Vec<Candidate>,
    /// Whether no different reading comes near the best.
    pub sure: bool,
    /// The lines by which they were compared.
    pub lines: Vec<u8>,
}

/// Single-byte encodings, each with a penalty: the rarer, the greater.
const SINGLE: [(Charset, f64); 28] = [
    (Charset::Standard(WINDOWS_1252), 0.0),
    (Charset::Standard(ISO_8859_15), -1.5),
    (Charset::Standard(MACINTOSH), -2.5),
    (Charset::Standard(WINDOWS_1250), -2.0),
    (Charset::Standard(ISO_8859_2), -2.5),
    (Charset::Standard(WINDOWS_1251), -1.0),
    (Charset::Standard(KOI8_R), -2.0),
    (Charset::Standard(KOI8_U), -2.1),
    (Charset::Standard(IBM866), -3.0),
    (Charset::Standard(ISO_8859_5), -4.0),
    (Charset::Standard(X_MAC_CYRILLIC), -4.0),
    (Charset::Standard(WINDOWS_1253), -1.5),
    (Charset::Standard(ISO_8859_7), -1.7),
    (Charset::Standard(WINDOWS_1254), -2.0),
    (Charset::Standard(WINDOWS_1255), -2.0),
    (Charset::Standard(WINDOWS_1256), -2.0),
    (Charset::Standard(WINDOWS_1257), -2.5),
    (Charset::Standard(WINDOWS_1258), -6.0),
    (Charset::Standard(WINDOWS_874), -2.0),
    (Charset::Table(&tables::CP850), -4.0),
    (Charset::Table(&tables::CP437), -4.2),
    (Charset::Table(&tables::CP852), -5.0),
    (Charset::Table(&tables::CP858), -5.5),
    (Charset::Table(&tables::CP860), -7.0),
    (Charset::Table(&tables::CP863), -8.0),
    (Charset::Table(&tables::CP865), -7.0),
    (Charset::Table(&tables::CP857), -6.5),
    (Charset::Table(&tables::MAC_CE), -5.0),
];

const ASIAN: [(&Encoding, f64); 5] =
    [(SHIFT_JIS, -1.0), (EUC_JP, -1.5), (GBK, -1.0), (BIG5, -1.5), (EUC_KR, -1.5)];

/// How the file ends its lines: DOS and Windows with CR LF, the old Mac OS with CR, all others with LF.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    None,
    Cr,
    CrLf,
    Lf,
}

fn ends_of(bytes: &[u8]) -> Ends {
    let head = &bytes[..bytes.len().min(64 << 10)];
    match memchr::memchr2(b'\n', b'\r', head) {
        None => Ends::None,
        Some(at) if head[at] == b'\n' => Ends::Lf,
        Some(at) if head.get(at + 1) == Some(&b'\n') => Ends::CrLf,
        Some(_) if memchr::memchr(b'\n', head).is_some() => Ends::None,
        Some(_) => Ends::Cr,
    }
}

/// How the line ends count for or against an encoding.
fn by_ends(charset: Charset, ends: Ends) -> f64 {
    let name = charset.name();
    let mac = matches!(name, "macintosh" | "x-mac-cyrillic" | "x-mac-ce");
    match ends {
        Ends::Cr if mac => 6.0,
        Ends::CrLf if mac => -4.0,
        Ends::CrLf if name.starts_with("ISO-8859") || name.starts_with("KOI8") => -1.0,
        Ends::Lf if matches!(charset, Charset::Table(_)) && !mac => -1.0,
        _ => 0.0,
    }
}

/// The readings of bytes that are not valid UTF-8.
pub(super) fn candidates(bytes: &[u8]) -> Candidates {
    let sample = Sample::of(bytes);
    let all_lines = sample.all();
    let ends = ends_of(bytes);
    let hints = hints(&[&*all_lines, &*sample.ascii].concat());
    let opinion = second_opinion(bytes, sample.first.unwrap_or(0));
    let utf8: Vec<char> = String::from_utf8_lossy(&sample.utf8).chars().collect();
    let utf8 = measure(&utf8);

    let mut all = Vec::new();
    let mut all_mixed = Vec::new();
    let mut add = |reading, measure: &Measure, bonus: f64| {
        all.push(Candidate { reading, score: measure.score(&hints) + bonus });
    };
    // The lines of another encoding are often in another language too.
    let none = vec![0.0; hints.len()];
    let utf8_score = utf8.score(&hints) - 6.0;
    let broken: Vec<char> = String::from_utf8_lossy(&all_lines).chars().collect();
    // Damaged UTF-8 still contains valid characters.
    let whole = broken.iter().any(|c| !c.is_ascii() && *c != '\u{fffd}');
    add(Reading::One(Charset::UTF_8), &measure(&broken), if whole { 0.0 } else { -10.0 });
    for (charset, prior) in SINGLE {
        let Some(high) = charset.high() else { continue };
        let said = if opinion.name() == charset.name() { SECOND_OPINION } else { 0.0 };
        let bonus = prior + said + by_ends(charset, ends);
        let read = |bytes: &[u8]| measure(&characters(bytes, &high));
        let other = read(&sample.other);
        let mut whole = read(&sample.utf8);
        whole.add(&other);
        add(Reading::One(charset), &whole, bonus);
        let mixed = measure(&mixed::characters(&sample.other, charset)).score(&none);
        all_mixed.push(Candidate {
            reading: Reading::Mixed(charset),
            score: mixed + utf8_score + bonus,
        });
    }
    for (encoding, prior) in ASIAN {
        let charset = Charset::Standard(encoding);
        if let Some((whole, together)) = measure_asian(&all_lines, encoding) {
            let said = if opinion == encoding && together { SECOND_OPINION_ASIAN } else { 0.0 };
            add(Reading::One(charset), &whole, prior + said);
        }
        if !sample.utf8.is_empty()
            && let Some((other, _)) = measure_asian(&sample.other, encoding)
        {
            let score = other.score(&none) + utf8_score + prior;
            all_mixed.push(Candidate { reading: Reading::Mixed(charset), score });
        }
    }
    // Where no line is valid UTF-8, there may still be lines that contain both.
    if !sample.utf8.is_empty() || mixed::both(&sample.other) {
        all.append(&mut all_mixed);
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    decide(all, all_lines)
}

/// Keeps the best of those with equal text, and determines whether the first is certain.
fn decide(all: Vec<Candidate>, lines: Vec<u8>) -> Candidates {
    let mut seen: Vec<String> = Vec::new();
    let mut kept: Vec<Candidate> = Vec::new();
    let best = all.first().map_or(0.0, |c| c.score);
    for candidate in all.into_iter().take_while(|c| best - c.score <= POSSIBLE) {
        let text = candidate.reading.decode(&lines).0;
        if !seen.contains(&text) {
            seen.push(text);
            kept.push(candidate);
        }
    }
    let sure = kept.get(1).is_none_or(|next| best - next.score >= SURE);
    Candidates { all: kept, sure, lines }
}

impl Reading {
    /// The encoding's name, or both.
    pub fn name(self) -> String {
        match self {
            Self::One(charset) => charset.name().to_owned(),
            Self::Mixed(charset) => format!("{} and {}", Charset::UTF_8.name(), charset.name()),
        }
    }

    /// The bytes' text, whether some bytes had no meaning, and how many lines were read in another encoding.
    pub fn decode(self, bytes: &[u8]) -> (String, bool, usize) {
        match self {
            Self::One(charset) => {
                let (text, lossy) = charset.decode(bytes);
                (text.into_owned(), lossy, 0)
            }
            Self::Mixed(charset) => mixed::decode(bytes, charset),
        }
    }
}

fn second_opinion(bytes: &[u8], first: usize) -> &'static Encoding {
    let from = first.saturating_sub(64);
    let evidence = &bytes[from..bytes.len().min(from + EVIDENCE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(evidence, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn characters(bytes: &[u8], high: &[char; 128]) -> Vec<char> {
    let character = |&byte: &u8| match byte.checked_sub(0x80) {
        Some(at) => high.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
        None => char::from(byte),
    };
    bytes.iter().map(character).collect()
}

/// UTF-32, with or without a mark: every four bytes of the beginning are a character of a text. Other texts have no NUL at
/// every fourth byte, and two characters of UTF-16 are none of UTF-32.
pub(super) fn utf32(bytes: &[u8]) -> Option<Charset> {
    let (units, rest) = bytes[..bytes.len().min(HEAD)].as_chunks::<4>();
    let padding = |c: &char| *c == '\0';
    let is_text = |read: fn([u8; 4]) -> u32| {
        let text: Option<Vec<char>> = units.iter().map(|it| char::from_u32(read(*it))).collect();
        text.is_some_and(|text| {
            let end = text.iter().rposition(|c| !padding(c)).map_or(0, |last| last + 1);
            // A letter and a line break of UTF-16 are a character of a plane that holds none.
            let strange = |c: &char| {
                c.is_control() && !c.is_whitespace() || ('\u{40000}'..'\u{e0000}').contains(c)
            };
            end > 0 && !text[..end].iter().any(strange)
        })
    };
    if !rest.is_empty() && bytes.len() <= HEAD {
        return None;
    }
    match () {
        () if is_text(u32::from_le_bytes) => Some(Charset::Utf32Le),
        () if is_text(u32::from_be_bytes) => Some(Charset::Utf32Be),
        () => None,
    }
}

/// UTF-16 without a mark, where the bytes read as text that way and far worse any other way. Bytes without controls
/// that are valid UTF-8 are never taken for it.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut head = &bytes[..bytes.len().min(HEAD) & !1];
    while let Some(rest) = head.strip_suffix(&[0, 0]) {
        head = rest;
    }
    if head.len() < 4 {
        return None;
    }
    let hints = vec![0.0; super::languages::languages().len()];
    let reading = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(head);
        let text: Vec<char> = text.chars().collect();
        let never = |c: &&char| {
            c.is_control() && !c.is_whitespace() && **c != '\u{1b}'
                || matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
        };
        // The cut may split a pair of surrogates: one error does not count.
        let strange = text.iter().filter(never).count();
        let most = usize::from(bytes.len() > HEAD);
        let score = measure(&text).score(&hints);
        (strange <= most && score >= LIKELY * text.len() as f64).then_some((encoding, score))
    };
    let best =
        [UTF_16LE, UTF_16BE].into_iter().filter_map(reading).max_by(|a, b| a.1.total_cmp(&b.1))?;
    let single = SINGLE.map(|(charset, _)| {
        let high = charset.high().unwrap_or(['\u{fffd}'; 128]);
        measure(&characters(head, &high)).score(&hints)
    });
    let asian = ASIAN.map(|(encoding, _)| {
        measure_asian(head, encoding).map_or(f64::NEG_INFINITY, |(m, _)| m.score(&hints))
    });
    let other = single.into_iter().chain(asian).fold(f64::NEG_INFINITY, f64::max);
    let margin = if super::has_controls(head) { 4.0 } else { 15.0 };
    (best.1 > other + margin).then_some(best.0)
}
