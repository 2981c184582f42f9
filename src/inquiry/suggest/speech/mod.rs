//! Who says the words of a span, as the rules read it around them: the chain of speakers, how sure they are, and in
//! whose words.
//!
//! Only the sentence counts, up to its semicolons; words of hearsay that name nobody go on with the source of the
//! sentence before. Of several speakers, an outlet is nearer to the article than somebody named, and a source that is
//! not named is the furthest: “selon des sources internes, …, selon un rapport de Wired” is Wired ← internal sources.

mod beside;
mod chain;
mod hedges;
mod meant;
mod reach;

use std::ops::Range;

use super::attribution::{Rule, Sort, Who, is_conditional};
use super::cues::cues;
use super::lexicon::Lexicon;
use super::names::names;
use super::post::posted_by;
use super::tokens::{Token, tokens};
use super::word_forms::WordForms;
use crate::notebook::{Form, Modality, Polarity, Source};
use crate::text::Text;

/// Who says the words of a span, how surely, and in whose words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    /// The speakers, nearest to the article first.
    pub voices: Vec<Voice>,
    /// How sure they are.
    pub modality: Modality,
    /// Whether they affirm or deny.
    pub polarity: Polarity,
    /// In whose words.
    pub form: Form,
}

/// A speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The words that name or describe the speaker: bytes of the article's text.
    pub words: Range<usize>,
    /// The words that attribute.
    pub cue: Range<usize>,
    /// How the words mean the speaker.
    pub manner: Manner,
    /// Whether the speaker's own words are there to read: a post.
    pub source: Source,
}

/// How words mean a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// By a name.
    Named,
    /// By the name of an outlet.
    Outlet,
    /// By a description of somebody who is not named.
    Unnamed,
    /// By a description of somebody known: “the board”.
    Described,
}

/// Whether the words of a span are the name of somebody who is a source there, as outlets are: “selon Bloomberg”, “cited
/// by Bloomberg”.
#[must_use]
pub fn is_cited(text: &Text, span: &Range<usize>, lexicon: &Lexicon, tagged: &[Tagged]) -> bool {
    let near = clip(text, span, REACH);
    let paragraph = text.paragraph(text.paragraph_at(span.start));
    let all = tokens(text.as_str(), paragraph.start.max(near.start)..paragraph.end.min(near.end));
    let names = names_near(text, span, &all, lexicon, tagged);
    let rule = Rule { text: text.as_str(), tokens: &all, lexicon, names: &names };
    let is = |who: Option<Who>| matches!(who, Some(Who::Name(name)) if name == *span);
    cues(&rule, false).iter().any(|cue| match cue.sort {
        Sort::Source | Sort::Report | Sort::Relay => is(rule.after(cue.last)),
        Sort::Citing => is(rule.subject(cue)),
        _ => false,
    })
}

/// The names that the rules find in the sentence of a span, beside those that are tagged.
#[must_use]
pub fn names_in_sentence(
    text: &Text,
    span: &Range<usize>,
    lexicon: &Lexicon,
    tagged: &[Tagged],
) -> Vec<Range<usize>> {
    let near = clip(text, span, REACH);
    let sentence = text.sentence_at(span.start);
    let sentence = sentence.start.max(near.start)..sentence.end.min(near.end);
    let all = tokens(text.as_str(), sentence);
    let mut names = names_near(text, span, &all, lexicon, tagged);
    names.retain(|name| !tagged.iter().any(|tag| tag.range == *name));
    names
}

/// Words that are tagged as an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Bytes of the article's text.
    pub range: Range<usize>,
    /// How they mean the actor.
    pub manner: Manner,
}

/// The most speakers of a chain.
const MOST: usize = 5;
/// So much of a long paragraph before and after the span is looked at, in bytes.
const REACH: usize = 16 << 10;
/// So much of the article before and after the span shows in which forms its words occur, in bytes.
const AROUND: usize = 96 << 10;
/// So many sentences back hearsay goes on.
const BACK: usize = 3;

/// Who says the words of a span in a text of this language. `tagged` are the actors tagged near it.
#[must_use]
pub fn speech(text: &Text, span: Range<usize>, lexicon: &Lexicon, tagged: &[Tagged]) -> Speech {
    let span = text.snap(text.trim(span));
    if span.is_empty() {
        return Speech::default();
    }
    let near = clip(text, &span, REACH);
    let paragraph = text.paragraph(text.paragraph_at(span.start));
    let last = text.paragraph(text.paragraph_at(span.end.saturating_sub(1).max(span.start)));
    let region = paragraph.start.max(near.start)..last.end.min(near.end);
    let all = tokens(text.as_str(), region);
    let names = names_near(text, &span, &all, lexicon, tagged);
    let rule = Rule { text: text.as_str(), tokens: &all, lexicon, names: &names };
    Reader { text, rule, tagged }.read(&span)
}

/// So much around a span, between characters.
fn clip(text: &Text, span: &Range<usize>, reach: usize) -> Range<usize> {
    let all = text.as_str();
    let start = all.floor_char_boundary(span.start.saturating_sub(reach));
    let end = all.ceil_char_boundary(span.end.saturating_add(reach).min(all.len()));
    start..end
}

/// The names among these tokens: those that are tagged, and those that the rules find beside them.
fn names_near(
    text: &Text,
    span: &Range<usize>,
    all: &[Token],
    lexicon: &Lexicon,
    tagged: &[Tagged],
) -> Vec<Range<usize>> {
    let around = clip(text, span, AROUND);
    let mut forms = WordForms::default();
    for i in text.paragraph_at(around.start)..=text.paragraph_at(around.end) {
        let Range { start, end } = text.paragraph(i);
        forms.add(
            &tokens(text.as_str(), start.max(around.start)..end.min(around.end).max(start)),
            lexicon,
        );
    }
    let mut found: Vec<Range<usize>> = tagged.iter().map(|tag| tag.range.clone()).collect();
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|range| {
        let free = range.start >= end && range.start < range.end;
        end = if free { range.end } else { end };
        free
    });
    let overlaps = |name: &Range<usize>| {
        let next = found.partition_point(|tag| tag.end <= name.start);
        found.get(next).is_some_and(|tag| tag.start < name.end)
    };
    let mut new = names(text, all, lexicon, &forms);
    new.retain(|name| !overlaps(name));
    found.extend(new);
    found.sort_by_key(|range| range.start);
    found
}

/// A speaker on the way to its place in the chain.
struct Candidate {
    voice: Voice,
    /// Nearer to the article where it is more.
    weight: u8,
    /// Tokens between the span and the cue.
    distance: usize,
    /// The cue attributes without a verb: its source goes on in hearsay that follows.
    goes_on: bool,
}

struct Reader<'a> {
    text: &'a Text,
    rule: Rule<'a>,
    tagged: &'a [Tagged],
}

impl Reader<'_> {
    /// The tokens that begin within these bytes.
    fn within(&self, bytes: &Range<usize>) -> Range<usize> {
        let tokens = self.rule.tokens;
        let first = tokens.partition_point(|token| token.range.start < bytes.start);
        first..tokens.partition_point(|token| token.range.start < bytes.end)
    }

    fn read(&self, span: &Range<usize>) -> Speech {
        let at = self.within(span);
        if at.is_empty() {
            return Speech::default();
        }
        let form = self.form(&at);
        if let Some(byline) = posted_by(self.text, span.start) {
            return self.read_post(&at, &byline.name, &byline.words);
        }
        let sentence = self.sentence(span, &at);
        let (mut found, denied) = self.governing(&sentence, &at, form);
        let hedge = self.hedge(&sentence, &at, form);
        let hearsay = |token: &Token| {
            !token.quoted && is_conditional(&self.rule.text[token.range.clone()], self.rule.lexicon)
        };
        if found.is_empty() && self.rule.tokens[sentence.clone()].iter().any(hearsay) {
            found = self.before(&sentence, BACK);
        }
        Speech {
            voices: in_order(self.rule.text, found),
            modality: hedge,
            polarity: if denied { Polarity::Denies } else { Polarity::Affirms },
            form,
        }
    }

    /// A line of a post: its author says so, and whoever is cited in the line.
    fn read_post(&self, at: &Range<usize>, name: &Range<usize>, words: &Range<usize>) -> Speech {
        let line = self.rule.tokens[at.start].range.start;
        let line = self.within(&self.text.paragraph(self.text.paragraph_at(line)));
        let (inner, denied) = self.governing(&line, at, Form::Indirect);
        let author = Voice {
            words: name.clone(),
            cue: words.clone(),
            manner: Manner::Named,
            source: Source::Read,
        };
        let form = if inner.is_empty() { Form::Direct } else { Form::Indirect };
        let mut voices = vec![author];
        voices.extend(
            in_order(self.rule.text, inner)
                .into_iter()
                .filter(|voice| voice.words.end <= name.start),
        );
        voices.truncate(MOST);
        Speech {
            voices,
            modality: self.hedge(&line, at, Form::Indirect),
            polarity: if denied { Polarity::Denies } else { Polarity::Affirms },
            form,
        }
    }

    /// Whose words a span is: all of its words in quotation marks, some, or none.
    fn form(&self, at: &Range<usize>) -> Form {
        let words = self.rule.tokens[at.clone()].iter().filter(|token| token.is_word());
        let (quoted, all) = words
            .fold((0, 0), |(quoted, all), token| (quoted + usize::from(token.quoted), all + 1));
        match quoted {
            0 => Form::Indirect,
            _ if quoted == all => Form::Direct,
            _ => Form::Mixed,
        }
    }
}

/// The speakers in the order of the chain, each once.
fn in_order(text: &str, mut found: Vec<Candidate>) -> Vec<Voice> {
    found.sort_by(|a, b| {
        (b.weight, b.distance, a.voice.cue.start).cmp(&(a.weight, a.distance, b.voice.cue.start))
    });
    let mut voices: Vec<Voice> = Vec::new();
    for Candidate { voice, .. } in found {
        let key = |voice: &Voice| crate::text::fold(&text[voice.words.clone()]);
        let same = |other: &Voice| {
            other.words.start < voice.words.end && voice.words.start < other.words.end
                || key(other) == key(&voice)
        };
        if !voices.iter().any(same) && voices.len() < MOST {
            voices.push(voice);
        }
    }
    voices
}
