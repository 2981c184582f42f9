//! Thousands of nodes at once: each a dot, each link a sliver.

use egui::{Color32, Pos2, Rect, Vec2};

use super::detail::MOST_LINKS;
use super::pen::Pen;
use super::scene::{End, Scene, SceneLink, SceneNode};
use super::view::View;
use crate::graph;
use crate::notebook::Kind;
use crate::ui::look::{Look, mix};

/// Draws dots and slivers.
pub struct Overview<'a> {
    /// What there is.
    pub scene: &'a Scene,
    /// What is in view.
    pub view: View,
    /// Where.
    pub pane: Rect,
    /// In which colours.
    pub look: &'a Look,
}

impl Overview<'_> {
    fn at(&self, p: graph::Point) -> Pos2 {
        self.view.screen(self.pane, p)
    }

    /// Everything in a part of the canvas; of the links no more than [`MOST_LINKS`].
    pub fn draw(&self, pen: &mut Pen, part: graph::Rect) {
        let scene = self.scene;
        let thread = mix(self.look.muted, self.look.canvas, 0.55);
        let mut left = MOST_LINKS;
        let mut add_link = |pen: &mut Pen, number: u32| {
            if left > 0 {
                left -= 1;
                self.sliver(pen, &scene.links[number as usize], thread);
            }
        };
        let all = scene.bounds.0;
        if part.contains(all.min) && part.contains(all.max) {
            let links = scene.links.len().min(MOST_LINKS);
            pen.reserve(scene.nodes.len() * 4 + links * 3, scene.nodes.len() * 2 + links);
            // Ids are random, so the first so many links are a fair sample of all.
            for number in 0..links as u32 {
                add_link(pen, number);
            }
            for node in &scene.nodes {
                self.dot(pen, node);
            }
        } else {
            scene.visit_links(part, |number| add_link(pen, number));
            for &number in scene.loose().1 {
                add_link(pen, number);
            }
            scene.visit_nodes(part, |number| self.dot(pen, &scene.nodes[number as usize]));
            for &number in scene.loose().0 {
                self.dot(pen, &scene.nodes[number as usize]);
            }
        }
    }

    fn sliver(&self, pen: &mut Pen, link: &SceneLink, colour: Color32) {
        let from = self.at(self.scene.nodes[link.from as usize].centre);
        let to = match link.to {
            End::Node(to) => self.at(self.scene.nodes[to as usize].centre),
            End::Link(_) => self.at(link.curve.to),
        };
        pen.sliver(from, to, 1.6, colour);
    }

    fn dot(&self, pen: &mut Pen, node: &SceneNode) {
        let centre = self.at(node.centre);
        let half = Vec2::new(
            (node.size.x * self.view.zoom * 0.5).max(1.1),
            (node.size.y * self.view.zoom * 0.5).max(1.1),
        );
        match node.kind {
            Kind::Actor => pen.block(centre, half, self.look.actor),
            Kind::Event => pen.lozenge(centre, half * 1.2, self.look.event),
            Kind::Claim => pen.block(centre, half, self.look.claim),
        }
    }
}
