//! Files with two encodings: UTF-8, and lines in an older one (two joined files, a list written by two programs).

use super::charset::Charset;
use super::scripts::{Script, script_of};

/// Decodes line by line: valid UTF-8 as such, any other line in `charset`; in a line with both, only the invalid bytes.
/// Returns the text, whether bytes had no meaning, and how many lines were read in `charset`.
pub(super) fn decode(bytes: &[u8], charset: Charset) -> (String, bool, usize) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut lossy, mut mended) = (false, 0);
    for line in bytes.split_inclusive(|b| matches!(b, b'\n' | b'\r')) {
        if let Ok(line) = simdutf8::basic::from_utf8(line) {
            text.push_str(line);
            continue;
        }
        mended += 1;
        lossy |= push_line(&mut text, line, charset);
    }
    (text, lossy, mended)
}

/// The characters of lines that are not valid UTF-8.
pub(super) fn characters(bytes: &[u8], charset: Charset) -> Vec<char> {
    decode(bytes, charset).0.chars().collect()
}

/// Whether lines contain both characters of UTF-8 and invalid bytes.
pub(super) fn both(bytes: &[u8]) -> bool {
    bytes.split(|b| matches!(b, b'\n' | b'\r')).any(is_both)
}

/// Whether a line contains both plausible characters of UTF-8 and invalid bytes. Two bytes of another encoding may form
/// a character of UTF-8 by chance, but mostly an odd one.
fn is_both(line: &[u8]) -> bool {
    let (mut whole, mut faults) = (0_usize, 0_usize);
    let mut scripts = Vec::new();
    for chunk in line.utf8_chunks() {
        for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
            whole += 1;
            match script_of(c) {
                Some(script) if !scripts.contains(&script) => scripts.push(script),
                Some(_) => {}
                None if matches!(c, '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '€' | '™') =>
                    {}
                None => return false,
            }
        }
        faults += chunk.invalid().len();
    }
    let usual = match scripts[..] {
        [] | [Script::Latin] => true,
        [Script::Greek | Script::Cyrillic] => whole >= 2,
        _ => false,
    };
    faults > 0 && whole > 0 && usual
}

/// Adds a line that is not valid UTF-8; returns whether bytes had no meaning.
fn push_line(text: &mut String, line: &[u8], charset: Charset) -> bool {
    if !is_both(line) || !charset.is_single_byte() {
        let (decoded, lossy) = charset.decode(line);
        text.push_str(&decoded);
        return lossy;
    }
    let mut any_lossy = false;
    for chunk in line.utf8_chunks() {
        text.push_str(chunk.valid());
        let (decoded, lossy) = charset.decode(chunk.invalid());
        text.push_str(&decoded);
        any_lossy |= lossy;
    }
    any_lossy
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;

    #[test]
    fn each_line_is_read_by_itself() {
        let charset = Charset::Standard(WINDOWS_1252);
        let bytes = b"d\xC3\xA9j\xC3\xA0\nd\xE9j\xE0\r\nl\xE0, d\xC3\xA9j\xC3\xA0\nascii";
        assert_eq!(decode(bytes, charset), ("déjà\ndéjà\r\nlà, déjà\nascii".to_owned(), false, 2));
        assert!(both(b"l\xE0, d\xC3\xA9j\xC3\xA0") && !both(b"l\xE0") && !both(b"d\xC3\xA9"));
    }
}
