//! What a Rich Text file is being written into: its text, a note, or a box; with the tables that are open in it.

use crate::article::format::office::flow::{Block, Cell, Paragraph, Row};

/// How deep tables may lie in one another.
const MOST_TABLES: usize = 32;

/// A table that is open.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Row>,
    cells: Vec<Cell>,
    blocks: Vec<Block>,
}

/// What a frame is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The text.
    Main,
    /// A note of this label.
    Note(String),
    /// A box: it is written after the paragraph it is in.
    Box,
}

/// A text, a note or a box that is being read.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    /// How many groups were open when it began.
    pub(super) depth: usize,
    /// The paragraph that is being read.
    pub(super) line: Paragraph,
    /// The sign of a list before it.
    pub(super) marker: Option<String>,
    /// Whether a number of a note was written since the last note.
    pub(super) numbered: bool,
    /// Boxes that are written after it.
    pub(super) after: Vec<Block>,
    tables: Vec<Table>,
    /// What is complete.
    pub(super) done: Vec<Block>,
    /// How far items of lists that are typed stand from the edge: those that lie around one another.
    pub(super) edges: Vec<i32>,
}

impl Frame {
    pub(super) fn new(kind: FrameKind, depth: usize) -> Self {
        Self {
            kind,
            depth,
            line: Paragraph::default(),
            marker: None,
            numbered: false,
            after: Vec::new(),
            tables: Vec::new(),
            done: Vec::new(),
            edges: Vec::new(),
        }
    }

    /// Puts a block into the cell that is open in the table of this depth; 0 for none.
    pub(super) fn put(&mut self, block: Block, depth: usize) {
        self.go(depth);
        match self.tables.last_mut() {
            Some(table) => table.blocks.push(block),
            None => self.done.push(block),
        }
    }

    /// Ends a cell of the table of this depth.
    pub(super) fn end_cell(&mut self, depth: usize) {
        self.go(depth.max(1));
        if let Some(table) = self.tables.last_mut() {
            let blocks = std::mem::take(&mut table.blocks);
            table.cells.push(Cell::new(blocks, 1));
        }
    }

    /// Ends a row of the table of this depth.
    pub(super) fn end_row(&mut self, depth: usize) {
        self.go(depth.max(1));
        if let Some(table) = self.tables.last_mut() {
            let blocks = std::mem::take(&mut table.blocks);
            if !blocks.is_empty() {
                table.cells.push(Cell::new(blocks, 1));
            }
            let cells = std::mem::take(&mut table.cells);
            table.rows.push(Row { cells, times: 1 });
        }
    }

    /// Ends everything that is open.
    pub(super) fn end(&mut self) {
        self.go(0);
    }

    /// Opens and closes tables until so many are open.
    fn go(&mut self, depth: usize) {
        let depth = depth.min(MOST_TABLES);
        while self.tables.len() < depth {
            self.tables.push(Table::default());
        }
        while self.tables.len() > depth {
            let Some(mut table) = self.tables.pop() else { return };
            // A row that was not ended is one all the same.
            if !table.cells.is_empty() || !table.blocks.is_empty() {
                if !table.blocks.is_empty() {
                    table.cells.push(Cell::new(std::mem::take(&mut table.blocks), 1));
                }
                table.rows.push(Row { cells: table.cells, times: 1 });
            }
            let block = Block::Table(table.rows);
            match self.tables.last_mut() {
                Some(outer) => outer.blocks.push(block),
                None => self.done.push(block),
            }
        }
    }
}
