//! The session: the open notebook and its file. Opening, editing, saving, the recovery journal, backups, and changes to
//! the file by other programs.

mod article_files;
mod articles;
mod as_of;
mod backups;
mod colleague;
mod comparing;
mod editing;
mod export_choice;
mod exporting;
mod file_changes;
mod folders;
mod gathering;
mod importing;
mod intent;
mod journal;
mod kept_sources;
mod loaded;
mod opening;
mod picture_choice;
mod picturing;
mod printing;
pub mod questions;
mod recovering;
mod saving;
mod showing_source;
mod two_versions;
mod updating;
mod versions;
mod wrapped_lines;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use backups::{BackupRow, BackupsPage, BackupsProgress, BackupsRead, backup_rules, bytes_text};
pub use colleague::{Colleague, Preview};
pub use export_choice::ExportChoice;
pub use exporting::{ExportNotebook, ReplaceExport};
pub use folders::{MoveToFolder, is_in_folder};
pub use gathering::{Gathering, GatheringSummary};
pub use importing::{ImportInto, Imported};
pub use intent::SessionIntent;
pub(super) use journal::Safety;
pub use picture_choice::PictureChoice;
pub use picturing::{ExportPicture, ReplacePicture};
pub use recovering::describe_work;
pub use two_versions::Unmerged;
pub use updating::{Anchored, ArticleUpdate};
pub use versions::ComparedVersions;

use article_files::ArticleFiles;
use kept_sources::KeptFiles;

use super::OpenNotebook;
use super::desktop::Opener;
use crate::article::{Description, EncodingGuess};
use crate::edit::{History, HistoryPoint};
use crate::job::JobId;
use crate::notebook::{ArticleId, KeepSources, Kind, Notebook};
use crate::recovery::{HeldFile, Recorder};
use crate::storage::{Lock, Stamp};
use questions::NextStep;

/// The state of the session that does not depend on the open notebook.
#[derive(Debug, Default)]
pub(super) struct Session {
    /// Where unsaved work and backups are kept, and the work that was found there.
    safety: Safety,
    /// The job that is saving.
    saving: Option<JobId>,
    /// The job that checks whether something else changed the file.
    looking: Option<JobId>,
    /// The job that checks whether the files of articles changed.
    looking_at_articles: Option<JobId>,
    /// What to do when the save under way has succeeded.
    after_save: Option<NextStep>,
    /// The field in which typing made the last step: more typing there joins it.
    typing: Option<u64>,
    /// What opens a file outside of Casebook.
    opener: Opener,
}

/// The open notebook: its content, its history, and its file.
#[derive(Debug)]
pub(super) struct Document {
    /// The id of this notebook, unique in this run: a job's result is for one notebook.
    id: u64,
    notebook: Arc<Notebook>,
    history: History,
    /// The point in the history that its file contains.
    saved: HistoryPoint,
    /// When it was saved last in this run: seconds since 1970, UTC.
    saved_at: Option<i64>,
    file: Option<OpenFile>,
    /// The recorder of unsaved changes; started by the first change.
    recorder: Option<Recorder>,
    /// Why it is read-only, if it is.
    read_only: Option<String>,
    /// The day whose state is shown instead of the present one.
    as_of: Option<as_of::AsOf>,
    /// Whether the user was told that something else changed the file.
    told_changed: bool,
    /// Where the articles opened in this run were read from, for reading them in another encoding.
    sources: BTreeMap<ArticleId, Source>,
    /// The files of articles, as far as they are known, and what is in them.
    article_files: ArticleFiles,
    /// The articles whose lines look cut at one length, until it is decided what becomes of them.
    wrapped: BTreeSet<ArticleId>,
    /// Which of its articles' files are kept beside it, from now on.
    keep_sources: KeepSources,
    /// What came of opening many files at once, the last time that was done.
    gathering: Option<Gathering>,
    /// The same as the file has it.
    saved_keep_sources: KeepSources,
    /// What is known of the files that are kept beside it.
    kept_files: KeptFiles,
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
    /// How certain that was.
    guess: EncodingGuess,
    /// What the document says about itself.
    description: Description,
}

/// Whether the work on a notebook is safe on a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safe {
    /// All of it is in the notebook's file: saved at this time (seconds since 1970, UTC), or not changed in this run.
    Saved(Option<i64>),
    /// Unsaved changes are in the recovery journal.
    Kept,
    /// The last change is being written to the recovery journal.
    Keeping,
    /// Unsaved changes are only in memory.
    Unsaved,
}

/// The file behind an open notebook.
#[derive(Debug)]
pub struct OpenFile {
    /// Where it is.
    pub path: PathBuf,
    /// The file as it was loaded or saved last.
    pub stamp: Stamp,
    /// The format version in which it was loaded or last saved.
    pub version: u32,
    /// The lock, held while it is open; `None` where the folder allows none.
    pub lock: Option<Lock>,
    /// The file as it was loaded or saved last, held open for the recovery journal.
    pub held: Option<HeldFile>,
}

impl Document {
    /// A notebook without a file, and nothing to undo.
    pub(super) fn new(notebook: Notebook, keep_sources: KeepSources) -> Self {
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
            as_of: None,
            told_changed: false,
            sources: BTreeMap::new(),
            article_files: ArticleFiles::default(),
            wrapped: BTreeSet::new(),
            keep_sources,
            gathering: None,
            saved_keep_sources: keep_sources,
            kept_files: KeptFiles::default(),
        }
    }

    /// Which of its articles' files are kept beside it.
    pub(super) const fn keep_sources(&self) -> KeepSources {
        self.keep_sources
    }

    /// The notebook as it is shown.
    pub(super) fn notebook(&self) -> &Notebook {
        self.as_of.as_ref().map_or(&self.notebook, |shown| &shown.notebook)
    }

    /// The notebook as it is shown now, for a job.
    pub(super) fn snapshot(&self) -> Arc<Notebook> {
        Arc::clone(self.as_of.as_ref().map_or(&self.notebook, |shown| &shown.notebook))
    }

    /// The notebook as it is held at present, whatever is shown: what is saved, and compared with its file.
    pub(super) fn present(&self) -> Arc<Notebook> {
        Arc::clone(&self.notebook)
    }

    /// Tells this notebook from every other one opened in this run.
    pub(super) const fn id(&self) -> u64 {
        self.id
    }
}

impl OpenNotebook {
    /// The notebook as it is shown: as it is, or as it was held on a day.
    #[must_use]
    pub fn notebook(&self) -> &Notebook {
        self.document.notebook()
    }

    /// The notebook as it is shown now, for a job.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Notebook> {
        self.document.snapshot()
    }

    /// Whether there is anything to save.
    #[must_use]
    pub fn is_modified(&self) -> bool {
        self.document.history.now() != self.document.saved
            || self.document.keep_sources != self.document.saved_keep_sources
    }

    /// Whether the work is safe on a disk; `None` for a new notebook without any.
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

    /// The name in the window's title: the notebook's title, its file's name, or a word for neither.
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

    /// The undo history.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.document.history
    }

    /// Why the notebook is read-only; `None` if it is not.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        let shown = self.document.as_of.as_ref().map(|shown| &*shown.why);
        shown.or(self.document.read_only.as_deref())
    }

    /// Whether an article can be read in another encoding: its file is known and nothing is tagged in it.
    #[must_use]
    pub fn can_reread(&self, article: ArticleId) -> bool {
        self.document.sources.contains_key(&article)
            && self.notebook().mention_count_in(article) == 0
    }

    /// The encoding in which an article opened in this run was first read, and how certain that was.
    #[must_use]
    pub fn encoding_guess(&self, article: ArticleId) -> Option<(&str, &EncodingGuess)> {
        let source = self.document.sources.get(&article)?;
        Some((&source.encoding, &source.guess))
    }

    /// What an article opened in this run says about itself, as far as that is not in its details.
    #[must_use]
    pub fn description(&self, article: ArticleId) -> Option<&Description> {
        Some(&self.document.sources.get(&article)?.description)
    }

    /// Whether the lines of an article look cut at one length, and it is to be decided what becomes of them.
    #[must_use]
    pub fn is_wrapped(&self, article: ArticleId) -> bool {
        self.document.wrapped.contains(&article) && self.notebook().mention_count_in(article) == 0
    }

    /// The number of entities of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.notebook().count(kind)
    }
}
