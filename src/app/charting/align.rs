//! Aligning and distributing the selection on the canvas: one step each. What was placed that way is pinned.

use crate::app::Program;
use crate::edit::{Edit, Ref};
use crate::graph::{self, Align, Point, Rect, node_size};
use crate::notebook::EntityId;

impl Program {
    /// Aligns the selected entities. `label` names the step.
    pub(in crate::app) fn align(&mut self, label: &str, how: Align) {
        self.line_up(label, |rects| graph::align(rects, how));
    }

    /// Makes the gaps between the selected entities equal: side by side, or one below the other.
    pub(in crate::app) fn distribute(&mut self, horizontally: bool) {
        let label = if horizontally { "Distribute horizontally" } else { "Distribute vertically" };
        self.line_up(label, |rects| graph::distribute(rects, horizontally));
    }

    fn line_up(&mut self, label: &str, places: impl FnOnce(&[Rect]) -> Vec<Point>) {
        let Some(book) = &self.book else { return };
        let (ids, rects): (Vec<EntityId>, Vec<Rect>) = book
            .selection()
            .entities
            .iter()
            .filter_map(|id| {
                let node = book.document.notebook().nodes().get(id)?;
                let entity = book.document.notebook().entity(*id)?;
                let size = node_size(Some(entity.kind()), &entity.name);
                Some((*id, Rect::around(Point::new(node.x, node.y), size)))
            })
            .unzip();
        let places = places(&rects);
        let label = format!("{label} of {} entities", ids.len());
        self.edit(&Edit::Batch(label, placed_by_hand(ids.into_iter().zip(places))));
    }
}

/// The edits that move entities to where the user placed them, in whole canvas units, and pin them there.
pub(in crate::app) fn placed_by_hand(places: impl Iterator<Item = (EntityId, Point)>) -> Vec<Edit> {
    let places: Vec<(Ref<EntityId>, f32, f32)> =
        places.map(|(id, at)| (Ref::Id(id), at.x.round(), at.y.round())).collect();
    let entities = places.iter().map(|(id, ..)| id.clone()).collect();
    vec![Edit::Place(places), Edit::Pin { entities, pinned: true }]
}
