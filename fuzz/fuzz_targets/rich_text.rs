//! Any bytes as Rich Text (RTF): an error that says something, or a sound document.

#![no_main]

use casebook::article::document::Options;
use casebook_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read("Rich Text", "a.rtf", bytes, &Options::default());
});
