//! What a claim has that other entities have not: what it is about, its grade, the verdict.

use egui::Ui;

use super::details::Listed;
use super::{Inspector, ViewState, set_entity, with_chosen};
use crate::edit::{EntityFields, Ref};
use crate::notebook::{Claim, EntityId, Kind, Verdict};
use crate::ui::entity_chooser::Ask;
use crate::ui::fields::{Field, field_key};
use crate::ui::widgets::{choice, field_label};

/// Credibility of information: the figure of the Admiralty code (NATO AJP-2.1). 0 stands for none given.
const fn credibility(grade: u8) -> &'static str {
    match grade {
        1 => "1 · confirmed by other sources",
        2 => "2 · probably true",
        3 => "3 · possibly true",
        4 => "4 · doubtful",
        5 => "5 · improbable",
        6 => "6 · cannot be judged",
        _ => "not graded",
    }
}

impl Inspector {
    pub(super) fn claim(
        &mut self,
        ui: &mut Ui,
        desk: &mut ViewState<'_>,
        id: EntityId,
        claim: &Claim,
    ) {
        field_label(ui, desk.style, "About");
        let set =
            |about| set_entity(id, EntityFields { about: Some(about), ..EntityFields::default() });
        let ask = Ask {
            name: "Add subject",
            prompt: "Add…",
            kind: None,
            now: None,
            except: Some(id),
            new: false,
            nobody: false,
        };
        let key = field_key(id, "about");
        if let Some(change) = self.entities(ui, desk, &claim.about, ("subject", key), ask) {
            desk.edit(match change {
                Listed::Without(rest) => set(rest),
                Listed::With(chosen) => with_chosen(chosen, Kind::Actor, "About", |new| {
                    let mut all: Vec<_> = claim.about.iter().copied().map(Ref::Id).collect();
                    all.push(new);
                    set(all)
                }),
            });
        }
        egui::Grid::new(("claim", id)).num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
            field_label(ui, desk.style, "Credibility");
            let now = claim.credibility.unwrap_or(0);
            let grades = [0, 1, 2, 3, 4, 5, 6];
            if let Some(grade) =
                choice(ui, ("credibility", id), "Credibility", now, &grades, credibility)
            {
                let with = EntityFields { credibility: Some(grade), ..EntityFields::default() };
                desk.edit(set_entity(id, with));
            }
            ui.end_row();
            let none = Verdict { status: String::new(), reason: String::new() };
            let verdict = claim.verdict.as_ref().unwrap_or(&none);
            field_label(ui, desk.style, "Verdict");
            let key = field_key(id, "verdict");
            let field = Field::line("Verdict", "Your verdict, in a word or two");
            if let Some(status) = self.drafts.text(ui, key, &verdict.status, field).changed {
                let verdict = Verdict { status, reason: verdict.reason.clone() };
                let with = EntityFields { verdict: Some(verdict), ..EntityFields::default() };
                desk.typed(key, set_entity(id, with));
            }
            ui.end_row();
            // A reason needs a verdict to be the reason of.
            if claim.verdict.is_some() {
                field_label(ui, desk.style, "Reason");
                let key = field_key(id, "reason");
                let field = Field::lines("Reason for the verdict", "Why", 2);
                if let Some(reason) = self.drafts.text(ui, key, &verdict.reason, field).changed {
                    let verdict = Verdict { status: verdict.status.clone(), reason };
                    let with = EntityFields { verdict: Some(verdict), ..EntityFields::default() };
                    desk.typed(key, set_entity(id, with));
                }
                ui.end_row();
            }
        });
    }
}
