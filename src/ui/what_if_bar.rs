//! The bar that says, beneath the bar above, what is taken to be otherwise, and lists what would change.

use egui::{RichText, ScrollArea, Ui, vec2};
use egui_material_icons::icons::ICON_CLOSE;

use super::text_fields::field_label;
use super::theme::Style;
use super::widgets::{Row, counted, hint, icon_button, named};
use crate::app::{
    ChartingIntent, Command, FindingsIntent, Intent, OpenNotebook, Program, Selection, Supposed,
    Supposition,
};
use crate::inquiry::sources::{ASSUMED, ClaimChange, Figures, WhatChanges};
use crate::notebook::{Notebook, check_edtf};
use crate::text::{shortened, shown_name};

/// The most changes that are listed.
const MOST: usize = 200;

/// Draws the bar while something is supposed.
pub fn what_if(ui: &mut Ui, program: &Program, style: &Style, out: &mut Vec<Intent>) {
    let Some(book) = program.open_notebook() else { return };
    let Some(supposed) = book.supposed() else { return };
    egui::Panel::top("what-if bar")
        .frame(egui::Frame::new().fill(style.surface).inner_margin(egui::Margin::symmetric(14, 6)))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for (number, one) in supposed.all.iter().enumerate() {
                supposition(ui, book.notebook(), style, number, one, out);
            }
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(result(&supposed)).strong().color(style.ink));
                super::widgets::command_button(ui, program, Command::ApplyWhatIf, out);
                super::widgets::command_button(ui, program, Command::DropWhatIf, out);
                hint(ui, style, ASSUMED);
            });
            if let Some(changes) = supposed.changes {
                list(ui, book, style, changes, out);
            }
        });
}

/// One thing that is supposed, with the date from which on, and a cross.
fn supposition(
    ui: &mut Ui,
    notebook: &Notebook,
    style: &Style,
    number: usize,
    one: &Supposition,
    out: &mut Vec<Intent>,
) {
    ui.horizontal_wrapped(|ui| {
        let name = |id| shown_name(notebook.name(id)).into_owned();
        let words = match one {
            Supposition::WithoutActor(id, _) => format!("What if “{}” were set aside", name(*id)),
            Supposition::WithoutArticle(id) => {
                let title = notebook.article(*id).map_or("", |article| &article.about.title);
                format!("What if the article “{}” were set aside", shown_name(&shortened(title)))
            }
            Supposition::Same(a, b) => {
                format!("What if “{}” and “{}” were one source", name(*a), name(*b))
            }
        };
        ui.label(RichText::new(words).color(style.ink));
        if let Supposition::WithoutActor(id, since) = one {
            field_label(ui, style, "since");
            let mut text = since.clone();
            let field =
                ui.add(crate::ui::limits::line(&mut text).hint_text("2031-03").desired_width(90.0));
            named(ui, &field, "Set aside since");
            if check_edtf(text.trim()).is_err() {
                super::widgets::alert(ui, style, "not a date: counts from the beginning");
            }
            if text != *since {
                let one = Supposition::WithoutActor(*id, text);
                out.push(FindingsIntent::Suppose(one).into());
            }
        }
        let drop = format!("Drop supposition {}", number + 1);
        if icon_button(ui, style, ICON_CLOSE, &drop).clicked() {
            out.push(FindingsIntent::DropSupposition(number).into());
        }
    });
}

fn result(supposed: &Supposed<'_>) -> String {
    match supposed.changes {
        Some(changes) if changes.claims.is_empty() && changes.links.is_empty() => {
            "Nothing would change.".to_owned()
        }
        Some(changes) => {
            let mut words = format!("{} would change", counted(changes.claims.len(), "claim"));
            if !changes.links.is_empty() {
                words += &format!(
                    ", {} would have no evidence left",
                    counted(changes.links.len(), "link")
                );
            }
            words + "."
        }
        None if supposed.stopped => "What would change was not worked out: stopped.".to_owned(),
        None => "Working out what would change…".to_owned(),
    }
}

/// The claims with their figures before and after, and the links without evidence.
fn list(
    ui: &mut Ui,
    book: &OpenNotebook,
    style: &Style,
    changes: &WhatChanges,
    out: &mut Vec<Intent>,
) {
    let notebook = book.notebook();
    let rows = (changes.claims.len() + changes.links.len()).min(MOST);
    if rows == 0 {
        return;
    }
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let height = super::widgets::ROW;
    let scroll = ScrollArea::vertical().max_height(height * 5.5).auto_shrink([false, true]);
    scroll.show_rows(ui, height, rows, |ui, range| {
        for i in range {
            let id = egui::Id::unique(("what if row", i));
            let response = if let Some(change) = changes.claims.get(i) {
                let claim = change.before.claim;
                let end = changes_in_short(change);
                let row = Row {
                    mark: Some((crate::notebook::Kind::Claim, false)),
                    text: notebook.name(claim),
                    end: &end,
                    ..Row::default()
                };
                let name = || format!("Claim: {}, {end}", shown_name(notebook.name(claim)));
                row.show(ui, style, id, name).clicked().then(|| {
                    vec![
                        Intent::Select(Selection::entity(claim)),
                        Intent::Charting(ChartingIntent::ShowOnCanvas(claim)),
                    ]
                })
            } else if let Some(link) = changes.links.get(i - changes.claims.len()) {
                let words = notebook.link(*link).map_or_else(String::new, |link| {
                    let to = link.to_entity().map_or("a link", |to| notebook.name(to));
                    let relation = notebook.relation_label(&link.relation);
                    format!("{} {relation} {to}", notebook.name(link.from))
                });
                let end = "no evidence left";
                let row = Row { text: &words, end, alert: true, ..Row::default() };
                let name = || format!("Link: {}, {end}", shown_name(&words));
                row.show(ui, style, id, name)
                    .clicked()
                    .then(|| vec![Intent::Select(Selection::link(*link))])
            } else {
                None
            };
            out.extend(response.into_iter().flatten());
        }
    });
    let all = changes.claims.len() + changes.links.len();
    if all > rows {
        hint(ui, style, &format!("The first {rows} of {all} are listed."));
    }
}

/// The figures that would be otherwise, in a few words: “0 confirmed, at most 2 → 0 confirmed, at most 1”.
fn changes_in_short(change: &ClaimChange) -> String {
    let (before, after) = (&change.before, &change.after);
    let stances =
        [("", &before.affirmed, &after.affirmed), ("denied: ", &before.denied, &after.denied)];
    let changed = stances.into_iter().filter(|(_, before, after)| before != after);
    let all: Vec<String> = changed
        .map(|(stance, before, after)| {
            format!("{stance}{} → {}", in_short(before), in_short(after))
        })
        .collect();
    all.join("; ")
}

fn in_short(figures: &Option<Figures>) -> String {
    figures.as_ref().map_or_else(
        || "no statements".to_owned(),
        |it| format!("{} confirmed, at most {}", it.confirmed, it.at_most),
    )
}
