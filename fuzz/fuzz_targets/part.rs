//! Any text as a part of a notebook that comes through the clipboard: an error with its place, a refusal that changes
//! nothing, or new things that keep every invariant and can be taken back. Nothing that was there is changed.

#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use casebook::edit::{apply, copy_part, parse_part};
use casebook::notebook::{Notebook, check};
use casebook::storage;
use libfuzzer_sys::fuzz_target;

/// The golden file: a part of it may be pasted into it again.
static NOTEBOOK: LazyLock<Notebook> = LazyLock::new(|| {
    let golden = include_str!("../../tests/golden/v4.ron");
    storage::parse(golden).expect("the golden file reads").0
});

/// The line every part begins with.
static HEADER: LazyLock<String> = LazyLock::new(|| {
    let all = NOTEBOOK.entities().keys().copied().collect();
    let part = copy_part(&NOTEBOOK, &all, &BTreeSet::new(), &BTreeSet::new()).expect("a part");
    part.lines().next().expect("a line").to_owned()
});

fuzz_target!(|text: &str| {
    let whole = if text.starts_with("//") { text.to_owned() } else { format!("{}\n{text}", *HEADER) };
    let part = match parse_part(&whole) {
        None => return,
        Some(Err(error)) => {
            assert!(error.line >= 1 && error.column >= 1 && !error.what.is_empty());
            return;
        }
        Some(Ok(part)) => part,
    };
    let mut notebook = NOTEBOOK.clone();
    let edit = part.paste(&notebook, (0.0, 0.0), "Paste".to_owned());
    match apply(&mut notebook, &edit) {
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty());
            assert!(notebook == *NOTEBOOK, "refused ({refusal}), yet changed");
        }
        Ok(applied) => {
            for problem in check(&notebook) {
                assert!(problem.what.starts_with("orphan"), "{problem}");
            }
            for (id, entity) in NOTEBOOK.entities() {
                assert!(notebook.entities().get(id) == Some(entity), "{id} was changed");
            }
            for (id, link) in NOTEBOOK.links() {
                assert!(notebook.links().get(id) == Some(link), "{id} was changed");
            }
            let written = storage::render(&notebook, &Default::default());
            let (again, ..) = storage::parse(&written).expect("what is written reads back");
            assert!(again == notebook, "it reads back as another notebook");
            drop(applied.step.take_back(&mut notebook));
            assert!(notebook == *NOTEBOOK, "it cannot be taken back");
        }
    }
});
