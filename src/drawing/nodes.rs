//! Nodes: outlines, marks, names, signs.

use std::sync::Arc;

use super::{Brush, Dash, Letters, Line, Outline, Paint, Pen, Role, Text};
use crate::graph::{Point, Rect};
use crate::inquiry::sources::ClaimSources;
use crate::notebook::Kind;
use crate::scene::{Scene, SceneNode};

/// Size of the type of a claim's sign, in points.
const SIGN_SIZE: f32 = 10.5;

impl Brush<'_> {
    /// A node's rectangle, in points.
    #[must_use]
    pub fn rect(&self, node: &SceneNode) -> Rect {
        self.sight.rect(node.rect())
    }

    /// Nodes with their outlines and marks.
    pub fn nodes(&self, pen: &mut impl Pen, scene: &Scene, nodes: &[u32]) {
        let mut corners = Vec::new();
        let zoom = self.sight.zoom;
        for &number in nodes {
            let node = &scene.nodes[number as usize];
            let rect = self.rect(node);
            let selected = self.chosen.entities.contains(&node.id);
            let hovered = self.hovered.node == Some(number);
            let scale = zoom.sqrt().clamp(0.6, 1.4);
            if selected {
                let around = grown(node.kind, rect, 4.0 * scale);
                let ring = node_outline(node.kind, around, zoom, &mut corners);
                pen.area(ring, None, Some(Line::new(self.paint(Role::Accent), 1.6)));
            }
            let outline = node_outline(node.kind, rect, zoom, &mut corners);
            let ground = if selected { Role::Tint(node.kind) } else { Role::Surface };
            let width = match (selected, hovered) {
                (true, _) => 2.4,
                (false, true) => 2.1,
                (false, false) => 1.5,
            } * scale;
            let mut line = Line::new(self.paint(Role::Kind(node.kind)), width);
            if node.entity.is_anonymous() {
                line = line.dashed(Dash::Outline);
            }
            pen.area(outline, Some(self.paint(ground)), Some(line));
            if rect.size().y > 16.0 {
                self.marks(pen, node, rect);
            } else if node.pinned && self.controls {
                self.small_pin(pen, node.kind, rect);
            }
        }
    }

    /// The marks “to check” and “pinned”, at the upper corners. Pins say what “Arrange” does: they are no part of a
    /// picture.
    fn marks(&self, pen: &mut impl Pen, node: &SceneNode, rect: Rect) {
        let room = rect.size();
        let inset = match node.kind {
            Kind::Actor => room.y * 0.24,
            Kind::Event => room.x * 0.26,
            Kind::Claim => 0.0,
        };
        let drop = if node.kind == Kind::Event { room.y * 0.24 } else { 0.0 };
        let size = self.sight.zoom.clamp(0.7, 1.2);
        if node.entity.to_check {
            let at = Point::new(rect.max.x - inset, rect.min.y + drop);
            check_mark(pen, at, size, (self.paint(Role::Accent), self.paint(Role::Surface)));
        }
        if node.pinned && self.controls {
            let at = Point::new(rect.min.x + inset, rect.min.y + drop);
            let needle = [at, at + Point::new(-2.6, 5.2) * size];
            pen.path(&needle, Line::new(self.paint(Role::Muted), 1.2 * size));
            pen.disc(at, 4.0 * size, self.paint(Role::Canvas));
            pen.disc(at, 3.0 * size, self.paint(Role::Muted));
        }
    }

    /// The mark “pinned” of a node that has no room for more: at its upper left, as small as can be seen.
    fn small_pin(&self, pen: &mut impl Pen, kind: Kind, rect: Rect) {
        let at = match kind {
            Kind::Event => rect.centre() - rect.size() * 0.25,
            Kind::Actor | Kind::Claim => rect.min,
        };
        pen.disc(at, 2.6, self.paint(Role::Canvas));
        pen.disc(at, 1.8, self.paint(Role::Ink));
    }

    /// The nodes' names: all of them, or where not all have one, of those with room for some words.
    pub fn node_labels(&self, scene: &Scene, nodes: &[u32], letters: &mut impl Letters) {
        for &number in nodes {
            let node = &scene.nodes[number as usize];
            if !self.detail.labels && !holds_words(node.kind, self.rect(node).size()) {
                continue;
            }
            let name = Text::Name(node, self.sight.zoom);
            letters.write(&name, self.rect(node).centre(), self.paint(Role::Ink));
        }
    }

    /// How well each claim is confirmed, at its lower right corner: “confirmed / at most”, and ≠ where it is contested. The
    /// signs of all nodes given are drawn before their words are.
    pub fn claim_signs(
        &self,
        pen: &mut impl Pen,
        scene: &Scene,
        nodes: &[u32],
        letters: &mut impl Letters,
    ) {
        let Some(sources) = self.sources else { return };
        for &number in nodes {
            let node = &scene.nodes[number as usize];
            if node.kind != Kind::Claim {
                continue;
            }
            let Some(sign) = sources.of(node.id).and_then(sign_of) else { continue };
            let role = if sign.ends_with('≠') { Role::Accent } else { Role::Kind(node.kind) };
            let sign = Arc::from(sign);
            let text = Text::Line(&sign, SIGN_SIZE);
            let Some(words) = letters.measure(&text) else { continue };
            let rect = self.rect(node);
            let size = Point::new(words.x + 10.0, 15.0);
            // Over the border and below it: the name above stays free.
            let centre = Point::new(rect.max.x - size.x * 0.5 - 6.0, rect.max.y + 4.0);
            let pill = Outline::Round(Rect::around(centre, size), size.y * 0.5);
            let line = Line::new(self.paint(role), 1.1);
            pen.area(pill, Some(self.paint(Role::Surface)), Some(line));
            letters.write(&text, centre, self.paint(role));
        }
    }
}

/// The mark “to check”: a disc with an exclamation mark, in these two colours.
pub(super) fn check_mark(
    pen: &mut (impl Pen + ?Sized),
    at: Point,
    size: f32,
    (ground, stroke): (Paint, Paint),
) {
    pen.disc(at, 7.0 * size, ground);
    let down = [at - Point::new(0.0, 3.8) * size, at + Point::new(0.0, 0.8) * size];
    pen.path(&down, Line::new(stroke, 1.7 * size));
    pen.disc(at + Point::new(0.0, 3.2) * size, 1.0 * size, stroke);
}

/// The sign of a claim: “1/2”, with ≠ where it is contested. None without statements.
#[must_use]
pub fn sign_of(sources: &ClaimSources) -> Option<String> {
    let figures = sources.affirmed.as_ref().or(sources.denied.as_ref())?;
    let contested = if sources.is_contested() { " ≠" } else { "" };
    Some(format!("{}/{}{contested}", figures.confirmed, figures.at_most))
}

/// Whether a node that is drawn in this size has room for a few words in the smallest type.
#[must_use]
pub fn holds_words(kind: Kind, size: Point) -> bool {
    /// The height of a line of the smallest type, and the width of a short word in it, in points.
    const LEAST: Point = Point::new(42.0, 12.5);
    let width = match kind {
        Kind::Actor => size.x - size.y * 0.5,
        Kind::Claim => size.x - 4.0,
        // A line inside a rhombus has what its height leaves of the width.
        Kind::Event => size.x * (1.0 - LEAST.y / size.y.max(LEAST.y)),
    };
    size.y >= LEAST.y && width >= LEAST.x
}

/// The rectangle of an outline that runs `by` points outside of the one in `rect`.
#[must_use]
pub fn grown(kind: Kind, rect: Rect, by: f32) -> Rect {
    if kind != Kind::Event {
        return rect.expand(by);
    }
    // The sides of a rhombus stand aslant: its corners move farther than they do.
    let half = rect.size() * 0.5;
    let share = by * Point::new(1.0 / half.x.max(1.0), 1.0 / half.y.max(1.0)).length();
    Rect::around(rect.centre(), rect.size() * (1.0 + share))
}

/// A node's outline in a rectangle; `corners` is room for those of an event, clockwise.
#[must_use]
pub fn node_outline(kind: Kind, rect: Rect, zoom: f32, corners: &mut Vec<Point>) -> Outline<'_> {
    match kind {
        Kind::Actor => Outline::Round(rect, rect.size().y * 0.5),
        Kind::Claim => Outline::Round(rect, 5.0 * zoom.clamp(0.4, 2.0)),
        Kind::Event => {
            corners.clear();
            let centre = rect.centre();
            let tips = [
                Point::new(centre.x, rect.min.y),
                Point::new(rect.max.x, centre.y),
                Point::new(centre.x, rect.max.y),
                Point::new(rect.min.x, centre.y),
            ];
            // Sharp corners would thin the outline along the sides: each is cut off a little.
            let cut = 2.2 * zoom.clamp(0.3, 2.0);
            for i in 0..4 {
                let (before, at, after) = (tips[(i + 3) % 4], tips[i], tips[(i + 1) % 4]);
                for other in [before, after] {
                    let way = other - at;
                    let share = (cut / way.length().max(1e-3)).min(0.4);
                    corners.push(at + way * share);
                }
            }
            Outline::Corners(corners)
        }
    }
}
