//! Moving most of the canvas, as during a layout. The grids are not maintained meanwhile, and what is in view is found
//! by examining everything. That costs as much as drawing everything, and is done only in frames that redraw
//! everything.

use super::{Bounds, End, Scene, SceneNode, Visibility};
use crate::graph::{Point, Rect};

impl Scene {
    /// Starts mass motion: any node may be moved until [`Scene::index`] is called. The grids are invalid meanwhile.
    pub fn start_mass_motion(&mut self) {
        if !self.mass_motion {
            self.tighten();
            self.forget_labels();
            self.mass_motion = true;
        }
    }

    /// Whether mass motion is in progress.
    pub const fn in_mass_motion(&self) -> bool {
        self.mass_motion
    }

    /// Measures the bounds and the groups again after nodes have moved.
    pub fn nodes_moved(&mut self) {
        self.bounds =
            Bounds(self.nodes.iter().map(SceneNode::rect).fold(Rect::NOTHING, Rect::union));
        self.measure_visible_in_mass_motion();
        self.measure_board();
        self.version += 1;
    }

    /// Sets the positions of nodes before a scene is shown for the first time.
    pub fn set_places(&mut self, places: impl Iterator<Item = (crate::notebook::EntityId, Point)>) {
        for (id, at) in places {
            if let Some(number) = self.node(id) {
                self.nodes[number as usize].centre = at;
            }
        }
        self.index();
    }

    /// The visible nodes that meet `rect`, found by examining all of them.
    pub(super) fn moving_nodes(&self, rect: Rect) -> impl Iterator<Item = u32> {
        let numbered = self.nodes.iter().zip(0_u32..);
        numbered
            .filter(move |(node, n)| {
                node.rect().meets(rect) && self.node_visibility(*n) != Visibility::Hidden
            })
            .map(|(_, number)| number)
    }

    /// The visible links that may meet `rect`, found by examining all of them.
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

    /// Draws the lines of the links that may meet `rect` at the current positions of their nodes.
    pub fn draw_moving_links(&mut self, rect: Rect) {
        let links: Vec<u32> = self.moving_links(rect).collect();
        self.draw_lines(&links);
    }
}
