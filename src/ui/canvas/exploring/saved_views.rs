//! The list of named views: a click looks at the canvas as one does; its menu renames, replaces and deletes it.

use egui::{Button, Ui};

use crate::app::{ChartingIntent, Command, Exploration, Intent, OpenNotebook, SessionIntent};
use crate::edit::{Edit, Ref};
use crate::inquiry::Spotlight;
use crate::notebook::NamedView;
use crate::ui::theme::Style;
use crate::ui::widgets::{Row, named};

/// Draws the list, and what keeps another one.
pub fn views(ui: &mut Ui, style: &Style, book: &OpenNotebook, out: &mut Vec<Intent>) {
    let mut all: Vec<_> = book.notebook().views().iter().collect();
    all.sort_by_cached_key(|(_, view)| view.name.to_lowercase());
    for (id, view) in all {
        ui.horizontal(|ui| {
            let room = (ui.available_width() - 48.0).max(40.0);
            let selected = shows(book.exploration(), view);
            let row = Row { text: &view.name, selected, ..Row::default() };
            ui.allocate_ui(egui::vec2(room, 24.0), |ui| {
                let row_id = egui::Id::unique(("view", *id));
                let response = row.show(ui, style, row_id, || {
                    format!("View: {}", crate::text::shown_name(&view.name))
                });
                if response.on_hover_text("Open this view").clicked() {
                    out.push(Intent::Charting(ChartingIntent::ShowView(*id)));
                }
            });
            let more = ui.menu_button("⋯", |ui| {
                for (text, intent) in [
                    ("Rename…", Intent::Charting(ChartingIntent::RenameView(*id))),
                    (
                        "Update to the current view",
                        Intent::Charting(ChartingIntent::ReplaceView(*id)),
                    ),
                    (
                        "Delete",
                        Intent::Session(SessionIntent::Edit(Edit::DeleteView {
                            view: Ref::Id(*id),
                        })),
                    ),
                ] {
                    if ui.button(text).clicked() {
                        out.push(intent);
                        ui.close();
                    }
                }
            });
            named(ui, &more.response, &format!("More actions for view {}", view.name));
        });
    }
    let keep = ui.add(Button::new(Command::KeepView.text()).small());
    if keep.on_hover_text(Command::KeepView.hint_with_key()).clicked() {
        out.push(Intent::Run(Command::KeepView));
    }
}

/// Whether what is looked at now is what a view looks at, wherever on the canvas.
fn shows(exploration: &Exploration, view: &NamedView) -> bool {
    let focus = match (&view.focus, exploration.spotlight()) {
        (Some(focus), Spotlight::Around { entities, steps }) => {
            u32::from(focus.steps) == *steps && focus.around.iter().eq(entities)
        }
        (None, Spotlight::Off) => true,
        _ => false,
    };
    focus && view.filter == *exploration.filter()
}
