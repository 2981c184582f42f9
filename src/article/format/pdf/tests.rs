//! The reader as a whole, on pages made by hand.

use super::*;
use crate::article::document::{Options, PageAt};
use crate::text::BlockKind;

#[path = "../../../../tests/documents/pdf.rs"]
#[allow(dead_code, reason = "others use the rest of it")]
mod made;

#[path = "../../../../tests/documents/hostile_pdf.rs"]
mod hostile_pdf;

mod damage;

use made::{Made, lines, page, text, wide, wide_font};

fn read_it(bytes: &[u8]) -> Result<Document, DocumentError> {
    read(bytes, &Options::default())
}

fn document(bytes: &[u8]) -> Document {
    read_it(bytes).expect("a document")
}

/// The text with each line's kind before it: “#2 Heading”, “• item”, “| row”, “[n] note”.
fn shape(document: &Document) -> Vec<String> {
    let lines = document.text.lines().enumerate().filter(|(_, line)| !line.is_empty());
    lines
        .map(|(at, line)| {
            let at = u32::try_from(at).expect("few lines");
            match document.structure.kind_of(at) {
                None => line.to_owned(),
                Some(BlockKind::Heading(level)) => format!("#{level} {line}"),
                Some(BlockKind::Item(depth, marker)) => format!("{depth}{marker} {line}"),
                Some(BlockKind::Row) => format!("| {}", line.replace('\t', " | ")),
                Some(BlockKind::Note) => format!("note {line}"),
                Some(other) => format!("{other:?} {line}"),
            }
        })
        .collect()
}

fn says(document: &Document, words: &str) -> bool {
    document.remarks.iter().any(|remark| remark.contains(words))
}

/// Eight lines of 40 letters of Courier, 240 points wide.
const PROSE: [&str; 8] = [
    "Eight days after Houlonde dismissed its",
    "chief executive, the account of the firm",
    "has begun to fray. The board called it a",
    "loss of confidence, which nobody outside",
    "the firm has been able to confirm by any",
    "means. On Thursday the markets authority",
    "said that it had opened an inquiry a day",
    "earlier into dealings in the shares.",
];

#[test]
fn a_page_of_prose_with_a_heading_is_two_blocks() {
    let content =
        text("F1", 18.0, 72.0, 760.0, "What the board knew") + &lines(72.0, 700.0, &PROSE);
    let document = document(&page(&content));
    assert_eq!(shape(&document), ["#1 What the board knew", &PROSE.join(" ")]);
    assert_eq!(document.remarks, Vec::<String>::new());
    assert_eq!(document.structure.pages.len(), 1);
}

#[test]
fn paragraphs_are_told_by_short_lines_indents_and_gaps() {
    let content = lines(72.0, 760.0, &PROSE[..7])
        + &lines(72.0, 676.0, &["earlier into dealings."])
        + &lines(72.0, 664.0, &PROSE[..3])
        + &lines(84.0, 628.0, &["An indented line that begins another"])
        + &lines(72.0, 616.0, &["paragraph and goes on for a second line."])
        + &lines(72.0, 580.0, &PROSE[..2]);
    let text = document(&page(&content)).text;
    let first: Vec<String> =
        text.lines().filter(|l| !l.is_empty()).map(|l| l.chars().take(9).collect()).collect();
    assert_eq!(first, ["Eight day", "Eight day", "An indent", "Eight day"]);
}

#[test]
fn two_columns_under_a_heading_with_a_footnote_under_both() {
    let note = text(
        "F1",
        7.0,
        72.0,
        560.0,
        "1 Seen by The Skerry Review, which keeps a copy of all of its many pages.",
    );
    let reference = text("F1", 6.0, 306.5, 703.5, "1");
    let mut right: Vec<&str> = PROSE.to_vec();
    right.rotate_left(1);
    let content = text("F1", 18.0, 150.0, 760.0, "A heading that stands over both columns")
        + &lines(72.0, 700.0, &PROSE)
        + &lines(72.0, 604.0, &["On Thursday the markets authority itself"])
        + &reference
        + &lines(330.0, 702.0, &["said nothing at all, not even on Friday."])
        + &lines(330.0, 680.0, &right)
        + &note;
    let document = document(&page(&content));
    let shape = shape(&document);
    assert_eq!(shape[0], "#1 A heading that stands over both columns");
    assert!(shape[1].starts_with("Eight days after Houlonde dismissed its[1] chief"), "{shape:#?}");
    // One paragraph goes on over the end of the column.
    assert_eq!(
        shape[2],
        "On Thursday the markets authority itself said nothing at all, not even on Friday."
    );
    assert!(shape[3].starts_with("chief executive, the account"));
    assert_eq!(
        shape.last().map(String::as_str),
        Some("note [1] Seen by The Skerry Review, which keeps a copy of all of its many pages.")
    );
}

#[test]
fn a_paragraph_goes_on_over_the_page_and_the_page_begins_inside_it() {
    let mut made = Made::new();
    made.page(&lines(72.0, 700.0, &PROSE[..4])).page(&lines(72.0, 760.0, &PROSE[4..]));
    made.catalog("/PageLabels << /Nums [0 << /S /r /St 4 >> 1 << /S /D /P (A-) /St 7 >>] >>");
    let document = document(&made.bytes());
    assert_eq!(shape(&document), [PROSE.join(" ")]);
    let pages: Vec<(&str, u32, u32)> = document
        .structure
        .pages
        .iter()
        .map(|page| (&*page.label, page.line, page.column))
        .collect();
    let column =
        u32::try_from(document.text.find("the firm has been").expect("words")).expect("small");
    assert_eq!(pages, [("iv", 0, 0), ("A-7", 0, column)]);
}

#[test]
fn words_divided_at_line_ends_are_joined_and_hyphens_of_words_kept() {
    let content = lines(
        72.0,
        700.0,
        &[
            "The company said that its administra-",
            "tors, among them Jean-Luc and Anne-Ma-",
            "rie, would meet Jean-Luc, not Marie-",
            "Laure, over the cross-border trade of",
            "the islands; nobody knew of any cross-",
            "border talks, as the minister had said.",
        ],
    );
    let document = document(&page(&content));
    assert!(document.text.contains("administrators, among"), "{}", document.text);
    assert!(document.text.contains("Anne-Marie, would"));
    assert!(document.text.contains("Marie-Laure, over"));
    assert!(document.text.contains("any cross-border talks"));
    assert!(
        says(&document, "2 words that were divided") && says(&document, "2 hyphens"),
        "{:?}",
        document.remarks
    );
}

#[test]
fn headers_footers_and_page_numbers_are_left_out() {
    let mut made = Made::new();
    for number in 1..=4 {
        let begins = format!(
            "Page text {} begins here and is a line.",
            ["one", "two", "three", "four"][number - 1]
        );
        let content = text("F1", 9.0, 72.0, 800.0, "The Skerry Review")
            + &text("F1", 9.0, 400.0, 800.0, &format!("March 203{number}"))
            + &lines(72.0, 700.0, &[&begins])
            + &lines(72.0, 688.0, &PROSE)
            + &text("F1", 9.0, 290.0, 40.0, &number.to_string());
        made.page(&content);
    }
    let document = document(&made.bytes());
    assert!(
        !document.text.contains("Skerry") && !document.text.contains("March"),
        "{}",
        document.text
    );
    assert!(says(&document, "Headers and footers"));
    assert!(document.text.contains("Page text three"));
    assert_eq!(document.structure.pages.len(), 4);
}

#[test]
fn lists_keep_their_signs_apart_from_their_words() {
    let content = lines(72.0, 760.0, &PROSE[..3])
        + &text("F1", 10.0, 84.0, 710.0, "•")
        + &lines(96.0, 710.0, &["the weekend talks were real and went", "on until Sunday evening"])
        + &text("F1", 10.0, 84.0, 686.0, "•")
        + &lines(96.0, 686.0, &["it was another side that called"])
        + &text("F1", 10.0, 102.0, 674.0, "–")
        + &lines(114.0, 674.0, &["two people say"])
        + &lines(72.0, 640.0, &PROSE[..2])
        + &lines(72.0, 600.0, &["1. First of all", "2. And second"]);
    let document = document(&page(&content));
    let shape = shape(&document);
    assert_eq!(
        shape[1..4],
        [
            "1• the weekend talks were real and went on until Sunday evening",
            "1• it was another side that called",
            "2– two people say"
        ]
    );
    assert_eq!(shape[5..], ["11. First of all", "12. And second"]);
}

#[test]
fn tables_are_rows_of_cells() {
    let mut content = lines(72.0, 760.0, &PROSE[..3]);
    for (at, row) in [
        ["Port", "Ships", "Crew"],
        ["Skerry", "12", "140"],
        ["Mordane", "", "31"],
        ["Léonie", "104", "7"],
    ]
    .iter()
    .enumerate()
    {
        let y = 700.0 - 14.0 * at as f32;
        for (cell, x) in row.iter().zip([72.0, 200.0, 300.0]) {
            if !cell.is_empty() {
                content += &text("F1", 10.0, x, y, cell);
            }
        }
    }
    let document = document(&page(&content));
    assert_eq!(
        shape(&document)[1..],
        ["| Port | Ships | Crew", "| Skerry | 12 | 140", "| Mordane |  | 31", "| Léonie | 104 | 7"]
    );
}

#[test]
fn what_is_not_seen_is_no_text() {
    let content = lines(72.0, 700.0, &PROSE[..3])
        + "3 Tr "
        + &text("F1", 10.0, 72.0, 500.0, "secret words")
        + "0 Tr "
        + &text("F1", 10.0, 900.0, 500.0, "beside the page")
        + "q 0 0 10 10 re W n "
        + &text("F1", 10.0, 72.0, 480.0, "clipped away")
        + "Q "
        // Fake bold: the same letters twice, a little apart.
        + &text("F1", 10.0, 72.0, 460.0, "Twice")
        + &text("F1", 10.0, 72.4, 460.0, "Twice");
    let document = document(&page(&content));
    assert_eq!(shape(&document)[1..], ["Twice"]);
    assert!(says(&document, "hidden on the page") && says(&document, "outside the visible part"));
    assert!(says(&document, "5 letters that were drawn twice"), "{:?}", document.remarks);
}

#[test]
fn text_recognised_in_a_scan_is_kept_though_it_is_not_drawn() {
    let content = format!("{}3 Tr {}", made::PICTURE, lines(72.0, 700.0, &PROSE));
    assert_eq!(document(&page(&content)).text, PROSE.join(" "));
}

#[test]
fn pages_without_text_are_said() {
    let mut made = Made::new();
    made.page(made::PICTURE).page(made::PICTURE);
    assert_eq!(read_it(&made.bytes()), Err(DocumentError::NoTextLayer { pages: 2 }));
    made.page(&lines(72.0, 700.0, &PROSE)).page(made::PICTURE);
    let document = document(&made.bytes());
    assert!(says(&document, "Of pages 1, 2 and 4 there is no text"), "{:?}", document.remarks);
    assert_eq!(read_it(&page("")), Err(DocumentError::Empty));
}

#[test]
fn text_that_says_not_which_letters_it_is_made_of_is_no_text() {
    let with = |prose: &str| {
        let mut made = Made::new();
        let font = made::mute_font() + "||";
        made.page_with(&format!("{prose}{}", wide(72.0, 600.0, &[1, 2, 3])), &font, "");
        read_it(&made.bytes())
    };
    let alone = with("").expect_err("nonsense");
    assert!(alone.to_string().contains("fonts do not say which letters"), "{alone}");
    let among = with(&lines(72.0, 700.0, &PROSE)).expect("a document");
    assert!(says(&among, "3 signs stand as"), "{:?}", among.remarks);
    assert!(among.text.ends_with("\u{fffd}\u{fffd}\u{fffd}"));
}

#[test]
fn ligatures_accents_and_what_the_file_says_it_reads_as() {
    let mut made = Made::new();
    let font = wide_font(&mut made, &["ﬁ", "n", "ﬀ", "a", "\u{ad}"]) + "||";
    let content = lines(72.0, 760.0, &PROSE[..3])
        + &wide(72.0, 700.0, &[1, 2])
        + &wide(72.0, 680.0, &[4, 3, 4])
        + "/Span << /ActualText <FEFF00C6> >> BDC "
        + &wide(72.0, 660.0, &[4, 2])
        + "EMC "
        // An accent over its letter, as TeX draws it.
        + "BT /F1 10 Tf 72 640 Td (d) Tj 5.3 0 Td (\\264) Tj -0.1 0 Td (e) Tj 5.6 0 Td (j) Tj ET ";
    made.page_with(&content, &font, "");
    let document = document(&made.bytes());
    assert_eq!(shape(&document)[1..], ["fin", "affa", "Æ", "déj"]);
    assert!(
        says(&document, "2 ligatures") && says(&document, "1 accent"),
        "{:?}",
        document.remarks
    );
}

#[test]
fn hebrew_and_arabic_are_in_the_order_in_which_they_are_read() {
    let mut made = Made::new();
    let font =
        wide_font(&mut made, &["ש", "ל", "ו", "ם", "2", "0", "3", "1", "\u{fedf}\u{fe8e}", "x"])
            + "||";
    // From left to right on the page: the second word, a number, the first word.
    let content = wide(72.0, 700.0, &[4, 3, 2, 1])
        + &wide(100.0, 700.0, &[5, 6, 7, 8])
        + &wide(130.0, 700.0, &[4, 3, 2, 1]);
    made.page_with(&(content + &wide(72.0, 600.0, &[9])), &font, "");
    assert_eq!(shape(&document(&made.bytes())), ["שלום 2031 שלום", "لا"]);
}

#[test]
fn turned_pages_and_turned_words() {
    let mut made = Made::new();
    made.page_with(&format!("0 1 -1 0 595 0 cm {}", lines(72.0, 500.0, &PROSE)), "", "/Rotate 90");
    assert_eq!(document(&made.bytes()).text, PROSE.join(" "));
    let beside =
        format!("q 0 1 -1 0 40 100 cm {} Q", text("F1", 10.0, 0.0, 0.0, "Photo: A. Nobody"));
    let document = document(&page(&(lines(72.0, 700.0, &PROSE) + &beside)));
    assert_eq!(shape(&document), [&PROSE.join(" "), "Photo: A. Nobody"]);
}

#[test]
fn an_initial_over_two_lines_begins_its_paragraph() {
    let content = text("F3", 24.0, 72.0, 688.0, "E")
        + &lines(
            87.0,
            700.0,
            &["ight days after Houlonde dismissed its", "chief executive, the account of it has"],
        )
        + &lines(72.0, 676.0, &["begun to fray, and nobody knows why yet."]);
    let document = document(&page(&content));
    assert!(document.text.starts_with("Eight days after"), "{}", document.text);
    assert_eq!(shape(&document).len(), 1, "{}", document.text);
}

#[test]
fn a_box_beside_the_text_is_read_by_itself() {
    let content = lines(72.0, 700.0, &PROSE)
        + &text("F1", 8.0, 340.0, 696.0, "The firm in short:")
        + &text("F1", 8.0, 340.0, 686.0, "barges and cables,")
        + &text("F1", 8.0, 340.0, 676.0, "three hundred staff,")
        + &text("F1", 8.0, 340.0, 666.0, "one harbour.");
    let document = document(&page(&content));
    assert_eq!(document.text.lines().next(), Some(&*PROSE.join(" ")));
    assert!(
        document.text.contains("cables, three hundred") || document.text.contains("cables,\n"),
        "{}",
        document.text
    );
}

#[test]
fn headings_come_from_the_outline_and_from_bold_lines_too() {
    let mut made = Made::new();
    let entry = made.add("<< /Title (Under the outline) /Next 4 0 R >>");
    let outline = made.add(format!("<< /Type /Outlines /First {entry} 0 R >>"));
    let content = lines(72.0, 760.0, &PROSE)
        + &lines(72.0, 640.0, &["Under the outline"])
        + &lines(72.0, 616.0, &PROSE)
        + "2 Tr "
        + &text("F3", 10.0, 72.0, 500.0, "A bold line")
        + "0 Tr "
        + &lines(72.0, 484.0, &PROSE);
    made.catalog(&format!("/Outlines {outline} 0 R")).page(&content);
    let document = document(&made.bytes());
    let shape = shape(&document);
    assert_eq!((&*shape[1], &*shape[3]), ("#1 Under the outline", "#1 A bold line"), "{shape:#?}");
}

#[test]
fn a_tagged_file_says_what_is_a_heading_and_what_a_header() {
    let mut made = Made::new();
    let content = String::from("/Artifact << /Type /Pagination /Subtype /Header >> BDC ")
        + &text("F1", 9.0, 72.0, 810.0, "The Skerry Review")
        + "EMC /Standard << /MCID 0 >> BDC "
        + &lines(72.0, 760.0, &["Said to be a heading"])
        + "EMC /Standard << /MCID 1 >> BDC "
        + &lines(72.0, 730.0, &PROSE)
        + "EMC ";
    made.page(&content);
    let page = 4;
    let root = made.add(format!(
        "<< /Type /StructTreeRoot /RoleMap << /Chapter /Kapitel /Kapitel /H3 >> /K [<< /S /Document /K [<< /S /Chapter /Pg {page} 0 R /K [0] >> << /S /P /Pg {page} 0 R /K << /Type /MCR /MCID 1 >> >>] >>] >>"
    ));
    made.catalog(&format!("/StructTreeRoot {root} 0 R"));
    let document = document(&made.bytes());
    assert_eq!(shape(&document), ["#3 Said to be a heading", &PROSE.join(" ")]);
    assert!(says(&document, "Headers and footers"));
}

#[test]
fn what_the_file_says_about_itself() {
    let mut made = Made::new();
    let info = made.add(
        "<< /Title (Microsoft Word - audit.doc) /Author <FEFF0048002E00200057> /CreationDate (D:20310304120000+01'00') /Producer (x) >>",
    );
    let xmp = made.stream(
        "/Type /Metadata /Subtype /XML",
        b"<x:xmpmeta><rdf:RDF><rdf:Description><dc:title><rdf:Alt><rdf:li>The audit</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>",
    );
    made.page(&lines(72.0, 700.0, &PROSE));
    made.trailer(&format!("/Info {info} 0 R"))
        .catalog(&format!("/Lang (en-GB) /Metadata {xmp} 0 R"));
    let description = document(&made.bytes()).description;
    assert_eq!(
        (&*description.title, &*description.author, &*description.date, &*description.language),
        ("The audit", "H. W", "2031-03-04", "en-GB")
    );
}

#[test]
fn a_locked_file_is_said_to_be_encrypted() {
    let mut made = Made::new();
    made.page("").trailer(made::LOCKED);
    assert_eq!(read_it(&made.bytes()), Err(DocumentError::Encrypted));
}

#[test]
fn the_words_on_a_picture_are_those_of_the_text() {
    let mut made = Made::new();
    made.page(&(lines(72.0, 700.0, &PROSE) + &text("F1", 18.0, 72.0, 760.0, "Heading")))
        .page(&lines(72.0, 700.0, &PROSE));
    let bytes = made.bytes();
    let text = document(&bytes).text;
    let image = page_image(&bytes, PageAt::Number(0), 595).expect("a picture");
    assert_eq!((image.width, image.height, image.rgba.len()), (595, 842, 595 * 842 * 4));
    let words: Vec<&str> = image.words.iter().map(|word| &text[word.range.clone()]).collect();
    assert_eq!(words[..3], ["Heading", "Eight", "days"]);
    for word in &image.words {
        // Where a word is said to be, there is ink; and it is about as wide as its letters.
        let ink = |x: f32, y: f32| image.rgba[(y as usize * 595 + x as usize) * 4] < 200;
        let mut found = false;
        for y in word.top as usize..word.bottom as usize {
            found |= (word.left as usize..word.right as usize).any(|x| ink(x as f32, y as f32));
        }
        assert!(found, "{word:?}");
    }
    let eight = &image.words[1];
    assert!((eight.left - 72.0).abs() < 0.5 && (eight.right - 102.0).abs() < 0.5, "{eight:?}");
    assert!(eight.top < 842.0 - 700.0 && eight.bottom > 842.0 - 700.0);
    assert!(matches!(
        page_image(&bytes, PageAt::Number(2), 100),
        Err(DocumentError::Damaged { .. })
    ));
    // All words of the text are on one page or the other.
    let second = page_image(&bytes, PageAt::Number(1), 100).expect("a picture");
    let last = text.rfind(char::is_alphabetic).expect("words");
    let there = page_image(&bytes, PageAt::Byte(last), 100).expect("a picture");
    assert_eq!((there.place.number, there.place.count, &*there.place.label), (1, 2, "2"));
    assert_eq!(page_image(&bytes, PageAt::Byte(0), 100).expect("a picture").place.number, 0);
    let placed: usize = [&image, &second].iter().map(|i| i.words.len()).sum();
    assert_eq!(placed, text.split_whitespace().count());
}
