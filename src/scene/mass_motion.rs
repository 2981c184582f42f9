//! Moving most of the canvas, as during a layout: the grids are not maintained then, and what is in view is found by
//! examining everything. That costs as much as drawing everything, and happens only in frames in which everything is
//! redrawn.

use super::{Bounds, End, Scene, SceneNode, Visibility};
use crate::graph::{Point, Rect};

impl Scene {
    /// Allows any node to be moved, until [`Scene::index`]; the grids are invalid meanwhile.
    pub fn start_mass_motion(&mut self) {
        if !self.mass_motion {
            self.tighten();
            self.forget_labels();
            self.mass_motion = true;
        }
    }

    /// Whether most of it moves.
    pub const fn in_mass_motion(&self) -> bool {
        self.mass_motion
    }

    /// Nodes have moved: makes out the bounds anew.
    pub fn nodes_moved(&mut self) {
        self.bounds =
            Bounds(self.nodes.iter().map(SceneNode::rect).fold(Rect::NOTHING, Rect::union));
        self.measure_visible_in_mass_motion();
        self.measure_board();
        self.version += 1;
    }

    /// Puts nodes elsewhere: before a scene is shown for the first time.
    pub fn set_places(&mut self, places: impl Iterator<Item = (crate::notebook::EntityId, Point)>) {
        for (id, at) in places {
            if let Some(number) = self.node(id) {
                self.nodes[number as usize].centre = at;
            }
        }
        self.index();
    }

    /// The nodes that meet `rect`, looking at all of them.
    pub(super) fn moving_nodes(&self, rect: Rect) -> impl Iterator<Item = u32> {
        let numbered = self.nodes.iter().zip(0_u32..);
        numbered
            .filter(move |(node, n)| {
                node.rect().meets(rect) && self.node_visibility(*n) != Visibility::Hidden
            })
            .map(|(_, number)| number)
    }

    /// The links that may meet `rect`, looking at all of them.
    pub(super) fn moving_links(&self, rect: Rect) -> impl Iterator<Item = u32> {
        let numbered = self.links.iter().zip(0_u32..);
        numbered
            .filter(move |(link, number)| {
                let from = self.nodes[link.from as usize].centre;
                let to = match link.to {
                    End::Node(to) => self.nodes[to as usize].centre,
                    End::Link(to) => self.links[to as usize].curve.at(0.5),
                };
                Rect::of_points([from, to]).meets(rect)
                    && self.link_visibility(*number) != Visibility::Hidden
            })
            .map(|(_, number)| number)
    }

    /// Draws the lines of the links that may meet `rect` where their nodes are now.
    pub fn draw_moving_links(&mut self, rect: Rect) {
        let links: Vec<u32> = self.moving_links(rect).collect();
        self.draw_lines(&links);
    }
}
