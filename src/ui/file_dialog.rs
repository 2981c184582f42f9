//! The system's file dialogs. Made on the window's thread (macOS demands it), awaited on another.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use crate::app::DialogKind;

/// How a dialog ended.
#[derive(Debug)]
pub enum Ended {
    /// With a file to open.
    Open(PathBuf),
    /// With a name to save under.
    SaveAs(PathBuf),
    /// Without a choice.
    Cancelled,
    /// It could not be opened: why.
    Failed(DialogKind, String),
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
        DialogKind::Open { folder } => {
            let chosen = dialog
                .set_title("Open an article or a notebook")
                .set_directory(folder)
                .add_filter("Articles and notebooks", &["txt", "md", "markdown", "text", "ron"])
                .add_filter("All files", &["*"])
                .pick_file();
            std::thread::spawn(move || {
                let ended = match pollster::block_on(chosen) {
                    Some(file) => Ended::Open(file.path().to_owned()),
                    None => Ended::Cancelled,
                };
                let _ = sender.send(ended);
                wake();
            });
        }
        DialogKind::SaveAs { folder, name } => {
            let chosen = dialog
                .set_title("Save the notebook")
                .set_directory(folder)
                .set_file_name(name)
                .add_filter("Casebook notebook", &["ron"])
                .save_file();
            std::thread::spawn(move || {
                let ended = match pollster::block_on(chosen) {
                    Some(file) => Ended::SaveAs(file.path().to_owned()),
                    None => Ended::Cancelled,
                };
                let _ = sender.send(ended);
                wake();
            });
        }
    }
}

/// Whether a dialog can open at all: on Linux it needs the desktop's portal, or `zenity`. Without either rfd answers
/// as if the user had cancelled, so this asks first.
fn available() -> Result<(), String> {
    if !cfg!(target_os = "linux") || has_zenity() || has_portal() {
        return Ok(());
    }
    Err("this desktop has neither a file-chooser portal (xdg-desktop-portal) nor zenity".to_owned())
}

fn has_zenity() -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file())
    })
}

fn has_portal() -> bool {
    #[cfg(target_os = "linux")]
    {
        super::portal::names_portal()
    }
    #[cfg(not(target_os = "linux"))]
    {
        true
    }
}
