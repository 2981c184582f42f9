//! Exporting: the questions before it, and the job that writes.

use std::path::PathBuf;

use super::export_choice::ExportChoice;
use crate::app::notice::sentence;
use crate::app::{Answer, DialogKind, Effect, Level, OpenNotebook, Program, Question, Selection};
use crate::export::{self, Content, ExportError, Packaging, Scope, Written};
use crate::job::{Handle, Job};
use crate::storage::OutputError;

/// The page that asks for the format, and for what is to be exported.
#[derive(Debug)]
pub struct ExportNotebook;

impl Question for ExportNotebook {}

/// The question if the target of an export exists: replace it, export elsewhere, cancel.
#[derive(Debug)]
pub struct ReplaceExport {
    /// The file or folder.
    pub path: PathBuf,
    /// What is to be exported.
    pub choice: ExportChoice,
}

impl Question for ReplaceExport {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::SaveAs => program.ask_where_to_export(self.choice),
            Answer::Overwrite => program.start_export(self.path, self.choice, true),
            _ => program.give_up_waiting(),
        }
    }
}

impl Scope {
    /// The selection as a scope: entities, those in selected groups, links and note cards. `None` if it is empty.
    #[must_use]
    pub fn of_selection(book: &OpenNotebook) -> Option<Self> {
        let Selection { entities, links, groups, cards, .. } = book.selection();
        let members = groups.iter().filter_map(|id| book.notebook().groups().get(id));
        let members = members.flat_map(|group| &group.members);
        let entities: std::collections::BTreeSet<_> =
            entities.iter().chain(members).copied().collect();
        let any = !(entities.is_empty() && links.is_empty() && cards.is_empty());
        any.then(|| Self::Selection { entities, links: links.clone(), cards: cards.clone() })
    }
}

impl Program {
    /// Asks for the target of an export with a file dialog.
    pub(in crate::app) fn ask_where_to_export(&mut self, choice: ExportChoice) {
        self.close_question();
        let (Some(book), Some(format)) = (&self.book, choice.format()) else { return };
        let stem = match book.path().and_then(|path| path.file_stem()) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => super::saving::file_name(&book.proposed_name()),
        };
        let (folder, name) = (self.start_folder(), format.file_name(&stem));
        self.emit(Effect::Dialog(DialogKind::Export { folder, name, choice }));
    }

    /// Exports to a place that was chosen.
    pub(in crate::app) fn export_to(&mut self, path: PathBuf, choice: ExportChoice) {
        let mut path = std::path::absolute(&path).unwrap_or(path);
        let mut agreed = self.agreed_in_a_dialog();
        match choice.format().map(|format| format.packaging) {
            Some(Packaging::File(extension)) if path.extension().is_none() => {
                path.as_mut_os_string().push(format!(".{extension}"));
                agreed = false;
            }
            Some(Packaging::Folder) => agreed = false,
            _ => {}
        }
        self.start_export(path, choice, agreed);
    }

    /// Writes the export in a job. If the target exists and the user has not agreed to replace it, asks.
    fn start_export(&mut self, path: PathBuf, choice: ExportChoice, replace: bool) {
        let (Some(book), Some(format)) = (&self.book, choice.format()) else { return };
        if self.is_open(&path) {
            let why = format!(
                "Nothing was exported: {} is the notebook itself. Choose another name.",
                path.display()
            );
            self.notify(Level::Error, why);
            return;
        }
        let notebook = book.snapshot();
        let work = move |handle: &Handle| {
            let cancelled = || handle.is_cancelled();
            let progress = |done: f32| handle.set_progress(done);
            let redaction = choice.hide.redaction(&notebook);
            let copy = redaction.as_ref().map(|redaction| redaction.apply(&notebook, &cancelled));
            let replaced = copy.iter().flatten().map(|copy| copy.places).next();
            let shared = match &copy {
                None => Ok(&*notebook),
                Some(copy) => {
                    copy.as_ref().map(|copy| &copy.notebook).ok_or(ExportError::Cancelled)
                }
            };
            let ended = shared
                .and_then(|notebook| {
                    Content::of(notebook, &choice.scope, &cancelled)
                        .map_err(|_| ExportError::Cancelled)
                })
                .and_then(|content| {
                    let content = content.redacted_by(redaction.as_ref());
                    export::write_to(&path, format, &content, replace, &cancelled, &progress)
                });
            ExportDone { path, choice, replaced, ended }
        };
        let name = format!("Exporting: {}", format.name);
        self.jobs.start(Job::store(name), work, Self::exported);
    }

    fn exported(&mut self, done: ExportDone) {
        let ExportDone { path, choice, replaced, ended } = done;
        match ended {
            Ok(Written { durable: true, .. }) => {
                let hidden = match replaced {
                    None => String::new(),
                    Some(1) => " A name was replaced in one place.".to_owned(),
                    Some(places) => format!(" Names were replaced in {places} places."),
                };
                self.notify(Level::Info, format!("Exported to {}.{hidden}", path.display()));
            }
            Ok(_) => {
                let why = format!(
                    "Exported to {}, but the disk did not confirm the write. Export again to be sure.",
                    path.display()
                );
                self.notify(Level::Warning, why);
            }
            Err(ExportError::Output(OutputError::Exists(_))) if self.question().is_none() => {
                self.ask(ReplaceExport { path, choice });
            }
            Err(ExportError::Cancelled) => {
                self.notify(Level::Info, "The export was cancelled. Nothing was written.");
            }
            Err(error) => self.notify(Level::Error, sentence(&error.to_string())),
        }
    }
}

/// How an export ended.
struct ExportDone {
    path: PathBuf,
    choice: ExportChoice,
    /// How many places were replaced, where names were left out.
    replaced: Option<usize>,
    ended: Result<Written, ExportError>,
}
