//! Quotes: descriptions of a place in a text by which it can be found again, and finding places by their words.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Text;

/// The most scalars of context that a quote keeps on each side.
const CONTEXT: usize = 32;

/// A place in a text, described as in the W3C Web Annotation model: a TextPositionSelector and a TextQuoteSelector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Where it starts, in Unicode scalars from the start of the text.
    pub start: usize,
    /// Where it ends, in Unicode scalars.
    pub end: usize,
    /// The words there.
    pub exact: String,
    /// The text before: up to 32 scalars, cut on a grapheme boundary.
    pub prefix: String,
    /// The text after: up to 32 scalars, cut on a grapheme boundary.
    pub suffix: String,
}

impl Text {
    /// The text before and after a range in its paragraphs: at most so many bytes on each side, on grapheme boundaries.
    /// Cheaper than a quote, for lists.
    #[must_use]
    pub fn context(&self, range: Range<usize>, most: usize) -> (Range<usize>, Range<usize>) {
        let range = self.clamp(range);
        let first = self.paragraph(self.paragraph_at(range.start)).start;
        let from = self.ceil_grapheme(range.start.saturating_sub(most));
        let from = from.max(first).min(range.start);
        let last = self.paragraph(self.paragraph_at(range.end)).end;
        let to = self.floor_grapheme(range.end.saturating_add(most).min(self.len()));
        let to = to.min(last).max(range.end);
        (from..range.start, range.end..to)
    }

    /// The bytes of a place told in Unicode scalar values, if these words, and not none, stand exactly there.
    #[must_use]
    pub fn stands_at(&self, scalars: Range<usize>, words: &str) -> Option<Range<usize>> {
        let start = self.byte_of(scalars.start)?;
        let end = start.checked_add(words.len())?;
        let same = !words.is_empty() && self.get(start..end) == Some(words);
        (same && scalars.end.checked_sub(scalars.start) == Some(words.chars().count()))
            .then_some(start..end)
    }

    /// The quote of a range of bytes. A range that is outside the text or splits a character is adjusted first: its
    /// start moves back and its end forward to a character boundary inside the text.
    #[must_use]
    pub fn quote(&self, range: Range<usize>) -> Quote {
        let range = self.clamp(range);
        let text = self.as_str();
        let (start, end) = (self.scalar_of(range.start), self.scalar_of(range.end));
        let from = self.byte_of(start.saturating_sub(CONTEXT)).unwrap_or(0);
        let to = self.byte_of(end.saturating_add(CONTEXT)).unwrap_or(text.len());
        // A cluster that the cut would split is left out; one longer than the context leaves nothing.
        let from = self.ceil_grapheme(from).min(range.start);
        let to = self.floor_grapheme(to).max(range.end);
        let piece = |range: Range<usize>| text.get(range).unwrap_or("").to_owned();
        Quote {
            start,
            end,
            exact: piece(range.clone()),
            prefix: piece(from..range.start),
            suffix: piece(range.end..to),
        }
    }
}

/// All places of `exact` in the text, in bytes and in order. Places may overlap: in “aaa”, “aa” has two.
/// An empty `exact` has none.
#[must_use]
pub fn occurrences(text: &Text, exact: &str) -> Vec<Range<usize>> {
    let Some(first) = exact.chars().next() else {
        return Vec::new();
    };
    let text = text.as_str();
    let finder = memchr::memmem::Finder::new(exact);
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
        places.push(from + at..from + at + exact.len());
        from += at + first.len_utf8();
    }
    places
}
