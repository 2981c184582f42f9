//! Any bytes as an OpenDocument text, packed or as one XML file: an error that says something, or a sound document.
//!
//! Parts that are written one after the other (`parts`) are put into an archive: few mutants of packed bytes get far.

#![no_main]

use casebook::article::document::Options;
use casebook_fuzz::{parts, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"==== ") {
        let archive = parts::archive(bytes, parts::OPEN_DOCUMENT);
        let _ = read("OpenDocument text", "a.odt", &archive, &Options::default());
    } else {
        let _ = read("OpenDocument text", "a.fodt", bytes, &Options::default());
    }
});
