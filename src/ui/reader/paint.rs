//! Painting: grounds behind the words, the words, underlines below them.
//!
//! Nothing here decides anything: it is given what is in view. Coloured bands go into one mesh below the text and
//! one above it, so that a page full of mentions costs two shapes.

use std::ops::Range;

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::hidden_characters::Sign;
use super::mention_marks::Mark;
use super::metrics::Metrics;
use super::page::Placed;
use crate::app::OpenNotebook;
use crate::inquiry::Rule;
use crate::notebook::{ArticleId, Kind};
use crate::ui::theme::Style;

/// Radius of the handles at the ends of a mention, in points.
pub const HANDLE: f32 = 4.5;
/// How near the pointer comes before spaces that belong where they are show themselves, in points.
const NEAR: f32 = 36.0;
/// From one level of underlines to the next, in points.
const LEVEL: f32 = 4.0;

/// Where the page is on screen.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// Where to.
    pub painter: &'a Painter,
    /// The upper left corner of the column in view.
    pub origin: Pos2,
    /// The theme.
    pub style: &'a Style,
    /// The rows' measures.
    pub metrics: &'a Metrics,
    /// The article's text.
    pub text: &'a str,
    /// The rows in view.
    pub lines: &'a [Placed],
}

impl Frame<'_> {
    /// The rows in view that hold some of these bytes.
    pub fn rows(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.lines.partition_point(|placed| placed.line.bytes.end <= range.start);
        let last = self.lines.partition_point(|placed| placed.line.bytes.start < range.end);
        first..last.max(first)
    }

    /// The places of these bytes on screen, a rectangle for each stretch of a row. `band`: only behind the
    /// letters, otherwise the rows' full height.
    pub fn rects(&self, range: &Range<usize>, band: bool) -> Vec<Rect> {
        let mut rects = Vec::new();
        for placed in &self.lines[self.rows(range)] {
            let (top, bottom) = if band { placed.band } else { (0.0, placed.height) };
            // Spaces at a row's end carry no tint and no underline.
            let end =
                if band { range.end.min(placed.line.inked_end(self.text)) } else { range.end };
            for (left, right) in placed.line.spans(self.text, &(range.start..end)) {
                rects.push(Rect::from_min_max(
                    self.origin + vec2(left, placed.y + top),
                    self.origin + vec2(right, placed.y + bottom),
                ));
            }
        }
        rects
    }

    /// Grounds behind the words of mentions.
    pub fn tints(&self, marks: &[Mark], mesh: &mut Mesh) {
        for mark in marks {
            let share = match (mark.of_selected, self.style.dark) {
                (true, true) => 0.42,
                (true, false) => 0.27,
                (false, true) => 0.20,
                (false, false) => 0.11,
            };
            let color = self.style.kind(mark.kind).gamma_multiply(share);
            for rect in self.rects(&mark.range, true) {
                mesh.add_colored_rect(self.snap(rect), color);
            }
        }
    }

    /// A ground behind these bytes, the full height of their rows.
    pub fn ground(&self, range: &Range<usize>, color: Color32, mesh: &mut Mesh) {
        for rect in self.rects(range, false) {
            mesh.add_colored_rect(self.snap(rect), color);
        }
    }

    /// A ground behind the letters of these bytes.
    pub fn band(&self, range: &Range<usize>, color: Color32, mesh: &mut Mesh) {
        for rect in self.rects(range, true) {
            mesh.add_colored_rect(self.snap(rect), color);
        }
    }

    /// Line feeds inside the selection: a little ground at the end of their rows, so that they can be seen.
    pub fn line_feeds(&self, range: &Range<usize>, color: Color32, mesh: &mut Mesh) {
        for placed in &self.lines[self.rows(&(range.start..range.end.saturating_add(1)))] {
            let end = placed.line.bytes.end;
            if placed.line.ends_paragraph && range.start <= end && end < range.end {
                let at = self.origin + vec2(placed.line.ends().1, placed.y);
                mesh.add_colored_rect(
                    self.snap(Rect::from_min_size(at, vec2(6.0, placed.height))),
                    color,
                );
            }
        }
    }

    /// The words.
    pub fn words(&self) {
        for placed in self.lines {
            let at = self.origin + vec2(0.0, placed.y + placed.drop);
            for piece in &placed.line.pieces {
                if let Some(galley) = &piece.galley {
                    self.painter.galley(at + vec2(piece.x, 0.0), galley.clone(), self.style.ink);
                }
            }
        }
    }

    /// Whether the character that starts at this byte has this sign.
    pub fn has_sign(&self, byte: usize, sign: Sign) -> bool {
        let mut rows = self.lines[self.rows(&(byte..byte + 1))].iter();
        rows.any(|placed| placed.line.signs.contains(&(byte, sign)))
    }

    /// Signs for characters that cannot be seen: frames around those shown as a mark, and fainter ones. `near`: where
    /// the pointer is; `selected`: what is selected, in bytes.
    pub fn hidden(&self, near: Option<Pos2>, selected: &Range<usize>) {
        let firm = Stroke::new(1.0, self.style.muted);
        let faint = Stroke::new(1.0, self.style.muted.gamma_multiply(0.55));
        for placed in self.lines {
            for (start, sign) in &placed.line.signs {
                let c = self.text[*start..].chars().next().unwrap_or(' ');
                let (top, bottom) = placed.band;
                let spans = placed.line.spans(self.text, &(*start..start + c.len_utf8()));
                let at = placed.line.x_of(self.text, *start);
                let (left, right) = spans.first().copied().unwrap_or((at, at));
                let rect = Rect::from_min_max(
                    self.origin + vec2(left, placed.y + top),
                    self.origin + vec2(right, placed.y + bottom),
                );
                let asked = selected.contains(start)
                    || near.is_some_and(|at| rect.distance_to_pos(at) < NEAR);
                if *sign != Sign::Quiet || asked {
                    self.sign(*sign, rect, firm, faint);
                }
            }
        }
    }

    /// Draws one of the signs; `rect` is the room of its character.
    fn sign(&self, sign: Sign, rect: Rect, firm: Stroke, faint: Stroke) {
        let foot = rect.bottom() - 0.22 * rect.height();
        match sign {
            Sign::Framed => {
                let rect = rect.shrink2(vec2(0.5, 2.0));
                self.painter.rect_stroke(rect, 2.0, firm, egui::StrokeKind::Inside);
            }
            Sign::Tab => {
                let tip = pos2(rect.right() - 3.0, rect.center().y);
                let tail = pos2((rect.left() + 3.0).min(tip.x), tip.y);
                self.painter.line_segment([tail, tip], faint);
                for side in [-3.0, 3.0] {
                    self.painter.line_segment([tip + vec2(-3.0, side), tip], faint);
                }
            }
            Sign::NoBreakSpace => {
                let (left, right) = (rect.left() + 0.75, (rect.right() - 0.75).max(rect.left()));
                let corners = [
                    pos2(left, foot - 2.5),
                    pos2(left, foot),
                    pos2(right, foot),
                    pos2(right, foot - 2.5),
                ];
                self.painter.add(Shape::line(corners.to_vec(), faint));
            }
            Sign::Quiet => {
                let middle = pos2(rect.center().x, rect.bottom() - 0.45 * rect.height());
                self.painter.circle_filled(middle, 1.25, faint.color);
            }
            Sign::Joiner => {
                let x = rect.right();
                self.painter.vline(x, rect.top()..=foot + 2.0, firm);
                self.painter.hline(x - 2.5..=x + 2.5, rect.top(), firm);
            }
        }
    }

    /// A faint dotted line under what is suggested and still open. Quoted words have their marks already.
    pub fn suggestions(
        &self,
        book: &OpenNotebook,
        article: ArticleId,
        seen: Range<usize>,
        mesh: &mut Mesh,
    ) {
        const DOT: f32 = 1.5;
        if !self.style.suggestions {
            return;
        }
        let all = &book.suggestions(article).all;
        // Those that begin in view; one of many rows that began before is drawn from where it can be seen.
        let from = all.partition_point(|s| s.range.start < seen.start);
        let color = self.style.muted.gamma_multiply(0.85);
        for suggestion in all[from..].iter().take_while(|s| s.range.start < seen.end) {
            if matches!(suggestion.rule, Rule::Quote) || !book.is_open(article, suggestion) {
                continue;
            }
            for rect in self.rects(&suggestion.range, true) {
                let mut x = rect.left();
                while x < rect.right() {
                    let dot = Rect::from_min_size(pos2(x, rect.bottom() - DOT), vec2(DOT, DOT));
                    mesh.add_colored_rect(dot, color);
                    x += 2.0 * DOT;
                }
            }
        }
    }

    /// Underlines: solid for an actor, dashed for an event, double for a claim.
    pub fn underlines(&self, marks: &[Mark], mesh: &mut Mesh) {
        for mark in marks {
            let color = if mark.selected { self.style.accent } else { self.style.kind(mark.kind) };
            let down = LEVEL * mark.level as f32;
            for rect in self.rects(&mark.range, true) {
                self.underline(mark, rect.left(), rect.right(), rect.bottom() + down, color, mesh);
            }
        }
    }

    fn underline(
        &self,
        mark: &Mark,
        left: f32,
        right: f32,
        y: f32,
        color: Color32,
        mesh: &mut Mesh,
    ) {
        let thick = if mark.selected || mark.of_selected { 2.5 } else { 2.0 };
        let mut bar = |left: f32, right: f32, y: f32, thick: f32| {
            if right > left {
                let rect = Rect::from_min_max(pos2(left, y), pos2(right, y + thick));
                mesh.add_colored_rect(self.snap(rect), color);
            }
        };
        match mark.kind {
            Kind::Actor => bar(left, right, y - thick, thick),
            Kind::Event => {
                let (dash, space) = (5.0, 3.0);
                let mut x = left;
                while x < right {
                    bar(x, (x + dash).min(right), y - thick, thick);
                    x += dash + space;
                }
            }
            Kind::Claim => {
                let thin = if thick > 2.0 { 1.5 } else { 1.0 };
                bar(left, right, y - 1.0 - thin, thin);
                bar(left, right, y + 1.0, thin);
            }
        }
    }

    /// The text cursor before this byte, if its row is in view.
    pub fn cursor(&self, byte: usize) -> Option<Rect> {
        let shows = |placed: &&Placed| {
            let bytes = &placed.line.bytes;
            bytes.contains(&byte) || (placed.line.ends_paragraph && bytes.end == byte)
        };
        let placed = self.lines.iter().find(shows)?;
        let x = placed.line.x_of(self.text, byte);
        let (top, bottom) = if placed.height < placed.band.1 {
            (0.0, placed.height)
        } else {
            (placed.band.0 - 1.0, placed.band.1 + 1.0)
        };
        let at = self.origin + vec2(x, placed.y);
        Some(Rect::from_min_max(at + vec2(-0.75, top), at + vec2(0.75, bottom)))
    }

    /// The place of the link handle of a mention: at the upper right of its last words in view.
    pub fn link_handle(&self, range: &Range<usize>) -> Option<Pos2> {
        let last = self.rects(range, true).pop()?;
        let ends_here = self.lines[self.rows(range)].last()?.line.bytes.end >= range.end;
        ends_here.then(|| last.right_top() + vec2(1.0, -1.0))
    }

    /// Draws the link handle.
    pub fn draw_link_handle(&self, at: Pos2, hot: bool) {
        let radius = if hot { HANDLE + 1.5 } else { HANDLE };
        self.painter.circle(at, radius, self.style.surface, Stroke::new(1.75, self.style.accent));
        if hot {
            self.painter.circle_filled(at, 2.0, self.style.accent);
        }
    }

    /// The handles at the ends of drafted words: start, end.
    pub fn ends(&self, range: &Range<usize>) -> (Option<Rect>, Option<Rect>) {
        let rects = self.rects(range, true);
        let grip = |x: f32, rect: &Rect| {
            Rect::from_min_max(pos2(x - 1.5, rect.top() - 3.0), pos2(x + 1.5, rect.bottom() + 3.0))
        };
        let rows = &self.lines[self.rows(range)];
        let starts = rows.first().is_some_and(|p| p.line.bytes.start <= range.start);
        let ends = rows.last().is_some_and(|p| range.end <= p.line.bytes.end);
        (
            rects.first().filter(|_| starts).map(|rect| grip(rect.left(), rect)),
            rects.last().filter(|_| ends).map(|rect| grip(rect.right(), rect)),
        )
    }

    /// Draws the handles of drafted words, the one that the arrows move stronger.
    pub fn draw_ends(&self, range: &Range<usize>, end: bool) {
        let (start, stop) = self.ends(range);
        for (rect, at_end) in [(start, false), (stop, true)] {
            let Some(rect) = rect else { continue };
            let color = if at_end == end { self.style.accent } else { self.style.muted };
            self.painter.rect_filled(self.snap(rect), 1.0, color);
            let knob = if at_end { rect.center_bottom() } else { rect.center_top() };
            self.painter.circle_filled(knob, if at_end == end { 5.0 } else { 4.0 }, color);
        }
    }

    /// The thread of a link while it is drawn.
    pub fn thread(&self, from: Pos2, to: Pos2) {
        let bend = ((to - from).length() * 0.25).min(60.0);
        let points = [from, from + vec2(0.0, -bend), to + vec2(0.0, -bend), to];
        let stroke = Stroke::new(2.0, self.style.accent);
        let curve = egui::epaint::CubicBezierShape::from_points_stroke(
            points,
            false,
            Color32::TRANSPARENT,
            stroke,
        );
        self.painter.add(Shape::CubicBezier(curve));
        self.painter.circle_filled(to, 3.5, self.style.accent);
    }

    /// On whole pixels.
    pub fn snap(&self, rect: Rect) -> Rect {
        let scale = self.painter.pixels_per_point();
        let whole = |v: f32| (v * scale).round() / scale;
        let min = pos2(whole(rect.min.x), whole(rect.min.y));
        let max = pos2(whole(rect.max.x), whole(rect.max.y));
        // Nothing thinner than a pixel.
        Rect::from_min_max(
            min,
            pos2(max.x.max(min.x + 1.0 / scale), max.y.max(min.y + 1.0 / scale)),
        )
    }
}
