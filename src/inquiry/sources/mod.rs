//! Who says so: for each claim, on whom its statements rely, how well it is confirmed, and which sources all of it
//! depends on.
//!
//! Dependence can be shown, independence only assumed: “at most 2” says that no common origin is recorded. What nobody
//! recorded adds nothing to “confirmed”.
//!
//! `all` keeps the sources of all claims from one edit to the next. `same` says which actors count as one, `reliance` reads
//! the statements of one claim as a graph of who relies on whom, `figures` counts over it, `sentence` puts the figures into
//! words, `next` says what to read or find next, `ladder` lists the chains of a claim, `drift` finds what is surer than its
//! source, `what_if` says what is taken to be otherwise, `changes` what follows.

mod all;
mod changes;
mod drift;
mod figures;
mod ladder;
mod next;
mod reliance;
mod same;
mod sentence;
#[cfg(test)]
mod tests;
mod what_if;

use std::collections::{BTreeSet, HashSet};

pub use all::AllSources;
pub use changes::{ClaimChange, WhatChanges, what_changes};
pub use drift::{Drift, DriftKind};
pub use figures::{Figures, Standing};
pub use ladder::{Ladder, MOST_RUNGS, Rung};
pub use next::{Next, NextSource, next_sources};
pub use same::Same;
pub use sentence::ASSUMED;
pub use what_if::WhatIf;

use crate::notebook::{EntityId, Kind, MentionId, Notebook, Polarity, RelationId, Target};
use reliance::Reliance;

/// Who affirms a claim, and who denies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimSources {
    /// The claim.
    pub claim: EntityId,
    /// The other claims that are equivalent to it. By id.
    pub equivalent: Vec<EntityId>,
    /// Over the statements that affirm it; `None` where there are none.
    pub affirmed: Option<Figures>,
    /// Over the statements that deny it; `None` where there are none.
    pub denied: Option<Figures>,
    /// The statements that depart from those they go back to.
    pub drifts: Vec<Drift>,
}

impl ClaimSources {
    /// Whether it is both affirmed and denied.
    #[must_use]
    pub const fn is_contested(&self) -> bool {
        self.affirmed.is_some() && self.denied.is_some()
    }

    /// Whether what somebody says of it departs from its source.
    #[must_use]
    pub fn drifts_at(&self, speaker: EntityId) -> bool {
        self.drifts.iter().any(|drift| drift.speaker == Some(speaker))
    }

    /// The figures of each stance there is, with its name.
    pub fn stances(&self) -> impl Iterator<Item = (&'static str, &Figures)> {
        [("affirmed", &self.affirmed), ("denied", &self.denied)]
            .into_iter()
            .filter_map(|(stance, figures)| Some((stance, figures.as_ref()?)))
    }
}

/// Determines the sources of one claim, given its [`equivalent_claims`].
#[must_use]
pub fn claim_sources(
    notebook: &Notebook,
    same: &Same,
    what_if: &WhatIf,
    claim: EntityId,
    equivalent: &BTreeSet<EntityId>,
) -> ClaimSources {
    let mut all = Vec::new();
    let mut figures = |polarity| {
        let statements = statements_of(notebook, equivalent, polarity);
        let reliance = Reliance::new(notebook, what_if, &statements);
        all.extend(statements);
        (reliance.statements > 0).then(|| Figures::new(notebook, same, &reliance))
    };
    let (affirmed, denied) = (figures(Polarity::Affirms), figures(Polarity::Denies));
    ClaimSources {
        claim,
        equivalent: equivalent.iter().copied().filter(|other| *other != claim).collect(),
        affirmed,
        denied,
        drifts: drift::drifts(notebook, &all),
    }
}

/// The statements of these claims that take one stance.
fn statements_of(
    notebook: &Notebook,
    claims: &BTreeSet<EntityId>,
    polarity: Polarity,
) -> Vec<MentionId> {
    let takes = |id: &MentionId| {
        let statement = notebook.mention(*id).and_then(|mention| mention.statement.as_ref());
        statement.is_some_and(|statement| statement.polarity == polarity)
    };
    claims.iter().flat_map(|one| notebook.mentions_of(*one)).filter(takes).collect()
}

/// A claim and those equivalent to it: connected by links “equivalent”, directly or through others.
#[must_use]
pub fn equivalent_claims(notebook: &Notebook, claim: EntityId) -> BTreeSet<EntityId> {
    let mut all = BTreeSet::from([claim]);
    let mut seen = HashSet::from([claim]);
    let mut next = vec![claim];
    while let Some(one) = next.pop() {
        for id in notebook.links_of(one) {
            let Some((from, to)) = equivalence(notebook, id) else { continue };
            let other = if from == one { to } else { from };
            let is_claim = notebook.entity(other).is_some_and(|it| it.kind() == Kind::Claim);
            if is_claim && seen.insert(other) {
                all.insert(other);
                next.push(other);
            }
        }
    }
    all
}

/// The two entities that a link declares equivalent.
fn equivalence(notebook: &Notebook, link: crate::notebook::LinkId) -> Option<(EntityId, EntityId)> {
    let link = notebook.link(link)?;
    let Target::Entity(to) = link.to else { return None };
    (link.relation == RelationId::from("equivalent")).then_some((link.from, to))
}
