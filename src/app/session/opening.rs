//! Opening files, in jobs, and leaving a notebook that has unsaved changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Source;
use super::loaded::{LoadedNotebook, Opened};
use super::questions::{NextStep, Unsaved};
use crate::app::notice::sentence;
use crate::app::session::file_changes::held_by;
use crate::app::{Effect, Level, OpenFile, OpenNotebook, Program};
use crate::article::{self, FileKind, ReadOptions};
use crate::job::{Handle, Job};
use crate::notebook::Notebook;
use crate::recovery::backups;
use crate::recovery::{self, Folder, HeldFile};
use crate::storage::{self, LoadError, Loaded, Lock, LockError};

/// The sample notebook that comes with Casebook.
const SAMPLE: &str = include_str!("../../../saves/port-leonie.ron");

impl Program {
    /// The folder file dialogs start in: that of the open notebook, `saves/` when run from the project, otherwise
    /// the user's documents.
    pub(in crate::app) fn start_folder(&self) -> PathBuf {
        let beside = self.book.as_ref().and_then(OpenNotebook::path).and_then(|path| path.parent());
        if let Some(folder) = beside {
            return folder.to_owned();
        }
        default_folder()
    }

    /// Asks for a file to open.
    pub(in crate::app) fn ask_what_to_open(&mut self, encoding: Option<String>) {
        self.put_question_away();
        let folder = self.start_folder();
        self.emit(Effect::Dialog(crate::app::DialogKind::Open { folder, encoding }));
    }

    /// Opens a notebook, or adds an article, read in this encoding or in the one that is detected.
    pub(in crate::app) fn open_path(&mut self, path: PathBuf, encoding: Option<String>) {
        self.open_file(path, encoding, false);
    }

    /// The same; `twice` adds an article also where there is one of the same content.
    pub(super) fn open_file(&mut self, path: PathBuf, encoding: Option<String>, twice: bool) {
        let path = std::path::absolute(&path).unwrap_or(path);
        if self.is_open(&path) {
            self.notify(Level::Info, format!("{} is already open.", path.display()));
            return;
        }
        self.put_question_away();
        let name =
            path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let folder = self.session.safety.folder.clone();
        let keeper = self.keeper();
        let open = move |handle: &Handle| {
            let cancelled = || handle.is_cancelled();
            let progress = |done: f32| handle.set_progress(done);
            match article::sniff(&path) {
                Ok(FileKind::Notebook) => match storage::load(&path, &cancelled, &progress) {
                    Ok(loaded) => {
                        let (work, others) = recovery::found_about(&folder, &path);
                        let held = HeldFile::open(&path, &loaded.stamp);
                        let (loaded, lock) = (Box::new(loaded), Lock::acquire(&path));
                        Opened::Notebook { path, loaded, held, work, others, lock }
                    }
                    Err(_) if handle.is_cancelled() => Opened::Stopped,
                    Err(error) => unreadable(&folder, path, &error),
                },
                Ok(FileKind::Article) => {
                    match keeper.read(
                        &path,
                        &ReadOptions::in_encoding(encoding.as_deref()),
                        &cancelled,
                        &progress,
                    ) {
                        Ok((read, not_kept)) => Opened::Article {
                            path,
                            read: Box::new(read),
                            encoding,
                            twice,
                            not_kept,
                        },
                        Err(_) if handle.is_cancelled() => Opened::Stopped,
                        Err(error) => Opened::Failed(error.to_string()),
                    }
                }
                Err(error) => Opened::Failed(error.to_string()),
            }
        };
        self.jobs.start(Job::load(format!("Opening {name}")), open, Self::opened);
    }

    pub(in crate::app) fn opened(&mut self, opened: Opened) {
        match opened {
            Opened::Stopped => {}
            Opened::Failed(why) => self.notify(Level::Error, sentence(&why)),
            Opened::Article { path, read, encoding, twice, not_kept } => {
                if !twice && self.goes_to_its_tab(&path, &read) {
                    self.let_kept_file_go(&read.origin);
                    // It is open, in another encoding than the one asked for: it is read again.
                    if let (Some(encoding), Some(id)) =
                        (encoding, self.book.as_ref().and_then(OpenNotebook::article))
                    {
                        self.start_reread(id, ReadOptions::in_encoding(Some(&encoding)));
                    }
                    return;
                }
                let source = Source::of(path.clone(), &read);
                let remarks = read.remarks.clone();
                let title = read.title.clone();
                let origin = read.origin.clone();
                if let Some(id) = self.add_read(*read) {
                    self.with_open_notebook(|book| {
                        book.document.sources.insert(id, source);
                    });
                    self.note_article_file(id, &path);
                    self.report_reading(id, &remarks);
                    self.report_doubts(id);
                    self.report_not_kept(&title, not_kept.as_ref());
                    self.check_kept_files();
                    if !twice {
                        self.look_for_near_copy(id);
                    }
                } else {
                    self.let_kept_file_go(&origin);
                }
            }
            Opened::Notebook { path, loaded, held, work, others, lock } => {
                self.report_unreadable_work(others);
                for found in work {
                    self.session.safety.work.retain(|known| known.journal != found.journal);
                    self.session.safety.work.push(found);
                }
                let shown = LoadedNotebook { lock: Some(lock), ..shown(path, *loaded, held) };
                self.leave(NextStep::Show(Box::new(shown)));
            }
            Opened::Reloaded(path, loaded, held) => {
                self.proceed(NextStep::Show(Box::new(shown(path, *loaded, held))));
                self.notify(Level::Info, "The notebook was reloaded.");
            }
            Opened::Unmerged { path, why } => self.ask_to_merge(path, why),
            corrupt @ Opened::Corrupt { .. } => self.corrupt(corrupt),
        }
    }

    pub(in crate::app) fn open_sample(&mut self) {
        match storage::parse(SAMPLE) {
            Ok((notebook, desk, orphans)) => {
                let shown = LoadedNotebook::without_file(notebook, desk, orphans);
                self.leave(NextStep::Show(Box::new(shown)));
            }
            Err(error) => self.notify(Level::Error, format!("The sample cannot be read: {error}")),
        }
    }

    /// Does what closes the open notebook; asks first if there are unsaved changes.
    pub(in crate::app) fn leave(&mut self, after: NextStep) {
        self.keep_what_is_shown();
        if self.book.as_ref().is_some_and(OpenNotebook::is_modified) {
            self.ask(Unsaved(after));
        } else {
            self.proceed(after);
        }
    }

    pub(in crate::app) fn proceed(&mut self, after: NextStep) {
        self.close_question();
        self.remember_reading();
        match after {
            NextStep::Close => {
                self.stop_keeping();
                self.keep_prefs_now();
                self.emit(Effect::Close);
            }
            NextStep::CloseNotebook => {
                self.stop_keeping();
                self.book = None;
            }
            NextStep::New => {
                self.stop_keeping();
                self.book = Some(OpenNotebook::with(Notebook::new("")).in_pool(self.jobs.pool()));
            }
            NextStep::Show(shown) => self.show(*shown),
        }
    }

    fn show(&mut self, shown: LoadedNotebook) {
        let LoadedNotebook { notebook, desk, orphans, file, held, lock, version, work, first } =
            shown;
        self.stop_keeping();
        let mut book = OpenNotebook::left_as(notebook, &desk).in_pool(self.jobs.pool());
        if let Some((path, stamp)) = file {
            // The same notebook, reloaded or recovered: its lock is kept.
            let kept = if self.is_open(&path) {
                self.book.as_mut().and_then(|open| open.document.file.as_mut()?.lock.take())
            } else {
                None
            };
            // A job that reads a file acquires the lock there: a network folder may be slow.
            let lock = kept.map(Ok).or(lock).unwrap_or_else(|| Lock::acquire(&path));
            let lock = match lock {
                Ok(lock) => Some(lock),
                Err(LockError::Held { holder, .. }) if work.is_some() => {
                    // Never overwrites a file that somebody else is working on.
                    let why = format!(
                        "{}. The recovered work is a separate notebook: save it under another name.",
                        held_by(holder.as_ref())
                    );
                    self.notify(Level::Warning, why);
                    let notebook = Arc::unwrap_or_clone(book.document.notebook);
                    let (file, held, lock) = (None, None, None);
                    let alone = LoadedNotebook {
                        notebook,
                        desk,
                        orphans,
                        file,
                        held,
                        lock,
                        version,
                        work,
                        first,
                    };
                    return self.show(alone);
                }
                Err(LockError::Held { holder, .. }) => {
                    book.document.read_only = Some(held_by(holder.as_ref()));
                    None
                }
                Err(error) => {
                    self.notify(Level::Warning, sentence(&error.to_string()));
                    None
                }
            };
            self.remember_notebook(&path);
            book.document.file = Some(OpenFile { path, stamp, version, lock, held });
        }
        let read_only = book.document.read_only.is_some();
        let stamp =
            book.document.file.as_ref().filter(|_| work.is_none()).map(|file| file.stamp.clone());
        self.book = Some(book);
        if let Some(stamp) = stamp {
            self.restore_reading(&stamp);
        }
        if let Some(first) = orphans.lines().next() {
            let what = orphans.no_longer_match();
            let articles = if orphans.len() == 1 { "its article" } else { "their articles" };
            let lists = match (orphans.mentions.is_empty(), orphans.dismissed.is_empty()) {
                (false, true) => "; see Review",
                (true, false) => "; Suggestions lists what was dismissed",
                (false, false) => "; see Review, and Suggestions for what was dismissed",
                (true, true) => "",
            };
            self.notify(
                Level::Warning,
                format!("{what} {articles}. Nothing was removed{lists}. The first: {first}"),
            );
        }
        if let Some((edit, conflicts)) = first {
            self.merge_first(&edit, conflicts);
        }
        self.look_for_article_files();
        self.check_kept_files();
        match work {
            Some(work) => self.restore_work(*work),
            None if !read_only => self.offer_work(),
            None => {}
        }
    }

    /// Whether this path leads to the open notebook's file.
    pub(in crate::app) fn is_open(&self, path: &Path) -> bool {
        let Some(open) = self.book.as_ref().and_then(OpenNotebook::path) else { return false };
        same_file(open, path)
    }

    /// Closes the open question, as if it had been cancelled.
    pub(super) fn put_question_away(&mut self) {
        if self.close_question() {
            self.give_up_waiting();
        }
    }

    /// Cancels what was to follow a question or a save.
    pub(in crate::app) fn give_up_waiting(&mut self) {
        self.session.after_save = None;
    }

    /// Saves, and then goes on with the next step.
    pub(in crate::app) fn save_and_then(&mut self, next: NextStep) {
        self.session.after_save = Some(next);
        self.save();
    }

    /// Reads the file again, instead of what is open.
    pub(in crate::app) fn reload_file(&mut self) {
        self.give_up_waiting();
        self.reload();
    }

    /// Handles a file dialog closed without a choice: what was to follow it is cancelled.
    pub fn dialog_cancelled(&mut self) {
        self.give_up_waiting();
    }
}

/// Whether two paths lead to one file.
pub(super) fn same_file(a: &Path, b: &Path) -> bool {
    let same = || Some(a.canonicalize().ok()? == b.canonicalize().ok()?);
    a == b || same().unwrap_or(false)
}

fn shown(path: PathBuf, loaded: Loaded, held: Option<HeldFile>) -> LoadedNotebook {
    let Loaded { notebook, desk, version, stamp, orphans } = loaded;
    let file = Some((path, stamp));
    LoadedNotebook {
        notebook,
        desk,
        orphans,
        file,
        held,
        lock: None,
        version,
        work: None,
        first: None,
    }
}

/// The result of opening a notebook that cannot be read: what else there is of it.
fn unreadable(folder: &Folder, path: PathBuf, error: &LoadError) -> Opened {
    let why = error.to_string();
    if let LoadError::Unmerged { error, .. } = error {
        // What can be done about it, the page says.
        let why = format!("“{}”, {error}.", path.display());
        return Opened::Unmerged { path, why };
    }
    // A newer Casebook's notebook is not damaged, and a missing one may be on a disk that is not connected.
    let damaged =
        matches!(error, LoadError::Format { .. } | LoadError::NotText { .. } | LoadError::Empty(_));
    if !damaged {
        return Opened::Failed(why);
    }
    let backups = backups::list(folder, &path);
    let (work, others) = recovery::found_about(folder, &path);
    if backups.is_empty() && work.is_empty() && others.is_empty() {
        return Opened::Failed(why);
    }
    Opened::Corrupt { path, why, backups, work, others }
}

fn default_folder() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let saves = here.join("saves");
    if saves.is_dir() && is_project(&here) {
        return saves;
    }
    dirs::document_dir().filter(|folder| folder.is_dir()).or_else(dirs::home_dir).unwrap_or(here)
}

fn is_project(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("Cargo.toml"))
        .is_ok_and(|manifest| manifest.contains("name = \"casebook\""))
}
