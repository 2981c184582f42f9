//! What is said where a result was not worked out because somebody stopped it.

use egui::{RichText, Ui};

use super::theme::Style;

/// Says that something was stopped, with a button that starts it again. Returns whether the button was clicked.
pub fn stopped(ui: &mut Ui, style: &Style, text: &str, again: &str) -> bool {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let button = ui.button(again);
        let label = egui::Label::new(RichText::new(text).color(style.ink)).truncate();
        let label = ui.add(label);
        ui.ctx().accesskit_node_builder(label.id, |node| {
            node.set_live(egui::accesskit::Live::Polite);
        });
        button.clicked()
    })
    .inner
}
