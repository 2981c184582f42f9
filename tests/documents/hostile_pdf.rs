//! PDF files that are made to do harm: what a reader could hang, crash or eat memory on.

use super::made::{LOCKED, Made, TREE, WIDE, packed, page, text, wide};

/// Files made to do harm, with their names.
pub fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let words = text("F1", 12.0, 72.0, 700.0, "Words");
    let sound = page(&words);
    let with = |change: &dyn Fn(&mut Made)| {
        let mut made = Made::new();
        made.page(&words);
        change(&mut made);
        made.bytes()
    };
    let replaced =
        |from: &str, to: &str| String::from_utf8_lossy(&sound).replace(from, to).into_bytes();
    // A form that draws others ten times over, or itself.
    let forms = |deep: usize| {
        let mut made = Made::new();
        let mut next =
            made.stream("/Type /XObject /Subtype /Form /BBox [0 0 600 900]", b"0 0 1 1 re f");
        for _ in 0..deep {
            let entries = format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X {next} 0 R >> >>"
            );
            next = made.stream(&entries, "/X Do ".repeat(10).as_bytes());
        }
        made.page_with(&format!("{words} /X Do"), &format!("/XObject << /X {next} 0 R >>"), "");
        made.bytes()
    };
    let font = |entries: &str, program: &[u8]| {
        let mut made = Made::new();
        let file = made.stream(&format!("/Length1 {}", program.len()), program);
        let font = format!(
            "/W1 << /Type /Font {entries} /FirstChar 32 /LastChar 126 /Widths [{}] /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 /FontFile{} {file} 0 R >> >> ||",
            "500 ".repeat(95),
            if entries.contains("TrueType") { "2" } else { "" },
        );
        made.page_with("BT /W1 12 Tf 72 700 Td (Words) Tj ET", &font, "");
        made.bytes()
    };
    let to_unicode = |map: &str| {
        let mut made = Made::new();
        let map = made.stream("", map.as_bytes());
        let font = format!(
            "/W1 << /Type /Font /Subtype /Type0 /BaseFont /Wide /Encoding /Identity-H /ToUnicode {map} 0 R /DescendantFonts [{WIDE}] >> ||"
        );
        made.page_with(&wide(72.0, 700.0, &[1, 2, 3]), &font, "");
        made.bytes()
    };
    let filtered = |filter: &str, data: &[u8]| {
        let mut made = Made::new();
        made.page(&words);
        let content = made.stream(&format!("/Filter {filter}"), data);
        let page = made.add(format!(
            "<< /Type /Page /Parent {TREE} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R >>"
        ));
        made.pages.push(page);
        made.bytes()
    };
    let zeros = packed(&vec![b' '; 70 << 20]);
    let deep_tree = {
        let mut made = Made::new();
        made.page(&words);
        let page = made.pages[0];
        let count = 20_000;
        let first = made.objects.len() + 1;
        for at in 0..count {
            let kid = if at + 1 == count { page } else { first + at + 1 };
            made.add(format!("<< /Type /Pages /Kids [{kid} 0 R] /Count 1 >>"));
        }
        made.set(TREE, format!("<< /Type /Pages /Kids [{first} 0 R] /Count 1 >>"));
        made.bytes()
    };
    let type3 = {
        let mut made = Made::new();
        let number = made.objects.len() + 2;
        let glyph =
            made.stream("", b"500 0 0 0 500 500 d1 BT /W1 500 Tf (a) Tj ET 0 0 500 500 re f");
        let font = format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 /Widths [500] /CharProcs << /a {glyph} 0 R >> /Encoding << /Differences [97 /a] >> /Resources << /Font << /W1 {number} 0 R >> >> >>"
        );
        let font = made.add(font);
        made.page_with("BT /W1 12 Tf 72 700 Td (aaaa) Tj ET", &format!("/W1 {font} 0 R ||"), "");
        made.bytes()
    };
    let tiles = |step: &str| {
        let mut made = Made::new();
        let entries = format!(
            "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep {step} /YStep {step} /Resources << >>"
        );
        let pattern = made.stream(&entries, b"1 0 0 rg 0 0 0.5 0.5 re f");
        let content = format!("{words} /Pattern cs /P scn 0 0 595 842 re f");
        made.page_with(&content, &format!("/Pattern << /P {pattern} 0 R >>"), "");
        made.bytes()
    };
    let large_picture = {
        let mut made = Made::new();
        let image = made.stream(
            "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
            b"x",
        );
        let content = format!("{words} q 500 0 0 500 0 0 cm /I Do Q");
        made.page_with(&content, &format!("/XObject << /I {image} 0 R >>"), "");
        made.bytes()
    };
    let mask = {
        let mut made = Made::new();
        let number = made.objects.len() + 1;
        let group = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Group << /S /Transparency >> /Resources << /ExtGState << /G << /SMask << /S /Luminosity /G {number} 0 R >> >> >> >>"
        );
        let form = made.stream(&group, b"/G gs 0 0 600 900 re f");
        let resources =
            format!("/ExtGState << /G << /SMask << /S /Luminosity /G {form} 0 R >> >> >>");
        made.page_with(&format!("/G gs {words}"), &resources, "");
        made.bytes()
    };
    vec![
        ("empty", Vec::new()),
        ("only a header", b"%PDF-1.7\n".to_vec()),
        ("no pdf", b"<html>%PDF-</html>".to_vec()),
        ("truncated", sound[..sound.len() / 2].to_vec()),
        ("without its end", sound[..sound.len() - 60].to_vec()),
        ("garbage before", [b"GET / HTTP/1.1\r\n\r\n".repeat(20), sound.clone()].concat()),
        ("garbage after", [sound.clone(), b"\0".repeat(1 << 20)].concat()),
        (
            "an object that is itself",
            with(&|made| {
                let own = made.objects.len() + 1;
                made.add(format!("{own} 0 R"));
                made.catalog(&format!(
                    "/Outlines {own} 0 R /PageLabels {own} 0 R /Metadata {own} 0 R /Lang {own} 0 R"
                ));
            }),
        ),
        (
            "a page tree in a circle",
            with(&|made| {
                let page = made.pages[0];
                made.set(
                    TREE,
                    format!("<< /Type /Pages /Kids [{TREE} 0 R {page} 0 R {TREE} 0 R] /Count 3 >>"),
                );
            }),
        ),
        (
            "a page that is its parent's parent",
            with(&|made| {
                let page = made.pages[0];
                made.set(TREE, format!("<< /Type /Pages /Parent {page} 0 R /Kids [{page} 0 R {page} 0 R] /Count 2 >>"));
            }),
        ),
        ("a huge count", replaced("/Count 1", "/Count 2147483647")),
        ("a deep page tree", deep_tree),
        (
            "labels in a circle",
            with(&|made| {
                let own = made.objects.len() + 1;
                made.add(format!("<< /Kids [{own} 0 R {own} 0 R] /Nums [0 << /S /r /St 2147483647 >> 0 << /S /A /St 4294967295 >>] >>"));
                made.catalog(&format!("/PageLabels {own} 0 R"));
            }),
        ),
        (
            "an outline in a circle",
            with(&|made| {
                let own = made.objects.len() + 1;
                made.add(format!("<< /First {own} 0 R /Next {own} 0 R /Title (x) >>"));
                made.catalog(&format!("/Outlines {own} 0 R"));
            }),
        ),
        (
            "nested arrays",
            with(&|made| {
                let deep = made.add(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)));
                made.catalog(&format!("/Outlines {deep} 0 R /Names {deep} 0 R"));
            }),
        ),
        (
            "nested dictionaries",
            with(&|made| {
                let deep =
                    made.add(format!("{}{}", "<</First".repeat(100_000), ">>".repeat(100_000)));
                made.catalog(&format!("/Outlines {deep} 0 R"));
            }),
        ),
        (
            "nested arrays on a page",
            page(&format!("{words}{} {} TJ", "[".repeat(100_000), "]".repeat(100_000))),
        ),
        ("an xref that leads to itself", replaced("/Root", "/Prev 9 /XRefStm 9 /Root")),
        ("an xref in a circle", {
            let at = sound.windows(5).rposition(|w| w == b"xref\n").unwrap_or(0) - 5;
            let at = sound[..at].windows(5).rposition(|w| w == b"xref\n").unwrap_or(at);
            replaced("/Root", &format!("/Prev {at} /Root"))
        }),
        (
            "an object stream in itself",
            with(&|made| {
                let own = made.objects.len() + 1;
                made.stream(
                    &format!("/Type /ObjStm /N 2 /First 10 /Extends {own} 0 R"),
                    format!("{own} 0 9 5 << /A 1 >>").as_bytes(),
                );
            }),
        ),
        (
            "a length that is its stream's",
            with(&|made| {
                let own = made.objects.len() + 1;
                made.add(format!("<< /Length {own} 0 R >>\nstream\nx\nendstream"));
                made.catalog(&format!("/Metadata {own} 0 R"));
            }),
        ),
        (
            "a thousand filters",
            filtered(&format!("[{}]", "/FlateDecode ".repeat(1000)), &packed(b"x")),
        ),
        (
            "a thousand other filters",
            filtered(&format!("[{}]", "/ASCIIHexDecode ".repeat(1000)), b"00>"),
        ),
        ("a bomb", filtered("/FlateDecode", &zeros)),
        ("a bomb in a bomb", filtered("[/FlateDecode /FlateDecode]", &packed(&zeros))),
        ("a bomb of runs", filtered("/RunLengthDecode", &[0x81, b' '].repeat(1 << 20))),
        (
            "a packed metadata bomb",
            with(&|made| {
                let bomb =
                    made.stream("/Type /Metadata /Subtype /XML /Filter /FlateDecode", &zeros);
                made.catalog(&format!("/Metadata {bomb} 0 R"));
            }),
        ),
        ("forms that fan out", forms(15)),
        (
            "a form that draws itself",
            with(&|made| {
                let own = made.objects.len() + 1;
                let entries = format!(
                    "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X {own} 0 R >> >>"
                );
                made.stream(&entries, b"/X Do /X Do");
                made.page_with("/X Do", &format!("/XObject << /X {own} 0 R >>"), "");
            }),
        ),
        ("a glyph that draws itself", type3),
        ("a mask that masks itself", mask),
        ("tiles of no size", tiles("0")),
        ("tiny tiles", tiles("0.0001")),
        ("a picture of ten billion dots", large_picture),
        ("saved states", page(&format!("{words}{}", "q ".repeat(1 << 20)))),
        ("clips in clips", page(&format!("{}{words}", "0 0 600 900 re W n ".repeat(200_000)))),
        (
            "a million letters in one place",
            page(&format!("BT /F1 12 Tf 72 700 Td {} ET", "(aaaaaaaa) Tj 0 0 Td ".repeat(100_000))),
        ),
        ("a long path", page(&format!("0 0 m {} f {words}", "1 1 l 5 9 l ".repeat(300_000)))),
        (
            "odd numbers",
            page(&format!(
                "BT /F1 1e38 Tf 99999999999999999999 -1e999 Td (Words) Tj ET BT /F1 0 Tf (x) Tj ET BT /F1 -12 Tf 1 0 0 0 5 5 Tm (x) Tj ET {words}"
            )),
        ),
        (
            "a page without size",
            with(&|made| {
                made.page_with(&words_of_size(), "", "/MediaBox [0 0 0 0]");
            }),
        ),
        (
            "a huge page",
            with(&|made| {
                made.page_with(&words_of_size(), "", "/MediaBox [-1e9 -1e9 1e9 1e9]");
            }),
        ),
        (
            "a broken font",
            font(
                "/Subtype /TrueType /BaseFont /X",
                &[0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff].repeat(500),
            ),
        ),
        (
            "a broken first font",
            font(
                "/Subtype /Type1 /BaseFont /X",
                b"%!PS-AdobeFont-1.0\n/Subrs 99999999 array\ncurrentfile eexec xxxx",
            ),
        ),
        (
            "a map of all characters",
            to_unicode(
                "begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <00410042> endbfrange 1 begincidrange <00000000> <ffffffff> 0 endcidrange endcmap",
            ),
        ),
        (
            "a map that uses itself",
            to_unicode(
                "/Identity-H usecmap begincmap 100000000 beginbfchar <0001> <0041> endbfchar endcmap",
            ),
        ),
        (
            "an unending inline picture",
            page(&format!(
                "{words} BI /W 10000 /H 10000 /BPC 8 /CS /RGB ID {}",
                "x".repeat(100_000)
            )),
        ),
        ("many pages", {
            let mut made = Made::new();
            made.page(&words);
            let page = made.pages[0];
            let body = made.objects[page - 1].clone();
            for _ in 0..3_000 {
                let page = made.add(&body);
                made.pages.push(page);
            }
            made.bytes()
        }),
        (
            "a locked file",
            with(&|made| {
                made.trailer(LOCKED);
            }),
        ),
    ]
}

fn words_of_size() -> String {
    text("F1", 12.0, 72.0, 700.0, "Words")
}
