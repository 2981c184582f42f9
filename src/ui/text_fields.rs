//! What a text field has besides its limit (`limits`): what a screen reader is told of it, how its words are laid out, and the
//! label before it.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Galley, Id, Response, RichText, Role, Sense, TextBuffer, Ui};

use super::theme::Style;
use crate::text::{shown, shown_line};

/// What a screen reader is told of a text field: its text before and now, and its name. egui makes of a hint a
/// placeholder, and a field with nothing but a placeholder has no name.
#[must_use]
pub fn text_field(before: impl ToString, now: impl ToString, name: &str) -> egui::WidgetInfo {
    egui::WidgetInfo {
        label: Some(name.to_owned()),
        ..egui::WidgetInfo::text_edit(true, before, now, name)
    }
}

/// The same of a text field of several lines.
#[must_use]
pub fn text_field_of_lines(
    before: impl ToString,
    now: impl ToString,
    name: &str,
) -> egui::WidgetInfo {
    egui::WidgetInfo { role: Role::MultilineTextInput, ..text_field(before, now, name) }
}

/// How a text field lays its words out: what hides in them is shown as a mark, one character for one, so that the
/// cursor counts as before.
pub fn field_layout(lines: bool) -> impl FnMut(&Ui, &dyn TextBuffer, f32) -> Arc<Galley> {
    move |ui, text, width| {
        let font = egui::FontSelection::default().resolve(ui.style());
        let colour = ui.visuals().widgets.inactive.text_color();
        let mut job = if lines {
            LayoutJob::simple(shown(text.as_str()).into_owned(), font, colour, width)
        } else {
            LayoutJob::simple_singleline(shown_line(text.as_str()).into_owned(), font, colour)
        };
        job.keep_trailing_whitespace = true;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// A label of less weight before a control. A click on it gives that control the keyboard.
pub fn field_label(ui: &mut Ui, style: &Style, text: &str) -> Response {
    let label = egui::Label::new(RichText::new(text).font(style.small()).color(style.muted));
    // Not `Sense::click()`: Tab goes to the control, not to its label.
    let response = ui.add(label.selectable(false).sense(Sense::CLICK));
    if response.clicked() {
        let click = LabelClick { frame: ui.ctx().cumulative_frame_nr(), control: None };
        ui.data_mut(|data| data.insert_temp(label_clicked(), click));
    }
    response
}

/// A click on a label, on its way to the control after it.
#[derive(Clone, Copy, Debug, Default)]
struct LabelClick {
    frame: u64,
    control: Option<Id>,
}

/// Gives a control the keyboard when the label before it was clicked. It gets it a frame later: while a click stands in
/// the input, egui takes the keyboard from every widget that is asked for and is not under the pointer.
pub fn labelled(ui: &Ui, response: &Response) {
    let Some(click) = ui.data(|data| data.get_temp::<LabelClick>(label_clicked())) else { return };
    let now = ui.ctx().cumulative_frame_nr();
    match click.control {
        None if click.frame == now => {
            let click = LabelClick { control: Some(response.id), ..click };
            ui.data_mut(|data| data.insert_temp(label_clicked(), click));
            ui.ctx().request_repaint();
        }
        Some(id) if id == response.id && click.frame < now => {
            ui.data_mut(|data| data.remove_temp::<LabelClick>(label_clicked()));
            if click.frame + 1 == now {
                response.request_focus();
            }
        }
        _ => {}
    }
}

fn label_clicked() -> Id {
    Id::unique("a field's label was clicked")
}
