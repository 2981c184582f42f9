//! One change made to many records: one edit, one step of undo.

use super::Edit;

/// One edit of several; none of none.
pub(crate) fn together(mut edits: Vec<Edit>, word: &str, what: &str) -> Option<Edit> {
    let plural = |many: usize| match word.strip_suffix('y') {
        Some(stem) => format!("{many} {stem}ies"),
        None => format!("{many} {word}s"),
    };
    match edits.len() {
        0 => None,
        1 => edits.pop(),
        many => Some(Edit::Batch(format!("Change the {what} of {}", plural(many)), edits)),
    }
}
