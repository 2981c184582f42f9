//! Where the blocks of a document go: into its text, or for the time being into the cell or box that is open.

use super::flow::{Block, Flow};
use crate::article::document::{DocumentError, MOST_TEXT};
use crate::foreign::xml::Xml;

/// The most paragraphs, cells and rows that are held at once, in tables and boxes that are not complete.
const MOST_HELD: usize = 1_000_000;

/// A document's text as it grows, and what waits to be written.
#[derive(Debug, Default)]
pub(in crate::article::format) struct Output {
    /// What is written.
    pub(in crate::article::format) flow: Flow,
    /// What stands in the cells and boxes that are open.
    held: Vec<Vec<Block>>,
    count: usize,
    /// What is held until the end: notes.
    kept: usize,
    /// Whether more was held at some time than may be: what came then was not read.
    overfull: bool,
    /// How many bytes of words were taken.
    taken: usize,
}

impl Output {
    /// Writes a block, or keeps it for the cell or box that is open.
    pub(in crate::article::format) fn emit(&mut self, block: Block) {
        match self.held.last_mut() {
            Some(held) => {
                held.push(block);
                self.hold();
            }
            None => {
                self.flow.write(&block);
                self.count = 0;
            }
        }
    }

    /// Counts what is held beside blocks: a cell, a row.
    pub(in crate::article::format) const fn hold(&mut self) {
        self.count += 1;
        self.overfull |= self.count.saturating_add(self.kept) > MOST_HELD;
    }

    /// Keeps so many blocks until the end.
    pub(in crate::article::format) const fn keep(&mut self, blocks: usize) {
        self.kept = self.kept.saturating_add(blocks);
        self.hold();
    }

    /// Takes words of so many bytes; false where no more are taken. What a file says again and again by referring to it is
    /// counted each time.
    pub(in crate::article::format) const fn takes(&mut self, bytes: usize) -> bool {
        self.taken = self.taken.saturating_add(bytes);
        self.taken <= MOST_TEXT
    }

    /// Why not everything was taken, if it was not.
    pub(in crate::article::format) fn too_much(&self) -> Option<DocumentError> {
        let what = if self.overfull {
            "its tables, boxes and notes hold too many paragraphs".to_owned()
        } else if self.taken > MOST_TEXT {
            format!("it has more than {} MiB of text", MOST_TEXT >> 20)
        } else {
            return None;
        };
        Some(DocumentError::TooMuch { what })
    }

    /// Opens a cell or box: blocks are kept for it.
    pub(in crate::article::format) fn open(&mut self) {
        self.held.push(Vec::new());
    }

    /// Closes the cell or box that was opened last: what stands in it.
    pub(in crate::article::format) fn close(&mut self) -> Vec<Block> {
        self.held.pop().unwrap_or_default()
    }

    /// Whether a cell or box is open.
    pub(in crate::article::format) const fn is_contained(&self) -> bool {
        !self.held.is_empty()
    }

    /// Whether no more is taken.
    pub(in crate::article::format) const fn is_full(&self) -> bool {
        self.flow.is_full() || self.overfull || self.taken > MOST_TEXT
    }

    /// Whether no more is taken; then the reading is ended.
    pub(in crate::article::format) const fn stops(&self, xml: &mut Xml<'_>) -> bool {
        let full = self.is_full();
        if full {
            xml.stop();
        }
        full
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::format::office::flow::Paragraph;

    #[test]
    fn what_was_too_much_stays_told() {
        let block = || Block::Paragraph(Paragraph::default());
        let mut output = Output::default();
        output.open();
        for _ in 0..MOST_HELD {
            output.emit(block());
        }
        assert!(!output.is_full());
        output.hold();
        assert_eq!(output.close().len(), MOST_HELD);
        output.emit(block());
        assert!(output.is_full() && output.too_much().is_some());

        let mut output = Output::default();
        for _ in 0..3 * MOST_HELD {
            output.emit(block());
        }
        assert!(output.takes(MOST_TEXT) && output.too_much().is_none());
        assert!(!output.takes(1) && output.too_much().is_some());
    }
}
