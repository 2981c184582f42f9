//! The files of a book: read from its archive only, and no more of them than a book needs.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::article::document::DocumentError;

/// The most files of a book.
const MOST_FILES: usize = 100_000;
/// The largest file of a book that is read, in bytes.
const MOST_FILE: u64 = 48 << 20;
/// The most that is read from a book, in bytes: what its files say about their size is not relied on.
const MOST_READ: u64 = 160 << 20;

/// A book's archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The files by their names in lower case.
    names: HashMap<String, usize>,
    /// How much may still be read.
    left: u64,
}

/// A file that was read.
pub(super) struct File {
    pub bytes: Vec<u8>,
    /// Whether it is not as it was written: what could be read is there.
    pub damaged: bool,
}

impl<'a> Archive<'a> {
    /// Opens a book.
    ///
    /// # Errors
    /// It is no archive, or has too many files.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocumentError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|why| DocumentError::damaged(format!("its archive cannot be read ({why})")))?;
        if zip.len() > MOST_FILES {
            let what = format!("it has more than {MOST_FILES} files");
            return Err(DocumentError::TooMuch { what });
        }
        let mut names = HashMap::new();
        for at in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(at) {
                // Some writers use the separator of Windows.
                names.entry(name.replace('\\', "/").to_lowercase()).or_insert(at);
            }
        }
        Ok(Self { zip, names, left: MOST_READ })
    }

    /// Whether there is a file of this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.names.contains_key(&path.to_lowercase())
    }

    /// The first file whose path ends like this.
    pub(super) fn ending(&self, ending: &str) -> Option<String> {
        let mut found: Vec<&String> =
            self.names.keys().filter(|name| name.ends_with(ending)).collect();
        found.sort_unstable();
        found.first().map(|name| (*name).clone())
    }

    /// Reads a file; `None` where there is none of this path.
    ///
    /// # Errors
    /// It needs a password, or is too large.
    pub(super) fn read(&mut self, path: &str) -> Result<Option<File>, DocumentError> {
        let at = match self.zip.index_for_name(path) {
            Some(at) => at,
            None => match self.names.get(&path.to_lowercase()) {
                Some(at) => *at,
                None => return Ok(None),
            },
        };
        let file = match self.zip.by_index(at) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(DocumentError::Encrypted);
            }
            Err(_) => return Ok(Some(File { bytes: Vec::new(), damaged: true })),
        };
        let most = MOST_FILE.min(self.left);
        if file.size() > most {
            return Err(too_much());
        }
        let mut bytes = Vec::new();
        let damaged = file.take(most + 1).read_to_end(&mut bytes).is_err();
        let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if read > most {
            return Err(too_much());
        }
        self.left -= read;
        Ok(Some(File { bytes, damaged }))
    }
}

fn too_much() -> DocumentError {
    let what = format!(
        "a chapter of it has more than {} MiB, or all of them more than {} MiB",
        MOST_FILE >> 20,
        MOST_READ >> 20
    );
    DocumentError::TooMuch { what }
}

/// Where a link from a file leads: the path in the archive, and what stands after `#`. `None` for one that leads out of the
/// book. Nothing leads above the archive's root.
pub(super) fn resolve(from: &str, href: &str) -> Option<(String, String)> {
    let href = href.trim();
    let (path, id) = href.split_once('#').unwrap_or((href, ""));
    let id = percent_decoded(id);
    if path.is_empty() {
        return Some((from.to_owned(), id));
    }
    let scheme = path.find(':').is_some_and(|colon| {
        path.bytes()
            .take(colon)
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    });
    if scheme || path.starts_with("//") {
        return None;
    }
    let path = path.split('?').next().unwrap_or(path);
    let path = percent_decoded(path).replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        let (folder, _) = from.rsplit_once('/').unwrap_or(("", from));
        parts.extend(folder.split('/').filter(|part| !part.is_empty()));
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), id))
}

fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_inside_the_book() {
        for (from, href, to) in [
            ("OEBPS/a.xhtml", "b%20c.xhtml#n1", Some(("OEBPS/b c.xhtml", "n1"))),
            ("OEBPS/text/a.xhtml", "../notes.xhtml", Some(("OEBPS/notes.xhtml", ""))),
            ("a.xhtml", "../../../etc/passwd", Some(("etc/passwd", ""))),
            ("OEBPS/a.xhtml", "/OEBPS/b.xhtml?x=1", Some(("OEBPS/b.xhtml", ""))),
            ("OEBPS/a.xhtml", "#n", Some(("OEBPS/a.xhtml", "n"))),
            ("OEBPS/a.xhtml", ".\\b.xhtml", Some(("OEBPS/b.xhtml", ""))),
            ("a.xhtml", "%zz%C3", Some(("%zz%C3", ""))),
            ("a.xhtml", "https://ledger.example/", None),
            ("a.xhtml", "//ledger.example/", None),
            ("a.xhtml", "file:///etc/passwd", None),
        ] {
            let found = resolve(from, href);
            let found = found.as_ref().map(|(path, id)| (&**path, &**id));
            assert_eq!(found, to, "{from} {href}");
        }
    }
}
