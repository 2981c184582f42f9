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
use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::notebook::Origin;
use crate::text::Text;

pub use encoding::{Alternative, EncodingGuess, MOST_ALTERNATIVES, encodings};
pub use error::ArticleError;
pub use file::{FileKind, read_file, sniff};

/// The largest file that is read, in bytes.
pub const LIMIT: u64 = 256 << 20;
/// A text of more lines than these is refused where they are shorter than [`LEAST_LINE`] on average, for it would
/// fill the memory with what is kept of each line.
const MOST_LINES: usize = 4 << 20;
/// Bytes.
const LEAST_LINE: usize = 8;

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
    /// How sure the encoding is, and what else it could be.
    pub encoding_guess: EncodingGuess,
}

/// Makes a text of a file's bytes. `name` is the file's name without its folder; `encoding` is a name of an encoding,
/// one of [`encodings`] or what other programs call it, or `None` to guess.
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
        Some(label) => match encoding::decode_as(&bytes, label) {
            Some(decoded) => decoded,
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
    if decoded.lossy && encoding::too_lossy(&decoded.text) {
        return Err(ArticleError::Undecodable { name: shown, encoding: decoded.encoding });
    }
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(ArticleError::Empty { name: shown });
    }
    let markdown = is_markdown(name);
    let sha256 = hex(&Sha256::digest(&bytes));
    let (encoding, lossy, encoding_guess) = (decoded.encoding, decoded.lossy, decoded.guess);
    // A long text is in memory once where it can be taken over as it was read, and never more than twice.
    let kept = match decoded.text {
        Cow::Borrowed(text) => Kept::Part(part_of(&bytes, text)),
        Cow::Owned(text) => Kept::Decoded(text),
    };
    let text = match kept {
        Kept::Part(part) => taken(bytes, part),
        Kept::Decoded(text) => {
            drop(bytes);
            text
        }
    };
    let text = match Text::with_line_feeds(&text) {
        Cow::Borrowed(lines) if lines.len() == text.len() => Text::new(text),
        Cow::Borrowed(lines) => Text::new(lines),
        Cow::Owned(lines) => {
            drop(text);
            Text::new(lines)
        }
    };
    text.prepare();
    if text.paragraph_count() > MOST_LINES && text.len() < LEAST_LINE * text.paragraph_count() {
        return Err(ArticleError::TooManyLines { name: shown, lines: text.paragraph_count() });
    }
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
        encoding_guess,
        text,
    })
}

/// Makes an article of text that was pasted. Its origin is the text's own bytes, in UTF-8, without a file's name.
///
/// # Errors
/// Where there is no text, too much of it, or it holds NUL and other control characters.
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
        title: title::title_of(text.as_str(), false).unwrap_or_else(|| "Pasted text".to_owned()),
        language: language::language_of(text.as_str()).map(str::to_owned),
        lossy: false,
        encoding_guess: EncodingGuess::sure(),
        text,
    })
}

/// What becomes of a file's bytes.
enum Kept {
    /// These of them are the text.
    Part(Range<usize>),
    /// They were decoded into another text.
    Decoded(String),
}

/// Where a part of bytes, which lies in them, begins and ends.
fn part_of(bytes: &[u8], part: &str) -> Range<usize> {
    // A mark before it and padding after it are all that is left out.
    let start = bytes.len().min(if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 });
    start..(start + part.len()).min(bytes.len())
}

/// A part of bytes as a text, without copying them.
fn taken(mut bytes: Vec<u8>, part: Range<usize>) -> String {
    bytes.truncate(part.end);
    bytes.drain(..part.start);
    // It is UTF-8: it was read as such.
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
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
