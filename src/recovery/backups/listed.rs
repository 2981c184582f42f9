//! The files of backups: their names, and listing them.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::recovery::record_format::{Hash, hex};

/// The ending of a backup's name.
pub(super) const ENDING: &str = "ron";
/// Part of the name of a backup of what was opened.
const OPENED: &str = "opened";
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// One backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its file: a notebook that is only read, never written.
    pub file: PathBuf,
    /// When it was kept, by the clock at the time: seconds since 1970, UTC.
    pub at: i64,
    /// Its length.
    pub bytes: u64,
    /// The beginning of its SHA-256, in lower-case hexadecimal.
    pub hash: String,
    /// Whether it is not a save of this Casebook, but a file that a save was about to replace.
    pub opened: bool,
    /// Its number: later backups of a notebook have higher ones, whatever the clock said. Those of earlier Casebooks
    /// have 0.
    pub(super) number: u64,
}

impl Backup {
    /// Whether it has this content, judging by its name and length.
    pub(super) fn holds(&self, sha256: &Hash, bytes: u64) -> bool {
        self.bytes == bytes && hex(sha256).starts_with(&self.hash)
    }

    /// The backup in a file, as far as its name tells; the length is not in the name.
    fn named(file: PathBuf) -> Option<Self> {
        let name = file.file_name()?.to_str()?.strip_suffix(".ron")?;
        let mut parts = name.split('-');
        let (time, hash) = (parts.next()?, parts.next()?.to_owned());
        let number = parts.next().map_or(Ok(0), str::parse).ok()?;
        let opened = match parts.next() {
            None => false,
            Some(OPENED) => true,
            Some(_) => return None,
        };
        let at = jiff::civil::DateTime::strptime(TIME, time).ok()?;
        let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
        if parts.next().is_some() {
            return None;
        }
        Some(Self { file, at, bytes: 0, hash, opened, number })
    }
}

/// The name of a backup.
pub(super) fn name(at: i64, sha256: &Hash, number: u64, opened: bool) -> io::Result<String> {
    let time = Timestamp::from_second(at).map_err(io::Error::other)?.strftime(TIME);
    let hash = hex(sha256.get(..8).unwrap_or(&[]));
    let opened = if opened { format!("-{OPENED}") } else { String::new() };
    Ok(format!("{time}-{hash}-{number}{opened}.{ENDING}"))
}

/// Whether a file of this name is a backup, or a link to one.
pub(super) fn is_backup(file: &Path) -> bool {
    Backup::named(file.to_owned()).is_some()
}

/// The backups in a folder, the newest first.
pub(super) fn list_in(place: &Path) -> Vec<Backup> {
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let mut found: Vec<(Option<SystemTime>, Backup)> = entries
        .flatten()
        .filter_map(|entry| {
            let metadata = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            let backup = Backup { bytes: metadata.len(), ..Backup::named(entry.path())? };
            Some((metadata.modified().ok(), backup))
        })
        .collect();
    // Sorted by number, because a clock may be set back. Earlier Casebooks gave none; times in names are in seconds,
    // and within one second the file's own time decides.
    found.sort_by(|(a_time, a), (b_time, b)| {
        (b.number, b.at, b_time, &b.hash).cmp(&(a.number, a.at, a_time, &a.hash))
    });
    found.into_iter().map(|(_, backup)| backup).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when_what_and_in_which_order() {
        let (at, hash) = (1_800_000_000, [0xab; 32]);
        for (number, opened) in [(1, false), (17, true)] {
            let name = name(at, &hash, number, opened).expect("a name");
            let backup = Backup::named(PathBuf::from(&name)).expect("one");
            assert_eq!((backup.at, backup.number, backup.opened), (at, number, opened), "{name}");
            assert!(backup.holds(&hash, 0) && !backup.holds(&[1; 32], 0));
        }
        // As earlier Casebooks named them.
        let old = Backup::named("20270115T080000Z-abababababababab.ron".into()).expect("one");
        assert_eq!((old.at, old.number, old.opened), (at, 0, false));
        for other in ["notebook.txt", "20270115T080000Z.ron", "a-b.ron", ".x.tmp", "case-1-2-3.ron"]
        {
            assert!(!is_backup(Path::new(other)), "{other}");
        }
    }
}
