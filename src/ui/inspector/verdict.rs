//! The verdict on a claim: its status and the reason for it.

use egui::Ui;

use super::{Inspector, Scope, set_entity};
use crate::edit::EntityFields;
use crate::notebook::{Claim, EntityId, Verdict};
use crate::ui::fields::{Field, field_key};
use crate::ui::widgets::field_label;

impl Inspector {
    pub(super) fn verdict(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        id: EntityId,
        claim: &Claim,
    ) {
        egui::Grid::new(("verdict", id)).num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
            let none = Verdict { status: String::new(), reason: String::new() };
            let verdict = claim.verdict.as_ref().unwrap_or(&none);
            field_label(ui, scope.style, "Verdict");
            let key = field_key(id, "verdict");
            let field = Field::line("Verdict", "Your verdict, in a word or two");
            if let Some(status) = self.drafts.text(ui, key, &verdict.status, field).changed {
                let verdict = Verdict { status, reason: verdict.reason.clone() };
                let with = EntityFields { verdict: Some(verdict), ..EntityFields::default() };
                scope.typed(key, set_entity(id, with));
            }
            ui.end_row();
            // Without a verdict there is nothing to give a reason for.
            if claim.verdict.is_some() {
                field_label(ui, scope.style, "Reason");
                let key = field_key(id, "reason");
                let field = Field::lines("Reason for the verdict", "Why", 2);
                if let Some(reason) = self.drafts.text(ui, key, &verdict.reason, field).changed {
                    let verdict = Verdict { status: verdict.status.clone(), reason };
                    let with = EntityFields { verdict: Some(verdict), ..EntityFields::default() };
                    scope.typed(key, set_entity(id, with));
                }
                ui.end_row();
            }
        });
    }
}
