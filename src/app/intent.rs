//! Intents, which views send: a view does not change the program, but says what the user wants. Each part of the
//! program has intents of its own.

use super::charting::ChartingIntent;
use super::findings::FindingsIntent;
use super::reading::ReadingIntent;
use super::session::SessionIntent;
use super::settings::SettingsIntent;
use super::tagging::TaggingIntent;
use super::{Answer, Command, DialogKind, OnCanvas, Selection};
use crate::job::JobId;
use crate::notebook::{EntityId, LinkId};

/// What the user wants.
#[derive(Clone, Debug)]
pub enum Intent {
    /// A command with a name.
    Run(Command),
    /// Selects exactly this, everywhere.
    Select(Selection),
    /// Adds an entity to the selection, or removes it.
    ToggleEntity(EntityId),
    /// Adds a link to the selection, or removes it.
    ToggleLink(LinkId),
    /// Adds a group or a note card to the selection, or removes it.
    ToggleOnCanvas(OnCanvas),
    /// Closes whatever is open: picker, link maker, find, palette, a question.
    Cancel,
    /// Answers the question that is open.
    Answer(Answer),
    /// A file dialog could not be opened: ask for the path instead.
    DialogFailed(DialogKind, String),
    /// Dismisses a notice.
    DismissNotice(u64),
    /// Stops a background job.
    StopJob(JobId),
    /// Starts again what was being worked out for the screen when it was stopped.
    ResumeStopped,
    /// An intent about the notebook and its file.
    Session(SessionIntent),
    /// An intent about the articles.
    Reading(ReadingIntent),
    /// An intent about the picker, “Tag the rest” and the boundaries of mentions.
    Tagging(TaggingIntent),
    /// An intent about the canvas.
    Charting(ChartingIntent),
    /// An intent about what is concluded from the notebook.
    Findings(FindingsIntent),
    /// An intent about the settings.
    Settings(SettingsIntent),
}

impl From<FindingsIntent> for Intent {
    fn from(intent: FindingsIntent) -> Self {
        Self::Findings(intent)
    }
}

impl From<SessionIntent> for Intent {
    fn from(intent: SessionIntent) -> Self {
        Self::Session(intent)
    }
}

impl From<ReadingIntent> for Intent {
    fn from(intent: ReadingIntent) -> Self {
        Self::Reading(intent)
    }
}

impl From<TaggingIntent> for Intent {
    fn from(intent: TaggingIntent) -> Self {
        Self::Tagging(intent)
    }
}

impl From<ChartingIntent> for Intent {
    fn from(intent: ChartingIntent) -> Self {
        Self::Charting(intent)
    }
}

impl From<SettingsIntent> for Intent {
    fn from(intent: SettingsIntent) -> Self {
        Self::Settings(intent)
    }
}
