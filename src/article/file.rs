//! The one place where an article's file is opened. Nothing here waits for a pipe or reads without end.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

use super::error::{ArticleError, shown};
use super::{LIMIT, Read, decode, mebibytes};

/// How many bytes are read between two questions whether to go on.
const STEP: usize = 1 << 20;
/// How much of reading an article is reading its bytes; the rest is decoding.
const READING: f32 = 0.8;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A notebook of Casebook's.
    Notebook,
    /// Anything else: to be read as an article.
    Article,
}

/// Reads an article from a file. `encoding` is a label of the WHATWG Encoding Standard, or `None` to guess.
/// `cancelled` is asked now and then; `progress` is told a fraction that never falls, 1 at the end.
///
/// # Errors
/// Where the file is not there, not readable, no ordinary file or larger than [`LIMIT`]; where [`decode`] refuses;
/// where `cancelled` answers yes.
pub fn read_file(
    path: &Path,
    encoding: Option<&str>,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Read, ArticleError> {
    let (mut file, size) = open(path)?;
    if size > LIMIT {
        return Err(ArticleError::TooLarge { name: name_of(path), size: mebibytes(size) });
    }
    progress(0.0);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    loop {
        if cancelled() {
            return Err(ArticleError::Cancelled { name: name_of(path) });
        }
        // One byte more than may be: the size above is only what the system said.
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > LIMIT {
            return Err(ArticleError::TooLarge { name: name_of(path), size: mebibytes(length) });
        }
        let step = (LIMIT + 1 - length).min(STEP as u64);
        let read = (&mut file).take(step).read_to_end(&mut bytes).map_err(|e| refused(path, e))?;
        if read == 0 {
            break;
        }
        progress(READING * (bytes.len() as f32 / (size.max(1) as f32)).min(1.0));
    }
    let name = path.file_name().map_or_else(|| name_of(path), |n| n.to_string_lossy().into_owned());
    let read = decode(&name, bytes, encoding)?;
    if cancelled() {
        return Err(ArticleError::Cancelled { name: name_of(path) });
    }
    progress(1.0);
    Ok(read)
}

/// Tells a notebook from an article by the first bytes: a notebook starts with a bracket and names its version as
/// `casebook:` within the first 256.
///
/// # Errors
/// Where the file is not there, not readable or no ordinary file.
pub fn sniff(path: &Path) -> Result<FileKind, ArticleError> {
    let (file, _) = open(path)?;
    let mut head = Vec::with_capacity(256);
    file.take(256).read_to_end(&mut head).map_err(|e| refused(path, e))?;
    Ok(kind_of(&head))
}

fn kind_of(head: &[u8]) -> FileKind {
    let head = &head[..head.len().min(256)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let notebook = head.starts_with(b"(") && memchr::memmem::find(head, b"casebook:").is_some();
    if notebook { FileKind::Notebook } else { FileKind::Article }
}

/// An ordinary file, open, and its size. Looked at before it is opened, because opening a pipe waits for a writer, and
/// after, because it may have become another one in between.
fn open(path: &Path) -> Result<(File, u64), ArticleError> {
    let ordinary = |kind: std::fs::Metadata| {
        if kind.is_dir() {
            Err(ArticleError::Folder { name: name_of(path) })
        } else if kind.is_file() {
            Ok(kind.len())
        } else {
            Err(ArticleError::NotAFile { name: name_of(path) })
        }
    };
    ordinary(std::fs::metadata(path).map_err(|e| refused(path, e))?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // O_NONBLOCK: some of the system's own files (/proc/kmsg) look ordinary and wait for ever.
    #[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, 0o4000);
    let file = options.open(path).map_err(|e| refused(path, e))?;
    let size = ordinary(file.metadata().map_err(|e| refused(path, e))?)?;
    Ok((file, size))
}

fn refused(path: &Path, why: io::Error) -> ArticleError {
    let name = name_of(path);
    match why.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ArticleError::Missing { name },
        _ => ArticleError::Unreadable { name, why },
    }
}

fn name_of(path: &Path) -> String {
    shown(&path.display().to_string())
}
