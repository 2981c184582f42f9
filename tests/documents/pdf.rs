//! PDF files made by hand: pages on which everything stands where a test puts it, and files that are made to do harm.

use std::fmt::Write as _;
use std::io::Write as _;

/// A PDF being written: objects are numbered from 1 in the order in which they are added.
#[derive(Clone, Debug, Default)]
pub struct Made {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    catalog: String,
    trailer: String,
}

/// Where the catalog and the page tree are: the first two objects.
const CATALOG: usize = 1;
const TREE: usize = 2;
/// The fonts that every page has: Helvetica as F1, bold as F2, Courier (each letter 0.6 of its size wide) as F3.
const FONTS: &str = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> \
    /F2 << /Type /Font /Subtype /TrueType /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >> \
    /F3 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>";

impl Made {
    pub fn new() -> Self {
        Self { objects: vec![Vec::new(), Vec::new()], ..Self::default() }
    }

    /// Adds an object; returns its number.
    pub fn add(&mut self, body: impl AsRef<[u8]>) -> usize {
        self.objects.push(body.as_ref().to_vec());
        self.objects.len()
    }

    /// Adds a stream with these entries beside its length; returns its number.
    pub fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let mut body = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.add(body)
    }

    /// Adds a page of A4 with this content.
    pub fn page(&mut self, content: &str) -> &mut Self {
        self.page_with(content, "", "")
    }

    /// Adds a page with further resources and entries. Entries of `fonts` go beside F1 to F3.
    pub fn page_with(&mut self, content: &str, resources: &str, entries: &str) -> &mut Self {
        let bytes: Vec<u8> = content.chars().map(win_ansi).collect();
        let stream = self.stream("", &bytes);
        let size = if entries.contains("/MediaBox") { "" } else { "/MediaBox [0 0 595 842]" };
        let (fonts, others) = resources.split_once("||").unwrap_or(("", resources));
        let page = self.add(format!(
            "<< /Type /Page /Parent {TREE} 0 R {size} /Contents {stream} 0 R /Resources << /Font << {FONTS} {fonts} >> {others} >> {entries} >>"
        ));
        self.pages.push(page);
        self
    }

    /// Entries of the catalog, and of the trailer.
    pub fn catalog(&mut self, entries: &str) -> &mut Self {
        let _ = write!(self.catalog, " {entries}");
        self
    }

    pub fn trailer(&mut self, entries: &str) -> &mut Self {
        let _ = write!(self.trailer, " {entries}");
        self
    }

    /// Replaces an object.
    pub fn set(&mut self, number: usize, body: impl AsRef<[u8]>) {
        self.objects[number - 1] = body.as_ref().to_vec();
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut objects = self.objects.clone();
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        let tree = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len());
        let catalog = format!("<< /Type /Catalog /Pages {TREE} 0 R {} >>", self.catalog);
        for (number, body) in [(CATALOG, catalog), (TREE, tree)] {
            if objects[number - 1].is_empty() {
                objects[number - 1] = body.into_bytes();
            }
        }
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut places = Vec::new();
        for (at, body) in objects.iter().enumerate() {
            places.push(out.len());
            let _ = write!(out, "{} 0 obj\n", at + 1);
            out.extend_from_slice(body);
            out.extend_from_slice(b"\nendobj\n");
        }
        let xref = out.len();
        let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for place in places {
            let _ = write!(out, "{place:010} 00000 n \n");
        }
        let size = objects.len() + 1;
        let _ = write!(
            out,
            "trailer\n<< /Size {size} /Root {CATALOG} 0 R {} >>\nstartxref\n{xref}\n%%EOF\n",
            self.trailer
        );
        out
    }
}

/// A file of one page with this content.
pub fn page(content: &str) -> Vec<u8> {
    Made::new().page(content).bytes()
}

/// Words at a place, in a font of [`FONTS`] and a size; the origin is the lower left corner of the page.
pub fn text(font: &str, size: f32, x: f32, y: f32, words: &str) -> String {
    format!("BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({}) Tj ET\n", escaped(words))
}

/// Lines of Courier (10 points, so 6 a letter) from a place down, 12 points apart.
pub fn lines(x: f32, y: f32, lines: &[&str]) -> String {
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| text("F3", 10.0, x, y - 12.0 * at as f32, line))
        .collect()
}

fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
}

/// A character in windows-1252; what is not in it becomes a question mark.
fn win_ansi(c: char) -> u8 {
    match c {
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '…' => 0x85,
        c => u8::try_from(c).unwrap_or(b'?'),
    }
}

/// A font of two-byte codes that are half as wide as high, whose codes stand for these texts, from 1.
pub fn wide_font(made: &mut Made, texts: &[&str]) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n",
    );
    let _ = writeln!(map, "{} beginbfchar", texts.len());
    for (at, text) in texts.iter().enumerate() {
        let hex: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
        let _ = writeln!(map, "<{:04x}> <{hex}>", at + 1);
    }
    map.push_str("endbfchar endcmap end end");
    let map = made.stream("", map.as_bytes());
    format!(
        "/W1 << /Type /Font /Subtype /Type0 /BaseFont /Wide /Encoding /Identity-H /ToUnicode {map} 0 R /DescendantFonts [{WIDE}] >>"
    )
}

/// The same font, of whose codes nothing says what they stand for.
pub fn mute_font() -> String {
    format!(
        "/W1 << /Type /Font /Subtype /Type0 /BaseFont /Wide /Encoding /Identity-H /DescendantFonts [{WIDE}] >>"
    )
}

const WIDE: &str = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Wide /DW 500 \
    /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
    /FontDescriptor << /Type /FontDescriptor /FontName /Wide /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>";

/// Codes of [`wide_font`] at a place, ten points high.
pub fn wide(x: f32, y: f32, codes: &[u16]) -> String {
    let hex: String = codes.iter().map(|code| format!("{code:04x}")).collect();
    format!("BT /W1 10 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
}

/// Bytes packed by DEFLATE, with the header of zlib.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// A picture that covers the page: one grey dot.
pub const PICTURE: &str = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n";

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

/// What a trailer says of a file that needs a password: no empty password gives these.
pub const LOCKED: &str = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 \
    /O <0102030405060708090a0b0c0d0e0f100102030405060708090a0b0c0d0e0f10> \
    /U <1112131415161718191a1b1c1d1e1f201112131415161718191a1b1c1d1e1f20> >> \
    /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]";
