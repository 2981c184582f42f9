//! What a report is made from: the part of the notebook, who says its claims, what the review finds in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::{Content, Out, Stopped};
use crate::inquiry::review::{Open, ReviewList, review};
use crate::inquiry::sources::{AllSources, ClaimSources, WhatIf};
use crate::notebook::{
    ArticleId, Detail, Entity, EntityId, Event, Kind, Link, LinkId, Mention, MentionId, Notebook,
    SetAside, Subject,
};

/// A part of a notebook, and what is concluded from the notebook about it.
#[derive(Debug)]
pub(in crate::export) struct Report<'a> {
    /// The part that is reported.
    pub content: &'a Content<'a>,
    /// What is taken to be otherwise: the sources that are set aside.
    pub what_if: WhatIf,
    /// Who says each claim.
    pub sources: AllSources,
    /// What the review finds, as far as it is about the part alone.
    pub review: ReviewList,
    numbers: BTreeMap<ArticleId, usize>,
}

impl<'a> Report<'a> {
    /// Works it out. Linear in the notebook, but for what the review and the figures cost.
    ///
    /// # Errors
    /// The export was cancelled.
    pub(in crate::export) fn new(content: &'a Content<'a>, out: &Out<'_>) -> Result<Self, Stopped> {
        let notebook = content.notebook();
        let stop = || out.is_cancelled();
        let what_if = WhatIf::recorded_in(notebook);
        let sources = AllSources::new(notebook, &what_if, &stop).ok_or(Stopped::Cancelled)?;
        let mut review = review(notebook, &sources, &stop).ok_or(Stopped::Cancelled)?;
        let here = |subject: &Subject| match subject {
            Subject::Article(id) => content.has_article(*id),
            Subject::Entity(id) => content.has_entity(*id),
            Subject::Mention(id) => content.has_mention(*id),
            Subject::Link(id) => content.has_link(*id),
            Subject::Conflict(_) => true,
        };
        let all_here = |open: &Open| open.subjects().iter().all(here);
        review.open.retain(all_here);
        review.waived.retain(all_here);
        let numbers = content.articles().map(|(id, _)| id).zip(1..).collect();
        Ok(Self { content, what_if, sources, review, numbers })
    }

    /// The notebook.
    pub(in crate::export) const fn notebook(&self) -> &'a Notebook {
        self.content.notebook()
    }

    /// What it is called.
    pub(in crate::export) fn title(&self) -> &'a str {
        let title = self.notebook().title();
        if title.trim().is_empty() { "Notebook" } else { title }
    }

    /// The claims by name, those that are one behind each other: the first of them stands for them all.
    pub(in crate::export) fn claims(&self) -> Vec<Claimed<'a, '_>> {
        let mut all = Vec::new();
        let mut done = BTreeSet::new();
        let named = self.content.by_name(Kind::Claim);
        let entities: BTreeMap<EntityId, &Entity> = named.iter().copied().collect();
        for (id, entity) in named {
            if !done.insert(id) {
                continue;
            }
            let sources = self.sources.of(id);
            all.push(Claimed { id, entity, sources, counted_with: None });
            for other in sources.into_iter().flat_map(|sources| &sources.equivalent) {
                if let Some(entity) = entities.get(other)
                    && done.insert(*other)
                {
                    let sources = self.sources.of(*other);
                    all.push(Claimed { id: *other, entity, sources, counted_with: Some(id) });
                }
            }
        }
        all
    }

    /// The events in the order in which they begin, as far as that is known; those without a date last, by name.
    pub(in crate::export) fn events(&self) -> Vec<(EntityId, &'a Entity, &'a Event)> {
        let mut all: Vec<_> = self
            .content
            .by_name(Kind::Event)
            .into_iter()
            .filter_map(|(id, entity)| match &entity.detail {
                Detail::Event(event) => Some((id, entity, event)),
                Detail::Actor(_) | Detail::Claim(_) => None,
            })
            .collect();
        // Years before 0 and beyond 9999 would need more than their text; the order of names stays among equals.
        all.sort_by_cached_key(|(.., event)| when_key(&event.date.edtf));
        all
    }

    /// The links by the name they start from, then by relation: ids are random.
    pub(in crate::export) fn links(&self) -> Vec<(LinkId, &'a Link)> {
        let notebook = self.notebook();
        let mut all: Vec<(LinkId, &'a Link)> = self.content.links().collect();
        all.sort_by_cached_key(|(id, link)| {
            let to = link.to_entity().map_or("", |to| notebook.name(to));
            (notebook.name(link.from), &link.relation, to, *id)
        });
        all
    }

    /// The links that each entity starts or ends, in the order of [`Self::links`].
    pub(in crate::export) fn links_by_end(&self) -> BTreeMap<EntityId, Vec<(LinkId, &'a Link)>> {
        let mut all: BTreeMap<EntityId, Vec<(LinkId, &'a Link)>> = BTreeMap::new();
        for (id, link) in self.links() {
            for end in link.ends() {
                all.entry(end).or_default().push((id, link));
            }
        }
        all
    }

    /// The number of an article, from 1, in the order of their tabs.
    pub(in crate::export) fn number(&self, article: ArticleId) -> Option<usize> {
        self.numbers.get(&article).copied()
    }

    /// The mentions of an entity, by the number of the article and the place.
    pub(in crate::export) fn mentions_of(&self, entity: EntityId) -> Vec<(MentionId, &'a Mention)> {
        let mut all: Vec<_> = self.content.mentions_of(entity).collect();
        all.sort_by_key(|(_, mention)| self.number(mention.anchor.article));
        all
    }

    /// The sources that are set aside, as far as they are in the part.
    pub(in crate::export) fn set_aside(&self) -> impl Iterator<Item = &'a SetAside> + '_ {
        let all = self.notebook().set_aside().values();
        all.map(|one| &**one).filter(|one| match one.what {
            Subject::Article(id) => self.content.has_article(id),
            Subject::Entity(id) => self.content.has_entity(id),
            Subject::Mention(id) => self.content.has_mention(id),
            Subject::Link(_) | Subject::Conflict(_) => false,
        })
    }
}

/// A claim with its sources.
#[derive(Clone, Copy, Debug)]
pub(in crate::export) struct Claimed<'a, 'b> {
    /// Its id.
    pub id: EntityId,
    /// The claim itself.
    pub entity: &'a Entity,
    /// Who says so.
    pub sources: Option<&'b ClaimSources>,
    /// The claim that stands for it and those that are one with it, unless it does so itself.
    pub counted_with: Option<EntityId>,
}

/// What dates are sorted by: nothing last. The text of an EDTF date of four figures sorts as its beginning does, once the
/// signs for open and unknown are out of the way.
fn when_key(edtf: &str) -> (bool, String) {
    let first = edtf.split('/').next().unwrap_or("");
    let first = if first.is_empty() || first == ".." {
        edtf.rsplit('/').next().unwrap_or("")
    } else {
        first
    };
    let key: String = first.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
    (key.is_empty(), key)
}
