//! A drawing: what is to be seen of it, in the order in which it lies. Nothing here knows a file format or a face.

use std::ops::Range;

use crate::drawing::{Line, Outline, Paint, Pen, Side};
use crate::graph::{Curve, Point, Rect};

/// Pieces into which a curve is cut to find the place that lies so far from its end.
const PIECES: u16 = 64;

/// A drawing. Lengths are points; y grows downwards, and the upper left corner is the origin.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Its width and height.
    pub size: Point,
    /// What it is called; empty for nothing.
    pub title: String,
    /// What it shows, from the ground up.
    pub shapes: Vec<Shape>,
    /// What was left out, in words.
    pub left_out: Vec<String>,
}

/// Part of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An area with its border.
    Area {
        /// Its outline.
        outline: Closed,
        /// Its ground.
        fill: Option<Paint>,
        /// Its border.
        line: Option<Line>,
    },
    /// A line through points.
    Path(Vec<Point>, Line),
    /// A line along a curve.
    Thread(Curve, Line),
    /// A rectangle that fades evenly, to nothing at this side.
    Fade(Rect, Paint, Side),
    /// Words.
    Words(Words),
    /// What follows, up to [`Shape::Close`], is of this.
    Open(Subject),
    /// The end of what is of something.
    Close,
}

/// An outline.
#[derive(Clone, Debug, PartialEq)]
pub enum Closed {
    /// A rectangle with round corners.
    Round(Rect, f32),
    /// A polygon.
    Corners(Vec<Point>),
    /// A disc.
    Disc(Point, f32),
}

/// A step along an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Begins here.
    Move(Point),
    /// Straight to there.
    Line(Point),
    /// To the last point, along a cubic curve with these control points.
    Cubic(Point, Point, Point),
    /// Back to the beginning.
    Close,
}

impl Closed {
    /// The way around it, for writers that know only lines and cubic curves.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        match self {
            Self::Round(rect, radius) => round(*rect, *radius),
            Self::Corners(corners) => {
                let first = corners.first().map(|at| Step::Move(*at));
                let rest = corners.iter().skip(1).map(|at| Step::Line(*at));
                first.into_iter().chain(rest).chain([Step::Close]).collect()
            }
            Self::Disc(centre, radius) => {
                round(Rect::around(*centre, Point::new(radius * 2.0, radius * 2.0)), *radius)
            }
        }
    }
}

/// A rectangle with round corners: each a cubic curve that is as near to a quarter circle as one can be.
fn round(Rect { min, max }: Rect, radius: f32) -> Vec<Step> {
    /// How far the control points are from the corner, as a share of the radius.
    const BEND: f32 = 1.0 - 0.552_284_8;
    let size = max - min;
    let r = radius.min(size.x * 0.5).min(size.y * 0.5).max(0.0);
    let mut steps = Vec::with_capacity(10);
    // Clockwise from the upper right: the corner, and the ways along the sides before and after it.
    let (right, down) = (Point::new(1.0, 0.0), Point::new(0.0, 1.0));
    let corners = [
        (Point::new(max.x, min.y), right, down),
        (max, down, right * -1.0),
        (Point::new(min.x, max.y), right * -1.0, down * -1.0),
        (min, down * -1.0, right),
    ];
    for (corner, before, after) in corners {
        let from = corner - before * r;
        steps.push(if steps.is_empty() { Step::Move(from) } else { Step::Line(from) });
        if r > 0.0 {
            let bend = r * BEND;
            let (out, back) = (corner - before * bend, corner + after * bend);
            steps.push(Step::Cubic(out, back, corner + after * r));
        }
    }
    steps.push(Step::Close);
    steps
}

/// What part of a drawing is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The id of the notebook's record.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Words as they were laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The lines, from top to bottom.
    pub lines: Vec<Laid>,
    /// Size of the type.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether lines are centred on their `x`; otherwise they begin there.
    pub centred: bool,
    /// Their colour.
    pub paint: Paint,
}

/// A line of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Laid {
    /// The words.
    pub text: String,
    /// Where its middle or its left end is.
    pub x: f32,
    /// The height on which its letters stand.
    pub baseline: f32,
    /// Its width.
    pub width: f32,
    /// Whether it is read from the right.
    pub from_right: bool,
    /// Its glyphs, from left to right.
    pub runs: Vec<Run>,
}

impl Laid {
    /// Where its left end is.
    #[must_use]
    pub fn left(&self, centred: bool) -> f32 {
        if centred { self.x - self.width * 0.5 } else { self.x }
    }
}

/// Glyphs of one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The number of the face.
    pub face: usize,
    /// Its glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
}

/// A glyph. Lengths are shares of the size of the type; y grows upwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u32,
    /// How far the next one is.
    pub advance: f32,
    /// How far to the right of its place it is drawn.
    pub dx: f32,
    /// How far above its place it is drawn.
    pub dy: f32,
    /// The part of the line's words that it stands for.
    pub range: Range<usize>,
}

/// Keeps the shapes it is given.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    /// What was drawn, from the ground up.
    pub shapes: Vec<Shape>,
}

impl Pen for Recorder {
    fn area(&mut self, outline: Outline<'_>, fill: Option<Paint>, line: Option<Line>) {
        let outline = match outline {
            Outline::Round(rect, radius) => Closed::Round(rect, radius),
            Outline::Corners(corners) => Closed::Corners(corners.to_vec()),
        };
        self.shapes.push(Shape::Area { outline, fill, line });
    }

    fn path(&mut self, points: &[Point], line: Line) {
        self.shapes.push(Shape::Path(points.to_vec(), line));
    }

    fn thread(&mut self, curve: &Curve, cut: (f32, f32), line: Line) {
        if let Some(curve) = shortened(curve, cut) {
            self.shapes.push(Shape::Thread(curve, line));
        }
    }

    fn disc(&mut self, centre: Point, radius: f32, fill: Paint) {
        let outline = Closed::Disc(centre, radius);
        self.shapes.push(Shape::Area { outline, fill: Some(fill), line: None });
    }

    fn fade(&mut self, rect: Rect, fill: Paint, to: Side) {
        self.shapes.push(Shape::Fade(rect, fill, to));
    }
}

/// A curve without this much of its start and its end; `None` where nothing is left.
fn shortened(curve: &Curve, (start, end): (f32, f32)) -> Option<Curve> {
    let point = |i: u16| curve.at(f32::from(i) / f32::from(PIECES));
    // The share of the curve at which so much of its length is behind, walking from piece to piece.
    let share = |length: f32, order: &dyn Fn(u16) -> u16| {
        let mut left = length;
        for i in 0..PIECES {
            let stretch = point(order(i)).distance(point(order(i + 1)));
            if stretch > left {
                return Some((f32::from(i) + left / stretch) / f32::from(PIECES));
            }
            left -= stretch;
        }
        None
    };
    let from = if start > 0.0 { share(start, &|i| i)? } else { 0.0 };
    let to = if end > 0.0 { 1.0 - share(end, &|i| PIECES - i)? } else { 1.0 };
    (from < to).then(|| part(curve, from, to))
}

/// The part of a quadratic curve between two of its shares (de Casteljau's construction).
fn part(curve: &Curve, from: f32, to: f32) -> Curve {
    let blossom = |s: f32, t: f32| {
        let a = curve.from.lerp(curve.control, s);
        let b = curve.control.lerp(curve.to, s);
        a.lerp(b, t)
    };
    Curve { from: blossom(from, from), control: blossom(from, to), to: blossom(to, to) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn length(curve: &Curve) -> f32 {
        let mut flat = Vec::new();
        curve.flatten(0.01, &mut flat);
        flat.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
    }

    proptest! {
        #[test]
        fn what_is_cut_off_a_curve_is_as_long_as_asked_for(
            x in -200.0..200.0f32, y in -200.0..200.0f32, start in 0.0..20.0f32, end in 0.0..20.0f32
        ) {
            let curve = Curve {
                from: Point::new(0.0, 0.0),
                control: Point::new(x, y),
                to: Point::new(150.0, 0.0),
            };
            let cut = shortened(&curve, (start, end)).expect("it is longer than that");
            prop_assert!((length(&curve) - start - end - length(&cut)).abs() < 0.5);
            for i in 0..=10_u8 {
                prop_assert!(curve.distance(cut.at(f32::from(i) / 10.0)) < 0.01);
            }
        }
    }

    #[test]
    fn nothing_is_left_of_a_curve_that_is_too_short() {
        let at = Point::new(0.0, 0.0);
        let to = Point::new(4.0, 0.0);
        let curve = Curve { from: at, control: at.lerp(to, 0.5), to };
        assert_eq!(shortened(&curve, (0.0, 5.0)), None);
        assert_eq!(shortened(&curve, (2.5, 2.5)), None);
        assert!(shortened(&curve, (0.0, 0.0)).is_some());
    }
}
