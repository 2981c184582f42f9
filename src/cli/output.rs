//! Printing: to a pipe that may close, and to a terminal that must not obey what a document says.

use std::io::{self, Write};

use serde::Serialize;

use crate::storage::{Permissions, Saved};
use crate::text::is_hidden;

/// Says on standard error what went wrong.
pub fn complain(message: &str) {
    // With standard error closed there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "casebook: {}", harmless(message));
}

/// Says what of a save is not as it should be.
pub(super) fn complain_of_saved(saved: &Saved) {
    if !saved.durable {
        complain("saved, but the system does not confirm that it is on the disk");
    }
    if let Permissions::Changed(what) = &saved.permissions {
        complain(what);
    }
}

/// Says that a notebook has orphans. Not their words: standard error often ends in a log.
pub(super) fn complain_of_orphans(orphans: &[String]) {
    if !orphans.is_empty() {
        let places = count(orphans.len(), "mention no longer matches", "mentions no longer match");
        complain(&format!(
            "{places} the article; nothing was changed there; “casebook check” lists them"
        ));
    }
}

/// Prints text. Control and direction characters of the notebook are shown, not sent: they could move the cursor
/// or turn the line round.
pub(super) fn text(text: &str) -> anyhow::Result<()> {
    send(harmless(text).trim_end())
}

/// Prints one JSON value, which escapes what must be.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    send(&serde_json::to_string_pretty(value)?)
}

fn send(text: &str) -> anyhow::Result<()> {
    match writeln!(io::stdout().lock(), "{text}") {
        // `casebook show … | head` is content with what it has read.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}

fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            c if c.is_control() => out.extend(c.escape_default()),
            c if is_hidden(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Words on one line.
pub(super) fn one_line(words: &str) -> String {
    words.replace('\n', " ¶ ")
}

/// “1 mention”, “2 mentions”.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_obeyed() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c\nd\u{e9}"), "a\\u{1b}[2Jb\\u{202e}c\nd\u{e9}");
    }
}
