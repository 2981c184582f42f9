//! The smallest changes: one record put, replaced or removed. Every edit comes down to a list of these.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{
    Article, ArticleId, Assessment, AssessmentId, Entity, EntityId, Link, LinkId, Mention,
    MentionId, Node, Relation, RelationId,
};

/// The record with this id becomes this value; `None` removes it.
///
/// Putting the old value back is the inverse, so that undo needs no code of its own for each edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The notebook's title.
    Title(String),
    /// An article.
    Article(ArticleId, Option<Arc<Article>>),
    /// An entity.
    Entity(EntityId, Option<Arc<Entity>>),
    /// A mention.
    Mention(MentionId, Option<Arc<Mention>>),
    /// A link.
    Link(LinkId, Option<Arc<Link>>),
    /// A relation.
    Relation(RelationId, Option<Relation>),
    /// A place on the canvas.
    Node(EntityId, Option<Node>),
    /// An assessment.
    Assessment(AssessmentId, Option<Arc<Assessment>>),
}

/// Revisions are drawn from one counter, so that two notebooks never share one either.
pub(super) fn next_revision() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
