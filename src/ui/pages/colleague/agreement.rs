//! How far the two agree: the figures, each with what it says in words.

use egui::{RichText, Ui};

use super::framed;
use crate::app::questions::Colleague;
use crate::inquiry::agreement::{Confusion, in_words};
use crate::notebook::Kind;
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::counted;

pub(super) fn ui(ui: &mut Ui, asked: &Colleague, height: f32, style: &Style) {
    let found = &asked.preview.agreement;
    framed(ui, style, |ui| {
        let area = egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        area.show(ui, |ui| {
            if found.articles.is_empty() {
                ui.label("There is no article that both of you tagged: nothing can be compared.");
                return;
            }
            let about = format!(
                "{} that both of you tagged, {} characters.",
                counted(found.articles.len(), "article"),
                found.scalars
            );
            ui.label(about);
            for both in &found.left_out {
                let name = asked.ours.subject_name(both.ours.into());
                let said = format!("Not counted, only one of you tagged it: {}", shown_name(&name));
                ui.label(RichText::new(said).color(style.muted));
            }
            heading(ui, "Where the words are that matter", style);
            explained(
                ui,
                "Krippendorff’s α for unitising: 1 is agreement on every span, 0 what chance would give.",
                style,
            );
            table(ui, "spans", |ui| {
                row(ui, "All", found.alpha(), String::new());
                for (at, kind) in Kind::ALL.into_iter().enumerate() {
                    let [ours, theirs] = found.units[at];
                    let counts = format!("yours {ours}, theirs {theirs}");
                    row(ui, kind.plural(), found.alpha_of(kind), counts);
                }
            });
            heading(ui, "What the same words were taken for", style);
            let [ours, theirs] = found.alone;
            let counts = format!(
                "Both of you tagged {}; only you {ours} more, only your colleague {theirs} more.",
                counted(found.together(), "span")
            );
            ui.label(counts);
            explained(ui, "Cohen’s κ: 1 is the same for all of them, 0 what chance would give.", style);
            table(ui, "coded", |ui| {
                coded(ui, "Kind", &found.kinds, found.ambiguous_kinds);
                coded(ui, "Entity", &found.entities, found.ambiguous_entities);
            });
            for ((a, b), count) in found.kinds.counts.iter().filter(|((a, b), _)| a != b) {
                ui.label(format!(
                    "{} for you, {} for your colleague: {count}",
                    crate::text::capital(a.word()),
                    b.word()
                ));
            }
            explained(
                ui,
                "By custom 0.8 is asked for, and 0.667 where conclusions are tentative. The figures say how alike two people \
                 tagged, not who is right.",
                style,
            );
        });
    });
}

fn heading(ui: &mut Ui, text: &str, style: &Style) {
    ui.add_space(8.0);
    ui.label(RichText::new(text).font(egui::FontId::new(15.0, style.bold.clone())));
}

fn explained(ui: &mut Ui, text: &str, style: &Style) {
    ui.add(egui::Label::new(RichText::new(text).color(style.muted)).wrap());
}

fn table(ui: &mut Ui, id: &str, rows: impl FnOnce(&mut Ui)) {
    egui::Grid::new(id).num_columns(4).spacing([20.0, 4.0]).show(ui, rows);
}

fn row(ui: &mut Ui, what: &str, figure: Option<f64>, counts: String) {
    ui.label(what);
    // A figure without a name tells a screen reader nothing.
    let number = figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.2}"));
    let label = ui.label(RichText::new(&number).strong());
    let told = format!("{what}: {number}, {}", in_words(figure));
    label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, told.clone()));
    ui.label(in_words(figure));
    ui.label(counts);
    ui.end_row();
}

fn coded<C: Ord + Copy>(ui: &mut Ui, what: &str, table: &Confusion<C>, ambiguous: usize) {
    let mut counts = format!("the same in {} of {}", table.same(), table.all());
    if ambiguous > 0 {
        counts.push_str(&format!("; {ambiguous} left out, where one of you gave several"));
    }
    row(ui, what, table.kappa(), counts);
}
