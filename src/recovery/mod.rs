//! Keeping unsaved work and earlier saves: the recovery journal and the backups.
//!
//! Both live in the application's data folder ([`Folder`]), readable by its owner only (0700, files 0600), and never in
//! a notebook's own folder. Nothing here makes decisions for the user, and nothing here writes a notebook's file.
//!
//! - [`Recorder`] writes what is done to an open notebook into a journal, on a thread of its own.
//! - [`found`] lists the journals that no running Casebook holds; [`recover`] rebuilds the notebook, with its undo
//!   history: `recovery(base, journal) = the notebook before the crash`.
//! - [`backups`] keeps copies of what was saved, thins them out, and restores them.
//!
//! # The journal
//! A file that only grows: the line `casebook journal 2`, then records, each `length (u32, little-endian) · check (8
//! bytes) · kind (1 byte) · payload`. A check is the first half of a SHA-256 over the check before it, the kind and the
//! payload, which shows that a record is complete, in its place, and part of this journal. Reading stops at the first
//! record that is not, where a write was torn. Payloads are RON. The first record says what the journal is about and
//! which base it starts from; a base without a file is in the journal itself. The text of an article is written once
//! and then named by its SHA-256.
//!
//! A base that is a file is secured beside the journal with its first event, as a hard link and then as a copy: that
//! file may be replaced by a save, by another program or by git before the work is recovered.
//!
//! When a notebook is about to be saved, the journal notes the hash of the bytes and how many events they hold, before
//! the old file is replaced: whichever file is found afterwards, it is known which edits are newer. After the save the
//! journal is replaced by one over the new file that holds only what came since, usually nothing: no file.

pub mod backups;
mod base;
mod folder;
mod journal;
mod message;
mod named;
mod older_records;
mod record_format;
mod recorder;
mod replay;
#[cfg(test)]
mod tests;
mod unsaved_work;
mod writer;

pub use base::{HeldFile, secure_bases};
pub use folder::{Folder, discard, discard_free};
pub use journal::{About, Base, JournalError, LIMIT, Read, Summary, read, write};
pub use message::{Beginning, RecordingProblem};
pub use named::named_in_unsaved_work;
pub use recorder::{Noter, Recorder};
pub use replay::{Claim, FileState, RecoverError, Recovered, recover, recover_unless, replay};
pub use unsaved_work::{UnsavedWork, found, found_about};
pub use writer::TOGETHER;
