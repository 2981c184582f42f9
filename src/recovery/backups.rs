//! Backups: copies of what was saved, thinned out as they grow old.
//!
//! A backup is the bytes of one save, under a name that says when (UTC) and begins the hash of what. The last ten
//! saves are kept, then the last of each hour for a day, then the last of each day for 30 days, within
//! [`MOST_OF_ONE`] bytes for one notebook and [`MOST`] for all; the newest of a notebook always stays.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::folder::{Folder, make, name_of, new_file, sync};
use super::written::{Hash, hex};
use crate::storage::{LIMIT, ordinary};

/// At most so many bytes of backups are kept of one notebook.
pub const MOST_OF_ONE: u64 = 250_000_000;
/// At most so many bytes of backups are kept altogether.
pub const MOST: u64 = 1_000_000_000;
/// So many of the last saves are kept, however close together.
pub const LAST: usize = 10;

const ENDING: &str = "ron";
/// Beside the backups of a notebook: where its file was.
const WHERE: &str = "notebook.txt";

/// One backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its file: a notebook like any other, to be read and not to be written.
    pub file: PathBuf,
    /// When it was saved: seconds since 1970, UTC.
    pub at: i64,
    /// Its length.
    pub bytes: u64,
    /// The beginning of its SHA-256, in lower-case hexadecimal.
    pub hash: String,
}

/// The folder of a notebook's backups; `None` where nothing is kept.
fn folder_of(folder: &Folder, notebook: &Path) -> Option<PathBuf> {
    Some(folder.backups()?.join(name_of(notebook)))
}

/// Keeps the bytes of a save, and thins out the older backups. `at`: seconds since 1970, UTC.
///
/// What is kept already as the newest backup is not kept again.
///
/// # Errors
/// What the system says. The notebook itself is saved all the same.
pub fn keep(folder: &Folder, notebook: &Path, bytes: &[u8], at: i64) -> io::Result<()> {
    let Some(place) = folder_of(folder, notebook) else { return Ok(()) };
    let all = folder.backups().unwrap_or_else(|| place.clone());
    make(&all)?;
    make(&place)?;
    let hash: Hash = Sha256::digest(bytes).into();
    let hash = hex(hash.get(..8).unwrap_or(&[]));
    if list_in(&place)
        .first()
        .is_none_or(|newest| newest.hash != hash || newest.bytes != bytes.len() as u64)
    {
        let about = place.join(WHERE);
        if !about.exists() {
            new_file(&about)?.write_all(notebook.as_os_str().as_encoded_bytes())?;
        }
        let time = Timestamp::from_second(at).map_err(io::Error::other)?;
        let name = format!("{}-{hash}.{ENDING}", time.strftime("%Y%m%dT%H%M%SZ"));
        let mut temporary =
            tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(&place)?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        temporary.persist(place.join(name)).map_err(|error| error.error)?;
        sync(&place)?;
    }
    thin(&place, at);
    cap(&all);
    Ok(())
}

/// The backups of a notebook, the newest first.
#[must_use]
pub fn list(folder: &Folder, notebook: &Path) -> Vec<Backup> {
    folder_of(folder, notebook).map_or_else(Vec::new, |place| list_in(&place))
}

/// How many bytes the backups of a notebook take, and of all notebooks.
#[must_use]
pub fn taken(folder: &Folder, notebook: Option<&Path>) -> (u64, u64) {
    let sum = |backups: &[Backup]| backups.iter().map(|backup| backup.bytes).sum::<u64>();
    let one = notebook.map_or(0, |notebook| sum(&list(folder, notebook)));
    let all = folder.backups().map_or(0, |all| places(&all).iter().map(|p| sum(&list_in(p))).sum());
    (one, all)
}

/// Removes the backups of a notebook, or all there are.
///
/// # Errors
/// What the system says; some may be gone by then.
pub fn purge(folder: &Folder, notebook: Option<&Path>) -> io::Result<()> {
    let place = match notebook {
        Some(notebook) => folder_of(folder, notebook),
        None => folder.backups(),
    };
    match place.map(std::fs::remove_dir_all) {
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The backup of a notebook that has this content (SHA-256 in lower-case hexadecimal): by its name; whoever reads
/// it must look at all of it.
#[must_use]
pub fn with_content(folder: &Folder, notebook: &Path, sha256: &str) -> Option<PathBuf> {
    let found = list(folder, notebook);
    found.into_iter().find(|backup| sha256.starts_with(&backup.hash)).map(|backup| backup.file)
}

fn places(all: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(all) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

fn list_in(place: &Path) -> Vec<Backup> {
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let mut found: Vec<(Option<std::time::SystemTime>, Backup)> = entries
        .flatten()
        .filter_map(|entry| {
            let file = entry.path();
            let metadata = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            let name = file.file_name()?.to_str()?.strip_suffix(".ron")?;
            let (time, hash) = name.split_once('-')?;
            let at = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", time).ok()?;
            let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
            let hash = hash.to_owned();
            let backup = Backup { at, bytes: metadata.len(), hash, file };
            Some((metadata.modified().ok(), backup))
        })
        .collect();
    // Names count in seconds; of two saves within one, the file's own time tells which came last.
    found.sort_by(|(a_time, a), (b_time, b)| (b.at, b_time, &b.hash).cmp(&(a.at, a_time, &a.hash)));
    found.into_iter().map(|(_, backup)| backup).collect()
}

/// Which backups stay, of these times (seconds, the newest first) and lengths, at `now`.
#[must_use]
pub fn which_stay(backups: &[(i64, u64)], now: i64) -> Vec<bool> {
    const HOUR: i64 = 3600;
    const DAY: i64 = 24 * HOUR;
    let (mut hours, mut days, mut bytes) = (BTreeSet::new(), BTreeSet::new(), 0_u64);
    let mut full = false;
    let mut stay = Vec::with_capacity(backups.len());
    for (i, (at, length)) in backups.iter().enumerate() {
        // A clock that was set back makes no backup old.
        let age = now.saturating_sub(*at).max(0);
        let of_hour = age <= DAY && hours.insert(at.div_euclid(HOUR));
        let of_day = age <= 30 * DAY && days.insert(at.div_euclid(DAY));
        let mut keep = i < LAST || of_hour || of_day;
        if keep && i > 0 && (full || bytes.saturating_add(*length) > MOST_OF_ONE) {
            // Once one does not fit, older ones do not come in instead.
            (keep, full) = (false, true);
        }
        if keep {
            bytes = bytes.saturating_add(*length);
        }
        stay.push(keep);
    }
    stay
}

fn thin(place: &Path, now: i64) {
    let backups = list_in(place);
    let times: Vec<_> = backups.iter().map(|backup| (backup.at, backup.bytes)).collect();
    for (backup, stays) in backups.iter().zip(which_stay(&times, now)) {
        if !stays {
            let _ = std::fs::remove_file(&backup.file);
        }
    }
    // What a save that was killed left: nobody else writes here while this notebook is locked.
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "tmp") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes the oldest of all backups, never a notebook's newest, until they fit.
fn cap(all: &Path) {
    let each: Vec<Vec<Backup>> = places(all).iter().map(|place| list_in(place)).collect();
    let mut taken: u64 = each.iter().flatten().map(|backup| backup.bytes).sum();
    let mut older: Vec<&Backup> = each.iter().flat_map(|backups| backups.iter().skip(1)).collect();
    older.sort_by_key(|backup| backup.at);
    for backup in older {
        if taken <= MOST {
            break;
        }
        if std::fs::remove_file(&backup.file).is_ok() {
            taken -= backup.bytes;
        }
    }
}

/// Copies a backup to a new file, for its owner alone; what is there already is not replaced.
///
/// # Errors
/// What the system says; a file of that name is there.
pub fn restore(backup: &Path, to: &Path) -> io::Result<()> {
    let bytes = ordinary::bytes(backup, LIMIT)?;
    let mut file = new_file(to)?;
    let written = file.write_all(&bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = std::fs::remove_file(to);
    }
    written?;
    to.parent().map_or(Ok(()), |folder| {
        // The file is there and whole; that its folder would not confirm it is no reason to say it is not.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_last_then_hourly_then_daily() {
        let (now, minute, hour, day) = (1_800_000_000, 60, 3600, 24 * 3600);
        // Every minute for three hours, then every six hours for 60 days.
        let mut times: Vec<(i64, u64)> = (0..180).map(|i| (now - i * minute, 10)).collect();
        times.extend((1..240).map(|i| (now - 3 * hour - i * 6 * hour, 10)));
        let stay = which_stay(&times, now);
        let kept: Vec<i64> = times
            .iter()
            .zip(&stay)
            .filter(|(_, stays)| **stays)
            .map(|((at, _), _)| now - at)
            .collect();
        assert!(kept.iter().take(10).copied().eq((0..10).map(|i| i * minute)));
        let within =
            |from: i64, to: i64| kept.iter().filter(|age| (from..to).contains(*age)).count();
        assert!(
            (2..=4).contains(&within(10 * minute, 3 * hour)),
            "{}",
            within(10 * minute, 3 * hour)
        );
        assert!((3..=4).contains(&within(3 * hour, day)));
        assert!((28..=30).contains(&within(day, 31 * day)));
        assert_eq!(within(31 * day, 90 * day), 0);
        // Asked again, nothing more goes.
        let left: Vec<_> =
            times.iter().zip(&stay).filter(|(_, stays)| **stays).map(|(time, _)| *time).collect();
        assert!(which_stay(&left, now).into_iter().all(|stays| stays));
    }

    #[test]
    fn the_newest_stays_however_large() {
        let stay = which_stay(&[(100, MOST_OF_ONE + 1), (90, 1), (80, 1)], 100);
        assert_eq!(stay, [true, false, false]);
    }

    #[test]
    fn what_was_saved_comes_back_and_a_purge_leaves_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(home.path().join("data"));
        let notebook = home.path().join("case.ron");
        for (i, text) in ["one", "two", "two"].iter().enumerate() {
            keep(&folder, &notebook, text.as_bytes(), 1_800_000_000 + i as i64).expect("kept");
        }
        let kept = list(&folder, &notebook);
        assert_eq!(kept.len(), 2, "the same content is kept once");
        assert_eq!(std::fs::read_to_string(&kept[0].file).expect("read"), "two");
        let to = home.path().join("restored.ron");
        restore(&kept[1].file, &to).expect("restored");
        assert_eq!(std::fs::read_to_string(&to).expect("read"), "one");
        assert!(restore(&kept[0].file, &to).is_err(), "nothing is replaced");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode =
                |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!(mode(&kept[0].file), 0o600);
            assert_eq!(mode(kept[0].file.parent().expect("a folder")), 0o700);
        }
        purge(&folder, Some(&notebook)).expect("purged");
        assert!(list(&folder, &notebook).is_empty());
        assert_eq!(taken(&folder, None), (0, 0));
    }
}
