//! The words in a paragraph of a Word file: runs, fields, boxes, formulas, references.

use super::notes::NoteKind;
use super::state::{Field, Line, Run, State};
use super::styles::{font, switched};
use crate::article::format::office::fields::shown_by;
use crate::article::format::office::flow::{Block, Paragraph};
use crate::article::format::office::symbols::SymbolFont;
use crate::foreign::xml::{Tag, Xml};

/// The most of a field's instruction that is kept, in bytes.
const LONGEST_INSTRUCTION: usize = 4096;
/// The most fields that may lie in one another.
const MOST_FIELDS: usize = 64;

impl State<'_> {
    /// Reads the words in an element.
    pub(super) fn inline(&mut self, xml: &mut Xml<'_>, line: &mut Line) {
        while let Some(tag) = xml.next_tag() {
            self.inline_element(&tag, xml, line);
        }
    }

    /// Reads an element in a paragraph. What is unknown is gone into: only the elements that hold words say any.
    pub(super) fn inline_element(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, line: &mut Line) {
        match tag.name() {
            "r" => {
                let outer = std::mem::replace(&mut self.run, line.run.clone());
                self.inline(xml, line);
                self.end_mark(line);
                self.run = outer;
            }
            "rPr" => self.run_properties(xml),
            "pPr" => {
                line.properties = self.properties(xml);
                let style = self.styles.get(line.properties.style.as_deref());
                line.run = Run::of(&style);
                if line.properties.page {
                    self.pages.put();
                }
            }
            "t" => {
                let words = self.words(tag, xml);
                self.say(line, &words);
            }
            "tab" | "ptab" => {
                self.say(line, "\t");
                xml.skip();
            }
            "br" => {
                if tag.get("type").as_deref() == Some("page") {
                    self.pages.put();
                }
                self.end_line(line);
                xml.skip();
            }
            "cr" => {
                self.end_line(line);
                xml.skip();
            }
            "noBreakHyphen" => {
                self.say(line, "\u{2011}");
                xml.skip();
            }
            "lastRenderedPageBreak" => {
                self.pages.seen();
                xml.skip();
            }
            "sym" | "symEx" => {
                let sign = symbol(tag);
                self.say(line, &sign);
                xml.skip();
            }
            "fldChar" => self.field(tag, xml, line),
            "instrText" => {
                let words = xml.words();
                if let Some(field) = self.fields.last_mut()
                    && field.instruction.len() + words.len() <= LONGEST_INSTRUCTION
                {
                    field.instruction.push_str(&words);
                }
            }
            "footnoteReference" | "endnoteReference" => self.reference(tag, xml, line),
            "commentReference" => {
                self.left.comments += 1;
                xml.skip();
            }
            "del" | "moveFrom" => {
                self.left.deleted += usize::from(tag.name() == "del");
                self.deleted += 1;
                self.inline(xml, line);
                self.deleted -= 1;
            }
            "ruby" => self.ruby(xml, line),
            "oMath" | "oMathPara" => self.formula(xml, line, &mut ""),
            "txbxContent" => self.text_box(|this| this.blocks(xml)),
            // A drawing's own paragraphs.
            "txBody" => {
                let words = drawn(xml);
                self.text_box(|this| this.lines(words));
            }
            "relIds" => {
                // Each diagram is shown once.
                let words = tag.get("dm").and_then(|id| self.diagrams.remove(&*id));
                self.text_box(|this| this.lines(words.unwrap_or_default()));
                xml.skip();
            }
            "AlternateContent" => {
                self.alternatives(xml, |this, xml| this.inline(xml, line));
            }
            "subDoc" | "altChunk" => {
                self.left.files = true;
                xml.skip();
            }
            "delText" | "delInstrText" | "sdtPr" | "sdtEndPr" | "smartTagPr" | "customXmlPr"
            | "rubyPr" | "fldData" | "softHyphen" => xml.skip(),
            _ => self.inline(xml, line),
        }
    }

    /// The words of a run. Without `xml:space="preserve"` line ends at their edges are only how the file was laid out.
    fn words(&self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> String {
        let mut words = xml.words();
        if tag.get("space").as_deref() != Some("preserve") && words.contains('\n') {
            words = words.trim().to_owned();
        }
        if words.contains(|c| matches!(c, '\u{f020}'..='\u{f0ff}'))
            && let Some(font) = self.run.font
        {
            let meant = |c| if matches!(c, '\u{f020}'..='\u{f0ff}') { font.meant(c) } else { c };
            words = words.chars().map(meant).collect();
        }
        words
    }

    fn run_properties(&mut self, xml: &mut Xml<'_>) {
        while let Some(tag) = xml.next_tag() {
            match tag.name() {
                "rStyle" => {
                    let style = self.styles.get(tag.get("val").as_deref());
                    self.run.hidden |= style.hidden;
                    self.run.font = style.font.or(self.run.font);
                    if style.language.is_some() {
                        self.run.language = style.language;
                    }
                }
                "vanish" => self.run.hidden = switched(&tag),
                "rFonts" => self.run.font = font(&tag).unwrap_or(self.run.font),
                "lang" => {
                    if let Some(language) = tag.get("val") {
                        self.run.language = Some(language.into_owned());
                    }
                }
                _ => {}
            }
            xml.skip();
        }
    }

    /// A reference to a note.
    fn reference(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, line: &mut Line) {
        let kind = if tag.name() == "footnoteReference" { NoteKind::Foot } else { NoteKind::End };
        let key = (kind, tag.get("id").unwrap_or_default().into_owned());
        let own = tag.get("customMarkFollows").is_some_and(|on| super::styles::is_on(&on));
        if own && self.deleted == 0 {
            line.mark = Some((key, String::new()));
        } else {
            self.refer(line, &key, "");
        }
        xml.skip();
    }

    /// At the end of a run: what it said is the own mark of the note it refers to.
    fn end_mark(&mut self, line: &mut Line) {
        if let Some((key, mark)) = line.mark.take() {
            self.refer(line, &key, mark.trim());
        }
    }

    fn field(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, line: &mut Line) {
        match tag.get("fldCharType").as_deref() {
            Some("begin") => {
                let shown = form_field(xml);
                if self.fields.len() < MOST_FIELDS {
                    let field = Field { shown, said: self.said, ..Field::default() };
                    self.fields.push(field);
                }
                return;
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                    field.said = self.said;
                }
            }
            Some("end") => {
                if let Some(field) = self.fields.pop()
                    && field.said == self.said
                {
                    let shown = shown_by(&field.instruction).unwrap_or(field.shown);
                    self.left.formulas |= field.instruction.trim_start().starts_with("EQ ");
                    self.say(line, &shown);
                }
            }
            _ => {}
        }
        xml.skip();
    }

    /// Words with how they are read beside them: the words first.
    fn ruby(&mut self, xml: &mut Xml<'_>, line: &mut Line) {
        let (mut base, mut reading) = (Paragraph::default(), Paragraph::default());
        while let Some(tag) = xml.next_tag() {
            let place = match tag.name() {
                "rubyBase" => &mut base,
                "rt" => &mut reading,
                _ => {
                    xml.skip();
                    continue;
                }
            };
            std::mem::swap(&mut line.paragraph, place);
            self.inline(xml, line);
            std::mem::swap(&mut line.paragraph, place);
        }
        line.paragraph.pieces.append(&mut base.pieces);
        if !reading.is_blank() {
            line.paragraph.push("(");
            line.paragraph.push(reading.words().trim());
            line.paragraph.push(")");
        }
    }

    /// Reads a box: it is written after the paragraph that it is in.
    fn text_box(&mut self, read: impl FnOnce(&mut Self)) {
        self.pages.aside += 1;
        let blocks = self.contained(read);
        self.pages.aside -= 1;
        self.after.extend(blocks);
    }

    /// Paragraphs that are only words.
    fn lines(&mut self, lines: Vec<String>) {
        for words in lines {
            let mut line = Line::default();
            self.say(&mut line, &words);
            if !line.paragraph.is_blank() {
                self.out.emit(Block::Paragraph(line.paragraph));
            }
        }
    }
}

/// What a symbol is: `w:sym` names a font and a place in it.
fn symbol(tag: &Tag<'_>) -> String {
    let code = tag.get("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
    let Some(c) = code.and_then(char::from_u32) else { return String::new() };
    let font = tag.get("font").and_then(|name| SymbolFont::named(&name));
    font.map_or(c, |font| font.meant(c)).to_string()
}

/// The paragraphs of a drawing.
pub(super) fn drawn(xml: &mut Xml<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open = 1_usize;
    while open > 0 {
        let Some(tag) = xml.next_tag() else {
            open -= 1;
            if xml.is_ended() {
                break;
            }
            continue;
        };
        match tag.name() {
            "t" if tag.prefix() != "dgm" => {
                let words = xml.words();
                match lines.last_mut() {
                    Some(line) => line.push_str(&words),
                    None => lines.push(words),
                }
                continue;
            }
            "p" => lines.push(String::new()),
            "br" => {
                if let Some(line) = lines.last_mut() {
                    line.push(' ');
                }
            }
            _ => {}
        }
        open += 1;
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// What a field of a form shows where it has no result: the entry that is chosen, or a box.
fn form_field(xml: &mut Xml<'_>) -> String {
    let (mut entries, mut chosen, mut ticked, mut kind) = (Vec::new(), 0_usize, None, "");
    let mut open = 1_usize;
    while open > 0 {
        let Some(tag) = xml.next_tag() else {
            open -= 1;
            continue;
        };
        match tag.name() {
            "ddList" => kind = "list",
            "checkBox" => kind = "box",
            "result" => chosen = tag.number("val").unwrap_or(0),
            "listEntry" if entries.len() < 1000 => {
                entries.push(tag.get("val").unwrap_or_default().into_owned());
            }
            "default" if kind == "box" => {
                ticked.get_or_insert(switched(&tag));
            }
            "checked" => ticked = Some(switched(&tag)),
            _ => {}
        }
        open += 1;
    }
    match kind {
        "list" => entries.get(chosen).cloned().unwrap_or_default(),
        "box" if ticked == Some(true) => "☒".to_owned(),
        "box" => "☐".to_owned(),
        _ => String::new(),
    }
}
