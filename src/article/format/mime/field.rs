//! Fields of a head: encoded words (RFC 2047), parameters (RFC 2231) and addresses (RFC 5322, 3.4).

use super::transfer;
use crate::article::encoding;

/// Someone a mail is from or to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::article::format) struct Address {
    /// The name, where one is given.
    pub name: String,
    /// The address.
    pub address: String,
}

/// The words of a field: encoded words are decoded, bytes that are no ASCII are taken for UTF-8 or guessed, and there are no
/// control characters and double spaces.
pub(in crate::article::format) fn decoded(value: &[u8]) -> String {
    let text = match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding::decode_guessing(value).text.into_owned(),
    };
    let words = encoded_words(&text);
    let words = words.split(|c: char| c.is_ascii_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The longest encoded word, in bytes; the rules allow 75.
const MOST_WORD: usize = 4 << 10;

/// An encoded word: `=?charset?Q?words?=`.
struct Encoded<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    /// How long it is in the text.
    length: usize,
}

impl<'a> Encoded<'a> {
    fn at(text: &'a str) -> Option<Self> {
        // Longer words than the rules allow are common; without a bound, each would be looked for to the end of the field.
        let near = (0..=text.len().min(MOST_WORD)).rev().find(|end| text.is_char_boundary(*end))?;
        let rest = text.get(..near)?.strip_prefix("=?")?;
        let (charset, rest) = rest.split_once('?')?;
        let (kind, rest) = rest.split_once('?')?;
        let end = rest.find("?=")?;
        let words = rest.get(..end)?;
        if charset.len() > 60 || charset.contains(char::is_whitespace) {
            return None;
        }
        let bytes = match kind {
            "B" | "b" => transfer::base64(words.as_bytes()),
            "Q" | "q" => transfer::quoted_printable(words.replace('_', " ").as_bytes()),
            _ => return None,
        };
        let length = 2 + charset.len() + 1 + kind.len() + 1 + end + 2;
        // A language may follow the charset (RFC 2231, 5).
        let charset = charset.split('*').next().unwrap_or(charset);
        Some(Self { charset, bytes, length })
    }
}

/// A text with its encoded words decoded. White space between two of them is none; of one charset they are decoded
/// together, because some programs cut characters in two.
fn encoded_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        words.push_str(before);
        let Some(first) = Encoded::at(from) else {
            words.push_str("=?");
            rest = from.get(2..).unwrap_or_default();
            continue;
        };
        rest = from.get(first.length..).unwrap_or_default();
        let mut run = vec![(first.charset, first.bytes)];
        while let Some(next) = Encoded::at(rest.trim_start()) {
            let white = rest.len() - rest.trim_start().len();
            rest = rest.get(white + next.length..).unwrap_or_default();
            match run.last_mut() {
                Some((charset, bytes)) if charset.eq_ignore_ascii_case(next.charset) => {
                    bytes.extend(next.bytes);
                }
                _ => run.push((next.charset, next.bytes)),
            }
        }
        for (charset, bytes) in run {
            words.push_str(&in_charset(&bytes, charset));
        }
    }
    words.push_str(rest);
    words
}

fn in_charset(bytes: &[u8], charset: &str) -> String {
    let plain = matches!(&*charset.to_ascii_lowercase(), "us-ascii" | "ascii" | "");
    match encoding::decode_as(bytes, charset) {
        Some(decoded) if !plain || bytes.is_ascii() => decoded.text.into_owned(),
        _ => encoding::decode_guessing(bytes).text.into_owned(),
    }
}

/// A parameter of a field: `name=value`, `name="value"`, `name*=charset'language'value`, and in pieces `name*0=`,
/// `name*1*=`. Encoded words in it are decoded, which is against the rules and common.
pub(super) fn parameter(field: &[u8], name: &str) -> Option<String> {
    let mut plain = None;
    let mut pieces: Vec<(u32, bool, Vec<u8>)> = Vec::new();
    for (other, value) in parameters(field) {
        let Some(tail) = other.strip_prefix(name) else { continue };
        match tail {
            "" => plain = plain.or(Some(value)),
            "*" => pieces.push((0, true, value)),
            tail => {
                let Some(tail) = tail.strip_prefix('*') else { continue };
                let (number, encoded) =
                    tail.strip_suffix('*').map_or((tail, false), |number| (number, true));
                if let Ok(number) = number.parse() {
                    pieces.push((number, encoded, value));
                }
            }
        }
    }
    if pieces.is_empty() {
        return plain.map(|value| decoded(&value));
    }
    pieces.sort_by_key(|(number, ..)| *number);
    let mut charset = String::new();
    let mut bytes = Vec::new();
    for (number, encoded, value) in pieces {
        let mut value = value;
        if encoded && number == 0 {
            let mut parts = value.splitn(3, |byte| *byte == b'\'');
            if let (Some(first), Some(_), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
                charset = String::from_utf8_lossy(first).into_owned();
                value = rest.to_vec();
            }
        }
        if encoded {
            // Percent signs are the equals signs of quoted-printable; equals signs are none here.
            let quoted: Vec<u8> = value
                .iter()
                .flat_map(|byte| match byte {
                    b'%' => b"=".to_vec(),
                    b'=' => b"=3D".to_vec(),
                    byte => vec![*byte],
                })
                .collect();
            value = transfer::quoted_printable(&quoted);
        }
        bytes.extend(value);
    }
    if charset.is_empty() { Some(decoded(&bytes)) } else { Some(in_charset(&bytes, &charset)) }
}

/// The parameters of a field, names in lower case. What stands in quotation marks is one value, whatever is in it.
fn parameters(field: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut rest = &field[memchr::memchr(b';', field).map_or(field.len(), |at| at + 1)..];
    while !rest.is_empty() && found.len() < 200 {
        rest = rest.trim_ascii_start();
        let end = rest.iter().position(|byte| matches!(byte, b'=' | b';')).unwrap_or(rest.len());
        let name = String::from_utf8_lossy(&rest[..end]).trim().to_ascii_lowercase();
        if rest.get(end) != Some(&b'=') {
            rest = rest.get(end + 1..).unwrap_or_default();
            continue;
        }
        rest = rest[end + 1..].trim_ascii_start();
        let mut value = Vec::new();
        if rest.first() == Some(&b'"') {
            let mut at = 1;
            while let Some(byte) = rest.get(at) {
                at += 1;
                match byte {
                    b'"' => break,
                    b'\\' => {
                        value.extend(rest.get(at));
                        at += 1;
                    }
                    byte => value.push(*byte),
                }
            }
            rest = rest.get(at..).unwrap_or_default();
            let end = memchr::memchr(b';', rest).map_or(rest.len(), |at| at + 1);
            rest = &rest[end..];
        } else {
            let end = memchr::memchr(b';', rest).unwrap_or(rest.len());
            value.extend_from_slice(rest[..end].trim_ascii_end());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        found.push((name, value));
    }
    found
}

/// The addresses of a field, at most 1,000: `"Okonjo, Mira" <mira@ledger.example>, jan@ledger.example (Jan Vos)`.
pub(in crate::article::format) fn addresses(field: &[u8]) -> Vec<Address> {
    let text = match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding::decode_guessing(field).text.into_owned(),
    };
    let mut found = Vec::new();
    let mut current = Raw::default();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => {
                while let Some(c) = characters.next() {
                    match c {
                        '"' => break,
                        '\\' => current.words.extend(characters.next()),
                        c => current.words.push(c),
                    }
                }
            }
            '(' => {
                let mut depth = 1;
                for c in characters.by_ref() {
                    match c {
                        '(' => depth += 1,
                        ')' => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                    current.comment.push(c);
                }
            }
            '<' => {
                for c in characters.by_ref() {
                    if c == '>' {
                        break;
                    }
                    current.address.push(c);
                }
            }
            // A group: `Editors: a@b, c@d;`
            ':' if !current.words.contains('@') => current = Raw::default(),
            ',' | ';' => {
                found.extend(std::mem::take(&mut current).finish());
                if found.len() >= 1000 {
                    return found;
                }
            }
            c => current.words.push(c),
        }
    }
    found.extend(current.finish());
    found
}

/// An address being read.
#[derive(Default)]
struct Raw {
    words: String,
    comment: String,
    address: String,
}

impl Raw {
    fn finish(self) -> Option<Address> {
        let words = decoded(self.words.as_bytes());
        let comment = decoded(self.comment.as_bytes());
        let address = self.address.trim().to_owned();
        let found = if !address.is_empty() {
            Address { name: if words.is_empty() { comment } else { words }, address }
        } else if words.contains('@') {
            Address { name: comment, address: words }
        } else {
            Address { name: words, address: String::new() }
        };
        (found != Address::default()).then_some(found)
    }
}

impl Address {
    /// As it is shown: `Mira Okonjo <mira@ledger.example>`.
    pub(in crate::article::format) fn shown(&self) -> String {
        match (self.name.as_str(), self.address.as_str()) {
            ("", address) => address.to_owned(),
            (name, "") => name.to_owned(),
            (name, address) if name == address => address.to_owned(),
            (name, address) => format!("{name} <{address}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_decoded_and_joined() {
        for (field, words) in [
            ("=?utf-8?Q?D=C3=A9menti?=", "Démenti"),
            ("=?UTF-8?B?RMOpbWVu?= =?UTF-8?B?dGk=?= de Kervel", "Démenti de Kervel"),
            // A character cut in two.
            ("=?utf-8?Q?D=C3?=\r\n =?utf-8?Q?=A9menti?=", "Démenti"),
            ("=?iso-8859-1*fr?Q?=E9t=E9_2031?=", "été 2031"),
            ("=?koi8-r?B?5MXMzw==?= =?utf-8?Q?_x?=", "Дело x"),
            ("=?klingon?Q?a?= b", "a b"),
            ("a =?utf-8?X?a?= b =? c", "a =?utf-8?X?a?= b =? c"),
            ("=?utf-8?Q?a=0Ab?=", "a b"),
            ("Démenti", "Démenti"),
        ] {
            assert_eq!(decoded(field.as_bytes()), words, "{field}");
        }
        assert_eq!(decoded(b"D\xe9menti de Kervel"), "Démenti de Kervel");
    }

    #[test]
    fn parameters_come_quoted_encoded_and_in_pieces() {
        for (field, name, value) in [
            (r#"text/html; boundary="; charset=gbk"; charset=utf-8"#, "charset", Some("utf-8")),
            (r#"text/html; name="a\"; charset=gbk"; charset="utf\-8""#, "charset", Some("utf-8")),
            ("multipart/mixed; boundary=a_b;charset=UTF-8", "boundary", Some("a_b")),
            ("a; filename*=utf-8'fr'd%C3%A9menti%20=.pdf", "filename", Some("démenti =.pdf")),
            ("a; filename*1*=%A9.pdf; filename*0*=utf-8''D%C3", "filename", Some("Dé.pdf")),
            (r#"a; name*0="one,"; name*1=" two.xml""#, "name", Some("one, two.xml")),
            ("a; filename=\"=?utf-8?Q?d=C3=A9?=.pdf\"", "filename", Some("dé.pdf")),
            ("a; flag; Name = x", "name", Some("x")),
            ("a", "name", None),
        ] {
            assert_eq!(parameter(field.as_bytes(), name).as_deref(), value, "{field}");
        }
    }

    #[test]
    fn addresses_have_names_in_all_the_ways_there_are() {
        let field = r#""Okonjo, Mira" <mira@ledger.example>, jan@ledger.example (Jan Vos), Editors: =?utf-8?Q?L=C3=A9a?= <lea@x.example>;, <bare@x.example>"#;
        let shown: Vec<String> = addresses(field.as_bytes()).iter().map(Address::shown).collect();
        assert_eq!(
            shown,
            [
                "Okonjo, Mira <mira@ledger.example>",
                "Jan Vos <jan@ledger.example>",
                "Léa <lea@x.example>",
                "bare@x.example",
            ]
        );
        for field in ["", ",,,;", "((((", "\"", "<", "a <b"] {
            assert!(addresses(field.as_bytes()).len() <= 1, "{field}");
        }
    }
}
