//! Aligning and distributing what is selected on the canvas: one step each. What stands where the user wants it is
//! pinned.

use super::{Command, Program};
use crate::edit::{Edit, Ref};
use crate::graph::{self, Align, Point, Rect, node_size};
use crate::notebook::EntityId;

/// What the commands do: the words of the step, and the way.
const fn way_of(command: Command) -> Option<(&'static str, Way)> {
    Some(match command {
        Command::AlignLeft => ("Align the left sides", Way::Align(Align::Left)),
        Command::AlignCentre => ("Align the centres", Way::Align(Align::Centre)),
        Command::AlignRight => ("Align the right sides", Way::Align(Align::Right)),
        Command::AlignTop => ("Align the upper sides", Way::Align(Align::Top)),
        Command::AlignMiddle => ("Align the middles", Way::Align(Align::Middle)),
        Command::AlignBottom => ("Align the lower sides", Way::Align(Align::Bottom)),
        Command::DistributeHorizontally => ("Distribute horizontally", Way::Distribute(true)),
        Command::DistributeVertically => ("Distribute vertically", Way::Distribute(false)),
        _ => return None,
    })
}

enum Way {
    Align(Align),
    /// Side by side, or one below the other.
    Distribute(bool),
}

impl Program {
    pub(super) fn align(&mut self, command: Command) {
        let (Some(book), Some((label, way))) = (&self.book, way_of(command)) else { return };
        let (ids, rects): (Vec<EntityId>, Vec<Rect>) = book
            .selection
            .entities
            .iter()
            .filter_map(|id| {
                let node = book.notebook.nodes().get(id)?;
                let entity = book.notebook.entity(*id)?;
                let size = node_size(Some(entity.kind()), &entity.name);
                Some((*id, Rect::around(Point::new(node.x, node.y), size)))
            })
            .unzip();
        let places = match way {
            Way::Align(how) => graph::align(&rects, how),
            Way::Distribute(horizontally) => graph::distribute(&rects, horizontally),
        };
        let label = format!("{label} of {} entities", ids.len());
        self.edit(&Edit::Batch(label, placed_by_hand(ids.into_iter().zip(places))));
    }
}

/// The edits that put entities where the user put them, on whole canvas units, and pin them there.
pub(super) fn placed_by_hand(places: impl Iterator<Item = (EntityId, Point)>) -> Vec<Edit> {
    let places: Vec<(Ref<EntityId>, f32, f32)> =
        places.map(|(id, at)| (Ref::Id(id), at.x.round(), at.y.round())).collect();
    let entities = places.iter().map(|(id, ..)| id.clone()).collect();
    vec![Edit::Place(places), Edit::Pin { entities, pinned: true }]
}
