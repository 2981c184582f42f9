//! What the readers of office files (Word, OpenDocument, Rich Text) share: how paragraphs, tables and notes become text,
//! how numbers are written, what the characters of symbol fonts mean, and which properties say something.

pub(super) mod fields;
pub(super) mod flow;
#[cfg(test)]
mod hostile;
#[cfg(test)]
pub(super) mod made;
pub(super) mod meaning;
pub(super) mod numerals;
pub(super) mod output;
pub(super) mod properties;
pub(super) mod symbols;

/// The most styles, lists, fonts or notes that are kept of one file: no real one comes near.
pub(super) const MOST_ENTRIES: usize = 100_000;
