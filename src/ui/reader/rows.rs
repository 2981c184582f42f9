//! The rows of a unit of the text, found by adding up advances, and one of them laid out.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Context, Galley};

use super::bidi::{Directions, mirrored};
use super::columns::Stops;
use super::hidden_characters::{Sign, signs};
use super::line::{Line, Piece};
use super::line_breaking::break_rows;
use super::metrics::{Advances, BLANK, FaceOf, Metrics};
use super::setting::Set;
use crate::text::{Text, shown};

/// The gap after a paragraph that stands close to the next, as a part of a row's height.
const CLOSE: f32 = 0.15;

/// What rows are made of.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// Whether its paragraph ends with it.
    pub ends_paragraph: bool,
    /// How it is set.
    pub set: Set,
    /// Of a row of a table that is lined up: where the columns begin.
    pub stops: Option<Stops>,
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
    /// Of a row of a table whose cells stand in columns: where these begin.
    stops: Option<Stops>,
}

impl Rows {
    /// Finds the rows of a unit of the text.
    pub fn new(
        ctx: &Context,
        text: &Text,
        metrics: &Metrics,
        advances: &mut Advances,
        unit: Unit,
    ) -> Self {
        let Unit { bytes, ends_paragraph, set, mut stops } = unit;
        let mut starts = Vec::new();
        let mut directions = None;
        let words = text.get(bytes.clone()).unwrap_or("");
        let face = metrics.face(set.face);
        if words.is_empty() {
            starts.push(0);
        } else {
            let (font, width) = (&face.font, metrics.column - set.indent);
            let found = ctx.fonts_mut(|fonts| {
                let mut advance = |c| advances.get(c, fonts, font);
                stops = stops.take().filter(|stops| cells_fit(words, stops, &mut advance));
                let found = break_rows(words, width, !ends_paragraph, &mut advance, &mut starts);
                if let Some(stops) = &stops {
                    // All rows after the first are of the last cell.
                    let last = words.rfind('\t').map_or(0, |tab| tab + 1);
                    let room = width - stops_at(stops, words.matches('\t').count());
                    break_rows(&words[last..], room, false, &mut advance, &mut starts);
                    let last = u32::try_from(last).unwrap_or(u32::MAX);
                    starts.iter_mut().skip(1).for_each(|start| *start += last);
                }
                found
            });
            directions = found.bidi.then(|| Directions::new(words));
            if stops.is_some() && directions.as_ref().is_some_and(Directions::is_rtl) {
                // A table that reads from the right is set as words.
                return Self::new(
                    ctx,
                    text,
                    metrics,
                    advances,
                    Unit { bytes, ends_paragraph, set, stops: None },
                );
            }
        }
        let line = if words.is_empty() { face.row * BLANK } else { face.row };
        let gap = if set.close { face.gap.min(face.row * CLOSE) } else { face.gap };
        let gap = if ends_paragraph && !words.is_empty() { gap } else { 0.0 };
        let height = starts.len() as f64 * f64::from(line) + f64::from(gap);
        Self { bytes, starts, line, height, ends_paragraph, set, directions, stops }
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
        let mut pieces = Vec::new();
        match &self.stops {
            Some(stops) => {
                let words = text.get(self.bytes.start..bytes.start).unwrap_or("");
                let mut cell = words.matches('\t').count();
                let mut start = bytes.start;
                for words in text.get(bytes.clone()).unwrap_or("").split('\t') {
                    let x = self.set.indent + stops_at(stops, cell);
                    if start > bytes.start {
                        // The tab before it, from where the cell before it ends.
                        let end = pieces.last().map_or(x, |last: &Piece| last.x + last.width);
                        let tab = start - 1..start;
                        let width = (x - end).max(0.0);
                        pieces.push(Piece { galley: None, x: end, width, bytes: tab, rtl: false });
                    }
                    let end = start + words.len();
                    if !words.is_empty() {
                        self.lay(ctx, text, metrics, known, start..end, x, &mut pieces);
                    }
                    (cell, start) = (cell + 1, end + 1);
                }
            }
            None => {
                let x = self.set.indent;
                let x = self.lay(ctx, text, metrics, known, bytes.clone(), x, &mut pieces);
                if self.is_rtl() {
                    // From the right: what is indented there is indented on the other side.
                    let shift = (metrics.column - self.set.indent - x).max(-self.set.indent);
                    pieces.iter_mut().for_each(|piece| piece.x += shift);
                }
            }
        }
        let mut signs = signs(text, &bytes);
        signs.retain(|(_, sign)| !self.set.cells || *sign != Sign::Tab);
        Line { signs, bytes, ends_paragraph, pieces }
    }

    /// Lays out bytes of one row from `x` on; where they end.
    #[allow(clippy::too_many_arguments, reason = "what words are laid out with, and where to")]
    fn lay(
        &self,
        ctx: &Context,
        text: &Text,
        metrics: &Metrics,
        known: &mut WordGalleys,
        bytes: Range<usize>,
        mut x: f32,
        pieces: &mut Vec<Piece>,
    ) -> f32 {
        let words = text.get(bytes.clone()).unwrap_or("");
        match &self.directions {
            None if words.is_empty() => {}
            None => {
                let galley = galley(ctx, metrics, words, self.set.face);
                let width = width_of(&galley);
                pieces.push(Piece { galley: Some(galley), x, width, bytes, rtl: false });
                x += width;
            }
            Some(directions) => {
                let unit = text.get(self.bytes.clone()).unwrap_or("");
                let start = self.bytes.start;
                for run in directions.runs(unit, bytes.start - start..bytes.end - start) {
                    let words = &unit[run.bytes.clone()];
                    let bytes = start + run.bytes.start..start + run.bytes.end;
                    // Every other run is a space: nothing to shape and nothing to paint.
                    let (galley, width) = if words.bytes().all(|byte| byte == b' ') {
                        (None, metrics.face(self.set.face).space * words.len() as f32)
                    } else {
                        let galley =
                            known.get(ctx, metrics, &turned(words, run.rtl), self.set.face);
                        let width = width_of(&galley);
                        (Some(galley), width)
                    };
                    pieces.push(Piece { galley, x, width, bytes, rtl: run.rtl });
                    x += width;
                }
            }
        }
        x
    }
}

/// Where a column begins, from the left of the words.
fn stops_at(stops: &Stops, column: usize) -> f32 {
    stops.get(column).or(stops.last()).copied().unwrap_or_default()
}

/// Whether each cell of a row but its last ends before the next column begins.
fn cells_fit(words: &str, stops: &Stops, advance: &mut impl FnMut(char) -> f32) -> bool {
    let mut cells: Vec<&str> = words.split('\t').collect();
    cells.pop();
    cells.len() < stops.len()
        && cells.iter().zip(stops.windows(2)).all(|(cell, column)| {
            let wide: f32 = cell.chars().map(&mut *advance).sum();
            column[0] + wide <= column[1]
        })
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
