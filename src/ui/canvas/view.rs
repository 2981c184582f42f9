//! The part of the canvas in view: where its middle is, how large a canvas unit is drawn, and the short glide
//! from one view to another.

use egui::{Pos2, Rect, Vec2};

use super::screen_pen::point;
use crate::drawing::Sight;
use crate::graph;

/// The smallest and the largest zoom: points on screen for one canvas unit.
pub const ZOOMS: (f32, f32) = (0.002, 5.0);

/// The largest zoom that “Fit” and “Arrange” set: a few nodes fill what they can of a large pane, and their names stay smaller than
/// headlines.
pub const LARGEST_FIT: f32 = 1.6;

/// How long a glide takes, in seconds.
const GLIDE: f64 = 0.22;

/// What is in view. Canvas units; `zoom` is points on screen for one canvas unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The canvas point in the middle of the pane.
    pub centre: graph::Point,
    /// Points on screen for one canvas unit.
    pub zoom: f32,
}

impl Default for View {
    fn default() -> Self {
        Self { centre: graph::Point::default(), zoom: 1.0 }
    }
}

impl View {
    /// The view that a notebook keeps; what is not finite is left at its default.
    pub fn kept(kept: crate::notebook::View) -> Self {
        let default = Self::default();
        let centre = graph::Point::new(kept.x, kept.y);
        Self {
            centre: if centre.is_finite() { centre } else { default.centre },
            zoom: if kept.zoom.is_finite() {
                kept.zoom.clamp(ZOOMS.0, ZOOMS.1)
            } else {
                default.zoom
            },
        }
    }

    /// As a notebook keeps it.
    pub const fn to_keep(self) -> crate::notebook::View {
        crate::notebook::View { x: self.centre.x, y: self.centre.y, zoom: self.zoom }
    }

    /// Where the canvas is drawn, for what is drawn as in pictures.
    pub fn sight(self, pane: Rect) -> Sight {
        Sight { middle: point(pane.center()), centre: self.centre, zoom: self.zoom }
    }

    /// Where a canvas point is on screen.
    pub fn screen(self, pane: Rect, p: graph::Point) -> Pos2 {
        pane.center() + Vec2::new(p.x - self.centre.x, p.y - self.centre.y) * self.zoom
    }

    /// The canvas point at a place on screen.
    pub fn canvas(self, pane: Rect, at: Pos2) -> graph::Point {
        let way = (at - pane.center()) / self.zoom;
        graph::Point::new(self.centre.x + way.x, self.centre.y + way.y)
    }

    /// A canvas rectangle on screen.
    pub fn screen_rect(self, pane: Rect, rect: graph::Rect) -> Rect {
        Rect::from_min_max(self.screen(pane, rect.min), self.screen(pane, rect.max))
    }

    /// The canvas rectangle that a rectangle on screen shows.
    pub fn canvas_rect(self, pane: Rect, rect: Rect) -> graph::Rect {
        graph::Rect { min: self.canvas(pane, rect.min), max: self.canvas(pane, rect.max) }
    }

    /// Moves what is shown by this many points on screen.
    pub fn pan(&mut self, by: Vec2) {
        self.centre = self.centre - graph::Point::new(by.x, by.y) * (1.0 / self.zoom);
    }

    /// Zooms by a factor, keeping the canvas point at `at` where it is on screen.
    pub fn zoom_at(&mut self, pane: Rect, at: Pos2, by: f32) {
        if !by.is_finite() || by <= 0.0 {
            return;
        }
        let fixed = self.canvas(pane, at);
        self.zoom = (self.zoom * by).clamp(ZOOMS.0, ZOOMS.1);
        let now = self.canvas(pane, at);
        self.centre = self.centre + (fixed - now);
    }

    /// The view that shows all of `bounds` with a margin, not larger than life: what is added later has room.
    pub fn fitting(pane: Rect, bounds: graph::Rect) -> Self {
        Self::at_most(pane, bounds, 1.1)
    }

    /// The same for who asks for it, as large as the pane allows and at most [`LARGEST_FIT`].
    pub fn filling(pane: Rect, bounds: graph::Rect) -> Self {
        Self::at_most(pane, bounds, LARGEST_FIT)
    }

    fn at_most(pane: Rect, bounds: graph::Rect, most: f32) -> Self {
        if !bounds.is_valid() {
            return Self::default();
        }
        let room = (pane.size() - Vec2::new(48.0, 24.0)).max(Vec2::splat(40.0));
        let size = bounds.size();
        let zoom = (room.x / size.x.max(1.0)).min(room.y / size.y.max(1.0));
        Self { centre: bounds.centre(), zoom: zoom.clamp(ZOOMS.0, most) }
    }

    /// The view of the whole pane that shows in `part` of it what this one shows there.
    #[must_use]
    pub fn in_pane(mut self, part: Rect, pane: Rect) -> Self {
        self.pan(part.center() - pane.center());
        self
    }

    /// The view moved, and nothing else, until `rect` is in this part of the pane: its middle in the middle where it is
    /// larger than that.
    #[must_use]
    pub fn panned_to(self, part: Rect, pane: Rect, rect: graph::Rect) -> Self {
        let mut view = self;
        let free = part.shrink(24.0_f32.min(part.width() * 0.2).min(part.height() * 0.2));
        view.pan(push_into(view.screen_rect(pane, rect), free));
        view
    }

    /// The view moved just far enough to show `rect` with a margin; larger when it would be too small to read.
    #[must_use]
    pub fn showing(self, pane: Rect, rect: graph::Rect) -> Self {
        let mut view = Self { zoom: self.zoom.max(0.6), ..self };
        if view.zoom != self.zoom {
            view.centre = rect.centre();
        }
        let on_screen = view.screen_rect(pane, rect);
        let free = pane.shrink2(Vec2::new(
            48.0_f32.min(pane.width() * 0.25),
            64.0_f32.min(pane.height() * 0.25),
        ));
        view.pan(push_into(on_screen, free));
        view
    }
}

/// How far a rectangle is to be moved to lie in another; where it is larger, their middles meet.
fn push_into(rect: Rect, free: Rect) -> Vec2 {
    let push = |low: f32, high: f32, from: f32, to: f32| {
        if high - low > to - from {
            (from + to - low - high) * 0.5
        } else if low < from {
            from - low
        } else if high > to {
            to - high
        } else {
            0.0
        }
    };
    Vec2::new(
        push(rect.left(), rect.right(), free.left(), free.right()),
        push(rect.top(), rect.bottom(), free.top(), free.bottom()),
    )
}

/// A glide from one view to another.
#[derive(Clone, Copy, Debug)]
pub struct Glide {
    from: View,
    to: View,
    start: f64,
}

impl Glide {
    /// Begins at this time (seconds).
    pub const fn new(from: View, to: View, start: f64) -> Self {
        Self { from, to, start }
    }

    /// The view at this time, and whether the glide is over.
    pub fn at(&self, time: f64) -> (View, bool) {
        let t = ((time - self.start) / GLIDE) as f32;
        if t >= 1.0 || !t.is_finite() {
            return (self.to, true);
        }
        let t = ease(t);
        // Zoom in equal steps of proportion; the middle follows so that the way looks straight.
        let zoom = self.from.zoom * (self.to.zoom / self.from.zoom).powf(t);
        (View { centre: self.from.centre.lerp(self.to.centre, t), zoom }, false)
    }
}

/// Slow, fast, slow: 0 to 1 for 0 to 1.
pub fn ease(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Point;

    const PANE: Rect = Rect { min: Pos2 { x: 100.0, y: 50.0 }, max: Pos2 { x: 900.0, y: 650.0 } };

    #[test]
    fn there_and_back() {
        let view = View { centre: Point::new(12.0, -7.0), zoom: 0.7 };
        let at = view.screen(PANE, Point::new(40.0, 9.0));
        let back = view.canvas(PANE, at);
        assert!(back.distance(Point::new(40.0, 9.0)) < 1e-3);
    }

    #[test]
    fn the_point_under_the_pointer_stays_when_zooming() {
        let mut view = View { centre: Point::new(3.0, 4.0), zoom: 1.0 };
        let at = Pos2::new(300.0, 500.0);
        let before = view.canvas(PANE, at);
        for by in [1.3, 0.2, 100.0, 0.000_1, f32::NAN, 0.0] {
            view.zoom_at(PANE, at, by);
            assert!(view.zoom >= ZOOMS.0 && view.zoom <= ZOOMS.1);
            assert!((view.screen(PANE, before) - at).length() < 0.5, "{by}");
        }
    }

    #[test]
    fn fitting_shows_everything() {
        let bounds = graph::Rect { min: Point::new(-900.0, 0.0), max: Point::new(2000.0, 700.0) };
        let view = View::fitting(PANE, bounds);
        assert!(PANE.contains_rect(view.screen_rect(PANE, bounds)));
        assert_eq!(View::fitting(PANE, graph::Rect::NOTHING), View::default());
        let part = Rect { min: PANE.min + Vec2::new(0.0, 90.0), max: PANE.max };
        let view = View::fitting(part, bounds).in_pane(part, PANE);
        assert!(part.expand(0.1).contains_rect(view.screen_rect(PANE, bounds)));
    }

    #[test]
    fn few_nodes_fill_the_pane_and_do_not_become_headlines() {
        let wide = Rect { min: Pos2::ZERO, max: Pos2::new(1280.0, 720.0) };
        for (width, height) in [(900.0, 300.0), (760.0, 420.0), (600.0, 380.0)] {
            let bounds = graph::Rect::around(Point::new(40.0, -9.0), Point::new(width, height));
            let shown = View::filling(wide, bounds).screen_rect(wide, bounds);
            let filled = (shown.width() / wide.width()).max(shown.height() / wide.height());
            assert!(filled > 0.8, "{width} × {height} fill {filled}");
            assert!(wide.contains_rect(shown));
        }
        let one = graph::Rect::around(Point::default(), Point::new(120.0, 40.0));
        assert_eq!(View::filling(wide, one).zoom, LARGEST_FIT);
    }

    #[test]
    fn panning_to_something_leaves_the_zoom() {
        let view = View { centre: Point::new(0.0, 0.0), zoom: 0.3 };
        let far = graph::Rect::around(Point::new(5000.0, 200.0), Point::new(100.0, 40.0));
        let moved = view.panned_to(PANE, PANE, far);
        assert_eq!(moved.zoom, 0.3);
        assert!(PANE.contains_rect(moved.screen_rect(PANE, far)));
        assert_eq!(moved.centre.y, 0.0);
    }

    #[test]
    fn showing_moves_no_more_than_it_must() {
        let view = View::default();
        let near = graph::Rect::around(Point::new(0.0, 0.0), Point::new(100.0, 40.0));
        assert_eq!(view.showing(PANE, near), view);
        let far = graph::Rect::around(Point::new(5000.0, 0.0), Point::new(100.0, 40.0));
        let moved = view.showing(PANE, far);
        assert!(PANE.contains_rect(moved.screen_rect(PANE, far)));
        assert_eq!(moved.centre.y, 0.0);
    }
}
