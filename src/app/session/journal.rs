//! Unsaved work is kept: what is done goes into the recovery journal, and what a save holds leaves it.

use std::sync::Arc;
use std::thread::JoinHandle;

use crate::app::{Level, PrefsFile, Program};
use crate::edit::{HistoryEvent, How};
use crate::recovery::{Beginning, Folder, HeldFile, Recorder, UnsavedWork};

/// What the program knows about work that is not saved, and where it is kept.
#[derive(Debug, Default)]
pub(in crate::app) struct Safety {
    pub(super) folder: Folder,
    /// Journals that a Casebook left behind which did not end cleanly.
    pub(super) work: Vec<UnsavedWork>,
    /// Recorders that are removing their journals: waited for before the program ends.
    ending: Vec<JoinHandle<()>>,
    /// Why nothing is being kept, as the user was told it last.
    told: Option<String>,
}

impl Drop for Safety {
    fn drop(&mut self) {
        for thread in self.ending.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Seconds since 1970, UTC.
pub(in crate::app) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

impl Program {
    /// A program that keeps unsaved work and backups in this folder, and looks there for work that a Casebook
    /// before it left. Settings as in [`Self::new`].
    #[must_use]
    pub fn with_folder(prefs_file: PrefsFile, folder: Folder) -> Self {
        let mut program = Self::new(prefs_file);
        program.session.safety.folder = folder;
        program.look_for_work();
        program
    }

    /// The user's own: with their settings, their unsaved work and their backups.
    #[must_use]
    pub fn of_user() -> Self {
        Self::with_folder(PrefsFile::of_user(), Folder::of_user())
    }

    /// Where in its sources the Casebook before this one crashed.
    pub fn fell_over(&mut self, place: String) {
        self.ask(crate::app::questions::Crashed(place));
    }

    /// Where unsaved work and backups are kept.
    #[must_use]
    pub const fn folder(&self) -> &Folder {
        &self.session.safety.folder
    }

    /// Waits until what was done is on the disk: for tests. False when it is not after `at_most`.
    #[must_use]
    pub fn flush_journal(&self, at_most: std::time::Duration) -> bool {
        let recorder = self.book.as_ref().and_then(|book| book.document.recorder.as_ref());
        recorder.is_none_or(|recorder| recorder.flush(at_most))
    }

    /// Sees to it that what is about to be done will be kept. Nothing is written yet.
    pub(in crate::app) fn start_keeping(&mut self) {
        if self.session.safety.folder.path().is_none() {
            return;
        }
        let folder = self.session.safety.folder.clone();
        let Some(book) = self.book.as_mut().filter(|book| book.document.recorder.is_none()) else {
            return;
        };
        let beginning = match &book.document.file {
            // What something else wrote into is not what the edits are made to.
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

    /// Keeps what was just done.
    pub(in crate::app) fn done(&mut self, event: HistoryEvent) {
        if let Some(recorder) = self.book.as_mut().and_then(|book| book.document.recorder.as_mut())
            && !(event.changes.is_empty() && matches!(event.how, How::Step | How::Join))
        {
            recorder.keep(now(), event);
        }
    }

    /// Lets go of the open notebook's journal: its work is saved, or is not wanted.
    pub(in crate::app) fn stop_keeping(&mut self) {
        let ended = self
            .book
            .as_mut()
            .and_then(|book| book.document.recorder.take())
            .map(Recorder::discard);
        self.session.safety.ending.retain(|thread| !thread.is_finished());
        self.session.safety.ending.extend(ended.flatten());
    }

    /// Tells once when unsaved work cannot be kept, and once when it can again.
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
