//! Certainty drift: a statement that is surer than the one it goes back to (Saurí and Pustejovsky 2009, FactBank; Li et
//! al. 2017, W17-4219; Wright and Augenstein 2021, arXiv 2108.13493).

use std::collections::BTreeSet;

use smallvec::SmallVec;

use super::Said;
use crate::notebook::{EntityId, MentionId, Modality, Polarity, Source};

/// How a statement departs from another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DriftKind {
    /// It is surer than its source.
    SurerThanSource,
    /// It is surer than one in the same article that has a longer chain: a headline than the body.
    SurerThanBody,
    /// Its source denies what it affirms, or affirms what it denies.
    Turned,
}

impl DriftKind {
    /// In words, of the first statement.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SurerThanSource => "surer than its source",
            Self::SurerThanBody => "surer than what the same article says further on",
            Self::Turned => "the opposite of what its source says",
        }
    }
}

/// A statement that departs from the one it goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Drift {
    /// How.
    pub kind: DriftKind,
    /// The statement.
    pub statement: MentionId,
    /// The one it goes back to.
    pub than: MentionId,
    /// Who makes it: the last speaker of its chain, or the publisher where it has none.
    pub speaker: Option<EntityId>,
}

/// How sure: more is surer. `None` is not compared.
const fn rank(modality: Modality) -> Option<u8> {
    match modality {
        Modality::Certain => Some(3),
        Modality::Probable => Some(2),
        Modality::Possible => Some(1),
        Modality::Unknown => None,
    }
}

struct Ranked<'a> {
    said: Said<'a>,
    rank: Option<u8>,
}

impl Ranked<'_> {
    /// A departure of this statement from another.
    fn from(&self, kind: DriftKind, than: MentionId) -> Drift {
        let last = self.said.chain.last().map(|hop| hop.actor);
        Drift { kind, statement: self.said.id, than, speaker: last.or(self.said.publisher) }
    }

    /// Its length: how many speakers it came through.
    fn length(&self) -> usize {
        self.said.chain.len()
    }
}

/// A statement of an actor’s own: the actor, how sure it is, which it is, and its number.
type Own = (EntityId, Option<u8>, MentionId, usize);

/// What drifts among the statements of one claim, both stances: for each statement and source one, the least sure.
pub(super) fn drifts(statements: &[Said<'_>]) -> Vec<Drift> {
    // One alone departs from nothing.
    if statements.len() < 2 {
        return Vec::new();
    }
    let all: SmallVec<[Ranked<'_>; 8]> =
        statements.iter().map(|said| Ranked { said: *said, rank: rank(said.modality) }).collect();
    // Where all are as sure and take one stance, none departs from another.
    if all.iter().all(|it| it.rank == all[0].rank && it.said.polarity == all[0].said.polarity) {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    // What an actor publishes, or says first-hand in words that were read: the least sure first.
    let mut own: SmallVec<[Own; 16]> = SmallVec::new();
    for (number, one) in all.iter().enumerate() {
        let first_hand = one.said.chain.last().filter(|hop| hop.source == Source::Read);
        let actors = one.said.publisher.into_iter().chain(first_hand.map(|hop| hop.actor));
        own.extend(actors.map(|actor| (actor, one.rank, one.said.id, number)));
    }
    own.sort_unstable();
    own.dedup();
    for one in &all {
        for hop in one.said.chain {
            let first = own.partition_point(|(actor, ..)| *actor < hop.actor);
            let theirs = || {
                let theirs = own[first..].iter().take_while(|(actor, ..)| *actor == hop.actor);
                theirs.map(|(.., number)| &all[*number]).filter(|it| it.said.id != one.said.id)
            };
            let same = |other: &&Ranked<'_>| other.said.polarity == one.said.polarity;
            if let Some(than) = theirs().find(|other| same(other) && other.rank.is_some())
                && one.rank > than.rank
            {
                found.insert(one.from(DriftKind::SurerThanSource, than.said.id));
            }
            if let Some(than) = theirs().find(|other| !same(other)) {
                found.insert(one.from(DriftKind::Turned, than.said.id));
            }
        }
    }
    // Within an article and stance the longest chains first.
    let place = |one: &&Ranked<'_>| (one.said.article, one.said.polarity == Polarity::Denies);
    let mut by_article: SmallVec<[&Ranked<'_>; 8]> =
        all.iter().filter(|one| one.rank.is_some()).collect();
    by_article.sort_unstable_by_key(|one| (place(one), std::cmp::Reverse(one.length())));
    for here in by_article.chunk_by(|a, b| place(a) == place(b)) {
        // The least sure of those with a longer chain.
        let mut least: Option<&Ranked<'_>> = None;
        for group in here.chunk_by(|a, b| a.length() == b.length()) {
            for one in group {
                if let Some(than) = least.filter(|than| one.rank > than.rank) {
                    found.insert(one.from(DriftKind::SurerThanBody, than.said.id));
                }
            }
            let lowest = group.iter().min_by_key(|one| (one.rank, one.said.id)).copied();
            least = least.into_iter().chain(lowest).min_by_key(|one| (one.rank, one.said.id));
        }
    }
    found.into_iter().collect()
}
