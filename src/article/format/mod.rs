//! The table of article formats, which the file dialog, the welcome page, dropping files, `casebook new` and the guide
//! use.

mod eml;
mod epub;
#[cfg(test)]
mod hostile_web;
mod html;
mod mhtml;
mod mime;
mod plain;

use std::borrow::Cow;

use super::document::{Document, DocumentError, Options};
use super::{ArticleError, Read, title};

/// A function that reads a file: it gets the format, the file's name, its bytes, and the requested encoding.
type Reader = fn(&Format, &str, Vec<u8>, Option<&str>) -> Result<Read, ArticleError>;

/// A format of article files.
#[derive(Debug)]
pub struct Format {
    /// Its name in an article's origin: “Markdown”.
    pub name: &'static str,
    /// The extensions of its files, without the dot, in lower case; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// Whether bytes that begin like this are of this format, whatever their file is called; for formats that can be
    /// recognised.
    begins: fn(&[u8]) -> bool,
    /// Reads a file's bytes.
    pub(in crate::article) read: Reader,
    /// Proposes a title for a text of this format.
    pub(in crate::article) title: fn(&str) -> Option<String>,
}

/// All formats. A file of no other format is read as the first.
pub static FORMATS: [Format; 2] = [
    Format {
        name: "plain text",
        extensions: &["txt", "text"],
        begins: |_| false,
        read: plain::read,
        title: title::of_plain_text,
    },
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        begins: |_| false,
        read: plain::read,
        title: title::of_markdown,
    },
];

/// A format whose text is taken out of its files.
struct DocumentFormat {
    /// Its name.
    name: &'static str,
    /// Whether these bytes are of this format, whatever their file is called.
    looks_like: fn(&[u8]) -> bool,
    /// Takes the text out.
    read: fn(&[u8], &Options) -> Result<Document, DocumentError>,
}

/// The formats whose text is taken out of their files. Archives of the web come before mails, which are built alike.
static DOCUMENTS: [DocumentFormat; 4] = [
    DocumentFormat { name: "EPUB", looks_like: epub::looks_like, read: epub::read },
    DocumentFormat { name: "web page", looks_like: html::looks_like, read: html::read },
    DocumentFormat { name: "web archive", looks_like: mhtml::looks_like, read: mhtml::read },
    DocumentFormat { name: "mail", looks_like: eml::looks_like, read: eml::read },
];

/// The name of the format of a document, by what is in it; `None` where it is none that is known.
#[must_use]
pub fn document_format_of(bytes: &[u8]) -> Option<&'static str> {
    DOCUMENTS.iter().find(|format| (format.looks_like)(bytes)).map(|format| format.name)
}

/// Takes the text out of a document of the format of this name, in this process; `None` where there is no such format.
#[must_use]
pub fn read_document(
    format: &str,
    bytes: &[u8],
    options: &Options,
) -> Option<Result<Document, DocumentError>> {
    let format = DOCUMENTS.iter().find(|one| one.name == format)?;
    Some((format.read)(bytes, options))
}

/// The format of a file: by its first bytes, otherwise by its name, otherwise plain text.
pub(super) fn format_of(name: &str, bytes: &[u8]) -> &'static Format {
    let extension =
        name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let named = |format: &&Format| format.extensions.contains(&&*extension);
    FORMATS
        .iter()
        .find(|format| (format.begins)(bytes))
        .or_else(|| FORMATS.iter().find(named))
        .unwrap_or(&FORMATS[0])
}

/// The extensions of all formats, without the dot.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|format| format.extensions.iter().copied())
}

/// The usual extensions in words: “.txt, .md”.
#[must_use]
pub fn usual_extensions() -> Cow<'static, str> {
    let usual: Vec<String> = FORMATS
        .iter()
        .filter_map(|format| format.extensions.first())
        .map(|extension| format!(".{extension}"))
        .collect();
    Cow::Owned(usual.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_by_its_name_and_anything_else_as_plain_text() {
        for (name, format) in [
            ("a.txt", "plain text"),
            ("a.b.MD", "Markdown"),
            ("notes.mkd", "Markdown"),
            ("README", "plain text"),
            ("a.log", "plain text"),
            ("", "plain text"),
        ] {
            assert_eq!(format_of(name, b"# A heading").name, format, "{name}");
        }
    }

    #[test]
    fn documents_are_known_by_what_is_in_them() {
        let page = b"<!DOCTYPE html><p>Words";
        assert_eq!(document_format_of(page), Some("web page"));
        assert_eq!(document_format_of(b"Words"), None);
        let options = Options { everything: true, ..Options::default() };
        let read = read_document("web page", page, &options).expect("a format");
        assert_eq!(read.expect("words").text, "Words");
        assert!(read_document("pebble", page, &options).is_none());
    }

    #[test]
    fn no_ending_belongs_to_two_formats() {
        let mut all: Vec<_> = extensions().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|extension| !extension.starts_with('.')));
    }
}
