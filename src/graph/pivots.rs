//! Keeping distances on the canvas in proportion to distances in the graph, as measured from some nodes (the pivots),
//! which plain forces get wrong at large scale.

use super::coarsen::Graph;
use super::{Point, Random};

/// The number of nodes from which two threads share the work.
const TWO_THREADS: usize = 2000;

/// The number of pivots that a first arrangement is made from.
const AXES: usize = 24;

/// The distances in links from every node to each pivot.
pub(super) struct Pivots {
    nodes: Vec<u32>,
    /// One row of distances per pivot measured so far, until all are.
    measured: Vec<Vec<i32>>,
    /// `distances[node * nodes.len() + pivot]`, when all are measured.
    distances: Vec<i32>,
}

impl Pivots {
    /// Draws `count` pivots among the nodes `0..nodes` (all if there are no more); nothing is
    /// measured yet.
    pub fn new(nodes: usize, count: usize, random: &mut Random) -> Self {
        let mut nodes: Vec<u32> = (0..nodes as u32).collect();
        random.shuffle(&mut nodes);
        nodes.truncate(count);
        Self { nodes, measured: Vec::new(), distances: Vec::new() }
    }

    /// Measures from some more pivots; `true` when all are measured. `graph` is connected.
    pub fn measure(&mut self, graph: &Graph) -> bool {
        let done = self.measured.len();
        let batch = &self.nodes[done..(done + 4).min(self.nodes.len())];
        if graph.len() < TWO_THREADS {
            self.measured.extend(batch.iter().map(|&pivot| walk(graph, pivot)));
        } else {
            let (first, second) = batch.split_at(batch.len() / 2);
            let walks = |part: &[u32]| part.iter().map(|&p| walk(graph, p)).collect::<Vec<_>>();
            let (low, high) = std::thread::scope(|scope| {
                let low = scope.spawn(|| walks(first));
                let high = walks(second);
                (low.join().unwrap_or_default(), high)
            });
            self.measured.extend(low);
            self.measured.extend(high);
        }
        if self.measured.len() < self.nodes.len() && self.measured.len() > done {
            return false;
        }
        self.nodes.truncate(self.measured.len());
        let width = self.nodes.len();
        self.distances = vec![0; graph.len() * width];
        for (column, row) in std::mem::take(&mut self.measured).iter().enumerate() {
            for (node, &distance) in row.iter().enumerate() {
                self.distances[node * width + column] = distance;
            }
        }
        true
    }

    /// A first arrangement: the plane that best preserves the nodes' distances from some pivots, one link about one
    /// unit long (Brandes and Pich, "Eigensolver methods for progressive multidimensional scaling of large data",
    /// 2007). A path becomes a straight line, a ring a circle. All distances must be measured.
    pub fn unrolled(&self, nodes: usize, random: &mut Random) -> Vec<Point> {
        let width = self.nodes.len();
        let axes = width.min(AXES);
        let square =
            |node: usize, axis: usize| f64::from(self.distances[node * width + axis]).powi(2);
        // Squared distances, centred by node and by pivot.
        let mut means = vec![0.0f64; axes];
        for node in 0..nodes {
            for (axis, mean) in means.iter_mut().enumerate() {
                *mean += square(node, axis) / nodes as f64;
            }
        }
        let whole = means.iter().sum::<f64>() / axes as f64;
        let row = |node: usize, out: &mut [f64]| {
            let own = (0..axes).map(|axis| square(node, axis)).sum::<f64>() / axes as f64;
            for (axis, value) in out.iter_mut().enumerate() {
                *value = -0.5 * (square(node, axis) - means[axis] - own + whole);
            }
        };
        let mut centred = vec![0.0f64; axes];
        let mut products = vec![0.0f64; axes * axes];
        for node in 0..nodes {
            row(node, &mut centred);
            for (a, &x) in centred.iter().enumerate() {
                for (product, &y) in products[a * axes..(a + 1) * axes].iter_mut().zip(&centred) {
                    *product += x * y;
                }
            }
        }
        let first = main_axis(&products, axes, None, random);
        let second = main_axis(&products, axes, Some(&first), random);
        let mut places = Vec::with_capacity(nodes);
        let (mut xx, mut yy) = (0.0f64, 0.0f64);
        for node in 0..nodes {
            row(node, &mut centred);
            let along = |axis: &[f64]| centred.iter().zip(axis).map(|(a, b)| a * b).sum::<f64>();
            let (x, y) = (along(&first), along(&second));
            xx += x * x;
            yy += y * y;
            places.push((x, y));
        }
        // The length of an axis comes out squared.
        let (x_scale, y_scale) = (xx.max(1e-30).powf(-0.25), yy.max(1e-30).powf(-0.25));
        let mut places: Vec<Point> = places
            .iter()
            .map(|&(x, y)| Point::new((x * x_scale) as f32, (y * y_scale) as f32))
            .collect();
        let (mut sum, mut squares) = (0.0f64, 0.0f64);
        for node in (0..nodes).step_by(1 + nodes / 1000) {
            for (axis, &pivot) in self.nodes.iter().enumerate().take(axes) {
                let far = f64::from(places[node].distance(places[pivot as usize]));
                sum += far * f64::from(self.distances[node * width + axis]);
                squares += far * far;
            }
        }
        let scale = (sum / squares.max(1e-30)) as f32;
        for place in &mut places {
            *place = *place * scale;
        }
        places
    }

    /// The length of one link that fits best, from some thousands of pairs: every pair counts the same, near or far.
    pub fn fitting_link(&self, places: &[Point]) -> f32 {
        let (mut sum, mut squares) = (0.0f64, 0.0f64);
        self.sample(places, &mut |far, steps| {
            let ratio = f64::from(far / steps);
            sum += ratio;
            squares += ratio * ratio;
        });
        (squares / sum.max(1e-9)) as f32
    }

    /// The length of one link that fits long distances best. In a long part a pivot that moves leaves its neighbours
    /// far behind for a round, and if these counted, everything would keep growing.
    pub fn fitting_link_far(&self, places: &[Point]) -> f32 {
        let (mut sum, mut squares) = (0.0f64, 0.0f64);
        self.sample(places, &mut |far, steps| {
            sum += f64::from(far) * f64::from(steps);
            squares += f64::from(steps) * f64::from(steps);
        });
        (sum / squares.max(1e-9)) as f32
    }

    /// Calls `pair` with the distances of some pairs, on the canvas and in steps.
    fn sample(&self, places: &[Point], pair: &mut dyn FnMut(f32, f32)) {
        let width = self.nodes.len();
        let fixed: Vec<Point> = self.nodes.iter().map(|&n| places[n as usize]).collect();
        for node in (0..places.len()).step_by(1 + places.len() / 1000) {
            for (&pivot, &d) in fixed.iter().zip(&self.distances[node * width..(node + 1) * width])
            {
                if d > 0 {
                    pair(places[node].distance(pivot), d as f32);
                }
            }
        }
    }

    /// One round of stress majorization (Gansner, Koren, North: "Graph drawing by stress
    /// majorization", 2004) over the pairs (node, pivot), weights d⁻²: moves every node that is not
    /// pinned by `share` of the way to where its distances from the pivots would be right, with
    /// links `unit` long.
    pub fn relax(&self, places: &mut [Point], pinned: &[bool], share: f32, unit: f32) {
        let width = self.nodes.len();
        let fixed: Vec<Point> = self.nodes.iter().map(|&n| places[n as usize]).collect();
        let part = |from: usize, places: &mut [Point]| {
            for (offset, place) in places.iter_mut().enumerate() {
                let node = from + offset;
                if !pinned[node] {
                    let row = &self.distances[node * width..(node + 1) * width];
                    *place = place.lerp(target(*place, &fixed, row, unit), share);
                }
            }
        };
        if places.len() < TWO_THREADS {
            part(0, places);
        } else {
            let cut = places.len() / 2;
            let (low, high) = places.split_at_mut(cut);
            std::thread::scope(|scope| {
                scope.spawn(|| part(0, low));
                part(cut, high);
            });
        }
    }
}

/// The main axis of a matrix of products, perpendicular to `first`; by power iteration.
fn main_axis(
    products: &[f64],
    axes: usize,
    first: Option<&Vec<f64>>,
    random: &mut Random,
) -> Vec<f64> {
    let mut axis: Vec<f64> = (0..axes).map(|_| f64::from(random.unit()) - 0.5).collect();
    for _ in 0..100 {
        let mut next: Vec<f64> = products
            .chunks(axes)
            .map(|row| row.iter().zip(&axis).map(|(a, b)| a * b).sum())
            .collect();
        if let Some(first) = first {
            let share: f64 = next.iter().zip(first).map(|(a, b)| a * b).sum();
            next.iter_mut().zip(first).for_each(|(a, b)| *a -= share * b);
        }
        let length = next.iter().map(|a| a * a).sum::<f64>().sqrt();
        if length <= 1e-12 {
            break;
        }
        axis = next.into_iter().map(|a| a / length).collect();
    }
    axis
}

/// The average of the places at which the node at `here` would be `unit` times its `distances` from the `pivots`.
fn target(here: Point, pivots: &[Point], distances: &[i32], unit: f32) -> Point {
    let (mut x, mut y, mut total) = (0.0f32, 0.0f32, 0.0f32);
    for (pivot, &steps) in pivots.iter().zip(distances) {
        let steps = steps as f32;
        let weight = if steps > 0.0 { 1.0 / (steps * steps) } else { 0.0 };
        let (wx, wy) = (here.x - pivot.x, here.y - pivot.y);
        let reach = steps * unit / (wx * wx + wy * wy).max(1e-12).sqrt();
        x += weight * (pivot.x + wx * reach);
        y += weight * (pivot.y + wy * reach);
        total += weight;
    }
    if total > 0.0 { Point::new(x / total, y / total) } else { here }
}

/// The distance in links from `pivot` to every node. Signed, which is faster to compute with.
fn walk(graph: &Graph, pivot: u32) -> Vec<i32> {
    let distances = graph.distances_from(pivot);
    distances.into_iter().map(|links| i32::try_from(links).unwrap_or(i32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Adjacency, generate, stress};
    use super::*;

    #[test]
    fn relaxing_lowers_stress_and_leaves_pinned_nodes() {
        let made = generate::scale_free(300, 600, 4);
        let adjacency = Adjacency::new(300, &made.links);
        let mut graph = Graph { masses: vec![1.0; 300], starts: vec![0], ..Graph::default() };
        for node in 0..300 {
            graph.targets.extend(adjacency.of(node));
            graph.starts.push(graph.targets.len() as u32);
        }
        let mut random = Random::new(1);
        let mut pivots = Pivots::new(300, 50, &mut random);
        while !pivots.measure(&graph) {}
        let mut places: Vec<Point> =
            (0..300).map(|_| Point::new(random.unit() * 1000.0, random.unit() * 1000.0)).collect();
        let mut pinned = vec![false; 300];
        pinned[7] = true;
        let (before, kept) = (stress(&places, &made.links, 300, 1), places[7]);
        for _ in 0..30 {
            let unit = pivots.fitting_link(&places);
            pivots.relax(&mut places, &pinned, 0.7, unit);
        }
        let after = stress(&places, &made.links, 300, 1);
        assert!(after < 0.6 * before, "{before} {after}");
        assert_eq!(places[7], kept);
    }
}
