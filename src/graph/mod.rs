//! Pure geometry and graphs: where the nodes of the canvas go, how its links are drawn, what
//! lies under the pointer, who is connected to whom, and how central each node is.
//!
//! Nothing here depends on a notebook, a screen or a colour: nodes are indices, links are pairs of indices, and every
//! length is in canvas units (one point on screen at 100 % zoom, y downwards). Every function is deterministic and
//! tolerates any input: a link to a node that does not exist is ignored, a coordinate that is not finite counts as
//! missing.

mod adjacency;
mod align;
mod anneal;
mod bands;
mod circular;
mod clusters;
mod coarsen;
mod columns;
mod components;
mod curves;
mod disjoint;
mod effort;
mod engine;
mod fit;
mod forces;
mod frame_room;
pub mod generate;
#[cfg(test)]
mod hostile_tests;
mod insertion;
mod layered;
mod layout;
#[cfg(test)]
mod layout_tests;
mod metrics;
mod new_nodes;
mod occupancy;
mod options;
mod overlap;
mod pack;
mod paths;
mod pivots;
mod quality;
mod random;
mod size;
mod spatial;
mod usable;

pub use adjacency::Adjacency;
pub use align::{Align, Snap, align, distribute, snap};
pub use circular::circular;
pub use clusters::{FRAME_TITLE, Frame, Framed, box_size, frame_around};
pub use columns::blocks;
pub use components::strong_components;
pub use curves::{Curve, Shape, border, curve, fan, loop_curve};
pub use disjoint::{Disjoint, bottlenecks, disjoint_paths};
pub use forces::Repulsion;
pub use frame_room::{Standing, frame_room};
pub use insertion::{free_place, settle_among};
pub use layered::{Flow, Pull, layered};
pub use layout::{Layout, arrange};
pub use metrics::{
    Betweenness, EXACT_UP_TO, SAMPLE, betweenness, core_numbers, degrees, page_rank,
};
pub use new_nodes::place_new;
pub use options::{Node, Options};
pub use overlap::remove_overlaps;
pub use paths::{neighbourhood, shortest_paths};
pub use quality::{crossings, overlaps, stress};
pub use random::Random;
pub use size::{LABEL_LINE, LABEL_SIZE, Outline, label_room, node_size};
pub use spatial::Grid;

use std::ops::{Add, Mul, Sub};

/// A place or a displacement on the canvas, in canvas units; y grows downwards.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    /// Rightwards.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl Point {
    /// The point (`x`, `y`).
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The distance from the origin.
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// The distance to `other`.
    pub fn distance(self, other: Self) -> f32 {
        (self - other).length()
    }

    /// The scalar product.
    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// The z component of the vector product: positive when `other` is clockwise on screen.
    pub fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }

    /// Whether both coordinates are finite.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }

    /// The point `t` of the way from here to `other` (0 = here, 1 = there).
    pub fn lerp(self, other: Self, t: f32) -> Self {
        self + (other - self) * t
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Point {
    type Output = Self;
    fn mul(self, by: f32) -> Self {
        Self::new(self.x * by, self.y * by)
    }
}

/// An upright rectangle on the canvas, in canvas units; `min` is its top left corner.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rect {
    /// The corner with the smallest coordinates.
    pub min: Point,
    /// The corner with the largest coordinates.
    pub max: Point,
}

impl Rect {
    /// The rectangle that contains nothing: the neutral element of [`Rect::union`].
    pub const NOTHING: Self = Self {
        min: Point::new(f32::INFINITY, f32::INFINITY),
        max: Point::new(f32::NEG_INFINITY, f32::NEG_INFINITY),
    };

    /// The rectangle of `size` (width, height) around `centre`.
    pub fn around(centre: Point, size: Point) -> Self {
        let half = size * 0.5;
        Self { min: centre - half, max: centre + half }
    }

    /// The smallest rectangle around all `points`; [`Rect::NOTHING`] for none.
    pub fn of_points(points: impl IntoIterator<Item = Point>) -> Self {
        points.into_iter().fold(Self::NOTHING, |rect, p| rect.union(Self { min: p, max: p }))
    }

    /// The smallest rectangle around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: Point::new(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: Point::new(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }

    /// The rectangle extended by `by` on every side.
    pub fn expand(self, by: f32) -> Self {
        let by = Point::new(by, by);
        Self { min: self.min - by, max: self.max + by }
    }

    /// Its middle.
    pub fn centre(self) -> Point {
        self.min.lerp(self.max, 0.5)
    }

    /// Width and height.
    pub fn size(self) -> Point {
        self.max - self.min
    }

    /// Whether `p` lies in it or on its border.
    pub fn contains(self, p: Point) -> bool {
        p.x >= self.min.x && p.x <= self.max.x && p.y >= self.min.y && p.y <= self.max.y
    }

    /// Whether the two share a point; touching counts.
    pub fn meets(self, other: Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }

    /// Whether the two share an area; touching does not count.
    pub fn overlaps(self, other: Self) -> bool {
        self.min.x < other.max.x
            && other.min.x < self.max.x
            && self.min.y < other.max.y
            && other.min.y < self.max.y
    }

    /// Whether it has finite corners in the right order.
    pub fn is_valid(self) -> bool {
        self.min.is_finite()
            && self.max.is_finite()
            && self.min.x <= self.max.x
            && self.min.y <= self.max.y
    }
}
