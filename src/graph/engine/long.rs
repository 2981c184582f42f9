//! The layout of long parts: by their distances, to scale, and folded where they are thin.

use super::super::bands::fold_into_bands;
use super::super::fit::turn_wide;
use super::super::pivots::Pivots;
use super::super::{Point, Rect};
use super::Engine;

/// The greatest distance of a node of a long part from the middle, in canvas units: beyond it coordinates would be too
/// coarse.
const FARTHEST: f32 = 2e6;
impl Engine {
    /// Gives every node of a long part its first place, from the distances measured.
    pub(super) fn unroll(&mut self, pivots: &Pivots) {
        self.enter();
        let graph = &self.levels[0];
        let link = 2.0 * graph.reaches.iter().sum::<f32>() / graph.len().max(1) as f32;
        self.places = pivots.unrolled(graph.len(), &mut self.random);
        for (place, reach) in self.places.iter_mut().zip(&graph.reaches) {
            // Nodes with identical distances would coincide.
            let off = Point::new(self.random.unit() - 0.5, self.random.unit() - 0.5);
            *place = *place * link + off * (reach * 0.5);
        }
    }

    /// Scales a long part so that its links have their wished length, and folds it if it is thin: nobody could read a
    /// line of a thousand nodes.
    pub(super) fn lay_in_bands(&mut self) {
        let graph = &self.levels[0];
        let mut lengths: Vec<f32> = (0..graph.len())
            .flat_map(|node| graph.range(node).map(move |link| (node, link)))
            .map(|(node, link)| {
                let other = graph.targets[link] as usize;
                let wish = graph.reaches[node] + graph.reaches[other];
                self.places[node].distance(self.places[other]) / wish
            })
            .collect();
        if lengths.is_empty() {
            return;
        }
        let middle = lengths.len() / 2;
        let usual = *lengths.select_nth_unstable_by(middle, f32::total_cmp).1;
        turn_wide(&mut self.places);
        let scale = 1.0 / usual.max(1e-6);
        self.places.iter_mut().for_each(|place| *place = *place * scale);
        fold_into_bands(&mut self.places, &self.sizes, self.aspect, self.ideal * 0.6);
        let bounds = Rect::of_points(self.places.iter().copied());
        let (middle, size) = (bounds.centre(), bounds.size());
        let shrink = (2.0 * FARTHEST / size.x.max(size.y).max(1.0)).min(1.0);
        self.places.iter_mut().for_each(|place| *place = (*place - middle) * shrink);
    }
}
