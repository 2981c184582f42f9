//! Sentences: finding the one at a place of an article.
//!
//! The breaks are those of UAX #29, adapted to French and English prose:
//!
//! - no break after a title, a rank or an initial (“M. Ormelot”, “Capt. Vance”, “J. R. Pennick”), nor after “No.”, “p.”
//!   or a month before a digit; after “Corp.”, “U.S.” and the like only where a word follows that often begins a
//!   sentence (the words are in `assets/lexicon/sentences.ron`);
//! - no break before a small letter (“« Partons ! » a-t-elle dit”), before the speaker (“‘Why?’ Orr asked”), nor
//!   between a terminator and the closing quotation mark after it, even with a no-break space between them;
//! - no break inside a quotation or parenthesis of up to [`marks::HELD`] bytes, so that it stays with its speaker;
//! - no break after a mark without white space after it: “?” in an address, “!” in a name;
//! - a break before a number or a name like “iPhone” after a full stop (“Rien n’a cédé. 3 câbles ont tenu.”), after
//!   “…” before a capital, and before the dash of another turn of a dialogue (“– Non. – Alors qui ?”).
//!
//! Only [`LOOK`] bytes on each side are read: a longer sentence is cut.

mod lists;
mod marks;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Text, graphemes};
use lists::LISTS;
pub(crate) use lists::is_abbreviation;
use marks::Marks;

/// How far a sentence may reach from the given byte, in bytes.
const LOOK: usize = 8 * 1024;

impl Text {
    /// The sentence at a byte, inside its paragraph and without the white space around it. White space between two
    /// sentences belongs to the one before. Empty only in a paragraph of nothing but white space.
    #[must_use]
    pub fn sentence_at(&self, byte: usize) -> Range<usize> {
        let byte = self.as_str().floor_char_boundary(byte);
        let paragraph = self.paragraph(self.paragraph_at(byte));
        let byte = byte.min(paragraph.end);
        let window = self.sentence_window(byte, &paragraph);
        let words = self.get(window.clone()).unwrap_or("");
        let breaks = breaks(words);
        let inside = byte - window.start;
        let after = breaks.partition_point(|&at| at <= inside);
        let start = after.checked_sub(1).and_then(|i| breaks.get(i)).copied().unwrap_or(0);
        let end = breaks.get(after).copied().unwrap_or(words.len());
        self.trim(self.snap(window.start + start..window.start + end))
    }

    /// The part of a paragraph that is read for the sentence at a byte: from and to a space, where there is one.
    fn sentence_window(&self, byte: usize, paragraph: &Range<usize>) -> Range<usize> {
        let text = self.as_str();
        let mut window = paragraph.clone();
        if byte - paragraph.start > LOOK {
            let from = self.floor_grapheme(byte - LOOK).max(paragraph.start);
            let space = text.get(from..byte).and_then(|words| words.find(' '));
            window.start = space.map_or(from, |at| from + at);
        }
        if paragraph.end - byte > LOOK {
            let to = self.ceil_grapheme(byte + LOOK).min(paragraph.end);
            let space = text.get(byte..to).and_then(|words| words.rfind(' '));
            window.end = space.filter(|&at| at > 0).map_or(to, |at| byte + at);
        }
        window
    }
}

/// Where sentences start in a paragraph, in ascending order; 0 is not among them.
fn breaks(words: &str) -> Vec<usize> {
    let marks = Marks::of(words);
    let mut candidates: Vec<usize> =
        words.split_sentence_bound_indices().map(|(at, _)| at).filter(|&at| at > 0).collect();
    let turns = turns(words, &candidates, &marks);
    let more = words.match_indices(". ").map(|(at, _)| at + 2).filter(|&at| starts_anew(words, at));
    candidates.extend(more);
    candidates.extend(after_ellipses(words, &marks));
    candidates.extend(turns);
    let mut breaks: Vec<usize> = candidates
        .into_iter()
        .map(|at| between_marks(words, at, &marks))
        .map(|at| graphemes::ceil(words, at))
        .filter(|&at| at > 0 && at < words.len() && !marks.holds(at))
        .filter(|&at| may_break(words, at, &marks))
        .collect();
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

/// Moves a break out of the marks around it: before opening marks after it, past closing marks after the terminator,
/// and past the white space between.
fn between_marks(words: &str, at: usize, marks: &Marks) -> usize {
    let mut start = at;
    while let Some((i, c)) = words[..start].char_indices().next_back() {
        if !(c.is_whitespace() || marks.opens(i)) {
            break;
        }
        start = i;
    }
    let rest = &words[start..];
    let passed = |(i, c): &(usize, char)| c.is_whitespace() || marks.closes(start + i);
    rest.char_indices().find(|place| !passed(place)).map_or(words.len(), |(i, _)| start + i)
}

/// Candidates after “…” before a capital: UAX #29 has no break there.
fn after_ellipses<'a>(words: &'a str, marks: &'a Marks) -> impl Iterator<Item = usize> + 'a {
    words.match_indices('…').filter_map(|(at, sign)| {
        let rest = &words[at + sign.len()..];
        let offset = at + sign.len();
        // Not over a bracket: “[…] Le conseil”. French has a space before its closing mark: “Partons… » Il sort”.
        let closing = |(i, c): &(usize, char)| marks.closes(offset + i) && !matches!(c, ')' | ']');
        let closed = rest
            .char_indices()
            .take_while(|place| place.1.is_whitespace() || closing(place))
            .filter(closing)
            .last()
            .map_or(0, |(i, c)| i + c.len_utf8());
        let next = rest[closed..].trim_start();
        let spaced = next.len() < rest.len() - closed;
        let start = words.len() - next.len();
        let capital = next
            .char_indices()
            .find(|(i, c)| !marks.opens(start + i) && !c.is_whitespace())
            .is_some_and(|(_, c)| c.is_uppercase());
        // “C’est… Anne”: after a small word the ellipsis is only a pause.
        let before = words[..at].trim_end();
        let word = before.rsplit(parts_words).next().unwrap_or("").to_lowercase();
        // An ellipsis at the beginning of a sentence does not end one.
        let begins = word.is_empty() || word.ends_with(is_terminator) && before.len() < at;
        let halts = begins || LISTS.starters.contains(&word) && !begins_often(next);
        (spaced && capital && !halts).then_some(start)
    })
}

/// Candidates before the dashes that begin another turn of a dialogue: UAX #29 continues a sentence after a dash. A
/// dash that closes a parenthetical phrase (“– quelle audace ! –”) begins none. `known` are the breaks of UAX #29.
fn turns(words: &str, known: &[usize], marks: &Marks) -> Vec<usize> {
    let mut found = Vec::new();
    // Where the parenthetical phrase began.
    let mut put_in: Option<usize> = None;
    for (at, dash) in words.match_indices(is_dash) {
        let (before, after) = (&words[..at], &words[at + dash.len()..]);
        let spaced =
            before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace);
        if !spaced || before.trim_start().is_empty() {
            continue;
        }
        // Another sentence has begun since: the phrase is no longer open.
        if put_in.is_some_and(|from| {
            known.get(known.partition_point(|&at| at <= from)).is_some_and(|&next| next < at)
        }) {
            put_in = None;
        }
        let said =
            before.char_indices().rev().find(|&(i, c)| !c.is_whitespace() && !marks.closes(i));
        let ended = said.is_some_and(|(_, c)| is_terminator(c));
        // A parenthetical phrase may be a question or exclamation; a full stop ends it with its sentence.
        let stopped = said.is_some_and(|(_, c)| c == '.')
            && after.trim_start().starts_with(char::is_uppercase);
        match put_in {
            Some(_) if !stopped => put_in = None,
            _ if ended => {
                put_in = None;
                found.push(at);
            }
            _ => put_in = Some(at),
        }
    }
    found
}

/// Whether a sentence can end at a candidate, judging by the text around it.
fn may_break(words: &str, at: usize, marks: &Marks) -> bool {
    let (before, after) = words.split_at(at);
    let next = after.trim_start_matches(|c: char| c.is_whitespace() || is_dash(c));
    let (before, spaces) = before.split_at(before.trim_end().len());
    if spaces.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return true;
    }
    if goes_on(next) {
        return false;
    }
    let said = before
        .char_indices()
        .rev()
        .find(|&(i, c)| !c.is_whitespace() && !marks.closes(i))
        .map_or("", |(i, c)| &before[..i + c.len_utf8()]);
    let sign = said.chars().next_back().unwrap_or(' ');
    // “FRITZ!Box”, “voir?id=42”: a sentence ends before white space or a quotation.
    if spaces.is_empty()
        && matches!(sign, '.' | '!' | '?' | '…')
        && !marks.opens(at)
        && said == before
    {
        return false;
    }
    let closed = before.len() > said.len() && !before.ends_with([')', ']']);
    if closed && matches!(sign, '!' | '?' | '…' | '—' | '–') && is_speaker(next) {
        return false;
    }
    if matches!(sign, '!' | '+') && said == before {
        let name = said.rsplit(char::is_whitespace).next().unwrap_or("");
        return !LISTS.with_sign.contains(name) || begins_often(next);
    }
    match before.strip_suffix('.') {
        Some(before) => may_end(before, next),
        None => true,
    }
}

/// Time zones, as they stand after the time of day.
const ZONES: [&str; 16] = [
    "EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT", "GMT", "BST",
    "CET", "UTC",
];

/// Whether a full stop after `before` may be the end of a sentence, and not of an abbreviation.
fn may_end(before: &str, next: &str) -> bool {
    let lists = &*LISTS;
    let word = before.rsplit(parts_words).next().unwrap_or("");
    let number = next.starts_with(char::is_numeric) || is_code_article(next);
    if lists.never_last.contains(word) || number && lists.before_number.contains(word) {
        return false;
    }
    let earlier = before[..before.len() - word.len()].trim_end();
    // “min. 10 kg”, but not “12 min. 3 câbles ont tenu.”
    if word == "min" && number && !earlier.ends_with(char::is_numeric) {
        return false;
    }
    // “6:40 p.m. EST”: “est” begins sentences too.
    let zone = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if matches!(word, "a.m" | "p.m" | "A.M" | "P.M") && ZONES.contains(&zone) {
        return false;
    }
    let street = lists.streets.contains(word);
    if (street || lists.after_number.contains(word)) && earlier.ends_with(char::is_numeric) {
        return false;
    }
    let article = earlier.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    if street && matches!(article.as_str(), "la" | "le" | "les" | "l’" | "l'" | "du" | "au" | "aux")
    {
        return false;
    }
    // “t. IV”, “chap. XII”
    let roman = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let roman = roman.len() > 1
        && roman.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
        || matches!(roman, "I" | "V" | "X");
    if roman && lists.before_number.contains(word) {
        return false;
    }
    // “un livre de 12 p. Fin”
    if matches!(word, "p" | "pp" | "s" | "h" | "t" | "min")
        && earlier.ends_with(char::is_numeric)
        && !number
    {
        return true;
    }
    // “Le port. 2. La mairie”: another number of a list, but not “vol. 2. Rien”.
    if (1..=2).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_digit())
        && earlier.strip_suffix('.').is_some_and(|before| may_end(before, word))
    {
        return false;
    }
    // “trois quais : 1. Kerval ; 2. Foch”
    if (1..=2).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_digit())
        && earlier.ends_with([':', ';'])
    {
        return false;
    }
    // “1. Le conseil”: the number of a list.
    if !word.is_empty()
        && word.len() == before.trim_start().len()
        && word.chars().all(char::is_numeric)
    {
        return false;
    }
    if is_initials(word) || lists.may_be_last.contains(word) {
        let first = first_word(next);
        // “J. Le Goff”: after one initial these words begin a name as often as a sentence.
        let name = word.chars().count() == 1
            && matches!(first.as_str(), "le" | "la" | "du" | "de" | "des");
        return !name && begins_often(next);
    }
    true
}

/// Whether the number of an article of a code is here: “L. 123-4”, “R. 12”.
fn is_code_article(next: &str) -> bool {
    let rest = next.strip_prefix(['L', 'R', 'D', 'A']).and_then(|rest| rest.strip_prefix('.'));
    rest.is_some_and(|rest| rest.trim_start().starts_with(char::is_numeric))
}

/// Whether a word that often begins a sentence is here, or a quotation.
fn begins_often(next: &str) -> bool {
    LISTS.starters.contains(&first_word(next)) || next.starts_with(['«', '“', '"', '(', '„', '‘'])
}

/// The first word, in small letters.
fn first_word(words: &str) -> String {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '’' | '\'' | ',' | '.' | ';' | ':' | '…' | '?' | '!')
    };
    words.split(ends).next().unwrap_or("").to_lowercase()
}

/// The most words before a verb of saying that are examined for its speaker.
const SPEAKER: usize = 6;

/// Whether this attributes the words before it: a name and a verb of saying (“Orr asked.”).
fn is_speaker(next: &str) -> bool {
    let lists = &*LISTS;
    let mut named = false;
    for word in next.split_whitespace().take(SPEAKER) {
        let bare = word.trim_end_matches([',', '.', ';', ':', '!', '?']);
        if named && lists.speaking.contains(bare) {
            return true;
        }
        let capital = bare.starts_with(char::is_uppercase);
        if !named && lists.starters.contains(&first_word(bare)) {
            return false;
        }
        // “Orr finally asked”, “Orvel a crié”, “Anne de la Tour lance”
        let small = bare.ends_with("ly")
            || matches!(
                bare,
                "a" | "avait"
                    | "then"
                    | "later"
                    | "de"
                    | "du"
                    | "la"
                    | "von"
                    | "van"
                    | "der"
                    | "of"
                    | "the"
            );
        if !(capital || named && small) {
            return false;
        }
        // A full stop that does not belong to an abbreviation ends it.
        if bare.len() < word.len() && !(lists.never_last.contains(bare) || is_initials(bare)) {
            return false;
        }
        named = named || capital && !lists.never_last.contains(bare);
    }
    false
}

/// Whether these words can only continue a sentence: they start with a small letter (but not “iPhone”) or a comma.
fn goes_on(words: &str) -> bool {
    let mut chars = words.chars();
    match chars.next() {
        Some(',' | ';' | ':') => true,
        Some(first) => {
            first.is_lowercase() && !chars.take_while(|c| c.is_alphabetic()).any(char::is_uppercase)
        }
        None => false,
    }
}

/// Whether a number or a name like “iPhone” is here: UAX #29 has no break before those after a full stop.
fn starts_anew(words: &str, at: usize) -> bool {
    let rest = words.get(at..).unwrap_or("");
    rest.starts_with(char::is_numeric) || rest.starts_with(char::is_lowercase) && !goes_on(rest)
}

/// Whether a word before a full stop is one letter, or letters separated by dots and hyphens: “J”, “U.S”, “J.-P”,
/// “J.-Ph”.
fn is_initials(word: &str) -> bool {
    let compound = word.contains('-');
    word.split(['.', '-']).filter(|letter| !letter.is_empty()).all(|part| {
        let mut chars = part.chars();
        let capital = chars.next();
        let rest = chars.count();
        capital.is_some_and(char::is_alphabetic)
            && (rest == 0 || compound && rest <= 2 && capital.is_some_and(char::is_uppercase))
    }) && word.contains(char::is_alphabetic)
        && (!compound || word.contains('.') || word.chars().count() <= 3)
}

/// Whether a character separates the words before a full stop.
fn parts_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '«' | '“' | '"' | '’' | '\'' | '„' | '‘')
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-' | '―')
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}
