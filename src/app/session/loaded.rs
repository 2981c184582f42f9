//! A notebook that was read, with all that comes along.

use std::path::PathBuf;

use crate::edit::{History, HistoryEvent};
use crate::notebook::{Notebook, ViewState};
use crate::recovery::{Claim, FileState, HeldFile};
use crate::storage::{Lock, LockError, Stamp};

/// A notebook to show.
#[derive(Debug)]
pub struct LoadedNotebook {
    pub(in crate::app) notebook: Notebook,
    pub(in crate::app) desk: ViewState,
    /// Anchors that no longer match, a line each.
    pub(in crate::app) orphans: Vec<String>,
    /// Its file; the sample has none.
    pub(in crate::app) file: Option<(PathBuf, Stamp)>,
    /// That file, held open by the job that read it.
    pub(in crate::app) held: Option<HeldFile>,
    /// Its lock, where the job that read the file asked for it.
    pub(in crate::app) lock: Option<Result<Lock, LockError>>,
    /// The version of the format the file is in.
    pub(in crate::app) version: u32,
    /// What was done to it before a crash, and is not saved yet.
    pub(in crate::app) work: Option<Box<RecoveredWork>>,
}

/// Unsaved work that is being taken up again.
#[derive(Debug)]
pub struct RecoveredWork {
    pub(in crate::app) history: History,
    pub(in crate::app) events: Vec<(i64, HistoryEvent)>,
    /// The notebook without it.
    pub(in crate::app) before: Notebook,
    pub(in crate::app) file_state: FileState,
    pub(in crate::app) lost: Option<String>,
    pub(in crate::app) claim: Claim,
}
