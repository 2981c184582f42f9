//! One row of text, laid out: where its characters stand, and which character stands at a place.
//!
//! A row without right-to-left letters is one galley; any other is a galley for each word, in visual order.
//! Nothing here slices a text by a galley's counts: a galley whose glyphs do not match its characters is
//! divided evenly among its graphemes.

use std::ops::Range;
use std::sync::Arc;

use egui::Galley;
use unicode_segmentation::UnicodeSegmentation as _;

use super::hidden_characters::Sign;

/// A row of text.
#[derive(Clone, Debug)]
pub struct Line {
    /// Bytes of the article's text, the spaces at the row's end included.
    pub bytes: Range<usize>,
    /// The last row of its paragraph.
    pub ends_paragraph: bool,
    /// From left to right, as they stand.
    pub pieces: Vec<Piece>,
    /// The characters that cannot be seen, by the byte where each starts.
    pub signs: Vec<(usize, Sign)>,
}

/// A stretch of a row that was laid out on its own.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What to paint; `None` for mere space.
    pub galley: Option<Arc<Galley>>,
    /// Its left edge, in points from the left of the column.
    pub x: f32,
    /// The width, in points.
    pub width: f32,
    /// Bytes of the article's text.
    pub bytes: Range<usize>,
    /// Whether the piece is read from right to left.
    pub rtl: bool,
}

impl Piece {
    /// Where a character of this piece starts; its far end for the byte after the last. `text`: the article's.
    fn x_of(&self, text: &str, byte: usize) -> f32 {
        let Some(words) = text.get(self.bytes.clone()) else { return self.x };
        let before = byte.clamp(self.bytes.start, self.bytes.end) - self.bytes.start;
        let head = &words[..words.floor_char_boundary(before)];
        if let Some(row) = self.row_of_characters(words) {
            let at = head.chars().count();
            return self.x + row.glyphs.get(at).map_or(self.width, |glyph| glyph.pos.x);
        }
        let all = words.graphemes(true).count().max(1) as f32;
        let part =
            if before >= words.len() { 1.0 } else { head.graphemes(true).count() as f32 / all };
        self.x + self.width * if self.rtl { 1.0 - part } else { part }
    }

    /// The galley's row, where it has one glyph for each character, from left to right.
    fn row_of_characters(&self, words: &str) -> Option<&egui::epaint::text::Row> {
        let row = self
            .galley
            .as_ref()
            .filter(|galley| !self.rtl && galley.rows.len() == 1)?
            .rows
            .first()?;
        (row.glyphs.len() == words.chars().count()).then_some(&row.row)
    }

    /// The graphemes of this piece with the places where they stand: bytes, left, right.
    pub fn graphemes<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, f32, f32)> + 'a {
        let words = text.get(self.bytes.clone()).unwrap_or("");
        let row = self.row_of_characters(words);
        let all = words.graphemes(true).count().max(1) as f32;
        let mut characters = 0;
        words.grapheme_indices(true).enumerate().map(move |(i, (start, grapheme))| {
            let bytes = self.bytes.start + start..self.bytes.start + start + grapheme.len();
            let (near, far) = if let Some(row) = row {
                let x = |at: usize| row.glyphs.get(at).map_or(self.width, |glyph| glyph.pos.x);
                let near = x(characters);
                characters += grapheme.chars().count();
                (near, x(characters))
            } else {
                let (a, b) = (i as f32 / all * self.width, (i + 1) as f32 / all * self.width);
                if self.rtl { (self.width - a, self.width - b) } else { (a, b) }
            };
            (bytes, self.x + near, self.x + far)
        })
    }
}

impl Line {
    /// Where the text cursor stands before this byte, in points from the left of the column.
    #[must_use]
    pub fn x_of(&self, text: &str, byte: usize) -> f32 {
        let holds = |piece: &&Piece| piece.bytes.start <= byte && byte < piece.bytes.end;
        if let Some(piece) = self.pieces.iter().find(holds) {
            return piece.x_of(text, byte);
        }
        // At the end of the row: behind its last character as it is read.
        let last = self.pieces.iter().max_by_key(|piece| piece.bytes.end);
        last.map_or(0.0, |piece| piece.x_of(text, piece.bytes.end))
    }

    /// The stretches that these bytes take on the row: left and right, touching ones joined.
    #[must_use]
    pub fn spans(&self, text: &str, range: &Range<usize>) -> Vec<(f32, f32)> {
        let mut spans: Vec<(f32, f32)> = Vec::new();
        for piece in &self.pieces {
            let start = range.start.max(piece.bytes.start);
            let end = range.end.min(piece.bytes.end);
            if start >= end {
                continue;
            }
            let (a, b) = (piece.x_of(text, start), piece.x_of(text, end));
            let (left, right) = (a.min(b), a.max(b));
            match spans.last_mut() {
                Some(last) if (last.1 - left).abs() < 0.75 => last.1 = right,
                _ => spans.push((left, right)),
            }
        }
        spans
    }

    /// Whether its last words read from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.pieces.iter().max_by_key(|piece| piece.bytes.end).is_some_and(|piece| piece.rtl)
    }

    /// The left and right end of what stands on the row.
    #[must_use]
    pub fn ends(&self) -> (f32, f32) {
        let left = self.pieces.first().map_or(0.0, |piece| piece.x);
        (left, self.pieces.last().map_or(left, |piece| piece.x + piece.width))
    }

    /// The grapheme boundary nearest to a place, the row's end included.
    #[must_use]
    pub fn nearest(&self, text: &str, x: f32) -> usize {
        let distance = |piece: &&Piece| {
            let d = (piece.x - x).max(x - (piece.x + piece.width)).max(0.0);
            (d * 64.0) as u64
        };
        let Some(piece) = self.pieces.iter().min_by_key(distance) else { return self.bytes.start };
        let mut best = (f32::INFINITY, piece.bytes.start);
        for (bytes, near, far) in piece.graphemes(text) {
            for (place, byte) in [(near, bytes.start), (far, bytes.end)] {
                if (place - x).abs() < best.0 {
                    best = ((place - x).abs(), byte);
                }
            }
        }
        best.1
    }

    /// Where the spaces at the row's end begin.
    #[must_use]
    pub fn inked_end(&self, text: &str) -> usize {
        let words = text.get(self.bytes.clone()).unwrap_or("");
        self.bytes.start + words.trim_end().len()
    }

    /// The last byte where the cursor shows on this row: before the spaces at its end, unless the paragraph ends.
    #[must_use]
    pub fn last_place(&self, text: &str) -> usize {
        if self.ends_paragraph {
            return self.bytes.end;
        }
        let words = text.get(self.bytes.clone()).unwrap_or("");
        let inked = words.trim_end();
        if inked.len() < words.len() {
            return self.bytes.start + inked.len();
        }
        // No space at the end: the byte after the row's last grapheme would show on the next row.
        let last = inked.grapheme_indices(true).next_back().map_or(0, |(i, _)| i);
        self.bytes.start + last
    }

    /// The grapheme under a place, if there is one.
    #[must_use]
    pub fn under(&self, text: &str, x: f32) -> Option<Range<usize>> {
        let piece = self.pieces.iter().find(|p| p.x <= x && x < p.x + p.width)?;
        piece.graphemes(text).find(|(_, a, b)| a.min(*b) <= x && x < a.max(*b)).map(|found| found.0)
    }
}
