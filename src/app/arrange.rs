//! “Arrange”: the layout as a job; what the user pinned stays.

use std::collections::HashMap;

use super::{Effect, JobResult, Level, Program};
use crate::edit::{Edit, Ref};
use crate::graph::{Node, Options, Point, arrange, node_size};
use crate::notebook::EntityId;

const ARRANGING: &str = "Arranging the canvas";

/// What a layout brings back.
#[derive(Debug)]
pub struct Arranged {
    /// The state of the notebook it was computed for.
    revision: u64,
    /// New places.
    places: Vec<(EntityId, Point)>,
    /// It was told to stop.
    stopped: bool,
}

impl Program {
    pub(super) fn start_arrange(&mut self) {
        let Some(book) = &self.book else { return };
        if self.jobs.running().iter().any(|job| job.name == ARRANGING) {
            return;
        }
        let notebook = book.snapshot();
        let weights = book.ways().weights().cloned();
        self.jobs.start(ARRANGING, move |handle| {
            let ids: Vec<EntityId> = notebook.nodes().keys().copied().collect();
            let number: HashMap<EntityId, u32> =
                ids.iter().zip(0_u32..).map(|(id, n)| (*id, n)).collect();
            let nodes: Vec<Node> = ids
                .iter()
                .map(|id| {
                    let node = notebook.nodes().get(id).copied().unwrap_or_default();
                    let kind = notebook.entity(*id).map(|entity| entity.kind());
                    Node {
                        at: Some(Point { x: node.x, y: node.y }),
                        pinned: node.pinned,
                        size: node_size(kind, notebook.name(*id))
                            * weights.as_ref().map_or(1.0, |weights| weights.scale_of(*id)),
                    }
                })
                .collect();
            let links: Vec<(u32, u32)> = notebook
                .links()
                .values()
                .filter_map(|link| {
                    Some((*number.get(&link.from)?, *number.get(&link.to_entity()?)?))
                })
                .collect();
            let positions = arrange(
                &nodes,
                &links,
                &Options::default(),
                &|| handle.is_cancelled(),
                &mut |_, progress| handle.set_progress(progress),
            );
            let places = ids
                .into_iter()
                .zip(positions)
                .zip(&nodes)
                .filter(|(_, node)| !node.pinned)
                .map(|(place, _)| place)
                .collect();
            JobResult::Arranged(Arranged {
                revision: notebook.revision(),
                places,
                stopped: handle.is_cancelled(),
            })
        });
    }

    pub(super) fn arranged(&mut self, arranged: Arranged) {
        let Some(book) = &self.book else { return };
        if arranged.stopped {
            return;
        }
        if book.notebook.revision() != arranged.revision {
            self.notify(
                Level::Info,
                "The notebook changed while the canvas was being arranged; nothing was moved. Arrange again.",
            );
            return;
        }
        if arranged.places.is_empty() {
            self.notify(Level::Info, "Every entity is pinned: there was nothing to arrange.");
            return;
        }
        let places =
            arranged.places.into_iter().map(|(id, at)| (Ref::Id(id), at.x, at.y)).collect();
        self.edit(&Edit::Batch("Arrange the canvas".to_owned(), vec![Edit::Place(places)]));
        self.effects.push(Effect::Fit);
    }
}
