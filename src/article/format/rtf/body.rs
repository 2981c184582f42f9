//! What the control words of a Rich Text file do to its text: paragraphs, lists, tables, signs.

use super::charset::Charset;
use super::frame::{Frame, FrameKind};
use super::groups::{Destination, Group, Setting, character};
use super::header::level;
use super::reader::Reader;
use crate::article::format::office::flow::Block;
use crate::article::format::office::symbols::bullet;
use crate::text::BlockKind;

/// The longest sign of a list that is typed, in characters.
const LONGEST_SIGN: usize = 8;

impl Reader<'_> {
    /// A control word that sets something or stands for a sign.
    pub(super) fn apply(&mut self, name: &str, number: Option<i32>) {
        let on = number != Some(0);
        if let Some(sign) = character(name) {
            self.take_sign(sign);
            return;
        }
        let default_font = self.header.default_font;
        let Some(group) = self.groups.last_mut() else { return };
        let setting = &mut group.setting;
        match name {
            "f" => group.font = number.unwrap_or(0),
            "plain" => {
                group.font = default_font;
                group.hidden = false;
                group.deleted = false;
                group.language = 0;
            }
            "v" => group.hidden = on,
            "deleted" => group.deleted = on,
            "lang" => group.language = number.unwrap_or(0),
            "uc" => group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "pard" => *setting = Setting::default(),
            "s" => setting.style = number.unwrap_or(0),
            "outlinelevel" => setting.outline = number,
            "ilvl" => setting.depth = number,
            "li" | "lin" => setting.left = number.unwrap_or(0),
            "fi" => setting.first = number.unwrap_or(0),
            "intbl" => setting.in_table = true,
            "itap" => {
                setting.tables = number;
                setting.in_table = number.is_some_and(|depth| depth > 0);
            }
            "deff" => {
                self.header.default_font = number.unwrap_or(0);
                group.font = number.unwrap_or(0);
            }
            "deflang" => self.set_default_language(number.unwrap_or(0)),
            "ansi" => self.header.usual = Charset::USUAL,
            "mac" => self.usual(10_000),
            "pc" => self.usual(437),
            "pca" => self.usual(850),
            "ansicpg" => self.usual(number.unwrap_or(1252)),
            "field" => self.begin_field(),
            "tab" => self.tab(),
            "line" | "lbr" | "page" | "column" => self.end_line(),
            // The next paragraph goes on in its line.
            "par" if group.deleted => {}
            "par" | "sect" => {
                let depth = group.setting.table_depth();
                self.end_paragraph(depth);
            }
            "cell" => self.end_cell(1),
            "nestcell" => {
                let depth = group.setting.table_depth().max(2);
                self.end_cell(depth);
            }
            "row" => self.end_row(1),
            "nestrow" => {
                let depth = group.setting.table_depth().max(2);
                self.end_row(depth);
            }
            "chftn" => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.numbered = true;
                }
            }
            // Parts of a formula.
            "mden" => self.take_sign("/"),
            "msup" => self.take_sign("^"),
            "msub" => self.take_sign("_"),
            _ => {}
        }
    }

    fn usual(&mut self, page: i32) {
        self.header.usual = Charset::of_page(page).unwrap_or(Charset::USUAL);
    }

    fn shows(&self) -> bool {
        let shown = |group: &Group| {
            group.destination == Destination::Body && !group.hidden && !group.deleted
        };
        self.groups.last().is_some_and(shown)
    }

    fn end_line(&mut self) {
        if self.shows()
            && let Some(frame) = self.frames.last_mut()
        {
            frame.line.end_line();
        }
    }

    /// A tab; after the sign of a list that is typed it parts that from the item.
    fn tab(&mut self) {
        let hanging = self.groups.last().is_some_and(|group| group.setting.first < 0);
        if self.shows()
            && hanging
            && let Some(frame) = self.frames.last_mut()
            && frame.marker.is_none()
            && is_sign(frame.line.words().trim())
        {
            let words = std::mem::take(&mut frame.line).words();
            frame.marker = Some(words);
            return;
        }
        self.take_sign("\t");
    }

    /// Ends a paragraph that lies in so many tables.
    fn end_paragraph(&mut self, depth: usize) {
        if self.groups.last().is_some_and(|group| group.destination != Destination::Body) {
            return;
        }
        let setting = self.groups.last().map(|group| group.setting.clone()).unwrap_or_default();
        let Some(frame) = self.frames.last_mut() else { return };
        let mut paragraph = std::mem::take(&mut frame.line);
        let marker = frame.marker.take();
        let marker = marker.map(|marker| bullet(None, &marker)).filter(|m| !m.is_empty());
        let blank = paragraph.is_blank();
        let (meaning, by_style) = self.header.style(setting.style);
        let heading = setting.outline.map_or(by_style, level);
        if !blank || (depth > 0 && marker.is_some()) {
            if meaning.title && self.heading.is_none() {
                self.heading = Some(paragraph.words());
            }
            paragraph.kind = match (heading, marker) {
                (Some(level), marker) => {
                    // The number of a heading is read with it, and has no place beside it.
                    if let Some(marker) = marker
                        && marker.contains(char::is_alphanumeric)
                    {
                        paragraph.put_first(&format!("{marker} "));
                    }
                    Some(BlockKind::Heading(level))
                }
                (None, Some(marker)) => Some(BlockKind::Item(list_depth(frame, &setting), marker)),
                (None, None) if meaning.title => Some(BlockKind::Heading(1)),
                (None, None) if meaning.preformatted => Some(BlockKind::Preformatted),
                (None, None) if meaning.quotation => Some(BlockKind::Quotation(1)),
                (None, None) => None,
            };
            // A further paragraph of an item stands as far from the edge as that.
            frame.edges.retain(|edge| *edge <= setting.left);
            frame.put(Block::Paragraph(paragraph), depth);
            self.out.hold();
        }
        for block in std::mem::take(&mut frame.after) {
            frame.put(block, depth);
        }
        self.write();
    }

    fn end_cell(&mut self, depth: usize) {
        self.end_paragraph(depth);
        if let Some(frame) = self.frames.last_mut() {
            frame.end_cell(depth);
            self.out.hold();
        }
    }

    fn end_row(&mut self, depth: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.end_row(depth);
            self.out.hold();
        }
    }

    /// Ends the text, note or box that is being read; `outer` is the group it stands in.
    pub(super) fn end_frame(&mut self, group: &Group) {
        self.groups.push(Group { destination: Destination::Body, ..group.clone() });
        let waits = self.frames.last().is_some_and(|frame| !frame.line.is_blank());
        if waits {
            self.end_paragraph(group.setting.table_depth());
        }
        self.groups.pop();
        let Some(mut frame) = self.frames.pop() else { return };
        frame.end();
        match std::mem::replace(&mut frame.kind, FrameKind::Main) {
            FrameKind::Main => {
                frame.done.append(&mut frame.after);
                self.frames.push(frame);
                self.write();
            }
            // One that is hidden has no label.
            FrameKind::Note(label) if label.is_empty() => {}
            FrameKind::Note(label) => {
                self.out.keep(frame.done.len());
                self.notes.push((label, frame.done));
            }
            FrameKind::Box => {
                frame.done.append(&mut frame.after);
                if let Some(outer) = self.frames.last_mut() {
                    outer.after.append(&mut frame.done);
                }
            }
        }
    }

    /// Writes what is complete.
    fn write(&mut self) {
        if let [frame] = self.frames.as_mut_slice() {
            for block in frame.done.drain(..) {
                self.out.emit(block);
            }
        }
    }
}

/// How deep an item lies, from 1: as it says, or by how far it stands from the edge.
fn list_depth(frame: &mut Frame, setting: &Setting) -> u8 {
    if let Some(depth) = setting.depth {
        return u8::try_from(depth.clamp(0, 100) + 1).unwrap_or(1);
    }
    frame.edges.retain(|edge| *edge < setting.left);
    frame.edges.push(setting.left);
    u8::try_from(frame.edges.len()).unwrap_or(u8::MAX)
}

/// Whether words are such as stand before an item: “3.”, “(a)”, “•”.
fn is_sign(words: &str) -> bool {
    if words.is_empty() || words.chars().count() > LONGEST_SIGN {
        return false;
    }
    let bare = words.trim_start_matches('(').trim_end_matches(['.', ')']);
    let closed = bare.len() < words.len() && words.ends_with(['.', ')']);
    let short = bare.chars().count() <= 3 && bare.chars().all(char::is_alphanumeric);
    let roman = bare.chars().all(|c| "ivxlcIVXLC".contains(c));
    let typed = matches!(words, "•" | "–" | "—" | "-" | "·" | "◦" | "▪" | "*" | "o" | "\u{f0b7}");
    typed || (closed && !bare.is_empty() && (short || roman))
}
