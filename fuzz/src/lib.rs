//! What the fuzz targets of article formats share: reading any bytes, and what must hold of what comes of them.

use casebook::article::document::{Document, DocumentError, MOST_TEXT, Options};
use casebook::article::{ReadOptions, decode, format_of_reader, read_document};
use casebook::notebook::check_edtf;
use casebook::text::{BlockKind, Structure};

#[path = "../../tests/documents/parts.rs"]
pub mod parts;

/// Reads bytes as a document of the format of this name, checks what comes of it, and returns that.
///
/// One in four is also read as the file of this name in which its format is not known yet. That looks at the bytes for the
/// signs of every format, which the program does outside of the process that reads documents.
pub fn read(
    format: &str,
    file_name: &str,
    bytes: &[u8],
    options: &Options,
) -> Result<Document, DocumentError> {
    let read = read_document(format, bytes, options).expect("a format of the table");
    match &read {
        Ok(document) => check(document),
        Err(error) => check_words(&error.to_string()),
    }
    if bytes.len() % 4 == 0 {
        let Options { everything, encoding, .. } = options.clone();
        let options = ReadOptions { everything, encoding, ..ReadOptions::default() };
        match decode(file_name, bytes.to_vec(), &options) {
            Ok(again) => {
                let by = format_of_reader(&again.origin.reader).expect("a format of the table");
                if by.name == format {
                    let document = read.as_ref().expect("it was read before");
                    assert_eq!(again.text.as_str(), document.text, "another text the second time");
                    assert_eq!(*again.origin.structure, document.structure, "another structure");
                    assert_eq!(again.remarks, document.remarks, "other remarks");
                }
            }
            Err(error) => check_words(&error.to_string()),
        }
    }
    read
}

/// What must hold of every document.
fn check(document: &Document) {
    let Document { text, structure, description, remarks } = document;
    assert!(text.len() <= MOST_TEXT && !text.trim().is_empty(), "too much or nothing");
    let control = text.find(|c: char| c.is_control() && c != '\n' && c != '\t');
    assert_eq!(control, None, "a control character");
    assert!(!text.contains('\u{feff}'), "a byte-order mark");
    assert!(!text.starts_with('\n') && !text.ends_with('\n'), "an empty line around the text");
    assert!(!text.contains("\n\n\n"), "two empty lines");
    check_structure(text, structure);
    for remark in remarks {
        check_words(remark);
    }
    let date = &description.date;
    assert!(date.is_empty() || check_edtf(date).is_ok(), "{date} is no date");
    if let Some(day) = Some(&description.captured_at).filter(|at| !at.is_empty()) {
        assert!(day.get(..10).is_some_and(|day| check_edtf(day).is_ok()), "{day} is no moment");
        assert!(day.len() >= 20 && day.is_ascii(), "{day} is no moment");
    }
    let tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    assert!(description.language.chars().all(tag), "{} is no language", description.language);
    assert!(!description.url.contains(char::is_whitespace), "{:?} is no address", description.url);
}

/// What is said of lines and pages must be of lines that are there and places in them.
fn check_structure(text: &str, structure: &Structure) {
    let lines: Vec<&str> = text.split('\n').collect();
    let line = |number: u32| lines.get(usize::try_from(number).expect("64 bits"));
    assert!(structure.fits(u32::try_from(lines.len()).expect("lines")), "it fits another text");
    for block in &structure.blocks {
        assert!(line(block.line).is_some_and(|line| !line.is_empty()), "nothing is {block:?}");
        match &block.kind {
            BlockKind::Heading(level) => assert!((1..=6).contains(level), "{block:?}"),
            BlockKind::Item(depth, marker) => {
                assert!(*depth > 0 && !marker.contains(char::is_control), "{block:?}");
            }
            BlockKind::Quotation(depth) => assert!(*depth > 0, "{block:?}"),
            BlockKind::Row | BlockKind::Note | BlockKind::Preformatted => {}
        }
    }
    for page in &structure.pages {
        let column = usize::try_from(page.column).expect("64 bits");
        // It begins with a word.
        assert!(line(page.line).is_some_and(|line| line.chars().nth(column).is_some()), "{page:?}");
        assert!(!page.label.contains(char::is_control), "{page:?}");
    }
}

/// What is said to a person: a sentence or more, on one line.
pub fn check_words(words: &str) {
    assert!(words.len() > 10 && words.ends_with('.'), "no sentence: {words:?}");
    assert!(!words.contains(char::is_control), "more than a line: {words:?}");
}

/// Lets libraries panic, where our readers catch that and say that a page cannot be read. What panics in our own code still
/// ends the run: it is known by the place of its source.
pub fn let_libraries_panic() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |why| {
        let of_library = why.location().is_some_and(|place| {
            place.file().contains("/registry/src/") || place.file().starts_with("/rustc/")
        });
        if !of_library {
            abort(why);
        }
    }));
}
