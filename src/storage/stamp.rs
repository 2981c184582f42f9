//! Detecting whether a file is still the one that was read or written.

use std::fs::Metadata;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::regular_file;

/// Identifies a file's content as it was loaded or saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
    sha256: [u8; 32],
}

impl Stamp {
    pub(super) fn of(bytes: &[u8], metadata: &Metadata) -> Self {
        Self {
            len: bytes.len() as u64,
            modified: metadata.modified().ok(),
            sha256: Sha256::digest(bytes).into(),
        }
    }

    /// The SHA-256 of its bytes.
    #[must_use]
    pub const fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// How many bytes it has.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.len
    }

    /// Whether the file looks unchanged, by its length and time alone: cheap enough to check often.
    ///
    /// # Errors
    /// The system's error where the file cannot be examined; it may have been deleted.
    pub fn looks_current(&self, path: &Path) -> io::Result<bool> {
        Ok(self.looks_like(&std::fs::metadata(path)?))
    }

    /// Whether a file with these metadata looks like this one, by its length and time alone.
    #[must_use]
    pub fn looks_like(&self, metadata: &Metadata) -> bool {
        metadata.len() == self.len && metadata.modified().ok() == self.modified
    }

    /// Whether the file holds the same bytes. It reads the file: the time alone proves nothing on file systems that
    /// count in seconds, and a copy or a checkout changes the time but not the bytes.
    ///
    /// # Errors
    /// The system's error where the file cannot be read; it may have been deleted.
    pub fn is_current(&self, path: &Path) -> io::Result<bool> {
        self.is_current_unless(path, &|| false).map(|current| current == Some(true))
    }

    /// The same; `None` where it was `cancelled` before that was known.
    ///
    /// # Errors
    /// The file cannot be read; it may be gone.
    pub fn is_current_unless(
        &self,
        path: &Path,
        cancelled: &dyn Fn() -> bool,
    ) -> io::Result<Option<bool>> {
        // What is there now may be a pipe, and opening that would block.
        let (mut file, metadata) = regular_file::open(path)?;
        if metadata.len() != self.len {
            return Ok(Some(false));
        }
        let mut hash = Sha256::new();
        let mut buffer = vec![0_u8; 1 << 16];
        loop {
            if cancelled() {
                return Ok(None);
            }
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => hash.update(buffer.get(..n).unwrap_or(&[])),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(<[u8; 32]>::from(hash.finalize()) == self.sha256))
    }
}
