//! Saving: choosing the file, writing it in a job, and reporting the result.

use std::path::{Path, PathBuf};

use super::questions::{ChangedOnDisk, EnterPath, NotSaved, ReplaceFile};
use crate::app::notice::sentence;
use crate::app::session::journal::now;
use crate::app::{DialogKind, Effect, Level, OpenFile, OpenNotebook, Program};
use crate::edit::HistoryPoint;
use crate::job::{Handle, Job};
use crate::kept_sources::{Gathered, SourcesFolder, Spool, gather, kept_by};
use crate::notebook::{KeepSources, Notebook, ViewState};
use crate::recovery::backups;
use crate::recovery::{self, Beginning, Folder, HeldFile, Noter, Recorder};
use crate::storage::{self, Expected, Lock, LockError, Permissions, SaveError, Saved};
use crate::text::Text;

/// The result of the job that saves.
#[derive(Debug)]
pub struct SaveDone {
    /// The id of the notebook: it may have been closed since.
    book: u64,
    path: PathBuf,
    /// The point in the history that was saved, and the setting of the notebook.
    point: HistoryPoint,
    keep_sources: KeepSources,
    /// The lock of a file that was not open before.
    lock: Option<Lock>,
    /// Why there is no such lock.
    no_lock: Option<String>,
    /// The number of journal events and the texts that the saved file contains.
    events: usize,
    texts: Vec<Text>,
    result: Result<SavedHere, SaveFailed>,
}

/// A notebook that was saved, with what the user must be told.
#[derive(Debug)]
struct SavedHere {
    saved: Saved,
    held: Option<HeldFile>,
    /// The copy of the file in its older format.
    original: Option<PathBuf>,
    /// Why no backup was kept.
    no_backup: Option<String>,
    /// What became of the kept files.
    kept: Gathered,
}

#[derive(Debug)]
enum SaveFailed {
    Locked(LockError),
    Save(SaveError),
    /// The file has an older format, and no copy of it can be kept.
    Original(PathBuf, std::io::Error),
    /// Other unsaved work is based on the file, and no copy of it can be kept.
    Base(PathBuf, std::io::Error),
}

impl Program {
    pub(in crate::app) fn save(&mut self) {
        let Some(book) = &self.book else { return };
        match &book.document.file {
            None => self.ask_where_to_save(),
            Some(file) => {
                let (path, expected) = (file.path.clone(), Expected::Same(file.stamp.clone()));
                self.start_save(path, expected);
            }
        }
    }

    pub(in crate::app) fn ask_where_to_save(&mut self) {
        let Some(book) = &self.book else { return };
        let name = book.path().and_then(|path| path.file_name()).map_or_else(
            || format!("{}.ron", file_name(&book.proposed_name())),
            |name| name.to_string_lossy().into_owned(),
        );
        let folder = self.start_folder();
        self.emit(Effect::Dialog(DialogKind::SaveAs { folder, name }));
    }

    /// Whether the user has agreed to replace what lies at the path that was chosen: a file dialog asks before it returns an
    /// existing file. For a path typed by hand nobody has asked; its page is closed. Nor has anybody for a path that gets
    /// its ending only afterwards.
    pub(super) fn agreed_in_a_dialog(&mut self) -> bool {
        let typed = self.asked::<EnterPath>().is_some();
        if typed {
            self.close_question();
        }
        !typed
    }

    pub(in crate::app) fn save_to(&mut self, path: PathBuf) {
        let mut path = std::path::absolute(&path).unwrap_or(path);
        let mut agreed = self.agreed_in_a_dialog();
        if path.extension().is_none() {
            path.set_extension("ron");
            agreed = false;
        }
        if self.is_open(&path) {
            self.save();
        } else if !agreed && path.is_file() {
            self.ask(ReplaceFile(path));
        } else {
            self.start_save(path, Expected::New);
        }
    }

    pub(in crate::app) fn start_save(&mut self, path: PathBuf, expected: Expected) {
        let Some(book) = &self.book else { return };
        if self.session.saving.is_some() {
            self.notify(Level::Info, "The notebook is already being saved.");
            return;
        }
        let (id, notebook, desk, point) =
            (book.document.id, book.document.present(), book.desk(), book.document.history.now());
        let open = book.document.file.as_ref().filter(|file| file.path == path);
        let was_open = open.is_some();
        let has_lock = open.is_some_and(|file| file.lock.is_some());
        let older = open.map(|file| file.version).filter(|version| *version < storage::VERSION);
        let noter = book.document.recorder.as_ref().map(Recorder::noter);
        let events = noter.as_ref().map_or(0, Noter::events);
        let (folder, backups) = (self.session.safety.folder.clone(), self.prefs().keep_backups);
        let keep_sources = desk.keep_sources;
        let spool = self.spool();
        let others = book.path().cloned().into_iter().chain(book.document.kept_files.elsewhere());
        let others: Vec<PathBuf> = others.collect();
        let save = move |handle: &Handle| {
            let lock = if has_lock { None } else { Some(Lock::acquire(&path)) };
            // For a file that was open, the user was told when it was opened.
            let no_lock = match &lock {
                Some(Err(error @ LockError::Unavailable { .. })) if !was_open => {
                    Some(error.to_string())
                }
                _ => None,
            };
            let (lock, result) = match lock {
                Some(Err(error @ LockError::Held { .. })) => (None, Err(SaveFailed::Locked(error))),
                // A folder that allows no lock may still allow the file; saving will tell.
                lock => {
                    let saved = save_here(
                        &path,
                        (&notebook, &desk),
                        &expected,
                        older,
                        noter.as_ref(),
                        &Elsewhere {
                            folder: &folder,
                            backups,
                            spool: spool.as_ref(),
                            others: &others,
                        },
                        &|| handle.is_cancelled(),
                    );
                    (lock.and_then(Result::ok), saved)
                }
            };
            let texts = notebook.texts();
            SaveDone { book: id, path, point, keep_sources, lock, no_lock, events, texts, result }
        };
        let job = self.jobs.start(Job::store("Saving"), save, Self::saved);
        self.jobs.on_failure(job, |program, _| program.save_failed());
        self.session.saving = Some(job);
    }

    /// Handles a failed job: what was to follow the save is cancelled.
    fn save_failed(&mut self) {
        self.session.saving = None;
        self.session.after_save = None;
    }

    pub(in crate::app) fn saved(&mut self, done: SaveDone) {
        self.session.saving = None;
        let SaveDone { book: id, path, point, keep_sources, lock, no_lock, events, texts, result } =
            done;
        let here = self.book.as_ref().is_some_and(|book| book.document.id == id);
        let after = if here { self.session.after_save.take() } else { None };
        match result {
            Ok(SavedHere { saved, held, original, no_backup, kept }) => {
                if !saved.durable {
                    self.notify(
                        Level::Warning,
                        format!("Saved to {}, but the disk did not confirm the write. Keep Casebook open and save again.", path.display()),
                    );
                }
                if let Some(why) = no_lock {
                    self.notify(Level::Warning, sentence(&why));
                }
                if let Permissions::Changed(what) = &saved.permissions {
                    self.notify(Level::Warning, sentence(what));
                }
                if let Some(original) = original {
                    self.notify(
                        Level::Warning,
                        format!("The notebook was converted to the current format. The original file was kept as {}.", original.display()),
                    );
                }
                if let Some(why) = no_backup {
                    self.notify(Level::Warning, why);
                }
                if let Some(book) = self.book.as_mut().filter(|book| book.document.id == id) {
                    let before = book.document.file.take();
                    if let Some(before) = before.as_ref().filter(|file| file.path != path) {
                        // What is undone now may be done again, and its file lies there.
                        book.document.kept_files.look_beside(before.path.clone());
                    }
                    let old = before.filter(|f| f.path == path).and_then(|f| f.lock);
                    book.document.saved = point;
                    book.document.saved_keep_sources = keep_sources;
                    book.document.saved_at = Some(now());
                    book.document.read_only = None;
                    book.document.told_changed = false;
                    if let Some(recorder) = &mut book.document.recorder {
                        let stamp = saved.stamp.clone();
                        let (path, held) = (path.clone(), held.clone());
                        recorder.saved(Beginning::File { path, stamp, texts, held }, events);
                    }
                    book.document.file = Some(OpenFile {
                        path: path.clone(),
                        stamp: saved.stamp,
                        version: storage::VERSION,
                        lock: lock.or(old),
                        held,
                    });
                }
                self.remember_notebook(&path);
                self.report_not_beside(&kept.not_beside);
                if !kept.spooled.is_empty() {
                    self.tidy_spool(kept.spooled);
                }
                self.check_kept_files();
                if let Some(after) = after {
                    self.leave(after);
                } else if saved.durable {
                    self.notify(Level::Info, format!("Saved to {}.", path.display()));
                }
            }
            Err(SaveFailed::Save(SaveError::ChangedOnDisk(_))) if here => {
                self.session.after_save = after;
                self.ask(ChangedOnDisk(path));
            }
            Err(SaveFailed::Save(error @ SaveError::Cancelled(_))) => {
                self.notify(Level::Warning, sentence(&error.to_string()));
            }
            Err(SaveFailed::Save(error)) => {
                let why = sentence(&error.to_string());
                // If saving again would not help, another place is offered at once.
                if here && matches!(error, SaveError::ReadOnly { .. } | SaveError::NoFolder(_)) {
                    self.ask(NotSaved(why.clone()));
                }
                self.notify(Level::Error, why);
            }
            Err(SaveFailed::Original(path, why)) => self.notify(
                Level::Error,
                format!("“{}” was not saved: it is in an older format, and no copy of the original could be kept beside it ({why}). Use “Save as…” to save elsewhere.", path.display()),
            ),
            Err(SaveFailed::Base(path, why)) => self.notify(
                Level::Error,
                format!("“{}” was not saved: there is unsaved work to recover that is based on the file as it is, and no copy of the file could be kept ({why}). Free some space, or recover or discard that work; “Save as…” saves elsewhere.", path.display()),
            ),
            Err(SaveFailed::Locked(error)) => {
                self.notify(Level::Error, sentence(&error.to_string()));
            }
        }
    }
}

/// What a save uses besides the notebook's file.
struct Elsewhere<'a> {
    /// The data folder.
    folder: &'a Folder,
    /// Whether backups are kept there.
    backups: bool,
    /// Where files are held that are to be kept beside the notebook.
    spool: Option<&'a Spool>,
    /// Other notebooks, beside which such files may lie.
    others: &'a [PathBuf],
}

/// Saves, in a job: first it keeps the old file, as a copy in an older format and as a backup; last it keeps a backup
/// of what was saved.
fn save_here(
    path: &Path,
    (notebook, desk): (&Notebook, &ViewState),
    expected: &Expected,
    older: Option<u32>,
    noter: Option<&Noter>,
    elsewhere: &Elsewhere<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Result<SavedHere, SaveFailed> {
    let Elsewhere { folder, spool, others, .. } = *elsewhere;
    // Other unsaved work may be based on the file that is about to be replaced.
    let backups = elsewhere.backups.then_some(folder);
    recovery::secure_bases(folder, path).map_err(|why| SaveFailed::Base(path.to_owned(), why))?;
    let original = older
        .map(|version| storage::keep_original(path, version))
        .transpose()
        .map_err(|why| SaveFailed::Original(path.to_owned(), why))?;
    let opened = match expected {
        Expected::Same(stamp) => Some(stamp),
        Expected::New => None,
    };
    let not_kept =
        backups.and_then(|folder| backups::keep_opened(folder, path, opened, now()).err());
    let noting = |hash: &[u8; 32]| {
        if let Some(noter) = noter {
            noter.about_to_save(hash);
        }
    };
    // Before the notebook, which says that they are there.
    let beside = SourcesFolder::beside(path);
    let others: Vec<SourcesFolder> =
        others.iter().map(|other| SourcesFolder::beside(other)).collect();
    let needed = kept_by(notebook);
    let mut kept = gather(&needed, &beside, spool, &others, cancelled);
    let save = || storage::save_noting(path, notebook, desk, expected, cancelled, &noting);
    let mut saved = save();
    if matches!(saved, Err(SaveError::Full { .. })) && !kept.written.is_empty() {
        kept.give_way(&needed, &beside);
        saved = save();
    }
    let (saved, source) = match saved {
        Ok(saved) => saved,
        Err(error) => {
            // Beside a notebook that was not saved nothing is left that was not there.
            for sha256 in &kept.written {
                beside.remove(sha256);
            }
            return Err(SaveFailed::Save(error));
        }
    };
    let no_backup = match not_kept {
        Some(error) => {
            Some(format!("Saved, but the previous version could not be backed up ({error})."))
        }
        None => backups
            .and_then(|folder| backups::keep(folder, path, source.as_bytes(), now()).err())
            .map(|error| format!("Saved, but no backup could be made ({error}).")),
    };
    let held = HeldFile::open(path, &saved.stamp);
    Ok(SavedHere { saved, held, original, no_backup, kept })
}

impl OpenNotebook {
    /// A name for the notebook's file: its title, or its first article's.
    pub(super) fn proposed_name(&self) -> String {
        if !self.document.notebook.title().is_empty() {
            return self.document.notebook.title().to_owned();
        }
        self.document
            .notebook
            .articles_in_order()
            .first()
            .and_then(|id| self.document.notebook.article(*id))
            .map_or_else(|| "notebook".to_owned(), |article| article.about.title.clone())
    }
}

/// A title as a file name: lower case, words joined by hyphens, without characters that file systems reject.
pub(super) fn file_name(title: &str) -> String {
    let plain = crate::text::fold(title);
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let name: String = words.join("-").chars().take(60).collect();
    if name.is_empty() { "notebook".to_owned() } else { name.trim_end_matches('-').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_plain_file_name() {
        assert_eq!(file_name("Bras de fer à Port-Léonie"), "bras-de-fer-a-port-leonie");
        assert_eq!(file_name("../..//"), "notebook");
    }
}
