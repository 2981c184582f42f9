//! How sure a statement is: hedges and the conditional of hearsay.

use std::ops::Range;

use super::super::attribution::{Sort, is_conditional};
use super::super::cues::cues;
use super::super::expressions::Expressions;
use super::Reader;
use crate::notebook::{Form, Modality};

impl Reader<'_> {
    /// How sure the words of a span are said, with the words of its clause before it.
    pub(super) fn hedge(&self, sentence: &Range<usize>, at: &Range<usize>, form: Form) -> Modality {
        let rule = &self.rule;
        let quoted = form == Form::Direct;
        let stops = |i: &usize| {
            let token = &rule.tokens[*i];
            matches!(token.key.as_str(), "," | ":" | ";" | "(" | ")") || token.quoted != quoted
        };
        let start = (sentence.start..at.start).rev().find(stops).map_or(sentence.start, |i| i + 1);
        let tail = at.end + usize::from(rule.tokens.get(at.end).is_some_and(|token| token.is(",")));
        let follows = |expressions: &Expressions| {
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
