//! Writing files and folders made from a notebook, such as exports: they are written beside what they replace, forced
//! to the disk, and moved into place in one step, or not at all. Only their owner can read them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::paths::{resolve, temporary_name};
use super::permissions::may_write;
use super::private::new_file;
use super::save::{copy_access, replace, sync_folder};
use crate::notebook::{ArticleId, EntityId};

/// Why nothing was written. What was at the path is still there, unchanged.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// There is something at the path already, and the user did not agree to replace it.
    #[error("“{}” already exists; export again to replace it, or choose another name", .0.display())]
    Exists(PathBuf),
    /// A folder has the name of the file.
    #[error("“{}” is a folder: give the file a name inside it", .0.display())]
    IsFolder(PathBuf),
    /// A file has the name of the folder.
    #[error("“{}” is a file, and a folder is to be made: choose another name", .0.display())]
    NotAFolder(PathBuf),
    /// A device, pipe or socket.
    #[error("“{}” is no ordinary file and will not be replaced: choose another name", .0.display())]
    NotAFile(PathBuf),
    /// The folder that would be replaced holds something else.
    #[error("the folder “{}” also holds “{other}”, which is none of the files to be written, and will not be replaced: choose another name", folder.display())]
    HoldsOther {
        /// Which folder.
        folder: PathBuf,
        /// What is in it.
        other: String,
    },
    /// The folder it is to be written to is missing.
    #[error("the folder of “{}” does not exist, or its disk is not connected: choose another", .0.display())]
    NoFolder(PathBuf),
    /// The file or its folder is read-only.
    #[error("“{}” cannot be written: it, its folder or its disk is read-only ({why}). Choose another folder", path.display())]
    ReadOnly {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The disk is full.
    #[error("there is no room left to write “{}” ({why}): free some space and try again, or choose another disk. What was there was kept", path.display())]
    Full {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Anything else the system says.
    #[error("“{}” could not be written ({why}). What was there was kept; choose another place", path.display())]
    Failed {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// Stopped on request.
    #[error("it was cancelled; nothing was written")]
    Cancelled,
}

impl OutputError {
    fn from_io(path: &Path, why: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let path = path.to_owned();
        match why.kind() {
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => {
                Self::ReadOnly { path, why: why.to_string() }
            }
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => {
                Self::Full { path, why: why.to_string() }
            }
            Kind::NotFound | Kind::NotADirectory => Self::NoFolder(path),
            Kind::IsADirectory => Self::IsFolder(path),
            Kind::AlreadyExists => Self::Exists(path),
            _ => Self::Failed { path, why },
        }
    }
}

/// The result of filling a file or folder; `Err(None)` means that it was cancelled.
pub type Filled = Result<(), Option<io::Error>>;

/// Writes a file. An existing file that is not empty is replaced only if `may_replace` is true; its owner, group, mode
/// and access lists are kept as far as possible. A symbolic link stays one. Returns false where the system does not
/// confirm that the file is on the disk.
///
/// # Errors
/// See [`OutputError`].
pub fn write_file(
    path: &Path,
    may_replace: bool,
    cancelled: &dyn Fn() -> bool,
    fill: &mut dyn FnMut(&mut File) -> Filled,
) -> Result<bool, OutputError> {
    let failed = |why| OutputError::from_io(path, why);
    let target = resolve(path).map_err(failed)?;
    match fs::metadata(&target) {
        Ok(old) if old.is_dir() => return Err(OutputError::IsFolder(path.to_owned())),
        Ok(old) if !old.is_file() => return Err(OutputError::NotAFile(path.to_owned())),
        Ok(old) if old.len() > 0 && !may_replace => {
            return Err(OutputError::Exists(path.to_owned()));
        }
        Ok(old) if old.permissions().readonly() => {
            let why = "the file is marked read-only".to_owned();
            return Err(OutputError::ReadOnly { path: path.to_owned(), why });
        }
        Ok(_) => may_write(&target).map_err(failed)?,
        Err(why) if why.kind() == io::ErrorKind::NotFound => {}
        Err(why) => return Err(failed(why)),
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let (start, end) = temporary_name(&target);
    let mut temporary =
        tempfile::Builder::new().prefix(&start).suffix(end).tempfile_in(folder).map_err(failed)?;
    let file = temporary.as_file_mut();
    fill(&mut *file).map_err(|why| why.map_or(OutputError::Cancelled, failed))?;
    copy_access(&target, file, path).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    if cancelled() {
        return Err(OutputError::Cancelled);
    }
    // Something may have appeared at the path meanwhile.
    if !may_replace && fs::metadata(&target).is_ok_and(|there| there.len() > 0) {
        return Err(OutputError::Exists(path.to_owned()));
    }
    replace(temporary, &target).map_err(failed)?;
    Ok(sync_folder(folder))
}

/// A folder that is being filled.
#[derive(Debug)]
pub struct OutputFolder {
    folder: PathBuf,
    names: Vec<String>,
}

impl OutputFolder {
    /// Creates a file in it.
    ///
    /// # Errors
    /// The system's error, or one for a name that contains a path or exists already.
    pub fn create(&mut self, name: &str) -> io::Result<File> {
        if name.is_empty() || name == "." || name == ".." || name.contains(['/', '\\', '\0']) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not the name of a file"));
        }
        let file = new_file(&self.folder.join(name))?;
        self.names.push(name.to_owned());
        Ok(file)
    }

    /// The names of its files, in the order they were made.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// Writes a folder. An existing folder that is not empty is replaced only if `may_replace` is true and it holds nothing
/// but files with the names that are written, or that are named after a record of a notebook: see
/// [`OutputError::HoldsOther`]. Returns false where the system does not confirm that it is on the disk.
///
/// # Errors
/// See [`OutputError`].
pub fn write_folder(
    path: &Path,
    may_replace: bool,
    cancelled: &dyn Fn() -> bool,
    fill: &mut dyn FnMut(&mut OutputFolder) -> Filled,
) -> Result<bool, OutputError> {
    let failed = |why| OutputError::from_io(path, why);
    let target = resolve(path).map_err(failed)?;
    let there = match fs::metadata(&target) {
        Ok(there) if !there.is_dir() => return Err(OutputError::NotAFolder(path.to_owned())),
        Ok(_) => Some(names_in(&target).map_err(failed)?),
        Err(why) if why.kind() == io::ErrorKind::NotFound => None,
        Err(why) => return Err(failed(why)),
    };
    if !may_replace && there.as_ref().is_some_and(|names| !names.is_empty()) {
        return Err(OutputError::Exists(path.to_owned()));
    }
    let beside = target.parent().unwrap_or(Path::new("."));
    let (start, end) = temporary_name(&target);
    let made =
        tempfile::Builder::new().prefix(&start).suffix(end).tempdir_in(beside).map_err(failed)?;
    let mut folder = OutputFolder { folder: made.path().to_owned(), names: Vec::new() };
    fill(&mut folder).map_err(|why| why.map_or(OutputError::Cancelled, failed))?;
    let names = folder.names;
    if cancelled() {
        return Err(OutputError::Cancelled);
    }
    sync_folder(made.path());
    if there.is_some() {
        // Checked as late as possible.
        let now = names_in(&target).map_err(failed)?;
        if let Some(other) = now.into_iter().find(|name| !is_like(name, &names)) {
            return Err(OutputError::HoldsOther { folder: path.to_owned(), other });
        }
        let old = tempfile::Builder::new()
            .prefix(&start)
            .suffix(end)
            .tempdir_in(beside)
            .map_err(failed)?;
        let aside = old.path().join("old");
        fs::rename(&target, &aside).map_err(failed)?;
        if let Err(why) = fs::rename(made.path(), &target) {
            // Moved back to where it was; if that fails too, it is not deleted.
            if fs::rename(&aside, &target).is_err() {
                let _ = old.keep();
            }
            return Err(failed(why));
        }
    } else {
        fs::rename(made.path(), &target).map_err(failed)?;
    }
    // It has been moved: there is nothing to remove.
    let _ = made.keep();
    Ok(sync_folder(beside))
}

/// The names of the entries of a folder, sorted.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let mut name = entry.file_name().to_string_lossy().into_owned();
        if !entry.file_type()?.is_file() {
            name.push('/');
        }
        names.push(name);
    }
    names.sort_unstable();
    Ok(names)
}

/// Whether a file of this name may come from an earlier export of the same kind: it has one of the names just written,
/// or is named after a record, whose id ends its stem (`text-a0123456789.txt`) and which may have been deleted since.
fn is_like(name: &str, written: &[String]) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let id = stem.rsplit_once('-').map_or("", |(_, id)| id);
    let is_record = id.parse::<ArticleId>().is_ok() || id.parse::<EntityId>().is_ok();
    is_record || written.iter().any(|one| one == name)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn write(path: &Path, replace: bool, names: &[&str]) -> Result<bool, OutputError> {
        write_folder(path, replace, &|| false, &mut |folder| {
            for name in names {
                folder.create(name).and_then(|mut file| file.write_all(b"x")).map_err(Some)?;
            }
            Ok(())
        })
    }

    #[test]
    fn a_folder_with_something_else_in_it_is_not_replaced() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        assert!(write(&out, false, &["a.csv", "text-a0123456789.txt"]).is_ok());
        assert!(matches!(write(&out, false, &["a.csv"]), Err(OutputError::Exists(_))));
        assert!(write(&out, true, &["a.csv"]).is_ok());
        assert_eq!(names_in(&out).unwrap(), ["a.csv"]);
        fs::write(out.join("mine.odt"), "mine").unwrap();
        let refused = write(&out, true, &["a.csv"]);
        assert!(
            matches!(refused, Err(OutputError::HoldsOther { other, .. }) if other == "mine.odt")
        );
        assert_eq!(names_in(&out).unwrap(), ["a.csv", "mine.odt"]);
        assert_eq!(names_in(home.path()).unwrap(), ["out/"], "nothing is left beside it");
    }

    #[test]
    fn what_is_cancelled_or_fails_leaves_what_was_there() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("a.md");
        fs::write(&file, "old").unwrap();
        let fill = |ended: fn() -> Option<io::Error>| {
            write_file(&file, true, &|| false, &mut |file| {
                file.write_all(b"new").map_err(Some)?;
                Err(ended())
            })
        };
        assert!(matches!(fill(|| None), Err(OutputError::Cancelled)));
        let full = fill(|| Some(io::Error::from(io::ErrorKind::StorageFull)));
        assert!(matches!(full, Err(OutputError::Full { .. })));
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(names_in(home.path()).unwrap(), ["a.md"]);
        let refused = write_file(&file, false, &|| false, &mut |_| Ok(()));
        assert!(matches!(refused, Err(OutputError::Exists(_))));
    }

    #[test]
    fn no_file_is_made_outside_of_its_folder() {
        let home = tempfile::tempdir().unwrap();
        for name in ["../a", "a/b", "..", ""] {
            assert!(write(&home.path().join("out"), false, &[name]).is_err(), "{name}");
        }
        assert!(names_in(home.path()).unwrap().is_empty());
    }
}
