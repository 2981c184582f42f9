//! Rotating, mirroring, moving and scaling a whole arrangement.

use super::{Point, Rect};

/// The share of its box that the nodes of a large part take up, before overlapping ones are moved
/// apart: dense enough to read at the zoom that shows all, loose enough that few overlap.
const FILL: f64 = 0.08;

/// The factor by which to scale `places` so that nodes of `sizes` (and a `gap` around them) fill that share of the box
/// around them: repulsion over long distances drives large parts far apart.
pub(super) fn fill_factor(places: &[Point], sizes: &[Point], gap: f32) -> f32 {
    let area: f64 =
        sizes.iter().map(|size| f64::from(size.x + gap) * f64::from(size.y + gap)).sum();
    let spread = Rect::of_points(places.iter().copied()).size();
    let fill = area / (f64::from(spread.x) * f64::from(spread.y)).max(1.0);
    (fill / FILL).sqrt().clamp(0.1, 4.0) as f32
}

fn middle_of(places: impl ExactSizeIterator<Item = Point>) -> Point {
    let count = places.len().max(1) as f64;
    let (x, y) = places.fold((0.0, 0.0), |(x, y), p| (x + f64::from(p.x), y + f64::from(p.y)));
    Point::new((x / count) as f32, (y / count) as f32)
}

/// Turns `places` about their middle so that they are widest from left to right.
pub(super) fn turn_wide(places: &mut [Point]) {
    let middle = middle_of(places.iter().copied());
    let (mut xx, mut xy, mut yy) = (0.0f32, 0.0f32, 0.0f32);
    for &p in places.iter() {
        let q = p - middle;
        xx += q.x * q.x;
        xy += q.x * q.y;
        yy += q.y * q.y;
    }
    let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
    let (sin, cos) = angle.sin_cos();
    for p in places {
        let q = *p - middle;
        *p = Point::new(q.x * cos + q.y * sin, q.y * cos - q.x * sin);
    }
}

/// Mirrors `places` left to right, top to bottom or both, whichever puts most nodes on the side
/// they were on `before`.
pub(super) fn flip_like(places: &mut [Point], before: &[Option<Point>]) {
    let known: Vec<(Point, Point)> =
        places.iter().zip(before).filter_map(|(&p, b)| Some((p, (*b)?))).collect();
    let now = middle_of(known.iter().map(|pair| pair.0));
    let then = middle_of(known.iter().map(|pair| pair.1));
    let (mut x, mut y) = (0.0f64, 0.0f64);
    for &(p, b) in &known {
        x += f64::from(p.x - now.x) * f64::from(b.x - then.x);
        y += f64::from(p.y - now.y) * f64::from(b.y - then.y);
    }
    for p in places {
        let q = *p - now;
        *p = now + Point::new(if x < 0.0 { -q.x } else { q.x }, if y < 0.0 { -q.y } else { q.y });
    }
}

/// Mirrors `places` top to bottom if that puts more nodes on the side they were on `before`.
pub(super) fn flip_down(places: &mut [Point], before: &[Option<Point>]) {
    let known: Vec<(f32, f32)> =
        places.iter().zip(before).filter_map(|(p, b)| Some((p.y, (*b)?.y))).collect();
    let middle = |of: fn(&(f32, f32)) -> f32| {
        known.iter().map(|pair| f64::from(of(pair))).sum::<f64>() / known.len().max(1) as f64
    };
    let (now, then) = (middle(|pair| pair.0), middle(|pair| pair.1));
    let alike: f64 =
        known.iter().map(|(p, b)| (f64::from(*p) - now) * (f64::from(*b) - then)).sum();
    if alike < 0.0 {
        for place in places {
            place.y = -place.y;
        }
    }
}

/// A similarity: turn, mirror, scale, move.
pub(super) struct Fit {
    from: Point,
    to: Point,
    /// Cosine and sine of the turn, times the scale.
    turn: Point,
    mirror: bool,
    /// How much larger things become.
    pub scale: f32,
}

impl Fit {
    /// The similarity that brings `places` nearest to the `anchors` (index, wished place), least
    /// squares; at the scale `usual`, or up to three times less or more if the anchors ask for it.
    pub fn new(places: &[Point], anchors: &[(u32, Point)], usual: f32) -> Self {
        let from = middle_of(anchors.iter().map(|&(node, _)| places[node as usize]));
        let to = middle_of(anchors.iter().map(|&(_, at)| at));
        // As complex numbers: the best turn is the direction of Σ z̄ a, or of Σ z a when mirrored.
        let (mut straight, mut mirrored) = ((0.0f64, 0.0f64), (0.0f64, 0.0f64));
        let mut size = 0.0f64;
        for &(node, at) in anchors {
            let (z, a) = (places[node as usize] - from, at - to);
            let (zx, zy, ax, ay) = (f64::from(z.x), f64::from(z.y), f64::from(a.x), f64::from(a.y));
            straight = (straight.0 + zx * ax + zy * ay, straight.1 + zx * ay - zy * ax);
            mirrored = (mirrored.0 + zx * ax - zy * ay, mirrored.1 + zx * ay + zy * ax);
            size += zx * zx + zy * zy;
        }
        let length = |v: (f64, f64)| v.0.hypot(v.1);
        let mirror = length(mirrored) > length(straight);
        let best = if mirror { mirrored } else { straight };
        let much = length(best);
        let (turn, scale) = if much > 0.0 && size > 0.0 {
            let scale = ((much / size) as f32).clamp(usual / 3.0, usual * 3.0);
            (Point::new((best.0 / much) as f32, (best.1 / much) as f32) * scale, scale)
        } else {
            (Point::new(usual, 0.0), usual)
        };
        Self { from, to, turn, mirror, scale }
    }

    /// The image of `place`.
    pub fn apply(&self, place: Point) -> Point {
        let z = place - self.from;
        let z = if self.mirror { Point::new(z.x, -z.y) } else { z };
        self.to
            + Point::new(
                z.x * self.turn.x - z.y * self.turn.y,
                z.x * self.turn.y + z.y * self.turn.x,
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Vec<Point> {
        vec![Point::new(1.0, 2.0), Point::new(30.0, -4.0), Point::new(7.0, 50.0)]
    }

    #[test]
    fn a_similarity_is_found_again() {
        let places = some();
        for mirror in [false, true] {
            let (sin, cos) = 0.7f32.sin_cos();
            let anchors: Vec<(u32, Point)> = (0..3u32)
                .map(|i| {
                    let p = places[i as usize];
                    let p = if mirror { Point::new(-p.x, p.y) } else { p };
                    let q = Point::new(p.x * cos - p.y * sin, p.x * sin + p.y * cos) * 1.5;
                    (i, q + Point::new(100.0, 200.0))
                })
                .collect();
            let fit = Fit::new(&places, &anchors, 1.0);
            assert!((fit.scale - 1.5).abs() < 1e-4);
            for (i, at) in anchors {
                assert!(fit.apply(places[i as usize]).distance(at) < 1e-3);
            }
        }
        let one = Fit::new(&places, &[(1, Point::new(9.0, 9.0))], 2.0);
        assert_eq!(one.apply(places[1]), Point::new(9.0, 9.0));
        assert_eq!(one.scale, 2.0);
    }

    #[test]
    fn mirrored_back_to_where_they_were() {
        let before: Vec<Option<Point>> = some().into_iter().map(Some).collect();
        let mut places: Vec<Point> = some().iter().map(|p| Point::new(-2.0 * p.x, p.y)).collect();
        flip_like(&mut places, &before);
        assert!(places[1].x > places[0].x && places[2].y > places[1].y);
        let kept = places.clone();
        flip_like(&mut places, &[None, None, None]);
        assert_eq!(places, kept);
    }

    #[test]
    fn the_long_side_lies_level() {
        let mut places: Vec<Point> = (0..9).map(|i| Point::new(0.0, i as f32 * 10.0)).collect();
        turn_wide(&mut places);
        let size = Rect::of_points(places).size();
        assert!(size.x > 79.0 && size.y < 1.0);
    }
}
