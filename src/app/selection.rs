//! The selection, shared by the text, the lists and the canvas.

use std::collections::BTreeSet;

use crate::notebook::{CardId, EntityId, GroupId, LinkId, MentionId, Notebook};

/// The selection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Selected entities.
    pub entities: BTreeSet<EntityId>,
    /// The entity that was selected first, if any: a link made between two starts from it.
    pub first: Option<EntityId>,
    /// Selected links, made by hand or derived.
    pub links: BTreeSet<LinkId>,
    /// The selected mention; its entity is then the selected entity.
    pub mention: Option<MentionId>,
    /// Selected groups of the canvas; their members are not selected with them.
    pub groups: BTreeSet<GroupId>,
    /// Selected note cards.
    pub cards: BTreeSet<CardId>,
}

/// Something on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnCanvas {
    /// An entity.
    Entity(EntityId),
    /// A group.
    Group(GroupId),
    /// A note card.
    Card(CardId),
}

impl Selection {
    /// An empty selection.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A selection of one entity.
    #[must_use]
    pub fn entity(id: EntityId) -> Self {
        Self { entities: BTreeSet::from([id]), first: Some(id), ..Self::default() }
    }

    /// A selection of one link.
    #[must_use]
    pub fn link(id: LinkId) -> Self {
        Self { links: BTreeSet::from([id]), ..Self::default() }
    }

    /// A selection of something on the canvas.
    #[must_use]
    pub fn on_canvas(what: OnCanvas) -> Self {
        match what {
            OnCanvas::Entity(id) => Self::entity(id),
            OnCanvas::Group(id) => Self { groups: BTreeSet::from([id]), ..Self::default() },
            OnCanvas::Card(id) => Self { cards: BTreeSet::from([id]), ..Self::default() },
        }
    }

    /// A selection of links.
    #[must_use]
    pub fn links(ids: impl IntoIterator<Item = LinkId>) -> Self {
        Self { links: ids.into_iter().collect(), ..Self::default() }
    }

    /// A selection of one mention and its entity.
    #[must_use]
    pub fn mention(id: MentionId, notebook: &Notebook) -> Self {
        let first = notebook.mention(id).map(|m| m.entity);
        let entities = first.into_iter().collect();
        Self { entities, first, mention: Some(id), ..Self::default() }
    }

    /// Whether nothing is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
            && self.links.is_empty()
            && self.mention.is_none()
            && self.board_is_empty()
    }

    /// Whether no group and no note card is selected.
    fn board_is_empty(&self) -> bool {
        self.groups.is_empty() && self.cards.is_empty()
    }

    /// Whether it contains something on the canvas, which can be copied and cut.
    #[must_use]
    pub fn has_part(&self) -> bool {
        self.mention.is_none()
            && !(self.entities.is_empty() && self.links.is_empty() && self.board_is_empty())
    }

    /// The selected entity, when it is the only one.
    #[must_use]
    pub fn only_entity(&self) -> Option<EntityId> {
        match (self.entities.len(), self.links.is_empty() && self.board_is_empty()) {
            (1, true) => self.entities.first().copied(),
            _ => None,
        }
    }

    /// The selected link, when it is the only thing selected.
    #[must_use]
    pub fn only_link(&self) -> Option<LinkId> {
        match (self.links.len(), self.entities.is_empty() && self.board_is_empty()) {
            (1, true) => self.links.first().copied(),
            _ => None,
        }
    }

    /// The selected link, when it is the only thing selected and made by hand.
    #[must_use]
    pub fn only_made_link(&self) -> Option<LinkId> {
        self.only_link().filter(|id| !id.is_derived())
    }

    /// The selected links that were made by hand: derived ones are not edited.
    pub fn made_links(&self) -> impl Iterator<Item = LinkId> + Clone + '_ {
        self.links.iter().copied().filter(|id| !id.is_derived())
    }

    /// The selected group or note card, when it is the only thing selected.
    #[must_use]
    pub fn only_on_board(&self) -> Option<OnCanvas> {
        if !self.entities.is_empty() || !self.links.is_empty() {
            return None;
        }
        match (self.groups.len(), self.cards.len()) {
            (1, 0) => self.groups.first().copied().map(OnCanvas::Group),
            (0, 1) => self.cards.first().copied().map(OnCanvas::Card),
            _ => None,
        }
    }

    /// Whether this is selected.
    #[must_use]
    pub fn holds(&self, what: OnCanvas) -> bool {
        match what {
            OnCanvas::Entity(id) => self.entities.contains(&id),
            OnCanvas::Group(id) => self.groups.contains(&id),
            OnCanvas::Card(id) => self.cards.contains(&id),
        }
    }

    /// The two selected entities, if there are exactly two: the one selected first comes first.
    #[must_use]
    pub fn pair(&self) -> Option<(EntityId, EntityId)> {
        let mut all = self.entities.iter().copied();
        match (all.next(), all.next(), all.next()) {
            (Some(a), Some(b), None) => Some(if self.first == Some(b) { (b, a) } else { (a, b) }),
            _ => None,
        }
    }

    /// Adds an entity, or removes it.
    pub fn toggle(&mut self, id: EntityId) {
        self.mention = None;
        if self.entities.remove(&id) {
            // A single remaining entity was selected before the next one.
            if self.first == Some(id) || self.entities.len() == 1 {
                self.first = self.only_entity();
            }
        } else {
            if self.entities.is_empty() {
                self.first = Some(id);
            }
            self.entities.insert(id);
        }
    }

    /// Adds a link, or removes it.
    pub fn toggle_link(&mut self, id: LinkId) {
        self.mention = None;
        if !self.links.remove(&id) {
            self.links.insert(id);
        }
    }

    /// Adds something on the canvas, or removes it.
    pub fn toggle_on_canvas(&mut self, what: OnCanvas) {
        match what {
            OnCanvas::Entity(id) => self.toggle(id),
            OnCanvas::Group(id) => {
                self.mention = None;
                if !self.groups.remove(&id) {
                    self.groups.insert(id);
                }
            }
            OnCanvas::Card(id) => {
                self.mention = None;
                if !self.cards.remove(&id) {
                    self.cards.insert(id);
                }
            }
        }
    }

    /// Removes what the notebook no longer holds.
    pub fn prune(&mut self, notebook: &Notebook) {
        self.entities.retain(|id| notebook.entity(*id).is_some());
        self.links.retain(|id| notebook.any_link(*id).is_some());
        self.groups.retain(|id| notebook.groups().contains_key(id));
        self.cards.retain(|id| notebook.cards().contains_key(id));
        self.first = self.first.filter(|id| self.entities.contains(id));
        match self.mention.map(|id| (id, notebook.mention(id))) {
            // The mention may refer to another entity by now.
            Some((id, Some(_))) => *self = Self::mention(id, notebook),
            Some((_, None)) => self.mention = None,
            None => {}
        }
    }
}
