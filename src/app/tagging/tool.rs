//! Tools that open over the text or the canvas: the state of the picker, the link maker, “Tag the rest” and changing
//! boundaries.

use super::drafts::{DateDraft, OthersDraft, SortDraft, SpeechDraft};
use crate::app::Question;
use crate::inquiry::{Choices, Occurrence, Suggestion};
use crate::notebook::{ArticleId, EntityId, Kind, LinkId, MentionId, RelationId, Target};
use std::ops::Range;
use std::sync::Arc;

/// The tool that is open over the text or the canvas.
#[derive(Clone, Debug, Default)]
pub enum Tool {
    /// Nothing.
    #[default]
    None,
    /// The picker, for choosing the entity that the selected words mean.
    Picker(Box<Picker>),
    /// The link maker.
    Link(LinkDraft),
    /// “Tag the rest”.
    Rest(TagRest),
    /// Changing a mention's boundaries.
    Boundary {
        /// Which mention.
        mention: MentionId,
        /// Its article.
        article: ArticleId,
        /// The draft of its boundaries, in bytes.
        range: Range<usize>,
        /// Whether the arrows move the end (or else the start).
        end: bool,
    },
}

/// What the picker was opened for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Choosing the entity that these words mean.
    Tag {
        /// The article.
        article: ArticleId,
        /// The bytes.
        range: Range<usize>,
    },
    /// Choosing the entity that all these occurrences mean.
    TagAll(Arc<[Occurrence]>),
    /// Choosing the entity to add at this place of the canvas, in whole canvas units; near the others, if none is
    /// given.
    Place(Option<(i32, i32)>),
    /// Choosing another entity for this mention.
    Retag(MentionId),
    /// Choosing the entity that this one is merged into.
    Merge(EntityId),
    /// Naming the entity that this mention is split off as.
    Split(MentionId),
}

/// The state of the picker.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What it was opened for.
    pub purpose: Purpose,
    /// The kind of entity.
    pub kind: Kind,
    /// The words it was opened on.
    pub words: String,
    /// What is typed.
    pub text: String,
    /// The choices, and which row Enter accepts.
    pub choices: Choices,
    /// Whether choosing an existing entity makes the words one of its aliases.
    pub remember: bool,
    /// Where on the canvas the entity is added too, in whole canvas units: the words were dropped there.
    pub put_at: Option<(i32, i32)>,
    /// The suggestion that is accepted with it.
    pub taken: Option<Suggestion>,
    /// Of a claim: who says so.
    pub speech: Option<SpeechDraft>,
    /// Of an event: its date.
    pub date: Option<DateDraft>,
    /// Of a new actor: its sort.
    pub sort: Option<SortDraft>,
    /// The other places of the words.
    pub others: OthersDraft,
}

/// The link maker's draft.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkDraft {
    /// Where the link starts.
    pub from: EntityId,
    /// Where it ends, once chosen.
    pub to: Option<EntityId>,
    /// The link it targets instead of an entity.
    pub onto: Option<LinkId>,
    /// What is typed to find the end.
    pub text: String,
    /// The relation, once chosen; otherwise the one that fits the kinds best.
    pub relation: Option<RelationId>,
    /// The sentence or words that support it, if any.
    pub evidence: Option<(ArticleId, Range<usize>)>,
    /// The words in the text where both ends were chosen: their sentence becomes the evidence.
    pub spans: Option<(ArticleId, Range<usize>)>,
}

impl LinkDraft {
    /// The target, once chosen.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.onto.map(Target::Link).or(self.to.map(Target::Entity))
    }

    /// A draft from this entity, to whatever will be chosen.
    #[must_use]
    pub const fn from(from: EntityId) -> Self {
        Self {
            from,
            to: None,
            onto: None,
            text: String::new(),
            relation: None,
            evidence: None,
            spans: None,
        }
    }

    /// A draft between these two. `spans` covers both ends if they were chosen in the text.
    #[must_use]
    pub fn between(from: EntityId, to: EntityId, spans: Option<(ArticleId, Range<usize>)>) -> Self {
        Self { to: Some(to), spans, ..Self::from(from) }
    }

    /// A draft from this entity to a link, as with `undercuts`.
    #[must_use]
    pub fn onto(from: EntityId, link: LinkId) -> Self {
        Self { onto: Some(link), ..Self::from(from) }
    }

    /// Whether the target is chosen.
    #[must_use]
    pub const fn is_aimed(&self) -> bool {
        self.to.is_some() || self.onto.is_some()
    }
}

/// Whose occurrences “Tag the rest” and “Tag all” list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagRestOf {
    /// Those of an entity's names.
    Entity(EntityId),
    /// Those of these words, or of a search pattern: what they mean is asked after ticking.
    Words(String),
}

/// The state of “Tag the rest” and “Tag all”.
#[derive(Clone, Debug)]
pub struct TagRest {
    /// What they are occurrences of.
    pub of: TagRestOf,
    /// The occurrences, in reading order.
    pub places: Vec<Occurrence>,
    /// Which of them are ticked.
    pub ticked: Vec<bool>,
    /// Whether there are more occurrences than are listed at once.
    pub cut: bool,
}

impl TagRest {
    /// How many occurrences are ticked.
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

impl Question for NoteOn {}
