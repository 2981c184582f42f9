//! The data folder: its parts, names of files in it, and locking and removing a journal.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::record_format::{Hash, hex};
use crate::storage::regular_file::{self, Unread};
use crate::storage::{LIMIT, make_folder};

pub(super) use crate::storage::new_file;

/// The data folder, in which Casebook keeps journals and backups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder(Option<PathBuf>);

impl Folder {
    /// The user's data folder: `casebook` in the local data folder.
    #[must_use]
    pub fn of_user() -> Self {
        Self(dirs::data_local_dir().map(|folder| folder.join("casebook")))
    }

    /// The data folder at this path; it is made when something is to be kept.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Some(path.into()))
    }

    /// No data folder: nothing is kept. For tests and headless commands.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// Its path, where there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    pub(super) fn journals(&self) -> Option<PathBuf> {
        self.0.as_ref().map(|folder| folder.join("recovery"))
    }

    pub(super) fn backups(&self) -> Option<PathBuf> {
        self.0.as_ref().map(|folder| folder.join("backups"))
    }
}

/// Makes a folder, with its missing parents, that only its owner may read.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    make_folder(folder)?;
    for parent in missing.iter().filter_map(|folder| folder.parent()) {
        // A folder lost in a power cut takes its contents with it. If forcing it fails, nothing is worse than before.
        let _ = sync(parent);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let now = std::fs::metadata(folder)?.permissions().mode();
        if now & 0o077 != 0 {
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

/// Forces a folder's entries to the disk, where the system does that.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The part of a name that identifies a notebook's file: the beginning of the hash of its real path.
pub(super) fn name_of(notebook: &Path) -> String {
    let real = crate::storage::resolve(notebook).unwrap_or_else(|_| notebook.to_owned());
    let hash: Hash = Sha256::digest(real.as_os_str().as_encoded_bytes()).into();
    hex(hash.get(..8).unwrap_or(&[]))
}

/// The ending of a journal's name.
pub(super) const JOURNAL: &str = "journal";
/// The ending of the name of a journal that was damaged and is kept all the same.
pub(super) const DAMAGED: &str = "damaged";
/// The ending of the name of a base's copy.
pub(super) const COPY: &str = "base";

/// A journal's file, locked. It is unlocked explicitly, not only by closing it: a process that is just being started
/// holds copies of all open files, with their locks.
#[derive(Debug)]
pub(super) struct Locked(File);

impl std::ops::Deref for Locked {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        // Closing it releases the lock too, but perhaps a moment later.
        let _ = self.0.unlock();
    }
}

/// How often a journal's lock is tried, and how far apart. A Casebook that has just ended may hold it for a moment longer:
/// a process that it was starting shares its open files until it runs its own program.
const TRIES: usize = 6;
const APART: Duration = Duration::from_millis(10);

/// Opens a journal and locks it. `None` while a running Casebook holds it.
pub(super) fn claim(journal: &Path) -> io::Result<Option<Locked>> {
    let file = OpenOptions::new().read(true).write(true).open(journal)?;
    if !file.metadata()?.is_file() {
        return Err(Unread::NotAFile.into());
    }
    for tries in 1.. {
        match file.try_lock() {
            Ok(()) => return Ok(Some(Locked(file))),
            Err(TryLockError::WouldBlock) if tries < TRIES => std::thread::sleep(APART),
            Err(TryLockError::WouldBlock) => break,
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(None)
}

/// Removes a journal and what belongs to it.
pub fn discard(journal: &Path) {
    // The journal last: while it is there, what belongs to it is needed.
    let _ = std::fs::remove_file(journal);
    let _ = std::fs::remove_file(journal.with_extension(COPY));
}

/// Removes a journal at the user's request, unless another Casebook is using it by now.
///
/// # Errors
/// The journal is in use, or the system's error; it is then still there.
pub fn discard_free(journal: &Path) -> io::Result<()> {
    let mut claimed = claim(journal);
    for _ in 0..10 {
        // A process that is just being started holds copies of all open files, with their locks.
        if !matches!(claimed, Ok(None)) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        claimed = claim(journal);
    }
    match claimed {
        // It stays locked until it is removed.
        Ok(Some(_lock)) => std::fs::remove_file(journal)?,
        Ok(None) => return Err(io::Error::other("another Casebook is using it")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    match std::fs::remove_file(journal.with_extension(COPY)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The SHA-256 of a notebook's file. It is an error if that is not a regular file, or larger than a notebook may be.
pub(super) fn hash_of(path: &Path) -> io::Result<Hash> {
    let (file, _) = regular_file::open(path)?;
    let mut file = file.take(LIMIT + 1);
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 18];
    loop {
        match file.read(&mut buffer) {
            Ok(0) if file.limit() == 0 => return Err(Unread::TooLong { limit: LIMIT }.into()),
            Ok(0) => return Ok(hash.finalize().into()),
            Ok(n) => hash.update(buffer.get(..n).unwrap_or(&[])),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
