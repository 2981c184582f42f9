//! Where an export goes: a file or folder that is there whole or not at all, or a stream.

use std::cell::{Cell, RefCell};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::leftover::{Leftover, still_there, write_checked};
use super::{Content, Format, Packaging, Single, Sink, Stopped};
use crate::storage::{OutputError, OutputFolder, write_file, write_folder};

/// Why nothing was exported. What was at the place is still there, unchanged.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// On request.
    #[error("the export was cancelled; nothing was written")]
    Cancelled,
    /// The format makes a folder, and was to be written to a stream.
    #[error(
        "{0} makes a folder of files, which cannot go to standard output: name a folder with --output"
    )]
    NoStream(&'static str),
    /// Something that was to be hidden is still there.
    #[error(
        "nothing was exported: “{form}” would still stand in it, in “{around}”. Give what is hidden another alias, or \
         choose another format"
    )]
    NotHidden {
        /// What was to be replaced.
        form: String,
        /// The words around it.
        around: String,
    },
    /// It could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The stream takes no more.
    #[error("the export could not be written to standard output: {0}")]
    Stream(io::Error),
}

/// An export that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file, or the folder.
    pub path: PathBuf,
    /// The names of the files in the folder; empty for a single file.
    pub files: Vec<String>,
    /// How many bytes were written.
    pub bytes: u64,
    /// False where the system would not confirm that it is on the disk.
    pub durable: bool,
}

/// Exports to this path, atomically. What is there already is replaced only if `replace` says so; a folder only if there
/// is nothing in it but what such an export writes.
///
/// # Errors
/// See [`ExportError`].
pub fn write_to(
    path: &Path,
    format: &Format,
    content: &Content<'_>,
    replace: bool,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Written, ExportError> {
    let bytes = Cell::new(0);
    // What writes files tells of an error in words only.
    let leftover = RefCell::new(None);
    let ended = |stopped: Stopped| match stopped {
        Stopped::Cancelled => None,
        Stopped::Write(error) => {
            leftover.replace(still_there(&error));
            Some(error)
        }
    };
    let (durable, files) = match format.packaging {
        Packaging::File(_) => {
            let durable = write_file(path, replace, cancelled, &mut |file| {
                let mut sink = Single(Counted { inner: BufWriter::new(file), bytes: &bytes });
                write_checked(format, content, &mut sink, cancelled, progress).map_err(ended)?;
                sink.flush().map_err(Some)
            });
            (durable, Vec::new())
        }
        Packaging::Folder => {
            let mut files = Vec::new();
            let durable = write_folder(path, replace, cancelled, &mut |folder| {
                let mut sink = Files { folder, open: None, bytes: &bytes };
                write_checked(format, content, &mut sink, cancelled, progress).map_err(ended)?;
                sink.close().map_err(Some)?;
                files = folder.names().to_vec();
                Ok(())
            });
            (durable, files)
        }
    };
    let durable = durable.map_err(|error| match error {
        OutputError::Cancelled => ExportError::Cancelled,
        error => match leftover.take() {
            Some(Leftover { form, around }) => ExportError::NotHidden { form, around },
            None => error.into(),
        },
    })?;
    Ok(Written { path: path.to_owned(), files, bytes: bytes.get(), durable })
}

/// Exports to a stream: how many bytes.
///
/// # Errors
/// See [`ExportError`].
pub fn write_to_stream(
    stream: &mut dyn Write,
    format: &Format,
    content: &Content<'_>,
) -> Result<u64, ExportError> {
    if format.packaging == Packaging::Folder {
        return Err(ExportError::NoStream(format.id));
    }
    let bytes = Cell::new(0);
    let mut sink = Single(Counted { inner: BufWriter::new(stream), bytes: &bytes });
    let ended = |stopped| match stopped {
        Stopped::Cancelled => ExportError::Cancelled,
        Stopped::Write(error) => match still_there(&error) {
            Some(Leftover { form, around }) => ExportError::NotHidden { form, around },
            None => ExportError::Stream(error),
        },
    };
    write_checked(format, content, &mut sink, &|| false, &|_| {}).map_err(ended)?;
    sink.flush().map_err(ExportError::Stream)?;
    Ok(bytes.get())
}

/// Counts what goes through it.
struct Counted<'a, W> {
    inner: W,
    bytes: &'a Cell<u64>,
}

impl<W: Write> Write for Counted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.bytes.set(self.bytes.get() + written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// The files of a folder, one after the other.
struct Files<'a> {
    folder: &'a mut OutputFolder,
    open: Option<BufWriter<std::fs::File>>,
    bytes: &'a Cell<u64>,
}

impl Files<'_> {
    fn close(&mut self) -> io::Result<()> {
        let Some(mut file) = self.open.take() else { return Ok(()) };
        file.flush()?;
        file.get_ref().sync_all()
    }
}

impl Write for Files<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = self.open.as_mut().ok_or_else(|| io::Error::other("no file was begun"))?;
        let written = file.write(bytes)?;
        self.bytes.set(self.bytes.get() + written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Sink for Files<'_> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.close()?;
        self.open = Some(BufWriter::new(self.folder.create(name)?));
        Ok(())
    }
}
