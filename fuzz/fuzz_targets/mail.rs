//! Any bytes as a mail, in the encodings that it states and in one that is asked for: an error that says something, or a
//! sound document.

#![no_main]

use casebook::article::document::Options;
use casebook_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read("mail", "a.eml", bytes, &Options::default());
    if bytes.len() % 8 == 0 {
        let options = Options { encoding: Some("Shift_JIS".to_owned()), ..Options::default() };
        let _ = read("mail", "a.eml", bytes, &options);
    }
});
