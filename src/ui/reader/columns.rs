//! Where the columns of a table begin, so that its rows line up. Pure.
//!
//! A row stays a line of the text: only its last cell may take several rows. A table whose other cells are too long for
//! that is set as words with wide gaps between its cells.

use std::ops::Range;
use std::sync::Arc;

use crate::text::{Structure, Text};

/// So many rows of a table are measured.
const MEASURED: u32 = 1_000;
/// More columns, or longer rows (bytes), are not lined up.
const MOST_COLUMNS: usize = 40;
const LONGEST_ROW: usize = 4 << 10;
/// The least share of the whole width that is left for a last column that is longer.
const LAST: f32 = 0.18;

/// Where each column begins, in points from the left of the words.
pub type Stops = Arc<[f32]>;

/// The tables of a text that were measured: their lines, and where their columns begin, if they can be lined up.
#[derive(Debug, Default)]
pub struct Columns(Vec<(Range<u32>, Option<Stops>)>);

impl Columns {
    /// Where the columns begin of the table that a line belongs to. `width` is the room for all of them and `gap` what
    /// parts two, in points; `measure` tells how wide the words of a cell are.
    pub fn of(
        &mut self,
        line: u32,
        structure: &Structure,
        text: &Text,
        (width, gap): (f32, f32),
        measure: impl FnMut(&str) -> f32,
    ) -> Option<Stops> {
        if let Some((_, stops)) = self.0.iter().find(|(lines, _)| lines.contains(&line)) {
            return stops.clone();
        }
        let lines = structure.table_at(line)?;
        let stops = stops(&lines, text, width, gap, measure);
        self.0.push((lines, stops.clone()));
        stops
    }

    /// Forgets them all: the column or its faces changed.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

fn stops(
    lines: &Range<u32>,
    text: &Text,
    width: f32,
    gap: f32,
    mut measure: impl FnMut(&str) -> f32,
) -> Option<Stops> {
    let seen = || {
        let last = lines.end.min(lines.start.saturating_add(MEASURED));
        let row = |line: u32| text.get(text.paragraph(line as usize)).unwrap_or("");
        (lines.start..last).map(row)
    };
    let count = seen().map(|row| row.split('\t').count()).max()?;
    if !(2..=MOST_COLUMNS).contains(&count) || seen().any(|row| row.len() > LONGEST_ROW) {
        return None;
    }
    let mut widest = vec![0.0_f32; count];
    for row in seen() {
        let cells = row.split('\t').count();
        for (at, cell) in row.split('\t').enumerate() {
            // What ends a shorter row may run on over the columns that follow: a heading in the table.
            if at + 1 < cells || cells == count {
                widest[at] = widest[at].max(measure(cell));
            }
        }
    }
    let mut stops = Vec::with_capacity(count);
    let mut x = 0.0;
    for wide in &widest {
        stops.push(x);
        x += wide + gap;
    }
    let last = widest.last()?.min(width * LAST);
    (stops.last()? + last <= width).then(|| stops.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Block, BlockKind};

    fn table(text: &str, rows: &[u32], width: f32) -> Option<Vec<f32>> {
        let blocks = rows.iter().map(|line| Block { line: *line, kind: BlockKind::Row }).collect();
        let structure = Structure { blocks, pages: Vec::new() };
        let measure = |cell: &str| cell.chars().count() as f32;
        let mut columns = Columns::default();
        let found = rows
            .iter()
            .map(|line| columns.of(*line, &structure, &Text::new(text), (width, 2.0), measure));
        let found: Vec<_> = found.collect();
        assert!(found.windows(2).all(|two| two[0] == two[1]), "all rows of a table line up");
        found[0].as_ref().map(|stops| stops.to_vec())
    }

    #[test]
    fn a_column_begins_behind_the_widest_cell_before_it() {
        let text = "words\nName\tAge\tPlace\nKervel\t53\tPort-Léonie\nAb\t7\t\nwords";
        assert_eq!(table(text, &[1, 2, 3], 80.0), Some(vec![0.0, 8.0, 13.0]));
        // A caption runs on over the columns.
        let text = "The crew of the Ligeia in March\nName\tAge\nKervel\t53";
        assert_eq!(table(text, &[0, 1, 2], 80.0), Some(vec![0.0, 8.0]));
    }

    #[test]
    fn the_last_column_may_be_long_and_no_other() {
        let long = "word ".repeat(40);
        let text = format!("Kervel\t{long}\nAb\tshort");
        assert_eq!(table(&text, &[0, 1], 80.0), Some(vec![0.0, 8.0]));
        assert_eq!(table(&format!("{long}\tKervel\n{long}\tAb"), &[0, 1], 80.0), None);
        assert_eq!(table("one\ntwo", &[0, 1], 80.0), None);
    }
}
