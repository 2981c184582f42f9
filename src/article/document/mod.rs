//! What a reader of documents (web pages, mails, office files, books, PDFs) makes of a file's bytes: canonical text, how
//! it was set, what is said about it, and what had to be repaired.
//!
//! Readers are pure functions from bytes to a [`Document`]. They run in a process of their own (`worker`), which has
//! little memory, little time and no files: whatever the bytes are, they come back with a document or an error.

mod builder;
mod page_image;

use serde::{Deserialize, Serialize};

use crate::foreign::archive::ArchiveError;
use crate::foreign::xml;
use crate::text::Structure;

pub use builder::Builder;
pub use page_image::{PageAt, PageImage, PagePlace, PlacedWord};

/// The most text that is taken from one document, in bytes: some 30,000 pages.
pub const MOST_TEXT: usize = 64 << 20;
/// The most elements of a document that may lie in one another; readers leave out what lies deeper, and say so.
pub const MOST_DEPTH: usize = xml::MOST_DEPTH;
/// The longest sign of an item and label of a page, in scalars.
pub(in crate::article) const LONGEST_LABEL: usize = 100;
/// The longest remark and value of a description, in scalars.
pub(in crate::article) const LONGEST_LINE: usize = 1000;

/// A document that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its words: UTF-8, LF, no byte-order mark. Blocks are parted by an empty line, items, rows and notes by a line end.
    pub text: String,
    /// What its lines are, and where its pages begin.
    pub structure: Structure,
    /// What it says about itself.
    pub description: Description,
    /// What was repaired or left out, each a whole sentence for the person who opened it.
    pub remarks: Vec<String>,
}

/// What a document says about itself; empty where it says nothing. Data of a stranger: it is shown and offered, and
/// nothing in it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// Its title.
    pub title: String,
    /// Who signed it, as written; several are parted by commas.
    pub author: String,
    /// When it was published (of a mail: sent): EDTF, such as `2031-03-04` or `2031-03`.
    pub date: String,
    /// Who published it, as written.
    pub publisher: String,
    /// Its language: a BCP 47 tag.
    pub language: String,
    /// Where it was found.
    pub url: String,
    /// When it was saved from there: RFC 3339.
    pub captured_at: String,
}

/// How to read a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The file's name without its folder.
    pub name: String,
    /// Of a web page: everything that stands on it, not only its article.
    pub everything: bool,
    /// The encoding asked for, where the format leaves that open; `None` to take the one it states, or guess.
    pub encoding: Option<String>,
}

/// Why a document could not be read. The words continue a sentence that begins with the file's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum DocumentError {
    /// It needs a password.
    #[error(
        "is encrypted. Open it with its password in the program it comes from, save it there without one, and open that file."
    )]
    Encrypted,
    /// Its pages are pictures.
    #[error(
        "has no text layer: its {pages} pages are pictures, such as a scan. Run text recognition (OCR) on it in another program, and open the result."
    )]
    NoTextLayer {
        /// How many pages it has.
        pages: u32,
    },
    /// There are no words in it.
    #[error("holds no text. Choose a file with words in it.")]
    Empty,
    /// It does not keep to its format.
    #[error(
        "is damaged: {what}. Get another copy, or save it as plain text (.txt) in the program it comes from and open that file."
    )]
    Damaged {
        /// What is wrong with it, as the end of “it is damaged: …”, without a full stop.
        what: String,
    },
    /// It would take too much memory or time.
    #[error(
        "asks for more than can be given: {what}. Save it as plain text (.txt) in the program it comes from, and open that file."
    )]
    TooMuch {
        /// Of what, as the end of “it asks for more than can be given: …”, without a full stop.
        what: String,
    },
    /// It is of a format that its program has given up since.
    #[error(
        "is {what}, which is not read here. Save it as {instead} in another program, and open that file."
    )]
    OldFormat {
        /// What it is: “an old Word document (.doc)”.
        what: String,
        /// What to save it as: “a Word document (.docx)”.
        instead: String,
    },
    /// The encoding asked for is unknown.
    #[error(
        "was not read: “{label}” is no encoding known here. Choose one from the list, such as UTF-8 or windows-1252."
    )]
    UnknownEncoding {
        /// The one asked for.
        label: String,
    },
}

/// A value on one line, without control characters: its words parted by one space, at most so many scalars of it.
pub(in crate::article) fn one_line(value: &str, most: usize) -> String {
    let words: Vec<&str> = value.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(most).collect()
}

impl DocumentError {
    /// An error for what does not keep to its format: see [`Self::Damaged`].
    #[must_use]
    pub fn damaged(what: impl ToString) -> Self {
        Self::Damaged { what: what.to_string() }
    }
}

impl From<ArchiveError> for DocumentError {
    fn from(why: ArchiveError) -> Self {
        let what = why.to_string();
        match why {
            ArchiveError::Encrypted => Self::Encrypted,
            ArchiveError::Damaged(_) => Self::Damaged { what },
            ArchiveError::TooMany(_) | ArchiveError::TooLarge(_) => Self::TooMuch { what },
        }
    }
}
