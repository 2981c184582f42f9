//! Reading plain text and Markdown, which are kept as they are written.

use std::borrow::Cow;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::{Format, document_named};
use crate::article::error::{self, ArticleError};
use crate::article::{
    Description, LIMIT, Lines, Read, ReadOptions, encoding, has_strange, hex, is_binary, language,
    mebibytes, now, stem,
};
use crate::notebook::Origin;
use crate::text::Text;

/// The most lines of a text whose lines are shorter than [`LEAST_LINE`] on average: more would fill the memory with
/// what is kept for each line.
const MOST_LINES: usize = 4 << 20;
/// The least average length of a line of a very long text, in bytes.
const LEAST_LINE: usize = 8;

/// Reads a text: `name` is the file's name without its folder.
///
/// # Errors
/// As [`crate::article::decode`].
pub(in crate::article) fn read(
    format: &Format,
    title_of: fn(&str) -> Option<String>,
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<Read, ArticleError> {
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
    let decoded = match options.encoding.as_deref() {
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
        return Err(match document_named(name) {
            Some(format) => ArticleError::NotAsNamed { name: shown, format: format.name },
            None => ArticleError::Binary { name: shown, what: "" },
        });
    }
    if decoded.lossy && encoding::too_lossy(&decoded.text) {
        return Err(ArticleError::Undecodable { name: shown, encoding: decoded.encoding });
    }
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(ArticleError::Empty { name: shown });
    }
    let sha256 = hex(&Sha256::digest(&bytes));
    let (encoding, lossy, encoding_guess) = (decoded.encoding, decoded.lossy, decoded.guess);
    // A long text is in memory once if its bytes can be used as they were read, and never more than twice.
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
    let joined = match options.lines {
        Lines::Kept => None,
        Lines::JoinedIfWrapped => text.is_hard_wrapped().then(|| text.unwrapped()),
        Lines::Joined => Some(text.unwrapped()),
    };
    let was_joined = joined.is_some();
    let text = joined.unwrap_or(text);
    text.prepare();
    if text.paragraph_count() > MOST_LINES && text.len() < LEAST_LINE * text.paragraph_count() {
        return Err(ArticleError::TooManyLines { name: shown, lines: text.paragraph_count() });
    }
    let title = title_of(text.as_str()).unwrap_or_else(|| stem(&shown));
    Ok(Read {
        origin: Origin {
            file_name: Origin::file_name_of(name),
            sha256,
            bytes: size,
            encoding,
            reader: options.reader(format.name, was_joined),
            read_at: now(),
            ..Origin::default()
        },
        title,
        language: language::language_of(text.as_str()).map(str::to_owned),
        description: Description::default(),
        remarks: Vec::new(),
        hard_wrapped: !was_joined && text.is_hard_wrapped(),
        lossy,
        encoding_guess,
        text,
    })
}

/// How the text is obtained from a file's bytes.
enum Kept {
    /// This range of them is the text.
    Part(Range<usize>),
    /// They were decoded into another text.
    Decoded(String),
}

/// The range of a part within the bytes that contain it.
fn part_of(bytes: &[u8], part: &str) -> Range<usize> {
    // Only a mark before it and padding after it are left out.
    let start = bytes.len().min(if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 });
    start..(start + part.len()).min(bytes.len())
}

/// A range of bytes as a text, without copying them.
fn taken(mut bytes: Vec<u8>, part: Range<usize>) -> String {
    bytes.truncate(part.end);
    bytes.drain(..part.start);
    // It is UTF-8: it was read as such.
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Whether bytes are no text in any encoding: what they are is known, or too many of them are control characters. NUL is
/// half of a character in UTF-16, and so is any byte after its mark.
pub(super) fn is_no_text(bytes: &[u8]) -> bool {
    let is_wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    signature(bytes).is_some() || !is_wide && has_strange(&bytes[..bytes.len().min(1 << 20)])
}

/// What a file is that can be recognised by its first bytes as not plain text, as the end of "is not plain text…".
pub(super) fn signature(bytes: &[u8]) -> Option<&'static str> {
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
