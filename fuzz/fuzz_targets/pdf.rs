//! Any bytes as a PDF: an error that says something, or a sound document.

#![no_main]

use casebook::article::document::Options;
use casebook_fuzz::{let_libraries_panic, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: let_libraries_panic(), |bytes: &[u8]| {
    let _ = read("PDF", "a.pdf", bytes, &Options::default());
});
