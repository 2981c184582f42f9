//! The sources of a claim: how well it is confirmed, in figures and in a sentence, for those who affirm it and those
//! who deny it.

use egui::{RichText, Ui};

use super::{Inspector, Scope};
use crate::app::Intent;
use crate::inquiry::sources::{ASSUMED, Figures};
use crate::notebook::EntityId;
use crate::text::shown_name;
use crate::ui::stopped::stopped;
use crate::ui::widgets::{alert, heading, hint, named};

impl Inspector {
    /// Shows the figures for a claim; nothing if it has no statements.
    pub(super) fn sources(ui: &mut Ui, scope: &mut Scope<'_>, claim: EntityId) {
        if scope.book.sources_have_failed() {
            heading(ui, scope.style, "Sources", "");
            alert(ui, scope.style, "The sources could not be worked out: the computation failed.");
            return;
        }
        if scope.book.sources_were_stopped() {
            heading(ui, scope.style, "Sources", "");
            let said = "Working out the sources was stopped.";
            if stopped(ui, scope.style, said, "Work out again") {
                scope.out.push(Intent::ResumeStopped);
            }
            return;
        }
        let Some(found) = scope.book.sources_of(claim) else { return };
        let stances: Vec<(&str, &Figures)> =
            [("Affirmed", &found.affirmed), ("Denied", &found.denied)]
                .into_iter()
                .filter_map(|(stance, figures)| Some((stance, figures.as_ref()?)))
                .collect();
        if stances.is_empty() {
            return;
        }
        heading(ui, scope.style, "Sources", if stances.len() > 1 { "contested" } else { "" });
        for (stance, figures) in stances {
            figures_of(ui, scope, stance, figures);
        }
        if !found.equivalent.is_empty() {
            let names = found.equivalent.iter().map(|id| shown_name(scope.notebook().name(*id)));
            let names: Vec<_> = names.collect();
            hint(ui, scope.style, &format!("Counted with: {}", names.join("; ")));
        }
        hint(ui, scope.style, ASSUMED);
    }
}

fn figures_of(ui: &mut Ui, scope: &Scope<'_>, stance: &str, figures: &Figures) {
    let short = format!(
        "{stance}: {} confirmed, at most {} independent",
        figures.confirmed, figures.at_most
    );
    let bold = egui::FontId::new(15.0, scope.style.bold.clone());
    let label = ui.label(RichText::new(&short).font(bold).color(scope.style.ink));
    named(ui, &label, &short);
    for circle in &figures.loops {
        let names: Vec<_> = circle.iter().map(|name| shown_name(name)).collect();
        alert(ui, scope.style, &format!("In a circle: {}", names.join(" ↔ ")));
    }
    hint(ui, scope.style, &shown_name(&figures.sentence()));
}
