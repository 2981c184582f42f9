//! Recovering unsaved work of a Casebook that crashed: finding, comparing, recovering or discarding it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::loaded::{LoadedNotebook, Opened, RecoveredWork};
use super::questions::{AfterComparison, Comparison, DiscardWork, NextStep, OfferWork, Unreadable};
use crate::app::notice::sentence;
use crate::app::{Level, Program};
use crate::inquiry::summarise;
use crate::job::Job;
use crate::recovery::{self, Beginning, FileState, Recorder, Recovered, UnsavedWork};
use crate::storage;

impl Program {
    /// Looks, in a job, for journals that no running Casebook writes.
    pub(in crate::app) fn look_for_work(&mut self) {
        let folder = self.session.safety.folder.clone();
        let spool = self.spool();
        if folder.path().is_some() {
            self.jobs.start(
                Job::load("Looking for unsaved work"),
                move |_| {
                    let found = recovery::found(&folder);
                    if let Some(spool) = spool {
                        spool.sweep();
                    }
                    found
                },
                |program, (work, others)| program.found_work(work, others),
            );
        }
    }

    pub(in crate::app) fn found_work(&mut self, work: Vec<UnsavedWork>, others: Vec<String>) {
        self.session.safety.work = work;
        self.report_unreadable_work(others);
    }

    /// Tells the user about unsaved work that cannot be offered.
    pub(in crate::app) fn report_unreadable_work(&mut self, others: Vec<String>) {
        for other in others {
            self.notify(
                Level::Warning,
                sentence(&format!("some unsaved work was left untouched: {other}")),
            );
        }
    }

    /// Unsaved work from a Casebook that crashed, the latest first.
    #[must_use]
    pub fn unsaved_work(&self) -> &[UnsavedWork] {
        &self.session.safety.work
    }

    fn work(&self, journal: &Path) -> Option<&UnsavedWork> {
        self.session.safety.work.iter().find(|found| found.journal == journal)
    }

    /// Recovers unsaved work.
    pub(in crate::app) fn recover(&mut self, journal: PathBuf) {
        self.close_question();
        let folder = self.session.safety.folder.clone();
        self.jobs.start(
            Job::load("Recovering"),
            move |handle| {
                recovery::recover_unless(&folder, &journal, &|| handle.is_cancelled())
                    .map_err(|why| why.to_string())
            },
            Self::recovered,
        );
    }

    pub(in crate::app) fn recovered(&mut self, recovered: Result<Recovered, String>) {
        match recovered {
            Ok(recovered) => {
                let Recovered { notebook, desk, orphans, file, held, .. } = recovered;
                let work = RecoveredWork {
                    history: recovered.history,
                    events: recovered.events,
                    before: recovered.before,
                    file_state: recovered.file_state,
                    lost: recovered.lost,
                    claim: recovered.claim,
                };
                let shown = LoadedNotebook {
                    file,
                    held,
                    version: recovered.version,
                    work: Some(Box::new(work)),
                    ..LoadedNotebook::without_file(notebook, desk, orphans)
                };
                self.leave(NextStep::Show(Box::new(shown)));
            }
            Err(why) => self.notify(
                Level::Error,
                sentence(&format!("the unsaved work could not be recovered: {why}")),
            ),
        }
    }

    /// Asks before unsaved work is discarded.
    pub(in crate::app) fn ask_discard_work(&mut self, journal: &Path) {
        if let Some(work) = self.work(journal).cloned() {
            self.ask(DiscardWork(work));
        }
    }

    pub(in crate::app) fn discard_work(&mut self, journal: &Path) {
        self.close_question();
        self.session.safety.work.retain(|found| found.journal != journal);
        if let Err(why) = recovery::discard_free(journal) {
            self.notify(
                Level::Error,
                format!("The unsaved work was not deleted ({why}): it is {}.", journal.display()),
            );
        }
    }

    /// Compares unsaved work with the notebook's file as it is now, or with its base.
    pub(in crate::app) fn compare_work(&mut self, journal: &Path) {
        let Some(found) = self.work(journal).cloned() else { return };
        let folder = self.session.safety.folder.clone();
        self.compare(move |stop| {
            let recovered = recovery::recover_unless(&folder, &found.journal, stop)
                .map_err(|why| format!("the unsaved work could not be read: {why}"))?;
            let file = match (&found.about.notebook, recovered.file_state) {
                (Some(path), FileState::Changed) => {
                    Some(storage::load(path, stop, &|_| {}).map_err(|e| e.to_string())?)
                }
                _ => None,
            };
            let old = file.as_ref().map_or(&recovered.before, |loaded| &loaded.notebook);
            let Some(difference) = summarise(old, &recovered.notebook, stop) else {
                return Ok(None);
            };
            Ok(Some(Comparison {
                title: format!("Unsaved work in “{}”", found.about.name),
                from: match recovered.file_state {
                    FileState::NeverSaved => "the new notebook".to_owned(),
                    FileState::Gone => "the last known file".to_owned(),
                    FileState::Same | FileState::Changed => "the file".to_owned(),
                },
                to: format!("the unsaved work of {}", crate::app::time_of(found.last)),
                difference,
                then: AfterComparison::Work(found.journal.clone()),
            }))
        });
    }

    /// Asks what to do about a notebook that cannot be read.
    pub(in crate::app) fn corrupt(&mut self, opened: Opened) {
        if let Opened::Corrupt { path, why, backups, work, others } = opened {
            self.report_unreadable_work(others);
            for found in &work {
                if self.work(&found.journal).is_none() {
                    self.session.safety.work.push(found.clone());
                }
            }
            self.ask(Unreadable { path, why, backups, work });
        }
    }

    /// Continues from recovered work: its steps can be undone, and a new journal holds them.
    pub(in crate::app) fn restore_work(&mut self, work: RecoveredWork) {
        let folder = self.session.safety.folder.clone();
        let edits = work.history.len();
        self.report_recovered(&work, edits);
        self.session.safety.work.retain(|found| found.journal != work.claim.journal());
        let Some(book) = &mut self.book else { return };
        let beginning = match &book.document.file {
            Some(file) => Beginning::File {
                path: file.path.clone(),
                stamp: file.stamp.clone(),
                texts: work.before.texts(),
                held: file.held.clone(),
            },
            None => {
                Beginning::Inside { of: None, notebook: Arc::new(work.before), desk: book.desk() }
            }
        };
        book.document.history = work.history;
        let mut recorder = Recorder::new(&folder, book.name(), beginning);
        recorder.continue_from(work.events, work.claim);
        book.document.recorder = Some(recorder);
    }

    /// Asks what to do with unsaved work on the notebook that was just opened.
    pub(in crate::app) fn offer_work(&mut self) {
        let Some(path) = self.book.as_ref().and_then(crate::app::OpenNotebook::path) else {
            return;
        };
        let real = path.canonicalize().ok();
        let here =
            |found: &&UnsavedWork| {
                found.about.notebook.as_ref().is_some_and(|of| {
                    of == path || (real.is_some() && of.canonicalize().ok() == real)
                })
            };
        if let Some(found) = self.session.safety.work.iter().find(here).cloned() {
            self.ask(OfferWork(found));
        }
    }

    /// Tells the user what was recovered and what to do now.
    pub(in crate::app) fn report_recovered(&mut self, work: &RecoveredWork, edits: usize) {
        let mut text = if edits == 1 {
            "Recovered 1 edit. You can undo it; ".to_owned()
        } else {
            format!("Recovered {edits} edits. You can undo them one by one; ")
        };
        text.push_str(match work.file_state {
            FileState::Same | FileState::NeverSaved => "save the notebook to keep what was recovered.",
            FileState::Changed => "the notebook’s file has changed since, so this is a separate notebook. Save it under another name, then compare the two.",
            FileState::Gone => "the notebook’s file was not found. Save the notebook where you want it.",
        });
        if let Some(lost) = &work.lost {
            text.push_str(&format!(" Some could not be read: {lost}."));
        }
        let level = if work.lost.is_some() { Level::Warning } else { Level::Info };
        self.notify(level, text);
    }
}

/// A description of unsaved work for the user: when, how much, and the state of the file.
#[must_use]
pub fn describe_work(found: &UnsavedWork) -> String {
    let edits =
        if found.edits == 1 { "1 edit".to_owned() } else { format!("{} edits", found.edits) };
    let time = crate::app::time_of(found.last);
    let told = match found.file_state {
        FileState::Same => format!("Unsaved work from {time}, {edits} newer than the file"),
        FileState::NeverSaved => {
            format!("Unsaved work from {time}, {edits}, never saved to a file")
        }
        FileState::Changed => {
            format!("Unsaved work from {time}, {edits}; the file has changed since")
        }
        FileState::Gone => {
            format!("Unsaved work from {time}, {edits}; file not found")
        }
    };
    if found.lost == 0 {
        return told;
    }
    format!(
        "{told}; {} at the end are damaged and cannot be read",
        crate::app::bytes_text(found.lost)
    )
}
