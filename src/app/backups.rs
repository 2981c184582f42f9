//! The backups of the open notebook: listed, compared, given back as a new file, or done away with.

use std::path::{Path, PathBuf};

use super::notice::sentence;
use super::program::JobResult;
use super::{Book, Comparison, Level, Program, Question, Then};
use crate::inquiry::difference;
use crate::notebook::{Kind, Notebook};
use crate::recovery::backups::{self, Backup};
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
    /// What is being read, row by row.
    pub reading: bool,
}

/// One backup on the page.
#[derive(Clone, Debug)]
pub struct BackupRow {
    /// Its file.
    pub file: PathBuf,
    /// When it was saved: seconds since 1970, UTC.
    pub at: i64,
    /// Its length in bytes.
    pub bytes: u64,
    /// What it holds, and what differs in the notebook now; empty until it was read.
    pub counts: String,
    /// What differs in the notebook now; empty until it was read.
    pub differs: String,
}

impl BackupRow {
    fn new(backup: Backup) -> Self {
        let Backup { file, at, bytes, .. } = backup;
        Self { file, at, bytes, counts: String::new(), differs: String::new() }
    }
}

impl Program {
    pub(super) fn show_backups(&mut self) {
        let path = self.book.as_ref().and_then(Book::path).cloned();
        let folder = &self.safety.folder;
        let list = path.as_ref().map(|path| backups::list(folder, path)).unwrap_or_default();
        let rows: Vec<BackupRow> = list.into_iter().map(BackupRow::new).collect();
        let taken = backups::taken(folder, path.as_deref());
        let mut read = rows.clone();
        self.question = Some(Question::Backups(Box::new(BackupsPage {
            notebook: path,
            reading: !rows.is_empty(),
            rows,
            taken,
        })));
        let Some(notebook) = self.book.as_ref().map(Book::snapshot).filter(|_| !read.is_empty())
        else {
            return;
        };
        self.jobs.start("Reading the backups", move |handle| {
            let all = read.len() as f32;
            for (i, row) in read.iter_mut().enumerate() {
                if handle.is_cancelled() {
                    break;
                }
                match storage::load(&row.file, &|| handle.is_cancelled(), &|_| {}) {
                    Ok(loaded) => {
                        let book = &loaded.notebook;
                        row.counts = counts(book);
                        row.differs = difference(book, &notebook).summary();
                    }
                    Err(error) => row.counts = error.to_string(),
                }
                handle.set_progress((i + 1) as f32 / all);
            }
            JobResult::Backups(read)
        });
    }

    pub(super) fn read_backups(&mut self, rows: Vec<BackupRow>) {
        if let Some(Question::Backups(page)) = &mut self.question {
            for row in &mut page.rows {
                if let Some(read) = rows.iter().find(|read| read.file == row.file) {
                    row.clone_from(read);
                }
            }
            page.reading = false;
        }
    }

    /// Compares a backup with the notebook as it is now.
    pub(super) fn compare_backup(&mut self, file: PathBuf) {
        let Some(book) = &self.book else { return };
        let (now, name) = (book.snapshot(), book.name());
        self.jobs.start("Comparing", move |handle| {
            let compare = || -> Result<Comparison, String> {
                let loaded = storage::load(&file, &|| handle.is_cancelled(), &|_| {})
                    .map_err(|error| error.to_string())?;
                Ok(Comparison {
                    title: format!("A backup of “{name}”"),
                    from: "the backup".to_owned(),
                    to: "the notebook now".to_owned(),
                    difference: difference(&loaded.notebook, &now),
                    then: Then::Backup(file.clone()),
                })
            };
            JobResult::Compared(Box::new(compare()))
        });
    }

    /// Puts a backup beside the notebook as a file of its own, and opens it.
    pub(super) fn restore_backup(&mut self, file: PathBuf, notebook: &Path) {
        self.question = None;
        let stem = notebook.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let at = std::fs::metadata(&file).and_then(|metadata| metadata.modified()).ok();
        let at = at
            .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_secs() as i64);
        let time = super::time::time_in_name(at);
        let to = notebook.with_file_name(format!("{stem}-backup-{time}.ron"));
        self.jobs.start("Restoring", move |_| {
            JobResult::Restored(backups::restore_beside(&file, &to).map_err(|error| {
                format!(
                    "the backup could not be written to {} ({error}); the backup itself is {}",
                    to.display(),
                    file.display()
                )
            }))
        });
    }

    pub(super) fn restored(&mut self, restored: Result<PathBuf, String>) {
        match restored {
            Ok(path) => {
                self.notify(Level::Info, format!("The backup is {} now.", path.display()));
                self.open_path(path);
            }
            Err(why) => self.notify(Level::Error, sentence(&why)),
        }
    }

    /// Removes the backups of the open notebook, or all of them.
    pub(super) fn purge_backups(&mut self, all: bool) {
        let path = self.book.as_ref().and_then(Book::path).cloned();
        let one = if all { None } else { path.as_deref() };
        if !all && one.is_none() {
            return;
        }
        match backups::purge(&self.safety.folder, one) {
            Ok(()) => self.notify(
                Level::Info,
                if all {
                    "All backups were deleted."
                } else {
                    "This notebook’s backups were deleted."
                },
            ),
            Err(error) => {
                self.notify(Level::Error, format!("Not all backups could be deleted ({error})."));
            }
        }
        if matches!(self.question, Some(Question::Backups(_))) {
            self.show_backups();
        }
    }
}

/// How much a notebook holds: “2 articles, 1 actor, …”.
fn counts(notebook: &Notebook) -> String {
    let number = |(n, one, many)| format!("{n} {}", if n == 1 { one } else { many });
    [
        (notebook.articles().len(), "article", "articles"),
        (notebook.count(Kind::Actor), "actor", "actors"),
        (notebook.count(Kind::Event), "event", "events"),
        (notebook.count(Kind::Claim), "claim", "claims"),
        (notebook.mentions().len(), "mention", "mentions"),
        (notebook.links().len(), "link", "links"),
    ]
    .map(number)
    .join(", ")
}

/// What a page may be told about bytes: “1.4 MB”.
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

/// What backups are kept, in a sentence for the page.
#[must_use]
pub fn backup_rules() -> String {
    format!(
        "Kept: the last {} saves, the last of each hour for a day, the last of each day for 30 days; at most {} for one notebook and {} altogether. They stay in Casebook’s data folder, readable by you alone.",
        backups::LAST,
        bytes_text(backups::MOST_OF_ONE),
        bytes_text(backups::MOST)
    )
}
