//! What the picker and the link maker share: the frame over everything at a place, that a click elsewhere closes.

use egui::{Context, Rect, Ui, Vec2};

use super::corner;
use crate::app::Intent;

/// The inner margin of the frame, in points.
const MARGIN: i8 = 10;

/// An overlay of this name: where it opens, and how large it is expected to be, in points.
pub struct Frame {
    /// The name of the area: egui keeps its state under it.
    pub name: &'static str,
    /// What it stands beside.
    pub at: Rect,
    /// Its width, and the height to find room for.
    pub size: Vec2,
    /// It opened in this frame: the click that opened it is none elsewhere.
    pub just_opened: bool,
}

impl Frame {
    /// Draws the frame and what is in it.
    pub fn show(
        self,
        ctx: &Context,
        out: &mut Vec<Intent>,
        content: impl FnOnce(&mut Ui, &mut Vec<Intent>),
    ) {
        let area = egui::Area::new(egui::Id::unique(self.name))
            .order(egui::Order::Foreground)
            .fixed_pos(corner(ctx, self.at, self.size))
            .constrain(true)
            .show(ctx, |ui| {
                let frame = egui::Frame::popup(ui.style());
                frame.inner_margin(egui::Margin::same(MARGIN)).show(ui, |ui| {
                    ui.set_width(self.size.x - 2.0 * f32::from(MARGIN));
                    content(ui, out);
                });
            });
        crate::ui::notices::keep_clear_of(ctx, area.response.rect);
        let inside = area.response.rect.expand(4.0);
        let elsewhere = ctx.input(|input| {
            let at = input.pointer.interact_pos();
            input.pointer.any_pressed() && at.is_some_and(|at| !inside.contains(at))
        });
        if elsewhere && !self.just_opened {
            out.push(Intent::Cancel);
        }
    }
}

/// Selects a field's whole text, so that typing replaces it.
pub fn select_all(ui: &Ui, id: egui::Id, text: &str) {
    let mut state = egui::TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let all = egui::text::CCursorRange::two(
        egui::text::CCursor::new(0),
        egui::text::CCursor::new(text.chars().count()),
    );
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}
