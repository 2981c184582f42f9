//! Tagging: the picker, “Tag the rest”, the boundaries of mentions, and commands on the selection.

mod boundary;
mod dating;
mod delete;
mod drafts;
mod intent;
mod occurrences;
mod parts;
mod picked;
mod picker;
mod selected_items;
mod tool;

pub use dating::DateEvent;
pub use delete::DeleteWithDependents;
pub use drafts::{DateDraft, OthersDraft, SortDraft, SpeakerDraft, SpeechDraft};
pub use intent::TaggingIntent;
pub use parts::PickerPart;
pub use tool::{LinkDraft, NoteOn, Picker, Purpose, TagRest, TagRestOf, Tool};

use super::OpenNotebook;
use crate::notebook::{EntityId, Notebook};

/// The number of recent entities that have a key.
const RECENT: usize = 9;

/// The state of tagging.
#[derive(Debug, Default)]
pub(super) struct Tagging {
    tool: Tool,
    /// Entities tagged recently, the latest first, for the keys 1 to 9.
    recent: Vec<EntityId>,
}

impl Tagging {
    /// Opens a tool in place of the one that is open.
    pub(super) fn open(&mut self, tool: Tool) {
        self.tool = tool;
    }

    /// Closes the open tool; returns whether there was one.
    pub(super) fn close(&mut self) -> bool {
        !matches!(std::mem::take(&mut self.tool), Tool::None)
    }

    /// Goes one step back: from choosing a speaker to the claim, otherwise closes the open tool. Returns whether there was
    /// one.
    pub(super) fn step_back(&mut self) -> bool {
        if let Tool::Picker(picker) = &mut self.tool
            && picker.restore_claim()
        {
            return true;
        }
        self.close()
    }

    /// Puts an entity first among those used recently.
    pub(super) fn used(&mut self, id: EntityId) {
        self.recent.retain(|other| *other != id);
        self.recent.insert(0, id);
        self.recent.truncate(RECENT);
    }

    /// Removes references to what a change deleted.
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
    /// The tool that is open over the text or the canvas.
    #[must_use]
    pub const fn tool(&self) -> &Tool {
        &self.tagging.tool
    }

    /// Entities tagged recently, the latest first, for the keys 1 to 9.
    #[must_use]
    pub fn recent(&self) -> &[EntityId] {
        &self.tagging.recent
    }

    /// The picker, when it is open.
    #[must_use]
    pub fn picker(&self) -> Option<&Picker> {
        match &self.tagging.tool {
            Tool::Picker(picker) => Some(picker),
            _ => None,
        }
    }
}
