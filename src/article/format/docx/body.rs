//! Paragraphs and tables of a Word file.

use super::pages::Place;
use super::state::{Line, Properties, Run, State};
use super::styles::switched;
use crate::article::format::office::flow::{Block, Cell, Row};
use crate::foreign::xml::{Tag, Xml};
use crate::text::BlockKind;

/// After how many paragraphs a field that has no result is taken for a mistake.
const LONGEST_FIELD: usize = 40;
/// The most columns that one cell may go over: Word has no more.
const MOST_COLUMNS: u32 = 63;
/// The longest words, in bytes, that are taken for the large first letter of the next paragraph.
const DROP_CAP: usize = 40;

impl State<'_> {
    /// Reads the paragraphs and tables in an element.
    pub(super) fn blocks(&mut self, xml: &mut Xml<'_>) {
        while let Some(tag) = xml.next_tag() {
            self.block(&tag, xml);
        }
    }

    fn block(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        if self.out.stops(xml) {
            return;
        }
        match tag.name() {
            "p" => self.paragraph(xml),
            "tbl" => {
                let mut rows = Vec::new();
                self.rows(xml, &mut rows);
                self.out.emit(Block::Table(rows));
            }
            "sectPr" | "sdtPr" | "sdtEndPr" | "customXmlPr" | "pPr" | "rPr" => xml.skip(),
            "altChunk" | "subDoc" => {
                self.left.files = true;
                xml.skip();
            }
            "del" | "moveFrom" => {
                self.deleted += 1;
                self.blocks(xml);
                self.deleted -= 1;
            }
            "AlternateContent" => self.alternatives(xml, Self::blocks),
            // Words that belong to no paragraph.
            "r" | "hyperlink" | "oMathPara" | "oMath" | "fldSimple" => {
                let mut line = Line { run: Run::of(&self.styles.get(None)), ..Line::default() };
                self.inline_element(tag, xml, &mut line);
                self.end_paragraph(line);
            }
            _ => self.blocks(xml),
        }
    }

    /// Reads the first of several ways to say the same that says something here.
    pub(super) fn alternatives(
        &mut self,
        xml: &mut Xml<'_>,
        mut read: impl FnMut(&mut Self, &mut Xml<'_>),
    ) {
        let before = self.said;
        while let Some(branch) = xml.next_tag() {
            if self.said == before && matches!(branch.name(), "Choice" | "Fallback") {
                read(self, xml);
            } else {
                xml.skip();
            }
        }
    }

    fn paragraph(&mut self, xml: &mut Xml<'_>) {
        if self.fields.iter().any(|field| !field.result) {
            self.waiting += 1;
            if self.waiting > LONGEST_FIELD {
                self.fields.clear();
            }
        } else {
            self.waiting = 0;
        }
        let mut line = Line { run: Run::of(&self.styles.get(None)), ..Line::default() };
        line.paragraph.pieces = std::mem::take(&mut self.carried);
        let outer = std::mem::take(&mut self.after);
        self.inline(xml, &mut line);
        let after = std::mem::replace(&mut self.after, outer);
        self.end_paragraph(line);
        after.into_iter().for_each(|block| self.out.emit(block));
    }

    fn end_paragraph(&mut self, line: Line) {
        let Line { mut paragraph, properties, .. } = line;
        if properties.section {
            self.pages.end_section();
        }
        let blank = paragraph.is_blank();
        let drop_cap = properties.drop_cap && paragraph.words().len() <= DROP_CAP && !blank;
        if properties.joined || drop_cap {
            self.carried = paragraph.pieces;
            return;
        }
        let style = self.styles.get(properties.style.as_deref());
        let heading = match properties.outline {
            Some(level) => (level < 9).then(|| (level + 1).min(6)),
            None => style.heading,
        };
        let marker = self.marker(&properties);
        // The number of a cell without words is all it says.
        if blank && !(self.out.is_contained() && marker.is_some()) {
            return;
        }
        if style.title && self.title.is_none() {
            self.title = Some(paragraph.words());
        }
        paragraph.kind = match (heading, marker) {
            (Some(level), marker) => {
                // The number of a heading is read with it, and has no place beside it.
                if let Some((marker, _)) = marker
                    && marker.contains(char::is_alphanumeric)
                {
                    paragraph.put_first(&format!("{marker} "));
                }
                Some(BlockKind::Heading(level))
            }
            (None, Some((marker, depth))) => {
                let depth = u8::try_from(depth + 1).unwrap_or(u8::MAX);
                Some(BlockKind::Item(depth, marker))
            }
            (None, None) if style.title => Some(BlockKind::Heading(1)),
            (None, None) if style.preformatted => Some(BlockKind::Preformatted),
            (None, None) if style.quotation => Some(BlockKind::Quotation(1)),
            (None, None) => None,
        };
        self.out.emit(Block::Paragraph(paragraph));
    }

    /// The sign before an item and how deep it lies, from 0; `None` for what is in no list.
    fn marker(&mut self, properties: &Properties) -> Option<(String, usize)> {
        let style = self.styles.get(properties.style.as_deref());
        let (by_style, style_depth) = style.numbering.unzip();
        let list = properties.list.clone().or(by_style).filter(|list| list != "0")?;
        let by_level =
            properties.style.as_deref().and_then(|style| self.numbering.depth_of(&list, style));
        let depth = properties.depth.or(style_depth.flatten()).or(by_level).unwrap_or(0);
        let marker = self.numbering.count(&list, depth)?;
        Some((marker, depth))
    }

    /// What a paragraph says of itself.
    pub(super) fn properties(&mut self, xml: &mut Xml<'_>) -> Properties {
        let mut properties = Properties::default();
        let mut open = 1_usize;
        while open > 0 {
            let Some(tag) = xml.next_tag() else {
                open -= 1;
                continue;
            };
            let value = || tag.get("val").map(|value| value.into_owned());
            match tag.name() {
                // How it was before.
                "pPrChange" | "rPrChange" | "sectPrChange" | "numberingChange" => {
                    xml.skip();
                    continue;
                }
                "sectPr" => {
                    properties.section = true;
                    xml.skip();
                    continue;
                }
                "pStyle" => properties.style = value(),
                "numId" => properties.list = value(),
                "ilvl" => properties.depth = tag.number("val"),
                "outlineLvl" => properties.outline = tag.number("val"),
                "framePr" => {
                    let kind = tag.get("dropCap");
                    properties.drop_cap = kind.is_some_and(|kind| kind != "none");
                }
                "pageBreakBefore" => properties.page = switched(&tag),
                // Inside of the properties of its end.
                "del" | "moveFrom" => properties.joined = true,
                _ => {}
            }
            open += 1;
        }
        properties
    }

    fn rows(&mut self, xml: &mut Xml<'_>, rows: &mut Vec<Row>) {
        while let Some(tag) = xml.next_tag() {
            if self.out.stops(xml) {
                return;
            }
            match tag.name() {
                "tr" => {
                    let mut row = Row { cells: Vec::new(), times: 1 };
                    let mut deleted = false;
                    let start = self.pages.place();
                    let mut end = start;
                    let outer = self.deleted;
                    self.cells(xml, &mut row, &mut deleted, (start, &mut end));
                    self.deleted = outer;
                    self.pages.go(end);
                    self.out.hold();
                    if !deleted {
                        rows.push(row);
                    }
                }
                "tblPr" | "tblGrid" | "tblPrEx" | "sdtPr" | "sdtEndPr" => xml.skip(),
                "AlternateContent" => {
                    self.alternatives(xml, |this, xml| this.rows(xml, rows));
                }
                _ => self.rows(xml, rows),
            }
        }
    }

    /// Reads the cells of a row. Each begins on the page that the row begins on; `pages` is that place, and the furthest
    /// one that a cell came to.
    fn cells(
        &mut self,
        xml: &mut Xml<'_>,
        row: &mut Row,
        deleted: &mut bool,
        pages: (Place, &mut Place),
    ) {
        let (start, end) = pages;
        while let Some(tag) = xml.next_tag() {
            match tag.name() {
                "tc" => {
                    self.pages.go(start);
                    let mut columns = 1;
                    let blocks = self.contained(|this| this.cell(xml, &mut columns));
                    *end = (*end).max(self.pages.place());
                    self.out.hold();
                    row.cells.push(Cell::new(blocks, columns));
                }
                "trPr" => {
                    while let Some(inner) = xml.next_tag() {
                        match inner.name() {
                            "gridBefore" => {
                                let columns = inner.number("val").unwrap_or(0).min(MOST_COLUMNS);
                                if columns > 0 {
                                    row.cells.push(Cell::new(Vec::new(), columns));
                                }
                            }
                            "del" => {
                                self.left.deleted += 1;
                                self.deleted += 1;
                                *deleted = true;
                            }
                            _ => {}
                        }
                        xml.skip();
                    }
                }
                "sdtPr" | "sdtEndPr" | "tblPrEx" => xml.skip(),
                _ => self.cells(xml, row, deleted, (start, end)),
            }
        }
    }

    fn cell(&mut self, xml: &mut Xml<'_>, columns: &mut u32) {
        while let Some(tag) = xml.next_tag() {
            if tag.name() != "tcPr" {
                self.block(&tag, xml);
                continue;
            }
            while let Some(inner) = xml.next_tag() {
                if inner.name() == "gridSpan" {
                    *columns = inner.number("val").unwrap_or(1).clamp(1, MOST_COLUMNS);
                }
                xml.skip();
            }
        }
    }
}
