//! What becomes of a book.

use std::io::{Cursor, Write as _};

use super::*;
use crate::text::BlockKind;

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).expect("a name");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("an archive").into_inner()
}

const CONTAINER: (&str, &str) = (
    "META-INF/container.xml",
    "<c:container xmlns:c='urn:oasis:names:tc:opendocument:xmlns:container'><c:rootfiles><c:rootfile full-path='OEBPS/book.opf' media-type='application/oebps-package+xml'/></c:rootfiles></c:container>",
);

/// A book of these parts, in this order; names are written as the manifest has them.
fn book(metadata: &str, parts: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let items: String = parts
        .iter()
        .enumerate()
        .map(|(n, (name, _))| {
            format!("<opf:item id='i{n}' href='{name}' media-type='application/xhtml+xml'/>")
        })
        .collect();
    let spine: String = (0..parts.len()).map(|n| format!("<opf:itemref idref='i{n}'/>")).collect();
    let package = format!(
        "<opf:package xmlns:opf='http://www.idpf.org/2007/opf' version='3.0'><opf:metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>{metadata}</opf:metadata><opf:manifest>{items}<opf:item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/><opf:item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/></opf:manifest><opf:spine>{spine}</opf:spine></opf:package>"
    );
    let mut files = vec![CONTAINER, ("OEBPS/book.opf", &*package)];
    let names: Vec<String> = parts
        .iter()
        .map(|(name, _)| format!("OEBPS/{}", name.replace("%20", " ").replace("TEXT", "Text")))
        .collect();
    files.extend(names.iter().map(String::as_str).zip(parts.iter().map(|(_, text)| *text)));
    files.extend(more);
    zipped(&files)
}

fn read_book(bytes: &[u8]) -> Document {
    super::read(bytes, &Options::default()).expect("a book with words")
}

fn chapter(body: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title/></head><body>{body}</body></html>"
    )
}

#[test]
fn parts_are_read_in_their_order_wherever_they_lie() {
    let parts = [
        ("TEXT/two%20words.xhtml", &*chapter("<h1>Second</h1><p>b<a id='x'/>c</p>")),
        ("one.xhtml", &*chapter("<h1>First</h1><p>a</p>")),
        ("cover.xhtml", &*chapter("<img src='cover.jpg' alt='Cover'/>")),
    ];
    let bytes = book("", &parts, &[]);
    assert!(looks_like(&bytes));
    let document = read_book(&bytes);
    assert_eq!(document.text, "Second\n\nbc\n\nFirst\n\na");
    assert_eq!(document.structure.kind_of(0), Some(&BlockKind::Heading(1)));
    assert!(document.remarks.is_empty(), "{:?}", document.remarks);
}

#[test]
fn books_say_who_wrote_them_in_both_versions() {
    let part = [("a.xhtml", "<p>x")];
    let three = "<dc:title id='s'>A subtitle</dc:title><dc:title id='t'>The pumps</dc:title><opf:meta refines='#t' property='title-type'>main</opf:meta><dc:creator id='c'>Mira Okonjo</dc:creator><opf:meta refines='#c' property='role'>aut</opf:meta><dc:creator id='e'>Jan Vos</dc:creator><opf:meta refines='#e' property='role'>edt</opf:meta><dc:creator>Léa Brun</dc:creator><dc:date>2031-03-04T00:00:00Z</dc:date><dc:publisher>Ledger &amp; House</dc:publisher><dc:language>fr</dc:language><dc:identifier>urn:isbn:1</dc:identifier>";
    let found = read_book(&book(three, &part, &[])).description;
    assert_eq!((&*found.title, &*found.author), ("The pumps", "Mira Okonjo, Léa Brun"));
    assert_eq!(
        (&*found.date, &*found.publisher, &*found.language),
        ("2031-03-04", "Ledger & House", "fr")
    );
    let two = "<dc:title>Old</dc:title><dc:creator opf:role='trl'>T</dc:creator><dc:creator opf:role='aut'>A</dc:creator><dc:date opf:event='modification'>2033</dc:date><dc:date opf:event='publication'>2030-05</dc:date>";
    let found = read_book(&book(two, &part, &[])).description;
    assert_eq!((&*found.title, &*found.author, &*found.date), ("Old", "A", "2030-05"));
    assert_eq!(read_book(&book("<dc:title>Untitled</dc:title>", &part, &[])).description.title, "");
}

#[test]
fn printed_pages_begin_where_the_book_says_so() {
    let labels = |document: &Document| -> Vec<(String, u32, u32)> {
        document
            .structure
            .pages
            .iter()
            .map(|page| (page.label.clone(), page.line, page.column))
            .collect()
    };
    let marked = chapter(
        "<p>One <span epub:type='pagebreak' id='p12' title='12'/>two <a role='doc-pagebreak' aria-label='Page xiv.'/>three</p><div epub:type='pagebreak' id='page_15'>15</div><p>four</p>",
    );
    let document = read_book(&book("", &[("a.xhtml", &*marked)], &[]));
    assert_eq!(document.text, "One two three\n\nfour");
    let expected = [("12".to_owned(), 0, 4), ("xiv".to_owned(), 0, 8), ("15".to_owned(), 2, 0)];
    assert_eq!(labels(&document), expected);
    let listed = chapter("<p>One <a id='p2'/>two</p>");
    let nav = (
        "OEBPS/nav.xhtml",
        "<html><body><nav epub:type='page-list'><ol><li><a href='a.xhtml'>1</a></li><li><a href='a.xhtml#p2'>2</a></li></ol></nav></body></html>",
    );
    let ncx = (
        "OEBPS/toc.ncx",
        "<ncx><navMap><navPoint><navLabel><text>Chapter</text></navLabel><content src='a.xhtml'/></navPoint></navMap><pageList><pageTarget value='1'><navLabel><text>1</text></navLabel><content src='a.xhtml'/></pageTarget><pageTarget value='2'><navLabel><text/></navLabel><content src='a.xhtml#p2'/></pageTarget></pageList></ncx>",
    );
    for list in [nav, ncx] {
        let document = read_book(&book("", &[("a.xhtml", &*listed)], &[list]));
        assert_eq!(
            labels(&document),
            [("1".to_owned(), 0, 0), ("2".to_owned(), 0, 4)],
            "{}",
            list.0
        );
    }
}

#[test]
fn notes_are_numbered_through_the_book() {
    let one = chapter(
        "<p>A<a epub:type='noteref' href='#n1'>*</a> and B<a epub:type='noteref' href='notes.xhtml#n2'><sup>1</sup></a>.</p><aside epub:type='footnote' id='n1'><p>* Of A.</p></aside>",
    );
    let two = chapter("<p>C<a role='doc-noteref' href='notes.xhtml#n3'>2</a>.</p>");
    let notes = chapter(
        "<h2>Notes</h2><ol><li id='n2'><p><a href='a.xhtml#r'>1</a>. Of B.</p></li><li id='n3'>Of C <a href='b.xhtml#r' role='doc-backlink'>back</a></li></ol>",
    );
    let before = [("notes.xhtml", &*notes), ("a.xhtml", &*one), ("b.xhtml", &*two)];
    let after = [("a.xhtml", &*one), ("b.xhtml", &*two), ("notes.xhtml", &*notes)];
    let document = read_book(&book("", &after, &[]));
    assert_eq!(document.text, "A[1] and B[2].\n\nC[3].\n\nNotes\n\n[1] Of A.\n[2] Of B.\n[3] Of C");
    let document = read_book(&book("", &before, &[]));
    assert_eq!(document.text, "Notes\n\nA[1] and B[2].\n\nC[3].\n\n[1] Of A.\n[2] Of B.\n[3] Of C");
}

#[test]
fn lists_of_contents_are_left_out() {
    let nav = chapter(
        "<nav epub:type='toc'><h1>Contents</h1><ol><li><a href='a.xhtml'>One</a></li></ol></nav>",
    );
    let document =
        read_book(&book("", &[("nav.xhtml", &*nav), ("a.xhtml", "<html><body><p>x")], &[]));
    assert_eq!(document.text, "x");
}

#[test]
fn what_is_encrypted_or_missing_is_told() {
    let encryption = |algorithm: &str, uri: &str| {
        format!(
            "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><enc:EncryptedData><enc:EncryptionMethod Algorithm='{algorithm}'/><enc:CipherData><enc:CipherReference URI='{uri}'/></enc:CipherData></enc:EncryptedData></encryption>"
        )
    };
    let with = |text: &str| {
        let book = book("", &[("a.xhtml", "<p>x")], &[("META-INF/encryption.xml", text)]);
        super::read(&book, &Options::default())
    };
    let aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    assert_eq!(with(&encryption(aes, "OEBPS/a.xhtml")), Err(DocumentError::Encrypted));
    assert_eq!(with(&encryption(aes, "")), Err(DocumentError::Encrypted));
    assert!(with(&encryption(aes, "OEBPS/f.otf")).is_ok());
    assert!(with(&encryption("http://www.idpf.org/2008/embedding", "OEBPS/f.bin")).is_ok());
    let whole = book("", &[("a.xhtml", "<html><p>x")], &[]);
    let cut = whole.get(..whole.len() / 2).expect("half");
    assert!(matches!(super::read(cut, &Options::default()), Err(DocumentError::Damaged { .. })));
    let package = "<package><manifest><item id='a' href='gone.xhtml' media-type='application/xhtml+xml'/><item id='b' href='b.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/><itemref idref='nowhere'/></spine></package>";
    let document =
        read_book(&zipped(&[CONTAINER, ("OEBPS/book.opf", package), ("OEBPS/b.xhtml", "<p>x")]));
    assert_eq!(document.text, "x");
    assert!(
        document.remarks.iter().any(|remark| remark.contains("gone.xhtml")),
        "{:?}",
        document.remarks
    );
    let none = zipped(&[CONTAINER, ("OEBPS/book.opf", "<package/>")]);
    assert!(matches!(super::read(&none, &Options::default()), Err(DocumentError::Damaged { .. })));
}
