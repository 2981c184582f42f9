//! The visibility of nodes and links (filters hide, focus fades), and the size of nodes.

use std::sync::Arc;

use super::{Bounds, Scene, SceneNode};
use crate::graph::{Rect, node_size};
use crate::inquiry::{Emphasis, Filtered, Weights};
use crate::notebook::{EntityId, LinkId};

/// The visibility of a node or a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Fully visible.
    #[default]
    Full,
    /// In the background; the pointer passes through it.
    Faded,
    /// Not drawn: hidden by a filter or in a folded group.
    Hidden,
}

/// The visibility of each node and link; empty while everything is visible.
#[derive(Clone, Debug, Default)]
pub(super) struct Visibilities {
    /// Whether anything may be hidden or faded, so that a visibility is stored for each node and link.
    on: bool,
    /// The emphasis applied to the scene.
    emphasis: Option<Arc<Emphasis>>,
    nodes: Vec<Visibility>,
    links: Vec<Visibility>,
    /// The numbers of nodes and links that are not hidden.
    counts: (usize, usize),
    /// The bounding rectangle of the nodes and links that are not hidden.
    bounds: Bounds,
    /// The bounding rectangle of the nodes that are neither hidden nor faded.
    lit: Bounds,
    /// Whether something at the border of these rectangles has changed, so that they must be measured again.
    outgrown: bool,
}

/// The visibility that an emphasis gives to something; `has` tells whether a list of the emphasis contains it.
fn emphasis_of(emphasis: Option<&Emphasis>, has: impl Fn(&Filtered) -> bool) -> Visibility {
    let Some(emphasis) = emphasis else { return Visibility::Full };
    match (&emphasis.shown, &emphasis.lit) {
        (Some(shown), _) if !has(shown) => Visibility::Hidden,
        (_, Some(lit)) if !has(lit) => Visibility::Faded,
        _ => Visibility::Full,
    }
}

impl Scene {
    /// The visibility of a node.
    pub fn node_visibility(&self, node: u32) -> Visibility {
        self.visibilities.nodes.get(node as usize).copied().unwrap_or_default()
    }

    /// The visibility of a link.
    pub fn link_visibility(&self, link: u32) -> Visibility {
        self.visibilities.links.get(link as usize).copied().unwrap_or_default()
    }

    /// Whether nothing is hidden or faded.
    pub const fn is_all_visible(&self) -> bool {
        !self.visibilities.on
    }

    /// The emphasis applied to the scene.
    pub const fn emphasis(&self) -> Option<&Arc<Emphasis>> {
        self.visibilities.emphasis.as_ref()
    }

    /// The visibility that the emphasis gives to a node, regardless of folded groups.
    pub(super) fn node_in_sight(&self, id: EntityId) -> Visibility {
        emphasis_of(self.visibilities.emphasis.as_deref(), |left| left.has_entity(id))
    }

    fn link_in_sight(&self, id: LinkId) -> Visibility {
        emphasis_of(self.visibilities.emphasis.as_deref(), |left| left.has_link(id))
    }

    /// Sets the visibility of a node and updates the count.
    pub(super) fn set_node_visibility(&mut self, node: u32, seen: Visibility) {
        let was = std::mem::replace(&mut self.visibilities.nodes[node as usize], seen);
        self.visibilities.counts.0 += usize::from(seen != Visibility::Hidden);
        self.visibilities.counts.0 -= usize::from(was != Visibility::Hidden);
    }

    /// Sets the visibility of a link and updates the count.
    pub(super) fn set_link_visibility(&mut self, link: u32, seen: Visibility) {
        let was = std::mem::replace(&mut self.visibilities.links[link as usize], seen);
        self.visibilities.counts.1 += usize::from(seen != Visibility::Hidden);
        self.visibilities.counts.1 -= usize::from(was != Visibility::Hidden);
    }

    /// Removes the faded nodes from a list and returns them.
    pub fn take_faded_nodes(&self, nodes: &mut Vec<u32>) -> Vec<u32> {
        if self.is_all_visible() {
            return Vec::new();
        }
        nodes.extract_if(.., |node| self.node_visibility(*node) == Visibility::Faded).collect()
    }

    /// Removes the faded links from a list and returns them.
    pub fn take_faded_links(&self, links: &mut Vec<u32>) -> Vec<u32> {
        if self.is_all_visible() {
            return Vec::new();
        }
        links.extract_if(.., |link| self.link_visibility(*link) == Visibility::Faded).collect()
    }

    /// Adds the visibility of a new node, which has the last number: hidden at first.
    pub(super) fn add_node_visibility(&mut self) {
        if self.visibilities.on {
            self.visibilities.nodes.push(Visibility::Hidden);
        }
    }

    /// Adds the visibility of a new link, which has the last number: hidden at first.
    pub(super) fn add_link_visibility(&mut self) {
        if self.visibilities.on {
            self.visibilities.links.push(Visibility::Hidden);
        }
    }

    /// Removes the visibility of a node; the last node takes its number.
    pub(super) fn remove_node_visibility(&mut self, number: u32) {
        if self.visibilities.on {
            self.set_node_visibility(number, Visibility::Hidden);
            self.visibilities.nodes.swap_remove(number as usize);
        }
    }

    /// Removes the visibility of a link; the last link takes its number.
    pub(super) fn remove_link_visibility(&mut self, number: u32) {
        if self.visibilities.on {
            self.set_link_visibility(number, Visibility::Hidden);
            self.visibilities.links.swap_remove(number as usize);
        }
    }

    /// Determines the visibility of these nodes and links, some of which are new and have no lines yet.
    pub(super) fn set_new_visibility(&mut self, nodes: &[u32], links: &[u32]) {
        if !self.visibilities.on {
            return;
        }
        for &number in nodes {
            let id = self.nodes[number as usize].id;
            if self.board.box_of(id).is_none() {
                let seen = self.node_in_sight(id);
                self.set_node_visibility(number, seen);
            }
        }
        for &number in links {
            let link = &self.links[number as usize];
            if link.ends().all(|node| self.board.box_of(self.nodes[node as usize].id).is_none()) {
                let seen = self.link_in_sight(link.id);
                self.set_link_visibility(number, seen);
            }
        }
    }

    /// Updates the visibility of these nodes and links after the emphasis has changed for them.
    fn update_visibility(&mut self, nodes: &[u32], links: &[u32]) {
        for &number in nodes {
            let seen = self.node_in_sight(self.nodes[number as usize].id);
            let was = self.node_visibility(number);
            if seen == was {
                continue;
            }
            self.set_node_visibility(number, seen);
            let rect = self.nodes[number as usize].rect();
            if was == Visibility::Hidden {
                for label in self.label_places.over(rect) {
                    self.forget_label(label);
                }
            } else if seen == Visibility::Hidden {
                self.make_way(rect);
            }
            self.outgrow(rect);
            self.widen(rect, seen, seen == Visibility::Full);
        }
        for &number in links {
            let seen = self.link_in_sight(self.links[number as usize].id);
            if seen == self.link_visibility(number) {
                continue;
            }
            self.set_link_visibility(number, seen);
            self.forget_label(number);
            let rect = self.links[number as usize].curve.bounds();
            self.outgrow(rect);
            self.widen(rect, seen, false);
        }
    }

    /// Extends the rectangles around what is visible (and around what is lit, if `lit`) to include `rect`.
    pub(super) fn widen(&mut self, rect: Rect, seen: Visibility, lit: bool) {
        if !self.visibilities.on {
            return;
        }
        if seen != Visibility::Hidden {
            self.visibilities.bounds.0 = self.visibilities.bounds.0.union(rect);
        }
        if lit {
            self.visibilities.lit.0 = self.visibilities.lit.0.union(rect);
        }
    }

    /// Notes that something in `rect` is removed, moves or changes visibility: if it touches the border of the visible
    /// or lit rectangle, both must be measured again.
    pub(super) fn outgrow_visible(&mut self, rect: Rect) {
        self.visibilities.outgrown |=
            touches(rect, self.visibilities.bounds.0) || touches(rect, self.visibilities.lit.0);
    }

    /// Measures the visible and lit rectangles again if something at their borders has changed.
    pub(super) fn measure_visible_if_outgrown(&mut self) {
        if std::mem::take(&mut self.visibilities.outgrown) {
            self.measure_visible();
        }
    }

    /// The bounding rectangle of everything that is not hidden, groups and note cards included.
    pub fn shown_bounds(&self) -> Rect {
        let shown = if self.is_all_visible() { self.bounds.0 } else { self.visibilities.bounds.0 };
        shown.union(self.board.bounds())
    }

    /// The bounding rectangle of the nodes and boxes that are neither hidden nor faded.
    pub fn lit_bounds(&self) -> Rect {
        if self.is_all_visible() {
            return self.bounds.0;
        }
        let groups = self.board.groups.iter();
        let boxes =
            groups.filter(|group| group.is_folded() && group.visibility == Visibility::Full);
        boxes.fold(self.visibilities.lit.0, |all, group| all.union(group.rect))
    }

    /// The numbers of nodes and links that are not hidden.
    pub const fn shown_counts(&self) -> (usize, usize) {
        if self.is_all_visible() {
            (self.nodes.len(), self.links.len())
        } else {
            self.visibilities.counts
        }
    }

    /// Applies an emphasis and the folded groups to the visibility of all nodes and links. Anything newer than the
    /// emphasis is hidden until the next emphasis includes it.
    pub fn apply_sight(&mut self, emphasis: Option<&Arc<Emphasis>>) {
        self.version += 1;
        self.forget_labels();
        if emphasis.is_none() && !self.board.any_folded() {
            self.visibilities = Visibilities::default();
            self.board.bundles.clear();
            self.measure_board();
            return;
        }
        // The look-ups grow with what is shown, not with the notebook: a filter usually leaves little of a large
        // notebook.
        let shown = emphasis.and_then(|emphasis| emphasis.shown.as_ref());
        let lit = emphasis.and_then(|emphasis| emphasis.lit.as_ref());
        let back = if lit.is_some() { Visibility::Faded } else { Visibility::Full };
        let ground = if shown.is_some() { Visibility::Hidden } else { back };
        let mut nodes = vec![ground; self.nodes.len()];
        let mut links = vec![ground; self.links.len()];
        for (left, seen) in [(shown, back), (lit, Visibility::Full)] {
            let Some(left) = left else { continue };
            for number in left.entities.iter().filter_map(|id| self.node(*id)) {
                nodes[number as usize] = seen;
            }
            for number in left.links.iter().filter_map(|id| self.link(*id)) {
                links[number as usize] = seen;
            }
        }
        let here =
            |all: &[Visibility]| all.iter().filter(|seen| **seen != Visibility::Hidden).count();
        self.visibilities = Visibilities {
            on: true,
            emphasis: emphasis.cloned(),
            counts: (here(&nodes), here(&links)),
            nodes,
            links,
            ..Visibilities::default()
        };
        self.fold();
        self.measure_board();
        self.measure_visible();
    }

    /// Replaces the current emphasis with one that differs only for these entities and links.
    pub fn update_sight(
        &mut self,
        emphasis: &Arc<Emphasis>,
        entities: &[EntityId],
        links: &[LinkId],
    ) {
        let folded = |id: &EntityId| self.board.box_of(*id).is_some();
        let ends = |id: &LinkId| {
            let link = self.link(*id).map(|number| &self.links[number as usize].link);
            link.is_some_and(|link| {
                link.ends().any(|end| folded(&end)) || link.to_entity().is_none()
            })
        };
        if self.board.any_folded() && (entities.iter().any(folded) || links.iter().any(ends)) {
            self.apply_sight(Some(emphasis));
            return;
        }
        self.version += 1;
        self.visibilities.emphasis = Some(Arc::clone(emphasis));
        let nodes: Vec<u32> = entities.iter().filter_map(|id| self.node(*id)).collect();
        let links: Vec<u32> = links.iter().filter_map(|id| self.link(*id)).collect();
        self.update_visibility(&nodes, &links);
        self.measure_visible_if_outgrown();
        self.measure_groups_of(&nodes);
    }

    /// Measures the visible and lit rectangles.
    pub(super) fn measure_visible(&mut self) {
        if self.is_all_visible() {
            return;
        }
        self.visibilities.outgrown = false;
        let nodes =
            self.nodes.iter().zip(&self.visibilities.nodes).map(|(node, seen)| (node.rect(), seen));
        let links = self
            .links
            .iter()
            .zip(&self.visibilities.links)
            .map(|(link, seen)| (link.curve.bounds(), seen));
        let shown = nodes.chain(links).filter(|(_, seen)| **seen != Visibility::Hidden);
        self.visibilities.bounds =
            Bounds(shown.fold(Rect::NOTHING, |all, (rect, _)| all.union(rect)));
        let nodes = self.nodes.iter().zip(&self.visibilities.nodes);
        let lit = nodes.filter(|(_, seen)| **seen == Visibility::Full);
        self.visibilities.lit =
            Bounds(lit.fold(Rect::NOTHING, |all, (node, _)| all.union(node.rect())));
    }

    /// Measures the visible and lit rectangles during mass motion. Lines are not kept up to date then and are ignored:
    /// they hardly extend beyond their nodes.
    pub(super) fn measure_visible_in_mass_motion(&mut self) {
        if self.is_all_visible() {
            return;
        }
        let nodes = || self.nodes.iter().zip(&self.visibilities.nodes);
        let bounds = |nodes: &mut dyn Iterator<Item = &SceneNode>| {
            Bounds(nodes.map(SceneNode::rect).fold(Rect::NOTHING, Rect::union))
        };
        let shown =
            bounds(&mut nodes().filter(|(_, s)| **s != Visibility::Hidden).map(|(node, _)| node));
        let lit =
            bounds(&mut nodes().filter(|(_, s)| **s == Visibility::Full).map(|(node, _)| node));
        (self.visibilities.bounds, self.visibilities.lit) = (shown, lit);
    }

    /// Whether nodes are sized by these weights; without weights, by their names alone.
    pub fn is_weighed_by(&self, weights: Option<&Arc<Weights>>) -> bool {
        match (&self.weighed, weights) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }

    /// The scale of an entity's node, relative to the size that its name needs.
    pub(super) fn scale_of(&self, id: EntityId) -> f32 {
        self.weighed.as_ref().map_or(1.0, |weights| weights.scale_of(id))
    }

    /// Sizes nodes by these weights; without weights, by their names alone.
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

/// Whether a rectangle touches or crosses the border of the bounding rectangle `all`.
pub(super) fn touches(rect: Rect, all: Rect) -> bool {
    rect.min.x <= all.min.x
        || rect.min.y <= all.min.y
        || rect.max.x >= all.max.x
        || rect.max.y >= all.max.y
}
