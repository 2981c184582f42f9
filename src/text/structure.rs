//! How a text was set in the document it came from: headings, lists, quotations, tables, notes, and pages.
//!
//! Places are lines (a text's paragraphs, counted from 0) and, inside a line, Unicode scalar values: they are the same
//! in memory and in files. A structure describes one text; it never changes what that says.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How a text was set: what its lines are, and where its pages begin. A text that was plain has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Structure {
    /// The lines that are more than words of a paragraph, by rising line.
    pub blocks: Vec<Block>,
    /// Where pages begin, by rising place.
    pub pages: Vec<Page>,
}

/// One line that is more than words of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Its line, from 0.
    pub line: u32,
    /// What it is.
    pub kind: BlockKind,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading, of level 1 (the highest) to 6.
    Heading(u8),
    /// An item of a list: how deep it lies (1 for a list in no other), and what stands before it: “•” or “3.”. That
    /// sign is no part of the text.
    Item(u8, String),
    /// Words quoted as a block; how deep (1 for a quotation in no other).
    Quotation(u8),
    /// A row of a table; tabs stand between its cells.
    Row,
    /// A footnote or an endnote.
    Note,
    /// Words whose spaces and line ends matter: code, verse.
    Preformatted,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its number as the document itself counts: “12”, “iv”.
    pub label: String,
    /// The line it begins in, from 0.
    pub line: u32,
    /// The place in that line, in Unicode scalar values; 0 where it begins with the line.
    pub column: u32,
}

impl Structure {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.pages.is_empty()
    }

    /// What a line is; `None` for words of a paragraph.
    #[must_use]
    pub fn kind_of(&self, line: u32) -> Option<&BlockKind> {
        let at = self.blocks.binary_search_by_key(&line, |block| block.line).ok()?;
        self.blocks.get(at).map(|block| &block.kind)
    }

    /// The lines of the table that a line is a row of; `None` where it is none.
    #[must_use]
    pub fn table_at(&self, line: u32) -> Option<Range<u32>> {
        let here = self.blocks.binary_search_by_key(&line, |block| block.line).ok()?;
        let is_row = |at: usize, line: u32| {
            let block = self.blocks.get(at);
            block.is_some_and(|block| block.line == line && block.kind == BlockKind::Row)
        };
        if !is_row(here, line) {
            return None;
        }
        let above = (1..=here).take_while(|up| {
            let up_line = line.checked_sub(u32::try_from(*up).unwrap_or(u32::MAX));
            up_line.is_some_and(|line| is_row(here - up, line))
        });
        let below = (1_u32..).take_while(|down| {
            line.checked_add(*down).is_some_and(|line| is_row(here + *down as usize, line))
        });
        let above = u32::try_from(above.count()).unwrap_or(0);
        let below = u32::try_from(below.count()).unwrap_or(0);
        Some(line - above..line + below + 1)
    }

    /// The page that a place is on; `None` before the first page, or where there are none.
    #[must_use]
    pub fn page_at(&self, line: u32, column: u32) -> Option<&Page> {
        let after = self.pages.partition_point(|page| (page.line, page.column) <= (line, column));
        self.pages.get(after.checked_sub(1)?)
    }

    /// The pages that begin in a line, in order.
    #[must_use]
    pub fn pages_in(&self, line: u32) -> &[Page] {
        let start = self.pages.partition_point(|page| page.line < line);
        let end = self.pages.partition_point(|page| page.line <= line);
        self.pages.get(start..end).unwrap_or_default()
    }

    /// Whether it can describe a text of this many lines: everything in order, and nothing past the end.
    #[must_use]
    pub fn fits(&self, lines: u32) -> bool {
        let blocks = self.blocks.windows(2).all(|pair| pair[0].line < pair[1].line);
        let pages = self
            .pages
            .windows(2)
            .all(|pair| (pair[0].line, pair[0].column) <= (pair[1].line, pair[1].column));
        let last_block = self.blocks.last().is_none_or(|block| block.line < lines);
        let last_page = self.pages.last().is_none_or(|page| page.line < lines);
        blocks && pages && last_block && last_page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(label: &str, line: u32, column: u32) -> Page {
        Page { label: label.to_owned(), line, column }
    }

    #[test]
    fn a_place_is_on_the_page_that_began_last_before_it() {
        let structure = Structure {
            blocks: vec![Block { line: 2, kind: BlockKind::Heading(1) }],
            pages: vec![page("iv", 0, 3), page("1", 2, 0), page("2", 2, 10)],
        };
        let label = |line, column| structure.page_at(line, column).map(|page| &*page.label);
        assert_eq!(label(0, 2), None);
        assert_eq!(label(0, 3), Some("iv"));
        assert_eq!(label(1, 0), Some("iv"));
        assert_eq!(label(2, 9), Some("1"));
        assert_eq!(label(9, 0), Some("2"));
        assert_eq!(structure.pages_in(2).len(), 2);
        assert_eq!(structure.kind_of(2), Some(&BlockKind::Heading(1)));
        assert_eq!(structure.kind_of(1), None);
        assert!(structure.fits(3) && !structure.fits(2));
    }

    #[test]
    fn what_is_out_of_order_does_not_fit() {
        let mut structure =
            Structure { blocks: Vec::new(), pages: vec![page("2", 3, 0), page("1", 1, 0)] };
        assert!(!structure.fits(9));
        structure.pages.clear();
        structure.blocks =
            vec![Block { line: 1, kind: BlockKind::Row }, Block { line: 1, kind: BlockKind::Note }];
        assert!(!structure.fits(9));
    }

    #[test]
    fn two_tables_are_two() {
        let blocks =
            [0, 1, 3].map(|line| Block { line, kind: BlockKind::Row }).into_iter().collect();
        let structure = Structure { blocks, pages: Vec::new() };
        assert_eq!(structure.table_at(0), Some(0..2));
        assert_eq!(structure.table_at(1), Some(0..2));
        assert_eq!(structure.table_at(2), None);
        assert_eq!(structure.table_at(3), Some(3..4));
    }
}
