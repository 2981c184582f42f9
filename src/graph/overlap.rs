//! Moving overlapping nodes apart with as little disturbance as possible.

use std::collections::HashMap;

use super::effort::Effort;
use super::occupancy::Field;
use super::usable::{is_usable, sane_size};
use super::{Grid, Point, Rect};

/// Moves nodes until no two rectangles (of `sizes`, around `centres`) are nearer than `gap` canvas units in both
/// directions. Pinned nodes stay bit-identical, so two pinned nodes that overlap keep overlapping; every other pair
/// ends up apart. Deterministic. A centre that is not finite or beyond four million canvas units is placed among the
/// others.
///
/// First neighbours push each other apart along the cheaper axis, which keeps the arrangement; whatever still overlaps
/// is then moved to the nearest free place. Once `stopped` returns true, little more work is done: what still overlaps
/// is placed in rows below the others.
pub fn remove_overlaps(
    centres: &mut [Point],
    sizes: &[Point],
    pinned: &[bool],
    gap: f32,
    stopped: &dyn Fn() -> bool,
) {
    move_apart(centres, sizes, pinned, gap, &Effort::until(stopped));
}

/// As [`remove_overlaps`], with an effort shared with other work.
pub(super) fn move_apart(
    centres: &mut [Point],
    sizes: &[Point],
    pinned: &[bool],
    gap: f32,
    effort: &Effort,
) {
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
    push_apart(&mut centres[..count], &padded, &is_pinned, effort);
    settle(&mut centres[..count], &padded, &is_pinned, effort);
}

/// The most other nodes that push a node in one round.
const PUSHES: usize = 96;
/// A heap of more overlapping nodes than this, with more than [`DENSE`] overlaps for each, is not pushed apart: nothing
/// of its arrangement would be left.
const HEAP: usize = 1000;
const DENSE: usize = 24;
/// The most rounds of pushing; each moves every overlapping pair apart by part of what is missing.
const ROUNDS: usize = 80;

fn field_of(centres: &[Point], sizes: &[Point]) -> Field {
    let bounds = Rect::of_points(centres.iter().copied().filter(|&c| is_usable(c)));
    Field::new(bounds, sizes)
}

fn push_apart(
    centres: &mut [Point],
    sizes: &[Point],
    pinned: &dyn Fn(usize) -> bool,
    effort: &Effort,
) {
    let count = centres.len();
    let rect = |centre: Point, i: usize| Rect::around(centre, sizes[i]);
    let mut field = field_of(centres, sizes);
    for (i, &centre) in centres.iter().enumerate() {
        field.add(rect(centre, i));
    }
    let mut moves = vec![Point::default(); count];
    let mut hits = vec![0u32; count];
    // Only nodes that moved in the last round can have new overlaps.
    let mut active: Vec<u32> = (0..count as u32).collect();
    let mut is_active = vec![true; count];
    let mut touched: Vec<u32> = Vec::new();
    for round in 0..ROUNDS {
        let mut pairs = 0;
        for &i in &active {
            let i = i as usize;
            let mut met = 0;
            field.any(rect(centres[i], i), |j| {
                met += 1;
                if j == i || (j < i && is_active[j]) || (pinned(i) && pinned(j)) {
                    return met > PUSHES;
                }
                pairs += 1;
                let push = push(centres[i], centres[j], (sizes[i] + sizes[j]) * 0.5, i + j);
                let (share_i, share_j) = match (pinned(i), pinned(j)) {
                    (true, _) => (0.0, 1.0),
                    (_, true) => (1.0, 0.0),
                    _ => (0.5, 0.5),
                };
                for (node, by) in [(i, push * -share_i), (j, push * share_j)] {
                    if hits[node] == 0 {
                        touched.push(node as u32);
                    }
                    moves[node] = moves[node] + by;
                    hits[node] += 1;
                }
                met > PUSHES
            });
            if !effort.spend(field.take_work()) {
                return;
            }
        }
        if active.len() > HEAP && pairs > DENSE * active.len() {
            return;
        }
        for &i in &active {
            is_active[i as usize] = false;
        }
        if touched.is_empty() {
            return;
        }
        // The order in which pairs were found depends on history only, so this is repeatable; it is sorted all the
        // same, for locality in memory.
        touched.sort_unstable();
        active.clear();
        // In a dense heap each node is pushed from many sides: less than the sum of the pushes is
        // stable, more than the mean converges faster.
        let eager = if round < ROUNDS / 2 { 1.1 } else { 1.3 };
        for &node in &touched {
            let i = node as usize;
            let damping = eager / (hits[i] as f32).sqrt();
            if !pinned(i) {
                centres[i] = centres[i] + moves[i] * damping.min(1.02);
                field.set(i, rect(centres[i], i));
                is_active[i] = true;
                active.push(node);
            }
            moves[i] = Point::default();
            hits[i] = 0;
        }
        touched.clear();
    }
}

/// The shortest vertical or horizontal displacement that clears the node at `b` of the one at `a`, when their centres
/// need `room`. `tie` decides the direction for coincident centres.
fn push(a: Point, b: Point, room: Point, tie: usize) -> Point {
    let way = b - a;
    let missing = Point::new(room.x - way.x.abs(), room.y - way.y.abs());
    let sign = |v: f32, bit: usize| match v {
        v if v > 0.0 => 1.0,
        v if v < 0.0 => -1.0,
        _ if (tie >> bit) & 1 == 0 => 1.0,
        _ => -1.0,
    };
    if missing.x < missing.y {
        Point::new(missing.x * sign(way.x, 0), 0.0)
    } else {
        Point::new(0.0, missing.y * sign(way.y, 1))
    }
}

/// Moves every node that still overlaps to the nearest free place.
fn settle(centres: &mut [Point], sizes: &[Point], pinned: &dyn Fn(usize) -> bool, effort: &Effort) {
    let rects: Vec<Rect> = centres.iter().zip(sizes).map(|(&c, &s)| Rect::around(c, s)).collect();
    let grid = Grid::build(&rects);
    // The smaller node of an overlapping pair moves, unless it is pinned. This is done even after a stop: it must be
    // known which nodes overlap.
    let mut loose = vec![false; centres.len()];
    for i in 0..centres.len() {
        if loose[i] {
            continue;
        }
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
    let mut taken = field_of(centres, sizes);
    let mut bounds = Rect::NOTHING;
    for i in (0..centres.len()).filter(|&i| !loose[i]) {
        taken.add(rects[i]);
        if is_usable(centres[i]) {
            bounds = bounds.union(rects[i]);
        }
    }
    // The ring from which there may be room around a wish, by size: what is taken stays taken.
    let mut rings: HashMap<(i32, i32, u32, u32), u32> = HashMap::new();
    let mut rest = Vec::new();
    for i in (0..centres.len()).filter(|&i| loose[i]) {
        let (wish, size) = (centres[i], sizes[i]);
        let key = (
            (wish.x / NEARBY).round() as i32,
            (wish.y / NEARBY).round() as i32,
            (size.x / NEARBY) as u32,
            (size.y / NEARBY) as u32,
        );
        let known = rings.entry(key).or_default();
        // Starts a little farther in, because the place and the size were slightly different.
        let mut ring = if *known > 8 { *known - 2 } else { 0 };
        taken.take_work();
        let place = taken
            .nearest_free_from(wish, size, &mut ring, &mut || effort.spend(taken.take_work() + 64));
        match place {
            Some(place) => {
                *known = ring;
                centres[i] = place;
                let rect = Rect::around(place, size);
                taken.add(rect);
                bounds = bounds.union(rect);
            }
            None => rest.push(i),
        }
    }
    rows_below(centres, sizes, &rest, bounds, &taken);
}

/// The distance, in canvas units, within which wishes share a search.
const NEARBY: f32 = 24.0;

/// Puts nodes in rows below `bounds`.
fn rows_below(
    centres: &mut [Point],
    sizes: &[Point],
    which: &[usize],
    bounds: Rect,
    taken: &Field,
) {
    if which.is_empty() {
        return;
    }
    let bounds = if bounds.is_valid() { bounds } else { Rect::of_points([Point::default()]) };
    let area: f64 = which.iter().map(|&i| f64::from(sizes[i].x) * f64::from(sizes[i].y)).sum();
    let width = bounds.size().x.max((area * 1.5).sqrt() as f32);
    let (mut at, mut row) = (Point::new(bounds.min.x, bounds.max.y), 0.0f32);
    for &i in which {
        if at.x > bounds.min.x && at.x + sizes[i].x > bounds.min.x + width {
            at = Point::new(bounds.min.x, at.y + row);
            row = 0.0;
        }
        // Only nodes pinned far away can be in the way.
        for _ in 0..64 {
            if taken.is_free(at + sizes[i] * 0.5, sizes[i]) {
                break;
            }
            at.x += sizes[i].x.max(1.0);
        }
        centres[i] = at + sizes[i] * 0.5;
        at.x += sizes[i].x;
        row = row.max(sizes[i].y);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Random, overlaps};
    use super::*;

    const NEVER: &dyn Fn() -> bool = &|| false;

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
            remove_overlaps(&mut centres, &sizes, &pinned, 4.0, NEVER);
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
        remove_overlaps(&mut centres, &[Point::new(80.0, 30.0); 2], &[false; 2], 8.0, NEVER);
        assert_eq!(centres, before);
    }

    #[test]
    fn missing_places_are_made_up() {
        let mut centres = vec![Point::new(f32::NAN, 0.0); 5];
        let sizes = vec![Point::new(f32::INFINITY, 20.0), Point::new(50.0, 20.0)];
        let sizes: Vec<Point> = sizes.into_iter().cycle().take(5).collect();
        remove_overlaps(&mut centres, &sizes, &[], 2.0, NEVER);
        assert!(centres.iter().all(|c| c.is_finite()));
        let sane: Vec<Point> = sizes.iter().map(|&size| sane_size(size)).collect();
        assert_eq!(overlaps(&centres, &sane), 0);
    }

    #[test]
    fn far_out_places_do_not_hang() {
        let mut centres = vec![Point::new(1e30, 1e30); 3];
        let sizes = [Point::new(50.0, 20.0); 3];
        remove_overlaps(&mut centres, &sizes, &[true, false, false], 2.0, NEVER);
        assert_eq!(centres[0], Point::new(1e30, 1e30));
        assert!(centres[1].is_finite() && centres[1] != centres[2]);
    }
}
