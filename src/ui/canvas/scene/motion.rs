//! Nodes on the move, and lines that follow them.

use super::{Bounds, End, Scene, SceneLink, SceneNode};
use crate::graph::{Curve, Grid, Point, Rect, Shape, curve, loop_curve};

impl Scene {
    /// The link's line with the nodes where they are now.
    fn curve_of(&self, link: &SceneLink) -> Curve {
        let from = self.nodes[link.from as usize].end();
        match link.to {
            End::Node(to) if to == link.from => loop_curve(from, link.bend),
            End::Node(to) => curve(from, self.nodes[to as usize].end(), link.bend),
            End::Link(to) => {
                let middle = self.links[to as usize].curve.at(0.5);
                curve(from, (Shape::Rectangle, middle, Point::default()), 0.0)
            }
        }
    }

    /// Draws all lines anew, indexes everything where it is now, and finds the labels their places: nothing is
    /// loose afterwards.
    pub fn settle(&mut self) {
        self.index();
        self.place_labels();
    }

    /// [`Self::settle`] without places for labels: for the frames of an animation.
    pub fn index(&mut self) {
        for number in 0..self.links.len() {
            self.links[number].curve = self.curve_of(&self.links[number]);
        }
        let node_rects: Vec<Rect> = self.nodes.iter().map(SceneNode::rect).collect();
        let link_rects: Vec<Rect> = self.links.iter().map(|link| link.curve.bounds()).collect();
        self.bounds = Bounds(
            node_rects.iter().chain(&link_rects).fold(Rect::NOTHING, |all, rect| all.union(*rect)),
        );
        self.bound_what_is_seen();
        self.node_grid = Grid::build(&node_rects);
        self.link_grid = Grid::build(&link_rects);
        for number in self.loose_nodes.drain(..) {
            self.is_loose_node[number as usize] = false;
        }
        for number in self.loose_links.drain(..) {
            self.is_loose_link[number as usize] = false;
        }
        self.version += 1;
    }

    /// Sets nodes and their links apart: they are about to move.
    pub fn loosen(&mut self, nodes: &[u32]) {
        for &node in nodes {
            if std::mem::replace(&mut self.is_loose_node[node as usize], true) {
                continue;
            }
            self.loose_nodes.push(node);
            for at in self.starts[node as usize]..self.starts[node as usize + 1] {
                let link = self.of_node[at as usize];
                if !std::mem::replace(&mut self.is_loose_link[link as usize], true) {
                    self.loose_links.push(link);
                }
            }
        }
        // Links that point at the middle of those.
        for (number, link) in self.links.iter().enumerate().rev() {
            let End::Link(to) = link.to else { break };
            if self.is_loose_link[to as usize] && !self.is_loose_link[number] {
                self.is_loose_link[number] = true;
                self.loose_links.push(number as u32);
            }
        }
        self.version += 1;
    }

    /// Draws the lines of loose links where their nodes are now.
    pub fn follow(&mut self) {
        // Links to links come last in the list of links, so their targets are done first.
        let mut loose = std::mem::take(&mut self.loose_links);
        loose.sort_unstable();
        for &number in &loose {
            self.links[number as usize].curve = self.curve_of(&self.links[number as usize]);
        }
        self.loose_links = loose;
    }

    /// Whether anything is set apart.
    pub fn is_loose(&self) -> bool {
        !self.loose_nodes.is_empty()
    }

    /// What is set apart: nodes and links.
    pub fn loose(&self) -> (&[u32], &[u32]) {
        (&self.loose_nodes, &self.loose_links)
    }

    /// Whether a node is set apart.
    pub fn is_loose_node(&self, node: u32) -> bool {
        self.is_loose_node[node as usize]
    }
}
