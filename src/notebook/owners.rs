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

#[cfg(test)]
mod tests {
    use super::super::generate::put_entity;
    use super::super::{Actor, Entity, Kind, check};
    use super::*;

    /// A notebook in which each actor is owned by the one of this number, as no edit would make it.
    fn owned(by: &[Option<usize>]) -> Notebook {
        let mut notebook = Notebook::new("");
        let id = |i: usize| EntityId::from_bits(1 + i as u64);
        for (i, owner) in by.iter().enumerate() {
            let mut entity = Entity::new(Kind::Actor, format!("Actor {i}"));
            entity.detail = Detail::Actor(Actor { owner: owner.map(id), ..Actor::default() });
            put_entity(&mut notebook, id(i), entity);
        }
        notebook
    }

    fn problems(by: &[Option<usize>]) -> Vec<String> {
        check(&owned(by)).into_iter().map(|problem| problem.what).collect()
    }

    #[test]
    fn owning_oneself_is_a_problem_also_through_others() {
        assert!(problems(&[Some(1), Some(2), None]).is_empty());
        assert_eq!(problems(&[Some(0)]), ["it is its own owner"]);
        assert_eq!(
            problems(&[Some(1), Some(2), Some(0)]),
            [
                "it owns itself, through “Actor 1”, “Actor 2”",
                "it owns itself, through “Actor 2”, “Actor 0”",
                "it owns itself, through “Actor 0”, “Actor 1”"
            ]
        );
        // The circle further up is not the first one's.
        assert_eq!(problems(&[Some(1), Some(2), Some(1)]).len(), 2);
    }
}
