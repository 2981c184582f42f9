//! Snapping: what is dragged comes to stand in line with its neighbours, unless Alt is held.

use egui::Stroke;

use super::Canvas;
use super::paint::Brush;
use crate::graph;
use crate::graph::{Point, Rect};

/// How near a line must be, in points on screen.
const REACH: f32 = 6.0;
/// How far around the neighbours are looked for, in points on screen.
const AROUND: f32 = 420.0;
/// More neighbours than this would offer a line everywhere.
const MOST: usize = 240;

impl Canvas {
    /// How far what is being moved is drawn to the lines of its neighbours; sets the guides.
    pub(super) fn snap(&mut self, moved: Rect) -> Point {
        self.guides.clear();
        if self.view.zoom < crate::drawing::SHAPES_FROM {
            return Point::default();
        }
        if !moved.is_valid() {
            return Point::default();
        }
        let around = moved.expand(AROUND / self.view.zoom);
        let mut still = Vec::new();
        self.scene.visit_nodes(around, |number| {
            if still.len() < MOST {
                still.push(self.scene.nodes[number as usize].rect());
            }
        });
        let found = graph::snap(moved, &still, REACH / self.view.zoom);
        self.guides = found.guides;
        found.by
    }

    /// The guides of a drag under way.
    pub(super) fn paint_guides(&self, brush: &Brush<'_>) {
        for (from, to) in &self.guides {
            let (from, to) =
                (brush.view.screen(brush.pane, *from), brush.view.screen(brush.pane, *to));
            brush.painter.line_segment([from, to], Stroke::new(1.0, brush.style.accent));
        }
    }
}
