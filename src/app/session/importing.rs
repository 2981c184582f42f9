//! Importing: the questions around it, and the job that reads a file of another program and works out what it makes of the
//! notebook. The notebook is changed in one step, once that is known.

use std::path::PathBuf;

use super::questions::EnterPath;
use crate::app::notice::sentence;
use crate::app::{Answer, DialogKind, Effect, Level, OpenNotebook, Program, Question};
use crate::edit::Created;
use crate::import::{self, Case, Counts, Format, ImportError, Plan};
use crate::job::{Handle, Job};
use crate::notebook::Notebook;

/// The page that says what can be imported, and asks for a file or a folder.
#[derive(Debug)]
pub struct ImportInto;

impl Question for ImportInto {}

/// The page that says what came, and what did not fit.
#[derive(Debug)]
pub struct Imported {
    /// The file or folder.
    pub name: String,
    /// The format it is in.
    pub format: &'static Format,
    /// What is new, in words.
    pub new: String,
    /// What the notebook held already, in words; empty where that is nothing.
    pub there: String,
    /// What did not fit, a line each.
    pub missed: Vec<String>,
    /// How many more did not fit than are listed.
    pub more: usize,
}

impl Question for Imported {
    fn answer(self: Box<Self>, _: &mut Program, _: Answer) {}
}

impl Program {
    /// Asks for what is to be imported with a file dialog.
    pub(in crate::app) fn ask_what_to_import(&mut self, is_folder: bool) {
        self.close_question();
        let folder = self.start_folder();
        self.emit(Effect::Dialog(DialogKind::Import { folder, is_folder }));
    }

    /// Imports a file or folder that was chosen.
    pub(in crate::app) fn import_from(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        if self.asked::<EnterPath>().is_some() {
            self.close_question();
        }
        self.work_out_import(path, None);
    }

    /// Reads the file in a job, unless that was done already, and works out what it makes of the notebook as it is now.
    fn work_out_import(&mut self, path: PathBuf, read: Option<(&'static Format, Case)>) {
        let notebook = self.book.as_ref().map(OpenNotebook::snapshot);
        let before = self.imported_into();
        let name =
            path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let label = format!("Import “{name}”");
        let what = format!("Importing {name}");
        let work = move |handle: &Handle| {
            let cancelled = || handle.is_cancelled();
            let half = |from: f32| move |done: f32| handle.set_progress(from + done / 2.0);
            let read = match read {
                Some(read) => Ok(read),
                None => import::read(&path, None, &cancelled, &half(0.0)),
            };
            let ended = read.and_then(|(format, case)| {
                let empty = Notebook::new("");
                let notebook = notebook.as_deref().unwrap_or(&empty);
                let plan = import::plan(case.clone(), notebook, &label, &cancelled, &half(0.5))?;
                Ok((format, case, plan))
            });
            ImportDone { path, name, before, ended }
        };
        self.jobs.start(Job::load(what), work, Self::worked_out);
    }

    /// Which notebook something would be imported into, in which state.
    fn imported_into(&self) -> Option<(u64, u64)> {
        self.book.as_ref().map(|book| (book.document.id, book.document.notebook.revision()))
    }

    fn worked_out(&mut self, done: ImportDone) {
        let ImportDone { path, name, before, ended } = done;
        let (format, case, plan) = match ended {
            Ok(ended) => ended,
            Err(ImportError::Cancelled) => {
                self.notify(Level::Info, "The import was cancelled. Nothing was changed.");
                return;
            }
            Err(error) => {
                self.notify(Level::Error, sentence(&error.to_string()));
                return;
            }
        };
        if before != self.imported_into() {
            let other = |now: Option<(u64, u64)>| now.map(|(id, _)| id);
            if other(before) == other(self.imported_into()) {
                // The notebook has been edited meanwhile: what fits is worked out anew.
                self.work_out_import(path, Some((format, case)));
            } else {
                let why = "Nothing was imported: another notebook was opened meanwhile.";
                self.notify(Level::Info, why);
            }
            return;
        }
        let Plan { edit, new, there, missed } = plan;
        if new.all() > 0 {
            let Some(created) = self.edit(&edit) else { return };
            let article = created.iter().find_map(|made| match made {
                Created::Article(id) => Some(*id),
                _ => None,
            });
            if let Some(id) = article {
                self.with_open_notebook(|book| book.bring_to_front(id));
            }
            self.refresh_find();
        }
        let there_too = if there.all() > 0 { in_words(&there) } else { String::new() };
        if missed.count() == 0 {
            let nothing = if new.all() == 0 { " new" } else { "" };
            let mut said = format!("Imported from {name}: {}{nothing}.", in_words(&new));
            if !there_too.is_empty() {
                said.push_str(&format!(" There already: {there_too}."));
            }
            self.notify(Level::Info, said);
            return;
        }
        let more = missed.count() - missed.lines().len();
        let missed = missed.lines().to_vec();
        let page = Imported { name, format, new: in_words(&new), there: there_too, missed, more };
        if self.question().is_none() {
            self.ask(page);
        } else {
            let said = format!(
                "Imported from {}: {}. {} things did not fit.",
                page.name,
                page.new,
                page.missed.len() + page.more
            );
            self.notify(Level::Warning, said);
        }
    }
}

/// How an import was worked out.
struct ImportDone {
    path: PathBuf,
    name: String,
    before: Option<(u64, u64)>,
    ended: Result<(&'static Format, Case, Plan), ImportError>,
}

/// Counts in words: those that are not nothing.
fn in_words(counts: &Counts) -> String {
    let parts: Vec<String> = [
        (counts.articles, "article", "articles"),
        (counts.entities, "entity", "entities"),
        (counts.mentions, "mention", "mentions"),
        (counts.links, "link", "links"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}
