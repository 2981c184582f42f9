//! Sentences: the words a person means when they point at one place of an article.
//!
//! The breaks are those of UAX #29, mended for French and English prose:
//!
//! - no break after a title or an initial (“M. Ormelot”, “Dr. Vance”, “J. R. Pennick”), nor after “No.”, “p.” or a
//!   month before a digit; after “Corp.”, “U.S.” and their like only where a word follows that often begins a
//!   sentence;
//! - no break before a small letter (“« Partons ! » a-t-elle dit”), nor between a terminator and the quotation
//!   mark that closes over it, also where a no-break space stands between;
//! - no break inside a quotation or parenthesis of up to [`HELD`] bytes, so that who says it stays with it;
//! - a break before a number or a name like “iPhone” after a full stop (“Rien n’a cédé. 3 câbles ont tenu.”).
//!
//! Only the [`LOOK`] bytes on each side are read: a sentence longer than that is cut.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Text, graphemes};

/// How far from a byte its sentence may reach, in bytes.
const LOOK: usize = 8 * 1024;

/// The longest quotation or parenthesis that is held together, in bytes.
const HELD: usize = 600;

/// Abbreviations that a name or more of the phrase always follows.
const NEVER_LAST: [&str; 38] = [
    "M", "MM", "Mr", "Mrs", "Ms", "Mme", "Mmes", "Mlle", "Mlles", "Messrs", "Dr", "Drs", "Pr",
    "Prof", "Me", "Mgr", "Ste", "Gen", "Gén", "Col", "Capt", "Lt", "Cdt", "Sgt", "Sen", "Sén",
    "Rep", "Gov", "Rev", "Hon", "cf", "Cf", "vs", "ca", "e.g", "i.e", "env", "approx",
];

/// Abbreviations that may end a sentence.
const MAY_BE_LAST: [&str; 17] = [
    "Corp", "Inc", "Ltd", "Co", "Cos", "Cie", "LLC", "Bros", "Jr", "Sr", "St", "Ave", "Blvd", "Bd",
    "Dept", "al", "Univ",
];

/// Abbreviations that a number follows.
const BEFORE_NUMBER: [&str; 34] = [
    "No", "no", "Nos", "nos", "n", "N", "p", "pp", "art", "Art", "fig", "Fig", "vol", "Vol",
    "chap", "Chap", "ch", "l", "al", "v", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept",
    "Sep", "Oct", "Nov", "Dec", "janv", "févr",
];

/// Words that often begin a sentence and seldom a name, in lower case.
const STARTERS: [&str; 104] = [
    "the", "a", "an", "in", "on", "at", "it", "he", "she", "they", "we", "i", "you", "this",
    "that", "these", "those", "but", "and", "or", "so", "as", "if", "when", "while", "after",
    "before", "since", "for", "from", "by", "with", "there", "here", "his", "her", "their", "its",
    "our", "my", "no", "not", "what", "why", "how", "who", "where", "two", "le", "la", "les", "l",
    "un", "une", "des", "du", "de", "d", "il", "elle", "ils", "elles", "nous", "vous", "je", "j",
    "ce", "cet", "cette", "ces", "c", "mais", "et", "ou", "donc", "car", "si", "s", "quand",
    "lorsque", "après", "avant", "depuis", "pour", "par", "avec", "sans", "dans", "en", "au",
    "aux", "selon", "son", "sa", "ses", "leur", "leurs", "que", "qu", "qui", "puis", "alors",
    "ainsi", "où",
];

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
    let mut candidates: Vec<usize> = words
        .split_sentence_bound_indices()
        .map(|(at, _)| at)
        .chain(words.match_indices(". ").map(|(at, _)| at + 2).filter(|&at| starts_anew(words, at)))
        .filter(|&at| at > 0)
        .map(|at| graphemes::ceil(words, past_closers(words, at)))
        .filter(|&at| at < words.len() && may_break(words, at))
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    if !candidates.is_empty() {
        let held = held(words);
        candidates.retain(|&at| {
            let span = held.partition_point(|span| span.end <= at);
            held.get(span).is_none_or(|span| at < span.start)
        });
    }
    candidates
}

/// Moves a break past the marks that close over the terminator before it, and the white space around them.
fn past_closers(words: &str, at: usize) -> usize {
    let rest = words.get(at..).unwrap_or("");
    let closes = |c: char| c.is_whitespace() || matches!(c, '»' | '”' | '›' | ')' | ']');
    words.len() - rest.trim_start_matches(closes).len()
}

/// Whether what stands around a candidate lets a sentence end there.
fn may_break(words: &str, at: usize) -> bool {
    let (before, after) = (words.get(..at).unwrap_or(""), words.get(at..).unwrap_or(""));
    let next =
        after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-'));
    let (before, spaces) = before.split_at(before.trim_end().len());
    if spaces.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return true;
    }
    if goes_on(next) {
        return false;
    }
    let Some(before) = before.strip_suffix('.') else {
        return true;
    };
    let parts =
        |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '«' | '“' | '"' | '’' | '\'');
    let word = before.rsplit(parts).next().unwrap_or("");
    let number = next.starts_with(char::is_numeric);
    if NEVER_LAST.contains(&word) || number && BEFORE_NUMBER.contains(&word) {
        return false;
    }
    // “1. Le conseil”: the number of a list.
    if !word.is_empty()
        && word.len() == before.trim_start().len()
        && word.chars().all(char::is_numeric)
    {
        return false;
    }
    if is_initials(word) || MAY_BE_LAST.contains(&word) {
        let first = next.split(|c: char| c.is_whitespace() || matches!(c, '’' | '\'' | ',')).next();
        let first = first.unwrap_or("").to_lowercase();
        // “J. Le Goff”: after one initial these begin a name as often as a sentence.
        let name = word.chars().count() == 1
            && matches!(first.as_str(), "le" | "la" | "du" | "de" | "des");
        return !name
            && (STARTERS.contains(&first.as_str()) || next.starts_with(['«', '“', '"', '(']));
    }
    true
}

/// Whether these words can only go on a sentence: they start with a small letter (but not “iPhone”) or a comma.
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

/// Whether a number or a name like “iPhone” stands here: UAX #29 sees no break before those after a full stop.
fn starts_anew(words: &str, at: usize) -> bool {
    let rest = words.get(at..).unwrap_or("");
    rest.starts_with(char::is_numeric) || rest.starts_with(char::is_lowercase) && !goes_on(rest)
}

/// Whether a word before a full stop is one letter, or letters parted by dots and hyphens: “J”, “U.S”, “J.-P”.
fn is_initials(word: &str) -> bool {
    word.split(['.', '-']).filter(|letter| !letter.is_empty()).all(|letter| {
        let mut chars = letter.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    }) && word.contains(char::is_alphabetic)
}

/// The insides of quotations and parentheses short enough to be held together, up to and with their closing mark;
/// in order, and none inside another.
fn held(words: &str) -> Vec<Range<usize>> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut held: Vec<Range<usize>> = Vec::new();
    let mut before = ' ';
    for (at, c) in words.char_indices() {
        let inside = at + c.len_utf8();
        let closes = match c {
            '«' | '“' | '(' | '[' => {
                open.push((c, inside));
                None
            }
            '"' if before.is_whitespace()
                || matches!(before, '(' | '[' | '«' | '“' | '—' | '–') =>
            {
                open.push((c, inside));
                None
            }
            '»' => Some('«'),
            '”' => Some('“'),
            ')' => Some('('),
            ']' => Some('['),
            '"' => Some('"'),
            _ => None,
        };
        if let Some(opening) = closes
            && let Some(i) = open.iter().rposition(|&(mark, _)| mark == opening)
            && let Some(&(_, from)) = open.get(i)
        {
            // Marks left open inside it were never closed.
            open.truncate(i);
            if at - from <= HELD {
                while held.pop_if(|span| span.start >= from).is_some() {}
                held.push(from..inside);
            }
        }
        before = c;
    }
    held
}
