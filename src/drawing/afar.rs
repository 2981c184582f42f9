//! Where there are thousands of nodes, each is a dot and each link a sliver.

use super::{Paint, Role};
use crate::graph::Point;
use crate::notebook::Kind;
use crate::scene::{SceneNode, Visibility};

/// Half the side of the smallest dot, in points.
pub const DOT: f32 = 1.1;
/// The width of a sliver at its start, in points: it ends in a point.
pub const SLIVER: f32 = 1.6;

/// A node from afar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Half of its width and height, in points.
    pub half: Point,
    /// Whether it is a lozenge; a rectangle otherwise.
    pub lozenge: bool,
    /// Its colour.
    pub paint: Paint,
}

/// A node as a dot, at a zoom.
#[must_use]
pub fn dot(node: &SceneNode, visibility: Visibility, zoom: f32) -> Dot {
    let lozenge = node.kind == Kind::Event;
    let half = Point::new((node.size.x * zoom * 0.5).max(DOT), (node.size.y * zoom * 0.5).max(DOT));
    let faded = visibility == Visibility::Faded;
    Dot {
        half: if lozenge { half * 1.2 } else { half },
        lozenge,
        paint: Paint { role: Role::Kind(node.kind), faded },
    }
}
