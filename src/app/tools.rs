//! What opens over the text or the canvas: the picker, the link maker, find, “tag the rest”. Their state, not their looks.

use std::ops::Range;
use std::sync::Arc;

use crate::inquiry::{Choices, Place};
use crate::notebook::{ArticleId, EntityId, Kind, LinkId, MentionId, RelationId};
use crate::text::Text;

/// What the picker is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Which entity these words mean.
    Tag {
        /// The article.
        article: ArticleId,
        /// The bytes.
        range: Range<usize>,
    },
    /// Which entity this mention should mean instead.
    Retag(MentionId),
    /// Which entity this one should become part of.
    Merge(EntityId),
    /// What the entity split off with this mention is called.
    Split(MentionId),
}

/// The picker: which entity is meant.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What for.
    pub purpose: Purpose,
    /// Which kind of entity.
    pub kind: Kind,
    /// The words it was opened on.
    pub words: String,
    /// What is typed.
    pub text: String,
    /// What is offered, and which row Enter takes.
    pub choices: Choices,
    /// Taking an existing entity makes the words one of its aliases.
    pub remember: bool,
}

/// The link maker's draft.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkDraft {
    /// Where the link starts.
    pub from: EntityId,
    /// Where it ends, once chosen.
    pub to: Option<EntityId>,
    /// What is typed to find the end.
    pub text: String,
    /// The relation, once chosen; otherwise the one that fits the kinds best.
    pub relation: Option<RelationId>,
    /// The sentence or words that support it; none: “no sentence yet”.
    pub evidence: Option<(ArticleId, Range<usize>)>,
    /// The words where both ends were taken in the text: their sentence becomes the evidence.
    pub spans: Option<(ArticleId, Range<usize>)>,
}

impl LinkDraft {
    /// From this entity, to whatever will be chosen.
    #[must_use]
    pub const fn from(from: EntityId) -> Self {
        Self { from, to: None, text: String::new(), relation: None, evidence: None, spans: None }
    }

    /// Between these two. `spans` covers both ends where they were taken in the text.
    #[must_use]
    pub const fn between(
        from: EntityId,
        to: EntityId,
        spans: Option<(ArticleId, Range<usize>)>,
    ) -> Self {
        Self { from, to: Some(to), text: String::new(), relation: None, evidence: None, spans }
    }
}

/// What is looked for in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindQuery {
    /// The words or the regular expression.
    pub pattern: String,
    /// It is a regular expression.
    pub regex: bool,
    /// Capitals count.
    pub case_sensitive: bool,
    /// Whole words only.
    pub whole_word: bool,
}

/// Find in the article.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// What is looked for.
    pub query: FindQuery,
    /// In which article the hits are.
    pub article: Option<ArticleId>,
    /// The hits: bytes, in order.
    pub hits: Arc<[Range<usize>]>,
    /// The hit that is shown.
    pub current: Option<usize>,
    /// What is wrong with the pattern, with the place marked.
    pub error: Option<String>,
    /// The job that is looking, while it does.
    pub job: Option<u64>,
    /// There are more hits than are kept.
    pub cut: bool,
    /// The text the hits are of: an article read anew is searched anew.
    pub text: Text,
    /// The search was not asked for: the view stays where it is.
    pub quiet: bool,
}

/// “Tag the rest”.
#[derive(Clone, Debug)]
pub struct Rest {
    /// Of which entity.
    pub entity: EntityId,
    /// The places, in reading order.
    pub places: Vec<Place>,
    /// Which of them are ticked.
    pub ticked: Vec<bool>,
}

impl Rest {
    /// How many places are ticked.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ticked.iter().filter(|ticked| **ticked).count()
    }
}

/// What a note is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteOn {
    /// A mention.
    Mention(MentionId),
    /// An entity.
    Entity(EntityId),
    /// A link.
    Link(LinkId),
}
