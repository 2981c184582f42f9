//! The encoding of a page: asked for, its byte-order mark, what carried it says, what it says itself, or guessed.

use std::borrow::Cow;

use crate::article::document::DocumentError;
use crate::article::encoding;

/// How far a page may say which encoding it is in: the HTML Standard asks for 1024 bytes, and saved pages have comments before
/// it.
const HEAD: usize = 16 << 10;
/// The longest page whose bytes have to be written anew to be text.
const MOST_DECODED: usize = 96 << 20;

/// A page's bytes as text.
#[derive(Debug)]
pub(in crate::article::format) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// What is to be said about it.
    pub remark: Option<String>,
}

/// Decodes a page. `asked` is what the user asked for, `carried` what the mail or archive says that it came in.
///
/// # Errors
/// The encoding asked for is unknown, or the page is too long.
pub(in crate::article::format) fn decode<'a>(
    bytes: &'a [u8],
    asked: Option<&str>,
    carried: Option<&str>,
) -> Result<Decoded<'a>, DocumentError> {
    let carried = carried.filter(|label| !label.is_empty()).map(str::to_owned);
    decode_text(bytes, asked, carried.or_else(|| stated_in(bytes)).as_deref())
}

/// Decodes text that does not itself say what it is in; `stated` is what does.
///
/// # Errors
/// As [`decode`].
pub(in crate::article::format) fn decode_text<'a>(
    bytes: &'a [u8],
    asked: Option<&str>,
    stated: Option<&str>,
) -> Result<Decoded<'a>, DocumentError> {
    let utf8 = simdutf8::basic::from_utf8(bytes).is_ok();
    if !utf8 && bytes.len() > MOST_DECODED {
        let what = format!("it has more than {} MiB that is not UTF-8", MOST_DECODED >> 20);
        return Err(DocumentError::TooMuch { what });
    }
    if let Some(label) = asked {
        let Some(decoded) = encoding::decode_as(bytes, label) else {
            return Err(DocumentError::UnknownEncoding { label: label.to_owned() });
        };
        return Ok(said(decoded));
    }
    if marked(bytes) {
        return Ok(said(encoding::decode_guessing(bytes)));
    }
    let Some(label) = stated.filter(|label| !label.is_empty()) else {
        return Ok(said(encoding::decode_guessing(bytes)));
    };
    // What ASCII cannot say is said by bytes that are no ASCII: a page that has them is not in it.
    let plain = matches!(&*label.to_ascii_lowercase(), "us-ascii" | "ascii");
    let ascii = bytes.is_ascii();
    if plain && !ascii {
        return Ok(said(encoding::decode_guessing(bytes)));
    }
    let decoded = match encoding::decode_as(bytes, label) {
        Some(decoded) => decoded,
        None => {
            let text = encoding::decode_guessing(bytes);
            let remark = format!(
                "It says that it is in “{}”, which cannot be read: it was read as {}.",
                shown(label),
                text.encoding
            );
            return Ok(Decoded { text: text.text, remark: Some(remark) });
        }
    };
    // Hardly any text of another encoding happens to be valid UTF-8: it is what the page is in.
    if utf8 && !ascii && decoded.encoding != "UTF-8" && !decoded.encoding.starts_with("ISO-2022") {
        let text = encoding::decode_guessing(bytes);
        let remark = format!(
            "It says that it is in {}, but its bytes are {}: it was read as that.",
            decoded.encoding, text.encoding
        );
        return Ok(Decoded { text: text.text, remark: Some(remark) });
    }
    if decoded.lossy {
        let guessed = encoding::decode_guessing(bytes);
        if !guessed.lossy && decoded.encoding == "UTF-8" {
            let remark = format!(
                "It says that it is in {}, but not all of it is: it was read as {}.",
                decoded.encoding, guessed.encoding
            );
            return Ok(Decoded { text: guessed.text, remark: Some(remark) });
        }
    }
    Ok(said(decoded))
}

/// A label to be shown: short, and without control characters.
fn shown(label: &str) -> String {
    label.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn said(decoded: encoding::Decoded<'_>) -> Decoded<'_> {
    let remark = decoded.lossy.then(|| {
        format!(
            "Some bytes mean nothing in {} and are shown as “\u{fffd}”. Another encoding may fit better.",
            decoded.encoding
        )
    });
    Decoded { text: decoded.text, remark }
}

/// Whether bytes begin with a byte-order mark, or as UTF-16 and UTF-32 without one do.
fn marked(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xEF\xBB\xBF")
        || bytes.starts_with(b"\xFF\xFE")
        || bytes.starts_with(b"\xFE\xFF")
        || bytes.iter().take(64).any(|byte| *byte == 0)
}

/// The encoding that a page states: in `<?xml encoding="…"?>`, `<meta charset>` or `<meta http-equiv>` (HTML Standard,
/// 13.2.3.2).
fn stated_in(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = head.as_str();
    if let Some(declaration) = rest.trim_start().strip_prefix("<?xml")
        && let Some((declaration, _)) = declaration.split_once("?>")
        && let Some(label) = value_after(declaration, "encoding")
    {
        return Some(label);
    }
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        if let Some(meta) = rest.get(..end).and_then(|tag| tag.strip_prefix("<meta")) {
            if let Some(label) = value_after(meta, "charset") {
                // The standard: a page that was read this far as ASCII is not in UTF-16.
                let label = if label.starts_with("utf-16") { "utf-8".to_owned() } else { label };
                return Some(label);
            }
        } else if rest.starts_with("<body") {
            return None;
        }
        rest = &rest[end..];
        if end == 0 {
            break;
        }
    }
    None
}

/// The value after `name =`, with or without quotes.
fn value_after(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(name) {
        rest = after;
        let Some(value) = after.trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value
            .find(|c: char| {
                !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '+'))
            })
            .unwrap_or(value.len());
        let label = value.get(..end).unwrap_or_default();
        if !label.is_empty() {
            return Some(label.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], asked: Option<&str>, carried: Option<&str>) -> (String, Option<String>) {
        let decoded = decode(bytes, asked, carried).expect("an encoding that is known");
        (decoded.text.into_owned(), decoded.remark)
    }

    #[test]
    fn the_encoding_is_taken_from_where_it_is_stated() {
        let latin = b"<html><!-- <meta charset=koi8-r> --><meta charset='iso-8859-2'>\xB1";
        assert!(text(latin, None, None).0.ends_with('ą'));
        assert!(text(latin, None, Some("windows-1252")).0.ends_with('±'));
        assert!(text(latin, Some("koi8-r"), Some("windows-1252")).0.ends_with('╠'));
        let equiv =
            b"<META HTTP-EQUIV=Content-Type CONTENT=\"text/html; charset=windows-1251\">\xC4";
        assert!(text(equiv, None, None).0.ends_with('Д'));
        let xml = b"<?xml version=\"1.0\" encoding='ISO-8859-15'?><html>\xA4";
        assert!(text(xml, None, None).0.ends_with('€'));
        let error = decode(b"a", Some("klingon"), None).expect_err("no such encoding");
        assert!(matches!(error, DocumentError::UnknownEncoding { .. }));
    }

    #[test]
    fn marks_win_and_false_statements_are_told() {
        let marked = "\u{feff}<meta charset=iso-8859-1>é".as_bytes();
        assert!(text(marked, None, Some("iso-8859-1")).0.ends_with('é'));
        let wide: Vec<u8> = "\u{feff}<p>Дело".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(text(&wide, None, Some("utf-8")).0.ends_with("Дело"));
        let (page, remark) = text("<meta charset=iso-8859-1>déjà".as_bytes(), None, None);
        assert!(page.ends_with("déjà") && remark.is_some_and(|r| r.contains("UTF-8")));
        let (page, remark) = text(
            b"<meta charset=utf-8><p>Le maire a \xe9t\xe9 r\xe9\xe9lu hier, d\xe9j\xe0.",
            None,
            None,
        );
        assert!(page.contains("été réélu") && remark.is_some(), "{page}");
        let (page, remark) = text(b"<meta charset=utf-16>plain", None, None);
        assert!(page.ends_with("plain") && remark.is_none());
    }
}
