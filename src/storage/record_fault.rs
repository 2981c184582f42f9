//! Faults in single records of a notebook file.

use super::FormatError;
use super::source::{at, blank};
use crate::notebook::Kind;
use crate::text::shortened;

/// A fault in a record of a notebook file: which record, which part of it, and why. Its position is looked up in the
/// source.
#[derive(Debug)]
pub(super) struct RecordFault {
    /// The record's key as written; empty for the file itself.
    pub(super) key: String,
    /// What in the record is wrong, as written; empty for the record itself.
    pub(super) value: String,
    /// Which of the records with that key, where `value` does not tell.
    pub(super) which: Which,
    /// What is wrong, in a sentence.
    pub(super) what: String,
}

/// Which of several records with one key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which {
    /// The first: the record of an entity or article comes before anything else with its id.
    First,
    /// The second: the one that repeats the key.
    Second,
    /// The last: that of the canvas or the desk.
    Last,
}

impl RecordFault {
    /// A fault in the record of this key.
    pub(super) fn new(key: impl ToString, value: impl ToString, what: impl Into<String>) -> Self {
        Self {
            key: key.to_string(),
            value: value.to_string(),
            which: Which::First,
            what: what.into(),
        }
    }

    /// The fault as an error at its position in the source.
    pub(super) fn locate(self, source: &str) -> FormatError {
        let Self { key, value, which, what } = self;
        // A text's key is a tuple, all others are strings.
        let quoted = if key.starts_with('(') { key } else { format!("\"{key}\"") };
        let is_key = |from: &usize| {
            source.get(from + quoted.len()..).is_some_and(|rest| blank(rest).starts_with(':'))
        };
        let keys: Vec<usize> =
            source.match_indices(&quoted).map(|(from, _)| from).filter(is_key).collect();
        // One key can head several records: an entity and its place on the canvas.
        let inside = keys.iter().enumerate().find_map(|(i, from)| {
            let after = from + quoted.len();
            let end = keys.get(i + 1).copied().unwrap_or(source.len());
            source.get(after..end)?.find(&value).map(|n| after + n)
        });
        let record = match which {
            Which::First => keys.first(),
            Which::Second => keys.get(1),
            Which::Last => keys.last(),
        };
        let byte = inside.filter(|_| !value.is_empty()).or(record.copied()).unwrap_or(0);
        at(source, byte, shortened(&what).into_owned())
    }
}

/// The fault of a record that refers to one that does not exist.
pub(super) fn gone(key: impl ToString, id: impl ToString, what: &str) -> RecordFault {
    let id = id.to_string();
    let says = format!("there is no {what} {id} in this notebook");
    RecordFault::new(key, id, says)
}

/// A kind with its article, for a message.
pub(super) const fn a(kind: Kind) -> &'static str {
    match kind {
        Kind::Actor => "an actor",
        Kind::Event => "an event",
        Kind::Claim => "a claim",
    }
}
