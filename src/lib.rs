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
//! | [`foreign`] | what files of other programs are made of: archives and XML of unknown origin, within limits |
//! | [`scene`] | what the canvas shows, and where: known without a window |
//! | [`timeline`] | events and statements in time: extents, lanes, rows, ticks, clashes; known without a window |
//! | [`drawing`] | how it is drawn, on the screen and in pictures |
//! | [`picture`] | pictures as files: SVG, PNG and PDF |
//! | [`table`] | the tables of links and entities: columns, cells and rows, known without a window |
//! | [`export`] | results out: a table of formats, and writing them |
//! | [`import`] | the way back in: a table of formats, and what they make of a notebook |
//! | [`pairing`] | what is the same in two notebooks that two people made of the same articles |
//! | [`storage`] | the RON file: out and in, atomic save, lock |
//! | [`recovery`] | the journal of what is not saved yet, and backups of what was |
//! | [`kept_sources`] | the files that articles were read from, kept beside the notebook |
//! | [`job`] | background work: one bounded pool, progress, cancel, derived values |
//! | [`app`] | the whole program without a pixel, in parts that own their state |
//! | [`ui`] | what is drawn |
//! | `cli` | the headless commands |
//! | [`crash`] | what is reported when Casebook crashes, and the restart after that |
//!
//! `notebook ← edit ← fields ← app ← ui`. Nothing but `ui` names egui, eframe or rfd; `ui` names neither `storage`, `recovery` nor
//! the file system. Views send intents; `app` carries them out.

pub mod app;
pub mod article;
pub mod cli;
pub mod crash;
pub mod drawing;
pub mod edit;
pub mod export;
pub mod fields;
pub mod foreign;
pub mod graph;
pub mod import;
pub mod inquiry;
pub mod job;
pub mod kept_sources;
pub mod notebook;
pub mod pairing;
pub mod picture;
pub mod recovery;
pub mod scene;
pub mod storage;
pub mod table;
pub mod text;
pub mod timeline;
pub mod ui;
