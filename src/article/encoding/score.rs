//! Scoring how plausible a reading of bytes is as the text of some language.
//!
//! The cost of a character is the logarithm of its approximate likelihood in its context: of a letter by its language,
//! its neighbours and its case, of a sign by what is before and after it. Only differences between readings of the same
//! bytes are meaningful; the figures are rough, and tested on texts of many languages.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS};

use super::languages::{Language, languages};
use super::scripts::{Script, script_of};

/// The cost of an ASCII character, which is the same in nearly all readings.
const ASCII: f64 = -3.0;
/// The cost of a letter whose case does not fit its word.
const WRONG_CASE: f64 = -9.0;
/// The cost of adjacent letters of two scripts.
const MIXED: f64 = -8.0;
/// The cost of a sign in an unusual position.
const ODD: f64 = -13.0;
/// The cost of a single letter in a script whose words are longer.
const ALONE: f64 = -6.0;
/// The cost of what no text contains: controls, private and unassigned characters.
const NEVER: f64 = -16.0;
/// The cost of a byte without meaning.
const LOST: f64 = -11.0;

/// The language-independent cost of a reading, and the letters that depend on the language.
#[derive(Clone, Debug, Default)]
pub(super) struct Measure {
    signs: f64,
    /// Small letters beyond ASCII, and whether they end a word.
    letters: HashMap<(char, bool), u32>,
}

impl Measure {
    pub fn add(&mut self, other: &Self) {
        self.signs += other.signs;
        for (letter, count) in &other.letters {
            *self.letters.entry(*letter).or_default() += count;
        }
    }

    /// The reading's score in the language that fits best. `hints` holds, for each language, how strongly the text's
    /// ASCII words suggest it.
    pub fn score(&self, hints: &[f64]) -> f64 {
        let letters: Vec<_> = self
            .letters
            .iter()
            .map(|(key, count)| (key, script_of(key.0), f64::from(*count)))
            .collect();
        let in_language = |(language, hint): (&Language, &f64)| {
            let letters = letters.iter().map(|((letter, last), script, count)| {
                count * language.cost(*letter, script.unwrap_or(Script::Other), *last)
            });
            hint + letters.sum::<f64>()
        };
        let best = languages().iter().zip(hints).map(in_language).fold(f64::NEG_INFINITY, f64::max);
        self.signs + best
    }
}

/// How strongly ASCII words and letters suggest each language.
pub(super) fn hints(bytes: &[u8]) -> Vec<f64> {
    let mut letters = [0_u32; 128];
    for &byte in bytes.iter().filter(|b| b.is_ascii_alphabetic()) {
        letters[usize::from(byte.to_ascii_lowercase())] += 1;
    }
    let mut counts: HashMap<String, u32> = HashMap::new();
    for word in bytes.split(|b| !b.is_ascii_alphabetic() && b.is_ascii()) {
        if !word.is_empty() && word.len() < 8 && word.is_ascii() {
            *counts.entry(String::from_utf8_lossy(word).to_ascii_lowercase()).or_default() += 1;
        }
    }
    languages()
        .iter()
        .map(|language| {
            let known = language.words.iter().filter_map(|word| {
                // Short words occur in many languages.
                let weight = [1.0, 2.0, 3.5][word.len().clamp(1, 3) - 1];
                Some(weight * f64::from(*counts.get(*word)?))
            });
            let absent = language.absent.bytes().filter_map(|b| letters.get(usize::from(b)));
            known.sum::<f64>() - 2.5 * f64::from(absent.sum::<u32>())
        })
        .collect()
}

/// Measures characters.
pub(super) fn measure(text: &[char]) -> Measure {
    let mut measure = Measure::default();
    for (i, &c) in text.iter().enumerate() {
        measure.take(text, i, c);
    }
    measure
}

impl Measure {
    fn take(&mut self, text: &[char], i: usize, c: char) {
        if c.is_ascii() {
            self.signs += match c {
                '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' => ASCII,
                c if c.is_ascii_control() => -12.0,
                _ => ASCII,
            };
            return;
        }
        let at = |i: Option<usize>| i.and_then(|i| text.get(i).copied());
        let (before, after) = (at(i.checked_sub(1)), at(Some(i + 1)));
        let Some(script) = script_of(c) else {
            self.signs += sign(c, before, after);
            return;
        };
        let scripts = [before, after].map(|c| c.and_then(script_of));
        let mixed = |other: &&Option<Script>| {
            other.is_some_and(|other| other != script && !asian(other, script))
        };
        self.signs += MIXED * scripts.iter().filter(mixed).count() as f64;
        match script {
            Script::Han | Script::Kana | Script::Hangul => {
                self.signs += asian_cost(c);
                return;
            }
            Script::Other => {
                self.signs += -9.0;
                return;
            }
            _ => {}
        }
        self.signs += case(c, at(i.checked_sub(2)), before, after);
        // The sigma at the end of a word has a letter of its own.
        if c == 'ς' && scripts[1].is_some() {
            self.signs += WRONG_CASE;
        }
        // “3ème”: hardly ever.
        let digits = [before, after].into_iter().flatten().filter(char::is_ascii_digit).count();
        self.signs += -4.0 * digits as f64;
        if script != Script::Latin && scripts == [None, None] && !"виосяукаіэўйηοο".contains(c)
        {
            self.signs += ALONE;
        }
        let small = c.to_lowercase().next().unwrap_or(c);
        *self.letters.entry((small, scripts[1].is_none())).or_default() += 1;
    }
}

/// Whether two scripts are used together in East Asian text.
fn asian(a: Script, b: Script) -> bool {
    let asian = |s| matches!(s, Script::Han | Script::Kana | Script::Hangul);
    asian(a) && asian(b)
}

fn asian_cost(c: char) -> f64 {
    match c {
        '\u{3041}'..='\u{309f}' => -4.0,
        '\u{30a0}'..='\u{30ff}' => -5.0,
        '\u{ac00}'..='\u{d7a3}' => -6.4,
        c => {
            let mut utf8 = [0; 4];
            let c: &str = c.encode_utf8(&mut utf8);
            let (gbk, ..) = GBK.encode(c);
            let (big5, ..) = BIG5.encode(c);
            match (gbk.as_ref(), big5.as_ref()) {
                ([0xB0..=0xD7, 0xA1..=0xFF], _) | (_, [0xA4..=0xC6, _]) => -7.2,
                ([0xD8..=0xF7, 0xA1..=0xFF], _) => -10.5,
                _ => -13.0,
            }
        }
    }
}

/// The cost of a letter's case between its neighbours.
fn case(c: char, second: Option<char>, before: Option<char>, after: Option<char>) -> f64 {
    let capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    if c.is_uppercase() {
        match () {
            () if small(before) => WRONG_CASE,
            () if capital(before) && small(after) => -3.0,
            () if capital(before) || capital(after) => -0.2,
            () => -3.0,
        }
    } else if c.is_lowercase() {
        match () {
            () if capital(before) && (capital(after) || capital(second)) => WRONG_CASE,
            () if capital(after) => -6.0,
            () => 0.0,
        }
    } else {
        0.0
    }
}

/// The kind of neighbour of a sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Letter,
    Digit,
    /// White space, or the text's edge.
    Space,
    Other,
}

fn side(c: Option<char>) -> Side {
    match c {
        None => Side::Space,
        Some(c) if c.is_whitespace() => Side::Space,
        Some(c) if c.is_numeric() => Side::Digit,
        Some(c) if script_of(c).is_some() => Side::Letter,
        Some(_) => Side::Other,
    }
}

/// The cost of a sign in its position.
fn sign(c: char, before: Option<char>, after: Option<char>) -> f64 {
    use Side::{Digit, Letter, Other, Space};
    let (b, a) = (side(before), side(after));
    let opens = b == Space || before.is_some_and(|c| "([{<>«“‘\"'-—–/;,=|".contains(c));
    let closes = a != Letter && a != Digit;
    let when = |fits: bool, cost: f64| if fits { cost } else { ODD };
    match c {
        '’' => match (b, a) {
            (Letter, Letter) => -4.5,
            (Letter | Digit | Other, Space | Other) => -6.5,
            (Space | Other, Letter | Digit) => -8.0,
            (Digit, Letter) => -7.5,
            _ => ODD,
        },
        '‘' => match (b, a) {
            (Letter, Letter) => -10.5,
            (_, Space) => ODD,
            _ if opens => -7.0,
            (Letter | Other, Other) => -9.0,
            _ => ODD,
        },
        // “ opens in English, and closes in German.
        '“' => match () {
            () if opens && a != Space => -6.0,
            () if closes && matches!(b, Letter | Digit | Other) => -7.0,
            () => ODD,
        },
        '”' => match () {
            () if b != Space && closes => -6.0,
            () if b == Space && a == Letter => -8.5,
            () => ODD,
        },
        '„' => when(opens && a != Space, -6.5),
        '‚' => when(opens && a != Space, -9.5),
        '«' | '»' => match (b, a) {
            (Letter, Letter) => ODD,
            _ => -6.0,
        },
        '‹' | '›' => when(b != Letter || a != Letter, -9.0),
        '–' | '—' => match (b, a) {
            (Space, Space) | (Digit, Digit) => -5.5,
            (Letter | Digit | Other, Letter | Digit | Other) => -7.0,
            _ => -7.5,
        },
        '…' => when(b != Digit, if a == Letter { -8.5 } else { -7.6 }),
        '•' => when(b == Space, -7.5),
        '·' => when((b, a) == (Letter, Letter) || b == Space, -9.5),
        '™' | '®' => when(matches!(b, Letter | Digit | Other) && closes, -8.5),
        '©' => when(b != Letter, -9.0),
        '€' => when(b == Digit || a == Digit || b == Space, -7.0),
        '£' | '¥' => when(a == Digit || b == Digit, -8.0),
        '¢' => when(b == Digit, -9.5),
        '°' => match before {
            _ if b == Digit => -7.0,
            Some('n' | 'N') if a != Letter => -7.5,
            _ if a == Letter && b == Space => -9.0,
            _ => ODD,
        },
        'º' | 'ª' => when(b == Digit || matches!(before, Some('n' | 'N' | '.')), -8.5),
        '§' => when(opens && a != Letter, -8.5),
        '¶' | '†' => when(opens || closes, -11.0),
        '½' | '¼' | '¾' => when((b == Space || b == Digit) && closes, -9.0),
        '²' | '³' => when((b == Letter || b == Digit) && closes, -8.5),
        '¹' => when((b == Letter || b == Digit) && closes, -10.0),
        '×' => when(b != Letter && a != Letter, -9.0),
        '±' | '÷' => when(a != Letter || b != Letter, -11.0),
        '¿' | '¡' => when(opens && matches!(a, Letter | Other), -6.0),
        'µ' => when(b != Letter, -9.5),
        '‰' => when(b == Digit || b == Space, -10.0),
        '´' => when((b, a) == (Letter, Letter), -9.5),
        'ﬁ' | 'ﬂ' => when(b == Letter || a == Letter, -9.0),
        '№' => when(b != Letter, -8.0),
        '\u{a0}' | '\u{202f}' => match (b, a) {
            (_, Other) | (Other, _) | (Digit, _) => -5.5,
            (Space, _) | (_, Space) => -8.0,
            _ => -6.5,
        },
        '\u{ad}' => when((b, a) == (Letter, Letter), -9.0),
        // Box-drawing characters and shades occur side by side.
        '\u{2500}'..='\u{259f}' => {
            let drawn = |c: Option<char>| matches!(c, Some('\u{2500}'..='\u{259f}'));
            let joined = drawn(before) || drawn(after);
            when(
                (drawn(before) || b == Space) && (drawn(after) || a == Space),
                if joined { -5.0 } else { -10.0 },
            )
        }
        '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff5e}' => {
            let wide = |c: Option<char>| {
                c.is_none_or(|c| c.is_whitespace() || c > '\u{2e80}' || c.is_ascii_digit())
            };
            when(wide(before) || wide(after), -5.0)
        }
        '،' | '؛' | '؟' => when(b == Letter || b == Other, -5.0),
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => -5.0,
        '\u{200c}'..='\u{200f}' => -8.0,
        '≤' | '≥' | '≠' | '≈' | '→' | '√' | '∞' | '−' => {
            when(a != Letter && b != Letter, -11.0)
        }
        '\u{fffd}' => LOST,
        '\u{fdd0}'..='\u{fdef}' | '\u{e000}'..='\u{f8ff}' => NEVER,
        c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => NEVER,
        // Emoji.
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' => -8.0,
        _ => -14.0,
    }
}

/// Measures bytes in an East Asian encoding, and whether most of its characters are adjacent, as in East Asian text;
/// `None` where they are not valid in it.
pub(super) fn measure_asian(bytes: &[u8], encoding: &'static Encoding) -> Option<(Measure, bool)> {
    let (mut many, mut beside_latin) = (0_usize, 0_usize);
    let mut measure = Measure::default();
    let mut text: Vec<char> = Vec::new();
    let mut costs: Vec<f64> = Vec::new();
    let mut at = 0;
    while let Some(&lead) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let length = match lead {
            0..=0x80 => 1,
            0xA1..=0xDF if encoding == SHIFT_JIS => 1,
            0x8F if encoding == EUC_JP => 3,
            _ if (encoding == GBK || encoding == GB18030) && next.is_ascii_digit() => 4,
            _ => 2,
        };
        let piece = bytes.get(at..at + length)?;
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(piece)?;
        let cost =
            if length == 1 && lead < 0x80 { None } else { Some(usage(encoding, lead, next)) };
        for c in decoded.chars() {
            text.push(c);
            costs.push(cost.unwrap_or(f64::NAN));
        }
        at += length;
    }
    for (i, &c) in text.iter().enumerate() {
        let cost = costs.get(i).copied().unwrap_or(f64::NAN);
        if cost.is_nan() {
            measure.take(&text, i, c);
            continue;
        }
        measure.signs += cost;
        // A word of ASCII letters is seldom adjacent to one of another script.
        for neighbour in [i.checked_sub(1), Some(i + 1)] {
            let latin = neighbour.and_then(|n| text.get(n)).is_some_and(char::is_ascii_alphabetic);
            measure.signs += if latin { -6.0 } else { 0.0 };
            beside_latin += usize::from(latin);
        }
        many += 1;
    }
    Some((measure, beside_latin * 2 <= many))
}

/// The cost of a character in an East Asian encoding, by its row: signs, syllables, and characters of two levels.
fn usage(encoding: &'static Encoding, lead: u8, next: u8) -> f64 {
    const COMMON: f64 = -7.0;
    const RARE: f64 = -10.5;
    const HARDLY: f64 = -13.0;
    if encoding == SHIFT_JIS {
        return match (lead, next) {
            (0x82, 0x9F..) => -4.0,
            (0x83, ..0x97) | (0x81, _) => -5.0,
            (0x82, _) => -6.0,
            (0x88..=0x97, _) => COMMON,
            (0x98..=0x9F | 0xE0..=0xEA, _) => RARE,
            (0xA1..=0xDF, _) => -9.0,
            _ => HARDLY,
        };
    }
    if encoding == BIG5 {
        return match lead {
            0xA1 => -5.0,
            0xA2..=0xA3 => -8.0,
            0xA4..=0xC6 => COMMON,
            0xC9..=0xF9 => RARE,
            _ => HARDLY,
        };
    }
    if next < 0xA1 {
        return HARDLY;
    }
    match lead {
        0xA1 | 0xA3 => -5.0,
        0xA4 if encoding == EUC_JP => -4.0,
        0xA5 if encoding == EUC_JP => -5.0,
        0xA4 if encoding == EUC_KR => -9.0,
        0xB0..=0xCF if encoding == EUC_JP => COMMON,
        0xB0..=0xC8 if encoding == EUC_KR => -6.2,
        0xB0..=0xD7 if encoding != EUC_KR && encoding != EUC_JP => COMMON,
        0xB0..=0xF7 if encoding != EUC_KR => RARE,
        0xCA..=0xFD => -11.5,
        0xA2 => -8.0,
        _ => -11.0,
    }
}
