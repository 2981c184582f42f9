//! Tabs, and the grip by which a pane is taken elsewhere.

use std::sync::Arc;

use egui::{Rect, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_DRAG_INDICATOR};
use egui_tiles::UiResponse;

use crate::app::Pane;
use crate::ui::theme::Style;

/// The grip that drags a pane elsewhere; and whether it was clicked twice.
pub(super) fn grip(ui: &mut Ui, style: &Style, pane: Pane) -> (UiResponse, bool) {
    // Painted, and no label: an icon is no name for a screen reader.
    let (rect, response) =
        ui.allocate_exact_size(egui::vec2(16.0, 18.0), egui::Sense::click_and_drag());
    let font = egui::FontId::new(15.0, ICON_DRAG_INDICATOR.font_family());
    let icon = ICON_DRAG_INDICATOR.codepoint;
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, icon, font, style.muted);
    let response = response
        .on_hover_cursor(egui::CursorIcon::Grab)
        .on_hover_text("Drag to move this pane, double-click to maximise it");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Unknown, true, format!("Move pane {}", pane.title()))
    });
    let drag = if response.drag_started() { UiResponse::DragStarted } else { UiResponse::None };
    (drag, response.double_clicked())
}

/// The width of what closes a tab, in points.
const CLOSE: f32 = 18.0;

/// An article's tab: the title, the red thread under the one in front, and what closes it; whether that was clicked.
pub(super) fn article_tab(
    ui: &mut Ui,
    style: &Style,
    title: &str,
    here: bool,
) -> (egui::Response, bool) {
    let size = tab_size(ui, style, title) + egui::vec2(CLOSE, 0.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    let words = rect.with_max_x(rect.right() - CLOSE);
    paint_tab(ui, style, words, &response, title, here);
    let cross = Rect::from_center_size(
        egui::pos2(rect.right() - CLOSE / 2.0 - 1.0, rect.center().y),
        egui::vec2(CLOSE - 2.0, 18.0),
    );
    let close = ui.interact(cross, response.id.with("close"), egui::Sense::click());
    if here || response.hovered() || close.hovered() || close.has_focus() {
        let colour = if close.hovered() || close.has_focus() { style.ink } else { style.muted };
        if close.hovered() || close.has_focus() {
            ui.painter().rect_filled(cross, 4.0, style.hovered);
        }
        let font = egui::FontId::new(13.0, ICON_CLOSE.font_family());
        ui.painter().text(
            cross.center(),
            egui::Align2::CENTER_CENTER,
            ICON_CLOSE.codepoint,
            font,
            colour,
        );
    }
    let name = format!("Close the tab {}", crate::text::shown_name(title));
    close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let clicked = close.on_hover_text("Close the tab; the article stays in the notebook").clicked();
    (response.on_hover_text(crate::text::shown_name(title)), clicked)
}

/// The title of a tab, cut where it is long.
fn tab_title(ui: &Ui, style: &Style, title: &str, colour: egui::Color32) -> Arc<egui::Galley> {
    let font = egui::FontId::new(14.0, style.sans.clone());
    let mut job = egui::text::LayoutJob::simple_singleline(
        crate::text::shown_name(title).into_owned(),
        font,
        colour,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(220.0);
    ui.ctx().fonts_mut(|fonts| fonts.layout_job(job))
}

pub(super) fn tab_size(ui: &Ui, style: &Style, title: &str) -> egui::Vec2 {
    let width = tab_title(ui, style, title, style.ink).size().x;
    egui::vec2(width + 20.0, ui.available_height())
}

pub(super) fn paint_tab(
    ui: &Ui,
    style: &Style,
    rect: Rect,
    response: &egui::Response,
    title: &str,
    here: bool,
) {
    let colour = if here { style.ink } else { style.muted };
    let galley = tab_title(ui, style, title, colour);
    if response.hovered() && !here {
        ui.painter().rect_filled(rect, 0.0, style.hovered);
    }
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, colour);
    if here || response.has_focus() {
        let line =
            Rect::from_min_max(rect.left_bottom() - egui::vec2(0.0, 2.0), rect.right_bottom());
        ui.painter().rect_filled(line, 0.0, if here { style.accent } else { style.muted });
    }
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, here, title));
}
