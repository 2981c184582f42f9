//! A breach of an invariant of a notebook, told.

use std::fmt;

use super::{
    ArticleId, CardId, EntityId, GroupId, LinkId, MatrixId, MentionId, RelationId, SetAsideId,
    ViewId, WaiverId,
};

/// What a problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An article.
    Article(ArticleId),
    /// An entity.
    Entity(EntityId),
    /// A mention.
    Mention(MentionId),
    /// A link.
    Link(LinkId),
    /// A relation.
    Relation(RelationId),
    /// A group on the canvas.
    Group(GroupId),
    /// A note card on the canvas.
    Card(CardId),
    /// A named view.
    View(ViewId),
    /// A waiver of a finding of the review.
    Waiver(WaiverId),
    /// A source that is set aside.
    SetAside(SetAsideId),
    /// A matrix of competing claims.
    Matrix(MatrixId),
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(id) => write!(f, "article {id}"),
            Self::Entity(id) => write!(f, "entity {id}"),
            Self::Mention(id) => write!(f, "mention {id}"),
            Self::Link(id) => write!(f, "link {id}"),
            Self::Relation(id) => write!(f, "relation “{}”", id.0),
            Self::Group(id) => write!(f, "group {id}"),
            Self::Card(id) => write!(f, "note card {id}"),
            Self::View(id) => write!(f, "named view {id}"),
            Self::Waiver(id) => write!(f, "waiver {id}"),
            Self::SetAside(id) => write!(f, "source set aside {id}"),
            Self::Matrix(id) => write!(f, "matrix {id}"),
        }
    }
}

/// One breach of an invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub item: Item,
    /// What is wrong, in a sentence.
    pub what: String,
}

impl Problem {
    /// Whether it is words that no longer stand in their article: no fault of the notebook, and kept in it.
    #[must_use]
    pub fn is_orphan(&self) -> bool {
        self.what.starts_with(ORPHAN)
    }
}

/// What the sentence about an orphan begins with.
pub(super) const ORPHAN: &str = "orphan: ";

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.item, self.what)
    }
}
