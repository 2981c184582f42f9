//! Building a scene from a notebook.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Bounds, End, Incidence, Numbers, RelationLabel, Scene, SceneLink, SceneNode};
use crate::graph::{Curve, Grid, Point, Rect, fan, node_size};
use crate::notebook::{Entity, EntityId, Link, LinkId, Node, Notebook, RelationId, Target};

/// Maximum number of links of a scene that can be built within one frame.
const MOST_AT_ONCE: usize = 30_000;

/// Number of links between two checks of whether to stop.
pub(super) const ASK_EVERY: usize = 4_096;

/// Maximum number of nodes that are candidates for a name beside them.
const MOST_LANDMARKS: usize = 600;

const ORIGIN: Point = Point::new(0.0, 0.0);
/// Placeholder for a line that is not drawn yet.
const NO_LINE: Curve = Curve { from: ORIGIN, control: ORIGIN, to: ORIGIN };

impl SceneNode {
    /// A node for an entity, at its position, without links yet.
    pub(super) fn new(id: EntityId, entity: &Arc<Entity>, node: &Node) -> Self {
        let centre = Point::new(node.x, node.y);
        Self {
            id,
            kind: entity.kind(),
            centre: if centre.is_finite() { centre } else { Point::default() },
            size: node_size(Some(entity.kind()), &entity.name),
            scale: 1.0,
            pinned: node.pinned,
            degree: 0,
            entity: Arc::clone(entity),
        }
    }
}

impl SceneLink {
    /// A link whose line is not drawn yet.
    pub(super) fn new(
        id: LinkId,
        link: &Arc<Link>,
        from: u32,
        to: End,
        relation: RelationLabel,
    ) -> Self {
        Self {
            id,
            link: Arc::clone(link),
            from,
            to,
            bend: 0.0,
            detour: 0.0,
            curve: NO_LINE,
            label: relation.label,
            written: relation.written,
            family: relation.family,
            label_at: None,
            label_roomy: false,
        }
    }
}

impl Scene {
    /// Whether building the scene takes so long that it should be done in the background.
    pub fn is_large(notebook: &Notebook) -> bool {
        notebook.count_all_links() > MOST_AT_ONCE
    }

    /// Builds the scene of a notebook: the entities that have a position, the links between them, groups and note
    /// cards.
    pub fn of(notebook: &Notebook, version: u64) -> Self {
        Self::of_unless(notebook, version, &|| false).unwrap_or_default()
    }

    /// Like [`Scene::of`], but returns `None` once `stop` returns true. `stop` is called often.
    pub fn of_unless(notebook: &Notebook, version: u64, stop: &dyn Fn() -> bool) -> Option<Self> {
        let mut scene = Self::nodes_only(notebook, version);
        scene.read_links(notebook, stop)?;
        scene.finish(stop)?;
        scene.read_groups(notebook);
        scene.read_cards(notebook);
        if scene.board.any_folded() {
            scene.apply_sight(None);
        } else {
            scene.measure_board();
        }
        Some(scene)
    }

    /// Builds a scene of the entities only, to be shown for a very large notebook until the rest is built.
    pub fn nodes_only(notebook: &Notebook, version: u64) -> Self {
        let mut nodes = Vec::with_capacity(notebook.nodes().len());
        let mut node_numbers = Numbers::default();
        node_numbers.reserve(notebook.nodes().len());
        // Both are sorted by id: iterating over them in parallel avoids a look-up for each.
        let mut entities = notebook.entities().iter().peekable();
        for (id, node) in notebook.nodes() {
            while entities.next_if(|(entity, _)| *entity < id).is_some() {}
            let Some((_, entity)) = entities.next_if(|(entity, _)| *entity == id) else { continue };
            node_numbers.insert(*id, nodes.len() as u32);
            nodes.push(SceneNode::new(*id, entity, node));
        }
        let rects: Vec<Rect> = nodes.iter().map(SceneNode::rect).collect();
        Self {
            is_loose_node: vec![false; nodes.len()],
            bounds: Bounds(rects.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect))),
            node_grid: Grid::build(&rects),
            nodes,
            version,
            node_numbers,
            unfinished: true,
            ..Self::default()
        }
    }

    /// Whether the scene has only nodes so far.
    pub const fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    fn read_links(&mut self, notebook: &Notebook, stop: &dyn Fn() -> bool) -> Option<()> {
        self.links.reserve(notebook.count_all_links());
        self.link_numbers.reserve(notebook.count_all_links());
        let mut relations: HashMap<&RelationId, RelationLabel> = HashMap::new();
        // Links to links are added afterwards: their targets must exist.
        let mut to_links = Vec::new();
        for (number, (id, link)) in notebook.all_links().enumerate() {
            if number % ASK_EVERY == 0 && stop() {
                return None;
            }
            let Some(&from) = self.node_numbers.get(&link.from) else { continue };
            let to = match link.to {
                Target::Entity(to) => match self.node_numbers.get(&to) {
                    Some(&to) => End::Node(to),
                    None => continue,
                },
                Target::Link(_) => {
                    to_links.push(id);
                    continue;
                }
            };
            let label = relations
                .entry(&link.relation)
                .or_insert_with_key(|relation| RelationLabel::of(notebook, relation));
            self.link_numbers.insert(id, self.links.len() as u32);
            self.links.push(SceneLink::new(id, link, from, to, label.clone()));
        }
        // They may target each other: each is added after its target, and skipped if that is not in the scene.
        for (number, id) in notebook.targets_first(to_links).into_iter().enumerate() {
            if number % ASK_EVERY == 0 && stop() {
                return None;
            }
            let Some(link) = notebook.link(id) else { continue };
            let Target::Link(target) = link.to else { continue };
            let from = self.node_numbers.get(&link.from).copied();
            let to = self.link_numbers.get(&target).copied();
            let (Some(from), Some(to)) = (from, to) else { continue };
            let number = self.links.len() as u32;
            self.link_numbers.insert(id, number);
            self.onto.push(number);
            let label = relations
                .entry(&link.relation)
                .or_insert_with_key(|relation| RelationLabel::of(notebook, relation));
            self.links.push(SceneLink::new(id, link, from, End::Link(to), label.clone()));
        }
        self.is_loose_link = vec![false; self.links.len()];
        Some(())
    }

    /// Computes how links fan out, their lines, the incidence and the indexes.
    fn finish(&mut self, stop: &dyn Fn() -> bool) -> Option<()> {
        self.unfinished = false;
        let pairs: Vec<(u32, u32)> = self
            .links
            .iter()
            .map_while(|link| match link.to {
                End::Node(to) => Some((link.from, to)),
                End::Link(_) => None,
            })
            .collect();
        for (link, bend) in self.links.iter_mut().zip(fan(&pairs)) {
            link.bend = bend;
        }
        if stop() {
            return None;
        }
        self.incidence = Incidence::new(self.nodes.len(), &self.links);
        for (node, number) in self.nodes.iter_mut().zip(0_u32..) {
            node.degree = self.incidence.of(number).len() as u32;
        }
        self.bare = self.links.iter().filter(|link| link.is_bare()).count();
        self.rank();
        self.index_unless(stop)
    }

    /// Determines the landmarks: the nodes with the largest scale and, at equal scale, the most links.
    pub(super) fn rank(&mut self) {
        let mut landmarks: Vec<u32> = (0..self.nodes.len() as u32).collect();
        let rank = |n: &u32| {
            let node = &self.nodes[*n as usize];
            // The bits of positive floats sort like the floats themselves.
            (std::cmp::Reverse((node.scale.to_bits(), node.degree)), node.id)
        };
        if landmarks.len() > MOST_LANDMARKS {
            landmarks.select_nth_unstable_by_key(MOST_LANDMARKS, rank);
            landmarks.truncate(MOST_LANDMARKS);
        }
        landmarks.sort_unstable_by_key(rank);
        self.landmarks = landmarks;
    }
}
