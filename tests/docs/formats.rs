//! The formats of articles that the guide lists are those of the table.
//!
//! `CASEBOOK_WRITE_DOCS=1 cargo test --test docs formats` writes them anew.

use std::fmt::Write as _;

use casebook::article::FORMATS;

use crate::page::generated;

#[test]
fn the_guide_lists_the_formats_of_the_table() {
    let mut text = String::from("\n| format | file names end in |\n|---|---|\n");
    for format in &FORMATS {
        let endings: Vec<String> =
            format.extensions.iter().map(|extension| format!("`.{extension}`")).collect();
        let _ = writeln!(text, "| {} | {} |", format.name, endings.join(", "));
    }
    generated("docs/guide.md", "formats", &format!("{text}\n"));
}
