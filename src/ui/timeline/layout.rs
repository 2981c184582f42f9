//! Where the parts of the pane are: the axis, the names of the lanes, what is on them, the tray.

use egui::{Pos2, Rect, pos2, vec2};

use crate::graph::Point;
use crate::timeline::LaneBy;

/// Height of the axis, in points: the larger units, and the ticks.
pub const AXIS: (f32, f32) = (20.0, 22.0);
/// Height of the tray, in points.
pub const TRAY: f32 = 40.0;
/// Width of the scroll bar, in points.
pub const BAR: f32 = 11.0;

/// The parts of the pane, on screen.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// All but the tools and the tray: what is dragged and zoomed.
    pub field: Rect,
    /// The larger units, and the ticks under them.
    pub axis: Rect,
    /// The names of the lanes; no width where there is one lane.
    pub names: Rect,
    /// What is on the lanes.
    pub plot: Rect,
    /// The events without a date.
    pub tray: Option<Rect>,
}

impl Parts {
    /// Parts what is below the tools.
    pub fn of(below: Rect, by: LaneBy, has_tray: bool) -> Self {
        let tray =
            (has_tray && below.height() > 130.0).then(|| below.with_min_y(below.bottom() - TRAY));
        let field = below.with_max_y(tray.map_or(below.bottom(), |tray| tray.top()));
        let gutter = match by {
            LaneBy::None => 0.0,
            _ => (below.width() * 0.17).clamp(70.0, 170.0),
        };
        let left = field.left() + gutter;
        let top = field.top() + AXIS.0 + AXIS.1;
        let axis = Rect::from_min_max(pos2(left, field.top()), pos2(field.right() - BAR, top));
        let names = Rect::from_min_max(pos2(field.left(), top), pos2(left, field.bottom()));
        let plot =
            Rect::from_min_max(pos2(left, top), pos2(field.right() - BAR, field.bottom().max(top)));
        Self { field, axis, names, plot, tray }
    }

    /// A place of the scene on screen.
    pub fn screen(&self, at: Point) -> Pos2 {
        self.plot.min + vec2(at.x, at.y)
    }

    /// The place of the scene at one on screen.
    pub fn scene(&self, at: Pos2) -> Point {
        let off = at - self.plot.min;
        Point::new(off.x, off.y)
    }

    /// A rectangle of the scene on screen.
    pub fn rect(&self, rect: crate::graph::Rect) -> Rect {
        Rect::from_min_max(self.screen(rect.min), self.screen(rect.max))
    }
}
