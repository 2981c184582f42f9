//! What is drawn: egui on top of [`crate::app`]. Views get `&Program` or `&Book` and send intents; they change
//! nothing themselves and do no I/O.

mod bars;
pub mod canvas;
mod file_dialog;
pub mod fonts;
mod keys;
pub mod look;
pub mod marks;
mod notices;
mod overlays;
mod pages;
mod panes;
#[cfg(target_os = "linux")]
mod portal;
pub mod reader;
mod standins;
mod welcome;
pub mod widgets;
mod widgets_text;
mod window;

pub use window::{Window, run};
