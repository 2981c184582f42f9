//! Errors of reading an article's file, in words for the user who chose it.

use super::LIMIT;
use super::document::DocumentError;

/// Why a file did not become an article. Each message names the file and says what to do now.
#[derive(Debug, thiserror::Error)]
pub enum ArticleError {
    /// There is no such file.
    #[error("File not found: “{name}”. Check the path, or open another file.")]
    Missing {
        /// The file, as shown.
        name: String,
    },
    /// The system refused.
    #[error(
        "“{name}” could not be read: {why}. Check its permissions and its disk, then open it again."
    )]
    Unreadable {
        /// The file, as shown.
        name: String,
        /// The system's reason.
        why: std::io::Error,
    },
    /// It is a folder.
    #[error("“{name}” is a folder. Choose a file inside it.")]
    Folder {
        /// The folder, as shown.
        name: String,
    },
    /// It is a pipe, a socket or a device.
    #[error(
        "“{name}” is not a regular file but a pipe, socket or device. Save its text to a file and open that."
    )]
    NotAFile {
        /// The file, as shown.
        name: String,
    },
    /// There is no text in it.
    #[error("“{name}” holds no text. Choose a file with words in it.")]
    Empty {
        /// The file, as shown.
        name: String,
    },
    /// It is not text.
    #[error(
        "“{name}” is not plain text{what}. Save or export it as plain text (.txt), then open that file."
    )]
    Binary {
        /// The file, as shown.
        name: String,
        /// What it is, where that is known: " but a PDF document".
        what: &'static str,
    },
    /// It is named like a document, and holds neither that nor text.
    #[error(
        "“{name}” is no {format}, although its name says so, and no text either. It may be damaged, encrypted or incomplete: get it again, or save it as plain text (.txt) in the program it comes from."
    )]
    NotAsNamed {
        /// The file, as shown.
        name: String,
        /// The format of its name.
        format: &'static str,
    },
    /// It is larger than [`LIMIT`].
    #[error("“{name}” is too large: {size}, and at most {} MiB can be opened. Split it into parts, and open those.", LIMIT >> 20)]
    TooLarge {
        /// The file, as shown.
        name: String,
        /// Its size in words.
        size: String,
    },
    /// It has too many lines that are too short.
    #[error(
        "“{name}” has {lines} lines of hardly a word each, which is more than can be opened. Split it into parts, and open those."
    )]
    TooManyLines {
        /// The file, as shown.
        name: String,
        /// How many.
        lines: usize,
    },
    /// The requested encoding is unknown.
    #[error(
        "Unknown encoding “{label}”; “{name}” was not read. Choose one from the list, such as UTF-8 or windows-1252."
    )]
    UnknownEncoding {
        /// The file, as shown.
        name: String,
        /// The label asked for.
        label: String,
    },
    /// Too much of it is invalid in the encoding.
    #[error("“{name}” is not text in {encoding}. Open it again in another encoding.")]
    Undecodable {
        /// The file, as shown.
        name: String,
        /// The encoding tried, by its name.
        encoding: String,
    },
    /// A document's reader says why.
    #[error("“{name}” {error}")]
    Document {
        /// The file, as shown.
        name: String,
        /// Why.
        error: DocumentError,
    },
    /// The process that reads documents did not start.
    #[error(
        "“{name}” was not read: the process that reads documents could not be started safely ({why}). Save it as plain text (.txt) in the program it comes from, and open that file."
    )]
    NoReader {
        /// The file, as shown.
        name: String,
        /// Why.
        why: String,
    },
    /// It holds something else than the article was read from.
    #[error(
        "“{name}” holds something else now than the article was read from. Update the article, or put the file as it was back."
    )]
    Other {
        /// The file, as shown.
        name: String,
    },
    /// The user cancelled.
    #[error("Reading “{name}” was cancelled. Nothing was changed.")]
    Cancelled {
        /// The file, as shown.
        name: String,
    },
}

/// A file name that is safe to show: without control characters and direction marks, so that `…fdp.exe` cannot look
/// like `…exe.pdf`.
pub(super) fn shown(name: &str) -> String {
    let hostile = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
    };
    name.chars().map(|c| if hostile(c) { '\u{fffd}' } else { c }).collect()
}
