//! Tagging: the picker, “Tag the rest”, the ends of spans, and what is done to what is selected.

mod delete;
mod intent;
mod occurrences;
mod picker;
mod selected_items;
mod tool;

pub use delete::DeleteWithDependents;
pub use intent::TaggingIntent;
pub use tool::{LinkDraft, NoteOn, Picker, Purpose, TagRest, TagRestOf, Tool};

use super::OpenNotebook;
use crate::notebook::{EntityId, Notebook};

/// How many recent entities the keys reach.
const RECENT: usize = 9;

/// What is being tagged, and with what.
#[derive(Debug, Default)]
pub(super) struct Tagging {
    tool: Tool,
    /// Entities tagged lately, the last one first: the keys 1 to 9.
    recent: Vec<EntityId>,
}

impl Tagging {
    /// Opens a tool in place of the one that is open.
    pub(super) fn open(&mut self, tool: Tool) {
        self.tool = tool;
    }

    /// Closes what is open; whether anything was.
    pub(super) fn close(&mut self) -> bool {
        !matches!(std::mem::take(&mut self.tool), Tool::None)
    }

    /// Puts an entity first among those used lately.
    pub(super) fn used(&mut self, id: EntityId) {
        self.recent.retain(|other| *other != id);
        self.recent.insert(0, id);
        self.recent.truncate(RECENT);
    }

    /// Lets go of what a change took away.
    pub(super) fn prune(&mut self, notebook: &Notebook) {
        self.recent.retain(|id| notebook.entity(*id).is_some());
        let gone = match &self.tool {
            Tool::Boundary { mention, .. } => notebook.mention(*mention).is_none(),
            Tool::Rest(rest) => match rest.of {
                TagRestOf::Entity(id) => notebook.entity(id).is_none(),
                TagRestOf::Words(_) => false,
            },
            Tool::Link(draft) => notebook.entity(draft.from).is_none(),
            _ => false,
        };
        if gone {
            self.tool = Tool::None;
        }
    }
}

impl OpenNotebook {
    /// What is open over the text or the canvas.
    #[must_use]
    pub const fn tool(&self) -> &Tool {
        &self.tagging.tool
    }

    /// Entities tagged lately, the last one first: the keys 1 to 9.
    #[must_use]
    pub fn recent(&self) -> &[EntityId] {
        &self.tagging.recent
    }

    /// The picker, when it is open.
    #[must_use]
    pub const fn picker(&self) -> Option<&Picker> {
        match &self.tagging.tool {
            Tool::Picker(picker) => Some(picker),
            _ => None,
        }
    }
}
