//! Making files and folders that nobody but their owner may read, whatever the user's umask lets through.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder for its owner alone, with those it stands in. One that is there stays as it is.
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

/// How a file is opened that is made for its owner alone if it is not there yet.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A new file for its owner alone, to be read and written.
///
/// # Errors
/// What the system says; a file of that name is there.
pub fn new_file(path: &Path) -> io::Result<File> {
    options().create_new(true).open(path)
}
