//! What the program asks the window to do.

use std::path::PathBuf;
use std::sync::Arc;

use super::{ExportChoice, GoTo, OnCanvas, Pane, PictureChoice};
use crate::notebook::{ArticleId, View};
use crate::table::TableKind;

/// The file dialogs.
#[derive(Clone, Debug, PartialEq)]
pub enum DialogKind {
    /// An article or a notebook to open.
    Open {
        /// The folder it starts in.
        folder: PathBuf,
        /// The encoding in which an article is read; detected where there is none.
        encoding: Option<String>,
    },
    /// A folder whose articles are opened.
    OpenFolder {
        /// The folder it starts in.
        folder: PathBuf,
    },
    /// A file that is a new version of an article.
    Update {
        /// The folder it starts in.
        folder: PathBuf,
        /// The article.
        article: ArticleId,
    },
    /// The file that an article was read from, to keep it again.
    Keep {
        /// The folder it starts in.
        folder: PathBuf,
        /// The article.
        article: ArticleId,
    },
    /// A notebook that a colleague made of the same articles.
    Colleague {
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
    /// A file or a folder to import.
    Import {
        /// The folder it starts in.
        folder: PathBuf,
        /// A folder is chosen, not a file.
        is_folder: bool,
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
    /// Where to draw a picture to.
    Picture {
        /// The folder it starts in.
        folder: PathBuf,
        /// The name it proposes.
        name: String,
        /// What is to be drawn.
        choice: PictureChoice,
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
    /// Put a picture on the clipboard.
    CopyPicture {
        /// Its width, in pixels.
        width: usize,
        /// Its height, in pixels.
        height: usize,
        /// Red, green, blue and opacity of each pixel, row by row.
        pixels: Arc<[u8]>,
    },
    /// Bring a place of an article into view.
    GoTo(GoTo),
    /// Bring something on the canvas into view there.
    ShowOnCanvas(OnCanvas),
    /// Show this part of the canvas.
    LookAt(View),
    /// Bring what is highlighted on the canvas into view, once it is known.
    ShowFocus,
    /// Request the content of the clipboard; it arrives as if the paste key had been pressed.
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
    /// Show this one of the tables.
    ShowTable(TableKind),
    /// Lay the panes out according to the settings: for another workspace, or after a reset.
    ArrangePanes,
    /// Give the whole window to the pane that has the keyboard, or restore the other panes.
    MaximisePane,
    /// Restore the panes that a maximised pane hides.
    RestorePanes,
    /// Move the keyboard to the next pane (1) or the one before (-1).
    StepPane(i32),
    /// Move the keyboard to this pane.
    FocusPane(Pane),
    /// Put the cursor into the inspector's name field.
    FocusName,
    /// Put the cursor into a group's title or a note card's text, on the canvas.
    WriteOn(OnCanvas),
    /// Put the cursor into the find field.
    FocusFind,
    /// Zoom everything in (1), out (-1) or to its actual size (0).
    Zoom(i32),
}
