//! Any records as a recovery journal: refused with a reason, or a sound notebook whose steps can be taken back.
//!
//! The input is records, each its kind (`1` to `5`) and payload, parted by U+001E; here they get the length and the check
//! that make a journal of them, for without those nothing past the first turned bit would ever be read. An input that
//! does not begin with a digit is taken as the journal's file itself.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use casebook::notebook::check;
use casebook::recovery::{Folder, discard, found, recover};
use casebook::storage;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

/// In memory where the system has such a place.
static HOME: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let home = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let home = home.join(format!("casebook-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(home.join("recovery")).expect("a folder to work in");
    home
});

/// The format is described in `src/recovery/mod.rs`.
fn journal(records: &[u8]) -> Vec<u8> {
    let line = b"casebook journal 1\n";
    let mut before = link([0; 8], 0, line);
    let mut bytes = line.to_vec();
    for record in records.split(|byte| *byte == 0x1e) {
        let Some((kind, payload)) = record.split_first() else { continue };
        let kind = kind.wrapping_sub(b'0');
        before = link(before, kind, payload);
        bytes.extend((payload.len() as u32).to_le_bytes());
        bytes.extend(before);
        bytes.push(kind);
        bytes.extend(payload);
    }
    bytes
}

fn link(before: [u8; 8], kind: u8, payload: &[u8]) -> [u8; 8] {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update([kind]);
    hash.update((payload.len() as u64).to_le_bytes());
    hash.update(payload);
    hash.finalize()[..8].try_into().expect("eight bytes")
}

fuzz_target!(|data: &[u8]| {
    let bytes = if data.first().is_some_and(u8::is_ascii_digit) { journal(data) } else { data.to_vec() };
    let folder = Folder::at(&*HOME);
    let path = HOME.join("recovery/unsaved-0000000000000001.journal");
    std::fs::write(&path, &bytes).expect("written");
    match recover(&folder, &path) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(mut recovered) => {
            let written = storage::render(&recovered.notebook, &recovered.desk);
            let (again, ..) = storage::parse(&written).expect("what is recovered can be saved");
            assert!(again == recovered.notebook, "it is saved as another notebook");
            while recovered.history.undo(&mut recovered.notebook).is_some() {}
            let _ = check(&recovered.notebook);
        }
    }
    assert!(std::fs::read(&path).is_ok_and(|now| now == bytes), "the journal was changed");
    // Listing them reads by another way.
    let _ = found(&folder);
    discard(&path);
});
