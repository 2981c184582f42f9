//! Any text in the reader, as the tests cook it: no frame may fail.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/common/recipe.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod recipe;

thread_local! {
    static KITCHEN: RefCell<recipe::Kitchen> = RefCell::new(recipe::Kitchen::new());
}

fuzz_target!(|data: &[u8]| KITCHEN.with_borrow_mut(|kitchen| kitchen.cook(data)));
