//! The position of the view in its text: it survives another width or text size, and is stored as the reading place.

use egui::Context;

use super::{Page, Top};
use crate::notebook::ReadingPlace;

impl Page {
    /// The reading place, as the notebook stores it.
    pub fn reading(&mut self, ctx: &Context) -> ReadingPlace {
        let TextPosition { paragraph, into } = self.standing(ctx);
        let offset = if into < 0.0 { into } else { into * ReadingPlace::POINTS_A_BYTE };
        // No coordinate of a notebook is larger.
        ReadingPlace { paragraph, offset: offset.min(1e7) as f32 }
    }

    /// Begins the view at this reading place.
    pub fn set_reading(&mut self, ctx: &Context, place: ReadingPlace) {
        let paragraph = place.paragraph.min(self.text.paragraph_count().saturating_sub(1));
        let offset = if place.offset.is_finite() { f64::from(place.offset) } else { 0.0 };
        let into = if offset < 0.0 { offset } else { offset / ReadingPlace::POINTS_A_BYTE };
        self.stand(ctx, TextPosition { paragraph, into });
    }

    /// The position of the text at the upper edge of the view.
    pub(super) fn standing(&mut self, ctx: &Context) -> TextPosition {
        let paragraph = self.units.paragraph(self.top.unit);
        if self.top.offset < 0.0 {
            return TextPosition { paragraph, into: self.top.offset };
        }
        let rows = self.rows_of(ctx, self.top.unit);
        let height = f64::from(rows.line);
        let row = ((self.top.offset / height) as usize).min(rows.count() - 1);
        let bytes = rows.bytes_of(row);
        let part = self.top.offset / height - row as f64;
        let start = self.text.paragraph(paragraph).start;
        let into = (bytes.start - start) as f64 + part * bytes.len().max(1) as f64;
        TextPosition { paragraph, into }
    }

    /// Begins the view at this position of the text.
    pub(super) fn stand(&mut self, ctx: &Context, TextPosition { paragraph, into }: TextPosition) {
        if into < 0.0 {
            self.top = Top { unit: self.units.first_of(paragraph), offset: into };
            return;
        }
        let bytes = self.text.paragraph(paragraph);
        let unit = self.unit_at(bytes.start.saturating_add(into as usize).min(bytes.end));
        let rows = self.rows_of(ctx, unit);
        let height = f64::from(rows.line);
        let row = rows.row_at(bytes.start.saturating_add(into as usize).min(bytes.end));
        let bytes_of_row = rows.bytes_of(row);
        let before = (bytes_of_row.start - bytes.start) as f64;
        let part = ((into - before) / bytes_of_row.len().max(1) as f64).max(0.0);
        // Into the gap below the last row at most.
        let offset = (row as f64 + part) * height;
        self.top = Top { unit, offset: offset.min((rows.height - 1.0).max(0.0)) };
    }
}

/// The position at the upper edge of the view in terms of the text alone, so that it is the same whatever the layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextPosition {
    paragraph: usize,
    /// Bytes of the paragraph above the edge, with a fraction where the edge cuts a row; less than 0: the points of the
    /// heading below the edge.
    into: f64,
}
