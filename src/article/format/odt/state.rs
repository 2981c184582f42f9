//! What the reader of an OpenDocument text knows while it goes through the words.

use std::collections::HashMap;

use super::lists::Lists;
use super::styles::Styles;
use crate::article::document::Description;
use crate::article::format::office::flow::{Block, Paragraph, Piece};
use crate::article::format::office::output::Output;

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) paragraph: Paragraph,
    /// The number before it as it was written by the program, where that is in the file.
    pub(super) number: Option<String>,
    /// Whether it is hidden as a whole.
    pub(super) hidden: bool,
}

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub(super) deleted: usize,
    pub(super) comments: usize,
    pub(super) hidden: bool,
    pub(super) edges: bool,
}

/// Pages as they are counted: only where the program has written where they begin.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) known: bool,
    /// The number of the page that the last words were on.
    number: u32,
    begun: bool,
    /// How many begin before the next words, and the number that is said for the last.
    pub(super) waiting: u32,
    pub(super) anew: Option<u32>,
    /// Whether words stand beside the pages, such as in a box.
    pub(super) aside: u32,
}

impl Pages {
    /// The label of the page that begins with the next word, if one does.
    fn due(&mut self) -> Option<String> {
        if !self.known || self.aside > 0 {
            return None;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let anew = self.anew.take();
        if self.begun && waiting == 0 {
            return None;
        }
        // Whatever begins before the first words is the first page.
        let next = if self.begun { self.number.saturating_add(waiting) } else { 1 };
        self.begun = true;
        self.number = anew.unwrap_or(next);
        Some(self.number.to_string())
    }
}

/// The item of a list that is open: its sign goes before its first paragraph.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// Whether its sign is still to be written.
    pub(super) waits: bool,
    /// The number it begins anew with.
    pub(super) start: Option<u32>,
}

/// The reader of an OpenDocument text.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) styles: Styles,
    pub(super) lists: Lists,
    pub(super) item: Item,
    pub(super) out: Output,
    pub(super) pages: Pages,
    pub(super) left: Left,
    pub(super) description: Description,
    /// The first paragraph in the style of titles.
    pub(super) title: Option<String>,
    /// Formulas by the names of the objects that hold them.
    pub(super) formulas: HashMap<String, String>,
    /// The notes in order: their labels and what they say.
    pub(super) notes: Vec<(String, Vec<Block>)>,
    pub(super) numbered: u32,
    /// Boxes that are written after the paragraph they are in.
    pub(super) after: Vec<Block>,
    /// How many hidden spans lie around the words.
    pub(super) hidden: usize,
    /// Whether a text was found.
    pub(super) found: bool,
}

impl State {
    /// Takes words, if they are shown.
    pub(super) fn say(&mut self, line: &mut Line, words: &str) {
        let blank = words.trim().is_empty();
        if self.hidden > 0 {
            self.left.hidden |= !blank;
            return;
        }
        if !self.out.takes(words.len()) {
            return;
        }
        if !blank && let Some(label) = self.pages.due() {
            line.paragraph.pieces.push(Piece::Page(label));
        }
        line.paragraph.push(words);
    }

    /// Reads what stands in a cell, a box or a note.
    pub(super) fn contained(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        self.out.open();
        let after = std::mem::take(&mut self.after);
        let item = std::mem::take(&mut self.item);
        let open = self.lists.leave();
        read(self);
        self.lists.come_back(open);
        self.item = item;
        self.after = after;
        self.out.close()
    }
}
