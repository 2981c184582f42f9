//! Any bytes as a Word document: an error that says something, or a sound document.
//!
//! Bytes that are no archive are put into one, as the parts that they name (`parts`): few mutants of packed bytes get far.

#![no_main]

use casebook::article::document::Options;
use casebook_fuzz::{parts, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let archive =
        if bytes.starts_with(b"PK") { bytes.to_vec() } else { parts::archive(bytes, parts::WORD) };
    let _ = read("Word document", "a.docx", &archive, &Options::default());
});
