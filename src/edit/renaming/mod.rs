//! A copy of a notebook in which records go by other ids, everywhere an id stands: what another person's notebook needs
//! before it is merged with one's own.
//!
//! `maps` is which id becomes which; `records` makes the copy. No record is lost: where two would get one id, the second
//! one gets a new one.

pub mod adapt;
mod maps;
mod records;

pub use maps::Map;

use crate::notebook::{
    ArticleId, CardId, Entity, EntityId, GroupId, Link, LinkId, Matrix, MatrixId, Mention,
    MentionId, NamedView, Notebook, SetAside, SetAsideId, ViewId, Waiver, WaiverId,
};
use crate::notebook::{Card, Group};

/// Which ids become which. An id that is not in it stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Renaming {
    /// Of articles.
    pub articles: Map<ArticleId>,
    /// Of entities, and so of their places on the canvas.
    pub entities: Map<EntityId>,
    /// Of mentions.
    pub mentions: Map<MentionId>,
    /// Of links.
    pub links: Map<LinkId>,
    /// Of groups.
    pub groups: Map<GroupId>,
    /// Of note cards.
    pub cards: Map<CardId>,
    /// Of named views.
    pub views: Map<ViewId>,
    /// Of waivers.
    pub waivers: Map<WaiverId>,
    /// Of sources set aside.
    pub set_aside: Map<SetAsideId>,
    /// Of matrices.
    pub matrices: Map<MatrixId>,
}

impl Renaming {
    /// The copy; `None` once `stop` returns true. Relations keep their ids, which are their names.
    #[must_use]
    pub fn apply(&self, notebook: &Notebook, stop: &dyn Fn() -> bool) -> Option<Notebook> {
        records::renamed(&self.whole(notebook), notebook, stop)
    }

    /// A map for every record of a notebook, under which no two get one id.
    fn whole(&self, notebook: &Notebook) -> Self {
        Self {
            articles: self.articles.whole(notebook.articles().keys(), ArticleId::random),
            entities: self.entities.whole(notebook.entities().keys(), EntityId::random),
            mentions: self.mentions.whole(notebook.mentions().keys(), MentionId::random),
            links: self.links.whole(notebook.links().keys(), LinkId::random),
            groups: self.groups.whole(notebook.groups().keys(), GroupId::random),
            cards: self.cards.whole(notebook.cards().keys(), CardId::random),
            views: self.views.whole(notebook.views().keys(), ViewId::random),
            waivers: self.waivers.whole(notebook.waivers().keys(), WaiverId::random),
            set_aside: self.set_aside.whole(notebook.set_aside().keys(), SetAsideId::random),
            matrices: self.matrices.whole(notebook.matrices().keys(), MatrixId::random),
        }
    }

    /// An entity with the ids in it renamed.
    #[must_use]
    pub fn entity(&self, entity: &Entity) -> Entity {
        records::entity(self, entity)
    }

    /// A mention with the ids in it renamed.
    #[must_use]
    pub fn mention(&self, mention: &Mention) -> Mention {
        records::mention(self, mention)
    }

    /// A link with the ids in it renamed.
    #[must_use]
    pub fn link(&self, link: &Link) -> Link {
        records::link(self, link)
    }

    /// A group with the ids in it renamed.
    #[must_use]
    pub fn group(&self, group: &Group) -> Group {
        records::group(self, group)
    }

    /// A note card, which holds no id.
    #[must_use]
    pub fn card(&self, card: &Card) -> Card {
        records::card(card)
    }

    /// A named view with the ids in it renamed.
    #[must_use]
    pub fn view(&self, view: &NamedView) -> NamedView {
        records::view(self, view)
    }

    /// A waiver with the ids in it renamed.
    #[must_use]
    pub fn waiver(&self, waiver: &Waiver) -> Waiver {
        records::waiver(self, waiver)
    }

    /// What is set aside, with the ids in it renamed.
    #[must_use]
    pub fn aside(&self, aside: &SetAside) -> SetAside {
        records::set_aside(self, aside)
    }

    /// A matrix with the ids in it renamed.
    #[must_use]
    pub fn matrix(&self, matrix: &Matrix) -> Matrix {
        records::matrix(self, matrix)
    }
}

#[cfg(test)]
mod tests;
