//! A notebook that was read, with all that comes along.

use std::path::PathBuf;

use crate::edit::{History, HistoryEvent};
use crate::notebook::{Notebook, ViewState};
use crate::recovery::{Claim, FileState, HeldFile};
use crate::storage::{Lock, LockError, Orphans, Stamp};

/// A notebook to show.
#[derive(Debug)]
pub struct LoadedNotebook {
    pub(super) notebook: Notebook,
    pub(super) desk: ViewState,
    /// Quotes that no longer match their articles.
    pub(super) orphans: Orphans,
    /// Its file; the sample has none.
    pub(super) file: Option<(PathBuf, Stamp)>,
    /// That file, held open by the job that read it.
    pub(super) held: Option<HeldFile>,
    /// Its lock, where the job that read the file asked for it.
    pub(super) lock: Option<Result<Lock, LockError>>,
    /// The version of the format the file is in.
    pub(super) version: u32,
    /// What was done to it before a crash, and is not saved yet.
    pub(super) work: Option<Box<RecoveredWork>>,
}

/// Unsaved work that is being taken up again.
#[derive(Debug)]
pub struct RecoveredWork {
    pub(super) history: History,
    pub(super) events: Vec<(i64, HistoryEvent)>,
    /// The notebook without it.
    pub(super) before: Notebook,
    pub(super) file_state: FileState,
    pub(super) lost: Option<String>,
    pub(super) claim: Claim,
}
