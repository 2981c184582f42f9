//! Reading articles: from a file's bytes, or from the clipboard, to a canonical text and its origin.
//!
//! Plain text and Markdown, kept as they are written. Only `file` accesses the disk. Adding an article to a notebook is
//! done by `edit`.

pub mod document;
mod encoding;
mod error;
mod file;
mod format;
mod language;
#[cfg(test)]
mod tests;
mod title;

use sha2::{Digest, Sha256};

use crate::notebook::Origin;
use crate::text::Text;

pub use encoding::{Alternative, EncodingGuess, MOST_ALTERNATIVES, encodings};
pub use error::ArticleError;
pub use file::{FileContent, FileKind, content_of, look_at, read_file, sniff};
pub use format::{
    FORMATS, Format, document_format_of, extensions, read_document, usual_extensions,
};

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
    /// `fr` or `en` where the text's function words clearly suggest it.
    pub language: Option<String>,
    /// Whether some bytes had no meaning in the encoding and became U+FFFD.
    pub lossy: bool,
    /// How certain the encoding is, and what else it could be.
    pub encoding_guess: EncodingGuess,
}

/// Reads a file's bytes. `name` is the file's name without its folder; `encoding` is the name of an encoding, one of
/// [`encodings`] or a name that other programs use, or `None` to guess.
///
/// # Errors
/// There are too many bytes or none, they are not text or not in the requested encoding, or that encoding is unknown.
///
/// ```
/// use casebook::article::decode;
///
/// // “Kervel dément.” in windows-1252: its é is one byte.
/// let read = decode("article.txt", b"Un d\xe9menti\n\nKervel d\xe9ment.".to_vec(), Some("windows-1252"))?;
/// assert_eq!(read.text.as_str(), "Un démenti\n\nKervel dément.");
/// assert_eq!((&*read.title, read.lossy), ("Un démenti", false));
///
/// let error = decode("article.pdf", b"%PDF-1.7 ...".to_vec(), None).unwrap_err();
/// assert!(error.to_string().contains("PDF"));
/// # Ok::<(), casebook::article::ArticleError>(())
/// ```
pub fn decode(name: &str, bytes: Vec<u8>, encoding: Option<&str>) -> Result<Read, ArticleError> {
    let format = format::format_of(name, &bytes);
    (format.read)(format, name, bytes, encoding)
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
    };
    let text = Text::canonical(text);
    Ok(Read {
        origin,
        title: title::of_plain_text(text.as_str()).unwrap_or_else(|| "Pasted text".to_owned()),
        language: language::language_of(text.as_str()).map(str::to_owned),
        lossy: false,
        encoding_guess: EncodingGuess::sure(),
        text,
    })
}

/// Whether decoded characters are not text: a NUL anywhere, or more than one control character in a hundred at the
/// beginning. Tabs, line ends, form feeds and the escape of old terminals are text.
fn is_binary(text: &str) -> bool {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return true;
    }
    let head = &text.as_bytes()[..text.len().min(1 << 20)];
    let strange = head.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    strange > 2 && strange * 100 > head.len()
}

/// A file's name without its extension; the whole name where nothing would be left.
fn stem(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

fn hex(bytes: &[u8]) -> String {
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
