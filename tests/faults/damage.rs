//! Damaged files: cut off anywhere, and bits turned.

use std::path::Path;
use std::time::Instant;

use casebook::notebook::{Problem, check};
use casebook::storage::{self, LoadError};

use crate::common::Dice;
use crate::golden::GOLDEN;
use crate::tools::{say, times};

/// Loads what the damage left: an error that names the file, or a notebook that keeps every invariant and can be
/// saved. The file is untouched.
pub fn load(path: &Path, bytes: &[u8], what: &str) -> bool {
    std::fs::write(path, bytes).unwrap();
    let read = match storage::load(path, &|| false, &|_| {}) {
        Err(error) => {
            let name = path.file_name().unwrap().to_string_lossy();
            assert!(error.to_string().contains(&*name), "{what}: {error}");
            assert!(!matches!(error, LoadError::Unreadable { .. }), "{what}: {error}");
            false
        }
        Ok(loaded) => {
            let mut wrong = check(&loaded.notebook);
            wrong.retain(|problem| !for_a_person(problem));

            assert!(wrong.is_empty(), "{what}: {wrong:?}");
            let source = storage::render(&loaded.notebook, &loaded.desk);
            let (again, ..) =
                storage::parse(&source).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert!(again == loaded.notebook, "{what}: it does not save as it was read");
            true
        }
    };
    assert!(std::fs::read(path).unwrap() == bytes, "{what}: the file was changed");
    read
}

/// What does not keep a notebook from being opened, and is for a person to mend in it: lost quotes, dates that are none,
/// names left empty.
fn for_a_person(problem: &Problem) -> bool {
    ["orphan", "it has no"].iter().any(|start| problem.what.starts_with(start))
        || problem.what.contains("is not a date")
}

#[test]
fn a_notebook_cut_off_at_any_byte_is_an_error() {
    let began = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("n.ron");
    let whole = GOLDEN.trim_end().len();
    let mut read = 0;
    for end in 0..=GOLDEN.len() {
        let is_read = load(&path, &GOLDEN.as_bytes()[..end], &format!("cut off at byte {end}"));
        assert_eq!(is_read, end >= whole, "cut off at byte {end}");
        read += usize::from(is_read);
    }
    say(&format!(
        "cut off: {} lengths, {read} of them whole notebooks, all others an error; {:.0} s",
        GOLDEN.len() + 1,
        began.elapsed().as_secs_f64()
    ));
}

#[test]
fn turned_bits_are_an_error_or_a_sound_notebook() {
    let began = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("n.ron");
    let flips = times(3000, 10_000);
    let mut dice = Dice(5);
    let mut read = 0;
    for n in 0..flips {
        let mut bytes = GOLDEN.as_bytes().to_vec();
        let mut places = Vec::new();
        // Most often one bit, sometimes several.
        for _ in 0..if dice.one_in(4) { 1 + dice.below(8) } else { 1 } {
            let (at, bit) = (dice.below(bytes.len()), dice.below(8));
            bytes[at] ^= 1 << bit;
            places.push((at, bit));
        }
        read += usize::from(load(&path, &bytes, &format!("flip {n} at {places:?}")));
    }
    assert!(read > 0 && read < flips);
    say(&format!(
        "turned bits: {flips} files, {read} of them sound notebooks, all others an error; {:.0} s",
        began.elapsed().as_secs_f64()
    ));
}
