//! The documentation, held to the program: examples run, no edit, field, command or option is missing, and links lead
//! somewhere.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod commands;
mod edit_lists;
mod exports;
mod formats;
mod keys;
mod links;
mod page;
mod shape;
