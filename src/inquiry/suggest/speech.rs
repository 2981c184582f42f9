//! Who says the words of a span, as the rules read it around them: the chain of speakers, how sure they are, and in
//! whose words.
//!
//! Only the sentence counts, up to its semicolons; words of hearsay that name nobody go on with the source of the
//! sentence before. Of several speakers, an outlet is nearer to the article than somebody named, and a source that is
//! not named is the furthest: “selon des sources internes, …, selon un rapport de Wired” is Wired ← internal sources.

use std::ops::Range;

use super::cues::{Cue, Rule, Sort, cues, is_conditional};
use super::lexicon::Lexicon;
use super::names::names;
use super::post::posted_by;
use super::speakers::Who;
use super::tokens::{Token, tokens};
use super::word_forms::WordForms;
use crate::notebook::{Form, Modality, Polarity, Source};
use crate::text::{Text, looks_anonymous};

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

    /// The sentence of a span, with the whole of a quotation that it stands in, as tokens.
    fn sentence(&self, span: &Range<usize>, at: &Range<usize>) -> Range<usize> {
        let tokens = self.rule.tokens;
        let first = self.text.sentence_at(span.start).start;
        let last = self.text.sentence_at(self.text.as_str().floor_char_boundary(span.end - 1)).end;
        let mut range = self.within(&(first..last.max(span.end)));
        range = range.start.min(at.start)..range.end.max(at.end);
        // A quotation of several sentences has one speaker, who stands before or after it.
        if tokens[at.start].quoted {
            let open = (0..at.start).rev().find(|i| !tokens[*i].quoted);
            if let Some(open) = open.filter(|open| *open < range.start) {
                let before = self.text.sentence_at(tokens[open].range.start).start;
                range.start = self.within(&(before..span.end)).start.min(range.start);
            }
        }
        if let Some(token) = tokens.get(at.end.saturating_sub(1)).filter(|token| token.quoted) {
            let close = (at.end - 1..tokens.len()).find(|i| !tokens[*i].quoted);
            if let Some(close) = close.filter(|close| *close >= range.end || token.range.end > last)
            {
                let sentence = self.text.sentence_at(tokens[close].range.start).end;
                range.end = self.within(&(span.start..sentence)).end.max(range.end);
            }
        }
        self.up_to_semicolons(range, at)
    }

    /// The part of a sentence between semicolons that a span stands in.
    fn up_to_semicolons(&self, sentence: Range<usize>, at: &Range<usize>) -> Range<usize> {
        let ends = |i: &usize| self.rule.tokens[*i].is(";") && !self.rule.tokens[*i].quoted;
        let start = (sentence.start..at.start).rev().find(ends).map_or(sentence.start, |i| i + 1);
        let end = (at.end..sentence.end).find(ends).unwrap_or(sentence.end);
        start..end
    }

    /// The parts of a sentence that begin with “, and”, “, but”.
    fn clauses(&self, sentence: &Range<usize>) -> Vec<Range<usize>> {
        let rule = &self.rule;
        let mut found = Vec::new();
        let mut start = sentence.start;
        for i in sentence.start + 1..sentence.end {
            let opens = rule.lexicon.clauses.contains(rule.key(i)) && !rule.tokens[i].quoted;
            if opens && rule.tokens[i - 1].is(",") {
                found.push(start..i);
                start = i;
            }
        }
        found.push(start..sentence.end);
        found
    }

    /// The speakers whose cues govern a span, and whether it is denied.
    fn governing(
        &self,
        sentence: &Range<usize>,
        at: &Range<usize>,
        form: Form,
    ) -> (Vec<Candidate>, bool) {
        let rule = &self.rule;
        let outside: Vec<Cue> = cues(rule, false)
            .into_iter()
            .filter(|cue| sentence.contains(&cue.first) && self.governs(cue, at))
            .collect();
        let clauses = self.clauses(sentence);
        let own = |cue: &&Cue| {
            clauses.iter().any(|clause| {
                clause.contains(&cue.first) && clause.start < at.end && at.start < clause.end
            })
        };
        let opening = |cue: &&Cue| {
            matches!(cue.sort, Sort::Source | Sort::Report | Sort::Relay)
                && clauses.first().is_some_and(|first| {
                    first.contains(&cue.first)
                        && cue.first < at.start
                        && !rule.tokens[sentence.start..cue.first].iter().any(|token| token.is(","))
                })
        };
        let mut chosen: Vec<&Cue> = outside.iter().filter(own).collect();
        let speaks = |cue: &&Cue| !matches!(cue.sort, Sort::Conditional | Sort::Impersonal);
        if !chosen.iter().any(speaks) {
            chosen = outside.iter().filter(opening).collect();
        }
        if !chosen.iter().any(speaks) {
            // “Nous …, a répondu X, et …”; “X fait ceci, et cela, selon Y”.
            chosen = outside.iter().collect();
        }
        let denied = chosen
            .iter()
            .filter(|cue| matches!(cue.sort, Sort::Verb | Sort::Participle) && rule.denies(cue))
            .count()
            % 2
            == 1;
        let mut found: Vec<Candidate> =
            chosen.into_iter().flat_map(|cue| self.candidates(cue, sentence, at, 0)).collect();
        if found.is_empty() {
            found.extend(self.introduced(sentence, at));
        } else if let Some(outer) = self.announced(sentence, &found) {
            found.push(outer);
        }
        // What is cited inside a quotation is further from the article than who is quoted.
        if form == Form::Direct {
            let quote = self.quotation(at);
            let inner = cues(rule, true).into_iter().filter(|cue| quote.contains(&cue.first));
            found.extend(inner.flat_map(|cue| {
                let deeper = self.candidates(&cue, &quote, at, 10);
                deeper.into_iter().filter(move |inner| {
                    inner.voice.manner == Manner::Unnamed
                        || matches!(cue.sort, Sort::Source | Sort::Relay | Sort::Report)
                })
            }));
        }
        (found, denied)
    }

    /// The tokens of the quotation that a span stands in.
    fn quotation(&self, at: &Range<usize>) -> Range<usize> {
        let tokens = self.rule.tokens;
        let start = (0..at.start).rev().find(|i| !tokens[*i].quoted).map_or(0, |i| i + 1);
        let end = (at.end..tokens.len()).find(|i| !tokens[*i].quoted).unwrap_or(tokens.len());
        start..end
    }

    /// Whether a cue may say who says a span.
    fn governs(&self, cue: &Cue, at: &Range<usize>) -> bool {
        let rule = &self.rule;
        match cue.sort {
            Sort::Source | Sort::Report | Sort::Relay | Sort::Impersonal => true,
            Sort::Citing => true,
            Sort::Conditional => false,
            Sort::Verb | Sort::Participle => {
                let after = cue.first >= at.end;
                // “[The words], said X” has a sign between.
                let apart = !after
                    || (at.end.saturating_sub(1)..cue.first)
                        .any(|i| !rule.tokens[i].is_word() || rule.tokens[i].range.is_empty());
                apart && !(cue.last < at.start && rule.in_closed_relative(cue.first, at.start))
            }
        }
    }

    fn manner(&self, words: &Range<usize>, outlet: bool) -> Manner {
        if let Some(tag) = self.tagged.iter().find(|tag| tag.range == *words) {
            return tag.manner;
        }
        let text = &self.rule.text[words.clone()];
        let article = text.split_whitespace().next().is_some_and(|first| {
            self.rule.lexicon.articles.contains(&crate::text::fold(first))
                && first.chars().next().is_some_and(char::is_uppercase)
        });
        if outlet || article && text.contains(' ') { Manner::Outlet } else { Manner::Named }
    }

    fn candidates(
        &self,
        cue: &Cue,
        scope: &Range<usize>,
        at: &Range<usize>,
        deeper: u8,
    ) -> Vec<Candidate> {
        let rule = &self.rule;
        let distance = if cue.last < at.start {
            at.start - cue.last
        } else {
            cue.first.saturating_sub(at.end)
        };
        let goes_on = matches!(cue.sort, Sort::Source | Sort::Report | Sort::Relay);
        let mut found = Vec::new();
        let mut add = |who: Option<Who>, weight: u8, outlet: bool| {
            let (words, manner) = match who {
                Some(Who::Name(words)) => {
                    let manner = self.manner(&words, outlet);
                    (words, manner)
                }
                Some(Who::Unnamed(words)) => {
                    let tag = self.tagged.iter().find(|tag| {
                        words.start <= tag.range.start
                            && tag.range.end <= words.end
                            && tag.manner == Manner::Unnamed
                    });
                    match tag {
                        Some(tag) => (tag.range.clone(), Manner::Unnamed),
                        None => (rule.without_article(words), Manner::Unnamed),
                    }
                }
                Some(Who::Described(words)) => match self.described(words, cue, scope) {
                    Some(found) => found,
                    None => return,
                },
                Some(Who::Pronoun) => match self.antecedent(cue, scope) {
                    Some(found) => found,
                    None => return,
                },
                None => return,
            };
            let weight = match manner {
                Manner::Unnamed => 20,
                Manner::Outlet => weight.max(60),
                Manner::Named | Manner::Described => weight,
            };
            let voice = Voice { words, cue: cue.range.clone(), manner, source: Source::Reported };
            found.push(Candidate {
                voice,
                weight: weight.saturating_sub(deeper),
                distance,
                goes_on,
            });
        };
        match cue.sort {
            Sort::Source => add(rule.after(cue.last), 50, false),
            Sort::Report => add(rule.after(cue.last), 65, true),
            Sort::Relay => {
                add(rule.after(cue.last), 70, true);
                if cues(rule, rule.tokens[cue.first].quoted).iter().all(|other| {
                    other.last + 1 + 9 < cue.first
                        || other.first >= cue.first
                        || !matches!(other.sort, Sort::Source)
                }) {
                    // “Des salariés cités par X affirment”
                    let before = (scope.start..cue.first).rev().take(8).find(|i| {
                        looks_anonymous(&rule.text[rule.span(*i, cue.first - 1)])
                            && (*i == scope.start
                                || rule.lexicon.determiners.contains(rule.key(*i)))
                    });
                    add(
                        before.map(|first| Who::Unnamed(rule.span(first, cue.first - 1))),
                        20,
                        false,
                    );
                }
            }
            Sort::Citing => {
                add(rule.subject(cue), 60, false);
                let cited = rule
                    .after(cue.last)
                    .filter(|who| !matches!(who, Who::Described(_) | Who::Pronoun));
                add(cited, 30, false);
            }
            Sort::Verb | Sort::Participle => {
                add(rule.subject(cue), 40, false);
                if let Some((words, outlet)) = rule.told(cue) {
                    let manner = self.manner(&words, outlet);
                    if manner == Manner::Outlet {
                        let known = self.outlet_called(&words, cue, scope);
                        add(Some(Who::Name(known.unwrap_or(words))), 62, true);
                    }
                }
            }
            Sort::Impersonal | Sort::Conditional => {}
        }
        found
    }

    /// Who is meant by a description: an outlet named before, somebody whom nobody names, or a body that needs no name.
    fn described(
        &self,
        words: Range<usize>,
        cue: &Cue,
        scope: &Range<usize>,
    ) -> Option<(Range<usize>, Manner)> {
        let rule = &self.rule;
        if let Some(tag) = self
            .tagged
            .iter()
            .find(|tag| tag.range.start < words.end && words.start < tag.range.end)
        {
            return Some((tag.range.clone(), tag.manner));
        }
        let at = self.within(&words);
        let called = at.clone().any(|i| rule.lexicon.outlets.contains(rule.key(i)));
        if called {
            return self.outlet_before(cue, scope).map(|words| (words, Manner::Outlet));
        }
        let body = rule.lexicon.groups.among(&rule.tokens[at.clone()])
            || rule.lexicon.public_bodies.among(&rule.tokens[at.clone()])
            || at.clone().any(|i| rule.lexicon.suffixes.contains(rule.key(i)));
        let first = rule.key(at.start);
        let definite = matches!(
            first,
            "le" | "la"
                | "les"
                | "l'"
                | "the"
                | "ce"
                | "cet"
                | "cette"
                | "ces"
                | "this"
                | "these"
                | "his"
                | "her"
                | "its"
                | "son"
                | "sa"
                | "ses"
        );
        if body {
            return Some((rule.without_article(words), Manner::Described));
        }
        let press = at.clone().any(|i| rule.lexicon.press.contains(rule.key(i)));
        (press && !definite).then_some((words, Manner::Unnamed))
    }

    /// The outlet that words mean which call it one: “le quotidien”.
    fn outlet_called(
        &self,
        words: &Range<usize>,
        cue: &Cue,
        scope: &Range<usize>,
    ) -> Option<Range<usize>> {
        let at = self.within(words);
        let called = at.into_iter().any(|i| self.rule.lexicon.outlets.contains(self.rule.key(i)));
        let tagged = self.tagged.iter().any(|tag| tag.range == *words);
        if called && !tagged { self.outlet_before(cue, scope) } else { None }
    }

    /// The outlet named last before a cue.
    fn outlet_before(&self, cue: &Cue, _: &Range<usize>) -> Option<Range<usize>> {
        let rule = &self.rule;
        let start = rule.tokens[cue.first].range.start;
        let tagged = self
            .tagged
            .iter()
            .filter(|tag| tag.manner == Manner::Outlet && tag.range.end <= start)
            .map(|tag| tag.range.clone())
            .max_by_key(|range| range.start);
        let named =
            cues(rule, false).into_iter().rev().filter(|other| other.first < cue.first).find_map(
                |other| match other.sort {
                    Sort::Source | Sort::Report | Sort::Relay => match rule.after(other.last)? {
                        Who::Name(words) => Some(words),
                        _ => None,
                    },
                    Sort::Verb => rule
                        .told(&other)
                        .filter(|(words, outlet)| self.manner(words, *outlet) == Manner::Outlet)
                        .map(|told| told.0),
                    _ => None,
                },
            );
        match (tagged, named) {
            (Some(tagged), Some(named)) => {
                Some(if tagged.start >= named.start { tagged } else { named })
            }
            (tagged, named) => tagged.or(named),
        }
    }

    /// Whom a pronoun means: who spoke last before, or is named first in the part before the semicolon.
    fn antecedent(&self, cue: &Cue, scope: &Range<usize>) -> Option<(Range<usize>, Manner)> {
        let rule = &self.rule;
        let earlier = cues(rule, false).into_iter().rev().filter(|other| other.last < scope.start);
        let spoke = earlier.filter(|other| matches!(other.sort, Sort::Verb)).find_map(|other| {
            match rule.subject(&other)? {
                Who::Name(words) => Some(words),
                _ => None,
            }
        });
        let part = scope.start.checked_sub(1).filter(|at| rule.tokens[*at].is(";"));
        let named = part.and_then(|end| {
            let start = self.text.sentence_at(rule.tokens[end].range.start).start;
            let next = rule.names.partition_point(|name| name.start < start);
            rule.names.get(next).filter(|name| name.end <= rule.tokens[end].range.start).cloned()
        });
        let words = if part.is_some() { named.or(spoke) } else { spoke }?;
        let _ = cue;
        let manner = self.manner(&words, false);
        Some((words, manner))
    }

    /// Who introduces a quotation by a colon: “Un cadre, qui refuse d’être nommé, n’y croit guère : « … »”.
    fn introduced(&self, sentence: &Range<usize>, at: &Range<usize>) -> Option<Candidate> {
        let rule = &self.rule;
        let first = &rule.tokens[at.start];
        if !first.quoted {
            return None;
        }
        let open = (sentence.start..at.start).rev().find(|i| !rule.tokens[*i].quoted)?;
        let colon = open.checked_sub(1).filter(|colon| rule.tokens[*colon].is(":"))?;
        let end = (sentence.start..colon).find(|i| rule.tokens[*i].is(",")).unwrap_or(colon);
        let whole = (sentence.start + 1..=end).rev().find(|end| {
            looks_anonymous(&rule.text[rule.span(sentence.start, end - 1)])
                && *end - sentence.start <= 6
        });
        let (words, manner) = match whole {
            Some(end) => {
                (rule.without_article(rule.span(sentence.start, end - 1)), Manner::Unnamed)
            }
            None => {
                let next = rule
                    .names
                    .partition_point(|name| name.start < rule.tokens[sentence.start].range.start);
                let name = rule
                    .names
                    .get(next)
                    .filter(|name| name.end <= rule.tokens[colon].range.start)?
                    .clone();
                let manner = self.manner(&name, false);
                (name, manner)
            }
        };
        let cue = rule.tokens[colon].range.clone();
        let voice = Voice { words, cue, manner, source: Source::Reported };
        Some(Candidate { voice, weight: 40, distance: at.start - colon, goes_on: false })
    }

    /// Who announces by a colon what others say: “Demi-brasse va plus loin : selon …”.
    fn announced(&self, sentence: &Range<usize>, found: &[Candidate]) -> Option<Candidate> {
        let rule = &self.rule;
        if !found.iter().all(|candidate| candidate.voice.manner == Manner::Unnamed) {
            return None;
        }
        let colon = (sentence.start..sentence.end).find(|i| rule.tokens[*i].is(":"))?;
        let after = found.iter().all(|one| one.voice.cue.start > rule.tokens[colon].range.start);
        let next =
            rule.names.partition_point(|name| name.start < rule.tokens[sentence.start].range.start);
        let name = rule
            .names
            .get(next)
            .filter(|name| after && name.end <= rule.tokens[colon].range.start)?;
        let begins = self.within(&(rule.tokens[sentence.start].range.start..name.start)).len() <= 1;
        let cue = name.end..rule.tokens[colon].range.start;
        let cue = self.text.trim(cue);
        let manner = self.manner(name, false);
        let voice = Voice { words: name.clone(), cue, manner, source: Source::Reported };
        begins.then_some(Candidate { voice, weight: 60, distance: 0, goes_on: true })
    }

    /// The sources of the sentence before, which hearsay goes on with.
    fn before(&self, sentence: &Range<usize>, back: usize) -> Vec<Candidate> {
        let rule = &self.rule;
        let Some(last) = sentence.start.checked_sub(1).filter(|_| back > 0) else {
            return Vec::new();
        };
        let at = &rule.tokens[last];
        let range = self.text.sentence_at(at.range.start);
        let mut previous = self.within(&range);
        previous.end = previous.end.min(sentence.start);
        if previous.is_empty() {
            return Vec::new();
        }
        let (mut found, _) = self.governing(&previous, &previous, Form::Indirect);
        found.retain(|candidate| candidate.goes_on);
        if found.is_empty()
            && rule.tokens[previous.clone()]
                .iter()
                .any(|token| is_conditional(&rule.text[token.range.clone()], rule.lexicon))
        {
            return self.before(&previous, back - 1);
        }
        found
    }

    /// How sure the words of a span are said, with the words of its clause before it.
    fn hedge(&self, sentence: &Range<usize>, at: &Range<usize>, form: Form) -> Modality {
        let rule = &self.rule;
        let quoted = form == Form::Direct;
        let stops = |i: &usize| {
            let token = &rule.tokens[*i];
            matches!(token.key.as_str(), "," | ":" | ";" | "(" | ")") || token.quoted != quoted
        };
        let start = (sentence.start..at.start).rev().find(stops).map_or(sentence.start, |i| i + 1);
        let tail = at.end + usize::from(rule.tokens.get(at.end).is_some_and(|token| token.is(",")));
        let follows = |expressions: &super::expressions::Expressions| {
            sentence.contains(&tail) && expressions.at(rule.tokens, tail).is_some()
        };
        let clause = &rule.tokens[start..at.end];
        let conditional = clause
            .iter()
            .any(|token| is_conditional(&rule.text[token.range.clone()], rule.lexicon));
        let told = cues(rule, false).iter().any(|cue| {
            sentence.contains(&cue.first)
                && matches!(cue.sort, Sort::Verb)
                && matches!(
                    rule.key(cue.last),
                    "said"
                        | "told"
                        | "wrote"
                        | "promised"
                        | "warned"
                        | "reported"
                        | "announced"
                        | "declared"
                )
        });
        let lexicon = rule.lexicon;
        let possible = (start..at.end).any(|i| {
            lexicon.possible.at(rule.tokens, i).is_some_and(|_| {
                // “He said it would” is the future told in the past; “May” is a month.
                let future = told && matches!(rule.key(i), "would" | "could");
                let month = rule.key(i) == "may" && rule.tokens[i].capital;
                !future && !month
            })
        }) || follows(&lexicon.possible);
        let probable = lexicon.probable.among(clause) || follows(&lexicon.probable);
        if conditional || possible {
            Modality::Possible
        } else if probable {
            Modality::Probable
        } else {
            Modality::Certain
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
