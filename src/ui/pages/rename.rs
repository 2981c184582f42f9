//! The notebook's title.

use egui::{Key, Modifiers, Ui};

use super::title;
use crate::app::{Answer, Intent, Program, SessionIntent};
use crate::edit::Edit;
use crate::ui::theme::Style;

/// Draws the page.
pub fn ui(
    ui: &mut Ui,
    program: &Program,
    style: &Style,
    text: &mut String,
    just_opened: bool,
    out: &mut Vec<Intent>,
) {
    let Some(book) = program.open_notebook() else { return };
    let now = book.notebook().title();
    if just_opened {
        now.clone_into(text);
    }
    ui.set_width(460.0);
    title(ui, style, "Rename notebook");
    let mut layout = crate::ui::widgets::field_layout(false);
    let field = ui.add(
        egui::TextEdit::singleline(text)
            .char_limit(crate::ui::limits::LINE)
            .layouter(&mut layout)
            .hint_text("File name if left empty")
            .desired_width(f32::INFINITY),
    );
    field.widget_info(|| crate::ui::widgets::text_field(now, text.as_str(), "Title"));
    if just_opened {
        field.request_focus();
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        if ui.button("Done").clicked() || enter {
            if text.trim() != now {
                out.push(Intent::Session(SessionIntent::Edit(Edit::Title(text.clone()))));
            }
            out.push(Intent::Answer(Answer::Cancel));
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}
