//! Whose notebook is whose.

use crate::notebook::Notebook;

/// The three notebooks of a merge.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    /// What both began with.
    pub(super) base: &'a Notebook,
    /// The notebook into which the other is merged.
    pub(super) ours: &'a Notebook,
    /// The other.
    pub(super) theirs: &'a Notebook,
}
