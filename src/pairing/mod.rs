//! Pairing: two notebooks that two people made of the same articles, each on their own, and what is the same in both.
//!
//! [`Pairing::of`] finds the articles of both (`articles`), and the entities that look the same (`entities`, by `likeness` of
//! their names and by the words that both tagged): some surely, others are offered to be chosen. [`Pairing::joined`] then
//! gives the other's records the ids of ours wherever they are the same (`records`), so that both can be merged as if they
//! had begun with one empty notebook: what both have is joined, the rest is added, and where they differ it is a conflict.

mod articles;
mod entities;
mod likeness;
mod records;
mod side_by_side;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use articles::NearArticles;
pub use entities::Pair;
pub use records::{Joined, Tally};
pub use side_by_side::{TaggedSpan, Who, side_by_side};

use crate::inquiry::agreement::{Agreement, InBoth, agreement};
use crate::notebook::{EntityId, Notebook};

/// What two notebooks have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairing {
    articles: Vec<InBoth>,
    near: Vec<NearArticles>,
    pairs: Vec<Pair>,
}

impl Pairing {
    /// What two notebooks have in common. The cost grows with both, so it belongs in a job; `None` once `stop` returns
    /// true.
    #[must_use]
    pub fn of(ours: &Notebook, theirs: &Notebook, stop: &dyn Fn() -> bool) -> Option<Self> {
        let (articles, near) = articles::in_both(ours, theirs, stop)?;
        let pairs = entities::pairs(ours, theirs, &articles, stop)?;
        Some(Self { articles, near, pairs })
    }

    /// The articles that both have.
    #[must_use]
    pub fn articles(&self) -> &[InBoth] {
        &self.articles
    }

    /// Articles that are nearly the same in both. They stay two.
    #[must_use]
    pub fn near(&self) -> &[NearArticles] {
        &self.near
    }

    /// The entities that are or may be the same: the sure pairs first, then those that are offered, the likeliest first.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// How many of the pairs are sure.
    #[must_use]
    pub fn sure(&self) -> usize {
        self.pairs.iter().take_while(|pair| pair.is_sure).count()
    }

    /// The offered pairs that can be taken in one go, by number: those of this score at least that no other pair rivals.
    #[must_use]
    pub fn from_score(&self, least: f32) -> BTreeSet<usize> {
        entities::from_score(&self.pairs, least)
    }

    /// Which of theirs is which of ours, once these offered pairs (by number) are taken. One of theirs is one of ours at
    /// most: the likeliest pair counts. Several of theirs may be one of ours.
    #[must_use]
    pub fn taken(&self, chosen: &BTreeSet<usize>) -> BTreeMap<EntityId, EntityId> {
        let mut taken = BTreeMap::new();
        for (number, pair) in self.pairs.iter().enumerate() {
            if pair.is_sure || chosen.contains(&number) {
                taken.entry(pair.theirs).or_insert(pair.ours);
            }
        }
        taken
    }

    /// The same without the pairs that were found by what they look like: entities of one id remain.
    #[must_use]
    pub fn of_one_id(mut self) -> Self {
        self.pairs.retain(|pair| pair.ours == pair.theirs);
        self
    }

    /// Theirs, ready to be merged with ours: what is the same has the ids of ours. `None` once `stop` returns true.
    #[must_use]
    pub fn joined(
        &self,
        ours: &Notebook,
        theirs: &Notebook,
        chosen: &BTreeSet<usize>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Joined> {
        records::joined(ours, theirs, &self.articles, &self.taken(chosen), stop)
    }

    /// How far the two agree in the articles of both, with these offered pairs taken. `None` once `stop` returns true.
    #[must_use]
    pub fn agreement(
        &self,
        ours: &Notebook,
        theirs: &Notebook,
        chosen: &BTreeSet<usize>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Agreement> {
        let taken = self.taken(chosen);
        // Where one of them updated an article, the same place is not the same words.
        let same_text = |both: &&InBoth| {
            let of = |notebook: &Notebook, id| notebook.article(id).map(|a| a.text.clone());
            of(ours, both.ours) == of(theirs, both.theirs)
        };
        let articles: Vec<InBoth> = self.articles.iter().filter(same_text).copied().collect();
        agreement(ours, theirs, &articles, &|id| taken.get(&id).copied(), stop)
    }
}
