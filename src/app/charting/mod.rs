//! Charting: links, positions, groups and note cards, filter and focus, named views, and the clipboard; and which part of the
//! canvas and of the timeline is in view.

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
pub use named_views::NameView;

use super::{OpenNotebook, TimelinePlace};
use crate::notebook::{View, ViewState};

/// The state of the canvas.
#[derive(Debug, Default)]
pub(super) struct Charting {
    /// The part of the canvas in view.
    view: Option<View>,
    /// How much wider than high the room on screen is, once there is one.
    aspect: Option<f32>,
    /// The part of the timeline in view, once the user has chosen it.
    timeline: Option<TimelinePlace>,
    exploration: Exploration,
    /// The arrangement that is shown on the canvas but not yet in the notebook.
    arranging: Option<Arranging>,
}

impl Charting {
    /// The state in which a notebook was left.
    pub(super) fn new(desk: &ViewState) -> Self {
        Self { view: desk.canvas, ..Self::default() }
    }

    /// Stores the state of the canvas in the view state.
    pub(super) fn leave(&self, desk: &mut ViewState) {
        desk.canvas = self.view;
    }
}

impl OpenNotebook {
    /// The part of the canvas in view, as stored with the notebook.
    #[must_use]
    pub const fn canvas_view(&self) -> Option<View> {
        self.charting.view
    }

    /// The part of the timeline in view, once the user has chosen it.
    #[must_use]
    pub const fn timeline_place(&self) -> Option<TimelinePlace> {
        self.charting.timeline
    }

    /// Restores the part of the timeline that was in view.
    pub(super) const fn set_timeline_place(&mut self, place: Option<TimelinePlace>) {
        self.charting.timeline = place;
    }
}
