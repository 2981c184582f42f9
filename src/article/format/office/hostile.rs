//! The gallery of hostile office files and mutants of ordinary ones: each becomes a document or an error in words, soon.

use std::time::{Duration, Instant};

use crate::article::document::{Document, DocumentError, Options};
use crate::article::format::{docx, odt, rtf};
use crate::text::BlockKind;

#[path = "../../../../tests/documents/office.rs"]
mod files;

type Read = fn(&[u8], &Options) -> Result<Document, DocumentError>;

const READERS: [(&str, Read); 3] = [("docx", docx::read), ("odt", odt::read), ("rtf", rtf::read)];
/// Longer than any takes. Asked only with `CASEBOOK_LONG`, of a machine that does nothing else.
const LONGEST: Duration = Duration::from_secs(2);

/// Reads bytes; how long it took.
fn read(name: &str, read: Read, bytes: &[u8]) -> (Duration, bool) {
    let start = Instant::now();
    let result = read(bytes, &Options::default());
    let took = start.elapsed();
    if std::env::var_os("CASEBOOK_LONG").is_some() {
        assert!(took < LONGEST, "{name}: {took:?}");
    }
    if let Ok(document) = &result {
        let lines = document.text.split('\n').count();
        assert!(document.structure.fits(u32::try_from(lines).unwrap()), "{name}");
        assert!(!document.text.contains('\r') && !document.text.trim().is_empty(), "{name}");
        for block in &document.structure.blocks {
            if let BlockKind::Item(_, sign) = &block.kind {
                assert!(!sign.contains(char::is_control), "{name}: {sign:?}");
            }
        }
    } else if let Err(error) = &result {
        assert!(error.to_string().len() > 20, "{name}");
    }
    (took, result.is_ok())
}

#[test]
fn hostile_files_become_a_document_or_an_error() {
    let mut longest = (Duration::ZERO, "");
    for (name, bytes) in files::gallery() {
        let mut readers = 0;
        for (format, reader) in READERS {
            let (took, read) = read(name, reader, &bytes);
            readers += usize::from(read);
            longest = longest.max((took, name));
            println!("{took:>12?} {format:5} {} {name}", if read { "read " } else { "error" });
        }
        assert!(readers <= 1, "{name}: two readers take it for theirs");
    }
    println!("longest: {longest:?}");
}

/// A generator of numbers that are the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }
}

/// A mutant: some bytes changed, a part cut out, doubled or moved.
fn mutant(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let length = numbers.below(60).min(bytes.len() - at);
        match numbers.below(6) {
            0 => bytes.truncate(at.max(1)),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let part = bytes[at..at + length].to_vec();
                let to = numbers.below(bytes.len());
                bytes.splice(to..to, part);
            }
            3 => {
                let signs = [b'<', b'>', b'{', b'}', b'\\', b'"', b'/', b'&', 0, 0xff, b'9', b'-'];
                let sign = signs[numbers.below(signs.len())];
                bytes.get_mut(at).into_iter().for_each(|byte| *byte = sign);
            }
            4 => {
                let bit = 1 << numbers.below(8);
                bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= bit);
            }
            _ => {
                let digits = b"4294967295";
                bytes.splice(at..at, digits.iter().copied());
            }
        }
        if bytes.is_empty() {
            bytes.push(b'x');
        }
    }
    bytes
}

/// How many mutants of each kind: all with `CASEBOOK_LONG=1`.
fn count() -> usize {
    if std::env::var_os("CASEBOOK_LONG").is_some() { 20_000 } else { 600 }
}

#[test]
fn mutants_never_panic() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut longest = Duration::ZERO;
    for (name, reader) in READERS {
        let mut read_at_all = 0;
        for at in 0..count() {
            // Half of the archives are damaged as such, half have a damaged text in a good archive.
            let bytes = match (name, at % 2) {
                ("docx", 0) => mutant(&files::seeds()[0].1, &mut numbers),
                ("docx", _) => {
                    let main = files::word_body(files::WORD);
                    files::word(&mutant(main.as_bytes(), &mut numbers), &files::WORD_PARTS)
                }
                ("odt", 0) => mutant(&files::seeds()[1].1, &mut numbers),
                ("odt", _) => mutant(&files::seeds()[2].1, &mut numbers),
                _ => mutant(&files::seeds()[3].1, &mut numbers),
            };
            let (took, read) = read(name, reader, &bytes);
            longest = longest.max(took);
            read_at_all += usize::from(read);
        }
        println!("{name}: {} mutants, {read_at_all} of them read", count());
        assert!(read_at_all * 5 > count(), "{name}: most mutants say nothing");
    }
    println!("longest: {longest:?}");
}

#[test]
fn ordinary_files_are_read_whole() {
    for ((name, bytes), reader) in files::seeds().into_iter().zip([0, 1, 1, 2]) {
        let document = READERS[reader].1(&bytes, &Options::default()).unwrap();
        for words in ["The harbour", "One", "item", "box", "[1] A note"] {
            assert!(document.text.contains(words), "{name}: {words} in {}", document.text);
        }
    }
}
