//! Paragraphs and runs of WordprocessingML (ECMA-376, part 1, section 17.3).

use unicode_bidi::{Direction, get_base_direction_full};

use crate::export::xml::xml;

/// Longer addresses are written, and lead nowhere: Word takes no more.
const LONGEST_ADDRESS: usize = 2_000;

/// A paragraph that is being written.
#[derive(Debug)]
pub(super) struct Paragraph {
    style: &'static str,
    indent: usize,
    kept: bool,
    runs: String,
    first: String,
}

impl Paragraph {
    /// An empty one of this style.
    pub(super) fn new(style: &'static str) -> Self {
        Self { style, indent: 0, kept: false, runs: String::new(), first: String::new() }
    }

    /// Indented by so many steps.
    pub(super) fn indented(mut self, steps: usize) -> Self {
        self.indent = steps;
        self
    }

    /// On the page of the paragraph after it.
    pub(super) fn kept(mut self) -> Self {
        self.kept = true;
        self
    }

    /// Text.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.run("", text);
        self
    }

    /// Text in a character style.
    pub(super) fn styled(mut self, style: &str, text: &str) -> Self {
        self.run(style, text);
        self
    }

    /// Marks already made: references to footnotes, names of places.
    pub(super) fn marks(mut self, marks: &str) -> Self {
        self.runs.push_str(marks);
        self
    }

    /// An address that is led to; a fragment that only browsers read is not shown. A field and not a relationship: a faulty address there would make the package
    /// unreadable.
    pub(super) fn address(mut self, address: &str) -> Self {
        let shown = address.split(":~:").next().unwrap_or(address).trim_end_matches('#');
        if address.len() > LONGEST_ADDRESS {
            return self.text(shown);
        }
        let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        self.runs.push_str(&field("begin"));
        self.runs.push_str(&format!(
            "<w:r><w:instrText xml:space=\"preserve\"> HYPERLINK \"{}\" </w:instrText></w:r>",
            xml(address)
        ));
        self.runs.push_str(&field("separate"));
        self.run("Hyperlink", shown);
        self.runs.push_str(&field("end"));
        self
    }

    /// Text that leads to a place in the document.
    pub(super) fn to(mut self, place: &str, text: &str) -> Self {
        self.runs.push_str(&format!("<w:hyperlink w:anchor=\"{place}\" w:history=\"1\">"));
        self.run("", text);
        self.runs.push_str("</w:hyperlink>");
        self
    }

    fn run(&mut self, style: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.first.is_empty() {
            self.first = text.chars().take(200).collect();
        }
        let mut properties = String::new();
        if !style.is_empty() {
            properties.push_str(&format!("<w:rStyle w:val=\"{style}\"/>"));
        }
        if get_base_direction_full(text) == Direction::Rtl {
            properties.push_str("<w:rtl/>");
        }
        if !properties.is_empty() {
            properties = format!("<w:rPr>{properties}</w:rPr>");
        }
        self.runs.push_str(&format!("<w:r>{properties}"));
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.runs.push_str("<w:br/>");
            }
            self.runs.push_str(&format!("<w:t xml:space=\"preserve\">{}</w:t>", xml(line)));
        }
        self.runs.push_str("</w:r>");
    }

    /// As it is written.
    pub(super) fn xml(&self) -> String {
        let mut properties = format!("<w:pStyle w:val=\"{}\"/>", self.style);
        // In the order of the schema: style, page, direction, indentation.
        if self.kept {
            properties.push_str("<w:keepNext/>");
        }
        if get_base_direction_full(self.first.as_str()) == Direction::Rtl {
            properties.push_str("<w:bidi/>");
        }
        if self.indent > 0 {
            properties.push_str(&format!("<w:ind w:left=\"{}\"/>", 300 * self.indent));
        }
        format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", self.runs)
    }
}
