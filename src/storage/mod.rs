//! Notebooks as files: RON out and in, saving that loses nothing, the lock beside a notebook.
//!
//! The format is described in `FORMAT.md`, in enough detail to write a reader. Everything here is plain computation and
//! `std::fs`; nothing here draws or waits for the user.
//!
//! [`load`] reads a file, [`parse`] and [`render`] are its pure halves. What Casebook wrote reads back as the same
//! notebook and renders to the same bytes. [`save`] replaces a file in one step or not at all. [`Lock`] tells a
//! second Casebook that a notebook is open.

mod load;
mod lock;
mod lock_file;
mod mention;
mod orphans;
mod output;
mod parse;
mod paths;
mod permissions;
mod pieces;
mod private;
mod read;
mod record;
mod record_fault;
mod references;
pub mod regular_file;
mod save;
mod source;
mod stamp;
mod unmerged;
mod v1;
mod v2;
mod v3;
mod v4;
mod v5;
mod values;
mod write;

pub use load::{LIMIT, LoadError, Loaded, load};
pub use lock::{Lock, LockError, NoLock};
pub use lock_file::Holder;
pub use orphans::Orphans;
pub use output::{Filled, OutputError, OutputFolder, write_file, write_folder};
pub use paths::{named_beside, resolve};
pub use permissions::Permissions;
pub use private::{make_folder, new_file};
pub(crate) use save::sync_folder;
pub use save::{Expected, SaveError, Saved, keep_original, save, save_noting};
pub use stamp::Stamp;
pub use unmerged::{TwoVersions, two_versions};
pub use write::render;

/// The format version that is written: the one that `FORMAT.md` describes, by its title. Older ones are read.
pub const VERSION: u32 = described_in(include_str!("FORMAT.md"));

/// The number in the title of a page.
const fn described_in(page: &str) -> u32 {
    let (page, mut at, mut version) = (page.as_bytes(), 0, 0);
    while at < page.len() && page[at] != b'\n' {
        if page[at].is_ascii_digit() {
            version = version * 10 + (page[at] - b'0') as u32;
        }
        at += 1;
    }
    version
}

use crate::notebook::{Notebook, ViewState};

/// An error in a source that is not a notebook of a format version this Casebook reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct FormatError {
    /// From 1.
    pub line: usize,
    /// In Unicode scalars, from 1.
    pub column: usize,
    /// What is wrong there.
    pub what: String,
    /// Set when the only problem is that the file has this newer format version.
    pub newer: Option<u64>,
}

/// Reads a notebook's source: the notebook, its desk, and a line for each quote that does not match its article
/// (kept as an orphan).
///
/// # Errors
/// The first place where the source is wrong, and what is wrong there.
///
/// ```
/// use casebook::notebook::{ViewState, Notebook};
/// use casebook::storage::{parse, render};
///
/// let file = render(&Notebook::new("Port-Léonie"), &ViewState::default());
/// let (notebook, desk, orphans) = parse(&file)?;
/// assert_eq!(notebook.title(), "Port-Léonie");
/// assert!(orphans.is_empty());
/// assert_eq!(render(&notebook, &desk), file);
///
/// let error = parse("(casebook: 4, titel: \"\")").unwrap_err();
/// assert_eq!(error.line, 1);
/// # Ok::<(), casebook::storage::FormatError>(())
/// ```
pub fn parse(source: &str) -> Result<(Notebook, ViewState, Orphans), FormatError> {
    parse::parse(source, &|| false, &|_| {}).map_err(|stopped| match stopped {
        parse::Stopped::Format(error) => error,
        parse::Stopped::Cancelled => source::at(source, 0, "reading was stopped".to_owned()),
    })
}
