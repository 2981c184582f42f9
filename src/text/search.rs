//! Finding a pattern in a text: plain words or a regular expression. What a name is, and where a name stands, live
//! in `names` and `places`.

use std::fmt;
use std::ops::Range;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The longest pattern, in bytes as it was typed: a longer one is a text pasted by mistake, and slow to make ready.
pub(super) const LONGEST: usize = 4 << 10;
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
        if query.pattern.len() > LONGEST {
            return Err(PatternError::too_long(query));
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
        // Set once a place ran past its paragraph: a pattern that does so once would do so at every paragraph, and
        // look at the whole stretch each time.
        let mut by_paragraph = false;
        while at < text.len() && found.len() < limit && !cancelled() {
            let end = match (by_paragraph, self.in_one_go) {
                (true, _) => paragraph_end(text, at),
                (false, true) => text.len(),
                (false, false) => stretch_end(text, at),
            };
            while at < end && found.len() < limit {
                steps = steps.wrapping_add(1);
                if steps.is_multiple_of(256) && cancelled() {
                    return found;
                }
                let Some(place) = regex.find_at(&text[..end], at).map(|m| m.range()) else {
                    at = if by_paragraph { end + 1 } else { end };
                    break;
                };
                if !by_paragraph && text[place.clone()].contains('\n') {
                    by_paragraph = true;
                    at = place.start;
                    break;
                }
                if place.is_empty() {
                    at = next_char(text, place.end);
                } else if self.accepts(text, &place) {
                    at = place.end;
                    found.push(place);
                } else {
                    at = next_char(text, place.start);
                }
            }
            if by_paragraph && at == end {
                at += 1; // its LF
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
    fn too_long(query: &Query) -> PatternError {
        let message = format!(
            "What to look for is too long: {} bytes, and at most {LONGEST} can be looked for. Look for fewer words.",
            query.pattern.len()
        );
        PatternError { pointed: message.clone(), message, at: None }
    }

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

/// Where the paragraph that holds the byte `at` ends, before its LF.
fn paragraph_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |i| at + i)
}

/// Where a stretch that begins at `at` ends: after the first LF past [`STRETCH`] bytes.
fn stretch_end(text: &str, at: usize) -> usize {
    let far = at.saturating_add(STRETCH);
    if far >= text.len() {
        return text.len();
    }
    memchr::memchr(b'\n', &text.as_bytes()[far..]).map_or(text.len(), |i| far + i + 1)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;

    fn query(pattern: &str) -> Query {
        Query { pattern: pattern.to_owned(), ..Query::default() }
    }

    fn find(query: &Query, text: &str) -> Vec<String> {
        let finder = Finder::new(query).expect("a good pattern");
        finder
            .find_all(text, &|| false, usize::MAX)
            .into_iter()
            .map(|p| text[p].to_owned())
            .collect()
    }

    fn regex(pattern: &str, text: &str) -> Vec<String> {
        find(&Query { regex: true, ..query(pattern) }, text)
    }

    #[test]
    fn words_are_no_regular_expression() {
        assert_eq!(find(&query("a.b(c"), "a.b(c axb(c A.B(C"), ["a.b(c", "A.B(C"]);
        let sensitive = Query { case_sensitive: true, ..query("a.b(c") };
        assert_eq!(find(&sensitive, "a.b(c A.B(C"), ["a.b(c"]);
    }

    #[test]
    fn apostrophes_spaces_hyphens_and_accents_match_however_encoded() {
        assert_eq!(
            find(&query("l'été"), "l’été, l'e\u{301}te\u{301}, lété"),
            ["l’été", "l'e\u{301}te\u{301}"]
        );
        assert_eq!(
            find(&query("10 000"), "10\u{a0}000 et 10\u{202f}000"),
            ["10\u{a0}000", "10\u{202f}000"]
        );
        assert_eq!(find(&query("Jean-Pierre"), "Jean\u{2011}Pierre"), ["Jean\u{2011}Pierre"]);
    }

    #[test]
    fn a_letter_is_not_cut_off_its_accent() {
        assert_eq!(find(&query("e"), "e\u{301} e"), ["e"]);
    }

    #[test]
    fn whole_words_only() {
        let whole = Query { whole_word: true, ..query("OpenAI") };
        assert_eq!(find(&whole, "OpenAIs, d’OpenAI, OpenAI, xOpenAI, OpenAI_2").len(), 2);
        let chinese = Query { whole_word: true, ..query("北京") };
        assert_eq!(find(&chinese, "他在北京工作").len(), 1);
        let accent = Query { whole_word: true, ..query("cote") };
        assert_eq!(find(&accent, "cote\u{301} cote"), ["cote"]);
    }

    #[test]
    fn whole_words_of_a_regular_expression_are_chosen_by_the_engine() {
        let whole = |pattern: &str| Query { regex: true, whole_word: true, ..query(pattern) };
        assert_eq!(find(&whole("Open|OpenAI"), "OpenAI Open Opened"), ["OpenAI", "Open"]);
        assert_eq!(find(&whole("@sama"), "(@sama) @samaritan"), ["@sama"]);
        // A verbose pattern that ends in a comment cannot be put in brackets.
        assert_eq!(find(&whole("(?x)Open # the name"), "Open Opened"), ["Open"]);
    }

    #[test]
    fn empty_places_are_skipped() {
        assert_eq!(regex("a*", "baab é a"), ["aa", "a"]);
        assert!(regex("^|$|\\b", "some words\nmore").is_empty());
        assert!(find(&query(""), "text").is_empty());
    }

    #[test]
    fn a_place_never_crosses_a_paragraph() {
        assert_eq!(regex("(?s)a.*b", "a b\nb"), ["a b"]);
        assert_eq!(regex("[^x]+", "one\ntwo"), ["one", "two"]);
        assert_eq!(regex("e\\s+t", "e\nt e  t"), ["e  t"]);
        assert_eq!(regex("^t.*$", "one\ntwo\nthree"), ["two", "three"]);
        assert!(find(&query("one\ntwo"), "one\ntwo").is_empty());
    }

    #[test]
    fn stretches_do_not_show() {
        let line = "sur l’île de Groix et ailleurs\n";
        let text = line.repeat(3 * STRETCH / line.len());
        assert_eq!(find(&query("Groix"), &text).len(), text.matches("Groix").count());
        assert_eq!(regex("ailleurs$", &text).len(), text.matches("ailleurs").count());
        assert_eq!(regex(r"\Asur", &text).len(), 1);
        assert_eq!(regex(r"ailleurs\n?\z", &text).len(), 1);
    }

    #[test]
    fn a_pattern_that_runs_on_is_stopped_at_each_paragraph() {
        let text = "un mot\n\n".repeat(100_000);
        assert_eq!(regex("(?s)m.*", &text).len(), 100_000);
        assert_eq!(regex("[^x]+", &text).len(), 100_000);
        assert_eq!(regex(r"\s", &text).len(), 100_000);
    }

    #[test]
    fn a_long_paragraph_of_many_places_is_searched_once() {
        let text = "mot ".repeat(300_000);
        assert_eq!(find(&query("mot"), &text).len(), 300_000);
    }

    #[test]
    fn the_limit_and_the_cancel_hold() {
        let finder = Finder::new(&query("a")).expect("a good pattern");
        let text = "a".repeat(10_000);
        assert_eq!(finder.find_all(&text, &|| false, 7).len(), 7);
        assert_eq!(finder.find_all(&text, &|| false, 0).len(), 0);
        assert!(finder.find_all(&text, &|| true, usize::MAX).is_empty());
        let asked = Cell::new(0);
        let second = || {
            asked.set(asked.get() + 1);
            asked.get() > 1
        };
        assert!(finder.find_all(&text, &second, usize::MAX).len() < 1_000);
    }

    #[test]
    fn errors_point_at_their_place() {
        let error =
            Finder::new(&Query { regex: true, ..query("été (b") }).expect_err("an open bracket");
        assert_eq!(error.at, Some("été ".len()));
        assert_eq!(error.pointed, "été ‸(b — unclosed group");
        assert!(
            error.message.contains("unclosed group") && error.message.contains("switch"),
            "{error}"
        );
        let error =
            Finder::new(&Query { regex: true, ..query("a)|(b") }).expect_err("a stray bracket");
        assert_eq!(error.at, Some(1));
        let error =
            Finder::new(&Query { regex: true, ..query("x\n(b") }).expect_err("an open bracket");
        assert_eq!(error.pointed, "x (b — unclosed group");
        let error =
            Finder::new(&Query { regex: true, ..query("a(?=b)") }).expect_err("look-around");
        assert!(error.message.contains("look-around"), "{error}");
    }

    #[test]
    fn a_pattern_cannot_grow_without_bound() {
        for pattern in [
            r"\w{1000}",
            "((a{99}){99}){99}",
            &"(".repeat(500),
            &format!("{}a{}", "(".repeat(200), ")".repeat(200)),
        ] {
            let error = Finder::new(&Query { regex: true, ..query(pattern) }).expect_err(pattern);
            assert!(!error.message.is_empty() && !error.pointed.contains('\n'));
        }
        for regex in [false, true] {
            let long = Query { regex, ..query(&"mot ".repeat(LONGEST / 4)) };
            assert!(Finder::new(&long).is_ok());
            let error =
                Finder::new(&Query { pattern: long.pattern + "s", ..long }).expect_err("too long");
            assert!(error.message.contains("4097 bytes"), "{error}");
        }
    }

    #[test]
    fn catastrophes_of_other_engines_end() {
        assert!(regex("(a+)+$x", &"a".repeat(20_000)).is_empty());
    }

    proptest! {
        #[test]
        fn places_are_in_order_on_characters_and_hold_the_words(
            text in "[aAé e\u{301}\u{a0}’'\n\r👩\u{200d}👧北ا.-]{0,60}",
            pattern in "[aAé e\u{301}\u{a0}’'👩\u{200d}北ا.-]{1,4}",
            whole_word: bool, case_sensitive: bool,
        ) {
            let finder = Finder::new(&Query { pattern: pattern.clone(), regex: false, case_sensitive, whole_word });
            let places = finder.expect("words").find_all(&text, &|| false, usize::MAX);
            let mut end = 0;
            for place in places {
                prop_assert!(place.start >= end && !place.is_empty());
                let found = text.get(place.clone());
                prop_assert!(found.is_some_and(|f| !f.contains('\n')));
                let folded = |s: &str| crate::text::fold(s);
                prop_assert_eq!(folded(found.unwrap_or("")), folded(&pattern));
                end = place.end;
            }
        }

        #[test]
        fn any_pattern_is_refused_or_finds_valid_places(pattern in "\\PC{0,12}", text in "[ab\\né(){} ]{0,40}", whole_word: bool) {
            match Finder::new(&Query { pattern: pattern.clone(), regex: true, case_sensitive: false, whole_word }) {
                Ok(finder) => {
                    let mut end = 0;
                    for place in finder.find_all(&text, &|| false, usize::MAX) {
                        prop_assert!(place.start >= end && !place.is_empty() && text.get(place.clone()).is_some());
                        end = place.end;
                    }
                }
                Err(error) => prop_assert!(error.at.is_none_or(|at| pattern.is_char_boundary(at))),
            }
        }

        #[test]
        fn it_finds_what_a_plain_search_finds(text in "[ab\\n]{0,80}", pattern in "[ab]{1,3}") {
            let query = Query { pattern: pattern.clone(), case_sensitive: true, ..Query::default() };
            let places = Finder::new(&query).expect("words").find_all(&text, &|| false, usize::MAX);
            let plain: Vec<_> = text.match_indices(&pattern).map(|(at, found)| at..at + found.len()).collect();
            prop_assert_eq!(places, plain);
        }
    }
}
