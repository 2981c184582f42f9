//! Backups: copies of what was saved and of what was opened, thinned out as they grow old.
//!
//! A backup is the bytes of one save, or those that a first save was about to replace, under a name with the time
//! (UTC), the beginning of the content's hash, and a number that gives the order whatever the clock does. The last ten
//! are kept, then the last of each hour for a day, then the last of each day for 30 days (what was opened counts by
//! itself), within [`MOST_OF_ONE`] bytes for one notebook and [`MOST`] for all; the newest of a notebook is always
//! kept.

mod listed;
mod purging;
mod restoring;
mod thinned;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use self::listed::list_in;
use super::folder::{Folder, make, name_of, sync};
use super::record_format::Hash;
use crate::storage::regular_file::{self, Unread};
use crate::storage::{LIMIT, Stamp};

pub use self::listed::Backup;
pub use self::purging::{Purged, purge};
pub use self::restoring::restore_beside;

/// The most bytes of backups kept of one notebook.
pub const MOST_OF_ONE: u64 = 250_000_000;
/// The most bytes of backups kept in total.
pub const MOST: u64 = 1_000_000_000;
/// The number of last saves that are kept, however close together.
pub const LAST: usize = 10;

/// The file beside the backups of a notebook that holds the path of the notebook.
const WHERE: &str = "notebook.txt";

/// The folder of a notebook's backups; `None` where nothing is kept.
fn folder_of(folder: &Folder, notebook: &Path) -> Option<PathBuf> {
    Some(folder.backups()?.join(name_of(notebook)))
}

/// The folders of all notebooks' backups.
fn folders(all: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(all)? {
        let path = entry?.path();
        // A broken link may lead to a disk that is not connected.
        if path.is_dir() || path.is_symlink() {
            found.push(path);
        }
    }
    Ok(found)
}

/// Keeps the bytes of a save, and thins out the older backups. `at`: seconds since 1970, UTC.
///
/// Content that is the newest backup already is not kept again.
///
/// # Errors
/// The system's error. The notebook itself is saved all the same.
pub fn keep(folder: &Folder, notebook: &Path, bytes: &[u8], at: i64) -> io::Result<()> {
    let Some(place) = folder_of(folder, notebook) else { return Ok(()) };
    let hash: Hash = Sha256::digest(bytes).into();
    let there = list_in(&place);
    if there.first().is_none_or(|newest| !newest.holds(&hash, bytes.len() as u64)) {
        let mut file = start(folder, &place, notebook)?;
        file.write_all(bytes)?;
        finish(file, &place, &listed::name(at, &hash, next(&there), false)?)?;
    }
    thinned::thin(&place, at);
    thinned::cap(&folder.backups().unwrap_or_else(|| place.clone()));
    Ok(())
}

/// Keeps what a save is about to replace, if no backup holds it yet: the notebook as another Casebook, another program
/// or another person left it. It reads the file, so it belongs in a job. `at`: seconds since 1970, UTC.
///
/// `opened` is the file as it was opened or last saved. A file that has changed since is not kept, because nothing is
/// saved over it. `None` means that any file is to be replaced; where there is no file, nothing is kept.
///
/// # Errors
/// The system's error, or that the file is too long to be a notebook.
pub fn keep_opened(
    folder: &Folder,
    notebook: &Path,
    opened: Option<&Stamp>,
    at: i64,
) -> io::Result<()> {
    let Some(place) = folder_of(folder, notebook) else { return Ok(()) };
    let there = list_in(&place);
    // An older one that holds the same may soon be thinned out.
    let is_kept =
        |hash: &Hash, bytes| there.iter().take(LAST / 2).any(|backup| backup.holds(hash, bytes));
    if opened.is_some_and(|stamp| is_kept(&stamp.sha256(), stamp.bytes())) {
        return Ok(());
    }
    let source = match regular_file::open(notebook) {
        Ok((source, _)) => source,
        Err(why) if why.is_missing() => return Ok(()),
        Err(why) => return Err(why.into()),
    };
    let mut file = start(folder, &place, notebook)?;
    let (hash, bytes) = copy(source, &mut file)?;
    if is_kept(&hash, bytes) || opened.is_some_and(|stamp| stamp.sha256() != hash) {
        return Ok(());
    }
    finish(file, &place, &listed::name(at, &hash, next(&there), true)?)
}

/// Copies a file's content; returns its hash and length. Unlike with a hard link, later changes to the file do not
/// affect the copy.
fn copy(source: File, to: &mut impl Write) -> io::Result<(Hash, u64)> {
    let mut source = source.take(LIMIT + 1);
    let (mut hash, mut buffer, mut bytes) = (Sha256::new(), vec![0_u8; 1 << 18], 0_u64);
    loop {
        let n = match source.read(&mut buffer) {
            Ok(0) if source.limit() == 0 => return Err(Unread::TooLong { limit: LIMIT }.into()),
            Ok(0) => return Ok((hash.finalize().into(), bytes)),
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let piece = buffer.get(..n).unwrap_or(&[]);
        hash.update(piece);
        to.write_all(piece)?;
        bytes += n as u64;
    }
}

fn next(there: &[Backup]) -> u64 {
    there.first().map_or(0, |newest| newest.number).saturating_add(1)
}

/// A file that becomes a backup once it is whole.
fn start(folder: &Folder, place: &Path, notebook: &Path) -> io::Result<tempfile::NamedTempFile> {
    if let Some(all) = folder.backups() {
        make(&all)?;
    }
    make(place)?;
    // Empty where the disk was full for an earlier Casebook.
    if std::fs::metadata(place.join(WHERE)).is_ok_and(|there| there.len() > 0) {
        return new_in(place);
    }
    let mut about = new_in(place)?;
    about.write_all(notebook.as_os_str().as_encoded_bytes())?;
    finish(about, place, WHERE)?;
    new_in(place)
}

fn new_in(place: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(place)
}

/// Forces a file to the disk and gives it its name.
fn finish(file: tempfile::NamedTempFile, place: &Path, name: &str) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(place.join(name)).map_err(|error| error.error)?;
    sync(place)
}

/// The backups of a notebook, the newest first.
#[must_use]
pub fn list(folder: &Folder, notebook: &Path) -> Vec<Backup> {
    folder_of(folder, notebook).map_or_else(Vec::new, |place| list_in(&place))
}

/// How many bytes the backups of a notebook take, and those of all notebooks.
#[must_use]
pub fn taken(folder: &Folder, notebook: Option<&Path>) -> (u64, u64) {
    let sum = |backups: &[Backup]| backups.iter().map(|backup| backup.bytes).sum::<u64>();
    let one = notebook.map_or(0, |notebook| sum(&list(folder, notebook)));
    let all = folder.backups().map_or(0, |all| {
        folders(&all).unwrap_or_default().iter().map(|place| sum(&list_in(place))).sum()
    });
    (one, all)
}

/// The backup of a notebook that has this content (SHA-256 in lower-case hexadecimal): found by its name, so the caller
/// must verify the content.
#[must_use]
pub fn with_content(folder: &Folder, notebook: &Path, sha256: &str) -> Option<PathBuf> {
    let found = list(folder, notebook);
    found.into_iter().find(|backup| sha256.starts_with(&backup.hash)).map(|backup| backup.file)
}

#[cfg(test)]
mod tests;
