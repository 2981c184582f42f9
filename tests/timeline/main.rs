//! The timeline: what holds of every date and every pile of events, and the pane on the real window.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "../common/session.rs"]
mod session;

mod clashes;
mod laws;
mod pane;
mod picture;
