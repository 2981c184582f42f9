//! Casebook, a desktop notebook for investigations: the map of the house.
//!
//! | room | what lives there |
//! |---|---|
//! | [`notebook`] | the model and its invariants |
//! | [`edit`] | the only code that changes a notebook: edits, undo, edit lists |
//! | [`fields`] | one description of each field of a record: label, value, reading, writing as an edit |
//! | [`text`] | pure text: paragraphs, offsets, boundaries, search, anchoring |
//! | [`graph`] | pure geometry and graphs: layout, spatial index, paths |
//! | [`inquiry`] | reasoning over a notebook: what is open, which entity a phrase means |
//! | [`article`] | article files in |
//! | [`storage`] | the RON file: out and in, atomic save, lock |
//! | [`recovery`] | the journal of what is not saved yet, and backups of what was |
//! | [`job`] | background work: worker, progress, cancel |
//! | [`app`] | state, commands, dispatch: the whole program without a pixel |
//! | [`ui`] | what is drawn |
//! | `cli` | the headless commands |
//! | [`faults`] | what is said when Casebook falls over, and the start after that |
//!
//! `notebook ← edit ← fields ← app ← ui`. Nothing but `ui` names egui, eframe or rfd; `ui` names neither `storage` nor
//! `std::fs`. Views send intents; `app` carries them out.

pub mod app;
pub mod article;
pub mod cli;
pub mod edit;
pub mod faults;
pub mod fields;
pub mod graph;
pub mod inquiry;
pub mod job;
pub mod notebook;
pub mod recovery;
pub mod storage;
pub mod text;
pub mod ui;
