//! The session: one open notebook and its file. Opening, editing, saving, the recovery journal, backups, and what other
//! programs do to the file.

mod articles;
mod backups;
mod editing;
mod export_choice;
mod exporting;
mod file_changes;
mod intent;
mod journal;
mod loaded;
mod opening;
pub mod questions;
mod recovering;
mod saving;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use backups::{BackupRow, BackupsPage, BackupsProgress, BackupsRead, backup_rules, bytes_text};
pub use export_choice::ExportChoice;
pub use exporting::{ExportNotebook, ReplaceExport};
pub use intent::SessionIntent;
pub(super) use journal::Safety;
pub use recovering::describe_work;

use super::OpenNotebook;
use crate::article::EncodingGuess;
use crate::edit::{History, HistoryPoint};
use crate::job::JobId;
use crate::notebook::{ArticleId, Kind, Notebook};
use crate::recovery::{HeldFile, Recorder};
use crate::storage::{Lock, Stamp};
use questions::NextStep;

/// What the session holds whichever notebook is open.
#[derive(Debug, Default)]
pub(super) struct Session {
    /// Where unsaved work and backups are kept, and the work that was found there.
    safety: Safety,
    /// The job that is saving.
    saving: Option<JobId>,
    /// The job that looks whether something else changed the file.
    looking: Option<JobId>,
    /// What to do when the save under way has succeeded.
    after_save: Option<NextStep>,
    /// The field whose typing made the last step: more typing there joins it.
    typing: Option<u64>,
}

/// The open notebook: its content, its history, and its file.
#[derive(Debug)]
pub(super) struct Document {
    /// Tells this notebook from every other one opened in this run: what a job brings back is for one of them.
    id: u64,
    notebook: Arc<Notebook>,
    history: History,
    /// The state that its file holds.
    saved: HistoryPoint,
    /// When it was saved last in this run: seconds since 1970, UTC.
    saved_at: Option<i64>,
    file: Option<OpenFile>,
    /// Keeps what is not saved; begun by the first change.
    recorder: Option<Recorder>,
    /// Why nothing in it can be changed.
    read_only: Option<String>,
    /// The user was told that something else changed the file.
    told_changed: bool,
    /// Where the articles opened in this run were read from, for reading them in another encoding.
    sources: BTreeMap<ArticleId, Source>,
}

/// Where an article was read from.
#[derive(Clone, Debug)]
struct Source {
    /// Its file.
    path: PathBuf,
    /// The title proposed when it was read.
    title: String,
    /// The encoding it was read in at first.
    encoding: String,
    /// How sure that was.
    guess: EncodingGuess,
}

/// Where the work on a notebook is, as far as it is on a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safe {
    /// All of it is in the notebook's file: saved at this time (seconds since 1970, UTC), or not changed in this run.
    Saved(Option<i64>),
    /// What is not saved is in the recovery journal.
    Kept,
    /// What was done last is on its way to the recovery journal.
    Keeping,
    /// What is not saved is nowhere else.
    Unsaved,
}

/// The file behind an open notebook.
#[derive(Debug)]
pub struct OpenFile {
    /// Where it is.
    pub path: PathBuf,
    /// The file as it was loaded or saved last.
    pub stamp: Stamp,
    /// The version of the format it was in when it was loaded, or in which it was saved since.
    pub version: u32,
    /// Held while it is open; `None` where the folder takes no lock.
    pub lock: Option<Lock>,
    /// The file as it was loaded or saved last, held open for the recovery journal.
    pub held: Option<HeldFile>,
}

impl Document {
    /// A notebook without a file, and nothing to undo.
    pub(super) fn new(notebook: Notebook) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let history = History::default();
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            notebook: Arc::new(notebook),
            saved: history.now(),
            saved_at: None,
            history,
            file: None,
            recorder: None,
            read_only: None,
            told_changed: false,
            sources: BTreeMap::new(),
        }
    }

    /// The notebook.
    pub(super) fn notebook(&self) -> &Notebook {
        &self.notebook
    }

    /// The notebook as it is now, to be kept by a job.
    pub(super) fn snapshot(&self) -> Arc<Notebook> {
        Arc::clone(&self.notebook)
    }

    /// Tells this notebook from every other one opened in this run.
    pub(super) const fn id(&self) -> u64 {
        self.id
    }
}

impl OpenNotebook {
    /// The notebook.
    #[must_use]
    pub fn notebook(&self) -> &Notebook {
        &self.document.notebook
    }

    /// The notebook as it is now, to be kept by a job.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Notebook> {
        Arc::clone(&self.document.notebook)
    }

    /// Whether there is anything to save.
    #[must_use]
    pub fn is_modified(&self) -> bool {
        self.document.history.now() != self.document.saved
    }

    /// Where the work is, as far as it is on a disk; `None` for a new notebook that holds none.
    #[must_use]
    pub fn safe(&self) -> Option<Safe> {
        if !self.is_modified() {
            return self.path().map(|_| Safe::Saved(self.document.saved_at));
        }
        Some(match &self.document.recorder {
            Some(recorder) if recorder.has_kept_all() => Safe::Kept,
            Some(recorder) if recorder.problem().is_none() => Safe::Keeping,
            _ => Safe::Unsaved,
        })
    }

    /// The file's path, once it has one.
    #[must_use]
    pub fn path(&self) -> Option<&PathBuf> {
        self.document.file.as_ref().map(|file| &file.path)
    }

    /// The file's content as it was loaded or saved last.
    pub(super) fn stamp(&self) -> Option<&Stamp> {
        self.document.file.as_ref().map(|file| &file.stamp)
    }

    /// What the window's title shows: the notebook's title, its file's name, or a word for having neither.
    #[must_use]
    pub fn name(&self) -> String {
        if !self.notebook().title().is_empty() {
            return self.notebook().title().to_owned();
        }
        self.path().and_then(|path| path.file_stem()).map_or_else(
            || "Untitled notebook".to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        )
    }

    /// The steps.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.document.history
    }

    /// Why nothing in it can be changed; `None` where it can.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.document.read_only.as_deref()
    }

    /// Whether an article can be read in another encoding: its file is known and nothing is tagged in it.
    #[must_use]
    pub fn can_reread(&self, article: ArticleId) -> bool {
        self.document.sources.contains_key(&article)
            && self.notebook().mention_count_in(article) == 0
    }

    /// The encoding an article opened in this run was read in at first, and how sure that was.
    #[must_use]
    pub fn encoding_guess(&self, article: ArticleId) -> Option<(&str, &EncodingGuess)> {
        let source = self.document.sources.get(&article)?;
        Some((&source.encoding, &source.guess))
    }

    /// How many entities there are of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.notebook().count(kind)
    }
}
