//! Questions about the notebook, its file, its backups and unsaved work.

use std::path::PathBuf;

use super::loaded::LoadedNotebook;
use crate::app::{Answer, DialogKind, Program, Question};
use crate::inquiry::Summary;
use crate::notebook::ArticleId;
use crate::recovery::UnsavedWork;
use crate::recovery::backups::Backup;
use crate::storage::Expected;

/// What to do once unsaved changes are settled.
#[derive(Debug)]
pub enum NextStep {
    /// Close the window.
    Close,
    /// Go back to the welcome page.
    CloseNotebook,
    /// Start an empty notebook.
    New,
    /// Show this notebook instead.
    Show(Box<LoadedNotebook>),
}

/// There are unsaved changes that the next step would lose: Save, Discard, Cancel.
#[derive(Debug)]
pub struct Unsaved(pub NextStep);

impl Question for Unsaved {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::Save => program.save_and_then(self.0),
            Answer::Discard => program.proceed(self.0),
            _ => program.give_up_waiting(),
        }
    }
}

/// The file on disk is no longer the one that was opened: save elsewhere, overwrite, compare, reload, cancel.
#[derive(Debug)]
pub struct ChangedOnDisk(pub PathBuf);

impl Question for ChangedOnDisk {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::SaveAs => program.ask_where_to_save(),
            Answer::Compare => program.compare_file(self.0),
            Answer::Reload => program.reload_file(),
            Answer::Overwrite => program.start_save(self.0, Expected::New),
            _ => program.give_up_waiting(),
        }
    }
}

/// There is a file of that name already: replace it, save elsewhere, cancel.
#[derive(Debug)]
pub struct ReplaceFile(pub PathBuf);

impl Question for ReplaceFile {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::SaveAs => program.ask_where_to_save(),
            Answer::Overwrite => program.start_save(self.0, Expected::New),
            _ => program.give_up_waiting(),
        }
    }
}

/// The notebook could not be saved where it is, and why: save it elsewhere, or leave it.
#[derive(Debug)]
pub struct NotSaved(pub String);

impl Question for NotSaved {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::SaveAs => program.ask_where_to_save(),
            _ => program.give_up_waiting(),
        }
    }
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
    pub then: AfterComparison,
}

/// What can be done after comparing two notebooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterComparison {
    /// Recover or discard the work in this journal.
    Work(PathBuf),
    /// Restore this backup.
    Backup(PathBuf),
    /// Read this file again, or save elsewhere.
    File(PathBuf),
}

impl Question for Comparison {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::SaveAs => program.ask_where_to_save(),
            Answer::Reload => program.reload_file(),
            _ => program.give_up_waiting(),
        }
    }
}

/// The opened notebook has unsaved work from a Casebook that crashed: recover, compare, discard, not now.
#[derive(Debug)]
pub struct OfferWork(pub UnsavedWork);

impl Question for OfferWork {}

/// Unsaved work is about to be discarded.
#[derive(Debug)]
pub struct DiscardWork(pub UnsavedWork);

impl Question for DiscardWork {}

/// A notebook cannot be read: what can be done about it.
#[derive(Debug)]
pub struct Unreadable {
    /// Its file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: String,
    /// Its backups, the newest first.
    pub backups: Vec<Backup>,
    /// Work on it that was not saved.
    pub work: Vec<UnsavedWork>,
}

impl Question for Unreadable {}

/// Backups are about to be deleted.
#[derive(Debug)]
pub struct PurgeBackups {
    /// Whether those of all notebooks, not only of the open one.
    pub all: bool,
    /// How many bytes they take.
    pub bytes: u64,
}

impl Question for PurgeBackups {}

/// The previous Casebook crashed: where, in its sources.
#[derive(Debug)]
pub struct Crashed(pub String);

impl Question for Crashed {}

/// A file dialog could not be opened: give the path.
#[derive(Debug)]
pub struct EnterPath {
    /// The dialog it replaces.
    pub kind: DialogKind,
    /// Why there is no dialog.
    pub why: String,
}

impl Question for EnterPath {}

/// Paste the text of an article, with what the clipboard held already.
#[derive(Debug)]
pub struct PasteArticle(pub String);

impl Question for PasteArticle {}

/// The encoding in which an article is to be read, before its file is chosen.
#[derive(Debug)]
pub struct OpenWithEncoding;

impl Question for OpenWithEncoding {}

/// Give the notebook a title.
#[derive(Debug)]
pub struct RenameNotebook;

impl Question for RenameNotebook {}

/// Give one's name, which is written beside what one judges.
#[derive(Debug)]
pub struct YourName;

impl Question for YourName {}

/// Which files are kept beside the notebook.
#[derive(Debug)]
pub struct KeptSources;

impl Question for KeptSources {}

/// Describe an article.
#[derive(Debug)]
pub struct ArticleDetails(pub ArticleId);

impl Question for ArticleDetails {}
