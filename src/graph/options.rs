//! What a layout is given: the nodes, and what to aim for.

use super::Point;

/// A node as the layout sees it.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Node {
    /// Where its centre is now, in canvas units; `None` if it has no place yet.
    pub at: Option<Point>,
    /// It must not move. Counts only for a node with a (finite) place.
    pub pinned: bool,
    /// Width and height, in canvas units.
    pub size: Point,
}

impl Node {
    /// Whether it must not move.
    pub(super) fn is_fixed(&self) -> bool {
        self.pinned && self.at.is_some_and(Point::is_finite)
    }
}

/// What to aim for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The same seed gives the same layout; another seed another one.
    pub seed: u64,
    /// The wished room between the borders of two linked nodes, in canvas units.
    pub ideal_link: f32,
    /// The least room between any two nodes, in canvas units.
    pub gap: f32,
    /// The pull towards the middle that keeps loose clusters from drifting apart (0 = none).
    pub gravity: f32,
    /// Width over height to aim for when connected parts are put side by side.
    pub aspect: f32,
    /// Whether a drawing that is one connected part is turned and stretched towards that, as far as its look allows.
    pub fill: bool,
    /// Whether nodes that overlap are moved apart at the end.
    pub apart: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            ideal_link: 90.0,
            gap: 16.0,
            gravity: 0.02,
            aspect: 1.4,
            fill: false,
            apart: true,
        }
    }
}

impl Options {
    /// With what cannot be computed with replaced by the default.
    pub(super) fn sane(&self) -> Self {
        let usual = Self::default();
        let sane = |v: f32, least: f32, usual: f32| {
            if v.is_finite() && v >= least { v } else { usual }
        };
        Self {
            seed: self.seed,
            ideal_link: sane(self.ideal_link, 1.0, usual.ideal_link).min(1e4),
            gap: sane(self.gap, 0.0, usual.gap).min(1e4),
            gravity: sane(self.gravity, 0.0, usual.gravity).min(10.0),
            aspect: sane(self.aspect, 0.05, usual.aspect).min(20.0),
            fill: self.fill,
            apart: self.apart,
        }
    }
}
