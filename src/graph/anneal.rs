//! The last polish of a small graph: nodes are tried at other places, one at a time, and stay there if that improves
//! the picture. What "better" means is defined by [`Picture::cost_at`].
//!
//! After Davidson and Harel, "Drawing graphs nicely using simulated annealing" (1996), with labels
//! instead of points: crossings, links that run through a label, labels too near each other, links
//! too short for their own label or needlessly long, links leaving a node in the same direction.

use super::fit::fill_factor;
use super::quality::segments_cross;
use super::{Point, Random};

/// The cost of two links that cross; the unit of all costs.
const CROSSING: f32 = 1.0;
/// The cost of a link that runs through the label of another node.
const THROUGH: f32 = 1.6;
/// The cost of two labels on top of each other.
const OVERLAP: f32 = 4.0;
/// The cost of two labels that nearly touch.
const CROWDED: f32 = 1.0;
/// The cost of a link twice as long as wished.
const LENGTH: f32 = 0.35;
/// The cost of two links leaving a node in the same direction.
const SAME_WAY: f32 = 0.5;
/// Free room wished around a label, in canvas units.
const CLEARANCE: f32 = 30.0;
/// Pairs of links and nodes compared for the cost of a whole picture at most: where there are more, crossings are not
/// counted. A graph that dense looks tangled however it is drawn, and only its overall shape can be seen.
const COUNTED: usize = 1_000_000;
/// The factor by which the nodes of such a dense graph are nearer to each other than those of a large part.
const THICKET: f32 = 0.5;
/// Places tried for every node in one sweep.
const TRIES: usize = 5;

/// A small graph and where its nodes are.
#[derive(Clone)]
pub(super) struct Picture {
    pub places: Vec<Point>,
    halves: Vec<Point>,
    pinned: Vec<bool>,
    links: Vec<(u32, u32)>,
    /// Whether crossings are counted, and links that run through labels.
    counted: bool,
    /// The links of each node, as indices.
    own: Vec<Vec<u32>>,
    /// The number of links between two nodes, `count` a row.
    distances: Vec<f32>,
    /// The wished room between the borders of linked nodes.
    ideal: f32,
    /// The wished distance of nodes one link apart, between centres.
    unit: f32,
    /// By how much less horizontal distances count, because pictures are wider than high.
    wider: f32,
    /// The cost of two nodes in the same place instead of at the distance that suits their distance
    /// in the graph.
    distance: f32,
}

impl Picture {
    /// A connected graph; `links` without self-links, each once. `distances` in links, row by row.
    pub fn new(
        sizes: &[Point],
        pinned: &[bool],
        links: Vec<(u32, u32)>,
        distances: Vec<f32>,
        ideal: f32,
    ) -> Self {
        let mut own = vec![Vec::new(); sizes.len()];
        for (index, &(a, b)) in links.iter().enumerate() {
            own[a as usize].push(index as u32);
            own[b as usize].push(index as u32);
        }
        // In a small graph every crossing counts; in a larger one its overall shape does.
        let large = ((sizes.len() as f32 - 50.0) / 50.0).clamp(0.0, 1.0);
        let wider = 1.3 - 0.3 * large;
        let breadth = sizes.iter().map(|s| s.x / wider + s.y).sum::<f32>() * 0.5;
        Self {
            places: Vec::new(),
            halves: sizes.iter().map(|&size| size * 0.5).collect(),
            pinned: pinned.to_vec(),
            counted: 2 * links.len() * (links.len() + sizes.len()) <= COUNTED,
            links,
            own,
            distances,
            ideal,
            unit: ideal + breadth / sizes.len().max(1) as f32,
            wider,
            distance: 1.2 + 3.0 * large,
        }
    }

    /// The cost of the whole picture.
    pub fn cost(&self) -> f32 {
        // Every cost involves two nodes, except links through labels, which involve three.
        let most = f32::INFINITY;
        let at = |node: usize| self.cost_at(node, self.places[node], most);
        (0..self.places.len()).map(at).sum::<f32>() * 0.5
    }

    /// Makes room for the labels of a dense graph, where nodes only keep their distances: they would overlap otherwise.
    pub fn make_room(&mut self) {
        if self.counted || self.pinned.contains(&true) {
            return;
        }
        let sizes: Vec<Point> = self.halves.iter().map(|&half| half * 2.0).collect();
        let factor = (THICKET * fill_factor(&self.places, &sizes, CLEARANCE)).max(1.0);
        self.places.iter_mut().for_each(|place| *place = *place * factor);
    }

    /// One sweep over all nodes. `heat` (1 = much, 0 = none) is how far away places are tried and how much worse one
    /// may be.
    pub fn sweep(&mut self, heat: f32, random: &mut Random) {
        let count = self.places.len();
        let mut order: Vec<usize> = (0..count).filter(|&node| !self.pinned[node]).collect();
        random.shuffle(&mut order);
        let reach = self.unit * (0.12 + 2.2 * heat * heat);
        for node in order {
            let mut present = self.cost_at(node, self.places[node], f32::INFINITY);
            for attempt in 0..TRIES {
                let off = Point::new(
                    (random.unit() + random.unit() - 1.0) * reach * self.wider,
                    (random.unit() + random.unit() - 1.0) * reach,
                );
                let base = if attempt == 0 && heat > 0.05 {
                    self.between_neighbours(node)
                } else {
                    self.places[node]
                };
                let place = base + off;
                let most = present - 0.45 * heat * heat * (1.0 - random.unit()).ln();
                let cost = self.cost_at(node, place, most);
                if cost < most {
                    self.places[node] = place;
                    present = cost;
                }
            }
        }
    }

    /// The approximate number of elementary comparisons in a sweep.
    pub fn sweep_work(&self) -> usize {
        let (nodes, links) = (self.places.len(), self.links.len());
        if self.counted {
            TRIES * (2 * links * (links + nodes) + nodes * (nodes + links))
        } else {
            TRIES
                * (nodes * nodes + self.own.iter().map(|own| own.len() * own.len()).sum::<usize>())
        }
    }

    fn between_neighbours(&self, node: usize) -> Point {
        let own = &self.own[node];
        let sum = own
            .iter()
            .fold(Point::default(), |sum, &link| sum + self.places[self.other(link, node)]);
        if own.is_empty() { self.places[node] } else { sum * (1.0 / own.len() as f32) }
    }

    fn other(&self, link: u32, node: usize) -> usize {
        let (a, b) = self.links[link as usize];
        if a as usize == node { b as usize } else { a as usize }
    }

    /// The cost of `node` at `here`, with all others where they are. Stops with some number above `most` once the cost
    /// exceeds it.
    fn cost_at(&self, node: usize, here: Point, most: f32) -> f32 {
        let count = self.places.len();
        let mut cost = 0.0;
        let half = self.halves[node];
        for other in 0..count {
            if other == node {
                continue;
            }
            let there = self.places[other];
            let way = there - here;
            let room = half + self.halves[other];
            let gap = Point::new(way.x.abs() - room.x, way.y.abs() - room.y);
            let near = if gap.x > 0.0 || gap.y > 0.0 {
                Point::new(gap.x.max(0.0), gap.y.max(0.0)).length()
            } else {
                cost += OVERLAP * (1.0 - gap.x.max(gap.y) / self.unit);
                0.0
            };
            if near < CLEARANCE {
                let share = 1.0 - near / CLEARANCE;
                cost += CROWDED * share * share;
            }
            let steps = self.distances[node * count + other];
            let ratio = Point::new(way.x / self.wider, way.y).length() / (steps * self.unit) - 1.0;
            cost += self.distance * ratio * ratio / (1.0 + steps);
        }
        for &link in &self.own[node] {
            if cost > most {
                return cost;
            }
            let mate = self.other(link, node);
            let there = self.places[mate];
            cost += self.length_cost(node, here, mate, there);
            if !self.counted {
                continue;
            }
            for (number, &(a, b)) in self.links.iter().enumerate() {
                let (a, b) = (a as usize, b as usize);
                if number == link as usize || a == node || b == node {
                    continue;
                }
                if a == mate || b == mate {
                    let fan = self.places[if a == mate { b } else { a }];
                    cost += same_way(here - there, fan - there);
                } else if segments_cross(here, there, self.places[a], self.places[b]) {
                    cost += CROSSING;
                }
            }
            for other in 0..count {
                if other != node
                    && other != mate
                    && runs_through(here, there, self.places[other], self.halves[other])
                {
                    cost += THROUGH;
                }
            }
        }
        for (index, &first) in self.own[node].iter().enumerate() {
            let one = self.places[self.other(first, node)] - here;
            for &second in &self.own[node][..index] {
                cost += same_way(one, self.places[self.other(second, node)] - here);
            }
        }
        for &(a, b) in self.links.iter().filter(|_| self.counted) {
            let (a, b) = (a as usize, b as usize);
            if a != node && b != node && runs_through(self.places[a], self.places[b], here, half) {
                cost += THROUGH;
            }
        }
        cost
    }

    /// The cost of a link's length, measured between the borders of its nodes.
    fn length_cost(&self, a: usize, from: Point, b: usize, to: Point) -> f32 {
        let way = to - from;
        let length = way.length().max(1e-3);
        let inside = |half: Point| {
            let (x, y) = (half.x * length / way.x.abs(), half.y * length / way.y.abs());
            x.min(y).min(length)
        };
        let visible = (length - inside(self.halves[a]) - inside(self.halves[b])) / self.ideal;
        if visible < 0.8 {
            // Too short for an arrow and a word.
            5.0 * LENGTH * (0.8 - visible) * (0.8 - visible)
        } else {
            let more = (visible - 1.0).max(0.0);
            LENGTH * more * more / (1.0 + 0.3 * more)
        }
    }

    /// Turns the picture (unless a node is pinned) to where it costs least, and returns that cost.
    pub fn best_turn(&mut self) -> f32 {
        if self.pinned.contains(&true) {
            return self.cost();
        }
        let drawn = self.places.clone();
        let count = drawn.len().max(1) as f32;
        let middle = drawn.iter().fold(Point::default(), |sum, &p| sum + p) * (1.0 / count);
        let mut best = (f32::INFINITY, Vec::new());
        let turns = if drawn.len() <= 60 { 8 } else { 4 };
        for turn in 0..turns {
            let (sin, cos) = (turn as f32 * std::f32::consts::PI / turns as f32).sin_cos();
            for (place, &p) in self.places.iter_mut().zip(&drawn) {
                let q = p - middle;
                *place = Point::new((q.x * cos - q.y * sin) * self.wider, q.x * sin + q.y * cos);
            }
            let cost = self.cost();
            if cost < best.0 || best.1.is_empty() {
                best = (cost, self.places.clone());
            }
        }
        self.places = best.1;
        best.0
    }
}

/// The cost of two links leaving a node along `a` and `b`.
fn same_way(a: Point, b: Point) -> f32 {
    let cosine = a.dot(b) / (a.dot(a) * b.dot(b)).sqrt().max(1e-6);
    // Counts below about 30°.
    let share = ((cosine - 0.86) / 0.14).max(0.0);
    SAME_WAY * share * share
}

/// Whether the segment `ab` meets the rectangle around `centre` with half sides `half`, or comes
/// nearer than a few canvas units.
fn runs_through(a: Point, b: Point, centre: Point, half: Point) -> bool {
    let half = half + Point::new(7.0, 7.0);
    let middle = (a + b) * 0.5 - centre;
    let arm = (b - a) * 0.5;
    let reach = Point::new(arm.x.abs(), arm.y.abs());
    middle.x.abs() <= half.x + reach.x
        && middle.y.abs() <= half.y + reach.y
        && middle.cross(arm).abs() <= half.x * reach.y + half.y * reach.x
}

#[cfg(test)]
mod tests {
    use super::super::crossings;
    use super::*;

    #[test]
    fn segments_and_labels() {
        let half = Point::new(50.0, 16.0);
        let through = |a: (f32, f32), b: (f32, f32)| {
            runs_through(Point::new(a.0, a.1), Point::new(b.0, b.1), Point::default(), half)
        };
        assert!(through((-100.0, -100.0), (100.0, 100.0)));
        assert!(through((-200.0, 0.0), (-55.0, 0.0)));
        assert!(!through((-200.0, 0.0), (-60.0, 0.0)));
        assert!(!through((-100.0, 30.0), (100.0, 30.0)));
        assert!(!through((0.0, 90.0), (180.0, 0.0)));
    }

    #[test]
    fn sweeping_untangles_a_square() {
        let sizes = [Point::new(80.0, 32.0); 4];
        let links = vec![(0, 1), (1, 2), (2, 3), (3, 0)];
        let distances =
            [[0., 1., 2., 1.], [1., 0., 1., 2.], [2., 1., 0., 1.], [1., 2., 1., 0.]].concat();
        let mut picture = Picture::new(&sizes, &[false; 4], links.clone(), distances, 90.0);
        picture.places = vec![
            Point::new(0.0, 0.0),
            Point::new(200.0, 200.0),
            Point::new(200.0, 0.0),
            Point::new(0.0, 200.0),
        ];
        assert_eq!(crossings(&picture.places, &links), 1);
        let before = picture.cost();
        let mut random = Random::new(1);
        for round in 0..40 {
            picture.sweep(1.0 - round as f32 / 40.0, &mut random);
        }
        assert_eq!(crossings(&picture.places, &links), 0);
        assert!(picture.cost() < before);
    }
}
