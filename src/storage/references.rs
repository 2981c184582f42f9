//! What mentions and links are checked against while a notebook is read: the articles and entities it holds.

use std::collections::HashMap;
use std::sync::Arc;

use super::mention::{self, WrittenAnchor};
use super::record_fault::{RecordFault, a, gone};
use crate::notebook::{Anchor, Article, ArticleId, EntityId, Kind, Mention, MentionId, Place};
use crate::text::{Quote, shortened};

/// What mentions and links are checked against: complete once the head of the file is read.
#[derive(Default)]
pub(super) struct References {
    pub(super) articles: HashMap<ArticleId, Arc<Article>>,
    pub(super) kinds: HashMap<EntityId, Kind>,
}

/// A mention as read; with the words for an anchor that did not match.
pub(super) type ReadMention = (MentionId, Mention, Option<String>);

impl References {
    pub(super) fn mention(
        &self,
        id: MentionId,
        mut record: mention::Mention<'_>,
    ) -> Result<ReadMention, RecordFault> {
        let of = record.of;
        let is_claim = *self.kinds.get(&of).ok_or_else(|| gone(id, of, "entity"))? == Kind::Claim;
        let (anchor, orphan) = self.anchor(&id, "mention", record.take_anchor())?;
        match &record.statement {
            Some(_) if !is_claim => {
                let what = format!("only a claim has statements, and {of} is no claim");
                return Err(RecordFault::new(id, "statement", what));
            }
            None if is_claim => {
                let what = format!("{of} is a claim, so that its mention needs a statement");
                return Err(RecordFault::new(id, "", what));
            }
            said => {
                for hop in said.iter().flat_map(|said| &said.chain) {
                    self.actor(id, hop.actor)?;
                }
            }
        }
        Ok((id, record.into_model(anchor), orphan))
    }

    /// The anchor; an orphan, with a line that says so, where the article does not read so at that place.
    pub(super) fn anchor(
        &self,
        id: &dyn std::fmt::Display,
        of: &str,
        words: WrittenAnchor<'_>,
    ) -> Result<(Anchor, Option<String>), RecordFault> {
        let Some(article) = self.articles.get(&words.article) else {
            return Err(gone(id, words.article, "article"));
        };
        if article.version(words.version).is_none() {
            let what = format!(
                "{of} {id} was read in version {}, and {} has {}: its versions count from 1",
                words.version,
                words.article,
                match article.versions() {
                    1 => "1 version".to_owned(),
                    n => format!("{n} versions"),
                }
            );
            return Err(RecordFault::new(id, format!("version: {}", words.version), what));
        }
        let exact = &*words.exact.0;
        let text = &article.text;
        if let Some(range) = text.stands_at(words.start..words.end, exact) {
            return Ok((Anchor::at(words.article, words.version, range), None));
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
        Ok((Anchor { article: words.article, version: words.version, place }, Some(orphan)))
    }

    pub(super) fn entity(&self, key: impl ToString, id: EntityId) -> Result<(), RecordFault> {
        if self.kinds.contains_key(&id) { Ok(()) } else { Err(gone(key, id, "entity")) }
    }

    pub(super) fn actor(&self, key: impl ToString, id: EntityId) -> Result<(), RecordFault> {
        match self.kinds.get(&id) {
            Some(Kind::Actor) => Ok(()),
            None => Err(gone(key, id, "actor")),
            Some(kind) => Err(RecordFault::new(
                key,
                id,
                format!("{id} is {}; an actor belongs here", a(*kind)),
            )),
        }
    }
}
