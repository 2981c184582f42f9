//! Opening the file that an article was read from: a copy of the kept one, which can only be read, is opened where the desktop
//! opens such files.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::app::desktop::{OpenError, Opener};
use crate::app::notice::sentence;
use crate::app::{Level, Program};
use crate::job::{Handle, Job};
use crate::kept_sources::{KeepError, KeptSource, KeptState, SourcesFolder};
use crate::notebook::ArticleId;
use crate::storage::make_folder;

/// The folder of copies that were made to be opened, in the data folder.
const OPENED: &str = "opened";
/// So long such a copy is left for the program that shows it.
const SHOWN: Duration = Duration::from_secs(24 * 60 * 60);

/// Why a kept file was not opened.
#[derive(Debug, thiserror::Error)]
enum ShowError {
    /// No copy of it could be made.
    #[error(transparent)]
    Copy(#[from] KeepError),
    /// The folder for the copy could not be made.
    #[error("the folder for a copy of it could not be made ({0})")]
    Folder(io::Error),
    /// The copy could not be opened.
    #[error("a copy of it is “{}”, but {why}: open that yourself", path.display())]
    Open { path: PathBuf, why: OpenError },
}

impl Program {
    /// Has the desktop open a copy of the file that an article was read from. The copy can only be read.
    pub(in crate::app) fn open_kept_file(&mut self, article: ArticleId) {
        let Some(book) = &self.book else { return };
        let Some((source, _)) = book.kept_file(article) else { return };
        let Some(extension) = source.extension else {
            self.notify(
                Level::Warning,
                format!(
                    "“{}” has a format that this Casebook does not know. It is kept as {}.",
                    source.shown(),
                    source.file_name()
                ),
            );
            return;
        };
        let (id, folders) = (book.document.id, self.kept_folders(book));
        let name = copy_name(&source, extension);
        let (shown_in, opener) = (self.opened_folder(), self.session.opener.clone());
        let work = move |handle: &Handle| {
            let cancelled = || handle.is_cancelled();
            let shown = show(&source, &folders, shown_in, &name, &opener, &cancelled);
            (id, source, shown)
        };
        let name = "Opening the article’s file";
        self.jobs.start(Job::load(name), work, |program, (id, source, shown)| {
            program.opened_kept_file(id, &source, shown);
        });
    }

    fn opened_kept_file(
        &mut self,
        id: u64,
        source: &KeptSource,
        shown: Result<PathBuf, ShowError>,
    ) {
        let name = source.shown();
        let altered = match &shown {
            Err(ShowError::Copy(KeepError::OtherContent)) => Some(KeptState::Altered),
            Err(ShowError::Copy(KeepError::Unreadable(why)))
                if why.kind() == io::ErrorKind::NotFound =>
            {
                Some(KeptState::Missing)
            }
            _ => None,
        };
        if let (Some(state), Some(book)) =
            (&altered, self.book.as_mut().filter(|book| book.document.id == id))
        {
            book.document.kept_files.found(source, state.clone());
        }
        let (level, said) = match (shown, altered) {
            (Ok(_), _) => {
                (Level::Info, format!("A copy of “{name}” is open. The kept file stays as it is."))
            }
            (Err(_), Some(KeptState::Altered)) => (
                Level::Error,
                format!(
                    "“{name}” was not opened: what is kept under its name was altered, it is not the file that the article was read from. “Keep a file…” in Article details puts the right one there."
                ),
            ),
            (Err(_), Some(_)) => (
                Level::Error,
                format!(
                    "“{name}” is missing. If you have it elsewhere, “Keep a file…” in Article details puts it there again."
                ),
            ),
            (Err(ShowError::Copy(KeepError::Cancelled)), _) => {
                (Level::Info, "Opening was stopped.".to_owned())
            }
            (Err(error), _) => {
                (Level::Error, format!("“{name}” was not opened: {}", sentence(&error.to_string())))
            }
        };
        self.notify(level, said);
    }

    /// Where copies are put to be opened; `None` without a data folder.
    fn opened_folder(&self) -> Option<PathBuf> {
        self.folder().path().map(|folder| folder.join(OPENED))
    }

    /// Removes copies that were opened a while ago: at the start of the program.
    pub(super) fn sweep_opened(&self) {
        if let Some(folder) = self.opened_folder() {
            sweep(&folder);
        }
    }
}

/// What the copy of a file is called: words of its name, and the beginning of its hash. Its ending is its format's.
fn copy_name(source: &KeptSource, extension: &str) -> String {
    let stem = source.named.rsplit_once('.').map_or(&*source.named, |(stem, _)| stem);
    let hash = source.sha256.get(..8).unwrap_or_default();
    format!("{}-{hash}.{extension}", super::saving::file_name(stem))
}

/// Makes a copy that can only be read and has the desktop open it.
fn show(
    source: &KeptSource,
    folders: &[SourcesFolder],
    shown_in: Option<PathBuf>,
    name: &str,
    opener: &Opener,
    cancelled: &dyn Fn() -> bool,
) -> Result<PathBuf, ShowError> {
    let place = match shown_in {
        Some(folder) => {
            make_folder(&folder).map_err(ShowError::Folder)?;
            sweep(&folder);
            folder
        }
        None => {
            let folder = tempfile::Builder::new().prefix("casebook-source-").tempdir();
            folder.map_err(ShowError::Folder)?.keep()
        }
    };
    // Of several errors the first is told that says more than that it is not there.
    let mut missing = KeepError::Unreadable(io::ErrorKind::NotFound.into());
    for folder in folders {
        match folder.copy_to(source, &place, name, cancelled) {
            Ok(()) => {
                let path = place.join(name);
                for_reading_only(&path);
                return match opener.open(&path, cancelled) {
                    Ok(()) => Ok(path),
                    Err(why) => Err(ShowError::Open { path, why }),
                };
            }
            Err(KeepError::Cancelled) => return Err(KeepError::Cancelled.into()),
            Err(why) => {
                let told = matches!(&missing, KeepError::Unreadable(why) if why.kind() == io::ErrorKind::NotFound);
                if told {
                    missing = why;
                }
            }
        }
    }
    Err(missing.into())
}

/// Takes from everybody the right to write a file.
fn for_reading_only(path: &Path) {
    #[cfg(unix)]
    let permissions = Some(std::os::unix::fs::PermissionsExt::from_mode(0o400));
    #[cfg(not(unix))]
    let permissions = std::fs::metadata(path).ok().map(|found| {
        let mut permissions = found.permissions();
        permissions.set_readonly(true);
        permissions
    });
    if let Some(permissions) = permissions {
        // A copy that can be written is still only a copy.
        let _ = std::fs::set_permissions(path, permissions);
    }
}

/// Removes the files in a folder of copies that are older than a day.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        // Of a link it is the link that is looked at.
        let Ok(about) = entry.metadata() else { continue };
        let age = about.modified().ok().and_then(|at| at.elapsed().ok());
        if about.is_file() && age.is_some_and(|age| age >= SHOWN) {
            // What cannot be removed is tried again next time.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_called_by_nothing_but_words_and_its_format() {
        let source = KeptSource {
            sha256: "0123456789abcdef".repeat(4),
            bytes: 1,
            extension: Some("pdf"),
            article: ArticleId::random(),
            named: "../../Bras de fer \u{202e}fdp.exe".to_owned(),
            title: String::new(),
        };
        let name = copy_name(&source, "pdf");
        assert!(name.ends_with("-01234567.pdf") && name.starts_with("bras-de-fer"), "{name}");
        assert!(!name.contains(['/', '\u{202e}']) && name.matches('.').count() == 1, "{name}");
        assert_eq!(
            copy_name(&KeptSource { named: "..".to_owned(), ..source }, "txt"),
            "notebook-01234567.txt"
        );
    }
}
