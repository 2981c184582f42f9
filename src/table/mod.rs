//! The tables of links, of entities and of what happened when, without a window: the labels of the columns, the contents of the cells, how a
//! cell is edited, and which rows there are. The window draws them, and exports can write them.
//!
//! `column` defines the columns, each of which shows a field of [`crate::fields`] or a figure; `rows` determines the
//! rows and their order.

mod column;
mod rows;

pub use column::{Column, EditMode, RowId, TableKind};
pub use rows::{FoldedNames, RowQuery, Rows};
