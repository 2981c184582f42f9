//! What the timeline shows, and which part of it was in view.

use serde::{Deserialize, Serialize};

use crate::timeline::LaneBy;

/// What the timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimelineSettings {
    /// What its lanes are made by.
    pub lanes: LaneBy,
    /// Whether statements stand on it, on the day of their article.
    pub statements: bool,
}

impl Default for TimelineSettings {
    fn default() -> Self {
        Self { lanes: LaneBy::None, statements: true }
    }
}

/// The part of a notebook's timeline that was in view last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimelinePlace {
    /// The moment in the middle, in seconds since 1970.
    pub centre: f64,
    /// Seconds of one point.
    pub scale: f64,
    /// How far down it was scrolled, in points.
    pub scroll: f32,
}

impl TimelinePlace {
    /// Whether it can be shown: a settings file may hold anything.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.centre.is_finite()
            && self.scale.is_finite()
            && self.scale > 0.0
            && self.scroll.is_finite()
            && self.scroll >= 0.0
    }
}
