//! RON as Casebook writes it: sections, records in one line each, and strings.

use std::fmt::{Display, Write};

use super::v1;

/// `write!` into a string, which cannot fail.
pub(super) fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

/// A section: a map of records, each in a line.
pub(super) fn section<K: Display, V>(
    out: &mut String,
    name: &str,
    rows: impl IntoIterator<Item = (K, V)>,
    write: impl Fn(&mut String, V),
) {
    put(out, format_args!("{name}: {{\n"));
    for (key, value) in rows {
        put(out, format_args!("\"{key}\": "));
        write(out, value);
        out.push_str(",\n");
    }
    out.push_str("},\n");
}

/// A record being written: fields between brackets; those at their default are left out.
pub(super) struct Record<'a> {
    pub(super) out: &'a mut String,
    first: bool,
}

impl<'a> Record<'a> {
    /// Begins a record with this bracket, and the name before it.
    pub(super) fn open(out: &'a mut String, bracket: &str) -> Self {
        out.push_str(bracket);
        Self { out, first: true }
    }

    /// Writes a field's name; its value is to be written next.
    pub(super) fn name(&mut self, name: &str) -> &mut String {
        if !self.first {
            self.out.push_str(", ");
        }
        self.first = false;
        self.out.push_str(name);
        self.out.push_str(": ");
        self.out
    }

    /// A field that is a string.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        string(self.name(name), text);
    }

    /// A field that is a string, left out where it is empty.
    pub(super) fn text_if_any(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    /// A field that is written as it displays.
    pub(super) fn plain(&mut self, name: &str, value: impl Display) {
        put(self.name(name), format_args!("{value}"));
    }

    /// A field that is an id.
    pub(super) fn id(&mut self, name: &str, id: impl Display) {
        put(self.name(name), format_args!("\"{id}\""));
    }

    /// A field that may be an id, left out where it is none.
    pub(super) fn id_if_any(&mut self, name: &str, id: Option<impl Display>) {
        if let Some(id) = id {
            put(self.name(name), format_args!("Some(\"{id}\")"));
        }
    }

    /// A field that is a list, left out where it is empty.
    pub(super) fn list_if_any<T>(
        &mut self,
        name: &str,
        items: &[T],
        write: impl Fn(&mut String, &T),
    ) {
        if !items.is_empty() {
            list(self.name(name), items, write);
        }
    }

    /// A field that is a list of ids.
    pub(super) fn ids<T: Display>(&mut self, name: &str, ids: &std::collections::BTreeSet<T>) {
        let ids: Vec<_> = ids.iter().collect();
        list(self.name(name), &ids, |out, id| put(out, format_args!("\"{id}\"")));
    }

    /// A field that is true or false, left out at its default.
    pub(super) fn flag(&mut self, name: &str, value: bool, default: bool) {
        if value != default {
            self.plain(name, value);
        }
    }

    /// A field that is a coordinate or the like.
    pub(super) fn number(&mut self, name: &str, value: f32) {
        put(self.name(name), format_args!("{:?}", tame(value)));
    }

    /// Ends the record.
    pub(super) fn close(self) {
        self.out.push(')');
    }
}

/// A list.
pub(super) fn list<T>(out: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    out.push('[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write(out, item);
    }
    out.push(']');
}

/// A coordinate within the limits of the format: one out of bounds must not prevent saving.
fn tame(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-v1::FARTHEST, v1::FARTHEST) }
}

/// A string's characters, escaped, without the quotation marks.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = String::with_capacity(self.0.len());
        escape(&mut out, self.0);
        f.write_str(&out)
    }
}

/// Writes a RON string. Letters, accents, emoji and spaces of any width are written as they are.
pub(super) fn string(out: &mut String, text: &str) {
    out.push('"');
    escape(out, text);
    out.push('"');
}

fn escape(out: &mut String, text: &str) {
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        if !needs_escape(c) {
            continue;
        }
        out.push_str(text.get(copied..at).unwrap_or(""));
        copied = at + c.len_utf8();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => put(out, format_args!("\\u{{{:x}}}", u32::from(c))),
        }
    }
    out.push_str(text.get(copied..).unwrap_or(""));
}

/// Whether a character is escaped: it would end the string or the line, or is invisible and changes how the rest reads:
/// controls, line separators, direction marks, zero-width spaces, tags ("Trojan Source", CVE-2021-42574). Joiners
/// (U+200C, U+200D) are not escaped: Persian and emoji need them.
const fn needs_escape(c: char) -> bool {
    match c {
        '"' | '\\' | '\0'..='\u{1f}' => true,
        ..='~' => false,
        '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}
