//! The desk: how the notebook was left. Saved with it, but no edit: looking around is not undone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ArticleId;
use crate::text::{Text, carried};

/// How the notebook was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewState {
    /// The article whose tab is in front.
    pub article: Option<ArticleId>,
    /// Where reading stood in each article.
    pub reading: BTreeMap<ArticleId, ReadingPlace>,
    /// The part of the canvas in view; `None` until it was looked at.
    pub canvas: Option<View>,
    /// Which of its articles' files are kept beside it, from now on.
    #[serde(default)]
    pub keep_sources: KeepSources,
}

/// Which files are kept beside a notebook: a setting of the notebook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeepSources {
    /// Those whose text was taken out of a document.
    #[default]
    Documents,
    /// Plain text, too.
    All,
    /// None.
    None,
}

/// Where reading stood in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingPlace {
    /// The paragraph at the top of the view, from 0.
    pub paragraph: usize,
    /// How far into that paragraph the view begins, in points of the usual type, of which a byte of text takes
    /// [`Self::POINTS_A_BYTE`]: so it means the same words in any type and width. Less than 0: points of what stands
    /// above the first paragraph.
    pub offset: f32,
}

impl ReadingPlace {
    /// About what a byte of text takes when rows hold 70 characters of 17 points; no f32 loses a part of it.
    pub const POINTS_A_BYTE: f64 = 0.375;

    /// The same place in what became of the text: at the same sentence, or the next one that is still there.
    #[must_use]
    pub fn carried(self, old: &Text, new: &Text) -> Self {
        if self.offset < 0.0 && self.paragraph == 0 {
            return self;
        }
        let paragraph = old.paragraph(self.paragraph.min(old.paragraph_count().saturating_sub(1)));
        let byte = paragraph.start.saturating_add(self.bytes_above()).min(paragraph.end);
        let there = carried(old, new, byte);
        let number = new.paragraph_at(there);
        let above = there.saturating_sub(new.paragraph(number).start);
        #[allow(clippy::cast_precision_loss, reason = "a place on the screen")]
        let offset = (above as f64 * Self::POINTS_A_BYTE).min(1e7) as f32;
        Self { paragraph: number, offset }
    }

    /// How many bytes of the paragraph lie above the view.
    #[must_use]
    pub fn bytes_above(self) -> usize {
        (f64::from(self.offset.max(0.0)) / Self::POINTS_A_BYTE) as usize
    }
}

/// The part of the canvas in view.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// The canvas point at the middle of the view, in canvas units.
    pub x: f32,
    /// The same, downwards.
    pub y: f32,
    /// Points on screen for one canvas unit.
    pub zoom: f32,
}
