//! Explaining errors in RON files: where the parser stopped and what belongs there, in words for somebody who wrote the
//! file by hand.

use std::ops::Range;

use ron::error::{Position, SpannedError};

use super::ron_words::{ron_words, shortened};

/// An error in a RON file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RonFault {
    /// From 1.
    pub line: usize,
    /// In Unicode scalars, from 1.
    pub column: usize,
    /// What is wrong there: which field it is and what it takes, where that is known.
    pub what: String,
}

/// Explains an error of the RON parser in `source`. `depth` is the limit of nesting it was given; `item` is the name of
/// an entry of the outermost list, such as “edit”. `again` parses another source in the same way.
///
/// The file's contents are not repeated, except names of fields and keys.
#[must_use]
pub fn ron_fault(
    source: &str,
    error: &SpannedError,
    depth: usize,
    item: &str,
    again: impl Fn(&str) -> Option<SpannedError>,
) -> RonFault {
    // Something expected is missing where the parser stopped; any other error is about what it read before.
    let stopped = byte_at(source, &error.span.end);
    let mut nesting = Nesting::of(source, stopped);
    if let ron::Error::MissingStructField { .. } = error.code
        && let Some(record) = nesting.open.last_mut()
    {
        // Not the fault of the field that was read last.
        record.field = None;
    }
    let takes = match &error.code {
        ron::Error::ExpectedIdentifier => Some(match variants(source, stopped, again) {
            Some(variants) => {
                format!("one of these words, without quotation marks: {variants}")
            }
            None => "a word without quotation marks".to_owned(),
        }),
        code => taken(code).map(str::to_owned),
    };
    let (at, what) = match (takes, missing(&error.code)) {
        (Some(takes), _) => (&error.span.end, format!("{} takes {takes}", nesting.subject(item))),
        (None, Some(missing)) => (&error.span.end, format!("{missing}{}", nesting.within(item))),
        (None, None) => {
            let words = match &error.code {
                ron::Error::MissingStructField { field, .. } => format!("“{field}” is missing"),
                code => ron_words(code, depth),
            };
            (&error.span.start, format!("{words}{}", nesting.within(item)))
        }
    };
    RonFault { line: at.line, column: at.col, what: shortened(&what).into_owned() }
}

/// What belongs at the position, where the error says so.
fn taken(code: &ron::Error) -> Option<&'static str> {
    use ron::Error as E;
    Some(match code {
        E::ExpectedString | E::ExpectedByteString => "text in quotation marks: \"…\"",
        E::ExpectedChar => "one character in single quotation marks: '…'",
        E::ExpectedBoolean => "true or false",
        E::ExpectedInteger => "a whole number",
        E::ExpectedFloat => "a number",
        E::ExpectedOption => "Some(…) or None",
        E::ExpectedArray => "a list in square brackets: […]",
        E::ExpectedMap => "entries in braces, each “key: value”: {…}",
        E::ExpectedStructLike | E::ExpectedNamedStructLike(_) => "fields in parentheses: (…)",
        E::ExpectedUnit => "nothing but ()",
        _ => return None,
    })
}

/// What is missing before the position, where the error says so.
fn missing(code: &ron::Error) -> Option<&'static str> {
    use ron::Error as E;
    Some(match code {
        E::ExpectedComma => "a comma is missing before this",
        E::ExpectedArrayEnd => "a comma or the closing ] is missing before this",
        E::ExpectedMapEnd => "a comma or the closing } is missing before this",
        E::ExpectedStructLikeEnd | E::ExpectedOptionEnd => {
            "a comma or the closing ) is missing before this"
        }
        E::ExpectedMapColon => "a colon is missing between a name and its value",
        E::ExpectedStringEnd => "a quotation mark that opens a text is never closed",
        E::Eof => "the file ends here, in the middle",
        _ => return None,
    })
}

/// The words that are allowed at a byte: the parser lists them when it meets an unknown one.
fn variants(
    source: &str,
    byte: usize,
    again: impl Fn(&str) -> Option<SpannedError>,
) -> Option<String> {
    const UNKNOWN: &str = "no_such_word ";
    let (before, after) = (source.get(..byte)?, source.get(byte..)?);
    match again(&format!("{before}{UNKNOWN}{after}"))?.code {
        ron::Error::NoSuchEnumVariant { expected, .. } if !expected.is_empty() => {
            Some(expected.join(", "))
        }
        _ => None,
    }
}

/// The byte of a position.
fn byte_at(source: &str, position: &Position) -> usize {
    let mut lines = source.split_inclusive('\n');
    let before: usize = lines.by_ref().take(position.line.saturating_sub(1)).map(str::len).sum();
    let line = lines.next().unwrap_or("");
    before + line.char_indices().nth(position.col.saturating_sub(1)).map_or(line.len(), |(i, _)| i)
}

/// The brackets of a RON file that a byte is inside.
struct Nesting<'a> {
    /// The brackets that are open there, the outermost first.
    open: Vec<Bracket<'a>>,
}

struct Bracket<'a> {
    kind: u8,
    /// The word before it: `Tag` of `Tag(`.
    name: Option<&'a str>,
    /// The field or the key whose value is being read.
    field: Option<&'a str>,
    /// Which entry is being read, from 1.
    entry: usize,
}

impl<'a> Nesting<'a> {
    fn of(source: &'a str, byte: usize) -> Self {
        let bytes = source.as_bytes();
        let end = byte.min(bytes.len());
        let mut open: Vec<Bracket<'a>> = Vec::new();
        // The last word or text, where nothing but a colon or a bracket may follow.
        let mut last: Option<&'a str> = None;
        let mut at = 0;
        while at < end {
            let here = bytes[at];
            let token = token(bytes, at);
            match here {
                b'(' | b'[' | b'{' => {
                    let name = last.take().filter(|_| here == b'(');
                    open.push(Bracket { kind: here, name, field: None, entry: 1 });
                }
                b')' | b']' | b'}' => {
                    open.pop();
                    last = None;
                }
                b':' => {
                    if let Some(bracket) = open.last_mut() {
                        bracket.field = last.take();
                    }
                }
                b',' => {
                    if let Some(bracket) = open.last_mut() {
                        bracket.field = None;
                        bracket.entry += 1;
                    }
                    last = None;
                }
                b'"' => last = source.get(at + 1..token.end.saturating_sub(1).max(at + 1)),
                b'_' | b'a'..=b'z' | b'A'..=b'Z' => last = source.get(token.clone()),
                _ => {}
            }
            at = token.end;
        }
        Self { open }
    }

    /// What the value there belongs to: “`name` of edit 2 (Tag)”.
    fn subject(&self, item: &str) -> String {
        let fields = self.fields();
        match (self.holder(item), fields.is_empty()) {
            (Some(holder), false) => format!("“{}” of {holder}", fields.join(".")),
            (Some(holder), true) => holder,
            (None, false) => format!("“{}”", fields.join(".")),
            (None, true) => "this".to_owned(),
        }
    }

    /// The subject as the end of a sentence; empty where nothing is known.
    fn within(&self, item: &str) -> String {
        let subject = self.subject(item);
        if subject == "this" { String::new() } else { format!(", in {subject}") }
    }

    /// The entry of the outermost list.
    fn holder(&self, item: &str) -> Option<String> {
        let list = self.open.first().filter(|bracket| bracket.kind == b'[')?;
        let name = self.open.get(1).and_then(|bracket| bracket.name);
        let name = name.map_or_else(String::new, |name| format!(" ({name})"));
        Some(format!("{item} {}{name}", list.entry))
    }

    /// The names of the fields that are open, the outermost first.
    fn fields(&self) -> Vec<&'a str> {
        self.open.iter().filter_map(|bracket| bracket.field).collect()
    }
}

/// The bytes of the token that begins at `at`; one byte where it is not a string, comment or word.
fn token(bytes: &[u8], at: usize) -> Range<usize> {
    let rest = bytes.get(at..).unwrap_or(&[]);
    let closing = |from: usize, close: &[u8]| {
        let body = rest.get(from..).unwrap_or(&[]);
        memchr::memmem::find(body, close).map_or(rest.len(), |i| from + i + close.len())
    };
    let length = match rest {
        [b'/', b'/', ..] => closing(2, b"\n"),
        [b'/', b'*', ..] => closing(2, b"*/"),
        [b'"', ..] => {
            let mut i = 1;
            while let Some(&byte) = rest.get(i) {
                match byte {
                    b'\\' => i += 2,
                    b'"' => break,
                    _ => i += 1,
                }
            }
            i + 1
        }
        [b'\'', b'\\', ..] => closing(3, b"'"),
        [b'\'', ..] => closing(2, b"'"),
        [b'r', b'"' | b'#', ..] => {
            let hashes = rest[1..].iter().take_while(|b| **b == b'#').count();
            match rest.get(1 + hashes) {
                Some(b'"') => closing(2 + hashes, &[&b"\""[..], &vec![b'#'; hashes]].concat()),
                _ => 1,
            }
        }
        [b'_' | b'a'..=b'z' | b'A'..=b'Z', ..] => {
            rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count()
        }
        _ => 1,
    };
    at..at + length.min(rest.len()).max(1)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only read")]
    enum Order {
        Call(String),
        Add { name: String, kind: Kind, with: Option<Fields> },
    }

    #[derive(Debug, Deserialize)]
    enum Kind {
        Boat,
        Quay,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only read")]
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    struct Fields {
        aliases: Vec<String>,
        checked: bool,
        length: u32,
    }

    fn fault(source: &str) -> RonFault {
        let options = ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let read = |source: &str| options.from_str::<Vec<Order>>(source).err();
        ron_fault(source, &read(source).expect(source), 64, "order", read)
    }

    #[test]
    fn the_field_and_what_it_takes_are_named() {
        for (source, line, column, words) in [
            ("[Call(7)]", 1, 7, "order 1 (Call) takes text in quotation marks"),
            (
                "[Call(\"a, (b\"), // [Call(\n Add(name: Boat)]",
                2,
                12,
                "“name” of order 2 (Add) takes text in quotation marks",
            ),
            (
                "[Add(name: \"x\",\n  kind: \"Boat\")]",
                2,
                9,
                "“kind” of order 1 (Add) takes one of these words, without quotation marks: Boat, Quay",
            ),
            (
                "[Add(name: \"x\", kind: Boat, with: (aliases: \"y\"))]",
                1,
                45,
                "“with.aliases” of order 1 (Add) takes a list in square brackets",
            ),
            (
                "[Add(name: \"x\", kind: Boat, with: (aliases: [r#\"a\"b\"#, y]))]",
                1,
                56,
                "“with.aliases” of order 1 (Add) takes text in quotation marks",
            ),
            (
                "[Add(name: \"x\", kind: Boat, with: (checked: 1))]",
                1,
                45,
                "“with.checked” of order 1 (Add) takes true or false",
            ),
            (
                "[Add(name: \"x\", kind: Boat, with: (length: \"1\"))]",
                1,
                44,
                "“with.length” of order 1 (Add) takes a whole number",
            ),
            ("[Add(name: \"x\" kind: Boat)]", 1, 16, "a comma"),
            ("[Call(\"x\") Call(\"y\")]", 1, 12, "a comma"),
            ("Call(\"x\")", 1, 1, "a list in square brackets"),
            ("[Add(name: \"x\", kind: Ship)]", 1, 23, "order 1 (Add)"),
            ("[Add(name: \"x\", colour: 1)]", 1, 26, "“kind” is missing, in order 1 (Add)"),
        ] {
            let fault = fault(source);
            assert!(fault.what.contains(words), "{source}: {}", fault.what);
            assert_eq!((fault.line, fault.column), (line, column), "{source}: {}", fault.what);
        }
    }

    #[test]
    fn unfinished_sources_are_told_and_nothing_panics() {
        let whole =
            "[Call(\"a\\\"é\"), /* c */ Add(name: r#\"x\"#, kind: Boat, with: (length: 'x'))]";
        for (end, _) in whole.char_indices() {
            let fault = fault(&whole[..end]);
            assert!(!fault.what.is_empty());
        }
        assert!(fault("[Call(\"a").what.contains("never closed"));
    }
}
