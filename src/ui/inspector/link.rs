//! The page of a link: its ends and relation, how well it is established, and the sentences that support it.

use egui::{RichText, Ui, vec2};
use egui_material_icons::icons::ICON_CLOSE;

use super::gather::EvidenceRow;
use super::{Inspector, Scope, id_of};
use crate::app::{Command, Intent, ReadingIntent};
use crate::edit::{Edit, LinkFields, Ref};
use crate::fields::LINK;
use crate::inquiry::relations_between;
use crate::notebook::{EntityId, Family, Link, LinkId, RelationId, Target};
use crate::text::shown_name;
use crate::ui::kind_icons::mark;
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{
    alert, body, command_button, counted, heading, hint, icon_button, named, quote, tag,
};

impl Inspector {
    pub(super) fn link(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: LinkId) {
        let notebook = scope.notebook();
        let Some(link) = notebook.any_link(id) else { return };
        self.gathered.link(notebook, id);
        sentence(ui, scope, link);
        if id.is_derived() {
            self.derived_link(ui, scope, id, link);
            return;
        }
        if notebook.derived_twin(link).is_some() {
            hint(
                ui,
                scope.style,
                "Statements and fields record this already: see the derived link.",
            );
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
            tag(ui, scope.style, link.basis.label());
            tag(ui, scope.style, link.strength.label());
            if !link.directed {
                tag(ui, scope.style, "undirected");
            }
            if link.to_check {
                tag(ui, scope.style, "to check");
            }
        });
        self.evidence(ui, scope, id, link);

        heading(ui, scope.style, "Link", "");
        let set = |with| Edit::SetLink { link: Ref::Id(id), with };
        ui.horizontal_wrapped(|ui| {
            if let Some(relation) =
                relation_choice(ui, scope, id, link, std::mem::take(&mut self.focus))
            {
                scope.edit(set(LinkFields { relation: Some(relation), ..LinkFields::default() }));
            }
            command_button(ui, scope.program, Command::ReverseLink, scope.out);
            command_button(ui, scope.program, Command::Delete, scope.out);
        });
        let with_own_control = ["from", "relation", "to", "evidence", "strength"];
        self.fields(ui, scope, (id, &**link), LINK, &with_own_control, &mut |_, _, _| {});
        self.judgement_of_link(ui, scope, id, link);
    }

    /// A derived link: what it follows from, each with a click to its place.
    fn derived_link(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: LinkId, link: &Link) {
        ui.horizontal_wrapped(|ui| tag(ui, scope.style, "derived"));
        let of_chain = ["cites", "says", "denies"].contains(&link.relation.0.as_str());
        let (what, where_changed) = match (of_chain, link.relation.0.as_str()) {
            (true, _) => ("statement", "their chains of speakers or the article’s publisher"),
            (false, "about") => ("mention", "what the claim is about"),
            (false, _) => ("mention", "the event’s participants"),
        };
        let count = counted(link.evidence.len(), what);
        heading(ui, scope.style, "Follows from", &count);
        hint(
            ui,
            scope.style,
            &format!("It is not stored and cannot be edited: it changes with {where_changed}."),
        );
        self.evidence_rows(ui, scope, id, false);
    }

    fn evidence(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: LinkId, link: &Link) {
        if link.evidence.is_empty() {
            alert(ui, scope.style, "No evidence");
            hint(
                ui,
                scope.style,
                "Select the words that support this link in the article, then add them here.",
            );
        }
        self.evidence_rows(ui, scope, id, true);
        command_button(ui, scope.program, Command::AddEvidence, scope.out);
    }

    /// The sentences, with a button each to remove it where that is possible.
    fn evidence_rows(&self, ui: &mut Ui, scope: &mut Scope<'_>, id: LinkId, removable: bool) {
        for (i, row) in self.gathered.evidence.iter().enumerate() {
            ui.horizontal_top(|ui| {
                let room = (ui.available_width() - 30.0).max(60.0);
                ui.allocate_ui(vec2(room, 0.0), |ui| {
                    let response = quote(
                        ui,
                        scope.style,
                        &row.quote,
                        scope.style.accent,
                        id_of((id, i), "evidence"),
                        "Evidence",
                    );
                    if response.clicked() {
                        scope.out.extend(way_to(row));
                    }
                });
                let name = format!("Remove evidence {}", i + 1);
                if removable && icon_button(ui, scope.style, ICON_CLOSE, &name).clicked() {
                    scope.edit(Edit::RemoveEvidence { link: Ref::Id(id), index: i });
                }
            });
        }
    }
}

/// The intent that goes to a piece of evidence. A mention is opened by its position if that is known, so that the link
/// stays selected.
fn way_to(row: &EvidenceRow) -> Option<Intent> {
    match (&row.place, row.mention) {
        (Some((article, range)), _) => {
            Some(Intent::Reading(ReadingIntent::GoToPlace(*article, range.clone())))
        }
        (None, Some(mention)) => Some(Intent::Reading(ReadingIntent::GoToMention(mention))),
        (None, None) => None,
    }
}

/// Shows the link as a sentence, “● Bloomberg relays ■ Les investisseurs…”; a click on an end selects it. If the
/// sentence does not fit on one line, each end gets its own line, because a wrapped name would be split into several
/// click targets.
fn sentence(ui: &mut Ui, scope: &mut Scope<'_>, link: &Link) {
    let notebook = scope.notebook();
    let bold = egui::FontId::new(15.0, scope.style.bold.clone());
    let relation = shown_name(notebook.relation_label(&link.relation)).into_owned();
    let ends = [Some(link.from), link.to_entity()];
    let mut needed = 60.0;
    for name in ends.iter().flatten().map(|id| notebook.name(*id)).chain([&*relation]) {
        let words = shown_name(name).into_owned();
        needed += ui.painter().layout_no_wrap(words, bold.clone(), scope.style.ink).size().x;
    }
    let in_one_line = needed <= ui.available_width();
    let relation = RichText::new(relation).font(bold).color(scope.style.accent);
    if in_one_line {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            end_of(ui, scope, "Start", ends[0]);
            ui.label(relation);
            end_of(ui, scope, "End", ends[1]);
        });
    } else {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal_top(|ui| end_of(ui, scope, "Start", ends[0]));
            ui.label(relation);
            ui.horizontal_top(|ui| end_of(ui, scope, "End", ends[1]));
        });
    }
}

/// Shows one end of a link; `None` stands for the link it targets.
fn end_of(ui: &mut Ui, scope: &mut Scope<'_>, which: &str, end: Option<EntityId>) {
    let notebook = scope.notebook();
    let Some((id, entity)) = end.and_then(|id| Some((id, notebook.entity(id)?))) else {
        ui.label(RichText::new("a link").font(body(scope.style)));
        return;
    };
    mark(ui, scope.style, entity.kind(), entity.is_anonymous());
    let font = egui::FontId::new(15.0, scope.style.bold.clone());
    let name = shown_name(&entity.name);
    let words = RichText::new(&*name).font(font).color(scope.style.ink);
    let response = ui
        .add(egui::Label::new(words).sense(egui::Sense::click()).wrap())
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    named(ui, &response, &format!("{which} of the link: {name}"));
    if response.clicked() {
        scope.select(id);
    }
}

/// Shows the relations to choose from, suitable ones first, then by family; returns a newly chosen one.
fn relation_choice(
    ui: &mut Ui,
    scope: &Scope<'_>,
    id: LinkId,
    link: &Link,
    focus: bool,
) -> Option<RelationId> {
    let notebook = scope.notebook();
    let mut chosen = None;
    let combo = egui::ComboBox::from_id_salt(("relation", id))
        .selected_text(shown_name(notebook.relation_label(&link.relation)))
        .height(360.0)
        .show_ui(ui, |ui| {
            let mut offer = |ui: &mut Ui, id: &RelationId| {
                let now = *id == link.relation;
                if ui.selectable_label(now, shown_name(notebook.relation_label(id))).clicked()
                    && !now
                {
                    chosen = Some(id.clone());
                }
            };
            let to = link.to_entity().map(Target::Entity);
            let all = relations_between(notebook, link.from, to);
            for family in Family::ALL {
                let mut named = false;
                for id in all
                    .iter()
                    .filter(|id| notebook.relations().get(id).is_some_and(|r| r.family == family))
                {
                    if !std::mem::replace(&mut named, true) {
                        field_label(ui, scope.style, family.label());
                    }
                    offer(ui, id);
                }
            }
        });
    named(ui, &combo.response, "Relation");
    if focus {
        combo.response.request_focus();
    }
    chosen
}
