//! The forms in which an article writes its words: they distinguish a name at the beginning of a sentence from an
//! ordinary word.

use std::collections::HashSet;

use super::lexicon::Lexicon;
use super::tokens::Token;

/// The forms in which words occur in an article: with a capital inside a sentence, in small letters.
#[derive(Debug, Default)]
pub(super) struct WordForms {
    /// Words with a capital inside a sentence.
    pub inside: HashSet<String>,
    /// Words in small letters.
    pub small: HashSet<String>,
    /// Names with their article or opening word, inside a sentence: “The Tidewrack”, “New York”.
    pub with_opening: HashSet<(String, String)>,
}

/// The most different words that are remembered: no article may fill the memory.
const MOST_WORDS: usize = 500_000;

impl WordForms {
    /// Adds the words of a paragraph.
    pub fn add(&mut self, tokens: &[Token], lexicon: &Lexicon) {
        if self.inside.len() + self.small.len() > MOST_WORDS {
            return;
        }
        let words = tokens.iter().enumerate().filter(|(_, token)| token.is_word());
        for (i, token) in words.filter(|(_, token)| !token.shouted) {
            if !token.capital {
                if !self.small.contains(&token.key) {
                    self.small.insert(token.key.clone());
                }
            } else if !token.first {
                // “New Delhi” at the beginning of a sentence does not show “Delhi” by itself.
                let opened = i.checked_sub(1).is_some_and(|before| {
                    let before = &tokens[before];
                    before.first && before.capital && lexicon.openers.contains(&before.key)
                });
                if !opened && !self.inside.contains(&token.key) {
                    self.inside.insert(token.key.clone());
                }
                let next = tokens.get(i + 1).filter(|next| next.is_word() && next.capital);
                if let Some(next) = next.filter(|_| {
                    lexicon.articles.contains(&token.key) || lexicon.openers.contains(&token.key)
                }) {
                    self.with_opening.insert((token.key.clone(), next.key.clone()));
                }
            }
        }
    }
}
