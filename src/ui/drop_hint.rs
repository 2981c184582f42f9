//! What is shown while files are held over the window: that they can be let go here, and what becomes of them.

use std::path::Path;

use egui::{Context, Order, Rect, RichText, Shape, Stroke, UiBuilder, vec2};
use egui_material_icons::icons::ICON_FILE_OPEN;

use super::kind_icons::icon;
use super::theme::Style;
use super::widgets::counted;
use crate::app::Program;
use crate::text::shown_name;

/// How far inside the window its line runs, in points, and how long its dashes are.
const INSIDE: f32 = 10.0;
const DASH: f32 = 8.0;

/// Draws it over everything, while files are held over the window.
pub fn drop_hint(ctx: &Context, program: &Program, style: &Style) {
    let held = ctx.input(|input| {
        let files = &input.raw.hovered_files;
        let first = files.first().map(|file| file.path.as_deref().and_then(named));
        first.map(|first| (files.len(), first.unwrap_or_default()))
    });
    let Some((count, first)) = held else { return };
    let all = ctx.content_rect();
    let what = match count {
        1 if !first.is_empty() => format!("Drop to open “{}”", shown_name(&first)),
        1 => "Drop to open the file".to_owned(),
        many => format!("Drop to open {}", counted(many, "file")),
    };
    let becomes = match program.open_notebook() {
        Some(_) => "Articles are added to this notebook.",
        None => "A new notebook begins with it.",
    };
    // A notebook is no article, whatever else is held with it.
    let becomes = Some(becomes).filter(|_| !is_notebook(&first));
    let area = egui::Area::new(egui::Id::unique("files held over the window"));
    area.order(Order::Tooltip).fixed_pos(all.min).interactable(false).show(ctx, |ui| {
        // Nearly all of what lies below is hidden: only the words are to be read.
        ui.painter().rect_filled(all, 0.0, style.canvas.gamma_multiply(0.9));
        let line = all.shrink(INSIDE);
        let corners = [
            line.left_top(),
            line.right_top(),
            line.right_bottom(),
            line.left_bottom(),
            line.left_top(),
        ];
        ui.painter().extend(Shape::dashed_line(
            &corners,
            Stroke::new(2.0, style.accent),
            DASH,
            DASH,
        ));
        let words =
            Rect::from_center_size(all.center(), vec2((all.width() - 80.0).min(520.0), 130.0));
        ui.scope_builder(UiBuilder::new().max_rect(words), |ui| {
            ui.vertical_centered(|ui| {
                let sign = RichText::new(ICON_FILE_OPEN.codepoint).size(40.0).color(style.accent);
                icon(ui, sign, "Drop");
                ui.label(RichText::new(what).font(style.heading()).color(style.ink));
                if let Some(becomes) = becomes {
                    ui.label(RichText::new(becomes).color(style.muted));
                }
            });
        });
    });
}

fn named(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

fn is_notebook(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}
