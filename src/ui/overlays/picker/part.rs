//! A part of what the picker proposes: words in a frame, with the key that changes it.

use egui::{Color32, CornerRadius, FontId, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::app::{Intent, PickerPart, TaggingIntent};
use crate::ui::theme::Style;
use crate::ui::widgets::cut;

/// The height of a part, in points.
pub(super) const PART: f32 = 26.0;
/// Between parts.
pub(super) const GAP: f32 = 4.0;

/// What a click on a part, or its key, asks for.
pub(super) const fn change(part: PickerPart) -> Intent {
    Intent::Tagging(TaggingIntent::PickerPart(part))
}

/// A part: words in a frame with its key, filled where it is accepted.
pub(super) struct Part<'a> {
    pub key: Option<u8>,
    pub words: &'a str,
    /// Muted, after the words.
    pub more: &'a str,
    pub on: bool,
    pub width: f32,
    pub colour: Color32,
    pub fill: Color32,
}

impl Part<'_> {
    pub fn show(&self, ui: &mut Ui, style: &Style) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(self.width, PART), Sense::click());
        let enabled = ui.is_enabled();
        let painter = ui.painter();
        let radius = CornerRadius::same(6);
        let fill = match (self.on, response.hovered()) {
            (true, _) => self.fill,
            (false, true) => style.hovered,
            (false, false) => style.surface,
        };
        painter.rect_filled(rect, radius, fill);
        let line = if self.on { self.colour } else { style.lines };
        painter.rect_stroke(rect, radius, Stroke::new(1.0, line), StrokeKind::Inside);
        if response.has_focus() {
            let around = rect.expand(1.5);
            painter.rect_stroke(
                around,
                radius,
                Stroke::new(1.5, style.accent),
                StrokeKind::Outside,
            );
        }
        let mut left = rect.left() + 6.0;
        if let Some(key) = self.key {
            let small = FontId::new(10.5, style.sans.clone());
            let at = pos2(left, rect.center().y);
            let drawn =
                painter.text(at, egui::Align2::LEFT_CENTER, key.to_string(), small, style.muted);
            left = drawn.right() + 4.0;
        }
        let ink = if self.on && enabled { style.ink } else { style.muted };
        let right = rect.right() - 5.0;
        let more =
            (!self.more.is_empty()).then(|| cut(ui, self.more, style.small(), style.muted, 60.0));
        let room = right - left - more.as_ref().map_or(0.0, |more| more.size().x + 5.0);
        let words = cut(ui, self.words, FontId::new(13.0, style.sans.clone()), ink, room.max(12.0));
        let width = words.size().x;
        let middle = |height: f32| rect.center().y - height / 2.0;
        let top = middle(words.size().y);
        ui.painter().galley(pos2(left, top), words, ink);
        if !self.on {
            let y = rect.center().y + 0.5;
            ui.painter().hline(left..=left + width, y, Stroke::new(1.0, style.muted));
        }
        if let Some(more) = more {
            let at = pos2(left + width + 5.0, middle(more.size().y));
            ui.painter().galley(at, more, style.muted);
        }
        response
    }
}
