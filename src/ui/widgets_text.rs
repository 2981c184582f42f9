//! Words that go with widgets: tooltips (what a command does and its key), and the names of text fields.

use crate::app::Command;

/// What a command does, with its key.
#[must_use]
pub fn with_key(command: Command) -> String {
    match command.shortcut() {
        Some(key) => format!("{}  ({})", command.hint(), key.text()),
        None => command.hint().to_owned(),
    }
}

/// What a screen reader is told of a text field: its text before and now, and its name. egui makes of a hint a
/// placeholder, and a field with nothing but a placeholder has no name.
#[must_use]
pub fn field(before: impl ToString, now: impl ToString, name: &str) -> egui::WidgetInfo {
    egui::WidgetInfo {
        label: Some(name.to_owned()),
        ..egui::WidgetInfo::text_edit(true, before, now, name)
    }
}
