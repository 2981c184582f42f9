//! The notebook's file while it is open: changed by something else, or held by another Casebook.

use std::path::PathBuf;

use super::files::Opened;
use super::notice::sentence;
use super::program::JobResult;
use super::{Book, Comparison, Level, Program, Question, Then};
use crate::inquiry::told;
use crate::storage::{self, Holder, Lock, LockError, Stamp};

/// What a look at the file showed.
#[derive(Debug)]
pub enum Looked {
    /// It is no longer what it was when this was its stamp.
    Changed(Stamp),
    /// It is as it was, or cannot be looked at: saving will tell.
    Same,
    /// The lock was to be had; with what the file is now.
    TakenOver(Lock, bool),
    /// It is held still.
    StillHeld(String),
}

/// Who holds a notebook, for people: “process 4711 on this machine, since …”.
pub(super) fn held_by(holder: Option<&Holder>) -> String {
    match holder {
        None => "It is open in another Casebook, so that it can only be read here".to_owned(),
        Some(Holder { pid, host, since }) => {
            let time = since.parse::<jiff::Timestamp>();
            let since = time.map_or_else(|_| since.clone(), |at| super::time_of(at.as_second()));
            format!(
                "It is open in another Casebook (process {pid} on {host}, since {since}), so that it can only be read here"
            )
        }
    }
}

impl Program {
    /// The window got the focus back: something else may have written the file meanwhile.
    pub(super) fn look_at_file(&mut self) {
        let Some(book) = &self.book else { return };
        let Some(file) = book.file.as_ref().filter(|_| !book.told_changed) else { return };
        if self.jobs.running().iter().any(|job| job.name == LOOKING || job.name == "Saving") {
            return;
        }
        let (id, path, stamp) = (book.id, file.path.clone(), file.stamp.clone());
        self.jobs.start(LOOKING, move |_| {
            let same = stamp.looks_current(&path).unwrap_or(true)
                || stamp.is_current(&path).unwrap_or(true);
            JobResult::Looked(id, if same { Looked::Same } else { Looked::Changed(stamp) })
        });
    }

    pub(super) fn looked(&mut self, id: u64, looked: Looked) {
        let Some(book) = self.book.as_mut().filter(|book| book.id == id) else { return };
        match looked {
            Looked::Same => {}
            Looked::Changed(stamp) => {
                // Saved meanwhile: then it was this Casebook that wrote it.
                let current = book.file.as_ref().is_some_and(|file| file.stamp == stamp);
                if current && self.question.is_none() {
                    book.told_changed = true;
                    self.question = book.path().cloned().map(Question::ChangedOnDisk);
                }
            }
            Looked::TakenOver(lock, same) => {
                if let Some(file) = &mut book.file {
                    file.lock = Some(lock);
                    book.read_only = None;
                }
                if same {
                    self.notify(Level::Info, "The notebook can be changed here now.");
                } else {
                    self.reload();
                }
            }
            Looked::StillHeld(why) => self.notify(Level::Warning, sentence(&why)),
        }
    }

    /// Tries to get the lock that another Casebook held.
    pub(super) fn take_over(&mut self) {
        let Some(book) = self.book.as_ref().filter(|book| book.read_only.is_some()) else { return };
        let Some(file) = &book.file else { return };
        let (id, path, stamp) = (book.id, file.path.clone(), file.stamp.clone());
        self.jobs.start("Taking the notebook over", move |_| {
            let looked = match Lock::acquire(&path) {
                Ok(lock) => Looked::TakenOver(lock, stamp.is_current(&path).unwrap_or(true)),
                Err(LockError::Held { holder, .. }) => Looked::StillHeld(format!(
                    "{}. Close it there first: then it can be taken over",
                    held_by(holder.as_ref())
                )),
                Err(error) => Looked::StillHeld(error.to_string()),
            };
            JobResult::Looked(id, looked)
        });
    }

    /// Reads the file again, instead of what is open.
    pub(super) fn reload(&mut self) {
        let Some(path) = self.book.as_ref().and_then(Book::path).cloned() else { return };
        self.jobs.start("Reading the notebook again", move |handle| {
            let loaded = storage::load(&path, &|| handle.is_cancelled(), &|done| {
                handle.set_progress(done);
            });
            JobResult::Opened(Box::new(match loaded {
                Ok(loaded) => Opened::Reloaded(path, Box::new(loaded)),
                Err(_) if handle.is_cancelled() => Opened::Stopped,
                Err(error) => Opened::Failed(error.to_string()),
            }))
        });
    }

    /// Compares the file as it is now with what is open.
    pub(super) fn compare_file(&mut self, path: PathBuf) {
        let Some(book) = &self.book else { return };
        let (now, name) = (book.snapshot(), book.name());
        self.jobs.start("Comparing", move |handle| {
            let compare = || -> Result<Comparison, String> {
                let loaded = storage::load(&path, &|| handle.is_cancelled(), &|_| {})
                    .map_err(|error| error.to_string())?;
                Ok(Comparison {
                    title: format!("“{name}”, here and on disk"),
                    from: "the file as it is now".to_owned(),
                    to: "the notebook as it is open here".to_owned(),
                    difference: told(&loaded.notebook, &now),
                    then: Then::File(path.clone()),
                })
            };
            JobResult::Compared(Box::new(compare()))
        });
    }
}

const LOOKING: &str = "Looking at the file";
