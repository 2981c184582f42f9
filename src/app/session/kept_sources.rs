//! The files that articles were read from, kept beside the notebook: what is known of them, opening one, keeping one again,
//! and the notebook's setting.
//!
//! They are looked at in jobs: by their lengths when a notebook is opened, changed or saved, and by all their bytes when
//! one is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::questions::EnterPath;
use crate::app::notice::sentence;
use crate::app::{DialogKind, Effect, Level, OpenNotebook, Program, Remedy};
use crate::job::{Handle, Job};
use crate::kept_sources::{
    HELD_FOR, KeepError, Keeper, KeptSource, KeptState, NotBeside, NotKept, SourcesFolder, Spool,
    kept_by, kept_source,
};
use crate::notebook::{ArticleId, KeepSources, Origin};
use crate::recovery::Recorder;
use crate::storage::regular_file;

/// What is known of the files that the open notebook says are kept.
#[derive(Debug, Default)]
pub(super) struct KeptFiles {
    /// By their hashes, as they were looked at last.
    states: BTreeMap<String, KeptState>,
    /// Other notebooks beside which they may lie: under whose names this one was saved, or that were merged into it.
    elsewhere: Vec<PathBuf>,
    /// The hashes of those that the user was told are not there.
    told: BTreeSet<String>,
}

impl KeptFiles {
    /// Other notebooks beside which they may lie.
    pub(super) fn elsewhere(&self) -> Vec<PathBuf> {
        self.elsewhere.clone()
    }

    /// Notes what was found of a file of which the user is told now.
    pub(super) fn found(&mut self, source: &KeptSource, state: KeptState) {
        self.states.insert(source.sha256.clone(), state);
        self.told.insert(source.sha256.clone());
    }

    /// Notes another notebook beside which they may lie.
    pub(super) fn look_beside(&mut self, notebook: PathBuf) {
        if !self.elsewhere.contains(&notebook) {
            self.elsewhere.push(notebook);
        }
    }
}

/// Where kept files may be, for a job.
struct Places {
    path: Option<PathBuf>,
    spool: Option<Spool>,
    elsewhere: Vec<PathBuf>,
}

impl Places {
    /// The state of a file, by its length.
    fn look(&self, source: &KeptSource) -> KeptState {
        let beside = self
            .path
            .as_deref()
            .map_or(KeptState::Missing, |path| SourcesFolder::beside(path).look(source));
        if beside == KeptState::Beside {
            return beside;
        }
        let held = self.spool.as_ref().is_some_and(|spool| spool.holds(source));
        let there =
            |other: &PathBuf| SourcesFolder::beside(other).look(source) == KeptState::Beside;
        if held || self.elsewhere.iter().any(there) { KeptState::Held } else { beside }
    }

    /// The folders to read from, the first first.
    fn folders(&self) -> Vec<SourcesFolder> {
        let beside = self.path.as_deref().map(SourcesFolder::beside);
        let spool = self.spool.as_ref().map(|spool| spool.folder().clone());
        let others = self.elsewhere.iter().map(|path| SourcesFolder::beside(path));
        beside.into_iter().chain(spool).chain(others).collect()
    }
}

impl OpenNotebook {
    /// The file that an article's present text was read from, where the notebook says that it is kept, with what is known
    /// of it; no state until it was looked at.
    #[must_use]
    pub fn kept_file(&self, article: ArticleId) -> Option<(KeptSource, Option<&KeptState>)> {
        let source = kept_source(article, self.notebook().article(article)?)?;
        let state = self.document.kept_files.states.get(&source.sha256);
        Some((source, state))
    }

    /// The name of the folder beside the notebook in which files are kept; `None` while it has no file.
    #[must_use]
    pub fn sources_folder(&self) -> Option<String> {
        self.path().and_then(|path| path.file_stem()).map(|stem| {
            let name = format!("{}.sources", stem.to_string_lossy());
            crate::text::shown_name(&name).into_owned()
        })
    }

    /// Which files are kept from now on.
    #[must_use]
    pub fn keep_sources(&self) -> KeepSources {
        self.document.keep_sources()
    }
}

impl Program {
    /// Where files are held until the notebook is saved.
    pub(super) fn spool(&self) -> Option<Spool> {
        Spool::of(self.folder())
    }

    /// What reads articles' files and keeps them as the open notebook wants it.
    pub(super) fn keeper(&self) -> Keeper {
        let choice =
            self.book.as_ref().map_or_else(KeepSources::default, OpenNotebook::keep_sources);
        Keeper::into_spool(choice, self.spool())
    }

    /// Tells the user that an article was read and its file is not kept.
    pub(super) fn report_not_kept(&mut self, title: &str, why: Option<&NotKept>) {
        if let Some(why) = why {
            self.notify(
                Level::Warning,
                format!("“{title}” was read, but its file is not kept: {why}. Once that is settled, undo and open it again."),
            );
        }
    }

    /// Looks, in a job, whether the files are there that the notebook says are kept; the user is told once of each that is
    /// not.
    pub(in crate::app) fn check_kept_files(&mut self) {
        let Some(book) = &self.book else { return };
        let needed = kept_by(&book.document.notebook);
        if needed.is_empty() {
            return;
        }
        let (id, places) = (book.document.id, self.places(book));
        let look = move |handle: &Handle| {
            let looked: Vec<(KeptSource, KeptState)> = needed
                .into_iter()
                .take_while(|_| !handle.is_cancelled())
                .map(|source| {
                    let state = places.look(&source);
                    (source, state)
                })
                .collect();
            (id, looked)
        };
        self.jobs.start(Job::load("Checking the kept files"), look, |program, (id, looked)| {
            program.looked_at_kept_files(id, looked);
        });
    }

    /// The folders in which kept files may be, the likeliest first.
    pub(super) fn kept_folders(&self, book: &OpenNotebook) -> Vec<SourcesFolder> {
        self.places(book).folders()
    }

    fn places(&self, book: &OpenNotebook) -> Places {
        Places {
            path: book.path().cloned(),
            spool: self.spool(),
            elsewhere: book.document.kept_files.elsewhere(),
        }
    }

    fn looked_at_kept_files(&mut self, id: u64, looked: Vec<(KeptSource, KeptState)>) {
        let Some(book) = self.book.as_mut().filter(|book| book.document.id == id) else { return };
        let folder = book.sources_folder();
        let files = &mut book.document.kept_files;
        let mut new = Vec::new();
        for (source, state) in looked {
            let found = matches!(state, KeptState::Beside | KeptState::Held);
            if found {
                files.told.remove(&source.sha256);
            } else if files.told.insert(source.sha256.clone()) {
                new.push((source.clone(), state.clone()));
            }
            // What was found altered by its bytes stays so while its length is right.
            let known = files.states.get(&source.sha256);
            if !(state == KeptState::Beside && known == Some(&KeptState::Altered)) {
                files.states.insert(source.sha256, state);
            }
        }
        let Some((first, how)) = new.first() else { return };
        let place = folder.map_or_else(String::new, |folder| format!(" in “{folder}”"));
        let how = match how {
            KeptState::Altered => "was altered",
            KeptState::Unreadable(_) => "cannot be read",
            KeptState::Missing | KeptState::Beside | KeptState::Held => "is missing",
        };
        let said = match new.len() {
            1 => format!(
                "The kept file “{}”, which “{}” was read from, {how}{place}. The article’s text is here; its details say what to do.",
                first.shown(),
                first.title
            ),
            n => format!(
                "{n} kept files are missing or were altered{place}: {}. The articles’ texts are here; their details say what to do.",
                listed(new.iter().map(|(source, _)| source))
            ),
        };
        self.notify_with(Remedy::Details(first.article), Level::Warning, said);
    }

    /// Asks for the file that an article was read from.
    pub(in crate::app) fn ask_for_kept_file(&mut self, article: ArticleId) {
        let Some(book) = &self.book else { return };
        let beside = book.article_file(article).and_then(Path::parent);
        let folder = beside.map_or_else(|| self.start_folder(), Path::to_owned);
        self.emit(Effect::Dialog(DialogKind::Keep { folder, article }));
    }

    /// Keeps this file again, if it is the one that the article was read from.
    pub(in crate::app) fn keep_file(&mut self, article: ArticleId, path: PathBuf) {
        if self.asked::<EnterPath>().is_some() {
            self.close_question();
        }
        let Some(book) = &self.book else { return };
        let Some((source, _)) = book.kept_file(article) else { return };
        let id = book.document.id;
        let read_only = book.document.read_only.is_some();
        let beside = book.path().filter(|_| !read_only).cloned();
        let spool = self.spool();
        let work = move |handle: &Handle| {
            let cancelled = || handle.is_cancelled();
            let kept = keep_again(&path, &source, beside.as_deref(), spool.as_ref(), &cancelled);
            (id, source, path, kept)
        };
        self.jobs.start(
            Job::store("Keeping the file"),
            work,
            |program, (id, source, path, kept)| {
                program.kept_again(id, &source, &path, kept);
            },
        );
    }

    fn kept_again(
        &mut self,
        id: u64,
        source: &KeptSource,
        path: &Path,
        kept: Result<KeptState, KeepError>,
    ) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = crate::text::shown_name(&name).into_owned();
        match kept {
            Ok(state) => {
                if let Some(book) = self.book.as_mut().filter(|book| book.document.id == id) {
                    let files = &mut book.document.kept_files;
                    files.told.remove(&source.sha256);
                    files.states.insert(source.sha256.clone(), state.clone());
                }
                let said = if state == KeptState::Beside {
                    format!("“{name}” is kept beside the notebook.")
                } else {
                    format!("“{name}” is kept; the next save puts it beside the notebook.")
                };
                self.notify(Level::Info, said);
            }
            Err(KeepError::Cancelled) => self.notify(Level::Info, "Nothing was kept: it was stopped."),
            Err(KeepError::OtherContent) => self.notify(
                Level::Warning,
                format!("“{name}” is not the file that “{}” was read from: its bytes have another SHA-256. Choose that file; if the article itself has a new version, use “Update article…”.", source.title),
            ),
            Err(why) => self.notify(Level::Error, format!("“{name}” was not kept: {}", sentence(&why.to_string()))),
        }
    }

    /// Takes files out of the spool, in a job, that need not be held any more; those that unsaved work names stay.
    pub(super) fn tidy_spool(&mut self, release: Vec<String>) {
        let Some(spool) = self.spool() else { return };
        let recorder = self.book.as_ref().and_then(|book| book.document.recorder.as_ref());
        let noter = recorder.map(Recorder::noter);
        let tidy = move |_: &Handle| {
            // The journal says what is needed once it has taken note of all that was done.
            if let Some(noter) = noter {
                noter.settle();
            }
            spool.release(&release);
            spool.sweep();
        };
        self.jobs.start(Job::store("Tidying the kept files"), tidy, |_, ()| {});
    }

    /// Lets the file go of a text that was read and did not come into the notebook after all.
    pub(super) fn let_kept_file_go(&mut self, origin: &Origin) {
        let needed = self.book.as_ref().is_some_and(|book| {
            kept_by(&book.document.notebook).iter().any(|one| one.sha256 == origin.sha256)
        });
        if origin.kept && !needed {
            self.tidy_spool(vec![origin.sha256.clone()]);
        }
    }

    /// Sets which files are kept beside the notebook from now on. What is kept stays.
    pub(in crate::app) fn choose_kept_sources(&mut self, choice: KeepSources) {
        if let Some(why) = self.book.as_ref().and_then(OpenNotebook::read_only) {
            let why = format!("Nothing was changed. {}.", why.trim_end_matches('.'));
            self.notify(Level::Warning, why);
            return;
        }
        self.with_open_notebook(|book| book.document.keep_sources = choice);
    }

    /// What a save has to say of kept files that it could not put beside the notebook.
    pub(super) fn report_not_beside(&mut self, left: &[NotBeside]) {
        // Of what is found nowhere the user is told when it is looked for.
        let failed: Vec<&NotBeside> = left.iter().filter(|one| one.why.is_some()).collect();
        let Some((first, why)) = failed.first().and_then(|one| Some((one, one.why.as_ref()?)))
        else {
            return;
        };
        let (are, them) = match failed.len() {
            1 => (format!("the file “{}” is", first.source.shown()), "it"),
            n => (
                format!("{n} kept files ({}) are", listed(failed.iter().map(|one| &one.source))),
                "them",
            ),
        };
        let held = if failed.iter().all(|one| one.held) {
            let weeks = HELD_FOR.as_secs() / (7 * 24 * 60 * 60);
            format!(" Casebook holds {them} in its own folder for {weeks} weeks: then save again.")
        } else {
            " Then save again.".to_owned()
        };
        self.notify(
            Level::Warning,
            format!(
                "The notebook is saved, but {are} not beside it: {}{held}",
                sentence(&why.to_string())
            ),
        );
    }
}

/// The names of a few of them.
fn listed<'a>(sources: impl ExactSizeIterator<Item = &'a KeptSource>) -> String {
    const SHOWN: usize = 3;
    let more = sources.len().saturating_sub(SHOWN);
    let names: Vec<String> =
        sources.take(SHOWN).map(|source| format!("“{}”", source.shown())).collect();
    let names = names.join(", ");
    if more > 0 { format!("{names} and {more} more") } else { names }
}

/// Puts the file at this path beside the notebook, or into the spool, if it has the right hash.
fn keep_again(
    path: &Path,
    source: &KeptSource,
    beside: Option<&Path>,
    spool: Option<&Spool>,
    cancelled: &dyn Fn() -> bool,
) -> Result<KeptState, KeepError> {
    let (file, _) = regular_file::open(path).map_err(|why| KeepError::Unreadable(why.into()))?;
    if let Some(notebook) = beside {
        let folder = SourcesFolder::beside(notebook);
        folder.put(&source.sha256, source.extension, file, cancelled)?;
        return Ok(KeptState::Beside);
    }
    match spool {
        Some(spool) => spool.put(source, file, cancelled).map(|()| KeptState::Held),
        None => Err(KeepError::Unreadable(io::Error::other(
            "the notebook has no file yet: save it first",
        ))),
    }
}
