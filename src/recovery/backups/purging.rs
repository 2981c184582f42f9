//! Deleting backups: those of one notebook, or all.

use std::io;
use std::path::Path;

use super::listed::is_backup;
use super::{Folder, WHERE, folder_of, folders};

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// How many backups were deleted.
    pub deleted: usize,
    /// How many are left because deleting was stopped.
    pub left: usize,
    /// Whether it was stopped before it was done.
    pub stopped: bool,
}

/// Removes the backups of a notebook, or all backups, also through a link to their folder. Files that are not backups
/// stay. If `stop` returns true, no more are deleted, and those left are counted.
///
/// # Errors
/// An error that says how many are left, where, and why.
pub fn purge(
    folder: &Folder,
    notebook: Option<&Path>,
    stop: &dyn Fn() -> bool,
) -> io::Result<Purged> {
    let mut purged = Purged::default();
    let Some(all) = folder.backups() else { return Ok(purged) };
    let one = notebook.and_then(|notebook| folder_of(folder, notebook));
    let places = match one {
        Some(one) => vec![one],
        None => match folders(&all) {
            Ok(places) => places,
            Err(why) => return nothing_there(&all, why).map(|()| purged),
        },
    };
    // If one cannot be emptied, the others still are.
    let mut failed = Ok(());
    for place in &places {
        let emptied = empty(place, &mut purged, stop);
        failed = failed.and(emptied);
    }
    failed?;
    if notebook.is_none() && !purged.stopped {
        // A link to it is kept: its owner wants the backups there.
        let _ = std::fs::remove_dir(&all);
    }
    Ok(purged)
}

/// A missing folder holds no backups; the missing target of a link may, on a disk that is not connected.
fn nothing_there(folder: &Path, why: io::Error) -> io::Result<()> {
    let leads_nowhere = |folder: &Path| folder.is_symlink() && !folder.exists();
    if why.kind() == io::ErrorKind::NotFound && !folder.ancestors().any(leads_nowhere) {
        return Ok(());
    }
    Err(left(folder, "the folder cannot be read", &why))
}

fn left(folder: &Path, what: &str, why: &io::Error) -> io::Error {
    io::Error::new(why.kind(), format!("{}: {what}: {why}", folder.display()))
}

/// Removes the backups in a folder, and the folder.
fn empty(place: &Path, purged: &mut Purged, stop: &dyn Fn() -> bool) -> io::Result<()> {
    let entries = match std::fs::read_dir(place) {
        Ok(entries) => entries,
        Err(why) => return nothing_there(place, why),
    };
    let (mut still, mut first) = (0, None);
    let mut others = Vec::new();
    for entry in entries {
        let file = entry?.path();
        if !is_backup(&file) {
            others.push(file);
            continue;
        }
        purged.stopped |= stop();
        if purged.stopped {
            purged.left += 1;
            continue;
        }
        let removed = match file.symlink_metadata() {
            // The target of the link would stay.
            Ok(there) if there.is_symlink() => Err(io::Error::other("it is a link")),
            _ => std::fs::remove_file(&file),
        };
        match removed {
            Err(why) if why.kind() != io::ErrorKind::NotFound => {
                still += 1;
                first.get_or_insert(why);
            }
            Err(_) => {}
            Ok(()) => purged.deleted += 1,
        }
    }
    if let Some(why) = first {
        let what = if still == 1 { "1 is left".to_owned() } else { format!("{still} are left") };
        return Err(left(place, &what, &why));
    }
    if purged.stopped {
        return Ok(());
    }
    for file in others {
        let ours = file.file_name().is_some_and(|name| name == WHERE)
            || file.extension().is_some_and(|ending| ending == "tmp");
        if ours {
            let _ = std::fs::remove_file(file);
        }
    }
    let _ = std::fs::remove_dir(place);
    Ok(())
}
