//! Which records changed lately: what lets a view that holds the notebook's picture bring it up to date without
//! looking through the whole notebook.

use std::collections::VecDeque;

use super::{ArticleId, CardId, Change, EntityId, GroupId, LinkId, RelationId};

/// So many of the last changes are remembered. Whoever is farther behind looks at everything.
const MOST: usize = 4096;

/// The record a change was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// An entity, or its place on the canvas.
    Entity(EntityId),
    /// A link, made or derived.
    Link(LinkId),
    /// A statement of this claim, or the publisher of its article.
    Statement(EntityId),
    /// An article.
    Article(ArticleId),
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
            Change::Article(id, _) => Self::Article(*id),
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
        self.push(revision, Touched::of(change));
    }

    /// Remembers the derived links that are otherwise at this revision.
    pub(super) fn note_links(&mut self, revision: u64, links: Vec<LinkId>) {
        for link in links {
            self.push(revision, Touched::Link(link));
        }
    }

    /// Remembers that a statement of this claim is otherwise at this revision.
    pub(super) fn note_statement(&mut self, revision: u64, claim: EntityId) {
        self.push(revision, Touched::Statement(claim));
    }

    fn push(&mut self, revision: u64, touched: Touched) {
        if self.changes.len() == MOST
            && let Some((oldest, _)) = self.changes.pop_front()
        {
            self.before = oldest;
        }
        self.changes.push_back((revision, touched));
    }

    /// What changed after this revision, the oldest first; `None` when that is not known.
    pub(super) fn since(&self, revision: u64) -> Option<impl ExactSizeIterator<Item = &Touched>> {
        // Revisions only ever grow, but a revision may also be another notebook's. A revision may have several entries.
        let from = self.changes.partition_point(|(at, _)| *at <= revision);
        let known = match from.checked_sub(1).and_then(|last| self.changes.get(last)) {
            Some((last, _)) => *last == revision,
            None => self.before == revision,
        };
        // Of the oldest revision that has entries left some may be forgotten.
        if !known || (from == 0 && self.changes.front().is_some_and(|(at, _)| *at == self.before)) {
            return None;
        }
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
