//! The bar that says that drawing was stopped, and that only entities are shown.

use egui::{Align2, Area, Id, Order, Rect, RichText, Ui};

use super::Canvas;
use crate::ui::theme::Style;

impl Canvas {
    /// Draws the bar while what there is to show is not being made because somebody stopped it.
    pub(super) fn stopped_bar(&mut self, ui: &Ui, pane: Rect, style: &Style) {
        if !self.stopped || pane.width() < 200.0 || pane.height() < 100.0 {
            return;
        }
        let area = Area::new(Id::unique("canvas drawing stopped"))
            .order(Order::Middle)
            .constrain_to(pane)
            .pivot(Align2::CENTER_BOTTOM)
            .fixed_pos(egui::pos2(pane.center().x, pane.bottom() - 12.0));
        let shown = area.show(ui.ctx(), |ui| {
            let frame = egui::Frame::new()
                .fill(style.surface)
                .stroke(egui::Stroke::new(1.0, style.accent))
                .corner_radius(8.0)
                .inner_margin(egui::Margin::symmetric(10, 5));
            let again = frame.show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 8.0;
                    let words = "Drawing was stopped: only entities are shown.";
                    let label = ui.label(RichText::new(words).color(style.ink));
                    ui.ctx().accesskit_node_builder(label.id, |node| {
                        node.set_live(egui::accesskit::Live::Polite);
                    });
                    ui.button("Draw again").on_hover_text("Draw links, groups and note cards too")
                })
                .inner
            });
            again.inner.clicked()
        });
        self.over.push(shown.response.rect);
        if shown.inner {
            self.stopped = false;
            // As when the notebook was opened.
            self.revision = None;
            ui.ctx().request_repaint();
        }
    }
}
