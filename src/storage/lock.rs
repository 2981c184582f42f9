//! The lock: a small file beside a notebook that says who has it open.
//!
//! The notebook itself is not locked, because saving renames over it. The lock is the operating system's (it ends with
//! the process, however that ends); the text in the file is only for the message. Where the file system does not
//! support locks (some network and FUSE file systems), the file is the lock: whoever made it has the notebook open
//! until it is removed.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::lock_file::{self, Holder, Opened, is_at};
use super::paths::{is_temporary_of, lock_names, resolve};
use super::permissions::Access;

/// A lock that reserves a notebook for one Casebook until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Why a notebook is not locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another Casebook has it open.
    #[error("“{}” is open in another Casebook{}: close it there, or open a copy", file.display(), by(holder.as_ref()))]
    Held {
        /// The notebook.
        file: PathBuf,
        /// Its holder, where the lock could be read.
        holder: Option<Holder>,
    },
    /// No lock can be made there. Reading is safe, but nothing prevents another Casebook from opening it too, and the
    /// user must be told so at once.
    #[error("“{}” cannot be locked, because {} ({why}): someone else may be changing it at the same time. Whether the file has changed is looked at before each save", file.display(), because(*reason))]
    Unavailable {
        /// The notebook.
        file: PathBuf,
        /// The obstacle.
        reason: NoLock,
        /// What the system says.
        why: io::Error,
    },
}

/// Why no lock can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLock {
    /// The notebook's folder does not exist.
    NoFolder,
    /// No file can be made in the folder: it may be read-only or full.
    Refused,
    /// The file system does not support locks.
    Unsupported,
    /// There is another user's lock that this user may not open: they may have the notebook open now.
    OfAnotherUser,
    /// A file that is not a lock has its name.
    NameTaken,
}

const fn because(reason: NoLock) -> &'static str {
    match reason {
        NoLock::NoFolder => "its folder cannot be found",
        NoLock::Refused => "its folder takes no lock",
        NoLock::Unsupported => "its disk knows no locks",
        NoLock::OfAnotherUser => "another user’s Casebook left a lock beside it or has it open now",
        NoLock::NameTaken => "something else has the name of its lock",
    }
}

fn by(holder: Option<&Holder>) -> String {
    match holder {
        None => String::new(),
        Some(holder @ Holder { pid, host, since, .. }) => {
            format!(" (process {pid} on {host}, since {since}{})", holder.if_not())
        }
    }
}

impl Lock {
    /// Locks the notebook at this path, whether or not it exists yet, and removes temporary files that killed saves
    /// left beside it.
    ///
    /// # Errors
    /// [`LockError::Held`] when another Casebook, or another lock of this one, has it; [`LockError::Unavailable`],
    /// a warning, where no lock can be made.
    pub fn acquire(path: &Path) -> Result<Self, LockError> {
        let unavailable =
            |(reason, why)| LockError::Unavailable { file: path.to_owned(), reason, why };
        let target = resolve(path).map_err(|why| {
            let gone = why.kind() == io::ErrorKind::NotFound;
            unavailable((if gone { NoLock::NoFolder } else { NoLock::Refused }, why))
        })?;
        let mut refused = None;
        for name in lock_names(&target) {
            match Self::at(target.with_file_name(name), &target) {
                Ok(lock) => {
                    sweep(&target);
                    return Ok(lock);
                }
                Err(Failed::Held(holder)) => {
                    return Err(LockError::Held { file: path.to_owned(), holder });
                }
                // The file system allows only shorter names: the next one is shorter.
                Err(Failed::Unavailable(reason, why)) => {
                    let goes_on = why.kind() == io::ErrorKind::InvalidFilename;
                    refused = Some((reason, why));
                    if !goes_on {
                        break;
                    }
                }
            }
        }
        Err(unavailable(
            refused.unwrap_or_else(|| {
                (NoLock::Refused, io::Error::from(io::ErrorKind::InvalidFilename))
            }),
        ))
    }

    /// Makes the lock of this name, or takes over the one that is there.
    fn at(lock_path: PathBuf, target: &Path) -> Result<Self, Failed> {
        let refused = |why| Failed::Unavailable(NoLock::Refused, why);
        let taken = |why| Failed::Unavailable(NoLock::NameTaken, why);
        // The file just locked may be one that its holder has just removed; then it is tried again.
        for _ in 0..100 {
            // Never through a symbolic link: a folder from an archive may hold one, and its target would be created or
            // overwritten.
            match std::fs::symlink_metadata(&lock_path) {
                Ok(there) if !there.is_file() => return Err(taken(no_lock(&lock_path))),
                Ok(_) => {}
                Err(why) if why.kind() == io::ErrorKind::NotFound => {}
                Err(why) => return Err(refused(why)),
            }
            let (mut file, opened) = lock_file::open(&lock_path).map_err(|why| {
                let reason = match why.kind() {
                    io::ErrorKind::PermissionDenied if lock_path.exists() => NoLock::OfAnotherUser,
                    _ => NoLock::Refused,
                };
                Failed::Unavailable(reason, why)
            })?;
            let no_locks = match file.try_lock() {
                Ok(()) => None,
                Err(TryLockError::WouldBlock) => {
                    return Err(Failed::Held(lock_file::holder(&mut file)));
                }
                Err(TryLockError::Error(why)) => Some(why),
            };
            if !is_at(&file, &lock_path) {
                continue;
            }
            if !lock_file::is_lock(&mut file).map_err(refused)? {
                return Err(taken(no_lock(&lock_path)));
            }
            if let Some(why) = no_locks
                && opened != Opened::Made
            {
                // Whoever made the file has the notebook open, unless they crashed before removing it.
                let Some(holder) = lock_file::holder(&mut file) else {
                    return Err(Failed::Unavailable(NoLock::Unsupported, why));
                };
                if holder.has_ended() && std::fs::remove_file(&lock_path).is_ok() {
                    continue;
                }
                return Err(Failed::Held(Some(Holder { sign: Some(lock_path), ..holder })));
            }
            if opened == Opened::ToRead {
                // Left by another user, who no longer holds it. A new file in its place says who has it now; where the
                // folder does not allow that, theirs is locked instead.
                if std::fs::remove_file(&lock_path).is_ok() {
                    continue;
                }
                return Ok(Self { file, path: lock_path });
            }
            // The text and its permissions only serve messages where locks are supported: the lock holds without them.
            if let Ok(metadata) = std::fs::metadata(target) {
                Access::of(target, &metadata).give_to_lock(&file);
            }
            let _ = lock_file::write(&mut file);
            return Ok(Self { file, path: lock_path });
        }
        Err(refused(io::Error::other("the lock keeps being removed")))
    }
}

/// Why the lock of one name cannot be acquired.
enum Failed {
    Held(Option<Holder>),
    Unavailable(NoLock, io::Error),
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file is removed while it is still locked, and only if it is still this one: whoever opened the removed
        // file notices (`is_at`). Where that cannot be checked, it stays; an old lock file locks nobody out.
        if cfg!(unix) && is_at(&self.file, &self.path) {
            let _ = std::fs::remove_file(&self.path);
        }
        // Closing the file releases the lock too, but not while a process that is just being started holds a copy of
        // it.
        let _ = self.file.unlock();
    }
}

/// The error for a file at the lock's path that Casebook did not make.
fn no_lock(path: &Path) -> io::Error {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    io::Error::other(format!("“{name}” was left as it is; remove or rename it"))
}

/// Removes the temporary files that killed saves of this notebook left. Only for the holder of the lock: then nobody
/// else is saving it.
fn sweep(target: &Path) {
    let Some(entries) = target.parent().and_then(|folder| std::fs::read_dir(folder).ok()) else {
        return;
    };
    for entry in entries.flatten() {
        let ours = is_temporary_of(target, &entry.file_name());
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
