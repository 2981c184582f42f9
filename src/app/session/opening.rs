//! Files: opening them, in jobs, and what to do with unsaved work. Saving is next door, in `saving`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Source;
use super::loaded::LoadedNotebook;
use super::questions::{ArticleDetails, NextStep, Unsaved};
use crate::app::notice::sentence;
use crate::app::session::file_changes::held_by;
use crate::app::{Effect, Level, OpenFile, OpenNotebook, Program};
use crate::article::{self, FileKind, Read};
use crate::edit::{AboutFields, Edit, Ref};
use crate::job::{Handle, Job};
use crate::notebook::{About, Article, ArticleId, Notebook};
use crate::recovery::backups::{self, Backup};
use crate::recovery::{self, Folder, HeldFile, UnsavedWork};
use crate::storage::{self, LoadError, Loaded, Lock, LockError};

impl Source {
    fn of(path: PathBuf, read: &Read) -> Self {
        Self {
            path,
            title: read.title.clone(),
            encoding: read.origin.encoding.clone(),
            guess: read.encoding_guess.clone(),
        }
    }
}

/// What opening a file brought.
#[derive(Debug)]
pub enum Opened {
    /// An article.
    Article(PathBuf, Read),
    /// A notebook.
    Notebook {
        /// Its file.
        path: PathBuf,
        /// What was read.
        loaded: Box<Loaded>,
        /// The file, held open.
        held: Option<HeldFile>,
        /// Work on it that was not saved when a Casebook ended.
        work: Vec<UnsavedWork>,
        /// What there is of such work and cannot be offered.
        others: Vec<String>,
        /// Its lock.
        lock: Result<Lock, LockError>,
    },
    /// The notebook that is open, read again in place of it, and its file, held open.
    Reloaded(PathBuf, Box<Loaded>, Option<HeldFile>),
    /// A notebook that cannot be read, of which there is something else.
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
    /// A sentence for the user.
    Failed(String),
    /// The user stopped it.
    Stopped,
}

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
    pub(in crate::app) fn ask_what_to_open(&mut self) {
        let folder = self.start_folder();
        self.emit(Effect::Dialog(crate::app::DialogKind::Open { folder }));
    }

    /// Opens the page on the article in front.
    pub(in crate::app) fn show_article_details(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(OpenNotebook::article) {
            self.ask(ArticleDetails(id));
        }
    }

    /// Opens the page on an article, which comes to the front.
    pub(in crate::app) fn show_details_of(&mut self, article: ArticleId) {
        if self.book.as_ref().is_some_and(|book| book.notebook().article(article).is_some()) {
            self.show_article(article);
            self.ask(ArticleDetails(article));
        } else {
            self.notify(Level::Info, "The article is no longer in this notebook.");
        }
    }

    /// Removes the article in front, with its mentions.
    pub(in crate::app) fn remove_article(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(OpenNotebook::article) {
            self.edit(&Edit::RemoveArticle { article: Ref::Id(id) });
        }
    }

    pub(in crate::app) fn open_path(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        if self.is_open(&path) {
            self.notify(Level::Info, format!("{} is already open.", path.display()));
            return;
        }
        self.put_question_away();
        let name =
            path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let folder = self.session.safety.folder.clone();
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
                    match article::read_file(&path, None, &cancelled, &progress) {
                        Ok(read) => Opened::Article(path, read),
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
            Opened::Article(path, read) => {
                if self.goes_to_its_tab(&path, &read) {
                    return;
                }
                let source = Source::of(path, &read);
                if let Some(id) = self.add_read(read) {
                    self.with_open_notebook(|book| {
                        book.document.sources.insert(id, source);
                    });
                    self.report_doubts(id);
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
            corrupt @ Opened::Corrupt { .. } => self.corrupt(corrupt),
        }
    }

    /// Brings the article to the front that was made of this file, where the notebook holds it: whether it does. A file
    /// is the same one by its content and its name, or by where it is where that is known.
    fn goes_to_its_tab(&mut self, path: &Path, read: &Read) -> bool {
        let Some(book) = &self.book else { return false };
        let same = |id: &ArticleId, article: &Article| {
            let here = book.document.sources.get(id).map_or_else(
                || article.origin.file_name == read.origin.file_name,
                |source| same_file(&source.path, path),
            );
            here && article.origin.sha256 == read.origin.sha256
        };
        let articles = book.document.notebook.articles().iter();
        let mut found = articles
            .filter(|(id, article)| same(id, article))
            .map(|(id, article)| (*id, article.about.title.clone()));
        let Some((id, title)) = found.next_back() else { return false };
        // Its file is known again, so that it can be read in another encoding.
        let source = Source::of(path.to_owned(), read);
        self.with_open_notebook(|book| {
            book.document.sources.entry(id).or_insert(source);
        });
        self.show_article(id);
        self.emit(Effect::ShowPane(crate::app::Pane::READER));
        self.notify(Level::Info, format!("“{title}” is already in this notebook."));
        true
    }

    /// Says what is doubtful about how an article's bytes were read.
    fn report_doubts(&mut self, article: ArticleId) {
        let Some(book) = &self.book else { return };
        let (Some((encoding, guess)), Some(read)) =
            (book.encoding_guess(article), book.notebook().article(article))
        else {
            return;
        };
        let title = &read.about.title;
        let doubt = if guess.mended_lines > 0 {
            let (lines, were) = match guess.mended_lines {
                1 => ("1 line".to_owned(), "was"),
                n => (format!("{n} lines"), "were"),
            };
            let other = encoding.rsplit(' ').next().unwrap_or(encoding);
            format!(
                "“{title}” is UTF-8 but for {lines}, which {were} read as {other}. Check the accents there."
            )
        } else if !guess.sure {
            format!(
                "“{title}” was read as {encoding}, which is not certain. Compare it with the other readings before tagging."
            )
        } else {
            return;
        };
        self.notify_of(article, Level::Warning, doubt);
    }

    pub(in crate::app) fn add_text(&mut self, text: &str) {
        match article::pasted(text) {
            Ok(read) => {
                self.put_question_away();
                self.add_read(read);
            }
            Err(error) => self.notify(Level::Warning, sentence(&error.to_string())),
        }
    }

    fn add_read(&mut self, read: Read) -> Option<ArticleId> {
        let id = ArticleId::random();
        let known = self.book.as_ref().and_then(|book| {
            book.document
                .notebook
                .articles()
                .values()
                .find(|a| a.origin.sha256 == read.origin.sha256)
                .map(|a| a.about.title.clone())
        });
        let (lossy, encoding, title) =
            (read.lossy, read.origin.encoding.clone(), read.title.clone());
        let article = Article {
            about: About {
                title: read.title,
                language: read.language.unwrap_or_default(),
                ..About::default()
            },
            origin: read.origin,
            text: read.text,
            earlier: Vec::new(),
        };
        self.edit(&Edit::AddArticle(id, Arc::new(article)))?;
        self.with_open_notebook(|book| book.bring_to_front(id));
        self.refresh_find();
        if let Some(other) = known {
            self.notify(
                Level::Warning,
                format!("“{title}” has the same content as “{other}”, which is already in this notebook. Undo removes it again."),
            );
        }
        if lossy {
            self.notify_of(id, Level::Warning, lost(&title, &encoding));
        }
        Some(id)
    }

    pub(in crate::app) fn start_reread(&mut self, id: ArticleId, encoding: String) {
        let source = self.book.as_ref().and_then(|book| book.document.sources.get(&id));
        let Some(path) = source.map(|source| source.path.clone()) else {
            self.notify(
                Level::Warning,
                "The location of this article’s file is not known. Open the file again to choose its encoding.",
            );
            return;
        };
        let read = move |handle: &Handle| {
            let read =
                article::read_file(&path, Some(&encoding), &|| handle.is_cancelled(), &|done| {
                    handle.set_progress(done)
                });
            (id, read.map_err(|error| error.to_string()))
        };
        self.jobs.start(Job::load("Rereading the article"), read, |program, (id, read)| {
            program.reread(id, read);
        });
    }

    pub(in crate::app) fn reread(&mut self, article: ArticleId, read: Result<Read, String>) {
        match read {
            Ok(read) => {
                let Some(book) = &self.book else { return };
                let Some(now) =
                    book.document.notebook.article(article).map(|a| a.about.title.clone())
                else {
                    return;
                };
                let (encoding, lossy, title) =
                    (read.origin.encoding.clone(), read.lossy, read.title);
                let mut edits =
                    vec![Edit::ReplaceText { article, origin: read.origin, text: read.text }];
                // A title that was only proposed was misread like the text; one the user gave stays.
                if book.document.sources.get(&article).is_some_and(|source| source.title == now) {
                    edits.push(Edit::Describe {
                        article: Some(Ref::Id(article)),
                        with: AboutFields { title: Some(title.clone()), ..AboutFields::default() },
                    });
                }
                let label = format!("Read “{title}” as {encoding}");
                if self.edit(&Edit::Batch(label, edits)).is_none() {
                    return;
                }
                if lossy {
                    self.notify_of(article, Level::Warning, lost(&title, &encoding));
                }
                self.with_open_notebook(|book| {
                    if let Some(source) = book.document.sources.get_mut(&article) {
                        source.title = title;
                    }
                });
            }
            Err(why) => self.notify(Level::Error, sentence(&why)),
        }
    }

    pub(in crate::app) fn open_sample(&mut self) {
        match storage::parse(SAMPLE) {
            Ok((notebook, desk, orphans)) => {
                let version = storage::VERSION;
                let (file, held, lock, work) = (None, None, None, None);
                let shown =
                    LoadedNotebook { notebook, desk, orphans, file, held, lock, version, work };
                self.leave(NextStep::Show(Box::new(shown)));
            }
            Err(error) => self.notify(Level::Error, format!("The sample cannot be read: {error}")),
        }
    }

    /// Does what leaves the open notebook behind; asks first where there is unsaved work.
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
        let LoadedNotebook { notebook, desk, orphans, file, held, lock, version, work } = shown;
        self.stop_keeping();
        let mut book = OpenNotebook::left_as(notebook, &desk).in_pool(self.jobs.pool());
        if let Some((path, stamp)) = file {
            // The same notebook again, read anew or recovered: its lock stays where it is.
            let kept = if self.is_open(&path) {
                self.book.as_mut().and_then(|open| open.document.file.as_mut()?.lock.take())
            } else {
                None
            };
            // Whoever reads a file in a job takes its lock there: a folder on a network may be slow.
            let lock = kept.map(Ok).or(lock).unwrap_or_else(|| Lock::acquire(&path));
            let lock = match lock {
                Ok(lock) => Some(lock),
                Err(LockError::Held { holder, .. }) if work.is_some() => {
                    // Never over a file that somebody else is working on.
                    let why = format!(
                        "{}. The recovered work is a separate notebook: save it under another name.",
                        held_by(holder.as_ref())
                    );
                    self.notify(Level::Warning, why);
                    let notebook = Arc::unwrap_or_clone(book.document.notebook);
                    let (file, held, lock) = (None, None, None);
                    let alone =
                        LoadedNotebook { notebook, desk, orphans, file, held, lock, version, work };
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
        match work {
            Some(work) => self.restore_work(*work),
            None if !read_only => self.offer_work(),
            None => {}
        }
    }

    /// Whether this is the open notebook's file, by whatever name.
    pub(in crate::app) fn is_open(&self, path: &Path) -> bool {
        let Some(open) = self.book.as_ref().and_then(OpenNotebook::path) else { return false };
        same_file(open, path)
    }

    /// Puts away the question that is open, as if it had been cancelled.
    fn put_question_away(&mut self) {
        if self.close_question() {
            self.give_up_waiting();
        }
    }

    /// What waited for a question or a save waits no more.
    pub(in crate::app) fn give_up_waiting(&mut self) {
        self.session.after_save = None;
    }

    /// Saves, and then goes on.
    pub(in crate::app) fn save_and_then(&mut self, next: NextStep) {
        self.session.after_save = Some(next);
        self.save();
    }

    /// Reads the file again, instead of what is open.
    pub(in crate::app) fn reload_file(&mut self) {
        self.give_up_waiting();
        self.reload();
    }

    /// The file dialog was closed without a choice: what waited for it waits no more.
    pub fn dialog_cancelled(&mut self) {
        self.give_up_waiting();
    }
}

/// Whether two paths lead to one file.
fn same_file(a: &Path, b: &Path) -> bool {
    let same = || Some(a.canonicalize().ok()? == b.canonicalize().ok()?);
    a == b || same().unwrap_or(false)
}

fn shown(path: PathBuf, loaded: Loaded, held: Option<HeldFile>) -> LoadedNotebook {
    let Loaded { notebook, desk, version, stamp, orphans } = loaded;
    let file = Some((path, stamp));
    LoadedNotebook { notebook, desk, orphans, file, held, lock: None, version, work: None }
}

/// What there is of a notebook that cannot be read.
fn unreadable(folder: &Folder, path: PathBuf, error: &LoadError) -> Opened {
    let why = error.to_string();
    // A newer Casebook's notebook is not damaged, and what is not there may be on a disk that is not connected.
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

/// That some bytes had no meaning in an encoding.
fn lost(title: &str, encoding: &str) -> String {
    format!(
        "Some bytes of “{title}” are not valid {encoding} and show as “\u{fffd}”. Choose another encoding under “Article details” before tagging."
    )
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
