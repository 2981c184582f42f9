//! Any bytes as a PDF: reading ends in a document or in an error that says what to do.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend_from_slice(data.strip_prefix(b"%PDF-1.7\n").unwrap_or(data));
    match casebook::article::decode("fuzzed.pdf", bytes, &Default::default()) {
        Ok(read) => assert!(!read.text.as_str().trim().is_empty()),
        Err(error) => assert!(error.to_string().contains("fuzzed.pdf")),
    }
});
