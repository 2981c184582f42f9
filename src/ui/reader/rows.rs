//! The rows of a unit of the text, found by adding up advances, and one of them laid out.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Context, Galley};

use super::bidi::{Directions, mirrored};
use super::columns::{Cell, Columns, break_cells};
use super::hidden_characters::{Sign, signs};
use super::line::{Line, Piece};
use super::line_breaking::break_rows;
use super::metrics::{Advances, BLANK, FaceOf, Metrics};
use super::setting::Set;
use crate::text::{Text, shown};

/// The gap after a paragraph that stands close to the next, as a part of a row's height.
const CLOSE: f32 = 0.15;

/// What is broken into rows: a unit of the text.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// Whether its paragraph ends with it.
    pub ends_paragraph: bool,
    /// How it is set.
    pub set: Set,
    /// The columns of the table that it is a row of.
    pub columns: Option<Rc<Columns>>,
}

/// The rows of a unit: where they start; each is laid out when it is looked at.
#[derive(Debug)]
pub struct Rows {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// Where they start, from the unit's start.
    starts: Vec<u32>,
    /// The height of each.
    pub line: f32,
    /// Of all, with the gap that follows.
    pub height: f64,
    ends_paragraph: bool,
    set: Set,
    directions: Option<Directions>,
    /// The table whose columns it keeps to.
    columns: Option<Rc<Columns>>,
}

impl Rows {
    /// Finds the rows of a unit.
    pub fn new(
        ctx: &Context,
        text: &Text,
        metrics: &Metrics,
        advances: &mut Advances,
        unit: Unit,
    ) -> Self {
        let Unit { bytes, ends_paragraph, set, mut columns } = unit;
        let mut starts = Vec::new();
        let mut directions = None;
        let words = text.get(bytes.clone()).unwrap_or("");
        let face = metrics.face(set.face);
        let cells = columns.as_ref().and_then(|columns| columns.cells(words));
        if cells.is_none() {
            columns = None;
        }
        if words.is_empty() {
            starts.push(0);
        } else {
            let (font, width) = (&face.font, metrics.column - set.indent);
            let found = ctx.fonts_mut(|fonts| {
                let advance = |c| advances.get(c, fonts, font);
                match &cells {
                    Some(cells) => break_cells(words, cells, advance, &mut starts),
                    None => break_rows(words, width, !ends_paragraph, advance, &mut starts),
                }
            });
            directions = found.bidi.then(|| Directions::new(words));
        }
        let line = if words.is_empty() { face.row * BLANK } else { face.row };
        let gap = if set.close { face.gap.min(face.row * CLOSE) } else { face.gap };
        let gap = if ends_paragraph && !words.is_empty() { gap } else { 0.0 };
        let height = starts.len() as f64 * f64::from(line) + f64::from(gap);
        Self { bytes, starts, line, height, ends_paragraph, set, directions, columns }
    }

    /// How they are set.
    pub const fn set(&self) -> Set {
        self.set
    }

    /// Whether the paragraph reads from right to left as a whole.
    pub fn is_rtl(&self) -> bool {
        self.directions.as_ref().is_some_and(Directions::is_rtl)
    }

    /// How many rows.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a row.
    pub fn bytes_of(&self, row: usize) -> Range<usize> {
        let at = |row: usize| {
            self.starts.get(row).map_or(self.bytes.end, |s| self.bytes.start + *s as usize)
        };
        at(row)..at(row + 1)
    }

    /// The row that shows this byte.
    pub fn row_at(&self, byte: usize) -> usize {
        let into = byte.saturating_sub(self.bytes.start);
        self.starts.partition_point(|start| *start as usize <= into).saturating_sub(1)
    }

    /// Lays a row out.
    pub fn line(
        &self,
        ctx: &Context,
        text: &Text,
        metrics: &Metrics,
        known: &mut WordGalleys,
        row: usize,
    ) -> Line {
        let bytes = self.bytes_of(row);
        let ends_paragraph = self.ends_paragraph && row + 1 == self.count();
        let unit = text.get(self.bytes.clone()).unwrap_or("");
        let mut pieces = match self.columns.as_ref().and_then(|it| Some((it, it.cells(unit)?))) {
            Some((columns, cells)) => {
                self.cells(ctx, text, metrics, known, bytes.clone(), columns, &cells)
            }
            None => {
                let (mut pieces, width) = self.stretch(ctx, text, metrics, known, bytes.clone());
                if self.is_rtl() {
                    // From the right: what is indented there is indented on the other side.
                    let shift =
                        (metrics.column - 2.0 * self.set.indent - width).max(-self.set.indent);
                    pieces.iter_mut().for_each(|piece| piece.x += shift);
                }
                pieces
            }
        };
        pieces.iter_mut().for_each(|piece| piece.x += self.set.indent);
        let mut signs = signs(text, &bytes);
        signs.retain(|(_, sign)| !self.set.cells || *sign != Sign::Tab);
        Line { signs, bytes, ends_paragraph, pieces }
    }

    /// Lays a stretch of a row out, from 0 on: its pieces from left to right, and the width of all.
    fn stretch(
        &self,
        ctx: &Context,
        text: &Text,
        metrics: &Metrics,
        known: &mut WordGalleys,
        bytes: Range<usize>,
    ) -> (Vec<Piece>, f32) {
        let words = text.get(bytes.clone()).unwrap_or("");
        if words.is_empty() {
            return (Vec::new(), 0.0);
        }
        let Some(directions) = &self.directions else {
            let galley = galley(ctx, metrics, words, self.set.face);
            let width = width_of(&galley);
            return (vec![Piece { galley: Some(galley), x: 0.0, width, bytes, rtl: false }], width);
        };
        let mut pieces = Vec::new();
        let unit = text.get(self.bytes.clone()).unwrap_or("");
        let start = self.bytes.start;
        let mut x = 0.0;
        for run in directions.runs(unit, bytes.start - start..bytes.end - start) {
            let words = &unit[run.bytes.clone()];
            let bytes = start + run.bytes.start..start + run.bytes.end;
            // Every other run is a space: nothing to shape and nothing to paint.
            let (galley, width) = if words.bytes().all(|byte| byte == b' ') {
                (None, metrics.face(self.set.face).space * words.len() as f32)
            } else {
                let galley = known.get(ctx, metrics, &turned(words, run.rtl), self.set.face);
                let width = width_of(&galley);
                (Some(galley), width)
            };
            pieces.push(Piece { galley, x, width, bytes, rtl: run.rtl });
            x += width;
        }
        (pieces, x)
    }

    /// Lays out what a row shows of the cells of a table: each where its column begins, and mere space from its end to the next.
    #[expect(clippy::too_many_arguments, reason = "what a row is laid out from, and its table")]
    fn cells(
        &self,
        ctx: &Context,
        text: &Text,
        metrics: &Metrics,
        known: &mut WordGalleys,
        row: Range<usize>,
        columns: &Columns,
        cells: &[Cell],
    ) -> Vec<Piece> {
        let mut all: Vec<Piece> = Vec::new();
        // As if the first column stood at the left; turned round at the end where it does not.
        let mut end = 0.0_f32;
        for (number, cell) in cells.iter().enumerate() {
            let tab = self.bytes.start + cell.bytes.end;
            let shown = row.start.max(self.bytes.start + cell.bytes.start)..row.end.min(tab);
            let start = cell.start.max(end);
            if shown.start < shown.end {
                let (pieces, width) = self.stretch(ctx, text, metrics, known, shown);
                let left = if columns.is_rtl() { columns.width() - start - width } else { start };
                all.extend(pieces.into_iter().map(|piece| Piece { x: piece.x + left, ..piece }));
                end = start + width;
            } else if (row.start..row.end).contains(&tab) {
                end = start;
            }
            if let Some(next) = cells.get(number + 1)
                && (row.start..row.end).contains(&tab)
            {
                let width = (next.start - end).max(metrics.face(self.set.face).space);
                let x = if columns.is_rtl() { columns.width() - end - width } else { end };
                let (bytes, rtl) = (tab..tab + 1, columns.is_rtl());
                all.push(Piece { galley: None, x, width, bytes, rtl });
                end += width;
            }
        }
        all.sort_by(|a, b| a.x.total_cmp(&b.x));
        all
    }
}

/// The galleys of words laid out one by one, for rows of mixed direction: a text says the same words again and again.
#[derive(Debug, Default)]
pub struct WordGalleys(HashMap<String, Arc<Galley>>);

impl WordGalleys {
    /// More are not remembered.
    const MOST: usize = 4096;

    fn get(&mut self, ctx: &Context, metrics: &Metrics, words: &str, face: FaceOf) -> Arc<Galley> {
        if face != FaceOf::Body {
            return galley(ctx, metrics, words, face);
        }
        if let Some(known) = self.0.get(words) {
            return Arc::clone(known);
        }
        if self.0.len() >= Self::MOST {
            self.0.clear();
        }
        let galley = galley(ctx, metrics, words, face);
        self.0.insert(words.to_owned(), Arc::clone(&galley));
        galley
    }

    /// Forgets them all: the faces, their sizes or the atlas of their glyphs changed.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// The egui context remembers galleys from frame to frame, and forgets them when its glyph atlas changes.
fn galley(ctx: &Context, metrics: &Metrics, words: &str, face: FaceOf) -> Arc<Galley> {
    let format = TextFormat::simple(metrics.face(face).font.clone(), metrics.ink);
    let mut job = LayoutJob::single_section(shown(words).into_owned(), format);
    job.break_on_newline = false;
    ctx.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A lone bracket that reads from right to left is mirrored.
fn turned(words: &str, rtl: bool) -> Cow<'_, str> {
    let mut characters = words.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) if rtl && mirrored(c) != c => Cow::Owned(mirrored(c).to_string()),
        _ => Cow::Borrowed(words),
    }
}

fn width_of(galley: &Galley) -> f32 {
    galley.rows.first().map_or(0.0, |row| row.size.x)
}
