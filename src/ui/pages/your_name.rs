//! The user's name, which is written beside what they judge.

use egui::{Key, Modifiers, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::YourName;
use crate::app::{Answer, Intent, Prefs, Program, SettingsIntent};
use crate::ui::widgets::hint;

/// The page.
pub struct YourNamePage {
    text: String,
}

impl Page for YourNamePage {
    type Question = YourName;

    fn open(_: &YourName, program: &Program) -> Self {
        Self { text: program.prefs().name.clone() }
    }

    fn ui(&mut self, ui: &mut Ui, _: &YourName, frame: &mut PageFrame<'_>) {
        let now = frame.program.prefs().name.clone();
        ui.set_width(460.0);
        title(ui, frame.style, "Your name");
        hint(
            ui,
            frame.style,
            "It is written into notebooks beside what you judge, waive and set aside, for whoever reads them. It may be left empty.",
        );
        ui.add_space(4.0);
        let mut layout = crate::ui::text_fields::field_layout(false);
        let field = ui.add(
            crate::ui::limits::line(&mut self.text)
                .with(|edit| edit.layouter(&mut layout))
                .hint_text("Name or initials")
                .desired_width(f32::INFINITY),
        );
        let text = self.text.as_str();
        field.widget_info(|| crate::ui::text_fields::text_field(&now, text, "Your name"));
        if frame.just_opened {
            field.request_focus();
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            if ui.button("Done").clicked() || enter {
                let name = self.text.trim().to_owned();
                if name != now {
                    let prefs = Prefs { name, ..frame.program.prefs().clone() };
                    frame.out.push(Intent::Settings(SettingsIntent::SetPrefs(prefs)));
                }
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}
