//! The columns of a table, so that those of its rows stand below each other. Pure.
//!
//! A row of a table is a line with tabs between its cells. Each cell begins where its column does and is broken to the room
//! up to the next cell that says something; what follows a cell of several rows stands beside the last of them. So every
//! row on the screen still shows one stretch of the text, in its order.

use std::ops::Range;

use super::bidi::Directions;
use super::line_breaking::{Found, break_rows, unbroken};

/// Between two columns, as a multiple of the letters' size.
const GAP: f32 = 1.2;
/// The narrowest a column may be made, as a multiple of the letters' size.
const LEAST: f32 = 5.0;
/// The most columns that are set below each other.
const MOST: usize = 40;
/// A table that would take so many times the rows it takes as running words stays as it is.
const TALLER: usize = 2;

/// Where the columns of a table begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// In points from the edge where its rows begin.
    starts: Vec<f32>,
    /// Where its rows end.
    width: f32,
    gap: f32,
    /// The first column stands at the right.
    rtl: bool,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Bytes of the row, without the tab behind it.
    pub bytes: Range<usize>,
    /// Where it begins, in points from the edge where its row begins.
    pub start: f32,
    /// How much it may take, in points.
    room: f32,
}

/// What a cell takes in its row.
struct Extent {
    width: f32,
    /// The column of the next cell that says something.
    next: Option<usize>,
}

/// The cells of a row, by the width of each: how far each of them may reach.
fn extents(widths: &[f32]) -> Vec<Extent> {
    let mut next = None;
    let mut extents: Vec<Extent> = Vec::with_capacity(widths.len());
    for (column, width) in widths.iter().enumerate().rev() {
        extents.push(Extent { width: *width, next });
        if *width > 0.0 {
            next = Some(column);
        }
    }
    extents.reverse();
    extents
}

impl Columns {
    /// The columns of a table with these rows, in `width` points and letters of this size. `None` where it has no two
    /// columns, or would be harder to read in columns than without.
    ///
    /// `advance` is a character's width in points.
    pub fn of<'a>(
        rows: impl Iterator<Item = &'a str>,
        width: f32,
        size: f32,
        mut advance: impl FnMut(char) -> f32,
    ) -> Option<Self> {
        let mut all: Vec<Vec<Extent>> = Vec::new();
        let mut from_the_right = 0;
        for row in rows {
            let mut bidi = false;
            let measured = row.split('\t').take(MOST + 1).map(|cell| {
                let (width, found) = unbroken(cell, &mut advance);
                bidi |= found.bidi;
                width
            });
            let widths: Vec<f32> = measured.collect();
            from_the_right += usize::from(bidi && Directions::new(row).is_rtl());
            all.push(extents(&widths));
        }
        let count = all.iter().map(Vec::len).max().filter(|count| (2..=MOST).contains(count))?;
        let gap = (size * GAP).round();
        let wanted = wanted(&all, count, gap);
        let room = width - gap * (count - 1) as f32;
        let widths = shared(&wanted, room)?;
        let narrow = |(has, wants): (&f32, &f32)| has < wants && *has < LEAST * size;
        if widths.iter().zip(&wanted).any(narrow) {
            return None;
        }
        let mut at = 0.0_f32;
        let begin = |width: &f32| {
            let start = at;
            at += width + gap;
            start
        };
        let starts = widths.iter().map(begin).collect();
        let columns = Self { starts, width, gap, rtl: from_the_right * 2 > all.len() };
        columns.is_readable(&all).then_some(columns)
    }

    /// Whether it takes not many more rows than as running words.
    fn is_readable(&self, all: &[Vec<Extent>]) -> bool {
        let rows = |width: f32, room: f32| (width / room.max(1.0)).ceil().max(1.0) as usize;
        let (mut so, mut running) = (0, 0);
        for row in all {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                rows(cell.width, self.room(column, cell.next)).saturating_sub(1)
            });
            so += 1 + cells.sum::<usize>();
            let whole = row.iter().map(|cell| cell.width + self.gap).sum::<f32>();
            running += rows(whole, self.width);
        }
        so <= TALLER * running
    }

    /// What a cell of this column may take where the next that says something is in that one.
    fn room(&self, column: usize, next: Option<usize>) -> f32 {
        let start = self.starts.get(column).copied().unwrap_or_default();
        let next = next.and_then(|next| self.starts.get(next));
        next.map_or(self.width, |next| next - self.gap) - start
    }

    /// Where rows end, in points.
    pub const fn width(&self) -> f32 {
        self.width
    }

    /// Whether the first column stands at the right.
    pub const fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// The cells of a row; `None` where it has more than there are columns.
    pub fn cells(&self, row: &str) -> Option<Vec<Cell>> {
        let mut cells = Vec::new();
        let mut at = 0;
        for (cell, start) in row.split('\t').zip(&self.starts) {
            cells.push(Cell { bytes: at..at + cell.len(), start: *start, room: 0.0 });
            at += cell.len() + 1;
        }
        if at <= row.len() {
            return None;
        }
        let filled: Vec<f32> =
            cells.iter().map(|cell| f32::from(u8::from(!cell.bytes.is_empty()))).collect();
        for (column, extent) in extents(&filled).iter().enumerate() {
            cells[column].room = self.room(column, extent.next);
        }
        Some(cells)
    }
}

/// Finds where the rows of a row of a table start, as [`break_rows`] does.
pub fn break_cells(
    row: &str,
    cells: &[Cell],
    mut advance: impl FnMut(char) -> f32,
    starts: &mut Vec<u32>,
) -> Found {
    starts.clear();
    starts.push(0);
    let mut found = Found::default();
    let mut within = Vec::new();
    for cell in cells {
        let words = row.get(cell.bytes.clone()).unwrap_or("");
        found.bidi |= break_rows(words, cell.room, false, &mut advance, &mut within).bidi;
        // Its first row is the last of what stands before it.
        starts.extend(within.iter().skip(1).map(|start| *start + cell.bytes.start as u32));
    }
    found
}

/// What the columns would take if there were room: as much as the widest cell of each; a cell that is followed by empty ones
/// has theirs too.
fn wanted(all: &[Vec<Extent>], count: usize, gap: f32) -> Vec<f32> {
    let mut wanted = vec![0.0_f32; count];
    let ends_at =
        |column: usize, cell: &Extent| cell.next.map_or(count - 1, |next| next - 1) - column;
    for row in all {
        for (column, cell) in row.iter().enumerate() {
            if ends_at(column, cell) == 0 {
                wanted[column] = wanted[column].max(cell.width.ceil());
            }
        }
    }
    for row in all {
        for (column, cell) in row.iter().enumerate() {
            let more = ends_at(column, cell);
            // What nothing follows has the rest of the row.
            if more == 0 || cell.next.is_none() {
                continue;
            }
            let has = wanted[column..=column + more].iter().sum::<f32>() + gap * more as f32;
            wanted[column + more] += (cell.width - has).max(0.0).ceil();
        }
    }
    wanted
}

/// Shares the room out, in whole points: to each what it wants, or, where that is too much, an equal part of what narrower
/// ones leave. `None` where there is no room.
fn shared(wanted: &[f32], room: f32) -> Option<Vec<f32>> {
    if room <= 0.0 {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut widths = vec![0.0; wanted.len()];
    let mut left = room;
    for (done, column) in order.into_iter().enumerate() {
        let part = (left / (wanted.len() - done) as f32).floor();
        widths[column] = wanted[column].min(part);
        left -= widths[column];
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::Context;
    use proptest::prelude::*;

    use super::super::line::Line;
    use super::super::metrics::Metrics;
    use super::super::page::{Page, Placed};
    use super::*;
    use crate::text::{Block, BlockKind, Structure, Text};
    use crate::ui::theme::Style;

    fn of(rows: &[&str], width: f32) -> Option<Columns> {
        Columns::of(rows.iter().copied(), width, 1.0, |_| 1.0)
    }

    #[test]
    fn a_column_is_as_wide_as_its_widest_cell() {
        let columns = of(&["a\tbb\tccc", "aaaa\tb\tc", "a\t\tcc"], 100.0).unwrap();
        assert_eq!(columns.starts, [0.0, 5.0, 8.0]);
        let rooms: Vec<f32> =
            columns.cells("a\t\tc").unwrap().iter().map(|cell| cell.room).collect();
        assert_eq!(rooms, [7.0, 2.0, 92.0], "an empty cell’s room is that of the one before it");
        assert_eq!(columns.cells("a\tb\tc\td"), None);
    }

    #[test]
    fn what_stands_over_several_columns_does_not_widen_the_first() {
        let columns = of(&["A title over all of them", "a\tb", "aa\tbb"], 100.0).unwrap();
        assert_eq!(columns.starts, [0.0, 3.0]);
        // Up to a cell that says something it must have room.
        let columns = of(&["aaaaaaaa\t\tc", "a\tb\tc"], 100.0).unwrap();
        assert_eq!(columns.starts, [0.0, 2.0, 9.0]);
    }

    #[test]
    fn long_cells_are_broken_in_their_columns() {
        let long = "word ".repeat(30);
        let row = format!("1\t{long}\tend");
        let columns = of(&["10\tx\tend", &row], 50.0).unwrap();
        let cells = columns.cells(&row).unwrap();
        assert_eq!(columns.starts[..2], [0.0, 3.0]);
        let mut starts = Vec::new();
        break_cells(&row, &cells, |_| 1.0, &mut starts);
        assert!(starts.len() >= 4, "{starts:?}");
        let end = row.find("end").unwrap() as u32;
        assert!(starts.iter().all(|start| *start < end), "the last cell goes on beside it");
    }

    #[test]
    fn what_would_be_harder_to_read_stays_as_it_is() {
        assert_eq!(of(&["one cell", "another"], 50.0), None);
        // What is shared out is enough for what is not cut.
        let half = |c: char| if c == ' ' { 0.5 } else { 1.0 };
        let rows = ["a b\tword word word\tab c d", "a\tb\tc"];
        let columns = Columns::of(rows.into_iter(), 26.0, 1.0, half).unwrap();
        assert_eq!(columns.cells(rows[0]).unwrap()[2].room, 26.0 - columns.starts[2]);
        assert!(columns.cells(rows[0]).unwrap()[2].room >= 5.0);
        assert_eq!(of(&[&"long cell\t".repeat(12)], 50.0), None, "too many for the width");
        assert_eq!(of(&[&"a\t".repeat(MOST)], 5000.0), None);
        let long = "word ".repeat(60);
        let row = [&*long; 4].join("\t");
        assert_eq!(of(&[&row], 50.0), None, "cell after cell would stand below the last");
    }

    /// A text of rows, laid out on a page.
    fn laid_out(rows: &str, check: impl Fn(&[Placed], &str, f32)) {
        let text = Text::new(format!("Before.\n\n{rows}\n\nAfter."));
        let lines = u32::try_from(rows.split('\n').count()).unwrap();
        let blocks = (2..2 + lines).map(|line| Block { line, kind: BlockKind::Row }).collect();
        let structure = Arc::new(Structure { blocks, pages: Vec::new() });
        let ctx = Context::default();
        ctx.set_fonts(crate::ui::fonts::built_in());
        let style = Style::light();
        // The faces are there from the second frame on.
        for _ in 0..2 {
            let output = ctx.run_ui(egui::RawInput::default(), |ui| {
                let metrics = Metrics::new(ui.ctx(), &style, 620.0);
                let mut page = Page::new(text.clone(), structure.clone(), metrics);
                page.place(ui.ctx(), 9000.0);
                let of_rows = |placed: &&Placed| (2..2 + lines as usize).contains(&placed.unit);
                let placed: Vec<Placed> = page.visible().iter().filter(of_rows).cloned().collect();
                check(&placed, text.as_str(), page.metrics.column);
            });
            output.drop_without_applying_deltas();
        }
    }

    /// Where the words begin on a row, from left to right.
    fn place(line: &Line, text: &str, words: &str) -> f32 {
        let at = text[line.bytes.clone()].find(words).unwrap() + line.bytes.start;
        line.x_of(text, at)
    }

    #[test]
    fn cells_of_a_column_stand_below_each_other_and_are_clicked_where_they_stand() {
        let rows = "Date\tWho\tSum\n14 March 2031\tBram Kervel\t1 200\n2\t\t7\nWWWWWW\tiiii\tx";
        laid_out(rows, |placed, text, _| {
            assert_eq!(placed.len(), 4);
            let x = |row: usize, words: &str| place(&placed[row].line, text, words);
            for (row, second) in [(0, "Who"), (1, "Bram"), (3, "iiii")] {
                assert!((x(row, second) - x(0, "Who")).abs() < 0.5, "{row}");
            }
            for (row, third) in [(1, "1 200"), (2, "7"), (3, "x")] {
                assert!((x(row, third) - x(0, "Sum")).abs() < 0.5, "{row}");
            }
            assert!(x(0, "Who") > x(1, "2031"), "behind the widest cell");
            // A click on a cell is one on its words, one between two cells nearest to either.
            for (row, words) in [(0, "Who"), (1, "1 200"), (3, "iiii")] {
                let line = &placed[row].line;
                let at = text[line.bytes.clone()].find(words).unwrap() + line.bytes.start;
                assert_eq!(line.nearest(text, line.x_of(text, at) + 1.0), at);
                assert_eq!(line.under(text, line.x_of(text, at) + 1.0).unwrap().start, at);
            }
            // What is marked from cell to cell is marked between them too.
            let line = &placed[1].line;
            assert_eq!(line.spans(text, &line.bytes).len(), 1);
        });
    }

    #[test]
    fn what_goes_on_stands_below_its_own_beginning() {
        let rows = format!("1\t{}\n22\tshort", "some words of a long cell ".repeat(12));
        laid_out(&rows, |placed, text, column| {
            assert!(placed.len() > 3);
            let start = place(&placed[0].line, text, "some");
            assert!(start > 10.0);
            for further in &placed[1..placed.len() - 1] {
                let line = &further.line;
                assert!((line.x_of(text, line.bytes.start) - start).abs() < 0.5);
                assert!(line.ends().1 < column + 8.0);
            }
            assert!((place(&placed.last().unwrap().line, text, "short") - start).abs() < 0.5);
        });
    }

    #[test]
    fn a_table_that_reads_from_the_right_begins_there() {
        // Letters of these scripts are in no face that tests have: a mark says the direction.
        let rows = "\u{200f}Name\tSum\n\u{200f}Bram Kervel\t1200\nMira\t7";
        laid_out(rows, |placed, text, column| {
            let ends = |row: usize| placed[row].line.ends();
            for row in 0..3 {
                assert!((ends(row).1 - column).abs() < 0.5, "{row}: {:?}", ends(row));
            }
            // The right edges of the second cells.
            let edge = |row: usize| {
                let line = &placed[row].line;
                let tab = text[line.bytes.clone()].find('\t').unwrap() + line.bytes.start;
                let inside = |piece: &&super::super::line::Piece| piece.bytes.start > tab;
                let right = line.pieces.iter().filter(inside).map(|piece| piece.x + piece.width);
                right.fold(0.0, f32::max)
            };
            let edges = [edge(0), edge(1), edge(2)];
            assert!(edges.iter().all(|edge| (edge - edges[0]).abs() < 0.5), "{edges:?}");
            assert!(edge(0) < column - 40.0);
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn every_byte_has_its_place(rows in "[a-eé \tא-ג\u{300}\n]{0,300}") {
            laid_out(&rows, |placed, text, _| {
                let mut at = None;
                for placed in placed {
                    let line = &placed.line;
                    let start = at.unwrap_or(line.bytes.start);
                    assert_eq!(line.bytes.start, start);
                    at = Some(line.bytes.end + usize::from(line.ends_paragraph));
                    let mut pieces: Vec<_> =
                        line.pieces.iter().map(|piece| piece.bytes.clone()).collect();
                    pieces.sort_by_key(|bytes| bytes.start);
                    let mut byte = line.bytes.start;
                    for bytes in pieces {
                        assert_eq!(bytes.start, byte);
                        byte = bytes.end;
                    }
                    assert_eq!(byte, line.bytes.end);
                    assert!(line.pieces.windows(2).all(|pair| pair[0].x <= pair[1].x + 0.01));
                    for (byte, _) in text[line.bytes.clone()].char_indices() {
                        assert!(line.x_of(text, line.bytes.start + byte).is_finite());
                    }
                }
            });
        }
    }
}
