//! All keys.

use egui::{RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::Keys;
use crate::app::{Intent, Menu, Program};
use crate::ui::theme::Style;

/// Keys that belong to a pane rather than to a command.
const OTHERS: [(&str, &[(&str, &str)]); 3] = [
    (
        "In the reader",
        &[
            ("Arrows", "move the text cursor; with Shift select"),
            ("Ctrl+arrows", "by word"),
            ("Double-click, triple-click", "select a word, a paragraph"),
            ("Double-click on a mention", "the mentions of its entity"),
            ("Ctrl+wheel", "larger or smaller text"),
            ("1 – 9", "tag as one of the recent entities"),
            ("Right-click", "actions for what is under the pointer"),
        ],
    ),
    (
        "On the canvas",
        &[
            ("Wheel", "zoom"),
            ("Drag the background", "pan; with Shift select a box"),
            ("Drag a node's handle", "link to another node"),
            ("Arrows", "move between nodes; with Alt move the node"),
            (". and ,", "the links of the selected node"),
            ("Double-click", "an entity's mentions, a link's evidence"),
        ],
    ),
    (
        "In pickers and lists",
        &[
            ("↑ ↓, ⏎, Esc", "select, accept, close"),
            ("Alt+⏎", "accept, and add the words as an alias"),
            ("Alt+1 2 3", "actor, event, claim"),
            ("Space, A", "“Tag the rest”, “Tag all”: select one, select all"),
            ("↑ ↓, Page, Home, End", "Results and Suggestions: go to the words"),
            ("⏎", "Suggestions: accept as the most likely kind"),
        ],
    ),
];

/// The page.
pub struct KeysPage;

impl Page for KeysPage {
    type Question = Keys;

    fn open(_: &Keys, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, _: &Keys, frame: &mut PageFrame<'_>) {
        draw(ui, frame.program, frame.style, frame.out);
    }
}

/// Draws the page.
fn draw(ui: &mut Ui, program: &Program, style: &Style, out: &mut Vec<Intent>) {
    let width = (ui.ctx().content_rect().width() - 80.0).min(920.0);
    ui.set_width(width);
    title(ui, style, "Keyboard shortcuts");
    let height = (ui.ctx().content_rect().height() - 170.0).max(160.0);
    egui::ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.columns(3, |columns| {
            let menus = [
                &[Menu::File, Menu::Edit][..],
                &[Menu::Tag, Menu::Canvas],
                &[Menu::View, Menu::Help],
            ];
            for (column, menus) in columns.iter_mut().zip(menus) {
                for menu in menus {
                    heading(column, style, menu.label());
                    for command in program.commands().iter().filter(|c| c.menu() == *menu) {
                        let keys: Vec<String> = command.shortcuts().map(|key| key.text()).collect();
                        if !keys.is_empty() {
                            row(column, style, &keys.join(", "), &command.full_text());
                        }
                    }
                }
            }
            for (column, (name, rows)) in columns.iter_mut().zip(OTHERS) {
                heading(column, style, name);
                for (key, what) in rows {
                    row(column, style, key, what);
                }
            }
        });
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if super::first_button(ui, "Close").clicked() {
            out.push(Intent::Cancel);
        }
        ui.label(
            RichText::new("Single-letter keys do nothing while you type in a text field. Turn them off with View › Single-letter keys.")
                .font(style.small())
                .color(style.muted),
        );
    });
}

fn heading(ui: &mut Ui, style: &Style, text: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(text.to_uppercase()).font(style.small()).color(style.muted));
}

fn row(ui: &mut Ui, style: &Style, key: &str, what: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(RichText::new(key).font(egui::FontId::new(13.0, style.bold.clone())));
        ui.label(RichText::new(what).size(13.0).color(style.ink));
    });
}
