//! What is left out of account, and why: findings of the review that are waived, and sources that are set aside.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Subject;

/// A finding of the review that a person lets stand, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The rule whose finding it is: the id of a rule of the review. Not blank.
    pub rule: String,
    /// What the finding is about; at least one record.
    pub of: BTreeSet<Subject>,
    /// Why.
    pub reason: String,
    /// When: as [`super::is_moment`] has it.
    pub at: String,
    /// By whom. May be empty.
    pub by: String,
}

/// A source that is no longer counted: an actor, an article, or one statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// An actor, an article, or a mention of a claim.
    pub what: Subject,
    /// From when on: EDTF; only what was published since then is set aside. Empty: always.
    pub from: String,
    /// Why.
    pub reason: String,
    /// When it was set aside: as [`super::is_moment`] has it.
    pub at: String,
    /// By whom. May be empty.
    pub by: String,
}
