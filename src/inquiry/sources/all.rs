//! The sources of all claims of a notebook, kept from one state of it to the next: an edit costs what it touches.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::{Bound, Range};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::facts::Facts;
use super::{
    ClaimSources, Said, Same, WhatIf, all_statements_of, claim_sources, equivalence,
    equivalent_claims,
};
use crate::notebook::{EntityId, Evidence, Kind, LinkId, Mention, MentionId, Notebook, Touched};

/// The sources of all claims, at one revision of a notebook.
#[derive(Clone, Debug, Default)]
pub struct AllSources {
    revision: u64,
    what_if: WhatIf,
    same: Same,
    /// The links that declare two entities equivalent.
    equivalences: BTreeMap<LinkId, (EntityId, EntityId)>,
    of_claim: BTreeMap<EntityId, Arc<ClaimSources>>,
}

impl AllSources {
    /// Determines the sources of each claim; `None` once `stop` returns true.
    #[must_use]
    pub fn new(notebook: &Notebook, what_if: &WhatIf, stop: &dyn Fn() -> bool) -> Option<Self> {
        let equivalent = |id: &LinkId| Some((*id, equivalence(notebook, *id)?));
        let equivalences: BTreeMap<LinkId, (EntityId, EntityId)> =
            notebook.links().keys().filter_map(equivalent).collect();
        let same = Same::new(notebook, what_if);
        let linked = equivalences.values().flat_map(|(a, b)| [*a, *b]).collect();
        let of_claim = Each::new(notebook, what_if, &same, linked).determine(stop)?;
        let what_if = what_if.clone();
        Some(Self { revision: notebook.revision(), what_if, same, equivalences, of_claim })
    }

    /// The same for the notebook as it is now: only what its changes since then touch is determined anew, unless they
    /// are too many to be known, or something else is taken to be otherwise. `None` once `stop` returns true.
    #[must_use]
    pub fn updated(
        &self,
        notebook: &Notebook,
        what_if: &WhatIf,
        stop: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let touched = notebook.touched_since(self.revision).filter(|_| *what_if == self.what_if);
        let Some(touched) = touched else { return Self::new(notebook, what_if, stop) };
        let mut all = self.clone();
        all.revision = notebook.revision();
        let (mut claims, mut actors) = (BTreeSet::new(), BTreeSet::new());
        let mut regroup = false;
        for one in touched {
            match one {
                Touched::Statement(claim) => _ = claims.insert(*claim),
                Touched::Entity(id) => match notebook.entity(*id).map(|entity| entity.kind()) {
                    Some(Kind::Actor) => {
                        actors.insert(*id);
                        regroup = true;
                    }
                    Some(Kind::Claim) => _ = claims.insert(*id),
                    None if all.of_claim.contains_key(id) => _ = claims.insert(*id),
                    None => regroup = true,
                    Some(Kind::Event) => {}
                },
                Touched::Link(id) => {
                    let now = equivalence(notebook, *id);
                    let before = match now {
                        Some(ends) => all.equivalences.insert(*id, ends),
                        None => all.equivalences.remove(id),
                    };
                    if before != now {
                        claims.extend(
                            [before, now].iter().flatten().flat_map(|ends| [ends.0, ends.1]),
                        );
                        regroup = true;
                    }
                }
                Touched::Article(id) => {
                    let mentions = notebook.mentions_in(*id).filter_map(|id| notebook.mention(id));
                    claims.extend(mentions.filter(|it| it.statement.is_some()).map(|it| it.entity));
                }
                Touched::Relation(_) | Touched::Group(_) | Touched::Card(_) | Touched::Other => {}
            }
        }
        if regroup {
            let same = Same::new(notebook, what_if);
            actors.extend(same.differences(&all.same));
            all.same = same;
        }
        for actor in actors {
            claims.extend(claims_through(notebook, actor));
        }
        all.redetermine(notebook, claims, stop)
    }

    /// Determines these claims anew, those that were one with them and those that are now.
    fn redetermine(
        mut self,
        notebook: &Notebook,
        mut claims: BTreeSet<EntityId>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let were_one: Vec<EntityId> = claims
            .iter()
            .filter_map(|id| self.of_claim.get(id))
            .flat_map(|sources| sources.equivalent.iter().copied())
            .collect();
        claims.extend(were_one);
        let mut found = Vec::new();
        let mut facts = Facts::new(notebook, &self.same);
        while let Some(id) = claims.pop_first() {
            if stop() {
                return None;
            }
            self.of_claim.remove(&id);
            if notebook.entity(id).is_some_and(|entity| entity.kind() == Kind::Claim) {
                let one = equivalent_claims(notebook, id);
                claims.retain(|other| !one.contains(other));
                let said = all_statements_of(notebook, &one);
                determine(notebook, &mut facts, &self.what_if, (&one, &said), &mut found);
            }
        }
        self.of_claim.extend(found);
        Some(self)
    }

    /// The sources of a claim; `None` for what is no claim of the notebook.
    #[must_use]
    pub fn of(&self, claim: EntityId) -> Option<&ClaimSources> {
        self.of_claim.get(&claim).map(|sources| &**sources)
    }

    /// The sources of each claim, by id, to be kept.
    pub(super) fn shared(&self) -> impl Iterator<Item = &Arc<ClaimSources>> {
        self.of_claim.values()
    }

    /// The sources of a claim, to be kept.
    pub(super) fn shared_of(&self, claim: EntityId) -> Option<&Arc<ClaimSources>> {
        self.of_claim.get(&claim)
    }

    /// The sources of each claim, by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &ClaimSources> {
        self.of_claim.values().map(|sources| &**sources)
    }

    /// The groups of actors that count as one.
    #[must_use]
    pub const fn same(&self) -> &Same {
        &self.same
    }

    /// The revision of the notebook that it is of.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }
}

/// The sources of claims that are one (sorted, not empty), given their statements: they share their figures.
fn determine(
    notebook: &Notebook,
    facts: &mut Facts<'_>,
    what_if: &WhatIf,
    (one, said): (&[EntityId], &[Said<'_>]),
    found: &mut Vec<(EntityId, Arc<ClaimSources>)>,
) {
    let shared = claim_sources(notebook, facts, what_if, one, said);
    for id in &one[1..] {
        let equivalent = one.iter().copied().filter(|other| other != id).collect();
        let sources = ClaimSources { claim: *id, equivalent, ..shared.clone() };
        found.push((*id, Arc::new(sources)));
    }
    found.push((one[0], Arc::new(shared)));
}

/// All claims of a notebook, to be determined from nothing.
struct Each<'a> {
    notebook: &'a Notebook,
    what_if: &'a WhatIf,
    same: &'a Same,
    /// The ends of links “equivalent”.
    linked: HashSet<EntityId>,
    /// The claims, by id.
    claims: Vec<EntityId>,
    /// Their statements, those of a claim together.
    said: Vec<Said<'a>>,
    /// Where those of each claim begin, and where the last end.
    begin: Vec<usize>,
}

/// So many claims, and so many mentions, are worth a thread.
const SHARE: usize = 1_000;

/// As many threads as there are processors, up to four, as far as there is work for them.
fn threads(count: usize) -> usize {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    processors.min(4).min(count / SHARE).max(1)
}

/// All statements of claims, each with the number of its claim. Going through all mentions once costs less than finding
/// those of each claim, and most of that is waiting for memory, which threads do at the same time.
fn statements<'a>(notebook: &'a Notebook, claims: &[EntityId]) -> Vec<(usize, Said<'a>)> {
    let said = |(id, mention): (&MentionId, &'a Arc<Mention>)| {
        mention.statement.as_ref()?;
        Some((claims.binary_search(&mention.entity).ok()?, Said::of(notebook, *id, mention)?))
    };
    let threads = threads(notebook.mentions().len());
    // Ids are random: equal ranges hold about as many.
    let step = MentionId::ALL_BITS / threads as u64 + 1;
    let from = |part: usize| MentionId::from_bits(step * part as u64);
    let part = |part: usize| -> Vec<(usize, Said<'a>)> {
        let to =
            if part + 1 == threads { Bound::Unbounded } else { Bound::Excluded(from(part + 1)) };
        notebook.mentions().range((Bound::Included(from(part)), to)).filter_map(said).collect()
    };
    std::thread::scope(|scope| {
        let part = &part;
        let others: Vec<_> = (1..threads).map(|it| scope.spawn(move || part(it))).collect();
        let mut all = part(0);
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    })
}

impl<'a> Each<'a> {
    fn new(
        notebook: &'a Notebook,
        what_if: &'a WhatIf,
        same: &'a Same,
        linked: HashSet<EntityId>,
    ) -> Self {
        let entities = notebook.entities().iter();
        let claims = entities.filter(|(_, entity)| entity.kind() == Kind::Claim);
        let claims: Vec<EntityId> = claims.map(|(id, _)| *id).collect();
        let unsorted = statements(notebook, &claims);
        let mut begin = vec![0; claims.len() + 1];
        unsorted.iter().for_each(|(claim, _)| begin[claim + 1] += 1);
        for claim in 0..claims.len() {
            begin[claim + 1] += begin[claim];
        }
        let (mut next, mut order) = (begin.clone(), vec![0; unsorted.len()]);
        for (number, (claim, _)) in unsorted.iter().enumerate() {
            order[next[*claim]] = number;
            next[*claim] += 1;
        }
        let said = order.into_iter().map(|number| unsorted[number].1).collect();
        Self { notebook, what_if, same, linked, claims, said, begin }
    }

    fn said_of(&self, claim: usize) -> &[Said<'a>] {
        &self.said[self.begin[claim]..self.begin[claim + 1]]
    }

    /// The sources of each claim, by several threads; `None` once `stop` returns true.
    fn determine(&self, stop: &dyn Fn() -> bool) -> Option<BTreeMap<EntityId, Arc<ClaimSources>>> {
        let count = self.claims.len();
        let share = count.div_ceil(threads(count)).max(1);
        let mut shares = (0..count).step_by(share).map(|from| from..count.min(from + share));
        let mine = shares.next().unwrap_or(0..0);
        let stopped = AtomicBool::new(false);
        let found = std::thread::scope(|scope| {
            let is_stopped = || stopped.load(Ordering::Relaxed);
            let others: Vec<_> = shares
                .map(|share| scope.spawn(move || self.determine_share(share, &is_stopped)))
                .collect();
            // Only this thread may ask `stop`; the others are told.
            let asks = || {
                let stop = stop();
                stopped.fetch_or(stop, Ordering::Relaxed);
                stop
            };
            let mut found = self.determine_share(mine, &asks);
            for other in others {
                found.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            found
        });
        (!stopped.into_inner()).then(|| found.into_iter().collect())
    }

    /// The sources of these claims and of those that are one with them, or of some once `stop` returns true. Claims that
    /// are one belong to the share of the first.
    fn determine_share(
        &self,
        share: Range<usize>,
        stop: &dyn Fn() -> bool,
    ) -> Vec<(EntityId, Arc<ClaimSources>)> {
        let mut found = Vec::with_capacity(share.len());
        let mut facts = Facts::new(self.notebook, self.same);
        for number in share {
            if stop() {
                break;
            }
            let claim = self.claims[number];
            if self.linked.contains(&claim) {
                let one = equivalent_claims(self.notebook, claim);
                if one[0] == claim {
                    let said = all_statements_of(self.notebook, &one);
                    determine(self.notebook, &mut facts, self.what_if, (&one, &said), &mut found);
                }
            } else {
                let said = (&[claim][..], self.said_of(number));
                determine(self.notebook, &mut facts, self.what_if, said, &mut found);
            }
        }
        found
    }
}

/// The claims whose statements an actor publishes or speaks in.
fn claims_through(notebook: &Notebook, actor: EntityId) -> BTreeSet<EntityId> {
    let links = notebook.derived_links_of(actor).filter_map(|id| notebook.any_link(id));
    let mentions = links.flat_map(|link| &link.evidence).filter_map(|evidence| match evidence {
        Evidence::Mention(id) => notebook.mention(*id),
        Evidence::Quote(_) => None,
    });
    mentions.filter(|mention| mention.statement.is_some()).map(|mention| mention.entity).collect()
}
