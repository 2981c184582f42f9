//! An entity's page: its name, what is known of it, where it is mentioned, what it is linked to.

use egui::{Ui, vec2};
use egui_material_icons::icons::ICON_MORE_HORIZ;

use super::gather::LinkRow;
use super::{Inspector, ViewState, id_of, set_entity};
use crate::app::{Command, Intent, ReadingIntent, Selection};
use crate::edit::{EntityFields, Ref};
use crate::notebook::{Detail, Entity, EntityId, Kind};
use crate::text::hidden_in;
use crate::ui::fields::{Field, field_key, focus_all};
use crate::ui::kind_icons::mark;
use crate::ui::widgets::{
    Row, alert, capital, chain_label, chip, command_button, command_item, counted, field_label,
    heading, hint, named, quote,
};

impl Inspector {
    pub(super) fn entity(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>, id: EntityId) {
        let notebook = desk.notebook();
        let Some(entity) = notebook.entity(id) else { return };
        self.gathered.entity(notebook, id);
        self.name(ui, desk, id, entity);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            command_button(ui, desk.program, Command::Link, desk.out);
            command_button(ui, desk.program, Command::TagTheRest, desk.out);
            let more = ui.menu_button(ICON_MORE_HORIZ.rich_text(), |ui| {
                crate::ui::lists::entity_menu(ui, desk.program, id, desk.out);
            });
            named(ui, &more.response, "More actions");
            let mut to_check = entity.to_check;
            if ui.checkbox(&mut to_check, "To check").changed() {
                let with = EntityFields { to_check: Some(to_check), ..EntityFields::default() };
                desk.edit(set_entity(id, with));
            }
        });
        self.aliases(ui, desk, id, entity);
        match &entity.detail {
            Detail::Actor(actor) => self.actor(ui, desk, id, actor),
            Detail::Event(event) => self.event(ui, desk, id, event),
            Detail::Claim(claim) => self.claim(ui, desk, id, claim),
        }
        self.note(ui, desk, id, entity);
        self.mentions(ui, desk, id, entity);
        self.links(ui, desk, id);
    }

    fn name(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>, id: EntityId, entity: &Entity) {
        let kind = entity.kind();
        let key = field_key(id, "name");
        let what = match kind {
            Kind::Actor => "Name",
            Kind::Event => "Title",
            Kind::Claim => "Proposition",
        };
        ui.horizontal(|ui| {
            mark(ui, desk.style, kind, entity.is_anonymous());
            field_label(
                ui,
                desk.style,
                &format!("{} · {}", capital(kind.word()), what.to_lowercase()),
            );
        });
        let field = if kind == Kind::Claim {
            Field::lines(what, "One sentence that can be true or false", 2)
        } else {
            Field::line(what, "Name")
        };
        let typed = self.drafts.filled(ui, key, &entity.name, field);
        if std::mem::take(&mut self.focus) {
            typed.response.request_focus();
        }
        if self.focus_name {
            self.focus_name = false;
            focus_all(ui, &typed.response, &entity.name);
            typed.response.scroll_to_me(None);
        }
        let hidden = hidden_in(&entity.name);
        if !hidden.is_empty() {
            alert(
                ui,
                desk.style,
                &format!("Hidden characters in this name: {}", hidden.join(", ")),
            );
        }
        if let Some(name) = typed.changed {
            let with = EntityFields { name: Some(name), ..EntityFields::default() };
            desk.typed(key, set_entity(id, with));
        }
    }

    fn aliases(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>, id: EntityId, entity: &Entity) {
        field_label(ui, desk.style, "Aliases");
        let set = |aliases| {
            set_entity(id, EntityFields { aliases: Some(aliases), ..EntityFields::default() })
        };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
            for (i, alias) in entity.aliases.iter().enumerate() {
                if chip(ui, desk.style, None, alias, "alias").is_some() {
                    let mut rest = entity.aliases.clone();
                    rest.remove(i);
                    desk.edit(set(rest));
                }
            }
            let field = Field::line("Add alias", "Add alias").wide(150.0);
            if let Some(alias) = self.drafts.entry(ui, field_key(id, "alias"), field) {
                let mut all = entity.aliases.clone();
                all.push(alias);
                desk.edit(set(all));
            }
        });
    }

    fn note(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>, id: EntityId, entity: &Entity) {
        field_label(ui, desk.style, "Note");
        let key = field_key(id, "note");
        let field = Field::lines("Note", "Your own words", 1);
        if let Some(note) = self.drafts.text(ui, key, &entity.note, field).changed {
            let with = EntityFields { note: Some(note), ..EntityFields::default() };
            desk.typed(key, set_entity(id, with));
        }
    }

    fn mentions(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>, id: EntityId, entity: &Entity) {
        let all = desk.notebook().mention_count_of(id);
        let (word, none) = if entity.kind() == Kind::Claim {
            ("Statements", "No statements yet: select words and press C.")
        } else {
            ("Mentions", "No mentions yet.")
        };
        heading(ui, desk.style, word, &all.to_string());
        if all == 0 {
            hint(ui, desk.style, none);
        }
        let bar = desk.style.kind(entity.kind());
        for row in &self.gathered.mentions {
            let colour = if row.alert { desk.style.accent } else { bar };
            let response =
                quote(ui, desk.style, &row.quote, colour, id_of(row.id, "quote"), "Mention");
            if let Some(chain) = &row.chain {
                chain_label(ui, desk.style, chain, desk.style.muted);
            }
            if response.clicked() {
                desk.out.push(Intent::Reading(ReadingIntent::GoToMention(row.id)));
            }
            if response.secondary_clicked() {
                desk.out.push(Intent::Select(Selection::mention(row.id, desk.notebook())));
            }
            response.context_menu(|ui| {
                for command in MENTION_COMMANDS {
                    // The selection that enables them is made in this frame: they are not greyed meanwhile.
                    command_item(ui, None, command, desk.out);
                }
            });
        }
        if self.gathered.mentions.len() < all
            && ui.button(format!("Show more ({all} in total)")).clicked()
        {
            self.gathered.show_more();
        }
    }

    fn links(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>, id: EntityId) {
        let all = desk.notebook().links_of(id).count();
        heading(ui, desk.style, "Links", &all.to_string());
        let named_by = &self.gathered.named_by;
        if !named_by.is_empty() {
            hint(ui, desk.style, &format!("Named by {named_by}."));
        } else if all == 0 {
            hint(ui, desk.style, "No links yet: press L, or drag from the handle on the canvas.");
        }
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let (from, into) = (&self.gathered.out, &self.gathered.into);
            for (title, rows, outwards) in [("Outgoing", from, true), ("Incoming", into, false)] {
                if rows.is_empty() {
                    continue;
                }
                field_label(ui, desk.style, title);
                for row in rows {
                    link_row(ui, desk, row, outwards);
                }
            }
        });
        let listed = self.gathered.out.len() + self.gathered.into.len();
        if listed < all
            && ui.button(format!("Show more ({} in total)", counted(all, "link"))).clicked()
        {
            self.gathered.show_more();
        }
    }
}

/// What can be done with a mention.
pub(super) const MENTION_COMMANDS: [Command; 6] = [
    Command::Untag,
    Command::Retag,
    Command::SplitMention,
    Command::Boundaries,
    Command::Note,
    Command::ToggleToCheck,
];

fn link_row(ui: &mut Ui, desk: &mut ViewState<'_>, row: &LinkRow, outwards: bool) {
    let notebook = desk.notebook();
    let other = row.other.and_then(|id| notebook.entity(id));
    let name = other.map_or("a link", |e| e.name.as_str());
    let words = if outwards {
        format!("{} {name}", row.relation)
    } else {
        format!("{name} {}", row.relation)
    };
    let end = match row.evidence {
        0 => "no evidence".to_owned(),
        n => format!("evidence: {n}"),
    };
    let shown = Row {
        mark: other.map(|e| (e.kind(), e.is_anonymous())),
        text: &words,
        end: &end,
        alert: row.evidence == 0,
        ..Row::default()
    };
    let response =
        shown.show(ui, desk.style, id_of(row.id, "row"), || format!("Link: {words}, {end}"));
    if response.clicked() {
        desk.out.push(Intent::Select(Selection::link(row.id)));
    }
}

/// The references to all but the one at a place.
pub(super) fn without(ids: &[EntityId], i: usize) -> Vec<Ref<EntityId>> {
    let others = ids.iter().enumerate().filter(|(other, _)| *other != i);
    others.map(|(_, id)| Ref::Id(*id)).collect()
}
