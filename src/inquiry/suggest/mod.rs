//! Suggestions: what could be tagged in an article, found by rules and word lists. Nothing is tagged without the user,
//! and nothing here learns. A test measures the quality of the rules on the sample articles (`tests/suggest.rs`).

mod attribution;
mod cues;
mod dates;
mod expressions;
mod kinds;
mod lexicon;
mod names;
mod numerals;
mod post;
mod speakers;
mod speech;
#[cfg(test)]
mod tests;
mod tokens;
mod word_forms;

use std::ops::Range;

pub use lexicon::{Lexicon, LexiconError, Lexicons, WordList};
pub use speech::{Manner, Speech, Tagged, Voice, is_cited, names_in_sentence, speech};

use crate::notebook::Kind;
use crate::text::Text;
use word_forms::WordForms;

/// What could be tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Bytes of the article's text.
    pub range: Range<usize>,
    /// The bytes within which a tagged item of its kind makes it obsolete: its own; of an attribution, its sentence.
    pub scope: Range<usize>,
    /// The rule that suggests it.
    pub rule: Rule,
}

/// A rule that suggests something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A name.
    Name,
    /// A handle: `@sama`.
    Handle,
    /// A source that is not named: “sources internes”.
    Unnamed,
    /// A date, in EDTF; empty where its value is not known.
    Date(String),
    /// Quoted words.
    Quote,
    /// Words that attribute, and who is named by them.
    Cue(Option<Range<usize>>),
}

impl Suggestion {
    /// The most likely kind of the suggested words.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.rule {
            Rule::Name | Rule::Handle | Rule::Unnamed => Kind::Actor,
            Rule::Date(_) => Kind::Event,
            Rule::Quote | Rule::Cue(_) => Kind::Claim,
        }
    }

    /// The name of the rule.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.rule {
            Rule::Name => "name",
            Rule::Handle => "handle",
            Rule::Unnamed => "unnamed source",
            Rule::Date(_) => "date",
            Rule::Quote => "quoted words",
            Rule::Cue(_) => "attribution",
        }
    }
}

/// What was found in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// In the order of the text; of two that begin together, the longer first.
    pub all: Vec<Suggestion>,
    /// Whether there may be more: more than are kept, or it was stopped.
    pub cut: bool,
}

/// The most suggestions kept for one article.
pub const MOST: usize = 20_000;

/// What the rules suggest in a text of this language and of this day (EDTF; may be empty). When `cancelled` returns
/// true, what was found so far.
///
/// ```
/// use casebook::inquiry::{Lexicons, suggest};
/// use casebook::text::Text;
///
/// let text = Text::new("Anne Kervel a démissionné, selon Le Guetteur.");
/// let (lexicons, _) = Lexicons::new(&[]);
/// let found = suggest(&text, "fr", "2031-03-14", &lexicons, &|| false, &|_| {});
/// let names: Vec<_> = found.all.iter().filter(|s| s.word() == "name").collect();
/// assert_eq!(text.get(names[0].range.clone()), Some("Anne Kervel"));
/// assert!(found.all.iter().any(|s| s.word() == "attribution"));
/// ```
#[must_use]
pub fn suggest(
    text: &Text,
    language: &str,
    date: &str,
    lexicons: &Lexicons,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Suggestions {
    let mut found = Suggestions::default();
    let Some(lexicon) = lexicons.of(language) else { return found };
    let today = dates::day_of(date);
    let cut = |piece: Range<usize>| tokens::tokens(text.as_str(), piece);
    let step = |i: usize, at: usize, half: f32| {
        if i.is_multiple_of(64) {
            progress(half + 0.5 * at as f32 / text.len() as f32);
        }
        cancelled()
    };
    let mut forms = WordForms::default();
    for (i, piece) in pieces(text).enumerate() {
        if step(i, piece.start, 0.0) {
            found.cut = true;
            return found;
        }
        forms.add(&cut(piece), lexicon);
    }
    for (i, piece) in pieces(text).enumerate() {
        if step(i, piece.start, 0.5) {
            found.cut = true;
            return found;
        }
        paragraph(text, &cut(piece), lexicon, &forms, today, &mut found.all);
        if found.all.len() > MOST {
            found.all.truncate(MOST);
            found.cut = true;
            break;
        }
    }
    found
}

/// A longer paragraph, in bytes, is looked through in pieces of about that length: what the rules look at takes many times
/// the room of the text.
const PIECE: usize = 128 << 10;
/// So far back from there, in bytes, a sentence's end is looked for to cut at.
const BACK: usize = 8 << 10;

/// The paragraphs of a text, long ones in pieces: cut after a sentence where one ends near, otherwise between words.
fn pieces(text: &Text) -> impl Iterator<Item = Range<usize>> + '_ {
    (0..text.paragraph_count()).flat_map(move |i| {
        let Range { start, end } = text.paragraph(i);
        let mut next = Some(start);
        std::iter::from_fn(move || {
            let from = next?;
            let to = if end - from <= PIECE {
                end
            } else {
                cut_before(text.as_str(), from, from + PIECE)
            };
            next = (to < end).then_some(to);
            Some(from..to)
        })
    })
}

/// Where a piece from there ends, at most at `most`: after its start.
fn cut_before(text: &str, from: usize, most: usize) -> usize {
    let most = text.floor_char_boundary(most);
    let back = text.floor_char_boundary(most - BACK);
    let near = text.get(back..most).unwrap_or("");
    let sentence = [". ", "! ", "? ", ".\u{a0}"].iter().filter_map(|end| near.rfind(end)).max();
    let cut = match sentence {
        Some(at) => back + at + 2,
        None => near.rfind(char::is_whitespace).map_or(most, |at| back + at),
    };
    let cut = text.floor_char_boundary(cut);
    if cut > from { cut } else { most }
}

/// The dates in a part of a text: their bytes and their values in EDTF, which are empty where they are not known.
#[must_use]
pub fn dates_in(
    text: &Text,
    part: Range<usize>,
    language: &str,
    date: &str,
    lexicons: &Lexicons,
) -> Vec<(Range<usize>, String)> {
    let Some(lexicon) = lexicons.of(language) else { return Vec::new() };
    let tokens = tokens::tokens(text.as_str(), text.snap(part));
    let found = dates::dates(text.as_str(), &tokens, lexicon, dates::day_of(date));
    found.into_iter().map(|date| (text.snap(date.range), date.value)).collect()
}

/// The date expressed by these words in an article of this language and of this day (EDTF), in EDTF.
#[must_use]
pub fn read_date(words: &str, language: &str, date: &str, lexicons: &Lexicons) -> Option<String> {
    let tokens = tokens::tokens(words, 0..words.len());
    let found = dates::dates(words, &tokens, lexicons.of(language)?, dates::day_of(date));
    found.into_iter().map(|date| date.value).find(|value| !value.is_empty())
}

fn paragraph(
    text: &Text,
    tokens: &[tokens::Token],
    lexicon: &Lexicon,
    forms: &WordForms,
    today: Option<jiff::civil::Date>,
    all: &mut Vec<Suggestion>,
) {
    let from = all.len();
    let dates = dates::dates(text.as_str(), tokens, lexicon, today);
    let in_date = |range: &Range<usize>| {
        let next = dates.partition_point(|date| date.range.end <= range.start);
        dates.get(next).is_some_and(|date| date.range.start < range.end)
    };
    let mut names = names::names(text, tokens, lexicon, forms);
    names.retain(|name| !in_date(name));
    let rule = attribution::Rule { text: text.as_str(), tokens, lexicon, names: &names };
    for cue in cues::cues(&rule, false) {
        // “Omar bin Said”
        let part = |name: &Range<usize>| name.start < cue.range.start && cue.range.end <= name.end;
        if names.iter().any(part) {
            continue;
        }
        let scope = text.sentence_at(cue.range.start);
        let unnamed = rule.unnamed(&cue);
        let speaker = rule.speaker(&cue);
        all.push(Suggestion { range: cue.range, scope, rule: Rule::Cue(speaker) });
        let unnamed =
            unnamed.map(|range| Suggestion { scope: range.clone(), range, rule: Rule::Unnamed });
        // Two cues may name one source.
        all.extend(unnamed.filter(|new| !all[from..].contains(new)));
    }
    let simple = |range: Range<usize>, rule| Suggestion { scope: range.clone(), range, rule };
    let handles = tokens.iter().filter(|token| token.kind == tokens::Kind::Handle);
    all.extend(handles.map(|token| simple(token.range.clone(), Rule::Handle)));
    all.extend(names.into_iter().map(|range| simple(range, Rule::Name)));
    all.extend(dates.into_iter().map(|date| simple(date.range, Rule::Date(date.value))));
    all.extend(cues::quotes(tokens).into_iter().map(|range| simple(range, Rule::Quote)));
    for suggestion in &mut all[from..] {
        suggestion.range = text.snap(suggestion.range.clone());
        suggestion.scope = text.snap(suggestion.scope.clone());
    }
    all[from..].sort_by_key(|s| (s.range.start, std::cmp::Reverse(s.range.end)));
}
