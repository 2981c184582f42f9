//! What an actor and an event have that other entities have not.

use egui::{Ui, vec2};
use egui_material_icons::icons::ICON_CLOSE;

use super::entity::without;
use super::{Inspector, ViewState, set_entity, with_chosen};
use crate::edit::{EntityFields, Ref};
use crate::notebook::{Actor, ActorKind, EntityId, Event, Kind, Reliability, Role};
use crate::ui::entity_chooser::{Ask, Chosen};
use crate::ui::fields::{Field, field_key};
use crate::ui::widgets::{ChipClick, chip, choice, entity_row, field_label, icon_button};

/// An actor to choose, or a new one.
pub(super) const fn an_actor<'a>(name: &'a str, prompt: &'a str, except: EntityId) -> Ask<'a> {
    Ask {
        name,
        prompt,
        kind: Some(Kind::Actor),
        now: None,
        except: Some(except),
        new: true,
        nobody: false,
    }
}

impl Inspector {
    pub(super) fn actor(
        &mut self,
        ui: &mut Ui,
        desk: &mut ViewState<'_>,
        id: EntityId,
        actor: &Actor,
    ) {
        egui::Grid::new(("actor", id)).num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
            field_label(ui, desk.style, "Kind");
            let salt = ("kind", id);
            if let Some(kind) =
                choice(ui, salt, "Kind of actor", actor.kind, &ActorKind::ALL, ActorKind::label)
            {
                let with = EntityFields { actor_kind: Some(kind), ..EntityFields::default() };
                desk.edit(set_entity(id, with));
            }
            ui.end_row();

            field_label(ui, desk.style, "Reliability");
            let mut grades = vec![None];
            grades.extend(Reliability::ALL.map(Some));
            let label = |grade: Option<Reliability>| grade.map_or("not graded", Reliability::label);
            let salt = ("reliability", id);
            if let Some(grade) = choice(ui, salt, "Reliability", actor.reliability, &grades, label)
            {
                let letter = grade.map_or_else(String::new, |grade| format!("{grade:?}"));
                let with = EntityFields { reliability: Some(letter), ..EntityFields::default() };
                desk.edit(set_entity(id, with));
            }
            ui.end_row();

            field_label(ui, desk.style, "Owner");
            let ask = Ask { now: actor.owner, nobody: true, ..an_actor("Owner", "None", id) };
            if let Some(chosen) = self.choose(ui, desk, field_key(id, "owner"), ask) {
                desk.edit(with_chosen(chosen, Kind::Actor, "Owner", |owner| {
                    set_entity(id, EntityFields { owner: Some(owner), ..EntityFields::default() })
                }));
            }
            ui.end_row();
        });
        if matches!(actor.kind, ActorKind::Person | ActorKind::Anonymous)
            && actor.members.is_empty()
        {
            return;
        }
        field_label(ui, desk.style, "Members");
        let set = |members| {
            set_entity(id, EntityFields { members: Some(members), ..EntityFields::default() })
        };
        let ask = an_actor("Add member", "Add…", id);
        if let Some(change) =
            self.entities(ui, desk, &actor.members, ("member", field_key(id, "members")), ask)
        {
            desk.edit(match change {
                Listed::Without(rest) => set(rest),
                Listed::With(chosen) => with_chosen(chosen, Kind::Actor, "Add member", |new| {
                    let mut all: Vec<_> = actor.members.iter().copied().map(Ref::Id).collect();
                    all.push(new);
                    set(all)
                }),
            });
        }
    }

    pub(super) fn event(
        &mut self,
        ui: &mut Ui,
        desk: &mut ViewState<'_>,
        id: EntityId,
        event: &Event,
    ) {
        let typed_into =
            |field: &'static str, with: EntityFields| (field_key(id, field), set_entity(id, with));
        egui::Grid::new(("event", id)).num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
            field_label(ui, desk.style, "Date as written");
            let field = Field::line("Date as written", "vendredi");
            let key = field_key(id, "written");
            if let Some(text) = self.drafts.text(ui, key, &event.date.written, field).changed {
                let with = EntityFields { written: Some(text), ..EntityFields::default() };
                let (key, edit) = typed_into("written", with);
                desk.typed(key, edit);
            }
            ui.end_row();

            field_label(ui, desk.style, "Date");
            ui.vertical(|ui| {
                let field = Field::line("Date", "2023-11-17, 2023-11~, 2023-11-17/..");
                let key = field_key(id, "date");
                if let Some(text) =
                    self.drafts.date(ui, desk.style, key, &event.date.edtf, field).changed
                {
                    let with = EntityFields { date: Some(text), ..EntityFields::default() };
                    let (key, edit) = typed_into("date", with);
                    desk.typed(key, edit);
                }
                if let Some(date) = desk.program.read_date(id) {
                    let button = ui
                        .small_button(format!("Read as {date}"))
                        .on_hover_text("The date as written, resolved from the article’s date");
                    if button.clicked() {
                        let with = EntityFields { date: Some(date), ..EntityFields::default() };
                        desk.out.push(crate::app::Intent::Session(
                            crate::app::SessionIntent::Edit(set_entity(id, with)),
                        ));
                    }
                }
            });
            ui.end_row();

            field_label(ui, desk.style, "Place");
            let key = field_key(id, "place");
            let field = Field::line("Place", "Location");
            if let Some(text) = self.drafts.text(ui, key, &event.place, field).changed {
                let with = EntityFields { place: Some(text), ..EntityFields::default() };
                let (key, edit) = typed_into("place", with);
                desk.typed(key, edit);
            }
            ui.end_row();
        });
        self.participants(ui, desk, id, event);
    }

    fn participants(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>, id: EntityId, event: &Event) {
        field_label(ui, desk.style, "Participants");
        let all = || -> Vec<(Ref<EntityId>, Role)> {
            event.participants.iter().map(|p| (Ref::Id(p.actor), p.role)).collect()
        };
        let set = |participants| {
            let with = EntityFields { participants: Some(participants), ..EntityFields::default() };
            set_entity(id, with)
        };
        for (i, participant) in event.participants.iter().enumerate() {
            ui.horizontal(|ui| {
                let name = desk.notebook().name(participant.actor);
                let what = format!("Role of {name}");
                if let Some(role) =
                    choice(ui, ("role", id, i), &what, participant.role, &Role::ALL, Role::label)
                {
                    let mut changed = all();
                    changed[i].1 = role;
                    desk.edit(set(changed));
                }
                let remove = format!("Remove participant {name}");
                if icon_button(ui, desk.style, ICON_CLOSE, &remove).clicked() {
                    let mut rest = all();
                    rest.remove(i);
                    desk.edit(set(rest));
                }
                if entity_row(ui, desk.style, desk.notebook(), participant.actor, ("part", i))
                    .clicked()
                {
                    desk.select(participant.actor);
                }
            });
        }
        let ask = an_actor("Add participant", "Add…", id);
        if let Some(chosen) = self.choose(ui, desk, field_key(id, "participants"), ask) {
            desk.edit(with_chosen(chosen, Kind::Actor, "Add participant", |new| {
                let mut more = all();
                more.push((new, Role::default()));
                set(more)
            }));
        }
    }

    /// Entities as chips, with a button that adds one; what was changed.
    pub(super) fn entities(
        &mut self,
        ui: &mut Ui,
        desk: &mut ViewState<'_>,
        ids: &[EntityId],
        (what, key): (&str, u64),
        ask: Ask<'_>,
    ) -> Option<Listed> {
        let mut change = None;
        let notebook = desk.notebook();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
            for (i, id) in ids.iter().enumerate() {
                let mark = notebook.entity(*id).map(|e| (e.kind(), e.is_anonymous()));
                match chip(ui, desk.style, mark, notebook.name(*id), what) {
                    Some(ChipClick::Words) => desk.select(*id),
                    Some(ChipClick::Remove) => change = Some(Listed::Without(without(ids, i))),
                    None => {}
                }
            }
            if let Some(chosen) = self.choose(ui, desk, key, ask) {
                change = Some(Listed::With(chosen));
            }
        });
        change
    }
}

/// How a list of entities was changed.
pub(super) enum Listed {
    /// One was taken off: those that are left.
    Without(Vec<Ref<EntityId>>),
    /// This one was added.
    With(Chosen),
}
