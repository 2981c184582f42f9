//! How much a text field takes. egui lays a field out anew with each key that changes it, and that costs time for each
//! letter in it.

use egui::{Response, Ui};

/// Characters in a field of one line: a name, a filter, what is looked for.
pub const LINE: usize = 2_000;
/// Characters in a field of several lines: a note, a proposition.
pub const LINES: usize = 50_000;

/// Whether a text is longer than its field takes.
#[must_use]
pub fn exceeds(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().nth(most).is_some()
}

/// The first characters of a text that is longer than its field takes.
#[must_use]
pub fn beginning(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// Says below a field that it is full: what was typed or pasted beyond is not in it.
pub fn full(ui: &mut Ui, field: &Response, text: &str, most: usize) {
    if field.has_focus() && text.len() >= most && text.chars().nth(most - 1).is_some() {
        let words = format!("Full: it holds {most} characters, and no more was taken.");
        ui.colored_label(ui.visuals().warn_fg_color, words);
    }
}

/// A text that its field cannot hold, as a file may: its beginning, to be read.
pub fn too_long(ui: &mut Ui, text: &str, name: &str) -> Response {
    /// So many characters are shown.
    const SHOWN: usize = 300;
    let said = format!("{}…", crate::text::shown_line(beginning(text, SHOWN)));
    let response = ui.add(egui::Label::new(said).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
    let words = "Longer than can be changed here.";
    ui.colored_label(ui.visuals().warn_fg_color, words);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_count_not_bytes() {
        let text = "é".repeat(LINE);
        assert!(!exceeds(&text, LINE));
        assert!(exceeds(&format!("{text}e"), LINE));
        assert_eq!(beginning(&format!("{text}e"), LINE), text);
        assert_eq!(beginning("né", LINE), "né");
    }
}
