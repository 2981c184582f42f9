//! The program: one notebook at most, the jobs, the question that is open, and what the window is asked to do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::files::Opened;
use super::keeping::Safety;
use super::question::After;
use super::saving::SaveDone;
use super::{
    Book, Comparison, Effect, Faces, Intent, Level, Notice, Prefs, PrefsFile, Question, Selection,
    Tool, Ways,
};
use crate::edit::History;
use crate::job::{Jobs, Outcome, Running, Waker};
use crate::notebook::{ArticleId, Desk, Notebook};
use crate::recovery::{Found, Recovered};

/// What a job brings back.
#[derive(Debug)]
pub enum JobResult {
    /// A file was read, or could not be.
    Opened(Box<Opened>),
    /// An article's file was read in another encoding, or could not be.
    Reread(ArticleId, Box<Result<crate::article::Read, String>>),
    /// The notebook was saved, or could not be.
    Saved(Box<SaveDone>),
    /// Hits of a search.
    Found(super::find::Found),
    /// Places that are not tagged yet.
    Rest(Box<super::rest::RestFound>),
    /// What could be tagged in an article.
    Suggested(Box<super::suggesting::SuggestionsFound>),
    /// Work that a Casebook left unsaved, and journals that another version wrote.
    Work(Vec<Found>, Vec<String>),
    /// Unsaved work was taken up again, or could not be.
    Recovered(Box<Result<Recovered, String>>),
    /// Two notebooks were compared, or could not be.
    Compared(Box<Result<Comparison, String>>),
    /// A look at the file of the notebook with this number.
    Looked(u64, super::watching::Looked),
    /// What the backups hold.
    Backups(super::BackupsRead),
    /// Backups were deleted, all of them or one notebook's, or could not be.
    Purged(bool, Result<(), String>),
    /// A backup was put beside the notebook, or could not be.
    Restored(Result<std::path::PathBuf, String>),
    /// New places on the canvas, or how far they are.
    Arranged(super::arrange::Arranged),
    /// What of the canvas is shown, or what its entities weigh.
    Seen(super::ways::Seen),
    /// This version of the settings was kept, or could not be.
    PrefsKept(u64, Result<(), String>),
}

/// The whole program without a pixel.
#[derive(Debug)]
pub struct Program {
    pub(super) book: Option<Book>,
    pub(super) jobs: Jobs<JobResult>,
    pub(super) question: Option<Question>,
    pub(super) effects: Vec<Effect>,
    pub(super) notices: Vec<Notice>,
    pub(super) prefs: Prefs,
    pub(super) prefs_file: PrefsFile,
    /// How often settings were changed, and the job that is keeping them.
    pub(super) prefs_changed: u64,
    pub(super) keeping_prefs: Option<u64>,
    pub(super) faces: Faces,
    /// The panel of the text's settings is open.
    pub(super) text_panel: bool,
    pub(super) desktop_dark: Option<bool>,
    /// What to do when the save under way has succeeded.
    pub(super) after_save: Option<After>,
    /// The field whose typing made the last step: more typing there joins it.
    pub(super) typing: Option<u64>,
    pub(super) serial: u64,
    pub(super) word_lists: super::suggesting::WordLists,
    pub(super) safety: Safety,
}

impl Program {
    /// A program with nothing open. Settings are read from, and kept in, `prefs_file`.
    #[must_use]
    pub fn new(prefs_file: PrefsFile) -> Self {
        let loaded = prefs_file.load();
        let mut program = Self {
            book: None,
            jobs: Jobs::default(),
            question: None,
            effects: Vec::new(),
            notices: Vec::new(),
            prefs: Prefs::default(),
            prefs_file,
            prefs_changed: 0,
            keeping_prefs: None,
            faces: Faces::default(),
            text_panel: false,
            desktop_dark: None,
            after_save: None,
            typing: None,
            serial: 0,
            word_lists: super::suggesting::WordLists::default(),
            safety: Safety::default(),
        };
        match loaded {
            Ok(prefs) => program.prefs = prefs,
            Err(why) => program.notify(Level::Warning, why),
        }
        program
    }

    /// What to call when a job ends.
    pub fn set_waker(&self, waker: Waker) {
        self.jobs.set_waker(waker);
    }

    /// The open notebook.
    #[must_use]
    pub const fn book(&self) -> Option<&Book> {
        self.book.as_ref()
    }

    /// The settings.
    #[must_use]
    pub const fn prefs(&self) -> &Prefs {
        &self.prefs
    }

    /// Whether the desktop wants dark windows, where it said.
    #[must_use]
    pub const fn desktop_is_dark(&self) -> Option<bool> {
        self.desktop_dark
    }

    /// The question or page over everything else.
    #[must_use]
    pub const fn question(&self) -> Option<&Question> {
        self.question.as_ref()
    }

    /// What happened, the last thing last.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The jobs under way.
    #[must_use]
    pub fn jobs(&self) -> &[Running] {
        self.jobs.running()
    }

    /// Takes what the window is asked to do.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Takes in the results of jobs that ended; whether there were any.
    pub fn poll(&mut self) -> bool {
        let ended = self.jobs.poll();
        self.take_results(ended)
    }

    /// Waits until no job is under way, taking in results as [`Self::poll`] does: for tests and scripts. False when it
    /// took longer than `at_most`.
    pub fn settle(&mut self, at_most: Duration) -> bool {
        let until = Instant::now() + at_most;
        while !self.jobs.running().is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let ended = self.jobs.wait(left).into_iter().collect();
            self.take_results(ended);
        }
        true
    }

    fn take_results(&mut self, ended: Vec<(u64, Outcome<JobResult>)>) -> bool {
        let any = !ended.is_empty();
        for (id, outcome) in ended {
            self.job_ended(id, outcome);
        }
        if any {
            self.refresh_ways();
            self.refresh_suggestions();
        }
        self.tell_of_keeping();
        any
    }

    /// Carries out everything the views sent in one frame.
    pub fn dispatch_all(&mut self, intents: impl IntoIterator<Item = Intent>) {
        for intent in intents {
            self.dispatch(intent);
        }
    }

    fn job_ended(&mut self, id: u64, outcome: Outcome<JobResult>) {
        match outcome {
            Outcome::Done(JobResult::Opened(opened)) => self.opened(*opened),
            Outcome::Done(JobResult::Reread(article, read)) => self.reread(article, *read),
            Outcome::Done(JobResult::Saved(done)) => self.saved(*done),
            Outcome::Part(JobResult::Found(found)) => self.found(id, found, false),
            Outcome::Done(JobResult::Found(found)) => self.found(id, found, true),
            Outcome::Done(JobResult::Rest(found)) => self.rest_found(*found),
            Outcome::Done(JobResult::Suggested(found)) => self.suggestions_found(id, *found),
            Outcome::Part(JobResult::Arranged(arranged)) => self.arranged(id, arranged, false),
            Outcome::Done(JobResult::Arranged(arranged)) => self.arranged(id, arranged, true),
            Outcome::Done(JobResult::Seen(seen)) => self.seen(id, seen),
            Outcome::Done(JobResult::Work(work, others)) => self.found_work(work, others),
            Outcome::Done(JobResult::Recovered(recovered)) => self.recovered(*recovered),
            Outcome::Done(JobResult::Compared(compared)) => self.compared(*compared),
            Outcome::Done(JobResult::Looked(id, looked)) => self.looked(id, looked),
            Outcome::Part(JobResult::Backups(read)) => self.backups_read(read, false),
            Outcome::Done(JobResult::Backups(read)) => self.backups_read(read, true),
            Outcome::Done(JobResult::Purged(all, purged)) => self.purged(all, purged),
            Outcome::Done(JobResult::Restored(restored)) => self.restored(restored),
            Outcome::Done(JobResult::PrefsKept(version, kept)) => self.prefs_kept(version, kept),
            Outcome::Part(_) => {}
            Outcome::Panicked(name) => {
                if self.keeping_prefs == Some(id) {
                    self.keeping_prefs = None;
                }
                self.after_save = None;
                self.arranging_failed(id);
                self.notify(
                    Level::Error,
                    format!("“{name}” stopped because of a fault in Casebook. Nothing of the notebook was changed; save it under another name if in doubt."),
                );
            }
        }
    }

    /// Says what happened.
    pub(super) fn notify(&mut self, level: Level, text: impl Into<String>) {
        /// More than these are never on screen together.
        const MOST: usize = 5;
        let text = text.into();
        self.notices.retain(|notice| notice.text != text);
        self.serial += 1;
        self.notices.push(Notice { serial: self.serial, level, text });
        if self.notices.len() > MOST {
            self.notices.remove(0);
        }
    }

    pub(super) fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// Opens an empty notebook unless one is open.
    pub(super) fn book_or_new(&mut self) -> &mut Book {
        self.book.get_or_insert_with(|| Book::with(Notebook::new("")))
    }
}

impl Book {
    /// An open notebook without a file, nothing selected, nothing to undo.
    #[must_use]
    pub fn with(notebook: Notebook) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let history = History::default();
        let desk =
            Desk { article: notebook.articles_in_order().first().copied(), ..Desk::default() };
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            notebook: Arc::new(notebook),
            saved: history.now(),
            history,
            file: None,
            keeper: None,
            read_only: None,
            told_changed: false,
            selection: Selection::none(),
            carets: std::collections::BTreeMap::new(),
            desk,
            goto: None,
            trail: super::places::Trail::default(),
            beside: None,
            second_in_front: false,
            show: None,
            tool: Tool::None,
            ways: Ways::default(),
            arranging: None,
            find: None,
            looked_for: super::FindQuery::default(),
            places: super::PlacesOf::default(),
            suggested: std::collections::BTreeMap::new(),
            recent: Vec::new(),
            words_last: false,
            sources: std::collections::BTreeMap::new(),
        }
    }
}
