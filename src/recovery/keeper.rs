//! The keeper: writes what is done into the journal, on a thread of its own.
//!
//! A deed is with the system as soon as the thread gets to it, which is enough when Casebook is killed, and forced
//! to the disk within [`TOGETHER`], together with those that came meanwhile, which is enough when the machine is.
//! The window hands over shared records and goes on; nothing it does waits for a disk. A journal is begun by the
//! first deed: who only reads leaves nothing behind.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::folder::{self, COPY, Folder, JOURNAL};
use super::journal::{About, Base, Kind, Writing};
use super::written::{Hash, Texts, hex};
use super::{Claim, backups};
use crate::edit::Deed;
use crate::notebook::{Desk, Notebook};
use crate::storage::{LIMIT, Stamp, ordinary, render};
use crate::text::Text;

/// At most this long after a deed it is forced to the disk; the disk's own time comes on top.
pub const TOGETHER: Duration = Duration::from_millis(700);
/// After so long without a deed the base is copied, should the file be changed by something else.
const IDLE: Duration = Duration::from_secs(4);
/// How long is waited before a journal that failed is begun anew: at first, and at most.
const AGAIN: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(300));

/// What the keeper's deeds are to be done to.
#[derive(Debug)]
pub enum Beginning {
    /// The notebook's file as it was loaded or saved last.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its content.
        stamp: Stamp,
        /// The texts it holds.
        texts: Vec<Text>,
    },
    /// A notebook that has no file: it goes into the journal, with its first deed.
    Inside {
        /// The notebook.
        notebook: Arc<Notebook>,
        /// How it was left.
        desk: Desk,
    },
}

/// Why nothing is being kept, as a sentence's middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(pub String);

enum Message {
    Deed(i64, Deed),
    Saving(Hash, usize, Sender<()>),
    Saved(Beginning, usize),
    Held(Claim),
    Flush(Sender<bool>),
    Discard,
    /// Not left to the channel's end: a save that goes on in a job holds on to the channel.
    End,
}

/// Keeps the journal of one open notebook. When it is dropped, what it holds is forced to the disk and stays; what
/// need not stay is [`Self::discard`]ed.
#[derive(Debug)]
pub struct Keeper {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    trouble: Arc<Mutex<Option<Trouble>>>,
    deeds: usize,
}

/// Notes saves from the thread that makes them.
#[derive(Clone, Debug)]
pub struct Noter {
    sender: Option<Sender<Message>>,
    deeds: usize,
}

impl Noter {
    /// Notes that bytes with this hash are about to replace the notebook's file, and waits until that is on the
    /// disk, a few seconds at most: without the note a crash at that moment would offer what is saved already.
    pub fn about_to_save(&self, sha256: &Hash) {
        let (done, wait) = channel();
        if let Some(sender) = &self.sender
            && sender.send(Message::Saving(*sha256, self.deeds, done)).is_ok()
        {
            let _ = wait.recv_timeout(Duration::from_secs(3));
        }
    }

    /// How many deeds the notebook that is being saved holds.
    #[must_use]
    pub const fn deeds(&self) -> usize {
        self.deeds
    }
}

impl Keeper {
    /// Keeps a journal in this folder; keeps nothing where there is no folder.
    #[must_use]
    pub fn new(folder: &Folder, name: String, beginning: Beginning) -> Self {
        let trouble = Arc::default();
        let Some(place) = folder.journals() else {
            return Self { sender: None, thread: None, trouble, deeds: 0 };
        };
        let (sender, receiver) = channel();
        let state = Thread {
            place,
            folder: folder.clone(),
            name,
            beginning,
            deeds: Vec::new(),
            before: 0,
            open: None,
            held: Vec::new(),
            dirty: None,
            last: Instant::now(),
            again: None,
            trouble: Arc::clone(&trouble),
        };
        let started = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || state.run(&receiver));
        match started {
            Ok(thread) => Self { sender: Some(sender), thread: Some(thread), trouble, deeds: 0 },
            Err(error) => {
                let keeper = Self { sender: None, thread: None, trouble, deeds: 0 };
                keeper.fail(&error);
                keeper
            }
        }
    }

    fn fail(&self, error: &io::Error) {
        if let Ok(mut trouble) = self.trouble.lock() {
            *trouble = Some(Trouble(error.to_string()));
        }
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender
            && sender.send(message).is_err()
        {
            self.fail(&io::Error::other("its thread ended"));
        }
    }

    /// Keeps something that was just done. `at`: seconds since 1970, UTC.
    pub fn keep(&mut self, at: i64, deed: Deed) {
        self.deeds += 1;
        self.send(Message::Deed(at, deed));
    }

    /// For a save that begins now: notes it from its own thread.
    #[must_use]
    pub fn noter(&self) -> Noter {
        Noter { sender: self.sender.clone(), deeds: self.deeds }
    }

    /// The notebook was saved, with the first so many deeds in it: only what came after is kept on.
    pub fn saved(&mut self, beginning: Beginning, deeds: usize) {
        self.send(Message::Saved(beginning, deeds));
    }

    /// Goes on from a recovered journal: that one is removed once everything in it is kept here.
    pub fn take_over(&mut self, deeds: Vec<(i64, Deed)>, held: Claim) {
        for (at, deed) in deeds {
            self.keep(at, deed);
        }
        self.send(Message::Held(held));
    }

    /// Waits until everything is on the disk; false where it is not, or not in this time.
    #[must_use]
    pub fn flush(&self, at_most: Duration) -> bool {
        let Some(sender) = &self.sender else { return true };
        let (done, wait) = channel();
        sender.send(Message::Flush(done)).is_ok() && wait.recv_timeout(at_most).unwrap_or(false)
    }

    /// Why nothing is being kept, if that is so.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.lock().ok().and_then(|trouble| trouble.clone())
    }

    /// Ends, and removes the journal: nothing in it is wanted any more. To be waited for before the program ends,
    /// where there is something to wait for.
    #[must_use]
    pub fn discard(mut self) -> Option<JoinHandle<()>> {
        self.send(Message::Discard);
        self.thread.take()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Some(sender) = self.sender.take() {
            // It has ended already where that fails.
            let _ = sender.send(Message::End);
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A journal that is being written.
struct Open {
    writing: Writing<File>,
    path: PathBuf,
    texts: Texts,
    copy: Option<Copy>,
}

struct Copy {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

struct Thread {
    place: PathBuf,
    folder: Folder,
    name: String,
    beginning: Beginning,
    /// What was done since the base.
    deeds: Vec<(i64, Deed)>,
    /// How many deeds came before those: they are in the base.
    before: usize,
    open: Option<Open>,
    held: Vec<Claim>,
    /// When the first deed came that is not forced to the disk yet.
    dirty: Option<Instant>,
    last: Instant,
    /// A journal failed: when it is begun anew, and how long is waited after that.
    again: Option<(Instant, Duration)>,
    trouble: Arc<Mutex<Option<Trouble>>>,
}

impl Thread {
    fn run(mut self, receiver: &Receiver<Message>) {
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
        // Dropping it ends the copy, and the lock.
        self.end_copy();
    }

    fn next_deadline(&self) -> Option<Instant> {
        let sync = self.dirty.map(|since| since + TOGETHER);
        let copy = self.wants_copy().then(|| self.last + IDLE);
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
        if self.wants_copy() && now >= self.last + IDLE {
            self.copy();
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Deed(at, deed) => {
                self.last = Instant::now();
                self.deeds.push((at, deed));
                if self.again.is_some() {
                    // It comes with the journal that is begun anew.
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
            Message::Saving(sha256, deeds, done) => {
                if let Some(open) = &mut self.open
                    && self.again.is_none()
                {
                    let deeds = deeds.saturating_sub(self.before);
                    let noted = open.writing.saving(&sha256, deeds);
                    self.dirty.get_or_insert(self.last);
                    self.check(noted);
                    self.sync();
                }
                let _ = done.send(());
            }
            Message::Saved(beginning, deeds) => self.saved(beginning, deeds),
            Message::Held(claim) => {
                self.held.push(claim);
                self.sync();
            }
            Message::Flush(done) => {
                self.sync();
                let kept = self.open.is_some() || self.deeds.is_empty();
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
                self.tell(None);
                if let Some(failed) = failed {
                    // Only once the new one is on the disk: the failed one may hold what was forced there before.
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
            Beginning::Inside { .. } => ("unsaved".to_owned(), None, Base::Inside),
        };
        let began = self.deeds.first().map_or(0, |(at, _)| *at);
        let about = About { notebook, name: self.name.clone(), began, base };
        let random = getrandom::u64().map_err(io::Error::other)?;
        let path = self.place.join(format!("{stem}-{random:016x}.{JOURNAL}"));
        // Under another name until it is locked: who lists journals must not take it for one left behind.
        let new = path.with_extension("new");
        let file = folder::new_file(&new)?;
        let begin = || -> io::Result<Open> {
            file.try_lock().map_err(io::Error::other)?;
            let mut writing = Writing::begin(file, &about)?;
            let mut texts = Texts::default();
            match &self.beginning {
                Beginning::File { texts: base, .. } => texts.add_all(base),
                Beginning::Inside { notebook, desk } => {
                    writing.put(Kind::Source, render(notebook, desk).as_bytes())?;
                    texts.add_all(&notebook.texts());
                }
            }
            for (at, deed) in &self.deeds {
                writing.deed(*at, deed, &mut texts)?;
            }
            std::fs::rename(&new, &path)?;
            // The name, too, must outlast a power cut; the content is forced with the deeds.
            folder::sync(&self.place)?;
            Ok(Open { writing, path: path.clone(), texts, copy: None })
        };
        let begun = begin();
        if begun.is_err() {
            let _ = std::fs::remove_file(&new);
        }
        begun
    }

    fn write_last(&mut self) {
        if let (Some(open), Some((at, deed))) = (&mut self.open, self.deeds.last()) {
            let written = open.writing.deed(*at, deed, &mut open.texts);
            self.check(written);
        }
    }

    fn sync(&mut self) {
        let Some(open) = &self.open else { return };
        if self.dirty.take().is_some() {
            let synced = open.writing.out().sync_data();
            self.check(synced);
        }
        if self.open.is_some() && self.again.is_none() {
            for claim in self.held.drain(..) {
                claim.discard();
            }
        }
    }

    fn check(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.fail(&error);
        }
    }

    /// What failed is not tried again on the same file: after a failed sync the system may have dropped what was
    /// to be written and report success the next time. Another journal is begun after a while, with everything.
    fn fail(&mut self, error: &io::Error) {
        let wait = self.again.map_or(AGAIN.0, |(_, wait)| (wait * 2).min(AGAIN.1));
        self.again = Some((Instant::now() + wait, wait));
        self.dirty = None;
        self.tell(Some(Trouble(error.to_string())));
    }

    fn tell(&self, trouble: Option<Trouble>) {
        if let Ok(mut told) = self.trouble.lock() {
            *told = trouble;
        }
    }

    fn saved(&mut self, beginning: Beginning, deeds: usize) {
        let done = deeds.saturating_sub(self.before).min(self.deeds.len());
        self.deeds.drain(..done);
        self.before += done;
        self.beginning = beginning;
        self.end_copy();
        let old = self.open.take();
        self.dirty = None;
        let held = std::mem::take(&mut self.held);
        if self.deeds.is_empty() {
            self.again = None;
            self.tell(None);
        } else {
            self.begin();
            self.sync();
        }
        if self.again.is_some() {
            // It could not be begun: the old one still tells what the new one would.
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

    fn wants_copy(&self) -> bool {
        matches!(self.beginning, Beginning::File { .. })
            && self.again.is_none()
            && self.open.as_ref().is_some_and(|open| open.copy.is_none())
    }

    /// Copies the base beside the journal, on yet another thread: a large file takes a while, and deeds go on.
    fn copy(&mut self) {
        let Beginning::File { path, stamp, .. } = &self.beginning else { return };
        let Some(open) = &mut self.open else { return };
        let (from, to, wanted) = (path.clone(), open.path.with_extension(COPY), stamp.sha256());
        let stop = Arc::new(AtomicBool::new(false));
        let (folder, told) = (self.folder.clone(), Arc::clone(&stop));
        let started = std::thread::Builder::new().name("base".to_owned()).spawn(move || {
            // A backup with that content serves as well.
            let there = backups::with_content(&folder, &from, &hex(&wanted));
            if there.and_then(|file| folder::hash_of(&file).ok()).is_none_or(|hash| hash != wanted)
            {
                // Without it only a file that something else changes meanwhile keeps the edits from being recovered.
                let _ = copy_base(&from, &to, &wanted, &told);
            }
        });
        open.copy = started.ok().map(|thread| Copy { stop, thread });
    }

    fn end_copy(&mut self) {
        if let Some(copy) = self.open.as_mut().and_then(|open| open.copy.take()) {
            copy.stop.store(true, Ordering::Relaxed);
            let _ = copy.thread.join();
        }
    }
}

fn copy_base(from: &Path, to: &Path, wanted: &Hash, stop: &AtomicBool) -> io::Result<()> {
    use std::io::{Read, Write};

    use sha2::{Digest, Sha256};

    let place = to.parent().unwrap_or(Path::new("."));
    let mut source = ordinary::open(from)?.0.take(LIMIT + 1);
    let mut copy = tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(place)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0_u8; 1 << 20]);
    loop {
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let n = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let piece = buffer.get(..n).unwrap_or(&[]);
        hash.update(piece);
        copy.write_all(piece)?;
    }
    if Hash::from(hash.finalize()) != *wanted {
        return Ok(());
    }
    copy.as_file().sync_all()?;
    copy.persist(to).map_err(|error| error.error)?;
    folder::sync(place)
}
