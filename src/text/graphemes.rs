//! Grapheme clusters (UAX #29, extended): what a reader sees as one character, which is never split.
//!
//! Every function examines only the neighbourhood of the given byte, so that it is as cheap in a line of ten megabytes
//! as in a title.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::Text;

/// The first grapheme boundary of a string at or after `byte`, which is a character boundary; the end of the string
/// where there is none.
pub(super) fn ceil(text: &str, byte: usize) -> usize {
    let mut cursor = GraphemeCursor::new(byte, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return byte;
    }
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

impl Text {
    /// Whether a grapheme cluster starts or ends here. False inside a character and beyond the text.
    #[must_use]
    pub fn is_grapheme_boundary(&self, byte: usize) -> bool {
        let text = self.as_str();
        text.is_char_boundary(byte)
            && GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(true)
    }

    /// The last grapheme boundary at or before `byte`.
    #[must_use]
    pub fn floor_grapheme(&self, byte: usize) -> usize {
        let byte = self.as_str().floor_char_boundary(byte);
        if self.is_grapheme_boundary(byte) { byte } else { self.prev_grapheme(byte) }
    }

    /// The first grapheme boundary at or after `byte`; the end of the text where there is none.
    #[must_use]
    pub fn ceil_grapheme(&self, byte: usize) -> usize {
        let text = self.as_str();
        ceil(text, text.ceil_char_boundary(byte.min(text.len())))
    }

    /// The first grapheme boundary after `byte`; the end of the text where there is none.
    #[must_use]
    pub fn next_grapheme(&self, byte: usize) -> usize {
        let text = self.as_str();
        let byte = text.floor_char_boundary(byte);
        GraphemeCursor::new(byte, text.len(), true)
            .next_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(text.len())
    }

    /// The last grapheme boundary before `byte`; 0 where there is none.
    #[must_use]
    pub fn prev_grapheme(&self, byte: usize) -> usize {
        let text = self.as_str();
        let byte = text.ceil_char_boundary(byte.min(text.len()));
        GraphemeCursor::new(byte, text.len(), true)
            .prev_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    /// Widens a range to whole grapheme clusters. An empty (or backwards) range stays empty, at the boundary at or
    /// before its start.
    #[must_use]
    pub fn snap(&self, range: Range<usize>) -> Range<usize> {
        let start = self.floor_grapheme(range.start);
        if range.end <= range.start { start..start } else { start..self.ceil_grapheme(range.end) }
    }

    /// Removes the white space at both ends (no-break spaces too) from a range. A range of nothing but white space
    /// becomes empty, at its start.
    #[must_use]
    pub fn trim(&self, range: Range<usize>) -> Range<usize> {
        let range = self.clamp(range);
        let Some(words) = self.get(range.clone()) else {
            return range;
        };
        let rest = words.trim_start();
        if rest.is_empty() {
            return range.start..range.start;
        }
        let start = range.end - rest.len();
        start..start + rest.trim_end().len()
    }
}
