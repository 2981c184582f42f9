//! Archives of parts that are written one after the other in one text: what a fuzzer changes, and what a person reads.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What stands before the name of a part, at the beginning of a line.
const SIGN: &[u8] = b"==== ";

/// What an archive of a format holds when nothing else is said: names and bytes. The first may have to be the first of the
/// archive; the last is what bytes without any name are.
pub type Usual<'a> = [(&'a str, &'a [u8])];

/// What every Word document holds.
pub const WORD: &Usual<'_> = &[
    (
        "[Content_Types].xml",
        b"<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
    ),
    (
        "_rels/.rels",
        b"<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/>\
        <Relationship Id=\"b\" Type=\"x/core-properties\" Target=\"docProps/core.xml\"/>\
        <Relationship Id=\"c\" Type=\"x/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>",
    ),
    (
        "word/_rels/document.xml.rels",
        b"<Relationships><Relationship Id=\"a\" Type=\"x/styles\" Target=\"styles.xml\"/>\
        <Relationship Id=\"b\" Type=\"x/numbering\" Target=\"numbering.xml\"/>\
        <Relationship Id=\"c\" Type=\"x/footnotes\" Target=\"footnotes.xml\"/>\
        <Relationship Id=\"d\" Type=\"x/endnotes\" Target=\"endnotes.xml\"/>\
        <Relationship Id=\"e\" Type=\"x/header\" Target=\"header.xml\"/>\
        <Relationship Id=\"f\" Type=\"x/diagramData\" Target=\"diagram.xml\"/></Relationships>",
    ),
    ("word/document.xml", b""),
];

/// What every OpenDocument text holds.
pub const OPEN_DOCUMENT: &Usual<'_> =
    &[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"")];

/// What every book holds.
pub const BOOK: &Usual<'_> = &[
    ("mimetype", b"application/epub+zip"),
    (
        "META-INF/container.xml",
        b"<container><rootfiles><rootfile full-path=\"book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>",
    ),
    (
        "book.opf",
        b"<package version=\"3.0\"><metadata/><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>",
    ),
    ("a.xhtml", b""),
];

/// An archive of the parts in these bytes: each after a line `==== NAME`, without the line end before the next one. Bytes
/// before the first such line, if any, are the last of what is usual; what is usual and not there is added.
pub fn archive(bytes: &[u8], usual: &Usual<'_>) -> Vec<u8> {
    let mut parts: Vec<(String, &[u8])> = Vec::new();
    let mut rest = bytes;
    if let Some((name, _)) = usual.last().filter(|_| !rest.starts_with(SIGN)) {
        let end = next_sign(rest).unwrap_or(rest.len());
        parts.push(((*name).to_owned(), &rest[..end]));
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    while let Some(named) = rest.strip_prefix(SIGN) {
        let name_end = memchr::memchr(b'\n', named).unwrap_or(named.len());
        let name = String::from_utf8_lossy(&named[..name_end]).trim().to_owned();
        let content = named.get(name_end + 1..).unwrap_or_default();
        let end = next_sign(content).unwrap_or(content.len());
        parts.push((name, &content[..end]));
        rest = content.get(end + 1..).unwrap_or_default();
    }
    let missing = usual.iter().filter(|(name, _)| parts.iter().all(|(other, _)| other != name));
    let missing: Vec<(String, &[u8])> =
        missing.map(|(name, content)| ((*name).to_owned(), *content)).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Kept as they are: a fuzzer shall not spend its time on packing.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in missing.into_iter().chain(parts) {
        // A name that stands there already, or that no archive takes, is left out.
        if zip.start_file(name, stored).is_ok() {
            zip.write_all(content).expect("memory");
        }
    }
    zip.finish().expect("an archive").into_inner()
}

/// Where the line end before the next part is.
fn next_sign(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, b"\n==== ")
}
