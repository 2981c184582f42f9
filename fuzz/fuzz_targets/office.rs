//! Any bytes as an office file (Word, OpenDocument, Rich Text): a text that is sound, or an error that says something.
//!
//! Bytes that are no archive are also put into one as the words of a Word file and of an OpenDocument text: few mutants of
//! packed bytes get that far.

#![no_main]

use casebook::article::{ReadOptions, decode};
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/documents/office.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod files;

fn read(name: &str, bytes: Vec<u8>) {
    match decode(name, bytes, &ReadOptions::default()) {
        Ok(read) => assert!(!read.text.as_str().contains('\r'), "{name}: a line end of another kind"),
        Err(error) => assert!(!error.to_string().is_empty(), "{name}: an error without words"),
    }
}

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        read("a.docx", bytes.to_vec());
        read("a.odt", bytes.to_vec());
    } else {
        read("a.docx", files::word(bytes, &files::WORD_PARTS));
        read("a.odt", files::open_document(bytes, &[]));
        read("a.fodt", bytes.to_vec());
        read("a.rtf", bytes.to_vec());
    }
});
