//! The bar that says that a day of the past is shown, with the slider over the days there are.

use egui::{RichText, Slider};
use egui_material_icons::icons::{ICON_CHEVRON_LEFT, ICON_CHEVRON_RIGHT, ICON_HISTORY};

use super::fields::{Drafts, Field, field_key};
use super::kind_icons::icon;
use super::theme::Style;
use super::widgets::{icon_button, named};
use crate::app::{Intent, Program, SessionIntent};

/// The bar, with the day being typed.
#[derive(Debug, Default)]
pub struct AsOfBar {
    drafts: Drafts,
}

impl AsOfBar {
    /// Draws the bar while a day is shown.
    pub fn ui(
        &mut self,
        ui: &mut egui::Ui,
        program: &Program,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        let Some((day, days)) = program.open_notebook().and_then(|book| book.as_of()) else {
            self.drafts.clear();
            return;
        };
        let mut go = None;
        let frame =
            egui::Frame::new().fill(style.chosen).inner_margin(egui::Margin::symmetric(14, 6));
        egui::Panel::top("as-of bar").frame(frame).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let sign = RichText::new(ICON_HISTORY.codepoint).size(16.0).color(style.accent);
                icon(ui, sign, "Past");
                ui.label(RichText::new("As of").strong().color(style.ink));
                let field = Field::line("Day shown", "2031-03-15").wide(92.0);
                let typed = self.drafts.date(ui, style, field_key("as of", "day"), day, field);
                go = typed.changed.filter(|text| text.len() == 10);
                // The last day that is not after the one shown.
                let at = days.iter().rposition(|known| known.as_str() <= day);
                let step = |ui: &mut egui::Ui, icon, name, to: Option<&String>| {
                    let button =
                        ui.add_enabled_ui(to.is_some(), |ui| icon_button(ui, style, icon, name));
                    to.filter(|_| button.inner.clicked()).cloned()
                };
                let before =
                    at.and_then(|at| if days[at] == day { at.checked_sub(1) } else { Some(at) });
                let before = before.and_then(|at| days.get(at));
                let after = days.get(at.map_or(0, |at| at + 1));
                if let Some(day) = step(ui, ICON_CHEVRON_LEFT, "Earlier day", before) {
                    go = Some(day);
                }
                if let Some(day) = step(ui, ICON_CHEVRON_RIGHT, "Later day", after) {
                    go = Some(day);
                }
                if days.len() > 1 {
                    let last = days.len() - 1;
                    let mut number = at.unwrap_or(0);
                    ui.spacing_mut().slider_width = 220.0;
                    // The rail is as light as the bar otherwise.
                    ui.visuals_mut().widgets.inactive.bg_fill = style.muted;
                    let slider = ui.add(Slider::new(&mut number, 0..=last).show_value(false));
                    named(ui, &slider, "Day, from the first judgement or article to the last");
                    if slider.changed() {
                        go = days.get(number).cloned();
                    }
                }
                ui.label(
                    RichText::new("What was judged and published later is left out. Read-only.")
                        .color(style.muted),
                );
                if ui.button("Back to the present").clicked() {
                    out.push(Intent::Session(SessionIntent::AsOf(None)));
                }
            });
        });
        if let Some(day) = go.filter(|go| go != day) {
            out.push(Intent::Session(SessionIntent::AsOf(Some(day))));
        }
    }
}
