//! Asks before an entity goes that other records lean on.

use egui::{RichText, Ui};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::DeleteWithDependents;
use crate::app::{Answer, Intent, Program};
use crate::text::shown_name;
use crate::ui::theme::Style;

/// The question.
pub struct DeletePage;

impl Page for DeletePage {
    type Question = DeleteWithDependents;

    fn open(_: &DeleteWithDependents, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &DeleteWithDependents, frame: &mut PageFrame<'_>) {
        draw(ui, asked, frame.style, frame.out);
    }
}

/// Draws the question.
fn draw(ui: &mut Ui, asked: &DeleteWithDependents, style: &Style, out: &mut Vec<Intent>) {
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
