//! Documents are read in a process of their own: the same program, started with [`ARGUMENT`], which gets the file on its
//! standard input and answers on its standard output. It has an empty environment, little memory, little time, no files
//! and no network, so that a file made to break a reader breaks nothing else.
//!
//! - `protocol`: what is asked and answered, and how it lies in the two streams;
//! - `parent`: starts the process, waits no longer than 30 s, and trusts nothing it says;
//! - `child`: what runs in it;
//! - `confinement`: what it may not do.

mod child;
mod confinement;
mod parent;
mod protocol;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

pub use child::serve;
pub use parent::WorkerError;
pub(in crate::article) use parent::{draw, read};
pub(in crate::article) use protocol::PageRequest;

/// The argument that makes the program a reader of one document.
pub const ARGUMENT: &str = "--import-worker";
/// The most memory it may map, in bytes.
const MEMORY: u64 = 512 << 20;
/// The most processor time it may take, in seconds.
const PROCESSOR: u64 = 20;
/// How long it may take.
const CLOCK: Duration = Duration::from_secs(30);

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says which program reads documents, where it is not the one that runs: for tests and for programs that use this
/// library. Only the first call counts.
pub fn use_program(path: &Path) {
    // A second program would be another one for half of the documents.
    let _ = PROGRAM.set(path.to_owned());
}

/// The program to start.
fn program() -> std::io::Result<PathBuf> {
    if let Some(path) = PROGRAM.get() {
        return Ok(path.clone());
    }
    // This very program, even where its file was replaced or removed meanwhile (an update).
    if cfg!(target_os = "linux") {
        return Ok(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe()
}
