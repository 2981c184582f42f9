//! Saving: a file is replaced in one step, or not at all.
//!
//! The new file is written beside the old one, forced to the disk, read back, and only then renamed over it; finally
//! the folder is forced to the disk too. Whatever interrupts it, either the old or the new file is there whole.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::paths::{named_beside, resolve, temporary_name};
use super::permissions::{Access, Permissions, may_write};
use super::private::new_file;
use super::{FormatError, LIMIT, Stamp, parse, regular_file, render};
use crate::notebook::{Notebook, ViewState};

/// What should be at the path before it is saved over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing, or a file the user agreed to replace.
    New,
    /// The file as it was loaded or last saved.
    Same(Stamp),
}

/// A notebook that was saved.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The file as it is now.
    pub stamp: Stamp,
    /// False where the system does not confirm that the folder is on the disk.
    pub durable: bool,
    /// Whether owner, group, mode and access lists are those of the file that was replaced.
    pub permissions: Permissions,
}

/// Why a notebook was not saved. What was at the path is still there, unchanged.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Another program wrote the file.
    #[error("“{}” was changed by another program since it was opened; nothing was saved over it. Save as another file, then compare the two", .0.display())]
    ChangedOnDisk(PathBuf),
    /// The file no longer exists.
    #[error("“{}” is no longer there: it was moved, renamed or deleted. Use “Save as…” to choose where it goes", .0.display())]
    Gone(PathBuf),
    /// The folder no longer exists.
    #[error("the folder of “{}” is no longer there, or its disk is not connected. Use “Save as…” to choose another", .0.display())]
    NoFolder(PathBuf),
    /// A folder has that name.
    #[error("“{}” is a folder: use “Save as…” and give the notebook a name inside it", .0.display())]
    IsFolder(PathBuf),
    /// A device, pipe or socket.
    #[error("“{}” is no ordinary file and will not be replaced: use “Save as…” to choose another name", .0.display())]
    NotAFile(PathBuf),
    /// The file or its folder is read-only.
    #[error("“{}” cannot be written: the file, its folder or its disk is read-only ({why}). Use “Save as…” to save in another folder", file.display())]
    ReadOnly {
        /// Which.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The disk is full.
    #[error("there is no room left to save “{}” ({why}): free some space and save again, or use “Save as…” to save on another disk", file.display())]
    Full {
        /// Which.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// It is larger than a file may be for this user or on this disk.
    #[error("“{}” was not saved: no file may grow that large here ({why}). Raise the limit on the size of files (“ulimit -f”) and save again, or use “Save as…” to save on another disk", file.display())]
    Limited {
        /// Which.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// It is larger than a notebook may be, and could not be opened again.
    #[error("“{}” was not saved: it would be larger than a notebook may be ({}). Take an article out of it (“Undo” brings it back) and save again, or split the investigation into several notebooks", .0.display(), regular_file::amount(LIMIT))]
    TooLarge(PathBuf),
    /// What was read back is not what was written.
    #[error("“{}” was written but reads back differently: the disk may be failing. The old file was kept; use “Save as…” to save on another disk", .0.display())]
    ReadBack(PathBuf),
    /// What would be written could not be read again: a bug in Casebook.
    #[error("“{}” was not saved, because what would be written could not be read again ({error}). The old file was kept: undo the last steps and save again, and please report this", file.display())]
    Unsound {
        /// Which.
        file: PathBuf,
        /// Where and what.
        error: FormatError,
    },
    /// Anything else the system says.
    #[error("“{}” could not be saved ({why}); the old file was kept. Use “Save as…” to save elsewhere", file.display())]
    Failed {
        /// Which.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// Stopped on request.
    #[error("saving “{}” was cancelled; the old file was kept", .0.display())]
    Cancelled(PathBuf),
}

impl SaveError {
    fn from_io(path: &Path, why: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let file = path.to_owned();
        match why.kind() {
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => {
                Self::ReadOnly { file, why: why.to_string() }
            }
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full { file, why: why.to_string() },
            Kind::FileTooLarge => Self::Limited { file, why: why.to_string() },
            Kind::NotFound | Kind::NotADirectory => Self::NoFolder(file),
            Kind::IsADirectory => Self::IsFolder(file),
            _ => Self::Failed { file, why },
        }
    }
}

/// Saves a notebook. A symbolic link stays one: the file it leads to is replaced. The old file's owner, group, mode and
/// access lists are kept; a new file is readable by its owner only.
///
/// # Errors
/// [`SaveError`]; each names the file and says what to do now.
pub fn save(
    path: &Path,
    notebook: &Notebook,
    desk: &ViewState,
    expected: &Expected,
    cancelled: &dyn Fn() -> bool,
) -> Result<Saved, SaveError> {
    save_noting(path, notebook, desk, expected, cancelled, &|_| {}).map(|(saved, _)| saved)
}

/// As [`save`]; calls `noting` with the SHA-256 of what is about to replace the file, and returns what was saved.
///
/// # Errors
/// As [`save`].
pub fn save_noting(
    path: &Path,
    notebook: &Notebook,
    desk: &ViewState,
    expected: &Expected,
    cancelled: &dyn Fn() -> bool,
    noting: &dyn Fn(&[u8; 32]),
) -> Result<(Saved, String), SaveError> {
    let failed = |why| SaveError::from_io(path, why);
    let stop = || if cancelled() { Err(SaveError::Cancelled(path.to_owned())) } else { Ok(()) };
    let target = resolve(path).map_err(failed)?;
    look(path, &target, expected)?;

    let source = render(notebook, desk);
    stop()?;
    fits(path, source.len() as u64)?;
    parse(&source).map_err(|error| SaveError::Unsound { file: path.to_owned(), error })?;
    stop()?;

    let folder = target.parent().unwrap_or(Path::new("."));
    let (start, end) = temporary_name(&target);
    let mut temporary =
        tempfile::Builder::new().prefix(&start).suffix(end).tempfile_in(folder).map_err(failed)?;
    let file = temporary.as_file_mut();
    for piece in source.as_bytes().chunks(4 << 20) {
        stop()?;
        file.write_all(piece).map_err(failed)?;
    }
    // Read now, because rendering may have taken a while.
    let permissions = copy_access(&target, file, path).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    stop()?;
    if !reads_back(file, source.as_bytes()).map_err(failed)? {
        return Err(SaveError::ReadBack(path.to_owned()));
    }
    let stamp = Stamp::of(source.as_bytes(), &file.metadata().map_err(failed)?);
    stop()?;

    noting(&stamp.sha256());
    // Checked as late as possible: between this check and the rename only the lock protects the file.
    if let Expected::Same(stamp) = expected {
        match stamp.is_current(&target) {
            Ok(true) => {}
            Ok(false) => return Err(SaveError::ChangedOnDisk(path.to_owned())),
            Err(why) if why.kind() == io::ErrorKind::NotFound => {
                return Err(SaveError::Gone(path.to_owned()));
            }
            Err(why) => return Err(failed(why)),
        }
    }
    replace(temporary, &target).map_err(failed)?;
    Ok((Saved { stamp, durable: sync_folder(folder), permissions }, source))
}

/// Gives a new file the owner, group, mode and access lists of the one it will replace, if there is one.
pub(super) fn copy_access(old: &Path, file: &File, named: &Path) -> io::Result<Permissions> {
    match std::fs::metadata(old) {
        Ok(metadata) => Ok(Access::of(old, &metadata).give(file).told(named)),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(Permissions::Kept),
        Err(why) => Err(why),
    }
}

/// Checks the length: a file longer than a notebook may be could not be read again.
fn fits(path: &Path, length: u64) -> Result<(), SaveError> {
    if length > LIMIT { Err(SaveError::TooLarge(path.to_owned())) } else { Ok(()) }
}

/// Renames the new file over the old one. On Windows a virus scanner or a sync client may hold the old one for a
/// moment: this waits for it, for two seconds at most.
pub(super) fn replace(temporary: tempfile::NamedTempFile, target: &Path) -> io::Result<()> {
    const PAUSE: Duration = Duration::from_millis(100);
    let mut waiting = Some(temporary);
    patiently(if cfg!(windows) { 20 } else { 0 }, PAUSE, || {
        // Empty only after the rename.
        let Some(temporary) = waiting.take() else { return Ok(()) };
        temporary.persist(target).map(drop).map_err(|error| {
            waiting = Some(error.file);
            error.error
        })
    })
}

/// Retries while another program holds the file, at most so many times. Any other error is returned at once: a failed
/// sync, for example, is never retried.
fn patiently(
    more: usize,
    pause: Duration,
    mut attempt: impl FnMut() -> io::Result<()>,
) -> io::Result<()> {
    /// Windows' error codes for access denied, sharing violation and lock violation.
    const HELD: [i32; 3] = [5, 32, 33];
    let mut left = more;
    loop {
        match attempt() {
            Err(error) if left > 0 && error.raw_os_error().is_some_and(|c| HELD.contains(&c)) => {
                left -= 1;
                std::thread::sleep(pause);
            }
            ended => return ended,
        }
    }
}

/// Keeps a copy of a notebook of an older format before it is saved in the current one: `case.ron` as `case.v1.ron`. An
/// existing copy is not replaced; one with other content gets a number.
///
/// # Errors
/// What the system says.
pub fn keep_original(path: &Path, version: u32) -> io::Result<PathBuf> {
    let target = resolve(path)?;
    let bytes = regular_file::bytes(&target, LIMIT)?;
    let stem = target.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1..100 {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        let copy = named_beside(&target, &stem, &format!(".v{version}{number}.ron"));
        match new_file(&copy) {
            Ok(mut file) => {
                // Where the access cannot be copied, only the owner can read the copy: the user need not be told.
                let written = file
                    .write_all(&bytes)
                    .and_then(|()| copy_access(&target, &file, &copy))
                    .and_then(|_| file.sync_all());
                if let Err(error) = written {
                    let _ = std::fs::remove_file(&copy);
                    return Err(error);
                }
                return Ok(copy);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if regular_file::bytes(&copy, LIMIT).is_ok_and(|there| there == bytes) {
                    return Ok(copy);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("there are a hundred copies of it already"))
}

/// Checks what will be replaced, before any work is done.
fn look(path: &Path, target: &Path, expected: &Expected) -> Result<(), SaveError> {
    let read_only = |why: String| SaveError::ReadOnly { file: path.to_owned(), why };
    match std::fs::metadata(target) {
        Ok(old) if old.is_dir() => Err(SaveError::IsFolder(path.to_owned())),
        Ok(old) if !old.is_file() => Err(SaveError::NotAFile(path.to_owned())),
        // Renaming over it would succeed, but it was marked read-only on purpose.
        Ok(old) if old.permissions().readonly() => {
            Err(read_only("the file is marked read-only".to_owned()))
        }
        // Renaming would also succeed over another user's file in a folder that this user may write.
        Ok(_) => match may_write(target) {
            Err(why) if why.kind() == io::ErrorKind::PermissionDenied => {
                Err(read_only(format!("you may not write this file: {why}")))
            }
            Err(why) => Err(SaveError::from_io(path, why)),
            Ok(()) => Ok(()),
        },
        Err(why) if why.kind() == io::ErrorKind::NotFound => match expected {
            Expected::New => Ok(()),
            Expected::Same(_) => Err(SaveError::Gone(path.to_owned())),
        },
        Err(why) => Err(SaveError::from_io(path, why)),
    }
}

fn reads_back(file: &mut File, wanted: &[u8]) -> io::Result<bool> {
    file.rewind()?;
    let mut rest = wanted;
    let mut buffer = vec![0_u8; 1 << 18];
    loop {
        let n = match file.read(&mut buffer) {
            Ok(0) => return Ok(rest.is_empty()),
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        match buffer.get(..n).and_then(|found| rest.strip_prefix(found)) {
            Some(more) => rest = more,
            None => return Ok(false),
        }
    }
}

/// Forces the folder's new entry to the disk; false where the system does not do that.
pub(crate) fn sync_folder(folder: &Path) -> bool {
    #[cfg(unix)]
    return File::open(folder).and_then(|folder| folder.sync_all()).is_ok();
    // Windows writes the entry with the file and has no such function.
    #[cfg(not(unix))]
    {
        let _ = folder;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_held_is_waited_for_and_nothing_else_is_tried_again() {
        let tried = |errors: &[i32], more| {
            let mut errors = errors.iter();
            let mut attempts = 0;
            let ended = patiently(more, Duration::ZERO, || {
                attempts += 1;
                errors.next().map_or(Ok(()), |code| Err(io::Error::from_raw_os_error(*code)))
            });
            (ended.map_err(|error| error.raw_os_error().unwrap_or(0)), attempts)
        };
        assert_eq!(tried(&[], 20), (Ok(()), 1));
        assert_eq!(tried(&[32, 5, 33], 20), (Ok(()), 4));
        assert_eq!(tried(&[32; 30], 20), (Err(32), 21));
        // EIO is 5 on Unix, too: there nothing is tried again at all.
        assert_eq!(tried(&[32], 0), (Err(32), 1));
        // The disk is full, the input is wrong, one that was waited for and then another.
        for code in [28, 22, 112] {
            assert_eq!(tried(&[code], 20), (Err(code), 1));
            assert_eq!(tried(&[32, code], 20), (Err(code), 2));
        }
    }

    #[test]
    fn a_notebook_too_large_to_be_read_again_is_not_written() {
        let path = Path::new("case.ron");
        assert!(fits(path, LIMIT).is_ok());
        let error = fits(path, LIMIT + 1).expect_err("too large").to_string();
        for part in ["case.ron", "was not saved", "1 GiB", "Take an article out"] {
            assert!(error.contains(part), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_rename_that_fails_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("taken");
        std::fs::create_dir(&target).expect("made");
        let temporary = tempfile::NamedTempFile::new_in(folder.path()).expect("made");
        assert!(replace(temporary, &target).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 1);
    }
}
