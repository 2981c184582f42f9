//! Paragraphs, lists and tables of an OpenDocument text.

use super::lists::Beginning;
use super::state::{Item, Line, State};
use crate::article::format::office::flow::{Block, Cell, Row};
use crate::foreign::xml::{Tag, Xml};
use crate::text::BlockKind;

impl State {
    /// Reads the paragraphs, lists and tables in an element.
    pub(super) fn blocks(&mut self, xml: &mut Xml<'_>) {
        while let Some(tag) = xml.next_tag() {
            self.block(&tag, xml);
        }
    }

    /// Reads an element among paragraphs. What is unknown is gone into.
    pub(super) fn block(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        if self.out.stops(xml) {
            return;
        }
        match tag.name() {
            "p" | "h" => self.paragraph(tag, xml),
            "list" => self.list(tag, xml),
            "numbered-paragraph" => self.numbered_paragraph(tag, xml),
            "table" => {
                let mut rows = Vec::new();
                self.rows(xml, &mut rows);
                self.out.emit(Block::Table(rows));
            }
            "section" if is_hidden(tag) => self.pass_over_hidden(xml),
            "tracked-changes" => {
                while let Some(change) = xml.next_tag() {
                    let kind = xml.next_tag();
                    let deletes = kind.as_ref().is_some_and(|kind| kind.name() == "deletion");
                    self.left.deleted += usize::from(deletes && change.name() == "changed-region");
                    if kind.is_some() {
                        xml.skip();
                        xml.skip();
                    }
                }
            }
            "soft-page-break" => {
                self.soft_page();
                xml.skip();
            }
            "annotation" => {
                self.left.comments += 1;
                xml.skip();
            }
            "forms"
            | "variable-decls"
            | "sequence-decls"
            | "user-field-decls"
            | "dde-connection-decls"
            | "scripts"
            | "binary-data"
            | "event-listeners" => xml.skip(),
            // How an index is made, not what it says.
            name if name.ends_with("-source") => xml.skip(),
            _ if tag.prefix() == "draw" => self.shape(xml, None),
            _ => self.blocks(xml),
        }
    }

    /// A page begins here, as the program saw it.
    pub(super) const fn soft_page(&mut self) {
        if self.pages.aside == 0 {
            self.pages.waiting = self.pages.waiting.saturating_add(1);
        }
    }

    pub(super) fn pass_over_hidden(&mut self, xml: &mut Xml<'_>) {
        self.left.hidden |= !xml.words().trim().is_empty();
    }

    fn paragraph(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        let style = self.styles.paragraph(&tag.get("style-name").unwrap_or_default());
        if style.page && self.pages.aside == 0 && !self.out.is_contained() {
            self.pages.waiting = self.pages.waiting.saturating_add(1);
            self.pages.anew = style.page_number;
        }
        let mut line = Line::default();
        let outer = std::mem::take(&mut self.after);
        self.hidden += usize::from(style.hidden);
        self.inline(xml, &mut line);
        self.hidden -= usize::from(style.hidden);
        let after = std::mem::replace(&mut self.after, outer);

        let level = match tag.name() {
            "h" => Some(tag.number("outline-level").or(style.outline).unwrap_or(1)),
            _ => style.outline.or(style.meaning.heading),
        };
        let heading: Option<u8> = level.filter(|level| *level > 0);
        let blank = line.paragraph.is_blank();
        let marker = self.marker(tag, &line, heading, style.list.as_deref());
        let mut paragraph = line.paragraph;
        if line.hidden {
            self.left.hidden |= !blank;
        } else if !blank || (self.out.is_contained() && marker.is_some()) {
            if style.meaning.title && self.title.is_none() && !blank {
                self.title = Some(paragraph.words());
            }
            paragraph.kind = match (heading, marker) {
                (Some(level), marker) => {
                    // The number of a heading is read with it, and has no place beside it.
                    if let Some((_, marker)) = marker
                        && marker.contains(char::is_alphanumeric)
                    {
                        paragraph.put_first(&format!("{marker} "));
                    }
                    Some(BlockKind::Heading(level.min(6)))
                }
                (None, Some((depth, marker))) => Some(BlockKind::Item(depth, marker)),
                (None, None) if style.meaning.title => Some(BlockKind::Heading(1)),
                (None, None) if style.meaning.preformatted => Some(BlockKind::Preformatted),
                (None, None) if style.meaning.quotation => Some(BlockKind::Quotation(1)),
                (None, None) => None,
            };
            self.out.emit(Block::Paragraph(paragraph));
        }
        after.into_iter().for_each(|block| self.out.emit(block));
    }

    /// How deep a paragraph lies in lists, and the sign before it: of a heading its number.
    fn marker(
        &mut self,
        tag: &Tag<'_>,
        line: &Line,
        heading: Option<u8>,
        list: Option<&str>,
    ) -> Option<(u8, String)> {
        let depth = self.lists.depth();
        if depth == 0 {
            let level = heading?;
            let unnumbered = tag.get("is-list-header").is_some_and(|is| is == "true");
            if unnumbered || list == Some("") {
                return None;
            }
            let start = tag.get("restart-numbering").filter(|restart| restart == "true");
            let start = start.and_then(|_| tag.number("start-value").or(Some(1)));
            let counted = self.lists.heading(&self.styles, level, start);
            return Some((0, line.number.clone().unwrap_or(counted)));
        }
        let depth = u8::try_from(depth).unwrap_or(u8::MAX);
        // Further paragraphs of an item have no sign.
        if !std::mem::take(&mut self.item.waits) {
            return Some((depth, String::new()));
        }
        let counted = self.lists.count(&self.styles, list, self.item.start.take());
        Some((depth, line.number.clone().unwrap_or(counted)))
    }

    fn list(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        let get = |name| tag.get(name).unwrap_or_default();
        self.lists.begin(Beginning {
            id: get("id").into_owned(),
            style: get("style-name").into_owned(),
            goes_on: get("continue-numbering") == "true",
            after: get("continue-list").into_owned(),
        });
        let outer = std::mem::take(&mut self.item);
        while let Some(item) = xml.next_tag() {
            match item.name() {
                "list-item" | "list-header" => {
                    let waits = item.name() == "list-item";
                    self.item = Item { waits, start: item.number("start-value") };
                    self.blocks(xml);
                }
                _ => self.block(&item, xml),
            }
        }
        self.item = outer;
        self.lists.end();
    }

    /// A paragraph that is an item without a list around it.
    fn numbered_paragraph(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        let get = |name| tag.get(name).unwrap_or_default().into_owned();
        let level: usize = tag.number("level").unwrap_or(1);
        let level = level.clamp(1, super::list_style::LEVELS);
        let open = self.lists.leave();
        for _ in 0..level {
            let (style, after) = (get("style-name"), get("list-id"));
            self.lists.begin(Beginning { id: after.clone(), style, goes_on: true, after });
        }
        let item = Item { waits: true, start: tag.number("start-value") };
        let outer = std::mem::replace(&mut self.item, item);
        self.blocks(xml);
        self.item = outer;
        for _ in 0..level {
            self.lists.end();
        }
        self.lists.come_back(open);
    }

    fn rows(&mut self, xml: &mut Xml<'_>, rows: &mut Vec<Row>) {
        while let Some(tag) = xml.next_tag() {
            if self.out.stops(xml) {
                return;
            }
            match tag.name() {
                "table-row" if tag.get("visibility").is_some_and(|is| is != "visible") => {
                    self.pass_over_hidden(xml);
                }
                "table-row" => {
                    let times = tag.number("number-rows-repeated").unwrap_or(1);
                    let mut row = Row { cells: Vec::new(), times };
                    self.cells(xml, &mut row);
                    self.out.hold();
                    rows.push(row);
                }
                "table-header-rows" | "table-rows" | "table-row-group" => self.rows(xml, rows),
                "soft-page-break" => {
                    self.soft_page();
                    xml.skip();
                }
                _ => xml.skip(),
            }
        }
    }

    fn cells(&mut self, xml: &mut Xml<'_>, row: &mut Row) {
        // Cells stand beside one another: a page that begins in several of them begins once.
        let start = self.pages.waiting;
        let mut most = start;
        while let Some(tag) = xml.next_tag() {
            let times = tag.number("number-columns-repeated").unwrap_or(1);
            match tag.name() {
                "table-cell" => {
                    let blocks = self.contained(|this| this.blocks(xml));
                    row.cells.push(Cell { blocks, columns: 1, times });
                }
                "covered-table-cell" => {
                    xml.skip();
                    row.cells.push(Cell { blocks: Vec::new(), columns: 1, times });
                }
                "soft-page-break" => {
                    self.soft_page();
                    xml.skip();
                }
                _ => xml.skip(),
            }
            self.out.hold();
            most = most.max(self.pages.waiting);
        }
        self.pages.waiting = most;
    }
}

/// Whether a section is hidden.
fn is_hidden(tag: &Tag<'_>) -> bool {
    match tag.get("display").as_deref() {
        Some("none") => true,
        Some("condition") => tag.get("is-hidden").is_some_and(|is| is == "true"),
        _ => false,
    }
}
