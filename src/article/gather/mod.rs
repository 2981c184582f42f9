//! Many articles at once: several files, folders with what is in them, zip archives.
//!
//! - `listing`: from what was chosen to a list of files, in order, within limits; what is left out is told;
//! - `archive`: the files in a zip archive, whose sizes and names are not believed;
//! - `reading`: reads them, two at a time.
//!
//! Nothing is written to the disk. A file without trouble becomes a [`GatheredArticle`]; of every other one is said what it is and why.

mod archive;
mod listing;
mod reading;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::PathBuf;

use super::{ArticleError, LIMIT, Read, ReadOptions};
use crate::article::KeepBytes;
use crate::notebook::ArticleId;
use reading::Outcome;

pub use listing::holds_several;

/// The most files that are opened at once.
pub const MOST_FILES: usize = 10_000;
/// The most bytes that the files opened at once have together.
pub const MOST_BYTES: u64 = 2 << 30;
/// The most bytes of text that is taken out of them: a notebook has to hold it.
const MOST_TEXT: u64 = 512 << 20;

/// What came of what was chosen.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The articles, in order.
    pub articles: Vec<GatheredArticle>,
    /// Files that should have become articles and did not.
    pub failed: Vec<NotRead>,
    /// What is no article: hidden files, notebooks, links, pictures.
    pub left_out: Vec<NotRead>,
    /// Files with exactly the same bytes as another one; they are not among the articles.
    pub identical: Vec<Identical>,
    /// What was not even looked at because there is too much of it: a whole sentence.
    pub limit: Option<String>,
    /// Files that were read and should be kept, but are not, and why.
    pub not_kept: Vec<NotRead>,
}

/// A file that was read.
#[derive(Debug)]
pub struct GatheredArticle {
    /// The file, as shown: `case/2023/letter.txt`.
    pub name: String,
    /// The folder inside what was chosen: `2023`; empty for none.
    pub folder: String,
    /// Where it is, unless it is in an archive.
    pub path: Option<PathBuf>,
    /// What was read from it.
    pub read: Read,
}

/// A file of which no article was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRead {
    /// The file, as shown.
    pub name: String,
    /// Why, and what to do: a whole sentence.
    pub why: String,
    /// This very file or folder was chosen; otherwise it lies in one that was.
    pub chosen: bool,
}

/// A file with exactly the same bytes as another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identical {
    /// The file, as shown.
    pub name: String,
    /// The file itself, unless it is in an archive.
    pub path: Option<PathBuf>,
    /// What it is the same as.
    pub of: SameAs,
}

/// What a file is the same as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameAs {
    /// An article that was there already.
    There(ArticleId),
    /// One of the articles that are gathered, by its number among them.
    Gathered(usize),
}

/// How far gathering has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// How many files were read.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// The file that was read last, as shown.
    pub name: String,
}

/// It was stopped: nothing is made of what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// Reads everything that was chosen: files, folders, zip archives; `keeping` keeps their bytes. `there` tells which article has this SHA-256 already.
///
/// # Errors
/// `cancelled` returned true.
pub fn gather(
    chosen: &[PathBuf],
    options: &ReadOptions,
    keeping: Option<&dyn KeepBytes>,
    there: &dyn Fn(&str) -> Option<ArticleId>,
    cancelled: &(dyn Fn() -> bool + Sync),
    progress: &dyn Fn(Progress),
) -> Result<Gathered, Stopped> {
    let listing = listing::list(chosen, cancelled);
    if cancelled() {
        return Err(Stopped);
    }
    let listing::Listing { items, failed, left_out, limit } = listing;
    let mut gathered = Gathered { failed, left_out, limit, ..Gathered::default() };
    let mut seen: HashMap<String, usize> = HashMap::new();
    let of = items.len();
    let mut text = 0_u64;
    let take = |number: usize, outcome: Outcome| {
        let Some(item) = items.get(number) else { return true };
        progress(Progress { done: number + 1, of, name: item.name.clone() });
        let read = match outcome {
            Outcome::Read(read, not_kept) => {
                if let Some(why) = not_kept {
                    gathered.not_kept.push(NotRead {
                        name: item.name.clone(),
                        why,
                        chosen: item.chosen,
                    });
                }
                read
            }
            Outcome::LeftOut(why) => {
                gathered.left_out.push(NotRead {
                    name: item.name.clone(),
                    why,
                    chosen: item.chosen,
                });
                return true;
            }
            Outcome::Failed(why) => {
                gathered.failed.push(NotRead { name: item.name.clone(), why, chosen: item.chosen });
                return true;
            }
        };
        let sha256 = read.origin.sha256.clone();
        let same = there(&sha256)
            .map(SameAs::There)
            .or_else(|| seen.get(&sha256).copied().map(SameAs::Gathered));
        if let Some(same) = same {
            let path = item.path().cloned();
            gathered.identical.push(Identical { name: item.name.clone(), path, of: same });
            return true;
        }
        text += read.text.len() as u64;
        if text > MOST_TEXT {
            gathered.limit = Some(format!(
                "There is more text than one notebook can hold: “{}” and what follows it were not opened. Make a notebook of each part.",
                item.name
            ));
            return false;
        }
        seen.insert(sha256, gathered.articles.len());
        gathered.articles.push(GatheredArticle {
            name: item.name.clone(),
            folder: item.folder.clone(),
            path: item.path().cloned(),
            read: *read,
        });
        true
    };
    reading::read_in_order(&items, options, keeping, cancelled, take)?;
    Ok(gathered)
}

/// An amount of bytes in words that a person reads.
fn amount(bytes: u64) -> String {
    if bytes >= 1 << 30 && bytes.is_multiple_of(1 << 30) {
        return format!("{} GiB", bytes >> 30);
    }
    super::mebibytes(bytes)
}

/// Why a file is too large to be read.
fn too_large(name: &str, bytes: u64) -> String {
    ArticleError::TooLarge { name: name.to_owned(), size: super::mebibytes(bytes.max(LIMIT + 1)) }
        .to_string()
}
