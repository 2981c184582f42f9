//! The reason to let a finding of the review stand.

use egui::{Key, Modifiers, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::WaiveFinding;
use crate::app::{Answer, Intent, Program, SessionIntent, waive};
use crate::ui::limits;
use crate::ui::widgets::{field_label, hint, text_field_of_lines};

/// The page.
pub struct WaivePage {
    reason: String,
}

impl Page for WaivePage {
    type Question = WaiveFinding;

    fn open(_: &WaiveFinding, _: &Program) -> Self {
        Self { reason: String::new() }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &WaiveFinding, frame: &mut PageFrame<'_>) {
        ui.set_width(480.0);
        title(ui, frame.style, &format!("Waive: {}", asked.title));
        let name = crate::text::shown_name(&crate::text::shortened(&asked.name)).into_owned();
        ui.label(name);
        field_label(ui, frame.style, "Why it may stand");
        let field = limits::lines(&mut self.reason).desired_rows(3).desired_width(f32::INFINITY);
        let field = ui.add(field);
        let reason = self.reason.clone();
        field.widget_info(|| text_field_of_lines("", &reason, "Reason"));
        if frame.just_opened {
            field.request_focus();
        }
        hint(
            ui,
            frame.style,
            "It is kept in the notebook with the date and your name, and listed under “Waived”.",
        );
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let given = !self.reason.trim().is_empty();
            let button = ui.add_enabled(given, egui::Button::new("Waive"));
            let clicked = button
                .on_hover_text("Ctrl+Enter")
                .on_disabled_hover_text("Give a reason first.")
                .clicked();
            let pressed =
                ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) && given;
            if clicked || pressed {
                let edit = waive(&asked.finding, &self.reason);
                frame.out.push(Intent::Session(SessionIntent::Edit(edit)));
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}
