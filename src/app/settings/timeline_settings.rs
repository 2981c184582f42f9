//! What the timeline shows.

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
