//! What a person holds of a claim, an actor or a link: its grades with their meaning, why, and how it was judged before.

use egui::{RichText, Ui, vec2};
use egui_material_icons::icons::ICON_HELP;

use super::{Inspector, Scope, set_entity};
use crate::app::Command;
use crate::edit::{Edit, EntityFields, LinkFields, Ref};
use crate::fields::{Record, Value, field};
use crate::inquiry::sources::ClaimSources;
use crate::notebook::{
    ActorKind, Aspect, Assessment, ClaimStatus, Detail, Entity, EntityId, Grade, Link, LinkId,
    Reliability, credibility_definition,
};
use crate::text::{capital, shown_name};
use crate::ui::fields::{Field, field_key};
use crate::ui::widgets::{alert, command_button, heading, hint, named};

/// So many assessments are listed before the rest is asked for.
const LISTED: usize = 6;

impl Inspector {
    /// Shows what is held of a claim or an actor; nothing for an event.
    pub(super) fn judgement(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        id: EntityId,
        entity: &Entity,
    ) {
        let keys: &[&str] = match &entity.detail {
            Detail::Actor(_) => &["reliability"],
            Detail::Event(_) => return,
            Detail::Claim(_) => &["status", "credibility"],
        };
        heading(ui, scope.style, "Judgement", "");
        let reason_key = field_key(id, "reason");
        let mut edit = None;
        egui::Grid::new(("judgement", id)).num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
            for key in keys {
                let Some(field) = field::<Entity>(key) else { continue };
                super::field::label(ui, scope, field);
                ui.horizontal(|ui| {
                    if let Some(value) = self.grade(ui, (id, entity), field)
                        && let Some(Edit::SetEntity { with, .. }) = field.set(id, &value)
                    {
                        let reason = self.drafts.take(reason_key);
                        edit = Some(set_entity(id, EntityFields { reason, ..*with }));
                    }
                    meanings(ui, scope, key);
                });
                ui.end_row();
            }
        });
        for warning in warnings(entity, scope.book.sources_of(id)) {
            alert(ui, scope.style, &warning);
        }
        let name = "Reason for the judgement";
        if let Some(reason) = self.drafts.entry(ui, reason_key, Field::line(name, REASON)) {
            let mut with = EntityFields { reason: Some(reason), ..EntityFields::default() };
            match &entity.detail {
                Detail::Actor(actor) => {
                    let letter = actor.reliability.map(|letter| format!("{letter:?}"));
                    with.reliability = Some(letter.unwrap_or_default());
                }
                Detail::Event(_) => {}
                Detail::Claim(claim) => with.status = Some(claim.status),
            }
            edit = Some(set_entity(id, with));
        }
        scope.send(edit);
        self.history(ui, scope, field_key(id, "history"), entity.assessments());
    }

    /// Shows why a link is as strong as it is, and how it was judged before; its strength is among its fields.
    pub(super) fn judgement_of_link(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        id: LinkId,
        link: &Link,
    ) {
        heading(ui, scope.style, "Judgement", "");
        let reason_key = field_key(id, "reason");
        let mut edit = None;
        egui::Grid::new(("judgement", id)).num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
            let Some(field) = field::<Link>("strength") else { return };
            super::field::label(ui, scope, field);
            if let Some(value) = self.grade(ui, (id, link), field)
                && let Some(Edit::SetLink { with, .. }) = field.set(id, &value)
            {
                let reason = self.drafts.take(reason_key);
                let with = LinkFields { reason, ..with };
                edit = Some(Edit::SetLink { link: Ref::Id(id), with });
            }
            ui.end_row();
        });
        let name = "Reason for the judgement";
        if let Some(reason) = self.drafts.entry(ui, reason_key, Field::line(name, REASON)) {
            let (strength, reason) = (Some(link.strength), Some(reason));
            let with = LinkFields { strength, reason, ..LinkFields::default() };
            edit = Some(Edit::SetLink { link: Ref::Id(id), with });
        }
        scope.send(edit);
        self.history(ui, scope, field_key(id, "history"), &link.assessments);
    }

    /// Shows a list of grades; returns the one newly chosen.
    fn grade<R: Record>(
        &self,
        ui: &mut Ui,
        (id, record): (R::Id, &R),
        field: &'static crate::fields::Field<R>,
    ) -> Option<Value>
    where
        R::Id: std::hash::Hash + std::fmt::Debug,
    {
        let Some(Value::Number(now)) = field.value(record) else { return None };
        super::field::one_of(ui, (field.key, id), &field.name(), field.kind, now).map(Value::Number)
    }

    /// Lists assessments, the last one first; says where they are not signed.
    fn history(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, key: u64, all: &[Assessment]) {
        if scope.program.prefs().name.is_empty() && scope.book.read_only().is_none() {
            ui.horizontal_wrapped(|ui| {
                hint(ui, scope.style, "Judgements are not signed.");
                command_button(ui, scope.program, Command::YourName, scope.out);
            });
        }
        let whole = self.whole_history == Some(key);
        let most = if whole { all.len() } else { LISTED };
        for one in all.iter().rev().take(most) {
            assessment(ui, scope, one);
        }
        if all.len() > most && ui.button(format!("Show all {}", all.len())).clicked() {
            self.whole_history = Some(key);
        }
    }
}

/// What is shown in the empty field for a reason.
const REASON: &str = "Why? Goes with the next choice, or with Enter";

/// One assessment: what is held since then, what was held before, when, by whom and why.
fn assessment(ui: &mut Ui, scope: &Scope<'_>, one: &Assessment) {
    let now = capital(&long(one.new));
    let was =
        if one.old == one.new { "unchanged".to_owned() } else { format!("was {}", long(one.old)) };
    let day = if one.day().is_empty() { "undated" } else { one.day() };
    let signed = if one.by.is_empty() { day.to_owned() } else { format!("{day}, {}", one.by) };
    let reason = shown_name(&one.reason);
    let said = format!("{}: {now}, {was}. {signed}. {reason}", capital(one.aspect().word()));
    let frame =
        egui::Frame::new().inner_margin(egui::Margin { left: 10, top: 2, ..Default::default() });
    let response = frame
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                ui.label(RichText::new(now).strong().color(scope.style.ink));
                ui.label(RichText::new(was).color(scope.style.muted));
            });
            if !reason.is_empty() {
                ui.label(RichText::new(&*reason).color(scope.style.ink));
            }
            let small = scope.style.small();
            ui.label(RichText::new(shown_name(&signed)).font(small).color(scope.style.muted));
        })
        .response;
    let bar = egui::Rect::from_min_size(response.rect.min, vec2(2.0, response.rect.height()));
    ui.painter().rect_filled(bar, 1.0, scope.style.lines);
    named(ui, &response, &said);
}

/// A grade in a word or two, with its meaning where it is a letter or figure.
fn long(grade: Grade) -> String {
    let label = match grade {
        Grade::Reliability(Some(letter)) => letter.label(),
        Grade::Credibility(Some(figure)) => crate::fields::credibility_label(figure),
        other => return other.label(),
    };
    label.to_owned()
}

/// Shows a sign that opens the meaning of all values of a field.
fn meanings(ui: &mut Ui, scope: &Scope<'_>, key: &str) {
    let name = match key {
        "status" => "What each status means",
        "reliability" => "What the letters mean",
        _ => "What the figures mean",
    };
    let sign = ICON_HELP.rich_text().size(15.0).color(scope.style.muted);
    let menu = ui.menu_button(sign, |ui| {
        ui.set_max_width(380.0);
        if key != "status" {
            hint(ui, scope.style, "The Admiralty code (NATO AJP-2.1)");
        }
        egui::Grid::new("meanings").num_columns(1).spacing([0.0, 6.0]).show(ui, |ui| {
            let mut row = |label: &str, meaning: &str| {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.label(RichText::new(label).strong().color(scope.style.ink));
                    ui.label(RichText::new(meaning).color(scope.style.muted));
                });
                ui.end_row();
            };
            match key {
                "status" => {
                    for status in ClaimStatus::ALL {
                        row(&capital(status.label()), &format!("{}.", capital(status.meaning())));
                    }
                }
                "reliability" => {
                    for letter in Reliability::ALL {
                        row(letter.label(), letter.definition());
                    }
                }
                _ => {
                    for figure in 1..=6 {
                        let label = crate::fields::credibility_label(figure);
                        row(label, credibility_definition(figure));
                    }
                }
            }
        });
    });
    named(ui, &menu.response, name);
    menu.response.on_hover_text(name);
}

/// Grades that what is recorded does not bear out.
fn warnings(entity: &Entity, sources: Option<&ClaimSources>) -> Vec<String> {
    let mut found = Vec::new();
    match &entity.detail {
        Detail::Actor(actor) => {
            if actor.reliability == Some(Reliability::A) && actor.kind == ActorKind::Anonymous {
                found.push(
                    "“A · completely reliable” stands at an anonymous source: nobody else can judge it."
                        .to_owned(),
                );
            }
        }
        Detail::Event(_) => {}
        Detail::Claim(claim) => {
            let affirmed = sources
                .map(|sources| sources.affirmed.as_ref().map_or(0, |figures| figures.confirmed));
            if let Some(confirmed @ 0..2) = affirmed.filter(|_| claim.credibility == Some(1)) {
                found.push(format!(
                    "“1 · confirmed by other sources” stands here, and {} it.",
                    if confirmed == 0 {
                        "nobody whose words were read confirms"
                    } else {
                        "only one source whose words were read confirms"
                    }
                ));
            }
            let denied = sources.is_some_and(|sources| sources.denied.is_some());
            let mut judged = claim.assessments.iter().rev();
            let last = judged.find(|one| one.aspect() == Aspect::Status);
            let unexplained = last.is_none_or(|one| one.reason.is_empty());
            if claim.status == ClaimStatus::Supported && denied && unexplained {
                found.push("“Supported” stands here, and it is denied too: say why.".to_owned())
            }
        }
    }
    found
}
