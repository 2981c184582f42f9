//! Hostile web pages, web archives, mails and books: what a reader could hang, crash or eat memory on. Made here, byte by byte; the
//! readers' own tests use it, and whoever wants to try them in another process.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A hostile file: what it tries, the format it claims to be of, and its bytes.
pub struct Hostile {
    pub tries: &'static str,
    pub format: &'static str,
    pub bytes: Vec<u8>,
}

/// All of them.
pub fn hostile() -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut add = |format, tries, bytes: Vec<u8>| all.push(Hostile { tries, format, bytes });
    for (tries, page) in pages() {
        add("html", tries, format!("<!DOCTYPE html><html><body>{page}").into_bytes());
    }
    for (tries, source) in sources() {
        add("html", tries, source);
    }
    for (tries, bytes) in archives() {
        add("mhtml", tries, bytes);
    }
    for (tries, bytes) in mails() {
        add("eml", tries, bytes);
    }
    for (tries, bytes) in books() {
        add("epub", tries, bytes);
    }
    all
}

fn numbered(times: usize, one: impl Fn(usize) -> String) -> String {
    (0..times).map(one).collect()
}

fn pages() -> Vec<(&'static str, String)> {
    let long = "A sentence that is long enough to be taken for one. ".repeat(4);
    vec![
        ("100,000 nested divisions", "<div>".repeat(100_000) + "x"),
        ("100,000 nested divisions that are closed", "<div>".repeat(100_000) + "x" + &"</div>".repeat(100_000)),
        ("100,000 nested inline elements", "<span>".repeat(100_000) + "x"),
        ("100,000 nested unknown elements", "<x-y>".repeat(100_000) + "x"),
        ("50,000 nested tables", "<table><tr><td>".repeat(50_000) + "x"),
        ("100,000 nested quotations", "<blockquote>".repeat(100_000) + "x"),
        ("100,000 nested lists", "<ul><li>".repeat(100_000) + "x"),
        ("100,000 nested templates", "<template>".repeat(100_000) + "x"),
        ("100,000 nested drawings", "<svg><g>".repeat(100_000) + "x"),
        ("100,000 nested formulas", "<math><mrow>".repeat(100_000) + "x"),
        ("100,000 nested selections", "<select><option>".repeat(100_000) + "x"),
        ("100,000 nested objects", "<object><p>".repeat(100_000) + "x"),
        ("100,000 nested buttons", "<button><p>".repeat(100_000) + "x"),
        ("100,000 pronunciations in no word", "<rt>".repeat(100_000) + "x"),
        ("100,000 pronunciations in a word", "<ruby>".to_owned() + &"<rt>x".repeat(100_000)),
        ("100,000 end tags", "</div>".repeat(100_000) + "x"),
        ("100,000 end tags of what is open far outside", "<i><div>".repeat(2) + &"<p></i>".repeat(100_000) + "x"),
        ("formatting that is opened anew in each paragraph", numbered(2000, |n| format!("<font size={n}>")) + &"<p>x".repeat(20_000)),
        ("links that are opened anew in each table", "<a href=x><table><td>".repeat(20_000) + "x"),
        ("links around blocks", "<a href=x><div>".repeat(50_000) + "x"),
        ("formatting and blocks that cross", "<b><i><a href=x><div></b></i></a>".repeat(20_000) + "x"),
        ("inline ends across blocks", "<x-y><div></x-y>".repeat(50_000) + "x"),
        ("forms that end outside their blocks", "<div><form><div></form>".repeat(50_000) + "x"),
        ("blocks that end inside tables", "<div><table><td></div>".repeat(50_000) + "x"),
        ("text that tables push out", "<table>x<b>".repeat(50_000)),
        ("100,000 attributes", "<p ".to_owned() + &numbered(100_000, |n| format!("a{n}=1 ")) + ">x"),
        ("100,000 attributes of the root", numbered(100_000, |n| format!("<html a{n}=1>")) + "x"),
        ("a value of 30 MB", format!("<img src='data:image/png;base64,{}'>x", "A".repeat(30 << 20))),
        ("a name of 5 MB", format!("<{}>x", "a".repeat(5 << 20))),
        ("a million paragraphs", "<p>x".repeat(1_000_000)),
        ("350,000 paragraphs", "<p>x".repeat(350_000)),
        ("350,000 line breaks", "x".to_owned() + &"<br>".repeat(350_000) + "x"),
        ("39,000 paragraphs of an article", format!("<article>{}</article>", format!("<p>{long}").repeat(39_000))),
        ("divisions as deep as is taken, and wide", ("<div>".repeat(240) + &"<p>x</p>".repeat(100) + &"</div>".repeat(240)).repeat(40)),
        ("a division of 39,000 divisions", format!("<div>{}</div>", format!("<div>{long}</div>").repeat(39_000))),
        ("39,000 short links", "<div><a href=x>word</a>, </div>".repeat(19_000)),
        ("cells that span a thousand columns", "<table>".to_owned() + &"<tr><td colspan=1000>x<td>y".repeat(20_000)),
        ("cells that span a million rows", "<table>".to_owned() + &"<tr><td rowspan=1000000 colspan=64>x<th>y".repeat(20_000)),
        ("items numbered to the end of numbers", "<ol start=9223372036854775807 reversed><li>x<li value=-9223372036854775808>y<li>z</ol>".to_owned()),
        ("a comment without end", "x<!-- ".to_owned() + &"y ".repeat(1_000_000)),
        ("50,000 scripts without end", "<script>x ".repeat(50_000)),
        ("50,000 titles without end", "<title>x ".repeat(50_000)),
        ("50,000 drawings without end", "<svg><text>x ".repeat(50_000)),
        ("an attribute without end", "x<a href=\"".to_owned() + &"y ".repeat(1_000_000)),
        ("comments without end", "<!--".repeat(200_000)),
        ("instructions without end", "<?".repeat(200_000)),
        ("brackets", "<".repeat(1_000_000)),
        ("a million references", "&amp;".repeat(1_000_000)),
        ("a million lines", "x\n".repeat(1_000_000)),
        ("a million line ends of old", "x\r".repeat(1_000_000)),
        ("a text of a million references in a form", format!("<textarea>{}</textarea>", "&amp;".repeat(1_000_000))),
        ("ampersands", "&".repeat(1_000_000)),
        ("character numbers without end", format!("&#{};&#x{};x", "9".repeat(1_000_000), "f".repeat(1_000_000))),
        ("data for search engines, nested a million times", format!("<script type='application/ld+json'>{}</script>x", "[".repeat(1_000_000))),
        ("20,000 objects of data", format!("<script type='application/ld+json'>[{}{{}}]</script>x", "{\"@type\":\"Article\",\"author\":{\"@id\":\"a\"}},".repeat(20_000))),
        ("20,000 notes", numbered(20_000, |n| format!("<p>x<a role=doc-noteref href='#n{n}'>{n}</a>")) + &numbered(20_000, |n| format!("<p id=n{n}>note"))),
        ("notes in notes", numbered(20_000, |n| format!("<a role=doc-noteref href='#n{}'>1</a><div id=n{n}>", n + 1)) + "x"),
        ("a note that refers to itself", "<p id=n>x<a role=doc-noteref href='#n'>1</a> more".to_owned()),
        ("one note 50,000 times", "<p>x<a role=doc-noteref href='#n'>1</a>".repeat(50_000) + "<p id=n>note"),
        ("100,000 hidden divisions", "<div hidden>".repeat(100_000) + "x"),
        ("styles of 15,000 letters", format!("<p style='{}'>x", "display : none-such ;".repeat(700)).repeat(500)),
        ("controls", "\u{0}\u{1}\u{b}\u{1b}\u{7f}\u{85}x".repeat(10_000)),
        ("a heading of 5 MB", format!("<h1>{}</h1>", "word ".repeat(1 << 20))),
        ("text without a space, 20 MB", "x".repeat(20 << 20)),
    ]
}

fn sources() -> Vec<(&'static str, Vec<u8>)> {
    let laughs = format!(
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'ha'>{}]><html><body><p>&z; words</p></body></html>",
        numbered(25, |n| {
            let (this, before) = (char::from(b'b' + n as u8), char::from(b'a' + n as u8));
            format!("<!ENTITY {this} '{}'>", format!("&{before};").repeat(10))
        })
    );
    let wide: Vec<u8> = "<html><p>x".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("nothing", Vec::new()),
        ("white space", vec![b' '; 100_000]),
        ("entities that multiply", laughs.into_bytes()),
        ("half of UTF-16", wide[..wide.len() - 1].to_vec()),
        (
            "bytes of no encoding",
            [b"<html><p>".as_slice(), &[0x81, 0xFF, 0xC3].repeat(50_000)].concat(),
        ),
        ("a file of another format", b"%PDF-1.7 <html>".to_vec()),
        ("an archive", zipped(&[("a.html", b"<html>x")])),
        (
            "XHTML whose elements all end at once",
            ("<?xml version='1.0'?><html>".to_owned()
                + &"<div/><title/><script/>".repeat(50_000)
                + "x")
                .into_bytes(),
        ),
        (
            "CDATA without end",
            ("<?xml version='1.0'?><html>".to_owned() + &"<![CDATA[x".repeat(100_000)).into_bytes(),
        ),
    ]
}

fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ledger.example/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n";
    let page = "--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n";
    vec![
        ("no boundary", head.replace("boundary", "border").into_bytes()),
        ("a boundary that is nowhere", format!("{head}<p>x").into_bytes()),
        ("100,000 parts", (head.to_owned() + &page.repeat(100_000)).into_bytes()),
        ("100,000 nested parts", (head.to_owned() + &"--b\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n".repeat(100_000)).into_bytes()),
        ("a head of 20 MB", ("Snapshot-Content-Location: ".to_owned() + &"x\r\n ".repeat(5 << 20) + "\r\nContent-Type: text/html\r\n\r\nx").into_bytes()),
        ("a page cut off in its encoding", format!("{head}--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>x=E").into_bytes()),
        ("base64 that is none", format!("{head}--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", "?=é".repeat(100_000)).into_bytes()),
    ]
}

fn mails() -> Vec<(&'static str, Vec<u8>)> {
    let head = "From: a@b.example\r\nDate: Tue, 4 Mar 2031 10:00:00 +0100\r\nSubject: x\r\nMIME-Version: 1.0\r\nMessage-ID: <1@b.example>\r\n";
    let mixed = format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    vec![
        ("100,000 mails in one another", (head.to_owned() + &"Content-Type: message/rfc822\r\n\r\n".repeat(100_000) + "x").into_bytes()),
        ("100,000 mails in one another, encoded", (head.to_owned() + &"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".repeat(100_000)).into_bytes()),
        ("20,000 parts in one another", (head.to_owned() + &numbered(20_000, |n| format!("Content-Type: multipart/alternative; boundary=b{n}\r\n\r\n--b{n}\r\n")) + "\r\nx").into_bytes()),
        ("100,000 attachments", (mixed.clone() + &"--b\r\nContent-Disposition: attachment; filename=x\r\n\r\ny\r\n".repeat(100_000)).into_bytes()),
        ("boundaries that begin alike", (mixed + &"--bb\r\n".repeat(200_000)).into_bytes()),
        ("200,000 fields", (numbered(200_000, |n| format!("X-{n}: y\r\n")) + "\r\nx").into_bytes()),
        ("100,000 encoded words", format!("Subject: {}\r\n{head}\r\nx", "=?utf-8?Q?a?= ".repeat(60_000)).into_bytes()),
        ("encoded words without end", format!("Subject: {}\r\n{head}\r\nx", "=?utf-8?Q?a".repeat(80_000)).into_bytes()),
        ("500,000 commas in an address", format!("To: {}\r\n{head}\r\nx", ",".repeat(500_000)).into_bytes()),
        ("brackets in an address", format!("To: {}\r\n{head}\r\nx", "(".repeat(500_000)).into_bytes()),
        ("100,000 parameters", format!("{head}Content-Type: text/plain{}\r\n\r\nx", numbered(50_000, |n| format!("; a*{n}*=b"))).into_bytes()),
        ("a million signs of quotation", format!("{head}\r\n{} x", ">".repeat(1_000_000)).into_bytes()),
        ("300,000 quotations", format!("{head}Content-Type: text/plain; format=flowed\r\n\r\n{}", "> x \r\n>> y \r\n".repeat(150_000)).into_bytes()),
        ("a line that flows for a million lines", format!("{head}Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n{}", "x \r\n".repeat(1_000_000)).into_bytes()),
        ("a page of 100,000 nested divisions", format!("{head}Content-Type: text/html\r\n\r\n{}x", "<div>".repeat(100_000)).into_bytes()),
        ("only a head", head.as_bytes().to_vec()),
        ("a mail that is encrypted", format!("{head}Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\nx").into_bytes()),
    ]
}

/// A package of a book whose parts are these.
fn package(parts: &str, spine: &str, metadata: &str) -> String {
    format!(
        "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>{metadata}</metadata><manifest>{parts}</manifest><spine>{spine}</spine></package>"
    )
}

const CONTAINER: &str = "<container><rootfiles><rootfile full-path='p.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
const ONE: &str = "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>";

/// A book of one part.
pub fn book(part: &[u8]) -> Vec<u8> {
    let package = package(ONE, "<itemref idref='a'/>", "");
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("p.opf", package.as_bytes()),
        ("a.xhtml", part),
    ])
}

fn books() -> Vec<(&'static str, Vec<u8>)> {
    let container = ("META-INF/container.xml", CONTAINER.as_bytes());
    let with =
        |package: &str| zipped(&[container, ("p.opf", package.as_bytes()), ("a.xhtml", b"<p>x")]);
    let ordinary = book(b"<html><body><p>x</p></body></html>");
    let bomb = book(&vec![b' '; 300 << 20]);
    let laughs = format!(
        "<!DOCTYPE p [{}]>",
        numbered(20, |n| format!("<!ENTITY e{} '&e{n};&e{n};&e{n};'>", n + 1))
    );
    let many = numbered(3000, |n| {
        format!("<item id='i{n}' href='b{n}.xhtml' media-type='application/xhtml+xml'/>")
    });
    let spine = numbered(3000, |n| format!("<itemref idref='i{n}'/>"));
    let encrypted = "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/><CipherData><CipherReference URI='a.xhtml'/></CipherData></EncryptedData></encryption>";
    vec![
        ("nothing", Vec::new()),
        ("only a signature", b"PK\x03\x04".to_vec()),
        ("cut in two", ordinary[..ordinary.len() / 2].to_vec()),
        ("a part of 300 MB", bomb.clone()),
        ("parts that lie on one another", overlapping(&many, &spine)),
        ("a size that is a lie", lying(&bomb)),
        ("an archive in an archive", zipped(&[container, ("p.opf", package(ONE, "<itemref idref='a'/>", "").as_bytes()), ("a.xhtml", &ordinary)])),
        ("no list of parts", zipped(&[container])),
        (
            "control characters in names and labels",
            zipped(&[
                container,
                ("p.opf", package(&format!("{ONE}<item id='b' href='mis&#9;s&#10;ing.xhtml' media-type='text/html'/>"), "<itemref idref='a'/><itemref idref='b'/>", "").as_bytes()),
                ("a.xhtml", b"<html><body><p>x <span epub:type='pagebreak' title='\x1212'></span>y</p></body></html>"),
            ]),
        ),
        ("no container", zipped(&[("p.opf", package(ONE, "<itemref idref='a'/>", "").as_bytes()), ("a.xhtml", b"<p>x")])),
        ("a container that names itself", zipped(&[("META-INF/container.xml", b"<rootfile full-path='META-INF/container.xml'/>")])),
        ("a part outside of the archive", with(&package("<item id='a' href='../../../etc/passwd' media-type='text/html'/>", "<itemref idref='a'/>", ""))),
        ("one part 100,000 times", with(&package(ONE, &"<itemref idref='a'/>".repeat(100_000), ""))),
        ("a package of 100,000 nested elements", with(&("<package>".repeat(100_000) + &package(ONE, "<itemref idref='a'/>", "")))),
        ("20,000 authors who are described elsewhere", with(&package(ONE, "<itemref idref='a'/>", &numbered(20_000, |n| format!("<dc:creator id='c{n}'>x</dc:creator><meta refines='#c{n}' property='role'>aut</meta>"))))),
        ("entities that multiply, in the package", with(&(laughs.clone() + &package(ONE, "<itemref idref='a'/>", "<dc:title>&e20;</dc:title>")))),
        ("entities that multiply, in a part", book(format!("<?xml version='1.0'?>{laughs}<html><p>&e20; x</p></html>").as_bytes())),
        ("100,000 nested divisions", book(("<html><body>".to_owned() + &"<div>".repeat(100_000) + "x").as_bytes())),
        ("a million paragraphs", book(("<html><body>".to_owned() + &"<p>x</p>".repeat(1_000_000)).as_bytes())),
        ("encrypted", zipped(&[container, ("p.opf", package(ONE, "<itemref idref='a'/>", "").as_bytes()), ("a.xhtml", b"\x8f\x01\x02"), ("META-INF/encryption.xml", encrypted.as_bytes())])),
        ("20,000 files said to be encrypted", zipped(&[container, ("p.opf", package(ONE, "<itemref idref='a'/>", "").as_bytes()), ("a.xhtml", b"<p>x"), ("META-INF/encryption.xml", ("<encryption>".to_owned() + &"<EncryptedData><EncryptionMethod Algorithm='http://www.idpf.org/2008/embedding'/></EncryptedData>".repeat(20_000)).as_bytes())])),
    ]
}

/// An archive of these files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if *name == "mimetype" {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).expect("a name that an archive takes");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A book of 3,000 parts which are all the same 1 MB of its archive.
fn overlapping(many: &str, spine: &str) -> Vec<u8> {
    let part = format!("<html><body>{}</body></html>", "<p>words</p>\n".repeat(80_000));
    let package = package(many, spine, "");
    let zip = zipped(&[
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("p.opf", package.as_bytes()),
        ("b0.xhtml", part.as_bytes()),
    ]);
    // The entry of the last file in the archive's list is repeated under other names.
    let end = zip.len() - 22;
    let start = u32::from_le_bytes(zip[end + 16..end + 20].try_into().expect("4 bytes")) as usize;
    let mut list = zip[start..end].to_vec();
    let last = list.windows(4).rposition(|at| at == b"PK\x01\x02").expect("an entry");
    let entry = list[last..].to_vec();
    let name = entry.windows(8).position(|at| at == b"b0.xhtml").expect("its name");
    for n in 1..3000 {
        let new = format!("b{n}.xhtml");
        let mut other = entry.clone();
        other.splice(name..name + 8, new.bytes());
        other[28..30].copy_from_slice(&(new.len() as u16).to_le_bytes());
        list.extend(other);
    }
    let mut whole = zip[..start].to_vec();
    whole.extend(&list);
    let mut tail = zip[end..].to_vec();
    tail[8..10].copy_from_slice(&3002_u16.to_le_bytes());
    tail[10..12].copy_from_slice(&3002_u16.to_le_bytes());
    tail[12..16].copy_from_slice(&(list.len() as u32).to_le_bytes());
    whole.extend(tail);
    whole
}

/// The same archive, whose largest file says that it has 10 bytes.
fn lying(zip: &[u8]) -> Vec<u8> {
    let mut lying = zip.to_vec();
    let size = (300_u32 << 20).to_le_bytes();
    while let Some(at) = lying.windows(4).position(|at| at == size) {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    lying
}
