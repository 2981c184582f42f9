//! A file in which git left two versions of a notebook: said, and merged when the user wants that.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::loaded::LoadedNotebook;
use super::questions::NextStep;
use crate::app::notice::sentence;
use crate::app::{Answer, Level, Program, Question};
use crate::edit::three_way::merge;
use crate::edit::{Edit, Prepared};
use crate::job::{Handle, Job};
use crate::notebook::{Notebook, ViewState};
use crate::storage::{self, Orphans, two_versions};

/// A file with two versions of a notebook in it.
#[derive(Debug)]
pub struct Unmerged {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: String,
}

impl Question for Unmerged {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::Reload => program.merge_two_versions(self.path),
            _ => program.give_up_waiting(),
        }
    }
}

/// Our version, and the edit that merges theirs into it.
struct Both {
    ours: Notebook,
    desk: ViewState,
    orphans: Orphans,
    merge: Edit,
    conflicts: usize,
}

impl Program {
    /// Asks whether the two versions in a file are to be merged.
    pub(super) fn ask_to_merge(&mut self, path: PathBuf, why: String) {
        self.ask(Unmerged { path, why });
    }

    /// Opens our version of a notebook with theirs merged in, as a notebook that is not saved yet.
    fn merge_two_versions(&mut self, path: PathBuf) {
        let work = move |handle: &Handle| both(&path, &|| handle.is_cancelled());
        self.jobs.start(Job::load("Merging"), work, |program, done| match done {
            Ok(Some(both)) => {
                let Both { ours: notebook, desk, orphans, merge, conflicts } = both;
                let first = Some((merge, conflicts));
                let shown = LoadedNotebook {
                    first,
                    ..LoadedNotebook::without_file(notebook, desk, orphans)
                };
                program.leave(NextStep::Show(Box::new(shown)));
            }
            Ok(None) => program.notify(Level::Info, "Merging was stopped. Nothing was changed."),
            Err(why) => program.notify(Level::Error, sentence(&why)),
        });
    }

    /// Carries out what makes a notebook that was just opened the merged one, and says what is left to do.
    pub(super) fn merge_first(&mut self, merge: &Edit, conflicts: usize) {
        if self.edit(merge).is_none() {
            return;
        }
        let said = match conflicts {
            0 => "Both versions are merged. The file is as it was: save the notebook over it, or under another name."
                .to_owned(),
            1 => "Both versions are merged, with 1 conflict: the review lists it. The file is as it was until you save over it."
                .to_owned(),
            n => format!(
                "Both versions are merged, with {n} conflicts: the review lists them. The file is as it was until you save over it."
            ),
        };
        self.notify(if conflicts == 0 { Level::Info } else { Level::Warning }, said);
    }
}

/// Reads both versions and merges them. `None` once `stop` returns true.
fn both(path: &Path, stop: &dyn Fn() -> bool) -> Result<Option<Both>, String> {
    let file = path.display();
    let source = std::fs::read_to_string(path)
        .map_err(|why| format!("“{file}” cannot be read ({why}); nothing was changed"))?;
    let Some(versions) = two_versions(&source) else {
        return Err(format!("“{file}” has changed: open it again"));
    };
    let parsed = |which: &str, source: &str| {
        storage::parse(source).map_err(|why| {
            format!("“{file}”, the version of {which}, {why}: mend that place in a text editor")
        })
    };
    let (ours, desk, orphans) = parsed("ours", &versions.ours)?;
    let (theirs, ..) = parsed("theirs", &versions.theirs)?;
    let base = match &versions.base {
        Some(base) => parsed("the base", base)?.0,
        None => Notebook::default(),
    };
    let Some(merged) = merge(&base, &ours, &theirs, stop) else { return Ok(None) };
    let prepared = Prepared {
        label: "Merge the two versions".to_owned(),
        revision: ours.revision(),
        changes: merged.changes().to_vec(),
    };
    let (merge, conflicts) = (Edit::CarryOut(Arc::new(prepared)), merged.conflicts().len());
    Ok(Some(Both { ours, desk, orphans, merge, conflicts }))
}
