//! The files that articles were read from, kept beside their notebook.
//!
//! The files of `case.ron` are kept in the folder `case.sources`, each under the SHA-256 of its bytes and the usual
//! extension of its format. A notebook says of an article that its file is kept, and by which hash; nothing else in a
//! notebook has a say in where a file lies or what it is called.
//!
//! Between the moment an article is opened and the save of its notebook the bytes lie in a [`Spool`] in the data folder,
//! so that they are there whatever becomes of the file, and of Casebook, meanwhile. [`gather`] brings them beside the
//! notebook; it is called before the notebook itself is replaced.
//!
//! - [`KeptSource`] is what a notebook says is kept, [`kept_by`] all of it.
//! - [`SourcesFolder`] is a folder of files by their hashes: written as safely as notebooks are, never through a link.
//! - [`Keeper`] reads an article's file and keeps its bytes, as the notebook's setting says.

mod error;
mod file;
mod folder;
mod gathering;
mod keeper;
mod source;
mod spool;

pub use error::KeepError;
pub use folder::{KeptState, SourcesFolder};
pub use gathering::{Gathered, NotBeside, gather};
pub use keeper::{Keeper, NotKept, wants};
pub use source::{KeptSource, kept_by, kept_source, kept_without_hash};
pub use spool::{HELD_FOR, Spool};
