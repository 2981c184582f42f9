//! What is drawn: egui on top of [`crate::app`]. Views get `&Program` or `&Book` and send intents; they change
//! nothing themselves and do no I/O.

mod bars;
mod beside_fields;
pub mod canvas;
pub mod choose;
pub mod concordance;
pub mod fields;
mod file_dialog;
pub mod fonts;
mod hands;
pub mod inspector;
mod keys;
pub mod limits;
mod lists;
pub mod look;
pub mod marks;
mod notices;
mod overlays;
mod pages;
mod panes;
#[cfg(target_os = "linux")]
mod portal;
pub mod reader;
pub mod results;
pub mod review;
mod splitters;
pub mod suggestions;
pub mod table;
mod type_ahead;
mod welcome;
pub mod widgets;
mod window;

pub use window::{Window, run};
