//! The recorder: each edit of an open notebook is handed to a thread that writes it into the journal.
//!
//! The window hands over shared records and goes on; nothing it does waits for a disk. The thread is in `writer`.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use super::Claim;
use super::folder::Folder;
use super::message::{Beginning, Message, RecordingProblem};
use super::record_format::Hash;
use super::writer::Writer;
use crate::edit::HistoryEvent;

/// The recorder of one open notebook. When it is dropped, its journal is forced to the disk and stays;
/// [`Self::discard`] removes the journal instead.
#[derive(Debug)]
pub struct Recorder {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    problem: Arc<Mutex<Option<RecordingProblem>>>,
    /// How many events are on the disk.
    kept: Arc<AtomicUsize>,
    events: usize,
}

/// Notes saves in the journal, from the thread that saves.
#[derive(Clone, Debug)]
pub struct Noter {
    sender: Option<Sender<Message>>,
    events: usize,
}

impl Noter {
    /// Notes that bytes with this hash are about to replace the notebook's file, and waits until the note is on the
    /// disk, a few seconds at most: without it, a crash at that moment would offer to recover what is already saved.
    pub fn about_to_save(&self, sha256: &Hash) {
        let (done, wait) = channel();
        if let Some(sender) = &self.sender
            && sender.send(Message::Saving(*sha256, self.events, done)).is_ok()
        {
            let _ = wait.recv_timeout(Duration::from_secs(3));
        }
    }

    /// Waits until the journal holds no more than what came after the save, a few seconds at most; call it after
    /// [`Recorder::saved`].
    pub fn settle(&self) {
        let (done, wait) = channel();
        if let Some(sender) = &self.sender
            && sender.send(Message::Flush(done)).is_ok()
        {
            let _ = wait.recv_timeout(Duration::from_secs(3));
        }
    }

    /// The number of events in the notebook that is being saved.
    #[must_use]
    pub const fn events(&self) -> usize {
        self.events
    }
}

impl Recorder {
    /// A recorder that writes a journal in this folder, or nothing where there is no folder.
    #[must_use]
    pub fn new(folder: &Folder, name: String, beginning: Beginning) -> Self {
        let (problem, kept) = (Arc::default(), Arc::<AtomicUsize>::default());
        let Some(place) = folder.journals() else {
            return Self { sender: None, thread: None, problem, kept, events: 0 };
        };
        let (sender, receiver) = channel();
        let writer = Writer::new(place, name, beginning, (Arc::clone(&problem), Arc::clone(&kept)));
        let started = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(&receiver));
        match started {
            Ok(thread) => {
                Self { sender: Some(sender), thread: Some(thread), problem, kept, events: 0 }
            }
            Err(error) => {
                let recorder = Self { sender: None, thread: None, problem, kept, events: 0 };
                recorder.fail(&error);
                recorder
            }
        }
    }

    fn fail(&self, error: &io::Error) {
        if let Ok(mut problem) = self.problem.lock() {
            *problem = Some(RecordingProblem(error.to_string()));
        }
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender
            && sender.send(message).is_err()
        {
            self.fail(&io::Error::other("its thread ended"));
        }
    }

    /// Records an event that just happened. `at`: seconds since 1970, UTC.
    pub fn keep(&mut self, at: i64, event: HistoryEvent) {
        self.events += 1;
        self.send(Message::HistoryEvent(at, event));
    }

    /// A noter for a save that begins now.
    #[must_use]
    pub fn noter(&self) -> Noter {
        Noter { sender: self.sender.clone(), events: self.events }
    }

    /// Tells the recorder that the notebook was saved with its first `events` events: only later ones are still kept.
    pub fn saved(&mut self, beginning: Beginning, events: usize) {
        self.send(Message::Saved(beginning, events));
    }

    /// Continues a recovered journal: that one is removed once everything in it is kept here.
    pub fn continue_from(&mut self, events: Vec<(i64, HistoryEvent)>, held: Claim) {
        for (at, event) in events {
            self.keep(at, event);
        }
        self.send(Message::Held(held));
    }

    /// Waits until everything is on the disk; false where that fails or takes longer than this.
    #[must_use]
    pub fn flush(&self, at_most: Duration) -> bool {
        let Some(sender) = &self.sender else { return true };
        let (done, wait) = channel();
        sender.send(Message::Flush(done)).is_ok() && wait.recv_timeout(at_most).unwrap_or(false)
    }

    /// Whether every event is on the disk already. Cheap to ask.
    #[must_use]
    pub fn has_kept_all(&self) -> bool {
        self.sender.is_some() && self.kept.load(Ordering::Relaxed) >= self.events
    }

    /// Why nothing is being kept, if there is a problem.
    #[must_use]
    pub fn problem(&self) -> Option<RecordingProblem> {
        self.problem.lock().ok().and_then(|problem| problem.clone())
    }

    /// Ends recording and removes the journal, which is no longer needed. The returned thread, if any, must be waited
    /// for before the program ends.
    #[must_use]
    pub fn discard(mut self) -> Option<JoinHandle<()>> {
        self.send(Message::Discard);
        self.thread.take()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        if let Some(sender) = self.sender.take() {
            // If sending fails, the thread has ended already.
            let _ = sender.send(Message::End);
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
