//! Why a file was not imported.

use std::path::PathBuf;

use crate::storage::regular_file::Unread;

/// Why nothing was imported. The notebook is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It could not be read.
    #[error("“{}” could not be read: {why}", path.display())]
    Unread {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        why: Unread,
    },
    /// It is in none of the formats.
    #[error("“{}” is in no format that can be imported: it can be {formats}", path.display())]
    Unknown {
        /// The file or folder.
        path: PathBuf,
        /// What it could be.
        formats: String,
    },
    /// It is not in the format it is said or seems to be in.
    #[error("“{file}” is no {format}: {why}")]
    NotThis {
        /// The file.
        file: String,
        /// The format, in words.
        format: &'static str,
        /// What is wrong, and where.
        why: String,
    },
    /// It holds more than is read.
    #[error("“{file}” {what}: split it, or import a part")]
    TooLarge {
        /// The file.
        file: String,
        /// What is too large in it.
        what: String,
    },
    /// On request.
    #[error("the import was cancelled; nothing was changed")]
    Cancelled,
}
