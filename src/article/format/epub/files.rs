//! The files of a book: read from its archive only, and no more of them than a book needs.

use crate::article::document::DocumentError;
use crate::foreign::archive::{Archive, ArchiveError, Limits, Unpacked};

/// How much is read of a book's archive.
const LIMITS: Limits = Limits { entries: 100_000, entry: 48 << 20, unpacked: 160 << 20 };

/// A book's files.
pub(super) struct Files<'a>(Archive<'a>);

impl<'a> Files<'a> {
    /// Opens a book.
    ///
    /// # Errors
    /// It is no archive, or has too many files.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocumentError> {
        Ok(Self(Archive::open(bytes, LIMITS)?))
    }

    /// Whether there is a file of this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// The first file whose path ends like this, in whatever case.
    pub(super) fn ending(&self, ending: &str) -> Option<String> {
        let found = self.0.names().filter(|name| name.to_lowercase().ends_with(ending));
        found.min().map(str::to_owned)
    }

    /// Reads a file, of one that is damaged what comes before the damage; `None` where there is none of this path.
    ///
    /// # Errors
    /// It needs a password, or is too large.
    pub(super) fn read(&mut self, path: &str) -> Result<Option<Unpacked>, DocumentError> {
        self.0.read_what_is_whole(path).map_err(|why| match why {
            ArchiveError::TooLarge(_) => {
                let what = format!(
                    "a chapter of it has more than {} MiB, or all of them more than {} MiB",
                    LIMITS.entry >> 20,
                    LIMITS.unpacked >> 20
                );
                DocumentError::TooMuch { what }
            }
            other => other.into(),
        })
    }
}
