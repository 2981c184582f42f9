//! Keeping unsaved work: every change is recorded in the recovery journal, until a save contains it.

use std::sync::Arc;
use std::thread::JoinHandle;

use crate::app::{Level, PrefsFile, Program};
use crate::edit::{HistoryEvent, How};
use crate::recovery::{Beginning, Folder, HeldFile, Recorder, UnsavedWork};

/// What the program knows about unsaved work, and where it is kept.
#[derive(Debug, Default)]
pub(in crate::app) struct Safety {
    pub(super) folder: Folder,
    /// Journals left by a Casebook that crashed.
    pub(super) work: Vec<UnsavedWork>,
    /// Recorders that are removing their journals: waited for before the program ends.
    ending: Vec<JoinHandle<()>>,
    /// The last message to the user about why nothing is being kept.
    told: Option<String>,
}

impl Drop for Safety {
    fn drop(&mut self) {
        for thread in self.ending.drain(..) {
            let _ = thread.join();
        }
    }
}

/// The current time: seconds since 1970, UTC.
pub(in crate::app) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

impl Program {
    /// A program that keeps unsaved work and backups in this folder, and looks there for work that an earlier Casebook
    /// left. Settings are as in [`Self::new`].
    #[must_use]
    pub fn with_folder(prefs_file: PrefsFile, folder: Folder) -> Self {
        let mut program = Self::new(prefs_file);
        program.session.safety.folder = folder;
        program.sweep_prints();
        program.sweep_opened();
        program.look_for_work();
        program
    }

    /// A program with the user's settings, unsaved work and backups.
    #[must_use]
    pub fn of_user() -> Self {
        Self::with_folder(PrefsFile::of_user(), Folder::of_user())
    }

    /// Tells the program where in its sources the previous Casebook crashed.
    pub fn report_crash(&mut self, place: String) {
        self.ask(crate::app::questions::Crashed(place));
    }

    /// The data folder, with unsaved work and backups.
    #[must_use]
    pub const fn folder(&self) -> &Folder {
        &self.session.safety.folder
    }

    /// Waits until every change is on the disk: for tests. False if that takes longer than `at_most`.
    #[must_use]
    pub fn flush_journal(&self, at_most: std::time::Duration) -> bool {
        let recorder = self.book.as_ref().and_then(|book| book.document.recorder.as_ref());
        recorder.is_none_or(|recorder| recorder.flush(at_most))
    }

    /// Starts recording, before the first change. Nothing is written yet.
    pub(in crate::app) fn start_keeping(&mut self) {
        if self.session.safety.folder.path().is_none() {
            return;
        }
        let folder = self.session.safety.folder.clone();
        let Some(book) = self.book.as_mut().filter(|book| book.document.recorder.is_none()) else {
            return;
        };
        let beginning = match &book.document.file {
            // If something else wrote into the file, it is not what the edits apply to.
            Some(file)
                if !book.is_modified() && file.held.as_ref().is_none_or(HeldFile::is_unchanged) =>
            {
                Beginning::File {
                    path: file.path.clone(),
                    stamp: file.stamp.clone(),
                    texts: book.document.notebook.texts(),
                    held: file.held.clone(),
                }
            }
            file => Beginning::Inside {
                of: file.as_ref().map(|file| file.path.clone()),
                notebook: Arc::clone(&book.document.notebook),
                desk: book.desk(),
            },
        };
        book.document.recorder = Some(Recorder::new(&folder, book.name(), beginning));
    }

    /// Records what was just done.
    pub(in crate::app) fn done(&mut self, event: HistoryEvent) {
        if let Some(recorder) = self.book.as_mut().and_then(|book| book.document.recorder.as_mut())
            && !(event.changes.is_empty() && matches!(event.how, How::Step | How::Join))
        {
            recorder.keep(now(), event);
        }
    }

    /// Ends the open notebook's journal: its work is saved, or not wanted.
    pub(in crate::app) fn stop_keeping(&mut self) {
        let ended = self
            .book
            .as_mut()
            .and_then(|book| book.document.recorder.take())
            .map(Recorder::discard);
        self.session.safety.ending.retain(|thread| !thread.is_finished());
        self.session.safety.ending.extend(ended.flatten());
    }

    /// Tells the user once when unsaved work cannot be kept, and once when it can again.
    pub(in crate::app) fn report_recording(&mut self) {
        let Some(recorder) = self.book.as_ref().and_then(|book| book.document.recorder.as_ref())
        else {
            return;
        };
        let problem = recorder.problem().map(|problem| problem.0);
        if problem == self.session.safety.told {
            return;
        }
        match &problem {
            Some(why) => self.notify(
                Level::Warning,
                format!("Unsaved work could be lost in a crash: the recovery journal is incomplete ({why}). Save often; Casebook keeps trying."),
            ),
            None => self.notify(Level::Info, "The recovery journal is complete again."),
        }
        self.session.safety.told = problem;
    }
}
