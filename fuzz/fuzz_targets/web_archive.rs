//! Any bytes as a web archive (MHTML): an error that says something, or a sound document.

#![no_main]

use casebook::article::document::Options;
use casebook_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Everything of the page: finding its article is for the target `web_page`.
    let options = Options { everything: true, ..Options::default() };
    let _ = read("web archive", "a.mhtml", bytes, &options);
});
