//! The words of tooltips: what a command does and its key.

use crate::app::Command;

/// What a command does, with its key.
#[must_use]
pub fn with_key(command: Command) -> String {
    match command.shortcut() {
        Some(key) => format!("{}  ({})", command.hint(), key.text()),
        None => command.hint().to_owned(),
    }
}
