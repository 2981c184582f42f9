//! The table of article formats, which the file dialog, the welcome page, dropping files, `casebook new` and the guide
//! use.

mod docx;
mod eml;
mod epub;
pub(super) mod extracted;
#[cfg(test)]
mod hostile_web;
mod html;
mod mhtml;
mod mime;
mod numerals;
mod odt;
mod office;
pub(super) mod pdf;
pub(super) mod plain;
mod rtf;

use std::borrow::Cow;

use super::document::{Document, DocumentError, Options, PageAt, PageImage};
use super::title;

/// A format of article files.
#[derive(Debug)]
pub struct Format {
    /// Its name in an article's origin: “Markdown”.
    pub name: &'static str,
    /// The extensions of its files, without the dot, in lower case; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// Whether these bytes are of this format, whatever their file is called; for formats that can be recognised.
    looks_like: fn(&[u8]) -> bool,
    /// Whether a text is of this format by its name alone.
    by_name: bool,
    /// Whether its files hold more than their article, such as navigation.
    of_web: bool,
    /// How its files are read.
    pub(in crate::article) reader: Reader,
}

/// A function that takes the text out of a document's bytes.
pub(in crate::article) type ReadDocument = fn(&[u8], &Options) -> Result<Document, DocumentError>;
/// A function that draws a page of it: the bytes, which page, its width in pixels.
type DrawPage = fn(&[u8], PageAt, u32) -> Result<PageImage, DocumentError>;

/// How files of a format are read.
#[derive(Clone, Copy, Debug)]
pub(in crate::article) enum Reader {
    /// As they are written, in this process.
    Text {
        /// Proposes a title for a text of this format.
        title: fn(&str) -> Option<String>,
    },
    /// By taking their text out of them, in a process of its own.
    Document {
        /// Takes it out.
        read: ReadDocument,
        /// Draws a page, so many pixels wide; for formats that have pages.
        page: Option<DrawPage>,
    },
}

impl Format {
    /// Whether its text is taken out of its files, in a process of its own.
    #[must_use]
    pub const fn is_document(&self) -> bool {
        matches!(self.reader, Reader::Document { .. })
    }

    /// Whether its files hold more than their article, such as navigation, so that one can choose what is taken.
    #[must_use]
    pub const fn is_of_web(&self) -> bool {
        self.of_web
    }

    /// Whether the pages of its files can be drawn.
    #[must_use]
    pub const fn has_pages(&self) -> bool {
        matches!(self.reader, Reader::Document { page: Some(_), .. })
    }
}

/// All formats. A file of no other format is read as the first.
pub static FORMATS: [Format; 10] = [
    Format {
        name: "plain text",
        extensions: &["txt", "text"],
        looks_like: |_| false,
        by_name: true,
        of_web: false,
        reader: Reader::Text { title: title::of_plain_text },
    },
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        looks_like: |_| false,
        by_name: true,
        of_web: false,
        reader: Reader::Text { title: title::of_markdown },
    },
    Format {
        name: "Word document",
        extensions: &["docx", "docm", "dotx", "dotm"],
        looks_like: docx::looks_like,
        by_name: false,
        of_web: false,
        reader: Reader::Document { read: docx::read, page: None },
    },
    Format {
        name: "OpenDocument text",
        extensions: &["odt", "fodt", "ott"],
        looks_like: odt::looks_like,
        by_name: false,
        of_web: false,
        reader: Reader::Document { read: odt::read, page: None },
    },
    Format {
        name: "Rich Text",
        extensions: &["rtf"],
        looks_like: rtf::looks_like,
        by_name: false,
        of_web: false,
        reader: Reader::Document { read: rtf::read, page: None },
    },
    Format {
        name: "PDF",
        extensions: &["pdf"],
        looks_like: pdf::looks_like,
        by_name: false,
        of_web: false,
        reader: Reader::Document { read: pdf::read, page: Some(pdf::page_image) },
    },
    Format {
        name: "web page",
        extensions: &["html", "htm", "xhtml"],
        looks_like: html::looks_like,
        by_name: true,
        of_web: true,
        reader: Reader::Document { read: html::read, page: None },
    },
    // Before mails, which are built alike.
    Format {
        name: "web archive",
        extensions: &["mhtml", "mht"],
        looks_like: mhtml::looks_like,
        by_name: false,
        of_web: true,
        reader: Reader::Document { read: mhtml::read, page: None },
    },
    Format {
        name: "mail",
        extensions: &["eml"],
        looks_like: eml::looks_like,
        by_name: true,
        of_web: false,
        reader: Reader::Document { read: eml::read, page: None },
    },
    Format {
        name: "EPUB",
        extensions: &["epub"],
        looks_like: epub::looks_like,
        by_name: false,
        of_web: false,
        reader: Reader::Document { read: epub::read, page: None },
    },
];

/// Takes the text out of a document of the format of this name, in this process; `None` where there is no such format. Files
/// are read in a process of their own: this is for trying out what readers do with any bytes.
#[must_use]
pub fn read_document(
    format: &str,
    bytes: &[u8],
    options: &Options,
) -> Option<Result<Document, DocumentError>> {
    match format_named(format)?.reader {
        Reader::Document { read, .. } => Some(read(bytes, options)),
        Reader::Text { .. } => None,
    }
}

/// Draws a page of a document of the format of this name, at most so many pixels wide, in this process; `None` where there is
/// no such format, or its files have no pages. As [`read_document`], it is for trying out.
#[must_use]
pub fn draw_document(
    format: &str,
    bytes: &[u8],
    at: PageAt,
    width: u32,
) -> Option<Result<PageImage, DocumentError>> {
    match format_named(format)?.reader {
        Reader::Document { page: Some(draw), .. } => Some(draw(bytes, at, width)),
        Reader::Document { page: None, .. } | Reader::Text { .. } => None,
    }
}

/// The format of this name.
pub(super) fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The format that an origin names as its reader, with or without what was asked of it.
#[must_use]
pub fn format_of_reader(reader: &str) -> Option<&'static Format> {
    format_named(reader.split(", ").next().unwrap_or(reader))
}

/// The formats with the ending of a file's name: one, or none.
fn named(name: &str) -> impl Fn(&&'static Format) -> bool {
    let extension =
        name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    move |format| format.extensions.contains(&&*extension)
}

/// The format of documents that a file's name is of.
fn document_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().filter(|format| format.is_document()).find(named(name))
}

/// The format of a file: by what is in it, otherwise by its name, otherwise plain text.
pub(super) fn format_of(name: &str, bytes: &[u8]) -> &'static Format {
    let named = named(name);
    FORMATS
        .iter()
        .find(|format| (format.looks_like)(bytes))
        // A document is known by what is in it: a text that is only named like one is text. But a piece of a page, and a
        // mail with a short head, look like text.
        .or_else(|| FORMATS.iter().find(|format| !format.is_document() && named(format)))
        .or_else(|| {
            FORMATS
                .iter()
                .find(|format| format.by_name && named(format) && !plain::is_no_text(bytes))
        })
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
        assert_eq!(format_of("a.txt", page).name, "web page");
        assert_eq!(format_of("a.html", b"Words <b>of</b> a page").name, "web page");
        assert_eq!(format_of("a.html", b"\x89PNG\r\n").name, "plain text", "which says what it is");
        assert_eq!(format_of("a.html", b"\x01\x02\x03\x04<b>").name, "plain text", "likewise");
        let wide: Vec<u8> = "<b>Words</b>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(format_of("a.html", &wide).name, "web page");
        assert_eq!(format_of("a.pdf", b"Words of a text").name, "plain text");
        let options = Options { everything: true, ..Options::default() };
        let read = read_document("web page", page, &options).expect("a format");
        assert_eq!(read.expect("words").text, "Words");
        assert!(read_document("plain text", page, &options).is_none());
        assert!(read_document("pebble", page, &options).is_none());
        assert!(draw_document("web page", page, PageAt::Number(0), 100).is_none());
        let drawn = draw_document("PDF", page, PageAt::Number(0), 100).expect("it has pages");
        assert!(matches!(drawn, Err(DocumentError::Damaged { .. })));
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
