//! “Tag the rest” and “Tag all”: untagged places, each with its context and a checkbox.

use egui::{Context, Key, Modifiers, Rect, RichText, Ui, vec2};

use super::{Overlay, OverlayFrame};
use crate::app::{Intent, OpenNotebook, Program, TagRest, TagRestOf, TaggingIntent, Tool};
use crate::text::shown_name;
use crate::ui::concordance::Line;
use crate::ui::theme::Style;

const ROW: f32 = 30.0;

/// “Tag the rest”.
#[derive(Default)]
pub struct TagRestView;

impl Overlay for TagRestView {
    fn is_open(&self, _: &Program, book: &OpenNotebook) -> bool {
        matches!(book.tool(), Tool::Rest(_))
    }

    fn ui(&mut self, frame: &mut OverlayFrame<'_>) {
        let Tool::Rest(rest) = frame.book.tool() else { return };
        draw(frame.ctx, frame.book, rest, frame.style, frame.just_opened, frame.out);
    }
}

/// Draws the list.
fn draw(
    ctx: &Context,
    book: &OpenNotebook,
    rest: &TagRest,
    style: &Style,
    just_opened: bool,
    out: &mut Vec<Intent>,
) {
    let cursor_id = egui::Id::unique("rest cursor");
    if just_opened {
        ctx.data_mut(|data| data.insert_temp(cursor_id, 0_usize));
    }
    let mut cursor: usize = ctx.data(|data| data.get_temp(cursor_id)).unwrap_or(0);
    let last = rest.places.len().saturating_sub(1);
    ctx.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
            cursor = (cursor + 1).min(last);
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
            cursor = cursor.saturating_sub(1);
        }
        if input.consume_key(Modifiers::NONE, Key::Space) {
            out.push(Intent::Tagging(TaggingIntent::RestToggle(cursor)));
        }
        if input.consume_key(Modifiers::NONE, Key::A) {
            out.push(Intent::Tagging(TaggingIntent::RestAll(rest.count() < rest.places.len())));
        }
        if input.consume_key(Modifiers::NONE, Key::Enter) {
            out.push(Intent::Tagging(TaggingIntent::RestApply));
        }
    });
    ctx.data_mut(|data| data.insert_temp(cursor_id, cursor));

    let width = (ctx.content_rect().width() - 60.0).min(760.0);
    let modal = egui::Modal::new(egui::Id::unique("tag the rest")).show(ctx, |ui| {
        ui.set_width(width);
        let (title, of) = match &rest.of {
            TagRestOf::Entity(id) => (
                format!("Tag the rest: “{}”", book.notebook().name(*id)),
                "of its name and aliases",
            ),
            TagRestOf::Words(words) => (format!("Tag all: “{}”", short(words)), "in all articles"),
        };
        let title = shown_name(&title);
        ui.label(RichText::new(title).font(egui::FontId::new(17.0, style.bold.clone())));
        let count = rest.places.len();
        let places = if count == 1 { "occurrence" } else { "occurrences" };
        let then = match rest.of {
            TagRestOf::Entity(_) => "tags the selected ones as one step",
            TagRestOf::Words(_) => "continues to choosing the entity",
        };
        let more = if rest.cut { " (more not listed)" } else { "" };
        ui.label(
            RichText::new(format!(
                "{count} untagged {places} {of}{more}. Space selects, A selects all, Enter {then}."
            ))
            .color(style.muted),
        );
        ui.add_space(6.0);
        let height = (ctx.content_rect().height() - 260.0).clamp(120.0, 460.0);
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_rows(
            ui,
            ROW,
            count,
            |ui, range| {
                for i in range {
                    row(ui, book, rest, i, i == cursor, style, out);
                }
            },
        );
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let ticked = rest.count();
            if ui
                .button(match rest.of {
                    TagRestOf::Entity(_) => format!("Tag {ticked}"),
                    TagRestOf::Words(_) => format!("Tag {ticked} as…"),
                })
                .clicked()
            {
                out.push(Intent::Tagging(TaggingIntent::RestApply));
            }
            if ui.button("Cancel").clicked() {
                out.push(Intent::Cancel);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("None").clicked() {
                    out.push(Intent::Tagging(TaggingIntent::RestAll(false)));
                }
                if ui.button("All").clicked() {
                    out.push(Intent::Tagging(TaggingIntent::RestAll(true)));
                }
            });
        });
    });
    if modal.backdrop_response.clicked() {
        out.push(Intent::Cancel);
    }
}

fn row(
    ui: &mut Ui,
    book: &OpenNotebook,
    rest: &TagRest,
    i: usize,
    here: bool,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let Some(place) = rest.places.get(i) else { return };
    let ticked = rest.ticked.get(i).copied().unwrap_or(false);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    if here {
        ui.painter().rect_filled(rect, 6.0, style.chosen);
        crate::ui::widgets::keep_in_view(ui, &response);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, style.hovered);
    }
    let mut line = Line::default();
    if let Some(article) = book.notebook().article(place.article) {
        line = Line::of(&article.text, place.range.clone());
        line.end.clone_from(&article.about.title);
    }
    let label = line.name();
    let mut on = ticked;
    let box_rect = Rect::from_min_size(rect.min + vec2(6.0, 3.0), vec2(22.0, ROW - 6.0));
    let tick = ui.put(box_rect, egui::Checkbox::without_text(&mut on));
    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, ticked, &label));
    crate::ui::widgets::option(ui, &response, here, &label);
    if tick.changed() || response.clicked() {
        out.push(Intent::Tagging(TaggingIntent::RestToggle(i)));
    }
    let words = Rect::from_min_max(rect.min + vec2(34.0, 0.0), rect.max);
    line.paint(ui, style, words);
}

/// Words shortened for a title.
fn short(words: &str) -> String {
    match words.char_indices().nth(60) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}…", &words[..end]),
    }
}
