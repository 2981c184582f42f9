//! Indexes over a notebook's records, kept true at every change so that no question costs the whole notebook.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::{ArticleId, EntityId, Kind, Link, LinkId, Mention, MentionId, Place};

/// Mentions longer than this many bytes are kept apart, so that finding what touches a paragraph looks back
/// no further than this.
const LONG: usize = 4096;

type Spot = (usize, Reverse<usize>, MentionId);

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    articles: HashMap<ArticleId, InArticle>,
    of_entity: HashMap<EntityId, BTreeSet<(ArticleId, usize, MentionId)>>,
    links: HashMap<EntityId, BTreeSet<LinkId>>,
    kinds: BTreeMap<Kind, usize>,
}

#[derive(Clone, Debug, Default)]
struct InArticle {
    /// Every mention with a place: by start, longest first.
    placed: BTreeSet<Spot>,
    /// Those of them longer than `LONG`.
    long: BTreeSet<Spot>,
    orphans: BTreeSet<MentionId>,
}

/// Where a mention sorts among its entity's: orphans after all places.
const fn sort_place(mention: &Mention) -> usize {
    match mention.anchor.place {
        Place::At { start, .. } => start,
        Place::Orphan(_) => usize::MAX,
    }
}

impl Index {
    pub(super) fn entity(&mut self, old: Option<Kind>, new: Option<Kind>) {
        if let Some(count) = old.and_then(|kind| self.kinds.get_mut(&kind)) {
            *count = count.saturating_sub(1);
        }
        if let Some(kind) = new {
            *self.kinds.entry(kind).or_default() += 1;
        }
    }

    pub(super) fn count(&self, kind: Kind) -> usize {
        self.kinds.get(&kind).copied().unwrap_or(0)
    }

    pub(super) fn add_mention(&mut self, id: MentionId, mention: &Mention) {
        let here = self.articles.entry(mention.anchor.article).or_default();
        match mention.anchor.place {
            Place::At { start, end } => {
                let spot = (start, Reverse(end), id);
                here.placed.insert(spot);
                if end.saturating_sub(start) > LONG {
                    here.long.insert(spot);
                }
            }
            Place::Orphan(_) => {
                here.orphans.insert(id);
            }
        }
        self.of_entity.entry(mention.entity).or_default().insert((
            mention.anchor.article,
            sort_place(mention),
            id,
        ));
    }

    pub(super) fn remove_mention(&mut self, id: MentionId, mention: &Mention) {
        if let Some(here) = self.articles.get_mut(&mention.anchor.article) {
            match mention.anchor.place {
                Place::At { start, end } => {
                    let spot = (start, Reverse(end), id);
                    here.placed.remove(&spot);
                    here.long.remove(&spot);
                }
                Place::Orphan(_) => {
                    here.orphans.remove(&id);
                }
            }
        }
        if let Some(all) = self.of_entity.get_mut(&mention.entity) {
            all.remove(&(mention.anchor.article, sort_place(mention), id));
            if all.is_empty() {
                self.of_entity.remove(&mention.entity);
            }
        }
    }

    pub(super) fn add_link(&mut self, id: LinkId, link: &Link) {
        for end in link.ends() {
            self.links.entry(end).or_default().insert(id);
        }
    }

    pub(super) fn remove_link(&mut self, id: LinkId, link: &Link) {
        for end in link.ends() {
            if let Some(all) = self.links.get_mut(&end) {
                all.remove(&id);
                if all.is_empty() {
                    self.links.remove(&end);
                }
            }
        }
    }

    pub(super) fn touching(&self, article: ArticleId, bytes: Range<usize>) -> Vec<MentionId> {
        let Some(here) = self.articles.get(&article) else { return Vec::new() };
        let from = (bytes.start.saturating_sub(LONG), Reverse(usize::MAX), MentionId::from_bits(0));
        // An empty range asks what is under a cursor: what starts at it counts too.
        let past = if bytes.is_empty() { bytes.end + 1 } else { bytes.end };
        let touches = |spot: &&Spot| {
            spot.1.0 > bytes.start
                || (spot.0 <= bytes.start && spot.1.0 >= bytes.start && bytes.is_empty())
        };
        let short = here
            .placed
            .range(from..)
            .take_while(|spot| spot.0 < past)
            .filter(|spot| spot.1.0.saturating_sub(spot.0) <= LONG)
            .filter(touches);
        let long = here.long.iter().take_while(|spot| spot.0 < past).filter(touches);
        let mut found: Vec<Spot> = short.chain(long).copied().collect();
        found.sort_unstable();
        found.into_iter().map(|spot| spot.2).collect()
    }

    pub(super) fn in_article(&self, article: ArticleId) -> impl Iterator<Item = MentionId> + '_ {
        self.articles.get(&article).into_iter().flat_map(|here| {
            here.placed.iter().map(|spot| spot.2).chain(here.orphans.iter().copied())
        })
    }

    pub(super) fn count_in(&self, article: ArticleId) -> usize {
        self.articles.get(&article).map_or(0, |here| here.placed.len() + here.orphans.len())
    }

    pub(super) fn around(
        &self,
        article: ArticleId,
        byte: usize,
    ) -> (Option<MentionId>, Option<MentionId>) {
        let Some(here) = self.articles.get(&article) else { return (None, None) };
        let here_on: Spot = (byte, Reverse(usize::MAX), MentionId::from_bits(0));
        (
            here.placed.range(here_on..).next().map(|spot| spot.2),
            here.placed.range(..here_on).next_back().map(|spot| spot.2),
        )
    }

    pub(super) fn of_entity(&self, entity: EntityId) -> impl Iterator<Item = MentionId> + '_ {
        self.of_entity.get(&entity).into_iter().flatten().map(|spot| spot.2)
    }

    pub(super) fn of_entity_at(
        &self,
        entity: EntityId,
        article: ArticleId,
        start: usize,
    ) -> impl Iterator<Item = MentionId> + '_ {
        let first = (article, start, MentionId::from_bits(0));
        let here =
            move |spot: &&(ArticleId, usize, MentionId)| (spot.0, spot.1) == (article, start);
        self.of_entity
            .get(&entity)
            .into_iter()
            .flat_map(move |all| all.range(first..).take_while(here).map(|spot| spot.2))
    }

    pub(super) fn count_of(&self, entity: EntityId) -> usize {
        self.of_entity.get(&entity).map_or(0, BTreeSet::len)
    }

    pub(super) fn links_of(&self, entity: EntityId) -> impl Iterator<Item = LinkId> + '_ {
        self.links.get(&entity).into_iter().flatten().copied()
    }
}
