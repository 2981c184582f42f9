//! Which finding of the review is meant.

use std::collections::BTreeSet;

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
    /// Which finding this is.
    #[must_use]
    pub fn of(open: &Open) -> Self {
        Self { rule: open.rule.id, of: open.subjects() }
    }
}
