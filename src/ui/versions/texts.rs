//! The two texts in rows side by side. Only the rows in view are laid out, and a few above them, so that a frame costs
//! the same however long the texts are.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Id, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::inquiry::VersionChanges;
use crate::text::{Mark, Marked, Text, capital, shown};
use crate::ui::heights::{Estimate, Heights};
use crate::ui::theme::Style;

/// Points above and below the words of a row.
const PADDING: f32 = 5.0;
/// Points for the sign before the words of a side.
const GUTTER: f32 = 18.0;
/// Points between the two sides.
const GAP: f32 = 14.0;
/// No more bytes of a side of a row are laid out: a “sentence” of a text that has none may be long.
const LONGEST: usize = 12_000;
/// So many rows above the view are measured before they come into it, so that the view does not jump.
const AHEAD: usize = 4;
/// Size of the type, in points.
const SIZE: f32 = 15.0;

/// The two texts, and where in them the view is.
pub(super) struct Texts {
    /// The byte at which each row starts, counted over the longer side of each; one more for the end.
    starts: Vec<usize>,
    /// How high the rows are, at a width of a side.
    heights: Option<(f32, Heights)>,
    /// The row at the top of the view, and how far into it the view begins, in points.
    top: (usize, f64),
    /// A row that is to be brought into view.
    bring: Option<usize>,
    /// Points that the view is to move by.
    by: f64,
    /// The height of the view in the last frame.
    view: f64,
}

impl Texts {
    pub(super) fn new(changes: &VersionChanges) -> Self {
        let mut starts = vec![0];
        let mut at = 0_usize;
        for row in changes.changes.rows() {
            at += row.old.len().max(row.new.len()).min(LONGEST) + 1;
            starts.push(at);
        }
        Self { starts, heights: None, top: (0, 0.0), bring: None, by: 0.0, view: 0.0 }
    }

    /// The widget that has the keyboard.
    pub(super) fn id(&self) -> Id {
        Id::unique("two versions")
    }

    /// Brings a row into view, at a third of it.
    pub(super) fn bring(&mut self, row: usize) {
        self.bring = Some(row);
    }

    /// Turns a page.
    pub(super) fn page(&mut self, forward: bool) {
        let page = (self.view - 40.0).max(40.0);
        self.by += if forward { page } else { -page };
    }

    /// Draws them in the room that is left, but for a line; `at` is the number of the change that is looked at.
    pub(super) fn ui(&mut self, ui: &mut Ui, changes: &VersionChanges, style: &Style, at: usize) {
        let room = ui.available_rect_before_wrap();
        let height = (room.height() - 22.0).max(60.0);
        let inner = (room.width() - 2.0 * 8.0 - 14.0).max(120.0);
        let side = ((inner - GAP) / 2.0 - GUTTER).floor().max(50.0);
        let frame = egui::Frame::new()
            .fill(style.surface)
            .stroke(Stroke::new(1.0, style.lines))
            .corner_radius(6)
            .inner_margin(8);
        let drawn = frame.show(ui, |ui| {
            self.headings(ui, changes, style, side);
            self.rows(ui, changes, style, (side, height - 16.0 - 26.0), at);
        });
        let response =
            ui.interact(drawn.response.rect, self.id(), Sense::focusable_noninteractive());
        let said = format!(
            "{} beside {}. The arrows go from change to change.",
            capital(&changes.from.told()),
            changes.to.told()
        );
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Document, true, &said));
        if response.has_focus() {
            let arrows = egui::EventFilter { vertical_arrows: true, ..Default::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
            let ring = Stroke::new(1.5, style.ink);
            ui.painter().rect_stroke(drawn.response.rect, 6.0, ring, StrokeKind::Inside);
        }
    }

    /// What each side is.
    fn headings(&self, ui: &mut Ui, changes: &VersionChanges, style: &Style, side: f32) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
        for (version, left) in [(&changes.from, 0.0), (&changes.to, side + GUTTER + GAP)] {
            let told = capital(&crate::text::shown_name(&version.told()));
            let at = Rect::from_min_size(rect.min + vec2(left + GUTTER, 0.0), vec2(side, 20.0));
            let label = egui::RichText::new(told).font(style.small()).color(style.muted);
            ui.put(
                at,
                egui::Label::new(label).truncate().halign(egui::Align::LEFT).selectable(false),
            );
        }
    }

    fn rows(
        &mut self,
        ui: &mut Ui,
        changes: &VersionChanges,
        style: &Style,
        (side, height): (f32, f32),
        at: usize,
    ) {
        let count = changes.changes.rows().len();
        if count == 0 {
            ui.set_min_height(height);
            return;
        }
        let starts = std::mem::take(&mut self.starts);
        let start = |row: usize| starts.get(row).or(starts.last()).copied().unwrap_or(0);
        let fresh = || {
            let line = f64::from(SIZE) * 1.4;
            let letters = (f64::from(side) / (f64::from(SIZE) * 0.47)).max(1.0);
            let base = f64::from(2.0 * PADDING) + line / 2.0;
            Heights::new(count, Estimate { base, per_byte: line / letters }, start)
        };
        let mut heights = match self.heights.take() {
            Some((width, heights)) if width == side => heights,
            _ => fresh(),
        };
        self.view = f64::from(height);
        let current = changes.changes.list().get(at).cloned();
        let measure = |ui: &Ui, heights: &mut Heights, row: usize| {
            let laid_out = lay_out(ui, changes, row, side, style);
            heights.set(row, f64::from(laid_out.height), start);
            laid_out
        };
        if let Some(row) = self.bring.take() {
            let row = row.min(count - 1);
            for near in row.saturating_sub(AHEAD)..=row {
                measure(ui, &mut heights, near);
            }
            let y = (heights.above(row, start) - self.view / 3.0).max(0.0);
            self.top = heights.find(y, start);
        }
        for above in self.top.0.saturating_sub(AHEAD)..self.top.0 {
            measure(ui, &mut heights, above);
        }
        let y = heights.above(self.top.0.min(count - 1), start) + self.top.1 + self.by;
        self.by = 0.0;
        #[allow(clippy::cast_possible_truncation, reason = "points on a screen")]
        let mut area = egui::ScrollArea::vertical()
            .id_salt("two versions")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false]);
        #[allow(clippy::cast_possible_truncation, reason = "points on a screen")]
        {
            area = area.vertical_scroll_offset(y.max(0.0) as f32);
        }
        let shown = area.show_viewport(ui, |ui, viewport| {
            let (mut row, into) = heights.find(f64::from(viewport.min.y), start);
            let origin = ui.min_rect().min;
            let mut top = f64::from(viewport.min.y) - into;
            while row < count && top < f64::from(viewport.max.y) {
                let laid_out = measure(ui, &mut heights, row);
                let rows = changes.changes.rows().get(row);
                let is_current = current.as_ref().is_some_and(|it| it.row == row);
                #[allow(clippy::cast_possible_truncation, reason = "points on a screen")]
                let place = origin + vec2(0.0, top as f32);
                if let Some(of) = rows {
                    laid_out.draw(ui, place, side, is_current, of.changed, style);
                    describe(ui, changes, row, &laid_out, place, side);
                }
                top += f64::from(laid_out.height);
                row += 1;
            }
            #[allow(clippy::cast_possible_truncation, reason = "points on a screen")]
            ui.set_height(heights.total() as f32);
            ui.set_width(ui.available_width());
        });
        self.top = heights.find(f64::from(shown.state.clamped_offset().y), start);
        self.heights = Some((side, heights));
        self.starts = starts;
    }
}

/// A row as it is laid out.
struct LaidOut {
    old: Arc<Galley>,
    new: Arc<Galley>,
    /// The signs before the two sides.
    signs: (&'static str, &'static str),
    height: f32,
}

impl LaidOut {
    fn draw(
        &self,
        ui: &Ui,
        at: egui::Pos2,
        side: f32,
        current: bool,
        changed: bool,
        style: &Style,
    ) {
        let painter = ui.painter();
        let all = Rect::from_min_size(at, vec2(2.0 * (side + GUTTER) + GAP, self.height));
        if current {
            painter.rect_filled(all, 4.0, style.chosen);
        } else if changed {
            painter.rect_filled(all, 4.0, style.hovered);
        }
        let sides =
            [(&self.old, self.signs.0, 0.0), (&self.new, self.signs.1, side + GUTTER + GAP)];
        for (galley, sign, left) in sides {
            let top = at + vec2(left, PADDING);
            painter.text(
                top + vec2(GUTTER / 2.0 - 2.0, 1.0),
                egui::Align2::CENTER_TOP,
                sign,
                FontId::new(13.0, style.sans.clone()),
                style.muted,
            );
            painter.galley(top + vec2(GUTTER, 0.0), Arc::clone(galley), style.ink);
        }
        let middle = at.x + side + GUTTER + GAP / 2.0;
        painter.line_segment(
            [pos2(middle, at.y), pos2(middle, at.y + self.height)],
            Stroke::new(1.0, style.lines),
        );
    }
}

fn lay_out(ui: &Ui, changes: &VersionChanges, row: usize, side: f32, style: &Style) -> LaidOut {
    let nothing = 0..0;
    let of = changes.changes.rows().get(row);
    let (old, new) = of.map_or((&nothing, &nothing), |row| (&row.old, &row.new));
    let marks = (changes.changes.old_marks(old), changes.changes.new_marks(new));
    let galley = |text: &Text, bytes: &Range<usize>, marks: &[Marked]| {
        let mut job = job(text, bytes, marks, style);
        job.wrap.max_width = side;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let old_galley = galley(&changes.from.text, old, marks.0);
    let new_galley = galley(&changes.to.text, new, marks.1);
    let words = old_galley.size().y.max(new_galley.size().y);
    LaidOut {
        signs: (sign_of(marks.0), sign_of(marks.1)),
        height: (words + 2.0 * PADDING).round(),
        old: old_galley,
        new: new_galley,
    }
}

/// The sign of what is marked in a row.
fn sign_of(marks: &[Marked]) -> &'static str {
    let any = |mark| marks.iter().any(|marked| marked.mark == mark);
    match () {
        () if any(Mark::Removed) => "−",
        () if any(Mark::Added) => "+",
        () if any(Mark::Moved) => "→",
        () if any(Mark::Respelt) => "~",
        () => "",
    }
}

/// The part of a side that is laid out.
fn clipped(text: &Text, bytes: &Range<usize>) -> Range<usize> {
    let end = text.floor_grapheme((bytes.start + LONGEST).min(bytes.end));
    bytes.start..end.max(bytes.start)
}

/// The words of a side with their marks.
fn job(text: &Text, bytes: &Range<usize>, marks: &[Marked], style: &Style) -> LayoutJob {
    let plain = TextFormat::simple(FontId::new(SIZE, style.serif.clone()), style.ink);
    let tint = |colour: Color32| colour.gamma_multiply(if style.dark { 0.28 } else { 0.14 });
    let format = |mark: Mark| match mark {
        Mark::Removed => TextFormat {
            strikethrough: Stroke::new(1.5, style.accent),
            background: tint(style.accent),
            ..plain.clone()
        },
        Mark::Added => TextFormat {
            underline: Stroke::new(2.0, style.actor),
            background: tint(style.actor),
            ..plain.clone()
        },
        Mark::Moved => TextFormat { italics: true, background: tint(style.event), ..plain.clone() },
        Mark::Respelt => TextFormat { underline: Stroke::new(1.0, style.muted), ..plain.clone() },
    };
    let all = clipped(text, bytes);
    let mut job = LayoutJob::default();
    let mut add = |bytes: Range<usize>, format: TextFormat| {
        let words = text.get(bytes).unwrap_or_default();
        if !words.is_empty() {
            job.append(&shown(words), 0.0, format);
        }
    };
    let mut at = all.start;
    for marked in marks {
        let (start, end) = (marked.bytes.start.max(at), marked.bytes.end.min(all.end));
        if start >= end {
            continue;
        }
        add(at..start, plain.clone());
        add(start..end, format(marked.mark));
        at = end;
    }
    add(at..all.end, plain.clone());
    if all.end < bytes.end {
        job.append("…", 0.0, plain.clone());
    }
    job
}

/// Tells a screen reader the words of a row, with what is marked in them said in words.
fn describe(
    ui: &Ui,
    changes: &VersionChanges,
    row: usize,
    laid_out: &LaidOut,
    at: egui::Pos2,
    side: f32,
) {
    let Some(of) = changes.changes.rows().get(row) else { return };
    let sides = [
        (&changes.from.text, &of.old, changes.changes.old_marks(&of.old), 0.0),
        (&changes.to.text, &of.new, changes.changes.new_marks(&of.new), side + GUTTER + GAP),
    ];
    for (number, (text, bytes, marks, left)) in sides.into_iter().enumerate() {
        if bytes.is_empty() {
            continue;
        }
        let rect = Rect::from_min_size(at + vec2(left, 0.0), vec2(side + GUTTER, laid_out.height));
        let id = ui.scope_id().with(("row of two versions", row, number));
        let response = ui.interact(rect, id, Sense::hover());
        let said = in_words(text, &clipped(text, bytes), marks);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
    }
}

/// The words with “removed:”, “added:” or “moved:” before what is marked so, and “end” after it.
fn in_words(text: &Text, bytes: &Range<usize>, marks: &[Marked]) -> String {
    let mut said = String::new();
    let mut at = bytes.start;
    for marked in marks {
        let word = match marked.mark {
            Mark::Removed => "removed",
            Mark::Added => "added",
            Mark::Moved => "moved",
            Mark::Respelt => continue,
        };
        let (start, end) = (marked.bytes.start.max(at), marked.bytes.end.min(bytes.end));
        if start >= end {
            continue;
        }
        said.push_str(text.get(at..start).unwrap_or_default());
        said.push_str(&format!("[{word}: {}]", text.get(start..end).unwrap_or_default()));
        at = end;
    }
    said.push_str(text.get(at..bytes.end).unwrap_or_default());
    said
}
