//! The notebook's title.

use egui::{Key, Modifiers, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::RenameNotebook;
use crate::app::{Answer, Intent, OpenNotebook, Program, SessionIntent};
use crate::edit::Edit;
use crate::ui::theme::Style;

/// The page.
pub struct RenamePage {
    text: String,
}

impl Page for RenamePage {
    type Question = RenameNotebook;

    fn open(_: &RenameNotebook, program: &Program) -> Self {
        let notebook = program.open_notebook().map(OpenNotebook::notebook);
        Self { text: notebook.map_or_else(String::new, |notebook| notebook.title().to_owned()) }
    }

    fn ui(&mut self, ui: &mut Ui, _: &RenameNotebook, frame: &mut PageFrame<'_>) {
        draw(ui, frame.program, frame.style, &mut self.text, frame.just_opened, frame.out);
    }
}

/// Draws the page.
fn draw(
    ui: &mut Ui,
    program: &Program,
    style: &Style,
    text: &mut String,
    just_opened: bool,
    out: &mut Vec<Intent>,
) {
    let Some(book) = program.open_notebook() else { return };
    let now = book.notebook().title();
    ui.set_width(460.0);
    title(ui, style, "Rename notebook");
    let mut layout = crate::ui::text_fields::field_layout(false);
    let field = ui.add(
        crate::ui::limits::line(text)
            .with(|edit| edit.layouter(&mut layout))
            .hint_text("File name if left empty")
            .desired_width(f32::INFINITY),
    );
    field.widget_info(|| crate::ui::text_fields::text_field(now, text.as_str(), "Title"));
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
