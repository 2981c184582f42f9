//! Which record a row shows.

use crate::notebook::{EntityId, LinkId, MentionId};
use crate::timeline::What;

/// The id of a row: that of the record it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowId {
    /// A link.
    Link(LinkId),
    /// An entity.
    Entity(EntityId),
    /// A statement: a mention of a claim.
    Statement(MentionId),
}

impl RowId {
    /// What it is on the timeline, where it is an entity or a statement.
    pub(super) const fn what(self) -> Option<What> {
        match self {
            Self::Link(_) => None,
            Self::Entity(id) => Some(What::Event(id)),
            Self::Statement(id) => Some(What::Statement(id)),
        }
    }
}
