//! A mesh that is kept for as long as nothing but the position of the view changes: panning then moves vertices and
//! draws nothing anew.

use std::sync::Arc;

use egui::epaint::Mesh;
use egui::{Color32, Painter, Pos2, Rect, Shape};

use super::mesh_painter::MeshPainter;
use super::view::View;
use crate::app::Selection;
use crate::drawing::{Detail, Hovered};
use crate::graph;
use crate::ui::theme::Style;

/// All that a drawing depends on, but for where the view is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    version: (u64, u64),
    zoom: f32,
    pixels_per_point: f32,
    colours: [Color32; 8],
    detail: Detail,
    /// A fingerprint: copying and comparing what is selected would cost more than drawing it.
    selection: u64,
    hovered: Hovered,
}

impl Key {
    /// For a scene's version, that of what is concluded from the notebook, and a view; `standing_out` is what is selected and what is under the
    /// pointer, where the drawing shows it.
    pub fn new(
        version: (u64, u64),
        view: View,
        pixels_per_point: f32,
        style: &Style,
        detail: Detail,
        standing_out: Option<(&Selection, Hovered)>,
    ) -> Self {
        Self {
            version,
            zoom: view.zoom,
            pixels_per_point,
            colours: [
                style.canvas,
                style.surface,
                style.ink,
                style.muted,
                style.accent,
                style.actor,
                style.event,
                style.claim,
            ],
            // How many links are in view changes with every pan; what is drawn of each does not.
            detail: Detail { links: (0, 0), ..detail },
            selection: standing_out.map_or(0, |(selection, _)| fingerprint(selection)),
            hovered: standing_out.map_or_else(Hovered::default, |(_, hovered)| hovered),
        }
    }
}

fn fingerprint(selection: &Selection) -> u64 {
    let entities = selection.entities.iter().map(|id| id.bits());
    let links = selection.links.iter().map(|id| id.bits() ^ (1 << 63));
    let groups = selection.groups.iter().map(|id| id.bits() ^ (1 << 62));
    let cards = selection.cards.iter().map(|id| id.bits() ^ (1 << 61));
    entities
        .chain(links)
        .chain(groups)
        .chain(cards)
        .fold(0, |sum: u64, bits| (sum.rotate_left(7) ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// A kept drawing.
#[derive(Debug, Default)]
pub struct MeshCache {
    mesh: Arc<Mesh>,
    made: Option<(Key, graph::Rect)>,
    /// Where the canvas's origin is on screen in the mesh as it is.
    origin: Pos2,
}

impl MeshCache {
    /// Paints the kept drawing, moved to where the view is now. When it is of something else, or does not reach
    /// far enough, `draw` makes it anew: for the part of the canvas that is shown and `margin` times its size more
    /// on every side. With `all`, nothing lies outside of that.
    #[expect(clippy::too_many_arguments, reason = "each is one plain fact of this frame")]
    pub fn paint(
        &mut self,
        painter: &Painter,
        pane: Rect,
        view: View,
        key: Key,
        all: Option<graph::Rect>,
        margin: f32,
        moving: bool,
        draw: impl FnOnce(&mut MeshPainter, graph::Rect),
    ) {
        let shown = view.canvas_rect(pane, pane);
        let origin = view.screen(pane, graph::Point::default());
        let fits = !moving
            && self
                .made
                .as_ref()
                .is_some_and(|(made, part)| *made == key && covers(*part, shown, all));
        if fits {
            if origin != self.origin {
                // The last frame's painting let go of the mesh, so that nothing is copied here.
                Arc::make_mut(&mut self.mesh).translate(origin - self.origin);
            }
        } else {
            let margin = shown.size() * if moving { 0.0 } else { margin };
            let part = graph::Rect { min: shown.min - margin, max: shown.max + margin };
            // The room of the last drawing serves for this one: new memory is half the cost of a frame.
            let mesh = Arc::try_unwrap(std::mem::take(&mut self.mesh)).unwrap_or_default();
            let mut pen = MeshPainter::over(mesh, key.pixels_per_point);
            draw(&mut pen, part);
            self.mesh = Arc::new(pen.finish());
            self.made = Some((key, part));
        }
        self.origin = origin;
        if !self.mesh.is_empty() {
            painter.add(Shape::Mesh(Arc::clone(&self.mesh)));
        }
    }
}

/// Whether a drawing of `part` shows all there is in `shown`.
fn covers(part: graph::Rect, shown: graph::Rect, all: Option<graph::Rect>) -> bool {
    let wanted = match all {
        Some(all) => graph::Rect {
            min: graph::Point::new(shown.min.x.max(all.min.x), shown.min.y.max(all.min.y)),
            max: graph::Point::new(shown.max.x.min(all.max.x), shown.max.y.min(all.max.y)),
        },
        None => shown,
    };
    !wanted.is_valid() || (part.contains(wanted.min) && part.contains(wanted.max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Point, Rect as Part};

    #[test]
    fn a_drawing_serves_as_long_as_it_reaches() {
        let part = Part { min: Point::new(-10.0, -10.0), max: Point::new(110.0, 60.0) };
        let shown = Part { min: Point::new(0.0, 0.0), max: Point::new(100.0, 50.0) };
        assert!(covers(part, shown, None));
        let beyond = Part { min: Point::new(20.0, 0.0), max: Point::new(120.0, 50.0) };
        assert!(!covers(part, beyond, None));
        let all = Part { min: Point::new(30.0, 10.0), max: Point::new(90.0, 40.0) };
        assert!(covers(part, beyond, Some(all)), "there is nothing out there");
        assert!(covers(part, beyond, Some(Part::NOTHING)));
    }
}
