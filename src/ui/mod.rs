//! What is drawn: egui on top of [`crate::app`]. Views get `&Program` or `&Book` and send intents.

pub mod canvas;
pub mod fonts;
pub mod look;
pub mod reader;
