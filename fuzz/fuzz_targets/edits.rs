//! Any bytes as a list of edits, on a notebook that has something of everything: an error with its place, a refusal that
//! changes nothing, or a step that keeps every invariant and can be taken back.

#![no_main]

use std::sync::LazyLock;

use casebook::edit::{Edit, apply, parse_script};
use casebook::notebook::{Notebook, check};
use casebook::storage;
use libfuzzer_sys::fuzz_target;

/// The golden file: its ids and names stand in the seeds.
static NOTEBOOK: LazyLock<Notebook> = LazyLock::new(|| {
    let golden = include_str!("../../tests/golden/v4.ron");
    storage::parse(golden).expect("the golden file reads").0
});

fuzz_target!(|list: &str| {
    let edits = match parse_script(list) {
        Err(error) => {
            assert!(error.line >= 1 && error.column >= 1 && !error.what.is_empty());
            return;
        }
        Ok(edits) => edits,
    };
    let mut notebook = NOTEBOOK.clone();
    match apply(&mut notebook, &Edit::Batch("all".to_owned(), edits)) {
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty());
            assert!(notebook == *NOTEBOOK, "refused ({refusal}), yet changed");
        }
        Ok(applied) => {
            for problem in check(&notebook) {
                assert!(problem.what.starts_with("orphan"), "{problem}");
            }
            let written = storage::render(&notebook, &Default::default());
            let (again, ..) = storage::parse(&written).expect("what is written reads back");
            assert!(again == notebook, "it reads back as another notebook");
            drop(applied.step.take_back(&mut notebook));
            assert!(notebook == *NOTEBOOK, "it cannot be taken back");
        }
    }
});
