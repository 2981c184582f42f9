//! Tables: which hold data and which only place things on a page, and the columns of their cells.

use dom_query::NodeRef;

use super::dom;

/// The most columns that one cell may take.
const MOST_SPAN: usize = 64;
/// The columns in which cells may reach into further rows.
const MOST_REACHED: usize = 192;
/// The most elements that are looked at to tell what a table is for.
const MOST_LOOKED_AT: usize = 4000;
/// A cell longer than this holds a text, not a value; in bytes.
const LONG_CELL: usize = 700;

/// A table of data whose rows are read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// For each column, how many rows more a cell from above reaches into.
    reaching: Vec<usize>,
    /// The column of the next cell.
    column: usize,
    /// Columns that were passed since the last cell began.
    passed: usize,
}

impl Table {
    /// A row begins.
    pub(super) fn begin_row(&mut self) {
        self.column = 0;
        self.passed = 0;
    }

    /// A cell begins: how many ends of cells stand before it.
    pub(super) fn begin_cell(&mut self, cell: &NodeRef<'_>) -> usize {
        while let Some(rows) = self.reaching.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.column += 1;
            self.passed += 1;
        }
        let span = |name: &str| {
            cell.attr(name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1)
        };
        let columns = span("colspan").clamp(1, MOST_SPAN);
        let rows = span("rowspan").max(1);
        if rows > 1 && self.column < MOST_REACHED {
            let end = self.column + columns;
            if self.reaching.len() < end {
                self.reaching.resize(end, 0);
            }
            for reaching in self.reaching.iter_mut().take(end).skip(self.column) {
                *reaching = rows - 1;
            }
        }
        self.column += columns;
        std::mem::replace(&mut self.passed, columns)
    }
}

/// The table of an element; `None` where it only places things on the page.
pub(super) fn of(node: &NodeRef<'_>) -> Option<Table> {
    if dom::attribute_has(node, "role", &["presentation", "none"]) {
        return None;
    }
    let (mut rows, mut cells, mut heads) = (0_usize, 0_usize, false);
    let mut at = dom::next(node, node, false);
    for _ in 0..MOST_LOOKED_AT {
        let Some(element) = at else { break };
        at = dom::next(&element, node, false);
        match &*dom::name(&element) {
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "blockquote" | "form"
            | "article" | "section" | "nav" => return None,
            "tr" => rows += 1,
            "th" | "thead" | "caption" => heads = true,
            "td" => {
                cells += 1;
                let paragraphs =
                    element.children_it(false).filter(|child| child.has_name("p")).count();
                if paragraphs > 2 || dom::words(&element, LONG_CELL).len() > LONG_CELL {
                    return None;
                }
            }
            _ => {}
        }
    }
    // One column of cells, or one cell in all, is no table to a reader.
    (heads || cells > rows.max(1)).then(Table::default)
}
