//! Moving nodes, and the lines that follow them.

use super::build::ASK_EVERY;
use super::{Bounds, End, Scene, SceneLink, SceneNode};
use crate::graph::{Curve, Grid, Point, Rect, Shape, curve, loop_curve};

impl Scene {
    /// The line of a link, at the current positions of its nodes.
    pub(super) fn curve_of(&self, link: &SceneLink) -> Curve {
        let from = self.nodes[link.from as usize].end();
        match link.to {
            End::Node(to) if to == link.from => loop_curve(from, link.bend),
            End::Node(to) => curve(from, self.nodes[to as usize].end(), link.bend + link.detour),
            End::Link(to) => {
                let middle = self.links[to as usize].curve.at(0.5);
                curve(from, (Shape::Rectangle, middle, Point::default()), 0.0)
            }
        }
    }

    /// Redraws all lines and rebuilds the indexes from the current positions. Nothing is loose afterwards.
    pub fn index(&mut self) {
        self.index_unless(&|| false);
    }

    /// Like [`Scene::index`], but returns `None` once `stop` returns true; the scene is unusable then.
    pub(super) fn index_unless(&mut self, stop: &dyn Fn() -> bool) -> Option<()> {
        for number in 0..self.links.len() {
            if number % ASK_EVERY == 0 && stop() {
                return None;
            }
            if !matches!(self.links[number].to, End::Link(_)) {
                self.links[number].curve = self.curve_of(&self.links[number]);
            }
        }
        for at in 0..self.onto.len() {
            if at % ASK_EVERY == 0 && stop() {
                return None;
            }
            let number = self.onto[at] as usize;
            self.links[number].curve = self.curve_of(&self.links[number]);
        }
        let node_rects: Vec<Rect> = self.nodes.iter().map(SceneNode::rect).collect();
        let link_rects: Vec<Rect> = self.links.iter().map(|link| link.curve.bounds()).collect();
        self.bounds = Bounds(
            node_rects.iter().chain(&link_rects).fold(Rect::NOTHING, |all, rect| all.union(*rect)),
        );
        self.measure_visible();
        if stop() {
            return None;
        }
        self.node_grid = Grid::build(&node_rects);
        self.link_grid = Grid::build(&link_rects);
        self.mass_motion = false;
        self.tighten();
        self.forget_labels();
        self.take_detours();
        if stop() {
            return None;
        }
        self.measure_board();
        self.version += 1;
        Some(())
    }

    /// Marks everything as no longer loose.
    pub(super) fn tighten(&mut self) {
        for number in self.loose_nodes.drain(..) {
            self.is_loose_node[number as usize] = false;
        }
        for number in self.loose_links.drain(..) {
            self.is_loose_link[number as usize] = false;
        }
        self.board.let_go();
    }

    /// Indexes loose nodes and links at their current positions; nothing is loose afterwards.
    pub fn settle(&mut self) {
        let (nodes, mut links) = (self.loose_nodes.clone(), self.loose_links.clone());
        self.tighten();
        self.place_anew(&nodes, &mut links);
    }

    /// Marks nodes and their links as loose, because they are about to move.
    pub fn loosen(&mut self, nodes: &[u32]) {
        for &node in nodes {
            if std::mem::replace(&mut self.is_loose_node[node as usize], true) {
                continue;
            }
            self.loose_nodes.push(node);
            for &link in self.incidence.of(node) {
                if !std::mem::replace(&mut self.is_loose_link[link as usize], true) {
                    self.loose_links.push(link);
                }
            }
        }
        // Links that target loose links.
        for &number in &self.onto {
            let End::Link(to) = self.links[number as usize].to else { continue };
            if self.is_loose_link[to as usize] && !self.is_loose_link[number as usize] {
                self.is_loose_link[number as usize] = true;
                self.loose_links.push(number);
            }
        }
        // They may determine the bounds.
        for at in 0..self.loose_nodes.len() {
            self.outgrow(self.nodes[self.loose_nodes[at] as usize].rect());
        }
        for at in 0..self.loose_links.len() {
            self.outgrow(self.links[self.loose_links[at] as usize].curve.bounds());
        }
        self.loosen_groups();
        self.version += 1;
    }

    /// Redraws the lines of loose links at the current positions of their nodes.
    pub fn follow(&mut self) {
        let loose = std::mem::take(&mut self.loose_links);
        self.draw_lines(&loose);
        self.loose_links = loose;
        self.follow_board();
    }

    /// Redraws the lines of these links; links that target links come last.
    pub(super) fn draw_lines(&mut self, links: &[u32]) {
        let mut any_onto = false;
        for &number in links {
            if matches!(self.links[number as usize].to, End::Link(_)) {
                any_onto = true;
            } else {
                self.links[number as usize].curve = self.curve_of(&self.links[number as usize]);
            }
        }
        if !any_onto {
            return;
        }
        let among = self.marks_of(links);
        // In the order of `onto`, so that the target of each is drawn before it.
        for at in 0..self.onto.len() {
            let number = self.onto[at];
            if among[number as usize] {
                self.links[number as usize].curve = self.curve_of(&self.links[number as usize]);
            }
        }
    }

    /// For every link, whether it is among these: looking through the list for each would be quadratic.
    pub(super) fn marks_of(&self, links: &[u32]) -> Vec<bool> {
        let mut among = vec![false; self.links.len()];
        for &link in links {
            among[link as usize] = true;
        }
        among
    }

    /// The nodes that are more than one canvas unit away from their position in another scene of the notebook: the
    /// number in the other scene, the position here, and the position there.
    pub fn moves_to(&self, other: &Self) -> Vec<(u32, Point, Point)> {
        let moved = other.nodes.iter().zip(0_u32..).filter_map(|(node, number)| {
            let was = self.nodes[self.node(node.id)? as usize].centre;
            (was.distance(node.centre) > 1.0).then_some((number, was, node.centre))
        });
        moved.collect()
    }

    /// Whether any node is loose.
    pub fn is_loose(&self) -> bool {
        !self.loose_nodes.is_empty()
    }

    /// The loose nodes and links.
    pub fn loose(&self) -> (&[u32], &[u32]) {
        (&self.loose_nodes, &self.loose_links)
    }

    /// Whether a node is loose.
    pub fn is_loose_node(&self, node: u32) -> bool {
        self.is_loose_node[node as usize]
    }
}
