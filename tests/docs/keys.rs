//! `docs/keys.md`: its part between the marks is made from the table of commands.
//!
//! `CASEBOOK_WRITE_DOCS=1 cargo test --test docs keys` writes it anew.

use std::fmt::Write as _;
use std::fs;

use casebook::app::{Command, Group};

use crate::page::{read, root};

const PAGE: &str = "docs/keys.md";
const BEGIN: &str = "<!-- keys: generated -->\n";
const END: &str = "\n<!-- /keys: generated -->";

/// The commands by menu, each with its key (as on Linux and Windows) and what it does.
fn generated() -> String {
    let mut page = String::new();
    for group in Group::ALL {
        let label = group.label();
        write!(page, "\n### {label}\n\n| key | command | what it does |\n|---|---|---|\n").unwrap();
        for command in Command::ALL.iter().filter(|command| command.group() == group) {
            let key = command.shortcut().map(|key| key.text().replace("Cmd+", "Ctrl+"));
            let key = key.map_or_else(String::new, |key| format!("`{key}`"));
            writeln!(page, "| {key} | {} | {} |", command.text(), command.hint()).unwrap();
        }
    }
    page
}

#[test]
fn the_keys_are_those_of_the_commands() {
    let page = read(PAGE);
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (told, after) = rest.split_once(END).unwrap();
    let generated = generated();
    if std::env::var_os("CASEBOOK_WRITE_DOCS").is_some() {
        fs::write(root().join(PAGE), format!("{before}{BEGIN}{generated}{END}{after}")).unwrap();
    } else {
        assert!(
            told == generated,
            "{PAGE} is out of date: run CASEBOOK_WRITE_DOCS=1 cargo test --test docs keys"
        );
    }
}
