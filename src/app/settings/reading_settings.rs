//! The reading settings: text size, line length, line spacing and font of articles.

use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::{Effect, Level, Pane, Program};

/// The reading settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextSettings {
    /// Text size, in points.
    pub size: f32,
    /// Line length, in characters, approximately; shorter where the pane is narrow.
    pub width: f32,
    /// Line spacing, as a multiple of the text size.
    pub leading: f32,
    /// The name of the font family; the system's serif if `None`.
    pub face: Option<String>,
    /// Whether the text cursor is always shown.
    pub cursor: bool,
}

impl Default for TextSettings {
    /// 70 characters a line are the upper limit for comfortable reading (Bringhurst, “The Elements of Typographic
    /// Style”, 2.1.2).
    fn default() -> Self {
        Self { size: 17.0, width: 70.0, leading: 1.6, face: None, cursor: false }
    }
}

impl TextSettings {
    /// The range of text sizes, in points.
    pub const SIZES: RangeInclusive<f32> = 9.0..=48.0;
    /// The range of line lengths, in characters.
    pub const WIDTHS: RangeInclusive<f32> = 30.0..=140.0;
    /// The range of line spacings, as multiples of the text size.
    pub const LEADINGS: RangeInclusive<f32> = 1.1..=2.5;

    /// The settings with every value clamped to its range: a settings file may contain anything.
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

/// The installed fonts, as the window found them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faces {
    /// The names of the font families, in order.
    pub names: Arc<[String]>,
    /// The family of the system's serif, if it has one.
    pub usual: Option<String>,
    /// The family that was chosen but is not installed.
    pub missing: Option<String>,
}

impl Program {
    /// The installed fonts; none while they are being looked for.
    #[must_use]
    pub const fn faces(&self) -> &Faces {
        &self.settings.faces
    }

    /// Whether the panel of the reading settings is open.
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

    /// Makes the text of articles larger (1), smaller (-1) or the default size (0).
    pub(in crate::app) fn step_text(&mut self, by: i32) {
        let now = self.settings.prefs.text.size;
        let size = if by == 0 { TextSettings::default().size } else { now.round() + by as f32 };
        self.set_text(TextSettings { size, ..self.settings.prefs.text.clone() });
    }

    /// Toggles showing the text cursor, with the keyboard in the article.
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

    /// Toggles the panel of the reading settings; returns whether it was open.
    pub(in crate::app) fn open_text_panel(&mut self, open: bool) -> bool {
        std::mem::replace(&mut self.settings.panel, open)
    }

    /// Stores the installed fonts that the window found.
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
