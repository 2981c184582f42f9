//! Any bytes as a web page, a web archive, a mail or a book: an error that says something, or a text that its structure fits.

#![no_main]

use casebook::article::document::{DocumentError, Options};
use casebook::article::read_document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let format = ["web page", "web archive", "mail", "EPUB"][usize::from(choice % 4)];
    let options = Options { everything: choice & 4 > 0, ..Options::default() };
    match read_document(format, bytes, &options).expect("a format of the table") {
        Ok(document) => {
            let lines = u32::try_from(document.text.split('\n').count()).expect("lines");
            assert!(document.structure.fits(lines));
        }
        Err(DocumentError::Encrypted) => {}
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
