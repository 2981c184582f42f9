//! The parts of groups and note cards that can be pressed, and where on screen they are.

use egui::{Pos2, Rect, Vec2};

use crate::graph::FRAME_TITLE;

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

/// Where on screen a group's title stands: in the frame, or over it where it is drawn too small for that.
pub fn strip_of(frame: Rect, zoom: f32) -> Rect {
    let height = FRAME_TITLE * zoom;
    if height >= OVER {
        return Rect::from_min_size(frame.min, Vec2::new(frame.width(), height.min(44.0)));
    }
    Rect::from_min_max(frame.min - Vec2::new(0.0, OVER), Pos2::new(frame.right(), frame.top()))
}

/// Where on screen the mark is that folds a group whose title stands here, or unfolds the one with this box.
pub fn fold_mark(strip: Rect) -> Rect {
    let side = strip.height().clamp(14.0, 24.0);
    let side = side.min(strip.width() * 0.5);
    Rect::from_center_size(
        Pos2::new(strip.left() + 4.0 + side * 0.5, strip.center().y),
        Vec2::splat(side),
    )
}

/// Where on screen the corner of a note card is that resizes it.
pub fn corner_of(card: Rect) -> Rect {
    Rect::from_center_size(card.max - Vec2::splat(5.0), Vec2::splat(16.0))
}
