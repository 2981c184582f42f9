//! The tools over the timeline: its lanes, what stands on it, zoom, the table beside it, and what hides or fades things.

use egui::{Rect, Ui, UiBuilder, pos2, vec2};
use egui_material_icons::icons::{
    ICON_ADD, ICON_CLOSE, ICON_ERROR, ICON_FIT_SCREEN, ICON_REMOVE, ICON_TABLE_ROWS,
};

use super::{TimelinePane, set};
use crate::app::{Command, Intent, OpenNotebook, Program, TimelineSettings};
use crate::inquiry::Spotlight;
use crate::timeline::LaneBy;
use crate::ui::text_fields::field_label;
use crate::ui::theme::Style;
use crate::ui::widgets::{counted, icon_button, segments};

/// How much one press of + or - zooms.
pub(super) const ZOOM: f64 = 1.4;

/// A pane wider than this (points) has room for a label before its tools on one line.
const ROOMY: f32 = 640.0;

impl TimelinePane {
    /// Draws the tools; what is left below them.
    #[allow(clippy::too_many_arguments, reason = "what a pane is drawn with")]
    pub(super) fn tools(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        pane: Rect,
        out: &mut Vec<Intent>,
        grip: impl FnOnce(&mut Ui),
    ) -> Rect {
        let settings = program.prefs().timeline;
        let tools = pane.shrink2(vec2(8.0, 5.0));
        // In a narrow pane they take several lines.
        let drawn = ui.scope_builder(UiBuilder::new().max_rect(tools), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
                grip(ui);
                // In a narrow pane the tools say it themselves.
                if pane.width() > ROOMY {
                    field_label(ui, style, "Lanes");
                }
                if let Some(lanes) =
                    segments(ui, "Lanes", settings.lanes, &LaneBy::ALL, LaneBy::label)
                {
                    out.push(set(program, TimelineSettings { lanes, ..settings }));
                    self.scroll = 0.0;
                }
                let mut statements = settings.statements;
                let toggle = ui
                    .checkbox(&mut statements, "Statements")
                    .on_hover_text("Statements of claims, on the day of their article");
                if toggle.changed() {
                    out.push(set(program, TimelineSettings { statements, ..settings }));
                }
                self.zoom_tools(ui, style, pane.width());
                let hint = Command::Chronology.hint_with_key();
                let table =
                    icon_button(ui, style, ICON_TABLE_ROWS, "Chronology: the same as a table");
                if table.on_hover_text(hint).clicked() {
                    out.push(Intent::Run(Command::Chronology));
                }
                self.said(ui, book, style, out);
            });
        });
        let top = (drawn.response.rect.bottom() + 5.0).min(pane.bottom());
        let line = egui::Stroke::new(1.0, style.lines);
        ui.painter().hline(pane.x_range(), top - 0.5, line);
        Rect::from_min_max(pos2(pane.left(), top), pane.max)
    }

    fn zoom_tools(&mut self, ui: &mut Ui, style: &Style, width: f32) {
        let middle = width * 0.5;
        for (icon, name, by) in
            [(ICON_REMOVE, "Zoom out (−)", 1.0 / ZOOM), (ICON_ADD, "Zoom in (+)", ZOOM)]
        {
            if icon_button(ui, style, icon, name).clicked() {
                self.view.zoom_at(middle, width, by);
                self.touched = true;
            }
        }
        if icon_button(ui, style, ICON_FIT_SCREEN, "Fit everything (F)").clicked() {
            self.fit = true;
        }
    }

    /// What is said while not everything is shown alike; each with a cross that ends it.
    fn said(&self, ui: &mut Ui, book: &OpenNotebook, style: &Style, out: &mut Vec<Intent>) {
        let timeline = self.model.timeline();
        let (all, exploration) = (timeline.items.dated.len(), book.exploration());
        if exploration.filter().count() > 0 {
            let shown = self.model.shown(book).count();
            field_label(ui, style, &format!("{shown} of {all} shown · filter on"));
            let text = Command::ClearFilter.text();
            if icon_button(ui, style, ICON_CLOSE, text).clicked() {
                out.push(Intent::Run(Command::ClearFilter));
            }
        }
        if *exploration.spotlight() != Spotlight::Off {
            field_label(ui, style, "Focus: the rest is faded");
            let text = Command::LeaveFocus.text();
            if icon_button(ui, style, ICON_CLOSE, text).clicked() {
                out.push(Intent::Run(Command::LeaveFocus));
            }
        }
        let left_out = timeline.items.undated_statements.len();
        if left_out > 0 {
            let words = format!("{} without a day", counted(left_out, "statement"));
            let label = field_label(ui, style, &words);
            label.on_hover_text("Their articles have no date: add it in Article details (Ctrl+I).");
        }
        let clashes = timeline.clashes.iter().filter(|clash| clash.is_contradiction()).count();
        if clashes > 0 {
            let words = match clashes {
                1 => "1 clash of dates".to_owned(),
                many => format!("{many} clashes of dates"),
            };
            let hint = "Dates that cannot all be right, marked with !; the review lists them.";
            // The sign that the events have, and its words on one line.
            let text = egui::RichText::new(format!("{} {words}", ICON_ERROR.codepoint));
            let text = text.font(style.small()).color(style.accent);
            let label = ui.add(egui::Label::new(text).extend().selectable(false));
            // The sign has no name of its own.
            ui.ctx().accesskit_node_builder(label.id, |node| {
                node.set_value(&*words);
                node.set_label(&*words);
            });
            label.on_hover_text(hint);
        }
        if let Some(left_out) = self.scene.as_ref().map(|scene| scene.left_out).filter(|n| *n > 0) {
            field_label(ui, style, &format!("{} not drawn: zoom in", counted(left_out, "link")));
        }
    }
}
