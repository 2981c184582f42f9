//! Any bytes as a web page, its article and everything on it: an error that says something, or a sound document.

#![no_main]

use casebook::article::document::Options;
use casebook_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for everything in [false, true] {
        let options = Options { everything, ..Options::default() };
        let _ = read("web page", "a.html", bytes, &options);
    }
});
