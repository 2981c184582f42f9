//! Whether what a command switches on and off is on.

use crate::app::{Program, Workspace};
use crate::inquiry::Measure;

/// Whether this workspace is shown.
pub(super) fn works_in(program: &Program, workspace: Workspace) -> bool {
    program.prefs().panes.workspace == workspace
}

/// Whether the size of nodes shows this measure.
pub(super) fn sizes_by(program: &Program, measure: Measure) -> bool {
    program.open_notebook().is_some_and(|book| book.exploration().measure() == measure)
}
