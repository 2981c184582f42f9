//! How much of the scene is to be seen: a filter hides, a focus fades; and how large the nodes are drawn.

use std::sync::Arc;

use super::{Bounds, Scene, SceneNode};
use crate::graph::{Rect, node_size};
use crate::inquiry::{Sight, Weights};

/// How much of a node or a link is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// All of it.
    #[default]
    Full,
    /// It is there, faded: it stands back for others, and the pointer passes through it.
    Faded,
    /// Nothing: a filter hides it.
    Hidden,
}

/// What is seen of each node and link; nothing is kept while everything is seen.
#[derive(Clone, Debug, Default)]
pub(super) struct SeenOf {
    nodes: Vec<Seen>,
    links: Vec<Seen>,
    /// How many nodes and links are not hidden.
    counts: (usize, usize),
    /// The rectangle around those.
    bounds: Bounds,
    /// The rectangle around the nodes that are neither hidden nor faded.
    lit: Bounds,
}

impl Scene {
    /// What is seen of a node.
    pub fn node_seen(&self, node: u32) -> Seen {
        self.seen.nodes.get(node as usize).copied().unwrap_or_default()
    }

    /// What is seen of a link.
    pub fn link_seen(&self, link: u32) -> Seen {
        self.seen.links.get(link as usize).copied().unwrap_or_default()
    }

    /// Whether nothing is hidden or faded.
    pub const fn is_all_seen(&self) -> bool {
        self.seen.nodes.is_empty()
    }

    /// Takes the faded ones out of these nodes.
    pub fn take_faded_nodes(&self, nodes: &mut Vec<u32>) -> Vec<u32> {
        if self.is_all_seen() {
            return Vec::new();
        }
        nodes.extract_if(.., |node| self.node_seen(*node) == Seen::Faded).collect()
    }

    /// Takes the faded ones out of these links.
    pub fn take_faded_links(&self, links: &mut Vec<u32>) -> Vec<u32> {
        if self.is_all_seen() {
            return Vec::new();
        }
        links.extract_if(.., |link| self.link_seen(*link) == Seen::Faded).collect()
    }

    /// Everything is seen again, until it is looked through anew: numbers have changed.
    pub(super) fn see_all(&mut self) {
        self.seen = SeenOf::default();
    }

    /// The rectangle around everything that is not hidden.
    pub const fn shown_bounds(&self) -> Rect {
        if self.is_all_seen() { self.bounds.0 } else { self.seen.bounds.0 }
    }

    /// The rectangle around the nodes that are neither hidden nor faded.
    pub const fn lit_bounds(&self) -> Rect {
        if self.is_all_seen() { self.bounds.0 } else { self.seen.lit.0 }
    }

    /// How many nodes and links are not hidden.
    pub const fn shown_counts(&self) -> (usize, usize) {
        if self.is_all_seen() { (self.nodes.len(), self.links.len()) } else { self.seen.counts }
    }

    /// Hides and fades what a sight says. What is newer than the sight is hidden until the next one knows it.
    pub fn look_through(&mut self, sight: Option<&Sight>) {
        self.version += 1;
        let Some(sight) = sight else {
            self.seen = SeenOf::default();
            self.forget_labels();
            return;
        };
        // Costs what is shown, not what there is: of a large notebook a filter mostly leaves little.
        let (shown, lit) = (sight.shown.as_ref(), sight.lit.as_ref());
        let back = if lit.is_some() { Seen::Faded } else { Seen::Full };
        let ground = if shown.is_some() { Seen::Hidden } else { back };
        let mut nodes = vec![ground; self.nodes.len()];
        let mut links = vec![ground; self.links.len()];
        for (left, seen) in [(shown, back), (lit, Seen::Full)] {
            let Some(left) = left else { continue };
            for number in left.entities.iter().filter_map(|id| self.node(*id)) {
                nodes[number as usize] = seen;
            }
            for number in left.links.iter().filter_map(|id| self.link(*id)) {
                links[number as usize] = seen;
            }
        }
        let here = |all: &[Seen]| all.iter().filter(|seen| **seen != Seen::Hidden).count();
        self.seen =
            SeenOf { counts: (here(&nodes), here(&links)), nodes, links, ..SeenOf::default() };
        self.bound_what_is_seen();
        self.forget_labels();
    }

    /// Makes out the rectangle around what is not hidden.
    pub(super) fn bound_what_is_seen(&mut self) {
        if self.is_all_seen() {
            return;
        }
        let nodes = self.nodes.iter().zip(&self.seen.nodes).map(|(node, seen)| (node.rect(), seen));
        let links =
            self.links.iter().zip(&self.seen.links).map(|(link, seen)| (link.curve.bounds(), seen));
        let shown = nodes.chain(links).filter(|(_, seen)| **seen != Seen::Hidden);
        self.seen.bounds = Bounds(shown.fold(Rect::NOTHING, |all, (rect, _)| all.union(rect)));
        let nodes = self.nodes.iter().zip(&self.seen.nodes);
        let lit = nodes.filter(|(_, seen)| **seen == Seen::Full);
        self.seen.lit = Bounds(lit.fold(Rect::NOTHING, |all, (node, _)| all.union(node.rect())));
    }

    /// The same while most of it moves, when lines are not kept: they hardly reach beyond their nodes.
    pub(super) fn bound_what_drifts(&mut self) {
        if self.is_all_seen() {
            return;
        }
        let nodes = || self.nodes.iter().zip(&self.seen.nodes);
        let bounds = |nodes: &mut dyn Iterator<Item = &SceneNode>| {
            Bounds(nodes.map(SceneNode::rect).fold(Rect::NOTHING, Rect::union))
        };
        let shown = bounds(&mut nodes().filter(|(_, s)| **s != Seen::Hidden).map(|(node, _)| node));
        let lit = bounds(&mut nodes().filter(|(_, s)| **s == Seen::Full).map(|(node, _)| node));
        (self.seen.bounds, self.seen.lit) = (shown, lit);
    }

    /// Whether nodes are as large as these weights say; without weights, as their names need.
    pub fn is_weighed_by(&self, weights: Option<&Arc<Weights>>) -> bool {
        match (&self.weighed, weights) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }

    /// Draws nodes as large as they weigh; without weights, as their names need.
    pub fn weigh(&mut self, weights: Option<&Arc<Weights>>) {
        self.weighed = weights.cloned();
        let scale = |node: &SceneNode| weights.map_or(1.0, |weights| weights.scale_of(node.id));
        let mut changed = false;
        for node in &mut self.nodes {
            let scale = scale(node);
            if scale != node.scale {
                node.scale = scale;
                node.size = node_size(Some(node.kind), &node.entity.name) * scale;
                changed = true;
            }
        }
        if changed {
            self.rank();
            self.index();
        }
    }
}
