//! What the fuzzer begins with: each seed is read by its reader, so that what is made of it gets somewhere.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use casebook::article::document::{Options, PageAt};
use casebook::article::{ReadOptions, decode, draw_document, read_document};

#[path = "documents/pdf.rs"]
#[allow(dead_code, reason = "others use the rest of it")]
mod made;
#[path = "documents/parts.rs"]
mod parts;

use made::{Made, TREE, lines, text, wide, wide_font};

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target)
}

/// The seeds of a target: their names and bytes.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder(target)).expect("there are seeds");
    let seeds = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        (path.display().to_string(), fs::read(&path).expect("a seed"))
    });
    seeds.collect()
}

#[test]
fn each_seed_is_read_by_its_reader() {
    for (target, format, usual) in [
        ("web_page", "web page", None),
        ("web_archive", "web archive", None),
        ("mail", "mail", None),
        ("epub", "EPUB", Some(parts::BOOK)),
        ("word", "Word document", Some(parts::WORD)),
        ("open_document", "OpenDocument text", Some(parts::OPEN_DOCUMENT)),
        ("rich_text", "Rich Text", None),
        ("pdf", "PDF", None),
    ] {
        let seeds = seeds(target);
        assert!(seeds.len() > 1, "{target}");
        for (name, bytes) in seeds {
            assert!(bytes.len() < 40_000, "{name}: the fuzzer takes no more");
            let bytes = match usual {
                // An OpenDocument text may be one XML file.
                Some(usual) if !bytes.starts_with(b"<?xml") || target != "open_document" => {
                    parts::archive(&bytes, usual)
                }
                _ => bytes,
            };
            let options = Options { everything: true, ..Options::default() };
            let document = read_document(format, &bytes, &options).expect("a format");
            let document = document.unwrap_or_else(|error| panic!("{name} {error}"));
            let words = document.text.split_whitespace().count();
            assert!(words > 5, "{name}: {}", document.text);
            // By its content alone, as a file is.
            let read = decode("seed", bytes.clone(), &ReadOptions::default()).expect("it was read");
            assert_eq!(read.origin.reader, format, "{name}");
            if format == "PDF" {
                let drawn = draw_document(format, &bytes, PageAt::Number(0), 100);
                assert!(drawn.is_some_and(|drawn| drawn.is_ok_and(|page| !page.words.is_empty())));
            }
        }
    }
}

#[test]
fn each_seed_of_plain_text_is_plain_text() {
    let seeds = seeds("plain_text");
    assert!(seeds.len() > 4);
    for (name, bytes) in seeds {
        // The first byte chooses an encoding to try beside the one that is guessed.
        let read = decode("a.txt", bytes[1..].to_vec(), &ReadOptions::default());
        let read = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((&*read.origin.reader, read.lossy), ("plain text", false), "{name}");
    }
}

#[test]
fn parts_in_one_text_become_an_archive() {
    let names = |bytes: &[u8]| {
        let archive = parts::archive(bytes, parts::BOOK);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
        let all = 0..zip.len();
        all.map(|at| {
            let mut entry = zip.by_index(at).expect("an entry");
            let mut content = String::new();
            entry.read_to_string(&mut content).expect("text");
            (entry.name().expect("a name").into_owned(), content)
        })
        .collect::<Vec<_>>()
    };
    let usual = |at: usize| {
        let (name, content) = parts::BOOK[at];
        (name.to_owned(), String::from_utf8_lossy(content).into_owned())
    };
    let own = |name: &str, content: &str| (name.to_owned(), content.to_owned());
    let rest = own("a.xhtml", "<p>x\n");
    assert_eq!(names(b"<p>x\n"), [usual(0), usual(1), usual(2), rest]);
    assert_eq!(
        names(b"==== book.opf\n<package/>\n==== b\n\n==== b\ntwice\n==== a.xhtml"),
        [usual(0), usual(1), own("book.opf", "<package/>"), own("b", ""), own("a.xhtml", "")]
    );
}

/// Eight lines of prose, 240 points wide.
const PROSE: [&str; 8] = [
    "The pumps of the harbour were paid for",
    "in the spring, and none of them has run",
    "since then, according to two people who",
    "have worked there for years. The author-",
    "ity denies it. Every one of the machines",
    "was tested in April, it says, before the",
    "contract was closed; the records of that",
    "day show one test, of one single machine.",
];

/// Small PDFs whose streams are not packed: of everything that readers look at, a little.
fn pdfs() -> Vec<(&'static str, Vec<u8>)> {
    let mut all = Vec::new();

    let mut columns = Made::new();
    for page in 1..=3 {
        let content = text("F1", 9.0, 72.0, 800.0, "The Ledger, 4 March 2031")
            + &text("F2", 18.0, 72.0, 760.0, &format!("Chapter {page}"))
            + &lines(72.0, 720.0, &PROSE)
            + &lines(330.0, 720.0, &PROSE)
            + &text("F1", 12.0, 72.0, 600.0, "• an item of a list")
            + &text("F1", 12.0, 72.0, 584.0, "• another item")
            + &text("F1", 7.0, 72.0, 90.0, "1 A note at the foot of the page.")
            + &text("F1", 9.0, 290.0, 40.0, &page.to_string());
        columns.page(&content);
    }
    columns.catalog(
        "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 /P (A-) >>] >> /Lang (en-GB)",
    );
    let info = columns.add(
        "<< /Title (The pumps) /Author <FEFF004D00E9> /CreationDate (D:20310304100000+01'00') >>",
    );
    columns.trailer(&format!("/Info {info} 0 R"));
    all.push(("columns", columns.bytes()));

    let mut letters = Made::new();
    let font = wide_font(&mut letters, &["ﬁ", "ש", "a", "\u{ad}", "漢", "e\u{301}", "ي", " "]);
    let content = wide(72.0, 700.0, &[3, 1, 8, 2, 2, 2, 8, 7, 7, 8, 5, 5])
        + &lines(72.0, 640.0, &PROSE)
        + "/Span << /ActualText <FEFF00660069> >> BDC BT /F3 10 Tf 72 500 Td (fl) Tj ET EMC\n\
           BT /F3 10 Tf 3 Tr 72 480 Td (hidden) Tj 0 Tr 0 -14 TD [(ke) -40 (rned) -600 (words)] TJ T* 2 Tw 1 Tc 5 Ts 80 Tz (set) ' ET\n\
           BT /F3 10 Tf 0 1 -1 0 540 300 Tm (upwards) Tj ET q 0 0 50 50 re W n BT /F3 10 Tf 72 400 Td (cut off) Tj ET Q\n";
    letters.page_with(&content, &(font + "||"), "/Rotate 90 /CropBox [10 10 585 832]");
    all.push(("letters", letters.bytes()));

    let mut tagged = Made::new();
    let content = "/H1 << /MCID 0 >> BDC ".to_owned()
        + &text("F1", 12.0, 72.0, 760.0, "A heading by its tag")
        + "EMC /P << /MCID 1 >> BDC "
        + &lines(72.0, 720.0, &PROSE)
        + "EMC /Artifact << /Type /Pagination /Subtype /Footer >> BDC "
        + &text("F1", 9.0, 290.0, 40.0, "12")
        + "EMC\n";
    tagged.page_with(&content, "", "/StructParents 0");
    let page = tagged.pages[0];
    let root = tagged.objects.len() + 1;
    tagged.add(format!(
        "<< /Type /StructTreeRoot /K [{} 0 R {} 0 R] /RoleMap << /Top /H1 >> >>",
        root + 1,
        root + 2
    ));
    tagged.add(format!("<< /S /Top /P {root} 0 R /Pg {page} 0 R /K 0 >>"));
    tagged.add(format!("<< /S /P /P {root} 0 R /K [<< /Type /MCR /Pg {page} 0 R /MCID 1 >>] >>"));
    let xmp = tagged.stream(
        "/Type /Metadata /Subtype /XML",
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description xmp:CreateDate='2031-03-04'><dc:title><rdf:Alt><rdf:li xml:lang='x-default'>The pumps</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>M. Okonjo</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>".as_bytes(),
    );
    tagged.catalog(&format!(
        "/StructTreeRoot {root} 0 R /MarkInfo << /Marked true >> /Metadata {xmp} 0 R /Outlines << /First << /Title (A heading by its tag) /Dest [{page} 0 R /Fit] /Next << /Title (Another) >> >> >>"
    ));
    all.push(("tagged", tagged.bytes()));

    let mut drawn = Made::new();
    let form = drawn.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 300 100] /Matrix [1 0 0 1 72 500] /Group << /S /Transparency >>",
        b"0.5 g 0 0 50 50 re f BT /F1 12 Tf (In a form) Tj ET",
    );
    let glyph = drawn.stream("", b"500 0 0 0 500 500 d1 0 0 500 500 re f");
    let image = drawn.stream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /ASCIIHexDecode",
        b"00FF80C0>",
    );
    let tile = drawn.stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>",
        b"1 0 0 rg 0 0 5 5 re f",
    );
    let resources = format!(
        "/T3 << /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 /Widths [500] /CharProcs << /a {glyph} 0 R >> /Encoding << /Differences [97 /a] >> >> || \
         /XObject << /X {form} 0 R /I {image} 0 R >> /Pattern << /P {tile} 0 R /S << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 99 99] /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> /Extend [true true] >> >> >> \
         /ExtGState << /G << /ca 0.5 /BM /Multiply /LW 3 >> >>"
    );
    let content = lines(72.0, 760.0, &PROSE)
        + "q /G gs /X Do Q q 90 0 0 90 300 500 cm /I Do Q /Pattern cs /P scn 72 300 99 99 re f /S scn 200 300 99 99 re f*\n\
           BT /T3 12 Tf 72 450 Td (aa) Tj ET 1 0 0 RG 3 w [4 2] 0 d 1 J 1 j 72 200 m 99 250 120 150 200 200 c h S 0 1 0 0 k 72 100 m 99 99 l b\n\
           q 20 0 0 20 400 400 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q 0.2 0.4 0.6 sc\n";
    drawn.page_with(&content, &resources, "");
    all.push(("drawn", drawn.bytes()));

    let mut parted = Made::new();
    let first = parted.stream("", lines(72.0, 760.0, &PROSE[..4]).as_bytes());
    let second = parted.stream(
        "/Filter [/ASCIIHexDecode]",
        b"42 54 20 2F46312031322054662037322036303020546428576F7264732920546A204554>",
    );
    let length = parted.add("9");
    parted.add(format!("<< /Length {length} 0 R >>\nstream\nunused 12\nendstream"));
    let fonts = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /FirstChar 32 /LastChar 34 /Widths [250 333 408] /Encoding << /BaseEncoding /MacRomanEncoding /Differences [65 /eacute /fi /uni05E9 /g12] >> >> /F3 << /Type /Font /Subtype /Type1 /BaseFont /Courier >>";
    let page = parted.add(format!(
        "<< /Type /Page /Parent {} 0 R /Contents [{first} 0 R {second} 0 R] /Resources << /Font << {fonts} >> >> >>",
        TREE + 4
    ));
    let node = parted.add(format!(
        "<< /Type /Pages /Parent {TREE} 0 R /Kids [{page} 0 R] /Count 1 /MediaBox [0 0 595 842] >>"
    ));
    parted.set(
        page,
        String::from_utf8_lossy(&parted.objects[page - 1].clone())
            .replace(&format!("/Parent {} 0 R", TREE + 4), &format!("/Parent {node} 0 R")),
    );
    parted.pages.push(node);
    all.push(("parted", parted.bytes()));

    let table: String = (0..6)
        .map(|at| {
            let y = 700.0 - 14.0 * at as f32;
            text("F1", 10.0, 72.0, y, "a cell")
                + &text("F2", 10.0, 200.0, y, "12,000")
                + &text("F1", 10.0, 300.0, y, "Kervel")
        })
        .collect();
    all.push((
        "table",
        made::page(&(text("F1", 12.0, 72.0, 740.0, "Payments of the harbour") + &table)),
    ));
    all
}

/// `CASEBOOK_WRITE_SEEDS=1 cargo test --test seeds` writes them.
#[test]
fn the_pdfs_are_as_they_are_made() {
    for (name, bytes) in pdfs() {
        let path = folder("pdf").join(format!("{name}.pdf"));
        if std::env::var_os("CASEBOOK_WRITE_SEEDS").is_some() {
            fs::create_dir_all(folder("pdf")).expect("a folder");
            fs::write(&path, &bytes).expect("written");
        }
        let there = fs::read(&path).unwrap_or_default();
        assert!(there == bytes, "{} is another one", path.display());
    }
}
