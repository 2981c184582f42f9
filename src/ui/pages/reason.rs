//! Pages that ask for a reason: to let a finding of the review stand, to record what was supposed.

use egui::{Key, Modifiers, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::{ApplyWhatIf, WaiveFinding};
use crate::app::{Answer, FindingsIntent, Intent, Program, SessionIntent, waive};
use crate::ui::limits;
use crate::ui::text_fields::{field_label, text_field_of_lines};
use crate::ui::widgets::hint;

/// Asks why a finding may stand.
pub struct WaivePage {
    reason: String,
}

impl Page for WaivePage {
    type Question = WaiveFinding;

    fn open(_: &WaiveFinding, _: &Program) -> Self {
        Self { reason: String::new() }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &WaiveFinding, frame: &mut PageFrame<'_>) {
        let name = crate::text::shown_name(&crate::text::shortened(&asked.name)).into_owned();
        let ask = Ask {
            title: format!("Waive: {}", asked.title),
            about: name,
            label: "Why it may stand",
            help: "It is kept in the notebook with the date and your name, and listed under “Waived”.",
            button: "Waive",
            needed: true,
        };
        if reason(ui, &ask, &mut self.reason, frame) {
            let edit = waive(&asked.finding, &self.reason);
            frame.out.push(Intent::Session(SessionIntent::Edit(edit)));
            frame.out.push(Intent::Answer(Answer::Cancel));
        }
    }
}

/// Asks why what was supposed is recorded.
pub struct ApplyPage {
    reason: String,
}

impl Page for ApplyPage {
    type Question = ApplyWhatIf;

    fn open(_: &ApplyWhatIf, _: &Program) -> Self {
        Self { reason: String::new() }
    }

    fn ui(&mut self, ui: &mut Ui, _: &ApplyWhatIf, frame: &mut PageFrame<'_>) {
        let ask = Ask {
            title: "Apply what-if".to_owned(),
            about: String::new(),
            label: "Why",
            help: "What is supposed is recorded in the notebook as one step, with the date, your name and this reason.",
            button: "Apply",
            needed: false,
        };
        if reason(ui, &ask, &mut self.reason, frame) {
            let apply = FindingsIntent::ApplyWhatIf(self.reason.clone());
            frame.out.push(Intent::Answer(Answer::Cancel));
            frame.out.push(apply.into());
        }
    }
}

/// What such a page says.
struct Ask {
    title: String,
    about: String,
    label: &'static str,
    help: &'static str,
    button: &'static str,
    /// Nothing is done without a reason.
    needed: bool,
}

/// Draws the page; returns whether it was answered.
fn reason(ui: &mut Ui, ask: &Ask, text: &mut String, frame: &mut PageFrame<'_>) -> bool {
    ui.set_width(480.0);
    title(ui, frame.style, &ask.title);
    if !ask.about.is_empty() {
        ui.label(&ask.about);
    }
    field_label(ui, frame.style, ask.label);
    let before = text.clone();
    let field = ui.add(limits::lines(text).desired_rows(3).desired_width(f32::INFINITY));
    field.widget_info(|| text_field_of_lines(&before, text.as_str(), "Reason"));
    if frame.just_opened {
        field.request_focus();
    }
    hint(ui, frame.style, ask.help);
    ui.add_space(8.0);
    let given = !ask.needed || !text.trim().is_empty();
    let mut answered = false;
    ui.horizontal(|ui| {
        let button = ui.add_enabled(given, egui::Button::new(ask.button));
        let clicked = button
            .on_hover_text("Ctrl+Enter")
            .on_disabled_hover_text("Give a reason first.")
            .clicked();
        let pressed = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        answered = clicked || (pressed && given);
        if ui.button("Cancel").clicked() {
            frame.out.push(Intent::Answer(Answer::Cancel));
        }
    });
    answered
}
