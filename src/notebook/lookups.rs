//! What is asked of a notebook besides its records: which mentions stand where, which links belong to whom, what words an
//! anchor has. Answered by its indexes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::{
    Anchor, Article, ArticleId, EntityId, Evidence, LinkId, MentionId, Notebook, Place, Target,
};

impl Notebook {
    /// The mentions that touch these bytes of an article, by start, outermost first; cost grows with what is returned.
    #[must_use]
    pub fn mentions_touching(&self, article: ArticleId, bytes: Range<usize>) -> Vec<MentionId> {
        self.index.touching(article, bytes)
    }

    /// The mentions at a byte of an article, one that begins or ends there included: innermost first.
    #[must_use]
    pub fn mentions_at(&self, article: ArticleId, byte: usize) -> Vec<MentionId> {
        let found = self.index.touching(article, byte..byte).into_iter();
        let length = |id| Some((self.mention(id)?.anchor.range()?.len(), id));
        let mut found: Vec<(usize, MentionId)> = found.filter_map(length).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// The article's mentions in reading order. Orphans come last.
    pub fn mentions_in(&self, article: ArticleId) -> impl Iterator<Item = MentionId> + '_ {
        self.index.in_article(article)
    }

    /// How many mentions the article has.
    #[must_use]
    pub fn mention_count_in(&self, article: ArticleId) -> usize {
        self.index.count_in(article)
    }

    /// The first mention that starts at or after this byte, and the last that starts before it.
    #[must_use]
    pub fn mentions_around(
        &self,
        article: ArticleId,
        byte: usize,
    ) -> (Option<MentionId>, Option<MentionId>) {
        self.index.around(article, byte)
    }

    /// The entity's mentions, by article and place.
    pub fn mentions_of(&self, entity: EntityId) -> impl Iterator<Item = MentionId> + '_ {
        self.index.of_entity(entity)
    }

    /// The entity's mentions that start at this byte of an article.
    pub fn mentions_of_at(
        &self,
        entity: EntityId,
        article: ArticleId,
        start: usize,
    ) -> impl Iterator<Item = MentionId> + '_ {
        self.index.of_entity_at(entity, article, start)
    }

    /// How many mentions the entity has.
    #[must_use]
    pub fn mention_count_of(&self, entity: EntityId) -> usize {
        self.index.count_of(entity)
    }

    /// The links made by hand that start or end at the entity.
    pub fn links_of(&self, entity: EntityId) -> impl Iterator<Item = LinkId> + '_ {
        self.index.links_of(entity)
    }

    /// These links in an order in which each comes after the link it targets, where that is one of them; otherwise as they
    /// come. Links that target each other in a circle are left out. Linear.
    #[must_use]
    pub fn targets_first(&self, links: impl IntoIterator<Item = LinkId>) -> Vec<LinkId> {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            OnTheWay,
            Done,
            InCircle,
        }
        let links: Vec<LinkId> = links.into_iter().collect();
        let mut states: HashMap<LinkId, State> = links.iter().map(|id| (*id, State::New)).collect();
        let mut order = Vec::with_capacity(links.len());
        let mut way = Vec::new();
        for id in links {
            let mut at = id;
            while let Some(state) = states.get_mut(&at).filter(|state| **state == State::New) {
                *state = State::OnTheWay;
                way.push(at);
                match self.links.get(&at).map(|link| link.to) {
                    Some(Target::Link(to)) => at = to,
                    _ => break,
                }
            }
            // Where the way ends: at an entity (itself the last of it), at what is done, or where it has been.
            let round = match states.get(&at) {
                Some(State::OnTheWay) => way.last() != Some(&at) || self.targets_itself(at),
                Some(State::InCircle) => true,
                _ => false,
            };
            for link in way.drain(..).rev() {
                states.insert(link, if round { State::InCircle } else { State::Done });
                if !round {
                    order.push(link);
                }
            }
        }
        order
    }

    fn targets_itself(&self, id: LinkId) -> bool {
        self.link(id).is_some_and(|link| link.to == Target::Link(id))
    }

    /// Every text it holds, earlier versions included. Cheap: texts are shared.
    #[must_use]
    pub fn texts(&self) -> Vec<crate::text::Text> {
        let of = |a: &Arc<Article>| {
            let earlier = a.earlier.iter().map(|version| version.text.clone());
            earlier.chain([a.text.clone()]).collect::<Vec<_>>()
        };
        self.articles.values().flat_map(of).collect()
    }

    /// The words at an anchor: from the text, or as the orphan quoted them.
    #[must_use]
    pub fn words<'a>(&'a self, anchor: &'a Anchor) -> &'a str {
        match &anchor.place {
            Place::At { start, end } => self
                .articles
                .get(&anchor.article)
                .and_then(|a| a.text.get(*start..*end))
                .unwrap_or(""),
            Place::Orphan(quote) => &quote.exact,
        }
    }

    /// Where a piece of evidence is.
    #[must_use]
    pub fn evidence_anchor<'a>(&'a self, evidence: &'a Evidence) -> Option<&'a Anchor> {
        match evidence {
            Evidence::Mention(id) => self.mentions.get(id).map(|m| &m.anchor),
            Evidence::Quote(anchor) => Some(anchor),
        }
    }
}
