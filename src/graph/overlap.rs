//! Moving overlapping nodes apart with as little disturbance as possible.

use super::{Grid, Point, Rect};

/// Moves nodes until no two rectangles (of `sizes`, around `centres`) are nearer than `gap` canvas
/// units in both directions. Pinned nodes stay bit-identical, so two pinned nodes that overlap go
/// on overlapping; every other pair ends up apart. Deterministic. A centre that is not finite or
/// beyond four million canvas units is placed among the others.
///
/// First neighbours push each other apart along the cheaper axis, which keeps the arrangement;
/// whatever still overlaps is then put on the nearest free place.
pub fn remove_overlaps(centres: &mut [Point], sizes: &[Point], pinned: &[bool], gap: f32) {
    let count = centres.len().min(sizes.len());
    let gap = if gap.is_finite() { gap.max(0.0) } else { 0.0 };
    let is_pinned = |i: usize| pinned.get(i).copied().unwrap_or(false);
    let sizes: Vec<Point> = sizes[..count].iter().map(|&size| sane_size(size)).collect();
    let middle = {
        let known = Rect::of_points(centres.iter().copied().filter(|&c| is_usable(c)));
        if known.is_valid() { known.centre() } else { Point::default() }
    };
    for (i, centre) in centres.iter_mut().enumerate().take(count) {
        if !is_usable(*centre) && !is_pinned(i) {
            *centre = middle;
        }
    }
    let padded: Vec<Point> = sizes.iter().map(|&s| s + Point::new(gap, gap)).collect();
    push_apart(&mut centres[..count], &padded, &is_pinned);
    settle(&mut centres[..count], &padded, &is_pinned);
}

/// A size that can be computed with: finite and not negative.
pub(super) fn sane_size(size: Point) -> Point {
    let sane = |v: f32| {
        if v.is_finite() { v.clamp(0.0, 1e6) } else { 0.0 }
    };
    Point::new(sane(size.x), sane(size.y))
}

/// Whether a place can be computed with: near enough to the origin that one canvas unit is more
/// than rounding.
pub(super) fn is_usable(place: Point) -> bool {
    place.x.abs() <= 4e6 && place.y.abs() <= 4e6
}

/// Rounds of pushing; each moves every overlapping pair apart by part of what is missing.
const ROUNDS: usize = 60;

fn push_apart(centres: &mut [Point], sizes: &[Point], pinned: &dyn Fn(usize) -> bool) {
    let mut moves = vec![Point::default(); centres.len()];
    let mut hits = vec![0u32; centres.len()];
    for round in 0..ROUNDS {
        let rects: Vec<Rect> =
            centres.iter().zip(sizes).map(|(&c, &s)| Rect::around(c, s)).collect();
        let grid = Grid::build(&rects);
        moves.fill(Point::default());
        hits.fill(0);
        let mut any = false;
        for i in 0..centres.len() {
            if !rects[i].is_valid() {
                continue;
            }
            grid.visit(rects[i], |j| {
                let j = j as usize;
                if j <= i || !rects[i].overlaps(rects[j]) || (pinned(i) && pinned(j)) {
                    return;
                }
                any = true;
                let way = centres[j] - centres[i];
                let room = (sizes[i] + sizes[j]) * 0.5;
                let missing = Point::new(room.x - way.x.abs(), room.y - way.y.abs());
                // Coincident centres have no direction: take one from the numbers of the nodes.
                let sign = |v: f32, bit: usize| match v {
                    v if v > 0.0 => 1.0,
                    v if v < 0.0 => -1.0,
                    _ if (i + j) >> bit & 1 == 0 => 1.0,
                    _ => -1.0,
                };
                let push = if missing.x < missing.y {
                    Point::new(missing.x * sign(way.x, 0), 0.0)
                } else {
                    Point::new(0.0, missing.y * sign(way.y, 1))
                };
                let (share_i, share_j) = match (pinned(i), pinned(j)) {
                    (true, _) => (0.0, 1.0),
                    (_, true) => (1.0, 0.0),
                    _ => (0.5, 0.5),
                };
                moves[i] = moves[i] - push * share_i;
                moves[j] = moves[j] + push * share_j;
                hits[i] += 1;
                hits[j] += 1;
            });
        }
        if !any {
            return;
        }
        // In a dense heap each node is pushed from many sides: the mean of the pushes is stable,
        // a little more than it converges faster.
        let eager = if round < ROUNDS / 2 { 1.1 } else { 1.3 };
        for i in 0..centres.len() {
            if hits[i] > 0 && !pinned(i) {
                let damping = eager / (hits[i] as f32).sqrt();
                centres[i] = centres[i] + moves[i] * damping.min(1.02);
            }
        }
    }
}

/// Puts every node that still overlaps on the nearest free place.
fn settle(centres: &mut [Point], sizes: &[Point], pinned: &dyn Fn(usize) -> bool) {
    let rects: Vec<Rect> = centres.iter().zip(sizes).map(|(&c, &s)| Rect::around(c, s)).collect();
    let grid = Grid::build(&rects);
    // The smaller node of an overlapping pair goes, unless it is pinned.
    let mut loose = vec![false; centres.len()];
    for i in 0..centres.len() {
        grid.visit(rects[i], |j| {
            let j = j as usize;
            if j <= i || !rects[i].overlaps(rects[j]) || loose[i] || loose[j] {
                return;
            }
            let area = |k: usize| sizes[k].x * sizes[k].y;
            let goes = if pinned(j) || (!pinned(i) && area(i) < area(j)) { i } else { j };
            if !pinned(goes) {
                loose[goes] = true;
            }
        });
    }
    if !loose.contains(&true) {
        return;
    }
    let mut taken = Occupied::new(sizes);
    for i in 0..centres.len() {
        if !loose[i] {
            taken.add(centres[i], sizes[i]);
        }
    }
    for i in 0..centres.len() {
        if loose[i] {
            centres[i] = taken.nearest_free(centres[i], sizes[i]);
            taken.add(centres[i], sizes[i]);
        }
    }
}

/// Rectangles that are taken, and room between them. Grows one rectangle at a time.
pub(super) struct Occupied {
    cell: f32,
    cells: std::collections::HashMap<(i32, i32), Vec<u32>>,
    rects: Vec<Rect>,
}

impl Occupied {
    /// Nothing taken yet; `sizes` of what will come sets the resolution.
    pub fn new(sizes: &[Point]) -> Self {
        let sum: f64 = sizes.iter().map(|s| f64::from(s.x.max(s.y))).sum();
        let cell = ((sum / sizes.len().max(1) as f64) as f32).max(4.0);
        Self { cell, cells: std::collections::HashMap::new(), rects: Vec::new() }
    }

    fn span(&self, rect: Rect) -> (std::ops::RangeInclusive<i32>, std::ops::RangeInclusive<i32>) {
        let to = |v: f32| (v / self.cell).floor().clamp(-1e9, 1e9) as i32;
        (to(rect.min.x)..=to(rect.max.x), to(rect.min.y)..=to(rect.max.y))
    }

    /// Takes a rectangle.
    pub fn add(&mut self, centre: Point, size: Point) {
        let rect = Rect::around(centre, size);
        if !rect.is_valid() {
            return;
        }
        let index = self.rects.len() as u32;
        self.rects.push(rect);
        let (columns, rows) = self.span(rect);
        for x in columns {
            for y in rows.clone() {
                self.cells.entry((x, y)).or_default().push(index);
            }
        }
    }

    /// A taken rectangle that a new one would overlap.
    pub fn hit(&self, centre: Point, size: Point) -> Option<Rect> {
        let rect = Rect::around(centre, size);
        let (columns, rows) = self.span(rect);
        for x in columns {
            for y in rows.clone() {
                let Some(here) = self.cells.get(&(x, y)) else {
                    continue;
                };
                let hit = here.iter().find(|&&i| self.rects[i as usize].overlaps(rect));
                if let Some(&i) = hit {
                    return Some(self.rects[i as usize]);
                }
            }
        }
        None
    }

    /// The free place nearest to `wish` (to within a step of the search) for a node of `size`.
    pub fn nearest_free(&self, wish: Point, size: Point) -> Point {
        if self.hit(wish, size).is_none() {
            return wish;
        }
        // Rings of places around the wish, each finer than the smallest side it must find.
        let step = (size.x.min(size.y) * 0.5).max(6.0);
        let mut ring = 1u32;
        loop {
            let radius = step * ring as f32;
            let places = (6 * ring).min(256);
            let mut best: Option<(f32, Point)> = None;
            for k in 0..places {
                // A different start angle on each ring, so that rings do not line up.
                let turn = (k as f32 + 0.618 * (ring % 7) as f32) / places as f32;
                let angle = turn * std::f32::consts::TAU;
                // Labels are wide: look farther sideways than up and down.
                let way = Point::new(angle.cos() * 1.2, angle.sin() * 0.8);
                let place = wish + way * radius;
                if self.hit(place, size).is_none() {
                    let distance = place.distance(wish);
                    if best.is_none_or(|(least, _)| distance < least) {
                        best = Some((distance, place));
                    }
                }
            }
            if let Some((_, place)) = best {
                return place;
            }
            if radius > 1e8 {
                return wish;
            }
            // Far out the rings grow faster: the end is always beyond everything taken.
            ring += 1 + ring / 16;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Random, overlaps};
    use super::*;

    fn heap(count: usize, spread: f32, seed: u64) -> (Vec<Point>, Vec<Point>) {
        let mut random = Random::new(seed);
        let mut point = |w: f32, h: f32| Point::new(random.unit() * w, random.unit() * h);
        let centres = (0..count).map(|_| point(spread, spread)).collect();
        let sizes = (0..count).map(|_| point(160.0, 28.0) + Point::new(60.0, 32.0)).collect();
        (centres, sizes)
    }

    #[test]
    fn nothing_overlaps_afterwards_and_pinned_nodes_have_not_moved() {
        for (count, spread) in [(2, 0.0), (30, 0.0), (60, 300.0), (800, 900.0), (2000, 9000.0)] {
            let (mut centres, sizes) = heap(count, spread, 3);
            let pinned: Vec<bool> = (0..count).map(|i| i % 400 == 1).collect();
            let before = centres.clone();
            remove_overlaps(&mut centres, &sizes, &pinned, 4.0);
            for i in 0..count {
                if pinned[i] {
                    assert_eq!(centres[i].x.to_bits(), before[i].x.to_bits());
                    assert_eq!(centres[i].y.to_bits(), before[i].y.to_bits());
                }
            }
            let free: Vec<usize> = (0..count).filter(|&i| !pinned[i]).collect();
            let rect = |i: usize| Rect::around(centres[i], sizes[i]);
            for &i in &free {
                for j in 0..count {
                    assert!(i == j || !rect(i).overlaps(rect(j)), "{i} and {j} of {count}");
                }
            }
        }
    }

    #[test]
    fn what_does_not_overlap_stays() {
        let mut centres = vec![Point::new(0.0, 0.0), Point::new(100.0, 0.0)];
        let before = centres.clone();
        remove_overlaps(&mut centres, &[Point::new(80.0, 30.0); 2], &[false; 2], 8.0);
        assert_eq!(centres, before);
    }

    #[test]
    fn missing_places_are_made_up() {
        let mut centres = vec![Point::new(f32::NAN, 0.0); 5];
        let sizes = vec![Point::new(f32::INFINITY, 20.0), Point::new(50.0, 20.0)];
        let sizes: Vec<Point> = sizes.into_iter().cycle().take(5).collect();
        remove_overlaps(&mut centres, &sizes, &[], 2.0);
        assert!(centres.iter().all(|c| c.is_finite()));
        let sane: Vec<Point> = sizes.iter().map(|&size| sane_size(size)).collect();
        assert_eq!(overlaps(&centres, &sane), 0);
    }

    #[test]
    fn far_out_places_do_not_hang() {
        let mut centres = vec![Point::new(1e30, 1e30); 3];
        remove_overlaps(&mut centres, &[Point::new(50.0, 20.0); 3], &[true, false, false], 2.0);
        assert_eq!(centres[0], Point::new(1e30, 1e30));
        assert!(centres[1].is_finite() && centres[1] != centres[2]);
    }
}
