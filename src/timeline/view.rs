//! The part of time in view: its middle, and how much of it a point shows.

use super::calendar::{DAY, FARTHEST, Seconds, YEAR};

/// What is in view. Points are those of the screen, or of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The moment in the middle, in [`Seconds`].
    pub centre: f64,
    /// Seconds of one point.
    pub scale: f64,
}

/// The least and most seconds of one point: minutes stand far apart, and all history is a few points.
pub const SCALES: (f64, f64) = (0.25, 1e16);
/// A place that is out of view, in points: far enough for every screen, and near enough for exact sums.
const OUTSIDE: f32 = 1e6;

impl Default for View {
    /// The year 2000, to be replaced by what fits.
    fn default() -> Self {
        Self { centre: 30.5 * YEAR as f64, scale: YEAR as f64 / 800.0 }
    }
}

impl View {
    /// Where a moment is, from the left of what is `width` points wide. What is far outside is near outside.
    #[must_use]
    pub fn x(&self, at: Seconds, width: f32) -> f32 {
        let x = match at {
            Seconds::MIN => f64::NEG_INFINITY,
            Seconds::MAX => f64::INFINITY,
            at => (at as f64 - self.centre) / self.scale + f64::from(width) * 0.5,
        };
        (x as f32).clamp(-OUTSIDE, OUTSIDE)
    }

    /// The moment at a place.
    #[must_use]
    pub fn moment(&self, x: f32, width: f32) -> Seconds {
        // A conversion from a float stops at the ends of what a number holds.
        let at = self.centre + (f64::from(x) - f64::from(width) * 0.5) * self.scale;
        (at.floor() as Seconds).clamp(-FARTHEST, FARTHEST)
    }

    /// Moves what is shown by this many points to the right.
    pub fn pan(&mut self, by: f32) {
        let centre = self.centre - f64::from(by) * self.scale;
        if centre.is_finite() {
            self.centre = centre.clamp(-(FARTHEST as f64), FARTHEST as f64);
        }
    }

    /// Shows things larger by a factor, with the moment at `x` where it is.
    pub fn zoom_at(&mut self, x: f32, width: f32, by: f64) {
        if !by.is_finite() || by <= 0.0 {
            return;
        }
        let off = f64::from(x) - f64::from(width) * 0.5;
        let fixed = self.centre + off * self.scale;
        self.scale = (self.scale / by).clamp(SCALES.0, SCALES.1);
        self.centre = (fixed - off * self.scale).clamp(-(FARTHEST as f64), FARTHEST as f64);
    }

    /// The view in which these moments have their place between margins, in what is `width` points wide.
    #[must_use]
    pub fn fitting(from: Seconds, to: Seconds, width: f32, margins: (f32, f32)) -> Self {
        let room = f64::from((width - margins.0 - margins.1).max(40.0));
        let span = (to as f64 - from as f64).max(0.0);
        // A single day stands in its month.
        let least = if span <= DAY as f64 { 30.0 * DAY as f64 } else { 0.0 };
        let scale = (span.max(least) / room).clamp(SCALES.0, SCALES.1);
        let middle = (from as f64 + to as f64) * 0.5;
        let shift = f64::from(margins.0 - margins.1) * 0.5 * scale;
        Self { centre: middle - shift, scale }
    }

    /// The view moved just so far that a moment is inside the margin.
    #[must_use]
    pub fn showing(mut self, from: Seconds, to: Seconds, width: f32, margins: (f32, f32)) -> Self {
        let (left, right) = (self.x(from, width), self.x(to, width));
        let (low, high) = (margins.0.min(width * 0.4), width - margins.1.min(width * 0.4));
        if left < low && right < high {
            self.pan(low - left);
        } else if right > high && left > low {
            self.pan((high - right).max(low - left));
        }
        self
    }

    /// The same within what can be shown: for one that was kept.
    #[must_use]
    pub fn sound(self) -> Self {
        let Self { centre, scale } = self;
        if !centre.is_finite() || !scale.is_finite() {
            return Self::default();
        }
        let farthest = FARTHEST as f64;
        Self { centre: centre.clamp(-farthest, farthest), scale: scale.clamp(SCALES.0, SCALES.1) }
    }

    /// The step of zoom it is at: whatever depends on the zoom alone is worked out for the scale of that step.
    #[must_use]
    pub fn level(&self) -> Level {
        // Two steps to a doubling.
        Level((self.scale.log2() * 2.0).ceil() as i32)
    }
}

/// A step of zoom. Things are laid out for it, and not for each scale: they keep their rows while one zooms within it,
/// and always while one pans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(i32);

impl Level {
    /// The seconds of one point at this step: the most that any view at it has. Where things have room here, they have
    /// it at the others.
    #[must_use]
    pub fn scale(self) -> f64 {
        (f64::from(self.0) * 0.5).exp2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fitted_view_shows_all_of_it() {
        for (from, to) in [(0, DAY), (0, 40 * YEAR), (-FARTHEST / 10, FARTHEST / 10), (7, 8)] {
            let view = View::fitting(from, to, 900.0, (20.0, 200.0));
            assert!(view.x(from, 900.0) >= 19.0, "{from}");
            assert!(view.x(to, 900.0) <= 701.0, "{to}");
        }
    }

    proptest! {
        #[test]
        fn the_moment_under_the_pointer_stays_when_zooming(
            centre in -1e11_f64..1e11, scale in 0.5_f64..1e8, x in 0.0_f32..1200.0, by in 0.2_f64..5.0,
        ) {
            let mut view = View { centre, scale };
            let before = view.moment(x, 1200.0);
            view.zoom_at(x, 1200.0, by);
            prop_assert!((view.x(before, 1200.0) - x).abs() <= 1.0 + (1.0 / view.scale) as f32);
            for odd in [f64::NAN, 0.0, -1.0, f64::INFINITY] {
                let now = view;
                view.zoom_at(x, 1200.0, odd);
                prop_assert_eq!(now, view);
            }
        }

        #[test]
        fn the_scale_of_a_step_is_the_most_of_its_views(scale in 0.25_f64..1e16) {
            let level = View { centre: 0.0, scale }.level();
            prop_assert!(level.scale() >= scale * 0.999_999 && level.scale() <= scale * 1.5);
        }
    }
}
