//! Any bytes as plain text and as Markdown, in the encoding that is guessed and in the one that their first byte chooses: an
//! error that says something, or the same words in UTF-8.

#![no_main]

use casebook::article::{ArticleError, Lines, Read, ReadOptions, decode, encodings, pasted};
use casebook::text::Text;
use casebook_fuzz::check_words;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let encoding = encodings()[usize::from(*choice) % encodings().len()];
    let read = |name: &str, encoding: Option<&str>, lines| {
        let options = ReadOptions { lines, ..ReadOptions::in_encoding(encoding) };
        let read = decode(name, bytes.to_vec(), &options);
        check(&read);
        // What looks like a document is read as one, whatever it is called: there are targets for these.
        read.ok().filter(|read| {
            ["plain text", "Markdown"].iter().any(|name| read.origin.reader.starts_with(name))
        })
    };
    let guessed = read("a.txt", None, Lines::Kept);
    let joined = read("a.txt", None, Lines::Joined);
    read("a.md", Some(encoding), Lines::Kept);
    let Some(guessed) = guessed else { return };
    // A text in UTF-8 is kept as it is. What holds escapes and NULs may be of an encoding that is made of ASCII.
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains(['\u{1b}', '\0'])
    {
        let canonical = Text::canonical(text);
        assert_eq!(
            guessed.text.as_str(),
            canonical.as_str(),
            "read as {}",
            guessed.origin.encoding
        );
    }
    // Joining lines takes hyphens, white space and the signs of a quotation away, and nothing else.
    let taken = |c: char| c.is_whitespace() || matches!(c, '-' | '>' | '|');
    let letters = |text: &str| -> String { text.chars().filter(|c| !taken(*c)).collect() };
    let joined = joined.expect("it was read before");
    assert_eq!(
        letters(joined.text.as_str()),
        letters(guessed.text.as_str()),
        "other words when joined"
    );
    check(&pasted(guessed.text.as_str()));
});

/// What must hold of every text that is read.
fn check(read: &Result<Read, ArticleError>) {
    let read = match read {
        Ok(read) => read,
        Err(error) => return check_words(&error.to_string()),
    };
    let text = read.text.as_str();
    assert!(!text.contains('\r') && !text.starts_with('\u{feff}') && !text.trim().is_empty());
    assert!(
        !read.title.trim().is_empty() && !read.title.contains('\n'),
        "{:?} is no title",
        read.title
    );
    for alternative in &read.encoding_guess.alternatives {
        assert_ne!(
            alternative.sample, alternative.as_read,
            "{} makes no difference",
            alternative.name
        );
    }
}
