//! The timeline without a window: what is on it, where, and how it looks. No egui, so that the window and pictures draw
//! the same.
//!
//! `calendar` counts days and seconds, `extent` says what a date takes up, `items` what has one, `lanes` sorts it, `rows`
//! stacks it, `view` is the part of time in view, `axis` the ticks of that, `scene` all of it as shapes. `order` finds
//! dates that cannot all be right, `doubts` says it of each event, `chronology` is the same as a table.

mod axis;
pub mod calendar;
mod chronology;
mod doubts;
mod extent;
mod items;
mod lanes;
mod order;
mod rows;
mod scene;
mod view;
mod words_width;

pub use axis::{Axis, Step, Tick, Unit};
pub use calendar::Seconds;
pub use chronology::{Passage, chronology, place, sure, when, who};
pub use doubts::Doubts;
pub use extent::{End, Extent, Precision};
pub use items::{Item, Items, LABEL, What, mention_of, sentence_of, speaker_of};
pub use lanes::{Lane, LaneBy, LaneKey, lanes};
pub use order::{Clash, clashes, order_of};
pub use rows::{Entry, INSET, LaneRows, MARK, ROW, Room, Rows};
pub use scene::{Arrow, Band, Doubt, Figure, Label, Look, SIGN, Scene, Shape, Stacked, Timeline};
pub use view::{Level, View};
pub use words_width::words_width;
