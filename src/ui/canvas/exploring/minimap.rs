//! The minimap: the whole canvas in its corner, with a frame around what is in view; dragging in it moves the view.
//! It is drawn once for each state of the scene, into a picture: what a frame costs does not grow with the canvas.

use egui::{Color32, ColorImage, Pos2, Rect, Sense, Stroke, StrokeKind, TextureHandle, Ui, Vec2};

use crate::app::OpenNotebook;
use crate::drawing::FADED;
use crate::graph;
use crate::notebook::Kind;
use crate::scene::{Scene, Visibility};
use crate::ui::canvas::Canvas;
use crate::ui::theme::{Style, mix};

/// Width and height it has at most, in points.
const SIZE: Vec2 = Vec2::new(176.0, 118.0);
/// Pixels of its picture for each point.
const FINE: f32 = 2.0;
/// Room between the map's border and what is on it, in points.
const MARGIN: f32 = 6.0;

/// The picture, and what it shows.
#[derive(Default)]
pub struct Minimap {
    picture: Option<TextureHandle>,
    made_for: Option<(u64, Color32, Color32)>,
    /// A drag in the map is under way.
    dragging: bool,
}

impl std::fmt::Debug for Minimap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minimap").field("made_for", &self.made_for).finish_non_exhaustive()
    }
}

/// How canvas units become points of the map.
#[derive(Clone, Copy, Debug)]
struct Scale {
    bounds: graph::Rect,
    by: f32,
    size: Vec2,
}

impl Scale {
    fn of(bounds: graph::Rect, pane: Vec2) -> Self {
        let size = bounds.size();
        let room = SIZE.min(pane * 0.27) - Vec2::splat(2.0 * MARGIN);
        let by = (room.x / size.x.max(1.0)).min(room.y / size.y.max(1.0));
        // A map is never larger than what it shows.
        let by = by.min(1.0);
        let size = Vec2::new(size.x, size.y) * by + Vec2::splat(2.0 * MARGIN);
        Self { bounds, by, size: size.max(Vec2::splat(28.0)) }
    }

    /// The place of a canvas point on the map, in points from its corner.
    fn at(self, p: graph::Point) -> Vec2 {
        let off = p - self.bounds.centre();
        self.size * 0.5 + Vec2::new(off.x, off.y) * self.by
    }

    /// The canvas point at a place on the map.
    fn canvas(self, at: Vec2) -> graph::Point {
        let off = (at - self.size * 0.5) / self.by.max(1e-9);
        self.bounds.centre() + graph::Point::new(off.x, off.y)
    }
}

impl Canvas {
    /// Draws the map where not all is in view, and moves the view where it is dragged.
    pub(in crate::ui::canvas) fn small_map(
        &mut self,
        ui: &mut Ui,
        pane: Rect,
        style: &Style,
        book: &OpenNotebook,
    ) {
        let bounds = self.scene.shown_bounds();
        let shown = self.view.canvas_rect(pane, pane);
        let all_in_view = shown.contains(bounds.min) && shown.contains(bounds.max);
        // In a smaller pane it would lie over what is worked on.
        let room = pane.width() >= 600.0 && pane.height() >= 420.0;
        let wanted = book.exploration().map_is_on() && bounds.is_valid() && room;
        if !wanted || (all_in_view && !self.map.dragging) {
            self.map.dragging = false;
            return;
        }
        let scale = Scale::of(bounds, pane.size());
        let corner = pane.right_bottom() - Vec2::splat(12.0);
        let rect = Rect::from_min_max(corner - scale.size, corner);
        self.over.push(rect);
        let response = ui
            .interact(rect, Self::id().with("map"), Sense::click_and_drag())
            .on_hover_text("The whole canvas; drag to move the view. Canvas menu: Minimap");
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Image, true, "Minimap of the canvas")
        });
        self.map.dragging = response.dragged();
        if (response.dragged() || response.clicked())
            && let Some(at) = response.interact_pointer_pos()
        {
            self.stop_camera();
            self.view.centre = scale.canvas(at - rect.min);
        }

        let made_for = Some((self.scene.version, style.canvas, style.actor));
        let rests = !self.scene.is_loose() && self.motion.is_none();
        if self.map.made_for != made_for && rests {
            self.map.made_for = made_for;
            let image = picture(&self.scene, style, scale);
            let options = egui::TextureOptions::LINEAR;
            match &mut self.map.picture {
                Some(picture) => picture.set(image, options),
                none => *none = Some(ui.ctx().load_texture("minimap", image, options)),
            }
        }
        let painter = ui.painter_at(pane);
        painter.rect_filled(rect, 6.0, style.surface.gamma_multiply(0.94));
        if let Some(picture) = &self.map.picture {
            let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
            painter.image(picture.id(), rect, whole, Color32::WHITE);
        }
        painter.rect_stroke(rect, 6.0, Stroke::new(1.0, style.lines), StrokeKind::Inside);
        let view = self.view.canvas_rect(pane, pane);
        let frame =
            Rect::from_min_max(rect.min + scale.at(view.min), rect.min + scale.at(view.max));
        let frame = frame.intersect(rect.shrink(1.5));
        if frame.is_positive() {
            painter.rect_filled(frame, 2.0, style.accent.gamma_multiply(0.08));
            painter.rect_stroke(frame, 2.0, Stroke::new(1.5, style.accent), StrokeKind::Inside);
        }
    }
}

/// The nodes as specks of their colours; what is faded first, so that the rest lies over it.
fn picture(scene: &Scene, style: &Style, scale: Scale) -> ColorImage {
    let size = scale.size * FINE;
    let (width, height) = (size.x.ceil().max(1.0) as usize, size.y.ceil().max(1.0) as usize);
    let mut image = ColorImage::filled([width, height], Color32::TRANSPARENT);
    board(&mut image, scene, style, scale);
    for wanted in [Visibility::Faded, Visibility::Full] {
        for (node, number) in scene.nodes.iter().zip(0_u32..) {
            if scene.node_visibility(number) != wanted {
                continue;
            }
            let mut colour = style.kind(node.kind);
            if wanted == Visibility::Faded {
                colour = mix(colour, style.canvas, FADED);
            }
            let centre = scale.at(node.centre) * FINE;
            let half = Vec2::new(node.size.x, node.size.y) * (scale.by * FINE * 0.5);
            let half = half.max(Vec2::splat(if node.kind == Kind::Event { 1.2 } else { 0.8 }));
            let column = |x: f32| (x.max(0.0) as usize).min(width - 1);
            let row = |y: f32| (y.max(0.0) as usize).min(height - 1);
            for y in row(centre.y - half.y)..=row(centre.y + half.y) {
                // An event is a lozenge here too: narrower, the farther from its middle.
                let off = (y as f32 + 0.5 - centre.y).abs() / half.y.max(1.0);
                let reach = if node.kind == Kind::Event { (1.2 - off).max(0.15) } else { 1.0 };
                let wide = half.x * reach;
                let line = y * width;
                image.pixels[line + column(centre.x - wide)..=line + column(centre.x + wide)]
                    .fill(colour);
            }
        }
    }
    image
}

/// Frames as faint grounds, boxes and note cards as blocks.
fn board(image: &mut ColorImage, scene: &Scene, style: &Style, scale: Scale) {
    let groups =
        scene.board.groups.iter().filter(|group| group.visibility != Visibility::Hidden).map(
            |group| {
                let share = if group.is_folded() { 0.9 } else { 0.22 };
                (group.rect, style.hue(group.group.hue).gamma_multiply(share))
            },
        );
    let cards = scene
        .board
        .cards
        .iter()
        .map(|card| (card.rect(), mix(style.hue(card.card.hue), style.canvas, 0.45)));
    let [width, height] = image.size;
    for (rect, colour) in groups.chain(cards) {
        let (low, high) = (scale.at(rect.min) * FINE, scale.at(rect.max) * FINE);
        let within = |at: f32, most: usize| (at.max(0.0) as usize).min(most.saturating_sub(1));
        for y in within(low.y, height)..=within(high.y, height) {
            let line = y * width;
            image.pixels[line + within(low.x, width)..=line + within(high.x, width)].fill(colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Point;

    #[test]
    fn the_map_leads_there_and_back() {
        let bounds = graph::Rect { min: Point::new(-900.0, 40.0), max: Point::new(4000.0, 2000.0) };
        let scale = Scale::of(bounds, Vec2::new(1600.0, 1000.0));
        assert!(scale.size.x <= SIZE.x + 0.1 && scale.size.y <= SIZE.y + 0.1);
        for p in [bounds.min, bounds.max, bounds.centre()] {
            let at = scale.at(p);
            assert!(Rect::from_min_size(Pos2::ZERO, scale.size).contains(at.to_pos2()));
            assert!(scale.canvas(at).distance(p) < 0.5);
        }
    }
}
