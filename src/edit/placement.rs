//! Places on the canvas: moving, pinning, and one for each new entity, near what it is linked to, moving nobody.

use super::apply::{Draft, short};
use super::entities::FARTHEST;
use super::{Created, Ref, Refusal};
use crate::graph::{Node as LaidOut, Outline, Point, node_size, place_new};
use crate::notebook::{Change, EntityId, Kind, Node};

impl From<Kind> for Outline {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Actor => Self::Pill,
            Kind::Event => Self::Diamond,
            Kind::Claim => Self::Rectangle,
        }
    }
}

/// An entity that does not exist is drawn as an actor would be.
impl From<Option<Kind>> for Outline {
    fn from(kind: Option<Kind>) -> Self {
        kind.map_or(Self::default(), Self::from)
    }
}

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

    pub(super) fn place(
        &mut self,
        places: &[(Ref<EntityId>, f32, f32)],
    ) -> Result<String, Refusal> {
        for (entity, x, y) in places {
            let id = self.entity(entity)?;
            let pinned = self.notebook.nodes().get(&id).is_some_and(|node| node.pinned);
            self.put_node(id, *x, *y, pinned)?;
        }
        Ok(match places {
            [(entity, ..)] => {
                let id = self.entity(entity)?;
                format!("Move “{}”", short(self.notebook.name(id)))
            }
            _ => format!("Move {} entities", places.len()),
        })
    }

    pub(super) fn pin(
        &mut self,
        entities: &[Ref<EntityId>],
        pinned: bool,
    ) -> Result<String, Refusal> {
        for entity in entities {
            let id = self.entity(entity)?;
            if let Some(node) = self.notebook.nodes().get(&id).copied() {
                self.change(Change::Node(id, Some(Node { pinned, ..node })));
            }
        }
        let verb = if pinned { "Pin" } else { "Unpin" };
        Ok(match entities {
            [one] => format!("{verb} “{}”", short(self.notebook.name(self.entity(one)?))),
            _ => format!("{verb} {} entities", entities.len()),
        })
    }

    pub(super) fn put_node(
        &mut self,
        id: EntityId,
        x: f32,
        y: f32,
        pinned: bool,
    ) -> Result<(), Refusal> {
        if !(x.abs() <= FARTHEST && y.abs() <= FARTHEST) {
            return Err(Refusal::Invalid(format!(
                "({x}, {y}) is no place on the canvas: it reaches {FARTHEST} units to each side"
            )));
        }
        self.change(Change::Node(id, Some(Node { x, y, pinned })));
        Ok(())
    }
}
