//! The table of article formats, which the file dialog, the welcome page, dropping files, `casebook new` and the guide
//! use.

pub(super) mod extracted;
pub(super) mod plain;

use std::borrow::Cow;

use super::document::{Document, DocumentError, Options};
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
    /// How its files are read.
    pub(in crate::article) reader: Reader,
}

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
        read: fn(&[u8], &Options) -> Result<Document, DocumentError>,
    },
}

impl Format {
    /// Whether its text is taken out of its files, in a process of its own.
    #[must_use]
    pub const fn is_document(&self) -> bool {
        matches!(self.reader, Reader::Document { .. })
    }
}

/// All formats. A file of no other format is read as the first.
pub static FORMATS: [Format; 2] = [
    Format {
        name: "plain text",
        extensions: &["txt", "text"],
        looks_like: |_| false,
        reader: Reader::Text { title: title::of_plain_text },
    },
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        looks_like: |_| false,
        reader: Reader::Text { title: title::of_markdown },
    },
];

/// The format of this name.
pub(super) fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The format that an origin names as its reader, with or without what was asked of it.
#[must_use]
pub fn format_of_reader(reader: &str) -> Option<&'static Format> {
    format_named(reader.split(", ").next().unwrap_or(reader))
}

/// The format of a file: by what is in it, otherwise by its name, otherwise plain text.
pub(super) fn format_of(name: &str, bytes: &[u8]) -> &'static Format {
    let extension =
        name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let named = |format: &&Format| format.extensions.contains(&&*extension);
    FORMATS
        .iter()
        .find(|format| (format.looks_like)(bytes))
        // A document is known by what is in it: a text that is only named like one is text.
        .or_else(|| FORMATS.iter().find(|format| !format.is_document() && named(format)))
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
    fn no_ending_belongs_to_two_formats() {
        let mut all: Vec<_> = extensions().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|extension| !extension.starts_with('.')));
    }
}
