//! Any bytes as a notebook: an error with its place, or a notebook that keeps its invariants and saves as it was read.

#![no_main]

use casebook::notebook::check;
use casebook::storage;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    match storage::parse(source) {
        Err(error) => assert!(error.line >= 1 && error.column >= 1 && !error.what.is_empty()),
        Ok((notebook, desk, _)) => {
            for problem in check(&notebook) {
                // Lost quotes, empty names, dates that are none are for a person to mend in the open notebook.
                let open = ["orphan", "it has no"].iter().any(|start| problem.what.starts_with(start))
                    || problem.what.contains("is not a date");
                assert!(open, "{problem}");
            }
            let written = storage::render(&notebook, &desk);
            let (again, desk, _) = storage::parse(&written).expect("what is written reads back");
            assert!(again == notebook, "it reads back as another notebook");
            assert!(storage::render(&again, &desk) == written, "it is written otherwise the second time");
        }
    }
});
