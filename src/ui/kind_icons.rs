//! The icons of the kinds: a disc for an actor (a dashed ring for an anonymous one), a diamond for an event, a square for
//! a claim. Their shape tells them apart, not only their colour.

use egui::{Color32, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, vec2};

use super::theme::Style;
use crate::notebook::{Entity, Kind};

/// Side of the square a mark fits in, in points.
pub const MARK: f32 = 12.0;

/// Paints the mark of a kind around a point.
pub fn kind_mark(painter: &Painter, centre: Pos2, style: &Style, kind: Kind, anonymous: bool) {
    let colour = style.kind(kind);
    match kind {
        Kind::Actor if anonymous => dashed_ring(painter, centre, 4.2, colour),
        Kind::Actor => {
            painter.circle_filled(centre, 4.8, colour);
        }
        Kind::Event => {
            let reach = 5.6;
            let corners = vec![
                centre - vec2(0.0, reach),
                centre + vec2(reach, 0.0),
                centre + vec2(0.0, reach),
                centre - vec2(reach, 0.0),
            ];
            painter.add(Shape::convex_polygon(corners, colour, Stroke::NONE));
        }
        Kind::Claim => {
            painter.rect_filled(Rect::from_center_size(centre, Vec2::splat(9.4)), 2.0, colour);
        }
    }
}

/// Paints the mark of an entity around a point.
pub fn entity_mark(painter: &Painter, centre: Pos2, style: &Style, entity: &Entity) {
    kind_mark(painter, centre, style, entity.kind(), entity.is_anonymous());
}

/// The mark of a kind as a widget of a row.
pub fn mark(ui: &mut Ui, style: &Style, kind: Kind, anonymous: bool) {
    let size = vec2(MARK, ui.spacing().interact_size.y.min(ui.available_height()).max(MARK));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    kind_mark(ui.painter(), rect.center(), style, kind, anonymous);
}

fn dashed_ring(painter: &Painter, centre: Pos2, radius: f32, colour: Color32) {
    /// Dashes around the ring.
    const DASHES: usize = 5;
    /// Points along a dash.
    const POINTS: usize = 5;
    for dash in 0..DASHES {
        let points = (0..POINTS)
            .map(|i| {
                let part = dash as f32 + 0.62 * i as f32 / (POINTS - 1) as f32;
                let angle = std::f32::consts::TAU * part / DASHES as f32;
                centre + radius * vec2(angle.cos(), angle.sin())
            })
            .collect();
        painter.add(Shape::line(points, Stroke::new(1.8, colour)));
    }
}

/// A sign with the word it stands for: assistive technology says the word, not the sign's code point.
pub fn icon(ui: &mut Ui, sign: egui::RichText, word: &str) -> egui::Response {
    let response = ui.add(egui::Label::new(sign).selectable(false));
    // A label's words are its value.
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(word);
        node.set_label(word);
    });
    response
}
