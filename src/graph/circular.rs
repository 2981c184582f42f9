//! The circular layout: each connected part on a circle of its own, in an order in which few links cross.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::effort::Effort;
use super::overlap::move_apart;
use super::pack::pack;
use super::usable::sane_size;
use super::{Adjacency, Node, Options, Point, Rect};

/// The most elementary comparisons spent on sifting, for all parts together: about a second.
const SIFTING: usize = 60_000_000;
/// The most rounds of sifting.
const ROUNDS: usize = 12;

/// The circular layout of `nodes`. Parts are packed side by side; nodes without links are placed in rows. Pinned nodes
/// stay where they are, and what is returned for them is their place; the circles are closed without them. No two
/// others overlap. Stops early when `cancelled` says so, with places that are not final.
pub fn circular(
    nodes: &[Node],
    links: &[(u32, u32)],
    options: &Options,
    cancelled: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(f32),
) -> Vec<Point> {
    let options = &options.sane();
    let effort = &Effort::until(cancelled);
    let pinned = |n: u32| nodes[n as usize].is_fixed();
    let adjacency = Adjacency::new(nodes.len(), links);
    let (part_of, parts) = adjacency.parts();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); parts];
    let mut local = vec![0_u32; nodes.len()];
    for (node, &part) in part_of.iter().enumerate() {
        local[node] = members[part as usize].len() as u32;
        members[part as usize].push(node as u32);
    }
    let sizes: Vec<Point> = nodes.iter().map(|node| sane_size(node.size)).collect();
    let mut places = vec![Point::default(); nodes.len()];
    let margin = options.gap.max(1.0) * 3.0;
    let (mut boxes, mut corners) = (Vec::with_capacity(parts), Vec::with_capacity(parts));
    let (mut budget, mut done) = (SIFTING, 0);
    for members in &members {
        let own: Vec<Vec<u32>> = members
            .iter()
            .map(|&node| adjacency.of(node).iter().map(|&mate| local[mate as usize]).collect())
            .collect();
        let share = |of: f32| (done as f32 + of) / nodes.len().max(1) as f32;
        let mut order = appended(&own, effort);
        sift(&own, &mut order, &mut budget, effort, &mut |part| {
            progress(share(members.len() as f32 * part));
        });
        // Pinned nodes have influenced the order of the others; they are not on the circle themselves.
        let ring: Vec<u32> =
            order.into_iter().map(|n| members[n as usize]).filter(|n| !pinned(*n)).collect();
        let around: Vec<Point> = ring.iter().map(|&n| sizes[n as usize]).collect();
        let mut bounds = Rect::NOTHING;
        for (&node, place) in ring.iter().zip(circle(&around, options.gap, effort)) {
            places[node as usize] = place;
            bounds = bounds.union(Rect::around(place, sizes[node as usize]));
        }
        let bounds = if bounds.is_valid() {
            bounds.expand(margin * 0.5)
        } else {
            Rect::of_points([Point::default()])
        };
        corners.push(bounds.min);
        boxes.push(bounds.size());
        done += members.len();
        progress(done as f32 / nodes.len().max(1) as f32);
    }
    let corner_of = pack(&boxes, options.aspect);
    for (node, place) in places.iter_mut().enumerate() {
        let part = part_of[node] as usize;
        *place = *place + (corner_of[part] - corners[part]);
    }
    let room: Vec<Point> = (0..nodes.len() as u32)
        .map(|n| if pinned(n) { Point::default() } else { sizes[n as usize] })
        .collect();
    // The circles leave enough room: this only corrects rounding errors far from the origin.
    move_apart(&mut places, &room, &[], options.gap * 0.25, effort);
    for (node, place) in nodes.iter().zip(&mut places) {
        if let (true, Some(at)) = (node.pinned, node.at.filter(|at| at.is_finite())) {
            *place = at;
        }
    }
    places
}

/// A first order: always the node with the most neighbours already placed (of those the one with the fewest still to
/// come), at the end of the row where its links cross fewer of those that are still open (Baur and Brandes, "Crossing
/// reduction in circular layouts", 2004). When it is stopped, the remaining ones follow in the order of their numbers.
fn appended(own: &[Vec<u32>], effort: &Effort) -> Vec<u32> {
    let count = own.len();
    let mut heap: BinaryHeap<_> =
        (0..count as u32).map(|n| (0_usize, Reverse(own[n as usize].len()), Reverse(n))).collect();
    let mut waiting: Vec<usize> = own.iter().map(Vec::len).collect();
    // The row grows at both its ends: its middle is here.
    let (mut front, mut back) = (count, count);
    let mut at = vec![usize::MAX; count];
    let mut row = vec![0_u32; count * 2 + 1];
    // Links of placed nodes to nodes that are not, by place.
    let mut open = Counter::new(count * 2 + 1);
    while let Some((placed, Reverse(known), Reverse(node))) = heap.pop() {
        let n = node as usize;
        if at[n] != usize::MAX || known != waiting[n] || placed != own[n].len() - known {
            continue;
        }
        if !effort.spend(16 * own[n].len() as u64 + 16) || effort.was_stopped() {
            break;
        }
        let mates = || own[n].iter().filter(|mate| at[**mate as usize] != usize::MAX);
        // Its own links close those open ones: they are not crossed.
        let (mut before, mut after) = (0, 0);
        for &mate in mates() {
            open.add(at[mate as usize], -1);
        }
        for &mate in mates() {
            let place = at[mate as usize];
            before += open.sum(place) - open.sum(front);
            after += open.sum(back) - open.sum(place + 1);
        }
        let place = if before < after {
            front -= 1;
            front
        } else {
            back += 1;
            back - 1
        };
        at[n] = place;
        row[place] = node;
        open.add(place, waiting[n] as i64);
        for &mate in &own[n] {
            let m = mate as usize;
            waiting[m] -= 1;
            if at[m] == usize::MAX {
                heap.push((own[m].len() - waiting[m], Reverse(waiting[m]), Reverse(mate)));
            }
        }
    }
    let mut row = row[front..back].to_vec();
    row.extend((0..count as u32).filter(|n| at[*n as usize] == usize::MAX));
    row
}

/// Numbers by place, with fast sums over all places before one (Fenwick, 1994).
struct Counter(Vec<i64>);

impl Counter {
    fn new(places: usize) -> Self {
        Self(vec![0; places + 1])
    }

    fn add(&mut self, place: usize, by: i64) {
        let mut at = place + 1;
        while at < self.0.len() {
            self.0[at] += by;
            at += at & at.wrapping_neg();
        }
    }

    /// The sum of all places below this one.
    fn sum(&self, place: usize) -> i64 {
        let (mut at, mut sum) = (place, 0);
        while at > 0 {
            sum += self.0[at];
            at &= at - 1;
        }
        sum
    }
}

/// Circular sifting (Baur and Brandes, 2004): each node is tried at every place of the circle, the others staying in
/// their order, and moved to where fewest links cross, until nothing changes or the budget is spent.
fn sift(
    own: &[Vec<u32>],
    order: &mut Vec<u32>,
    budget: &mut usize,
    effort: &Effort,
    progress: &mut dyn FnMut(f32),
) {
    let count = order.len();
    if count < 4 {
        return;
    }
    let links: usize = own.iter().map(Vec::len).sum::<usize>() / 2;
    let mut turns = order.clone();
    // The ones with most links first, where there is most to gain.
    turns.sort_by_key(|&n| (Reverse(own[n as usize].len()), n));
    let mut at = vec![0_u32; count];
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let mut gained = false;
        for (turn, &node) in turns.iter().enumerate() {
            let work = 2 * links + count * (1 + own[node as usize].len());
            if *budget < work || !effort.spend(work as u64) || effort.was_stopped() {
                return;
            }
            *budget -= work;
            if turn % 256 == 0 {
                progress((round as f32 + turn as f32 / count as f32) / ROUNDS as f32);
            }
            let from = order.iter().position(|&n| n == node).unwrap_or(0);
            order.remove(from);
            for (place, &n) in order.iter().enumerate() {
                at[n as usize] = place as u32;
            }
            at[node as usize] = u32::MAX;
            mine.clear();
            mine.extend(own[node as usize].iter().map(|&mate| at[mate as usize]));
            mine.sort_unstable();
            // Moves past the others one by one, starting before the first.
            let (mut change, mut best, mut best_place, mut here) = (0_i64, 0_i64, 0, 0_i64);
            let all = order.len() as u32;
            for (place, &other) in order.iter().enumerate() {
                if place == from {
                    here = change;
                }
                theirs.clear();
                theirs.extend(
                    own[other as usize]
                        .iter()
                        .filter(|&&mate| mate != node)
                        .map(|&mate| at[mate as usize]),
                );
                change += passing(&mine, &mut theirs, place as u32, all);
                if change < best {
                    (best, best_place) = (change, place + 1);
                }
            }
            if from == order.len() {
                here = change;
            }
            let place = if best < here { best_place } else { from };
            gained |= best < here;
            order.insert(place, node);
        }
        if !gained {
            return;
        }
    }
}

/// How many more crossings there are when the node with links to the places `mine` (ascending) goes from in front of
/// the node at `place`, with links to the places `theirs`, to behind it; places count round `all`.
fn passing(mine: &[u32], theirs: &mut [u32], place: u32, all: u32) -> i64 {
    // The first place after the pair, going round.
    let far = |at: u32| if at > place { at - place } else { at + all - place };
    for at in theirs.iter_mut() {
        *at = far(*at);
    }
    theirs.sort_unstable();
    let turn = mine.partition_point(|&at| at <= place);
    let mine = mine[turn..].iter().chain(&mine[..turn]).copied().filter(|&at| at != place).map(far);
    // In front: a link of ours crosses one of theirs that ends behind ours. Behind: one that ends before ours.
    let (mut below, mut upto, mut change) = (0, 0, 0_i64);
    for at in mine {
        while below < theirs.len() && theirs[below] < at {
            below += 1;
        }
        upto = upto.max(below);
        while upto < theirs.len() && theirs[upto] <= at {
            upto += 1;
        }
        change += below as i64 - (theirs.len() - upto) as i64;
    }
    change
}

/// Places on a circle for nodes of these sizes, one after another, so that none are nearer than `gap`.
fn circle(sizes: &[Point], gap: f32, effort: &Effort) -> Vec<Point> {
    if sizes.len() < 2 {
        return vec![Point::default(); sizes.len()];
    }
    let rooms: Vec<Point> = (0..sizes.len())
        .map(|n| (sizes[n] + sizes[(n + 1) % sizes.len()]) * 0.5 + Point::new(gap, gap))
        .collect();
    // The smallest radius at which the last node ends before the first, by bisection.
    let total: f32 = rooms.iter().map(|room| room.x + room.y).sum();
    let (mut low, mut high) = (0.0_f32, total.max(1.0));
    for _ in 0..40 {
        // A circle that is too large still is valid.
        if effort.was_stopped() {
            break;
        }
        effort.spend(16 * rooms.len() as u64);
        let middle = (low + high) * 0.5;
        if turn(&rooms, middle, &mut |_| {}) <= std::f32::consts::TAU {
            high = middle;
        } else {
            low = middle;
        }
    }
    let mut places = Vec::with_capacity(sizes.len());
    let whole = turn(&rooms, high, &mut |angle| places.push(angle));
    // The remaining angle is distributed evenly.
    let stretch = (std::f32::consts::TAU / whole).max(1.0);
    places
        .into_iter()
        .map(|angle| {
            let (sin, cos) = (angle * stretch - std::f32::consts::FRAC_PI_2).sin_cos();
            Point::new(cos, sin) * high
        })
        .collect()
}

/// An angle larger than any circle has, whatever follows.
const MORE_THAN_ROUND: f32 = 7.0;

/// The angle that nodes which need these rooms take on a circle; calls `put` with the angle of each.
fn turn(rooms: &[Point], radius: f32, put: &mut dyn FnMut(f32)) -> f32 {
    let mut angle = 0.0_f32;
    for room in rooms {
        put(angle);
        angle += step(*room, angle, radius);
        if angle > MORE_THAN_ROUND {
            return angle;
        }
    }
    angle
}

/// The angle to the next node, so that the two are clear of each other horizontally or vertically.
fn step(room: Point, angle: f32, radius: f32) -> f32 {
    let place = |angle: f32| {
        let (sin, cos) = (angle - std::f32::consts::FRAC_PI_2).sin_cos();
        Point::new(cos, sin) * radius
    };
    let here = place(angle);
    let clear = |by: f32| {
        let way = place(angle + by) - here;
        way.x.abs() >= room.x || way.y.abs() >= room.y
    };
    // As if the circle were straight, then corrected for its curvature.
    let (sin, cos) = angle.sin_cos();
    let along = |side: f32, share: f32| if share > 1e-6 { side / share } else { f32::INFINITY };
    let straight = along(room.x, cos.abs()).min(along(room.y, sin.abs())).min(room.x + room.y);
    let mut by = straight / radius.max(1e-3);
    for _ in 0..60 {
        if by > std::f32::consts::PI || clear(by) {
            break;
        }
        by *= 1.05;
    }
    by
}

#[cfg(test)]
mod tests {
    use super::super::{crossings, generate, overlaps};
    use super::*;

    fn run(nodes: &[Node], links: &[(u32, u32)]) -> Vec<Point> {
        circular(nodes, links, &Options::default(), &|| false, &mut |_| {})
    }

    fn sized(count: usize) -> Vec<Node> {
        vec![Node { at: None, pinned: false, size: Point::new(120.0, 32.0) }; count]
    }

    #[test]
    fn a_ring_in_any_numbering_has_no_crossings() {
        let links: Vec<(u32, u32)> = (0..40).map(|n| (n * 7 % 40, (n + 1) * 7 % 40)).collect();
        let places = run(&sized(40), &links);
        assert_eq!(crossings(&places, &links), 0);
        let radius = Rect::of_points(places.iter().copied()).size() * 0.5;
        assert!((radius.x / radius.y - 1.0).abs() < 0.1, "{radius:?}");
        // An outerplanar net: a ring with chords that do not cross.
        let mut links = links;
        links.extend((2..38).map(|n| (0, n * 7 % 40)));
        assert_eq!(crossings(&run(&sized(40), &links), &links), 0);
    }

    #[test]
    fn sifting_counts_what_really_crosses() {
        let made = generate::scale_free(60, 120, 5);
        let adjacency = Adjacency::new(60, &made.links);
        let own: Vec<Vec<u32>> = (0..60).map(|n| adjacency.of(n).to_vec()).collect();
        let drawn = |order: &[u32]| {
            let mut places = vec![Point::default(); 60];
            for (at, &node) in order.iter().enumerate() {
                let (sin, cos) = (at as f32 * std::f32::consts::TAU / 60.0).sin_cos();
                places[node as usize] = Point::new(cos, sin) * 1000.0;
            }
            crossings(&places, &made.links)
        };
        // One node passes another: the change foretold is the change counted.
        let order: Vec<u32> = (0..60).collect();
        for place in 0..59_u32 {
            let at = |n: u32| if n < place { n } else { n - 1 };
            let mut mine: Vec<u32> = own[place as usize].iter().map(|&n| at(n)).collect();
            mine.sort_unstable();
            let mut theirs: Vec<u32> =
                own[place as usize + 1].iter().filter(|&&n| n != place).map(|&n| at(n)).collect();
            let foretold = passing(&mine, &mut theirs, place, 59);
            let mut passed = order.clone();
            passed.swap(place as usize, place as usize + 1);
            assert_eq!(foretold, drawn(&passed) as i64 - drawn(&order) as i64, "{place}");
        }
        let effort = &Effort::until(&|| false);
        let first = appended(&own, effort);
        let mut sifted = first.clone();
        sift(&own, &mut sifted, &mut { SIFTING }, effort, &mut |_| {});
        let (by_number, first, sifted) = (drawn(&order), drawn(&first), drawn(&sifted));
        assert!(first < by_number && sifted < first, "{by_number} {first} {sifted}");
    }

    #[test]
    fn parts_lie_apart_and_nothing_overlaps() {
        for (count, links) in [(1, 0), (2, 1), (3, 2), (5, 4), (30, 20), (700, 1400)] {
            let made = generate::scale_free(count, links, 4);
            let mut nodes = made.nodes();
            nodes.extend(sized(7));
            let sizes: Vec<Point> = nodes.iter().map(|node| node.size).collect();
            let places = run(&nodes, &made.links);
            assert_eq!(overlaps(&places, &sizes), 0, "{count}");
            assert!(places.iter().all(|p| p.is_finite()));
        }
    }

    #[test]
    fn pinned_nodes_stay() {
        let mut nodes = sized(5);
        nodes[2] = Node { at: Some(Point::new(0.7, 1e6)), pinned: true, ..nodes[2] };
        let places = run(&nodes, &[(0, 1), (1, 2), (2, 3), (3, 4)]);
        assert_eq!(places[2], Point::new(0.7, 1e6));
    }
}
