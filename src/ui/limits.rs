//! How much a text field takes. egui lays a field out anew with each key that changes it, and that costs time for each
//! letter in it.

use egui::{Area, Frame, Id, Label, Order, Response, TextEdit, Ui, Widget, pos2};

use crate::text::shown_line;

/// Characters in a field of one line: a name, a filter, what is looked for.
pub const LINE: usize = 2_000;
/// Characters in a field of several lines: a note, a proposition.
pub const LINES: usize = 50_000;
/// Characters in a path.
pub const PATH: usize = 4_096;

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

/// A text field that takes so many characters. Every text field is one: it says below itself when it is full, and shows
/// a text that is longer already, as a file may hold it, without laying it out.
#[must_use = "to be added to a ui"]
pub struct LimitedField<'t> {
    edit: TextEdit<'t>,
    most: usize,
    /// The beginning of a text that is too long for it.
    too_long: Option<String>,
}

/// A text field of one line.
pub fn line<'t>(text: &'t mut String) -> LimitedField<'t> {
    let too_long = shortened(text, LINE);
    LimitedField { edit: TextEdit::singleline(text), most: LINE, too_long }
}

/// A text field for the path of a file.
pub fn path<'t>(text: &'t mut String) -> LimitedField<'t> {
    let too_long = shortened(text, PATH);
    LimitedField { edit: TextEdit::singleline(text), most: PATH, too_long }
}

/// A text field of several lines.
pub fn lines<'t>(text: &'t mut String) -> LimitedField<'t> {
    let too_long = shortened(text, LINES);
    LimitedField { edit: TextEdit::multiline(text), most: LINES, too_long }
}

/// A text field of several lines for so many characters.
pub fn lines_of<'t>(text: &'t mut String, most: usize) -> LimitedField<'t> {
    let too_long = shortened(text, most);
    LimitedField { edit: TextEdit::multiline(text), most, too_long }
}

/// The beginning of a text that is too long for its field.
fn shortened(text: &str, most: usize) -> Option<String> {
    exceeds(text, most).then(|| format!("{}…", shown_line(beginning(text, SHOWN))))
}

/// So many characters are shown of a text that its field cannot hold.
const SHOWN: usize = 300;

impl<'t> LimitedField<'t> {
    /// What egui's text field can be told besides.
    pub fn with(mut self, change: impl FnOnce(TextEdit<'t>) -> TextEdit<'t>) -> Self {
        self.edit = change(self.edit);
        self
    }

    /// Sets its id.
    pub fn id(self, id: Id) -> Self {
        self.with(|edit| edit.id(id))
    }

    /// Sets what is shown while it is empty.
    pub fn hint_text(self, hint: impl Into<String>) -> Self {
        let hint: String = hint.into();
        self.with(|edit| edit.hint_text(hint))
    }

    /// Sets its width, in points.
    pub fn desired_width(self, width: f32) -> Self {
        self.with(|edit| edit.desired_width(width))
    }

    /// Sets how many rows it is high at least.
    pub fn desired_rows(self, rows: usize) -> Self {
        self.with(|edit| edit.desired_rows(rows))
    }
}

impl Widget for LimitedField<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        if let Some(beginning) = self.too_long {
            return longer(ui, &beginning);
        }
        let shown = self.edit.char_limit(self.most).show(ui);
        let response = shown.response.response;
        let text = shown.galley.text();
        if response.has_focus()
            && text.len() >= self.most
            && text.chars().nth(self.most.saturating_sub(1)).is_some()
        {
            full(ui, &response, self.most);
        }
        response
    }
}

/// Says below a field that it is full: what was typed or pasted beyond is not in it.
fn full(ui: &Ui, field: &Response, most: usize) {
    let seen = ui.clip_rect();
    // The end of a long field may be scrolled out of view.
    let at = pos2(field.rect.left(), field.rect.bottom().clamp(seen.top(), seen.bottom()) + 2.0);
    Area::new(field.id.with("full")).order(Order::Tooltip).fixed_pos(at).interactable(false).show(
        ui.ctx(),
        |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                let words = format!("Full: it holds {most} characters, and no more was taken.");
                ui.colored_label(ui.visuals().warn_fg_color, words);
            });
        },
    );
}

/// A text that its field cannot hold, as a file may: its beginning, to be read.
pub fn too_long(ui: &mut Ui, text: &str, name: &str) -> Response {
    let response = longer(ui, &format!("{}…", shown_line(beginning(text, SHOWN))));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}

fn longer(ui: &mut Ui, beginning: &str) -> Response {
    let response = ui.add(Label::new(beginning).wrap());
    ui.colored_label(ui.visuals().warn_fg_color, "Longer than can be changed here.");
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
