//! Pure text: paragraphs, offsets, grapheme, word and sentence boundaries, quotes.
//!
//! Offsets are bytes in memory, unless named scalars; ranges are half-open. Nothing here knows files, windows or
//! notebooks: the functions take a text and return offsets, and none of them panics, whatever the offset.

mod carried;
mod case;
mod changes;
mod copies;
mod equivalence;
mod graphemes;
mod hidden;
mod index;
mod names;
mod natural;
mod places;
mod quote;
mod reanchor;
mod ron_fault;
mod ron_words;
mod search;
mod sentences;
mod sources;
mod structure;
mod unique_map;
mod words;
mod wrapped;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod properties;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use carried::carried;
pub use case::capital;
pub use changes::{Change, ChangeKind, Changes, Mark, Marked, Row};
pub use copies::{Copies, WordRuns, copies_among, likest, resemblance};
pub(crate) use equivalence::is_invisible;
pub use equivalence::is_visible;
pub use hidden::{MARK, hidden_in, is_hidden, name_of_hidden, shown, shown_line, shown_name};
pub(crate) use names::among;
pub use names::{fold, name_key, same_name, similarity};
pub use natural::{NaturalKey, natural_order};
pub use places::{places_of, places_of_unless};
pub use quote::{Quote, occurrences};
pub use reanchor::{Outcome, reanchor};
pub use ron_fault::{RonFault, ron_fault};
pub use ron_words::{ron_words, shortened};
pub(crate) use search::word_edge;
pub use search::{Finder, PatternError, Query, word_around, words_touched};
pub(crate) use sentences::is_abbreviation;
pub use sources::{looks_anonymous, looks_like_description};
pub use structure::{Block, BlockKind, Page, Structure};
pub(crate) use unique_map::{UniqueMap, once_each};

/// An immutable text in canonical form: UTF-8, paragraphs separated by LF. Cheap to clone.
///
/// ```
/// use casebook::text::Text;
///
/// let text = Text::canonical("Le conseil cède.\r\nKervel dément.");
/// assert_eq!(text.paragraph_count(), 2);
/// let second = text.paragraph(1);
/// assert_eq!(text.get(second.clone()), Some("Kervel dément."));
/// // Bytes here, Unicode scalar values in files: the è before it is two bytes and one scalar.
/// assert_eq!((second.start, text.scalar_of(second.start)), (18, 17));
/// ```
#[derive(Clone)]
pub struct Text(Arc<Inner>);

struct Inner {
    text: Box<str>,
    /// Built when it is first needed: a text that is only compared or written needs none.
    index: OnceLock<index::Index>,
    /// Whether it holds invisible characters, determined at the first search.
    invisible: OnceLock<bool>,
}

impl Text {
    /// A text of these words as they are, without copying a string; a CR in it is an ordinary character.
    #[must_use]
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(Arc::new(Inner {
            text: text.into(),
            index: OnceLock::new(),
            invisible: OnceLock::new(),
        }))
    }

    /// Builds the index, so that nobody has to wait for it later.
    pub fn prepare(&self) {
        self.index();
    }

    fn index(&self) -> &index::Index {
        self.0.index.get_or_init(|| index::Index::new(&self.0.text))
    }

    /// A text in canonical form: a leading byte order mark is dropped, CRLF and CR become LF.
    #[must_use]
    pub fn canonical(text: &str) -> Self {
        match Self::with_line_feeds(text) {
            Cow::Borrowed(text) => Self::new(text),
            Cow::Owned(text) => Self::new(text),
        }
    }

    /// The canonical words of a text: see [`Self::canonical`]. They are copied only if they contain a CR.
    #[must_use]
    pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let mut lines = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
            let (line, after) = rest.split_at(at);
            lines.push_str(line);
            lines.push('\n');
            let after = after.strip_prefix('\r').unwrap_or(after);
            rest = after.strip_prefix('\n').unwrap_or(after);
        }
        lines.push_str(rest);
        Cow::Owned(lines)
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.text.len()
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.text.is_empty()
    }

    /// How many paragraphs it has: one more than it has LF, so at least 1.
    #[must_use]
    pub fn paragraph_count(&self) -> usize {
        self.index().paragraphs()
    }

    /// The bytes of paragraph `i` (from 0), without its LF; those of the last one where `i` is too large.
    #[must_use]
    pub fn paragraph(&self, i: usize) -> Range<usize> {
        self.index().paragraph(i, self.len())
    }

    /// The paragraph that holds a byte; an LF belongs to the paragraph it ends, a byte beyond the text to the last.
    #[must_use]
    pub fn paragraph_at(&self, byte: usize) -> usize {
        self.index().paragraph_at(byte)
    }

    /// How many Unicode scalar values it has.
    #[must_use]
    pub fn scalars(&self) -> usize {
        self.index().scalars()
    }

    /// The number of scalars before `byte`, which is first floored to a character boundary of the text.
    #[must_use]
    pub fn scalar_of(&self, byte: usize) -> usize {
        self.index().scalar_of(&self.0.text, byte)
    }

    /// The byte where a scalar starts: the end of the text for the one after the last, `None` beyond.
    #[must_use]
    pub fn byte_of(&self, scalar: usize) -> Option<usize> {
        self.index().byte_of(&self.0.text, scalar)
    }

    /// The words in a range; `None` where it is outside the text, backwards, or splits a character.
    #[must_use]
    pub fn get(&self, range: Range<usize>) -> Option<&str> {
        self.0.text.get(range)
    }

    /// Whether it holds invisible characters (soft hyphens, marks of direction). The text is read once.
    fn holds_invisible(&self) -> bool {
        *self.0.invisible.get_or_init(|| equivalence::holds_invisible(self.as_str()))
    }

    /// A range inside the text, on character boundaries, that covers `range` as far as the text goes; a backwards
    /// range becomes empty, at its start.
    fn clamp(&self, range: Range<usize>) -> Range<usize> {
        let text = self.as_str();
        let start = text.floor_char_boundary(range.start);
        if range.end <= range.start {
            return start..start;
        }
        start..text.ceil_char_boundary(range.end.min(text.len())).max(start)
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::new("")
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

/// Shows the beginning of the text and its length: articles are too long to print.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.get(0..self.floor_grapheme(60)).unwrap_or("");
        write!(f, "Text({head:?}, {} bytes)", self.len())
    }
}
