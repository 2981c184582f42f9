//! The words in a paragraph of an OpenDocument text: spans, fields, notes, boxes, formulas.

use super::state::{Line, State};
use crate::foreign::xml::{Node, Tag, Xml};

/// The most spaces that one element stands for.
const MOST_SPACES: usize = 100;

impl State {
    /// Reads the words in an element.
    pub(super) fn inline(&mut self, xml: &mut Xml<'_>, line: &mut Line) {
        loop {
            match xml.next_node() {
                Node::Start(tag) => self.inline_element(&tag, xml, line),
                Node::Text(words) => self.say(line, &collapsed(&words)),
                Node::End => return,
            }
        }
    }

    fn inline_element(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, line: &mut Line) {
        match tag.name() {
            "span" => {
                let name = tag.get("style-name").unwrap_or_default();
                let hides = usize::from(self.styles.hides(&name));
                self.hidden += hides;
                self.inline(xml, line);
                self.hidden -= hides;
            }
            "s" => {
                let count = tag.number("c").unwrap_or(1).min(MOST_SPACES);
                self.say(line, &" ".repeat(count));
                xml.skip();
            }
            "tab" => {
                self.say(line, "\t");
                xml.skip();
            }
            "line-break" => {
                if self.hidden == 0 {
                    line.paragraph.end_line();
                }
                xml.skip();
            }
            "soft-page-break" => {
                self.soft_page();
                xml.skip();
            }
            "number" => line.number = Some(xml.words().trim().to_owned()),
            "note" => self.note(xml, line),
            "annotation" => {
                self.left.comments += 1;
                xml.skip();
            }
            "ruby" => self.ruby(xml, line),
            "hidden-text" if is_hidden(tag) => self.pass_over_hidden(xml),
            "hidden-paragraph" => {
                line.hidden |= is_hidden(tag);
                xml.skip();
            }
            "title" | "desc" if matches!(tag.prefix(), "svg" | "table") => xml.skip(),
            "annotation-end" | "binary-data" | "event-listeners" | "script" | "tracked-changes" => {
                xml.skip();
            }
            // A link around a picture or a box.
            "a" => self.inline(xml, line),
            _ if tag.prefix() == "draw" => {
                self.pages.aside += 1;
                let mut beside = Line::default();
                let blocks = self.contained(|this| this.shape(xml, Some(&mut beside)));
                self.pages.aside -= 1;
                // Formulas stand in the line.
                line.paragraph.pieces.append(&mut beside.paragraph.pieces);
                self.after.extend(blocks);
            }
            "math" => {
                let words = formula(xml);
                self.say(line, &words);
            }
            _ => self.inline(xml, line),
        }
    }

    /// Reads a drawing: paragraphs in it are blocks; a formula goes into the line.
    pub(super) fn shape(&mut self, xml: &mut Xml<'_>, mut line: Option<&mut Line>) {
        while let Some(tag) = xml.next_tag() {
            match tag.name() {
                "p" | "h" | "list" | "table" | "section" if tag.prefix() != "draw" => {
                    self.block(&tag, xml);
                }
                "title" | "desc" | "binary-data" | "image" | "event-listeners" => xml.skip(),
                "annotation" => {
                    self.left.comments += 1;
                    xml.skip();
                }
                "math" => {
                    let words = formula(xml);
                    if let Some(line) = line.as_deref_mut() {
                        self.say(line, &words);
                    }
                }
                "object" => {
                    let href = tag.get("href").unwrap_or_default();
                    let name = href.trim_start_matches("./").trim_end_matches('/');
                    if let (Some(words), Some(line)) =
                        (self.formulas.remove(name), line.as_deref_mut())
                    {
                        self.say(line, &words);
                    }
                    self.shape(xml, line.as_deref_mut());
                }
                _ => self.shape(xml, line.as_deref_mut()),
            }
        }
    }

    /// A note: the reference goes into the line, what it says to the end.
    fn note(&mut self, xml: &mut Xml<'_>, line: &mut Line) {
        let mut own = String::new();
        let mut blocks = Vec::new();
        self.pages.aside += 1;
        while let Some(tag) = xml.next_tag() {
            match tag.name() {
                "note-citation" | "footnote-citation" | "endnote-citation" => {
                    own = tag.get("label").unwrap_or_default().trim().to_owned();
                    xml.skip();
                }
                "note-body" | "footnote-body" | "endnote-body" => {
                    blocks = self.contained(|this| this.blocks(xml));
                }
                _ => xml.skip(),
            }
        }
        self.pages.aside -= 1;
        if self.hidden > 0 {
            return;
        }
        let label = if own.is_empty() {
            self.numbered += 1;
            self.numbered.to_string()
        } else {
            own
        };
        self.say(line, &format!("[{label}]"));
        self.out.keep(blocks.len());
        self.notes.push((label, blocks));
    }

    /// Words with how they are read beside them.
    fn ruby(&mut self, xml: &mut Xml<'_>, line: &mut Line) {
        while let Some(tag) = xml.next_tag() {
            if tag.name() == "ruby-text" {
                let words = xml.words();
                if !words.trim().is_empty() {
                    self.say(line, &format!("({})", words.trim()));
                }
            } else {
                self.inline(xml, line);
            }
        }
    }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.get("is-hidden").is_some_and(|is| is == "true")
}

/// White space in words is one space (part 3, 6.1.2): others are elements.
fn collapsed(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut space = false;
    for c in words.chars() {
        let white = matches!(c, ' ' | '\t' | '\n' | '\r');
        if !white {
            out.push(c);
        } else if !space {
            out.push(' ');
        }
        space = white;
    }
    out
}

/// A formula in MathML: its words in their order, with signs for what only its shape says.
pub(super) fn formula(xml: &mut Xml<'_>) -> String {
    let mut out = String::new();
    // What is open: its name, and how many parts of it have begun.
    let mut open: Vec<(String, u32)> = vec![(String::new(), 0)];
    while !open.is_empty() {
        match xml.next_node() {
            Node::Start(tag) => {
                if matches!(tag.name(), "annotation" | "annotation-xml") {
                    xml.skip();
                    continue;
                }
                if let Some((name, parts)) = open.last_mut() {
                    *parts += 1;
                    out.push_str(match (name.as_str(), *parts) {
                        ("mfrac", 2) => "/",
                        ("msup" | "mover", 2) | ("msubsup" | "munderover", 3) => "^",
                        ("msub" | "munder" | "msubsup" | "munderover", 2) => "_",
                        ("msqrt", 1) => "√",
                        _ => "",
                    });
                }
                open.push((tag.name().to_owned(), 0));
            }
            Node::Text(words) => {
                let words = words.trim();
                // Signs that are only seen by programs.
                out.extend(words.chars().filter(|c| !matches!(c, '\u{2061}'..='\u{2064}')));
            }
            Node::End => {
                open.pop();
            }
        }
    }
    out
}
