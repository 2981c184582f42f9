//! A finding of the review, and the edit that lets it stand.

use std::collections::BTreeSet;

use crate::edit::{Edit, Ref};
use crate::inquiry::review::Open;
use crate::notebook::Subject;

/// The finding that is looked at: its rule and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of its rule.
    pub rule: &'static str,
    /// The records it is about.
    pub of: BTreeSet<Subject>,
}

impl Finding {
    /// Whether this is the finding that is meant.
    #[must_use]
    pub fn is(&self, open: &Open) -> bool {
        self.rule == open.rule.id
            && self.of.contains(&open.what)
            && open.others.iter().all(|other| self.of.contains(other))
            && open.subjects() == self.of
    }

    /// Which finding this is.
    #[must_use]
    pub fn of(open: &Open) -> Self {
        Self { rule: open.rule.id, of: open.subjects() }
    }
}

/// The edit that lets a finding stand.
#[must_use]
pub fn waive(finding: &Finding, reason: &str) -> Edit {
    Edit::Waive {
        rule: finding.rule.to_owned(),
        of: finding.of.iter().copied().map(Ref::Id).collect(),
        reason: reason.trim().to_owned(),
        by: None,
        at: None,
        handle: String::new(),
    }
}
