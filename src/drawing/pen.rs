//! What takes shapes: a mesh on the screen, or a picture.

use super::Paint;
use crate::graph::{Curve, Point, Rect};

/// How a line is broken: lengths that are drawn and left out by turns, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dash {
    /// Not at all.
    #[default]
    None,
    /// Tentative links.
    Dashed,
    /// The analyst's inferences.
    Dotted,
    /// Derived links: dash and dot.
    DashDot,
    /// The outline of anonymous sources.
    Outline,
    /// Around a box that holds what is selected.
    Ring,
    /// The outline of small marks.
    Mark,
}

impl Dash {
    /// The lengths; empty for an unbroken line.
    #[must_use]
    pub const fn lengths(self) -> &'static [f32] {
        match self {
            Self::None => &[],
            Self::Dashed => &[7.0, 4.5],
            Self::Dotted => &[1.8, 3.6],
            Self::DashDot => &[9.0, 3.0, 1.6, 3.0],
            Self::Outline => &[4.5, 3.0],
            Self::Ring => &[6.0, 4.0],
            Self::Mark => &[3.0, 2.2],
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Its colour.
    pub paint: Paint,
    /// Its width, in points.
    pub width: f32,
    /// How it is broken.
    pub dash: Dash,
}

impl Line {
    /// An unbroken line.
    pub fn new(paint: impl Into<Paint>, width: f32) -> Self {
        Self { paint: paint.into(), width, dash: Dash::None }
    }

    /// The same, broken.
    #[must_use]
    pub const fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

/// A closed outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outline<'a> {
    /// A rectangle with round corners of this radius; half-round ends where that is more than there is room for.
    Round(Rect, f32),
    /// A convex polygon.
    Corners(&'a [Point]),
}

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// Takes shapes, in points; y grows downwards.
pub trait Pen {
    /// An area with its border; both are left out where there is none.
    fn area(&mut self, outline: Outline<'_>, fill: Option<Paint>, line: Option<Line>);
    /// A line through these points.
    fn path(&mut self, points: &[Point], line: Line);
    /// A line along a curve. `cut` is taken off the length of its start and its end.
    fn thread(&mut self, curve: &Curve, cut: (f32, f32), line: Line);
    /// A disc.
    fn disc(&mut self, centre: Point, radius: f32, fill: Paint);
    /// A rectangle that fades evenly: to nothing at this side.
    fn fade(&mut self, rect: Rect, fill: Paint, to: Side);
}
