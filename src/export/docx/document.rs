//! The document as it grows: paragraphs, headings that can be led to, footnotes, tables.

use super::text::Paragraph;
use crate::export::location::one_line;
use crate::export::report::{Citation, Report};
use crate::notebook::{Anchor, Assessment};

/// The document as it grows.
pub(super) struct Document<'a> {
    /// What is reported.
    pub report: &'a Report<'a>,
    body: String,
    notes: String,
    next: usize,
}

impl<'a> Document<'a> {
    /// An empty one.
    pub(super) const fn new(report: &'a Report<'a>) -> Self {
        Self { report, body: String::new(), notes: String::new(), next: 1 }
    }

    /// Its text and its footnotes.
    pub(super) fn into_parts(self) -> (String, String) {
        (self.body, self.notes)
    }
}

impl Document<'_> {
    /// Adds a paragraph.
    pub(super) fn add(&mut self, paragraph: &Paragraph) {
        self.body.push_str(&paragraph.xml());
        self.body.push('\n');
    }

    /// Adds what is written already: a table.
    pub(super) fn add_xml(&mut self, xml: &str) {
        self.body.push_str(xml);
        self.body.push('\n');
    }

    /// Adds a heading.
    pub(super) fn heading(&mut self, style: &'static str, text: &str) {
        self.add(&Paragraph::new(style).text(text));
    }

    /// Adds a heading that can be led to.
    pub(super) fn place(&mut self, style: &'static str, id: &str, text: &str) {
        let number = self.next_place();
        let marks = format!(
            "<w:bookmarkStart w:id=\"{number}\" w:name=\"{id}\"/><w:bookmarkEnd w:id=\"{number}\"/>"
        );
        self.add(&Paragraph::new(style).text(text).marks(&marks));
    }

    fn next_place(&self) -> usize {
        // The length of the text never falls: as a number it stands once.
        self.body.len()
    }

    /// Writes a footnote on a place, and returns the mark that leads to it.
    pub(super) fn footnote(&mut self, anchor: &Anchor) -> String {
        let citation = Citation::of(self.report.notebook(), anchor);
        let id = self.next;
        self.next += 1;
        let mark =
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
        let by: String = citation.by.iter().map(|part| format!(", {}", one_line(part))).collect();
        let mut note = Paragraph::new("FootnoteText")
            .marks(mark)
            .text(" ")
            .styled("Emphasis", &one_line(citation.title))
            .text(&format!("{by}, {}: ", citation.place()))
            .styled("Quotation", &format!("“{}”", one_line(citation.words)));
        if let Some(address) = &citation.address {
            note = note.text(". ").address(address);
        }
        self.notes.push_str(&format!("<w:footnote w:id=\"{id}\">{}</w:footnote>\n", note.xml()));
        format!(
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{id}\"/></w:r>"
        )
    }

    /// Footnotes on several places, with commas between their marks.
    pub(super) fn footnotes<'b>(
        &mut self,
        anchors: impl IntoIterator<Item = &'b Anchor>,
    ) -> String {
        let mut marks = String::new();
        for anchor in anchors {
            if !marks.is_empty() {
                marks.push_str(
                    "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>,</w:t></w:r>",
                );
            }
            marks.push_str(&self.footnote(anchor));
        }
        marks
    }

    /// A field: its label and what is in it.
    pub(super) fn field(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.add(&Paragraph::new("Details").styled("Strong", &format!("{label}: ")).text(text));
        }
    }

    /// How something was judged.
    pub(super) fn judgements(&mut self, all: &[Assessment]) {
        for one in all {
            self.field("Judged", &one_line(&one.line()));
        }
    }

    /// The user's note, lines and all.
    pub(super) fn note(&mut self, text: &str) {
        self.field("Note", text.trim_end());
    }
}

/// The width between the margins, in twentieths of a point.
pub(super) const WIDTH: usize = 9354;

/// A table whose first row is its head; each cell is its paragraphs.
pub(super) fn table(widths: &[usize], rows: &[Vec<String>]) -> String {
    let mut text = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Claims\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
         w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
        widths.iter().sum::<usize>()
    );
    for width in widths {
        text.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    text.push_str("</w:tblGrid>\n");
    for (number, row) in rows.iter().enumerate() {
        let head = if number == 0 { "<w:tblHeader/>" } else { "" };
        text.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>"));
        for (cell, width) in row.iter().zip(widths) {
            text.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"
            ));
        }
        text.push_str("</w:tr>\n");
    }
    text.push_str("</w:tbl>");
    text
}
