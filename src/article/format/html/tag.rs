//! One tag of a page's source: its name, and those of its attributes that anything is read from.

/// The attributes that are kept; of others nothing is read.
const KEPT: [&str; 34] = [
    "id",
    "class",
    "style",
    "hidden",
    "aria-hidden",
    "aria-label",
    "role",
    "href",
    "name",
    "property",
    "itemprop",
    "itemscope",
    "itemtype",
    "content",
    "rel",
    "lang",
    "dir",
    "datetime",
    "title",
    "alt",
    "start",
    "type",
    "value",
    "reversed",
    "colspan",
    "rowspan",
    "border",
    "open",
    "epub:type",
    "charset",
    "http-equiv",
    "xml:lang",
    "shadowrootmode",
    "srcdoc",
];
/// The longest value of an attribute that is kept, in bytes.
const MOST_VALUE: usize = 16 << 10;

/// A tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Its name, in lower case.
    pub name: String,
    /// Its attributes: which of [`KEPT`], and the value as it is written.
    attributes: Vec<(&'static str, &'a str)>,
    /// Whether it ends with `/>`.
    pub self_closing: bool,
    /// Where it ends in the source, in bytes.
    pub end: usize,
}

impl<'a> Tag<'a> {
    /// The tag whose name begins at `start`; `None` where the source ends in it. `prefix` is left out of names.
    pub(super) fn read(text: &'a str, start: usize, prefix: Option<&str>) -> Option<Self> {
        let bytes = text.as_bytes();
        let white = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        let until = |from: usize, ends: &dyn Fn(u8) -> bool| {
            bytes[from..].iter().position(|byte| ends(*byte)).map(|length| from + length)
        };
        let name_end = until(start, &|byte| white(byte) || matches!(byte, b'/' | b'>'))?;
        let name = &text[start..name_end];
        let name = prefix.and_then(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
        let mut tag = Self {
            // A name this long is none: it only has to be told from others.
            name: name.chars().take(40).collect::<String>().to_ascii_lowercase(),
            attributes: Vec::new(),
            self_closing: false,
            end: 0,
        };
        if tag.name.contains(['<', '"', '\'', '&', '=']) {
            tag.name = "x-element".to_owned();
        }
        let mut at = name_end;
        loop {
            at = until(at, &|byte| !white(byte) && byte != b'/')?;
            if bytes.get(at) == Some(&b'>') {
                tag.self_closing = bytes.get(at - 1) == Some(&b'/');
                tag.end = at + 1;
                return Some(tag);
            }
            let name_start = at;
            let ends = |byte: u8| white(byte) || matches!(byte, b'/' | b'>' | b'=');
            // A name may begin with “=”.
            at = until(at + 1, &ends)?;
            let name = &text.get(name_start..at)?;
            let after = until(at, &|byte| !white(byte))?;
            let mut value = "";
            if bytes.get(after) == Some(&b'=') {
                let from = until(after + 1, &|byte| !white(byte))?;
                match bytes.get(from).copied() {
                    Some(quote @ (b'"' | b'\'')) => {
                        let to = from + 1 + memchr::memchr(quote, &bytes[from + 1..])?;
                        value = &text[from + 1..to];
                        at = to + 1;
                    }
                    Some(b'>') => at = from,
                    _ => {
                        at = until(from, &|byte| white(byte) || byte == b'>')?;
                        value = &text[from..at];
                    }
                }
            }
            tag.keep(name, value);
        }
    }

    fn keep(&mut self, name: &str, value: &'a str) {
        if name.len() > 20 {
            return;
        }
        // Other prefixes than “epub” can stand for its namespace.
        let is = |kept: &&&str| {
            kept.eq_ignore_ascii_case(name)
                || **kept == "epub:type" && name.ends_with(":type") && !name.starts_with("xsi:")
        };
        let Some(kept) = KEPT.iter().find(is) else { return };
        let value = if value.len() > MOST_VALUE { "" } else { value };
        if !self.has(kept) {
            self.attributes.push((kept, value));
        }
    }

    /// Whether it has this attribute.
    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(other, _)| *other == name)
    }

    /// The value of an attribute, as it is written.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// Whether it says more than how words look.
    pub(super) fn matters(&self) -> bool {
        !self.attributes.is_empty()
    }

    /// Writes it as a start tag of this name.
    pub(super) fn write(&self, name: &str, out: &mut String) {
        out.push('<');
        out.push_str(name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            for (number, part) in value.split('"').enumerate() {
                if number > 0 {
                    out.push_str("&quot;");
                }
                out.push_str(part);
            }
            out.push('"');
        }
        out.push('>');
    }
}

/// Where the source goes on after `what`, from `from`; its end where that is missing.
pub(super) fn after(text: &str, from: usize, what: &str) -> usize {
    memchr::memmem::find(&text.as_bytes()[from.min(text.len())..], what.as_bytes())
        .map_or(text.len(), |found| from + found + what.len())
}

/// Where the end tag of this name begins, from `from`.
pub(super) fn find_end(text: &str, from: usize, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(&bytes[from..], b"</").map(|found| from + found).find(|at| {
        let rest = &bytes[at + 2..];
        let local = match rest.iter().take(24).position(|byte| *byte == b':') {
            // A prefix before the name, in XML.
            Some(colon) if rest[..colon].iter().all(u8::is_ascii_alphanumeric) => {
                &rest[colon + 1..]
            }
            _ => rest,
        };
        local.len() >= name.len()
            && local[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && !local.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
    })
}
