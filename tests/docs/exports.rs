//! `docs/exports.md`: its part between the marks is made from the table of formats.
//!
//! `CASEBOOK_WRITE_DOCS=1 cargo test --test docs exports` writes it anew.

use std::fs;

use casebook::export::{FORMATS, formats_as_markdown};

use crate::page::{read, root};

const PAGE: &str = "docs/exports.md";
const BEGIN: &str = "<!-- exports: generated -->\n";
const END: &str = "<!-- /exports: generated -->";

#[test]
fn the_exports_are_those_of_the_table() {
    let page = read(PAGE);
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (told, after) = rest.split_once(END).unwrap();
    let generated = format!("\n{}\n", formats_as_markdown());
    if std::env::var_os("CASEBOOK_WRITE_DOCS").is_some() {
        fs::write(root().join(PAGE), format!("{before}{BEGIN}{generated}{END}{after}")).unwrap();
    } else {
        assert!(
            told == generated,
            "{PAGE} is out of date: run CASEBOOK_WRITE_DOCS=1 cargo test --test docs exports"
        );
    }
    for format in FORMATS {
        assert!(generated.contains(format.keeps.trim_start_matches("Keeps ")), "{}", format.id);
    }
}
