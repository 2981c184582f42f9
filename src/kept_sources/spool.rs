//! Files on their way beside a notebook: in the data folder, from the moment an article is opened until the notebook is
//! saved.
//!
//! A file that was put beside a saved notebook gets a mark (`HASH.beside`), and goes once no recovery journal names it:
//! another Casebook may have opened the same file and not saved yet. What has no mark stays for [`HELD_FOR`] at least, and
//! for as long as unsaved work names it.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use super::source::hash_in;
use super::{KeepError, KeptSource, KeptState, SourcesFolder};
use crate::article::{Format, hex};
use crate::recovery::{Folder, named_in_unsaved_work};
use crate::storage::new_file;

/// The folder's name in the data folder.
const NAME: &str = "sources";
/// The ending of the mark of a file that lies beside a saved notebook.
const MARK: &str = "beside";
/// So long a file is held that was never put beside a notebook: eight weeks.
pub const HELD_FOR: Duration = Duration::from_secs(8 * 7 * 24 * 60 * 60);

/// The folder of files that are not beside a notebook yet.
#[derive(Clone, Debug)]
pub struct Spool {
    folder: SourcesFolder,
    data: Folder,
}

impl Spool {
    /// That of this data folder; `None` where there is none.
    #[must_use]
    pub fn of(data: &Folder) -> Option<Self> {
        let folder = SourcesFolder::at(data.path()?.join(NAME));
        Some(Self { folder, data: data.clone() })
    }

    /// The folder itself.
    #[must_use]
    pub const fn folder(&self) -> &SourcesFolder {
        &self.folder
    }

    /// Keeps the bytes of a file of this format; returns their hash, and whether they were not there before.
    ///
    /// # Errors
    /// [`KeepError`]; they cannot be written.
    pub fn keep(&self, format: &Format, bytes: &[u8]) -> Result<(String, bool), KeepError> {
        let sha256 = hex(&Sha256::digest(bytes));
        let extension = format.extensions.first().copied();
        // Before it is looked at, so that nobody takes it away any more.
        let _ = std::fs::remove_file(self.mark(&sha256));
        let is_new = self.folder.put(&sha256, extension, bytes, &|| false)?;
        if !is_new {
            self.renew(&sha256);
        }
        Ok((sha256, is_new))
    }

    /// Puts what is read here, if it has the hash.
    ///
    /// # Errors
    /// [`KeepError`]; it has another hash, or cannot be written.
    pub fn put(
        &self,
        source: &KeptSource,
        from: impl std::io::Read,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<(), KeepError> {
        let _ = std::fs::remove_file(self.mark(&source.sha256));
        self.folder.put(&source.sha256, source.extension, from, cancelled).map(drop)
    }

    /// Whether it is held here, by its length; it is then held as long again.
    #[must_use]
    pub fn holds(&self, source: &KeptSource) -> bool {
        let held = self.folder.look(source) == KeptState::Beside;
        if held {
            self.renew(&source.sha256);
        }
        held
    }

    /// Lets a file go whose text could not be read.
    pub(super) fn forget(&self, sha256: &str) {
        self.folder.remove(sha256);
    }

    /// Marks files that lie beside a saved notebook now.
    pub fn release(&self, hashes: &[String]) {
        for sha256 in hashes {
            if self.folder.find(sha256, None).is_some() {
                // Without a mark it only stays longer.
                let _ = new_file(&self.mark(sha256));
            }
        }
    }

    /// Removes what lies beside a saved notebook, and what has been here for long, unless unsaved work names it.
    pub fn sweep(&self) {
        let mut marked = BTreeSet::new();
        let mut old = BTreeSet::new();
        for path in self.folder.entries() {
            let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { continue };
            let Some(hash) = hash_in(&name) else { continue };
            if path.extension().is_some_and(|ending| ending == MARK) {
                marked.insert(hash.to_owned());
            } else if is_old(&path) {
                old.insert(hash.to_owned());
            }
        }
        let gone = |among: &BTreeSet<String>, bases: bool| {
            if among.is_empty() {
                return Vec::new();
            }
            // What cannot be read may name any of them.
            let Ok(named) = named_in_unsaved_work(&self.data, among, bases) else {
                return Vec::new();
            };
            among.difference(&named).cloned().collect()
        };
        let marked_gone = gone(&marked, false);
        for hash in &marked_gone {
            // It may have been opened again meanwhile.
            if self.mark(hash).exists() {
                self.remove(hash);
            }
        }
        for hash in gone(&old, true) {
            self.remove(&hash);
        }
    }

    fn remove(&self, sha256: &str) {
        let mark = self.mark(sha256);
        if let Some(path) = self.folder.find(sha256, None)
            && std::fs::remove_file(path).is_err()
        {
            return;
        }
        let _ = std::fs::remove_file(mark);
    }

    /// Begins the time anew that a file is held.
    fn renew(&self, sha256: &str) {
        let path = self.folder.find(sha256, None);
        let file = path.and_then(|path| File::options().append(true).open(path).ok());
        if let Some(file) = file {
            let _ = file.set_modified(SystemTime::now());
        }
    }

    fn mark(&self, sha256: &str) -> PathBuf {
        self.folder.path().join(format!("{sha256}.{MARK}"))
    }
}

/// Whether a file was written, or asked for, long ago.
fn is_old(path: &std::path::Path) -> bool {
    let modified = std::fs::symlink_metadata(path).and_then(|found| found.modified()).ok();
    modified.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > HELD_FOR)
}
