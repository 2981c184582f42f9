//! The tables of links and of entities, without a window: what each column is called, what stands in its cells, how a
//! cell is changed, and which rows there are. The window draws them, and exports can write them.
//!
//! `column` holds the columns, each of which shows a field of [`crate::fields`] or a figure; `rows` which rows there are, in
//! which order.

mod column;
mod rows;

pub use column::{Column, EditMode, RowId, TableKind};
pub use rows::{FoldedNames, RowQuery, Rows};
