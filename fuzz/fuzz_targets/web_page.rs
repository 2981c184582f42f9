//! Any bytes as a web page, its article and everything on it: an error that says something, or a sound document.

#![no_main]

use casebook::article::document::Options;
use casebook_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read("web page", "a.html", bytes, &Options::default());
    // In UTF-8 whatever the bytes are: guessing the encoding of each would take most of the time.
    let encoding = Some("UTF-8".to_owned());
    let _ = read(
        "web page",
        "a.html",
        bytes,
        &Options { everything: true, encoding, ..Options::default() },
    );
});
