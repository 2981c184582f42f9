//! Web pages, web archives, mails and books that mean harm, and what comes of changed ones: a document or an error, never a
//! panic, and nothing that grows without bounds.

#[path = "../../../tests/documents/web.rs"]
mod gallery;

use std::time::{Duration, Instant};

use super::{eml, epub, html, mhtml};
use crate::article::document::{Document, DocumentError, Options};

type Read = fn(&[u8], &Options) -> Result<Document, DocumentError>;

type LooksLike = fn(&[u8]) -> bool;

fn readers() -> [(&'static str, Read, LooksLike); 4] {
    [
        ("html", html::read, html::looks_like),
        ("mhtml", mhtml::read, mhtml::looks_like),
        ("eml", eml::read, eml::looks_like),
        ("epub", epub::read, epub::looks_like),
    ]
}

fn reader(format: &str) -> Read {
    readers().iter().find(|(name, ..)| *name == format).map(|(_, read, _)| *read).expect("a reader")
}

/// What holds of whatever a reader returns.
fn check(read: &Result<Document, DocumentError>, tries: &str) {
    match read {
        Ok(document) => {
            let lines = u32::try_from(document.text.split('\n').count()).expect("lines");
            assert!(document.structure.fits(lines), "{tries}: structure and text disagree");
            assert!(!document.text.trim().is_empty(), "{tries}: no words");
            assert!(!document.text.contains(['\r', '\0']), "{tries}: characters that no text has");
            for remark in &document.remarks {
                assert!(remark.ends_with('.'), "{tries}: {remark}");
                assert!(!remark.contains(char::is_control), "{tries}: {remark:?}");
            }
            for page in &document.structure.pages {
                assert!(!page.label.contains(char::is_control), "{tries}: {page:?}");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

#[test]
fn hostile_files_end_in_a_document_or_an_error() {
    let long = std::env::var_os("CASEBOOK_LONG").is_some();
    for file in gallery::hostile() {
        for everything in [false, true] {
            let options = Options { everything, ..Options::default() };
            let start = Instant::now();
            let read = reader(file.format)(&file.bytes, &options);
            let took = start.elapsed();
            let outcome = match &read {
                Ok(document) => format!("{} bytes of text", document.text.len()),
                Err(error) => error.to_string(),
            };
            println!(
                "{:6.2} s {} {} ({everything}): {outcome}",
                took.as_secs_f32(),
                file.format,
                file.tries
            );
            check(&read, file.tries);
            if long {
                assert!(took < Duration::from_secs(2), "{}: {took:?}", file.tries);
            }
        }
    }
}

#[test]
fn hostile_files_say_what_is_wrong_with_them() {
    let all = gallery::hostile();
    let of = |format: &str, tries: &str| {
        let file = all.iter().find(|file| file.format == format && file.tries == tries);
        reader(format)(&file.expect("in the gallery").bytes, &Options::default())
    };
    assert_eq!(of("epub", "encrypted"), Err(DocumentError::Encrypted));
    assert_eq!(of("eml", "a mail that is encrypted"), Err(DocumentError::Encrypted));
    assert!(matches!(of("epub", "cut in two"), Err(DocumentError::Damaged { .. })));
    assert!(matches!(of("epub", "a part of 300 MB"), Err(DocumentError::TooMuch { .. })));
    assert!(matches!(
        of("epub", "a size that is a lie"),
        Err(DocumentError::TooMuch { .. })
            | Err(DocumentError::Damaged { .. })
            | Err(DocumentError::Empty)
    ));
    assert!(matches!(
        of("epub", "parts that lie on one another"),
        Err(DocumentError::Damaged { .. })
    ));
    let lines = of("epub", "control characters in names and labels").expect("a book");
    let pages = &lines.structure.pages;
    assert_eq!((&*lines.text, &*pages[0].label, pages.len()), ("x y", "12", 1));
    assert!(lines.remarks.iter().any(|remark| remark.ends_with(": mis s ing.xhtml.")), "{lines:?}");
    assert!(matches!(of("epub", "a part outside of the archive"), Err(DocumentError::Empty)));
    assert!(matches!(of("html", "a million paragraphs"), Err(DocumentError::TooMuch { .. })));
    assert_eq!(of("html", "nothing"), Err(DocumentError::Empty));
    let deep = of("html", "100,000 nested divisions").expect("words");
    assert_eq!(deep.text, "x");
    assert!(deep.remarks.iter().any(|remark| remark.contains("too deep")), "{:?}", deep.remarks);
    for tries in ["entities that multiply, in the package", "entities that multiply, in a part"] {
        assert!(of("epub", tries).expect("a book").text.len() < 100, "{tries}");
    }
}

#[test]
fn no_format_is_taken_for_another() {
    for file in gallery::hostile() {
        let taken: Vec<&str> = readers()
            .iter()
            .filter(|(_, _, looks_like)| looks_like(&file.bytes))
            .map(|(name, ..)| *name)
            .collect();
        let others = taken.iter().filter(|name| **name != file.format);
        // An archive of the web is a mail to nobody: the table asks for archives first.
        let others: Vec<_> =
            others.filter(|name| !(file.format == "mhtml" && **name == "eml")).collect();
        assert!(others.is_empty(), "{} {}: {others:?}", file.format, file.tries);
    }
}

/// Files to change: small ones that have everything.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let page = include_str!("html/seed.html");
    let base64: String =
        "PGh0bWw+PGJvZHk+PHA+S2VydmVsIGTDqW1lbnQuPC9wPjwvYm9keT48L2h0bWw+".to_owned();
    let archive = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ledger.example/a\r\nSubject: =?utf-8?Q?A=20d=C3=A9nial?=\r\nDate: Tue, 4 Mar 2031 10:15:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--B--\"\r\n\r\n----B--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://ledger.example/a\r\n\r\n{}\r\n----B--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}\r\n----B----\r\n",
        page.replace('=', "=3D")
    );
    let mail = format!(
        "Return-Path: <a@b.example>\r\nFrom: \"Okonjo, Mira\" <mira@ledger.example>\r\nTo: jan@ledger.example (Jan Vos), Editors: lea@x.example;\r\nDate: Tue, 4 Mar 2031 10:15:00 +0100\r\nSubject: =?utf-8?B?RMOpbWVudGk=?=\r\n =?iso-8859-1?Q?_de_Kervel?=\r\nMessage-ID: <1@b>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nKervel d=C3=A9ment \r\nhier.\r\n> > quoted \r\n> > words\r\n-- \r\nMira\r\n--a\r\nContent-Type: text/html\r\n\r\n{page}\r\n--a--\r\n--m\r\nContent-Type: message/rfc822\r\n\r\nFrom: c@d.example\r\nSubject: inner\r\n\r\nInner words.\r\n--m\r\nContent-Type: application/pdf; name*0*=utf-8''d%C3%A9; name*1=.pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}\r\n--m--\r\n"
    );
    let part = format!("<?xml version='1.0' encoding='utf-8'?>{page}");
    vec![
        ("html", page.as_bytes().to_vec()),
        ("html", part.clone().into_bytes()),
        ("mhtml", archive.into_bytes()),
        ("eml", mail.into_bytes()),
        ("epub", gallery::book(part.as_bytes())),
        ("epub", stored(part.as_bytes(), PACKAGE.as_bytes())),
    ]
}

/// The package of the book that is changed.
const PACKAGE: &str = "<package version='2.0'><metadata xmlns:dc='x' xmlns:opf='y'><dc:title id='t'>A</dc:title><dc:creator opf:role='aut'>B</dc:creator><dc:date opf:event='publication'>2031-03</dc:date><dc:language>fr</dc:language><meta refines='#t' property='title-type'>main</meta></metadata><manifest><item id='a' href='a%20b.xhtml' media-type='application/xhtml+xml'/><item id='n' href='n.ncx' media-type='application/x-dtbncx+xml'/></manifest><spine toc='n'><itemref idref='a'/></spine></package>";

/// A book that is not compressed, of this part and package: changes reach its files.
fn stored(part: &[u8], package: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let pages: &[u8] = b"<ncx><pageList><pageTarget value='1'><navLabel><text>12</text></navLabel><content src='a b.xhtml#p12'/></pageTarget></pageList></ncx>";
    let container: &[u8] =
        b"<container><rootfiles><rootfile full-path='p.opf'/></rootfiles></container>";
    let encryption: &[u8] = b"<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.idpf.org/2008/embedding'/></EncryptedData></encryption>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [
        ("META-INF/container.xml", container),
        ("p.opf", package),
        ("n.ncx", pages),
        ("a b.xhtml", part),
        ("META-INF/encryption.xml", encryption),
    ] {
        zip.start_file(name, options).expect("a name");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Figures that look like chance and are the same each time (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let figure = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(figure).expect("32 bits") % most.max(1)
    }
}

/// A seed with some bytes flipped, cut, doubled or taken from another seed.
fn changed(seed: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(6) {
        if bytes.is_empty() {
            break;
        }
        let at = chance.below(bytes.len());
        let length = chance.below(64).min(bytes.len() - at);
        match chance.below(7) {
            0 => bytes[at] ^= 1 << chance.below(8),
            1 => bytes[at] = b"<>\"'&=/?-#;:\0\xFF "[chance.below(15)],
            2 => drop(bytes.drain(at..at + length)),
            3 => bytes.truncate(at),
            4 => {
                let again: Vec<u8> = bytes[at..at + length].repeat(1 + chance.below(50));
                bytes.splice(at..at, again);
            }
            5 => {
                let from = chance.below(other.len());
                let piece = &other[from..(from + length).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => {
                let to = chance.below(bytes.len());
                bytes.swap(at, to);
            }
        }
    }
    bytes
}

#[test]
fn changed_files_never_panic_and_never_hang() {
    let long = std::env::var_os("CASEBOOK_LONG").is_some();
    let times = if long { 20_000 } else { 300 };
    let seeds = seeds();
    for (format, read, looks_like) in readers() {
        let own: Vec<&Vec<u8>> =
            seeds.iter().filter(|(name, _)| *name == format).map(|(_, s)| s).collect();
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        let (mut documents, mut slowest) = (0, Duration::ZERO);
        for n in 0..times {
            let seed = own[n % own.len()];
            let other = &seeds[chance.below(seeds.len())].1;
            // Most changes of an archive leave none: half of them are made in what it holds.
            let bytes = match (format, n % 4) {
                ("epub", 1) => {
                    stored(&changed(&seeds[1].1, other, &mut chance), PACKAGE.as_bytes())
                }
                ("epub", 3) => {
                    stored(&seeds[1].1, &changed(PACKAGE.as_bytes(), other, &mut chance))
                }
                _ => changed(seed, other, &mut chance),
            };
            let options = Options { everything: n % 2 == 0, ..Options::default() };
            let start = Instant::now();
            let _ = looks_like(&bytes);
            let read = read(&bytes, &options);
            slowest = slowest.max(start.elapsed());
            check(&read, &format!("{format}, change {n}"));
            documents += usize::from(read.is_ok());
        }
        println!(
            "{format}: {times} changed files, {documents} of them read, the slowest in {slowest:?}"
        );
        assert!(
            documents * 10 > times,
            "{format}: hardly any changed file is read, so nothing is tried"
        );
        if long {
            assert!(slowest < Duration::from_secs(2), "{format}: {slowest:?}");
        }
    }
}
