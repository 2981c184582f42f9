//! Articles: a text that was loaded, where it came from, and what is known about it.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Anchor, ArticleId, EntityId};
use crate::text::{Structure, Text};

/// One text that was loaded. Its text never changes in place: a later version is another text.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// What is known about it; can be edited.
    pub about: About,
    /// Where the text came from.
    pub origin: Origin,
    /// The canonical text: UTF-8, LF, no BOM, otherwise untouched.
    pub text: Text,
    /// Earlier versions of the text, oldest first: those it had before it was updated.
    pub earlier: Vec<Version>,
}

impl Article {
    /// How many versions of its text there are: 1 where it was never updated. The current one has this number.
    #[must_use]
    pub fn versions(&self) -> u32 {
        u32::try_from(self.earlier.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// A version of its text and where that came from, by its number: from 1, the oldest.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<(&Origin, &Text)> {
        if number == self.versions() {
            return Some((&self.origin, &self.text));
        }
        let version = self.earlier.get(usize::try_from(number.checked_sub(1)?).ok()?)?;
        Some((&version.origin, &version.text))
    }

    /// An anchor on these bytes of its current text, read there; `id` is the article's own.
    #[must_use]
    pub fn anchor(&self, id: ArticleId, range: Range<usize>) -> Anchor {
        Anchor::at(id, self.versions(), range)
    }
}

/// An earlier version of an article's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Where that text came from.
    pub origin: Origin,
    /// That text.
    pub text: Text,
}

/// What is known about an article: its bibliographic description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The place of the article among the notebook's tabs, from 0.
    pub order: u32,
    /// Its title.
    pub title: String,
    /// The actor that published it.
    pub publisher: Option<EntityId>,
    /// Who signed it, as written.
    pub author: String,
    /// When it was published: EDTF, or empty.
    pub date: String,
    /// Where it was found. Data: it is never opened.
    pub url: String,
    /// Language of the text: a BCP 47 tag such as `fr`, or empty.
    pub language: String,
    /// The folder it lies in among the notebook's articles: names from the outermost on, parted by `/`; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub folder: String,
}

/// Where a text came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Name of the file, without its folder.
    pub file_name: String,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// The encoding it was read in: a label of the WHATWG Encoding Standard.
    pub encoding: String,
    /// What extracted the text: `plain text`, `Markdown`, `pasted`, the name of a document's format; and what was asked
    /// of it (`web page, everything`; `plain text, lines joined`).
    pub reader: String,
    /// When it was read: RFC 3339, UTC.
    pub read_at: String,
    /// When the page was saved from the web, as it says: RFC 3339, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub captured_at: String,
    /// Whether the file itself is kept beside the notebook, in the folder of its sources.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    /// How the text was set in the file: headings, lists, tables, notes, pages.
    #[serde(default, skip_serializing_if = "is_plain")]
    pub structure: Arc<Structure>,
}

fn is_plain(structure: &Arc<Structure>) -> bool {
    structure.is_empty()
}

impl Origin {
    /// Whether this is a file's name and no more: no path, up or down or on another machine, and no address. A notebook
    /// may come from anybody; what it says of files is shown, and nothing is ever opened by it.
    #[must_use]
    pub fn is_file_name(name: &str) -> bool {
        !name.contains(['/', '\\', '\0']) && name != "." && name != ".."
    }

    /// A file's name as a notebook may hold it: where a system allows such characters in one, `_` stands for them.
    #[must_use]
    pub fn file_name_of(name: &str) -> String {
        let name = name.replace(['/', '\\', '\0'], "_");
        if Self::is_file_name(&name) { name } else { "_".to_owned() }
    }
}
