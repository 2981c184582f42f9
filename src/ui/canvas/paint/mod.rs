//! Painting what is in view. Nothing here decides anything: what is hovered, selected or dragged is handed in.
//!
//! What there is, [`crate::drawing`] draws, here and in pictures. `nodes`, `board` and `landmarks` paint what belongs to the
//! screen alone, `gestures` what the pointer is at, and this module the ground and the words over it.

mod board;
mod gestures;
mod landmarks;
mod nodes;

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Color32, Context, FontFamily, FontId, Painter, Pos2, Rect, Shape, Vec2};

use super::labels::Labels;
use super::mesh_painter::MeshPainter;
use super::screen_pen::{ScreenLetters, screen_rect};
use super::view::View;
use crate::drawing::{self, Inks};
use crate::graph;
use crate::scene::SceneNode;
use crate::ui::theme::{Style, mix};

pub use gestures::{HANDLE, handle_places};

/// What painting needs to know.
pub struct Brush<'a> {
    /// Where to paint.
    pub painter: &'a Painter,
    /// Colours and faces.
    pub style: &'a Style,
    /// The colours, by what they are for.
    pub inks: &'a Inks,
    /// The canvas's place on screen.
    pub pane: Rect,
    /// What is in view.
    pub view: View,
    /// What is drawn here as in pictures.
    pub draw: drawing::Brush<'a>,
}

impl Brush<'_> {
    fn ctx(&self) -> &Context {
        self.painter.ctx()
    }

    /// A pen for small things that are drawn anew in every frame.
    pub fn pen(&self) -> MeshPainter {
        MeshPainter::new(self.ctx().pixels_per_point())
    }

    /// Takes words, and writes them on the screen.
    pub fn letters<'a>(&'a self, labels: &'a mut Labels) -> ScreenLetters<'a> {
        ScreenLetters { labels, painter: self.painter, inks: self.inks }
    }

    /// Paints what a pen drew.
    pub fn add(&self, pen: MeshPainter) {
        let mesh = pen.finish();
        if !mesh.is_empty() {
            self.painter.add(Shape::mesh(mesh));
        }
    }

    fn at(&self, p: graph::Point) -> Pos2 {
        self.view.screen(self.pane, p)
    }

    /// The node's rectangle on screen.
    pub fn rect(&self, node: &SceneNode) -> Rect {
        screen_rect(self.draw.rect(node))
    }

    fn text(&self, galley: Arc<egui::Galley>, centre: Pos2, colour: Color32) {
        let top = centre.y - galley.rect.height() * 0.5;
        self.painter.add(TextShape::new(Pos2::new(centre.x, top), galley, colour));
    }

    /// The grid of dots on the ground, for a part of the canvas.
    pub fn ground(&self, pen: &mut MeshPainter, part: graph::Rect) {
        let part = self.view.screen_rect(self.pane, part);
        let mut step = 26.0 * self.view.zoom;
        while step < 20.0 {
            step *= 2.0;
        }
        while step > 48.0 {
            step *= 0.5;
        }
        let origin = self.at(graph::Point::default());
        let first = |origin: f32, low: f32| origin + ((low - origin) / step).ceil() * step;
        let half = Vec2::splat(0.7);
        let mut y = first(origin.y, part.top());
        while y < part.bottom() {
            let mut x = first(origin.x, part.left());
            while x < part.right() {
                pen.block(Pos2::new(x, y), half, self.style.lines);
                x += step;
            }
            y += step;
        }
    }

    /// A frame around the pane while the keyboard is in it.
    pub fn focus(&self) {
        let rect = self.pane.shrink(1.0);
        let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
        let mut pen = self.pen();
        pen.line(&corners, 1.5, mix(self.style.muted, self.style.canvas, 0.35), true);
        self.add(pen);
    }

    /// A line of muted text in the lower left corner.
    pub fn note(&self, text: &str) {
        if text.is_empty() {
            return;
        }
        let galley = self.painter.layout_no_wrap(
            text.to_owned(),
            FontId::new(11.5, self.style.sans.clone()),
            self.style.muted,
        );
        let at = self.pane.left_bottom() + Vec2::new(12.0, -10.0 - galley.rect.height());
        let room = Rect::from_min_size(at, galley.rect.size()).expand2(Vec2::new(6.0, 3.0));
        self.painter.rect_filled(room, 4.0, self.style.canvas.gamma_multiply(0.85));
        self.painter.galley(at, galley, self.style.muted);
    }

    /// What an empty canvas says.
    pub fn empty(&self) {
        let middle = self.pane.center();
        let font = |size: f32, family: &FontFamily| FontId::new(size, family.clone());
        let width = (self.pane.width() - 48.0).clamp(80.0, 360.0);
        let mut y = middle.y - 34.0;
        for (text, size, colour) in [
            ("Nothing on the canvas yet", 16.0, self.style.ink),
            (
                "Tag actors, events and claims in an article to see them here. Drag from a node’s handle to link.",
                13.5,
                self.style.muted,
            ),
        ] {
            let mut job = egui::epaint::text::LayoutJob::simple(
                text.to_owned(),
                font(size, &self.style.sans),
                colour,
                width,
            );
            job.halign = egui::Align::Center;
            let galley = self.painter.layout_job(job);
            let height = galley.rect.height();
            self.painter.galley(Pos2::new(middle.x, y), galley, colour);
            y += height + 8.0;
        }
    }
}
