//! What a job that opened a file hands over: an article, or a notebook with all that comes along.

use std::path::PathBuf;

use crate::article::Read;
use crate::edit::{Edit, History, HistoryEvent};
use crate::kept_sources::NotKept;
use crate::notebook::{Notebook, ViewState};
use crate::recovery::backups::Backup;
use crate::recovery::{Claim, FileState, HeldFile, UnsavedWork};
use crate::storage::{Loaded, Lock, LockError, Orphans, Stamp, VERSION};

/// A notebook that was loaded and is to be shown.
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
    /// Changes from before a crash that are not saved yet.
    pub(super) work: Option<Box<RecoveredWork>>,
    /// What is done to it first, as a step, and how many conflicts that leaves.
    pub(super) first: Option<(Edit, usize)>,
}

impl LoadedNotebook {
    /// A notebook without a file, in the present format, with nothing to be done to it.
    pub(super) const fn without_file(
        notebook: Notebook,
        desk: ViewState,
        orphans: Orphans,
    ) -> Self {
        let (file, held, lock, work, first) = (None, None, None, None, None);
        Self { notebook, desk, orphans, file, held, lock, version: VERSION, work, first }
    }
}

/// Unsaved work that is being recovered.
#[derive(Debug)]
pub struct RecoveredWork {
    pub(super) history: History,
    pub(super) events: Vec<(i64, HistoryEvent)>,
    /// The notebook without the work.
    pub(super) before: Notebook,
    pub(super) file_state: FileState,
    pub(super) lost: Option<String>,
    pub(super) claim: Claim,
}

/// The result of opening a file.
#[derive(Debug)]
pub enum Opened {
    /// An article.
    Article {
        /// Its file.
        path: PathBuf,
        /// What was read.
        read: Box<Read>,
        /// The encoding that was asked for; it was detected where there is none.
        encoding: Option<String>,
        /// It is added although another article has the same content.
        twice: bool,
        /// Why its file is not kept, though it should be.
        not_kept: Option<NotKept>,
    },
    /// A notebook.
    Notebook {
        /// Its file.
        path: PathBuf,
        /// What was read.
        loaded: Box<Loaded>,
        /// The file, held open.
        held: Option<HeldFile>,
        /// Unsaved work on it from a Casebook that crashed.
        work: Vec<UnsavedWork>,
        /// What there is of such work and cannot be offered.
        others: Vec<String>,
        /// Its lock.
        lock: Result<Lock, LockError>,
    },
    /// The open notebook, read again to replace it, and its file, held open.
    Reloaded(PathBuf, Box<Loaded>, Option<HeldFile>),
    /// A notebook that cannot be read, but of which there are backups or unsaved work.
    Corrupt {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
        /// Its backups, the newest first.
        backups: Vec<Backup>,
        /// Work on it that was not saved.
        work: Vec<UnsavedWork>,
        /// What there is of such work and cannot be offered.
        others: Vec<String>,
    },
    /// A file in which git left two versions of a notebook.
    Unmerged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// It failed; a sentence for the user.
    Failed(String),
    /// The user stopped it.
    Stopped,
}
