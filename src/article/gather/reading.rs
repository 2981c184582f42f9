//! Reading the files of a list, two at a time: the processes that read documents use a processor each. What comes of them
//! is handed on in the order of the list.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use super::Stopped;
use super::listing::{Item, NOTEBOOK, Place};
use crate::article::file::{FileKind, kind_of, read_bytes, read_file_seeing, sniff};
use crate::article::{ArticleError, Format, KeepBytes, Read, ReadOptions, extensions};

/// How many files are read at once.
const AT_ONCE: usize = 2;

/// What came of a file.
pub(super) enum Outcome {
    /// An article, and why its file is not kept, where it should be.
    Read(Box<Read>, Option<String>),
    /// It is no article, and why.
    LeftOut(String),
    /// It could not be read, and why.
    Failed(String),
}

/// Reads all, and hands each on, in order, with its number, until `take` returns false.
///
/// # Errors
/// `cancelled` returned true.
pub(super) fn read_in_order(
    items: &[Item],
    options: &ReadOptions,
    keeping: Option<&dyn KeepBytes>,
    cancelled: &(dyn Fn() -> bool + Sync),
    mut take: impl FnMut(usize, Outcome) -> bool,
) -> Result<(), Stopped> {
    let next = AtomicUsize::new(0);
    let enough = AtomicBool::new(false);
    let stop = || cancelled() || enough.load(Ordering::Relaxed);
    thread::scope(|scope| {
        let (sender, outcomes) = channel();
        for _ in 0..AT_ONCE.min(items.len()) {
            let (sender, next, stop) = (sender.clone(), &next, &stop);
            scope.spawn(move || {
                while !stop() {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(number) else { break };
                    let Some(outcome) = read(item, options, keeping, stop) else { break };
                    if sender.send((number, outcome)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (number, outcome) in outcomes {
            waiting.insert(number, outcome);
            while let Some(outcome) = waiting.remove(&due) {
                // What was read before somebody said stop is not handed on any more.
                if cancelled() {
                    return Err(Stopped);
                }
                if !take(due, outcome) {
                    enough.store(true, Ordering::Relaxed);
                    return Ok(());
                }
                due += 1;
            }
        }
        // Also where the last file was read just before: what was stopped comes to nothing.
        if cancelled() || due < items.len() { Err(Stopped) } else { Ok(()) }
    })
}

/// Reads one file. `None` where it was stopped.
fn read(
    item: &Item,
    options: &ReadOptions,
    keeping: Option<&dyn KeepBytes>,
    stop: &dyn Fn() -> bool,
) -> Option<Outcome> {
    let mut kept = None;
    let mut seeing = |format: &'static Format, bytes: &[u8]| {
        kept = keeping.and_then(|keeping| keeping.keep_bytes(format, bytes));
    };
    let read = match &item.place {
        Place::File(path) => match sniff(path) {
            Ok(FileKind::Notebook) => return Some(Outcome::LeftOut(NOTEBOOK.to_owned())),
            Ok(FileKind::Article) => read_file_seeing(path, options, &mut seeing, stop, &|_| {}),
            Err(error) => Err(error),
        },
        Place::Member(archive, number) => match archive.read(*number, &item.name, stop) {
            Ok(None) => return None,
            Ok(Some(bytes)) if kind_of(&bytes) == FileKind::Notebook => {
                return Some(Outcome::LeftOut(NOTEBOOK.to_owned()));
            }
            Ok(Some(bytes)) => {
                let name = item.name.rsplit('/').next().unwrap_or(&item.name);
                read_bytes(name, bytes, options, &mut seeing, stop)
            }
            Err(why) => return Some(Outcome::Failed(why)),
        },
    };
    if let (Err(_), Some(Ok((sha256, true))), Some(keeping)) = (&read, &kept, keeping) {
        keeping.let_go(sha256);
    }
    match read {
        Ok(mut read) => {
            let not_kept = match kept {
                None => None,
                Some(Err(why)) => Some(why),
                Some(Ok((sha256, _))) => {
                    read.origin.kept = read.origin.sha256 == sha256;
                    None
                }
            };
            Some(Outcome::Read(Box::new(read), not_kept))
        }
        Err(ArticleError::Cancelled { .. }) => None,
        // Beside articles lie pictures and the like. A file that is named like an article should be one.
        Err(error @ ArticleError::Binary { .. }) if !item.chosen && !is_named_like_one(item) => {
            Some(Outcome::LeftOut(error.to_string()))
        }
        Err(error) => Some(Outcome::Failed(error.to_string())),
    }
}

fn is_named_like_one(item: &Item) -> bool {
    let ending = Path::new(&item.name).extension().map(std::ffi::OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| extensions().any(|one| ending == one))
}
