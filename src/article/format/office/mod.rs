//! What the readers of office files (Word, OpenDocument, Rich Text) share: how paragraphs, tables and notes become text,
//! what the characters of symbol fonts mean, and which properties say something.

pub(super) mod fields;
pub(super) mod flow;
#[cfg(test)]
mod hostile;
#[cfg(test)]
pub(super) mod made;
pub(super) mod meaning;
pub(super) mod output;
pub(super) mod properties;
pub(super) mod symbols;

use crate::foreign::archive::Limits;

/// How much is read of the archive that such a file is.
pub(super) const ARCHIVE: Limits =
    Limits { entries: 20_000, entry: 128 << 20, unpacked: 256 << 20 };
/// The most styles, lists, fonts or notes that are kept of one file: no real one comes near.
pub(super) const MOST_ENTRIES: usize = 100_000;
