//! Rebuilding the notebook from before the crash: the edits of the journal, applied to its base.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::backups;
use super::base::HeldFile;
use super::folder::{COPY, Folder, Locked, claim, discard, hash_of};
use super::journal::{self, About, Base, JournalError, Saving};
use super::older_records::keep_assessments;
use super::record_format::{self, Texts, hex};
use crate::edit::{History, HistoryEvent};
use crate::notebook::{Notebook, ViewState, check};
use crate::storage::{self, LoadError, Orphans, Stamp};

/// The state of the notebook’s file compared with a journal about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It never had a file.
    NeverSaved,
    /// The file is the base of the journal: recovering applies the edits to it.
    Same,
    /// The file has been saved or changed since. Recovering makes a separate notebook, never saved over it.
    Changed,
    /// The file no longer exists or cannot be read. Recovering makes a separate notebook.
    Gone,
}

/// The state of the file compared with the journal, and how many of the journal's events it holds already.
pub(super) fn file_state(about: &About, saves: &[Saving]) -> (FileState, usize) {
    let Some(path) = &about.notebook else { return (FileState::NeverSaved, 0) };
    let Ok(now) = hash_of(path) else { return (FileState::Gone, 0) };
    // A base in the journal itself was never in the file.
    let base = about.base_hash().unwrap_or_default();
    let now = hex(&now);
    match saves.iter().rev().find(|saving| saving.sha256 == now) {
        Some(saving) => (FileState::Same, saving.events),
        None if now == base => (FileState::Same, 0),
        None => (FileState::Changed, 0),
    }
}

impl About {
    /// The hash of the file it is based on.
    fn base_hash(&self) -> Option<&str> {
        match &self.base {
            Base::File { sha256, .. } => Some(sha256),
            Base::Inside => None,
        }
    }
}

/// After so many events it is asked whether to stop.
const ASK_EVERY: usize = 64;

/// Why a journal was not recovered. It is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// Another Casebook is writing it.
    #[error("another Casebook is using it: close that one first")]
    Held,
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The notebook it is based on cannot be found.
    #[error("“{}” was changed or moved since, and no copy of the original is left to apply the edits to. Restore that file, then recover again", .0.display())]
    NoBase(PathBuf),
    /// The notebook it is based on cannot be read.
    #[error("the notebook it is based on cannot be read: {0}")]
    Base(#[from] LoadError),
    /// The source in the journal cannot be read.
    #[error("the notebook it is based on cannot be read: {0}")]
    Source(#[from] storage::FormatError),
    /// The result is not a valid notebook.
    #[error("its edits do not make a valid notebook ({0}); it was left unchanged")]
    Unsound(String),
    /// Stopped on request.
    #[error("it was stopped; the unsaved work stays to be recovered")]
    Cancelled,
    /// The system's error.
    #[error("it cannot be read ({0})")]
    Io(#[from] std::io::Error),
}

/// A journal locked by this process, so that no other recovers it meanwhile.
#[derive(Debug)]
pub struct Claim {
    journal: PathBuf,
    _lock: Locked,
}

impl Claim {
    /// Removes the journal: what it held is saved, kept in a newer journal, or not wanted.
    pub fn discard(self) {
        discard(&self.journal);
    }

    /// The journal's file.
    #[must_use]
    pub fn journal(&self) -> &Path {
        &self.journal
    }
}

/// The notebook from before the crash, with what is needed to go on.
#[derive(Debug)]
pub struct Recovered {
    /// What the journal is about.
    pub about: About,
    /// The notebook.
    pub notebook: Notebook,
    /// The view state of its base.
    pub desk: ViewState,
    /// The undo history.
    pub history: History,
    /// The state of the notebook's file compared with the journal.
    pub file_state: FileState,
    /// The file it is based on, where that is still unchanged.
    pub file: Option<(PathBuf, Stamp)>,
    /// That file, held open.
    pub held: Option<HeldFile>,
    /// The version of the format that file is in.
    pub version: u32,
    /// The events, each with its time (seconds since 1970, UTC): a new journal begins with them.
    pub events: Vec<(i64, HistoryEvent)>,
    /// The notebook before the events, for a journal whose base is not a file, and for comparing.
    pub before: Notebook,
    /// What at the journal's end could not be used: how many bytes, or why.
    pub lost: Option<String>,
    /// A line for each anchor of the base that does not match its article.
    pub orphans: Orphans,
    /// The journal itself, locked.
    pub claim: Claim,
}

/// Rebuilds the notebook from before the crash. The journal stays until [`Claim::discard`].
///
/// # Errors
/// [`RecoverError`]; the journal is then left as it is.
pub fn recover(folder: &Folder, journal: &Path) -> Result<Recovered, RecoverError> {
    recover_unless(folder, journal, &|| false)
}

/// The same, unless it is `cancelled`.
///
/// # Errors
/// [`RecoverError`]; the journal is then left as it is.
pub fn recover_unless(
    folder: &Folder,
    journal: &Path,
    cancelled: &dyn Fn() -> bool,
) -> Result<Recovered, RecoverError> {
    let stop = || if cancelled() { Err(RecoverError::Cancelled) } else { Ok(()) };
    stop()?;
    let lock = claim(journal)?.ok_or(RecoverError::Held)?;
    let length = lock.metadata()?.len();
    let read = journal::read(BufReader::new(&*lock), length)?;
    let (file_state, skip) = file_state(&read.about, &read.saves);
    stop()?;
    let base = base(folder, journal, &read, file_state, cancelled)?;
    let (events, lost) = read.events_unless(&base.notebook, cancelled);
    stop()?;
    let events: Vec<_> = events.into_iter().skip(skip).collect();
    let mut notebook = base.notebook.clone();
    let mut history = History::default();
    for (number, (_, event)) in events.iter().enumerate() {
        if number % ASK_EVERY == 0 {
            stop()?;
        }
        history.do_again(&mut notebook, event.clone());
    }
    stop()?;
    // Problems that the base had already are accepted; the events must add none.
    let problems: Vec<_> =
        check(&notebook).into_iter().filter(|problem| !problem.is_orphan()).collect();
    if !problems.is_empty() {
        let before = check(&base.notebook);
        if let Some(new) = problems.iter().find(|problem| !before.contains(problem)) {
            return Err(RecoverError::Unsound(new.what.clone()));
        }
    }
    Ok(Recovered {
        about: read.about,
        notebook,
        desk: base.desk,
        history,
        file_state,
        held: base.file.as_ref().and_then(|(path, stamp)| HeldFile::open(path, stamp)),
        file: base.file,
        version: base.version,
        events,
        before: base.notebook,
        lost,
        orphans: base.orphans,
        claim: Claim { journal: journal.to_owned(), _lock: lock },
    })
}

impl journal::Read {
    /// The events, each with its time (seconds since 1970, UTC), and what at the end could not be used.
    #[must_use]
    pub fn events(&self, base: &Notebook) -> (Vec<(i64, HistoryEvent)>, Option<String>) {
        self.events_unless(base, &|| false)
    }

    /// The same, as far as it came where it was `cancelled`.
    fn events_unless(
        &self,
        base: &Notebook,
        cancelled: &dyn Fn() -> bool,
    ) -> (Vec<(i64, HistoryEvent)>, Option<String>) {
        let mut texts = Texts::default();
        texts.add_all(&base.texts());
        texts.add_all(&self.texts);
        let mut events = Vec::with_capacity(self.events.len());
        for (number, payload) in self.events.iter().enumerate() {
            if number % ASK_EVERY == 0 && cancelled() {
                break;
            }
            match record_format::read(payload, self.version, &texts) {
                Ok((at, mut event)) => {
                    if self.version == 1 {
                        keep_assessments(base, &mut event.changes);
                    }
                    events.push((at, event));
                }
                Err(why) => {
                    // It is complete but cannot be understood, and what follows builds on it.
                    let lost = format!("edit {} cannot be read ({why})", events.len() + 1);
                    return (events, Some(lost));
                }
            }
        }
        let lost = (self.lost > 0).then(|| format!("{} bytes at the end are damaged", self.lost));
        (events, lost)
    }
}

/// Applies the events again; returns the history.
pub fn replay(notebook: &mut Notebook, events: &[(i64, HistoryEvent)]) -> History {
    let mut history = History::default();
    for (_, event) in events {
        history.do_again(notebook, event.clone());
    }
    history
}

/// The notebook that a journal is based on.
struct Start {
    notebook: Notebook,
    desk: ViewState,
    orphans: Orphans,
    file: Option<(PathBuf, Stamp)>,
    version: u32,
}

fn base(
    folder: &Folder,
    journal: &Path,
    read: &journal::Read,
    file_state: FileState,
    cancelled: &dyn Fn() -> bool,
) -> Result<Start, RecoverError> {
    let (path, wanted) = match (&read.about.base, &read.about.notebook) {
        (Base::File { sha256, .. }, Some(path)) => (path, sha256),
        _ => {
            let source = read.source.as_deref().ok_or(JournalError::NotAJournal)?;
            let (notebook, desk, orphans) = storage::parse(source)?;
            return Ok(Start { notebook, desk, orphans, file: None, version: storage::VERSION });
        }
    };
    let load = |path: &Path| storage::load(path, cancelled, &|_| {});
    if file_state == FileState::Same {
        let loaded = load(path)?;
        let file = Some((path.clone(), loaded.stamp));
        let version = loaded.version;
        let (notebook, desk, orphans) = (loaded.notebook, loaded.desk, loaded.orphans);
        return Ok(Start { notebook, desk, orphans, file, version });
    }
    let copies = [Some(journal.with_extension(COPY)), backups::with_content(folder, path, wanted)];
    for copy in copies.into_iter().flatten() {
        if let Ok(loaded) = load(&copy)
            && hex(&loaded.stamp.sha256()) == *wanted
        {
            let (notebook, desk, orphans) = (loaded.notebook, loaded.desk, loaded.orphans);
            return Ok(Start { notebook, desk, orphans, file: None, version: storage::VERSION });
        }
    }
    Err(RecoverError::NoBase(path.clone()))
}
