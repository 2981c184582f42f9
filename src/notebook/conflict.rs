//! Conflicts: what two people changed differently, kept until somebody settles it.

use serde::{Deserialize, Serialize};

use super::RecordId;

/// A field that two people gave different values, from one they both had. The record has one of the two; the conflict
/// keeps both beside it, until one is taken.
///
/// The values are JSON texts (RFC 8259), as [`Values`](super::Values) has them: `null` where there was no such record. A
/// conflict outlives the record it is about, so that nothing of it is lost with that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The record.
    pub of: RecordId,
    /// Its field; [`Conflict::RECORD`] for the record as a whole.
    pub field: String,
    /// What both had.
    pub base: String,
    /// What the one has into whose notebook the other was merged.
    pub ours: String,
    /// What the other has.
    pub theirs: String,
}

impl Conflict {
    /// The field of a conflict that is about a whole record: here it was removed, there it was changed or is used.
    pub const RECORD: &str = "record";
    /// The field of a conflict about an article's text: both have another version of it.
    pub const TEXT: &str = "text";

    /// Whether it is about a whole record.
    #[must_use]
    pub fn is_of_record(&self) -> bool {
        self.field == Self::RECORD
    }
}
