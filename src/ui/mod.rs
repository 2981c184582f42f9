//! What is drawn: egui on top of [`crate::app`]. Views get `&Program` or `&OpenNotebook` and send intents; they change
//! nothing themselves and do no I/O.

mod beside_fields;
pub mod canvas;
pub mod concordance;
pub mod entity_chooser;
pub mod fields;
mod file_dialog;
pub mod fonts;
mod idle_pointer;
pub mod inspector;
mod keys;
pub mod kind_icons;
pub mod limits;
pub mod lists;
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
pub mod theme;
mod toolbars;
mod type_ahead;
mod welcome;
pub mod widgets;
mod window;
mod window_place;

pub use window::{Window, run};
