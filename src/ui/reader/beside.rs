//! What stands beside the rows and is no part of the text: the signs of items, the bars of quotations, the rules of
//! tables, and the numbers of pages.

use egui::{Align2, CornerRadius, FontId, Rect, pos2, vec2};

use super::metrics::FaceOf;
use super::page::{Page, Placed};
use super::paint::Frame;
use super::setting::Set;
use crate::text::BlockKind;

impl Frame<'_> {
    /// Draws what stands beside the rows: the signs of items, the bars of quotations, rules between a table's rows, and
    /// the numbers of pages where they begin.
    pub fn beside(&self, page: &Page, right: f32) {
        if page.structure().is_empty() {
            return;
        }
        for placed in self.lines {
            let (line, kind) = page.kind_of(placed.unit);
            let first = placed.line.bytes.start == page.unit_bytes(placed.unit).start;
            let indent = Set::of(page.structure(), line, self.metrics).indent;
            let top = self.origin.y + placed.y;
            match kind {
                Some(BlockKind::Item(_, sign)) if first && !sign.is_empty() => {
                    let face = self.metrics.face(FaceOf::Body);
                    let at = pos2(self.origin.x + indent - face.font.size * 0.5, top + placed.drop);
                    self.painter.text(
                        at,
                        Align2::RIGHT_TOP,
                        crate::text::shown_line(sign),
                        face.font.clone(),
                        self.style.muted,
                    );
                }
                Some(BlockKind::Quotation(_)) => {
                    let x = self.origin.x + indent - self.metrics.body.font.size * 0.75;
                    let bar = Rect::from_min_size(pos2(x, top), vec2(2.0, placed.height));
                    self.painter.rect_filled(self.snap(bar), CornerRadius::ZERO, self.style.lines);
                }
                Some(BlockKind::Row) if placed.line.ends_paragraph => {
                    let y = top + placed.height;
                    let rule =
                        Rect::from_min_size(pos2(self.origin.x, y), vec2(self.metrics.column, 1.0));
                    self.painter.rect_filled(self.snap(rule), CornerRadius::ZERO, self.style.lines);
                }
                _ => {}
            }
            self.page_numbers(page, placed, line, right);
        }
    }

    /// The numbers of the pages that begin in a row, at the right of the column.
    fn page_numbers(&self, page: &Page, placed: &Placed, line: u32, right: f32) {
        let begins = page.structure().pages_in(line);
        if begins.is_empty() {
            return;
        }
        let paragraph = page.text().paragraph(line as usize);
        let font = FontId::proportional((self.metrics.body.font.size * 0.7).round());
        for begin in begins {
            let words = page.text().get(paragraph.clone()).unwrap_or("");
            let into: usize =
                words.chars().take(begin.column as usize).map(char::len_utf8).sum::<usize>();
            let byte = paragraph.start + into;
            let here = placed.line.bytes.start <= byte
                && (byte < placed.line.bytes.end || placed.line.ends_paragraph);
            if !here {
                continue;
            }
            let y = self.origin.y + placed.y + placed.height / 2.0;
            let label = self.painter.layout_no_wrap(
                crate::text::shown_line(&begin.label).into_owned(),
                font.clone(),
                self.style.muted,
            );
            let x = (self.origin.x + self.metrics.column + 10.0).min(right - label.size().x - 2.0);
            let height = label.size().y;
            self.painter.galley(pos2(x, y - height / 2.0), label, self.style.muted);
            // Inside a line, a mark where the page turns.
            if into > 0 {
                let at = placed.line.x_of(self.text, byte);
                let mark = Rect::from_min_size(
                    pos2(self.origin.x + at - 0.5, self.origin.y + placed.y + placed.band.0),
                    vec2(1.0, placed.band.1 - placed.band.0),
                );
                self.painter.rect_filled(self.snap(mark), CornerRadius::ZERO, self.style.muted);
            }
        }
    }
}
