//! `docs/exports.md` and `docs/imports.md`: their parts between the marks are made from the tables of formats.
//!
//! `CASEBOOK_WRITE_DOCS=1 cargo test --test docs exports` writes them anew.

use std::fs;

use casebook::{export, import};

use crate::page::{read, root};

/// The part of a page between these marks is this text.
fn generated(page: &str, mark: &str, text: &str) {
    let (begin, end) =
        (format!("<!-- {mark}: generated -->\n"), format!("<!-- /{mark}: generated -->"));
    let whole = read(page);
    let (before, rest) = whole.split_once(&begin).unwrap();
    let (told, after) = rest.split_once(&end).unwrap();
    let wanted = format!("\n{text}\n");
    if std::env::var_os("CASEBOOK_WRITE_DOCS").is_some() {
        fs::write(root().join(page), format!("{before}{begin}{wanted}{end}{after}")).unwrap();
    } else {
        assert!(
            told == wanted,
            "{page} is out of date: run CASEBOOK_WRITE_DOCS=1 cargo test --test docs exports"
        );
    }
}

#[test]
fn the_exports_are_those_of_the_table() {
    let text = export::formats_as_markdown();
    generated("docs/exports.md", "exports", &text);
    for format in export::FORMATS {
        assert!(text.contains(format.keeps.trim_start_matches("Keeps ")), "{}", format.id);
    }
}

#[test]
fn the_formats_that_exports_come_back_from_are_those_of_the_table() {
    let text = import::formats_as_markdown();
    generated("docs/imports.md", "imports", &text);
    for format in import::FORMATS {
        assert!(text.contains(format.brings.trim_start_matches("Brings ")), "{}", format.id);
    }
}
