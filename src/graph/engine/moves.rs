//! One round of moves: each node is moved by the forces on it.

use super::super::Point;
use super::super::coarsen::Graph;

/// What one round of moves needs to know.
pub(super) struct Moves<'a> {
    pub(super) graph: &'a Graph,
    pub(super) places: &'a [Point],
    pub(super) forces: &'a [Point],
    pub(super) middle: Point,
    pub(super) gravity: f32,
    pub(super) heat: f32,
}

impl Moves<'_> {
    /// Writes the new places of the nodes from `first` on.
    pub(super) fn apply(&self, first: usize, next: &mut [Point]) {
        for (offset, place) in next.iter_mut().enumerate() {
            *place = self.moved(first + offset);
        }
    }

    fn moved(&self, node: usize) -> Point {
        let graph = self.graph;
        let here = self.places[node];
        if graph.pinned[node] {
            return here;
        }
        let reach = graph.reaches[node];
        let mut force = self.forces[node];
        let mut stiffness = 1e-3;
        for link in graph.range(node) {
            let other = graph.targets[link] as usize;
            let way = self.places[other] - here;
            let pull = graph.weights[link] * way.dot(way).sqrt() / (reach + graph.reaches[other]);
            force = force + way * pull;
            stiffness += pull;
        }
        let centring = self.gravity * stiffness.min(2.0 * reach);
        force = force + (self.middle - here) * centring;
        stiffness += centring;
        // As if only the links were there (a Jacobi step), but no farther than a few lengths.
        let way = force * (self.heat / stiffness);
        let far = way.dot(way).sqrt();
        let most = 4.0 * reach * self.heat;
        here + if far > most { way * (most / far) } else { way }
    }
}
