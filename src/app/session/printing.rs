//! Printing: the HTML report is written to a private file and opened where the desktop opens such files. No browser is part
//! of Casebook; the desktop's prints it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::app::desktop::{OpenError, Opener};
use crate::app::notice::sentence;
use crate::app::{Level, Program};
use crate::export::{self, Content, ExportError, Format};
use crate::job::{Handle, Job};
use crate::storage::make_folder;

/// The folder of such files, in the data folder.
const FOLDER: &str = "print";
/// The format that is printed.
const FORMAT: &str = "html";
/// So long a file is left for the browser: one that was opened is in its memory, and is read again when the page is loaded
/// anew.
const KEPT: Duration = Duration::from_secs(60 * 60);

/// Why nothing is there to be printed.
#[derive(Debug, thiserror::Error)]
enum PrintError {
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error("the folder for it could not be made ({0}): use File › Export… and print the file")]
    Folder(io::Error),
    #[error("the report is in “{}”, but {why}: open it with a browser and print it there", path.display())]
    Open { path: PathBuf, why: OpenError },
}

impl Program {
    /// Writes the report in a job and has the desktop open it.
    pub(in crate::app) fn print(&mut self) {
        let (Some(book), Some(format)) = (&self.book, export::format(FORMAT)) else { return };
        let notebook = book.snapshot();
        let stem = match book.path().and_then(|path| path.file_stem()) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => super::saving::file_name(&book.proposed_name()),
        };
        let folder = self.print_folder();
        let opener = self.session.opener.clone();
        let work = move |handle: &Handle| {
            let cancelled = || handle.is_cancelled();
            let content = Content::everything(&notebook);
            let path = write(folder, &format.file_name(&stem), format, &content, handle)?;
            match opener.open(&path, &cancelled) {
                Ok(()) => Ok(path),
                Err(why) => Err(PrintError::Open { path, why }),
            }
        };
        self.jobs.start(Job::store("Printing"), work, Self::printed);
    }

    fn printed(&mut self, ended: Result<PathBuf, PrintError>) {
        match ended {
            Ok(path) => self.notify(
                Level::Info,
                format!(
                    "The report is open in your browser: print it from there. It is in {}.",
                    path.display()
                ),
            ),
            Err(PrintError::Export(ExportError::Cancelled)) => {
                self.notify(Level::Info, "Printing was cancelled. Nothing was opened.");
            }
            Err(error) => self.notify(Level::Error, sentence(&error.to_string())),
        }
    }

    /// Sets what opens a file outside of Casebook.
    pub fn set_opener(&mut self, opener: Opener) {
        self.session.opener = opener;
    }

    /// Where reports are put for printing; `None` without a data folder.
    pub(in crate::app) fn print_folder(&self) -> Option<PathBuf> {
        self.folder().path().map(|folder| folder.join(FOLDER))
    }

    /// Removes reports that were put there for printing a while ago: at the start and at the end of the program.
    pub(in crate::app) fn sweep_prints(&self) {
        if let Some(folder) = self.print_folder() {
            sweep(&folder, KEPT);
        }
    }
}

/// Writes the report: where it is.
fn write(
    folder: Option<PathBuf>,
    name: &str,
    format: &Format,
    content: &Content<'_>,
    handle: &Handle,
) -> Result<PathBuf, PrintError> {
    let folder = match folder {
        Some(folder) => {
            make_folder(&folder).map_err(PrintError::Folder)?;
            sweep(&folder, KEPT);
            folder
        }
        // Only its owner may read it; the system empties its folder of temporary files.
        None => {
            let folder = tempfile::Builder::new().prefix("casebook-print-").tempdir();
            folder.map_err(PrintError::Folder)?.keep()
        }
    };
    let path = folder.join(name);
    let (cancelled, progress) = (|| handle.is_cancelled(), |done: f32| handle.set_progress(done));
    Ok(export::write_to(&path, format, content, true, &cancelled, &progress)?.path)
}

/// Removes the reports in a folder that are older than this. What is no such file stays.
fn sweep(folder: &Path, kept: Duration) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let ours = path.extension().is_some_and(|extension| extension == FORMAT);
        // Of a link it is the link that is looked at.
        let Ok(about) = entry.metadata() else { continue };
        let age = about.modified().ok().and_then(|at| at.elapsed().ok());
        if ours && about.is_file() && age.is_some_and(|age| age >= kept) {
            // What cannot be removed is tried again next time.
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_old_reports_are_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a.html", "b.txt"] {
            std::fs::write(at(name), "x").unwrap();
        }
        std::os::unix::fs::symlink(at("b.txt"), at("c.html")).unwrap();
        sweep(folder.path(), KEPT);
        assert!(at("a.html").exists());
        sweep(folder.path(), Duration::ZERO);
        assert!(!at("a.html").exists() && at("b.txt").exists() && at("c.html").is_symlink());
        sweep(&at("nowhere"), Duration::ZERO);
    }
}
