//! Printing: to a pipe that may close, and to a terminal that must not obey what a document says.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use serde::Serialize;

use crate::storage::{Orphans, Permissions, Saved};
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
pub(super) fn complain_of_orphans(orphans: &Orphans) {
    if !orphans.is_empty() {
        let places = orphans.no_longer_match();
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

/// The exit code of a command that did its work and saved, but could not print what it had to say. Neither 0, for the
/// script does not get what it asked for, nor 1, at which it may try again: that would do the work twice.
const SAVED_UNTOLD: u8 = 3;

/// Prints what a command that saved this notebook has to say: a JSON value, or else text.
pub(super) fn after_saving(
    notebook: &Path,
    value: &impl Serialize,
    text: Option<&str>,
) -> anyhow::Result<ExitCode> {
    after_saving_as(notebook, value, text, ExitCode::SUCCESS)
}

/// As [`after_saving`], for a command whose exit code says more than that all is well.
pub(super) fn after_saving_as(
    notebook: &Path,
    value: &impl Serialize,
    text: Option<&str>,
    code: ExitCode,
) -> anyhow::Result<ExitCode> {
    let said = match text {
        Some(text) => harmless(text).trim_end().to_owned(),
        None => serde_json::to_string_pretty(value)?,
    };
    Ok(match write(&said) {
        Ok(()) => code,
        Err(why) => {
            complain(&format!(
                "“{}” is saved, but the result could not be written to standard output ({why}); do not run this again, it would be done twice (exit code {SAVED_UNTOLD})",
                notebook.display()
            ));
            ExitCode::from(SAVED_UNTOLD)
        }
    })
}

/// Writes a notebook to standard output, and the JSON value that would stand there to standard error, where it was
/// asked for.
pub(super) fn notebook(source: &str, value: Option<&impl Serialize>) -> anyhow::Result<ExitCode> {
    write(source.trim_end())
        .context("the notebook could not be written to standard output; nothing was saved")?;
    if let Some(value) = value {
        let _ = writeln!(io::stderr().lock(), "{}", serde_json::to_string_pretty(value)?);
    }
    Ok(ExitCode::SUCCESS)
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

fn send(text: &str) -> anyhow::Result<()> {
    match write(text) {
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
