//! The tables of links, of entities and of what happened when, without a window: the labels of the columns, the contents of the cells, how a
//! cell is edited, and which rows there are. The window draws them, and exports can write them.
//!
//! `kind` names the tables and their columns; `column` defines the columns, each of which shows a field of [`crate::fields`] or a figure; `rows` determines the
//! rows and their order; `beside` is what cells show that no record says.

mod beside;
mod column;
mod kind;
mod row_id;
mod rows;

pub use beside::Beside;
pub use column::{Column, EditMode};
pub use kind::TableKind;
pub use row_id::RowId;
pub use rows::{FoldedNames, RowQuery, Rows};
