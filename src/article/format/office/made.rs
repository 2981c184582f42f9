//! Files for tests, made from what the test says.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::article::document::Document;
use crate::text::BlockKind;

/// An archive of these entries.
pub(in crate::article::format) fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The lines of a document, each after a sign for what it is.
pub(in crate::article::format) fn lines(document: &Document) -> Vec<String> {
    let lines = document.text.split('\n').enumerate().filter(|(_, line)| !line.is_empty());
    lines
        .map(|(at, line)| {
            let line = line.replace('\t', "|");
            match document.structure.kind_of(at as u32) {
                None => line,
                Some(BlockKind::Heading(level)) => format!("h{level} {line}"),
                Some(BlockKind::Item(depth, marker)) => format!("i{depth} {marker} {line}"),
                Some(BlockKind::Quotation(depth)) => format!("q{depth} {line}"),
                Some(BlockKind::Row) => format!("row {line}"),
                Some(BlockKind::Note) => format!("note {line}"),
                Some(BlockKind::Preformatted) => format!("pre {line}"),
            }
        })
        .collect()
}

/// The pages of a document: their labels, and the words they begin with.
pub(in crate::article::format) fn pages(document: &Document) -> Vec<String> {
    let lines: Vec<&str> = document.text.split('\n').collect();
    let pages = document.structure.pages.iter().map(|page| {
        let line = lines[page.line as usize];
        let from: String = line.chars().skip(page.column as usize).take(5).collect();
        format!("{}:{from}", page.label)
    });
    pages.collect()
}
