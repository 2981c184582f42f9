//! The system's file dialogs. Made on the window's thread (macOS demands it), awaited on another.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use crate::app::{DialogKind, ExportChoice, PictureChoice, has_program};
use crate::article;
use crate::export::Packaging;
use crate::import;
use crate::notebook::ArticleId;

/// How a dialog ended.
#[derive(Debug)]
pub enum Ended {
    /// With files to open, or a folder.
    Open(Vec<PathBuf>, Option<String>),
    /// With a file that is a new version of an article.
    Update(PathBuf, ArticleId),
    /// With a colleague's notebook.
    Colleague(PathBuf),
    /// With the file that an article was read from.
    Keep(PathBuf, ArticleId),
    /// With a name to save under.
    SaveAs(PathBuf),
    /// With a file or folder to import.
    Import(PathBuf),
    /// With a name to export under.
    Export(PathBuf, ExportChoice),
    /// With a name for a picture.
    Picture(PathBuf, PictureChoice),
    /// Without a choice.
    Cancelled,
    /// The dialog could not be opened, and why.
    Failed(DialogKind, String),
}

/// The endings of what can be opened.
fn openable() -> Vec<&'static str> {
    article::extensions().chain(["ron", "zip"]).collect()
}

/// Opens a file dialog; what it ends with arrives on `sender`, then `wake` is called.
pub fn open(kind: DialogKind, sender: Sender<Ended>, wake: impl FnOnce() + Send + 'static) {
    if let Err(why) = available() {
        // The window goes on; it offers a path field instead.
        let _ = sender.send(Ended::Failed(kind, why));
        wake();
        return;
    }
    let dialog = rfd::AsyncFileDialog::new();
    match kind {
        DialogKind::Open { folder, encoding } => {
            let dialog = dialog
                .set_title("Open articles or a notebook")
                .add_filter("Articles and notebooks", &openable())
                .add_filter("All files", &["*"]);
            // zenity takes its folder from the file name, and only from there.
            let dialog = if is_zenity() {
                dialog.set_file_name(format!("{}/", folder.display()))
            } else {
                dialog.set_directory(folder)
            };
            let chosen = async move {
                let files = dialog.pick_files().await?;
                Some(files.into_iter().map(|file| file.path().to_owned()).collect())
            };
            await_any(chosen, move |paths| Ended::Open(paths, encoding), sender, wake);
        }
        DialogKind::OpenFolder { folder } => {
            let dialog = dialog.set_title("Open a folder of articles");
            let dialog = if is_zenity() {
                dialog.set_file_name(format!("{}/", folder.display()))
            } else {
                dialog.set_directory(folder)
            };
            let ended = |path| Ended::Open(vec![path], None);
            await_it(dialog.pick_folder(), ended, sender, wake);
        }
        DialogKind::Update { folder, article } => {
            let dialog = dialog
                .set_title("Update the article")
                .add_filter("Articles", &article::extensions().collect::<Vec<_>>())
                .add_filter("All files", &["*"]);
            let dialog = if is_zenity() {
                dialog.set_file_name(format!("{}/", folder.display()))
            } else {
                dialog.set_directory(folder)
            };
            let ended = move |path| Ended::Update(path, article);
            await_it(dialog.pick_file(), ended, sender, wake);
        }
        DialogKind::Keep { folder, article } => {
            let dialog = dialog
                .set_title("Keep the file of the article")
                .add_filter("Articles", &article::extensions().collect::<Vec<_>>())
                .add_filter("All files", &["*"]);
            let dialog = if is_zenity() {
                dialog.set_file_name(format!("{}/", folder.display()))
            } else {
                dialog.set_directory(folder)
            };
            let ended = move |path| Ended::Keep(path, article);
            await_it(dialog.pick_file(), ended, sender, wake);
        }
        DialogKind::Colleague { folder } => {
            let dialog = dialog
                .set_title("Compare with a colleague’s notebook")
                .add_filter("Casebook notebook", &["ron"])
                .add_filter("All files", &["*"]);
            let dialog = if is_zenity() {
                dialog.set_file_name(format!("{}/", folder.display()))
            } else {
                dialog.set_directory(folder)
            };
            await_it(dialog.pick_file(), Ended::Colleague, sender, wake);
        }
        DialogKind::SaveAs { folder, name } => {
            let dialog =
                dialog.set_title("Save the notebook").add_filter("Casebook notebook", &["ron"]);
            let dialog = if is_zenity() {
                dialog.set_file_name(folder.join(name).display().to_string())
            } else {
                dialog.set_directory(folder).set_file_name(name)
            };
            await_it(dialog.save_file(), Ended::SaveAs, sender, wake);
        }
        DialogKind::Import { folder, is_folder } => {
            let endings: Vec<&str> =
                import::FORMATS.iter().flat_map(|format| format.endings).copied().collect();
            let dialog = if is_folder {
                dialog.set_title("Import a folder")
            } else {
                dialog
                    .set_title("Import a file")
                    .add_filter("Files that can be imported", &endings)
                    .add_filter("All files", &["*"])
            };
            let dialog = if is_zenity() {
                dialog.set_file_name(format!("{}/", folder.display()))
            } else {
                dialog.set_directory(folder)
            };
            if is_folder {
                await_it(dialog.pick_folder(), Ended::Import, sender, wake);
            } else {
                await_it(dialog.pick_file(), Ended::Import, sender, wake);
            }
        }
        DialogKind::Export { folder, name, choice } => {
            let mut dialog = dialog.set_title("Export the notebook");
            if let Some(format) = choice.format()
                && let Packaging::File(extension) = format.packaging
            {
                dialog = dialog.add_filter(format.name, &[extension]);
            }
            let dialog = if is_zenity() {
                dialog.set_file_name(folder.join(name).display().to_string())
            } else {
                dialog.set_directory(folder).set_file_name(name)
            };
            let ended = move |path| Ended::Export(path, choice);
            await_it(dialog.save_file(), ended, sender, wake);
        }
        DialogKind::Picture { folder, name, choice } => {
            let ending = choice.format.ending();
            let dialog =
                dialog.set_title("Export the picture").add_filter(ending.to_uppercase(), &[ending]);
            let dialog = if is_zenity() {
                dialog.set_file_name(folder.join(name).display().to_string())
            } else {
                dialog.set_directory(folder).set_file_name(name)
            };
            let ended = move |path| Ended::Picture(path, choice);
            await_it(dialog.save_file(), ended, sender, wake);
        }
    }
}

/// Waits for the user's choice on a thread of its own.
fn await_it(
    chosen: impl Future<Output = Option<rfd::FileHandle>> + Send + 'static,
    ended: impl FnOnce(PathBuf) -> Ended + Send + 'static,
    sender: Sender<Ended>,
    wake: impl FnOnce() + Send + 'static,
) {
    let chosen = async move { chosen.await.map(|file| file.path().to_owned()) };
    await_any(chosen, ended, sender, wake);
}

/// Waits for whatever the user chooses on a thread of its own.
fn await_any<T: Send + 'static>(
    chosen: impl Future<Output = Option<T>> + Send + 'static,
    ended: impl FnOnce(T) -> Ended + Send + 'static,
    sender: Sender<Ended>,
    wake: impl FnOnce() + Send + 'static,
) {
    std::thread::spawn(move || {
        let chosen = pollster::block_on(chosen);
        // The window may be gone by then.
        let _ = sender.send(chosen.map_or(Ended::Cancelled, ended));
        wake();
    });
}

/// Whether a dialog can open at all: on Linux it needs the desktop's portal, or `zenity`. Without either rfd answers
/// as if the user had cancelled, so this asks first.
fn available() -> Result<(), String> {
    if !cfg!(target_os = "linux") || has_program("zenity") || has_portal() {
        return Ok(());
    }
    Err("this desktop has no file chooser (neither xdg-desktop-portal nor zenity)".to_owned())
}

/// What the desktop answered at the start; where it has not answered, rfd finds out for itself, off this thread.
fn has_portal() -> bool {
    #[cfg(target_os = "linux")]
    {
        super::portal::is_there().unwrap_or(true)
    }
    #[cfg(not(target_os = "linux"))]
    {
        true
    }
}

/// Whether rfd will run zenity.
fn is_zenity() -> bool {
    cfg!(target_os = "linux") && !has_portal()
}
