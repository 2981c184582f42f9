//! The panel with the named views and the conditions of the filter.

use std::collections::BTreeSet;

use egui::{Area, Id, Order, Rect, RichText, ScrollArea, Ui, Vec2};

use super::saved_views::views;
use crate::app::{ChartingIntent, Command, Intent, OpenNotebook};
use crate::notebook::{Family, Filter, Kind, Strength, check_edtf};
use crate::text::shown_name;
use crate::ui::text_fields::field_label;
use crate::ui::theme::Style;
use crate::ui::widgets::{alert, heading, icon_button, named};

/// How wide the panel is, in points.
pub const WIDTH: f32 = 264.0;

/// Draws the panel while it is open, at the top of this place: where it lies.
pub fn filter_panel(
    ui: &Ui,
    pane: Rect,
    style: &Style,
    book: &OpenNotebook,
    out: &mut Vec<Intent>,
) -> Option<Rect> {
    if !book.exploration().panel_is_open() || pane.width() < WIDTH || pane.height() < 120.0 {
        return None;
    }
    let before = book.exploration().filter();
    let mut filter = before.clone();
    let area = Area::new(Id::unique("canvas filter"))
        .order(Order::Middle)
        .constrain_to(pane)
        .fixed_pos(pane.left_top() + Vec2::new(10.0, 6.0));
    let shown = area.show(ui.ctx(), |ui| {
        egui::Frame::popup(ui.style()).inner_margin(10).show(ui, |ui| {
            ui.set_width(WIDTH - 20.0);
            ui.horizontal(|ui| {
                ui.label(RichText::new("Views and filter").strong());
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let close = egui_material_icons::icons::ICON_CLOSE;
                    if icon_button(ui, style, close, "Close filter").clicked() {
                        out.push(Intent::Run(Command::ToggleFilter));
                    }
                    let clear = egui::Button::new("Clear").small();
                    if ui.add_enabled(before.count() > 0, clear).clicked() {
                        filter = before.without_conditions();
                    }
                });
            });
            ScrollArea::vertical()
                .max_height((pane.height() - 76.0).max(40.0))
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    views(ui, style, book, out);
                    conditions(ui, style, book, &mut filter);
                });
        });
    });
    if filter != *before {
        out.push(Intent::Charting(ChartingIntent::SetFilter(Box::new(filter))));
    }
    Some(shown.response.rect)
}

/// A box for one value of a condition: ticked, only what has one of the ticked values is shown.
fn tick<T: Ord + Clone>(ui: &mut Ui, set: &mut BTreeSet<T>, value: &T, label: &str) {
    let mut on = set.contains(value);
    if ui.checkbox(&mut on, shown_name(label)).changed() {
        if on {
            set.insert(value.clone());
        } else {
            set.remove(value);
        }
    }
}

fn conditions(ui: &mut Ui, style: &Style, book: &OpenNotebook, filter: &mut Filter) {
    let notebook = book.notebook();
    ui.spacing_mut().item_spacing.y = 3.0;
    heading(ui, style, "Show only", "");
    ui.horizontal_wrapped(|ui| {
        for kind in Kind::ALL {
            tick(ui, &mut filter.kinds, &kind, kind.plural());
        }
    });
    ui.checkbox(&mut filter.with_evidence, "With evidence")
        .on_hover_text("Links with evidence, entities with a mention");
    let mut derived = !filter.hide_derived;
    ui.checkbox(&mut derived, "Derived links").on_hover_text(
        "Who cites whom, who says what, who took part, what claims are about: links that follow from statements and \
         fields",
    );
    filter.hide_derived = !derived;
    ui.checkbox(&mut filter.to_check, "To check")
        .on_hover_text("Items marked “to check”, and the ends of marked links");

    heading(ui, style, "Dates", "");
    ui.horizontal(|ui| {
        for (text, name, hint) in
            [(&mut filter.from, "From", "2023-11"), (&mut filter.to, "Until", "2024")]
        {
            field_label(ui, style, name);
            let field = ui.add(crate::ui::limits::line(text).hint_text(hint).desired_width(76.0));
            named(ui, &field, name);
        }
    });
    for text in [&filter.from, &filter.to] {
        if let Err(why) = check_edtf(text.trim()) {
            alert(ui, style, &why.to_string());
        }
    }
    ui.label(
        RichText::new("Applies to events and links. Items without a date stay.")
            .small()
            .color(style.muted),
    );

    heading(ui, style, "Link strength", "");
    ui.horizontal_wrapped(|ui| {
        for strength in Strength::ALL {
            tick(ui, &mut filter.strengths, &strength, strength.label());
        }
    });

    if notebook.articles().len() > 1 || !filter.articles.is_empty() {
        heading(ui, style, "Articles", "");
        for id in notebook.articles_in_order() {
            let title = notebook.article(id).map_or("", |article| &article.about.title);
            tick(ui, &mut filter.articles, &id, title);
        }
    }

    heading(ui, style, "Relations", "");
    for family in Family::ALL {
        let all: Vec<_> = notebook.relations_in_use().filter(|(_, r)| r.family == family).collect();
        if all.is_empty() {
            continue;
        }
        let on = all.iter().filter(|(id, _)| filter.relations.contains(*id)).count();
        let title = match on {
            0 => family.label().to_owned(),
            on => format!("{} ({on})", family.label()),
        };
        egui::CollapsingHeader::new(title).id_salt(family).show(ui, |ui| {
            for (id, relation) in all {
                tick(ui, &mut filter.relations, id, &relation.label);
            }
        });
    }
    ui.label(
        RichText::new("Choosing relations or strengths hides entities without such links.")
            .small()
            .color(style.muted),
    );
}
