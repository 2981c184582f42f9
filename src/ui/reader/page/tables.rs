//! Tables on the page: their cells stand in columns.

use std::rc::Rc;
use std::sync::Arc;

use egui::Context;

use super::{Line, Metrics, Page};
use crate::text::{Block, BlockKind, Structure, Text};
use crate::ui::theme::Style;

/// The rows of a table of three rows, set this wide: where each of their cells begins, and the rows themselves.
fn table(width: f32, last: &str) -> (Text, Vec<(usize, f32)>, Vec<Rc<Line>>) {
    let text = Text::new(format!("Name\tPlace\tNote\nKervel\tPort-Léonie\t{last}\nAb\tסער\tno"));
    let blocks = (0..3).map(|line| Block { line, kind: BlockKind::Row }).collect();
    let structure = Arc::new(Structure { blocks, pages: Vec::new() });
    let ctx = Context::default();
    ctx.set_fonts(crate::ui::fonts::built_in());
    let mut lines = Vec::new();
    let output = ctx.run_ui(egui::RawInput::default(), |ui| {
        let metrics = Metrics::new(ui.ctx(), &Style::light(), width);
        let mut page = Page::new(text.clone(), Arc::clone(&structure), metrics);
        page.place(ui.ctx(), 720.0);
        lines = page.visible().iter().map(|placed| Rc::clone(&placed.line)).collect();
    });
    output.drop_without_applying_deltas();
    let words = text.as_str();
    let cells = lines.iter().flat_map(|line| {
        let starts = (line.bytes.clone())
            .filter(|at| *at == line.bytes.start || words.as_bytes()[at - 1] == b'\t');
        let in_line = |at: usize| words[..at].chars().rev().take_while(|c| *c != '\n');
        // Its left end, whichever way it reads.
        let left = |at: usize| {
            let rest = &words[at..line.bytes.end];
            let end = at + rest.find('\t').unwrap_or(rest.len());
            let spans = line.spans(words, &(at..end));
            spans.into_iter().map(|(left, _)| left).fold(f32::INFINITY, f32::min)
        };
        let starts: Vec<usize> = starts.collect();
        let cell = |at: usize| (in_line(at).filter(|c| *c == '\t').count(), left(at));
        starts.into_iter().map(cell).collect::<Vec<_>>()
    });
    let cells = cells.collect();
    (text, cells, lines)
}

#[test]
fn the_cells_of_a_table_stand_in_columns() {
    let (text, cells, lines) = table(600.0, "first");
    assert_eq!(lines.len(), 3);
    let column = |n: usize| cells.iter().filter(move |cell| cell.0 == n).map(|cell| cell.1);
    for n in 0..3 {
        let first = column(n).next().unwrap();
        assert_eq!(column(n).count(), 3);
        assert!(column(n).all(|x| (x - first).abs() < 0.5), "{n}: {cells:?}");
    }
    // What is pointed at is what stands there, and a place in the gap is the tab.
    for line in &lines {
        for piece in &line.pieces {
            let middle = piece.x + piece.width / 2.0;
            let under = line.under(text.as_str(), middle).unwrap();
            assert!(piece.bytes.start <= under.start && under.end <= piece.bytes.end);
        }
    }
    let selected = lines[1].spans(text.as_str(), &lines[1].bytes);
    assert_eq!(selected.len(), 1, "a row is selected without gaps: {selected:?}");
}

#[test]
fn a_long_last_cell_goes_on_in_its_column() {
    let (_, cells, lines) = table(420.0, &"a note of some length ".repeat(8));
    assert!(lines.len() > 4, "{}", lines.len());
    let at = |n: usize| cells.iter().filter(move |cell| cell.0 == n).map(|cell| cell.1);
    let note = at(2).next().unwrap();
    assert!(at(2).all(|x| (x - note).abs() < 0.5), "{cells:?}");
    assert_eq!(at(1).count(), 3);
}
