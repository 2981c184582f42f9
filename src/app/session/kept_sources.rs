//! The files that articles were read from, kept beside the notebook: what is known of them, opening one, keeping one again,
//! and the notebook's setting.
//!
//! They are looked at in jobs: by their lengths when a notebook is opened, changed or saved, and by all their bytes when
//! one is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::questions::EnterPath;
use crate::app::desktop::{OpenError, Opener};
use crate::app::notice::sentence;
use crate::app::{DialogKind, Effect, Level, OpenNotebook, Program, Remedy};
use crate::job::{Handle, Job};
use crate::kept_sources::{
    HELD_FOR, KeepError, Keeper, KeptSource, KeptState, NotBeside, NotKept, SourcesFolder, Spool,
    kept_by, kept_source,
};
use crate::notebook::{ArticleId, KeepSources};
use crate::storage::{make_folder, regular_file};

/// The folder of copies that were made to be opened, in the data folder.
const OPENED: &str = "opened";
/// So long such a copy is left for the program that shows it.
const SHOWN: Duration = Duration::from_secs(24 * 60 * 60);

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

/// Why a kept file was not opened.
#[derive(Debug, thiserror::Error)]
enum ShowError {
    /// No copy of it could be made.
    #[error(transparent)]
    Copy(#[from] KeepError),
    /// The folder for the copy could not be made.
    #[error("the folder for a copy of it could not be made ({0})")]
    Folder(io::Error),
    /// The copy could not be opened.
    #[error("a copy of it is “{}”, but {why}: open that yourself", path.display())]
    Open { path: PathBuf, why: OpenError },
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
                new.push(source.clone());
            }
            // What was found altered by its bytes stays so while its length is right.
            let known = files.states.get(&source.sha256);
            if !(state == KeptState::Beside && known == Some(&KeptState::Altered)) {
                files.states.insert(source.sha256, state);
            }
        }
        let Some(first) = new.first() else { return };
        let place = folder.map_or_else(String::new, |folder| format!(" in “{folder}”"));
        let said = match &*new {
            [one] => format!(
                "The file that “{}” was read from, “{}”, is missing{place}, or is another one. The article’s text is here; its details say what to do.",
                one.title,
                one.shown()
            ),
            several => format!(
                "{} kept files are missing{place}, or are other ones: {}. The articles’ texts are here; their details say what to do.",
                several.len(),
                listed(several.iter())
            ),
        };
        self.notify_with(Remedy::Details(first.article), Level::Warning, said);
    }

    /// Has the desktop open a copy of the file that an article was read from. The copy can only be read.
    pub(in crate::app) fn open_kept_file(&mut self, article: ArticleId) {
        let Some(book) = &self.book else { return };
        let Some((source, _)) = book.kept_file(article) else { return };
        let Some(extension) = source.extension else {
            self.notify(
                Level::Warning,
                format!(
                    "“{}” has a format that this Casebook does not know. It is kept as {}.",
                    source.shown(),
                    source.file_name()
                ),
            );
            return;
        };
        let (id, folders) = (book.document.id, self.places(book).folders());
        let name = copy_name(&source, extension);
        let (shown_in, opener) = (self.opened_folder(), self.session.opener.clone());
        let work = move |handle: &Handle| {
            let cancelled = || handle.is_cancelled();
            let shown = show(&source, &folders, shown_in, &name, &opener, &cancelled);
            (id, source, shown)
        };
        let name = "Opening the article’s file";
        self.jobs.start(Job::load(name), work, |program, (id, source, shown)| {
            program.opened_kept_file(id, &source, shown);
        });
    }

    fn opened_kept_file(
        &mut self,
        id: u64,
        source: &KeptSource,
        shown: Result<PathBuf, ShowError>,
    ) {
        let name = source.shown();
        let altered = match &shown {
            Err(ShowError::Copy(KeepError::OtherContent)) => Some(KeptState::Altered),
            Err(ShowError::Copy(KeepError::Unreadable(why)))
                if why.kind() == io::ErrorKind::NotFound =>
            {
                Some(KeptState::Missing)
            }
            _ => None,
        };
        if let (Some(state), Some(book)) =
            (&altered, self.book.as_mut().filter(|book| book.document.id == id))
        {
            book.document.kept_files.states.insert(source.sha256.clone(), state.clone());
            book.document.kept_files.told.insert(source.sha256.clone());
        }
        let (level, said) = match (shown, altered) {
            (Ok(_), _) => {
                (Level::Info, format!("A copy of “{name}” is open. The kept file stays as it is."))
            }
            (Err(_), Some(KeptState::Altered)) => (
                Level::Error,
                format!(
                    "“{name}” was not opened: what is kept under its name was altered, it is not the file that the article was read from. “Keep a file…” in Article details puts the right one there."
                ),
            ),
            (Err(_), Some(_)) => (
                Level::Error,
                format!(
                    "“{name}” is missing. If you have it elsewhere, “Keep a file…” in Article details puts it there again."
                ),
            ),
            (Err(ShowError::Copy(KeepError::Cancelled)), _) => {
                (Level::Info, "Opening was stopped.".to_owned())
            }
            (Err(error), _) => {
                (Level::Error, format!("“{name}” was not opened: {}", sentence(&error.to_string())))
            }
        };
        self.notify(level, said);
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

    /// Where copies are put to be opened; `None` without a data folder.
    fn opened_folder(&self) -> Option<PathBuf> {
        self.folder().path().map(|folder| folder.join(OPENED))
    }

    /// Removes copies that were opened a while ago: at the start of the program.
    pub(super) fn sweep_opened(&self) {
        if let Some(folder) = self.opened_folder() {
            sweep(&folder);
        }
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

/// What the copy of a file is called: words of its name, and the beginning of its hash. Its ending is its format's.
fn copy_name(source: &KeptSource, extension: &str) -> String {
    let stem = source.named.rsplit_once('.').map_or(&*source.named, |(stem, _)| stem);
    let hash = source.sha256.get(..8).unwrap_or_default();
    format!("{}-{hash}.{extension}", super::saving::file_name(stem))
}

/// Makes a copy that can only be read and has the desktop open it.
fn show(
    source: &KeptSource,
    folders: &[SourcesFolder],
    shown_in: Option<PathBuf>,
    name: &str,
    opener: &Opener,
    cancelled: &dyn Fn() -> bool,
) -> Result<PathBuf, ShowError> {
    let place = match shown_in {
        Some(folder) => {
            make_folder(&folder).map_err(ShowError::Folder)?;
            sweep(&folder);
            folder
        }
        None => {
            let folder = tempfile::Builder::new().prefix("casebook-source-").tempdir();
            folder.map_err(ShowError::Folder)?.keep()
        }
    };
    // Of several errors the first is told that says more than that it is not there.
    let mut missing = KeepError::Unreadable(io::ErrorKind::NotFound.into());
    for folder in folders {
        match folder.copy_to(source, &place, name, cancelled) {
            Ok(()) => {
                let path = place.join(name);
                for_reading_only(&path);
                return match opener.open(&path, cancelled) {
                    Ok(()) => Ok(path),
                    Err(why) => Err(ShowError::Open { path, why }),
                };
            }
            Err(KeepError::Cancelled) => return Err(KeepError::Cancelled.into()),
            Err(why) => {
                let told = matches!(&missing, KeepError::Unreadable(why) if why.kind() == io::ErrorKind::NotFound);
                if told {
                    missing = why;
                }
            }
        }
    }
    Err(missing.into())
}

/// Takes from everybody the right to write a file.
fn for_reading_only(path: &Path) {
    #[cfg(unix)]
    let permissions = Some(std::os::unix::fs::PermissionsExt::from_mode(0o400));
    #[cfg(not(unix))]
    let permissions = std::fs::metadata(path).ok().map(|found| {
        let mut permissions = found.permissions();
        permissions.set_readonly(true);
        permissions
    });
    if let Some(permissions) = permissions {
        // A copy that can be written is still only a copy.
        let _ = std::fs::set_permissions(path, permissions);
    }
}

/// Removes the files in a folder of copies that are older than a day.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        // Of a link it is the link that is looked at.
        let Ok(about) = entry.metadata() else { continue };
        let age = about.modified().ok().and_then(|at| at.elapsed().ok());
        if about.is_file() && age.is_some_and(|age| age >= SHOWN) {
            // What cannot be removed is tried again next time.
            let _ = std::fs::remove_file(entry.path());
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_called_by_nothing_but_words_and_its_format() {
        let source = KeptSource {
            sha256: "0123456789abcdef".repeat(4),
            bytes: 1,
            extension: Some("pdf"),
            article: ArticleId::random(),
            named: "../../Bras de fer \u{202e}fdp.exe".to_owned(),
            title: String::new(),
        };
        let name = copy_name(&source, "pdf");
        assert!(name.ends_with("-01234567.pdf") && name.starts_with("bras-de-fer"), "{name}");
        assert!(!name.contains(['/', '\u{202e}']) && name.matches('.').count() == 1, "{name}");
        assert_eq!(
            copy_name(&KeptSource { named: "..".to_owned(), ..source }, "txt"),
            "notebook-01234567.txt"
        );
    }
}
