//! Attribution: words that show that somebody else says something, and quoted speech. Who that is, is found in
//! `speakers`.
//!
//! The French conditional of hearsay (“aurait caché”) is recognised by its form: an infinitive with the endings of the
//! imperfect (Grevisse, *Le bon usage*, on the “conditionnel d’emprunt”). Inside quotation marks nothing is a cue of the
//! article's: the words there are the speaker's, and so are the cues among them.

use std::ops::Range;

use super::attribution::{Cue, Rule, Sort, Who, is_conditional};
use super::tokens::Token;

/// The cues outside quotation marks, or those inside, in order.
pub(super) fn cues(rule: &Rule<'_>, quoted: bool) -> Vec<Cue> {
    let tokens = rule.tokens;
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if let Some(last) = rule.lexicon.no_cues.at(tokens, i) {
            i = last + 1;
            continue;
        }
        let cue = (tokens[i].quoted == quoted && tokens[i].is_word()).then(|| rule.cue(i));
        match cue.flatten() {
            Some((last, sort)) => {
                let range = tokens[i].range.start..tokens[last].range.end;
                found.push(Cue { first: i, last, range, sort });
                i = last + 1;
            }
            None => i += 1,
        }
    }
    found
}

impl Rule<'_> {
    /// The last token of the cue that begins here, and its sort.
    fn cue(&self, i: usize) -> Option<(usize, Sort)> {
        self.expression(i).or_else(|| self.verb(i))
    }

    /// The longest expression that begins here.
    pub(super) fn expression(&self, i: usize) -> Option<(usize, Sort)> {
        let words = self.lexicon;
        let mut found: Option<(usize, Sort)> = None;
        for (expressions, sort) in [
            (&words.relays, Sort::Relay),
            (&words.citing, Sort::Citing),
            (&words.reports, Sort::Report),
            (&words.cues, Sort::Source),
            (&words.after_speaker, Sort::Verb),
            (&words.impersonal, Sort::Impersonal),
        ] {
            let Some(last) = expressions.at(self.tokens, i) else { continue };
            let longer = found.is_none_or(|(longest, _)| last > longest);
            let fits = match sort {
                // “un rapport de force”, “rapport d’audit”
                Sort::Report => self.name_soon_after(last),
                // “la cité”
                Sort::Citing => last > i || !self.is_noun(i),
                _ => true,
            };
            if longer && fits {
                found = Some((last, sort));
            }
        }
        found
    }

    /// Whether a name stands after a token, perhaps after an article.
    fn name_soon_after(&self, last: usize) -> bool {
        let from = self.tokens[last].range.end;
        let to = self.tokens.get(last + 2).map_or(from, |token| token.range.end);
        let next = self.names.partition_point(|name| name.start < from);
        self.names.get(next).is_some_and(|name| name.start < to)
    }

    /// Whether a word is no verb of saying here: a noun, a participle (“assuré”, which is “assure” without its accent), or
    /// a verb that is denied (“n’ont publié”).
    fn is_noun(&self, i: usize) -> bool {
        if self.words(i).ends_with(['é', 'É']) || self.is_negated(i) {
            return true;
        }
        let before = i.checked_sub(1).map_or("", |before| self.key(before));
        // “l’affirment” is a verb after a pronoun: no noun has that ending.
        self.lexicon.determiners.contains(before) && !self.key(i).ends_with("ent")
            || self.lexicon.passive.contains(before)
    }

    fn is_negated(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|before| matches!(self.key(before), "n'" | "ne"))
    }

    /// The last token of the verb of saying, or conditional, that begins here.
    fn verb(&self, i: usize) -> Option<(usize, Sort)> {
        let lexicon = self.lexicon;
        // “a déclaré”, “had, on Monday, denied”; `à` is no auxiliary.
        let auxiliary = lexicon.auxiliaries.contains(self.key(i)) && !self.is_negated(i);
        if auxiliary && !self.words(i).starts_with(['à', 'À']) {
            for end in i + 1..(i + 4).min(self.tokens.len()) {
                let token = &self.tokens[end];
                if !token.is_word() || lexicon.passive.contains(&token.key) {
                    break;
                }
                if lexicon.said.contains(&token.key) {
                    return Some((end, Sort::Verb));
                }
            }
        }
        let key = self.key(i);
        if lexicon.saying.contains(key) && !self.is_noun(i) && !self.tokens[i].first {
            return Some((i, Sort::Verb));
        }
        if lexicon.participles.contains(key) && !self.is_noun(i) && !self.tokens[i].first {
            return Some((i, Sort::Participle));
        }
        if lexicon.quoting.contains(key) && !self.is_noun(i) && self.quote_near(i) {
            return Some((i, Sort::Verb));
        }
        is_conditional(self.words(i), lexicon).then_some((i, Sort::Conditional))
    }

    /// Whether quotation marks open within a few words, or have just closed.
    fn quote_near(&self, i: usize) -> bool {
        let opens = |token: &Token| token.is("«") || token.is("“") || token.is("\"");
        let closes = |token: &Token| token.is("»") || token.is("”") || token.is("\"");
        let after = self.tokens[i + 1..].iter().take(6).take_while(|token| !token.is("."));
        let before = self.tokens[..i].iter().rev().take(2);
        after.into_iter().any(opens) || before.into_iter().any(closes)
    }

    /// Whether a cue denies what is said.
    pub(super) fn denies(&self, cue: &Cue) -> bool {
        (cue.first..=cue.last).any(|i| self.lexicon.denying.contains(self.key(i)))
    }

    /// Who is named by a cue, for a suggestion.
    pub(super) fn speaker(&self, cue: &Cue) -> Option<Range<usize>> {
        let who = match cue.sort {
            Sort::Source | Sort::Report | Sort::Relay => self.after(cue.last),
            Sort::Verb | Sort::Participle => self.subject(cue),
            Sort::Citing => self.subject(cue).or_else(|| self.after(cue.last)),
            Sort::Impersonal => None,
            Sort::Conditional => self.subject(cue),
        };
        match who? {
            Who::Unnamed(_) if cue.sort == Sort::Conditional => None,
            Who::Name(words) | Who::Unnamed(words) => Some(words),
            Who::Described(words) if cue.sort == Sort::Source => Some(words),
            Who::Described(_) | Who::Pronoun => None,
        }
    }

    /// The source that a cue describes without naming it, without its article.
    pub(super) fn unnamed(&self, cue: &Cue) -> Option<Range<usize>> {
        let who = match cue.sort {
            Sort::Impersonal | Sort::Conditional => return None,
            Sort::Verb | Sort::Participle => self.subject(cue),
            Sort::Source | Sort::Report | Sort::Relay | Sort::Citing => self.after(cue.last),
        };
        let Who::Unnamed(words) = who? else { return None };
        Some(self.without_article(words))
    }
}

/// The words inside quotation marks in a paragraph, where there are at least three.
pub(super) fn quotes(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut inside: Option<(usize, usize, usize)> = None;
    for token in tokens {
        match &mut inside {
            Some((start, end, words)) if token.quoted => {
                *start = (*start).min(token.range.start);
                *end = token.range.end;
                *words += usize::from(token.is_word());
            }
            Some((start, end, words)) => {
                if *words >= 3 {
                    found.push(*start..*end);
                }
                inside = None;
            }
            None if token.quoted => {
                inside = Some((token.range.start, token.range.end, usize::from(token.is_word())));
            }
            None => {}
        }
    }
    found
}
