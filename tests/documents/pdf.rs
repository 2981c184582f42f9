//! PDF files made by hand: pages on which everything stands where a test puts it.

use std::fmt::Write as _;
use std::io::Write as _;

/// A PDF being written: objects are numbered from 1 in the order in which they are added.
#[derive(Clone, Debug, Default)]
pub struct Made {
    pub objects: Vec<Vec<u8>>,
    pub pages: Vec<usize>,
    catalog: String,
    trailer: String,
}

/// Where the catalog and the page tree are: the first two objects.
const CATALOG: usize = 1;
pub const TREE: usize = 2;
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
            let _ = writeln!(out, "{} 0 obj", at + 1);
            out.extend_from_slice(body);
            out.extend_from_slice(b"\nendobj\n");
        }
        let xref = out.len();
        let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for place in places {
            let _ = writeln!(out, "{place:010} 00000 n ");
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

pub const WIDE: &str = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Wide /DW 500 \
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

/// What a trailer says of a file that needs a password: no empty password gives these.
pub const LOCKED: &str = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 \
    /O <0102030405060708090a0b0c0d0e0f100102030405060708090a0b0c0d0e0f10> \
    /U <1112131415161718191a1b1c1d1e1f201112131415161718191a1b1c1d1e1f20> >> \
    /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]";
