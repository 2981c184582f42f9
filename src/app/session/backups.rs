//! The backups of the open notebook: listing, comparing, restoring and deleting them.

use std::path::{Path, PathBuf};

use super::questions::{AfterComparison, PurgeBackups};
use crate::app::notice::sentence;
use crate::app::{Level, OpenNotebook, Program, Question};
use crate::inquiry::{contents, summarise};
use crate::job::{Handle, Job};
use crate::kept_sources::{SourcesFolder, gather, kept_by};
use crate::recovery::backups::{self, Backup, Purged};
use crate::storage;

/// The page of backups.
#[derive(Debug)]
pub struct BackupsPage {
    /// The open notebook's file.
    pub notebook: Option<PathBuf>,
    /// The newest first.
    pub rows: Vec<BackupRow>,
    /// How many bytes they take, and those of all notebooks.
    pub taken: (u64, u64),
    /// How far it has been filled.
    pub progress: BackupsProgress,
}

/// How far the page of backups has been filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupsProgress {
    /// The folder is being read: the rows are not known yet.
    Looking,
    /// The rows are known; the backups are being read.
    Reading,
    /// Everything readable has been read.
    Read,
}

/// The result of the job that reads a notebook's backups.
#[derive(Clone, Debug)]
pub struct BackupsRead {
    notebook: Option<PathBuf>,
    rows: Vec<BackupRow>,
    taken: (u64, u64),
}

/// One backup on the page.
#[derive(Clone, Debug)]
pub struct BackupRow {
    /// Its file.
    pub file: PathBuf,
    /// When it was kept: seconds since 1970, UTC.
    pub at: i64,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whether it is the file as it was before a save, not a save of this Casebook.
    pub opened: bool,
    /// What it contains; empty until it has been read.
    pub counts: String,
    /// How the notebook differs from it now; empty until it has been read.
    pub differs: String,
}

impl Question for BackupsPage {}

impl BackupRow {
    fn new(backup: Backup) -> Self {
        let Backup { file, at, bytes, opened, .. } = backup;
        Self { file, at, bytes, opened, counts: String::new(), differs: String::new() }
    }
}

impl Program {
    /// Opens the page, or refreshes it. A job lists the backups and then reads each.
    pub(in crate::app) fn show_backups(&mut self) {
        let path = self.book.as_ref().and_then(OpenNotebook::path).cloned();
        let folder = self.session.safety.folder.clone();
        let notebook = self.book.as_ref().map(OpenNotebook::snapshot);
        self.ask(BackupsPage {
            notebook: path.clone(),
            rows: Vec::new(),
            taken: (0, 0),
            progress: BackupsProgress::Looking,
        });
        let read = move |handle: &Handle, part: &dyn Fn(BackupsRead)| {
            let list = path.as_ref().map(|path| backups::list(&folder, path)).unwrap_or_default();
            let mut read = BackupsRead {
                rows: list.into_iter().map(BackupRow::new).collect(),
                taken: backups::taken(&folder, path.as_deref()),
                notebook: path,
            };
            let Some(notebook) = notebook else { return read };
            part(read.clone());
            let all = read.rows.len() as f32;
            for (i, row) in read.rows.iter_mut().enumerate() {
                let stop = || handle.is_cancelled();
                let loaded = storage::load(&row.file, &stop, &|_| {});
                if stop() {
                    break;
                }
                match loaded {
                    Ok(loaded) => {
                        let book = &loaded.notebook;
                        let Some(difference) = summarise(book, &notebook, &stop) else { break };
                        row.counts = contents(book).join(", ");
                        if row.opened {
                            row.counts = format!("when opened: {}", row.counts);
                        }
                        row.differs = difference.summary();
                    }
                    Err(error) => row.counts = error.to_string(),
                }
                handle.set_progress((i + 1) as f32 / all);
            }
            read
        };
        self.jobs.start_in_parts(
            Job::load("Reading the backups"),
            read,
            |program, _, read, last| {
                program.backups_read(read, last);
            },
        );
    }

    pub(in crate::app) fn backups_read(&mut self, read: BackupsRead, to_the_end: bool) {
        if let Some(page) = self.asked_mut::<BackupsPage>()
            && page.notebook == read.notebook
        {
            page.rows = read.rows;
            page.taken = read.taken;
            page.progress =
                if to_the_end { BackupsProgress::Read } else { BackupsProgress::Reading };
        }
    }

    /// Compares a backup with the notebook as it is now.
    pub(in crate::app) fn compare_backup(&mut self, file: PathBuf) {
        self.compare_file_with_now(
            file,
            |name| format!("Backup of “{name}”"),
            ["the backup", "the current notebook"],
            AfterComparison::Backup,
        );
    }

    /// Restores a backup to a new file beside the notebook, and opens it.
    pub(in crate::app) fn restore_backup(&mut self, file: PathBuf, notebook: &Path) {
        self.close_question();
        let stem = notebook.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let at = std::fs::metadata(&file).and_then(|metadata| metadata.modified()).ok();
        let at = at
            .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_secs() as i64);
        let time = crate::app::time::time_in_name(at);
        let to = storage::named_beside(notebook, &stem, &format!("-backup-{time}.ron"));
        let beside = notebook.to_owned();
        let restore = move |handle: &Handle| {
            let cancelled = || handle.is_cancelled();
            let restored = backups::restore_beside(&file, &to, &cancelled);
            if let Ok(Some(path)) = &restored {
                bring_kept_files(path, &beside, &cancelled);
            }
            restored.map_err(|error| {
                format!(
                    "the backup could not be written to {} ({error}); the backup itself is {}",
                    to.display(),
                    file.display()
                )
            })
        };
        self.jobs.start(Job::store("Restoring a backup"), restore, Self::restored);
    }

    pub(in crate::app) fn restored(&mut self, restored: Result<Option<PathBuf>, String>) {
        match restored {
            Ok(None) => {
                self.notify(Level::Info, "Restoring was stopped: no new file was made.");
            }
            Ok(Some(path)) => {
                self.notify(Level::Info, format!("The backup was restored as {}.", path.display()));
                self.open_path(path, None);
            }
            Err(why) => self.notify(Level::Error, sentence(&why)),
        }
    }

    /// Asks before backups are deleted.
    pub(in crate::app) fn ask_purge_backups(&mut self, all: bool) {
        let Some(page) = self.asked::<BackupsPage>() else { return };
        let bytes = if all { page.taken.1 } else { page.taken.0 };
        self.ask(PurgeBackups { all, bytes });
    }

    /// Deletes the backups of the open notebook, or all of them.
    pub(in crate::app) fn purge_backups(&mut self, all: bool) {
        let path = self.book.as_ref().and_then(OpenNotebook::path).cloned().filter(|_| !all);
        if !all && path.is_none() {
            return;
        }
        self.close_question();
        let folder = self.session.safety.folder.clone();
        let purge = move |handle: &Handle| {
            let purged = backups::purge(&folder, path.as_deref(), &|| handle.is_cancelled());
            (all, purged.map_err(|error| error.to_string()))
        };
        self.jobs.start(Job::store("Deleting backups"), purge, |program, (all, purged)| {
            program.purged(all, purged);
        });
    }

    pub(in crate::app) fn purged(&mut self, all: bool, purged: Result<Purged, String>) {
        match purged {
            Ok(Purged { deleted, left, stopped: true }) => {
                let (were, are) = (counted(deleted), counted(left));
                let text = format!("Deleting was stopped: {were} deleted, {are} left.");
                self.notify(Level::Warning, text);
            }
            Ok(_) => self.notify(
                Level::Info,
                if all {
                    "All backups were deleted."
                } else {
                    "This notebook’s backups were deleted."
                },
            ),
            Err(why) => {
                self.notify(Level::Error, format!("Not all backups could be deleted ({why})."));
            }
        }
        if self.question().is_none() {
            self.show_backups();
        }
    }
}

/// Puts the kept files of a restored backup beside it, as far as they lie beside the notebook. What is missing then is told
/// when it is opened.
fn bring_kept_files(restored: &Path, notebook: &Path, cancelled: &dyn Fn() -> bool) {
    let Ok(loaded) = storage::load(restored, cancelled, &|_| {}) else { return };
    let to = SourcesFolder::beside(restored);
    let from = [SourcesFolder::beside(notebook)];
    let _ = gather(&kept_by(&loaded.notebook), &to, None, &from, cancelled);
}

/// A number of backups in words.
fn counted(n: usize) -> String {
    if n == 1 { "1 backup".to_owned() } else { format!("{n} backups") }
}

/// A number of bytes in words: “1.4 MB”.
#[must_use]
pub fn bytes_text(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        1_000_000..20_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        20_000_000..1_000_000_000 => format!("{:.0} MB", bytes as f64 / 1e6),
        _ => format!("{} GB", (bytes as f64 / 1e8).round() / 10.0),
    }
}

/// The rules by which backups are kept, in sentences.
#[must_use]
pub fn backup_rules() -> String {
    format!(
        "Casebook keeps the file as it was opened, the last {} saves, then one an hour for a day and one a day for 30 days: at most {} per notebook and {} in total. They stay in Casebook’s data folder, readable by you alone.",
        backups::LAST,
        bytes_text(backups::MOST_OF_ONE),
        bytes_text(backups::MOST)
    )
}
