//! Sentences (UAX #29).

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Text;

impl Text {
    /// The sentence at a byte, inside its paragraph and without the white space around it.
    #[must_use]
    pub fn sentence_at(&self, byte: usize) -> Range<usize> {
        let paragraph = self.paragraph(self.paragraph_at(byte));
        let words = self.get(paragraph.clone()).unwrap_or("");
        let inside = byte.saturating_sub(paragraph.start);
        let found = words.split_sentence_bound_indices().take_while(|(at, _)| *at <= inside).last();
        self.trim(found.map_or(paragraph.start..paragraph.start, |(at, sentence)| {
            paragraph.start + at..paragraph.start + at + sentence.len()
        }))
    }
}
