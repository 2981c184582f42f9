//! Office files for tests, made here: ordinary ones to be mutated, and a gallery of hostile ones.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file: what it shows, and its bytes.
pub type File = (&'static str, Vec<u8>);

const WORD_TYPES: &str = "<Types><Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const TEXT_TYPE: &str = "application/vnd.oasis.opendocument.text";

/// An archive of these entries, packed or as they are.
pub fn archive(entries: &[(&str, &[u8])], packed: bool) -> Vec<u8> {
    let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A Word file with this main part.
pub fn word(main: &[u8], parts: &[(&str, &str)]) -> Vec<u8> {
    let mut relations = String::from("<Relationships>");
    for (at, (name, _)) in parts.iter().enumerate() {
        let kind = name.trim_end_matches(".xml");
        relations += &format!("<Relationship Id=\"r{at}\" Type=\"x/{kind}\" Target=\"{name}\"/>");
    }
    relations += "</Relationships>";
    let names: Vec<String> = parts.iter().map(|(name, _)| format!("word/{name}")).collect();
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", WORD_TYPES.as_bytes()),
        ("word/document.xml", main),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ];
    entries.extend(names.iter().zip(parts).map(|(name, part)| (name.as_str(), part.1.as_bytes())));
    archive(&entries, true)
}

/// An OpenDocument text with this content.
pub fn open_document(content: &[u8], parts: &[(&str, &str)]) -> Vec<u8> {
    let mut entries: Vec<(&str, &[u8])> =
        vec![("mimetype", TEXT_TYPE.as_bytes()), ("content.xml", content)];
    entries.extend(parts.iter().map(|(name, part)| (*name, part.as_bytes())));
    archive(&entries, true)
}

/// The main part of a Word file with this body.
pub fn word_body(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
}

/// The content of an OpenDocument text.
pub fn open_content(text: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><office:document office:mimetype=\"{TEXT_TYPE}\"><office:automatic-styles>\
         <text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/></text:list-style>\
         <style:style style:name=\"P\" style:family=\"paragraph\" style:parent-style-name=\"Quotations\"/></office:automatic-styles>\
         <office:body><office:text>{text}</office:text></office:body></office:document>"
    )
}

/// An ordinary body of a Word file: of everything a little.
pub const WORD: &str = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>The harbour</w:t></w:r></w:p>\
    <w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t xml:space=\"preserve\">One </w:t><w:tab/><w:lastRenderedPageBreak/><w:t>item</w:t></w:r></w:p>\
    <w:p><w:r><w:t>Words é 漢 א</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:ins w:id=\"1\"><w:r><w:t>new</w:t></w:r></w:ins><w:del w:id=\"2\"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>\
    <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>\
    <m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath><w:r><w:sym w:font=\"Symbol\" w:char=\"F061\"/></w:r></w:p>\
    <w:sectPr><w:pgNumType w:start=\"3\" w:fmt=\"lowerRoman\"/></w:sectPr>";
/// Its other parts.
pub const WORD_PARTS: [(&str, &str); 3] = [
    (
        "styles.xml",
        "<w:styles><w:style w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Heading1\"/></w:style></w:styles>",
    ),
    (
        "numbering.xml",
        "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
    ),
    (
        "footnotes.xml",
        "<w:footnotes><w:footnote w:id=\"2\"><w:p><w:r><w:t>A note</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:footnote></w:footnotes>",
    ),
];

/// An ordinary OpenDocument text.
pub const OPEN: &str = "<text:h text:outline-level=\"2\">The harbour</text:h><text:list text:style-name=\"L\"><text:list-item text:start-value=\"4\"><text:p>One<text:s text:c=\"3\"/>item</text:p></text:list-item></text:list>\
    <text:p text:style-name=\"P\">Words é 漢 א<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note</text:p></text:note-body></text:note><text:soft-page-break/> more<text:line-break/>end</text:p>\
    <table:table><table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"3\"><text:p>a</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>\
    <text:p><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame><office:annotation><text:p>no</text:p></office:annotation><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby></text:p>";

/// An ordinary Rich Text file.
pub const RICH: &str = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset128 Gothic;}{\\f2\\fcharset2 Symbol;}}{\\stylesheet{\\s1\\outlinelevel0 heading 1;}}\
    {\\info{\\title T}{\\author A}{\\creatim\\yr2031\\mo3\\dy4}}\\pard\\s1 The harbour\\par{\\listtext 1.\\tab}\\pard\\ilvl0\\ls1 One item\\par\
    \\pard Words \\'e9 \\u28450? \\f1\\'82\\'b1\\f0{\\super\\chftn}{\\footnote {\\super\\chftn} A note}{\\v hidden}{\\deleted old}\\line end\\par\
    \\trowd\\cellx1\\cellx2\\pard\\intbl a\\cell b\\cell\\row\\pard{\\field{\\*\\fldinst SYMBOL 183 \\\\f \"Symbol\"}{\\fldrslt}}{\\upr{x}{\\*\\ud{\\u233?}}}{\\shp{\\*\\shpinst{\\shptxt box\\par}}}\\par}";

/// Ordinary files, whose mutants are read.
pub fn seeds() -> Vec<File> {
    vec![
        ("docx", word(word_body(WORD).as_bytes(), &WORD_PARTS)),
        ("odt", open_document(open_content(OPEN).as_bytes(), &[])),
        ("fodt", open_content(OPEN).into_bytes()),
        ("rtf", RICH.as_bytes().to_vec()),
    ]
}

/// So many of an element in one another, with words in the innermost.
fn nested(open: &str, close: &str, count: usize) -> String {
    open.repeat(count) + "words" + &close.repeat(count)
}

const P: &str = "<w:p><w:r><w:t>x</w:t></w:r></w:p>";
const LAUGHS: &str = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";

/// Files that ask for too much, lie, or are cut off.
pub fn gallery() -> Vec<File> {
    let mut files = word_gallery();
    files.extend(open_gallery());
    files.extend(rich_gallery());
    files.push(("nothing", Vec::new()));
    files.push(("other bytes", (0..=255).cycle().take(100_000).collect()));
    files
}

fn word_gallery() -> Vec<File> {
    let body = |body: &str| word(word_body(body).as_bytes(), &WORD_PARTS);
    let whole = body(WORD);
    let inner = archive(&[("a", &vec![0; 20 << 20])], true);
    let with = |name: &str, bytes: &[u8]| {
        let main = word_body(P);
        let types = ("[Content_Types].xml", WORD_TYPES.as_bytes());
        archive(&[types, ("word/document.xml", main.as_bytes()), (name, bytes)], true)
    };
    let over = {
        let mut bytes = whole.clone();
        let places: Vec<usize> =
            (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
        let second = places[1] + 42;
        bytes[second..second + 4].fill(0);
        bytes
    };
    let encrypted = {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let cell = format!("<w:tc>{P}</w:tc>");
    let list = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"4294967295\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    let begin = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>";
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"9&#13;&#10;&#5;%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let item = WORD.replace("One ", "Item ");
    let laughs = word_body(P).replace("?>", &format!("?>{LAUGHS}")).replace('x', "&c;");
    vec![
        ("a bomb", word(&vec![b' '; 129 << 20], &[])),
        ("a bomb in a part that is not read", with("word/media/a.bin", &vec![0; 140 << 20])),
        ("an archive in the archive", with("word/embeddings/a.zip", &inner)),
        ("entries over one another", over),
        ("the first half", whole[..whole.len() / 2].to_vec()),
        ("the second half", whole[whole.len() / 2..].to_vec()),
        ("encrypted", encrypted),
        ("entities", word(laughs.as_bytes(), &[])),
        (
            "100,000 entities",
            body(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "&x;".repeat(100_000))),
        ),
        (
            "100,000 controls in one another",
            body(&nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100_000)),
        ),
        (
            "100,000 tables in one another",
            body(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 100_000)),
        ),
        (
            "100,000 boxes in one another",
            body(&nested("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", 100_000)),
        ),
        (
            "80 tables in one another",
            body(&nested("<w:tbl><w:tr><w:tc><w:p/>", "</w:tc></w:tr></w:tbl>", 80)),
        ),
        (
            "a table of 600,000 cells",
            body(&format!(
                "<w:tbl>{}</w:tbl>",
                format!("<w:tr>{}</w:tr>", cell.repeat(100)).repeat(6000)
            )),
        ),
        (
            "empty cells",
            body(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>{P}", "<w:tc/>".repeat(1_000_000))),
        ),
        (
            "wide cells",
            body(&format!(
                "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr>{P}</w:tc>{cell}</w:tr></w:tbl>"
            )),
        ),
        ("300,000 paragraphs", body(&P.repeat(300_000))),
        ("300,000 empty paragraphs", body(&("<w:p/>".repeat(300_000) + P))),
        (
            "one paragraph of 300,000 lines",
            body(&format!("<w:p><w:r>{}</w:r></w:p>", "<w:br/><w:t>x</w:t>".repeat(300_000))),
        ),
        ("items at impossible depths", body(&list.repeat(50_000))),
        (
            "a sign of an item over several lines",
            word(word_body(&item).as_bytes(), &[("numbering.xml", numbering)]),
        ),
        ("100,000 fields that do not end", body(&(begin.repeat(100_000) + P))),
        (
            "a field in a field",
            body(&format!(
                "<w:p>{}<w:r><w:t>x</w:t></w:r></w:p>{P}",
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(100_000)
            )),
        ),
        (
            "an element with 100,000 attributes",
            body(&format!("<w:p {}>{P}</w:p>", "a=\"1\" ".repeat(100_000))),
        ),
        ("no content", word(b"", &[])),
        ("not the words of Word", word(b"<workbook><sheet/></workbook>", &[])),
    ]
}

fn open_gallery() -> Vec<File> {
    let text = |text: &str| open_document(open_content(text).as_bytes(), &[]);
    let p = "<text:p>x</text:p>";
    let laughs = open_content("<text:p>&c;</text:p>").replace("?>", &format!("?>{LAUGHS}"));
    let formula = format!("<math>{}</math>", "<mi>abcdefghij</mi>".repeat(50_000));
    let object = "<draw:object xlink:href=\"./F\"/>".repeat(20_000);
    let objects = open_content(&format!("<text:p><draw:frame>{object}</draw:frame></text:p>"));
    let note = "<text:note><text:note-body><text:p>x</text:p></text:note-body></text:note>";
    let manifest = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let whole = open_content(OPEN);
    vec![
        ("a bomb of text", open_document(&vec![b' '; 129 << 20], &[])),
        ("entities in a text", laughs.into_bytes()),
        ("an encrypted text", open_document(b"<a/>", &[("META-INF/manifest.xml", manifest)])),
        ("half of a flat text", whole.as_bytes()[..whole.len() * 2 / 3].to_vec()),
        ("100,000 sections in one another", text(&nested("<text:section>", "</text:section>", 100_000))),
        ("100,000 lists in one another", text(&nested("<text:list><text:list-item>", "</text:list-item></text:list>", 100_000))),
        ("100,000 spans in one another", text(&format!("<text:p>{}</text:p>", nested("<text:span>", "</text:span>", 100_000)))),
        ("100,000 frames in one another", text(&format!("<text:p>{}</text:p>", nested("<draw:frame>", "</draw:frame>", 100_000)))),
        ("absurd repetitions", text(&format!("<table:table><table:table-row table:number-rows-repeated=\"4294967295\">{}</table:table-row></table:table>", format!("<table:table-cell table:number-columns-repeated=\"4294967295\">{p}</table:table-cell>").repeat(1000)))),
        ("spaces without end", text(&format!("<text:p>x{}</text:p>", "<text:s text:c=\"4294967295\"/>".repeat(100_000)))),
        ("one formula 20,000 times", open_document(objects.as_bytes(), &[("F/content.xml", &formula)])),
        ("300,000 lists", text(&("<text:list/>".repeat(300_000) + p))),
        ("600,000 notes", text(&format!("<text:p>x{}</text:p>", note.repeat(600_000)))),
        ("a style that is its own parent", text("<text:p text:style-name=\"P\">x</text:p>").to_vec()),
        ("no text in it", open_document(b"<office:document-content/>", &[])),
    ]
}

fn rich_gallery() -> Vec<File> {
    let rich = |body: &str| format!("{{\\rtf1\\ansi\\deff0 {body}}}").into_bytes();
    vec![
        ("100,000 groups in one another", rich(&nested("{", "}", 100_000))),
        ("100,000 groups that do not end", rich(&"{a".repeat(100_000))),
        ("100,000 ends of groups", rich(&"}".repeat(100_000))),
        ("100,000 notes in one another", rich(&nested("{\\footnote ", "}", 100_000))),
        ("900 notes in one another", rich(&nested("{\\footnote ", "}", 900))),
        ("900 boxes in one another", rich(&nested("{\\shptxt ", "}", 900))),
        ("100,000 tables in one another", rich("\\pard\\intbl\\itap100000 x\\par y\\cell\\row")),
        ("tables up and down", rich(&"\\itap30 x\\par\\itap0 y\\par".repeat(20_000))),
        ("binary data without end", rich("x\\bin2147483647 y")),
        ("negative binary data", rich("x\\bin-5 y")),
        (
            "300,000 fonts",
            rich(
                &((0..300_000).map(|n| format!("{{\\fonttbl{{\\f{n} A;}}}}")).collect::<String>()
                    + "x"),
            ),
        ),
        ("words twice, twice", rich(&nested("{\\upr{a}{\\*\\ud{", "}}}", 300))),
        (
            "extreme numbers",
            rich(
                "\\u2147483647?\\u-2147483648?\\uc2147483647\\u65?\\ilvl-2147483648\\li2147483647\\outlinelevel2147483647\\f-1\\s-1 x\\par",
            ),
        ),
        ("halves of characters", rich(&"\\u-10179?".repeat(100_000))),
        ("300,000 paragraphs of Rich Text", rich(&"x\\par ".repeat(300_000))),
        ("1,000,000 cells", rich(&"\\intbl x\\cell".repeat(1_000_000))),
        ("fields that do not end", rich(&("{\\field{\\*\\fldinst X}".repeat(900) + "x"))),
        (
            "a list of styles without end",
            rich(&("{\\stylesheet".to_owned() + &"{\\s1\\sbasedon1 A;}".repeat(100_000))),
        ),
        ("only a beginning", b"{\\rtf1".to_vec()),
    ]
}
