//! “Tag the rest”: the other places of an entity's names, each with its context and a checkbox.

use egui::{Color32, Context, Key, Modifiers, Rect, RichText, Ui, pos2, vec2};

use crate::app::{Book, Intent, Rest};
use crate::inquiry::Place;
use crate::ui::look::Look;

const ROW: f32 = 30.0;

/// Draws “Tag the rest”.
pub fn ui(
    ctx: &Context,
    book: &Book,
    rest: &Rest,
    look: &Look,
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
            out.push(Intent::RestToggle(cursor));
        }
        if input.consume_key(Modifiers::NONE, Key::A) {
            out.push(Intent::RestAll(rest.count() < rest.places.len()));
        }
        if input.consume_key(Modifiers::NONE, Key::Enter) {
            out.push(Intent::RestApply);
        }
    });
    ctx.data_mut(|data| data.insert_temp(cursor_id, cursor));

    let width = (ctx.content_rect().width() - 60.0).min(760.0);
    let modal = egui::Modal::new(egui::Id::unique("tag the rest")).show(ctx, |ui| {
        ui.set_width(width);
        let name = book.notebook().name(rest.entity);
        ui.label(
            RichText::new(format!("Tag the rest: “{name}”"))
                .font(egui::FontId::new(17.0, look.bold.clone())),
        );
        let count = rest.places.len();
        let places = if count == 1 { "place" } else { "places" };
        ui.label(
            RichText::new(format!(
                "{count} untagged {places} of its name and aliases. Space ticks, A ticks all, Enter tags the ticked ones as one step."
            ))
            .color(look.muted),
        );
        ui.add_space(6.0);
        let height = (ctx.content_rect().height() - 260.0).clamp(120.0, 460.0);
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_rows(
            ui,
            ROW,
            count,
            |ui, range| {
                for i in range {
                    row(ui, book, rest, i, i == cursor, look, out);
                }
            },
        );
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let ticked = rest.count();
            if ui.button(format!("Tag {ticked}")).clicked() {
                out.push(Intent::RestApply);
            }
            if ui.button("Cancel").clicked() {
                out.push(Intent::Cancel);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("None").clicked() {
                    out.push(Intent::RestAll(false));
                }
                if ui.button("All").clicked() {
                    out.push(Intent::RestAll(true));
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
    book: &Book,
    rest: &Rest,
    i: usize,
    here: bool,
    look: &Look,
    out: &mut Vec<Intent>,
) {
    let Some(place) = rest.places.get(i) else { return };
    let ticked = rest.ticked.get(i).copied().unwrap_or(false);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    if here {
        ui.painter().rect_filled(rect, 6.0, look.chosen);
        crate::ui::widgets::keep_in_view(ui, &response);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, look.hovered);
    }
    let quote = &place.quote;
    let label = format!("{}{}{}", quote.prefix, quote.exact, quote.suffix);
    let mut on = ticked;
    let box_rect = Rect::from_min_size(rect.min + vec2(6.0, 3.0), vec2(22.0, ROW - 6.0));
    let tick = ui.put(box_rect, egui::Checkbox::without_text(&mut on));
    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, ticked, &label));
    if tick.changed() || response.clicked() {
        out.push(Intent::RestToggle(i));
    }
    words(ui, book, place, rect, look);
}

/// The words in the middle of their line, so that the eye runs down one column (a concordance).
fn words(ui: &Ui, book: &Book, place: &Place, rect: Rect, look: &Look) {
    let quote = &place.quote;
    let title =
        book.notebook().article(place.article).map_or("", |article| article.about.title.as_str());
    let lay = |text: String, family: &egui::FontFamily, size: f32, colour: Color32| {
        let font = egui::FontId::new(size, family.clone());
        ui.painter().layout_no_wrap(text.replace('\n', " ¶ "), font, colour)
    };
    let before = lay(format!("…{}", quote.prefix), &look.serif, 14.5, look.muted);
    let exact = lay(quote.exact.clone(), &look.serif_bold, 14.5, look.ink);
    let after = lay(format!("{}…", quote.suffix), &look.serif, 14.5, look.muted);
    let source = lay(title.to_owned(), &look.sans, 12.0, look.muted);
    let room = Rect::from_min_max(rect.min + vec2(34.0, 0.0), rect.max - vec2(150.0, 0.0));
    let column = room.left() + room.width() * 0.42;
    let top = |height: f32| rect.center().y - height / 2.0;
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    painter.galley(pos2(column - before.size().x, top(before.size().y)), before, look.muted);
    let end = column + exact.size().x;
    painter.galley(pos2(column, top(exact.size().y)), exact, look.ink);
    painter.galley(pos2(end, top(after.size().y)), after, look.muted);
    let room = Rect::from_min_max(rect.max - vec2(140.0, ROW), rect.max - vec2(14.0, 0.0));
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    painter.galley(pos2(room.left(), top(source.size().y)), source, look.muted);
}
