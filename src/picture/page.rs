//! The page around a drawing: its title and day above, the legend and what was left out below.

use std::collections::BTreeSet;

use super::shapes::{Closed, Laid};
use super::shapes::{Drawing, Recorder, Shape, Words};
use super::typeset::Typesetter;
use crate::drawing::{Anchor, Entry, Line, Pen as _, Role, Room, SIGN};
use crate::graph::{Curve, Point, Rect};

/// Around everything, in points.
const MARGIN: f32 = 36.0;
/// No page with words above or below the drawing is narrower than this, in points.
const NARROWEST: f32 = 420.0;
/// Sizes of type: the title, the day, headings of the legend, the legend, and what was left out.
const TITLE: f32 = 22.0;
const DAY: f32 = 12.5;
const HEADING: f32 = 11.5;
const WORDS: f32 = 12.5;
const LEFT_OUT: f32 = 11.5;
/// The height of a line of the legend, and the room between its columns, in points.
const ROW: f32 = 20.0;
const GAP: f32 = 30.0;

/// A line of the legend: a sample, where there is one, and its words.
type Row = (Option<Entry>, String);
/// Lines of the legend under their heading.
type Column = (&'static str, Vec<Row>);

/// What stands around a drawing.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Above it; empty for nothing.
    pub title: String,
    /// Below the title; empty for nothing.
    pub day: String,
    /// What the legend explains, if there is one.
    pub legend: Option<BTreeSet<Entry>>,
    /// What the legend says in words alone.
    pub said: Vec<String>,
}

impl Around {
    /// A page with the drawing on it.
    #[must_use]
    pub fn page(&self, drawn: Drawing, letters: &mut Typesetter<'_>) -> Drawing {
        let wordy = self.legend.is_some()
            || !(self.title.is_empty() && self.day.is_empty() && drawn.left_out.is_empty());
        let inner = drawn.size.x.max(if wordy { NARROWEST } else { 0.0 });
        let mut pen = Recorder::default();
        let mut y = MARGIN;
        for (text, size, bold, role, rows) in
            [(&self.title, TITLE, true, Role::Ink, 3), (&self.day, DAY, false, Role::Muted, 1)]
        {
            if !text.is_empty() {
                let room = Room { width: inner, rows, size, anchor: Anchor::TopLeft };
                let height = letters.size(text, room, bold).y;
                letters.set(text, room, bold, Point::new(MARGIN, y), role.into());
                y += height + 4.0;
            }
        }
        if y > MARGIN {
            y += 14.0;
        }
        pen.shapes.append(&mut letters.take());
        let off = Point::new(MARGIN + (inner - drawn.size.x) * 0.5, y);
        pen.shapes.extend(drawn.shapes.into_iter().map(|shape| moved(shape, off)));
        y += drawn.size.y;
        let columns = self.columns();
        if !columns.is_empty() {
            y += GAP;
            let rule = [Point::new(MARGIN, y), Point::new(MARGIN + inner, y)];
            pen.path(&rule, Line::new(Role::Rule, 1.0));
            y = legend(&columns, inner, y + 14.0, &mut pen, letters);
        }
        if !drawn.left_out.is_empty() {
            y += if columns.is_empty() { GAP * 0.5 } else { 8.0 };
            let text = drawn.left_out.join(" ");
            let room = Room { width: inner, rows: 6, size: LEFT_OUT, anchor: Anchor::TopLeft };
            let height = letters.size(&text, room, false).y;
            letters.set(&text, room, false, Point::new(MARGIN, y), Role::Muted.into());
            pen.shapes.append(&mut letters.take());
            y += height;
        }
        let size = Point::new((inner + 2.0 * MARGIN).ceil(), (y + MARGIN).ceil());
        Drawing { size, title: self.title.clone(), shapes: pen.shapes, left_out: drawn.left_out }
    }

    /// The columns of the legend: a heading, and its entries.
    fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        // What “Arrange” does is of no use on paper.
        let entries = self.legend.iter().flatten().filter(|entry| **entry != Entry::Pinned);
        for entry in entries {
            let row = (Some(*entry), entry.words());
            match columns.last_mut() {
                Some((section, rows)) if *section == entry.section() => rows.push(row),
                _ => columns.push((entry.section(), vec![row])),
            }
        }
        if self.legend.is_some() && !self.said.is_empty() {
            let rows = self.said.iter().map(|words| (None, words.clone())).collect();
            columns.push(("Claims: who says so", rows));
        }
        columns
    }
}

/// Draws the columns side by side, in as many rows as they need: where it ends.
fn legend(
    columns: &[Column],
    width: f32,
    top: f32,
    pen: &mut Recorder,
    letters: &mut Typesetter<'_>,
) -> f32 {
    let one = |size: f32| Room { width, rows: 1, size, anchor: Anchor::Left };
    let sample = SIGN.x + 10.0;
    let (mut x, mut y, mut lowest) = (0.0_f32, top, top);
    for (heading, rows) in columns {
        let widths = rows.iter().map(|(entry, words)| {
            let words = letters.size(words, one(WORDS), false).x;
            if entry.is_some() { words + sample } else { words }
        });
        let own = widths.fold(0.0, f32::max);
        let own = own.max(letters.size(heading, one(HEADING), true).x).min(width);
        if x > 0.0 && x + own > width {
            (x, y) = (0.0, lowest + 12.0);
        }
        let left = MARGIN + x;
        let mut middle = y + ROW * 0.5;
        letters.set(heading, one(HEADING), true, Point::new(left, middle), Role::Muted.into());
        for (entry, words) in rows {
            middle += ROW;
            let mut at = Point::new(left, middle);
            if let Some(entry) = entry {
                let centre = at + Point::new(SIGN.x * 0.5, 0.0);
                entry.draw(pen, Rect::around(centre, SIGN));
                at.x += sample;
            }
            let room = Room { width: width - (at.x - MARGIN), ..one(WORDS) };
            letters.set(words, room, false, at, Role::Ink.into());
        }
        pen.shapes.append(&mut letters.take());
        lowest = lowest.max(middle + ROW * 0.5);
        x += own + GAP;
    }
    lowest
}

/// A shape somewhere else.
fn moved(shape: Shape, by: Point) -> Shape {
    let curve = |c: Curve| Curve { from: c.from + by, control: c.control + by, to: c.to + by };
    match shape {
        Shape::Area { outline, fill, line } => {
            let outline = match outline {
                Closed::Round(rect, radius) => {
                    Closed::Round(Rect { min: rect.min + by, max: rect.max + by }, radius)
                }
                Closed::Corners(corners) => {
                    Closed::Corners(corners.into_iter().map(|p| p + by).collect())
                }
                Closed::Disc(centre, radius) => Closed::Disc(centre + by, radius),
            };
            Shape::Area { outline, fill, line }
        }
        Shape::Path(points, line) => {
            Shape::Path(points.into_iter().map(|p| p + by).collect(), line)
        }
        Shape::Thread(along, line) => Shape::Thread(curve(along), line),
        Shape::Fade(Rect { min, max }, fill, to) => {
            Shape::Fade(Rect { min: min + by, max: max + by }, fill, to)
        }
        Shape::Words(words) => {
            let lines = words.lines.into_iter().map(|line| Laid {
                x: line.x + by.x,
                baseline: line.baseline + by.y,
                ..line
            });
            let lines = lines.collect();
            Shape::Words(Words { lines, ..words })
        }
        Shape::Open(_) | Shape::Close => shape,
    }
}
