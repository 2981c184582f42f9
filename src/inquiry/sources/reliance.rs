//! Who relies on whom: the chains of the statements that take one stance on a claim, joined into one graph.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::facts::{Facts, Speaker};
use super::{Said, WhatIf};
use crate::notebook::{Notebook, Source};

/// What is known of a speaker.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// Its number among the [`Facts`].
    pub(super) fact: u32,
    /// It publishes one of the articles.
    pub(super) publishes: bool,
    /// It publishes one that gives no source.
    pub(super) flat: bool,
    /// It is named on a chain.
    pub(super) relayed: bool,
    /// A hop through it is marked “original read”.
    pub(super) read: bool,
    /// It is the last of a chain whose last hop is marked “original read”: its own words were read.
    pub(super) own_words_read: bool,
    /// It relies on something that was withdrawn.
    pub(super) on_withdrawn: bool,
}

/// Who relies on whom.
#[derive(Debug, Default)]
pub(super) struct Reliance {
    /// How many statements it was made of.
    pub(super) statements: usize,
    pub(super) speakers: SmallVec<[Speaker; SOME]>,
    pub(super) known: SmallVec<[Known; SOME]>,
    /// The first relies on the second: indices of `speakers`, each pair once, sorted.
    pub(super) edges: SmallVec<[(u32, u32); SOME]>,
    /// Empty while there are few.
    number: HashMap<Speaker, u32>,
}

/// So many speakers, or steps between them, are kept without an allocation: most claims have no more.
pub(super) const SOME: usize = 16;
/// So many speakers are gone through; more are kept in a map.
const FEW: usize = 24;

impl Reliance {
    /// Joins the chains of these statements.
    pub(super) fn new<'a>(
        facts: &mut Facts<'_>,
        notebook: &Notebook,
        what_if: &WhatIf,
        statements: impl IntoIterator<Item = Said<'a>>,
    ) -> Self {
        let mut all = Self::default();
        for said in statements {
            if said.is_withdrawn(notebook, what_if) {
                continue;
            }
            let article = said.article;
            all.statements += 1;
            let first = said.publisher.map_or(Speaker::Article(article), Speaker::Actor);
            let mut last = all.speaker(facts, first);
            all.known[last as usize].publishes = true;
            let mut hops = 0;
            for hop in said.chain {
                if what_if.withdraws(notebook, hop.actor, article) {
                    all.known[last as usize].on_withdrawn = true;
                    hops += 1;
                    break;
                }
                let next = all.speaker(facts, Speaker::Actor(hop.actor));
                let known = &mut all.known[next as usize];
                let is_read = hop.source == Source::Read || what_if.read.contains(&hop.actor);
                known.read |= is_read;
                // Naming the publisher or the same speaker again adds nothing.
                if next != last {
                    known.relayed = true;
                    all.edges.push((last, next));
                    hops += 1;
                }
                last = next;
            }
            if hops == 0 {
                all.known[last as usize].flat = true;
            } else if let Some(end) = said.chain.last()
                && all.speakers[last as usize] == Speaker::Actor(end.actor)
            {
                all.known[last as usize].own_words_read |=
                    end.source == Source::Read || what_if.read.contains(&end.actor);
            }
        }
        all.edges.sort_unstable();
        all.edges.dedup();
        all
    }

    /// The speakers of a statement, nearest to the article first: its publisher, then its chain as far as nothing is set
    /// aside.
    pub(super) fn way_of(
        &self,
        notebook: &Notebook,
        what_if: &WhatIf,
        said: &Said<'_>,
    ) -> Vec<u32> {
        if said.is_withdrawn(notebook, what_if) {
            return Vec::new();
        }
        let article = said.article;
        let first = said.publisher.map_or(Speaker::Article(article), Speaker::Actor);
        let chain = said.chain.iter().map(|hop| hop.actor);
        let chain = chain.take_while(|it| !what_if.withdraws(notebook, *it, article));
        let way = std::iter::once(first).chain(chain.map(Speaker::Actor));
        let mut way: Vec<u32> = way.filter_map(|it| self.number_of(it)).collect();
        way.dedup();
        way
    }

    fn speaker(&mut self, facts: &mut Facts<'_>, speaker: Speaker) -> u32 {
        if let Some(number) = self.number_of(speaker) {
            return number;
        }
        let number = self.speakers.len() as u32;
        self.speakers.push(speaker);
        self.known.push(Known { fact: facts.number(speaker), ..Known::default() });
        if self.speakers.len() > FEW {
            // From here on the map has all of them.
            let missing = (0_u32..).zip(&self.speakers).skip(self.number.len());
            self.number.extend(missing.map(|(number, speaker)| (*speaker, number)));
        }
        number
    }

    /// The number of a speaker. Most claims have few: going through those is quicker than a map.
    fn number_of(&self, speaker: Speaker) -> Option<u32> {
        if self.number.is_empty() {
            let at = self.speakers.iter().position(|one| *one == speaker);
            return at.map(|number| number as u32);
        }
        self.number.get(&speaker).copied()
    }
}
