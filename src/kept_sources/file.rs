//! One file of a folder of sources: opened without following a link, hashed, written so that it is there whole or not at
//! all.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read, Seek as _, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::KeepError;
use crate::article::{LIMIT, hex};
use crate::storage::regular_file::Unread;
use crate::storage::sync_folder;

/// How much is read between two checks whether to go on.
const STEP: usize = 1 << 18;
/// How a file that is being written is called: what it begins and ends with.
pub(super) const UNFINISHED: (&str, &str) = (".", ".casebook-tmp");

/// Opens a regular file at exactly this path. A link is none.
pub(super) fn open(path: &Path) -> Result<(File, Metadata), Unread> {
    let ordinary =
        |found: Metadata| if found.is_file() { Ok(found) } else { Err(Unread::NotAFile) };
    ordinary(std::fs::symlink_metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // It may have become a link, or a pipe that blocks, since it was looked at.
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let bits = i32::try_from(flags.bits()).unwrap_or_default();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, bits);
    }
    let file = options.open(path)?;
    let metadata = ordinary(file.metadata()?)?;
    Ok((file, metadata))
}

/// The SHA-256 of what is read, and how many bytes it was; `None` where it was stopped. At most [`LIMIT`] and one more
/// are read.
pub(super) fn hash_of(
    from: impl Read,
    to: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    cancelled: &dyn Fn() -> bool,
) -> io::Result<Option<(String, u64)>> {
    let mut from = from.take(LIMIT + 1);
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0_u8; STEP];
    loop {
        if cancelled() {
            return Ok(None);
        }
        let n = match from.read(&mut buffer) {
            Ok(0) => return Ok(Some((hex(&hash.finalize()), bytes))),
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let piece = buffer.get(..n).unwrap_or(&[]);
        hash.update(piece);
        to(piece)?;
        bytes += n as u64;
    }
}

/// Writes what is read to a file of this name, if it has this hash: into another file first, forced to the disk, read
/// back, and only then under its name. A link of that name is replaced, not followed. Its owner alone may read it.
pub(super) fn write(
    folder: &Path,
    name: &str,
    sha256: &str,
    from: impl Read,
    cancelled: &dyn Fn() -> bool,
) -> Result<(), KeepError> {
    let failed = |why| KeepError::writing(folder, why);
    let mut temporary = tempfile::Builder::new()
        .prefix(UNFINISHED.0)
        .suffix(UNFINISHED.1)
        .tempfile_in(folder)
        .map_err(failed)?;
    // Reading and writing fail for different reasons, and one of the two is told.
    let mut refused = None;
    let read = hash_of(
        from,
        &mut |piece| {
            temporary.as_file_mut().write_all(piece).map_err(|why| {
                refused = Some(why);
                io::ErrorKind::Other.into()
            })
        },
        cancelled,
    );
    if let Some(why) = refused {
        return Err(failed(why));
    }
    match read.map_err(KeepError::Unreadable)? {
        None => return Err(KeepError::Cancelled),
        Some((hash, _)) if hash != sha256 => return Err(KeepError::OtherContent),
        Some(_) => {}
    }
    let file = temporary.as_file_mut();
    file.sync_all().map_err(failed)?;
    file.rewind().map_err(failed)?;
    match hash_of(file, &mut |_| Ok(()), cancelled).map_err(failed)? {
        None => return Err(KeepError::Cancelled),
        Some((hash, _)) if hash != sha256 => return Err(KeepError::ReadBack(folder.to_owned())),
        Some(_) => {}
    }
    temporary.persist(folder.join(name)).map_err(|error| failed(error.error))?;
    // A system that does not confirm it is told of when the notebook itself is saved.
    let _ = sync_folder(folder);
    Ok(())
}
