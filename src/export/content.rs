//! What of a notebook is exported: everything, what a named view shows, or what is selected.

use std::collections::BTreeSet;

use super::Stopped;
use crate::edit::redaction::{Redaction, anonymous_sources};
use crate::inquiry::{Spotlight, emphasis};
use crate::notebook::{
    Article, ArticleId, Card, CardId, Entity, EntityId, Evidence, Group, GroupId, Kind, Link,
    LinkId, Matrix, MatrixId, Mention, MentionId, Notebook, Target, ViewId,
};
use crate::picture::Part;

/// What is to be exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The whole notebook.
    #[default]
    Everything,
    /// What a named view shows: its filter, and of that the surroundings it focuses on.
    View(ViewId),
    /// These entities, the links among them, and these links with their ends.
    Selection {
        /// The entities.
        entities: BTreeSet<EntityId>,
        /// The links.
        links: BTreeSet<LinkId>,
        /// The note cards.
        cards: BTreeSet<CardId>,
    },
}

/// Whose names are left out of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hide {
    /// Nobody’s.
    #[default]
    Nobody,
    /// Those of all sources that are not named: actors of the kind “anonymous”.
    Anonymous,
    /// Those of these entities.
    These(BTreeSet<EntityId>),
}

impl Hide {
    /// How they are hidden; `None` where nobody is. Linear in their mentions.
    #[must_use]
    pub fn redaction(&self, notebook: &Notebook) -> Option<Redaction> {
        let entities = match self {
            Self::Nobody => return None,
            Self::Anonymous => anonymous_sources(notebook),
            Self::These(entities) => entities.clone(),
        };
        Some(Redaction::new(notebook, &entities))
    }
}

/// The part of a notebook that is exported, as writers see it: nothing else of the notebook is written, but for the names
/// of entities that it refers to.
#[derive(Debug)]
pub struct Content<'a> {
    notebook: &'a Notebook,
    part: Option<Chosen>,
    redaction: Option<&'a Redaction>,
}

#[derive(Debug, Default)]
struct Chosen {
    entities: BTreeSet<EntityId>,
    links: BTreeSet<LinkId>,
    mentions: BTreeSet<MentionId>,
    articles: BTreeSet<ArticleId>,
    cards: BTreeSet<CardId>,
    hide_derived: bool,
}

impl<'a> Content<'a> {
    /// The whole notebook.
    #[must_use]
    pub const fn everything(notebook: &'a Notebook) -> Self {
        Self { notebook, part: None, redaction: None }
    }

    /// What is asked for. Linear in the notebook.
    ///
    /// # Errors
    /// Only [`Stopped::Cancelled`], once `cancelled` says so.
    pub fn of(
        notebook: &'a Notebook,
        scope: &Scope,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Self, Stopped> {
        let mut part = Chosen::default();
        match scope {
            Scope::Everything => return Ok(Self::everything(notebook)),
            Scope::View(id) => part.take_view(notebook, *id, cancelled),
            Scope::Selection { entities, links, cards } => {
                part.entities.extend(entities);
                part.cards.extend(cards);
                part.take_links(notebook, links);
            }
        }
        if cancelled() {
            return Err(Stopped::Cancelled);
        }
        part.take_mentions(notebook, scope);
        Ok(Self { notebook, part: Some(part), redaction: None })
    }

    /// The same, of a copy that was redacted: what is written is searched for what is hidden, and is not put in its place
    /// while any of it is left.
    #[must_use]
    pub fn redacted_by(self, redaction: Option<&'a Redaction>) -> Self {
        Self { redaction, ..self }
    }

    /// By what the notebook was redacted.
    pub(super) const fn redaction(&self) -> Option<&'a Redaction> {
        self.redaction
    }

    /// Whether it is the whole notebook.
    #[must_use]
    pub const fn is_everything(&self) -> bool {
        self.part.is_none()
    }

    /// The notebook, for names and for the words at anchors.
    #[must_use]
    pub const fn notebook(&self) -> &'a Notebook {
        self.notebook
    }

    /// The part of the canvas that a picture of it shows; `None` for all of it.
    #[must_use]
    pub fn on_canvas(&self) -> Option<Part> {
        if self.is_everything() {
            return None;
        }
        let links = self.links().map(|(id, _)| id);
        let mut links: Vec<_> = links.chain(self.derived_links().map(|(id, _)| id)).collect();
        links.sort_unstable();
        Some(Part {
            entities: self.entities().map(|(id, _)| id).collect(),
            links,
            cards: self.cards().map(|(id, _)| id).collect(),
        })
    }

    /// Whether this entity is in it.
    #[must_use]
    pub fn has_entity(&self, id: EntityId) -> bool {
        self.part.as_ref().is_none_or(|part| part.entities.contains(&id))
    }

    /// Whether this article is in it.
    #[must_use]
    pub fn has_article(&self, id: ArticleId) -> bool {
        self.part.as_ref().is_none_or(|part| part.articles.contains(&id))
    }

    /// Whether this mention is in it.
    #[must_use]
    pub fn has_mention(&self, id: MentionId) -> bool {
        self.part.as_ref().is_none_or(|part| part.mentions.contains(&id))
    }

    /// Its articles in the order of their tabs.
    pub fn articles(&self) -> impl Iterator<Item = (ArticleId, &'a Article)> + '_ {
        let ids = self.notebook.articles_in_order().into_iter();
        ids.filter(|id| self.has_article(*id))
            .filter_map(|id| Some((id, &**self.notebook.article(id)?)))
    }

    /// Its entities by id.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, &'a Entity)> + '_ {
        self.notebook
            .entities()
            .iter()
            .filter(|(id, _)| self.has_entity(**id))
            .map(|(id, entity)| (*id, &**entity))
    }

    /// Its entities of one kind by name, then by id.
    #[must_use]
    pub fn by_name(&self, kind: Kind) -> Vec<(EntityId, &'a Entity)> {
        let mut all: Vec<_> = self.entities().filter(|(_, e)| e.kind() == kind).collect();
        all.sort_by(|(a, x), (b, y)| (x.name.as_str(), a).cmp(&(y.name.as_str(), b)));
        all
    }

    /// Its mentions by id.
    pub fn mentions(&self) -> impl Iterator<Item = (MentionId, &'a Mention)> + '_ {
        self.notebook
            .mentions()
            .iter()
            .filter(|(id, _)| self.has_mention(**id))
            .map(|(id, mention)| (*id, &**mention))
    }

    /// Those of an entity, by article and place.
    pub fn mentions_of(
        &self,
        entity: EntityId,
    ) -> impl Iterator<Item = (MentionId, &'a Mention)> + '_ {
        self.notebook
            .mentions_of(entity)
            .filter(|id| self.has_mention(*id))
            .filter_map(|id| Some((id, &**self.notebook.mention(id)?)))
    }

    /// Whether this link, made by hand, is in it.
    #[must_use]
    pub fn has_link(&self, id: LinkId) -> bool {
        self.part.as_ref().is_none_or(|part| part.links.contains(&id))
    }

    /// Its links by id. What a link of it targets is in it, too.
    pub fn links(&self) -> impl Iterator<Item = (LinkId, &'a Link)> + '_ {
        self.notebook
            .links()
            .iter()
            .filter(|(id, _)| self.has_link(**id))
            .map(|(id, link)| (*id, &**link))
    }

    /// The derived links among its entities, by id; none where the view that is exported hides them.
    pub fn derived_links(&self) -> impl Iterator<Item = (LinkId, &'a Link)> + '_ {
        let on = self.part.as_ref().is_none_or(|part| !part.hide_derived);
        let all = on.then(|| self.notebook.derived_links()).into_iter().flatten();
        all.filter(|(_, link)| link.ends().all(|end| self.has_entity(end)))
            .map(|(id, link)| (id, &**link))
    }

    /// The groups that have a member in it.
    pub fn groups(&self) -> impl Iterator<Item = (GroupId, &'a Group)> + '_ {
        self.notebook
            .groups()
            .iter()
            .filter(|(_, group)| group.members.iter().any(|id| self.has_entity(*id)))
            .map(|(id, group)| (*id, &**group))
    }

    /// Its note cards.
    pub fn cards(&self) -> impl Iterator<Item = (CardId, &'a Card)> + '_ {
        self.notebook
            .cards()
            .iter()
            .filter(|(id, _)| self.part.as_ref().is_none_or(|part| part.cards.contains(id)))
            .map(|(id, card)| (*id, &**card))
    }

    /// The matrices whose claims are all in it; without a claim, where everything is exported.
    pub fn matrices(&self) -> impl Iterator<Item = (MatrixId, &'a Matrix)> + '_ {
        let here = |matrix: &Matrix| match self.part {
            None => true,
            Some(_) => {
                !matrix.claims.is_empty() && matrix.claims.iter().all(|id| self.has_entity(*id))
            }
        };
        let all = self.notebook.matrices().iter().filter(move |(_, matrix)| here(matrix));
        all.map(|(id, matrix)| (*id, &**matrix))
    }

    /// How many records it has: what progress is measured by.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.part {
            Some(part) => {
                part.entities.len() + part.links.len() + part.mentions.len() + part.articles.len()
            }
            None => {
                let all = self.notebook;
                all.entities().len()
                    + all.links().len()
                    + all.mentions().len()
                    + all.articles().len()
            }
        }
    }
}

impl Chosen {
    fn take_view(&mut self, notebook: &Notebook, id: ViewId, cancelled: &dyn Fn() -> bool) {
        let Some(view) = notebook.views().get(&id) else { return };
        self.hide_derived = view.filter.hide_derived;
        let spotlight = view.focus.as_ref().map_or(Spotlight::Off, |focus| Spotlight::Around {
            entities: focus.around.iter().copied().collect(),
            steps: focus.steps.into(),
        });
        let seen = emphasis(notebook, &view.filter, &spotlight, cancelled);
        match seen.and_then(|seen| seen.lit.or(seen.shown)) {
            Some(seen) => {
                self.entities.extend(seen.entities);
                self.links.extend(seen.links.into_iter().filter(|id| !id.is_derived()));
            }
            None => {
                self.entities.extend(notebook.nodes().keys());
                self.take_links(notebook, &BTreeSet::new());
            }
        }
        // A focus is on entities; a filter leaves the cards where they are.
        if view.focus.is_none() {
            self.cards.extend(notebook.cards().keys());
        }
    }

    /// Takes these links with their ends and what they target, and then every link among the entities.
    fn take_links(&mut self, notebook: &Notebook, links: &BTreeSet<LinkId>) {
        let mut open: Vec<LinkId> = links.iter().copied().collect();
        while let Some(id) = open.pop() {
            let Some(link) = notebook.link(id).filter(|_| !self.links.contains(&id)) else {
                continue;
            };
            self.links.insert(id);
            self.entities.extend(link.ends());
            if let Target::Link(to) = link.to {
                open.push(to);
            }
        }
        for id in notebook.targets_first(notebook.links().keys().copied()) {
            let Some(link) = notebook.link(id) else { continue };
            let target = match link.to {
                Target::Entity(to) => self.entities.contains(&to),
                Target::Link(to) => self.links.contains(&to),
            };
            if target && self.entities.contains(&link.from) {
                self.links.insert(id);
            }
        }
    }

    /// Takes the mentions of its entities, and the articles that these and the evidence of its links are in.
    fn take_mentions(&mut self, notebook: &Notebook, scope: &Scope) {
        let only = match scope {
            Scope::View(id) => notebook.views().get(id).map(|view| &view.filter.articles),
            _ => None,
        };
        let only = only.filter(|articles| !articles.is_empty());
        for entity in &self.entities {
            for id in notebook.mentions_of(*entity) {
                let Some(mention) = notebook.mention(id) else { continue };
                if only.is_none_or(|only| only.contains(&mention.anchor.article)) {
                    self.mentions.insert(id);
                    self.articles.insert(mention.anchor.article);
                }
            }
        }
        let links = self.links.iter().filter_map(|id| notebook.link(*id));
        for evidence in links.flat_map(|link| &link.evidence) {
            if let Evidence::Mention(id) = evidence {
                self.mentions.insert(*id);
            }
            self.articles.extend(notebook.evidence_anchor(evidence).map(|anchor| anchor.article));
        }
        // A mention that supports a link may be one of an entity that is not in it.
        let of = |id: &MentionId| notebook.mention(*id).map(|mention| mention.entity);
        self.mentions.retain(|id| of(id).is_some_and(|entity| self.entities.contains(&entity)));
    }
}
