//! Words (UAX #29): what a double-click selects and where Ctrl+arrow stops.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Text;

impl Text {
    /// The word at a byte, for a double-click.
    #[must_use]
    pub fn word_at(&self, byte: usize) -> Range<usize> {
        let paragraph = self.paragraph(self.paragraph_at(byte));
        let words = self.get(paragraph.clone()).unwrap_or("");
        let inside = byte.saturating_sub(paragraph.start);
        words
            .split_word_bound_indices()
            .take_while(|(at, _)| *at <= inside)
            .last()
            .map_or(paragraph.start..paragraph.start, |(at, word)| {
                paragraph.start + at..paragraph.start + at + word.len()
            })
    }

    /// The end of the next word after `byte`, for Ctrl+Right; the end of the text where there is none.
    #[must_use]
    pub fn next_word(&self, byte: usize) -> usize {
        let byte = self.floor_grapheme(byte);
        let rest = self.as_str().get(byte..).unwrap_or("");
        rest.unicode_word_indices().next().map_or(self.len(), |(at, word)| byte + at + word.len())
    }

    /// The start of the word before `byte`, for Ctrl+Left; 0 where there is none.
    #[must_use]
    pub fn prev_word(&self, byte: usize) -> usize {
        let byte = self.ceil_grapheme(byte);
        let before = self.as_str().get(..byte).unwrap_or("");
        before.unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }
}
