//! Text fields that write into the notebook while they are typed in.
//!
//! The notebook holds the truth; a field keeps what is being typed only as long as it differs from it by what the
//! model does not keep (a space at the end, a date not finished). Each keystroke is sent at once and joins the step
//! before it, so that typing is one step of undo.

use std::collections::HashMap;
use std::hash::Hash;

use egui::text::{CCursor, CCursorRange};
use egui::{Id, Response, TextEdit, Ui};

use super::limits;
use super::text_fields::{field_layout, labelled};
use super::theme::Style;
use super::widgets::{alert, named};
use crate::notebook::check_edtf;

/// What is being typed, by field.
#[derive(Debug, Default)]
pub struct Drafts {
    open: HashMap<u64, Draft>,
}

#[derive(Debug)]
struct Draft {
    text: String,
    /// What the notebook held when this was typed: when it holds something else, the draft is stale.
    seen: String,
}

/// A number for a field of a record: stable, and unlike that of any other field.
#[must_use]
pub fn field_key(of: impl Hash + std::fmt::Debug, field: &str) -> u64 {
    Id::unique((of, field)).value()
}

/// How a field looks and behaves.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// What assistive technology calls it.
    pub name: &'a str,
    /// Shown while it is empty.
    pub hint: &'a str,
    /// Rows it is high at least; none for a field of one line, where Enter begins no other.
    pub rows: usize,
    /// Width in points; all there is where it is left out.
    pub width: Option<f32>,
}

impl<'a> Field<'a> {
    /// A field of one line over the whole width.
    #[must_use]
    pub const fn line(name: &'a str, hint: &'a str) -> Self {
        Self { name, hint, rows: 0, width: None }
    }

    /// A field of several lines.
    #[must_use]
    pub const fn lines(name: &'a str, hint: &'a str, rows: usize) -> Self {
        Self { name, hint, rows, width: None }
    }

    /// Sets the width of the field, in points.
    #[must_use]
    pub const fn wide(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    fn show(self, ui: &mut Ui, key: u64, text: &mut String) -> Response {
        let edit = if self.rows > 0 {
            crate::ui::limits::lines(text).desired_rows(self.rows)
        } else {
            crate::ui::limits::line(text)
        };
        let mut layout = field_layout(self.rows > 0);
        let response = ui.add(
            edit.id(Id::unique(("field", key)))
                .with(|edit| edit.layouter(&mut layout))
                .hint_text(self.hint)
                .desired_width(self.width.unwrap_or(f32::INFINITY)),
        );
        named(ui, &response, self.name);
        labelled(ui, &response);
        response
    }
}

/// What a field told in this frame.
#[derive(Debug)]
pub struct Typed {
    /// The text, when it changed to something to send.
    pub changed: Option<String>,
    /// The field's response.
    pub response: Response,
}

impl Drafts {
    /// A text field over what the notebook holds.
    pub fn text(&mut self, ui: &mut Ui, key: u64, now: &str, field: Field<'_>) -> Typed {
        self.field(ui, key, now, field, |_| true)
    }

    /// A text field that never sends a blank text.
    pub fn filled(&mut self, ui: &mut Ui, key: u64, now: &str, field: Field<'_>) -> Typed {
        self.field(ui, key, now, field, |text| !text.trim().is_empty())
    }

    /// A date field: what is not EDTF is not sent, and the reason stands below.
    pub fn date(
        &mut self,
        ui: &mut Ui,
        style: &Style,
        key: u64,
        now: &str,
        field: Field<'_>,
    ) -> Typed {
        let typed = self.field(ui, key, now, field, |text| check_edtf(text.trim()).is_ok());
        if let Some(draft) = self.open.get(&key)
            && let Err(why) = check_edtf(draft.text.trim())
        {
            alert(ui, style, &why.to_string());
        }
        typed
    }

    /// A field whose text is taken with Enter and does not live in the notebook: the text, when it was taken.
    pub fn entry(&mut self, ui: &mut Ui, key: u64, field: Field<'_>) -> Option<String> {
        let mut text = self.open.get(&key).map_or_else(String::new, |draft| draft.text.clone());
        let response = field.show(ui, key, &mut text);
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        if entered {
            self.open.remove(&key);
            response.request_focus();
            return Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        if response.changed() {
            self.open.insert(key, Draft { text, seen: String::new() });
        }
        None
    }

    /// The text that was typed into such a field and not taken yet; it is empty afterwards.
    pub fn take(&mut self, key: u64) -> Option<String> {
        let draft = self.open.remove(&key)?;
        Some(draft.text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Lets go of everything that was being typed.
    pub fn clear(&mut self) {
        self.open.clear();
    }

    fn field(
        &mut self,
        ui: &mut Ui,
        key: u64,
        now: &str,
        field: Field<'_>,
        sound: impl Fn(&str) -> bool,
    ) -> Typed {
        if limits::exceeds(now, if field.rows > 0 { limits::LINES } else { limits::LINE }) {
            return Typed { changed: None, response: limits::too_long(ui, now, field.name) };
        }
        if self.open.get(&key).is_some_and(|draft| draft.seen != now) {
            // What was sent has arrived, or the notebook changed some other way (undo): then it is what counts.
            match self.open.get_mut(&key) {
                Some(draft) if same(&draft.text, now) => draft.seen = now.to_owned(),
                _ => {
                    self.open.remove(&key);
                }
            }
        }
        let mut text =
            self.open.get(&key).map_or_else(|| now.to_owned(), |draft| draft.text.clone());
        let response = field.show(ui, key, &mut text);
        let mut changed = None;
        if response.changed() {
            if sound(&text) && text != now {
                changed = Some(text.clone());
            }
            self.open.insert(key, Draft { text, seen: now.to_owned() });
        } else if !response.has_focus()
            && self
                .open
                .get(&key)
                .is_some_and(|draft| sound(&draft.text) || draft.text.trim().is_empty())
        {
            self.open.remove(&key);
        }
        Typed { changed, response }
    }
}

/// Whether two texts differ only by what the model trims.
fn same(a: &str, b: &str) -> bool {
    a.trim() == b.trim()
}

/// Puts the cursor into a field, all of its text selected.
pub fn focus_all(ui: &Ui, response: &Response, text: &str) {
    response.request_focus();
    let mut state = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::end_of_str(text));
    state.cursor.set_char_range(Some(all));
    TextEdit::store_state(ui.ctx(), response.id, state);
}
