//! The base of a journal, secured: the notebook's file as it was when the first edit was made, kept beside the journal.
//!
//! Edits in a journal are changes to a file. When that file is replaced (by a save of another Casebook, by `casebook
//! edit`, by git) they cannot be applied unless its old content is kept. A save renames, so a hard link keeps it
//! immediately and at no cost; a copy follows, for programs that write into the file itself and for data folders on
//! another disk.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use sha2::{Digest, Sha256};

use super::folder::{self, COPY, Folder, JOURNAL};
use super::journal::{self, Base};
use super::record_format::{Hash, unhex};
use crate::storage::{LIMIT, Stamp, regular_file};

/// The notebook's file as it was read or saved last, held open: its content can be read even after another file took
/// its name.
#[derive(Clone, Debug)]
pub struct HeldFile {
    file: Arc<File>,
    stamp: Stamp,
}

impl HeldFile {
    /// Opens the file with this content. `None` where another file is there already, or it cannot be opened.
    #[must_use]
    pub fn open(path: &Path, stamp: &Stamp) -> Option<Self> {
        let (file, metadata) = regular_file::open(path).ok()?;
        stamp.looks_like(&metadata).then(|| Self { file: Arc::new(file), stamp: stamp.clone() })
    }

    /// Whether nobody has written into it, as far as its length and time tell.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.file.metadata().is_ok_and(|metadata| self.stamp.looks_like(&metadata))
    }
}

/// Makes a hard link beside the journal to the file with this content: false where another file is at the path, or
/// where the system does not allow it (another disk, a file system without links, another user's file).
pub(super) fn link(file: &Path, journal: &Path, fits: impl Fn(&Metadata) -> bool) -> bool {
    let to = journal.with_extension(COPY);
    // The link must lead to the file, not to a symbolic link that another program may point elsewhere.
    let Ok(from) = crate::storage::resolve(file) else { return false };
    if std::fs::hard_link(from, &to).is_err() {
        return false;
    }
    // What counts is what was linked, not what was there a moment before.
    if std::fs::symlink_metadata(&to).is_ok_and(|metadata| metadata.is_file() && fits(&metadata)) {
        return true;
    }
    let _ = std::fs::remove_file(&to);
    false
}

/// A copy of the base being made on a thread of its own: a large file takes a while, and edits go on.
pub(super) struct BaseCopy {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<io::Result<bool>>,
}

impl BaseCopy {
    /// Starts copying the file with this content beside the journal.
    ///
    /// # Errors
    /// No thread can be started.
    pub(super) fn start(
        file: &Path,
        held: Option<HeldFile>,
        stamp: &Stamp,
        journal: &Path,
    ) -> io::Result<Self> {
        let (from, to, wanted) = (file.to_owned(), journal.with_extension(COPY), stamp.sha256());
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let thread = std::thread::Builder::new().name("base".to_owned()).spawn(move || {
            // The file that was opened is tried first: another may be at its path by now.
            if let Some(held) = held {
                let mut file = &*held.file;
                file.rewind()?;
                if copy(file, &to, &wanted, &told)? {
                    return Ok(true);
                }
            }
            copy(regular_file::open(&from)?.0, &to, &wanted, &told)
        })?;
        Ok(Self { stop, thread })
    }

    /// Whether it has ended, successfully or not.
    pub(super) fn is_over(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits for its end; returns whether the copy is beside the journal, or the error.
    pub(super) fn result(self) -> io::Result<bool> {
        self.thread.join().unwrap_or_else(|_| Err(io::Error::other("its thread ended")))
    }

    /// Stops it, and waits until it has ended.
    pub(super) fn end(self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.thread.join();
    }
}

/// Copies what is read beside a journal if it has the wanted content; returns whether it had.
fn copy(from: impl Read, to: &Path, wanted: &Hash, stop: &AtomicBool) -> io::Result<bool> {
    let place = to.parent().unwrap_or(Path::new("."));
    let mut source = from.take(LIMIT + 1);
    let mut copy = tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(place)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0_u8; 1 << 20]);
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
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
        return Ok(false);
    }
    copy.as_file().sync_all()?;
    copy.persist(to).map_err(|error| error.error)?;
    folder::sync(place)?;
    Ok(true)
}

/// Secures the base of every journal about this notebook that starts from the file as it is now: call this before the
/// file is replaced. Journals that another Casebook is writing are left to it.
///
/// # Errors
/// The system's error for a base that could not be secured: its edits could not be recovered after the save.
pub fn secure_bases(folder: &Folder, notebook: &Path) -> io::Result<()> {
    let Some(entries) = folder.journals().and_then(|folder| std::fs::read_dir(folder).ok()) else {
        return Ok(());
    };
    let name = folder::name_of(notebook);
    let mut now: Option<Hash> = None;
    for journal in entries.flatten().map(|entry| entry.path()) {
        let about_it = |file: &Path| {
            file.extension().is_some_and(|ending| ending == JOURNAL)
                && file
                    .file_name()
                    .is_some_and(|have| have.as_encoded_bytes().starts_with(name.as_bytes()))
        };
        if !about_it(&journal) {
            continue;
        }
        let Some(wanted) = base_of(&journal) else { continue };
        let there = journal.with_extension(COPY);
        if folder::hash_of(&there).is_ok_and(|hash| hash == wanted) {
            continue;
        }
        let hash = match now {
            Some(hash) => hash,
            None => match folder::hash_of(notebook) {
                Ok(hash) => *now.insert(hash),
                // There is nothing that a save could destroy.
                Err(_) => return Ok(()),
            },
        };
        if hash != wanted {
            continue;
        }
        let _ = std::fs::remove_file(&there);
        if !link(notebook, &journal, |_| true)
            && !copy(regular_file::open(notebook)?.0, &there, &wanted, &AtomicBool::new(false))?
        {
            return Err(io::Error::other("the notebook’s file changed while it was copied"));
        }
        drop_without(&journal);
    }
    Ok(())
}

/// Removes a copy just made if its journal was removed meanwhile.
fn drop_without(journal: &Path) {
    if !journal.exists() {
        let _ = std::fs::remove_file(journal.with_extension(COPY));
    }
}

/// Copies the base of a journal where there is no copy yet, or only a hard link, which would change with a program that
/// writes into the file itself. A failure is ignored here: recovering reports it.
pub(super) fn copy_for(journal: &Path, notebook: &Path) {
    let there = journal.with_extension(COPY);
    let Some(wanted) = base_of(journal) else { return };
    if std::fs::symlink_metadata(&there).is_ok_and(|metadata| !is_link(&metadata)) {
        return;
    }
    for from in [there.as_path(), notebook] {
        let copied = regular_file::open(from)
            .map_err(io::Error::from)
            .and_then(|(file, _)| copy(file, &there, &wanted, &AtomicBool::new(false)));
        if matches!(copied, Ok(true)) {
            drop_without(journal);
            return;
        }
    }
}

/// Whether the file is a hard link.
fn is_link(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(metadata) > 1;
    // Hard links are not detected here, and copying once more does no harm.
    #[cfg(not(unix))]
    {
        let _ = metadata;
        true
    }
}

/// The SHA-256 of the file that a journal is based on, if it is based on one.
fn base_of(journal: &Path) -> Option<Hash> {
    let (file, _) = regular_file::open(journal).ok()?;
    match journal::about(io::BufReader::new(file)).ok()?.base {
        Base::File { sha256, .. } => unhex(&sha256),
        Base::Inside => None,
    }
}
