//! What mails and web archives are made of: parts with headers, one in another (RFC 2045 and 2046).

mod field;
mod transfer;

use std::borrow::Cow;

pub(super) use field::{Address, addresses, decoded};

/// The longest head of a part, in bytes.
const MOST_HEAD: usize = 1 << 20;
/// The most fields of a head.
const MOST_FIELDS: usize = 2000;
/// The most parts of one part.
const MOST_PARTS: usize = 5000;

/// A part: its fields, and its content as it was sent.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    /// The fields, in order: names in lower case, values unfolded.
    fields: Vec<(String, Cow<'a, [u8]>)>,
    /// The content, encoded as the fields say.
    pub body: &'a [u8],
    /// What a part is that does not say so.
    default: &'static str,
}

impl<'a> Part<'a> {
    /// The part that these bytes are: a head, an empty line, and a content. A line of mailbox files (`From …`) before it is
    /// skipped.
    pub(super) fn read(bytes: &'a [u8]) -> Self {
        Self::with_default(bytes, "text/plain")
    }

    fn with_default(bytes: &'a [u8], default: &'static str) -> Self {
        let mut at = 0;
        let mut fields: Vec<(String, Cow<'a, [u8]>)> = Vec::new();
        while at < bytes.len() && at < MOST_HEAD {
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
            let line = bytes[at..end].trim_ascii_end();
            let first = at == 0;
            if line.is_empty() {
                at = end;
                break;
            }
            if line[0] == b' ' || line[0] == b'\t' {
                if let Some((_, value)) = fields.last_mut() {
                    let value = value.to_mut();
                    value.push(b' ');
                    value.extend_from_slice(line.trim_ascii_start());
                }
            } else if let Some((name, value)) = field_of(line) {
                if fields.len() < MOST_FIELDS {
                    fields.push((name, Cow::Borrowed(value.trim_ascii())));
                }
            } else if !(first && line.starts_with(b"From ")) {
                // No field: the content begins here, without an empty line before it.
                break;
            }
            at = end;
        }
        Self { fields, body: bytes.get(at..).unwrap_or_default(), default }
    }

    /// The bytes of the first field of this name (in lower case), unfolded.
    pub(super) fn field(&self, name: &str) -> Option<&[u8]> {
        self.fields.iter().find(|(other, _)| other == name).map(|(_, value)| &**value)
    }

    /// The words of the first field of this name: its encoded words are decoded.
    pub(super) fn words(&self, name: &str) -> String {
        self.field(name).map(decoded).unwrap_or_default()
    }

    /// Its type, in lower case: `text/plain`.
    pub(super) fn kind(&self) -> String {
        let value = self.field("content-type").unwrap_or_default();
        let end = value
            .iter()
            .position(|byte| matches!(byte, b';' | b' ' | b'\t'))
            .unwrap_or(value.len());
        let kind = String::from_utf8_lossy(&value[..end]).trim().to_ascii_lowercase();
        if kind.contains('/') { kind } else { self.default.to_owned() }
    }

    /// A parameter of a field: `charset` of `content-type`.
    pub(super) fn parameter(&self, field: &str, name: &str) -> Option<String> {
        field::parameter(self.field(field)?, name)
    }

    /// Whether it says that it is to be shown apart.
    pub(super) fn is_attached(&self) -> bool {
        let value = self.field("content-disposition").unwrap_or_default();
        value.get(..10).is_some_and(|start| start.eq_ignore_ascii_case(b"attachment"))
    }

    /// The name of the file that it is.
    pub(super) fn file_name(&self) -> String {
        let name = self
            .parameter("content-disposition", "filename")
            .or_else(|| self.parameter("content-type", "name"))
            .unwrap_or_default();
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let hostile = |c: char| {
            c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
        };
        name.chars().filter(|c| !hostile(*c)).take(200).collect::<String>().trim().to_owned()
    }

    /// Its content, decoded.
    pub(super) fn content(&self) -> Cow<'a, [u8]> {
        let encoding =
            self.field("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        if encoding.starts_with(b"quoted-printable") {
            Cow::Owned(transfer::quoted_printable(self.body))
        } else if encoding.starts_with(b"base64") {
            Cow::Owned(transfer::base64(self.body))
        } else {
            Cow::Borrowed(self.body)
        }
    }

    /// About how many bytes its content has, decoded.
    pub(super) fn size(&self) -> usize {
        let encoding =
            self.field("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        if encoding.starts_with(b"base64") {
            let signs =
                self.body.iter().filter(|byte| !byte.is_ascii_whitespace() && **byte != b'=');
            signs.count() / 4 * 3
        } else {
            self.body.len()
        }
    }

    /// The parts that it consists of; none where it has no boundary, or that is nowhere.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let Some(boundary) = self.parameter("content-type", "boundary") else { return Vec::new() };
        let default =
            if self.kind() == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        split(self.body, boundary.trim_end())
            .into_iter()
            .map(|bytes| Part::with_default(bytes, default))
            .collect()
    }
}

/// A field’s name, in lower case, and its value.
fn field_of(line: &[u8]) -> Option<(String, &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    // White space before the colon was once allowed (RFC 5322, 4.5).
    let name = line[..colon].trim_ascii_end();
    let fits = !name.is_empty() && name.len() <= 100 && name.iter().all(u8::is_ascii_graphic);
    fits.then(|| (String::from_utf8_lossy(name).to_ascii_lowercase(), &line[colon + 1..]))
}

/// Parts a content at the lines `--boundary`, until `--boundary--` (RFC 2046, 5.1.1).
fn split<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    if boundary.is_empty() || boundary.len() > 500 {
        return parts;
    }
    let line = format!("--{boundary}");
    let mut start: Option<usize> = None;
    for at in memchr::memmem::find_iter(body, line.as_bytes()) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        let after = at + line.len();
        let end = memchr::memchr(b'\n', &body[after..]).map_or(body.len(), |end| after + end + 1);
        let rest = body[after..end].trim_ascii_end();
        let last = rest.starts_with(b"--");
        // Another boundary can begin as this one does.
        if !(rest.is_empty() || last && rest.get(2..).is_none_or(<[u8]>::is_empty)) {
            continue;
        }
        if let Some(from) = start.take() {
            let part = &body[from.min(at)..at];
            let part = part.strip_suffix(b"\n").unwrap_or(part);
            parts.push(part.strip_suffix(b"\r").unwrap_or(part));
        }
        if last || parts.len() >= MOST_PARTS {
            return parts;
        }
        start = Some(end);
    }
    // What was cut off has no last boundary.
    if let Some(from) = start {
        parts.push(&body[from.min(body.len())..]);
    }
    parts
}

/// The names of the fields at the beginning of a file, in lower case, if all of it up to an empty line is fields; `None` where
/// it begins with anything else.
pub(super) fn head_of(bytes: &[u8]) -> Option<Vec<String>> {
    let head = bytes.get(..256 << 10).unwrap_or(bytes);
    let mut names = Vec::new();
    for (number, line) in head.split(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            return (!names.is_empty()).then_some(names);
        }
        if number == 0 && line.starts_with(b"From ") {
            continue;
        }
        if line[0] == b' ' || line[0] == b'\t' {
            if names.is_empty() {
                return None;
            }
            continue;
        }
        names.push(field_of(line)?.0);
        if names.len() > MOST_FIELDS {
            return None;
        }
    }
    // A mail without a content.
    (head.len() == bytes.len() && !names.is_empty()).then_some(names)
}
