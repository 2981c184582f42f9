//! Why a file was not kept.

use std::io;
use std::path::PathBuf;

/// Why a file was not kept. What lay at its place before still does.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// Something that is no folder, or a link to one, stands where the folder should be.
    #[error("“{}” is not a folder of its own: move away what stands there", .0.display())]
    NotAFolder(PathBuf),
    /// The bytes are not those of the file.
    #[error("it is not the same file: its bytes have another SHA-256")]
    OtherContent,
    /// What was read back is not what was written.
    #[error("what was written to “{}” reads back differently: the disk may be failing", .0.display())]
    ReadBack(PathBuf),
    /// There is no room left.
    #[error("there is no room left in “{}”: free some space", .0.display())]
    Full(PathBuf),
    /// It may not be written there.
    #[error("“{}” cannot be written ({}): it or its disk is read-only", .0.display(), .1)]
    ReadOnly(PathBuf, io::Error),
    /// It cannot be read.
    #[error("it cannot be read ({0})")]
    Unreadable(io::Error),
    /// Anything else the system says.
    #[error("“{}” could not be written ({})", .0.display(), .1)]
    Failed(PathBuf, io::Error),
    /// Stopped on request.
    #[error("keeping it was stopped")]
    Cancelled,
}

impl KeepError {
    /// What the system says of writing into this folder.
    pub(super) fn writing(folder: &std::path::Path, why: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let folder = folder.to_owned();
        match why.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full(folder),
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::ReadOnly(folder, why),
            Kind::NotADirectory => Self::NotAFolder(folder),
            _ => Self::Failed(folder, why),
        }
    }
}
