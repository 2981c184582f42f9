//! Thousands of nodes at once: each a dot, each link a sliver.

use egui::{Color32, Pos2, Rect, Vec2};

use super::mesh_painter::MeshPainter;
use super::view::View;
use crate::drawing::{Inks, MOST_LINKS, Paint, Role, SLIVER, dot};
use crate::graph;
use crate::scene::{End, Scene, Visibility};
use crate::ui::theme::Style;

/// Draws dots and slivers.
pub struct Overview<'a> {
    /// What there is.
    pub scene: &'a Scene,
    /// What is in view.
    pub view: View,
    /// Where.
    pub pane: Rect,
    /// In which colours.
    pub style: &'a Style,
    /// The colours, by what they are for.
    pub inks: &'a Inks,
}

impl Overview<'_> {
    fn at(&self, p: graph::Point) -> Pos2 {
        self.view.screen(self.pane, p)
    }

    /// Everything in a part of the canvas; of the links no more than [`MOST_LINKS`].
    pub fn draw(&self, pen: &mut MeshPainter, part: graph::Rect) {
        let scene = self.scene;
        let thread = self.inks.colour(Role::Thread.into()).into();
        let faint = self.inks.colour(Paint { role: Role::Muted, faded: true }).into();
        let mut left = MOST_LINKS;
        let mut add_link = |pen: &mut MeshPainter, number: u32| {
            if left > 0 {
                left -= 1;
                let colour =
                    if scene.link_visibility(number) == Visibility::Faded { faint } else { thread };
                self.sliver(pen, number, colour);
            }
        };
        let all = scene.shown_bounds();
        if part.contains(all.min) && part.contains(all.max) {
            let (nodes, links) = scene.shown_counts();
            let links = links.min(MOST_LINKS);
            pen.reserve(nodes * 4 + links * 3, nodes * 2 + links);
            // Ids are random, so the first so many links are a fair sample of all.
            for number in 0..scene.links.len() as u32 {
                if scene.link_visibility(number) != Visibility::Hidden {
                    add_link(pen, number);
                }
            }
            for number in 0..scene.nodes.len() as u32 {
                if scene.node_visibility(number) != Visibility::Hidden {
                    self.dot(pen, number);
                }
            }
        } else {
            scene.visit_links(part, |number| add_link(pen, number));
            for &number in scene.loose().1 {
                add_link(pen, number);
            }
            scene.visit_nodes(part, |number| self.dot(pen, number));
            for &number in scene.loose().0 {
                self.dot(pen, number);
            }
        }
    }

    fn sliver(&self, pen: &mut MeshPainter, number: u32, colour: Color32) {
        let link = &self.scene.links[number as usize];
        let from = self.at(self.scene.nodes[link.from as usize].centre);
        let to = match link.to {
            End::Node(to) => self.at(self.scene.nodes[to as usize].centre),
            End::Link(_) => self.at(link.curve.to),
        };
        pen.sliver(from, to, SLIVER, colour);
    }

    fn dot(&self, pen: &mut MeshPainter, number: u32) {
        let node = &self.scene.nodes[number as usize];
        let centre = self.at(node.centre);
        let dot = dot(node, self.scene.node_visibility(number), self.view.zoom);
        let colour = self.inks.colour(dot.paint).into();
        // A dark corner is as much of a pin as a dot has room for. It costs nothing: every node may be pinned.
        let corner = if node.pinned { self.style.ink } else { colour };
        let half = Vec2::new(dot.half.x, dot.half.y);
        if dot.lozenge {
            pen.lozenge(centre, half, colour, corner);
        } else {
            pen.block_with_corner(centre, half, colour, corner);
        }
    }
}
