//! The list of named views: a click looks at the canvas as one does; its menu renames, replaces and deletes it.

use egui::{Button, Ui};

use crate::app::{Book, Command, Intent, Ways};
use crate::edit::{Edit, Ref};
use crate::inquiry::Spotlight;
use crate::notebook::NamedView;
use crate::text::shown_name;
use crate::ui::look::Look;
use crate::ui::widgets::{body, command_tip, cut, named};

/// Draws the list, and what keeps another one.
pub fn views(ui: &mut Ui, look: &Look, book: &Book, out: &mut Vec<Intent>) {
    let mut all: Vec<_> = book.notebook().views().iter().collect();
    all.sort_by_cached_key(|(_, view)| view.name.to_lowercase());
    for (id, view) in all {
        ui.horizontal(|ui| {
            let room = (ui.available_width() - 34.0).max(40.0);
            let name = cut(ui, &shown_name(&view.name), body(look), look.ink, room - 14.0);
            let here = shows(book.ways(), view);
            let button = Button::selectable(here, name).min_size(egui::vec2(room, 22.0));
            let row = ui.add(button).on_hover_text("Look at the canvas so");
            named(ui, &row, &format!("View: {}", view.name));
            if row.clicked() {
                out.push(Intent::ShowView(*id));
            }
            let more = ui.menu_button("⋯", |ui| {
                for (text, intent) in [
                    ("Rename…", Intent::RenameView(*id)),
                    ("Replace with what is shown now", Intent::ReplaceView(*id)),
                    ("Delete", Intent::Edit(Edit::DeleteView { view: Ref::Id(*id) })),
                ] {
                    if ui.button(text).clicked() {
                        out.push(intent);
                        ui.close();
                    }
                }
            });
            named(ui, &more.response, &format!("More for the view {}", view.name));
        });
    }
    let keep = ui.add(Button::new(Command::KeepView.text()).small());
    if keep.on_hover_text(command_tip(Command::KeepView)).clicked() {
        out.push(Intent::Run(Command::KeepView));
    }
}

/// Whether what is looked at now is what a view looks at, wherever on the canvas.
fn shows(ways: &Ways, view: &NamedView) -> bool {
    let focus = match (&view.focus, ways.spotlight()) {
        (Some(focus), Spotlight::Around { entities, steps }) => {
            u32::from(focus.steps) == *steps && focus.around.iter().eq(entities)
        }
        (None, Spotlight::Off) => true,
        _ => false,
    };
    focus && view.filter == *ways.filter()
}
