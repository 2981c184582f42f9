//! Restoring a backup: a copy of it, under a name of its own.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::listed::ENDING;
use crate::storage::regular_file::{self, Unread};
use crate::storage::{LIMIT, named_beside, new_file};

/// The number of bytes that are copied at a time.
const PIECE: usize = 1 << 18;

/// Copies a backup to a new file of this name, or one with a number where that exists. Where an unchanged copy of it is
/// there already, that is used. Returns its path; `None` if `stop` returned true: then there is no new file.
///
/// # Errors
/// What the system says.
pub fn restore_beside(
    backup: &Path,
    to: &Path,
    stop: &dyn Fn() -> bool,
) -> io::Result<Option<PathBuf>> {
    let stem = to.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1..100 {
        let to = match number {
            1 => to.to_owned(),
            _ => named_beside(to, &stem, &format!("-{number}.{ENDING}")),
        };
        match restore(backup, &to, stop) {
            Ok(restored) => return Ok(restored.then_some(to)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                match is_copy(&to, backup, stop) {
                    Ok(Some(true)) => return Ok(Some(to)),
                    Ok(None) => return Ok(None),
                    // Another file, or one that cannot be read: it stays.
                    Ok(Some(false)) | Err(_) => {}
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("a hundred files of that name already exist"))
}

/// Copies a backup to a new file, readable by its owner only; an existing file is not replaced. Returns whether it did:
/// if `stop` returns true, no file is left.
///
/// # Errors
/// The system's error, for example that the file exists.
pub(super) fn restore(backup: &Path, to: &Path, stop: &dyn Fn() -> bool) -> io::Result<bool> {
    let (source, found) = regular_file::open(backup)?;
    if found.len() > LIMIT {
        return Err(Unread::TooLong { limit: LIMIT }.into());
    }
    let mut file = new_file(to)?;
    let written = copy(source.take(LIMIT), &mut file, stop).and_then(|whole| {
        if whole {
            file.sync_all()?;
        }
        Ok(whole)
    });
    if !matches!(written, Ok(true)) {
        let _ = std::fs::remove_file(to);
        return written;
    }
    if let Some(folder) = to.parent() {
        // The file is there and whole, even if forcing its folder to the disk failed.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(true)
}

/// Copies piece by piece; false if `stop` returned true.
fn copy(mut source: impl Read, to: &mut File, stop: &dyn Fn() -> bool) -> io::Result<bool> {
    let mut buffer = vec![0_u8; PIECE];
    loop {
        if stop() {
            return Ok(false);
        }
        let piece = read(&mut source, &mut buffer)?;
        if piece.is_empty() {
            return Ok(true);
        }
        to.write_all(piece)?;
    }
}

/// Whether a file holds the same bytes as another; `None` if `stop` returned true.
fn is_copy(one: &Path, other: &Path, stop: &dyn Fn() -> bool) -> io::Result<Option<bool>> {
    let ((mut one, found), (mut other, expected)) =
        (regular_file::open(one)?, regular_file::open(other)?);
    if found.len() != expected.len() {
        return Ok(Some(false));
    }
    let (mut left, mut right) = (vec![0_u8; PIECE], vec![0_u8; PIECE]);
    loop {
        if stop() {
            return Ok(None);
        }
        let (left, right) = (read(&mut one, &mut left)?, read(&mut other, &mut right)?);
        if left != right || left.is_empty() {
            return Ok(Some(left == right));
        }
    }
}

/// The next bytes, as many as the buffer takes; fewer only at the end.
fn read<'a>(source: &mut impl Read, buffer: &'a mut [u8]) -> io::Result<&'a [u8]> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
        match source.read(room) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(buffer.get(..filled).unwrap_or(&[]))
}
