//! Any bytes as a PDF whose pages are drawn: an error that says something, or a picture whose words stand in the text.

#![no_main]

use casebook::article::document::{Options, PageAt};
use casebook::article::{draw_document, read_document};
use casebook_fuzz::{check_words, let_libraries_panic};
use libfuzzer_sys::fuzz_target;

/// In pixels.
const WIDTH: u32 = 160;

fuzz_target!(init: let_libraries_panic(), |bytes: &[u8]| {
    let document = read_document("PDF", bytes, &Options::default()).expect("a format");
    let text = document.map(|document| document.text).unwrap_or_default();
    // The first page, and that of the middle of the text.
    for at in [PageAt::Number(0), PageAt::Byte(text.len() / 2)] {
        let image = match draw_document("PDF", bytes, at, WIDTH).expect("a format with pages") {
            Ok(image) => image,
            Err(error) => {
                check_words(&error.to_string());
                continue;
            }
        };
        assert!(image.width > 0 && image.height > 0 && image.place.number < image.place.count);
        let pixels = usize::try_from(u64::from(image.width) * u64::from(image.height)).expect("64 bits");
        assert_eq!(image.rgba.len(), pixels * 4);
        assert!(image.rgba.chunks_exact(4).all(|pixel| pixel[3] == 255), "one can see through it");
        for word in &image.words {
            let words = text.get(word.range.clone()).expect("words of the text");
            assert!(!words.trim().is_empty(), "no word");
            assert!(word.left <= word.right && word.top <= word.bottom, "{word:?}");
        }
    }
});
