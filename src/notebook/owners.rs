//! Who owns whom: an owner is another actor, and nobody owns itself through others.

use std::collections::HashSet;

use super::{Detail, EntityId, Notebook};

impl Notebook {
    /// Who owns an actor; `None` for what is no actor, or has no owner.
    #[must_use]
    pub fn owner_of(&self, id: EntityId) -> Option<EntityId> {
        match &self.entity(id)?.detail {
            Detail::Actor(actor) => actor.owner,
            Detail::Event(_) | Detail::Claim(_) => None,
        }
    }

    /// Those through whom an actor would own itself, were it owned by `owner`: `owner` first, its owner next. Empty
    /// where it would be its own owner. `None` where it would not own itself.
    #[must_use]
    pub fn owned_through(&self, id: EntityId, owner: EntityId) -> Option<Vec<EntityId>> {
        let mut way = Vec::new();
        let mut seen = HashSet::new();
        let mut next = Some(owner);
        while let Some(one) = next {
            if one == id {
                return Some(way);
            }
            // A circle further up is not this actor's.
            if !seen.insert(one) {
                return None;
            }
            way.push(one);
            next = self.owner_of(one);
        }
        None
    }
}
