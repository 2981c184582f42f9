//! Speakers that no cue names: who introduces by a colon, and the sources of the sentence before.

use std::ops::Range;

use super::super::attribution::is_conditional;
use super::{Candidate, Manner, Reader, Voice};
use crate::notebook::{Form, Source};
use crate::text::looks_anonymous;

impl Reader<'_> {
    /// Who introduces a quotation by a colon: “Un cadre, qui refuse d’être nommé, n’y croit guère : « … »”.
    pub(super) fn introduced(
        &self,
        sentence: &Range<usize>,
        at: &Range<usize>,
    ) -> Option<Candidate> {
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
    pub(super) fn announced(
        &self,
        sentence: &Range<usize>,
        found: &[Candidate],
    ) -> Option<Candidate> {
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
    pub(super) fn before(&self, sentence: &Range<usize>, back: usize) -> Vec<Candidate> {
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
}
