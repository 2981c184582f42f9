//! What views ask of this part.

use super::{Faces, PanesShown, Prefs, TextSettings, WindowPlace};
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
    /// How the panes stand in the window.
    PanesAre(PanesShown),
    /// Where the window stands on the screen.
    WindowIs(WindowPlace),
    /// The user turned to another window: what was only noted is kept.
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
