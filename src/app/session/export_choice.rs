//! What the user chose to export.

use crate::export::{self, Format, Hide, Scope};

/// What is to be exported, and in which format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportChoice {
    /// The format's id.
    pub format: &'static str,
    /// The part of the notebook.
    pub scope: Scope,
    /// Whose names are left out.
    pub hide: Hide,
}

impl ExportChoice {
    /// The format.
    #[must_use]
    pub fn format(&self) -> Option<&'static Format> {
        export::format(self.format)
    }
}
