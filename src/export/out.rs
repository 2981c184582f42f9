//! Where an export goes while it is written, and what stops it.

use std::io::{self, Write};

/// Why an export was not written to its end.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// On request.
    #[error("the export was cancelled")]
    Cancelled,
    /// What it is written to takes no more.
    #[error("{0}")]
    Write(#[from] io::Error),
}

/// What a format writes into: one file, or a folder's files one after the other.
pub trait Sink: Write {
    /// Begins the next file of a folder: a plain name without a path. Formats of one file never call it.
    ///
    /// # Errors
    /// What the system says.
    fn begin(&mut self, name: &str) -> io::Result<()>;
}

/// A single file, or standard output.
#[derive(Debug)]
pub struct Single<W>(pub W);

impl<W: Write> Write for Single<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write> Sink for Single<W> {
    fn begin(&mut self, _: &str) -> io::Result<()> {
        Err(io::Error::other("a format of one file begins none"))
    }
}

/// What a writer writes with: bytes go on to the sink, so that an export of any size takes little memory.
pub struct Out<'a> {
    sink: &'a mut dyn Sink,
    cancelled: &'a dyn Fn() -> bool,
    progress: &'a dyn Fn(f32),
    done: usize,
    all: usize,
}

impl<'a> Out<'a> {
    /// Writes into `sink` what takes `all` steps; asks `cancelled` whether to stop, and tells `progress` how much is done,
    /// from 0 to 1.
    pub fn new(
        sink: &'a mut dyn Sink,
        all: usize,
        cancelled: &'a dyn Fn() -> bool,
        progress: &'a dyn Fn(f32),
    ) -> Self {
        Self { sink, cancelled, progress, done: 0, all }
    }

    /// Writes this.
    ///
    /// # Errors
    /// What the sink says.
    pub fn text(&mut self, text: &str) -> Result<(), Stopped> {
        Ok(self.sink.write_all(text.as_bytes())?)
    }

    /// Writes these bytes: of formats that are no text.
    ///
    /// # Errors
    /// What the sink says, or that the export was cancelled.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Stopped> {
        /// So many bytes are written between two looks.
        const OFTEN: usize = 1 << 20;
        for part in bytes.chunks(OFTEN) {
            if (self.cancelled)() {
                return Err(Stopped::Cancelled);
            }
            self.sink.write_all(part)?;
        }
        Ok(())
    }

    /// Writes this and a line feed.
    ///
    /// # Errors
    /// What the sink says.
    pub fn line(&mut self, text: &str) -> Result<(), Stopped> {
        self.text(text)?;
        self.text("\n")
    }

    /// Whether the export is to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        (self.cancelled)()
    }

    /// Begins the next file of a folder.
    ///
    /// # Errors
    /// What the sink says.
    pub fn begin(&mut self, name: &str) -> Result<(), Stopped> {
        Ok(self.sink.begin(name)?)
    }

    /// One more record is written.
    ///
    /// # Errors
    /// The export was cancelled.
    pub fn step(&mut self) -> Result<(), Stopped> {
        /// So many records go by between two looks.
        const OFTEN: usize = 64;
        self.done += 1;
        if self.done.is_multiple_of(OFTEN) {
            if (self.cancelled)() {
                return Err(Stopped::Cancelled);
            }
            (self.progress)((self.done as f32 / self.all.max(1) as f32).min(1.0));
        }
        Ok(())
    }

    /// Writes the values of a JSON array, one a line, without what stands around it.
    ///
    /// # Errors
    /// What the sink says.
    pub fn element(&mut self, first: &mut bool, value: &serde_json::Value) -> Result<(), Stopped> {
        self.text(if std::mem::take(first) { "\n" } else { ",\n" })?;
        self.text(&value.to_string())
    }
}

impl std::fmt::Debug for Out<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Out")
            .field("done", &self.done)
            .field("all", &self.all)
            .finish_non_exhaustive()
    }
}
