//! Several things selected: how many of which, and what can be done with all of them.

use egui::Ui;

use super::Desk;
use crate::app::{Command, Intent, Selection};
use crate::edit::{Edit, Ref};
use crate::notebook::{EntityId, Kind};
use crate::ui::widgets::{command_button, counted, entity_row, heading, hint, named};

/// Entities listed by name; more are only counted.
const LISTED: usize = 20;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, focus: bool) {
    let notebook = desk.notebook();
    let selection = desk.book.selection();
    let of = |kind: Kind| {
        selection
            .entities
            .iter()
            .filter(|id| notebook.entity(**id).is_some_and(|e| e.kind() == kind))
            .count()
    };
    let mut parts: Vec<String> = Kind::ALL
        .into_iter()
        .map(|kind| (of(kind), kind.word()))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| counted(n, word))
        .collect();
    if !selection.links.is_empty() {
        parts.push(counted(selection.links.len(), "link"));
    }
    ui.strong(format!("{} selected", parts.join(", ")));
    ui.horizontal_wrapped(|ui| {
        for command in [Command::ToggleToCheck, Command::TogglePin, Command::Link, Command::Delete]
        {
            let button = command_button(ui, desk.program, command, desk.out);
            if focus && command == Command::ToggleToCheck {
                button.request_focus();
            }
        }
    });
    merge(ui, desk);
    if selection.entities.is_empty() {
        return;
    }
    heading(ui, desk.look, "Selected", "");
    ui.spacing_mut().item_spacing.y = 0.0;
    for id in selection.entities.iter().take(LISTED) {
        if entity_row(ui, desk.look, notebook, *id, "selected").clicked() {
            desk.select(*id);
        }
    }
    if selection.entities.len() > LISTED {
        hint(ui, desk.look, &format!("and {} more", selection.entities.len() - LISTED));
    }
}

/// Two entities of one kind can be made one: the user says which one stays.
fn merge(ui: &mut Ui, desk: &mut Desk<'_>) {
    let notebook = desk.notebook();
    let ids: Vec<EntityId> = desk.book.selection().entities.iter().copied().collect();
    let [a, b] = ids[..] else { return };
    let (Some(one), Some(other)) = (notebook.entity(a), notebook.entity(b)) else { return };
    if one.kind() != other.kind() || !desk.book.selection().links.is_empty() {
        return;
    }
    heading(ui, desk.look, "The same? Make them one", "");
    for (from, into) in [(a, b), (b, a)] {
        let (gone, stays) = (notebook.name(from), notebook.name(into));
        let response = ui.add(egui::Button::new(format!("Keep “{stays}”")).truncate());
        named(ui, &response, &format!("Merge “{gone}” into “{stays}”"));
        let response = response.on_hover_text(format!(
            "“{stays}” takes over the mentions and links, and “{gone}” as another name"
        ));
        if response.clicked() {
            desk.edit(Edit::Merge { from: Ref::Id(from), into: Ref::Id(into), keep_names: true });
            desk.out.push(Intent::Select(Selection::entity(into)));
        }
    }
}
