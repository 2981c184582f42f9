//! Notices, in the lower left corner. Errors stay until dismissed; the rest fades after a while.

use std::time::Duration;

use egui::{Align2, RichText};

use super::theme::Style;
use crate::app::{Intent, Level, Program};

/// Draws the notices.
pub fn ui(ctx: &egui::Context, program: &Program, look: &Style, out: &mut Vec<Intent>) {
    let now = ctx.input(|input| input.time);
    let mut up = 40.0;
    for notice in program.notices().iter().rev() {
        let id = egui::Id::unique(("notice", notice.serial));
        let since = ctx.data_mut(|data| *data.get_temp_mut_or_insert_with(id, || now));
        let stays = match notice.level {
            Level::Info => Some(5.0),
            Level::Warning => Some(20.0),
            Level::Error => None,
        };
        if let Some(stays) = stays {
            let left = since + stays - now;
            if left <= 0.0 {
                out.push(Intent::DismissNotice(notice.serial));
                continue;
            }
            ctx.request_repaint_after(Duration::from_secs_f64(left + 0.05));
        }
        let colour = match notice.level {
            Level::Info => look.muted,
            Level::Warning => look.event,
            Level::Error => look.accent,
        };
        let shown = egui::Area::new(id)
            .order(egui::Order::Foreground)
            .anchor(Align2::LEFT_BOTTOM, egui::vec2(14.0, -up))
            .show(ctx, |ui| {
                egui::Frame::popup(ui.style())
                    .stroke(egui::Stroke::new(1.0, colour))
                    .inner_margin(egui::Margin::symmetric(12, 8))
                    .show(ui, |ui| {
                        ui.set_max_width(440.0);
                        ui.horizontal(|ui| {
                            let word = match notice.level {
                                Level::Info => egui_material_icons::icons::ICON_INFO,
                                Level::Warning => egui_material_icons::icons::ICON_WARNING,
                                Level::Error => egui_material_icons::icons::ICON_ERROR,
                            };
                            ui.label(RichText::new(word.codepoint).size(17.0).color(colour));
                            let text = egui::Label::new(
                                RichText::new(crate::text::shown_name(&notice.text))
                                    .color(look.ink),
                            );
                            ui.scope(|ui| {
                                ui.set_max_width(370.0);
                                ui.add(text.wrap());
                            });
                            let close = ui.small_button("✖").on_hover_text("Dismiss");
                            close.widget_info(|| {
                                egui::WidgetInfo::labeled(
                                    egui::Role::Button,
                                    true,
                                    "Dismiss the notice",
                                )
                            });
                            if close.clicked() {
                                out.push(Intent::DismissNotice(notice.serial));
                            }
                        });
                    });
            });
        up += shown.response.rect.height() + 8.0;
    }
}
