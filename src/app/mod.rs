//! The whole program without a window, in parts that own their state.
//!
//! | part | what it owns |
//! |---|---|
//! | `command` | the table of commands |
//! | `session` | the open notebook, its history, its file, the journal, backups |
//! | `reading` | articles: places, text cursors, find, suggestions |
//! | `tagging` | the picker, “Tag the rest”, spans |
//! | `charting` | the canvas: links, layouts, groups, filter and focus, named views |
//! | `findings` | what is concluded: who says each claim |
//! | `settings` | the user's settings |
//!
//! A view gets `&Program` and sends [`Intent`]s; [`Program::dispatch`] hands each to the part that handles it; what
//! only a window can do is returned as [`Effect`]s. Long work runs as jobs whose results [`Program::poll`] handles. So
//! the whole program can be driven in a test without a screen.

mod charting;
mod command;
mod desktop;
mod dispatch;
mod effect;
mod findings;
mod intent;
mod jobs;
mod notice;
mod open_notebook;
mod pane;
mod program;
mod question;
mod reading;
mod selection;
mod session;
mod settings;
mod tagging;
mod time;

pub use charting::{Arrangement, Arranging, ChartingIntent, Exploration, joining, writing_field};
pub use command::{Command, Menu, Shortcut, commands, keys_as_markdown, shortcut};
pub use desktop::{OpenError, Opener, has_program, has_session_service};
pub use effect::{DialogKind, Effect};
pub use findings::{Finding, FindingsIntent, Supposed, Supposition, waive};
pub use intent::Intent;
pub use notice::{Level, Notice, Remedy};
pub use open_notebook::OpenNotebook;
pub use pane::{Pane, PaneFacts};
pub use program::Program;
pub use question::{Answer, Question};
pub use reading::{Caret, Find, FindQuery, GoTo, Hits, Listed, ReadingIntent, WordPlace};
pub use selection::{OnCanvas, Selection};
pub use session::{
    Anchored, BackupRow, BackupsProgress, BackupsRead, ExportChoice, Gathering, OpenFile,
    PictureChoice, Safe, SessionIntent, backup_rules, bytes_text, describe_work, is_in_folder,
};
pub use settings::{
    Faces, LastPlaces, Layouts, PaneLayout, PanesShown, Prefs, PrefsFile, SettingsIntent,
    TextSettings, Theme, TimelinePlace, TimelineSettings, WindowPlace, Workspace,
};
pub use tagging::{
    DateDraft, LinkDraft, OthersDraft, Picker, PickerPart, Purpose, SortDraft, SpeakerDraft,
    SpeechDraft, TagRest, TagRestOf, TaggingIntent, Tool,
};
pub use time::{time_of, today};

/// All questions and pages.
pub mod questions {
    pub use super::charting::NameView;
    pub use super::findings::{ApplyWhatIf, WaiveFinding};
    pub use super::question::{About, Keys, Palette};
    pub use super::session::questions::{
        AfterComparison, ArticleDetails, ChangedOnDisk, Comparison, Crashed, DiscardWork,
        EnterPath, KeptSources, NextStep, NotSaved, OfferWork, OpenWithEncoding, PasteArticle,
        PurgeBackups, RenameNotebook, ReplaceFile, Unreadable, Unsaved, YourName,
    };
    pub use super::session::{
        ArticleUpdate, BackupsPage, Colleague, ComparedVersions, ExportNotebook, ExportPicture,
        GatheringSummary, ImportInto, Imported, MoveToFolder, Preview, ReplaceExport,
        ReplacePicture, Unmerged,
    };
    pub use super::tagging::{DateEvent, DeleteWithDependents, NoteOn};
}

/// Unsaved work of a Casebook that crashed, as [`Program::unsaved_work`] lists it.
pub use crate::recovery::UnsavedWork;

/// What there is of a file that is kept beside the notebook.
pub use crate::kept_sources::KeptState;
