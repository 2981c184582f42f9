//! What the user chose to draw.

use crate::app::TimelineSettings;
use crate::export::Scope;
use crate::picture::{Format, Look};

/// What is to be drawn, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureChoice {
    /// The timeline, so set, and not the canvas.
    pub timeline: Option<TimelineSettings>,
    /// The part of the canvas.
    pub scope: Scope,
    /// The format of the file.
    pub format: Format,
    /// How it is drawn.
    pub look: Look,
}
