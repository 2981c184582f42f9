//! Settings: the user's, never a notebook's.

mod intent;
mod last_places;
mod pane_layout;
mod prefs;
mod reading_settings;
mod window_place;
mod workspaces;

pub use intent::SettingsIntent;
use std::path::PathBuf;

pub use last_places::LastPlaces;
pub use pane_layout::PaneLayout;
pub use prefs::{Prefs, PrefsFile, Theme};
pub use reading_settings::{Faces, TextSettings};
pub use window_place::WindowPlace;
pub use workspaces::{Layouts, PanesShown, Workspace};

use super::Program;
use crate::job::JobId;

/// The settings, their file, and what of the desktop they depend on.
#[derive(Debug, Default)]
pub(super) struct Settings {
    prefs: Prefs,
    file: PrefsFile,
    /// How often settings were changed, and the job that is keeping them.
    changed: u64,
    keeping: Option<JobId>,
    /// Something changed that no job keeps at once: it goes with the next that is kept, at the latest when the program
    /// closes.
    later: bool,
    panes: PanesShown,
    faces: Faces,
    /// The panel of the reading settings is open.
    panel: bool,
    desktop_dark: Option<bool>,
}

impl Settings {
    /// Read from this file; and what is wrong with it.
    pub(super) fn load(file: PrefsFile) -> (Self, Option<String>) {
        let loaded = file.load();
        let fault = loaded.as_ref().err().cloned();
        (Self { prefs: loaded.unwrap_or_default(), file, ..Self::default() }, fault)
    }

    /// Where users keep their own words.
    pub(super) fn lexicon_folder(&self) -> Option<PathBuf> {
        self.file.lexicon_folder()
    }
}

impl Program {
    /// The settings.
    #[must_use]
    pub const fn prefs(&self) -> &Prefs {
        &self.settings.prefs
    }

    /// Where users keep their own words, as shown to them.
    #[must_use]
    pub fn lexicon_folder(&self) -> Option<PathBuf> {
        self.settings.lexicon_folder()
    }

    /// Whether the desktop wants dark windows, where it said.
    #[must_use]
    pub const fn desktop_is_dark(&self) -> Option<bool> {
        self.settings.desktop_dark
    }
}
