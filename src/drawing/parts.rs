//! The parts of groups and note cards, and where they are drawn.

use crate::graph::{FRAME_TITLE, Point, Rect};

/// Height of a title that stands over its frame, where the frame has no room for it, in points.
const OVER: f32 = 18.0;

/// Something of the board that is under the pointer, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnBoard {
    /// The line of a group's frame, or its title.
    Frame(u32),
    /// The mark that folds or unfolds a group.
    Fold(u32),
    /// The box of a folded group.
    Box(u32),
    /// A note card.
    Card(u32),
    /// The corner of a note card that resizes it.
    Corner(u32),
    /// Links that run to a box.
    Bundle(u32),
}

/// Where a group's title stands: in the frame, or over it where it is drawn too small for that.
#[must_use]
pub fn strip_of(frame: Rect, zoom: f32) -> Rect {
    let height = FRAME_TITLE * zoom;
    if height >= OVER {
        let max = Point::new(frame.max.x, frame.min.y + height.min(44.0));
        return Rect { min: frame.min, max };
    }
    Rect { min: frame.min - Point::new(0.0, OVER), max: Point::new(frame.max.x, frame.min.y) }
}

/// Where the mark is that folds a group whose title stands here, or unfolds the one with this box.
#[must_use]
pub fn fold_mark(strip: Rect) -> Rect {
    let size = strip.size();
    let side = size.y.clamp(14.0, 24.0).min(size.x * 0.5);
    let centre = Point::new(strip.min.x + 4.0 + side * 0.5, strip.centre().y);
    Rect::around(centre, Point::new(side, side))
}

/// Where the corner of a note card is that resizes it.
#[must_use]
pub fn corner_of(card: Rect) -> Rect {
    Rect::around(card.max - Point::new(5.0, 5.0), Point::new(16.0, 16.0))
}
