//! Names beside nodes that are too small to hold them.

use crate::graph::{Point, Rect};

/// The places beside a node for a name of this size, best first: below it, above it, to its right, to its left. All in
/// points.
#[must_use]
pub fn places_beside(node: Rect, name: Point) -> [Point; 4] {
    let centre = node.centre();
    let half = name.y * 0.5 + 1.0;
    let aside = name.x * 0.5 + 3.0;
    [
        Point::new(centre.x, node.max.y + half),
        Point::new(centre.x, node.min.y - half),
        Point::new(node.max.x + aside, centre.y),
        Point::new(node.min.x - aside, centre.y),
    ]
}
