//! What the rules of attribution share: cues, who speaks by them, and the tokens they look at.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::tokens::Token;

/// What a cue tells about where its speaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// The speaker follows: “selon”.
    Source,
    /// What an outlet published; its name follows: “report by”.
    Report,
    /// Who relays the source before follows: “cités par”.
    Relay,
    /// The source of the one before follows: “citing”.
    Citing,
    /// A verb, or an expression like one: its subject speaks.
    Verb,
    /// A participle: the subject of the main clause speaks.
    Participle,
    /// Nobody is named by it: “reportedly”.
    Impersonal,
    /// The conditional of hearsay.
    Conditional,
}

/// Words that attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// The first and last of its tokens.
    pub first: usize,
    pub last: usize,
    pub range: Range<usize>,
    pub sort: Sort,
}

/// Who a cue says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Somebody with a name, or a handle.
    Name(Range<usize>),
    /// A source described and not named.
    Unnamed(Range<usize>),
    /// Somebody described by words that mean somebody known: “le quotidien”, “plusieurs rapports”.
    Described(Range<usize>),
    /// A pronoun.
    Pronoun,
}

/// The rules over the tokens of a paragraph.
pub(super) struct Rule<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub lexicon: &'a Lexicon,
    /// The names among the tokens, in order.
    pub names: &'a [Range<usize>],
}

impl Rule<'_> {
    pub(super) fn key(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.key.as_str())
    }

    pub(super) fn words(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| &self.text[token.range.clone()])
    }

    /// The words from one token to another, both included.
    pub(super) fn span(&self, first: usize, last: usize) -> Range<usize> {
        self.tokens[first].range.start..self.tokens[last].range.end
    }

    /// Words without the article that they begin with.
    pub(super) fn without_article(&self, words: Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.range.start < words.start);
        let article = self.lexicon.determiners.contains(self.key(first));
        let start = self.tokens.get(first + usize::from(article)).map(|token| token.range.start);
        match start {
            Some(start) if start < words.end => start..words.end,
            _ => words,
        }
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
