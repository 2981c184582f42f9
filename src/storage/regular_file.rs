//! Reading files of unknown origin: regular files only, and never more than a limit.
//!
//! Opening a pipe would block, a device has no end, and a file of gigabytes would fill the memory. Articles and
//! notebooks are read elsewhere, with messages of their own; everything else is read through this module.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// Why a file was not read, worded as the middle of a sentence that names it.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// A folder, a device, a pipe or a socket.
    #[error("it is no ordinary file")]
    NotAFile,
    /// Longer than it may be.
    #[error("it is longer than {}, the most that is read", amount(*.limit))]
    TooLong {
        /// In bytes.
        limit: u64,
    },
    /// It is not valid UTF-8.
    #[error("line {line} holds bytes that are not UTF-8")]
    NotText {
        /// The first such line, from 1.
        line: usize,
    },
    /// The system's error.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Unread {
    /// Whether there is no such file.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

impl From<Unread> for io::Error {
    fn from(why: Unread) -> Self {
        match why {
            Unread::Io(error) => error,
            other => Self::other(other.to_string()),
        }
    }
}

/// A number of bytes in words: “64 MiB”, “512 KiB”.
#[must_use]
pub fn amount(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match UNITS.iter().find(|(size, _)| bytes >= *size && bytes.is_multiple_of(*size)) {
        Some((size, unit)) => format!("{} {unit}", bytes / size),
        None => format!("{bytes} bytes"),
    }
}

/// Opens a regular file. It is checked before opening, because opening a pipe would block, and again after, because it
/// may have been replaced in between.
///
/// # Errors
/// [`Unread::NotAFile`], or what the system says.
pub fn open(path: &Path) -> Result<(File, Metadata), Unread> {
    let ordinary =
        |found: Metadata| if found.is_file() { Ok(found) } else { Err(Unread::NotAFile) };
    ordinary(std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    let metadata = ordinary(file.metadata()?)?;
    Ok((file, metadata))
}

/// All bytes of a regular file that has at most `limit` of them.
///
/// # Errors
/// [`Unread`], except [`Unread::NotText`].
pub fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    let (file, metadata) = open(path)?;
    if metadata.len() > limit {
        return Err(Unread::TooLong { limit });
    }
    all(file, limit)
}

/// All text of a regular file that has at most `limit` bytes.
///
/// # Errors
/// [`Unread`].
pub fn text(path: &Path, limit: u64) -> Result<String, Unread> {
    as_text(bytes(path, limit)?)
}

/// All text from a reader, at most `limit` bytes: for standard input, which may be a pipe.
///
/// # Errors
/// [`Unread`], except [`Unread::NotAFile`].
pub fn text_from(from: impl Read, limit: u64) -> Result<String, Unread> {
    as_text(all(from, limit)?)
}

fn all(from: impl Read, limit: u64) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    // One byte more than allowed: the length that the system reports may be wrong, and the file may grow.
    from.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(Unread::TooLong { limit }) } else { Ok(bytes) }
}

fn as_text(bytes: Vec<u8>) -> Result<String, Unread> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or(&[]);
        Unread::NotText { line: 1 + memchr::memchr_iter(b'\n', before).count() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit_and_no_further() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(&path, "one\ntwo").expect("written");
        assert_eq!(text(&path, 7).expect("read"), "one\ntwo");
        let error = text(&path, 6).expect_err("too long");
        assert_eq!(error.to_string(), "it is longer than 6 bytes, the most that is read");
        let error = text_from(&b"one\ntwo"[..], 6).expect_err("too long");
        assert!(matches!(error, Unread::TooLong { limit: 6 }));
        std::fs::write(&path, b"one\ntw\xff").expect("written");
        assert!(matches!(text(&path, 99), Err(Unread::NotText { line: 2 })));
        assert!(text(&folder.path().join("none"), 9).is_err_and(|error| error.is_missing()));
        assert!(matches!(text(folder.path(), 9), Err(Unread::NotAFile)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_no_file_is_neither_waited_for_nor_read_without_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
        assert!(made.success());
        for path in [&*pipe, Path::new("/dev/zero")] {
            assert!(matches!(bytes(path, 1 << 40), Err(Unread::NotAFile)), "{}", path.display());
        }
    }

    #[test]
    fn amounts_are_said_in_whole_units() {
        assert_eq!(
            [amount(1 << 30), amount(64 << 20), amount(1 << 18), amount(1000)].join(", "),
            "1 GiB, 64 MiB, 256 KiB, 1000 bytes"
        );
    }
}
