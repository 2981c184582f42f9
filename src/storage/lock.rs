//! The lock: a small file beside a notebook that says who has it open.
//!
//! The notebook itself is not locked, for saving renames over it. The lock is the system's (it ends with the
//! process, however that ends); the text in the file is only for the message.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::place::{TEMPORARY, beside, resolve};

/// A lock's first line.
const FIRST: &str = "casebook\n";
/// A longer file (bytes) is no lock.
const LONGEST: u64 = 4096;

/// Holds a notebook for one Casebook until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Who has a notebook open, as far as the lock tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    /// The machine.
    pub host: String,
    /// Since when: RFC 3339, UTC.
    pub since: String,
}

/// Why a notebook is not locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another Casebook has it open.
    #[error("“{}” is open in another Casebook{}: close it there, or open a copy", file.display(), by(holder.as_ref()))]
    Held {
        /// The notebook.
        file: PathBuf,
        /// Who, where the lock could be read.
        holder: Option<Holder>,
    },
    /// No lock can be had there. Reading is safe; nothing keeps another Casebook from opening it too.
    #[error("“{}” cannot be locked ({why}): it can be read, but nothing keeps another Casebook from changing it meanwhile", file.display())]
    Unavailable {
        /// The notebook.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
}

fn by(holder: Option<&Holder>) -> String {
    match holder {
        None => String::new(),
        Some(Holder { pid, host, since }) => {
            format!(" (process {pid} on {host}, since {since})")
        }
    }
}

impl Lock {
    /// Locks the notebook at this path, whether or not it exists yet, and sweeps away what a save that was killed
    /// left beside it.
    ///
    /// # Errors
    /// [`LockError::Held`] when another Casebook, or another lock of this one, has it; [`LockError::Unavailable`],
    /// a warning, where no lock can be made.
    pub fn acquire(path: &Path) -> Result<Self, LockError> {
        let unavailable = |why| LockError::Unavailable { file: path.to_owned(), why };
        let target = resolve(path).map_err(unavailable)?;
        let lock_path = target.with_file_name(beside(&target, ".lock"));
        // Once locked, the file may turn out to be one that its holder has just removed; then again.
        for _ in 0..100 {
            // Never through a link: a folder that was unpacked from somewhere may hold one, and what it leads to
            // would be made, or written over.
            match std::fs::symlink_metadata(&lock_path) {
                Ok(there) if !there.is_file() => return Err(unavailable(no_lock(&lock_path))),
                Ok(_) => {}
                Err(why) if why.kind() == io::ErrorKind::NotFound => {}
                Err(why) => return Err(unavailable(why)),
            }
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&lock_path)
                .map_err(unavailable)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut text = String::new();
                    let read = Read::by_ref(&mut file).take(LONGEST).read_to_string(&mut text);
                    let holder = read.ok().and_then(|_| holder(&text));
                    return Err(LockError::Held { file: path.to_owned(), holder });
                }
                Err(TryLockError::Error(why)) => return Err(unavailable(why)),
            }
            if is_at(&file, &lock_path) {
                if !is_lock(&mut file).map_err(unavailable)? {
                    return Err(unavailable(no_lock(&lock_path)));
                }
                // The text is for a message only: without it the lock holds all the same.
                let _ = write(&mut file);
                sweep(&target);
                return Ok(Self { file, path: lock_path });
            }
        }
        Err(unavailable(io::Error::other("the lock keeps being removed")))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still locked, and only if it is still ours: whoever waits for the removed file
        // notices (`is_at`). Where that cannot be told, it stays; an old lock file locks nobody out.
        if cfg!(unix) && is_at(&self.file, &self.path) {
            let _ = std::fs::remove_file(&self.path);
        }
        // Closing it lets go, too, but not of the copies that a program holds which is just being started.
        let _ = self.file.unlock();
    }
}

/// Whether the path still leads to this open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// What stands at a lock's place was not made by a Casebook.
fn no_lock(path: &Path) -> io::Error {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    io::Error::other(format!(
        "“{name}” beside it is something else than Casebook’s lock and was left as it is; remove or rename it"
    ))
}

/// Whether a file may be written as a lock: it is empty, or holds what a lock holds, and has no other name. A file of
/// another name would be written over with it.
fn is_lock(file: &mut File) -> io::Result<bool> {
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) > 1 {
        return Ok(false);
    }
    file.rewind()?;
    let mut found = Vec::new();
    Read::by_ref(file).take(LONGEST + 1).read_to_end(&mut found)?;
    // A power cut may have left only a part of one, or zeros where its bytes never came.
    let ours = found.iter().zip(FIRST.bytes()).all(|(is, was)| *is == was || *is == 0);
    Ok(ours && found.len() as u64 <= LONGEST)
}

fn write(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    write!(file, "{FIRST}{}\n{}\n{now}\n", std::process::id(), host())
}

fn holder(text: &str) -> Option<Holder> {
    let mut lines = text.lines();
    (lines.next()? == "casebook").then_some(())?;
    let pid = lines.next()?.parse().ok()?;
    let host = lines.next()?.to_owned();
    Some(Holder { pid, host, since: lines.next()?.to_owned() })
}

fn host() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .or_else(|_| std::fs::read_to_string("/etc/hostname"))
        .ok()
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .or_else(|| std::env::var("HOSTNAME").ok());
    let name = name.as_deref().map_or("", str::trim);
    if name.is_empty() { "this machine".to_owned() } else { name.replace('\n', " ") }
}

/// Removes what saves of this notebook left when they were killed. Only for who holds the lock: nobody else is
/// saving it now.
fn sweep(target: &Path) {
    let start = beside(target, ".");
    let Some(entries) = target.parent().and_then(|folder| std::fs::read_dir(folder).ok()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        let random = name
            .strip_prefix(start.as_encoded_bytes())
            .and_then(|name| name.strip_suffix(TEMPORARY.as_bytes()));
        // A dot in it: a notebook whose name begins with this one's.
        let ours = random.is_some_and(|random| !random.contains(&b'.'));
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
