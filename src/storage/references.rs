//! What mentions and links are checked against while a notebook is read: the articles and entities it holds.

use std::collections::HashMap;
use std::sync::Arc;

use super::read::{Trouble, a, gone};
use super::v1;
use crate::notebook::{
    Anchor, Article, ArticleId, EntityId, Hop, Kind, Mention, MentionId, Place, Statement,
};
use crate::text::{Quote, shortened};

/// What mentions and links are checked against: complete once the head of the file is read.
#[derive(Default)]
pub(super) struct References {
    pub(super) articles: HashMap<ArticleId, Arc<Article>>,
    pub(super) kinds: HashMap<EntityId, Kind>,
}

/// A mention as read; with the words for an anchor that did not match.
pub(super) type ReadMention = (MentionId, Mention, Option<String>);

/// An anchor as written.
pub(super) struct Words<'a> {
    pub(super) article: ArticleId,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) exact: v1::Str<'a>,
    pub(super) prefix: v1::Str<'a>,
    pub(super) suffix: v1::Str<'a>,
}

impl References {
    pub(super) fn mention(
        &self,
        id: MentionId,
        record: v1::Mention<'_>,
    ) -> Result<ReadMention, Trouble> {
        let v1::Mention { of, article, start, end, exact, prefix, suffix, .. } = record;
        let is_claim = *self.kinds.get(&of).ok_or_else(|| gone(id, of, "entity"))? == Kind::Claim;
        let words = Words { article, start, end, exact, prefix, suffix };
        let (anchor, orphan) = self.anchor(&id, "mention", words)?;
        let statement = match record.statement {
            Some(_) if !is_claim => {
                return Err(Trouble::new(
                    id,
                    "statement",
                    format!("only a claim has statements, and {of} is no claim"),
                ));
            }
            None if is_claim => {
                return Err(Trouble::new(
                    id,
                    "",
                    format!("{of} is a claim, so that its mention needs a statement"),
                ));
            }
            None => None,
            Some(said) => {
                let mut chain = Vec::with_capacity(said.chain.len());
                for hop in said.chain {
                    self.actor(id, hop.actor)?;
                    chain.push(Hop { actor: hop.actor, cue: hop.cue, source: hop.source.into() });
                }
                Some(Statement {
                    chain,
                    modality: said.modality.into(),
                    polarity: said.polarity.into(),
                    form: said.form.into(),
                })
            }
        };
        let mention = Mention {
            entity: of,
            anchor,
            note: record.note.0.into_owned(),
            to_check: record.to_check,
            statement,
        };
        Ok((id, mention, orphan))
    }

    /// The anchor; an orphan, with a line that says so, where the article does not read so at that place.
    pub(super) fn anchor(
        &self,
        id: &dyn std::fmt::Display,
        of: &str,
        words: Words<'_>,
    ) -> Result<(Anchor, Option<String>), Trouble> {
        let Some(article) = self.articles.get(&words.article) else {
            return Err(gone(id, words.article, "article"));
        };
        let exact = &*words.exact.0;
        let text = &article.text;
        if let Some(range) = text.stands_at(words.start..words.end, exact) {
            return Ok((Anchor::at(words.article, range), None));
        }
        let orphan = format!(
            "{of} {id}: “{}” does not stand at characters {}–{} of “{}”",
            exact.chars().take(60).collect::<String>(),
            words.start,
            words.end,
            shortened(&article.about.title)
        );
        let quote = Quote {
            start: words.start,
            end: words.end,
            exact: words.exact.0.into_owned(),
            prefix: words.prefix.0.into_owned(),
            suffix: words.suffix.0.into_owned(),
        };
        let place = Place::Orphan(Box::new(quote));
        Ok((Anchor { article: words.article, place }, Some(orphan)))
    }

    pub(super) fn entity(&self, key: impl ToString, id: EntityId) -> Result<(), Trouble> {
        if self.kinds.contains_key(&id) { Ok(()) } else { Err(gone(key, id, "entity")) }
    }

    pub(super) fn actor(&self, key: impl ToString, id: EntityId) -> Result<(), Trouble> {
        match self.kinds.get(&id) {
            Some(Kind::Actor) => Ok(()),
            None => Err(gone(key, id, "actor")),
            Some(kind) => {
                Err(Trouble::new(key, id, format!("{id} is {}; an actor belongs here", a(*kind))))
            }
        }
    }
}
