//! A disk that keeps only what it must: what a crash may leave after the system calls that were made.
//!
//! What a program wrote is sure to be there after a power failure only once it was forced to the disk (`fsync`, POSIX).
//! Until then any of its writes may be missing, whole, or torn at any byte, with zeros where blocks never came; and any of
//! the changes to a folder (a file made, renamed, removed) may or may not have happened, until the folder is forced.
//! (Pillai et al., “All File Systems Are Not Created Equal”, OSDI 2014.)

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::common::Dice;
use crate::trace::Call;

/// What stands in a folder after a crash: paths with bytes.
pub type State = BTreeMap<PathBuf, Vec<u8>>;

#[derive(Clone, Debug)]
enum Write {
    At(usize, Vec<u8>),
    Length(usize),
}

#[derive(Clone, Debug, Default)]
struct File {
    /// As the program sees it.
    seen: Vec<u8>,
    /// As it is sure to be after a crash.
    sure: Vec<u8>,
    /// What was written since.
    pending: Vec<Write>,
}

#[derive(Clone, Debug)]
enum Entry {
    Named(PathBuf, usize),
    Removed(PathBuf),
    Renamed(PathBuf, PathBuf, usize),
}

/// The folder a program works in, as far as it is followed.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    root: PathBuf,
    files: Vec<File>,
    seen: BTreeMap<PathBuf, usize>,
    sure: BTreeMap<PathBuf, usize>,
    pending: Vec<Entry>,
    /// Open descriptors: which file, where in it, and whether each write goes to its end.
    open: HashMap<u64, (usize, usize, bool)>,
}

impl Disk {
    /// A disk that holds these files below `root`, all of it forced to the disk.
    pub fn new(root: &Path, held: &State) -> Self {
        let mut disk = Self { root: root.to_owned(), ..Self::default() };
        for (path, bytes) in held {
            disk.seen.insert(path.clone(), disk.files.len());
            disk.files.push(File { seen: bytes.clone(), sure: bytes.clone(), pending: Vec::new() });
        }
        disk.sure = disk.seen.clone();
        disk
    }

    /// What the program sees.
    pub fn seen(&self) -> State {
        self.seen
            .iter()
            .map(|(path, file)| (path.clone(), self.files[*file].seen.clone()))
            .collect()
    }

    fn ours(&self, path: &Path) -> bool {
        path.starts_with(&self.root)
    }

    /// Takes in a call; whether it changed what a crash may leave. Calls it has never heard of, on files it follows,
    /// stop the test: this must learn them.
    pub fn take(&mut self, call: &Call) -> bool {
        let Some(returned) = call.returned else { return false };
        match call.name.as_str() {
            "open" | "openat" | "creat" => self.opens(call, returned),
            "close" => {
                self.open.remove(&call.descriptor(0).map_or(u64::MAX, |found| found.0));
                false
            }
            "write" | "pwrite64" => {
                let Some((fd, true)) = self.followed(call) else { return false };
                let bytes = call.string(1);
                assert!(bytes.len() as u64 >= returned, "strace cut a string: {call:?}");
                let (file, at, appends) = self.open[&fd];
                let end = self.files[file].seen.len();
                let at = match call.name.as_str() {
                    "pwrite64" => call.number(3) as usize,
                    _ if appends => end,
                    _ => at,
                };
                let bytes = bytes[..returned as usize].to_vec();
                if call.name == "write" {
                    self.open.insert(fd, (file, at + bytes.len(), appends));
                }
                self.write(file, Write::At(at, bytes));
                true
            }
            "read" | "lseek" => {
                if let Some((fd, true)) = self.followed(call) {
                    let place = self.open.get_mut(&fd).unwrap();
                    place.1 = if call.name == "read" {
                        place.1 + returned as usize
                    } else {
                        returned as usize
                    };
                }
                false
            }
            "ftruncate" => {
                let Some((fd, true)) = self.followed(call) else { return false };
                let length = call.number(1) as usize;
                self.write(self.open[&fd].0, Write::Length(length));
                true
            }
            "fsync" | "fdatasync" => {
                let Some((fd, path)) = call.descriptor(0) else { return false };
                if let Some((file, ..)) = self.open.get(&fd) {
                    let file = &mut self.files[*file];
                    file.sure.clone_from(&file.seen);
                    file.pending.clear();
                } else if self.ours(&path) {
                    self.force(&path);
                }
                true
            }
            "rename" | "renameat" | "renameat2" => {
                let (from, to) = match call.name.as_str() {
                    "rename" => (call.path(0), call.path(1)),
                    _ => (call.path(1), call.path(3)),
                };
                let (Some(file), true) = (self.seen.remove(&from), self.ours(&to)) else {
                    return false;
                };
                assert!(!call.arguments.contains("EXCHANGE"), "two names changed places: {call:?}");
                self.seen.insert(to.clone(), file);
                self.pending.push(Entry::Renamed(from, to, file));
                true
            }
            "link" | "linkat" => {
                let (from, to) = match call.name.as_str() {
                    "link" => (call.path(0), call.path(1)),
                    _ => (call.path(1), call.path(3)),
                };
                let (Some(file), true) = (self.seen.get(&from).copied(), self.ours(&to)) else {
                    return false;
                };
                self.seen.insert(to.clone(), file);
                self.pending.push(Entry::Named(to, file));
                true
            }
            "unlink" | "unlinkat" => {
                let path = if call.name == "unlink" { call.path(0) } else { call.path(1) };
                let followed = self.seen.remove(&path).is_some();
                if followed {
                    self.pending.push(Entry::Removed(path));
                }
                followed
            }
            "copy_file_range" | "sendfile" | "splice" | "fallocate" | "pwritev" | "writev"
            | "mkdir" | "mkdirat" | "symlink" | "symlinkat" | "truncate" | "pwritev2" => {
                let named = call.touches(&self.root);
                assert!(!named || call.name.starts_with("mkdir"), "teach the disk {call:?}");
                false
            }
            _ => false,
        }
    }

    /// The call's descriptor, and whether it is of a file that is followed.
    fn followed(&self, call: &Call) -> Option<(u64, bool)> {
        let (fd, _) = call.descriptor(0)?;
        Some((fd, self.open.contains_key(&fd)))
    }

    fn opens(&mut self, call: &Call, fd: u64) -> bool {
        self.open.remove(&fd);
        let Some(path) = call.opened.clone().filter(|path| self.ours(path)) else { return false };
        let made = call.arguments.contains("O_CREAT") && !self.seen.contains_key(&path);
        if made {
            self.seen.insert(path.clone(), self.files.len());
            self.pending.push(Entry::Named(path.clone(), self.files.len()));
            self.files.push(File::default());
        }
        // A folder is no file.
        let Some(file) = self.seen.get(&path).copied() else { return false };
        self.open.insert(fd, (file, 0, call.arguments.contains("O_APPEND")));
        let cut = call.arguments.contains("O_TRUNC");
        if cut {
            self.write(file, Write::Length(0));
        }
        made || cut
    }

    fn write(&mut self, file: usize, write: Write) {
        let file = &mut self.files[file];
        apply(&mut file.seen, &write);
        file.pending.push(write);
    }

    /// Makes what happened in a folder sure.
    fn force(&mut self, folder: &Path) {
        let here = |path: &Path| path.parent() == Some(folder);
        let (now, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pending).into_iter().partition(|entry| match entry {
                Entry::Named(path, _) | Entry::Removed(path) | Entry::Renamed(_, path, _) => {
                    here(path)
                }
            });
        self.pending = later;
        for entry in &now {
            happen(&mut self.sure, entry);
        }
    }

    /// What a crash leaves if these changes to folders happened, and files kept of their writes what `keep` says.
    fn crash(
        &self,
        happened: impl Fn(usize) -> bool,
        mut keep: impl FnMut(&File) -> Vec<u8>,
    ) -> State {
        let mut names = self.sure.clone();
        for (n, entry) in self.pending.iter().enumerate() {
            if happened(n) {
                happen(&mut names, entry);
            }
        }
        names.into_iter().map(|(path, file)| (path, keep(&self.files[file]))).collect()
    }

    /// Every extreme a crash may leave, and `more` that lie between, each by the throw of the dice.
    pub fn crashes(&self, more: usize, dice: &mut Dice) -> Vec<State> {
        let entries = self.pending.len();
        let masks: Vec<u64> = match entries {
            0..=5 => (0..1 << entries).collect(),
            // In order, as a file system with a journal keeps them; each one missing; each one alone.
            _ => (0..=entries)
                .map(|n| (1 << n) - 1)
                .chain((0..entries).flat_map(|n| [!(1_u64 << n), 1 << n]))
                .collect(),
        };
        let mut states = Vec::new();
        for mask in masks {
            let happened = |n: usize| mask & (1 << n) != 0;
            states.push(self.crash(happened, |file| file.sure.clone()));
            states.push(self.crash(happened, |file| file.seen.clone()));
            if self.files.iter().any(|file| !file.pending.is_empty()) {
                // The length came, the bytes did not.
                states.push(self.crash(happened, |file| {
                    let mut bytes = file.sure.clone();
                    bytes.resize(file.seen.len(), 0);
                    bytes
                }));
                for _ in 0..more {
                    states.push(self.crash(happened, |file| torn(file, dice)));
                }
            }
        }
        states
    }
}

fn happen(names: &mut BTreeMap<PathBuf, usize>, entry: &Entry) {
    match entry {
        Entry::Named(path, file) => {
            names.insert(path.clone(), *file);
        }
        Entry::Removed(path) => {
            names.remove(path);
        }
        Entry::Renamed(from, to, file) => {
            names.remove(from);
            names.insert(to.clone(), *file);
        }
    }
}

fn apply(bytes: &mut Vec<u8>, write: &Write) {
    match write {
        Write::Length(length) => bytes.resize(*length, 0),
        Write::At(at, new) => {
            bytes.resize(bytes.len().max(at + new.len()), 0);
            bytes[*at..at + new.len()].copy_from_slice(new);
        }
    }
}

/// Some of a file's writes, the last of them torn; or only some blocks of them all.
fn torn(file: &File, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = file.sure.clone();
    if dice.one_in(2) {
        let whole = dice.below(file.pending.len());
        for write in &file.pending[..whole] {
            apply(&mut bytes, write);
        }
        if let Some(Write::At(at, new)) = file.pending.get(whole) {
            let cut = dice.below(new.len() + 1);
            apply(&mut bytes, &Write::At(*at, new[..cut].to_vec()));
        }
        return bytes;
    }
    let block = [512, 4096][dice.below(2)];
    bytes.resize(file.seen.len(), 0);
    for (n, new) in file.seen.chunks(block).enumerate() {
        if dice.one_in(2) {
            bytes[n * block..n * block + new.len()].copy_from_slice(new);
        }
    }
    bytes
}
