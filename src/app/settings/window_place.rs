//! The position of the window when it was closed.

use serde::{Deserialize, Serialize};

/// The position of the window, in logical units: points without Casebook's own zoom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowPlace {
    /// Width and height inside its frame, while it was not maximised.
    pub size: (f32, f32),
    /// The upper left corner of its frame, if the desktop reports it: Wayland does not.
    pub position: Option<(f32, f32)>,
    /// Whether it was maximised.
    pub maximised: bool,
}

impl WindowPlace {
    /// The smallest window in which everything can be reached: width and height.
    pub const LEAST: (f32, f32) = (760.0, 480.0);

    /// The valid part of it, whatever a file contains; `None` if the size is invalid.
    #[must_use]
    pub fn sane(self) -> Option<Self> {
        let usable = |size: f32, least: f32| (least..=32_000.0).contains(&size);
        let near = |at: f32| at.abs() <= 100_000.0;
        (usable(self.size.0, Self::LEAST.0) && usable(self.size.1, Self::LEAST.1))
            .then(|| Self { position: self.position.filter(|(x, y)| near(*x) && near(*y)), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_file_holds_becomes_a_window_that_can_be_seen() {
        let place = WindowPlace { size: (1200.0, 700.0), ..WindowPlace::default() };
        assert_eq!(place.sane(), Some(place));
        for size in [(0.0, 700.0), (f32::NAN, 700.0), (1e9, 700.0), (1200.0, -5.0)] {
            assert_eq!(WindowPlace { size, ..place }.sane(), None);
        }
        let lost = WindowPlace { position: Some((f32::INFINITY, 0.0)), ..place };
        assert_eq!(lost.sane(), Some(place));
    }
}
