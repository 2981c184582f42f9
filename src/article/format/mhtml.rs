//! Web archives (MHTML, RFC 2557): a page and what belongs to it in one file, as Chrome, Edge and Internet Explorer save
//! them.

use super::html::{self, Saved};
use super::mime::{self, Part};
use crate::article::document::{Builder, Document, DocumentError, Options};

/// How deep parts are looked at for the page.
const MOST_DEEP: usize = 8;

/// Reads a web archive: its page, as it would be read from a file of its own.
///
/// # Errors
/// There is no page in it, or as for pages.
pub(in crate::article) fn read(bytes: &[u8], options: &Options) -> Result<Document, DocumentError> {
    let archive = Part::read(without_mark(bytes));
    let mut pages = Vec::new();
    collect(&archive, 0, &mut pages);
    let location = archive.words("snapshot-content-location");
    let start = archive.parameter("content-type", "start");
    let is_start = |page: &&Part<'_>| {
        let id = page.words("content-id");
        start.as_deref().is_some_and(|start| !id.is_empty() && id == start)
    };
    let is_location =
        |page: &&Part<'_>| !location.is_empty() && page.words("content-location") == location;
    let page = pages.iter().find(is_start).or_else(|| pages.iter().find(is_location));
    let Some(page) = page.or_else(|| pages.first()) else {
        return Err(DocumentError::damaged("there is no page in this web archive"));
    };
    let url = [location, page.words("content-location"), archive.words("content-location")]
        .iter()
        .map(|url| html::address(url))
        .find(|url| !url.is_empty());
    let date = archive.words("date");
    let subject = archive.words("subject");
    let mut builder = Builder::default();
    let content = page.content();
    let charset = page.parameter("content-type", "charset");
    let decoded = html::decode(&content, options.encoding.as_deref(), charset.as_deref())?;
    if let Some(remark) = decoded.remark {
        builder.remark(remark);
    }
    // A page saved twice says where it came from at first.
    let within = Saved::of(&decoded.text);
    let saved = Saved {
        url: url.unwrap_or(within.url),
        at: html::date::moment(&date).unwrap_or(within.at),
        title: subject,
    };
    let description = html::write(&decoded.text, &saved, options.everything, &mut builder)?;
    if pages.len() > 1 {
        builder.remark(
            "What stands in frames of the page, which are pages of their own, was left out.",
        );
    }
    builder.finish(description)
}

/// Whether bytes are a web archive: fields, among them where a page was saved from, or a page as the first of related
/// parts, in what is no mail to anyone.
pub(in crate::article) fn looks_like(bytes: &[u8]) -> bool {
    let bytes = without_mark(bytes);
    let Some(names) = mime::head_of(bytes) else { return false };
    let has = |name: &str| names.iter().any(|other| other == name);
    if !has("content-type") {
        return false;
    }
    if has("snapshot-content-location") {
        return true;
    }
    let archive = Part::read(bytes.get(..1 << 20).unwrap_or(bytes));
    let saved_by = archive.words("from").contains("Saved by ");
    let page = |part: &Part<'_>| {
        matches!(&*part.kind(), "text/html" | "application/xhtml+xml")
            && part.field("content-location").is_some()
    };
    if !archive.kind().starts_with("multipart/related") {
        return saved_by && archive.kind() == "text/html";
    }
    let to_nobody = !has("to") && !has("received") && !has("message-id");
    saved_by || to_nobody && archive.parts().first().is_some_and(page)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

/// The pages among the parts.
fn collect<'a>(part: &Part<'a>, depth: usize, pages: &mut Vec<Part<'a>>) {
    let kind = part.kind();
    if kind.starts_with("multipart/") && depth < MOST_DEEP {
        for part in part.parts() {
            collect(&part, depth + 1, pages);
        }
    } else if matches!(&*kind, "text/html" | "application/xhtml+xml") {
        pages.push(part.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ledger.example/a\r\nSubject: =?utf-8?Q?A=20d=C3=A9nial?=\r\nDate: Tue, 4 Mar 2031 10:15:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--x----\"\r\n\r\n\r\n------MultipartBoundary--x----\r\nContent-Type: text/css\r\nContent-Location: cid:css@mhtml.blink\r\n\r\np{}\r\n------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>frame\r\n------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://ledger.example/a\r\n\r\n<!DOCTYPE html><html><head><meta charset=3D\"windows-1252\"></head><body><p>D=E9=\r\nmenti.</body></html>\r\n------MultipartBoundary--x------\r\n";

    fn read_all(archive: &str) -> Document {
        let options = Options { everything: true, ..Options::default() };
        read(archive.as_bytes(), &options).expect("an archive with words")
    }

    #[test]
    fn the_page_is_read_with_where_and_when_it_was_saved() {
        assert!(looks_like(CHROME.as_bytes()));
        let document = read_all(CHROME);
        assert_eq!(document.text, "Démenti.");
        let found = &document.description;
        assert_eq!((&*found.title, &*found.url), ("A dénial", "https://ledger.example/a"));
        assert_eq!(found.captured_at, "2031-03-04T10:15:00-00:00");
        assert_eq!(found.date, "");
        assert!(document.remarks.iter().any(|remark| remark.contains("frames")));
    }

    #[test]
    fn archives_of_internet_explorer_are_read() {
        let archive = "From: \"Saved by Windows Internet Explorer 9\"\r\nSubject: A\r\nDate: Tue, 4 Mar 2031 10:15:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_NextPart_000_0000\"\r\nX-MimeOLE: Produced By Microsoft\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n------=_NextPart_000_0000\r\nContent-Type: text/html;\r\n\tcharset=\"koi8-r\"\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://ledger.example/b\r\n\r\nPHA+5MXMzw==\r\n------=_NextPart_000_0000--\r\n";
        assert!(looks_like(archive.as_bytes()));
        let document = read_all(archive);
        assert_eq!(document.text, "Дело");
        assert_eq!(document.description.url, "http://ledger.example/b");
        assert_eq!(document.description.captured_at, "2031-03-04T10:15:00+01:00");
        // What was cut off has no last boundary.
        assert_eq!(read_all(archive.split("==\r\n").next().expect("a beginning")).text, "Дело");
    }

    #[test]
    fn mails_are_no_archives() {
        let mail = "From: a@b\r\nTo: c@d\r\nDate: Tue, 4 Mar 2031 10:15:00 +0100\r\nMessage-ID: <1@b>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: x\r\n\r\n<p>x\r\n--b--";
        assert!(!looks_like(mail.as_bytes()));
        assert!(!looks_like(b"Snapshot-Content-Location: words\n\nof a text"));
        let empty = CHROME.replace("text/html", "image/png");
        let read = read(empty.as_bytes(), &Options::default());
        assert!(matches!(read, Err(DocumentError::Damaged { .. })), "{read:?}");
    }
}
