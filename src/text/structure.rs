//! How a text was set in the document it came from: headings, lists, quotations, tables, notes, and pages.
//!
//! Places are lines (a text's paragraphs, counted from 0) and, inside a line, Unicode scalar values: they are the same
//! in memory and in files. A structure describes one text; it never changes what that says.

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

    /// The first and the last line of the table that a row belongs to; `None` for a line that is no row.
    #[must_use]
    pub fn table_of(&self, line: u32) -> Option<(u32, u32)> {
        let at = self.blocks.binary_search_by_key(&line, |block| block.line).ok()?;
        let is_row = |at: usize| self.blocks.get(at).is_some_and(|it| it.kind == BlockKind::Row);
        let follows = |at: usize| {
            is_row(at) && self.blocks[at].line.checked_sub(1) == Some(self.blocks[at - 1].line)
        };
        if !is_row(at) {
            return None;
        }
        let (mut first, mut last) = (at, at);
        while first > 0 && is_row(first - 1) && follows(first) {
            first -= 1;
        }
        while follows(last + 1) {
            last += 1;
        }
        Some((self.blocks[first].line, self.blocks[last].line))
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
    fn a_table_is_the_rows_that_follow_each_other() {
        let row = |line| Block { line, kind: BlockKind::Row };
        let heading = Block { line: 3, kind: BlockKind::Heading(1) };
        let blocks = vec![row(0), row(1), heading, row(4), row(5), row(6), row(8)];
        let structure = Structure { blocks, pages: Vec::new() };
        let table = |line| structure.table_of(line);
        assert_eq!((table(0), table(1)), (Some((0, 1)), Some((0, 1))));
        assert_eq!((table(2), table(3)), (None, None));
        assert_eq!((table(4), table(6)), (Some((4, 6)), Some((4, 6))));
        assert_eq!(table(8), Some((8, 8)));
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
}
