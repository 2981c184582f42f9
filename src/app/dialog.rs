//! What the program asks the user, and what it asks the window.

use std::path::PathBuf;

use super::{BackupsPage, NoteOn, Pane};
use crate::edit::{Edit, History, HistoryEvent};
use crate::inquiry::{Dependents, Summary};
use crate::notebook::{ArticleId, Notebook, View, ViewId, ViewState};
use crate::recovery::backups::Backup;
use crate::recovery::{Claim, FileState, HeldFile, UnsavedWork};
use crate::storage::{Lock, LockError, Stamp};

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
}

/// A notebook to show.
#[derive(Debug)]
pub struct Shown {
    pub(super) notebook: Notebook,
    pub(super) desk: ViewState,
    /// Anchors that no longer match, a line each.
    pub(super) orphans: Vec<String>,
    /// Its file; the sample has none.
    pub(super) file: Option<(PathBuf, Stamp)>,
    /// That file, held open by the job that read it.
    pub(super) held: Option<HeldFile>,
    /// Its lock, where the job that read the file asked for it.
    pub(super) lock: Option<Result<Lock, LockError>>,
    /// The version of the format the file is in.
    pub(super) version: u32,
    /// What was done to it before a crash, and is not saved yet.
    pub(super) work: Option<Box<Work>>,
}

/// Unsaved work that is being taken up again.
#[derive(Debug)]
pub struct Work {
    pub(super) history: History,
    pub(super) events: Vec<(i64, HistoryEvent)>,
    /// The notebook without it.
    pub(super) before: Notebook,
    pub(super) file_state: FileState,
    pub(super) lost: Option<String>,
    pub(super) claim: Claim,
}

/// Two notebooks, compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What is compared.
    pub title: String,
    /// The first of them: “the file”.
    pub from: String,
    /// The second: “the unsaved work”.
    pub to: String,
    /// What only the second has is added.
    pub difference: Summary,
    /// What can be done next.
    pub then: Then,
}

/// What can be done once two notebooks were compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Recover or discard the work in this journal.
    Work(PathBuf),
    /// Restore this backup.
    Backup(PathBuf),
    /// Read this file again, or save elsewhere.
    File(PathBuf),
}

/// What is about to be deleted, and what leans on it.
#[derive(Clone, Debug)]
pub struct DeleteWithDependents {
    /// What it is called: a name, or “3 entities”.
    pub words: String,
    /// Whether it is more than one entity.
    pub several: bool,
    /// What would change.
    pub dependents: Dependents,
    /// The edit that deletes it.
    pub(super) edit: Edit,
}

impl DeleteWithDependents {
    /// What would change, a sentence each, what is hardest to notice first.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let dependents = &self.dependents;
        let it = if self.several { "them" } else { "it" };
        let mut said = Vec::new();
        let mut say = |n: usize, one: &str, then: String| match n {
            0 => {}
            1 => said.push(format!("1 {one} {then}.")),
            n => said.push(format!("{n} {one}s {then}.")),
        };
        let chains = if dependents.gaps > 0 {
            format!("that came through {it} will have a speaker less")
        } else {
            format!("that came through {it} will name an “unknown source” instead")
        };
        say(dependents.chains, "statement", chains);
        say(dependents.articles, "article", format!("published by {it} will name no publisher"));
        say(dependents.events, "event", format!("will no longer name {it} among who took part"));
        say(dependents.owned, "actor", format!("owned by {it} will name no owner"));
        say(dependents.memberships, "group", format!("will no longer have {it} as a member"));
        say(dependents.claims, "claim", format!("will no longer be about {it}"));
        say(dependents.mentions, "mention", format!("of {it} will be untagged"));
        say(dependents.links, "link", format!("at {it} will be deleted"));
        said
    }
}

/// What to do once unsaved work is settled.
#[derive(Debug)]
pub enum NextStep {
    /// Close the window.
    Close,
    /// Go back to the welcome page.
    CloseNotebook,
    /// Start an empty notebook.
    New,
    /// Show this notebook instead.
    Show(Box<Shown>),
}

/// A question or a page over everything else. One at a time.
#[derive(Debug)]
pub enum Question {
    /// There is unsaved work: Save, Discard, Cancel.
    Unsaved(NextStep),
    /// The file on disk is no longer the one that was opened: save elsewhere, overwrite, cancel.
    ChangedOnDisk(PathBuf),
    /// The opened notebook has work that was not saved when a Casebook ended: recover, compare, discard, not now.
    Work(Box<UnsavedWork>),
    /// Unsaved work is about to go for good.
    DiscardWork(Box<UnsavedWork>),
    /// Two notebooks, compared.
    Compare(Box<Comparison>),
    /// A notebook cannot be read: what can be done.
    Corrupt {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
        /// Its backups, the newest first.
        backups: Vec<Backup>,
        /// Work on it that was not saved.
        work: Vec<UnsavedWork>,
    },
    /// The backups of the open notebook.
    Backups(Box<BackupsPage>),
    /// Backups are about to go for good: those of all notebooks or of the open one, and how many bytes they take.
    PurgeBackups {
        /// Those of all notebooks.
        all: bool,
        /// How many bytes they take.
        bytes: u64,
    },
    /// Entities are about to go that other records lean on: Delete, Cancel.
    DeleteWithDependents(Box<DeleteWithDependents>),
    /// The notebook could not be saved where it is: why. Save it elsewhere, or leave it.
    NotSaved(String),
    /// The Casebook before this one crashed: where, in its own sources.
    Fault(String),
    /// There is a file of that name already: replace it, save elsewhere, cancel.
    Replace(PathBuf),
    /// A file dialog could not be opened: give the path.
    Path {
        /// What for.
        kind: DialogKind,
        /// Why there is no dialog.
        why: String,
    },
    /// Paste the text of an article: what the clipboard held already.
    Paste(String),
    /// Give the notebook a title.
    Title,
    /// Describe an article.
    Describe(ArticleId),
    /// Write a note.
    Note(NoteOn),
    /// The command palette.
    Palette,
    /// Give a view of the canvas a name: a new view, or this one.
    NameView(Option<ViewId>),
    /// The palette, with the entities on the canvas alone.
    FindOnCanvas,
    /// Which group the selected entities are added to.
    ChooseGroup,
    /// All keys.
    Keys,
    /// About Casebook.
    About,
}

/// An answer to the question that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Save, then go on.
    Save,
    /// Go on without saving.
    Discard,
    /// Delete what was asked about.
    Delete,
    /// Save under another name.
    SaveAs,
    /// Save over what is there.
    Overwrite,
    /// Compare the two.
    Compare,
    /// Read the file again, instead of what is open.
    Reload,
    /// Leave all as it is.
    Cancel,
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
    GoTo(super::GoTo),
    /// Bring something that stands on the canvas into view there.
    ShowOnCanvas(super::OnCanvas),
    /// Show this part of the canvas.
    LookAt(View),
    /// Bring what stands out on the canvas into view, once it is known.
    ShowFocus,
    /// Ask the clipboard for what it holds; it comes as if its key had been pressed.
    Paste,
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
    WriteOn(super::OnCanvas),
    /// Put the cursor into the field that finds.
    FocusFind,
    /// Everything larger (1), smaller (-1) or at its usual size (0).
    Zoom(i32),
}
