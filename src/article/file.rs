//! Reading an article's file: the only place where it is opened. Nothing here blocks on a pipe or reads without end.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::document::{PageAt, PageImage};
use super::error::{ArticleError, shown};
use super::format::format_of;
use super::{LIMIT, Read, ReadOptions, Seeing, hex, mebibytes, read_with, worker};

/// How many bytes are read between two checks whether to go on.
const STEP: usize = 1 << 20;
/// The share of the progress that reading the bytes takes; the rest is decoding.
const READING: f32 = 0.8;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A Casebook notebook.
    Notebook,
    /// Anything else, to be read as an article.
    Article,
}

/// Reads an article from a file; a document in a process of its own (see [`super::worker`]). `cancelled` is checked
/// regularly; `progress` gets a fraction that never decreases, 1 at the end.
///
/// # Errors
/// The file does not exist, is not readable, is not a regular file or is larger than [`LIMIT`]; [`super::decode`]
/// fails; or `cancelled` returned true.
pub fn read_file(
    path: &Path,
    options: &ReadOptions,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Read, ArticleError> {
    read_file_seeing(path, options, &mut |_, _| {}, cancelled, progress)
}

/// As [`read_file`]; shows its bytes to `seeing` before the text is made of them. Text may still fail to be made of them.
///
/// # Errors
/// As [`read_file`].
pub fn read_file_seeing(
    path: &Path,
    options: &ReadOptions,
    seeing: &mut Seeing<'_>,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Read, ArticleError> {
    let bytes = bytes_of(path, cancelled, progress)?;
    let name = path.file_name().map_or_else(|| name_of(path), |n| n.to_string_lossy().into_owned());
    let read = read_bytes(&name, bytes, options, seeing, cancelled)?;
    progress(1.0);
    Ok(read)
}

/// The bytes of a file.
fn bytes_of(
    path: &Path,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Vec<u8>, ArticleError> {
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
        // One byte more than allowed: the size above is only what the system reported.
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
    Ok(bytes)
}

/// Draws a page of a document, at most so many pixels wide. The words on it are those of the
/// text that [`read_file`] gives for the same file.
///
/// # Errors
/// The file cannot be read or holds something else than `sha256` says; it has no such page, or that cannot be drawn; or
/// `cancelled` returned true.
pub fn draw_page(
    path: &Path,
    sha256: &str,
    at: PageAt,
    width: u32,
    cancelled: &dyn Fn() -> bool,
) -> Result<PageImage, ArticleError> {
    let bytes = bytes_of(path, cancelled, &|_| {})?;
    let name = name_of(path);
    if hex(&Sha256::digest(&bytes)) != sha256 {
        return Err(ArticleError::Other { name });
    }
    let format = format_of(&name, &bytes);
    let request = worker::PageRequest { at, width };
    worker::draw(format.name, request, bytes, cancelled).map_err(|error| match error {
        worker::WorkerError::Document(error) => ArticleError::Document { name, error },
        worker::WorkerError::NotStarted(why) => ArticleError::NoReader { name, why },
        worker::WorkerError::Cancelled => ArticleError::Cancelled { name },
    })
}

/// Reads an article from a file's bytes; a document in a process of its own. `name` is the file's name without its folder.
///
/// # Errors
/// [`super::decode`] fails; or `cancelled` returned true.
pub(super) fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    seeing: &mut Seeing<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Read, ArticleError> {
    let read = read_with(name, bytes, options, seeing, |format, _, options, bytes| {
        worker::read(format.name, options, bytes, cancelled)
    })?;
    if cancelled() {
        return Err(ArticleError::Cancelled { name: shown(name) });
    }
    Ok(read)
}

/// What a file holds, as far as it can be told without keeping it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileContent {
    /// How many bytes it has.
    pub bytes: u64,
    /// When it was written last, as the file system says.
    pub modified: Option<SystemTime>,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// How long a file is and when it was written last: cheap enough to look often.
///
/// # Errors
/// The file does not exist, is not readable or is not a regular file.
pub fn look_at(path: &Path) -> Result<(u64, Option<SystemTime>), ArticleError> {
    let found = std::fs::metadata(path).map_err(|error| refused(path, error))?;
    if !found.is_file() {
        return Err(ArticleError::NotAFile { name: name_of(path) });
    }
    Ok((found.len(), found.modified().ok()))
}

/// Reads a file to tell its content from another; `None` where it was `cancelled`.
///
/// # Errors
/// The file does not exist, is not readable, is not a regular file or is larger than [`LIMIT`].
pub fn content_of(
    path: &Path,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<FileContent>, ArticleError> {
    let (mut file, size) = open(path)?;
    if size > LIMIT {
        return Err(ArticleError::TooLarge { name: name_of(path), size: mebibytes(size) });
    }
    // The time of before it was read: what is written meanwhile is seen the next time.
    let modified = file.metadata().ok().and_then(|found| found.modified().ok());
    let mut hash = Sha256::new();
    let mut bytes = 0_u64;
    let mut part = vec![0_u8; 1 << 16];
    loop {
        if cancelled() {
            return Ok(None);
        }
        match file.read(&mut part) {
            Ok(0) => break,
            Ok(n) => {
                hash.update(part.get(..n).unwrap_or(&[]));
                bytes = bytes.saturating_add(n as u64);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(refused(path, error)),
        }
        if bytes > LIMIT {
            return Err(ArticleError::TooLarge { name: name_of(path), size: mebibytes(bytes) });
        }
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Some(FileContent { bytes, modified, sha256 }))
}

/// Distinguishes a notebook from an article by the first bytes: a notebook starts with a bracket and has `casebook:`
/// within the first 256. A file named `.ron` is taken for a notebook, even if its beginning is damaged.
///
/// # Errors
/// The file does not exist, is not readable or is not a regular file.
pub fn sniff(path: &Path) -> Result<FileKind, ArticleError> {
    let (file, size) = open(path)?;
    if size > 0 && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) {
        return Ok(FileKind::Notebook);
    }
    let mut head = Vec::with_capacity(256);
    file.take(256).read_to_end(&mut head).map_err(|e| refused(path, e))?;
    Ok(kind_of(&head))
}

pub(super) fn kind_of(head: &[u8]) -> FileKind {
    let head = &head[..head.len().min(256)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let notebook = head.starts_with(b"(") && memchr::memmem::find(head, b"casebook:").is_some();
    if notebook { FileKind::Notebook } else { FileKind::Article }
}

/// Opens a regular file and returns its size. It is checked before opening, because opening a pipe would block, and
/// again after, because it may have been replaced in between.
pub(super) fn open(path: &Path) -> Result<(File, u64), ArticleError> {
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
    // O_NONBLOCK: some of the system's own files (/proc/kmsg) look regular and block forever.
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

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::path::PathBuf;

    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder for the test")
    }

    fn put(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file for the test");
        path
    }

    fn read(path: &Path) -> Result<Read, ArticleError> {
        read_file(path, &ReadOptions::default(), &|| false, &|_| {})
    }

    #[test]
    fn a_file_becomes_an_article_and_progress_never_falls() {
        let folder = folder();
        let line = "Les relevés étaient sur leur table.\r\n";
        let path = put(&folder, "Relevés.txt", line.repeat(60_000).as_bytes());
        let seen = RefCell::new(Vec::new());
        let read =
            read_file(&path, &ReadOptions::default(), &|| false, &|f| seen.borrow_mut().push(f))
                .expect("an article");
        assert_eq!(read.text.as_str(), line.replace("\r\n", "\n").repeat(60_000));
        assert_eq!(read.origin.file_name, "Relevés.txt");
        let seen = seen.into_inner();
        assert!(
            seen.len() > 3
                && seen.is_sorted()
                && seen.first() == Some(&0.0)
                && seen.last() == Some(&1.0),
            "{seen:?}"
        );
    }

    #[test]
    fn what_is_not_there_or_no_file_is_told_apart() {
        let folder = folder();
        let gone = folder.path().join("gone.txt");
        let error = read(&gone).expect_err("nothing there");
        assert!(
            matches!(&error, ArticleError::Missing { .. })
                && error.to_string().contains("gone.txt"),
            "{error}"
        );
        assert!(matches!(read(folder.path()), Err(ArticleError::Folder { .. })));
        assert!(matches!(sniff(folder.path()), Err(ArticleError::Folder { .. })));
        let under_a_file = put(&folder, "a.txt", b"a").join("b.txt");
        assert!(matches!(read(&under_a_file), Err(ArticleError::Missing { .. })));
        assert!(matches!(read(&put(&folder, "none.txt", b"")), Err(ArticleError::Empty { .. })));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn devices_sockets_and_the_systems_endless_files_do_not_hang() {
        for device in ["/dev/null", "/dev/zero"] {
            assert!(
                matches!(read(Path::new(device)), Err(ArticleError::NotAFile { .. })),
                "{device}"
            );
            assert!(
                matches!(sniff(Path::new(device)), Err(ArticleError::NotAFile { .. })),
                "{device}"
            );
        }
        let folder = folder();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        assert!(matches!(read(&socket), Err(ArticleError::NotAFile { .. })));
        // Its size is said to be 0, and there is text in it all the same.
        assert!(
            read(Path::new("/proc/self/status")).is_ok_and(|r| r.text.as_str().contains("Name:"))
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_is_refused_without_waiting_for_a_writer() {
        let folder = folder();
        let pipe = folder.path().join("pipe");
        let made =
            std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is there");
        assert!(made.success());
        assert!(matches!(read(&pipe), Err(ArticleError::NotAFile { .. })));
        assert!(matches!(sniff(&pipe), Err(ArticleError::NotAFile { .. })));
    }

    #[test]
    fn a_file_past_the_limit_is_refused_by_its_size() {
        let folder = folder();
        let path = put(&folder, "big.txt", b"");
        File::options()
            .write(true)
            .open(&path)
            .and_then(|f| f.set_len(LIMIT + 1))
            .expect("a sparse file");
        let error = read(&path).expect_err("too large");
        assert!(matches!(error, ArticleError::TooLarge { .. }));
        assert!(
            error.to_string().contains("257 MiB") && error.to_string().contains("at most 256 MiB"),
            "{error}"
        );
    }

    #[test]
    fn cancelling_stops_between_steps() {
        let folder = folder();
        let path = put(&folder, "long.txt", &b"words ".repeat(700_000));
        let asked = Cell::new(0);
        let third = || {
            asked.set(asked.get() + 1);
            asked.get() == 3
        };
        let reached = Cell::new(0.0);
        let error = read_file(&path, &ReadOptions::default(), &third, &|f| reached.set(f))
            .expect_err("cancelled");
        assert!(matches!(error, ArticleError::Cancelled { .. }));
        assert!(reached.get() > 0.0 && reached.get() < READING);
    }

    #[cfg(unix)]
    #[test]
    fn a_name_cannot_dress_up_in_a_message() {
        let error = read(Path::new("/nowhere/\u{202e}fdp.exe\n")).expect_err("nothing there");
        assert!(!error.to_string().contains(['\u{202e}', '\n']), "{error}");
    }

    #[test]
    fn notebooks_are_told_from_articles() {
        for (head, kind) in [
            ("(\ncasebook: 1,\ntitle: \"x\"", FileKind::Notebook),
            ("\u{feff} \n(casebook: 7,", FileKind::Notebook),
            ("(casebook) is a word", FileKind::Article),
            ("The casebook: a novel", FileKind::Article),
            ("", FileKind::Article),
        ] {
            let folder = folder();
            assert_eq!(sniff(&put(&folder, "f", head.as_bytes())).expect("a file"), kind, "{head}");
        }
        let late = format!("({}casebook: 1", " ".repeat(256));
        assert_eq!(kind_of(late.as_bytes()), FileKind::Article);
    }
}
