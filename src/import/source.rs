//! The files an import reads: one, or those of a folder, within limits.

use std::path::Path;

use super::ImportError;
use crate::storage::regular_file::{self, Unread};

/// The most that is read of one import, in bytes.
pub(super) const MOST: u64 = 512 << 20;
/// The most files of a folder or an archive.
pub(super) const MOST_FILES: usize = 20_000;

/// A file that is in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, without its folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What is imported: one file, or those of a folder in the order of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name of the file or the folder.
    pub name: String,
    /// The files.
    pub files: Vec<SourceFile>,
}

impl Source {
    /// One file that is in memory.
    #[must_use]
    pub fn of(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let name = name.into();
        Self { files: vec![SourceFile { name: name.clone(), bytes }], name }
    }

    /// Reads a file, or the files of a folder that have one of these endings. Beside an `.ann` file its text is read.
    ///
    /// # Errors
    /// It cannot be read, or is too large.
    pub fn read(
        path: &Path,
        endings: &[&str],
        cancelled: &dyn Fn() -> bool,
        progress: &dyn Fn(f32),
    ) -> Result<Self, ImportError> {
        let unread = |path: &Path, why: Unread| ImportError::Unread { path: path.to_owned(), why };
        let about = std::fs::metadata(path).map_err(|why| unread(path, why.into()))?;
        let name = name_of(path);
        let mut paths = Vec::new();
        if about.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|why| unread(path, why.into()))?;
            for entry in entries {
                let entry = entry.map_err(|why| unread(path, why.into()))?.path();
                if ends_in(&entry, endings) && entry.is_file() {
                    paths.push(entry);
                }
                if paths.len() > MOST_FILES {
                    let what = format!("holds more than {MOST_FILES} files");
                    return Err(ImportError::TooLarge { file: name, what });
                }
            }
            paths.sort();
        } else {
            paths.push(path.to_owned());
            let text = path.with_extension("txt");
            if ends_in(path, &["ann"]) && text.is_file() {
                paths.push(text);
            }
        }
        let mut left = MOST;
        let mut files = Vec::new();
        for (number, one) in paths.iter().enumerate() {
            if cancelled() {
                return Err(ImportError::Cancelled);
            }
            let bytes = regular_file::bytes(one, left).map_err(|why| unread(one, why))?;
            left -= bytes.len() as u64;
            files.push(SourceFile { name: name_of(one), bytes });
            progress(number as f32 / paths.len() as f32);
        }
        Ok(Self { name, files })
    }
}

fn name_of(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Whether a file's name ends in one of these, in any case.
pub(super) fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let name =
        path.file_name().map_or_else(String::new, |name| name.to_string_lossy().to_lowercase());
    endings.iter().any(|ending| name.ends_with(&format!(".{ending}")))
}

impl SourceFile {
    /// Its text: UTF-8, or UTF-16 where it begins with a byte order mark. Line breaks are as they are.
    ///
    /// # Errors
    /// It is no such text.
    pub(super) fn text(&self, format: &'static str) -> Result<String, ImportError> {
        decoded(&self.bytes).ok_or_else(|| ImportError::NotThis {
            file: self.name.clone(),
            format,
            why: "it is not text in UTF-8; save it in that encoding".to_owned(),
        })
    }
}

/// Bytes as text: UTF-8, or UTF-16 where they begin with a byte order mark.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .map(std::borrow::Cow::into_owned),
        None => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}
