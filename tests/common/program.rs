//! The whole program without a window, and how tests drive it: an intent, every job it starts, and then the invariants
//! of the notebook, whatever the intent was.

#![allow(dead_code, reason = "each test takes what it needs of it")]

use std::time::Duration;

use casebook::app::{Intent, Program};
use casebook::edit::{Edit, parse_script};
use casebook::notebook::{EntityId, Notebook, check};

/// Far longer than anything here takes: only a fault reaches it.
pub const LONG: Duration = Duration::from_secs(120);

/// Carries an intent out, and everything it starts.
#[track_caller]
pub fn go(program: &mut Program, intent: Intent) {
    let what = format!("{intent:?}");
    program.dispatch(intent);
    settle(program, &what);
}

/// Waits for every job. The notebook then keeps its invariants.
#[track_caller]
pub fn settle(program: &mut Program, after: &str) {
    assert!(program.settle(LONG), "a job does not end, after {after}");
    if let Some(book) = program.open_notebook() {
        // Words that had left their article when the file was opened are the file's, not the program's.
        let mut breaches = check(book.notebook());
        breaches.retain(|problem| !problem.is_orphan());
        assert_eq!(breaches, [], "after {after}");
    }
}

/// An edit list as one edit.
pub fn batch(label: &str, list: &str) -> Edit {
    let edits = parse_script(list).unwrap_or_else(|why| panic!("{why}: {list}"));
    Edit::Batch(label.to_owned(), edits)
}

/// The entity of this name.
#[track_caller]
pub fn entity(notebook: &Notebook, name: &str) -> EntityId {
    let mut entities = notebook.entities().iter();
    let found = entities.find(|(_, entity)| entity.name == name);
    *found.unwrap_or_else(|| panic!("there is no “{name}”")).0
}
