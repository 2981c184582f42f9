//! Documents: what is read out of them, said about them, and shown of how they were set.

use casebook::app::{Command, Intent, Level, SessionIntent};
use casebook::article::{Format, ReadOptions, format_of_reader, worker};
use casebook::notebook::Kind;
use casebook::text::BlockKind;

use crate::quoting::copied;
use crate::script::Script;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en"><head><title>The gauge nobody read | The Beacon</title>
<meta property="og:site_name" content="The Beacon">
<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Lou Farrant"},
"datePublished":"2031-03-04T10:00:00Z","publisher":{"name":"The Beacon"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/b">Sports pages and weather</a></nav>
<article><h1>The gauge nobody read</h1>
<p>The tide gauge on the north quay went on writing for nine days, and nobody was there to read it, say two people who
worked in the harbour office at the time and do not want to be named.</p>
<h2>What is known</h2>
<ul><li>Anne Kervel saw the readings on Friday, she says, and she told the mayor so in a letter.</li><li>The mayor denies it.</li></ul>
<p>The prefecture did not answer when it was asked, and the minutes of the night are kept back until the inquiry has
ended, which may take until the end of the year, according to the council.</p></article>
<footer>All rights reserved by a house of papers</footer></body></html>"#;

fn script() -> Script {
    // The reader is the program, not the test that asks for it.
    worker::use_program(std::path::Path::new(env!("CARGO_BIN_EXE_casebook")));
    Script::new()
}

#[test]
fn a_page_is_its_article_and_what_it_says_about_itself_is_offered() {
    let mut s = script();
    let id = s.open_file("page.html", PAGE.as_bytes());
    let now = |s: &Script| s.open_notebook().notebook().article(id).unwrap().clone();
    let article = now(&s);
    assert_eq!(article.about.title, "The gauge nobody read");
    assert_eq!((&*article.about.language, &*article.origin.reader), ("en", "web page"));
    let text = article.text.as_str();
    assert!(text.contains("Anne Kervel") && !text.contains("Sports") && !text.contains("rights"));
    let line = |words: &str| {
        let at = article.text.as_str().find(words).unwrap();
        u32::try_from(article.text.paragraph_at(at)).unwrap()
    };
    let kind = |words: &str| article.origin.structure.kind_of(line(words)).cloned();
    assert!(matches!(kind("What is known"), Some(BlockKind::Heading(_))));
    assert_eq!(kind("Anne Kervel"), Some(BlockKind::Item(1, "•".to_owned())));
    assert_eq!(kind("The prefecture"), None);

    // Nobody has confirmed who wrote it.
    assert_eq!((&*article.about.author, &*article.about.date), ("", ""));
    let said = s.open_notebook().description(id).unwrap();
    assert_eq!(
        (&*said.author, &*said.date, &*said.publisher),
        ("Lou Farrant", "2031-03-04", "The Beacon")
    );
    let told = s.program.notices().iter().find(|notice| notice.text.contains("its author"));
    assert!(told.is_some_and(|told| told.text.contains("confirm")), "{:?}", s.program.notices());

    // All that stands on the page, and back.
    let everything = ReadOptions { everything: true, ..ReadOptions::default() };
    s.go(Intent::Session(SessionIntent::Reread(id, everything)));
    let whole = now(&s);
    assert!(whole.text.as_str().contains("Sports") && whole.text.as_str().contains("rights"));
    assert_eq!(whole.origin.reader, "web page, everything");
    // The choice is offered for what was read so, and for nothing else.
    let offered = |reader: &str| format_of_reader(reader).is_some_and(Format::is_of_web);
    assert!(offered(&article.origin.reader) && offered(&whole.origin.reader));
    assert!(offered("web archive") && !offered("plain text") && !offered("pasted"));
    s.run(Command::Undo);
    assert_eq!(now(&s).text, article.text);
}

#[test]
fn what_cannot_be_read_says_why_and_adds_nothing() {
    let mut s = script();
    s.open_file("first.txt", b"Some words of a first article.");
    let before = s.open_notebook().snapshot();
    for (name, bytes, why) in [
        ("cut.docx", &b"PK\x03\x04 word/document.xml and nothing more"[..], "cut.docx"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj", "cut.pdf"),
        ("picture.html", b"\x89PNG\r\n\x1a\n and more", "picture"),
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more of it", "old.doc"),
        ("empty.html", b"<!DOCTYPE html><html><body> </body></html>", "no text"),
    ] {
        std::fs::write(s.path(name), bytes).unwrap();
        s.go(Intent::Session(SessionIntent::OpenPath(s.path(name))));
        let (level, said) = s.told();
        assert_eq!(level, Level::Error, "{name}: {said}");
        assert!(said.contains(why), "{name}: {said}");
        assert!(s.open_notebook().notebook() == &*before, "{name}");
    }
}

/// Two pages, the sentence on the second.
fn two_pages() -> Vec<u8> {
    let page = |words: &[&str]| {
        let lines: String = words
            .iter()
            .enumerate()
            .map(|(at, words)| format!("1 0 0 1 72 {} Tm ({words}) Tj\n", 700 - 16 * at))
            .collect();
        format!("BT /F1 12 Tf\n{lines}ET")
    };
    let pages = [
        page(&[
            "The council sat through the night of Thursday and said",
            "nothing about the gauge.",
        ]),
        page(&["Anne Kervel says that she had seen the readings before", "the mayor had them."]),
    ];
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /D /St 12 >>] >> >>"
            .to_owned(),
        "<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (at, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * at
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in &places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}

#[test]
fn words_of_a_pdf_are_cited_with_their_page_and_found_on_it() {
    use casebook::article::document::PageAt;
    use casebook::article::draw_page;

    let mut s = script();
    let id = s.open_file("minutes.pdf", &two_pages());
    let (_, mention) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let notebook = s.open_notebook().snapshot();
    let anchor = &notebook.mention(mention).unwrap().anchor;
    assert_eq!(notebook.pages(anchor).unwrap().to_string(), "p. 13");
    let range = anchor.range().unwrap();
    s.select("had seen", 0);
    let cited = copied(&mut s, Command::CopyCited).unwrap();
    assert!(cited.contains("p. 13, paragraph"), "{cited}");

    let path = s.open_notebook().file_with_pages(id).unwrap();
    let sha256 = notebook.article(id).unwrap().origin.sha256.clone();
    let image = draw_page(&path, &sha256, PageAt::Byte(range.start), 600, &|| false).unwrap();
    assert_eq!((image.place.number, image.place.count, &*image.place.label), (1, 2, "13"));
    let text = notebook.article(id).unwrap().text.as_str();
    let words: Vec<&str> = image
        .words
        .iter()
        .filter(|word| word.range.start < range.end && range.start < word.range.end)
        .map(|word| &text[word.range.clone()])
        .collect();
    assert_eq!(words, ["Anne", "Kervel"]);
    // Another file in its place is not shown as its page.
    std::fs::write(&path, b"%PDF-1.7 another").unwrap();
    let error = draw_page(&path, &sha256, PageAt::Number(0), 600, &|| false).unwrap_err();
    assert!(error.to_string().contains("something else"), "{error}");
}
