//! The participants of an event, and their roles.

use egui::Ui;
use egui_material_icons::icons::ICON_CLOSE;

use super::{Inspector, Scope, set_entity, with_chosen};
use crate::edit::{EntityFields, Ref};
use crate::notebook::{EntityId, Event, Kind, Role};
use crate::ui::entity_chooser::Ask;
use crate::ui::fields::field_key;
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{choice, entity_row, icon_button};

/// The request to choose an existing or a new actor.
pub(super) const fn an_actor<'a>(name: &'a str, prompt: &'a str, except: EntityId) -> Ask<'a> {
    Ask {
        name,
        prompt,
        kind: Some(Kind::Actor),
        now: None,
        except: Some(except),
        new: true,
        nobody: false,
        near: None,
    }
}

impl Inspector {
    pub(super) fn participants(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        id: EntityId,
        event: &Event,
    ) {
        field_label(ui, scope.style, "Participants");
        let all = || -> Vec<(Ref<EntityId>, Role)> {
            event.participants.iter().map(|p| (Ref::Id(p.actor), p.role)).collect()
        };
        let set = |participants| {
            let with = EntityFields { participants: Some(participants), ..EntityFields::default() };
            set_entity(id, with)
        };
        for (i, participant) in event.participants.iter().enumerate() {
            ui.horizontal(|ui| {
                let name = scope.notebook().name(participant.actor);
                let what = format!("Role of {name}");
                if let Some(role) =
                    choice(ui, ("role", id, i), &what, participant.role, &Role::ALL, Role::label)
                {
                    let mut changed = all();
                    changed[i].1 = role;
                    scope.edit(set(changed));
                }
                let remove = format!("Remove participant {name}");
                if icon_button(ui, scope.style, ICON_CLOSE, &remove).clicked() {
                    let mut rest = all();
                    rest.remove(i);
                    scope.edit(set(rest));
                }
                if entity_row(ui, scope.style, scope.notebook(), participant.actor, ("part", i))
                    .clicked()
                {
                    scope.select(participant.actor);
                }
            });
        }
        let ask = an_actor("Add participant", "Add…", id);
        if let Some(chosen) = self.choose(ui, scope, field_key(id, "participants"), ask) {
            scope.edit(with_chosen(chosen, Kind::Actor, "Add participant", |new| {
                let mut more = all();
                more.push((new, Role::default()));
                set(more)
            }));
        }
    }
}
