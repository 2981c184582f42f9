//! The files in a zip archive. An archive may come from anybody: what it says of its members' sizes is checked, their
//! names are only shown, and nothing is unpacked to the disk.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipArchive;
use zip::result::ZipError;

use super::too_large;
use crate::article::LIMIT;
use crate::article::error::shown;
use crate::article::file;

/// The most bytes that are read to learn what is in an archive: ten thousand files take a tenth of that.
const MOST_LISTED: u64 = 16 << 20;
/// The most members that are looked at.
const MOST_MEMBERS: usize = 100_000;
/// How many bytes are unpacked between two checks whether to go on.
const STEP: u64 = 1 << 20;

/// An archive that is open.
#[derive(Debug)]
pub(super) struct Archive(Mutex<ZipArchive<Metered<File>>>);

/// A member of an archive.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub number: usize,
    /// Its folders and its own name: nothing that leads out of the archive.
    pub names: Vec<String>,
    /// How long it is, as the archive says.
    pub bytes: u64,
    pub obstacle: Option<Obstacle>,
}

/// Why a member is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    Encrypted,
    Link,
}

/// Opens an archive and lists its members; its folders are none.
///
/// # Errors
/// A whole sentence that says why it cannot be opened, and what to do.
pub(super) fn open(path: &Path, name: &str) -> Result<(Archive, Vec<Member>), String> {
    let (file, _) = file::open(path).map_err(|error| error.to_string())?;
    let left = Arc::new(AtomicU64::new(MOST_LISTED));
    let metered = Metered { inner: file, left: Arc::clone(&left) };
    let archive = ZipArchive::new(metered).map_err(|error| damaged(name, &error))?;
    left.store(u64::MAX, Ordering::Relaxed);
    if archive.len() > MOST_MEMBERS {
        return Err(format!(
            "“{name}” holds more than {MOST_MEMBERS} files. Unpack it, and open its folders by themselves."
        ));
    }
    let mut members = Vec::new();
    for number in 0..archive.len() {
        let entry = archive.by_index_data(number).map_err(|error| damaged(name, &error))?;
        if entry.is_dir() {
            continue;
        }
        let raw = entry.name().map_or_else(
            |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
            std::borrow::Cow::into_owned,
        );
        let obstacle = if entry.is_symlink() {
            Some(Obstacle::Link)
        } else if entry.encrypted() {
            Some(Obstacle::Encrypted)
        } else {
            None
        };
        members.push(Member { number, names: names_of(&raw), bytes: entry.size(), obstacle });
    }
    Ok((Archive(Mutex::new(archive)), members))
}

/// A member's folders and name, without whatever leads out of the archive.
fn names_of(raw: &str) -> Vec<String> {
    let is_drive = |name: &str| name.len() == 2 && name.ends_with(':');
    let names: Vec<String> = raw
        .split(['/', '\\'])
        .map(str::trim)
        .filter(|name| !matches!(*name, "" | "." | "..") && !is_drive(name))
        .map(shown)
        .collect();
    if names.is_empty() { vec!["?".to_owned()] } else { names }
}

impl Archive {
    /// Unpacks a member. `None` where it was `cancelled`.
    ///
    /// # Errors
    /// A whole sentence that says why it cannot be unpacked: it is damaged, or longer than it says.
    pub(super) fn read(
        &self,
        number: usize,
        name: &str,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<u8>>, String> {
        // A thread that panicked while it read leaves nothing behind but its place in the file.
        let mut archive = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut member = archive.by_index(number).map_err(|error| damaged(name, &error))?;
        let says = member.size().min(LIMIT);
        let mut bytes = Vec::new();
        loop {
            if cancelled() {
                return Ok(None);
            }
            let length = bytes.len() as u64;
            if length > LIMIT {
                return Err(too_large(name, length));
            }
            if length > says {
                return Err(format!(
                    "“{name}” is longer than its archive says. Unpack the archive with another program, and open the folder."
                ));
            }
            let step = (says + 1 - length).min(STEP);
            let read = (&mut member)
                .take(step)
                .read_to_end(&mut bytes)
                .map_err(|error| damaged(name, &ZipError::Io(error)))?;
            if read == 0 {
                return Ok(Some(bytes));
            }
        }
    }
}

fn damaged(name: &str, error: &ZipError) -> String {
    let why = match error {
        ZipError::Io(why) => why.to_string(),
        ZipError::InvalidArchive(why) => why.to_string(),
        ZipError::UnsupportedArchive(why) => (*why).to_owned(),
        ZipError::CompressionMethodNotSupported(method) => {
            format!("it is compressed by a method (number {method}) that Casebook does not know")
        }
        other => other.to_string(),
    };
    let why = why.trim_end_matches('.');
    format!(
        "“{name}” cannot be unpacked: {why}. Unpack it with another program, and open the folder."
    )
}

/// A file of which no more than so many bytes are read.
#[derive(Debug)]
struct Metered<R> {
    inner: R,
    left: Arc<AtomicU64>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        let left = self.left.load(Ordering::Relaxed);
        if left == u64::MAX {
            return Ok(read);
        }
        let Some(left) = left.checked_sub(read as u64) else {
            let why = "the list of its files is too long, or it is no zip archive";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        };
        self.left.store(left, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere() {
        for (raw, names) in [
            ("a/b.txt", vec!["a", "b.txt"]),
            ("../../etc/passwd", vec!["etc", "passwd"]),
            ("/abs/c.txt", vec!["abs", "c.txt"]),
            ("C:\\Users\\d.txt", vec!["Users", "d.txt"]),
            ("..", vec!["?"]),
            ("x/\u{202e}fdp.exe", vec!["x", "\u{fffd}fdp.exe"]),
        ] {
            assert_eq!(names_of(raw), names, "{raw}");
        }
    }
}
