//! A folder of files by their hashes: the one beside a notebook, and the spool.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::file::{self, UNFINISHED};
use super::source::{file_name, hash_in, is_hash};
use super::{KeepError, KeptSource};
use crate::article::extensions;
use crate::storage::regular_file::Unread;
use crate::storage::{make_folder, named_beside, resolve, sync_folder};

/// The ending of the folder's name.
const ENDING: &str = ".sources";
/// How old a file is that was left unfinished, and that nobody is writing any more.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// What there is of a kept file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptState {
    /// It is beside the notebook.
    Beside,
    /// It is in Casebook’s own folder: the next save puts it beside the notebook.
    Held,
    /// It is nowhere to be found.
    Missing,
    /// What lies at its place are not its bytes.
    Altered,
    /// It cannot be read; what the system says.
    Unreadable(String),
}

/// A folder in which files lie under their hashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourcesFolder(PathBuf);

impl SourcesFolder {
    /// That of the notebook at this path: `case.sources` beside `case.ron`. Where the path is a link, beside the file it
    /// leads to.
    #[must_use]
    pub fn beside(notebook: &Path) -> Self {
        let real = resolve(notebook).unwrap_or_else(|_| notebook.to_owned());
        let stem = real.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self(named_beside(&real, &stem, ENDING))
    }

    /// The folder at this path.
    pub(super) const fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where it is, or would be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Its name, for messages.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Whether it is there: a folder, not a link to one.
    #[must_use]
    pub fn exists(&self) -> bool {
        std::fs::symlink_metadata(&self.0).is_ok_and(|found| found.is_dir())
    }

    /// Whether a file lies there with this hash, by its name and length only: cheap.
    #[must_use]
    pub fn look(&self, source: &KeptSource) -> KeptState {
        let Some(path) = self.find(&source.sha256, source.extension) else {
            return KeptState::Missing;
        };
        match std::fs::symlink_metadata(path) {
            Ok(found) if found.is_file() && found.len() == source.bytes => KeptState::Beside,
            Ok(_) => KeptState::Altered,
            Err(error) => KeptState::Unreadable(error.to_string()),
        }
    }

    /// Whether a file lies there with this hash, by reading all of it. `None` where that was stopped.
    #[must_use]
    pub fn verify(&self, source: &KeptSource, cancelled: &dyn Fn() -> bool) -> Option<KeptState> {
        let Some(path) = self.find(&source.sha256, source.extension) else {
            return Some(KeptState::Missing);
        };
        let hashed = match file::open(&path) {
            Ok((file, _)) => file::hash_of(file, &mut |_| Ok(()), cancelled),
            Err(Unread::NotAFile) => return Some(KeptState::Altered),
            Err(why) if why.is_missing() => return Some(KeptState::Missing),
            Err(why) => Err(why.into()),
        };
        match hashed {
            Ok(None) => None,
            Ok(Some((hash, _))) if hash == source.sha256 => Some(KeptState::Beside),
            Ok(Some(_)) => Some(KeptState::Altered),
            Err(why) => Some(KeptState::Unreadable(why.to_string())),
        }
    }

    /// Opens the file with this hash; what is read of it still has to be compared with the hash.
    pub(super) fn open(&self, source: &KeptSource) -> Result<Option<File>, Unread> {
        let Some(path) = self.find(&source.sha256, source.extension) else { return Ok(None) };
        match file::open(&path) {
            Ok((file, _)) => Ok(Some(file)),
            Err(why) if why.is_missing() => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// Copies the file with this hash to a folder, under this name: whole and right, or not at all.
    ///
    /// # Errors
    /// [`KeepError`]: it is not there, is altered, or cannot be written.
    pub fn copy_to(
        &self,
        source: &KeptSource,
        folder: &Path,
        name: &str,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<(), KeepError> {
        match self.open(source) {
            Ok(Some(file)) => file::write(folder, name, &source.sha256, file, cancelled),
            Ok(None) => Err(KeepError::Unreadable(io::ErrorKind::NotFound.into())),
            Err(Unread::NotAFile) => Err(KeepError::OtherContent),
            Err(why) => Err(KeepError::Unreadable(why.into())),
        }
    }

    /// Puts what is read there, under its hash and with this extension; nothing is written where it lies there already
    /// and is right. Returns whether it was written.
    ///
    /// # Errors
    /// [`KeepError`]; what is read has another hash, or cannot be written.
    pub fn put(
        &self,
        sha256: &str,
        extension: Option<&'static str>,
        from: impl Read,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<bool, KeepError> {
        if !is_hash(sha256) {
            return Err(KeepError::OtherContent);
        }
        self.make()?;
        let there = self.find(sha256, extension).and_then(|path| file::open(&path).ok());
        if let Some((file, _)) = there {
            match file::hash_of(file, &mut |_| Ok(()), cancelled) {
                Ok(None) => return Err(KeepError::Cancelled),
                Ok(Some((hash, _))) if hash == sha256 => return Ok(false),
                // What is wrong there is replaced.
                Ok(Some(_)) | Err(_) => {}
            }
        }
        file::write(&self.0, &file_name(sha256, extension), sha256, from, cancelled)?;
        Ok(true)
    }

    /// Makes the folder, for its owner alone, where it is not there; a link to one is none.
    fn make(&self) -> Result<(), KeepError> {
        match std::fs::symlink_metadata(&self.0) {
            Ok(found) if found.is_dir() => {
                self.sweep_unfinished();
                Ok(())
            }
            Ok(_) => Err(KeepError::NotAFolder(self.0.clone())),
            Err(why) if why.kind() == io::ErrorKind::NotFound => {
                make_folder(&self.0).map_err(|why| KeepError::writing(&self.0, why))?;
                if let Some(parent) = self.0.parent() {
                    let _ = sync_folder(parent);
                }
                Ok(())
            }
            Err(why) => Err(KeepError::writing(&self.0, why)),
        }
    }

    /// Removes the file with this hash, if there is one, and the folder, if nothing else is in it.
    pub fn remove(&self, sha256: &str) {
        if let Some(path) = self.find(sha256, None) {
            let _ = std::fs::remove_file(path);
            // It fails where anything is in it.
            let _ = std::fs::remove_dir(&self.0);
        }
    }

    /// The files that are not there as they should be, by reading all of them; `None` where that was stopped.
    #[must_use]
    pub fn problems(
        &self,
        needed: &[KeptSource],
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Vec<(KeptSource, KeptState)>> {
        let mut found = Vec::new();
        for source in needed {
            let state = self.verify(source, cancelled)?;
            if state != KeptState::Beside {
                found.push((source.clone(), state));
            }
        }
        Some(found)
    }

    /// The names of the files there that no article of the notebook was read from, in order.
    #[must_use]
    pub fn unused(&self, needed: &[KeptSource]) -> Vec<String> {
        let needed: BTreeSet<&str> = needed.iter().map(|source| &*source.sha256).collect();
        let mut unused: Vec<String> = self
            .entries()
            .into_iter()
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .filter(|name| hash_in(name).is_none_or(|hash| !needed.contains(hash)))
            .collect();
        unused.sort_unstable();
        unused
    }

    /// Everything that lies there, whatever it is.
    pub(super) fn entries(&self) -> Vec<PathBuf> {
        if !self.exists() {
            return Vec::new();
        }
        let Ok(entries) = std::fs::read_dir(&self.0) else { return Vec::new() };
        entries.flatten().map(|entry| entry.path()).collect()
    }

    /// Where the file with this hash lies: with this extension, otherwise with any other that a format has. Nothing is
    /// looked for in what is no folder of its own.
    pub(super) fn find(&self, sha256: &str, extension: Option<&'static str>) -> Option<PathBuf> {
        if !is_hash(sha256) || !self.exists() {
            return None;
        }
        let others = extensions().map(Some).chain([None]);
        std::iter::once(extension)
            .chain(others)
            .map(|extension| self.0.join(file_name(sha256, extension)))
            .find(|path| std::fs::symlink_metadata(path).is_ok())
    }

    /// Removes what a Casebook that was killed left unfinished.
    fn sweep_unfinished(&self) {
        let unfinished = |name: &OsStr| {
            let name = name.to_string_lossy();
            name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1)
        };
        for path in self.entries() {
            let Ok(found) = std::fs::symlink_metadata(&path) else { continue };
            let age = found.modified().ok().and_then(|at| at.elapsed().ok());
            if path.file_name().is_some_and(unfinished)
                && found.is_file()
                && age.is_some_and(|age| age > ABANDONED)
            {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

impl KeptState {
    /// What `casebook check` says of it: `None` where nothing is wrong.
    #[must_use]
    pub fn problem(&self, source: &KeptSource) -> Option<String> {
        let name = source.shown();
        match self {
            Self::Beside => None,
            Self::Held => {
                Some(format!("“{name}” is not beside the notebook yet: save the notebook"))
            }
            Self::Missing => Some(format!(
                "the kept file “{name}” is missing: copy it back under this name, or let Article details keep it again"
            )),
            Self::Altered => Some(format!(
                "the kept file “{name}” was altered: it is not the file that the article was read from. Replace it by that one"
            )),
            Self::Unreadable(why) => Some(format!("the kept file “{name}” cannot be read ({why})")),
        }
    }
}
