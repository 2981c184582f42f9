//! Loading a notebook from a file, with a message for everything that can be wrong with it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::parse::{self, Stopped};
use super::source;
use super::{FormatError, Orphans, Stamp, two_versions};
use crate::notebook::{Notebook, ViewState};

/// The longest file (bytes) that is read: a longer one would not fit into memory several times.
pub const LIMIT: u64 = 1 << 30;

/// A notebook that was loaded.
#[derive(Debug)]
pub struct Loaded {
    /// The notebook.
    pub notebook: Notebook,
    /// The view state it was left in.
    pub desk: ViewState,
    /// The format version of the file; saving writes the current one.
    pub version: u32,
    /// The file as it was: [`super::save`] checks that it still is.
    pub stamp: Stamp,
    /// A line for each anchor whose words are not at its place: it is kept as an orphan.
    pub orphans: Orphans,
}

/// Why a notebook was not loaded. The file is untouched.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such file.
    #[error("“{}” does not exist: it may have been moved or renamed. Choose the file again", .0.display())]
    Missing(PathBuf),
    /// It is a folder.
    #[error("“{}” is a folder: choose the notebook (.ron) inside it", .0.display())]
    Folder(PathBuf),
    /// It is a device, pipe or socket.
    #[error("“{}” is no ordinary file: a notebook is a .ron file", .0.display())]
    NotAFile(PathBuf),
    /// The system refuses to read it.
    #[error("“{}” cannot be read ({why}): check that you may read it and that its disk is connected", file.display())]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// It is empty.
    #[error("“{}” is empty: no notebook was ever saved there, or it was cut off. Look for an earlier copy", .0.display())]
    Empty(PathBuf),
    /// It is longer than [`LIMIT`].
    #[error("“{}” is larger than a notebook may be ({}): split the investigation into several notebooks", .0.display(), super::regular_file::amount(LIMIT))]
    TooLarge(PathBuf),
    /// It is not valid UTF-8.
    #[error("“{}” is no notebook: line {line} holds bytes that are not UTF-8. If it is an article, open it as one", file.display())]
    NotText {
        /// Which.
        file: PathBuf,
        /// The first such line, from 1.
        line: usize,
    },
    /// It has a newer format.
    #[error("“{}” was saved by a newer Casebook (format version {version}; this one reads up to version {}): open it with that one. The file was left as it is", file.display(), super::VERSION)]
    Newer {
        /// Which.
        file: PathBuf,
        /// Its version.
        version: u64,
    },
    /// It does not conform to the format.
    #[error("“{}”, {error}. The file was left as it is: mend that place in a text editor, or open an earlier copy", file.display())]
    Format {
        /// Which.
        file: PathBuf,
        /// Where and what.
        error: FormatError,
    },
    /// It holds two versions that git could not merge, or a record of each.
    #[error("“{}”, {error}. The file was left as it is: merge the two versions in it (“casebook merge FILE -o OUT”, or open it in the window), or mend that place in a text editor", file.display())]
    Unmerged {
        /// Which.
        file: PathBuf,
        /// Where and what.
        error: FormatError,
    },
    /// Stopped on request.
    #[error("loading “{}” was cancelled", .0.display())]
    Cancelled(PathBuf),
}

/// Loads a notebook.
///
/// `cancelled` and `progress` (0 to 1) are called on the calling thread only; large notebooks are read on several.
///
/// # Errors
/// [`LoadError`]; each names the file and says what to do now.
pub fn load(
    path: &Path,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Loaded, LoadError> {
    let unreadable = |why: io::Error| match why.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            LoadError::Missing(path.to_owned())
        }
        io::ErrorKind::IsADirectory => LoadError::Folder(path.to_owned()),
        _ => LoadError::Unreadable { file: path.to_owned(), why },
    };
    // Checked before opening: opening a pipe would block.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(LoadError::Folder(path.to_owned()));
    }
    if !metadata.is_file() {
        return Err(LoadError::NotAFile(path.to_owned()));
    }
    if metadata.len() > LIMIT {
        return Err(LoadError::TooLarge(path.to_owned()));
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    let bytes = read(path, &mut file, metadata.len(), cancelled, progress, unreadable)?;
    if bytes.is_empty() {
        return Err(LoadError::Empty(path.to_owned()));
    }
    let source = simdutf8::compat::from_utf8(&bytes).map_err(|error| LoadError::NotText {
        file: path.to_owned(),
        line: 1 + memchr::memchr_iter(b'\n', bytes.get(..error.valid_up_to()).unwrap_or(&[]))
            .count(),
    })?;
    let (parsed, stamp) = std::thread::scope(|scope| {
        let stamp =
            std::thread::Builder::new().spawn_scoped(scope, || Stamp::of(&bytes, &metadata)).ok();
        let parsed = parse::parse(source, cancelled, &|done| progress(READ + done * (1.0 - READ)));
        let stamp = stamp.and_then(|thread| thread.join().ok());
        (parsed, stamp.unwrap_or_else(|| Stamp::of(&bytes, &metadata)))
    });
    let (notebook, desk, orphans) = parsed.map_err(|stopped| match stopped {
        Stopped::Cancelled => LoadError::Cancelled(path.to_owned()),
        Stopped::Format(FormatError { newer: Some(version), .. }) => {
            LoadError::Newer { file: path.to_owned(), version }
        }
        Stopped::Format(error) => {
            let file = path.to_owned();
            match two_versions(source) {
                Some(_) => LoadError::Unmerged { file, error },
                None => LoadError::Format { file, error },
            }
        }
    })?;
    let version = source::version(source.strip_prefix('\u{feff}').unwrap_or(source))
        .unwrap_or(super::VERSION);
    for article in notebook.articles().values() {
        article.text.prepare();
    }
    progress(1.0);
    Ok(Loaded { notebook, desk, version, stamp, orphans })
}

/// The share of the progress that reading the bytes takes.
const READ: f32 = 0.2;

fn read(
    path: &Path,
    file: &mut File,
    len: u64,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
    unreadable: impl Fn(io::Error) -> LoadError,
) -> Result<Vec<u8>, LoadError> {
    const STEP: u64 = 4 << 20;
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0) + 1);
    loop {
        if cancelled() {
            return Err(LoadError::Cancelled(path.to_owned()));
        }
        // It may grow while it is read.
        if file.by_ref().take(STEP).read_to_end(&mut bytes).map_err(&unreadable)? == 0 {
            return Ok(bytes);
        }
        if bytes.len() as u64 > LIMIT {
            return Err(LoadError::TooLarge(path.to_owned()));
        }
        progress(READ * (bytes.len() as f32 / len.max(1) as f32).min(1.0));
    }
}
