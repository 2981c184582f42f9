//! The name of a view of the canvas.

use egui::{Key, Modifiers, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::NameView;
use crate::app::{Answer, ChartingIntent, Intent, OpenNotebook, Program, SessionIntent};
use crate::edit::{Edit, Ref, ViewFields};
use crate::inquiry::Spotlight;
use crate::notebook::ViewId;
use crate::ui::theme::Style;
use crate::ui::widgets::hint;

/// The page.
pub struct ViewNamePage {
    text: String,
}

impl Page for ViewNamePage {
    type Question = NameView;

    fn open(asked: &NameView, program: &Program) -> Self {
        let notebook = program.open_notebook().map(OpenNotebook::notebook);
        Self {
            text: asked
                .0
                .and_then(|id| Some(notebook?.views().get(&id)?.name.clone()))
                .unwrap_or_default(),
        }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &NameView, frame: &mut PageFrame<'_>) {
        draw(ui, frame.program, asked.0, frame.style, &mut self.text, frame.just_opened, frame.out);
    }
}

/// Draws the page: for a new view, or another name for this one.
fn draw(
    ui: &mut Ui,
    program: &Program,
    view: Option<ViewId>,
    style: &Style,
    text: &mut String,
    just_opened: bool,
    out: &mut Vec<Intent>,
) {
    let Some(book) = program.open_notebook() else { return };
    let old = view.and_then(|id| book.notebook().views().get(&id));
    let now = old.map_or("", |view| view.name.as_str());
    ui.set_width(460.0);
    title(ui, style, if view.is_some() { "Rename view" } else { "Save view" });
    if view.is_none() {
        hint(ui, style, "Saves the filter, the focus and the visible part of the canvas.");
        if matches!(book.exploration().spotlight(), Spotlight::Paths { .. }) {
            hint(ui, style, "Shortest paths are not saved.");
        }
    }
    let field = ui.add(
        crate::ui::limits::line(text).hint_text("Board spokespeople").desired_width(f32::INFINITY),
    );
    field.widget_info(|| crate::ui::text_fields::text_field(now, text.as_str(), "View name"));
    if just_opened {
        field.request_focus();
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let named = !text.trim().is_empty();
        if ui.add_enabled(named, egui::Button::new("Done")).clicked() || (enter && named) {
            let name = text.trim().to_owned();
            match view {
                None => out.push(Intent::Charting(ChartingIntent::KeepView(name))),
                Some(id) if name != now => {
                    let with = ViewFields { name: Some(name), ..ViewFields::default() };
                    out.push(Intent::Session(SessionIntent::Edit(Edit::SetView {
                        view: Ref::Id(id),
                        with,
                    })));
                }
                Some(_) => {}
            }
            out.push(Intent::Answer(Answer::Cancel));
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}
