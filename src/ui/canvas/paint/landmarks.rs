//! Names beside nodes that are too small to hold them.

use egui::{Pos2, Rect, Vec2};

use super::Brush;
use crate::drawing::{holds_words, places_beside};
use crate::graph::Point;
use crate::scene::{Scene, Visibility};
use crate::ui::canvas::labels::Labels;
use crate::ui::canvas::mesh_painter;
use crate::ui::canvas::screen_pen::{plain_rect, pos};

/// No more names than this stand beside nodes that are too small for them.
const MOST_LANDMARKS: usize = 40;

impl Brush<'_> {
    /// Too small for names inside: the names of the nodes with the most links, beside them where there is room.
    /// `over` is what lies over the canvas.
    pub fn landmarks(&self, scene: &Scene, labels: &mut Labels, over: &[Rect]) {
        let mut taken: Vec<Rect> = Vec::with_capacity(MOST_LANDMARKS);
        let mut named: Vec<u32> = Vec::with_capacity(MOST_LANDMARKS);
        let mut texts = Vec::new();
        let mut boxes = self.pen();
        let mut outline = Vec::new();
        let shown = self.view.canvas_rect(self.pane, self.pane);
        let standing_out = |number: u32| {
            self.draw.hovered.node == Some(number)
                || self.draw.chosen.entities.contains(&scene.nodes[number as usize].id)
        };
        let chosen = self.draw.chosen.entities.iter().take(MOST_LANDMARKS);
        let first =
            self.draw.hovered.node.into_iter().chain(chosen.filter_map(|id| scene.node(*id)));
        for number in first.chain(scene.landmarks().iter().copied()) {
            let node = &scene.nodes[number as usize];
            if taken.len() >= MOST_LANDMARKS {
                break;
            }
            let seen = scene.node_visibility(number) == Visibility::Full || standing_out(number);
            let hidden = scene.node_visibility(number) == Visibility::Hidden;
            // What has its name inside needs none beside it.
            let named_inside =
                self.draw.detail.some_labels && holds_words(node.kind, self.draw.rect(node).size());
            if named_inside {
                continue;
            }
            // What stands out comes first, and again where it is one of the largest.
            if !seen || hidden || named.contains(&number) || !shown.contains(node.centre) {
                continue;
            }
            let galley = labels.landmark(self.ctx(), node);
            let rect = self.rect(node);
            let size = Vec2::new(galley.rect.width() + 6.0, galley.rect.height());
            // Not cut off by the pane's border.
            let (left, right) = (self.pane.left() + 6.0, self.pane.right() - 6.0);
            let within = |mut at: Pos2| {
                if size.x < right - left {
                    at.x = at.x.clamp(left + size.x * 0.5, right - size.x * 0.5);
                }
                at
            };
            let places = places_beside(plain_rect(rect), Point::new(size.x, size.y));
            let places = places.map(|at| within(pos(at)));
            let free = |room: &Rect| {
                if taken.iter().chain(over).any(|other| other.intersects(*room)) {
                    return false;
                }
                // Among thousands of dots there is no place without one, and among moving nodes none for long.
                if !self.draw.detail.shapes || scene.in_mass_motion() {
                    return true;
                }
                let mut free = true;
                let room = self.view.canvas_rect(self.pane, *room);
                scene.visit_nodes(room, |other| {
                    free &= other == number || scene.node_visibility(other) == Visibility::Faded;
                });
                free
            };
            let at = places.into_iter().find(|at| free(&Rect::from_center_size(*at, size)));
            // What stands out has a name where there is any place for it: a little farther away, too.
            let farther = || {
                let off = |by: f32| Vec2::new(0.0, by * (size.y + 2.0));
                let spots = [1.0, -1.0, 2.0, -2.0].map(|by| {
                    let from = if by > 0.0 { places[0] } else { places[1] };
                    [from + off(by), places[2] + off(by), places[3] + off(by)]
                });
                spots.into_iter().flatten().find(|at| free(&Rect::from_center_size(*at, size)))
            };
            let few = self.draw.chosen.entities.len() <= 12;
            let at = at.or_else(|| if few && standing_out(number) { farther() } else { None });
            let Some(at) = at else { continue };
            named.push(number);
            let room = Rect::from_center_size(at, size);
            taken.push(room);
            mesh_painter::rounded(room, 3.0, &mut outline);
            boxes.fill(&outline, self.style.canvas.gamma_multiply(0.8));
            let ink = if standing_out(number) { self.style.ink } else { self.style.muted };
            texts.push((galley, at, ink));
        }
        self.add(boxes);
        for (galley, centre, ink) in texts {
            self.text(galley, centre, ink);
        }
    }
}
