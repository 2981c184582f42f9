//! The bar that says what a layout is doing and lets its result be kept or discarded.

use egui::{Align2, Area, Button, Id, Order, Rect, RichText, Ui};

use super::Canvas;
use crate::app::{Arranging, Command, Intent, OpenNotebook};
use crate::ui::theme::Style;

/// The room it takes below the tools, in points.
pub const HEIGHT: f32 = 44.0;
/// A layout that takes no longer than this, in seconds, says nothing until it is done.
const PATIENCE: f64 = 0.2;

impl Canvas {
    /// Draws the bar while an arrangement is being made or waits.
    pub(super) fn preview_bar(
        &mut self,
        ui: &Ui,
        pane: Rect,
        style: &Style,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(arranging) = book.arranging() else {
            self.preview.since = None;
            return;
        };
        if pane.width() < 200.0 || pane.height() < 100.0 {
            return;
        }
        let time = ui.input(|input| input.time);
        let since = *self.preview.since.get_or_insert(time);
        if arranging.is_running() && time - since < PATIENCE {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
            return;
        }
        // Under the tools: the pointer is there.
        let top = self.tools.map_or(pane.top() + 10.0, |tools| tools.bottom() + 6.0);
        let area = Area::new(Id::unique("canvas arrangement"))
            .order(Order::Middle)
            .constrain_to(pane)
            .pivot(Align2::RIGHT_TOP)
            .fixed_pos(egui::pos2(pane.right() - 12.0, top));
        let shown = area.show(ui.ctx(), |ui| {
            let frame = egui::Frame::new()
                .fill(style.surface)
                .stroke(egui::Stroke::new(1.0, style.accent))
                .corner_radius(8.0)
                .inner_margin(egui::Margin::symmetric(10, 5));
            frame.show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 8.0;
                    let label = ui.label(RichText::new(said(arranging)).color(style.ink));
                    // A screen reader says so as it changes.
                    ui.ctx().accesskit_node_builder(label.id, |node| {
                        node.set_live(egui::accesskit::Live::Polite);
                    });
                    let mut button = |text: &str, command: Command| {
                        let button = ui.add(Button::new(RichText::new(text).size(13.0)));
                        let button = button.on_hover_text(command.hint_with_key());
                        button.clone().accessible_name(command.text());
                        if button.clicked() {
                            out.push(Intent::Run(command));
                        }
                    };
                    if arranging.is_running() {
                        button("Stop", Command::StopArranging);
                    } else {
                        button("Keep (Enter)", Command::KeepArrangement);
                    }
                    button("Discard (Esc)", Command::DiscardArrangement);
                });
            });
        });
        self.over.push(shown.response.rect);
        if arranging.is_running() {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
        }
    }
}

/// What the bar says.
fn said(arranging: &Arranging) -> String {
    if arranging.is_running() {
        if arranging.was_stopped() {
            return "Stopping…".to_owned();
        }
        return format!("Arranging · {:.0}%", arranging.progress() * 100.0);
    }
    let moved = match arranging.ids().len() {
        1 => "1 entity".to_owned(),
        many => format!("{many} entities"),
    };
    if arranging.was_stopped() {
        format!("Stopped · {moved} moved so far")
    } else {
        format!("{moved} moved")
    }
}
