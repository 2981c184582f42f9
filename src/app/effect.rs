//! What the program asks the window to do.

use std::path::PathBuf;

use super::{ExportChoice, GoTo, OnCanvas, Pane};
use crate::notebook::View;

/// Which file dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogKind {
    /// An article or a notebook to open.
    Open {
        /// The folder it starts in.
        folder: PathBuf,
    },
    /// Where to save the notebook.
    SaveAs {
        /// The folder it starts in.
        folder: PathBuf,
        /// The name it proposes.
        name: String,
    },
    /// Where to export to.
    Export {
        /// The folder it starts in.
        folder: PathBuf,
        /// The name it proposes, of a file or a folder to be made.
        name: String,
        /// What is to be exported.
        choice: ExportChoice,
    },
}

/// What the program asks the window to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a file dialog.
    Dialog(DialogKind),
    /// Close the window: everything is settled.
    Close,
    /// Put this on the clipboard.
    Copy(String),
    /// Bring a place of an article into view.
    GoTo(GoTo),
    /// Bring something that stands on the canvas into view there.
    ShowOnCanvas(OnCanvas),
    /// Show this part of the canvas.
    LookAt(View),
    /// Bring what stands out on the canvas into view, once it is known.
    ShowFocus,
    /// Ask the clipboard for what it holds; it comes as if its key had been pressed.
    Paste,
    /// Select everything in the pane that has the keyboard.
    SelectAll,
    /// Show the whole canvas.
    Fit,
    /// The view of the canvas before (-1) or after (1) this one.
    StepView(i32),
    /// Show or hide a pane.
    TogglePane(Pane),
    /// Bring a pane into view.
    ShowPane(Pane),
    /// Lay the panes out as the settings have them: for another workspace, or as they were at first.
    ArrangePanes,
    /// Give the pane that has the keyboard the window to itself, or the others their room back.
    MaximisePane,
    /// Give the other panes their room back.
    RestorePanes,
    /// Move the keyboard to the next pane (1) or the one before (-1).
    StepPane(i32),
    /// Move the keyboard to this pane.
    FocusPane(Pane),
    /// Put the cursor into the inspector's name field.
    FocusName,
    /// Put the cursor into a group's title or a note card's text, on the canvas.
    WriteOn(OnCanvas),
    /// Put the cursor into the field that finds.
    FocusFind,
    /// Everything larger (1), smaller (-1) or at its usual size (0).
    Zoom(i32),
}
