//! Which actors count as one: outlets of one owner, and actors that a link declares equivalent.

use std::collections::{HashMap, HashSet};

use super::{WhatIf, equivalence};
use crate::notebook::{Actor, ActorKind, Detail, EntityId, Kind, Notebook};

/// Which actors count as one, in one state of a notebook.
#[derive(Clone, Debug, Default)]
pub struct Same(HashMap<EntityId, EntityId>);

impl Same {
    /// Outlets under one topmost owner are one house, the owner too where it is an outlet itself; actors joined by links
    /// “equivalent” are one, and so are the pairs that are taken to be.
    #[must_use]
    pub fn new(notebook: &Notebook, what_if: &WhatIf) -> Self {
        let mut sets = Sets(HashMap::new());
        for (a, b) in &what_if.same {
            sets.unite(Key::Actor(*a), Key::Actor(*b));
        }
        for (id, entity) in notebook.entities() {
            if is_outlet(notebook, *id) {
                let top = topmost_owner(notebook, *id);
                // An owner that is not an outlet gives its house a name, but is not part of it.
                if top != *id {
                    sets.join(*id, House(top), is_outlet(notebook, top));
                }
            }
            if entity.kind() == Kind::Actor {
                for link in notebook.links_of(*id) {
                    if let Some((from, to)) = equivalence(notebook, link)
                        && from == *id
                        && notebook.entity(to).is_some_and(|it| it.kind() == Kind::Actor)
                    {
                        sets.unite(Key::Actor(from), Key::Actor(to));
                    }
                }
            }
        }
        Self(sets.by_actor())
    }

    /// The actors that another one represents here than there.
    pub(super) fn differences(&self, other: &Self) -> Vec<EntityId> {
        let changed = |a: &Self, b: &Self| -> Vec<EntityId> {
            let differs = |(id, stands): &(&EntityId, &EntityId)| b.0.get(id) != Some(stands);
            a.0.iter().filter(differs).map(|(id, _)| *id).collect()
        };
        let mut all = changed(self, other);
        all.extend(changed(other, self));
        all
    }

    /// The representative of the actors that count as one with this actor: the same for all of them.
    #[must_use]
    pub fn of(&self, actor: EntityId) -> EntityId {
        self.0.get(&actor).copied().unwrap_or(actor)
    }
}

/// The owner of an outlet that nobody else owns; itself where it has none.
fn topmost_owner(notebook: &Notebook, id: EntityId) -> EntityId {
    let mut top = id;
    let mut seen = HashSet::from([id]);
    while let Some(owner) = notebook.owner_of(top) {
        // A circle of owners has no top: no edit makes one, but a file written by hand may contain one.
        if !seen.insert(owner) {
            break;
        }
        top = owner;
    }
    top
}

pub(super) fn actor(notebook: &Notebook, id: EntityId) -> Option<&Actor> {
    match &notebook.entity(id)?.detail {
        Detail::Actor(actor) => Some(actor),
        Detail::Event(_) | Detail::Claim(_) => None,
    }
}

pub(super) fn is_outlet(notebook: &Notebook, id: EntityId) -> bool {
    actor(notebook, id).is_some_and(|actor| actor.kind == ActorKind::Media)
}

/// The house of outlets of one owner.
struct House(EntityId);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Actor(EntityId),
    House(EntityId),
}

/// Disjoint sets (Tarjan 1975), by path halving.
struct Sets(HashMap<Key, Key>);

impl Sets {
    fn root(&mut self, mut key: Key) -> Key {
        while let Some(&parent) = self.0.get(&key).filter(|parent| **parent != key) {
            let grandparent = self.0.get(&parent).copied().unwrap_or(parent);
            self.0.insert(key, grandparent);
            key = grandparent;
        }
        key
    }

    fn unite(&mut self, a: Key, b: Key) {
        let (a, b) = (self.root(a), self.root(b));
        // An actor represents its set where there is one: keys of actors sort before those of houses.
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        self.0.insert(first, first);
        self.0.insert(second, first);
    }

    fn join(&mut self, outlet: EntityId, house: House, with_owner: bool) {
        self.unite(Key::Actor(outlet), Key::House(house.0));
        if with_owner {
            self.unite(Key::Actor(house.0), Key::House(house.0));
        }
    }

    fn by_actor(mut self) -> HashMap<EntityId, EntityId> {
        let keys: Vec<Key> = self.0.keys().copied().collect();
        let mut found = HashMap::new();
        for key in keys {
            if let (Key::Actor(actor), Key::Actor(stands)) = (key, self.root(key)) {
                found.insert(actor, stands);
            }
        }
        found
    }
}
