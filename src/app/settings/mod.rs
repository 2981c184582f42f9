//! Settings of the user, not of a notebook.

mod intent;
mod last_places;
mod pane_layout;
mod prefs;
mod reading_settings;
mod timeline_settings;
mod window_place;
mod workspaces;

pub use intent::SettingsIntent;
use std::path::PathBuf;

pub use last_places::LastPlaces;
pub use pane_layout::PaneLayout;
pub use prefs::{Prefs, PrefsFile, Theme};
pub use reading_settings::{Faces, TextSettings};
pub use timeline_settings::{TimelinePlace, TimelineSettings};
pub use window_place::WindowPlace;
pub use workspaces::{Layouts, PanesShown, Workspace};

use super::Program;
use crate::job::JobId;

/// The settings, their file, and the desktop's preferences.
#[derive(Debug, Default)]
pub(super) struct Settings {
    prefs: Prefs,
    file: PrefsFile,
    /// How often settings were changed, and the job that is writing them.
    changed: u64,
    keeping: Option<JobId>,
    /// Whether something changed that is written only later: with the next change, at the latest when the program
    /// closes.
    later: bool,
    panes: PanesShown,
    faces: Faces,
    /// Whether the panel of the reading settings is open.
    panel: bool,
    desktop_dark: Option<bool>,
}

impl Settings {
    /// Settings read from this file, and a message if something is wrong with it.
    pub(super) fn load(file: PrefsFile) -> (Self, Option<String>) {
        let loaded = file.load();
        let fault = loaded.as_ref().err().cloned();
        (Self { prefs: loaded.unwrap_or_default(), file, ..Self::default() }, fault)
    }

    /// The folder of the user's word lists.
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

    /// The folder of the user's word lists, as shown to them.
    #[must_use]
    pub fn lexicon_folder(&self) -> Option<PathBuf> {
        self.settings.lexicon_folder()
    }

    /// Whether the window is dark: as it is set, or as the desktop prefers.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        match self.prefs().theme {
            Theme::Light => false,
            Theme::Dark => true,
            Theme::System => self.desktop_is_dark().unwrap_or(false),
        }
    }

    /// Whether the desktop prefers dark windows, if it said so.
    #[must_use]
    pub const fn desktop_is_dark(&self) -> Option<bool> {
        self.settings.desktop_dark
    }
}
