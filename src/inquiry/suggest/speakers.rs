//! Who speaks by a cue: the source after it, the subject of its verb, or who is told.

use std::ops::Range;

use super::attribution::{Cue, Rule, Sort, Who, is_conditional};
use super::tokens::{Kind, Token};
use crate::text::looks_anonymous;

/// How many tokens from a cue its speaker may be.
const FAR: usize = 80;
/// The most tokens of a description.
const LONG: usize = 9;
/// The most tokens of a description in quotation marks.
const LONG_QUOTE: usize = 14;

impl Rule<'_> {
    /// The name that begins at a token.
    fn name_at(&self, i: usize) -> Option<Range<usize>> {
        let token = self.tokens.get(i)?;
        if token.kind == Kind::Handle {
            return Some(token.range.clone());
        }
        let n = self.names.binary_search_by_key(&token.range.start, |name| name.start).ok()?;
        self.names.get(n).cloned()
    }

    fn is_spokesperson(&self, i: usize) -> bool {
        self.lexicon.spokespeople.contains(self.key(i))
    }

    /// The names within these tokens, in order.
    fn names_in(&self, first: usize, end: usize) -> Vec<(usize, Range<usize>)> {
        (first..end).filter_map(|i| Some((i, self.name_at(i)?))).collect()
    }

    fn opens_relative(&self, i: usize) -> bool {
        matches!(self.key(i), "qui" | "dont" | "who" | "which" | "that" | "whose")
    }

    /// Whether what is said begins here: “affirme qu’Altman”.
    fn opens_content(&self, i: usize) -> bool {
        matches!(self.key(i), "que" | "qu'" | "that" | "si" | "if" | "whether")
    }

    /// Whether a name is none but what an outlet published: “Le rapport”.
    fn is_report(&self, name: &Range<usize>) -> bool {
        let last = self.tokens.partition_point(|token| token.range.end < name.end);
        self.lexicon.reports.opens_with(self.key(last))
    }

    /// The source right after a cue: a name, or the words up to the next punctuation mark, verb or cue.
    pub(super) fn after(&self, last: usize) -> Option<Who> {
        // “comme le rapporte aussi Le Guetteur”
        let adverb = matches!(self.key(last + 1), "aussi" | "encore" | "egalement" | "also");
        let first = last + 1 + usize::from(adverb);
        let token = self.tokens.get(first)?;
        if token.kind == Kind::Sign {
            return self.quoted_description(first);
        }
        let mut end = first;
        while end < (first + LONG).min(self.tokens.len()) {
            let token = &self.tokens[end];
            if let Some(name) = self.name_at(end)
                && end <= first + 2
                && !looks_anonymous(&self.text[self.tokens[first].range.start..name.start])
            {
                return Some(Who::Name(name));
            }
            if self.name_at(end).is_some() && self.is_spokesperson(end.saturating_sub(2)) {
                break;
            }
            let report = self.lexicon.reports.at(self.tokens, end).is_some();
            if report && end > first {
                // “selon un rapport de Filaire”: the report is a cue of its own.
                return None;
            }
            let stops = !token.is_word() && token.kind != Kind::Number
                || self.lexicon.saying.contains(&token.key)
                || self.opens_relative(end)
                || self.lexicon.relays.at(self.tokens, end).is_some()
                || is_conditional(self.words(end), self.lexicon);
            if stops {
                break;
            }
            end += 1;
        }
        if end == first {
            return None;
        }
        let words = self.span(first, end - 1);
        if looks_anonymous(&self.text[words.clone()]) {
            return Some(self.for_whom(first, end).unwrap_or(Who::Unnamed(words)));
        }
        // “selon le PDG de Microsoft, Satya Nadella”
        let apposition = (self.key(end) == ",").then(|| self.name_at(end + 1)).flatten();
        if let Some(name) = apposition {
            return Some(Who::Name(name));
        }
        // A determiner and a noun describe somebody; an adverb or a clause describes nobody.
        let plain = |i: usize| self.lexicon.determiners.contains(self.key(i));
        let several = crate::text::looks_like_description(&self.text[words.clone()]);
        (plain(first) || several && end - first <= 4).then_some(Who::Described(words))
    }

    /// “« une personne ayant vu l’audit »”
    fn quoted_description(&self, sign: usize) -> Option<Who> {
        let first = sign + 1;
        if !self.tokens.get(first)?.quoted {
            return None;
        }
        let words = self.tokens[first..].iter().take_while(|token| token.quoted).count();
        if words == 0 || words > LONG_QUOTE {
            return None;
        }
        let words = self.span(first, first + words - 1);
        looks_anonymous(&self.text[words.clone()]).then_some(Who::Unnamed(words))
    }

    /// For whom a spokesperson speaks who stands among these tokens: “un porte-parole de Thornquay”.
    fn for_whom(&self, first: usize, end: usize) -> Option<Who> {
        let spokesperson = (first..end).find(|i| self.is_spokesperson(*i))?;
        let (_, name) = self
            .names_in(spokesperson, (spokesperson + 5).min(self.tokens.len()))
            .into_iter()
            .next()?;
        let between = &self.text[self.tokens[spokesperson].range.end..name.start];
        (!between.contains([',', '.', ';'])).then_some(Who::Name(name))
    }

    /// Where the clause begins that a token stands in: after a sign that ends one.
    fn clause_start(&self, i: usize) -> usize {
        let quoted = self.tokens[i].quoted;
        (i.saturating_sub(FAR)..i)
            .rev()
            .find(|at| {
                let token = &self.tokens[*at];
                matches!(token.key.as_str(), "." | "!" | "?" | ":")
                    && token.kind == Kind::Sign
                    && !self.in_name(*at)
                    || token.is(";")
                    || token.quoted != quoted
            })
            .map_or(i.saturating_sub(FAR), |at| at + 1)
    }

    /// Whether a token is part of a name, as a dot of initials is.
    fn in_name(&self, i: usize) -> bool {
        let at = self.tokens[i].range.start;
        let next = self.names.partition_point(|name| name.end <= at);
        self.names.get(next).is_some_and(|name| name.start <= at)
            || i.checked_sub(1).is_some_and(|before| {
                self.tokens[i].is(".")
                    && !self.tokens[i].spaced
                    && self.tokens.get(i + 1).is_some_and(|next| !next.first)
                    && self.tokens[before].is_word()
            })
    }

    /// The subject of a verb: before it, or after it where it is inverted.
    pub(super) fn subject(&self, cue: &Cue) -> Option<Who> {
        let first = cue.first;
        if (first..=cue.last).any(|i| self.key(i).contains("-t-")) {
            return Some(Who::Pronoun);
        }
        let begin = self.clause_start(first);
        match cue.sort {
            Sort::Participle => return self.main_subject(begin, first),
            Sort::Citing => return self.subject_before(begin, first),
            _ => {}
        }
        let before = self.subject_before(begin, first);
        // “Two journalists, who asked not to be named, say”
        let apart = first.checked_sub(1).is_none_or(|before| {
            !self.tokens[before].is_word() || matches!(self.key(before), "nous" | "m'" | "us")
        });
        if apart && !self.closes_relative(begin, first) {
            return self.subject_after(cue.last).or(before);
        }
        before.or_else(|| self.subject_after(cue.last))
    }

    /// Whether a relative clause between commas ends right before a token.
    fn closes_relative(&self, begin: usize, i: usize) -> bool {
        let Some(close) = i.checked_sub(1).filter(|close| self.tokens[*close].is(",")) else {
            return false;
        };
        let open = (begin..close).rev().find(|at| self.tokens[*at].is(","));
        open.is_some_and(|open| self.opens_relative(open + 1))
    }

    /// The subject before a verb, in a clause that begins there. What stands between commas is none (“Mr Pellorc, who
    /// writes for Half Fathom, says”), unless it is a name (“Le président, Bastien Ormelot, dit”).
    fn subject_before(&self, begin: usize, verb: usize) -> Option<Who> {
        let mut chunks: Vec<(usize, usize)> = Vec::new();
        let mut end = verb;
        for i in (begin..verb).rev() {
            if self.tokens[i].is(",") {
                chunks.push((i + 1, end));
                end = i;
            }
        }
        chunks.push((begin, end));
        let (from, end) = *chunks.first()?;
        if let Some(who) = self.subject_among(from, end) {
            return Some(who);
        }
        let (from, end) = *chunks.get(1)?;
        if let Some(name) = self.name_at(from)
            && self.tokens[from..end].iter().all(|token| token.range.start < name.end)
        {
            return Some(Who::Name(name));
        }
        let beyond = chunks.get(2).and_then(|(from, end)| self.subject_among(*from, *end));
        beyond.or_else(|| self.subject_among(from, end))
    }

    /// Who among these tokens, which stand before a verb, is its subject.
    fn subject_among(&self, from: usize, end: usize) -> Option<Who> {
        // A relative clause names somebody else: “Un rapport du Varech qui cite des employés”.
        if from >= end || self.opens_relative(from) {
            return None;
        }
        let mut end = (from + 1..end).find(|i| self.opens_relative(*i)).unwrap_or(end);
        // “Des sources internes l’affirment”: a pronoun before the verb is its object.
        let clitic = ["l'", "le", "la", "les", "lui", "leur", "s'", "se", "n'", "ne", "y", "en"];
        while end > from + 1 && clitic.contains(&self.key(end - 1)) {
            end -= 1;
        }
        // “over what the board called”
        let subordinate = (from..end)
            .rev()
            .find(|i| matches!(self.key(*i), "what" | "as" | "when" | "quand" | "lorsque"));
        let from = subordinate.map_or(from, |at| at + 1);
        if from >= end {
            return None;
        }
        let mut names = self.names_in(from, end);
        names.retain(|(_, name)| !self.is_report(name));
        let described = (from..end).rev().take(LONG).find(|i| {
            let opens = self.opens_description(*i) || *i == from;
            opens
                && (!self.tokens[*i].capital || self.tokens[*i].first)
                && looks_anonymous(&self.text[self.span(*i, end - 1)])
        });
        if let Some(start) = described {
            return self
                .for_whom(start, end)
                .or_else(|| Some(Who::Unnamed(self.span(start, end - 1))));
        }
        let mut head: Option<Range<usize>> = None;
        for (at, name) in names {
            let of = at > from && self.is_complement(at - 1);
            // “Alex Heath de The Verge” is Alex Heath.
            if head.is_none() || !of {
                head = Some(name);
            }
        }
        if let Some(name) = head {
            return Some(Who::Name(name));
        }
        let near = (from..end).rev().take(4);
        if near.into_iter().any(|i| self.lexicon.pronouns.contains(self.key(i))) {
            return Some(Who::Pronoun);
        }
        let start = (from..end).find(|i| self.lexicon.determiners.contains(self.key(*i)))?;
        (end - start <= LONG && end - start > 1).then(|| Who::Described(self.span(start, end - 1)))
    }

    /// Whether a word joins a name to the one before it: “Alex Heath de The Verge”.
    fn is_complement(&self, i: usize) -> bool {
        matches!(
            self.key(i),
            "de" | "d'"
                | "du"
                | "des"
                | "of"
                | "from"
                | "at"
                | "for"
                | "chez"
                | "in"
                | "a"
                | "au"
                | "to"
                | "with"
                | "avec"
        )
    }

    /// Whether a description of somebody may begin with this word: “un”, “deux”, “several”.
    fn opens_description(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| {
            token.kind == Kind::Number
                || self.lexicon.determiners.contains(&token.key)
                || self.lexicon.counts.contains(&token.key)
        })
    }

    /// The subject of the main clause before a participle: whom its first verb follows.
    fn main_subject(&self, begin: usize, participle: usize) -> Option<Who> {
        let verb = (begin..participle).find(|i| {
            let key = self.key(*i);
            let acts = self.lexicon.auxiliaries.contains(key)
                || self.lexicon.verbs.contains(key)
                || self.lexicon.saying.contains(key);
            acts && !self.words(*i).starts_with(['à', 'À'])
                && i.checked_sub(1).is_none_or(|before| !self.opens_relative(before))
        })?;
        self.subject_before(begin, verb)
    }

    /// The subject after an inverted verb: “prévient la déléguée Rozenn Calvarec”, “nous disent plusieurs personnes”.
    fn subject_after(&self, last: usize) -> Option<Who> {
        let mut first = last + 1;
        // “écrit encore le site”
        let skipped =
            (first..first + 2).find(|i| self.name_at(*i).is_some() || self.opens_description(*i));
        if let Some(skipped) = skipped.filter(|_| !self.opens_content(first)) {
            first = skipped;
        }
        let mut end = first;
        while end < (first + LONG).min(self.tokens.len()) {
            let token = &self.tokens[end];
            let to = end > first && self.is_to(end);
            let stops =
                !token.is_word() && token.kind != Kind::Number && token.kind != Kind::Handle
                    || self.opens_relative(end)
                    || self.opens_content(end)
                    || to
                    || token.quoted != self.tokens[last].quoted;
            if stops {
                break;
            }
            end += 1;
        }
        // What holds a verb is what was said.
        let verb = |i: usize| {
            self.lexicon.verbs.contains(self.key(i)) || self.lexicon.passive.contains(self.key(i))
        };
        if end <= first || (first..end).any(verb) {
            return None;
        }
        let words = self.span(first, end - 1);
        if looks_anonymous(&self.text[words.clone()]) {
            return Some(self.for_whom(first, end).unwrap_or(Who::Unnamed(words)));
        }
        if let Some((_, name)) = self.names_in(first, end).into_iter().next() {
            return Some(Who::Name(name));
        }
        let outlet =
            (first..end.min(first + 3)).find(|i| self.lexicon.outlets.contains(self.key(*i)));
        outlet.map(|at| Who::Described(self.span(first, at)))
    }

    /// Whether a token leads to somebody who is told.
    fn is_to(&self, i: usize) -> bool {
        self.words(i).starts_with(['à', 'À']) && self.key(i) == "a"
            || matches!(self.key(i), "au" | "aux" | "to" | "aupres")
    }

    /// The outlet that is told, with whether it is called one: “a répondu … à l’agence Ormade-Presse”.
    pub(super) fn told(&self, cue: &Cue) -> Option<(Range<usize>, bool)> {
        let told = self.key(cue.last) == "told";
        let from = cue.last + 1;
        let limit = (from + LONG + 3).min(self.tokens.len());
        let mut i = from;
        let mut open = told;
        while i < limit {
            let token = &self.tokens[i];
            if token.quoted || token.kind == Kind::Sign && !open {
                return None;
            }
            if matches!(self.key(i), "que" | "qu'" | "that") {
                return None;
            }
            if self.is_to(i) {
                open = true;
            } else if open {
                let outlet = self.lexicon.outlets.contains(self.key(i));
                if outlet {
                    if let Some(name) = self.name_at(i + 1) {
                        return Some((name, true));
                    }
                    return Some((self.span(i.saturating_sub(1).max(from), i), true));
                }
                if let Some(name) = self.name_at(i) {
                    let article = self.lexicon.articles.contains(self.key(i)) && token.capital
                        || self.words(i.saturating_sub(1)).to_lowercase() == "au";
                    return Some((name, article));
                }
                if !self.lexicon.determiners.contains(self.key(i)) {
                    return None;
                }
            } else if self.name_at(i).is_none() && !token.is_word() {
                return None;
            }
            i += 1;
        }
        None
    }

    /// Whether a token stands inside a relative clause that ends before another token.
    pub(super) fn in_closed_relative(&self, i: usize, target: usize) -> bool {
        let begin = self.clause_start(i);
        let Some(comma) = (begin..i).rev().find(|at| self.tokens[*at].is(",")) else {
            return false;
        };
        if !self.opens_relative(comma + 1) {
            return false;
        }
        let close = self.tokens[i..].iter().position(|token: &Token| token.is(","));
        close.is_some_and(|close| target > i + close)
    }
}
