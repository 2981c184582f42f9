//! From a notebook to a scene.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Bounds, End, Numbers, Scene, SceneLink, SceneNode};
use crate::graph::{Curve, Grid, Point, Rect, fan, node_size};
use crate::notebook::{Notebook, RelationId, Target};

/// A scene with more links than this may be left unfinished at first.
const MOST_AT_ONCE: usize = 30_000;

/// So many nodes are in the running for a name beside them.
const MOST_LANDMARKS: usize = 600;

impl Scene {
    /// The notebook's entities that have a place, and its links between them. Unless all is wanted at once, a very
    /// large scene is left unfinished, so that something is on screen soon.
    pub fn of(notebook: &Notebook, version: u64, at_once: bool) -> Self {
        let mut nodes = Vec::with_capacity(notebook.nodes().len());
        let mut node_numbers = Numbers::default();
        node_numbers.reserve(notebook.nodes().len());
        // Both are sorted by id: walking them side by side saves looking each one up.
        let mut entities = notebook.entities().iter().peekable();
        for (id, node) in notebook.nodes() {
            while entities.next_if(|(entity, _)| *entity < id).is_some() {}
            let Some((_, entity)) = entities.next_if(|(entity, _)| *entity == id) else { continue };
            let centre = Point::new(node.x, node.y);
            node_numbers.insert(*id, nodes.len() as u32);
            nodes.push(SceneNode {
                id: *id,
                kind: entity.kind(),
                centre: if centre.is_finite() { centre } else { Point::default() },
                size: node_size(Some(entity.kind()), &entity.name),
                scale: 1.0,
                pinned: node.pinned,
                degree: 0,
                entity: Arc::clone(entity),
            });
        }
        let mut links = Vec::with_capacity(notebook.links().len());
        let mut link_numbers = Numbers::default();
        link_numbers.reserve(notebook.links().len());
        let straight =
            Curve { from: Point::default(), control: Point::default(), to: Point::default() };
        let labels: HashMap<&RelationId, Arc<str>> = notebook
            .relations()
            .iter()
            .map(|(id, relation)| (id, Arc::from(relation.label.as_str())))
            .collect();
        let label_of = |relation: &RelationId| {
            labels.get(relation).map_or_else(|| Arc::from(relation.0.as_str()), Arc::clone)
        };
        // Links to links are put in afterwards: what they end at has to be there.
        let mut to_links = Vec::new();
        for (id, link) in notebook.links() {
            let Some(&from) = node_numbers.get(&link.from) else { continue };
            let to = match link.to {
                Target::Entity(to) => match node_numbers.get(&to) {
                    Some(&to) => End::Node(to),
                    None => continue,
                },
                Target::Link(target) => {
                    to_links.push((*id, from, target));
                    continue;
                }
            };
            link_numbers.insert(*id, links.len() as u32);
            links.push(SceneLink {
                id: *id,
                label: label_of(&link.relation),
                link: Arc::clone(link),
                from,
                to,
                bend: 0.0,
                curve: straight,
                label_at: None,
            });
        }
        let plain = links.len();
        for (id, from, target) in to_links {
            // A link to a link that is itself such a link, or not shown, has no middle to point at.
            let (Some(&to), Some(link)) = (link_numbers.get(&target), notebook.link(id)) else {
                continue;
            };
            links.push(SceneLink {
                id,
                label: label_of(&link.relation),
                link: Arc::clone(link),
                from,
                to: End::Link(to),
                bend: 0.0,
                curve: straight,
                label_at: None,
            });
        }
        for (number, link) in links.iter().enumerate().skip(plain) {
            link_numbers.insert(link.id, number as u32);
        }
        let mut scene = Self {
            is_loose_node: vec![false; nodes.len()],
            is_loose_link: vec![false; links.len()],
            nodes,
            links,
            version,
            node_numbers,
            link_numbers,
            unfinished: true,
            ..Self::default()
        };
        if at_once || scene.links.len() <= MOST_AT_ONCE {
            scene.finish();
        } else {
            let rects: Vec<Rect> = scene.nodes.iter().map(SceneNode::rect).collect();
            scene.bounds = Bounds(rects.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect)));
            scene.node_grid = Grid::build(&rects);
            scene.starts = vec![0; scene.nodes.len() + 2];
        }
        scene
    }

    /// Whether there are only nodes and straight links yet: [`Self::finish`] does the rest.
    pub const fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// Makes out how links fan out, run, and where their labels stand.
    pub fn finish(&mut self) {
        if !std::mem::take(&mut self.unfinished) {
            return;
        }
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
        self.list_links_of_nodes();
        self.settle();
    }

    /// Makes out which links each node has.
    fn list_links_of_nodes(&mut self) {
        let mut starts = vec![0_u32; self.nodes.len() + 2];
        let ends = |link: &SceneLink| match link.to {
            End::Node(to) if to != link.from => (link.from, Some(to)),
            _ => (link.from, None),
        };
        for link in &self.links {
            let (a, b) = ends(link);
            for node in std::iter::once(a).chain(b) {
                starts[node as usize + 2] += 1;
                self.nodes[node as usize].degree += 1;
            }
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        self.of_node = vec![0; starts.last().map_or(0, |last| *last as usize)];
        for (number, link) in self.links.iter().enumerate() {
            let (a, b) = ends(link);
            for node in std::iter::once(a).chain(b) {
                let at = &mut starts[node as usize + 1];
                self.of_node[*at as usize] = number as u32;
                *at += 1;
            }
        }
        self.starts = starts;
        let mut landmarks: Vec<u32> = (0..self.nodes.len() as u32).collect();
        let rank = |n: &u32| (std::cmp::Reverse(self.nodes[*n as usize].degree), *n);
        if landmarks.len() > MOST_LANDMARKS {
            landmarks.select_nth_unstable_by_key(MOST_LANDMARKS, rank);
            landmarks.truncate(MOST_LANDMARKS);
        }
        landmarks.sort_unstable_by_key(rank);
        self.landmarks = landmarks;
    }
}
