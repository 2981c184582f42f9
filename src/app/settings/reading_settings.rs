//! How articles are set: size, length of a row, height of a row, face. The user's settings, never a notebook's.

use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::{Effect, Level, Pane, Program};

/// How articles are set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextSettings {
    /// Size of the letters, in points.
    pub size: f32,
    /// Characters in a full row, about; fewer where the pane is narrow.
    pub width: f32,
    /// Height of a row, as a multiple of the size.
    pub leading: f32,
    /// The family of the face by its name; the system's serif where there is none.
    pub face: Option<String>,
    /// The text cursor is shown wherever the keyboard is.
    pub cursor: bool,
}

impl Default for TextSettings {
    /// 70 characters a row are the upper end of what reads comfortably (Bringhurst, “The Elements of Typographic
    /// Style”, 2.1.2).
    fn default() -> Self {
        Self { size: 17.0, width: 70.0, leading: 1.6, face: None, cursor: false }
    }
}

impl TextSettings {
    /// Sizes that can be chosen, in points.
    pub const SIZES: RangeInclusive<f32> = 9.0..=48.0;
    /// Lengths of a row that can be chosen, in characters.
    pub const WIDTHS: RangeInclusive<f32> = 30.0..=140.0;
    /// Heights of a row that can be chosen, as multiples of the size.
    pub const LEADINGS: RangeInclusive<f32> = 1.1..=2.5;

    /// The same with every value in its range: a settings file may hold anything.
    #[must_use]
    pub fn sane(mut self) -> Self {
        let usual = Self::default();
        for (value, range, usual) in [
            (&mut self.size, Self::SIZES, usual.size),
            (&mut self.width, Self::WIDTHS, usual.width),
            (&mut self.leading, Self::LEADINGS, usual.leading),
        ] {
            *value =
                if value.is_finite() { value.clamp(*range.start(), *range.end()) } else { usual };
        }
        self.face = self.face.map(|face| face.trim().to_owned()).filter(|face| !face.is_empty());
        self
    }
}

/// The faces installed here, as the window found them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faces {
    /// The names of the families, in order.
    pub names: Arc<[String]>,
    /// The family of the system's serif, where it has one.
    pub usual: Option<String>,
    /// The family that was asked for and is not installed.
    pub missing: Option<String>,
}

impl Program {
    /// The faces installed here; none while they are being looked for.
    #[must_use]
    pub const fn faces(&self) -> &Faces {
        &self.settings.faces
    }

    /// Whether the panel of the text's settings is open.
    #[must_use]
    pub const fn text_panel_is_open(&self) -> bool {
        self.settings.panel
    }

    pub(in crate::app) fn set_text(&mut self, text: TextSettings) {
        let text = text.sane();
        if self.settings.prefs.text == text {
            return;
        }
        self.settings.prefs.text = text;
        self.keep_prefs();
    }

    /// Larger (1) or smaller letters (-1) in articles; the usual size (0).
    pub(in crate::app) fn step_text(&mut self, by: i32) {
        let now = self.settings.prefs.text.size;
        let size = if by == 0 { TextSettings::default().size } else { now.round() + by as f32 };
        self.set_text(TextSettings { size, ..self.settings.prefs.text.clone() });
    }

    /// Shows the text cursor, with the keyboard in the article; or no longer.
    pub(in crate::app) fn toggle_cursor(&mut self) {
        let cursor = !self.settings.prefs.text.cursor;
        self.set_text(TextSettings { cursor, ..self.settings.prefs.text.clone() });
        if cursor {
            let pane = self.book.as_ref().map_or(Pane::READER, |book| book.reading.front_pane());
            self.emit(Effect::FocusPane(pane));
        }
    }

    pub(in crate::app) fn toggle_text_panel(&mut self) {
        self.settings.panel = !self.settings.panel;
    }

    /// Opens the panel of the text's settings, or closes it: whether it was open.
    pub(in crate::app) fn open_text_panel(&mut self, open: bool) -> bool {
        std::mem::replace(&mut self.settings.panel, open)
    }

    /// The window looked for the faces installed here.
    pub(in crate::app) fn found_faces(&mut self, faces: Faces) {
        if let Some(name) = &faces.missing
            && faces.missing != self.settings.faces.missing
        {
            self.notify(
                Level::Warning,
                format!("The font “{name}” is not installed; articles use the default font. Choose another under View › Text › Reading settings."),
            );
        }
        self.settings.faces = faces;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_file_holds_becomes_readable() {
        let odd = TextSettings {
            size: f32::NAN,
            width: 1e9,
            leading: -3.0,
            face: Some("  ".to_owned()),
            cursor: true,
        };
        let sane = odd.sane();
        assert_eq!((sane.size, sane.width, sane.leading), (17.0, 140.0, 1.1));
        assert_eq!(sane.face, None);
        assert!(sane.cursor);
        let usual = TextSettings::default();
        assert_eq!(usual.clone().sane(), usual);
    }
}
