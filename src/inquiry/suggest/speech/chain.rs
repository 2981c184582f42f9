//! The cues that govern a span, and whom each adds to the chain of its speakers.

use std::ops::Range;

use super::super::attribution::{Cue, Sort, Who};
use super::super::cues::cues;
use super::{Candidate, Manner, Reader, Voice};
use crate::notebook::{Form, Source};
use crate::text::looks_anonymous;

impl Reader<'_> {
    /// The speakers whose cues govern a span, and whether it is denied.
    pub(super) fn governing(
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

    /// Whether a cue may say who says a span.
    pub(super) fn governs(&self, cue: &Cue, at: &Range<usize>) -> bool {
        let rule = &self.rule;
        match cue.sort {
            Sort::Source | Sort::Report | Sort::Relay | Sort::Impersonal => true,
            Sort::Citing => true,
            Sort::Conditional => false,
            Sort::Verb | Sort::Participle => {
                let after = cue.first >= at.end;
                // “[The words], although two of them deny it”
                let turns = |i: usize| {
                    matches!(
                        rule.key(i),
                        "although"
                            | "though"
                            | "but"
                            | "while"
                            | "mais"
                            | "quoique"
                            | "tandis"
                            | "alors"
                    )
                };
                if after && (at.end..cue.first).any(turns) {
                    return false;
                }
                // “[The words], said X” has a sign between.
                let apart = !after
                    || (at.end.saturating_sub(1)..cue.first)
                        .any(|i| !rule.tokens[i].is_word() || rule.tokens[i].range.is_empty());
                apart && !(cue.last < at.start && rule.in_closed_relative(cue.first, at.start))
            }
        }
    }

    pub(super) fn candidates(
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
}
