//! The bar that says that the canvas does not show what it should because somebody stopped a computation.

use egui::{Align2, Area, Id, Order, Rect, Ui};

use super::Canvas;
use crate::app::{Intent, OpenNotebook};
use crate::ui::stopped::stopped;
use crate::ui::theme::Style;

impl Canvas {
    /// Draws the bar while the canvas is not up to date because drawing, filtering or sizing was stopped.
    pub(super) fn stopped_bar(
        &mut self,
        ui: &Ui,
        pane: Rect,
        style: &Style,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let (text, again) = if self.stopped {
            ("Drawing was stopped: only entities are shown.".to_owned(), "Draw again")
        } else if let Some(what) = book.exploration().stopped() {
            (format!("{what} was stopped: the canvas shows what it did before."), "Try again")
        } else {
            return;
        };
        if pane.width() < 200.0 || pane.height() < 100.0 {
            return;
        }
        let area = Area::new(Id::unique("canvas drawing stopped"))
            .order(Order::Middle)
            .constrain_to(pane)
            .pivot(Align2::CENTER_BOTTOM)
            .fixed_pos(egui::pos2(pane.center().x, pane.bottom() - 12.0));
        let shown = area.show(ui.ctx(), |ui| {
            ui.set_max_width(pane.width() - 24.0);
            let frame = egui::Frame::new()
                .fill(style.surface)
                .stroke(egui::Stroke::new(1.0, style.accent))
                .corner_radius(8.0)
                .inner_margin(egui::Margin::symmetric(10, 5));
            frame.show(ui, |ui| stopped(ui, style, &text, again)).inner
        });
        self.over.push(shown.response.rect);
        if !shown.inner {
            return;
        }
        if self.stopped {
            self.stopped = false;
            // As when the notebook was opened.
            self.revision = None;
            ui.ctx().request_repaint();
        } else {
            out.push(Intent::ResumeStopped);
        }
    }
}
