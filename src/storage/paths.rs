//! The real path of a notebook's file, and the names of the files beside it: for saving and for the lock.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The longest file name (bytes) that nearly every file system allows.
const LONGEST_NAME: usize = 255;
/// The longest file name (bytes) on file systems that encrypt names: that of eCryptfs, which may hold a home folder.
const LONGEST_CAUTIOUS: usize = 143;
/// How much (bytes) of a long name is kept before its hash, for whoever looks into the folder.
const READABLE: usize = 60;
/// The ending of the name of a file that is being written.
const TEMPORARY: &str = ".casebook-tmp";
/// The number of random letters in such a name.
const RANDOM: usize = 6;

/// The possible names of a notebook's lock: the first that the file system allows is used.
///
/// A dot, the notebook's name and `.lock`; where that is too long, the beginning of the name with its hash, which is
/// the same for every Casebook.
pub(super) fn lock_names(path: &Path) -> Vec<OsString> {
    let name = path.file_name().unwrap_or_default();
    let named = |name: &OsStr| joined([OsStr::new("."), name, OsStr::new(".lock")]);
    let (whole, short) = (named(name), named(&short(name)));
    if whole.len() <= LONGEST_NAME { vec![whole, short] } else { vec![short] }
}

/// The name of a file that is being written, before and after its random letters: a dot, the notebook's name or its
/// short form, a dot; and the ending.
pub(super) fn temporary_name(path: &Path) -> (OsString, &'static str) {
    let [whole, short] = temporary_starts(path);
    let fits = whole.len() + RANDOM + TEMPORARY.len() <= LONGEST_CAUTIOUS;
    (if fits { whole } else { short }, TEMPORARY)
}

/// Whether a file of this name is a temporary file of a save of the notebook at this path.
pub(super) fn is_temporary_of(path: &Path, name: &OsStr) -> bool {
    temporary_starts(path).iter().any(|start| {
        name.as_encoded_bytes()
            .strip_prefix(start.as_encoded_bytes())
            .and_then(|rest| rest.strip_suffix(TEMPORARY.as_bytes()))
            // With a dot in it, it belongs to another notebook whose name begins with this one's.
            .is_some_and(|random| !random.contains(&b'.'))
    })
}

fn temporary_starts(path: &Path) -> [OsString; 2] {
    let name = path.file_name().unwrap_or_default();
    let start = |name: &OsStr| joined([OsStr::new("."), name, OsStr::new(".")]);
    [start(name), start(&short(name))]
}

/// The beginning of a name and of its SHA-256: short, and practically unique.
fn short(name: &OsStr) -> OsString {
    let hash = Sha256::digest(name.as_encoded_bytes());
    let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let readable = name.to_string_lossy();
    OsString::from(format!("{}~{hash}", beginning(&readable, READABLE)))
}

fn joined<const N: usize>(parts: [&OsStr; N]) -> OsString {
    let mut name = OsString::new();
    for part in parts {
        name.push(part);
    }
    name
}

/// The longest beginning of a text that fits into so many bytes.
fn beginning(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// A path beside this one: as much of the stem as fits, and the ending.
#[must_use]
pub fn named_beside(path: &Path, stem: &str, ending: &str) -> PathBuf {
    let room = LONGEST_NAME.saturating_sub(ending.len());
    path.with_file_name(format!("{}{ending}", beginning(stem, room)))
}

/// The path with every symbolic link followed, even if the file does not exist yet.
///
/// # Errors
/// The system's error: the folder does not exist, or the links form a circle.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match path.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.canonicalize()?,
            _ => Path::new(".").canonicalize()?,
        };
        match std::fs::read_link(&path) {
            Ok(to) => path = parent.join(to),
            Err(_) => {
                let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
                return Ok(parent.join(name));
            }
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_get_short_ones_beside_them() {
        let plain = Path::new("a/case.ron");
        assert_eq!(lock_names(plain)[0], ".case.ron.lock");
        assert_eq!(temporary_name(plain), (OsString::from(".case.ron."), ".casebook-tmp"));
        for letter in ["x", "é", "案"] {
            for length in 1..=255 {
                let name = format!("{}.ron", letter.repeat(length / letter.len()));
                let path = Path::new("a").join(&name);
                let (start, end) = temporary_name(&path);
                let whole = start.len() + RANDOM + end.len();
                assert!(whole <= LONGEST_CAUTIOUS, "{name}");
                assert!(lock_names(&path).iter().all(|lock| lock.len() <= LONGEST_NAME));
                let mut killed = start;
                killed.push("aB3xYz");
                killed.push(end);
                assert!(is_temporary_of(&path, &killed), "{name}");
                assert!(!is_temporary_of(&Path::new("a").join(format!("b{name}")), &killed));
                // What an earlier Casebook left.
                let killed = format!(".{name}.aB3xYz.casebook-tmp");
                assert!(is_temporary_of(&path, OsStr::new(&killed)));
            }
        }
        // Two that differ at their end only.
        let of = |end: &str| lock_names(&Path::new("a").join(format!("{}{end}", "x".repeat(249))));
        assert_ne!(of("1.ron"), of("2.ron"));
    }

    #[test]
    fn a_stem_is_cut_to_what_fits() {
        let path = named_beside(Path::new("a/b.ron"), &"案".repeat(90), ".v1.ron");
        let name = path.file_name().expect("a name").to_string_lossy();
        assert_eq!(name, format!("{}.v1.ron", "案".repeat(82)));
        assert_eq!(named_beside(Path::new("a/b.ron"), "b", "-2.ron"), Path::new("a/b-2.ron"));
    }
}
