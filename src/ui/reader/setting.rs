//! How paragraphs are set that are more than words: headings, items, quotations, rows, notes.

use super::metrics::{FaceOf, Metrics};
use crate::text::{BlockKind, Structure};

/// From one level of a list or quotation to the next, as a multiple of the letters' size.
const STEP: f32 = 1.5;
/// The deepest level that is indented further.
const DEEPEST: u8 = 6;

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Set {
    /// Its face.
    pub face: FaceOf,
    /// From the column's edge to its words, in points.
    pub indent: f32,
    /// It stands close to the paragraph that follows.
    pub close: bool,
    /// Tabs stand between cells in it, and are no signs to be shown.
    pub cells: bool,
}

impl Set {
    /// How the line of a text is set.
    pub fn of(structure: &Structure, line: u32, metrics: &Metrics) -> Self {
        let Some(kind) = structure.kind_of(line) else { return Self::default() };
        let step = |depth: u8| f32::from(depth.clamp(1, DEEPEST)) * STEP * metrics.body.font.size;
        let (face, indent) = match kind {
            BlockKind::Heading(1 | 2) => (FaceOf::Heading, 0.0),
            BlockKind::Heading(_) => (FaceOf::Subheading, 0.0),
            BlockKind::Item(depth, _) | BlockKind::Quotation(depth) => (FaceOf::Body, step(*depth)),
            BlockKind::Row => (FaceOf::Body, 0.0),
            BlockKind::Note => (FaceOf::Note, 0.0),
            BlockKind::Preformatted => (FaceOf::Code, 0.0),
        };
        // A narrow pane keeps room for words.
        let indent = indent.min(metrics.column * 0.4).round();
        let close = matches!(kind, BlockKind::Item(..) | BlockKind::Row | BlockKind::Preformatted);
        Self { face, indent, close, cells: *kind == BlockKind::Row }
    }
}
