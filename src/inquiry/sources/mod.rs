//! Who says so: for each claim, on whom its statements rely, how well it is confirmed, and which sources all of it
//! depends on.
//!
//! Dependence can be shown, independence only assumed: “at most 2” says that no common origin is recorded. What nobody
//! recorded adds nothing to “confirmed”.
//!
//! `same` says which actors count as one, `reliance` reads the statements of one claim as a graph of who relies on whom,
//! `figures` counts over it, `sentence` puts the figures into words, `next` says what to read or find next.

mod figures;
mod next;
mod reliance;
mod same;
mod sentence;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashSet};

pub use figures::Figures;
pub use next::{Next, NextSource, next_sources};
pub use same::Same;
pub use sentence::ASSUMED;

use crate::notebook::{
    ArticleId, EntityId, Kind, MentionId, Notebook, Polarity, RelationId, Target,
};
use reliance::Reliance;

/// What is taken to be otherwise than the notebook has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// These actors are set aside: whoever relies on one relies on something withdrawn.
    pub without_actors: BTreeSet<EntityId>,
    /// The statements of these articles are set aside.
    pub without_articles: BTreeSet<ArticleId>,
    /// The original words of these actors were read, wherever they are named on a chain.
    pub read: BTreeSet<EntityId>,
}

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
}

/// Determines the sources of each claim of a notebook. By id.
#[must_use]
pub fn sources(
    notebook: &Notebook,
    what_if: &WhatIf,
    stop: &dyn Fn() -> bool,
) -> BTreeMap<EntityId, ClaimSources> {
    let same = Same::new(notebook);
    let mut found = BTreeMap::new();
    let claims = notebook.entities().iter().filter(|(_, entity)| entity.kind() == Kind::Claim);
    for (id, _) in claims {
        if stop() {
            break;
        }
        if !found.contains_key(id) {
            let all = equivalent_claims(notebook, *id);
            let one = claim_sources(notebook, &same, what_if, *id, &all);
            // Equivalent claims share their figures.
            for other in &all {
                let equivalent = all.iter().copied().filter(|it| it != other).collect();
                found.insert(*other, ClaimSources { claim: *other, equivalent, ..one.clone() });
            }
        }
    }
    found
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
    let figures = |polarity| {
        let statements = statements_of(notebook, equivalent, polarity);
        let reliance = Reliance::new(notebook, what_if, &statements);
        (reliance.statements > 0).then(|| Figures::new(notebook, same, &reliance))
    };
    ClaimSources {
        claim,
        equivalent: equivalent.iter().copied().filter(|other| *other != claim).collect(),
        affirmed: figures(Polarity::Affirms),
        denied: figures(Polarity::Denies),
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
