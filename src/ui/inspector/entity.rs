//! The page of an entity: its name, its details, its mentions and its links.

use egui::{Ui, vec2};
use egui_material_icons::icons::ICON_MORE_HORIZ;

use super::gather::LinkRow;
use super::{Inspector, Scope, id_of, set_entity};
use crate::app::{Command, Intent, ReadingIntent, Selection};
use crate::edit::EntityFields;
use crate::fields::{ENTITY, field};
use crate::notebook::{ActorKind, Detail, Entity, EntityId, Kind};
use crate::text::hidden_in;
use crate::ui::fields::{Field, field_key, focus_all};
use crate::ui::kind_icons::mark;
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{
    Row, alert, capital, chain_label, command_button, command_item, counted, heading, hint, named,
    quote,
};

impl Inspector {
    pub(super) fn entity(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: EntityId) {
        let notebook = scope.notebook();
        let Some(entity) = notebook.entity(id) else { return };
        self.gathered.entity(notebook, id);
        self.name(ui, scope, id, entity);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            command_button(ui, scope.program, Command::Link, scope.out);
            command_button(ui, scope.program, Command::TagTheRest, scope.out);
            let more = ui.menu_button(ICON_MORE_HORIZ.rich_text(), |ui| {
                crate::ui::lists::entity_menu(ui, scope.program, id, scope.out);
            });
            named(ui, &more.response, "More actions");
            let mut to_check = entity.to_check;
            if ui.checkbox(&mut to_check, "To check").changed() {
                let with = EntityFields { to_check: Some(to_check), ..EntityFields::default() };
                scope.edit(set_entity(id, with));
            }
        });
        super::set_aside::notice(ui, scope, id);
        if entity.kind() == Kind::Claim {
            self.sources(ui, scope, id);
        }
        self.details(ui, scope, id, entity);
        self.mentions(ui, scope, id, entity);
        self.links(ui, scope, id);
    }

    fn name(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: EntityId, entity: &Entity) {
        let kind = entity.kind();
        let key = field_key(id, "name");
        let what = match kind {
            Kind::Actor => "Name",
            Kind::Event => "Title",
            Kind::Claim => "Proposition",
        };
        ui.horizontal(|ui| {
            mark(ui, scope.style, kind, entity.is_anonymous());
            field_label(
                ui,
                scope.style,
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
                scope.style,
                &format!("Hidden characters in this name: {}", hidden.join(", ")),
            );
        }
        if let Some(name) = typed.changed {
            let with = EntityFields { name: Some(name), ..EntityFields::default() };
            scope.typed(key, set_entity(id, with));
        }
    }

    /// Shows its details: the fields of its kind, with the note last.
    fn details(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: EntityId, entity: &Entity) {
        let mut elsewhere =
            vec!["kind", "name", "to_check", "note", "status", "credibility", "reliability"];
        if let Detail::Actor(actor) = &entity.detail
            && matches!(actor.kind, ActorKind::Unset | ActorKind::Person | ActorKind::Anonymous)
            && actor.members.is_empty()
        {
            elsewhere.push("members");
        }
        let mut under_date = |ui: &mut Ui, scope: &mut Scope<'_>, key: &'static str| {
            if key == "date" {
                read_date(ui, scope, id);
            }
        };
        self.fields(ui, scope, (id, entity), ENTITY, &elsewhere, &mut under_date);
        match &entity.detail {
            Detail::Actor(_) => {}
            Detail::Event(event) => self.participants(ui, scope, id, event),
            Detail::Claim(claim) => self.replies(ui, scope, id, claim),
        }
        self.judgement(ui, scope, id, entity);
        ui.add_space(4.0);
        if let Some(note) = field::<Entity>("note") {
            super::field::label(ui, scope, note);
            self.control(ui, scope, (id, entity), note);
        }
    }

    fn mentions(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: EntityId, entity: &Entity) {
        let all = scope.notebook().mention_count_of(id);
        let (word, none) = if entity.kind() == Kind::Claim {
            ("Statements", "No statements yet: select words and press C.")
        } else {
            ("Mentions", "No mentions yet.")
        };
        heading(ui, scope.style, word, &all.to_string());
        if all == 0 {
            hint(ui, scope.style, none);
        }
        let bar = scope.style.kind(entity.kind());
        for row in &self.gathered.mentions {
            let colour = if row.alert { scope.style.accent } else { bar };
            let response =
                quote(ui, scope.style, &row.quote, colour, id_of(row.id, "quote"), "Mention");
            if let Some(chain) = &row.chain {
                chain_label(ui, scope.style, chain, scope.style.muted);
            }
            if response.clicked() {
                scope.out.push(Intent::Reading(ReadingIntent::GoToMention(row.id)));
            }
            if response.secondary_clicked() {
                scope.out.push(Intent::Select(Selection::mention(row.id, scope.notebook())));
            }
            response.context_menu(|ui| {
                for command in MENTION_COMMANDS {
                    // The selection that enables them is made in this frame: they are not greyed out meanwhile.
                    command_item(ui, None, command, scope.out);
                }
            });
        }
        if self.gathered.mentions.len() < all
            && ui.button(format!("Show more ({all} in total)")).clicked()
        {
            self.gathered.show_more();
        }
    }

    fn links(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: EntityId) {
        let all = scope.notebook().all_links_of(id).count();
        heading(ui, scope.style, "Links", &all.to_string());
        let named_by = &self.gathered.named_by;
        if !named_by.is_empty() {
            hint(ui, scope.style, &format!("Named by {named_by}."));
        } else if all == 0 {
            hint(ui, scope.style, "No links yet: press L, or drag from the handle on the canvas.");
        }
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let (from, into) = (&self.gathered.out, &self.gathered.into);
            for (title, rows, outwards) in [("Outgoing", from, true), ("Incoming", into, false)] {
                if rows.is_empty() {
                    continue;
                }
                field_label(ui, scope.style, title);
                for row in rows {
                    link_row(ui, scope, row, outwards);
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

/// The commands for a mention.
pub(super) const MENTION_COMMANDS: [Command; 6] = [
    Command::Untag,
    Command::Retag,
    Command::SplitMention,
    Command::Boundaries,
    Command::Note,
    Command::ToggleToCheck,
];

fn link_row(ui: &mut Ui, scope: &mut Scope<'_>, row: &LinkRow, outwards: bool) {
    let notebook = scope.notebook();
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
        shown.show(ui, scope.style, id_of(row.id, "row"), || format!("Link: {words}, {end}"));
    if response.clicked() {
        scope.out.push(Intent::Select(Selection::link(row.id)));
    }
}

/// Shows a button that sets the date resolved from the date as written.
fn read_date(ui: &mut Ui, scope: &mut Scope<'_>, id: EntityId) {
    let Some(date) = scope.program.read_date(id) else { return };
    let button = ui
        .small_button(format!("Read as {date}"))
        .on_hover_text("The date as written, resolved from the article’s date");
    if button.clicked() {
        let with = EntityFields { date: Some(date), ..EntityFields::default() };
        scope.edit(set_entity(id, with));
    }
}
