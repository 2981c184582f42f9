//! The table of article formats: the file dialog, the welcome page, what is dropped, `casebook new` and the guide come
//! from it.

mod plain;

use std::borrow::Cow;

use super::{ArticleError, Read, title};

/// Reads a file: told the format, the file's name, its bytes, and the encoding that was asked for.
type Reader = fn(&Format, &str, Vec<u8>, Option<&str>) -> Result<Read, ArticleError>;

/// A format of article files.
#[derive(Debug)]
pub struct Format {
    /// What an article's origin calls it: “Markdown”.
    pub name: &'static str,
    /// The endings of its files' names, without the dot, in lower case; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// Whether bytes that begin so are of this format, whatever their file is called; for formats that can be told.
    begins: fn(&[u8]) -> bool,
    /// Makes a text of a file's bytes: told the format, the file's name, and the encoding that was asked for.
    pub(in crate::article) read: Reader,
    /// The title that a text of this format proposes.
    pub(in crate::article) title: fn(&str) -> Option<String>,
}

/// The formats. What is none of the others is read as the first.
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

/// The format of a file: by how it begins, otherwise by its name, otherwise plain text.
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

/// The endings of all formats' names, without the dot.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|format| format.extensions.iter().copied())
}

/// The usual endings in words: “.txt, .md”.
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
