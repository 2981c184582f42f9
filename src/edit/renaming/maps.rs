//! Which id becomes which.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Which ids of one kind become which; one that is not in it stays as it is.
#[derive(Clone, Debug)]
pub struct Map<I>(HashMap<I, I>);

impl<I> Default for Map<I> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<I: Copy + Eq + Hash + Ord> Map<I> {
    /// What an id becomes.
    #[must_use]
    pub fn of(&self, id: I) -> I {
        self.0.get(&id).copied().unwrap_or(id)
    }

    /// What an id becomes, where that was said.
    #[must_use]
    pub fn get(&self, id: I) -> Option<I> {
        self.0.get(&id).copied()
    }

    /// Says what an id becomes.
    pub fn set(&mut self, id: I, new: I) {
        self.0.insert(id, new);
    }

    /// How many ids it says something of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A map of all these ids under which no two become one: those of which something was said get what was said, and
    /// whoever would get what another one has gets a fresh one.
    pub(super) fn whole<'a>(&self, ids: impl Iterator<Item = &'a I>, fresh: impl Fn() -> I) -> Self
    where
        I: 'a,
    {
        let (said, other): (Vec<I>, Vec<I>) = ids.copied().partition(|id| self.0.contains_key(id));
        let mut taken = HashSet::with_capacity(said.len() + other.len());
        let mut whole = HashMap::with_capacity(said.len() + other.len());
        for id in said.into_iter().chain(other) {
            let mut new = self.of(id);
            while !taken.insert(new) {
                new = fresh();
            }
            whole.insert(id, new);
        }
        Self(whole)
    }
}
