//! The geometry of links as drawn: where a line leaves a node, how links between the same two
//! nodes fan out, loops, and the distance from the pointer to a link.

use super::{Point, Rect};

/// The outline of a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shape {
    /// A rectangle with half-round ends: an actor.
    Pill,
    /// A rhombus whose corners are the middles of the sides: an event.
    Diamond,
    /// A rectangle: a claim.
    #[default]
    Rectangle,
}

/// The distance between the middles of neighbouring links between the same two nodes, in canvas units: room for a
/// label.
const FAN_STEP: f32 = 26.0;

/// The point where a line from `centre` to `towards` leaves the outline of a node of this `shape`
/// and `size` (width, height). When `towards` is the centre itself, the middle of the right side.
pub fn border(shape: Shape, centre: Point, size: Point, towards: Point) -> Point {
    let half = Point::new((size.x * 0.5).max(0.0), (size.y * 0.5).max(0.0));
    let mut way = towards - centre;
    if !way.is_finite() || (way.x == 0.0 && way.y == 0.0) {
        way = Point::new(1.0, 0.0);
    }
    way = way * (1.0 / way.length());
    let box_reach = (half.x / way.x.abs()).min(half.y / way.y.abs());
    let reach = match shape {
        Shape::Rectangle => box_reach,
        Shape::Diamond => {
            let share = way.x.abs() * half.y + way.y.abs() * half.x;
            if share > 0.0 { half.x * half.y / share } else { 0.0 }
        }
        Shape::Pill => {
            // The straight sides reach as far as `flat` from the middle; beyond it the outline is
            // a circle around the end of that stretch.
            let radius = half.x.min(half.y);
            let flat = half - Point::new(radius, radius);
            let exit = way * box_reach;
            let past = Point::new(exit.x.abs() - flat.x, exit.y.abs() - flat.y);
            if past.x <= 0.0 || past.y <= 0.0 {
                box_reach
            } else {
                let focus = Point::new(flat.x.copysign(way.x), flat.y.copysign(way.y));
                let along = focus.dot(way);
                let root = along * along - focus.dot(focus) + radius * radius;
                along + root.max(0.0).sqrt()
            }
        }
    };
    centre + way * if reach.is_finite() { reach.max(0.0) } else { 0.0 }
}

/// A quadratic Bézier curve, from border to border.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Curve {
    /// Where it starts, on the border of the source.
    pub from: Point,
    /// The control point.
    pub control: Point,
    /// Where it ends, on the border of the target: the tip of the arrow.
    pub to: Point,
}

/// How far the middle of each link is bent sideways, in canvas units, given all `links` (source,
/// target): 0 for the only link between two nodes, otherwise evenly spread, links of both
/// directions together, in the order given. Positive is to the right of the link's own direction
/// as seen on screen. For a self-link: its number among the loops of its node (0, 1, 2, …), for
/// [`loop_curve`].
pub fn fan(links: &[(u32, u32)]) -> Vec<f32> {
    let pair = |link: usize| {
        let (a, b) = links[link];
        (a.min(b), a.max(b))
    };
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.sort_unstable_by_key(|&link| (pair(link), link));
    let mut bends = vec![0.0; links.len()];
    for group in order.chunk_by(|&a, &b| pair(a) == pair(b)) {
        for (place, &link) in group.iter().enumerate() {
            let (a, b) = links[link];
            bends[link] = if a == b {
                place as f32
            } else {
                let side = place as f32 - (group.len() - 1) as f32 * 0.5;
                // For a link in the other direction, the same side is the opposite one.
                side * FAN_STEP * if a < b { 1.0 } else { -1.0 }
            };
        }
    }
    bends
}

/// The curve of a link from node `a` to node `b`, each (shape, centre, size), whose middle lies
/// `bend` canvas units to the right of the straight line (see [`fan`]).
pub fn curve(a: (Shape, Point, Point), b: (Shape, Point, Point), bend: f32) -> Curve {
    let way = b.1 - a.1;
    let length = way.length();
    let side = if length > 0.0 {
        Point::new(-way.y, way.x) * (1.0 / length)
    } else {
        Point::new(0.0, 1.0)
    };
    // The middle of a quadratic curve is half way to its control point.
    let middle = a.1.lerp(b.1, 0.5);
    let aim = middle + side * (bend * 2.0);
    let (towards_b, towards_a) = if bend == 0.0 { (b.1, a.1) } else { (aim, aim) };
    let from = border(a.0, a.1, a.2, towards_b);
    let to = border(b.0, b.1, b.2, towards_a);
    let control = if bend == 0.0 {
        from.lerp(to, 0.5)
    } else {
        // The ends moved from the centres to the borders: adjust the control point so that the middle stays in place.
        (middle + side * bend) * 2.0 - from.lerp(to, 0.5)
    };
    Curve { from, control, to }
}

/// The loop of a self-link over the top of its node; `place` is its number among the node's loops
/// (0 is the innermost).
pub fn loop_curve(node: (Shape, Point, Point), place: f32) -> Curve {
    let (shape, centre, size) = node;
    let place = place.max(0.0);
    let width = (size.x * 0.22).clamp(8.0, 30.0) + 7.0 * place;
    let top = centre.y - size.y * 0.5;
    let aim = |side: f32| Point::new(centre.x + side * width, top);
    let from = border(shape, centre, size, aim(-1.0));
    let to = border(shape, centre, size, aim(1.0));
    let control = Point::new(centre.x, top - 62.0 - 2.0 * FAN_STEP * place);
    Curve { from, control, to }
}

impl Curve {
    /// The point at `t` (0 = start, 1 = end).
    pub fn at(&self, t: f32) -> Point {
        let u = 1.0 - t;
        self.from * (u * u) + self.control * (2.0 * u * t) + self.to * (t * t)
    }

    /// The direction at `t`, of length 1; for a curve of no length, rightwards.
    pub fn tangent(&self, t: f32) -> Point {
        let way = (self.control - self.from) * (1.0 - t) + (self.to - self.control) * t;
        let way = if way.length() > 1e-6 { way } else { self.to - self.from };
        let length = way.length();
        if length > 1e-6 { way * (1.0 / length) } else { Point::new(1.0, 0.0) }
    }

    /// The distance from `p` to the nearest point of the curve, exact but for rounding.
    pub fn distance(&self, p: Point) -> f32 {
        // With B(t) − p = c + 2bt + at², the nearest point is a root of the cubic
        // a·a t³ + 3 a·b t² + (2 b·b + a·c) t + b·c = 0, or an end.
        let wide = |q: Point| (f64::from(q.x), f64::from(q.y));
        let dot = |u: (f64, f64), v: (f64, f64)| u.0 * v.0 + u.1 * v.1;
        let ((fx, fy), (mx, my), (tx, ty)) = (wide(self.from), wide(self.control), wide(self.to));
        let (px, py) = wide(p);
        let a = (fx - 2.0 * mx + tx, fy - 2.0 * my + ty);
        let b = (mx - fx, my - fy);
        let c = (fx - px, fy - py);
        let at = |t: f64| {
            let q = (c.0 + t * (2.0 * b.0 + t * a.0), c.1 + t * (2.0 * b.1 + t * a.1));
            dot(q, q)
        };
        let mut best = at(0.0).min(at(1.0));
        let mut consider = |t: f64| {
            if t > 0.0 && t < 1.0 {
                best = best.min(at(t));
            }
        };
        let (aa, bb) = (dot(a, a), dot(b, b));
        if aa <= 1e-9 * bb.max(1e-12) {
            // Straight: 2 b·b t + b·c = 0, with B'(t) = 2b constant.
            if bb > 0.0 {
                consider(-dot(b, c) / (2.0 * bb));
            }
        } else {
            // Depressed cubic u³ + pu + q with t = u − s.
            let s = dot(a, b) / aa;
            let k1 = (2.0 * bb + dot(a, c)) / aa;
            let k0 = dot(b, c) / aa;
            let p3 = k1 / 3.0 - s * s;
            let q2 = s * s * s + (k0 - s * k1) / 2.0;
            let discriminant = q2 * q2 + p3 * p3 * p3;
            if discriminant >= 0.0 {
                let root = discriminant.sqrt();
                consider((-q2 + root).cbrt() + (-q2 - root).cbrt() - s);
            } else {
                let radius = (-p3).sqrt();
                let angle = (-q2 / (radius * radius * radius)).clamp(-1.0, 1.0).acos() / 3.0;
                for turn in 0..3 {
                    let angle = angle - std::f64::consts::TAU / 3.0 * f64::from(turn);
                    consider(2.0 * radius * angle.cos() - s);
                }
            }
        }
        best.sqrt() as f32
    }

    /// The smallest upright rectangle around the curve.
    pub fn bounds(&self) -> Rect {
        let mut rect = Rect::of_points([self.from, self.to]);
        let extreme = |f: f32, m: f32, t: f32| {
            let bend = f - 2.0 * m + t;
            let at = (f - m) / bend;
            (bend != 0.0 && at > 0.0 && at < 1.0).then_some(at)
        };
        let (f, m, t) = (self.from, self.control, self.to);
        for at in [extreme(f.x, m.x, t.x), extreme(f.y, m.y, t.y)].into_iter().flatten() {
            let p = self.at(at);
            rect = rect.union(Rect { min: p, max: p });
        }
        rect
    }

    /// Whether the curve is a straight line to within `tolerance`.
    pub fn is_straight(&self, tolerance: f32) -> bool {
        (self.from.lerp(self.to, 0.5) - self.control).length() * 0.5 <= tolerance
    }

    /// Appends the points of a polyline within `tolerance` of the curve (both ends included) to
    /// `out`; two points when it is straight, never more than 65.
    pub fn flatten(&self, tolerance: f32, out: &mut Vec<Point>) {
        // A chord over a parameter step h is within |a| h² / 4 of the curve.
        let a = (self.from - self.control * 2.0 + self.to).length();
        let pieces = (a / (4.0 * tolerance.max(1e-3))).sqrt().ceil().clamp(1.0, 64.0);
        let pieces = if pieces.is_finite() { pieces as usize } else { 1 };
        out.push(self.from);
        for i in 1..pieces {
            out.push(self.at(i as f32 / pieces as f32));
        }
        out.push(self.to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHAPES: [Shape; 3] = [Shape::Pill, Shape::Diamond, Shape::Rectangle];

    /// How far outside (positive) or inside (negative) the outline `p` is, approximately in canvas units.
    fn outside(shape: Shape, centre: Point, size: Point, p: Point) -> f32 {
        let half = size * 0.5;
        let q = Point::new((p.x - centre.x).abs(), (p.y - centre.y).abs());
        match shape {
            Shape::Rectangle => (q.x - half.x).max(q.y - half.y),
            Shape::Diamond => (q.x / half.x + q.y / half.y - 1.0) * half.x.min(half.y),
            Shape::Pill => {
                let radius = half.x.min(half.y);
                let past =
                    Point::new((q.x - half.x + radius).max(0.0), (q.y - half.y + radius).max(0.0));
                past.length() - radius
            }
        }
    }

    fn point(range: f32) -> impl Strategy<Value = Point> {
        (-range..range, -range..range).prop_map(|(x, y)| Point::new(x, y))
    }

    fn node() -> impl Strategy<Value = (Shape, Point, Point)> {
        (0..3usize, point(1000.0), 10.0..220.0f32, 10.0..80.0f32)
            .prop_map(|(s, centre, w, h)| (SHAPES[s], centre, Point::new(w, h)))
    }

    proptest! {
        #[test]
        fn ends_lie_on_the_borders(a in node(), b in node(), bend in -120.0..120.0f32) {
            for curve in [curve(a, b, bend), curve(a, b, 0.0)] {
                prop_assert!(outside(a.0, a.1, a.2, curve.from).abs() < 0.05);
                prop_assert!(outside(b.0, b.1, b.2, curve.to).abs() < 0.05);
            }
            let around = loop_curve(a, bend.abs() / 40.0);
            prop_assert!(outside(a.0, a.1, a.2, around.from).abs() < 0.05);
            prop_assert!(outside(a.0, a.1, a.2, around.to).abs() < 0.05);
        }

        #[test]
        fn distance_equals_a_fine_walk(
            f in point(300.0), m in point(300.0), t in point(300.0), p in point(400.0)
        ) {
            for control in [m, f.lerp(t, 0.5)] {
                let curve = Curve { from: f, control, to: t };
                let walked = (0..=2000)
                    .map(|i| curve.at(i as f32 / 2000.0).distance(p))
                    .fold(f32::INFINITY, f32::min);
                let exact = curve.distance(p);
                prop_assert!((walked - exact).abs() < 0.5, "{walked} {exact}");
                prop_assert!(exact <= walked + 0.01, "{walked} {exact}");
            }
        }

        #[test]
        fn bounds_hold_the_curve_and_flattening_follows_it(
            f in point(300.0), m in point(300.0), t in point(300.0)
        ) {
            let curve = Curve { from: f, control: m, to: t };
            let bounds = curve.bounds().expand(0.01);
            for i in 0..=50 {
                prop_assert!(bounds.contains(curve.at(i as f32 / 50.0)));
            }
            let mut points = Vec::new();
            curve.flatten(0.5, &mut points);
            prop_assert_eq!((points[0], points[points.len() - 1]), (f, t));
            for pair in points.windows(2) {
                prop_assert!(curve.distance(pair[0].lerp(pair[1], 0.5)) < 0.55);
            }
        }
    }

    #[test]
    fn a_single_link_is_straight_and_several_fan_out_evenly() {
        assert_eq!(fan(&[(0, 1), (1, 2)]), [0.0, 0.0]);
        assert_eq!(fan(&[(0, 1), (0, 1)]), [-13.0, 13.0]);
        // Of opposite links both bow to their own left, that is, to opposite sides on screen.
        assert_eq!(fan(&[(0, 1), (1, 0)]), [-13.0, -13.0]);
        assert_eq!(fan(&[(5, 2), (2, 5), (2, 5)]), [26.0, 0.0, 26.0]);
        assert_eq!(fan(&[(3, 3), (0, 1), (3, 3)]), [0.0, 0.0, 1.0]);
        assert!(fan(&[]).is_empty());
    }

    #[test]
    fn opposite_links_do_not_cover_each_other() {
        let a = (Shape::Pill, Point::new(0.0, 0.0), Point::new(80.0, 30.0));
        let b = (Shape::Diamond, Point::new(300.0, 40.0), Point::new(120.0, 60.0));
        let bends = fan(&[(0, 1), (1, 0)]);
        let there = curve(a, b, bends[0]);
        let back = curve(b, a, bends[1]);
        assert!((there.at(0.5).distance(back.at(0.5)) - FAN_STEP).abs() < 0.1);
    }

    #[test]
    fn degenerate_input_gives_finite_curves() {
        let node = (Shape::Pill, Point::new(5.0, 5.0), Point::new(0.0, 0.0));
        let nan = (Shape::Diamond, Point::new(5.0, 5.0), Point::new(0.0, 20.0));
        for c in [curve(node, node, 0.0), curve(node, nan, 13.0), loop_curve(nan, 0.0)] {
            assert!(c.from.is_finite() && c.control.is_finite() && c.to.is_finite());
            assert!(c.distance(Point::new(9.0, 9.0)).is_finite());
            assert!((c.tangent(0.0).length() - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn tangents_point_along_the_link() {
        let c = Curve {
            from: Point::new(0.0, 0.0),
            control: Point::new(10.0, 0.0),
            to: Point::new(10.0, 10.0),
        };
        assert_eq!(c.tangent(0.0), Point::new(1.0, 0.0));
        assert_eq!(c.tangent(1.0), Point::new(0.0, 1.0));
    }
}
