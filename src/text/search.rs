//! Finding a pattern in a text: plain words or a regular expression. What a name is, and where a name stands, live
//! in `names` and `places`.

use std::fmt;
use std::ops::Range;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The largest compiled pattern, in bytes. The engine runs in time linear in pattern × text, so this bounds the work.
const PATTERN_LIMIT: usize = 1 << 20;
/// Memory for the engine's lazy automaton, in bytes.
const AUTOMATON_LIMIT: usize = 4 << 20;
/// Depth of brackets within brackets.
const NESTING_LIMIT: u32 = 64;
/// How many bytes are searched between two questions whether to go on.
const STRETCH: usize = 64 << 10;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// Words, or a regular expression.
    pub pattern: String,
    /// Whether the pattern is a regular expression (the syntax of the `regex` crate: no look-around, no back references).
    pub regex: bool,
    /// Whether `A` and `a` differ.
    pub case_sensitive: bool,
    /// Whether a place must begin and end at the edge of a word. Scripts written without spaces have an edge everywhere.
    pub whole_word: bool,
}

/// A pattern made ready.
///
/// A place never crosses a paragraph: `^` and `$` are a paragraph's edges. Words that are not a regular expression
/// are read kindly: `'` finds `’`, a space finds a no-break space, and `é` finds both ways of writing it in Unicode.
#[derive(Clone, Debug)]
pub struct Finder {
    /// Nothing to look for where `None`: an empty pattern finds nothing.
    regex: Option<Regex>,
    /// Places are looked at again for edges of words after the search.
    check_edges: bool,
    /// Places must not cut a letter off its combining mark.
    check_marks: bool,
    /// The pattern can tell the end of what it is given, so it is given everything at once.
    in_one_go: bool,
}

/// A pattern that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong and what to do about it.
    pub message: String,
    /// Where: a byte offset in the pattern, where the place is known.
    pub at: Option<usize>,
    /// One line for a tooltip: the pattern with `‸` at the fault, and the fault.
    pub pointed: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatternError {}

impl Finder {
    /// Makes a query ready.
    ///
    /// # Errors
    /// Where the regular expression cannot be read, or would grow past the limits.
    pub fn new(query: &Query) -> Result<Finder, PatternError> {
        let mut finder =
            Finder { regex: None, check_edges: false, check_marks: false, in_one_go: false };
        if query.pattern.is_empty() {
            return Ok(finder);
        }
        let build = |pattern: &str| {
            RegexBuilder::new(pattern)
                .case_insensitive(!query.case_sensitive)
                .multi_line(true)
                .size_limit(PATTERN_LIMIT)
                .dfa_size_limit(AUTOMATON_LIMIT)
                .nest_limit(NESTING_LIMIT)
                .build()
        };
        if !query.regex {
            let regex = build(&literal(&query.pattern))
                .map_err(|e| PatternError::new(&e, &query.pattern, false))?;
            finder.regex = Some(regex);
            finder.check_edges = query.whole_word;
            finder.check_marks = true;
            return Ok(finder);
        }
        // The bare pattern first: its errors have the right offsets, and `a)|(b` cannot slip out of the brackets below.
        let bare =
            build(&query.pattern).map_err(|e| PatternError::new(&e, &query.pattern, true))?;
        finder.in_one_go = query.pattern.contains("\\z") || query.pattern.contains("(?");
        if query.whole_word {
            // Inside the pattern the engine can still choose `OpenAI` where `Open|OpenAI` would stop at `Open`.
            match build(&format!(r"\b{{start-half}}(?:{})\b{{end-half}}", query.pattern)) {
                Ok(regex) => finder.regex = Some(regex),
                // A verbose pattern that ends in a comment swallows the bracket: look at the edges afterwards.
                Err(_) => {
                    finder.regex = Some(bare);
                    finder.check_edges = true;
                }
            }
        } else {
            finder.regex = Some(bare);
        }
        Ok(finder)
    }

    /// All places in `text`, in bytes, in order, none empty, none overlapping, at most `limit`. Where `cancelled`
    /// answers yes, what was found so far.
    pub fn find_all(
        &self,
        text: &str,
        cancelled: &dyn Fn() -> bool,
        limit: usize,
    ) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let Some(regex) = &self.regex else { return found };
        let mut at = 0;
        let mut steps = 0_u32;
        while at < text.len() && found.len() < limit && !cancelled() {
            let end = if self.in_one_go { text.len() } else { stretch_end(text, at) };
            while at < end && found.len() < limit {
                steps = steps.wrapping_add(1);
                if steps.is_multiple_of(256) && cancelled() {
                    return found;
                }
                let Some(place) = regex.find_at(&text[..end], at).map(|m| m.range()) else {
                    at = end;
                    break;
                };
                let line = text[place.start..end].find('\n').map_or(end, |i| place.start + i);
                let place = if place.end <= line {
                    place
                } else {
                    // It ran into the next paragraph. What there is of it in this one, or on with the next.
                    match regex.find_at(&text[..line], place.start).map(|m| m.range()) {
                        Some(place) => place,
                        None => {
                            at = line + 1;
                            continue;
                        }
                    }
                };
                if place.is_empty() {
                    at = next_char(text, place.end);
                } else if self.accepts(text, &place) {
                    at = place.end;
                    found.push(place);
                } else {
                    at = next_char(text, place.start);
                }
            }
        }
        found
    }

    fn accepts(&self, text: &str, place: &Range<usize>) -> bool {
        let marked =
            self.check_marks && text[place.end..].chars().next().is_some_and(is_combining_mark);
        !marked
            && (!self.check_edges || (word_edge(text, place.start) && word_edge(text, place.end)))
    }
}

impl PatternError {
    fn new(error: &regex::Error, pattern: &str, is_regex: bool) -> PatternError {
        let (what, at) = match error {
            regex::Error::CompiledTooBig(_) => (
                "it grows too large when it is made ready; shorten it, or repeat fewer times"
                    .to_owned(),
                None,
            ),
            regex::Error::Syntax(report) => read_report(report, pattern),
            other => (other.to_string(), None),
        };
        let message = if is_regex {
            format!(
                "This pattern cannot be used: {what}. Mend it, or switch regular expressions off to look for the words as they stand."
            )
        } else {
            format!("These words cannot be looked for: {what}. Look for fewer of them.")
        };
        let mut pointed: String =
            pattern.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if let Some(at) = at {
            // Control characters have given way to a space of one byte; those of two bytes (U+0080…) move the place.
            let scalar = pattern[..at].chars().count();
            let byte = pointed.char_indices().nth(scalar).map_or(pointed.len(), |(i, _)| i);
            pointed.insert(byte, '‸');
        }
        pointed.push_str(" — ");
        pointed.push_str(&what);
        PatternError { message, at, pointed }
    }
}

/// The engine's report in words and a byte offset. It is a picture: the pattern indented by four (or, where it has
/// several lines, numbered), a line with `^` under the fault, then `error: …`.
fn read_report(report: &str, pattern: &str) -> (String, Option<usize>) {
    let what = report
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix("error: "))
        .or_else(|| report.lines().last())
        .unwrap_or("it cannot be read")
        .trim()
        .to_owned();
    let at = if pattern.contains('\n') {
        None
    } else {
        report
            .lines()
            .find(|line| line.contains('^') && line.trim_matches(['^', ' ']).is_empty())
            .and_then(|line| line.find('^'))
            .and_then(|column| column.checked_sub(4))
            .map(|scalar| pattern.char_indices().nth(scalar).map_or(pattern.len(), |(i, _)| i))
    };
    (what, at)
}

/// A pattern for the engine that finds `words` as they stand, however apostrophes, spaces and accents are written.
pub(super) fn literal(words: &str) -> String {
    let mut pattern = String::with_capacity(words.len() * 2);
    for cluster in words.graphemes(true) {
        match cluster {
            "'" | "’" | "ʼ" => pattern.push_str("['’ʼ]"),
            " " | "\u{a0}" | "\u{202f}" | "\u{2009}" => {
                pattern.push_str("[ \u{a0}\u{202f}\u{2009}]")
            }
            "-" | "\u{2010}" | "\u{2011}" => pattern.push_str("[-\u{2010}\u{2011}]"),
            _ if cluster.is_ascii() => pattern.push_str(&regex::escape(cluster)),
            _ => {
                let composed: String = cluster.nfc().collect();
                let decomposed: String = cluster.nfd().collect();
                if composed == decomposed {
                    pattern.push_str(&regex::escape(cluster));
                } else {
                    pattern.push_str("(?:");
                    pattern.push_str(&regex::escape(&composed));
                    pattern.push('|');
                    pattern.push_str(&regex::escape(&decomposed));
                    pattern.push(')');
                }
            }
        }
    }
    pattern
}

/// Whether a word can begin or end at this byte (a character boundary): there are not letters of a spaced script on
/// both sides.
pub(super) fn word_edge(text: &str, byte: usize) -> bool {
    let before = text[..byte].chars().next_back();
    let after = text[byte..].chars().next();
    match (before, after) {
        (Some(before), Some(after)) => {
            !(is_word(before) && is_word(after))
                || (unspaced(before) || unspaced(after)) && !is_combining_mark(after)
        }
        _ => true,
    }
}

/// Letters, digits, `_` and the marks that sit on letters.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

/// Scripts whose words stand side by side without a space (and Hangul, whose particles follow a name without one).
fn unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF      // Thai, Lao
        | 0x0F00..=0x0FFF    // Tibetan
        | 0x1000..=0x109F    // Myanmar
        | 0x1100..=0x11FF    // Hangul Jamo
        | 0x1780..=0x17FF    // Khmer
        | 0x2E80..=0x2FDF    // radicals
        | 0x3005..=0x3007    // iteration mark and zero
        | 0x3040..=0x30FF    // Hiragana, Katakana
        | 0x3100..=0x312F    // Bopomofo
        | 0x31F0..=0x31FF    // Katakana extensions
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF // Han
        | 0xAC00..=0xD7AF    // Hangul syllables
        | 0xFF66..=0xFF9D) // half-width Katakana
}

/// The byte after the character at `byte`.
pub(super) fn next_char(text: &str, byte: usize) -> usize {
    byte + text[byte..].chars().next().map_or(1, char::len_utf8)
}

/// Where a stretch that begins at `at` ends: after the first LF past [`STRETCH`] bytes.
fn stretch_end(text: &str, at: usize) -> usize {
    let far = at.saturating_add(STRETCH);
    if far >= text.len() {
        return text.len();
    }
    memchr::memchr(b'\n', &text.as_bytes()[far..]).map_or(text.len(), |i| far + i + 1)
}
