//! The smallest changes: one record put, replaced or removed. Every edit comes down to a list of these.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{
    Article, ArticleId, Assessment, AssessmentId, Card, CardId, Entity, EntityId, Group, GroupId,
    Link, LinkId, Mention, MentionId, NamedView, Node, Relation, RelationId, ViewId,
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
    /// A group on the canvas.
    Group(GroupId, Option<Arc<Group>>),
    /// A note card on the canvas.
    Card(CardId, Option<Arc<Card>>),
    /// A named view.
    View(ViewId, Option<Arc<NamedView>>),
    /// The places (bytes: start, end) of an article where suggestions were dismissed.
    Dismissed(ArticleId, Option<Arc<BTreeSet<(usize, usize)>>>),
    /// An assessment.
    Assessment(AssessmentId, Option<Arc<Assessment>>),
}

/// Revisions are drawn from one counter, so that two notebooks never share one either.
pub(super) fn next_revision() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
