//! Thinning out backups by age and by total size.

use std::collections::BTreeSet;
use std::path::Path;

use super::listed::{Backup, list_in};
use super::{LAST, MOST, MOST_OF_ONE, folders};

/// The backups that are kept at `now`, of these, the newest first.
pub(super) fn which_stay(backups: &[Backup], now: i64) -> Vec<bool> {
    const HOUR: i64 = 3600;
    const DAY: i64 = 24 * HOUR;
    // A backup of what was opened may be somebody else's work: a save in the same hour does not replace it.
    let (mut hours, mut days) = (BTreeSet::new(), BTreeSet::new());
    let mut bytes = 0_u64;
    let mut full = false;
    let mut stay = Vec::with_capacity(backups.len());
    for (i, backup) in backups.iter().enumerate() {
        // A clock that was set back does not make a backup older.
        let age = now.saturating_sub(backup.at).max(0);
        let of_hour = age <= DAY && hours.insert((backup.opened, backup.at.div_euclid(HOUR)));
        let of_day = age <= 30 * DAY && days.insert((backup.opened, backup.at.div_euclid(DAY)));
        let mut keep = i < LAST || of_hour || of_day;
        if keep && i > 0 && (full || bytes.saturating_add(backup.bytes) > MOST_OF_ONE) {
            // Once one does not fit, older ones are not kept in its place.
            (keep, full) = (false, true);
        }
        if keep {
            bytes = bytes.saturating_add(backup.bytes);
        }
        stay.push(keep);
    }
    stay
}

/// Removes the backups of a notebook that are not kept.
pub(super) fn thin(place: &Path, now: i64) {
    let backups = list_in(place);
    for (backup, stays) in backups.iter().zip(which_stay(&backups, now)) {
        if !stays {
            let _ = std::fs::remove_file(&backup.file);
        }
    }
    // A temporary file that a killed save left: nobody else writes here while this notebook is locked.
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "tmp") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes the oldest of all backups, never a notebook's newest, until they fit.
pub(super) fn cap(all: &Path) {
    let mut each: Vec<Vec<Backup>> =
        folders(all).unwrap_or_default().iter().map(|place| list_in(place)).collect();
    let mut taken: u64 = each.iter().flatten().map(|backup| backup.bytes).sum();
    while taken > MOST {
        // Within one notebook the one kept first, whatever the clock said.
        let oldest = each
            .iter_mut()
            .filter(|backups| backups.len() > 1)
            .min_by_key(|backups| backups.last().map(|backup| backup.at));
        let Some(backup) = oldest.and_then(Vec::pop) else { return };
        if std::fs::remove_file(&backup.file).is_ok() {
            taken -= backup.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(times: &[(i64, u64)]) -> Vec<Backup> {
        let one = |(at, bytes): &(i64, u64)| Backup {
            file: "x".into(),
            at: *at,
            bytes: *bytes,
            hash: String::new(),
            opened: false,
            number: 0,
        };
        times.iter().map(one).collect()
    }

    #[test]
    fn ten_last_then_hourly_then_daily() {
        let (now, minute, hour, day) = (1_800_000_000, 60, 3600, 24 * 3600);
        // Every minute for three hours, then every six hours for 60 days.
        let mut times: Vec<(i64, u64)> = (0..180).map(|i| (now - i * minute, 10)).collect();
        times.extend((1..240).map(|i| (now - 3 * hour - i * 6 * hour, 10)));
        let stay = which_stay(&of(&times), now);
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
        assert!(which_stay(&of(&left), now).into_iter().all(|stays| stays));
    }

    #[test]
    fn the_newest_stays_however_large() {
        let stay = which_stay(&of(&[(100, MOST_OF_ONE + 1), (90, 1), (80, 1)]), 100);
        assert_eq!(stay, [true, false, false]);
    }

    #[test]
    fn what_was_opened_outlives_the_saves_of_its_hour() {
        let (now, minute) = (1_800_000_000 / 3600 * 3600 + 3000, 60);
        let mut backups = of(&(0..40).map(|i| (now - i * minute, 10)).collect::<Vec<_>>());
        backups.last_mut().expect("one").opened = true;
        let stay = which_stay(&backups, now);
        assert_eq!(stay.iter().filter(|stays| **stays).count(), LAST + 1);
        assert!(stay[39]);
    }
}
