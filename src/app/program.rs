//! The program: one notebook at most, the jobs, the question that is open, and what the window is asked to do.

use std::time::{Duration, Instant};

use super::charting::{Arranged, Seen};
use super::reading::{Found as FoundHits, SuggestionsFound, WordLists};
use super::session::{Looked, Opened, SaveDone, Session};
use super::settings::Settings;
use super::tagging::RestFound;
use super::{BackupsRead, Book, Comparison, Effect, Intent, Level, Notice, PrefsFile, Question};
use crate::job::{Jobs, Outcome, Running, Waker};
use crate::notebook::{ArticleId, Notebook};
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
    Found(FoundHits),
    /// Places that are not tagged yet.
    Rest(Box<RestFound>),
    /// What could be tagged in an article.
    Suggested(Box<SuggestionsFound>),
    /// Work that a Casebook left unsaved, and journals that another version wrote.
    Work(Vec<Found>, Vec<String>),
    /// Unsaved work was taken up again, or could not be.
    Recovered(Box<Result<Recovered, String>>),
    /// Two notebooks were compared, or could not be.
    Compared(Box<Result<Comparison, String>>),
    /// A look at the file of the notebook with this number.
    Looked(u64, Looked),
    /// What the backups hold.
    Backups(BackupsRead),
    /// Backups were deleted, all of them or one notebook's, or could not be.
    Purged(bool, Result<(), String>),
    /// A backup was put beside the notebook, or could not be.
    Restored(Result<std::path::PathBuf, String>),
    /// New places on the canvas, or how far they are.
    Arranged(Arranged),
    /// What of the canvas is shown, or what its entities weigh.
    Seen(Seen),
    /// This version of the settings was kept, or could not be.
    PrefsKept(u64, Result<(), String>),
}

/// The whole program without a pixel.
#[derive(Debug)]
pub struct Program {
    pub(super) book: Option<Book>,
    pub(super) session: Session,
    pub(super) settings: Settings,
    pub(super) jobs: Jobs<JobResult>,
    pub(super) question: Option<Question>,
    pub(super) effects: Vec<Effect>,
    notices: Vec<Notice>,
    serial: u64,
    pub(super) word_lists: WordLists,
}

impl Program {
    /// A program with nothing open. Settings are read from, and kept in, `prefs_file`.
    #[must_use]
    pub fn new(prefs_file: PrefsFile) -> Self {
        let (settings, fault) = Settings::load(prefs_file);
        let mut program = Self {
            book: None,
            session: Session::default(),
            settings,
            jobs: Jobs::default(),
            question: None,
            effects: Vec::new(),
            notices: Vec::new(),
            serial: 0,
            word_lists: WordLists::default(),
        };
        if let Some(why) = fault {
            program.notify(Level::Warning, why);
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
                self.prefs_not_kept(id);
                self.save_failed(id);
                self.arranging_failed(id);
                self.exploring_failed(id);
                self.find_failed(id);
                self.suggesting_failed(id);
                self.notify(
                    Level::Error,
                    format!("“{name}” stopped because of a fault in Casebook. Nothing of the notebook was changed; save it under another name if in doubt."),
                );
            }
        }
    }

    /// Takes a notice away.
    pub(super) fn dismiss_notice(&mut self, serial: u64) {
        self.notices.retain(|notice| notice.serial != serial);
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
