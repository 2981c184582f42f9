//! Finding a pattern in a text: plain words or a regular expression. Comparing and finding names is in `names` and
//! `places`.
//!
//! # How it stays fast
//! The engine's automaton cannot handle word boundaries (`\b`) beyond ASCII and falls back to an engine ten times
//! slower at every accent. So a pattern is searched without its boundaries first, which finds at least as much, and
//! each match is then verified: by the two characters around it where the only boundary is at the pattern's beginning,
//! otherwise by the whole pattern, anchored there. The result is what the pattern finds by itself (a test compares
//! them). A long text is divided at paragraphs, which no match crosses, and searched on several threads.

mod edges;
mod fault;
mod pattern;
#[cfg(test)]
mod tests;
mod workers;

use std::ops::Range;
use std::sync::OnceLock;

use regex_automata::meta::{self, Cache};
use regex_automata::{Anchored, Input};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind, Look};
use unicode_normalization::char::is_combining_mark;

pub(crate) use edges::word_edge;
pub(super) use edges::{is_word, next_char};
pub use edges::{word_around, words_touched};
pub use fault::PatternError;
use pattern::{How, Reading, is_unicode_edge, literal, rewrite};

use super::Text;
use super::equivalence::holds_invisible;

/// The longest pattern, in bytes as it was typed: a longer one is a text pasted by mistake, and slow to compile.
pub(super) const LONGEST: usize = 4 << 10;
/// The largest compiled pattern, in bytes. The engine runs in time linear in pattern × text, so this bounds the work.
const PATTERN_LIMIT: usize = 512 << 10;
/// The largest compiled pattern of plain words, in bytes: they cannot repeat, but are larger because of every accent
/// that their letters can carry.
const WORDS_LIMIT: usize = 8 << 20;
/// Memory for the engine's lazy automaton, in bytes.
const AUTOMATON_LIMIT: usize = 4 << 20;
/// The deepest nesting of brackets.
const NESTING_LIMIT: u32 = 64;

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// Words, or a regular expression.
    pub pattern: String,
    /// Whether the pattern is a regular expression (the syntax of the `regex` crate: no look-around, no back references).
    pub regex: bool,
    /// Whether `A` and `a` differ.
    pub case_sensitive: bool,
    /// Whether `e` and `é` differ.
    pub accents: bool,
    /// Whether a match must begin and end at the edge of a word. Scripts written without spaces have an edge
    /// everywhere.
    pub whole_word: bool,
}

/// A compiled pattern.
///
/// A match never contains an LF: `^` and `$` are the edges of a paragraph. Words that are not a regular expression are
/// matched tolerantly: `'` finds `’`, `"` finds `“`, `-` finds `–`, `...` finds `…`, a space finds any run of spaces,
/// `fi` finds the ligature, `é` finds both ways of writing it in Unicode, and invisible characters (soft hyphens, marks
/// of direction) may be between the letters.
///
/// ```
/// use casebook::text::{Finder, Query, Text};
///
/// let text = Text::new("Les médias se taisent. D’autres Médias parlent.");
/// let finder = Finder::new(&Query { pattern: "medias".to_owned(), ..Query::default() })?;
/// let places = finder.find_all(text.as_str(), &|| false, 10);
/// let words: Vec<_> = places.into_iter().filter_map(|place| text.get(place)).collect();
/// assert_eq!(words, ["médias", "Médias"]);
/// # Ok::<(), casebook::text::PatternError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Finder {
    /// `None` for an empty pattern, which finds nothing.
    engine: Option<Engine>,
    /// The words as typed; `None` for a regular expression.
    words: Option<Query>,
    /// The engine for the same words with invisible characters between their letters, compiled at the first stretch
    /// that holds such characters: the other one is smaller and faster. `None` inside where it would be too large.
    unseen: OnceLock<Option<Box<Engine>>>,
    /// Matches are checked for edges of words after the search.
    check_edges: bool,
    /// Matches must not separate a letter from its combining mark.
    check_marks: bool,
}

#[derive(Clone, Debug)]
struct Engine {
    /// The pattern without the word boundaries that the automaton cannot handle.
    scout: meta::Regex,
    /// The whole pattern, where that is different.
    whole: Option<meta::Regex>,
    /// The only such boundary, where it comes first: the scout's matches are verified by the characters around.
    first_edge: Option<Look>,
    /// A match of the scout that the whole pattern rejected may still be a whole word of a script without spaces, which
    /// the pattern cannot know.
    or_edges: bool,
}

/// The working memory of a search with one engine.
struct Caches {
    scout: Cache,
    whole: Option<Cache>,
}

/// The working memory of a search: one for each thread.
struct Memory {
    engine: Caches,
    unseen: Option<Caches>,
}

/// A search: its text and its limits.
struct Search<'a> {
    text: &'a str,
    cancelled: &'a dyn Fn() -> bool,
    /// The most matches that are wanted.
    limit: usize,
    /// Matches for which this returns false do not count.
    wanted: &'a dyn Fn(&Range<usize>) -> bool,
    /// The text may hold invisible characters: each stretch is checked for them.
    invisible: bool,
}

impl Finder {
    /// Compiles a query.
    ///
    /// # Errors
    /// The regular expression cannot be parsed, or would exceed the limits.
    pub fn new(query: &Query) -> Result<Finder, PatternError> {
        let mut finder = Finder {
            engine: None,
            words: None,
            unseen: OnceLock::new(),
            check_edges: false,
            check_marks: false,
        };
        if query.pattern.is_empty() {
            return Ok(finder);
        }
        if query.pattern.len() > LONGEST {
            return Err(PatternError::too_long(query.pattern.len(), LONGEST));
        }
        finder.check_edges = !query.regex && query.whole_word;
        finder.check_marks = !query.regex;
        if query.regex {
            finder.engine = Some(build(&query.pattern, query)?);
            return Ok(finder);
        }
        finder.engine = Some(words(query, false)?);
        finder.words = Some(query.clone());
        Ok(finder)
    }

    /// The engine that this stretch of the text needs.
    fn engine_for(&self, stretch: &str, invisible: bool) -> Option<(&Engine, bool)> {
        let plain = || self.engine.as_ref().map(|engine| (engine, false));
        let Some(query) = self.words.as_ref().filter(|_| invisible && holds_invisible(stretch))
        else {
            return plain();
        };
        let unseen = self.unseen.get_or_init(|| words(query, true).ok().map(Box::new));
        unseen.as_deref().map(|engine| (engine, true)).or_else(plain)
    }

    /// All matches in `text`, in bytes, in order, not empty, not overlapping, at most `limit`. When `cancelled` returns
    /// true, what was found so far. It runs on this thread only: [`Finder::find_each`] uses several.
    pub fn find_all(
        &self,
        text: &str,
        cancelled: &dyn Fn() -> bool,
        limit: usize,
    ) -> Vec<Range<usize>> {
        self.find(&Search { text, cancelled, limit, wanted: &|_| true, invisible: true })
    }

    /// All matches in `text` that are `wanted`, as [`Finder::find_all`] returns them.
    pub(super) fn find_wanted(
        &self,
        text: &Text,
        cancelled: &dyn Fn() -> bool,
        wanted: &dyn Fn(&Range<usize>) -> bool,
    ) -> Vec<Range<usize>> {
        let invisible = text.holds_invisible();
        let text = text.as_str();
        self.find(&Search { text, cancelled, limit: usize::MAX, wanted, invisible })
    }

    fn find(&self, search: &Search<'_>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let Some(mut memory) = self.memory() else { return found };
        let mut at = 0;
        while at < search.text.len() && found.len() < search.limit && !(search.cancelled)() {
            let end = workers::stretch_end(search.text, at);
            self.search(&mut memory, search, at..end, &mut found);
            at = end;
        }
        found
    }

    fn memory(&self) -> Option<Memory> {
        Some(Memory { engine: self.engine.as_ref()?.caches(), unseen: None })
    }

    /// Adds the matches in a stretch of whole paragraphs to `found`, until there are enough.
    fn search(
        &self,
        memory: &mut Memory,
        search: &Search<'_>,
        stretch: Range<usize>,
        found: &mut Vec<Range<usize>>,
    ) {
        let text = search.text;
        let Some((engine, unseen)) = self.engine_for(&text[stretch.clone()], search.invisible)
        else {
            return;
        };
        let caches = if unseen {
            memory.unseen.get_or_insert_with(|| engine.caches())
        } else {
            &mut memory.engine
        };
        // The bytes examined in vain: a scout whose matches the pattern keeps rejecting may scan a long paragraph once
        // for each of its letters. The scout is given up before that.
        let mut wasted = 0;
        let mut scouting = true;
        let mut at = stretch.start;
        while at < stretch.end && found.len() < search.limit && !(search.cancelled)() {
            let rest = Input::new(text).span(at..stretch.end);
            let place = if scouting {
                let Some(scouted) = engine.scout.search_with(&mut caches.scout, &rest) else {
                    break;
                };
                match engine.judge(caches, text, scouted.range(), stretch.end) {
                    Some(place) => place,
                    None => {
                        wasted += scouted.len();
                        scouting = wasted <= (stretch.len() + WASTE) || engine.whole.is_none();
                        at = next_char(text, scouted.start());
                        continue;
                    }
                }
            } else {
                let (Some(whole), Some(cache)) = (&engine.whole, &mut caches.whole) else { break };
                let Some(place) = whole.search_with(cache, &rest) else { break };
                place.range()
            };
            if place.is_empty() {
                at = next_char(text, place.end);
            } else if self.accepts(text, &place) && (search.wanted)(&place) {
                at = place.end;
                found.push(place);
            } else {
                at = next_char(text, place.start);
            }
        }
    }

    fn accepts(&self, text: &str, place: &Range<usize>) -> bool {
        let after = text[place.end..].chars().next();
        let marked = self.check_marks && after.is_some_and(is_combining_mark);
        // An underscore at the end is part of a handle.
        let cut = after == Some('_') && text[place.clone()].starts_with('@');
        !marked
            && (!self.check_edges
                || word_edge(text, place.start) && word_edge(text, place.end) && !cut)
    }
}

/// The engine for words that are not a regular expression.
fn words(query: &Query, invisible: bool) -> Result<Engine, PatternError> {
    let how = Reading { accents: query.accents, case: query.case_sensitive, invisible };
    build(&literal(&query.pattern, how), query)
}

/// The engine for a regular expression.
fn build(pattern: &str, query: &Query) -> Result<Engine, PatternError> {
    let mut hir = ParserBuilder::new()
        .case_insensitive(!query.case_sensitive)
        .multi_line(true)
        .nest_limit(NESTING_LIMIT)
        .build()
        .parse(pattern)
        .map_err(|error| PatternError::syntax(&error, &query.pattern))?;
    if query.regex && query.whole_word {
        // With the edges inside the pattern, `Open|OpenAI` can match `OpenAI` where it would stop at `Open` otherwise.
        hir = Hir::concat(vec![
            Hir::look(Look::WordStartHalfUnicode),
            hir,
            Hir::look(Look::WordEndHalfUnicode),
        ]);
    }
    let limit = if query.regex { PATTERN_LIMIT } else { WORDS_LIMIT };
    Engine::new(&hir, !query.accents, query.regex && query.whole_word, limit)
        .ok_or_else(|| PatternError::too_large(&query.pattern, query.regex))
}

/// The most bytes that may be examined in vain in a stretch.
const WASTE: usize = 64 << 10;

impl Engine {
    /// An engine; `None` where the compiled pattern exceeds `limit` bytes.
    fn new(hir: &Hir, any_accent: bool, or_edges: bool, limit: usize) -> Option<Engine> {
        let whole = rewrite(hir, How { any_accent, without_edges: false });
        let edges = whole.properties().look_set();
        let edged = edges.iter().any(is_unicode_edge);
        let config = meta::Config::new()
            .nfa_size_limit(Some(limit))
            .hybrid_cache_capacity(AUTOMATON_LIMIT)
            .which_captures(regex_automata::nfa::thompson::WhichCaptures::Implicit);
        let build =
            |hir: &Hir| meta::Builder::new().configure(config.clone()).build_from_hir(hir).ok();
        if !edged {
            return Some(Engine {
                scout: build(&whole)?,
                whole: None,
                first_edge: None,
                or_edges: false,
            });
        }
        let scout = rewrite(hir, How { any_accent, without_edges: true });
        Some(Engine {
            scout: build(&scout)?,
            first_edge: first_edge(&whole),
            whole: Some(build(&whole)?),
            or_edges,
        })
    }

    fn caches(&self) -> Caches {
        Caches {
            scout: self.scout.create_cache(),
            whole: self.whole.as_ref().map(meta::Regex::create_cache),
        }
    }

    /// The pattern's match that begins where the scout's does, if there is one.
    fn judge(
        &self,
        caches: &mut Caches,
        text: &str,
        scouted: Range<usize>,
        end: usize,
    ) -> Option<Range<usize>> {
        if let Some(look) = self.first_edge {
            return holds(look, text, scouted.start).then_some(scouted);
        }
        let (Some(whole), Some(cache)) = (&self.whole, &mut caches.whole) else {
            return Some(scouted);
        };
        // No match leaves its paragraph; a shorter input makes verifying cheaper.
        let end = memchr::memchr(b'\n', &text.as_bytes()[scouted.start..end])
            .map_or(end, |i| scouted.start + i);
        let here = Input::new(text).span(scouted.start..end).anchored(Anchored::Yes);
        let place = whole.search_with(cache, &here).map(|found| found.range());
        place.or_else(|| {
            let edges =
                self.or_edges && word_edge(text, scouted.start) && word_edge(text, scouted.end);
            edges.then_some(scouted)
        })
    }
}

/// The word boundary that a pattern begins with, where it is its only one.
fn first_edge(hir: &Hir) -> Option<Look> {
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let (first, rest) = parts.split_first()?;
    let HirKind::Look(look) = first.kind() else { return None };
    let known =
        matches!(look, Look::WordUnicode | Look::WordStartUnicode | Look::WordStartHalfUnicode);
    let only = rest.iter().all(|part| !part.properties().look_set().iter().any(is_unicode_edge));
    (known && only).then_some(*look)
}

/// Whether a word boundary of this kind is at this byte.
fn holds(look: Look, text: &str, byte: usize) -> bool {
    let word = |c: char| regex_syntax::is_word_character(c);
    let before = text[..byte].chars().next_back().is_some_and(word);
    let after = text[byte..].chars().next().is_some_and(word);
    match look {
        Look::WordUnicode => before != after,
        Look::WordStartUnicode => !before && after,
        _ => !before,
    }
}
