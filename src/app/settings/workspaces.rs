//! Workspaces: a layout of the panes for each kind of work. Changes to one do not affect the others.

use serde::{Deserialize, Serialize};

use super::PaneLayout;
use crate::app::{Effect, Pane, Program};

/// A kind of work that the panes are laid out for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Workspace {
    /// The article and the canvas side by side.
    #[default]
    Read,
    /// The canvas, with the article at its side.
    Canvas,
    /// The list of what is open, the article, the canvas and the inspector.
    Review,
}

impl Workspace {
    /// Its default layout.
    const fn usual(self) -> &'static str {
        match self {
            Self::Read => {
                "column(66 row(15 lists, 41 article, 34 beside, 44 column(65 canvas, 35 row(53 inspector, 47 tabs(*review, results, suggestions)))), 34 -tables)"
            }
            Self::Canvas => {
                "column(66 row(14 lists, 58 canvas, 28 column(48 article, 40 beside, 52 tabs(*inspector, review, results, suggestions))), 34 -tables)"
            }
            Self::Review => {
                "column(66 row(14 -lists, 26 tabs(*review, results, suggestions), 38 article, 32 beside, 36 column(50 canvas, 50 inspector)), 34 -tables)"
            }
        }
    }

    /// The pane that gets the keyboard first.
    const fn begins_in(self) -> Pane {
        match self {
            Self::Read => Pane::READER,
            Self::Canvas => Pane::CANVAS,
            Self::Review => Pane::REVIEW,
        }
    }
}

/// The workspace and the user's layouts; an empty one is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layouts {
    /// The workspace shown.
    pub workspace: Workspace,
    /// The layout for reading, as [`PaneLayout`] reads it.
    pub read: String,
    /// The layout for the canvas, likewise.
    pub canvas: String,
    /// The layout for review, likewise.
    pub review: String,
}

impl Layouts {
    /// The layout of the workspace shown, of these panes: the default if the user's is invalid.
    #[must_use]
    pub fn layout(&self, panes: &[Pane]) -> PaneLayout {
        let own = match self.workspace {
            Workspace::Read => &self.read,
            Workspace::Canvas => &self.canvas,
            Workspace::Review => &self.review,
        };
        PaneLayout::parse(own, panes)
            .or_else(|| PaneLayout::parse(self.workspace.usual(), panes))
            .unwrap_or(PaneLayout::Pane { pane: Pane::READER, hidden: false })
    }

    fn set(&mut self, workspace: Workspace, layout: String) {
        *match workspace {
            Workspace::Read => &mut self.read,
            Workspace::Canvas => &mut self.canvas,
            Workspace::Review => &mut self.review,
        } = layout;
    }
}

/// The panes in the window, as the window reports them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanesShown {
    /// The workspace they were laid out for.
    pub workspace: Workspace,
    /// Their layout; `None` if unchanged.
    pub layout: Option<PaneLayout>,
    /// The visible panes: neither hidden nor behind another tab.
    pub seen: Vec<Pane>,
    /// The maximised pane.
    pub maximised: Option<Pane>,
}

impl Program {
    /// Whether a pane is visible: neither hidden nor behind another tab.
    #[must_use]
    pub fn shows_pane(&self, pane: Pane) -> bool {
        self.settings.panes.seen.contains(&pane)
    }

    /// The maximised pane.
    #[must_use]
    pub const fn maximised_pane(&self) -> Option<Pane> {
        self.settings.panes.maximised
    }

    /// Stores the state of the panes in the settings.
    pub(super) fn panes_are(&mut self, shown: PanesShown) {
        if let Some(layout) = &shown.layout {
            self.settings.prefs.panes.set(shown.workspace, layout.to_string());
            self.keep_prefs_later();
        }
        self.settings.panes = shown;
    }

    /// Shows the panes of a workspace.
    pub(in crate::app) fn work_in(&mut self, workspace: Workspace) {
        self.settings.prefs.panes.workspace = workspace;
        self.keep_prefs();
        self.emit(Effect::ArrangePanes);
        self.emit(Effect::FocusPane(workspace.begins_in()));
    }

    /// Resets the panes of the workspace shown to the default layout.
    pub(in crate::app) fn reset_panes(&mut self) {
        let workspace = self.settings.prefs.panes.workspace;
        self.settings.prefs.panes.set(workspace, String::new());
        self.keep_prefs();
        self.emit(Effect::ArrangePanes);
    }

    /// Restores the other panes; returns whether a pane was maximised.
    pub(in crate::app) fn restore_panes(&mut self) -> bool {
        let maximised = self.settings.panes.maximised.is_some();
        if maximised {
            self.emit(Effect::RestorePanes);
        }
        maximised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_workspace_has_a_layout_that_holds_every_pane() {
        for workspace in [Workspace::Read, Workspace::Canvas, Workspace::Review] {
            let layouts = Layouts { workspace, ..Layouts::default() };
            let text = layouts.layout(Pane::OWN).to_string();
            assert_eq!(
                PaneLayout::parse(workspace.usual(), Pane::OWN).map(|it| it.to_string()),
                Some(text)
            );
            assert!(workspace.usual().contains(workspace.begins_in().key()));
            let missing = Pane::OWN.iter().find(|pane| !workspace.usual().contains(pane.key()));
            assert_eq!(missing, None, "{workspace:?}");
        }
    }

    #[test]
    fn a_broken_layout_gives_way_to_the_usual_one() {
        let usual = Layouts::default().layout(Pane::OWN);
        let broken = Layouts { read: "row(lists, lists)".to_owned(), ..Layouts::default() };
        assert_eq!(broken.layout(Pane::OWN), usual);
        let own = Layouts { read: "row(article, canvas)".to_owned(), ..Layouts::default() };
        assert_ne!(own.layout(Pane::OWN), usual);
    }
}
