//! Making files and folders that only their owner may read, whatever the user's umask.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder, with its missing parents, that only its owner may read. An existing one stays as it is.
///
/// # Errors
/// What the system says.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Options for opening a file; if it is created, only its owner may read it.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a new file, readable by its owner only, and opens it for reading and writing.
///
/// # Errors
/// The system's error, for example that the file exists.
pub fn new_file(path: &Path) -> io::Result<File> {
    options().create_new(true).open(path)
}
