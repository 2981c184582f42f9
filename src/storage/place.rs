//! Where a notebook's file really is, and the names of what stands beside it: for saving and for the lock.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// The name beside a file: a dot, its name, and this.
pub(super) fn beside(path: &Path, ending: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(ending);
    name
}

/// Ends the name of a file that is being written.
pub(super) const TEMPORARY: &str = ".casebook-tmp";

/// Where the file is, or will be, with every symbolic link followed: also one whose file is not there yet.
///
/// # Errors
/// What the system says: its folder is not there, or the links lead in a circle.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match path.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.canonicalize()?,
            _ => Path::new(".").canonicalize()?,
        };
        match std::fs::read_link(&path) {
            Ok(to) => path = parent.join(to),
            Err(_) => {
                let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
                return Ok(parent.join(name));
            }
        }
    }
    Err(io::Error::other("too many symbolic links"))
}
