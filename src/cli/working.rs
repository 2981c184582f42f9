//! A notebook that a command changes: loaded under its lock, saved in its place, to another file, or to standard output.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use serde::Serialize;

use super::kept::Beside;
use super::{is_stream, lock, may_write, output, rendered, same_file, secure_unsaved_work};
use crate::notebook::Notebook;
use crate::storage::{Expected, Loaded, Lock, VERSION, keep_original, load, save};

/// A notebook while a command works on it.
pub(super) struct Working {
    loaded: Loaded,
    source: PathBuf,
    target: PathBuf,
    elsewhere: bool,
    to_stdout: bool,
    _lock: Option<Lock>,
}

impl Working {
    /// Loads a notebook that is to be saved there, or in its place where there is no `output`.
    pub(super) fn open(
        notebook: &Path,
        output: Option<&Path>,
        force: bool,
    ) -> anyhow::Result<Self> {
        let to_stdout = output.is_some_and(is_stream);
        let elsewhere = output.filter(|out| !same_file(out, notebook));
        let target = elsewhere.unwrap_or(notebook);
        if elsewhere.is_some() && !to_stdout {
            may_write(target, force)?;
        }
        let _lock = if to_stdout { None } else { lock(target)? };
        let loaded = load(notebook, &|| false, &|_| {})?;
        output::complain_of_orphans(&loaded.orphans);
        let (target, elsewhere) = (target.to_owned(), elsewhere.is_some());
        let source = notebook.to_owned();
        Ok(Self { loaded, source, target, elsewhere, to_stdout, _lock })
    }

    /// The notebook.
    pub(super) const fn notebook(&mut self) -> &mut Notebook {
        &mut self.loaded.notebook
    }

    /// Where it will be saved.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// Saves it, and says what was done: as JSON where that was asked for, or in words.
    pub(super) fn save(
        self,
        done: &impl Serialize,
        json: bool,
        said: &str,
    ) -> anyhow::Result<ExitCode> {
        let Self { loaded, source, target, elsewhere, to_stdout, _lock } = self;
        if to_stdout {
            let source = rendered(&loaded.notebook, &loaded.desk)?;
            return output::notebook(&source, json.then_some(done));
        }
        if !elsewhere && loaded.version < VERSION {
            let kept = keep_original(&target, loaded.version).with_context(|| {
                format!(
                    "“{}” is in an older format and no copy of it could be kept beside it; name another file with --output",
                    target.display()
                )
            })?;
            output::complain(&format!("the original file is kept as {}", kept.display()));
        }
        let expected = if elsewhere { Expected::New } else { Expected::Same(loaded.stamp) };
        secure_unsaved_work(&target)?;
        let beside = Beside::of(&target);
        if elsewhere {
            beside.bring(&loaded.notebook, &[&source]);
        }
        let saved = save(&target, &loaded.notebook, &loaded.desk, &expected, &|| false)?;
        beside.saved();
        output::complain_of_saved(&saved);
        output::after_saving(&target, done, (!json).then_some(said))
    }
}
