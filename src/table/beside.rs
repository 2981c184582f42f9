//! What cells show that no record says: it is worked out from the whole notebook.

use crate::inquiry::sources::AllSources;
use crate::timeline::Doubts;

/// What was worked out of the notebook. Without it, the cells that show it are empty, or say less.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// Who says each claim.
    pub sources: Option<&'a AllSources>,
    /// What speaks against dates.
    pub doubts: Option<&'a Doubts>,
}
