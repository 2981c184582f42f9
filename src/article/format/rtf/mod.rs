//! Rich Text (`.rtf`), as Word, LibreOffice, TextEdit, WordPad and Outlook write it: RTF 1.9.1.

mod begin;
mod body;
mod charset;
mod frame;
mod groups;
mod header;
mod reader;
#[cfg(test)]
mod tests;
mod token;

use super::office::properties;
use crate::article::document::{Description, Document, DocumentError, Options};
use reader::Reader;

/// Whether these bytes are Rich Text.
pub(in crate::article) fn looks_like(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Reads Rich Text.
pub(in crate::article) fn read(bytes: &[u8], _: &Options) -> Result<Document, DocumentError> {
    if !looks_like(bytes) {
        return Err(DocumentError::damaged("it does not begin as Rich Text does"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = Reader::new(bytes.trim_ascii_start());
    reader.read();
    if let Some(why) = reader.out.too_much() {
        return Err(why);
    }
    let description = described(&reader);
    let left = &reader.left;
    let flow = &mut reader.out.flow;
    for (label, blocks) in std::mem::take(&mut reader.notes) {
        flow.note(&label, blocks);
    }
    if left.cut {
        flow.remark("The file is cut off: words at its end may be missing.");
    }
    if left.deep {
        flow.remark("What lies very deep in groups was left out.");
    }
    flow.left_out(left.deletions, left.comments, left.hidden);
    if left.edges {
        flow.remark("Words in the headers and footers of the pages were left out.");
    }
    reader.out.flow.finish(description)
}

/// What a file says about itself.
fn described(reader: &Reader<'_>) -> Description {
    let info = &reader.info;
    let mut title = properties::title(&info.title);
    if title.is_empty() {
        title = properties::title(reader.heading.as_deref().unwrap_or_default());
    }
    let day =
        |[year, month, day]: [i32; 3]| properties::day(&format!("{year:04}-{month:02}-{day:02}"));
    let created = day(info.created);
    Description {
        title,
        author: properties::people(&info.author),
        date: if created.is_empty() { day(info.changed) } else { created },
        publisher: properties::people(&info.company),
        language: properties::language(reader.language()),
        ..Description::default()
    }
}
