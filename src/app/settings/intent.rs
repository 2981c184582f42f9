//! The intents that this part handles.

use super::{Faces, PanesShown, Prefs, TextSettings, WindowPlace};
use crate::app::Program;

/// What the user wants to change in the settings.
#[derive(Clone, Debug)]
pub enum SettingsIntent {
    /// Changes a setting.
    SetPrefs(Prefs),
    /// Changes the reading settings.
    SetText(TextSettings),
    /// Sets the text size of articles, in points.
    GrowText(f32),
    /// The window has found the installed fonts.
    FacesFound(Faces),
    /// The desktop prefers a dark or light window.
    DesktopIsDark(bool),
    /// The panes in the window have changed.
    PanesAre(PanesShown),
    /// The window was moved or resized.
    WindowIs(WindowPlace),
    /// The user switched to another window: settings that were only noted are written.
    Keep,
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
            SettingsIntent::PanesAre(shown) => self.panes_are(shown),
            SettingsIntent::WindowIs(place) => {
                self.settings.prefs.window = Some(place);
                self.keep_prefs_later();
            }
            SettingsIntent::Keep => self.keep_prefs_noted(),
        }
    }
}
