//! `docs/keys.md`: its part between the marks is made from the table of commands.
//!
//! `CASEBOOK_WRITE_DOCS=1 cargo test --test docs keys` writes it anew.

use casebook::app::keys_as_markdown;

use crate::page::generated;

#[test]
fn the_keys_are_those_of_the_commands() {
    let panes: Vec<_> = casebook::ui::all_panes().collect();
    generated("docs/keys.md", "keys", &format!("\n{}", keys_as_markdown(&panes)));
}
