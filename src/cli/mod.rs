//! The headless commands: the same notebook and the same edits as in the window, for scripts and for machines
//! without a screen.
//!
//! What was asked for goes to standard output, as text or (`--json`) as one JSON value; what went wrong goes to
//! standard error, and the exit code is not zero: 1 where nothing was done, 2 where the arguments make no sense, 3
//! where the notebook was saved but the result could not be printed, so that a script does not do it again. Nothing
//! here draws.

mod agreement;
mod args;
mod changes;
mod check;
mod chronology;
mod diff;
mod edit;
mod export;
mod find;
mod import;
mod kept;
mod layout;
mod merge;
mod merge_two;
mod named;
mod new;
mod output;
mod picture;
mod reading;
mod review;
mod show;
mod sources;
mod suggest;
mod text;
mod update;
mod working;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use clap::{CommandFactory as _, Parser};

use crate::crash;
use crate::notebook::{Notebook, ViewState};
use crate::recovery::{Folder, secure_bases};
use crate::storage::regular_file::{self, Unread};
use crate::storage::{self, Lock, LockError, NoLock};
use args::{Arguments, Command};
pub use output::complain;

/// What the program is to do.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing more: a command ran, well or badly.
    Done(ExitCode),
    /// Open the window, with this article or notebook if one was named.
    Window(Option<PathBuf>),
}

/// The command line as clap describes it: every command with its options, for the documentation and its tests.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Reads the arguments and carries a headless command out, if they name one.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => {
            // Help and version count as what was asked for; clap knows which stream and code each takes.
            let _ = message.print();
            let code = u8::try_from(message.exit_code()).unwrap_or(2);
            return Outcome::Done(ExitCode::from(code));
        }
    };
    let Some(command) = arguments.command else { return Outcome::Window(arguments.file) };
    crash::is_reading();
    let done = match &command {
        Command::Check(args) => check::run(args),
        Command::New(args) => new::run(args),
        Command::Edit(args) => edit::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Show(args) => show::run(args),
        Command::Find(args) => find::run(args),
        Command::Export(args) => export::run(args),
        Command::Picture(args) => picture::run(args),
        Command::Import(args) => import::run(args),
        Command::Suggest(args) => suggest::run(args),
        Command::Text(args) => text::run(args),
        Command::Sources(args) => sources::run(args),
        Command::Chronology(args) => chronology::run(args),
        Command::Review(args) => review::run(args),
        Command::Update(args) => update::run(args),
        Command::Changes(args) => changes::run(args),
        Command::Layout(args) => layout::run(args),
        Command::Merge(args) if args.notebooks.len() == 2 => {
            return Outcome::Done(merge_two::run(args));
        }
        Command::Merge(args) => return Outcome::Done(merge::run(args)),
        Command::Agreement(args) => agreement::run(args),
    };
    Outcome::Done(done.unwrap_or_else(|error| {
        complain(&format!("{error:#}"));
        ExitCode::FAILURE
    }))
}

/// Why no window can open here, in one line with what serves instead; `None` when nothing speaks against one.
#[must_use]
pub fn no_display() -> Option<String> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY") {
        return None;
    }
    Some(
        "no display: neither DISPLAY nor WAYLAND_DISPLAY is set, so no window can open; without one, use \
         “casebook show NOTEBOOK”, “check”, “new” or “edit” (“casebook --help” lists them)"
            .to_owned(),
    )
}

/// Locks a notebook for the time it is worked on. Where no lock can be made, says so and goes on.
fn lock(path: &Path) -> anyhow::Result<Option<Lock>> {
    match Lock::acquire(path) {
        Ok(lock) => Ok(Some(lock)),
        Err(held @ LockError::Held { .. }) => Err(held.into()),
        Err(LockError::Unavailable { reason: NoLock::NoFolder, .. }) => {
            // The folder is missing; saving or loading says it better.
            Ok(None)
        }
        Err(warning) => {
            complain(&warning.to_string());
            Ok(None)
        }
    }
}

/// Secures the file that is about to be replaced for unsaved work that starts from it and waits to be recovered.
fn secure_unsaved_work(path: &Path) -> anyhow::Result<()> {
    secure_bases(&Folder::of_user(), path).with_context(|| {
        format!(
            "“{}” was not changed: there is unsaved work to recover that is based on it, and no copy of it could be kept. Recover or discard that work in Casebook first, or name another file with --output",
            path.display()
        )
    })
}

/// The text of a file that is named on the command line, or of standard input for “-”: at most `limit` bytes. `of` is
/// what it should be, with what to do when it is longer.
fn input(path: &Path, limit: u64, of: &str) -> anyhow::Result<String> {
    let what = of.split(';').next().unwrap_or(of);
    let file = || -> Result<String, Unread> {
        if is_stream(path) {
            return regular_file::text_from(std::io::stdin().lock(), limit);
        }
        if std::fs::metadata(path)?.is_dir() {
            return Err(Unread::NotAFile);
        }
        // A pipe is what `<(…)` of a shell gives.
        regular_file::text_from(std::fs::File::open(path)?, limit)
    };
    file().map_err(|why| match why {
        Unread::TooLong { .. } => anyhow!("“{}” is not {of}: {why}", path.display()),
        why => anyhow!("“{}” could not be read as {what}: {why}", path.display()),
    })
}

/// Whether a path on the command line stands for standard input or output.
fn is_stream(path: &Path) -> bool {
    path == Path::new("-")
}

/// A notebook as its file would hold it, where it is written to standard output: it reads back, as a saved one does.
fn rendered(notebook: &Notebook, desk: &ViewState) -> anyhow::Result<String> {
    let source = storage::render(notebook, desk);
    if source.len() as u64 > storage::LIMIT {
        bail!(
            "the notebook would be larger than one may be ({})",
            regular_file::amount(storage::LIMIT)
        );
    }
    storage::parse(&source)?;
    Ok(source)
}

/// Refuses to write over a file that holds something, unless that was asked for.
fn may_write(path: &Path, force: bool) -> anyhow::Result<()> {
    match std::fs::metadata(path) {
        Ok(there) if !force && (!there.is_file() || there.len() > 0) => bail!(
            "“{}” already exists; choose another name, or overwrite it with --force",
            path.display()
        ),
        _ => Ok(()),
    }
}

/// Whether two paths lead to one file.
fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
