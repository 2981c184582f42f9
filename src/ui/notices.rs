//! Notices, at the bottom of the window beside the text. Errors stay until dismissed; the rest goes after a while.

use std::time::Duration;

use egui::{Align2, Rect, RichText, Ui, pos2, vec2};

use super::theme::Style;
use crate::app::{Intent, Level, Notice, Program, Remedy, SessionIntent};

/// More are never on screen together; more errors wait behind them.
const MOST: usize = 3;
/// How wide a notice is at most, in points.
const WIDTH: f32 = 440.0;
/// How wide the button to an article's details is at most, in points.
const DETAILS_WIDTH: f32 = 120.0;
/// In less room than this no notice can be read.
const NARROWEST: f32 = 150.0;

/// A text is read in this pane: called in each frame that draws it. No notice covers it.
pub fn keep_clear(ui: &Ui) {
    keep_clear_of(ui.ctx(), ui.max_rect());
}

/// Somebody is at work in this rectangle: called in each frame that draws it. No notice covers it.
pub fn keep_clear_of(ctx: &egui::Context, rect: Rect) {
    let text = (ctx.cumulative_frame_nr(), rect);
    ctx.data_mut(|data| {
        let texts = data.get_temp_mut_or_default::<Vec<(u64, Rect)>>(texts_id());
        texts.retain(|(drawn, rect)| *drawn + 1 >= text.0 && *rect != text.1);
        texts.push(text);
    });
}

fn texts_id() -> egui::Id {
    egui::Id::unique("texts that are read")
}

/// The widest room beside these texts, between these two edges.
fn room(left: f32, right: f32, texts: &[Rect]) -> (f32, f32) {
    let mut texts: Vec<&Rect> = texts.iter().collect();
    texts.sort_by(|a, b| a.left().total_cmp(&b.left()));
    let (mut widest, mut from) = ((left, left), left);
    let end = Rect::from_min_max(pos2(right, 0.0), pos2(right, 0.0));
    for text in texts.into_iter().chain([&end]) {
        let to = text.left().min(right);
        // What is to the right counts as much: further room must be wider to be taken.
        if to - from > widest.1 - widest.0 {
            widest = (from, to);
        }
        from = from.max(text.right());
    }
    widest
}

/// Draws the notices.
pub fn ui(ctx: &egui::Context, program: &Program, style: &Style, out: &mut Vec<Intent>) {
    let now = ctx.input(|input| input.time);
    let all = ctx.content_rect();
    let frame = ctx.cumulative_frame_nr();
    let texts: Vec<(u64, Rect)> = ctx.data(|data| data.get_temp(texts_id())).unwrap_or_default();
    let texts: Vec<Rect> = texts
        .into_iter()
        .filter(|(drawn, rect)| *drawn + 1 >= frame && rect.bottom() > all.bottom() - 200.0)
        .map(|(_, rect)| rect)
        .collect();
    let (left, right) = room(all.left(), all.right(), &texts);
    let beside = right - left >= NARROWEST + 28.0;
    let width = if beside { (right - left - 28.0).min(WIDTH) } else { 300.0 };
    let mut up = 40.0;
    let mut shown = 0;
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
        // Where the text takes the whole width, one line stands at the end of the menu bar.
        if shown >= if beside { MOST } else { 1 } {
            continue;
        }
        shown += 1;
        let area = egui::Area::new(id).order(egui::Order::Foreground);
        let area = if beside {
            area.anchor(Align2::LEFT_BOTTOM, vec2(left - all.left() + 14.0, -up))
        } else {
            area.anchor(Align2::RIGHT_TOP, vec2(-4.0, 1.0))
        };
        let drawn = area.show(ctx, |ui| draw(ui, notice, style, (width, beside), out));
        up += drawn.response.rect.height() + 8.0;
    }
}

fn draw(
    ui: &mut Ui,
    notice: &Notice,
    style: &Style,
    (width, wraps): (f32, bool),
    out: &mut Vec<Intent>,
) {
    let (colour, icon) = match notice.level {
        Level::Info => (style.muted, egui_material_icons::icons::ICON_INFO),
        Level::Warning => (style.event, egui_material_icons::icons::ICON_WARNING),
        Level::Error => (style.accent, egui_material_icons::icons::ICON_ERROR),
    };
    let margin = if wraps { egui::Margin::symmetric(12, 8) } else { egui::Margin::symmetric(8, 0) };
    egui::Frame::popup(ui.style())
        .stroke(egui::Stroke::new(1.0, colour))
        .inner_margin(margin)
        .show(ui, |ui| {
            ui.set_max_width(width - 24.0);
            ui.horizontal(|ui| {
                super::kind_icons::icon(
                    ui,
                    icon.rich_text().size(17.0).color(colour),
                    level_word(notice),
                );
                let words = crate::text::shown_name(&notice.text);
                let text = egui::Label::new(RichText::new(&*words).color(style.ink));
                ui.scope(|ui| {
                    let button = if notice.remedy.is_some() { DETAILS_WIDTH } else { 0.0 };
                    ui.set_max_width((width - 94.0 - button).max(60.0));
                    if wraps {
                        ui.add(text.wrap());
                    } else {
                        ui.add(text.truncate()).on_hover_text(&*words);
                    }
                });
                if let Some(remedy) = &notice.remedy {
                    let (text, intent) = match remedy {
                        Remedy::Details(article) => {
                            ("Article details…", SessionIntent::ShowDetails(*article))
                        }
                        Remedy::Update(article, path) => (
                            "Update article…",
                            SessionIntent::UpdateArticle(*article, path.clone()),
                        ),
                        Remedy::Changes(article) => {
                            ("What changed…", SessionIntent::CompareLatest(*article))
                        }
                        Remedy::SideBySide(left, right) => {
                            ("Side by side", SessionIntent::ShowSideBySide(*left, *right))
                        }
                        Remedy::OpenTwice(path) => {
                            ("Open all the same", SessionIntent::OpenTwice(path.clone()))
                        }
                        Remedy::Gathering => ("What was opened…", SessionIntent::ShowGathering),
                    };
                    if ui.small_button(text).clicked() {
                        out.push(Intent::Session(intent));
                        out.push(Intent::DismissNotice(notice.serial));
                    }
                }
                let close = ui.small_button("✖").on_hover_text("Dismiss");
                close.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, "Dismiss the notice")
                });
                if close.clicked() {
                    out.push(Intent::DismissNotice(notice.serial));
                }
            });
        });
}

const fn level_word(notice: &Notice) -> &'static str {
    match notice.level {
        Level::Info => "Notice",
        Level::Warning => "Warning",
        Level::Error => "Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_room_beside_the_texts_is_taken() {
        let text = |from: f32, to: f32| Rect::from_min_max(pos2(from, 0.0), pos2(to, 100.0));
        assert_eq!(room(0.0, 1000.0, &[]), (0.0, 1000.0));
        assert_eq!(room(0.0, 1000.0, &[text(200.0, 600.0)]), (600.0, 1000.0));
        assert_eq!(room(0.0, 1000.0, &[text(500.0, 900.0)]), (0.0, 500.0));
        assert_eq!(room(0.0, 1000.0, &[text(600.0, 1000.0), text(0.0, 200.0)]), (200.0, 600.0));
        let (from, to) = room(0.0, 1000.0, &[text(0.0, 1000.0)]);
        assert!(to - from < 1.0);
    }
}
