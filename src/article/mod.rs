//! Article files in: from a file's bytes, or from the clipboard, to a canonical text and what is known of its origin.
//!
//! Plain text and Markdown, kept as they are written. Only `file` touches the disk; everything else is pure. What an
//! article becomes in a notebook is `edit`'s business.

mod encoding;
mod error;
mod file;
mod language;
#[cfg(test)]
mod tests;
mod title;

use std::borrow::Cow;

use encoding_rs::Encoding;
use sha2::{Digest, Sha256};

use crate::notebook::Origin;
use crate::text::Text;

pub use encoding::encodings;
pub use error::ArticleError;
pub use file::{FileKind, read_file, sniff};

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
    /// `fr` or `en` where the text's small words speak clearly for it.
    pub language: Option<String>,
    /// Some bytes had no meaning in the encoding; U+FFFD stands in their place.
    pub lossy: bool,
}

/// Makes a text of a file's bytes. `name` is the file's name without its folder; `encoding` is a label of the WHATWG
/// Encoding Standard, or `None` to guess.
///
/// # Errors
/// Where the bytes are too many, none, not text, or not in the encoding asked for, or that encoding is unknown.
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
    let shown = error::shown(name);
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > LIMIT {
        return Err(ArticleError::TooLarge { name: shown, size: mebibytes(size) });
    }
    if bytes.is_empty() {
        return Err(ArticleError::Empty { name: shown });
    }
    if let Some(what) = signature(&bytes) {
        return Err(ArticleError::Binary { name: shown, what });
    }
    let decoded = match encoding {
        Some(label) => match Encoding::for_label_no_replacement(label.trim().as_bytes()) {
            Some(encoding) => encoding::decode_as(&bytes, encoding),
            None => {
                return Err(ArticleError::UnknownEncoding {
                    name: shown,
                    label: error::shown(label),
                });
            }
        },
        None => encoding::decode_guessing(&bytes),
    };
    if is_binary(&decoded.text) {
        return Err(ArticleError::Binary { name: shown, what: "" });
    }
    if decoded.lossy && too_lossy(&decoded.text) {
        return Err(ArticleError::Undecodable { name: shown, encoding: decoded.encoding.name() });
    }
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(ArticleError::Empty { name: shown });
    }
    let markdown = is_markdown(name);
    let sha256 = hex(&Sha256::digest(&bytes));
    let (encoding, lossy) = (decoded.encoding.name().to_owned(), decoded.lossy);
    // A long text is never in memory more than twice: what was read goes before what was made of it is copied.
    let text = match decoded.text {
        Cow::Borrowed(decoded) => match Text::with_line_feeds(decoded) {
            Cow::Borrowed(text) => Text::new(text),
            Cow::Owned(lines) => {
                drop(bytes);
                Text::new(lines)
            }
        },
        Cow::Owned(decoded) => {
            drop(bytes);
            match Text::with_line_feeds(&decoded) {
                Cow::Borrowed(text) => Text::new(text),
                Cow::Owned(lines) => {
                    drop(decoded);
                    Text::new(lines)
                }
            }
        }
    };
    let title = title::title_of(text.as_str(), markdown).unwrap_or_else(|| stem(&shown));
    Ok(Read {
        origin: Origin {
            file_name: Origin::file_name_of(name),
            sha256,
            bytes: size,
            encoding,
            reader: if markdown { "Markdown" } else { "plain text" }.to_owned(),
            read_at: now(),
        },
        title,
        language: language::language_of(text.as_str()).map(str::to_owned),
        lossy,
        text,
    })
}

/// Makes an article of text that was pasted. Its origin is the text's own bytes, in UTF-8, without a file's name.
///
/// # Errors
/// Where there is no text, too much of it, or it holds NUL and other control characters.
pub fn pasted(text: &str) -> Result<Read, ArticleError> {
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
        title: title::title_of(text.as_str(), false).unwrap_or_else(|| "Pasted text".to_owned()),
        language: language::language_of(text.as_str()).map(str::to_owned),
        lossy: false,
        text,
    })
}

/// What a file is that is known by its first bytes and is no plain text, as the end of "is not plain text…".
fn signature(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF-", " but a PDF document"),
        (b"PK\x03\x04", " but a zip archive or an office document (.docx, .odt, .epub)"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", " but an old office document (.doc, .xls)"),
        (b"{\\rtf", " but rich text (RTF)"),
        (b"\x89PNG\r\n", " but a picture"),
        (b"\xFF\xD8\xFF", " but a picture"),
        (b"GIF8", " but a picture"),
        (b"\x1F\x8B", " but a compressed file"),
        (b"BZh", " but a compressed file"),
        (b"\xFD7zXZ\0", " but a compressed file"),
        (b"7z\xBC\xAF\x27\x1C", " but a compressed file"),
        (b"\x7FELF", " but a program"),
        (b"SQLite format 3\0", " but a database"),
    ];
    SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Whether decoded characters are no text: a NUL anywhere, or among the first many more than one control character in
/// a hundred. Tabs, line ends, form feeds and the escape of old terminals are text.
fn is_binary(text: &str) -> bool {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return true;
    }
    let head = &text.as_bytes()[..text.len().min(1 << 20)];
    let strange = head.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    strange > 2 && strange * 100 > head.len()
}

/// Whether more than one character in eight could not be decoded.
fn too_lossy(text: &str) -> bool {
    let lost = text.chars().filter(|&c| c == '\u{fffd}').count();
    lost * 8 > text.chars().count()
}

fn is_markdown(name: &str) -> bool {
    let extension =
        name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    matches!(extension.as_str(), "md" | "markdown" | "mdown" | "mkd")
}

/// A file's name without its extension; the whole name where nothing else is left.
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
fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}
