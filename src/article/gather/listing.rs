//! From what was chosen to a list of files to be read. Folders are walked without following links, so that there is no
//! way round in a circle and none out of them.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::{self, Archive, Member};
use super::{MOST_BYTES, MOST_FILES, NotRead, amount, too_large};
use crate::article::LIMIT;
use crate::article::error::shown;
use crate::text::NaturalKey;

/// The most names that are looked at in folders, whatever they are.
const MOST_NAMES: usize = 200_000;
/// Folders lie in one another at most so deep.
const DEEPEST: usize = 100;

/// A file to be read.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// As shown: with its folders, from what was chosen on.
    pub name: String,
    /// The folder inside what was chosen.
    pub folder: String,
    /// Somebody chose this very file.
    pub chosen: bool,
    pub place: Place,
}

/// Where a file's bytes are.
#[derive(Clone, Debug)]
pub(super) enum Place {
    File(PathBuf),
    /// In an archive, as its member of this number.
    Member(Arc<Archive>, usize),
}

impl Item {
    pub(super) const fn path(&self) -> Option<&PathBuf> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Member(..) => None,
        }
    }
}

/// The files to be read, in order, and what is not among them.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub items: Vec<Item>,
    pub failed: Vec<NotRead>,
    pub left_out: Vec<NotRead>,
    pub limit: Option<String>,
}

/// Whether several articles may be in this: a folder, or a zip archive by its name.
#[must_use]
pub fn holds_several(path: &Path) -> bool {
    is_zip(path) || fs::metadata(path).is_ok_and(|found| found.is_dir())
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

fn is_notebook(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("ron"))
}

pub(super) const NOTEBOOK: &str = "It is a notebook: open it by itself.";
const HIDDEN: &str = "It is hidden.";
const LINK: &str = "It is a link, which is not followed: open what it leads to.";
const NO_FILE: &str = "It is not a regular file but a pipe, socket or device.";
const DEEP: &str = "It lies too deep: open it by itself.";

/// Lists the files in what was chosen, in that order; when `cancelled` returns true, those found so far.
pub(super) fn list(chosen: &[PathBuf], cancelled: &dyn Fn() -> bool) -> Listing {
    let mut walk =
        Walk { found: Listing::default(), names: 0, bytes: 0, cancelled: &|| cancelled() };
    let several = chosen.iter().filter(|path| holds_several(path)).count() > 1;
    for path in chosen {
        if walk.is_over() {
            break;
        }
        walk.chosen(path, several);
    }
    walk.found
}

struct Walk<'a> {
    found: Listing,
    /// How many names were looked at.
    names: usize,
    /// How many bytes the files have together.
    bytes: u64,
    cancelled: &'a dyn Fn() -> bool,
}

impl Walk<'_> {
    fn is_over(&self) -> bool {
        self.found.limit.is_some() || (self.cancelled)()
    }

    /// Something that was chosen. Of several folders and archives each is a folder of its own.
    fn chosen(&mut self, path: &Path, several: bool) {
        let name = path
            .file_name()
            .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let name = shown(&name);
        let is_folder = fs::metadata(path).is_ok_and(|found| found.is_dir());
        if is_folder {
            let folder = if several { one_name(&name) } else { String::new() };
            self.folder(path, &name, &folder, 0);
        } else if is_zip(path) {
            let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
            let folder = if several { one_name(stem) } else { String::new() };
            self.archive(path, &name, &folder, true);
        } else if is_notebook(&name) {
            let why = NOTEBOOK.to_owned();
            self.found.left_out.push(NotRead { name, why, chosen: true });
        } else {
            let bytes = fs::metadata(path).map_or(0, |found| found.len());
            let place = Place::File(path.to_owned());
            self.file(Item { name, folder: String::new(), chosen: true, place }, bytes);
        }
    }

    fn folder(&mut self, path: &Path, name: &str, folder: &str, depth: usize) {
        if depth > DEEPEST {
            self.leave_out(name.to_owned(), DEEP);
            return;
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(why) => {
                let why = format!("The folder could not be read: {why}. Check its permissions.");
                self.fail(name, why, depth == 0);
                return;
            }
        };
        let mut all: Vec<(NaturalKey, String, DirEntry)> = Vec::new();
        for entry in entries {
            // What is gone before it can be looked at is not there.
            let Ok(entry) = entry else { continue };
            self.names += 1;
            if self.names > MOST_NAMES {
                self.found.limit = Some(format!(
                    "There are more than {MOST_NAMES} files and folders: “{name}” and what follows it were not opened. Open the folders in it by themselves."
                ));
                return;
            }
            let own = shown(&entry.file_name().to_string_lossy());
            all.push((NaturalKey::of(&own), own, entry));
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, own, entry) in all {
            if self.is_over() {
                return;
            }
            self.entry(&entry, &own, name, folder, depth);
        }
    }

    fn entry(&mut self, entry: &DirEntry, own: &str, above: &str, folder: &str, depth: usize) {
        let name = format!("{above}/{own}");
        let Ok(kind) = entry.file_type() else {
            self.leave_out(name, NO_FILE);
            return;
        };
        let path = entry.path();
        match () {
            () if own.starts_with('.') => self.leave_out(name, HIDDEN),
            () if kind.is_symlink() => self.leave_out(name, LINK),
            () if kind.is_dir() => {
                self.folder(&path, &name, &inside(folder, &one_name(own)), depth + 1);
            }
            () if !kind.is_file() => self.leave_out(name, NO_FILE),
            () if is_notebook(own) => self.leave_out(name, NOTEBOOK),
            () if is_zip(&path) => {
                let stem = own.rsplit_once('.').map_or(own, |(stem, _)| stem);
                self.archive(&path, &name, &inside(folder, &one_name(stem)), false);
            }
            () => {
                let bytes = entry.metadata().map_or(0, |found| found.len());
                let folder = folder.to_owned();
                self.file(Item { name, folder, chosen: false, place: Place::File(path) }, bytes);
            }
        }
    }

    fn archive(&mut self, path: &Path, name: &str, folder: &str, chosen: bool) {
        let (archive, members) = match archive::open(path, name) {
            Ok(opened) => opened,
            Err(why) => {
                self.fail(name, why, chosen);
                return;
            }
        };
        let archive = Arc::new(archive);
        let mut members: Vec<(NaturalKey, Member)> = members
            .into_iter()
            .map(|member| (NaturalKey::of(&member.names.join("/")), member))
            .collect();
        members.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, member) in members {
            if self.is_over() {
                return;
            }
            self.names += 1;
            let Member { number, names, bytes, obstacle } = member;
            let shown = format!("{name}/{}", names.join("/"));
            let Some((own, above)) = names.split_last() else { continue };
            let above = above.iter().fold(folder.to_owned(), |path, name| inside(&path, name));
            let hidden = names.iter().any(|name| name.starts_with('.') || name == "__MACOSX");
            match obstacle {
                _ if hidden => self.leave_out(shown, HIDDEN),
                Some(archive::Obstacle::Link) => self.leave_out(shown, LINK),
                _ if is_notebook(own) => self.leave_out(shown, NOTEBOOK),
                Some(archive::Obstacle::Encrypted) => {
                    let why = "It is encrypted. Unpack the archive with its password, and open the folder.";
                    self.fail(&shown, why.to_owned(), false);
                }
                None if is_zip(Path::new(own)) => {
                    let why =
                        "It is an archive inside an archive. Unpack the outer one, and open this.";
                    self.fail(&shown, why.to_owned(), false);
                }
                None => {
                    let place = Place::Member(Arc::clone(&archive), number);
                    self.file(Item { name: shown, folder: above, chosen: false, place }, bytes);
                }
            }
        }
    }

    fn file(&mut self, item: Item, bytes: u64) {
        if bytes > LIMIT {
            let why = too_large(&item.name, bytes);
            self.fail(&item.name, why, item.chosen);
            return;
        }
        let full = if self.found.items.len() >= MOST_FILES {
            Some(format!("more than {MOST_FILES} files"))
        } else if self.bytes.saturating_add(bytes) > MOST_BYTES {
            Some(format!("more than {}", amount(MOST_BYTES)))
        } else {
            None
        };
        if let Some(what) = full {
            self.found.limit = Some(format!(
                "There are {what}: “{}” and what follows it were not opened. Open the rest by itself.",
                item.name
            ));
            return;
        }
        self.bytes += bytes;
        self.found.items.push(item);
    }

    fn fail(&mut self, name: &str, why: String, chosen: bool) {
        self.found.failed.push(NotRead { name: name.to_owned(), why, chosen });
    }

    fn leave_out(&mut self, name: String, why: &str) {
        self.found.left_out.push(NotRead { name, why: why.to_owned(), chosen: false });
    }
}

/// A folder's name as one name in the path of a notebook's folders.
fn one_name(name: &str) -> String {
    name.replace('/', "_").trim().to_owned()
}

fn inside(folder: &str, name: &str) -> String {
    match (folder.is_empty(), name.is_empty()) {
        (true, _) => name.to_owned(),
        (_, true) => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}
