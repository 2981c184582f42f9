//! The notebook's file while it is open: changed by something else, or held by another Casebook.

use std::path::PathBuf;

use super::loaded::Opened;
use super::questions::{AfterComparison, ChangedOnDisk};
use crate::app::notice::sentence;
use crate::app::{Level, OpenNotebook, Program};
use crate::job::{Handle, Job};
use crate::recovery::HeldFile;
use crate::storage::{self, Holder, Lock, LockError, Stamp};

/// The result of checking the file.
#[derive(Debug)]
pub enum Looked {
    /// It has changed since it had this stamp.
    Changed(Stamp),
    /// It has not changed, or cannot be checked: saving will tell.
    Same,
    /// The lock was acquired, and whether the file is unchanged.
    TakenOver(Lock, bool),
    /// It is still locked by another Casebook.
    StillHeld(String),
}

/// The holder of a notebook in words: “process 4711 on this machine, since …”.
pub(in crate::app) fn held_by(holder: Option<&Holder>) -> String {
    match holder {
        None => "It is open in another Casebook window".to_owned(),
        Some(holder @ Holder { pid, host, since, .. }) => {
            let time = since.parse::<jiff::Timestamp>();
            let since =
                time.map_or_else(|_| since.clone(), |at| crate::app::time_of(at.as_second()));
            format!(
                "It is open in another Casebook window (process {pid} on {host}, since {since}){}",
                holder.if_not()
            )
        }
    }
}

impl Program {
    /// Checks, when the window gets the focus, whether something else has changed the file.
    pub(in crate::app) fn check_file(&mut self) {
        let Some(book) = &self.book else { return };
        let Some(file) = book.document.file.as_ref().filter(|_| !book.document.told_changed) else {
            return;
        };
        if self.session.looking.is_some() || self.session.saving.is_some() {
            return;
        }
        let (id, path, stamp) = (book.document.id, file.path.clone(), file.stamp.clone());
        let job = self.jobs.start(
            Job::load("Checking the file"),
            move |handle| {
                // A look that was stopped tells nothing; the next one will.
                let current = || stamp.is_current_unless(&path, &|| handle.is_cancelled());
                let same = stamp.looks_current(&path).unwrap_or(true)
                    || current().map_or(true, |current| current.unwrap_or(true));
                (id, if same { Looked::Same } else { Looked::Changed(stamp) })
            },
            |program, (id, looked)| {
                program.session.looking = None;
                program.looked(id, looked);
            },
        );
        self.jobs.on_failure(job, |program, _| program.session.looking = None);
        self.session.looking = Some(job);
    }

    pub(in crate::app) fn looked(&mut self, id: u64, looked: Looked) {
        let asked = self.question().is_some();
        let Some(book) = self.book.as_mut().filter(|book| book.document.id == id) else { return };
        match looked {
            Looked::Same => {}
            Looked::Changed(stamp) => {
                // If it was saved meanwhile, this Casebook wrote it.
                let current = book.document.file.as_ref().is_some_and(|file| file.stamp == stamp);
                if current && !asked {
                    book.document.told_changed = true;
                    let path = book.path().cloned();
                    if let Some(path) = path {
                        self.ask(ChangedOnDisk(path));
                    }
                }
            }
            Looked::TakenOver(lock, same) => {
                if let Some(file) = &mut book.document.file {
                    file.lock = Some(lock);
                    book.document.read_only = None;
                }
                if same {
                    self.notify(Level::Info, "You can now edit this notebook here.");
                } else {
                    self.reload();
                }
            }
            Looked::StillHeld(why) => self.notify(Level::Warning, sentence(&why)),
        }
    }

    /// Tries to acquire the lock that another Casebook held, to edit here.
    pub(in crate::app) fn take_over_editing(&mut self) {
        let Some(book) = self.book.as_ref().filter(|book| book.document.read_only.is_some()) else {
            return;
        };
        let Some(file) = &book.document.file else { return };
        let (id, path, stamp) = (book.document.id, file.path.clone(), file.stamp.clone());
        let take = move |handle: &Handle| {
            let current = || stamp.is_current_unless(&path, &|| handle.is_cancelled());
            let looked = match Lock::acquire(&path) {
                Ok(lock) => match current() {
                    // Stopped: the lock is let go of again.
                    Ok(None) => Looked::Same,
                    Ok(Some(same)) => Looked::TakenOver(lock, same),
                    Err(_) => Looked::TakenOver(lock, true),
                },
                Err(LockError::Held { holder, .. }) => Looked::StillHeld(format!(
                    "{}. Close it there first, then take over editing",
                    held_by(holder.as_ref())
                )),
                Err(error) => Looked::StillHeld(error.to_string()),
            };
            (id, looked)
        };
        self.jobs.start(Job::load("Taking over editing"), take, |program, (id, looked)| {
            program.looked(id, looked);
        });
    }

    /// Reads the file again, instead of what is open.
    pub(in crate::app) fn reload(&mut self) {
        let Some(path) = self.book.as_ref().and_then(OpenNotebook::path).cloned() else { return };
        let read = move |handle: &Handle| {
            let loaded = storage::load(&path, &|| handle.is_cancelled(), &|done| {
                handle.set_progress(done);
            });
            match loaded {
                Ok(loaded) => {
                    let held = HeldFile::open(&path, &loaded.stamp);
                    Opened::Reloaded(path, Box::new(loaded), held)
                }
                Err(_) if handle.is_cancelled() => Opened::Stopped,
                Err(error) => Opened::Failed(error.to_string()),
            }
        };
        self.jobs.start(Job::load("Reloading the notebook"), read, Self::opened);
    }

    /// Compares the file as it is now with what is open.
    pub(in crate::app) fn compare_file(&mut self, path: PathBuf) {
        self.compare_file_with_now(
            path,
            |name| format!("“{name}”: on disk and here"),
            ["the file on disk", "the open notebook"],
            AfterComparison::File,
        );
    }
}
