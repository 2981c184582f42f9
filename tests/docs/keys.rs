//! `docs/keys.md`: its part between the marks is made from the table of commands.
//!
//! `CASEBOOK_WRITE_DOCS=1 cargo test --test docs keys` writes it anew.

use std::fs;

use casebook::app::keys_as_markdown;

use crate::page::{read, root};

const PAGE: &str = "docs/keys.md";
const BEGIN: &str = "<!-- keys: generated -->\n";
const END: &str = "<!-- /keys: generated -->";

#[test]
fn the_keys_are_those_of_the_commands() {
    let page = read(PAGE);
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (told, after) = rest.split_once(END).unwrap();
    let generated =
        format!("\n{}", keys_as_markdown(&casebook::ui::all_panes().collect::<Vec<_>>()));
    if std::env::var_os("CASEBOOK_WRITE_DOCS").is_some() {
        fs::write(root().join(PAGE), format!("{before}{BEGIN}{generated}{END}{after}")).unwrap();
    } else {
        assert!(
            told == generated,
            "{PAGE} is out of date: run CASEBOOK_WRITE_DOCS=1 cargo test --test docs keys"
        );
    }
}
