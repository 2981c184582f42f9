//! Writing the journal, on a thread of its own.
//!
//! An event is written as soon as the thread gets to it, which is enough if Casebook is killed, and forced to the disk
//! within [`TOGETHER`], together with those that came meanwhile, in case the machine crashes. A journal is begun by the
//! first event: without edits there is none.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::Claim;
use super::base::{self, BaseCopy};
use super::folder::{self, JOURNAL};
use super::journal::{About, Base, Kind, Writing};
use super::message::{Beginning, Message, RecordingProblem};
use super::record_format::{Texts, hex};
use crate::edit::HistoryEvent;
use crate::storage::render;

/// The longest time until an event is forced to the disk, not counting the disk's own time.
pub const TOGETHER: Duration = Duration::from_millis(700);
/// How often the progress of a copy of the base is checked.
const LOOK: Duration = Duration::from_millis(50);
/// The wait before a journal that failed is begun again: at first, and at most.
const AGAIN: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(300));

/// A journal that is being written.
struct Open {
    writing: Writing<File>,
    path: PathBuf,
    texts: Texts,
    /// Whether its base is secured, beside it or in it.
    secured: bool,
    copy: Option<BaseCopy>,
}

/// The writer of the journal of one open notebook.
pub(super) struct Writer {
    place: PathBuf,
    name: String,
    beginning: Beginning,
    /// What was done since the base.
    events: Vec<(i64, HistoryEvent)>,
    /// How many events came before those: they are in the base.
    before: usize,
    open: Option<Open>,
    held: Vec<Claim>,
    /// When the first event arrived that is not forced to the disk yet.
    dirty: Option<Instant>,
    last: Instant,
    /// After a failure: when the journal is begun again, and the next wait.
    again: Option<(Instant, Duration)>,
    problem: Arc<Mutex<Option<RecordingProblem>>>,
    /// How many of all events are on the disk.
    kept: Arc<AtomicUsize>,
}

impl Writer {
    pub(super) fn new(
        place: PathBuf,
        name: String,
        beginning: Beginning,
        (problem, kept): (Arc<Mutex<Option<RecordingProblem>>>, Arc<AtomicUsize>),
    ) -> Self {
        Self {
            place,
            name,
            beginning,
            events: Vec::new(),
            before: 0,
            open: None,
            held: Vec::new(),
            dirty: None,
            last: Instant::now(),
            again: None,
            problem,
            kept,
        }
    }

    /// Handles messages until the end.
    pub(super) fn run(mut self, receiver: &Receiver<Message>) {
        loop {
            let message = match self.next_deadline() {
                None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match message {
                Ok(Message::Discard) => return self.remove(),
                Ok(Message::End) => break,
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.on_time();
        }
        self.sync();
        // The events are kept, and so must their base be: wait for its copy.
        if let Some(open) = &mut self.open
            && let Some(copy) = open.copy.take()
        {
            open.secured |= copy.result().unwrap_or(false);
        }
        self.release();
    }

    fn next_deadline(&self) -> Option<Instant> {
        let sync = self.dirty.map(|since| since + TOGETHER);
        let copying = self.open.as_ref().is_some_and(|open| open.copy.is_some());
        let copy = copying.then(|| Instant::now() + LOOK);
        let again = self.again.map(|(at, _)| at);
        [sync, copy, again].into_iter().flatten().min()
    }

    fn on_time(&mut self) {
        let now = Instant::now();
        if self.dirty.is_some_and(|since| now >= since + TOGETHER) {
            self.sync();
        }
        if self.again.is_some_and(|(at, _)| now >= at) {
            self.begin();
            self.sync();
        }
        self.check_copy();
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::HistoryEvent(at, event) => {
                self.last = Instant::now();
                self.events.push((at, event));
                if self.again.is_some() {
                    // It is written with the journal that is begun again.
                    return;
                }
                if self.open.is_none() {
                    self.begin();
                } else {
                    self.write_last();
                }
                if self.again.is_none() {
                    self.dirty.get_or_insert(self.last);
                }
            }
            Message::Saving(sha256, events, done) => {
                if let Some(open) = &mut self.open
                    && self.again.is_none()
                {
                    let events = events.saturating_sub(self.before);
                    let noted = open.writing.saving(&sha256, events);
                    self.dirty.get_or_insert(self.last);
                    self.check(noted);
                    self.sync();
                }
                let _ = done.send(());
            }
            Message::Saved(beginning, events) => self.saved(beginning, events),
            Message::Held(claim) => {
                self.held.push(claim);
                self.sync();
            }
            Message::Flush(done) => {
                self.sync();
                let kept = self.open.is_some() || self.events.is_empty();
                let _ = done.send(kept && self.again.is_none());
            }
            Message::Discard | Message::End => {}
        }
    }

    /// Starts a journal with everything that was done since the base.
    fn begin(&mut self) {
        let begun = self.try_begin();
        match begun {
            Ok(open) => {
                let failed = self.open.replace(open);
                self.again = None;
                self.dirty.get_or_insert(Instant::now());
                self.report(None);
                if self.open.as_ref().is_some_and(|open| !open.secured && open.copy.is_none()) {
                    self.report_unsecured(&io::Error::other("another program changed it"));
                }
                if let Some(failed) = failed {
                    // Only once the new one is on the disk: the failed one may hold events that were forced there
                    // before.
                    self.sync();
                    if self.again.is_none() {
                        folder::discard(&failed.path);
                    }
                }
            }
            Err(error) => self.fail(&error),
        }
    }

    fn try_begin(&self) -> io::Result<Open> {
        folder::make(&self.place)?;
        let (stem, notebook, base) = match &self.beginning {
            Beginning::File { path, stamp, .. } => {
                let base = Base::File { sha256: hex(&stamp.sha256()), bytes: stamp.bytes() };
                (folder::name_of(path), Some(path.clone()), base)
            }
            Beginning::Inside { of: Some(path), .. } => {
                (folder::name_of(path), Some(path.clone()), Base::Inside)
            }
            Beginning::Inside { .. } => ("unsaved".to_owned(), None, Base::Inside),
        };
        let began = self.events.first().map_or(0, |(at, _)| *at);
        let about = About { notebook, name: self.name.clone(), began, base };
        let random = getrandom::u64().map_err(io::Error::other)?;
        let path = self.place.join(format!("{stem}-{random:016x}.{JOURNAL}"));
        // It has another name until it is locked: whoever lists journals must not take it for an abandoned one.
        let new = path.with_extension("new");
        let file = folder::new_file(&new)?;
        let begin = || -> io::Result<Open> {
            file.try_lock().map_err(io::Error::other)?;
            let mut writing = Writing::begin(file, &about)?;
            let mut texts = Texts::default();
            match &self.beginning {
                Beginning::File { texts: base, .. } => texts.add_all(base),
                Beginning::Inside { notebook, desk, .. } => {
                    writing.put(Kind::Source, render(notebook, desk).as_bytes())?;
                    texts.add_all(&notebook.texts());
                }
            }
            for (at, event) in &self.events {
                writing.event(*at, event, &mut texts)?;
            }
            std::fs::rename(&new, &path)?;
            let (secured, copy) = self.secure(&path);
            // The names must survive a power cut too; the content is forced with the events.
            folder::sync(&self.place)?;
            Ok(Open { writing, path: path.clone(), texts, secured, copy })
        };
        let begun = begin();
        if begun.is_err() {
            let _ = std::fs::remove_file(&new);
        }
        begun
    }

    fn write_last(&mut self) {
        if let (Some(open), Some((at, event))) = (&mut self.open, self.events.last()) {
            let written = open.writing.event(*at, event, &mut open.texts);
            self.check(written);
        }
    }

    fn sync(&mut self) {
        let Some(open) = &self.open else { return };
        if self.dirty.take().is_some() {
            let synced = open.writing.out().sync_data();
            if synced.is_ok() {
                self.kept.store(self.before + self.events.len(), Ordering::Relaxed);
            }
            self.check(synced);
        }
        self.release();
    }

    fn check(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.fail(&error);
        }
    }

    /// Gives up the journal after an error. Nothing is retried on the same file: after a failed sync the system may
    /// have dropped the data and report success the next time. Another journal is begun after a while, with everything.
    fn fail(&mut self, error: &io::Error) {
        let wait = self.again.map_or(AGAIN.0, |(_, wait)| (wait * 2).min(AGAIN.1));
        self.again = Some((Instant::now() + wait, wait));
        self.dirty = None;
        self.report(Some(RecordingProblem(error.to_string())));
    }

    fn report(&self, problem: Option<RecordingProblem>) {
        if let Ok(mut told) = self.problem.lock() {
            *told = problem;
        }
    }

    fn saved(&mut self, beginning: Beginning, events: usize) {
        let done = events.saturating_sub(self.before).min(self.events.len());
        self.events.drain(..done);
        self.before += done;
        self.beginning = beginning;
        self.end_copy();
        let old = self.open.take();
        self.dirty = None;
        let held = std::mem::take(&mut self.held);
        if self.events.is_empty() {
            self.again = None;
            self.report(None);
        } else {
            self.begin();
            self.sync();
        }
        if self.again.is_some() {
            // It could not be begun: the old one still holds the same.
            self.open = old;
            self.held = held;
            return;
        }
        if let Some(old) = old {
            folder::discard(&old.path);
        }
        for claim in held {
            claim.discard();
        }
    }

    fn remove(mut self) {
        self.end_copy();
        if let Some(open) = self.open.take() {
            folder::discard(&open.path);
        }
        for claim in std::mem::take(&mut self.held) {
            claim.discard();
        }
    }

    /// Secures the base of the journal at this path: at once where a hard link can be made, and also by a copy, in case
    /// a program writes into the file itself.
    fn secure(&self, journal: &std::path::Path) -> (bool, Option<BaseCopy>) {
        let Beginning::File { path, stamp, held, .. } = &self.beginning else {
            return (true, None);
        };
        let linked = base::link(path, journal, |metadata| stamp.looks_like(metadata));
        // Without a thread for the copy the link must be enough.
        let copy = BaseCopy::start(path, held.clone(), stamp, journal).ok();
        if linked || stamp.looks_current(path).unwrap_or(false) {
            return (linked, copy);
        }
        // Another file is there already: the open file is all there is, and it is lost when this process ends.
        (copy.is_some_and(|copy| copy.result().unwrap_or(false)), None)
    }

    /// Notes how copying the base ended, and releases what waited for it.
    fn check_copy(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(copy) = open.copy.take_if(|copy| copy.is_over()) else { return };
        let failed = match copy.result() {
            Ok(true) => {
                open.secured = true;
                None
            }
            Ok(false) => {
                Some(io::Error::other("another program changed the notebook’s file first"))
            }
            Err(error) => Some(error),
        };
        // A link is as good as a copy, as long as nothing writes into the file itself.
        if let Some(error) = failed.filter(|_| !open.secured) {
            self.report_unsecured(&error);
        }
        self.release();
    }

    fn report_unsecured(&self, error: &io::Error) {
        self.report(Some(RecordingProblem(format!(
            "no copy of the notebook’s file could be kept: {error}"
        ))));
    }

    /// Removes the journals that this one continues, once it and its base are on the disk.
    fn release(&mut self) {
        let safe = self.open.as_ref().is_some_and(|open| open.secured)
            && self.again.is_none()
            && self.dirty.is_none();
        if safe {
            for claim in self.held.drain(..) {
                claim.discard();
            }
        }
    }

    fn end_copy(&mut self) {
        if let Some(copy) = self.open.as_mut().and_then(|open| open.copy.take()) {
            copy.end();
        }
    }
}
