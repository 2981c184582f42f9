//! Expressions of the word lists: one or more words, found at a token of a text.

use std::collections::HashMap;

use super::tokens::{Token, tokens};
use crate::text::fold;

/// Expressions of one or more words, by their first word; the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Expressions(HashMap<String, Vec<Vec<String>>>);

impl Expressions {
    pub fn add(&mut self, expression: &str) {
        let parts = split(expression);
        if let Some(first) = parts.first() {
            let those = self.0.entry(first.clone()).or_default();
            those.push(parts);
            those.sort_by_key(|parts| std::cmp::Reverse(parts.len()));
        }
    }

    /// The last token of the longest of them that begins at this token.
    pub fn at(&self, tokens: &[Token], i: usize) -> Option<usize> {
        let key = |i: usize| tokens.get(i).map_or("", |token| token.key.as_str());
        let fits =
            |parts: &&Vec<String>| parts.iter().enumerate().all(|(n, part)| key(i + n) == part);
        self.0.get(key(i))?.iter().find(fits).map(|parts| i + parts.len() - 1)
    }

    /// Whether one of them begins with this word.
    pub fn opens_with(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Whether one of them stands anywhere among these tokens.
    pub fn among(&self, tokens: &[Token]) -> bool {
        (0..tokens.len()).any(|i| self.at(tokens, i).is_some())
    }
}

/// The words of an expression as the tokens of a text are: “d'apres” is two.
pub(super) fn split(expression: &str) -> Vec<String> {
    let folded = fold(expression);
    tokens(&folded, 0..folded.len()).into_iter().map(|token| token.key).collect()
}
