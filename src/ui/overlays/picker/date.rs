//! Of an event: its date.

use egui::{FontId, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::super::frame::select_all;
use super::part::PART;
use crate::app::{DateDraft, Intent, TaggingIntent};
use crate::ui::text_fields::text_field;
use crate::ui::theme::Style;
use crate::ui::widgets::cut;

/// The date of an event.
pub(super) fn when(
    ui: &mut Ui,
    date: &DateDraft,
    style: &Style,
    to_date: bool,
    out: &mut Vec<Intent>,
) {
    ui.horizontal(|ui| {
        let small = FontId::new(10.5, style.sans.clone());
        let (rect, _) = ui.allocate_exact_size(Vec2::new(46.0, PART), Sense::hover());
        let left = egui::Align2::LEFT_CENTER;
        let at = pos2(rect.left() + 2.0, rect.center().y);
        let key = ui.painter().text(at, left, "4", small, style.muted);
        let at = pos2(key.right() + 5.0, rect.center().y);
        ui.painter().text(at, left, "Date", FontId::new(13.0, style.sans.clone()), style.ink);
        let mut text = date.text.clone();
        let id = egui::Id::unique("picker date");
        let response = ui.add(
            crate::ui::limits::line(&mut text)
                .id(id)
                .hint_text("17 nov 2023, 2023-11~")
                .desired_width(150.0),
        );
        response.widget_info(|| text_field(&date.text, &text, "Date of the event"));
        if to_date {
            response.request_focus();
            select_all(ui, id, &text);
        }
        if text != date.text {
            out.push(Intent::Tagging(TaggingIntent::PickerDate(text)));
        }
        let found = date.found.as_ref().map_or("", |found| found.written.as_str());
        let said = match (&date.read, date.text.trim()) {
            (_, "") => String::new(),
            (Some(read), typed) if *read == typed && found.is_empty() => String::new(),
            (Some(read), typed) if *read == typed => format!("“{found}” in the text"),
            (Some(read), _) => read.clone(),
            (None, _) => "kept as written".to_owned(),
        };
        let galley = cut(ui, &said, style.small(), style.muted, ui.available_width());
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), PART), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        let at = pos2(rect.left() + 4.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, style.muted);
    });
}
