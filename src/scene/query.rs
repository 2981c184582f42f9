//! Finding the nodes and links in a rectangle or at a point.

use super::{Scene, Visibility};
use crate::graph::{Point, Rect};

impl Scene {
    /// The nodes that meet `rect`, in ascending order, then the loose ones; hidden nodes are left out.
    pub fn nodes_in(&self, rect: Rect, out: &mut Vec<u32>) {
        if self.in_mass_motion() {
            out.clear();
            out.extend(self.moving_nodes(rect));
            return;
        }
        self.node_grid.query(rect, out);
        if self.is_loose() {
            out.retain(|&node| !self.is_loose_node[node as usize]);
            out.extend(
                self.loose_nodes.iter().filter(|&&n| self.nodes[n as usize].rect().meets(rect)),
            );
        }
        if !self.is_all_visible() {
            out.retain(|&node| self.node_visibility(node) != Visibility::Hidden);
        }
    }

    /// The links whose bounds meet `rect`, in ascending order, then the loose ones; hidden links are left out.
    pub fn links_in(&self, rect: Rect, out: &mut Vec<u32>) {
        if self.in_mass_motion() {
            out.clear();
            out.extend(self.moving_links(rect));
            return;
        }
        self.link_grid.query(rect, out);
        if !self.loose_links.is_empty() {
            out.retain(|&link| !self.is_loose_link[link as usize]);
            out.extend(
                self.loose_links
                    .iter()
                    .filter(|&&n| self.links[n as usize].curve.bounds().meets(rect)),
            );
        }
        if !self.is_all_visible() {
            out.retain(|&link| self.link_visibility(link) != Visibility::Hidden);
        }
    }

    /// The topmost node at a point, with a margin in canvas units; faded nodes are ignored. `None` during mass motion.
    pub fn node_at(&self, p: Point, margin: f32) -> Option<u32> {
        if self.in_mass_motion() {
            return None;
        }
        let here = Rect { min: p, max: p }.expand(margin);
        let mut top = None;
        self.node_grid.visit(here, |node| {
            let there = !self.is_loose_node[node as usize]
                && self.node_visibility(node) == Visibility::Full;
            if there && self.nodes[node as usize].contains(p, margin) {
                top = top.max(Some(node));
            }
        });
        self.loose_nodes
            .iter()
            .rev()
            .copied()
            .filter(|&node| self.node_visibility(node) == Visibility::Full)
            .find(|&node| self.nodes[node as usize].contains(p, margin))
            .or(top)
    }

    /// The link nearest to a point, within `reach` canvas units; faded links are ignored. `None` during mass motion.
    pub fn link_at(&self, p: Point, reach: f32) -> Option<u32> {
        if self.in_mass_motion() {
            return None;
        }
        let here = Rect { min: p, max: p }.expand(reach);
        let mut best: Option<(f32, u32)> = None;
        let mut consider = |number: u32| {
            if self.link_visibility(number) != Visibility::Full {
                return;
            }
            let far = self.links[number as usize].curve.distance(p);
            if far <= reach && best.is_none_or(|(least, _)| far < least) {
                best = Some((far, number));
            }
        };
        self.link_grid.visit(here, |link| {
            if !self.is_loose_link[link as usize] {
                consider(link);
            }
        });
        for &link in &self.loose_links {
            consider(link);
        }
        best.map(|(_, link)| link)
    }

    /// The numbers of nodes and links that meet `rect`, not counting hidden ones.
    pub fn count_in(&self, rect: Rect) -> (usize, usize) {
        let all = self.shown_bounds();
        if rect.contains(all.min) && rect.contains(all.max) {
            return self.shown_counts();
        }
        if self.in_mass_motion() {
            return (self.moving_nodes(rect).count(), self.moving_links(rect).count());
        }
        let (mut nodes, mut links) = (0, 0);
        self.node_grid
            .visit(rect, |n| nodes += usize::from(self.node_visibility(n) != Visibility::Hidden));
        self.link_grid
            .visit(rect, |n| links += usize::from(self.link_visibility(n) != Visibility::Hidden));
        (nodes, links)
    }

    /// Calls `found` with every node that meets `rect`, in no particular order, except loose and hidden ones.
    pub fn visit_nodes(&self, rect: Rect, mut found: impl FnMut(u32)) {
        if self.in_mass_motion() {
            return self.moving_nodes(rect).for_each(found);
        }
        self.node_grid.visit(rect, |node| {
            if !self.is_loose_node[node as usize]
                && self.node_visibility(node) != Visibility::Hidden
            {
                found(node);
            }
        });
    }

    /// Calls `found` with every link whose bounds meet `rect`, in no particular order, except loose and hidden ones.
    pub fn visit_links(&self, rect: Rect, mut found: impl FnMut(u32)) {
        if self.in_mass_motion() {
            return self.moving_links(rect).for_each(found);
        }
        self.link_grid.visit(rect, |link| {
            if !self.is_loose_link[link as usize]
                && self.link_visibility(link) != Visibility::Hidden
            {
                found(link);
            }
        });
    }
}
