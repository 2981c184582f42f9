//! From a page's elements to a text: what stands on lines of its own, lists, quotations, tables, and the words between.

use dom_query::NodeRef;

use super::article::BREAK;
use super::dom::{self, attribute_has};
use super::list::List;
use super::names::is_block;
use super::table::{self, Table};
use crate::article::document::Builder;
use crate::text::BlockKind;

/// What the walk asks of whoever knows the whole document.
pub(in crate::article::format) trait Surroundings {
    /// The number of the note that an element refers to; `None` where it is no such reference.
    fn note(&mut self, reference: &NodeRef<'_>) -> Option<u32>;
    /// The label of the page that begins with this element, and whether the element is nothing but that.
    fn page(&mut self, element: &NodeRef<'_>) -> Option<(String, bool)>;
}

/// Surroundings in which there is nothing.
pub(in crate::article::format) struct Nothing;

impl Surroundings for Nothing {
    fn note(&mut self, _: &NodeRef<'_>) -> Option<u32> {
        None
    }
    fn page(&mut self, _: &NodeRef<'_>) -> Option<(String, bool)> {
        None
    }
}

/// Writes what stands in `root` into the builder.
pub(in crate::article::format) fn walk(
    root: &NodeRef<'_>,
    builder: &mut Builder,
    surroundings: &mut dyn Surroundings,
) {
    let mut walker = Walker {
        builder,
        surroundings,
        frames: Vec::new(),
        open: false,
        breaks: 0,
        rows: 0,
        in_cell: false,
        verbatim: 0,
        superscript: None,
    };
    let mut at = root.first_child();
    while let Some(node) = at {
        if walker.builder.is_full() {
            break;
        }
        let enter = walker.enter(&node);
        if enter && let Some(child) = node.first_child() {
            at = Some(child);
            continue;
        }
        let mut done = node;
        at = loop {
            walker.leave(&done);
            if let Some(sibling) = done.next_sibling() {
                break Some(sibling);
            }
            match done.parent() {
                Some(parent) if parent.id != root.id => done = parent,
                _ => break None,
            }
        };
    }
    walker.block_break();
}

/// What the words are in.
enum Frame {
    Heading(u8),
    Quotation,
    List(List),
    /// An item, its sign until that is written.
    Item(Option<String>),
    Preformatted,
    /// Words whose spaces and line ends are shown, in no block of their own.
    Spaced,
    Table(Table),
    Row,
    Cell,
    /// A block of no other kind.
    Block,
    /// Words between quotation marks.
    Quote,
    /// What stands above the line.
    Superscript,
    /// What is read with the words before it.
    Ruby {
        brackets: bool,
    },
}

struct Walker<'a, 'b> {
    builder: &'a mut Builder,
    surroundings: &'b mut dyn Surroundings,
    frames: Vec<(dom_query::NodeId, Frame)>,
    /// Whether a block was begun.
    open: bool,
    /// Line breaks since the last word.
    breaks: u8,
    /// Rows that are open.
    rows: usize,
    /// Whether the open cell holds words.
    in_cell: bool,
    /// Frames whose spaces and line ends are shown.
    verbatim: usize,
    /// Words above the line that are kept until it is known what they are.
    superscript: Option<String>,
}

/// Elements whose content is no words of the page, or none that are shown.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "select"
            | "canvas"
            | "video"
            | "audio"
            | "iframe"
            | "map"
            | "annotation"
            | "annotation-xml"
            | "meter"
            | "progress"
            | "datalist"
            | "title"
            | "meta"
            | "link"
    )
}

impl Walker<'_, '_> {
    /// What begins with a node; whether what is in it is walked through.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.text(&node.text());
            return false;
        }
        if !node.is_element() {
            return node.is_document() || node.is_fragment();
        }
        let name = dom::name(node);
        if is_left_out(&name) {
            return false;
        }
        if let Some((label, alone)) = self.surroundings.page(node) {
            self.builder.page(label);
            if alone {
                return false;
            }
        }
        if let Some(number) = self.surroundings.note(node) {
            self.flush_superscript();
            self.words(&format!("[{number}]"));
            return false;
        }
        match name.as_str() {
            "br" => self.line_break(),
            "hr" => self.block_break(),
            "img" => self.picture(node),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0'));
                self.block(node, Frame::Heading(level.clamp(1, 6)));
            }
            "blockquote" => self.block(node, Frame::Quotation),
            "ul" | "ol" | "menu" | "dir" => {
                let list = List::of(node, &name);
                self.block(node, Frame::List(list));
            }
            "li" => {
                let mut sign = "•".to_owned();
                if let Some(Frame::List(list)) = self.innermost_list() {
                    sign = list.sign_of(node);
                }
                self.block(node, Frame::Item(Some(sign)));
            }
            "pre" | "listing" | "xmp" | "textarea" => {
                self.block(node, Frame::Preformatted);
                self.verbatim += 1;
            }
            "table" if self.rows == 0 => match table::of(node) {
                Some(table) => self.block(node, Frame::Table(table)),
                None => self.block(node, Frame::Block),
            },
            "tr" if self.innermost_table().is_some() => {
                self.block_break();
                if let Some(table) = self.innermost_table() {
                    table.begin_row();
                }
                self.rows += 1;
                self.frames.push((node.id, Frame::Row));
            }
            "td" | "th" if matches!(self.frames.last(), Some((_, Frame::Row))) => self.cell(node),
            "tr" | "td" | "th" | "caption" | "p" | "dt" | "dd" | "optgroup" | "table" => {
                self.block(node, Frame::Block);
            }
            "q" => {
                self.words("“");
                self.frames.push((node.id, Frame::Quote));
            }
            "sup" if self.superscript.is_none() && node.attr("role").is_none() => {
                self.superscript = Some(String::new());
                self.frames.push((node.id, Frame::Superscript));
            }
            "rt" => {
                let brackets =
                    !node.prev_element_sibling().is_some_and(|before| before.has_name("rp"));
                if brackets {
                    self.words("(");
                }
                self.frames.push((node.id, Frame::Ruby { brackets }));
            }
            "button" | "input" | "label" => self.space(),
            _ if is_block(&name) => self.block(node, Frame::Block),
            _ => {
                let spaced = node.attr("style").is_some_and(|style| {
                    style.to_ascii_lowercase().replace(' ', "").contains("white-space:pre")
                });
                if spaced {
                    self.verbatim += 1;
                    self.frames.push((node.id, Frame::Spaced));
                }
            }
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if self.frames.last().is_none_or(|(id, _)| *id != node.id) {
            return;
        }
        let Some((_, frame)) = self.frames.pop() else { return };
        match frame {
            Frame::Quote => self.words("”"),
            Frame::Ruby { brackets: true } => self.words(")"),
            Frame::Ruby { brackets: false } => {}
            Frame::Superscript => self.flush_superscript(),
            Frame::Spaced => self.verbatim -= 1,
            Frame::Cell => {
                self.flush_superscript();
                self.in_cell = false;
            }
            Frame::Row => {
                self.rows -= 1;
                self.block_break();
            }
            Frame::Preformatted => {
                self.verbatim -= 1;
                self.block_break();
            }
            _ => self.block_break(),
        }
    }

    fn block(&mut self, node: &NodeRef<'_>, frame: Frame) {
        self.block_break();
        self.frames.push((node.id, frame));
    }

    fn innermost_list(&mut self) -> Option<&mut Frame> {
        self.frames
            .iter_mut()
            .rev()
            .map(|(_, frame)| frame)
            .find(|frame| matches!(frame, Frame::List(_) | Frame::Table(_) | Frame::Item(_)))
    }

    /// The table whose rows are read, if no row is open.
    fn innermost_table(&mut self) -> Option<&mut Table> {
        if self.rows > 0 {
            return None;
        }
        self.frames.iter_mut().rev().find_map(|(_, frame)| match frame {
            Frame::Table(table) => Some(table),
            _ => None,
        })
    }

    fn cell(&mut self, node: &NodeRef<'_>) {
        let gaps = self.frames.iter_mut().rev().find_map(|(_, frame)| match frame {
            Frame::Table(table) => Some(table.begin_cell(node)),
            _ => None,
        });
        if !self.open {
            self.begin();
        }
        for _ in 0..gaps.unwrap_or(0) {
            self.builder.cell_break();
        }
        self.in_cell = false;
        self.frames.push((node.id, Frame::Cell));
    }

    /// What kind of block words are in, by the innermost of what they are in that has one.
    fn kind(&self) -> Option<BlockKind> {
        let count = |is: fn(&Frame) -> bool| {
            let count = self.frames.iter().filter(|(_, frame)| is(frame)).count();
            u8::try_from(count).unwrap_or(u8::MAX).max(1)
        };
        self.frames.iter().rev().find_map(|(_, frame)| match frame {
            Frame::Heading(level) => Some(BlockKind::Heading(*level)),
            Frame::Quotation => {
                Some(BlockKind::Quotation(count(|frame| matches!(frame, Frame::Quotation))))
            }
            Frame::Item(sign) => Some(BlockKind::Item(
                count(|frame| matches!(frame, Frame::List(_))),
                sign.clone().unwrap_or_default(),
            )),
            Frame::Preformatted => Some(BlockKind::Preformatted),
            Frame::Row => Some(BlockKind::Row),
            _ => None,
        })
    }

    fn begin(&mut self) {
        let kind = self.kind();
        self.builder.begin(kind);
        self.open = true;
        self.breaks = 0;
    }

    /// What follows stands on a line of its own; in a row, after a space.
    fn block_break(&mut self) {
        self.flush_superscript();
        if self.rows > 0 {
            self.space();
        } else if self.open {
            self.builder.end();
            self.open = false;
        }
    }

    fn space(&mut self) {
        if let Some(held) = &mut self.superscript {
            held.push(' ');
        } else if self.open && (self.rows == 0 || self.in_cell) {
            self.builder.push(" ");
        }
    }

    fn line_break(&mut self) {
        self.flush_superscript();
        let heading = self.frames.iter().any(|(_, frame)| matches!(frame, Frame::Heading(_)));
        if self.rows > 0 || heading {
            self.space();
        } else if self.open && self.builder.has_words() {
            self.breaks += 1;
            if self.breaks > 1 && self.verbatim == 0 {
                self.block_break();
            } else {
                self.builder.line_break();
            }
        }
    }

    fn text(&mut self, text: &str) {
        if text.contains(BREAK) {
            for (number, part) in text.split(BREAK).enumerate() {
                if number > 0 {
                    self.line_break();
                }
                if !part.is_empty() {
                    self.text(part);
                }
            }
            return;
        }
        if self.rows == 0 && self.verbatim > 0 && self.superscript.is_none() {
            return self.verbatim_text(text);
        }
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            if !text.is_empty() {
                self.space();
            }
            return;
        }
        self.words(text);
    }

    fn verbatim_text(&mut self, text: &str) {
        let words = text.trim_matches(['\n', '\r']);
        if !self.open && words.trim().is_empty() {
            return;
        }
        if !self.open {
            self.begin();
        }
        if text.starts_with(['\n', '\r']) {
            self.builder.line_break();
        }
        if !words.is_empty() {
            self.builder.push_verbatim(words);
            self.written();
        }
        if text.ends_with(['\n', '\r']) {
            self.builder.line_break();
        }
    }

    /// Writes words, white space in them as browsers do.
    fn words(&mut self, text: &str) {
        if let Some(held) = &mut self.superscript {
            held.push_str(text);
            return;
        }
        if !self.open {
            self.begin();
        }
        self.breaks = 0;
        // A cell begins with its first word, not with a space.
        let text = if self.rows > 0 && !self.in_cell { text.trim_ascii_start() } else { text };
        if text.is_empty() {
            return;
        }
        self.builder.push(text);
        self.in_cell = true;
        self.written();
    }

    /// An item's sign stands before its first line only.
    fn written(&mut self) {
        if self.builder.has_words()
            && let Some((_, Frame::Item(sign))) =
                self.frames.iter_mut().rev().find(|(_, frame)| matches!(frame, Frame::Item(_)))
        {
            *sign = None;
        }
    }

    /// Figures above the line stay apart from those on it: 10 to the power of 6 is not 106.
    fn flush_superscript(&mut self) {
        let Some(held) = self.superscript.take() else { return };
        let raised: Option<String> = held.trim().chars().map(raised).collect();
        match raised {
            Some(raised) if !raised.is_empty() => self.words(&raised),
            _ if held.trim().is_empty() => {
                if !held.is_empty() {
                    self.space();
                }
            }
            _ => self.words(&held),
        }
    }

    /// Pictures are left out, but for those that stand for a character.
    fn picture(&mut self, node: &NodeRef<'_>) {
        let Some(alt) = node.attr("alt") else { return };
        let sign = |c: char| !c.is_alphanumeric() && !c.is_ascii() && !c.is_whitespace();
        if !alt.is_empty() && alt.chars().count() <= 10 && alt.chars().all(sign) {
            self.words(&alt);
        }
    }
}

/// A figure or sign above the line.
fn raised(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(u32::from(c) - u32::from('4') + 0x2074)?,
        '+' => '⁺',
        '-' | '−' => '⁻',
        _ => return None,
    })
}

/// A figure on the line for one above it.
pub(super) fn lowered(c: char) -> char {
    match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_u32(u32::from(c) - 0x2074 + u32::from('4')).unwrap_or(c),
        c => c,
    }
}

/// Whether an element is marked as this by EPUB’s or ARIA’s vocabulary: `footnote` as `epub:type="footnote"` or
/// `role="doc-footnote"`.
pub(in crate::article::format) fn is_marked(node: &NodeRef<'_>, what: &[&str]) -> bool {
    let roles: Vec<String> = what.iter().map(|what| format!("doc-{what}")).collect();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    attribute_has(node, "epub:type", what) || attribute_has(node, "role", &roles)
}
