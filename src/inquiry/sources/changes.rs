//! What would be otherwise if something were taken to be: which claims' figures change, and which links lose their only
//! evidence.

use std::sync::Arc;

use super::{AllSources, ClaimSources, WhatIf};
use crate::notebook::{LinkId, Notebook};

/// The figures of a claim before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimChange {
    /// As the notebook has it.
    pub before: Arc<ClaimSources>,
    /// As it would be.
    pub after: Arc<ClaimSources>,
}

/// What would be otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatChanges {
    /// The claims whose figures would be otherwise, by id; equivalent ones each.
    pub claims: Vec<ClaimChange>,
    /// The links made by hand that would have no evidence left.
    pub links: Vec<LinkId>,
}

/// Compares the sources as they are with what they would be; `None` once `stop` returns true.
#[must_use]
pub fn what_changes(
    notebook: &Notebook,
    now: &AllSources,
    base: &WhatIf,
    what_if: &WhatIf,
    stop: &dyn Fn() -> bool,
) -> Option<WhatChanges> {
    let then = AllSources::new(notebook, &base.and(what_if), stop)?;
    let claims = now
        .shared()
        .filter_map(|before| {
            let after = then.shared_of(before.claim)?;
            let same = before.affirmed == after.affirmed && before.denied == after.denied;
            (!same).then(|| ClaimChange { before: Arc::clone(before), after: Arc::clone(after) })
        })
        .collect();
    let mut links = Vec::new();
    for (number, (id, link)) in notebook.links().iter().enumerate() {
        if number % 1024 == 0 && stop() {
            return None;
        }
        let mut left = link.evidence.iter().filter_map(|it| notebook.evidence_anchor(it));
        if !link.evidence.is_empty()
            && left.all(|anchor| what_if.withdraws_article(notebook, anchor.article))
        {
            links.push(*id);
        }
    }
    Some(WhatChanges { claims, links })
}
