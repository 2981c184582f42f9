//! Which files unsaved work names, by their hashes: what it names must not be taken away.

use std::collections::BTreeSet;
use std::io::{self, Read};

use super::folder::{COPY, DAMAGED, Folder, JOURNAL};
use crate::storage::regular_file;

/// How many digits a SHA-256 has.
const DIGITS: usize = 64;

/// Those of these SHA-256 (in lower-case hexadecimal) that stand in a recovery journal, whoever writes it; with `bases`
/// also those in the notebooks that journals start from.
///
/// # Errors
/// A journal cannot be read, and may name any of them.
pub fn named_in_unsaved_work(
    folder: &Folder,
    among: &BTreeSet<String>,
    bases: bool,
) -> io::Result<BTreeSet<String>> {
    let mut named = BTreeSet::new();
    let Some(place) = folder.journals() else { return Ok(named) };
    let entries = match std::fs::read_dir(place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(named),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        let wanted = path.extension().is_some_and(|ending| {
            ending == JOURNAL || ending == DAMAGED || ending == "new" || (bases && ending == COPY)
        });
        if !wanted {
            continue;
        }
        match regular_file::open(&path) {
            Ok((file, _)) => find(file, among, &mut named)?,
            // It was saved, or discarded, meanwhile.
            Err(why) if why.is_missing() => {}
            Err(why) => return Err(why.into()),
        }
    }
    Ok(named)
}

/// Finds the hashes that stand in what is read: runs of exactly as many digits.
fn find(
    mut from: impl Read,
    among: &BTreeSet<String>,
    found: &mut BTreeSet<String>,
) -> io::Result<()> {
    let mut buffer = vec![0_u8; 1 << 18];
    let mut run = String::new();
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        for byte in buffer.get(..n).unwrap_or(&[]) {
            if matches!(byte, b'0'..=b'9' | b'a'..=b'f') {
                // A longer run is no hash, and is not kept.
                if run.len() <= DIGITS {
                    run.push(char::from(*byte));
                }
            } else {
                take(&mut run, among, found);
            }
        }
    }
    take(&mut run, among, found);
    Ok(())
}

fn take(run: &mut String, among: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    if run.len() == DIGITS && among.contains(run.as_str()) {
        found.insert(run.clone());
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_found_wherever_it_stands() {
        let [a, b, c] = ["a1", "b2", "c3"].map(|digits| digits.repeat(32));
        let among: BTreeSet<String> = [a.clone(), b.clone(), c.clone()].into();
        // One lies across the end of a piece; one is part of something longer.
        let text = format!("{}\"{a}\",{b}", " ".repeat((1 << 18) - 20));
        let text = format!("{text} 0{c}");
        let mut found = BTreeSet::new();
        find(text.as_bytes(), &among, &mut found).expect("read");
        assert_eq!(found, [a, b].into());
    }
}
