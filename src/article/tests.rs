//! What is made of the bytes of a file: encodings, refusals, what is known of the origin.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use proptest::prelude::*;

use super::*;

const FRENCH: &str = "Bras de fer à Port-Léonie\nD’après l’enquête, la décision aurait été prise en secret ; \
    « c’était déjà réglé », a déclaré l’ingénieur à ses collègues. Où étaient-ils ?\n";

fn read(bytes: &[u8]) -> Result<Read, ArticleError> {
    decode("enquête.txt", bytes.to_vec(), &ReadOptions::default())
}

fn utf16(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let pair: fn(u16) -> [u8; 2] =
        if encoding == UTF_16LE { u16::to_le_bytes } else { u16::to_be_bytes };
    text.encode_utf16().flat_map(pair).collect()
}

/// Mac Roman, which `encoding_rs` writes by its label only.
fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{label} cannot write the sample");
    bytes.into_owned()
}

#[test]
fn the_origin_says_where_a_text_came_from() {
    let read = decode("a.txt", b"abc".to_vec(), &ReadOptions::default()).expect("an article");
    let origin = &read.origin;
    assert_eq!(origin.file_name, "a.txt");
    // FIPS 180-4's own example.
    assert_eq!(origin.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(
        (origin.bytes, origin.encoding.as_str(), origin.reader.as_str()),
        (3, "UTF-8", "plain text")
    );
    let at = origin.read_at.as_bytes();
    assert!(at.len() == 20 && at[10] == b'T' && at[19] == b'Z', "{}", origin.read_at);
    assert!(origin.read_at.parse::<jiff::Timestamp>().is_ok());
    assert_eq!((read.title.as_str(), read.language, read.lossy), ("abc", None, false));
}

#[test]
fn the_text_is_canonical_and_the_digest_is_the_files() {
    let read = read(b"\xEF\xBB\xBFun\r\ndeux\rtrois\n").expect("an article");
    assert_eq!(read.text.as_str(), "un\ndeux\ntrois\n");
    assert_eq!(read.origin.bytes, 18);
    assert_ne!(read.origin.sha256, hex(&Sha256::digest("un\ndeux\ntrois\n")));
}

#[test]
fn unicode_is_read_with_and_without_its_mark() {
    for encoding in [UTF_16LE, UTF_16BE] {
        for mark in ["\u{feff}", ""] {
            let read = read(&utf16(&format!("{mark}{FRENCH}"), encoding)).expect("an article");
            assert_eq!(read.text.as_str(), FRENCH);
            assert_eq!((read.origin.encoding.as_str(), read.lossy), (encoding.name(), false));
        }
        let cyrillic =
            "Совет директоров уволил главу компании, и никто не знает почему. ".repeat(3);
        assert_eq!(read(&utf16(&cyrillic, encoding)).expect("an article").text.as_str(), cyrillic);
    }
    let read = read(FRENCH.as_bytes()).expect("an article");
    assert_eq!((read.text.as_str(), read.origin.encoding.as_str()), (FRENCH, "UTF-8"));
    assert_eq!(
        (read.title.as_str(), read.language.as_deref()),
        ("Bras de fer à Port-Léonie", Some("fr"))
    );
}

#[test]
fn older_encodings_are_guessed() {
    for label in ["windows-1252", "macintosh"] {
        let read = read(&encoded(FRENCH, label)).expect("an article");
        assert_eq!(read.text.as_str(), FRENCH, "{label}");
        assert_eq!(read.origin.encoding, label);
    }
    for (label, text) in [
        ("windows-1251", "Совет директоров уволил главу компании, и никто не знает почему."),
        ("Shift_JIS", "取締役会は金曜日に最高経営責任者を解任したと発表しました。"),
        ("gbk", "董事会周五宣布解雇首席执行官，因为他们不再信任他的领导能力。"),
    ] {
        assert_eq!(read(&encoded(text, label)).expect("an article").text.as_str(), text, "{label}");
    }
}

#[test]
fn the_accents_of_a_late_line_are_enough() {
    let text = format!("{}{FRENCH}", "plain words\n".repeat(200_000));
    assert_eq!(read(&encoded(&text, "windows-1252")).expect("an article").text.as_str(), text);
}

#[test]
fn an_encoding_can_be_chosen() {
    let bytes = encoded("Łódź", "ISO-8859-2");
    let read = decode("a.txt", bytes.clone(), &ReadOptions::in_encoding(Some(" latin2 ")))
        .expect("an article");
    assert_eq!((read.text.as_str(), read.origin.encoding.as_str()), ("Łódź", "ISO-8859-2"));
    for label in ["klingon", "", "replacement", "iso-2022-kr"] {
        let error = decode("a.txt", bytes.clone(), &ReadOptions::in_encoding(Some(label)))
            .expect_err("no such encoding");
        assert!(
            matches!(&error, ArticleError::UnknownEncoding { .. })
                && error.to_string().contains("a.txt"),
            "{error}"
        );
    }
    let error = decode(
        "a.txt",
        encoded(&"é".repeat(99), "windows-1252"),
        &ReadOptions::in_encoding(Some("utf-8")),
    )
    .expect_err("not UTF-8");
    assert!(matches!(error, ArticleError::Undecodable { encoding, .. } if encoding == "UTF-8"));
    for label in encodings() {
        let read = decode("a.txt", b"a b c d".to_vec(), &ReadOptions::in_encoding(Some(label)));
        let wide = label.starts_with("UTF-16") || label.starts_with("UTF-32");
        assert!(wide || read.is_ok_and(|read| read.origin.encoding == **label), "{label}");
    }
}

#[test]
fn a_few_broken_bytes_do_not_turn_utf8_into_gibberish() {
    let mut bytes = FRENCH.repeat(3).into_bytes();
    bytes.extend(b"l'\xC3 fin \xFF.");
    let read = read(&bytes).expect("an article");
    assert!(
        read.lossy
            && read.text.as_str().starts_with(FRENCH)
            && read.text.as_str().ends_with(" fin \u{fffd}.")
    );
    assert_eq!(read.origin.encoding, "UTF-8");
}

#[test]
fn what_is_no_text_is_refused_and_named() {
    for (bytes, what) in [
        (&b"PK\x03\x04 words"[..], "office document"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"words\0words", "not plain text."),
        (b"\x01\x02\x03\x04\x05\x06words", "not plain text."),
        (b"\xFF\xFE\0\0w", "not plain text."),
    ] {
        let error = read(bytes).expect_err(what);
        assert!(matches!(error, ArticleError::Binary { .. }), "{error}");
        let message = error.to_string();
        assert!(
            message.contains("enquête.txt") && message.contains(what) && message.contains(".txt)"),
            "{message}"
        );
    }
    assert!(matches!(read(b"%PDF-1.7 words"), Err(ArticleError::Document { .. })));
    assert!(read(b"A file that begins with %PDF-1.7 is a PDF.").is_ok());
    assert!(read(b"{\\rtf1 words}").is_ok_and(|read| read.origin.reader == "Rich Text"));
    assert!(read(b"page one\x0Cpage two\t\x1B[1mbold").is_ok());
    for bytes in
        [&b""[..], b" \r\n\t", b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xEF\xBB\xBF\n", "\u{a0}".as_bytes()]
    {
        assert!(matches!(read(bytes), Err(ArticleError::Empty { .. })), "{bytes:?}");
    }
}

#[test]
fn what_is_only_named_like_a_document_is_refused_by_that_name() {
    let noise: Vec<u8> =
        (0..3_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for (name, format) in [
        ("a.docx", "Word document"),
        ("a.odt", "OpenDocument text"),
        ("a.rtf", "Rich Text"),
        ("a.b.PDF", "PDF"),
        ("a.html", "web page"),
        ("a.mht", "web archive"),
        ("a.eml", "mail"),
        ("a.epub", "EPUB"),
    ] {
        let error = decode(name, noise.clone(), &ReadOptions::default()).expect_err(name);
        assert!(matches!(error, ArticleError::NotAsNamed { .. }), "{name}: {error}");
        let message = error.to_string();
        assert!(message.contains(name) && message.contains(format), "{message}");
        // Text under such a name is text, and a picture is said to be one.
        assert!(
            decode(name, b"Words of a text.".to_vec(), &ReadOptions::default()).is_ok(),
            "{name}"
        );
        let picture = decode(name, b"\x89PNG\r\n\x1a\n".to_vec(), &ReadOptions::default());
        assert!(matches!(picture, Err(ArticleError::Binary { .. })), "{name}");
    }
    let error = decode("a.txt", noise, &ReadOptions::default()).expect_err("no text");
    assert!(matches!(error, ArticleError::Binary { .. }), "{error}");
}

#[test]
fn names_decide_reader_and_title() {
    let long = "mot ".repeat(60);
    for (name, reader, title) in [
        ("notes.MD", "Markdown", "notes"),
        ("a.b.markdown", "Markdown", "a.b"),
        ("rapport.final.txt", "plain text", "rapport.final"),
        ("sans", "plain text", "sans"),
        (".profile", "plain text", ".profile"),
    ] {
        let read =
            decode(name, long.clone().into_bytes(), &ReadOptions::default()).expect("an article");
        assert_eq!((read.origin.reader.as_str(), read.title.as_str()), (reader, title));
    }
}

#[test]
fn pasted_text_is_an_article_without_a_file() {
    let read = pasted("Une ligne\r\nune autre").expect("an article");
    assert_eq!(read.text.as_str(), "Une ligne\nune autre");
    let origin = &read.origin;
    assert_eq!(
        (origin.file_name.as_str(), origin.reader.as_str(), origin.bytes),
        ("", "pasted", 20)
    );
    assert_eq!(read.title, "Une ligne");
    assert_eq!(pasted(&"mot ".repeat(60)).expect("an article").title, "Pasted text");
    assert!(matches!(pasted(" \n\u{feff}"), Err(ArticleError::Empty { .. })));
    assert!(matches!(pasted("a\0b"), Err(ArticleError::Binary { .. })));
    assert_eq!(pasted("Une ligne\0\0").expect("an article").text.as_str(), "Une ligne");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), chosen in 0..40_usize) {
        let label = encodings().get(chosen).copied();
        if let Ok(read) = decode("x.txt", bytes, &ReadOptions::in_encoding(label)) {
            prop_assert!(!read.text.as_str().contains(['\r', '\0']));
            prop_assert!(!read.title.is_empty());
        }
    }

    #[test]
    fn valid_text_is_read_as_it_is(text in "[a-zéà’ 北👩\u{200d}👧e\u{301}\n]{1,80}") {
        prop_assume!(!text.trim().is_empty());
        let read = read(text.as_bytes()).expect("an article");
        prop_assert_eq!(read.text.as_str(), text.as_str());
        prop_assert!(!read.lossy);
    }

    #[test]
    fn utf16_is_read_as_it_is(text in "[a-zéà’ .\n]{4,80}", little: bool) {
        prop_assume!(!text.trim().is_empty());
        let bytes = utf16(&text, if little { UTF_16LE } else { UTF_16BE });
        let read = read(&bytes).expect("an article");
        prop_assert_eq!(read.text.as_str(), text.as_str());
    }
}
