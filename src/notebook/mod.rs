//! The model: everything about one investigation, and what always holds of it.
//!
//! Nothing here draws, reads files or decides what an edit means. A notebook is *built* by loading
//! (`storage`) and *changed* by [`crate::edit`] alone; both go through `Notebook::replace`, which keeps
//! the indexes true and hands back the change that undoes it.

mod article;
mod assessment;
mod board;
mod change;
mod check;
mod conflict;
mod derived;
mod dismissed;
mod edtf;
mod entity;
mod evidence;
pub mod generate;
mod grade;
mod id;
mod index;
mod link;
mod lookups;
mod matrix;
mod mention;
mod owners;
mod problem;
mod read_in;
mod recent;
mod record_id;
mod record_name;
mod setting_aside;
mod subject;
mod values;
mod view_state;
mod views;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use article::{About, Article, Origin, Version};
pub(crate) use assessment::of_verdict;
pub use assessment::{Assessment, Signature, is_moment, wrong_assessment};
pub use board::{Card, Group, Hue};
pub use change::Change;
pub use check::check;
pub use conflict::Conflict;
pub use dismissed::Dismissed;
pub use edtf::{Day, EdtfError, check_edtf, edtf_span};
pub use entity::{
    Actor, ActorKind, Claim, Detail, Entity, Event, Kind, Participant, Reply, Role, When,
};
pub use evidence::Evidence;
pub use grade::{Aspect, ClaimStatus, Grade, Reliability, Strength, credibility_definition};
pub use id::{
    ArticleId, CardId, ConflictId, EntityId, GroupId, LinkId, MatrixId, MentionId, NotAnId,
    SetAsideId, ViewId, WaiverId,
};
pub use link::{Basis, Family, Link, Relation, RelationId, Target, standard_relations};
pub use matrix::{Fit, Matrix};
pub(crate) use mention::first_version;
pub use mention::{Anchor, Form, Hop, Mention, Modality, Place, Polarity, Source, Statement};
pub use problem::{Item, Problem};
pub use read_in::{MONTHS, Pages, ReadIn, day_in_words};
pub use recent::Touched;
pub use record_id::RecordId;
use serde::{Deserialize, Serialize};
pub use setting_aside::{SetAside, Waiver};
pub use subject::Subject;
pub use values::{Values, blank_values, placed_in, record_of, values_of};
pub use view_state::{KeepSources, ReadingPlace, View, ViewState};
pub use views::{Filter, Focus, NamedView};

use derived::DerivedLinks;
use index::Index;

/// Where an entity stands on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Its centre in canvas units, to the right.
    pub x: f32,
    /// Its centre in canvas units, downwards.
    pub y: f32,
    /// “Arrange” leaves it where it is.
    pub pinned: bool,
}

/// Everything about one investigation.
///
/// # What always holds
/// - every id that one record holds of another names a record that exists and is of the right kind;
/// - an anchor is an orphan, or a non-empty range of its article on grapheme boundaries; it was read in a version of the
///   article's text that there is;
/// - a mention has a statement exactly when its entity is a claim;
/// - every actor in a chain, every participant, member, owner and publisher is an actor;
/// - links that target links do not run in a circle;
/// - an entity is in one group at most, and no group is empty;
/// - the last assessment of an aspect of a record says what the record says;
/// - no name is blank; coordinates are finite.
///
/// [`check`] lists what breaks these. Loading refuses what it cannot represent; edits keep them.
#[derive(Clone, Debug, Default)]
pub struct Notebook {
    title: String,
    articles: BTreeMap<ArticleId, Arc<Article>>,
    entities: BTreeMap<EntityId, Arc<Entity>>,
    mentions: BTreeMap<MentionId, Arc<Mention>>,
    links: BTreeMap<LinkId, Arc<Link>>,
    relations: BTreeMap<RelationId, Relation>,
    nodes: BTreeMap<EntityId, Node>,
    groups: BTreeMap<GroupId, Arc<Group>>,
    cards: BTreeMap<CardId, Arc<Card>>,
    views: BTreeMap<ViewId, Arc<NamedView>>,
    dismissed: BTreeMap<ArticleId, Arc<Dismissed>>,
    waivers: BTreeMap<WaiverId, Arc<Waiver>>,
    set_aside: BTreeMap<SetAsideId, Arc<SetAside>>,
    matrices: BTreeMap<MatrixId, Arc<Matrix>>,
    conflicts: BTreeMap<ConflictId, Arc<Conflict>>,
    index: Index,
    derived: DerivedLinks,
    recent: recent::Recent,
    revision: u64,
}

impl PartialEq for Notebook {
    fn eq(&self, other: &Self) -> bool {
        self.title == other.title
            && self.articles == other.articles
            && self.entities == other.entities
            && self.mentions == other.mentions
            && self.links == other.links
            && self.relations == other.relations
            && self.nodes == other.nodes
            && self.groups == other.groups
            && self.cards == other.cards
            && self.views == other.views
            && self.dismissed == other.dismissed
            && self.waivers == other.waivers
            && self.set_aside == other.set_aside
            && self.matrices == other.matrices
            && self.conflicts == other.conflicts
    }
}

impl Notebook {
    /// An empty notebook with the standard relations.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), relations: standard_relations(), ..Self::default() }
    }

    /// What the investigation is called. May be empty: the file's name stands for it.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Grows with every change and is never the same for two states in one run: what caches compare.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Which records changed after this revision, the oldest change first; `None` when that is no longer known, or
    /// when it was never one of this notebook's.
    #[must_use]
    pub fn touched_since(&self, revision: u64) -> Option<impl ExactSizeIterator<Item = &Touched>> {
        self.recent.since(revision)
    }

    /// All articles by id.
    #[must_use]
    pub const fn articles(&self) -> &BTreeMap<ArticleId, Arc<Article>> {
        &self.articles
    }

    /// All entities by id.
    #[must_use]
    pub const fn entities(&self) -> &BTreeMap<EntityId, Arc<Entity>> {
        &self.entities
    }

    /// All mentions by id.
    #[must_use]
    pub const fn mentions(&self) -> &BTreeMap<MentionId, Arc<Mention>> {
        &self.mentions
    }

    /// All links made by hand, by id.
    #[must_use]
    pub const fn links(&self) -> &BTreeMap<LinkId, Arc<Link>> {
        &self.links
    }

    /// All relations.
    #[must_use]
    pub const fn relations(&self) -> &BTreeMap<RelationId, Relation> {
        &self.relations
    }

    /// Where entities stand on the canvas. An entity without a place is not drawn there yet.
    #[must_use]
    pub const fn nodes(&self) -> &BTreeMap<EntityId, Node> {
        &self.nodes
    }

    /// The groups on the canvas.
    #[must_use]
    pub const fn groups(&self) -> &BTreeMap<GroupId, Arc<Group>> {
        &self.groups
    }

    /// The note cards on the canvas.
    #[must_use]
    pub const fn cards(&self) -> &BTreeMap<CardId, Arc<Card>> {
        &self.cards
    }

    /// The named views.
    #[must_use]
    pub const fn views(&self) -> &BTreeMap<ViewId, Arc<NamedView>> {
        &self.views
    }

    /// Where suggestions were dismissed, by article.
    #[must_use]
    pub const fn dismissed(&self) -> &BTreeMap<ArticleId, Arc<Dismissed>> {
        &self.dismissed
    }

    /// The findings of the review that are waived.
    #[must_use]
    pub const fn waivers(&self) -> &BTreeMap<WaiverId, Arc<Waiver>> {
        &self.waivers
    }

    /// The sources that are set aside.
    #[must_use]
    pub const fn set_aside(&self) -> &BTreeMap<SetAsideId, Arc<SetAside>> {
        &self.set_aside
    }

    /// The matrices of competing claims.
    #[must_use]
    pub const fn matrices(&self) -> &BTreeMap<MatrixId, Arc<Matrix>> {
        &self.matrices
    }

    /// What two people changed differently, and nobody has settled yet.
    #[must_use]
    pub const fn conflicts(&self) -> &BTreeMap<ConflictId, Arc<Conflict>> {
        &self.conflicts
    }

    /// This article.
    #[must_use]
    pub fn article(&self, id: ArticleId) -> Option<&Arc<Article>> {
        self.articles.get(&id)
    }

    /// This entity.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Arc<Entity>> {
        self.entities.get(&id)
    }

    /// This mention.
    #[must_use]
    pub fn mention(&self, id: MentionId) -> Option<&Arc<Mention>> {
        self.mentions.get(&id)
    }

    /// This link, made by hand.
    #[must_use]
    pub fn link(&self, id: LinkId) -> Option<&Arc<Link>> {
        self.links.get(&id)
    }

    /// The entity's name, or a word for its absence.
    #[must_use]
    pub fn name(&self, id: EntityId) -> &str {
        self.entities.get(&id).map_or("(missing)", |e| &e.name)
    }

    /// The relation's label; its id where nothing defines it.
    #[must_use]
    pub fn relation_label<'a>(&'a self, id: &'a RelationId) -> &'a str {
        self.relation(id).map_or(&id.0, |r| &r.label)
    }

    /// The articles in the order of their tabs.
    #[must_use]
    pub fn articles_in_order(&self) -> Vec<ArticleId> {
        let mut ids: Vec<_> = self.articles.iter().map(|(id, a)| (a.about.order, *id)).collect();
        ids.sort_unstable();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// How many entities there are of this kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.index.count(kind)
    }

    /// Puts one record, keeps the indexes true, and returns the change that undoes it.
    ///
    /// It checks nothing: what an edit may do is [`crate::edit`]'s business, which alone calls this on a
    /// notebook in use; loading calls it to build one.
    pub(crate) fn replace(&mut self, change: Change) -> Change {
        self.revision = change::next_revision();
        self.recent.note(self.revision, &change);
        match change {
            Change::Title(title) => Change::Title(std::mem::replace(&mut self.title, title)),
            Change::Article(id, new) => {
                let old = self.publisher_of(id);
                let change = Change::Article(id, put(&mut self.articles, id, new));
                let new = self.publisher_of(id);
                if old != new {
                    self.derive_from_article(id, old, new);
                }
                change
            }
            Change::Entity(id, new) => {
                let kind = new.as_ref().map(|e| e.kind());
                let old = put(&mut self.entities, id, new);
                self.index.entity(old.as_ref().map(|e| e.kind()), kind);
                let mut touched = Vec::new();
                let new = self.entities.get(&id).map(|new| &**new);
                self.derived.entity(id, old.as_deref(), new, &mut touched);
                self.recent.note_links(self.revision, touched);
                Change::Entity(id, old)
            }
            Change::Mention(id, new) => {
                let mut touched = Vec::new();
                if let Some(old) = self.mentions.get(&id) {
                    self.index.remove_mention(id, old);
                    let publisher = self.publisher_of(old.anchor.article);
                    self.derived.statement(id, old, publisher, false, &mut touched);
                    if old.statement.is_some() {
                        self.recent.note_statement(self.revision, old.entity);
                    }
                    let entity = self.entities.get(&old.entity).map(|it| &**it);
                    self.derived.mentions_of(old.entity, entity, &mut touched);
                }
                if let Some(new) = &new {
                    self.index.add_mention(id, new);
                    let publisher = self.publisher_of(new.anchor.article);
                    self.derived.statement(id, new, publisher, true, &mut touched);
                    if new.statement.is_some() {
                        self.recent.note_statement(self.revision, new.entity);
                    }
                    let entity = self.entities.get(&new.entity).map(|it| &**it);
                    self.derived.mentions_of(new.entity, entity, &mut touched);
                }
                self.recent.note_links(self.revision, touched);
                Change::Mention(id, put(&mut self.mentions, id, new))
            }
            Change::Link(id, new) => {
                if let Some(old) = self.links.get(&id) {
                    self.index.remove_link(id, old);
                }
                if let Some(new) = &new {
                    self.index.add_link(id, new);
                }
                Change::Link(id, put(&mut self.links, id, new))
            }
            Change::Relation(id, new) => {
                let old = put(&mut self.relations, id.clone(), new);
                Change::Relation(id, old)
            }
            Change::Node(id, new) => Change::Node(id, put(&mut self.nodes, id, new)),
            Change::Group(id, new) => Change::Group(id, put(&mut self.groups, id, new)),
            Change::Card(id, new) => Change::Card(id, put(&mut self.cards, id, new)),
            Change::View(id, new) => Change::View(id, put(&mut self.views, id, new)),
            Change::Dismissed(id, new) => Change::Dismissed(id, put(&mut self.dismissed, id, new)),
            Change::Waiver(id, new) => Change::Waiver(id, put(&mut self.waivers, id, new)),
            Change::SetAside(id, new) => Change::SetAside(id, put(&mut self.set_aside, id, new)),
            Change::Matrix(id, new) => Change::Matrix(id, put(&mut self.matrices, id, new)),
            Change::Conflict(id, new) => Change::Conflict(id, put(&mut self.conflicts, id, new)),
        }
    }
}

fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) -> Option<V> {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    }
}
