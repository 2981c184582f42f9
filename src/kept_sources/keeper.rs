//! Reading an article's file, and keeping its bytes.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{KeepError, SourcesFolder, Spool};
use crate::article::{ArticleError, Format, KeepBytes, Read, ReadOptions, hex, read_file_seeing};
use crate::notebook::KeepSources;

/// What reads articles' files and keeps them, as a notebook's setting says.
#[derive(Clone, Debug)]
pub struct Keeper {
    choice: KeepSources,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Spool(Spool),
    Folder(SourcesFolder),
    Nowhere,
}

/// Why the file of an article that was read is not kept, though it should be.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// There is no place for it.
    #[error("there is no data folder to hold it until the notebook is saved")]
    NoFolder,
    /// It could not be written.
    #[error(transparent)]
    Failed(#[from] KeepError),
}

/// Whether files of this format are kept by a notebook with this setting.
#[must_use]
pub const fn wants(choice: KeepSources, format: &Format) -> bool {
    match choice {
        KeepSources::Documents => format.is_document(),
        KeepSources::All => true,
        KeepSources::None => false,
    }
}

impl Keeper {
    /// One that puts files into the spool, where there is one.
    #[must_use]
    pub fn into_spool(choice: KeepSources, spool: Option<Spool>) -> Self {
        Self { choice, place: spool.map_or(Place::Nowhere, Place::Spool) }
    }

    /// One that puts files beside a notebook at once.
    #[must_use]
    pub const fn beside(choice: KeepSources, folder: SourcesFolder) -> Self {
        Self { choice, place: Place::Folder(folder) }
    }

    /// Reads an article from a file, as [`crate::article::read_file`] does, and keeps its bytes where the setting says so:
    /// the article's origin says whether they are. The second value says why they are not.
    ///
    /// # Errors
    /// The article cannot be read; then nothing is kept.
    pub fn read(
        &self,
        path: &Path,
        options: &ReadOptions,
        cancelled: &dyn Fn() -> bool,
        progress: &dyn Fn(f32),
    ) -> Result<(Read, Option<NotKept>), ArticleError> {
        let mut kept = None;
        let mut seeing = |format: &'static Format, bytes: &[u8]| {
            if wants(self.choice, format) {
                kept = Some(self.put(format, bytes));
            }
        };
        let read = read_file_seeing(path, options, &mut seeing, cancelled, progress);
        match (read, kept) {
            (Ok(mut read), Some(Ok((sha256, _)))) => {
                // It is of the same bytes: the hash says so.
                read.origin.kept = read.origin.sha256 == sha256;
                Ok((read, None))
            }
            (Ok(read), Some(Err(why))) => Ok((read, Some(why))),
            (Ok(read), None) => Ok((read, None)),
            (Err(error), kept) => {
                if let Some(Ok((sha256, true))) = kept {
                    self.forget(&sha256);
                }
                Err(error)
            }
        }
    }

    fn put(&self, format: &Format, bytes: &[u8]) -> Result<(String, bool), NotKept> {
        match &self.place {
            Place::Spool(spool) => Ok(spool.keep(format, bytes)?),
            Place::Folder(folder) => {
                let sha256 = hex(&Sha256::digest(bytes));
                let extension = format.extensions.first().copied();
                let is_new = folder.put(&sha256, extension, bytes, &|| false)?;
                Ok((sha256, is_new))
            }
            Place::Nowhere => Err(NotKept::NoFolder),
        }
    }

    fn forget(&self, sha256: &str) {
        match &self.place {
            Place::Spool(spool) => spool.forget(sha256),
            Place::Folder(folder) => folder.remove(sha256),
            Place::Nowhere => {}
        }
    }
}

impl KeepBytes for Keeper {
    fn keep_bytes(
        &self,
        format: &'static Format,
        bytes: &[u8],
    ) -> Option<Result<(String, bool), String>> {
        wants(self.choice, format).then(|| self.put(format, bytes).map_err(|why| why.to_string()))
    }

    fn let_go(&self, sha256: &str) {
        self.forget(sha256);
    }
}
