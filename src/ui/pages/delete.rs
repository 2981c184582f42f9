//! Asks before an entity goes that other records lean on.

use egui::{RichText, Ui};

use super::{first_button, title};
use crate::app::{Answer, DeleteWithDependents, Intent};
use crate::text::shown_name;
use crate::ui::theme::Style;

/// Draws the question.
pub fn ui(ui: &mut Ui, asked: &DeleteWithDependents, style: &Style, out: &mut Vec<Intent>) {
    ui.set_max_width(520.0);
    title(ui, style, &format!("Delete {}?", asked.words));
    for sentence in asked.sentences() {
        ui.label(shown_name(&format!("•  {sentence}")));
    }
    ui.label(RichText::new("Undo brings everything back.").color(style.muted));
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if first_button(ui, "Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
        if ui.button(RichText::new("Delete").color(style.accent)).clicked() {
            out.push(Intent::Answer(Answer::Delete));
        }
    });
}
