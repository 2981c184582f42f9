//! What opens over the text or the canvas: the picker, the link maker, “tag the rest”. Their state, not their looks.

use crate::app::Question;
use crate::inquiry::{Choices, Occurrence, Suggestion};
use crate::notebook::{ArticleId, EntityId, Kind, LinkId, MentionId, RelationId, Target};
use std::ops::Range;
use std::sync::Arc;

/// What is open over the text or the canvas.
#[derive(Clone, Debug, Default)]
pub enum Tool {
    /// Nothing.
    #[default]
    None,
    /// The picker: which entity the selected words mean.
    Picker(Picker),
    /// The link maker.
    Link(LinkDraft),
    /// “Tag the rest”.
    Rest(TagRest),
    /// Moving a mention's ends.
    Boundary {
        /// Which mention.
        mention: MentionId,
        /// Its article.
        article: ArticleId,
        /// Its ends as drafted: bytes.
        range: Range<usize>,
        /// Whether the arrows move the end (or else the start).
        end: bool,
    },
}

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
    /// Which entity all these places mean.
    TagAll(Arc<[Occurrence]>),
    /// Which entity stands at this place of the canvas, in whole canvas units; near the others, where none is given.
    Place(Option<(i32, i32)>),
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
    /// What is taken is put at this place of the canvas too, in whole canvas units: the words were dropped there.
    pub put_at: Option<(i32, i32)>,
    /// The suggestion that is taken with it.
    pub taken: Option<Suggestion>,
}

/// The link maker's draft.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkDraft {
    /// Where the link starts.
    pub from: EntityId,
    /// Where it ends, once chosen.
    pub to: Option<EntityId>,
    /// The link it points at instead, where it speaks of a link.
    pub onto: Option<LinkId>,
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
    /// What the link points at, once chosen.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.onto.map(Target::Link).or(self.to.map(Target::Entity))
    }

    /// From this entity, to whatever will be chosen.
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

    /// Between these two. `spans` covers both ends where they were taken in the text.
    #[must_use]
    pub fn between(from: EntityId, to: EntityId, spans: Option<(ArticleId, Range<usize>)>) -> Self {
        Self { to: Some(to), spans, ..Self::from(from) }
    }

    /// From this entity to a link, as `undercuts` points.
    #[must_use]
    pub fn onto(from: EntityId, link: LinkId) -> Self {
        Self { onto: Some(link), ..Self::from(from) }
    }

    /// Whether it is known what it points at.
    #[must_use]
    pub const fn is_aimed(&self) -> bool {
        self.to.is_some() || self.onto.is_some()
    }
}

/// Whose places “Tag the rest” and “Tag all” list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagRestOf {
    /// Those of an entity's names.
    Entity(EntityId),
    /// Those of these words, or of the pattern looked for: whom or what they mean is asked once they are chosen.
    Words(String),
}

/// “Tag the rest” and “Tag all”.
#[derive(Clone, Debug)]
pub struct TagRest {
    /// Of what.
    pub of: TagRestOf,
    /// The places, in reading order.
    pub places: Vec<Occurrence>,
    /// Which of them are ticked.
    pub ticked: Vec<bool>,
    /// There are more places than are listed at once.
    pub cut: bool,
}

impl TagRest {
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

impl Question for NoteOn {}
