//! Which records changed lately: what lets a view that holds the notebook's picture bring it up to date without
//! looking through the whole notebook.

use std::collections::VecDeque;

use super::{CardId, Change, EntityId, GroupId, LinkId, RelationId};

/// So many of the last changes are remembered. Whoever is farther behind looks at everything.
const MOST: usize = 4096;

/// The record a change was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// An entity, or its place on the canvas.
    Entity(EntityId),
    /// A link.
    Link(LinkId),
    /// A relation.
    Relation(RelationId),
    /// A group on the canvas.
    Group(GroupId),
    /// A note card on the canvas.
    Card(CardId),
    /// Something else.
    Other,
}

impl Touched {
    fn of(change: &Change) -> Self {
        match change {
            Change::Entity(id, _) | Change::Node(id, _) => Self::Entity(*id),
            Change::Link(id, _) => Self::Link(*id),
            Change::Relation(id, _) => Self::Relation(id.clone()),
            Change::Group(id, _) => Self::Group(*id),
            Change::Card(id, _) => Self::Card(*id),
            _ => Self::Other,
        }
    }
}

/// The last changes, the oldest first, each with the revision it led to.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    /// The revision before the oldest of them.
    before: u64,
    changes: VecDeque<(u64, Touched)>,
}

impl Recent {
    /// Remembers a change that led to this revision.
    pub(super) fn note(&mut self, revision: u64, change: &Change) {
        if self.changes.len() == MOST
            && let Some((oldest, _)) = self.changes.pop_front()
        {
            self.before = oldest;
        }
        self.changes.push_back((revision, Touched::of(change)));
    }

    /// What changed after this revision, the oldest first; `None` when that is not known.
    pub(super) fn since(&self, revision: u64) -> Option<impl ExactSizeIterator<Item = &Touched>> {
        // Revisions only ever grow, but a revision may also be another notebook's.
        let from = match self.changes.binary_search_by_key(&revision, |(at, _)| *at) {
            Ok(at) => at + 1,
            Err(0) if revision == self.before => 0,
            Err(_) => return None,
        };
        Some(self.changes.range(from..).map(|(_, touched)| touched))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_since_a_revision_is_known_for_a_while() {
        let mut recent = Recent::default();
        for revision in 1..=(MOST as u64 + 10) {
            let title = Change::Title(revision.to_string());
            recent.note(revision * 2, &title);
        }
        let newest = (MOST as u64 + 10) * 2;
        assert_eq!(recent.since(newest).map(|touched| touched.len()), Some(0));
        assert_eq!(recent.since(newest - 6).map(|touched| touched.len()), Some(3));
        assert_eq!(recent.since(20).map(|touched| touched.len()), Some(MOST));
        assert!(recent.since(18).is_none(), "forgotten");
        assert!(recent.since(newest - 1).is_none(), "another notebook's");
    }
}
