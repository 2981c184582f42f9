//! The sources of all claims of a notebook, kept from one state of it to the next: an edit costs what it touches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{ClaimSources, Same, WhatIf, claim_sources, equivalence, equivalent_claims};
use crate::notebook::{EntityId, Evidence, Kind, LinkId, Notebook, Touched};

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
        let mut all = Self {
            revision: notebook.revision(),
            what_if: what_if.clone(),
            same: Same::new(notebook, what_if),
            equivalences: notebook.links().keys().filter_map(equivalent).collect(),
            of_claim: BTreeMap::new(),
        };
        let claims = notebook.entities().iter().filter(|(_, entity)| entity.kind() == Kind::Claim);
        for (id, _) in claims {
            if stop() {
                return None;
            }
            if !all.of_claim.contains_key(id) {
                all.determine(notebook, &equivalent_claims(notebook, *id));
            }
        }
        Some(all)
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
        while let Some(id) = claims.pop_first() {
            if stop() {
                return None;
            }
            self.of_claim.remove(&id);
            if notebook.entity(id).is_some_and(|entity| entity.kind() == Kind::Claim) {
                let one = equivalent_claims(notebook, id);
                claims.retain(|other| !one.contains(other));
                self.determine(notebook, &one);
            }
        }
        Some(self)
    }

    /// Determines the sources of claims that are one: they share their figures.
    fn determine(&mut self, notebook: &Notebook, one: &BTreeSet<EntityId>) {
        let Some(first) = one.first() else { return };
        let shared = claim_sources(notebook, &self.same, &self.what_if, *first, one);
        for id in one.iter().skip(1) {
            let equivalent = one.iter().copied().filter(|other| other != id).collect();
            let sources = ClaimSources { claim: *id, equivalent, ..shared.clone() };
            self.of_claim.insert(*id, Arc::new(sources));
        }
        self.of_claim.insert(*first, Arc::new(shared));
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

/// The claims whose statements an actor publishes or speaks in.
fn claims_through(notebook: &Notebook, actor: EntityId) -> BTreeSet<EntityId> {
    let links = notebook.derived_links_of(actor).filter_map(|id| notebook.any_link(id));
    let mentions = links.flat_map(|link| &link.evidence).filter_map(|evidence| match evidence {
        Evidence::Mention(id) => notebook.mention(*id),
        Evidence::Quote(_) => None,
    });
    mentions.filter(|mention| mention.statement.is_some()).map(|mention| mention.entity).collect()
}
