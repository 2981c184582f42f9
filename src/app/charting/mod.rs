//! Charting: links, positions, groups and note cards, filter and focus, named views, and the clipboard.

pub(in crate::app) use align::placed_by_hand;

mod align;
mod arranging;
mod clipboard;
mod exploring;
mod groups;
mod intent;
mod linking;
mod named_views;
mod placing;

pub use arranging::{Arrangement, Arranging};
pub use exploring::Exploration;
pub use groups::{joining, writing_field};
pub use intent::ChartingIntent;

use super::{Book, OnCanvas};
use crate::notebook::{Desk, View};

/// What the canvas shows, and how.
#[derive(Debug, Default)]
pub(super) struct Charting {
    /// The part of the canvas in view.
    view: Option<View>,
    /// What the canvas is asked to bring into view, with a serial that grows with every request.
    show: Option<(u64, OnCanvas)>,
    exploration: Exploration,
    /// The arrangement that is shown on the canvas and not yet in the notebook.
    arranging: Option<Arranging>,
}

impl Charting {
    /// As a notebook was left.
    pub(super) fn new(desk: &Desk) -> Self {
        Self { view: desk.canvas, ..Self::default() }
    }

    /// Notes how the canvas is being left.
    pub(super) fn leave(&self, desk: &mut Desk) {
        desk.canvas = self.view;
    }
}

impl Book {
    /// What the canvas is asked to bring into view, with a serial that grows with every request.
    #[must_use]
    pub const fn show(&self) -> Option<(u64, OnCanvas)> {
        self.charting.show
    }

    /// The part of the canvas in view, as it is kept with the notebook.
    #[must_use]
    pub const fn canvas_view(&self) -> Option<View> {
        self.charting.view
    }
}
