//! Which record: of whatever kind.

use serde::{Deserialize, Serialize};

use super::{
    ArticleId, CardId, ConflictId, EntityId, GroupId, LinkId, MatrixId, MentionId, RelationId,
    SetAsideId, ViewId, WaiverId,
};

/// Names the one record that a [`Change`](super::Change) is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecordId {
    /// The notebook's title.
    Title,
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
    /// An entity's place on the canvas.
    Node(EntityId),
    /// A group on the canvas.
    Group(GroupId),
    /// A note card on the canvas.
    Card(CardId),
    /// A named view.
    View(ViewId),
    /// The dismissed suggestions of an article.
    Dismissed(ArticleId),
    /// A waiver of a finding of the review.
    Waiver(WaiverId),
    /// A source that is set aside.
    SetAside(SetAsideId),
    /// A matrix of competing claims.
    Matrix(MatrixId),
    /// What two people changed differently.
    Conflict(ConflictId),
}
