//! A place on the canvas for each new entity, near what it is linked to, moving nobody.

use super::apply::Draft;
use super::entities::FARTHEST;
use super::{Created, Refusal};
use crate::graph::{Node as LaidOut, Point, node_size, place_new};
use crate::notebook::EntityId;

impl Draft<'_> {
    /// Puts the entities this edit made, and gave no place, beside what they are linked to.
    pub(super) fn place_new(&mut self) -> Result<(), Refusal> {
        let new: Vec<EntityId> = self
            .created
            .iter()
            .filter_map(|made| match made {
                Created::Entity(id)
                    if self.notebook.entity(*id).is_some()
                        && !self.notebook.nodes().contains_key(id) =>
                {
                    Some(*id)
                }
                _ => None,
            })
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let ids: Vec<EntityId> =
            self.notebook.nodes().keys().copied().chain(new.iter().copied()).collect();
        let number: std::collections::HashMap<EntityId, u32> =
            ids.iter().zip(0_u32..).map(|(id, n)| (*id, n)).collect();
        let nodes: Vec<LaidOut> = ids
            .iter()
            .map(|id| {
                let node = self.notebook.nodes().get(id);
                let name = self.notebook.name(*id);
                let kind = self.notebook.entity(*id).map(|e| e.kind());
                LaidOut {
                    at: node.map(|node| Point { x: node.x, y: node.y }),
                    pinned: node.is_some(),
                    size: node_size(kind, name),
                }
            })
            .collect();
        let links: Vec<(u32, u32)> = self
            .notebook
            .links()
            .values()
            .filter_map(|link| Some((*number.get(&link.from)?, *number.get(&link.to_entity()?)?)))
            .collect();
        let which: Vec<usize> = (ids.len() - new.len()..ids.len()).collect();
        let places = place_new(&nodes, &links, &which);
        for (id, at) in new.into_iter().zip(places) {
            // Beside a node at the canvas's edge there is still room on it.
            self.put_node(
                id,
                at.x.clamp(-FARTHEST, FARTHEST),
                at.y.clamp(-FARTHEST, FARTHEST),
                false,
            )?;
        }
        Ok(())
    }
}
