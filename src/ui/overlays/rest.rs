//! “Tag the rest”: the other places of an entity's names, each with its context and a checkbox.

use egui::{Context, Key, Modifiers, RichText, Ui};

use crate::app::{Book, Intent, Rest};
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
    let ground = if here { look.chosen } else { egui::Color32::TRANSPARENT };
    let inner = egui::Frame::new().fill(ground).corner_radius(6).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_width(ui.available_width());
            let mut on = ticked;
            let quote = &place.quote;
            let label = format!("{}{}{}", quote.prefix, quote.exact, quote.suffix);
            let tick = ui.checkbox(&mut on, "");
            tick.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::CheckBox, true, ticked, &label)
            });
            if tick.changed() {
                out.push(Intent::RestToggle(i));
            }
            let mut job = egui::text::LayoutJob::default();
            let font = egui::FontId::new(14.5, look.serif.clone());
            let plain = egui::TextFormat::simple(font.clone(), look.muted);
            let strong = egui::TextFormat::simple(
                egui::FontId::new(14.5, look.serif_bold.clone()),
                look.ink,
            );
            let flat = |text: &str| text.replace('\n', " ¶ ");
            job.append(&format!("…{}", flat(&quote.prefix)), 0.0, plain.clone());
            job.append(&flat(&quote.exact), 0.0, strong);
            job.append(&format!("{}…", flat(&quote.suffix)), 0.0, plain);
            job.wrap = egui::text::TextWrapping::truncate_at_width(ui.available_width() - 150.0);
            let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
            ui.label(galley);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let title = book
                    .notebook()
                    .article(place.article)
                    .map_or("", |article| article.about.title.as_str());
                let text = RichText::new(title).font(look.small()).color(look.muted);
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
    if here {
        inner.response.scroll_to_me(None);
    }
}
