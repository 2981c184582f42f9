//! The smallest changes: one record put, replaced or removed. Every edit comes down to a list of these.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::record_id::RecordId;
use super::{
    Article, ArticleId, Card, CardId, Conflict, ConflictId, Dismissed, Entity, EntityId, Group,
    GroupId, Link, LinkId, Matrix, MatrixId, Mention, MentionId, NamedView, Node, Notebook,
    Relation, RelationId, SetAside, SetAsideId, ViewId, Waiver, WaiverId,
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
    /// Where suggestions were dismissed in an article.
    Dismissed(ArticleId, Option<Arc<Dismissed>>),
    /// A waiver of a finding of the review.
    Waiver(WaiverId, Option<Arc<Waiver>>),
    /// A source that is set aside.
    SetAside(SetAsideId, Option<Arc<SetAside>>),
    /// A matrix of competing claims.
    Matrix(MatrixId, Option<Arc<Matrix>>),
    /// What two people changed differently.
    Conflict(ConflictId, Option<Arc<Conflict>>),
}

impl Change {
    /// The record it is about.
    #[must_use]
    pub fn record(&self) -> RecordId {
        match self {
            Self::Title(_) => RecordId::Title,
            Self::Article(id, _) => RecordId::Article(*id),
            Self::Entity(id, _) => RecordId::Entity(*id),
            Self::Mention(id, _) => RecordId::Mention(*id),
            Self::Link(id, _) => RecordId::Link(*id),
            Self::Relation(id, _) => RecordId::Relation(id.clone()),
            Self::Node(id, _) => RecordId::Node(*id),
            Self::Group(id, _) => RecordId::Group(*id),
            Self::Card(id, _) => RecordId::Card(*id),
            Self::View(id, _) => RecordId::View(*id),
            Self::Dismissed(id, _) => RecordId::Dismissed(*id),
            Self::Waiver(id, _) => RecordId::Waiver(*id),
            Self::SetAside(id, _) => RecordId::SetAside(*id),
            Self::Matrix(id, _) => RecordId::Matrix(*id),
            Self::Conflict(id, _) => RecordId::Conflict(*id),
        }
    }
}

impl Change {
    /// Whether it removes its record.
    #[must_use]
    pub const fn removes(&self) -> bool {
        match self {
            Self::Title(_) => false,
            Self::Article(_, new) => new.is_none(),
            Self::Entity(_, new) => new.is_none(),
            Self::Mention(_, new) => new.is_none(),
            Self::Link(_, new) => new.is_none(),
            Self::Relation(_, new) => new.is_none(),
            Self::Node(_, new) => new.is_none(),
            Self::Group(_, new) => new.is_none(),
            Self::Card(_, new) => new.is_none(),
            Self::View(_, new) => new.is_none(),
            Self::Dismissed(_, new) => new.is_none(),
            Self::Waiver(_, new) => new.is_none(),
            Self::SetAside(_, new) => new.is_none(),
            Self::Matrix(_, new) => new.is_none(),
            Self::Conflict(_, new) => new.is_none(),
        }
    }
}

impl Notebook {
    /// Every record it holds: the title, then by kind, each kind by id.
    #[must_use]
    pub fn record_ids(&self) -> Vec<RecordId> {
        fn ids<'a, K: Copy + 'a, V: 'a>(
            map: &'a BTreeMap<K, V>,
            record: impl Fn(K) -> RecordId + 'a,
        ) -> impl Iterator<Item = RecordId> + 'a {
            map.keys().map(move |id| record(*id))
        }
        let mut all = vec![RecordId::Title];
        all.extend(ids(&self.articles, RecordId::Article));
        all.extend(ids(&self.entities, RecordId::Entity));
        all.extend(ids(&self.mentions, RecordId::Mention));
        all.extend(ids(&self.links, RecordId::Link));
        all.extend(self.relations.keys().cloned().map(RecordId::Relation));
        all.extend(ids(&self.nodes, RecordId::Node));
        all.extend(ids(&self.groups, RecordId::Group));
        all.extend(ids(&self.cards, RecordId::Card));
        all.extend(ids(&self.views, RecordId::View));
        all.extend(ids(&self.dismissed, RecordId::Dismissed));
        all.extend(ids(&self.waivers, RecordId::Waiver));
        all.extend(ids(&self.set_aside, RecordId::SetAside));
        all.extend(ids(&self.matrices, RecordId::Matrix));
        all.extend(ids(&self.conflicts, RecordId::Conflict));
        all
    }

    /// The change that would make a record what it is now.
    #[must_use]
    pub fn as_it_is(&self, record: &RecordId) -> Change {
        match record {
            RecordId::Title => Change::Title(self.title.clone()),
            RecordId::Article(id) => Change::Article(*id, self.articles.get(id).cloned()),
            RecordId::Entity(id) => Change::Entity(*id, self.entities.get(id).cloned()),
            RecordId::Mention(id) => Change::Mention(*id, self.mentions.get(id).cloned()),
            RecordId::Link(id) => Change::Link(*id, self.links.get(id).cloned()),
            RecordId::Relation(id) => Change::Relation(id.clone(), self.relations.get(id).cloned()),
            RecordId::Node(id) => Change::Node(*id, self.nodes.get(id).copied()),
            RecordId::Group(id) => Change::Group(*id, self.groups.get(id).cloned()),
            RecordId::Card(id) => Change::Card(*id, self.cards.get(id).cloned()),
            RecordId::View(id) => Change::View(*id, self.views.get(id).cloned()),
            RecordId::Dismissed(id) => Change::Dismissed(*id, self.dismissed.get(id).cloned()),
            RecordId::Waiver(id) => Change::Waiver(*id, self.waivers.get(id).cloned()),
            RecordId::SetAside(id) => Change::SetAside(*id, self.set_aside.get(id).cloned()),
            RecordId::Matrix(id) => Change::Matrix(*id, self.matrices.get(id).cloned()),
            RecordId::Conflict(id) => Change::Conflict(*id, self.conflicts.get(id).cloned()),
        }
    }
}

/// Revisions are drawn from one counter, so that two notebooks never share one either.
pub(super) fn next_revision() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
