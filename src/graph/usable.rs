//! Places and sizes that can be computed with.

use super::Point;

/// Whether a place can be computed with: near enough to the origin that one canvas unit is more
/// than rounding.
pub(super) fn is_usable(place: Point) -> bool {
    place.x.abs() <= 4e6 && place.y.abs() <= 4e6
}

/// A size that can be computed with: finite and not negative.
pub(super) fn sane_size(size: Point) -> Point {
    let sane = |v: f32| {
        if v.is_finite() { v.clamp(0.0, 1e6) } else { 0.0 }
    };
    Point::new(sane(size.x), sane(size.y))
}
