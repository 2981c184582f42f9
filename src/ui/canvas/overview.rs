//! Thousands of nodes at once: dots and slivers in one mesh that is kept while the view only pans.

use std::sync::Arc;

use egui::epaint::Mesh;
use egui::{Color32, Painter, Pos2, Rect, Shape, Vec2};

use super::detail::MOST_LINKS;
use super::pen::Pen;
use super::scene::{End, Scene, SceneLink, SceneNode};
use super::view::View;
use crate::graph;
use crate::notebook::Kind;
use crate::ui::look::Look;
use crate::ui::look::mix;

/// The kept mesh and what it was made for.
#[derive(Debug, Default)]
pub struct Overview {
    mesh: Arc<Mesh>,
    made: Option<Made>,
    /// Where the canvas's origin is on screen in the mesh as it is.
    origin: Pos2,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Made {
    version: u64,
    zoom: f32,
    colours: [Color32; 5],
    pixels_per_point: f32,
    /// The part of the canvas that it shows.
    part: graph::Rect,
}

fn colours(look: &Look) -> [Color32; 5] {
    [
        look.kind(Kind::Actor),
        look.kind(Kind::Event),
        look.kind(Kind::Claim),
        mix(look.muted, look.canvas, 0.55),
        look.canvas,
    ]
}

impl Overview {
    /// Paints the dots and slivers in view, and the loose ones where they are now.
    pub fn paint(&mut self, painter: &Painter, look: &Look, pane: Rect, view: View, scene: &Scene) {
        let shown = view.canvas_rect(pane, pane);
        let pixels_per_point = painter.ctx().pixels_per_point();
        let colours = colours(look);
        let fits = self.made.is_some_and(|made| {
            made.version == scene.version
                && made.zoom == view.zoom
                && made.colours == colours
                && made.pixels_per_point == pixels_per_point
                && covers(made.part, shown, scene.bounds.0)
        });
        let origin = view.screen(pane, graph::Point::default());
        if !fits {
            // Half a pane more on every side, so that panning goes on for a while without building.
            let margin = shown.size() * 0.5;
            let part = graph::Rect { min: shown.min - margin, max: shown.max + margin };
            self.mesh = Arc::new(build(scene, part, view, pane, pixels_per_point, colours));
            self.made = Some(Made {
                version: scene.version,
                zoom: view.zoom,
                colours,
                pixels_per_point,
                part,
            });
        } else if origin != self.origin {
            // The last frame's painting let go of the mesh, so that nothing is copied here.
            Arc::make_mut(&mut self.mesh).translate(origin - self.origin);
        }
        self.origin = origin;
        painter.add(Shape::Mesh(Arc::clone(&self.mesh)));
        let (nodes, links) = scene.loose();
        if !nodes.is_empty() {
            let mut pen = Pen::new(pixels_per_point);
            for &link in links.iter().take(MOST_LINKS) {
                sliver(&mut pen, scene, &scene.links[link as usize], view, pane, colours[3]);
            }
            for &node in nodes {
                dot(&mut pen, &scene.nodes[node as usize], view, pane, &colours, 0.0);
            }
            painter.add(Shape::mesh(pen.finish()));
        }
    }
}

/// Whether a mesh of `part` shows all there is in `shown`.
fn covers(part: graph::Rect, shown: graph::Rect, all: graph::Rect) -> bool {
    let wanted = graph::Rect {
        min: graph::Point::new(shown.min.x.max(all.min.x), shown.min.y.max(all.min.y)),
        max: graph::Point::new(shown.max.x.min(all.max.x), shown.max.y.min(all.max.y)),
    };
    !wanted.is_valid() || (part.contains(wanted.min) && part.contains(wanted.max))
}

fn build(
    scene: &Scene,
    part: graph::Rect,
    view: View,
    pane: Rect,
    pixels_per_point: f32,
    colours: [Color32; 5],
) -> Mesh {
    let mut pen = Pen::new(pixels_per_point);
    let whole = part.contains(scene.bounds.0.min) && part.contains(scene.bounds.0.max);
    let mut left = MOST_LINKS;
    let mut add_link = |pen: &mut Pen, number: u32| {
        if left > 0 && !scene.is_loose_link(number) {
            left -= 1;
            sliver(pen, scene, &scene.links[number as usize], view, pane, colours[3]);
        }
    };
    if whole {
        pen.reserve(
            scene.nodes.len() * 4 + scene.links.len().min(MOST_LINKS) * 3,
            scene.nodes.len() * 2 + scene.links.len().min(MOST_LINKS),
        );
        // Ids are random, so the first so many links are a fair sample of all.
        for number in 0..scene.links.len().min(MOST_LINKS) as u32 {
            add_link(&mut pen, number);
        }
        for number in 0..scene.nodes.len() as u32 {
            if !scene.is_loose_node(number) {
                dot(&mut pen, &scene.nodes[number as usize], view, pane, &colours, 0.0);
            }
        }
    } else {
        scene.visit_links(part, |number| add_link(&mut pen, number));
        scene.visit_nodes(part, |number| {
            dot(&mut pen, &scene.nodes[number as usize], view, pane, &colours, 0.0);
        });
    }
    pen.finish()
}

fn sliver(pen: &mut Pen, scene: &Scene, link: &SceneLink, view: View, pane: Rect, colour: Color32) {
    let from = view.screen(pane, scene.nodes[link.from as usize].centre);
    let to = match link.to {
        End::Node(to) => view.screen(pane, scene.nodes[to as usize].centre),
        End::Link(_) => view.screen(pane, link.curve.to),
    };
    pen.sliver(from, to, 1.6, colour);
}

/// A node as a dot, grown by so many points.
pub fn dot(
    pen: &mut Pen,
    node: &SceneNode,
    view: View,
    pane: Rect,
    colours: &[Color32],
    grown: f32,
) {
    let centre = view.screen(pane, node.centre);
    let half = Vec2::new(
        (node.size.x * view.zoom * 0.5).max(1.1) + grown,
        (node.size.y * view.zoom * 0.5).max(1.1) + grown,
    );
    match node.kind {
        Kind::Actor => pen.block(centre, half, colours[0]),
        Kind::Event => pen.lozenge(centre, half * 1.2, colours[1]),
        Kind::Claim => pen.block(centre, half, colours[2]),
    }
}
