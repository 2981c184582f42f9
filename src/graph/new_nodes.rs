//! Placing new nodes without moving any other.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::occupancy::Field;
use super::usable::{is_usable, sane_size};
use super::{Adjacency, Node, Point, Rect};

/// Free room kept around a new node, in canvas units.
const GAP: f32 = 14.0;
/// Room between the borders of a new node and its only neighbour, in canvas units.
const REACH: f32 = 70.0;

/// Additional free room kept around a new node without neighbours, for the links it will get.
const LOOSE: f32 = 30.0;
/// The least width of a row of nodes without neighbours before the next begins, in canvas units.
const ROW: f32 = 620.0;

/// Places for the nodes `which` (indices into `nodes`), in that order: near their neighbours, where there is room,
/// without moving any other node. A node with one neighbour goes to its emptier side; one between several goes between
/// them; one without any goes below everything. Nodes of `which` that are linked to each other are placed together. The
/// places of `which` in `nodes` are ignored.
pub fn place_new(nodes: &[Node], links: &[(u32, u32)], which: &[usize]) -> Vec<Point> {
    let adjacency = Adjacency::new(nodes.len(), links);
    let mut places: Vec<Option<Point>> =
        nodes.iter().map(|node| node.at.filter(|&at| is_usable(at))).collect();
    let mut is_waiting = vec![false; nodes.len()];
    let mut waiting: Vec<usize> = Vec::new();
    for &index in which {
        if index < nodes.len() && !std::mem::replace(&mut is_waiting[index], true) {
            places[index] = None;
            waiting.push(index);
        }
    }
    let padded = |index: usize| sane_size(nodes[index].size) + Point::new(GAP, GAP);
    let sizes: Vec<Point> = (0..nodes.len()).map(padded).collect();
    let mut taken = Taken::new(&sizes, Rect::of_points(places.iter().flatten().copied()));
    for (index, place) in places.iter().enumerate() {
        if let Some(at) = *place {
            taken.add(index, at);
        }
    }
    // The one with the most placed neighbours first; the first of `which` among equals. An entry of
    // the heap that is out of date is skipped: a newer one for the same node came before it.
    let mut known = vec![0u32; nodes.len()];
    let mut heap = BinaryHeap::new();
    for (order, &index) in waiting.iter().enumerate() {
        let neighbours = adjacency.of(index as u32);
        known[index] = neighbours.iter().filter(|&&o| places[o as usize].is_some()).count() as u32;
        heap.push((known[index], Reverse(order)));
    }
    let mut order_of = vec![usize::MAX; nodes.len()];
    for (order, &index) in waiting.iter().enumerate() {
        order_of[index] = order;
    }
    while let Some((_, Reverse(order))) = heap.pop() {
        let index = waiting[order];
        if places[index].is_some() {
            continue;
        }
        let around: Vec<(usize, Point)> = adjacency
            .of(index as u32)
            .iter()
            .filter_map(|&o| places[o as usize].map(|at| (o as usize, at)))
            .collect();
        let place = match around.as_slice() {
            [] => {
                let room = sizes[index] + Point::new(LOOSE, LOOSE);
                taken.free_near(taken.loose_wish(room), room)
            }
            [(only, at)] => taken.beside(*at, sizes[*only], sizes[index]),
            several => {
                let sum = several.iter().fold(Point::default(), |sum, &(_, at)| sum + at);
                taken.free_near(sum * (1.0 / several.len() as f32), sizes[index])
            }
        };
        taken.add(index, place);
        places[index] = Some(place);
        for &other in adjacency.of(index as u32) {
            let order = order_of[other as usize];
            if order != usize::MAX && places[other as usize].is_none() {
                known[other as usize] += 1;
                heap.push((known[other as usize], Reverse(order)));
            }
        }
    }
    which.iter().map(|&i| places.get(i).copied().flatten().unwrap_or_default()).collect()
}

/// The nodes that have a place by now. The cost of a query does not depend on how many there are.
struct Taken<'a> {
    /// The sizes of all nodes, with the room around them.
    sizes: &'a [Point],
    field: Field,
    /// The node of each rectangle of the field, and its middle.
    nodes: Vec<(usize, Point)>,
    bounds: Rect,
    /// The middle and the lower side of the node that reaches lowest.
    lowest: Option<(f32, f32)>,
    /// The ring from which there may be room around a wish, by size: what is taken stays taken.
    rings: HashMap<(i32, i32, u32, u32), u32>,
}

/// The greatest distance from the origin, in canvas units, at which a node is placed unless its neighbour is farther: a
/// long chain turns round rather than leaving the canvas.
const FARTHEST: f32 = 200_000.0;
/// The distance, in canvas units, within which wishes share a search.
const NEARBY: f32 = 24.0;
/// The most nodes around a place that are examined to find the side with most room.
const CROWD: usize = 256;

impl<'a> Taken<'a> {
    fn new(sizes: &'a [Point], bounds: Rect) -> Self {
        Self {
            sizes,
            field: Field::new(bounds, sizes),
            nodes: Vec::with_capacity(sizes.len()),
            bounds: Rect::NOTHING,
            lowest: None,
            rings: HashMap::new(),
        }
    }

    fn add(&mut self, node: usize, at: Point) {
        let rect = Rect::around(at, self.sizes[node]);
        self.field.add(rect);
        self.nodes.push((node, at));
        self.bounds = self.bounds.union(rect);
        if self.lowest.is_none_or(|(_, lower)| rect.max.y >= lower) {
            self.lowest = Some((at.y, rect.max.y));
        }
    }

    /// The free place nearest to a wish.
    fn free_near(&mut self, wish: Point, size: Point) -> Point {
        let key = (
            (wish.x / NEARBY).round() as i32,
            (wish.y / NEARBY).round() as i32,
            (size.x / NEARBY) as u32,
            (size.y / NEARBY) as u32,
        );
        let known = self.rings.entry(key).or_default();
        // Starts a little farther in, because the wish and the size were slightly different.
        let mut ring = if *known > 8 { *known - 2 } else { 0 };
        let place = self.field.nearest_free_from(wish, size, &mut ring, &mut || true);
        *known = ring;
        place.unwrap_or(wish)
    }

    /// The wished place of a node without neighbours: at the end of the lowest row, or below it once that row is as
    /// wide as everything above.
    fn loose_wish(&self, room: Point) -> Point {
        let (bounds, Some((row, _))) = (self.bounds, self.lowest) else { return Point::default() };
        let mut end = bounds.min.x;
        let line = Rect {
            min: Point::new(bounds.min.x, row - 0.01),
            max: Point::new(bounds.max.x, row + 0.01),
        };
        self.field.any(line, |index| {
            let (node, at) = self.nodes[index];
            end = end.max(at.x + self.sizes[node].x * 0.5);
            false
        });
        let widest = bounds.min.x + (bounds.max.x - bounds.min.x).max(ROW);
        if end + room.x <= widest {
            Point::new(end + room.x * 0.5, row)
        } else {
            Point::new(bounds.min.x, bounds.max.y) + room * 0.5
        }
    }

    /// A free place for a node of `size` beside the one at `centre`, on the side with most room.
    fn beside(&mut self, centre: Point, neighbour: Point, size: Point) -> Point {
        const TURNS: usize = 24;
        let reach = (neighbour + size) * 0.5 + Point::new(REACH, REACH);
        let far = 4.0 * reach.length();
        let mut near: Vec<(usize, Point)> = Vec::new();
        self.field.any(Rect::around(centre, Point::new(2.0 * far, 2.0 * far)), |index| {
            let (node, at) = self.nodes[index];
            if at != centre && at.distance(centre) < far {
                near.push((node, at));
            }
            near.len() >= CROWD
        });
        near.sort_unstable_by_key(|(node, _)| *node);
        let out = |p: Point| p.x.abs().max(p.y.abs());
        let farthest = FARTHEST.max(out(centre));
        let mut best: Option<(f32, Point)> = None;
        for turn in 0..TURNS {
            let angle = turn as f32 / TURNS as f32 * std::f32::consts::TAU;
            let place = centre + Point::new(angle.cos() * reach.x, angle.sin() * reach.y);
            if out(place) > farthest || !self.field.is_free(place, size) {
                continue;
            }
            let crowd: f32 = near
                .iter()
                .map(|(_, p)| 1.0 / (1.0 + (p.distance(place) / reach.length()).powi(2)))
                .sum();
            if best.is_none_or(|(least, _)| crowd < least - 1e-4) {
                best = Some((crowd, place));
            }
        }
        match best {
            Some((_, place)) => place,
            None => self.free_near(centre + Point::new(reach.x, 0.0), size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::overlaps;
    use super::*;

    fn node(at: Option<(f32, f32)>) -> Node {
        let size = Point::new(120.0, 32.0);
        Node { at: at.map(|(x, y)| Point::new(x, y)), pinned: false, size }
    }

    #[test]
    fn new_nodes_lie_near_their_neighbours_and_overlap_nothing() {
        let mut nodes = vec![node(Some((0.0, 0.0))), node(Some((400.0, 0.0)))];
        nodes.extend((0..20).map(|_| node(None)));
        let mut links: Vec<(u32, u32)> = (2..12).map(|i| (0, i)).collect();
        links.extend([(12, 0), (12, 1), (13, 12), (14, 13), (15, 15)]);
        let which: Vec<usize> = (2..22).collect();
        let places = place_new(&nodes, &links, &which);
        let mut centres = vec![Point::new(0.0, 0.0), Point::new(400.0, 0.0)];
        centres.extend(&places);
        let sizes: Vec<Point> = nodes.iter().map(|n| n.size).collect();
        assert_eq!(overlaps(&centres, &sizes), 0);
        assert!(places[0].length() < 300.0);
        assert!(places[10].distance(Point::new(200.0, 0.0)) < 250.0, "{:?}", places[10]);
        assert!(places[11].distance(places[10]) < 300.0);
    }

    #[test]
    fn thousands_of_new_nodes_find_places_without_overlaps() {
        // Around one hub, in a chain, and without links.
        for way in 0..3 {
            let mut nodes = vec![node(Some((0.0, 0.0)))];
            nodes.extend((0..3000).map(|_| node(None)));
            let links: Vec<(u32, u32)> = match way {
                0 => (1..3001).map(|n| (0, n)).collect(),
                1 => (1..3001).map(|n| (n - 1, n)).collect(),
                _ => Vec::new(),
            };
            let which: Vec<usize> = (1..3001).collect();
            let places = place_new(&nodes, &links, &which);
            let sizes: Vec<Point> = nodes.iter().map(|n| n.size).collect();
            assert_eq!(overlaps(&places, &sizes[1..]), 0, "{way}");
            let whole = Rect::of_points(places.iter().copied()).size();
            assert!(whole.x * whole.y < 3000.0 * 120.0 * 90.0 * 8.0 || way == 1, "{whole:?}");
        }
    }

    #[test]
    fn nothing_known_is_fine() {
        assert!(place_new(&[], &[], &[]).is_empty());
        let nodes = vec![node(None), node(Some((f32::NAN, 1.0)))];
        let places = place_new(&nodes, &[(0, 1), (7, 0)], &[1, 0, 9, 1]);
        assert_eq!(places.len(), 4);
        assert!(places.iter().all(|p| p.is_finite()));
        assert_eq!(places[0], places[3]);
        assert_ne!(places[0], places[1]);
    }
}
