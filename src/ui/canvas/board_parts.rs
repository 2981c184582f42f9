//! The parts of groups and note cards that can be pressed, and where on screen they are.

use egui::Rect;

use super::screen_pen::{plain_rect, screen_rect};
use crate::drawing;

/// Where on screen a group's title stands: see [`drawing::strip_of`].
pub fn strip_of(frame: Rect, zoom: f32) -> Rect {
    screen_rect(drawing::strip_of(plain_rect(frame), zoom))
}

/// Where on screen the mark is that folds a group whose title stands here, or unfolds the one with this box.
pub fn fold_mark(strip: Rect) -> Rect {
    screen_rect(drawing::fold_mark(plain_rect(strip)))
}

/// Where on screen the corner of a note card is that resizes it.
pub fn corner_of(card: Rect) -> Rect {
    screen_rect(drawing::corner_of(plain_rect(card)))
}
