//! Reading articles: from a file's bytes, or from the clipboard, to a canonical text and its origin.
//!
//! Plain text and Markdown are kept as they are written; documents (web pages, mails, office files, books, PDFs) are read
//! in a process of their own, which takes their text out of them: `format` is the table of both, `document` what a reader
//! of documents makes, `worker` that process. Only `file` accesses the disk. Adding an article to a notebook is done by
//! `edit`.

pub mod document;
mod encoding;
mod error;
mod file;
mod format;
pub mod gather;
mod keep;
mod language;
mod options;
#[cfg(test)]
mod tests;
mod title;
pub mod worker;

use sha2::{Digest, Sha256};

use crate::notebook::{About, Origin, check_edtf};
use crate::text::Text;

pub use document::Description;
pub use encoding::{Alternative, EncodingGuess, MOST_ALTERNATIVES, encodings};
pub use error::ArticleError;
pub use file::{
    FileContent, FileKind, content_of, draw_page, look_at, read_file, read_file_seeing, sniff,
};
pub use format::{
    FORMATS, Format, draw_document, extensions, format_of_reader, read_document, usual_extensions,
};
pub use keep::KeepBytes;
pub use options::{Lines, ReadOptions, joined_reader};

/// The largest file that is read, in bytes.
pub const LIMIT: u64 = 256 << 20;
/// A text that was read, not yet in any notebook.
#[derive(Clone, Debug)]
pub struct Read {
    /// The canonical text: UTF-8, LF, no byte-order mark, otherwise untouched.
    pub text: Text,
    /// Where it came from.
    pub origin: Origin,
    /// A title to propose: the first line where it is short enough for one, otherwise the file's name without its
    /// extension.
    pub title: String,
    /// Its language: as the document says, otherwise `fr` or `en` where the text's function words clearly suggest it.
    pub language: Option<String>,
    /// What a document says about itself besides title and language; of plain text, nothing.
    pub description: Description,
    /// What was repaired or left out, each a whole sentence.
    pub remarks: Vec<String>,
    /// Its lines look cut at one length, and were not joined.
    pub hard_wrapped: bool,
    /// Whether some bytes had no meaning in the encoding and became U+FFFD.
    pub lossy: bool,
    /// How certain the encoding is, and what else it could be.
    pub encoding_guess: EncodingGuess,
}

impl Read {
    /// What is doubtful about how its characters were read; the end of a sentence whose subject is the article.
    #[must_use]
    pub fn doubt(&self) -> Option<String> {
        let (encoding, guess) = (&self.origin.encoding, &self.encoding_guess);
        if self.lossy {
            return Some(format!("holds bytes that are not {encoding}: � stands in their place"));
        }
        if guess.mended_lines > 0 {
            let lines = match guess.mended_lines {
                1 => "1 line, which was".to_owned(),
                n => format!("{n} lines, which were"),
            };
            let other = encoding.rsplit(' ').next().unwrap_or(encoding);
            return Some(format!("is UTF-8 but for {lines} read as {other}"));
        }
        (!guess.sure).then(|| format!("was read as {encoding}, which is not certain"))
    }

    /// What is known about the article that it becomes. A date that is none is left out.
    #[must_use]
    pub fn about(&self) -> About {
        let Description { author, date, url, .. } = self.description.clone();
        About {
            title: self.title.clone(),
            author,
            date: if check_edtf(&date).is_ok() { date } else { String::new() },
            url,
            language: self.language.clone().unwrap_or_default(),
            ..About::default()
        }
    }
}

/// Reads a file's bytes, here and now. `name` is the file's name without its folder.
///
/// A document is read in this process: of a stranger's file, use [`read_file`], which has a process of its own for that.
///
/// # Errors
/// There are too many bytes or none, they are not text or not in the requested encoding, that encoding is unknown, or
/// the document's reader fails.
///
/// ```
/// use casebook::article::{ReadOptions, decode};
///
/// // “Kervel dément.” in windows-1252: its é is one byte.
/// let options = ReadOptions::in_encoding(Some("windows-1252"));
/// let read = decode("article.txt", b"Un d\xe9menti\n\nKervel d\xe9ment.".to_vec(), &options)?;
/// assert_eq!(read.text.as_str(), "Un démenti\n\nKervel dément.");
/// assert_eq!((&*read.title, read.lossy), ("Un démenti", false));
///
/// let error = decode("article.png", b"\x89PNG\r\n...".to_vec(), &ReadOptions::default()).unwrap_err();
/// assert!(error.to_string().contains("picture"));
/// # Ok::<(), casebook::article::ArticleError>(())
/// ```
pub fn decode(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Read, ArticleError> {
    read_with(name, bytes, options, &mut |_, _| {}, |_, read, options, bytes| {
        read(&bytes, options).map_err(worker::WorkerError::Document)
    })
}

/// Is shown the bytes of a file and their format, before the text is made of them.
pub type Seeing<'a> = dyn FnMut(&'static Format, &[u8]) + 'a;

/// Reads a file's bytes; what is no text is read by `documents`.
fn read_with(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    seeing: &mut Seeing<'_>,
    documents: impl FnOnce(
        &format::Format,
        format::ReadDocument,
        &document::Options,
        Vec<u8>,
    ) -> Result<document::Document, worker::WorkerError>,
) -> Result<Read, ArticleError> {
    let format = format::format_of(name, &bytes);
    seeing(format, &bytes);
    match format.reader {
        format::Reader::Text { title } => format::plain::read(format, title, name, bytes, options),
        format::Reader::Document { read, .. } => {
            format::extracted::read(format, name, bytes, options, |document_options, bytes| {
                documents(format, read, document_options, bytes)
            })
        }
    }
}

/// Reads an article from pasted text. Its origin is the text's own bytes, in UTF-8, without a file name.
///
/// # Errors
/// There is no text or too much, or it contains NUL or other control characters.
pub fn pasted(text: &str) -> Result<Read, ArticleError> {
    // The clipboard of Windows ends a text with a NUL.
    let text = text.trim_end_matches('\0');
    let name = "The pasted text".to_owned();
    let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    if size > LIMIT {
        return Err(ArticleError::TooLarge { name, size: mebibytes(size) });
    }
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(ArticleError::Empty { name });
    }
    if is_binary(text) {
        return Err(ArticleError::Binary { name, what: "" });
    }
    let origin = Origin {
        file_name: String::new(),
        sha256: hex(&Sha256::digest(text.as_bytes())),
        bytes: size,
        encoding: "UTF-8".to_owned(),
        reader: "pasted".to_owned(),
        read_at: now(),
        ..Origin::default()
    };
    let text = Text::canonical(text);
    Ok(Read {
        origin,
        title: title::of_plain_text(text.as_str()).unwrap_or_else(|| "Pasted text".to_owned()),
        language: language::language_of(text.as_str()).map(str::to_owned),
        lossy: false,
        encoding_guess: EncodingGuess::sure(),
        description: Description::default(),
        remarks: Vec::new(),
        hard_wrapped: text.is_hard_wrapped(),
        text,
    })
}

/// Whether decoded characters are not text: a NUL anywhere, or more than one control character in a hundred at the
/// beginning. Tabs, line ends, form feeds and the escape of old terminals are text.
fn is_binary(text: &str) -> bool {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return true;
    }
    has_strange(&text.as_bytes()[..text.len().min(1 << 20)])
}

/// Whether more than one byte in a hundred is a control character that no text has; NUL is not looked at.
fn has_strange(bytes: &[u8]) -> bool {
    let strange = bytes.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    strange > 2 && strange * 100 > bytes.len()
}

/// A file's name without its extension; the whole name where nothing would be left.
fn stem(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The time now, to the second: RFC 3339, UTC.
#[must_use]
pub(crate) fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}
