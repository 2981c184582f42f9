//! Opening a PDF: what is checked before the parser sees it, and what its errors mean.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use hayro::hayro_syntax::{LoadPdfError, Pdf};

use crate::article::document::DocumentError;

/// The most that one stream may unpack to, and all of them together, pictures aside (they are unpacked when they are
/// drawn).
const MOST_STREAM: u64 = 64 << 20;
const MOST_STREAMS: u64 = 256 << 20;
/// The most filters that may be put on one stream.
const MOST_FILTERS: usize = 8;
/// The most pages.
pub(super) const MOST_PAGES: usize = 50_000;
/// How far from its beginning the header may stand, and how large a stream's dictionary is at most.
const HEADER_WITHIN: usize = 1024;
const MOST_DICTIONARY: usize = 4096;

/// Where a PDF begins in the bytes: other things may stand before its header (ISO 32000-2, annex I).
pub(super) fn header(bytes: &[u8]) -> Option<usize> {
    let head = bytes.get(..bytes.len().min(HEADER_WITHIN + 5)).unwrap_or_default();
    memchr::memmem::find(head, b"%PDF-")
}

/// Opens a PDF that needs no password.
///
/// # Errors
/// It needs one, or it is no PDF, or it would unpack to more than is taken.
pub(super) fn open(bytes: &[u8]) -> Result<Pdf, DocumentError> {
    check_streams(bytes)?;
    let start = header(bytes).unwrap_or(0);
    let mut opened = Pdf::new(bytes.to_vec());
    if start > 0 && !opened.as_ref().is_ok_and(|pdf| !pdf.pages().is_empty()) {
        // Its places may be counted from the header.
        opened = Pdf::new(bytes.get(start..).unwrap_or_default().to_vec());
    }
    let pdf = opened.map_err(|error| match error {
        LoadPdfError::Decryption(_) => DocumentError::Encrypted,
        LoadPdfError::Invalid => DocumentError::damaged("no pages can be found in it"),
    })?;
    if pdf.pages().is_empty() {
        return Err(DocumentError::damaged("no pages can be found in it"));
    }
    if pdf.pages().len() > MOST_PAGES {
        let what = format!("it has more than {MOST_PAGES} pages");
        return Err(DocumentError::TooMuch { what });
    }
    Ok(pdf)
}

/// Unpacks what is packed, without keeping it, to see that there is not too much: the parser would keep all of it.
fn check_streams(bytes: &[u8]) -> Result<(), DocumentError> {
    let mut all = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let (before, after) =
            (bytes.get(..at).unwrap_or_default(), bytes.get(at + 6..).unwrap_or_default());
        let data = match after {
            [b'\r', b'\n', data @ ..] | [b'\n' | b'\r', data @ ..] => data,
            _ => continue,
        };
        if before.ends_with(b"end") {
            continue;
        }
        let recent = before.get(before.len().saturating_sub(MOST_DICTIONARY)..).unwrap_or_default();
        let dictionary = memchr::memmem::rfind(recent, b" obj").map_or(recent, |at| &recent[at..]);
        let times = |needle: &[u8]| memchr::memmem::find_iter(dictionary, needle).count();
        if times(b"Decode ") + times(b"Decode/") + times(b"Decode]") + times(b"/Fl ") > MOST_FILTERS
        {
            let what = format!("a stream in it is packed more than {MOST_FILTERS} times over");
            return Err(DocumentError::TooMuch { what });
        }
        let picture = times(b"/Image") > 0 && times(b"/ObjStm") == 0;
        let packed = times(b"/FlateDecode").max(times(b"/Fl")).min(MOST_FILTERS);
        if picture || packed == 0 {
            continue;
        }
        let mut reader: Box<dyn std::io::Read + '_> = Box::new(data);
        for _ in 0..packed {
            reader = Box::new(ZlibDecoder::new(reader));
        }
        // What is damaged ends where it cannot be unpacked any further.
        let mut limited = reader.take(MOST_STREAM + 1);
        let mut buffer = [0; 1 << 14];
        let mut size = 0;
        while let Ok(count @ 1..) = limited.read(&mut buffer) {
            size += u64::try_from(count).unwrap_or(u64::MAX);
        }
        all += size;
        if size > MOST_STREAM || all > MOST_STREAMS {
            let most = if size > MOST_STREAM { MOST_STREAM } else { MOST_STREAMS };
            let what = format!("what is packed in it unpacks to more than {} MiB", most >> 20);
            return Err(DocumentError::TooMuch { what });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_may_stand_behind_other_things() {
        assert_eq!(header(b"%PDF-1.7"), Some(0));
        assert_eq!(header(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4"), Some(19));
        assert_eq!(header(&[b"x".repeat(2000), b"%PDF-1.4".to_vec()].concat()), None);
    }
}
