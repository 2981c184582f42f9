//! Competing claims: a matrix of claims and of what speaks for or against each (analysis of competing hypotheses, Heuer
//! 1999, chapter 8).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EntityId, Subject};

/// Claims side by side, and what is known, row by row: is it consistent with each of them?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// What it is called. Not blank.
    pub title: String,
    /// The claims, in their order; each once.
    pub claims: Vec<EntityId>,
    /// Statements and links, in their order; each once.
    pub rows: Vec<Subject>,
    /// What is judged: a claim of `claims` and a row of `rows`. Missing: not judged yet.
    pub cells: BTreeMap<(EntityId, Subject), Fit>,
}

/// How a row of a matrix fits a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fit {
    /// What one would expect if the claim were so.
    Consistent,
    /// Not what one would expect.
    Inconsistent,
    /// Says nothing for or against.
    Neutral,
}

impl Fit {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Consistent, Self::Inconsistent, Self::Neutral];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::Inconsistent => "inconsistent",
            Self::Neutral => "neutral",
        }
    }

    /// A sign for it: colour is never the only sign.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Consistent => "+",
            Self::Inconsistent => "−",
            Self::Neutral => "0",
        }
    }
}

impl Matrix {
    /// How a row fits a claim; `None` where that is not judged yet.
    #[must_use]
    pub fn cell(&self, claim: EntityId, row: Subject) -> Option<Fit> {
        self.cells.get(&(claim, row)).copied()
    }

    /// How many rows fit a claim so.
    #[must_use]
    pub fn count(&self, claim: EntityId, fit: Fit) -> usize {
        self.rows.iter().filter(|row| self.cell(claim, **row) == Some(fit)).count()
    }

    /// The claims with the fewest rows that are inconsistent with them first; otherwise in their order.
    #[must_use]
    pub fn claims_by_score(&self) -> Vec<EntityId> {
        let mut claims = self.claims.clone();
        claims.sort_by_key(|claim| self.count(*claim, Fit::Inconsistent));
        claims
    }

    /// Leaves out what these accept no longer: claims, rows, and the cells of either.
    pub(crate) fn keep(&mut self, claim: impl Fn(EntityId) -> bool, row: impl Fn(Subject) -> bool) {
        self.claims.retain(|id| claim(*id));
        self.rows.retain(|id| row(*id));
        let Self { claims, rows, cells, .. } = self;
        cells.retain(|(claim, row), _| claims.contains(claim) && rows.contains(row));
    }
}
