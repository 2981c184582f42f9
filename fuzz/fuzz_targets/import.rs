//! Any bytes as a file to import, in every format: an error that says something, or a case that a notebook takes, keeps every
//! invariant with, can be taken back, and that adds nothing a second time.

#![no_main]

use std::sync::LazyLock;

use casebook::edit::apply;
use casebook::import::{FORMATS, Source, SourceFile, plan};
use casebook::notebook::{Notebook, check};
use casebook::storage;
use libfuzzer_sys::fuzz_target;

/// The golden file: what is imported may name what it holds.
static NOTEBOOK: LazyLock<Notebook> = LazyLock::new(|| {
    let golden = include_str!("../../tests/golden/v4.ron");
    storage::parse(golden).expect("the golden file reads").0
});

/// The bytes as the files of a source: parted where a line says `==== name`.
fn source(bytes: &[u8]) -> Source {
    let mut files = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    if text.starts_with("==== ") {
        for part in text.split("==== ").skip(1) {
            let (name, content) = part.split_once('\n').unwrap_or((part, ""));
            files.push(SourceFile { name: name.trim().to_owned(), bytes: content.into() });
        }
    } else {
        files.push(SourceFile { name: "a.ann".to_owned(), bytes: bytes.to_vec() });
    }
    Source { name: "a".to_owned(), files }
}

fuzz_target!(|bytes: &[u8]| {
    let source = source(bytes);
    for format in FORMATS {
        let case = match format.read(&source, &|| false) {
            Ok(case) => case,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                continue;
            }
        };
        let work_out = |notebook: &Notebook| {
            plan(case.clone(), notebook, "Import", &|| false, &|_| {}).expect("nobody cancels")
        };
        let mut notebook = NOTEBOOK.clone();
        let planned = work_out(&notebook);
        let applied = apply(&mut notebook, &planned.edit).expect("a plan is taken");
        for problem in check(&notebook) {
            assert!(problem.what.starts_with("orphan"), "{}: {problem}", format.id);
        }
        assert_eq!(work_out(&notebook).new.all(), 0, "{}: more the second time", format.id);
        drop(applied.step.take_back(&mut notebook));
        assert!(notebook == *NOTEBOOK, "{}: it cannot be taken back", format.id);
    }
});
