//! The rows of a unit of the text, found by adding up advances, and one of them laid out.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Context, Galley};

use super::bidi::{Directions, mirrored};
use super::hidden_characters::{Sign, signs};
use super::line::{Line, Piece};
use super::line_breaking::break_rows;
use super::metrics::{Advances, BLANK, FaceOf, Metrics};
use super::setting::Set;
use crate::text::{Text, shown};

/// The gap after a paragraph that stands close to the next, as a part of a row's height.
const CLOSE: f32 = 0.15;

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
}

impl Rows {
    /// Finds the rows of these bytes, a unit of the text.
    pub fn new(
        ctx: &Context,
        text: &Text,
        metrics: &Metrics,
        advances: &mut Advances,
        bytes: Range<usize>,
        ends_paragraph: bool,
        set: Set,
    ) -> Self {
        let mut starts = Vec::new();
        let mut directions = None;
        let words = text.get(bytes.clone()).unwrap_or("");
        let face = metrics.face(set.face);
        if words.is_empty() {
            starts.push(0);
        } else {
            let (font, width) = (&face.font, metrics.column - set.indent);
            let found = ctx.fonts_mut(|fonts| {
                let advance = |c| advances.get(c, fonts, font);
                break_rows(words, width, !ends_paragraph, advance, &mut starts)
            });
            directions = found.bidi.then(|| Directions::new(words));
        }
        let line = if words.is_empty() { face.row * BLANK } else { face.row };
        let gap = if set.close { face.gap.min(face.row * CLOSE) } else { face.gap };
        let gap = if ends_paragraph && !words.is_empty() { gap } else { 0.0 };
        let height = starts.len() as f64 * f64::from(line) + f64::from(gap);
        Self { bytes, starts, line, height, ends_paragraph, set, directions }
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
        let words = text.get(bytes.clone()).unwrap_or("");
        match &self.directions {
            None if words.is_empty() => {}
            None => {
                let galley = galley(ctx, metrics, words, self.set.face);
                let width = width_of(&galley);
                pieces.push(Piece {
                    galley: Some(galley),
                    x: self.set.indent,
                    width,
                    bytes: bytes.clone(),
                    rtl: false,
                });
            }
            Some(directions) => {
                let unit = text.get(self.bytes.clone()).unwrap_or("");
                let start = self.bytes.start;
                let mut x = self.set.indent;
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
                if directions.is_rtl() {
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
