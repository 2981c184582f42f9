//! Find: a bar over the reader.

use egui::{Align2, Context, Key, Modifiers, Rect, RichText};

use super::{Overlay, OverlayFrame};
use crate::app::{
    Command, Effect, Find, FindQuery, Intent, OpenNotebook, Program, ReadingIntent, TaggingIntent,
};
use crate::ui::theme::Style;

/// The find bar's own state.
#[derive(Default)]
pub struct FindBar {
    focus: bool,
}

impl Overlay for FindBar {
    fn is_open(&self, _: &Program, book: &OpenNotebook) -> bool {
        book.find().is_some()
    }

    fn ui(&mut self, frame: &mut OverlayFrame<'_>) {
        if let (Some(find), Some(reader)) = (frame.book.find(), frame.shown.reader) {
            self.draw(frame.ctx, find, frame.style, reader, frame.out);
        }
    }

    fn apply_effect(&mut self, effect: &Effect) {
        if *effect == Effect::FocusFind {
            self.focus = true;
        }
    }
}

impl FindBar {
    /// Draws the find bar.
    fn draw(
        &mut self,
        ctx: &Context,
        find: &Find,
        style: &Style,
        reader: Rect,
        out: &mut Vec<Intent>,
    ) {
        let id = egui::Id::unique("find field");
        let focused = ctx.memory(|memory| memory.has_focus(id));
        if focused {
            let step = ctx.input_mut(|input| {
                if input.consume_key(Modifiers::SHIFT, Key::Enter) {
                    -1
                } else if input.consume_key(Modifiers::NONE, Key::Enter) {
                    1
                } else {
                    0
                }
            });
            if step != 0 {
                out.push(Intent::Reading(ReadingIntent::FindStep(step)));
            }
        }
        let width = (reader.width() - 24.0).clamp(220.0, 470.0);
        egui::Area::new(egui::Id::unique("find bar"))
            .order(egui::Order::Middle)
            .fixed_pos(reader.right_top() + egui::vec2(-12.0, 42.0))
            .pivot(Align2::RIGHT_TOP)
            .show(ctx, |ui| {
                egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(8)).show(ui, |ui| {
                    ui.set_width(width - 16.0);
                    let mut query = find.query.clone();
                    ui.horizontal(|ui| {
                        let edit = crate::ui::limits::line(&mut query.pattern)
                            .id(id)
                            .hint_text("Find in this article")
                            .desired_width(width - 190.0);
                        let response = ui.add(edit);
                        response.widget_info(|| {
                            crate::ui::text_fields::text_field(
                                &find.query.pattern,
                                &query.pattern,
                                "Find in this article",
                            )
                        });
                        if std::mem::take(&mut self.focus) {
                            response.request_focus();
                            super::frame::select_all(ui, id, &query.pattern);
                        }
                        ui.label(RichText::new(count(find)).font(style.small()).color(style.muted));
                        for (command, sign, by) in
                            [(Command::FindPrevious, "▲", -1), (Command::FindNext, "▼", 1)]
                        {
                            let button = ui
                                .add_enabled(find.total() > 0, egui::Button::new(sign).small())
                                .on_hover_text(command.hint_with_key());
                            button.widget_info(|| {
                                egui::WidgetInfo::labeled(egui::Role::Button, true, command.text())
                            });
                            if button.clicked() {
                                out.push(Intent::Reading(ReadingIntent::FindStep(by)));
                            }
                        }
                        let close = ui.small_button("✖").on_hover_text("Close (Esc)");
                        close.widget_info(|| {
                            egui::WidgetInfo::labeled(egui::Role::Button, true, "Close find")
                        });
                        if close.clicked() {
                            out.push(Intent::Cancel);
                        }
                    });
                    ui.horizontal(|ui| {
                        for (on, label, hint) in [
                            (&mut query.case_sensitive, "Aa", "Match case"),
                            (&mut query.accents, "é ≠ e", "Match accents"),
                            (&mut query.whole_word, "Whole word", "Match whole word"),
                            (
                                &mut query.regex,
                                "Regex",
                                "Use regular expression: a.c, (selon|d’après) \\w+",
                            ),
                            (
                                &mut query.everywhere,
                                "All articles",
                                "Find in all articles (Ctrl+Shift+F)",
                            ),
                        ] {
                            let text = RichText::new(label).font(style.small());
                            let toggle = ui.toggle_value(on, text).on_hover_text(hint);
                            let state = *on;
                            toggle.widget_info(|| {
                                egui::WidgetInfo::selected(egui::Role::CheckBox, true, state, hint)
                            });
                        }
                    });
                    if find.total() > 0 {
                        ui.horizontal(|ui| {
                            let list = ui
                                .small_button("List results")
                                .on_hover_text("List all results in context, in the Results pane");
                            if list.clicked() {
                                out.push(Intent::Reading(ReadingIntent::ListResults));
                            }
                            let tag = ui.small_button("Tag all…").on_hover_text(
                                "Choose which untagged results to tag, then the entity",
                            );
                            if tag.clicked() {
                                out.push(Intent::Tagging(TaggingIntent::TagResults));
                            }
                        });
                    }
                    if let Some(error) = &find.error {
                        ui.label(
                            RichText::new(error)
                                .font(egui::FontId::monospace(12.0))
                                .color(style.accent),
                        );
                    }
                    if query != find.query {
                        out.push(Intent::Reading(ReadingIntent::FindQuery(query)));
                    }
                });
            });
    }
}

fn count(find: &Find) -> String {
    let FindQuery { pattern, .. } = &find.query;
    match (find.position(), find.total()) {
        _ if pattern.is_empty() || find.error.is_some() => String::new(),
        (_, 0) if find.job.is_some() => "…".to_owned(),
        (_, 0) if find.cut => "Stopped".to_owned(),
        (_, 0) => "No results".to_owned(),
        (at, many) => {
            let more = if find.cut || find.job.is_some() { "+" } else { "" };
            format!("{}/{many}{more}", at.map_or(0, |i| i + 1))
        }
    }
}
