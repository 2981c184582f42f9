//! What sort of actor words seem to name, by the words themselves.

use super::lexicon::Lexicon;
use super::tokens::{Kind, Token, tokens};
use crate::notebook::ActorKind;

impl Lexicon {
    /// What sort of actor these words seem to name; `cited` where an article cites them, as it cites outlets. `None`
    /// where nothing tells.
    pub(in crate::inquiry) fn kind_of(&self, words: &str, cited: bool) -> Option<ActorKind> {
        /// A name is not longer, in bytes.
        const LONGEST: usize = 300;
        if words.len() > LONGEST {
            return None;
        }
        let all = tokens(words, 0..words.len());
        let key = |i: usize| all.get(i).map_or("", |token| token.key.as_str());
        let article = self.determiners.contains(key(0)) || self.articles.contains(key(0));
        let first = usize::from(article);
        let last = all.iter().rposition(Token::is_word)?;
        if all.iter().any(|token| token.kind == Kind::Handle) {
            return None;
        }
        if self.groups.among(&all) && !all.iter().skip(first).any(|token| token.capital) {
            return Some(ActorKind::Group);
        }
        if self.public_bodies.at(&all, first).is_some()
            || self.public_bodies.among(&all[last..=last])
        {
            return Some(ActorKind::PublicBody);
        }
        let outlet = matches!(
            key(last),
            "review"
                | "times"
                | "post"
                | "herald"
                | "tribune"
                | "journal"
                | "news"
                | "press"
                | "presse"
                | "media"
        );
        if outlet {
            return Some(ActorKind::Media);
        }
        if last > first && self.suffixes.contains(key(last)) || self.heads.contains(key(first)) {
            return Some(ActorKind::Organisation);
        }
        if self.titles.contains(key(first)) || self.given_names.contains(key(first)) && last > first
        {
            return Some(ActorKind::Person);
        }
        cited.then_some(ActorKind::Media)
    }

    /// Whether the word before a place is a title: “Mme”, “Dr.”
    pub(in crate::inquiry) fn follows_title(&self, text: &str, at: usize) -> bool {
        /// A title is not longer, in bytes.
        const LONGEST: usize = 40;
        let from = text.floor_char_boundary(at.saturating_sub(LONGEST));
        let before = text.get(from..at).unwrap_or_default();
        let all = tokens(before, 0..before.len());
        let word = all.iter().rev().find(|token| !token.is("."));
        word.is_some_and(|word| word.capital && self.titles.contains(&word.key))
    }
}
