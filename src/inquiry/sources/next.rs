//! What to read or find next: the originals not read and the single origins, by how many claims each would lift.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Group};
use super::figures::{Figures, unread_actors};
use super::reliance::Reliance;
use super::{Same, WhatIf, equivalent_claims, statements_of};
use crate::notebook::{EntityId, Notebook, Polarity};

/// What could be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Next {
    /// Read an original that is known only from those who relay it.
    Read,
    /// Find an origin besides the only one there is.
    Find,
}

impl Next {
    /// In one word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Find => "find",
        }
    }
}

/// One thing to read or find, and the claims that would gain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextSource {
    /// What to do.
    pub what: Next,
    /// The names of those whose original it is, or besides whom an origin is wanted; they count as one.
    pub names: Group,
    /// The claims that would gain in “confirmed” or “at most”, one for those that are one. By id.
    pub claims: Vec<EntityId>,
}

impl NextSource {
    /// In a sentence without its full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let names = self.names.join(" = ");
        match self.what {
            Next::Read => format!("read the original of {names}"),
            Next::Find => format!("find a source independent of {names}"),
        }
    }
}

/// What to read or find for these claims, the most useful first.
///
/// Reading an original is tried: the figures are worked out as if it had been read. Another independent origin adds one way
/// to a claim that has a single origin now.
#[must_use]
pub fn next_sources(
    notebook: &Notebook,
    what_if: &WhatIf,
    claims: &[EntityId],
    stop: &dyn Fn() -> bool,
) -> Vec<NextSource> {
    let same = Same::new(notebook, what_if);
    let mut facts = Facts::new(notebook, &same);
    let mut gain: BTreeMap<(Next, Group), BTreeSet<EntityId>> = BTreeMap::new();
    let mut seen: BTreeSet<EntityId> = BTreeSet::new();
    for claim in claims {
        if stop() {
            break;
        }
        if seen.contains(claim) {
            continue;
        }
        let one = equivalent_claims(notebook, *claim);
        seen.extend(one.iter().copied());
        for polarity in Polarity::ALL {
            let statements = statements_of(notebook, &one, polarity);
            let reliance = Reliance::new(&mut facts, notebook, what_if, statements.iter().copied());
            if reliance.statements == 0 {
                continue;
            }
            let now = Figures::new(&facts, &reliance);
            if let [origin] = &now.origins[..] {
                gain.entry((Next::Find, Group::clone(origin))).or_default().insert(*claim);
            }
            for actor in unread_actors(&facts, &reliance) {
                let mut read = what_if.clone();
                read.read.insert(actor);
                let then = Reliance::new(&mut facts, notebook, &read, statements.iter().copied());
                let then = Figures::new(&facts, &then);
                if then.confirmed > now.confirmed || then.at_most > now.at_most {
                    let names = Group::from([notebook.name(actor).to_owned()]);
                    gain.entry((Next::Read, names)).or_default().insert(*claim);
                }
            }
        }
    }
    let mut found: Vec<NextSource> = gain
        .into_iter()
        .map(|((what, names), claims)| NextSource {
            what,
            names,
            claims: claims.into_iter().collect(),
        })
        .collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.claims.len()));
    found
}
