//! The pages of a group and of a note card.

use egui::Ui;

use super::{Inspector, Scope};
use crate::app::{Command, OnCanvas, writing_field};
use crate::edit::{CardFields, Edit, GroupFields, Ref};
use crate::notebook::{CardId, GroupId, Hue};
use crate::ui::canvas::coloured;
use crate::ui::fields::{Field, focus_all};
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{command_button, counted, entity_row, heading, hint, segments};

/// Maximum number of members listed by name; the rest are only counted.
const LISTED: usize = 200;

impl Inspector {
    pub(super) fn group(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: GroupId) {
        let notebook = scope.notebook();
        let Some(group) = notebook.groups().get(&id) else { return };
        field_label(ui, scope.style, "Group title");
        let key = writing_field(OnCanvas::Group(id));
        let field = Field::line("Group title", "What they have in common");
        let typed = self.drafts.text(ui, key, &group.title, field);
        if self.focus || self.focus_name {
            focus_all(ui, &typed.response, &group.title);
        }
        if let Some(title) = typed.changed {
            let with = GroupFields { title: Some(title), ..GroupFields::default() };
            scope.typed(key, Edit::SetGroup { group: Ref::Id(id), with });
        }
        colour(ui, scope, OnCanvas::Group(id), group.hue);
        ui.horizontal_wrapped(|ui| {
            for command in [Command::ToggleFold, Command::SelectGroup, Command::Ungroup] {
                command_button(ui, scope.program, command, scope.out);
            }
        });
        heading(ui, scope.style, "Members", &counted(group.members.len(), "member"));
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut members: Vec<_> = group.members.iter().copied().collect();
        members.sort_by_cached_key(|id| crate::text::fold(notebook.name(*id)));
        for member in members.iter().take(LISTED) {
            if entity_row(ui, scope.style, notebook, *member, "member").clicked() {
                scope.select(*member);
            }
        }
        if members.len() > LISTED {
            hint(ui, scope.style, &format!("and {} more", members.len() - LISTED));
        }
    }

    pub(super) fn card(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: CardId) {
        let Some(card) = scope.notebook().cards().get(&id) else { return };
        field_label(ui, scope.style, "Note text");
        let key = writing_field(OnCanvas::Card(id));
        let field = Field::lines("Note text", "Your own words", 6);
        let typed = self.drafts.text(ui, key, &card.text, field);
        if self.focus || self.focus_name {
            typed.response.request_focus();
        }
        if let Some(text) = typed.changed {
            let with = CardFields { text: Some(text), ..CardFields::default() };
            scope.typed(key, Edit::SetCard { card: Ref::Id(id), with });
        }
        colour(ui, scope, OnCanvas::Card(id), card.hue);
        ui.horizontal_wrapped(|ui| {
            for command in [Command::Copy, Command::Cut, Command::Delete] {
                command_button(ui, scope.program, command, scope.out);
            }
        });
        hint(
            ui,
            scope.style,
            "On the canvas, Alt+arrows move the card and Alt+Shift+arrows resize it.",
        );
    }
}

fn colour(ui: &mut Ui, scope: &mut Scope<'_>, part: OnCanvas, now: Hue) {
    field_label(ui, scope.style, "Colour");
    if let Some(hue) = segments(ui, "Colour", now, &Hue::ALL, Hue::label) {
        scope.edit(coloured(part, hue));
    }
}
