//! The tables a list of edits looks names and uses up in. They are made once it has asked a few times, and follow every
//! change the list makes.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use crate::notebook::{
    ArticleId, Change, Entity, EntityId, Evidence, GroupId, Link, LinkId, Matrix, MatrixId,
    Mention, MentionId, Notebook, SetAsideId, Subject, Target, ViewId, WaiverId,
};
use crate::text::name_key;

/// So many times the notebook is looked through; then tables are made, which costs about as much as some times.
const LOOKED_THROUGH: u32 = 4;

/// The tables of a list of edits, as far as they are made.
#[derive(Default)]
pub(super) struct Lookup {
    asked_names: u32,
    asked_uses: u32,
    names: Option<Names>,
    uses: Option<Uses>,
}

/// Who has a name, and who has it as an alias.
#[derive(Default)]
pub(super) struct Names {
    pub(super) names: Table<String, EntityId>,
    pub(super) aliases: Table<String, EntityId>,
}

/// What would lose something if a record went.
#[derive(Default)]
pub(super) struct Uses {
    /// The mentions in whose chains an actor speaks.
    pub(super) speaks_in: Table<EntityId, MentionId>,
    /// The entities that name another one: as owner, member, participant or subject.
    pub(super) named_by: Table<EntityId, EntityId>,
    pub(super) published: Table<EntityId, ArticleId>,
    /// The links that a mention is evidence for.
    pub(super) evidence_for: Table<MentionId, LinkId>,
    /// The links that target a link.
    pub(super) targeted_by: Table<LinkId, LinkId>,
    /// The claims to which a mention is an answer.
    pub(super) answers_to: Table<MentionId, EntityId>,
    pub(super) waived_in: Table<Subject, WaiverId>,
    pub(super) aside_in: Table<Subject, SetAsideId>,
    pub(super) in_matrix: Table<Subject, MatrixId>,
    pub(super) grouped_in: Table<EntityId, GroupId>,
    pub(super) viewed_in: Table<EntityId, ViewId>,
}

/// Several values for a key, in their order.
pub(super) struct Table<K, V>(HashMap<K, BTreeSet<V>>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash, V: Copy + Ord> Table<K, V> {
    fn put(&mut self, key: K, value: V, there: bool) {
        if there {
            self.0.entry(key).or_default().insert(value);
        } else if let Some(values) = self.0.get_mut(&key) {
            values.remove(&value);
            if values.is_empty() {
                self.0.remove(&key);
            }
        }
    }

    pub(super) fn of<Q: ?Sized + Eq + Hash>(&self, key: &Q) -> Vec<V>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.get(key).into_iter().flatten().copied().collect()
    }
}

impl Names {
    fn new(notebook: &Notebook) -> Self {
        let mut names = Self::default();
        for (id, entity) in notebook.entities() {
            names.entity(*id, None, Some(entity));
        }
        names
    }

    fn entity(&mut self, id: EntityId, old: Option<&Entity>, new: Option<&Entity>) {
        if old.map(|entity| &entity.name) != new.map(|entity| &entity.name) {
            for (entity, there) in [(old, false), (new, true)] {
                if let Some(entity) = entity {
                    self.names.put(name_key(&entity.name).into_owned(), id, there);
                }
            }
        }
        // Lists of names grow at their ends: what both begin with is still there.
        let old_list = old.map_or(&[][..], |entity| &entity.aliases[..]);
        let new_list = new.map_or(&[][..], |entity| &entity.aliases[..]);
        let same = old_list.iter().zip(new_list).take_while(|(a, b)| a == b).count();
        for alias in &old_list[same..] {
            self.aliases.put(name_key(alias).into_owned(), id, false);
        }
        for alias in &new_list[same..] {
            self.aliases.put(name_key(alias).into_owned(), id, true);
        }
    }
}

impl Uses {
    fn new(notebook: &Notebook) -> Self {
        let mut uses = Self::default();
        for (id, mention) in notebook.mentions() {
            uses.mention(*id, mention, true);
        }
        for (id, entity) in notebook.entities() {
            uses.entity(*id, entity, true);
        }
        for (id, link) in notebook.links() {
            uses.link(*id, link, true);
        }
        for (id, article) in notebook.articles() {
            if let Some(publisher) = article.about.publisher {
                uses.published.put(publisher, *id, true);
            }
        }
        for (id, waiver) in notebook.waivers() {
            waiver.of.iter().for_each(|of| uses.waived_in.put(*of, *id, true));
        }
        for (id, aside) in notebook.set_aside() {
            uses.aside_in.put(aside.what, *id, true);
        }
        for (id, matrix) in notebook.matrices() {
            uses.matrix(*id, matrix, true);
        }
        for (id, group) in notebook.groups() {
            for member in &group.members {
                uses.grouped_in.put(*member, *id, true);
            }
        }
        for (id, view) in notebook.views() {
            for entity in view.focus.iter().flat_map(|focus| &focus.around) {
                uses.viewed_in.put(*entity, *id, true);
            }
        }
        uses
    }

    fn mention(&mut self, id: MentionId, mention: &Mention, there: bool) {
        for hop in mention.statement.iter().flat_map(|statement| &statement.chain) {
            self.speaks_in.put(hop.actor, id, there);
        }
    }

    fn entity(&mut self, id: EntityId, entity: &Entity, there: bool) {
        for other in entity.refers_to() {
            self.named_by.put(other, id, there);
        }
        for mention in entity.answers() {
            self.answers_to.put(mention, id, there);
        }
    }

    fn matrix(&mut self, id: MatrixId, matrix: &Matrix, there: bool) {
        let claims = matrix.claims.iter().map(|claim| Subject::Entity(*claim));
        for subject in claims.chain(matrix.rows.iter().copied()) {
            self.in_matrix.put(subject, id, there);
        }
    }

    fn link(&mut self, id: LinkId, link: &Link, there: bool) {
        if let Target::Link(to) = link.to {
            self.targeted_by.put(to, id, there);
        }
        for evidence in &link.evidence {
            if let Evidence::Mention(mention) = evidence {
                self.evidence_for.put(*mention, id, there);
            }
        }
    }

    /// Takes a record in, or out again.
    fn follow(&mut self, change: &Change, there: bool) {
        match change {
            Change::Mention(id, Some(mention)) => self.mention(*id, mention, there),
            Change::Entity(id, Some(entity)) => self.entity(*id, entity, there),
            Change::Link(id, Some(link)) => self.link(*id, link, there),
            Change::Article(id, Some(article)) => {
                if let Some(publisher) = article.about.publisher {
                    self.published.put(publisher, *id, there);
                }
            }
            Change::Waiver(id, Some(waiver)) => {
                waiver.of.iter().for_each(|of| self.waived_in.put(*of, *id, there));
            }
            Change::SetAside(id, Some(aside)) => self.aside_in.put(aside.what, *id, there),
            Change::Matrix(id, Some(matrix)) => self.matrix(*id, matrix, there),
            Change::Group(id, Some(group)) => {
                for member in &group.members {
                    self.grouped_in.put(*member, *id, there);
                }
            }
            Change::View(id, Some(view)) => {
                for entity in view.focus.iter().flat_map(|focus| &focus.around) {
                    self.viewed_in.put(*entity, *id, there);
                }
            }
            _ => {}
        }
    }
}

/// What an entity's own fields name: other entities, and mentions.
pub(super) type Named = (Vec<EntityId>, Vec<MentionId>);

/// What this entity's own fields name.
pub(super) fn named_by(entity: &Entity) -> Named {
    (entity.refers_to(), entity.answers().collect())
}

impl Lookup {
    /// Follows a change that was made: what the record was, and what it is.
    pub(super) fn follow(&mut self, old: &Change, new: &Change) {
        if let Some(names) = &mut self.names
            && let (Change::Entity(id, old), Change::Entity(_, new)) = (old, new)
        {
            names.entity(*id, old.as_deref(), new.as_deref());
        }
        if let Some(uses) = &mut self.uses {
            uses.follow(old, false);
            uses.follow(new, true);
        }
    }

    /// Follows an entity that was given more aliases, and nothing else that is looked up.
    pub(super) fn more_aliases(&mut self, id: EntityId, aliases: &[String]) {
        if let Some(names) = &mut self.names {
            for alias in aliases {
                names.aliases.put(name_key(alias).into_owned(), id, true);
            }
        }
    }

    /// Follows an entity that names others now than it did.
    pub(super) fn names_now(&mut self, id: EntityId, old: &Named, new: &Named) {
        if let Some(uses) = self.uses.as_mut().filter(|_| old != new) {
            for (named, there) in [(old, false), (new, true)] {
                named.0.iter().for_each(|other| uses.named_by.put(*other, id, there));
                named.1.iter().for_each(|mention| uses.answers_to.put(*mention, id, there));
            }
        }
    }

    pub(super) fn names(&mut self, notebook: &Notebook) -> Option<&Names> {
        self.asked_names += 1;
        if self.names.is_none() && self.asked_names > LOOKED_THROUGH {
            self.names = Some(Names::new(notebook));
        }
        self.names.as_ref()
    }

    pub(super) fn uses(&mut self, notebook: &Notebook) -> Option<&Uses> {
        self.asked_uses += 1;
        if self.uses.is_none() && self.asked_uses > LOOKED_THROUGH {
            self.uses = Some(Uses::new(notebook));
        }
        self.uses.as_ref()
    }
}
