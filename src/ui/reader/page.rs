//! The virtual page: which rows are in view, and where. Only they are laid out.
//!
//! The view begins at a place inside a unit ([`Top`]), so heights measured above it never move what is on screen.
//! A frame's cost depends on what is in view and on the units it begins and ends in, not on the text's length.

mod position;
#[cfg(test)]
mod tables;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use egui::Context;

use super::columns::Columns;
use super::layout_units::Units;
use super::line::Line;
use super::metrics::{Advances, FaceOf, Metrics};
use super::rows::{Rows, Unit, WordGalleys};
use super::setting::Set;
use crate::text::{BlockKind, Structure, Text};
use crate::ui::heights::Heights;
use crate::ui::theme::Style;

/// Rows of this many units are kept.
const KEPT: usize = 512;
/// Rows laid out that are kept beside those in view.
const LAID_OUT: usize = 256;
/// Between two columns of a table, as a multiple of the letters' size.
const COLUMN_GAP: f32 = 0.8;
/// Room below the last row, in points.
const BELOW: f64 = 96.0;

/// Where the view begins: a unit, and how many points into it. Less than 0 in unit 0: the heading shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Top {
    /// The unit.
    pub unit: usize,
    /// Points.
    pub offset: f64,
}

/// A row in view.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The number of the layout unit that it belongs to.
    pub unit: usize,
    /// Its upper edge, in points from the upper edge of the view.
    pub y: f32,
    /// The height of the row, in points.
    pub height: f32,
    /// From its upper edge to where its words are painted.
    pub drop: f32,
    /// From its upper edge to the edges of a tint behind its words.
    pub band: (f32, f32),
    /// The row, laid out.
    pub line: Rc<Line>,
}

/// The virtual page of one article.
pub struct Page {
    text: Text,
    units: Units,
    heights: Heights,
    /// Of each face.
    advances: [Advances; FaceOf::COUNT],
    structure: Arc<Structure>,
    /// The first paragraph is the article's title.
    titled: bool,
    /// What the rows are made to.
    pub metrics: Metrics,
    /// Where the columns of its tables begin.
    columns: Columns,
    rows: HashMap<usize, (Rc<Rows>, u64)>,
    /// Rows laid out, by unit and number. They outlive egui's memory of them, which asks for their words every frame.
    lines: HashMap<(usize, usize), (Rc<Line>, u64)>,
    words: WordGalleys,
    frame: u64,
    top: Top,
    /// Height of the heading, in points.
    heading: f64,
    view: f64,
    visible: Vec<Placed>,
}

impl Page {
    /// A page that begins at its heading.
    pub fn new(text: Text, structure: Arc<Structure>, metrics: Metrics) -> Self {
        let units = Units::new(&text);
        let heights =
            Heights::new(units.count(), metrics.estimate(), |unit| units.start(&text, unit));
        Self {
            text,
            units,
            heights,
            advances: Default::default(),
            structure,
            titled: false,
            metrics,
            columns: Columns::default(),
            rows: HashMap::new(),
            lines: HashMap::new(),
            words: WordGalleys::default(),
            frame: 0,
            top: Top { unit: 0, offset: -f64::INFINITY },
            heading: 0.0,
            view: 1.0,
            visible: Vec::new(),
        }
    }

    /// The article's text.
    pub const fn text(&self) -> &Text {
        &self.text
    }

    /// Whether this is the page of exactly this text, set so.
    pub fn is_of(&self, text: &Text, structure: &Arc<Structure>) -> bool {
        std::ptr::eq(self.text.as_str(), text.as_str()) && Arc::ptr_eq(&self.structure, structure)
    }

    /// Where the view begins.
    pub const fn top(&self) -> Top {
        self.top
    }

    /// The rows in view, from the last [`Self::place`].
    pub fn visible(&self) -> &[Placed] {
        &self.visible
    }

    /// The bytes in view.
    pub fn visible_bytes(&self) -> Range<usize> {
        match (self.visible.first(), self.visible.last()) {
            (Some(first), Some(last)) => first.line.bytes.start..last.line.bytes.end,
            _ => 0..0,
        }
    }

    /// The unit's bytes.
    pub fn unit_bytes(&self, unit: usize) -> Range<usize> {
        self.units.bytes(&self.text, unit)
    }

    /// The unit that holds a byte.
    pub fn unit_at(&self, byte: usize) -> usize {
        self.units.at(&self.text, byte)
    }

    /// The unit at this part (0 to 1) of the whole, for what is painted beside the scroll bar.
    pub fn byte_at_part(&self, part: f64) -> usize {
        let (unit, into) = self.heights.find(self.full() * part - self.heading, |u| self.start(u));
        let height = self.heights.get(unit, |u| self.start(u)).max(1.0);
        let bytes = self.unit_bytes(unit);
        bytes.start + (bytes.len() as f64 * (into / height).min(1.0)) as usize
    }

    fn start(&self, unit: usize) -> usize {
        self.units.start(&self.text, unit)
    }

    /// Sees that everything is laid out by measures for this look and width; the first row in view stays the first.
    pub fn measure(&mut self, ctx: &Context, style: &Style, available: f32) {
        let holds = self.metrics.holds(ctx, style, available);
        if holds && self.metrics.galleys_live(ctx) {
            return;
        }
        let metrics = Metrics::new(ctx, style, available);
        self.lines.clear();
        self.words.clear();
        if holds && metrics.breaks_like(&self.metrics) {
            self.metrics = metrics;
            return;
        }
        let stands = self.top.offset.is_finite().then(|| self.standing(ctx));
        self.advances = Default::default();
        self.columns.clear();
        self.rows.clear();
        self.heights = Heights::new(self.units.count(), metrics.estimate(), |u| self.start(u));
        self.metrics = metrics;
        if let Some(stands) = stands {
            self.stand(ctx, stands);
        }
    }

    /// The view's height, in points.
    pub fn set_view(&mut self, height: f32) {
        self.view = f64::from(height);
    }

    /// Whether the first paragraph is the article's title: it is then set as one.
    pub fn set_titled(&mut self, titled: bool) {
        if self.titled != titled {
            self.titled = titled;
            self.rows.remove(&0);
            self.lines.clear();
        }
    }

    /// The heading's height, in points.
    pub fn set_heading(&mut self, height: f32) {
        if self.top.unit == 0 && self.top.offset < 0.0 && self.top.offset.is_finite() {
            self.top.offset += self.heading - f64::from(height);
        }
        self.heading = f64::from(height);
    }

    /// How a unit is set.
    fn set_of(&self, unit: usize) -> Set {
        if self.titled && unit == 0 {
            return Set { face: FaceOf::Title, ..Set::default() };
        }
        let line = u32::try_from(self.units.paragraph(unit)).unwrap_or(u32::MAX);
        Set::of(&self.structure, line, &self.metrics)
    }

    /// What the paragraph of a unit is, and its number; `None` for words of a paragraph.
    pub fn kind_of(&self, unit: usize) -> (u32, Option<&BlockKind>) {
        let line = u32::try_from(self.units.paragraph(unit)).unwrap_or(u32::MAX);
        (line, self.structure.kind_of(line))
    }

    /// How the text was set.
    pub fn structure(&self) -> &Structure {
        &self.structure
    }

    /// The rows of a unit: found now if they are not known.
    pub fn rows_of(&mut self, ctx: &Context, unit: usize) -> Rc<Rows> {
        let frame = self.frame;
        if let Some((rows, used)) = self.rows.get_mut(&unit) {
            *used = frame;
            return Rc::clone(rows);
        }
        let set = self.set_of(unit);
        let advances = &mut self.advances[set.face as usize];
        let bytes = self.units.bytes(&self.text, unit);
        let ends_paragraph = self.units.ends_paragraph(unit);
        let stops = if set.cells && bytes == self.text.paragraph(self.units.paragraph(unit)) {
            let face = self.metrics.face(set.face);
            let line = u32::try_from(self.units.paragraph(unit)).unwrap_or(u32::MAX);
            let room = (self.metrics.column - set.indent, face.font.size * COLUMN_GAP);
            ctx.fonts_mut(|fonts| {
                let measure =
                    |cell: &str| cell.chars().map(|c| advances.get(c, fonts, &face.font)).sum();
                self.columns.of(line, &self.structure, &self.text, room, measure)
            })
        } else {
            None
        };
        let unit_of = Unit { bytes, ends_paragraph, set, stops };
        let rows = Rows::new(ctx, &self.text, &self.metrics, advances, unit_of);
        let height = rows.height;
        let rows = Rc::new(rows);
        let (units, text) = (&self.units, &self.text);
        self.heights.set(unit, height, |u| units.start(text, u));
        if self.rows.len() >= KEPT {
            self.rows.retain(|_, (_, used)| *used + 60 > frame);
        }
        self.rows.insert(unit, (Rc::clone(&rows), frame));
        rows
    }

    /// Finds the rows in view, `view` points high, and lays them out.
    pub fn place(&mut self, ctx: &Context, view: f32) {
        self.frame += 1;
        self.set_view(view);
        self.settle(ctx);
        // Not further than the last row.
        let mut y = -self.top.offset;
        let mut unit = self.top.unit;
        while y < self.view && unit < self.units.count() {
            y += self.rows_of(ctx, unit).height;
            unit += 1;
        }
        let short = self.view - (y + BELOW);
        if unit == self.units.count() && short > 0.0 {
            self.top.offset -= short;
            self.settle(ctx);
        }

        let mut visible = std::mem::take(&mut self.visible);
        visible.clear();
        let mut y = -self.top.offset;
        let mut unit = self.top.unit;
        while y < self.view && unit < self.units.count() {
            let rows = self.rows_of(ctx, unit);
            let height = f64::from(rows.line);
            let first = (-y / height).floor().max(0.0) as usize;
            for row in first..rows.count() {
                let top = y + row as f64 * height;
                if top >= self.view {
                    break;
                }
                let line = self.line(ctx, unit, row, &rows);
                let face = self.metrics.face(rows.set().face);
                visible.push(Placed {
                    unit,
                    y: top as f32,
                    height: rows.line,
                    drop: face.drop,
                    band: face.band,
                    line,
                });
            }
            y += rows.height;
            unit += 1;
        }
        self.visible = visible;
    }

    /// Brings the top into the unit that is there.
    fn settle(&mut self, ctx: &Context) {
        let last = self.units.count() - 1;
        if self.top.offset.is_finite() && self.top.offset.abs() > 40.0 * self.view + 4000.0 {
            // Far away: by the estimated heights, so that nothing on the way is laid out.
            let rows = self.rows_of(ctx, self.top.unit);
            if self.top.offset < 0.0 || self.top.offset > rows.height {
                let y = self.heights.above(self.top.unit, |u| self.start(u)) + self.top.offset;
                let (unit, into) = self.heights.find(y, |u| self.start(u));
                let estimated = self.heights.get(unit, |u| self.start(u)).max(1.0);
                let rows = self.rows_of(ctx, unit);
                self.top = Top { unit, offset: into / estimated * rows.height };
                if y < 0.0 {
                    self.top = Top { unit: 0, offset: y };
                }
            }
        }
        while self.top.offset < 0.0 && self.top.unit > 0 {
            self.top.unit -= 1;
            self.top.offset += self.rows_of(ctx, self.top.unit).height;
        }
        if self.top.unit == 0 {
            self.top.offset = self.top.offset.max(-self.heading);
        }
        loop {
            let height = self.rows_of(ctx, self.top.unit).height;
            if self.top.offset < height {
                break;
            }
            if self.top.unit == last {
                self.top.offset = height - 1.0;
                break;
            }
            self.top.offset -= height;
            self.top.unit += 1;
        }
    }

    /// Moves the view down by so many points.
    pub fn scroll_by(&mut self, points: f64) {
        self.top.offset += points;
    }

    /// How far the view is from the upper edge of everything, how high everything is, and how high the view.
    pub fn extent(&self) -> (f64, f64, f64) {
        let above = self.heights.above(self.top.unit, |u| self.start(u));
        (above + self.top.offset + self.heading, self.full(), self.view)
    }

    fn full(&self) -> f64 {
        self.heights.total() + self.heading + BELOW
    }

    /// Moves the view so that so many points lie above it.
    pub fn scroll_to_height(&mut self, y: f64) {
        let y = y - self.heading;
        if y < 0.0 {
            self.top = Top { unit: 0, offset: y };
        } else {
            let (unit, offset) = self.heights.find(y, |u| self.start(u));
            self.top = Top { unit, offset };
        }
    }

    /// Where the row that shows a byte is: points from the upper edge of the view, and its height.
    pub fn y_of(&mut self, ctx: &Context, byte: usize) -> (f64, f32) {
        let unit = self.unit_at(byte);
        let rows = self.rows_of(ctx, unit);
        let into = rows.row_at(byte) as f64 * f64::from(rows.line);
        let between = self.heights.above(unit, |u| self.start(u))
            - self.heights.above(self.top.unit, |u| self.start(u));
        (between - self.top.offset + into, rows.line)
    }

    /// The row that shows a byte: its unit's rows, its number, and it.
    pub fn line_at(&mut self, ctx: &Context, byte: usize) -> (usize, usize, Rc<Line>) {
        let unit = self.unit_at(byte);
        let rows = self.rows_of(ctx, unit);
        let row = rows.row_at(byte);
        (unit, row, self.line(ctx, unit, row, &rows))
    }

    /// A row of a unit, laid out now or before.
    fn line(&mut self, ctx: &Context, unit: usize, row: usize, rows: &Rows) -> Rc<Line> {
        let frame = self.frame;
        if let Some((line, used)) = self.lines.get_mut(&(unit, row)) {
            *used = frame;
            return Rc::clone(line);
        }
        let line = Rc::new(rows.line(ctx, &self.text, &self.metrics, &mut self.words, row));
        if self.lines.len() >= LAID_OUT {
            self.lines.retain(|_, (_, used)| *used + 8 > frame);
        }
        self.lines.insert((unit, row), (Rc::clone(&line), frame));
        line
    }

    /// The row above (-1) or below (1) another one: its unit, its number.
    pub fn neighbour(
        &mut self,
        ctx: &Context,
        unit: usize,
        row: usize,
        step: isize,
    ) -> Option<(usize, usize)> {
        if step < 0 {
            if row > 0 {
                return Some((unit, row - 1));
            }
            let above = unit.checked_sub(1)?;
            Some((above, self.rows_of(ctx, above).count() - 1))
        } else if row + 1 < self.rows_of(ctx, unit).count() {
            Some((unit, row + 1))
        } else {
            (unit + 1 < self.units.count()).then_some((unit + 1, 0))
        }
    }

    /// The place on a row nearest to `x`, where the text cursor shows on that row.
    pub fn place_on(&mut self, ctx: &Context, unit: usize, row: usize, x: f32) -> usize {
        let rows = self.rows_of(ctx, unit);
        let line = self.line(ctx, unit, row, &rows);
        let text = self.text.as_str();
        line.nearest(text, x).min(line.last_place(text))
    }

    /// Whether the paragraph of this byte reads from right to left as a whole.
    pub fn is_rtl_at(&mut self, ctx: &Context, byte: usize) -> bool {
        let unit = self.unit_at(byte);
        self.rows_of(ctx, unit).is_rtl()
    }

    /// Begins the view so that the row with this byte is at this part of it (0: top, 1: bottom).
    pub fn bring(&mut self, ctx: &Context, byte: usize, part: f64) {
        let unit = self.unit_at(byte);
        let rows = self.rows_of(ctx, unit);
        let into = rows.row_at(byte) as f64 * f64::from(rows.line);
        self.top = Top { unit, offset: into - (self.view - f64::from(rows.line)) * part };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::ReadingPlace;

    #[test]
    fn another_width_or_size_lays_out_what_is_in_view_alone() {
        let text = Text::new(
            "Une phrase qui remplit un peu de la page, et une autre encore.\n".repeat(5000),
        );
        let ctx = Context::default();
        ctx.set_fonts(crate::ui::fonts::built_in());
        let usual = Style::light();
        let looks = [
            (usual.clone(), 600.0),
            (usual.clone(), 380.0),
            (Style { text_size: 29.0, ..usual.clone() }, 380.0),
            (Style { serif: egui::FontFamily::Monospace, ..usual }, 600.0),
        ];
        let mut page = None;
        for (style, width) in looks {
            let output = ctx.run_ui(egui::RawInput::default(), |ui| {
                let ctx = ui.ctx();
                let page = page.get_or_insert_with(|| {
                    let mut page =
                        Page::new(text.clone(), Arc::default(), Metrics::new(ctx, &style, width));
                    page.set_reading(ctx, ReadingPlace { paragraph: 3000, offset: 0.0 });
                    page
                });
                page.measure(ctx, &style, width);
                page.place(ctx, 720.0);
                assert!(page.rows.len() < 60 && page.lines.len() < 60, "{}", page.rows.len());
                assert_eq!(page.units.paragraph(page.top().unit), 3000);
            });
            output.drop_without_applying_deltas();
        }
    }
}
