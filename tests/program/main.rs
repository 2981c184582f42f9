//! Scripts of commands on the whole program, without a window: what a person does, and what comes of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod claiming;
mod colleague;
mod dating;
mod deleting;
mod documents;
mod finding;
mod judging;
mod linking;
mod merging;
mod moving;
mod opening;
mod printing;
#[path = "../common/program.rs"]
mod program;
mod quoting;
mod refusing;
mod reviewing;
mod saving;
mod script;
mod settings;
mod tagging;
mod undoing;
mod updating;
