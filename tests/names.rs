//! Names as long as the system takes them: a notebook of such a name is saved, locked and backed up like any other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::path::Path;
use std::process::Command;

use casebook::notebook::{Notebook, ViewState};
use casebook::storage::{self, Expected, Lock, LockError};

fn source() -> String {
    storage::render(&Notebook::new("before"), &ViewState::default())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Around the lengths at which names beside a notebook get too long, up to the system's longest.
fn long_names() -> Vec<String> {
    let of =
        |letter: &str, bytes: usize| format!("{}.ron", letter.repeat((bytes - 4) / letter.len()));
    let mut names: Vec<_> =
        [120, 140, 234, 235, 249, 250, 255].iter().map(|bytes| of("x", *bytes)).collect();
    names.extend([of("案", 4 + 77 * 3), of("案", 4 + 78 * 3), of("案", 4 + 83 * 3), of("é", 254)]);
    names
}

#[test]
fn a_notebook_of_any_name_is_saved_and_locked() {
    for name in long_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(&name);
        std::fs::write(&path, source()).unwrap();
        let lock = Lock::acquire(&path).unwrap();
        assert!(matches!(Lock::acquire(&path), Err(LockError::Held { .. })), "{name}");
        let loaded = storage::load(&path, &|| false, &|_| {}).unwrap();
        let expected = Expected::Same(loaded.stamp);
        storage::save(&path, &loaded.notebook, &loaded.desk, &expected, &|| false).unwrap();
        // Another whose name differs only at its end has its own lock.
        let mut other = name.clone();
        other.replace_range(..name.chars().next().unwrap().len_utf8(), "y");
        drop(Lock::acquire(&folder.path().join(other)).unwrap());
        drop(lock);
        if cfg!(unix) {
            assert_eq!(names(folder.path()), std::slice::from_ref(&name));
        }
        drop(Lock::acquire(&path).unwrap());
    }
}

#[test]
fn the_commands_take_such_names() {
    let folder = tempfile::tempdir().unwrap();
    let edits = folder.path().join("edits");
    std::fs::write(&edits, "[Title(\"after\")]").unwrap();
    let book = folder.path().join("book");
    for name in long_names() {
        std::fs::create_dir(&book).unwrap();
        let path = book.join(&name);
        std::fs::write(&path, source()).unwrap();
        let run = |path: &Path| {
            Command::new(env!("CARGO_BIN_EXE_casebook"))
                .arg("edit")
                .args([path, &edits])
                .output()
                .unwrap()
        };
        let done = run(&path);
        assert!(done.status.success(), "{name}: {done:?}");
        assert!(done.stderr.is_empty(), "{name}: {done:?}");
        assert_eq!(storage::load(&path, &|| false, &|_| {}).unwrap().notebook.title(), "after");
        if cfg!(unix) {
            assert_eq!(names(&book), [name]);
        }
        std::fs::remove_dir_all(&book).unwrap();
    }
}

#[test]
fn the_copy_of_an_older_format_has_a_name_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{}.ron", "x".repeat(251)));
    std::fs::write(&path, "old").unwrap();
    let first = storage::keep_original(&path, 1).unwrap();
    assert_eq!(std::fs::read_to_string(&first).unwrap(), "old");
    assert_eq!(storage::keep_original(&path, 1).unwrap(), first, "kept once");
    std::fs::write(&path, "another").unwrap();
    assert_ne!(storage::keep_original(&path, 1).unwrap(), first);
}
