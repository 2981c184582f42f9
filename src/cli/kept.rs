//! The files that articles were read from, beside a notebook that a command writes.

use std::path::Path;

use super::output;
use crate::kept_sources::{Keeper, NotKept, SourcesFolder, gather, kept_by};
use crate::notebook::{KeepSources, Notebook};

/// The folder of sources of a notebook that is about to be written. Unless it is, what was put there goes again.
pub(super) struct Beside {
    folder: SourcesFolder,
    /// What lay there before.
    before: Vec<String>,
    saved: bool,
}

impl Beside {
    /// That of the notebook at this path.
    pub(super) fn of(notebook: &Path) -> Self {
        let folder = SourcesFolder::beside(notebook);
        let before = folder.unused(&[]);
        Self { folder, before, saved: false }
    }

    /// What reads articles and puts their files there.
    pub(super) fn keeper(&self, choice: KeepSources) -> Keeper {
        Keeper::beside(choice, self.folder.clone())
    }

    /// Brings the files there that the notebook says are kept, from beside these others; says which it cannot.
    pub(super) fn bring(&self, notebook: &Notebook, from: &[&Path]) {
        let from: Vec<SourcesFolder> =
            from.iter().map(|path| SourcesFolder::beside(path)).collect();
        let left = gather(&kept_by(notebook), &self.folder, None, &from, &|| false).not_beside;
        // Git's merge driver is given copies with other names: there is nothing beside those.
        if !self.folder.exists() && !from.iter().any(SourcesFolder::exists) && !left.is_empty() {
            return output::complain(&format!(
                "{} in no folder beside these notebooks; “casebook check” says whether all is beside the result",
                output::count(left.len(), "kept file is", "kept files are")
            ));
        }
        for one in left {
            let why = one.why.map_or_else(|| "it was not found".to_owned(), |why| why.to_string());
            output::complain(&format!(
                "the kept file “{}” is not in “{}” ({why}): put it there as {}",
                one.source.shown(),
                self.folder.path().display(),
                one.source.file_name()
            ));
        }
    }

    /// The notebook is saved: what was put there stays.
    pub(super) fn saved(mut self) {
        self.saved = true;
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if self.saved {
            return;
        }
        for name in self.folder.unused(&[]) {
            if !self.before.contains(&name) {
                self.folder.remove(name.split('.').next().unwrap_or(&name));
            }
        }
    }
}

/// Says that an article's file is not kept, though it should be.
pub(super) fn complain_of_not_kept(path: &Path, why: Option<&NotKept>) {
    if let Some(why) = why {
        output::complain(&format!("the file “{}” is not kept: {why}", path.display()));
    }
}
