//! Attribution: words that show that somebody else says something, and who that is; quoted speech.
//!
//! The French conditional of hearsay (“aurait caché”) is recognised by its form: an infinitive with the endings of the
//! imperfect (Grevisse, *Le bon usage*, on the “conditionnel d’emprunt”). Inside quotation marks nothing is a cue: the
//! words there are the speaker's.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::tokens::{Kind, Token};
use crate::text::looks_anonymous;

/// Words that attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub range: Range<usize>,
    pub speaker: Option<Range<usize>>,
    /// A source right after it that is not named: “sources internes”.
    pub unnamed: Option<Range<usize>>,
}

/// How many tokens before a verb its speaker may be.
const FAR: usize = 80;

/// The cues in a paragraph, in order; `names` are the names found in it.
pub(super) fn cues(
    text: &str,
    tokens: &[Token],
    lexicon: &Lexicon,
    names: &[Range<usize>],
) -> Vec<Cue> {
    let rule = Rule { text, tokens, lexicon, names };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if tokens[i].quoted || !tokens[i].is_word() {
            i += 1;
            continue;
        }
        let end = rule
            .expression(i)
            .map(|end| (end, true))
            .or_else(|| rule.verb(i).map(|end| (end, false)));
        match end {
            Some((end, takes_speaker)) => {
                let range = tokens[i].range.start..tokens[end].range.end;
                let speaker =
                    if takes_speaker { rule.named_after(end) } else { rule.named_near(i, end) };
                let unnamed = rule.unnamed_after(end);
                found.push(Cue { range, speaker: speaker.or_else(|| unnamed.clone()), unnamed });
                i = end + 1;
            }
            None => i += 1,
        }
    }
    found
}

struct Rule<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    names: &'a [Range<usize>],
}

impl Rule<'_> {
    fn key(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.key.as_str())
    }

    fn words(&self, i: usize) -> &str {
        &self.text[self.tokens[i].range.clone()]
    }

    /// The last token of the expression that begins here.
    fn expression(&self, i: usize) -> Option<usize> {
        let those = self.lexicon.cues.get(self.key(i))?;
        let fits = |parts: &&Vec<String>| {
            parts.iter().enumerate().all(|(n, part)| self.key(i + n) == part.as_str())
        };
        those.iter().find(fits).map(|parts| i + parts.len() - 1)
    }

    /// The last token of the verb of saying, or conditional, that begins here.
    fn verb(&self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1).map_or("", |before| self.key(before));
        let lexicon = self.lexicon;
        // “a déclaré”, “had, on Monday, denied”; `à` is no auxiliary.
        if lexicon.auxiliaries.contains(self.key(i)) && !self.words(i).starts_with(['à', 'À']) {
            for end in i + 1..(i + 4).min(self.tokens.len()) {
                let token = &self.tokens[end];
                if !token.is_word() || lexicon.passive.contains(&token.key) {
                    break;
                }
                if lexicon.said.contains(&token.key) {
                    return Some(end);
                }
            }
        }
        let key = self.key(i);
        // “l’affirment” is a verb after a pronoun: no noun has that ending.
        let noun = lexicon.determiners.contains(before) && !key.ends_with("ent")
            || lexicon.passive.contains(before);
        if lexicon.saying.contains(key) && !noun && !self.tokens[i].first {
            return Some(i);
        }
        if lexicon.quoting.contains(key) && !noun && self.quote_near(i) {
            return Some(i);
        }
        is_conditional(self.words(i), lexicon).then_some(i)
    }

    /// Whether quotation marks open within a few words, or have just closed.
    fn quote_near(&self, i: usize) -> bool {
        let opens = |token: &Token| token.is("«") || token.is("“") || token.is("\"");
        let closes = |token: &Token| token.is("»") || token.is("”") || token.is("\"");
        let after = self.tokens[i + 1..].iter().take(6).take_while(|token| !token.is("."));
        let before = self.tokens[..i].iter().rev().take(2);
        after.into_iter().any(opens) || before.into_iter().any(closes)
    }

    /// The source right after the cue: a name, or the words up to the next punctuation mark or verb.
    fn named_after(&self, end: usize) -> Option<Range<usize>> {
        let first = self.tokens.get(end + 1)?;
        let mut words = end;
        for i in end + 1..(end + 9).min(self.tokens.len()) {
            let token = &self.tokens[i];
            let quotes = i == end + 1 && token.kind == Kind::Sign;
            if let Ok(name) = self.names.binary_search_by_key(&token.range.start, |name| name.start)
                && i <= end + 3
            {
                return Some(self.names[name].clone());
            }
            if token.kind == Kind::Handle {
                return Some(token.range.clone());
            }
            let stops = !token.is_word() && !quotes
                || self.lexicon.saying.contains(&token.key)
                || matches!(token.key.as_str(), "qui" | "dont" | "who" | "which" | "that")
                || is_conditional(self.words(i), self.lexicon);
            if stops {
                break;
            }
            words = i;
        }
        let start = if first.is_word() { end + 1 } else { end + 2 };
        (words >= start).then(|| self.tokens[start].range.start..self.tokens[words].range.end)
    }

    /// The words right after the cue, without their article, where they describe a source without naming it.
    fn unnamed_after(&self, end: usize) -> Option<Range<usize>> {
        let words = self.named_after(end)?;
        if !looks_anonymous(&self.text[words.clone()]) {
            return None;
        }
        let first = self.tokens.partition_point(|token| token.range.start < words.start);
        let article = self.lexicon.determiners.contains(self.key(first));
        let start = self.tokens.get(first + usize::from(article))?.range.start;
        (start < words.end).then_some(start..words.end)
    }

    /// The name nearest to a verb in its sentence: right after it where it is inverted, otherwise before.
    fn named_near(&self, first: usize, end: usize) -> Option<Range<usize>> {
        let at = self.tokens[first].range.start;
        let reach = self.tokens.get((end + 5).min(self.tokens.len() - 1))?.range.end;
        let names_after =
            self.names.partition_point(|name| name.start < self.tokens[end].range.end);
        let after = self.names.get(names_after).filter(|name| {
            name.end <= reach
                && !self.text[self.tokens[end].range.end..name.start]
                    .contains(['.', ',', ';', '«', '“'])
        });
        let inverted = first > 0 && !self.tokens[first - 1].is_word();
        // The search is limited, because a sentence may have any length.
        let begin = (first.saturating_sub(FAR)..first)
            .rev()
            .find(|i| matches!(self.key(*i), "." | "!" | "?") || self.tokens[*i].is(";"))
            .map_or(self.tokens[first.saturating_sub(FAR)].range.start, |i| {
                self.tokens[i].range.end
            });
        let names_before = self.names.partition_point(|name| name.end <= at);
        let before =
            names_before.checked_sub(1).map(|i| &self.names[i]).filter(|name| name.start >= begin);
        if inverted { after.or(before) } else { before.or(after) }.cloned()
    }
}

/// Whether a word is a French conditional that can report hearsay.
pub(super) fn is_conditional(word: &str, lexicon: &Lexicon) -> bool {
    if lexicon.language != "fr" || !word.ends_with(['t', 'T']) && !word.contains('-') {
        return false;
    }
    let word = word.split('-').next().unwrap_or(word).to_lowercase();
    let Some(stem) = word.strip_suffix("rait").or_else(|| word.strip_suffix("raient")) else {
        return false;
    };
    let infinitive = match stem.chars().next_back() {
        Some('e') => stem.len() > 1,
        Some('i' | 'd' | 'v' | 'r') => true,
        Some('u') => matches!(stem, "au" | "sau") || stem.ends_with("clu"),
        Some('t') => {
            stem.ends_with("ett") || stem.ends_with("ît") || stem.len() > 3 && stem.ends_with("att")
        }
        _ => false,
    };
    infinitive && !lexicon.not_hearsay.contains(&crate::text::fold(&word))
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
