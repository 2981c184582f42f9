//! What views ask of this part.

use super::{Faces, Prefs, TextSettings};
use crate::app::Program;

/// What the user wants of the settings.
#[derive(Clone, Debug)]
pub enum SettingsIntent {
    /// Changes a setting.
    SetPrefs(Prefs),
    /// Changes how articles are set.
    SetText(TextSettings),
    /// Sets articles in letters of this size, in points.
    GrowText(f32),
    /// The window looked for the faces installed here.
    FacesFound(Faces),
    /// The desktop asked for a dark or light window.
    DesktopIsDark(bool),
}

impl Program {
    pub(in crate::app) fn settings_intent(&mut self, intent: SettingsIntent) {
        match intent {
            SettingsIntent::SetPrefs(prefs) => {
                self.settings.prefs = prefs;
                self.keep_prefs();
            }
            SettingsIntent::SetText(text) => self.set_text(text),
            SettingsIntent::GrowText(size) => {
                self.set_text(TextSettings { size, ..self.prefs().text.clone() });
            }
            SettingsIntent::FacesFound(faces) => self.found_faces(faces),
            SettingsIntent::DesktopIsDark(dark) => self.settings.desktop_dark = Some(dark),
        }
    }
}
