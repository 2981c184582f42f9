//! Writing a record: its fields in brackets, without those that have their default value.

use std::fmt::{Display, Write};

use super::values::FARTHEST;
use crate::notebook::{Anchor, Notebook, Place, When, first_version};
use crate::text::Quote;

/// Writes formatted text to a string, which cannot fail.
pub(super) fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

/// A record being written: fields in brackets, without those that have their default value.
pub(super) struct Record<'a> {
    pub(super) out: &'a mut String,
    first: bool,
}

impl<'a> Record<'a> {
    pub(super) fn open(out: &'a mut String, bracket: &str) -> Self {
        out.push_str(bracket);
        Self { out, first: true }
    }

    pub(super) fn name(&mut self, name: &str) -> &mut String {
        if !self.first {
            self.out.push_str(", ");
        }
        self.first = false;
        self.out.push_str(name);
        self.out.push_str(": ");
        self.out
    }

    pub(super) fn text(&mut self, name: &str, text: &str) {
        string(self.name(name), text);
    }

    pub(super) fn text_if_any(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    pub(super) fn plain(&mut self, name: &str, value: impl Display) {
        put(self.name(name), format_args!("{value}"));
    }

    pub(super) fn id(&mut self, name: &str, id: impl Display) {
        put(self.name(name), format_args!("\"{id}\""));
    }

    pub(super) fn id_if_any(&mut self, name: &str, id: Option<impl Display>) {
        if let Some(id) = id {
            put(self.name(name), format_args!("Some(\"{id}\")"));
        }
    }

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

    pub(super) fn ids<T: Display>(&mut self, name: &str, ids: &std::collections::BTreeSet<T>) {
        let ids: Vec<_> = ids.iter().collect();
        list(self.name(name), &ids, |out, id| put(out, format_args!("\"{id}\"")));
    }

    pub(super) fn flag(&mut self, name: &str, value: bool, default: bool) {
        if value != default {
            self.plain(name, value);
        }
    }

    pub(super) fn number(&mut self, name: &str, value: f32) {
        put(self.name(name), format_args!("{:?}", tame(value)));
    }

    pub(super) fn when_if_any(&mut self, name: &str, when: &When) {
        if *when != When::default() {
            let mut record = Record::open(self.name(name), "(");
            record.text("written", &when.written);
            record.text("edtf", &when.edtf);
            record.close();
        }
    }

    pub(super) fn quote(&mut self, anchor: &Anchor, notebook: &Notebook) {
        self.id("in", anchor.article);
        let quote = match &anchor.place {
            Place::Orphan(quote) => Quote::clone(quote),
            Place::At { start, end } => notebook
                .article(anchor.article)
                .map(|article| article.text.quote(*start..*end))
                .unwrap_or(Quote {
                    start: *start,
                    end: *end,
                    exact: String::new(),
                    prefix: String::new(),
                    suffix: String::new(),
                }),
        };
        self.plain("start", quote.start);
        self.plain("end", quote.end);
        self.text("exact", &quote.exact);
        self.text("prefix", &quote.prefix);
        self.text("suffix", &quote.suffix);
        if anchor.version != first_version() {
            self.plain("version", anchor.version);
        }
    }

    pub(super) fn close(self) {
        self.out.push(')');
    }
}

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

/// A coordinate clamped to what the format can hold: one that is out of bounds must not prevent a notebook from being
/// saved.
fn tame(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-FARTHEST, FARTHEST) }
}

/// Writes a RON string. Letters, accents, emoji and spaces of any width are not escaped.
pub(super) fn string(out: &mut String, text: &str) {
    out.push('"');
    escape(out, text);
    out.push('"');
}

pub(super) fn escape(out: &mut String, text: &str) {
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

/// Whether a character must be escaped: it would end the string or the line, or is invisible and changes how the rest
/// reads, such as controls, line separators, direction marks, zero-width spaces and tags (“Trojan Source”,
/// CVE-2021-42574). Joiners (U+200C, U+200D) are not escaped: Persian and emoji need them.
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
