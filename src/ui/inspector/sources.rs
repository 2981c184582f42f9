//! The sources of a claim: how well it is confirmed, in figures and in a sentence; the ladder of its chains; and what is
//! surer than its source. For those who affirm it and for those who deny it.

use egui::{RichText, Ui, vec2};

use super::{Inspector, Scope, id_of};
use crate::app::{Intent, ReadingIntent};
use crate::inquiry::sources::{ASSUMED, Drift, Figures, Ladder, MOST_RUNGS, Rung, Standing};
use crate::notebook::{EntityId, MentionId};
use crate::text::shown_name;
use crate::ui::stopped::stopped;
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{Row, alert, counted, heading, hint, named, quote};

/// The most departures that are shown.
const MOST_DRIFTS: usize = 20;

impl Inspector {
    /// Shows the figures for a claim; nothing if it has no statements.
    pub(super) fn sources(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, claim: EntityId) {
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
        if found.affirmed.is_none() && found.denied.is_none() {
            return;
        }
        heading(ui, scope.style, "Sources", if found.is_contested() { "contested" } else { "" });
        let ladders = scope.book.ladders_of(claim);
        let stances = [("Affirmed", &found.affirmed), ("Denied", &found.denied)];
        for (number, (stance, figures)) in stances.into_iter().enumerate() {
            let Some(figures) = figures else { continue };
            figures_of(ui, scope, stance, figures);
            if let Some(ladder) = ladders.and_then(|ladders| ladders.get(number)) {
                self.ladder(ui, scope, (claim, number), ladder);
            }
        }
        if !found.equivalent.is_empty() {
            let names = found.equivalent.iter().map(|id| shown_name(scope.notebook().name(*id)));
            let names: Vec<_> = names.collect();
            hint(ui, scope.style, &format!("Counted with: {}", names.join("; ")));
        }
        for drift in found.drifts.iter().take(MOST_DRIFTS) {
            drift_of(ui, scope, drift);
        }
        if found.drifts.len() > MOST_DRIFTS {
            let more = found.drifts.len() - MOST_DRIFTS;
            hint(
                ui,
                scope.style,
                &format!("and {more} more statements that depart from their source"),
            );
        }
        hint(ui, scope.style, ASSUMED);
    }

    /// Shows the chains as rungs, from the publishers down; a click on one goes to the sentences that record its step, one
    /// after the other.
    fn ladder(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        of: (EntityId, usize),
        ladder: &Ladder,
    ) {
        field_label(ui, scope.style, "Chains of speakers");
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            for (number, rung) in ladder.rungs.iter().enumerate() {
                let key = (of.0, of.1, number);
                if rung_row(ui, scope, key, rung) {
                    let next = match self.rung {
                        Some((last, next)) if last == key => next % rung.statements.len().max(1),
                        _ => 0,
                    };
                    self.rung = Some((key, next + 1));
                    let statement = rung.statements.get(next).copied();
                    scope.out.extend(statement.and_then(|id| way_to(scope, id)));
                }
            }
        });
        if ladder.cut_off {
            hint(ui, scope.style, &format!("The first {MOST_RUNGS} speakers are listed."));
        }
    }
}

/// The intent that goes to a statement's sentence and keeps the claim selected.
fn way_to(scope: &Scope<'_>, id: MentionId) -> Option<Intent> {
    let anchor = &scope.notebook().mention(id)?.anchor;
    Some(Intent::Reading(match anchor.range() {
        Some(range) => ReadingIntent::GoToPlace(anchor.article, range),
        None => ReadingIntent::GoToMention(id),
    }))
}

/// Shows one speaker of the ladder; returns whether it was clicked.
fn rung_row(ui: &mut Ui, scope: &Scope<'_>, key: (EntityId, usize, usize), rung: &Rung) -> bool {
    /// Deeper rungs are not moved further to the right.
    const DEEPEST: u16 = 8;
    let entity = rung.actor.and_then(|id| scope.notebook().entity(id));
    let mut end = Vec::new();
    if rung.in_loop {
        end.push("in a circle");
    }
    match rung.standing {
        Standing::Relays if rung.again => end.push("see above"),
        Standing::Relays => {}
        standing => end.push(standing.words()),
    }
    if rung.read {
        end.push("read");
    }
    if rung.on_withdrawn && rung.standing != Standing::Withdrawn {
        end.push("relies on what is set aside");
    }
    if rung.in_cut {
        end.push("cut");
    }
    let end = end.join(" · ");
    let step = if rung.depth == 0 { "" } else { "← " };
    let text = format!("{step}{}", rung.name);
    let after = match rung.statements.len() {
        0 | 1 => String::new(),
        many => format!("×{many}"),
    };
    let row = Row {
        mark: entity.map(|entity| (entity.kind(), entity.is_anonymous())),
        text: &text,
        after: &after,
        end: &end,
        alert: rung.in_loop,
        ..Row::default()
    };
    let name = || {
        let level = rung.depth + 1;
        let count = counted(rung.statements.len(), "statement");
        format!("Chain, level {level}: {}, {count}. {end}", shown_name(&rung.name))
    };
    let response = ui
        .horizontal(|ui| {
            ui.add_space(f32::from(rung.depth.min(DEEPEST)) * 14.0);
            row.show(ui, scope.style, id_of(key, "rung"), name)
        })
        .inner;
    let clicked = response.clicked();
    let mut help = "Go to the sentence that records this step.".to_owned();
    if rung.in_cut {
        help += " Cut: without these speakers no way is left.";
    }
    response.on_hover_text(help);
    clicked
}

/// Shows both sentences of a departure side by side.
fn drift_of(ui: &mut Ui, scope: &mut Scope<'_>, drift: &Drift) {
    let notebook = scope.notebook();
    alert(ui, scope.style, &format!("A statement is {}:", drift.kind.words()));
    for (which, id) in [("Statement", drift.statement), ("Source", drift.than)] {
        let Some(mention) = notebook.mention(id) else { continue };
        let Some(statement) = &mention.statement else { continue };
        let shown = super::gather::quote_at(notebook, &mention.anchor, false);
        let how =
            format!("{which} · {}, {}", statement.modality.label(), statement.polarity.label());
        field_label(ui, scope.style, &how);
        let key = id_of((drift.statement, drift.than, which), "drift");
        if quote(ui, scope.style, &shown, scope.style.claim, key, which).clicked() {
            scope.out.extend(way_to(scope, id));
        }
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
    if figures.at_most > 1 {
        let cut = figures.cut.iter().map(|group| group.join(" = ")).collect::<Vec<_>>();
        let cut = cut.join(", ");
        hint(ui, scope.style, &shown_name(&format!("Nothing is left without {cut} (the cut).")));
    }
}
