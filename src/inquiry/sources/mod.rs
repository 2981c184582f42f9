//! Who says so: for each claim, on whom its statements rely, how well it is confirmed, and which sources all of it
//! depends on.
//!
//! Dependence can be shown, independence only assumed: “at most 2” says that no common origin is recorded. What nobody
//! recorded adds nothing to “confirmed”.
//!
//! `all` keeps the sources of all claims from one edit to the next. `same` says which actors count as one, `reliance` reads
//! the statements of one claim as a graph of who relies on whom, `facts` keeps what is known of speakers, `figures` counts over it, `sentence` puts the figures into
//! words, `next` says what to read or find next, `ladder` lists the chains of a claim, `drift` finds what is surer than its
//! source, `what_if` says what is taken to be otherwise, `changes` what follows.

mod all;
mod changes;
mod drift;
mod facts;
mod figures;
mod ladder;
mod next;
mod reliance;
mod same;
mod sentence;
#[cfg(test)]
mod tests;
mod what_if;

use std::collections::BTreeSet;

pub use all::AllSources;
pub use changes::{ClaimChange, WhatChanges, what_changes};
pub use drift::{Drift, DriftKind};
pub use facts::Group;
pub use figures::{Figures, Standing};
pub use ladder::{Ladder, MOST_RUNGS, Rung};
pub use next::{Next, NextSource, next_sources};
pub use same::Same;
pub use sentence::ASSUMED;
pub use what_if::WhatIf;

use crate::notebook::{
    ArticleId, EntityId, Hop, Kind, Mention, MentionId, Modality, Notebook, Polarity, RelationId,
    Statement, Target,
};
use facts::Facts;
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

/// Determines the sources of claims that are one (sorted, not empty), given their statements, as those of the first.
fn claim_sources(
    notebook: &Notebook,
    facts: &mut Facts<'_>,
    what_if: &WhatIf,
    one: &[EntityId],
    all: &[Said<'_>],
) -> ClaimSources {
    let mut figures = |polarity| {
        let statements = all.iter().copied().filter(|said| said.polarity == polarity);
        let reliance = Reliance::new(facts, notebook, what_if, statements);
        (reliance.statements > 0).then(|| Figures::new(facts, &reliance))
    };
    let (affirmed, denied) = (figures(Polarity::Affirms), figures(Polarity::Denies));
    ClaimSources {
        claim: one[0],
        equivalent: one[1..].to_vec(),
        affirmed,
        denied,
        drifts: drift::drifts(all),
    }
}

/// What counts of a statement: copied from its mention, since finding that among many costs more than what is done with
/// it.
#[derive(Clone, Copy, Debug)]
struct Said<'a> {
    id: MentionId,
    article: ArticleId,
    /// Who publishes the article.
    publisher: Option<EntityId>,
    polarity: Polarity,
    modality: Modality,
    chain: &'a [Hop],
}

impl<'a> Said<'a> {
    /// A mention as a statement; `None` where it is none.
    fn of(notebook: &Notebook, id: MentionId, mention: &'a Mention) -> Option<Self> {
        let Statement { chain, modality, polarity, form: _ } = mention.statement.as_ref()?;
        let article = mention.anchor.article;
        let publisher = notebook.article(article).and_then(|it| it.about.publisher);
        Some(Self { id, article, publisher, polarity: *polarity, modality: *modality, chain })
    }

    /// Whether it, its article or who publishes that is set aside.
    fn is_withdrawn(&self, notebook: &Notebook, what_if: &WhatIf) -> bool {
        what_if.without_statements.contains(&self.id)
            || what_if.without_articles.contains(&self.article)
            || self.publisher.is_some_and(|it| what_if.withdraws(notebook, it, self.article))
    }
}

/// The statements of these claims.
fn all_statements_of<'a>(notebook: &'a Notebook, claims: &[EntityId]) -> Vec<Said<'a>> {
    let said = |id| Said::of(notebook, id, notebook.mention(id)?);
    claims.iter().flat_map(|one| notebook.mentions_of(*one)).filter_map(said).collect()
}

/// Those that take one stance.
fn statements_of<'a>(
    notebook: &'a Notebook,
    claims: &[EntityId],
    polarity: Polarity,
) -> Vec<Said<'a>> {
    let mut all = all_statements_of(notebook, claims);
    all.retain(|said| said.polarity == polarity);
    all
}

/// A claim and those equivalent to it: connected by links “equivalent”, directly or through others.
#[must_use]
fn equivalent_claims(notebook: &Notebook, claim: EntityId) -> Vec<EntityId> {
    let mut all = BTreeSet::from([claim]);
    let mut next = vec![claim];
    while let Some(one) = next.pop() {
        for id in notebook.links_of(one) {
            let Some((from, to)) = equivalence(notebook, id) else { continue };
            let other = if from == one { to } else { from };
            let is_claim = notebook.entity(other).is_some_and(|it| it.kind() == Kind::Claim);
            if is_claim && all.insert(other) {
                next.push(other);
            }
        }
    }
    all.into_iter().collect()
}

/// The two entities that a link declares equivalent.
fn equivalence(notebook: &Notebook, link: crate::notebook::LinkId) -> Option<(EntityId, EntityId)> {
    let link = notebook.link(link)?;
    let Target::Entity(to) = link.to else { return None };
    (link.relation == RelationId::from("equivalent")).then_some((link.from, to))
}
