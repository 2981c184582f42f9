//! Figures about how well a claim is confirmed, counted over the graph of who relies on whom.

use smallvec::{SmallVec, smallvec};

use super::facts::{Facts, Group, Speaker};
use super::reliance::{Reliance, SOME};
use crate::graph::{Disjoint, bottlenecks, disjoint_paths, strong_components};
use crate::notebook::{ActorKind, EntityId};

/// How well a claim is confirmed by the statements that take one stance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many statements there are.
    pub statements: usize,
    /// How many groups publish them.
    pub outlets: usize,
    /// The groups that hold an origin: one on whom others rely, and who relies on nobody.
    pub origins: Vec<Group>,
    /// How many of those groups hold anonymous origins only.
    pub anonymous: usize,
    /// How many groups hold a named origin whose own words were read.
    pub confirmed: usize,
    /// How many ways there are at most from what was read to origins, no two of which share a group.
    pub at_most: usize,
    /// The groups that every way passes through, nearest to the article first.
    pub through: Vec<Group>,
    /// A smallest set of groups without which no way is left.
    pub cut: Vec<Group>,
    /// The actors that rely on each other in a circle, a list a circle.
    pub loops: Vec<Group>,
    /// The named actors and outlets whose original was not read, and who publish none of the articles.
    pub unread: Vec<Group>,
}

/// The groups of the speakers of one claim.
pub(super) struct Groups {
    /// The group of each speaker.
    pub(super) of: SmallVec<[u32; SOME]>,
    count: usize,
}

/// What holds of each group or speaker.
type Flags = SmallVec<[bool; 2 * SOME]>;

impl Groups {
    pub(super) fn new(facts: &Facts<'_>, reliance: &Reliance) -> Self {
        // Sorted rather than hashed: most claims have few speakers.
        let each = || reliance.known.iter().map(|known| facts.stands(known.fact));
        let mut all: SmallVec<[Speaker; SOME]> = each().collect();
        all.sort_unstable();
        all.dedup();
        let of = each().map(|one| all.binary_search(&one).unwrap_or_default() as u32);
        Self { of: of.collect(), count: all.len() }
    }

    /// The groups of the speakers for which this holds, by number.
    fn with(&self, holds: impl Fn(usize) -> bool) -> Flags {
        let mut found: Flags = smallvec![false; self.count];
        for (speaker, group) in self.of.iter().enumerate() {
            found[*group as usize] |= holds(speaker);
        }
        found
    }
}

/// What a speaker is to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It relies on others.
    Relays,
    /// An origin: an outlet, or a publisher that gives no source. It has its own word only.
    OwnWord,
    /// An origin that is named.
    Named,
    /// An origin that is not named.
    Anonymous,
    /// It relies on something that is set aside, and on nothing else.
    Withdrawn,
}

impl Standing {
    /// In a word or two.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Relays => "relays",
            Self::OwnWord => "its own word",
            Self::Named => "named origin",
            Self::Anonymous => "anonymous origin",
            Self::Withdrawn => "source set aside",
        }
    }
}

/// The ways of one claim from what was read to origins.
pub(super) struct Ways {
    /// Whether each speaker relies on another one.
    relies: Flags,
    pub(super) disjoint: Disjoint,
}

impl Ways {
    /// What a speaker is to the claim.
    pub(super) fn standing(
        &self,
        facts: &Facts<'_>,
        reliance: &Reliance,
        speaker: usize,
    ) -> Standing {
        let known = reliance.known[speaker];
        match facts.kind(known.fact) {
            _ if self.relies[speaker] => Standing::Relays,
            _ if known.on_withdrawn => Standing::Withdrawn,
            Some(ActorKind::Anonymous) => Standing::Anonymous,
            // An outlet, or who publishes without giving a source, has its own word only.
            None | Some(ActorKind::Media) => Standing::OwnWord,
            Some(_) if known.flat => Standing::OwnWord,
            Some(_) => Standing::Named,
        }
    }
}

/// A set of groups to begin or end in, and the steps between groups.
pub(super) struct Net {
    edges: SmallVec<[(u32, u32); SOME]>,
    begins: Flags,
    ends: Flags,
}

impl Groups {
    /// The ways from what was read to origins, and the net they run in.
    pub(super) fn ways(&self, reliance: &Reliance) -> (Ways, Net) {
        let known = &reliance.known;
        let mut relies: Flags = smallvec![false; known.len()];
        for (from, _) in &reliance.edges {
            relies[*from as usize] = true;
        }
        let edges: SmallVec<[(u32, u32); SOME]> = reliance
            .edges
            .iter()
            .map(|(from, to)| (self.of[*from as usize], self.of[*to as usize]))
            .filter(|(from, to)| from != to)
            .collect();
        let begins = self.with(|it| known[it].publishes || known[it].read);
        let ends = self.with(|it| !relies[it] && !known[it].on_withdrawn);
        let disjoint = disjoint_paths(&edges, &begins, &ends);
        (Ways { relies, disjoint }, Net { edges, begins, ends })
    }
}

impl Figures {
    pub(super) fn new(facts: &Facts<'_>, reliance: &Reliance) -> Self {
        let groups = Groups::new(facts, reliance);
        let known = &reliance.known;
        let (ways, net) = groups.ways(reliance);
        let standing: SmallVec<[Standing; SOME]> =
            (0..known.len()).map(|it| ways.standing(facts, reliance, it)).collect();
        let confirms = |it: usize| known[it].own_words_read && standing[it] == Standing::Named;
        let is_known = |it: usize| matches!(standing[it], Standing::OwnWord | Standing::Named);
        let known_origin = groups.with(is_known);
        let anonymous = net.ends.iter().zip(&known_origin).filter(|(end, known)| **end && !**known);
        let anonymous = anonymous.count();
        let confirmed = groups.with(confirms).iter().filter(|holds| **holds).count();
        let through = if ways.disjoint.paths == 1 {
            bottlenecks(&net.edges, &net.begins, &net.ends)
        } else {
            Vec::new()
        };
        let unread = groups.with(|it| is_unread(facts, reliance, it));
        let names = Names { facts, reliance, groups: &groups };
        let outlets = groups.with(|it| known[it].publishes).iter().filter(|is| **is).count();
        Self {
            statements: reliance.statements,
            outlets,
            origins: names.sorted(numbers(&net.ends)),
            anonymous,
            confirmed,
            at_most: ways.disjoint.paths,
            through: through.into_iter().map(|group| names.of(group)).collect(),
            cut: names.sorted(ways.disjoint.cut.iter().copied()),
            loops: loops(facts, reliance),
            unread: names.sorted(numbers(&unread)),
        }
    }
}

/// The numbers of those for which it is true.
fn numbers(which: &[bool]) -> impl Iterator<Item = u32> {
    (0_u32..).zip(which).filter(|(_, is)| **is).map(|(number, _)| number)
}

/// Whether a speaker is a named actor or an outlet whose original was not read, and which publishes none of the articles.
fn is_unread(facts: &Facts<'_>, reliance: &Reliance, speaker: usize) -> bool {
    let known = reliance.known[speaker];
    known.relayed
        && !known.read
        && !known.publishes
        && facts.kind(known.fact).is_some_and(|kind| kind != ActorKind::Anonymous)
}

/// The actors of [`is_unread`].
pub(super) fn unread_actors(facts: &Facts<'_>, reliance: &Reliance) -> Vec<EntityId> {
    let unread = (0..reliance.speakers.len()).filter(|it| is_unread(facts, reliance, *it));
    unread
        .filter_map(|it| match reliance.speakers[it] {
            Speaker::Actor(id) => Some(id),
            Speaker::Article(_) => None,
        })
        .collect()
}

/// Actors that rely on each other in a circle, before any count as one.
fn loops(facts: &Facts<'_>, reliance: &Reliance) -> Vec<Group> {
    // Speakers are numbered as chains name them: where nobody relies on one named earlier, there is no circle.
    if reliance.edges.iter().all(|(from, to)| from < to) {
        return Vec::new();
    }
    let mut found: Vec<Group> = strong_components(reliance.speakers.len(), &reliance.edges)
        .into_iter()
        .filter(|component| component.len() > 1)
        .map(|component| {
            let those: Vec<u32> = component.iter().map(|it| reliance.known[*it].fact).collect();
            facts.names(&those).into()
        })
        .collect();
    found.sort();
    found
}

/// The names of the groups, made for those that are told.
struct Names<'a> {
    facts: &'a Facts<'a>,
    reliance: &'a Reliance,
    groups: &'a Groups,
}

impl Names<'_> {
    /// The names of these groups, sorted.
    fn sorted(&self, groups: impl Iterator<Item = u32>) -> Vec<Group> {
        let mut found: Vec<Group> = groups.map(|group| self.of(group)).collect();
        found.sort_unstable();
        found
    }

    fn of(&self, group: u32) -> Group {
        let speakers = self.reliance.known.iter().zip(&self.groups.of);
        let mut those = speakers.filter(|(_, of)| **of == group).map(|(known, _)| known.fact);
        match (those.next(), those.next()) {
            (Some(one), None) => self.facts.alone(one),
            (first, second) => {
                let all: Vec<u32> = first.into_iter().chain(second).chain(those).collect();
                let mut names = self.facts.names(&all);
                names.dedup();
                names.into()
            }
        }
    }
}
