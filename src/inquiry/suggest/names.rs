//! Names: runs of words with capitals, with the small words and initials inside them; handles.
//!
//! A capital at the beginning of a sentence says nothing by itself. It counts where the word stands with a capital
//! inside another sentence of the article, where a second word with a capital follows, where a capital stands inside
//! the word (`OpenAI`), or where a verb follows and the article never has the word in small letters.

use std::collections::HashSet;
use std::ops::Range;

use super::lexicon::Lexicon;
use super::tokens::{Kind, Token};
use crate::text::Text;

/// What the whole article tells of its words.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Words with a capital inside a sentence.
    inside: HashSet<String>,
    /// Words in small letters.
    small: HashSet<String>,
    /// Names with their article, inside a sentence: “The Tidewrack”.
    with_article: HashSet<(String, String)>,
}

/// More different words than these are not remembered: an article of hostile length must not fill the memory.
const MOST_WORDS: usize = 500_000;

impl Evidence {
    /// Takes a paragraph in.
    pub fn add(&mut self, tokens: &[Token], lexicon: &Lexicon) {
        if self.inside.len() + self.small.len() > MOST_WORDS {
            return;
        }
        for (i, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_word()) {
            if !token.capital {
                if !self.small.contains(&token.key) {
                    self.small.insert(token.key.clone());
                }
            } else if !token.first {
                if !self.inside.contains(&token.key) {
                    self.inside.insert(token.key.clone());
                }
                let next = tokens.get(i + 1).filter(|next| next.is_word() && next.capital);
                if let Some(next) = next.filter(|_| lexicon.articles.contains(&token.key)) {
                    self.with_article.insert((token.key.clone(), next.key.clone()));
                }
            }
        }
    }
}

/// The names in a paragraph: their bytes, in order.
pub(super) fn names(
    text: &Text,
    tokens: &[Token],
    lexicon: &Lexicon,
    evidence: &Evidence,
) -> Vec<Range<usize>> {
    let rule = Rule { text: text.as_str(), tokens, lexicon, evidence };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match rule.name_at(i) {
            Some((from, to)) => {
                found.push(tokens[from].range.start..tokens[to].range.end);
                i = to + 1;
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
    evidence: &'a Evidence,
}

impl Rule<'_> {
    /// The first and last token of the name that begins here, if one does.
    fn name_at(&self, i: usize) -> Option<(usize, usize)> {
        let token = self.tokens.get(i)?;
        if token.kind == Kind::Handle {
            return None;
        }
        if self.is_article(i) {
            return self.with_article(i);
        }
        if !self.may_begin(token) {
            return None;
        }
        let end = self.run(i);
        if !token.first {
            return Some((i, end));
        }
        let known = self.evidence.inside.contains(&token.key) || token.inner || is_acronym(token);
        let small = self.evidence.small.contains(&token.key);
        if end > i {
            // “Deux Américains”: the first word is one that the article has in small letters too.
            let ordinary = small && !known && self.may_begin(self.tokens.get(i + 1)?);
            return Some((if ordinary { i + 1 } else { i }, end));
        }
        if known || (!small && self.acts(i + 1)) { Some((i, end)) } else { None }
    }

    /// Whether what follows shows that the word before it acts: a verb, or a comma and “who”.
    fn acts(&self, i: usize) -> bool {
        let Some(next) = self.tokens.get(i) else { return false };
        if next.is_word() {
            return self.lexicon.verbs.contains(&next.key)
                || self.lexicon.saying.contains(&next.key)
                || self.lexicon.auxiliaries.contains(&next.key)
                || super::cues::is_conditional(&self.text[next.range.clone()], self.lexicon);
        }
        let relative =
            |token: &Token| matches!(token.key.as_str(), "who" | "which" | "qui" | "dont");
        next.is(",") && self.tokens.get(i + 1).is_some_and(relative)
    }

    fn is_article(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        token.is_word() && token.capital && self.lexicon.articles.contains(&token.key)
    }

    /// “Le Guetteur”, “The Skerry Review”, and outlets translated word by word: “Le varech”.
    fn with_article(&self, i: usize) -> Option<(usize, usize)> {
        let article = &self.tokens[i];
        let next = self.tokens.get(i + 1).filter(|next| next.is_word())?;
        if self.may_begin(next) {
            let known =
                self.evidence.with_article.contains(&(article.key.clone(), next.key.clone()));
            return (!article.first || known).then(|| (i, self.run(i + 1)));
        }
        let translated = !article.first
            && !next.capital
            && next.spaced
            && !self.lexicon.not_names.contains(&next.key)
            && next.key.chars().count() > 2;
        translated.then_some((i, i + 1))
    }

    fn may_begin(&self, token: &Token) -> bool {
        let key = &token.key;
        token.is_word()
            && (token.capital || token.inner && key.chars().count() > 2)
            && !key.is_empty()
            && !self.lexicon.not_names.contains(key)
            && !self.lexicon.titles.contains(key)
            && !self.lexicon.weekdays.contains_key(key)
            && !self.lexicon.months.contains_key(key)
            && (key.chars().count() > 1 || self.is_initial(token))
    }

    /// “J.” before another word of a name.
    fn is_initial(&self, token: &Token) -> bool {
        self.text[token.range.end..].starts_with('.')
    }

    /// The last token of the run that begins at `i`.
    fn run(&self, i: usize) -> usize {
        let goes_on = |at: usize| {
            self.tokens.get(at).is_some_and(|token| {
                // “Orange SA”, though “sa” begins sentences too.
                let suffix = token.inner && self.lexicon.suffixes.contains(&token.key);
                (suffix || self.may_begin(token)) && !token.first
            })
        };
        let key = |at: usize| self.tokens.get(at).map_or("", |token| token.key.as_str());
        let word = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_word());
        let mut end = i;
        let mut words = 1;
        loop {
            let next = end + 1;
            let Some(token) = self.tokens.get(next) else { break };
            end = if token.is_word() {
                if goes_on(next) && token.spaced {
                    next
                } else if let Some(after) = (next..next + 3)
                    .find(|at| !self.lexicon.particles.contains(key(*at)))
                    .filter(|after| *after > next && goes_on(*after))
                {
                    after
                } else if words == 1
                    && let Some(after) = self.joined(next).filter(|after| goes_on(*after))
                {
                    after
                } else {
                    break;
                }
            } else if self.goes_over(end, next) && goes_on(next + 1) {
                next + 1
            } else {
                break;
            };
            words += 1;
        }
        if end == i && self.lexicon.heads.contains(key(i)) {
            end = self.official(i, &word);
        }
        end
    }

    /// Whether a name goes on over the sign at `sign`: after an initial, over “&”, after the apostrophe of
    /// “Tideworkers’ Union”, over the comma of “OpenAI, Inc.”
    fn goes_over(&self, last: usize, sign: usize) -> bool {
        let (token, next) = (&self.tokens[sign], self.tokens.get(sign + 1));
        match token.key.as_str() {
            "." => self.tokens[last].key.chars().count() == 1,
            "&" => true,
            "'" => !token.spaced && !token.quoted && next.is_some_and(|next| next.spaced),
            "," => {
                next.is_some_and(|next| matches!(next.key.as_str(), "inc" | "ltd" | "llc" | "corp"))
            }
            _ => false,
        }
    }

    /// “de”, “de la”, “of the” at `at`: the token after it.
    fn joined(&self, at: usize) -> Option<usize> {
        let key = |at: usize| self.tokens.get(at).map(|token| token.key.as_str());
        let one = key(at)?;
        if let Some(two) = key(at + 1)
            && self.lexicon.of.contains(&format!("{one} {two}"))
        {
            return Some(at + 2);
        }
        self.lexicon.of.contains(one).then_some(at + 1)
    }

    /// An institution goes on in small letters: “Syndicat des gens de marée”, “Autorité des marchés insulaires”.
    fn official(&self, i: usize, word: &dyn Fn(usize) -> bool) -> usize {
        let mut end = i;
        while let Some(after) = self.joined(end + 1).filter(|after| word(*after)) {
            if self.lexicon.not_names.contains(&self.tokens[after].key) {
                break;
            }
            end = after;
            if word(end + 1) && is_adjective(&self.tokens[end + 1].key) {
                end += 1;
            }
        }
        end
    }
}

fn is_acronym(token: &Token) -> bool {
    token.inner && token.key.chars().count() >= 2
}

/// By its ending, a French adjective of relation; folded.
fn is_adjective(key: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "aire", "aires", "al", "ale", "ales", "aux", "ique", "iques", "ien", "iens", "ienne",
        "iennes", "if", "ive",
    ];
    key.chars().count() > 4 && ENDINGS.iter().any(|ending| key.ends_with(ending))
}
