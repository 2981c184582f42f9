//! Who is meant by words that do not name somebody: a description, a pronoun.

use std::ops::Range;

use super::super::attribution::{Cue, Sort, Who};
use super::super::cues::cues;
use super::{Manner, Reader};

impl Reader<'_> {
    pub(super) fn manner(&self, words: &Range<usize>, outlet: bool) -> Manner {
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

    /// Who is meant by a description: an outlet named before, somebody whom nobody names, or a body that needs no name.
    pub(super) fn described(
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
    pub(super) fn outlet_called(
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
    pub(super) fn outlet_before(&self, cue: &Cue, _: &Range<usize>) -> Option<Range<usize>> {
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
    pub(super) fn antecedent(
        &self,
        cue: &Cue,
        scope: &Range<usize>,
    ) -> Option<(Range<usize>, Manner)> {
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
}
