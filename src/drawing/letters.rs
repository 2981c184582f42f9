//! What takes words, and the room they have.

use std::sync::Arc;

use super::Paint;
use crate::graph::{LABEL_SIZE, Point, label_room};
use crate::notebook::Kind;
use crate::scene::SceneNode;

/// No label is smaller than this, in points: it is cut short instead.
pub const SMALLEST: f32 = 8.5;

/// Which point of the words a place means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Their middle.
    #[default]
    Middle,
    /// The middle of their left side.
    Left,
    /// The left end of their top.
    TopLeft,
}

/// The room words have, in points, and how they stand in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width.
    pub width: f32,
    /// The most lines of the label.
    pub rows: usize,
    /// Size of the type.
    pub size: f32,
    /// Which point of them a place means.
    pub anchor: Anchor,
}

/// Words to be laid out.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    /// A node's name, at a zoom.
    Name(&'a SceneNode, f32),
    /// A short text on one line.
    Line(&'a Arc<str>, f32),
    /// Words that are cut to the room of what they stand on; `key` tells them from all others.
    Block {
        /// What tells them from all others.
        key: u64,
        /// The words.
        text: &'a str,
        /// Their room.
        room: Room,
    },
}

impl Text<'_> {
    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Name(node, _) => &node.entity.name,
            Self::Line(text, _) => text,
            Self::Block { text, .. } => text,
        }
    }

    /// The room they have.
    #[must_use]
    pub fn room(&self) -> Room {
        match self {
            Self::Name(node, zoom) => name_room(node, *zoom),
            Self::Line(_, size) => Room {
                width: f32::INFINITY,
                rows: 1,
                size: size.max(SMALLEST),
                anchor: Anchor::Middle,
            },
            Self::Block { room, .. } => *room,
        }
    }
}

/// Takes words.
pub trait Letters {
    /// The width and height that words take; `None` where they wait for a later frame.
    fn measure(&mut self, text: &Text<'_>) -> Option<Point>;
    /// Puts words at a place; where they wait for a later frame, nothing.
    fn write(&mut self, text: &Text<'_>, at: Point, paint: Paint);
}

/// The room of a node's name at a zoom: the name is never smaller than [`SMALLEST`], and shows the words for which there
/// is room.
#[must_use]
pub fn name_room(node: &SceneNode, zoom: f32) -> Room {
    let zoom = zoom * node.scale;
    let size = (LABEL_SIZE * zoom).max(SMALLEST);
    let (room, rows) = label_room(Some(node.kind), &node.entity.name);
    // Smaller than the smallest type: fewer lines, cut short.
    let rows = ((rows as f32 * LABEL_SIZE * zoom / size).round() as usize).clamp(1, rows);
    // Where type is larger than the zoom would have it, it may use the shape's own margins.
    let margin = if node.kind == Kind::Event { 6.0 } else { (22.0 * zoom).max(6.0) };
    Room { width: room * zoom + margin, rows, size, anchor: Anchor::Middle }
}
