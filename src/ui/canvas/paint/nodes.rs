//! Nodes: outlines, marks, names, badges.

use std::sync::Arc;

use egui::{Pos2, Rect, Vec2};

use super::Brush;
use crate::inquiry::sources::ClaimSources;
use crate::notebook::Kind;
use crate::scene::{Scene, SceneNode};
use crate::ui::canvas::labels::Labels;
use crate::ui::canvas::mesh_painter::{self, MeshPainter};

impl Brush<'_> {
    /// Nodes with their outlines and marks.
    pub fn nodes(&self, pen: &mut MeshPainter, scene: &Scene, nodes: &[u32]) {
        let mut outline = Vec::new();
        for &number in nodes {
            let node = &scene.nodes[number as usize];
            let rect = self.rect(node);
            let selected = self.selection.entities.contains(&node.id);
            let hovered = self.hovered_node == Some(number);
            let scale = self.view.zoom.sqrt().clamp(0.6, 1.4);
            if selected {
                shape_points(
                    node.kind,
                    grown(node.kind, rect, 4.0 * scale),
                    self.view.zoom,
                    &mut outline,
                );
                pen.line(&outline, 1.6, self.style.accent, true);
            }
            shape_points(node.kind, rect, self.view.zoom, &mut outline);
            let ground = if selected { self.style.tint(node.kind) } else { self.style.surface };
            let width = match (selected, hovered) {
                (true, _) => 2.4,
                (false, true) => 2.1,
                (false, false) => 1.5,
            } * scale;
            let colour = self.style.kind(node.kind);
            if node.entity.is_anonymous() {
                pen.fill(&outline, ground);
                pen.dashed_outline(&outline, width, colour, 4.5, 3.0);
            } else {
                pen.shape(&outline, ground, width, colour);
            }
            if rect.height() > 16.0 {
                self.marks(pen, node, rect);
            } else if node.pinned {
                self.small_pin(pen, node.kind, rect);
            }
        }
    }

    /// The marks “to check” and “pinned”, at the upper corners.
    fn marks(&self, pen: &mut MeshPainter, node: &SceneNode, rect: Rect) {
        let inset = match node.kind {
            Kind::Actor => rect.height() * 0.24,
            Kind::Event => rect.width() * 0.26,
            Kind::Claim => 0.0,
        };
        let drop = if node.kind == Kind::Event { rect.height() * 0.24 } else { 0.0 };
        let size = self.view.zoom.clamp(0.7, 1.2);
        if node.entity.to_check {
            let at = Pos2::new(rect.right() - inset, rect.top() + drop);
            pen.disc(at, 7.0 * size, self.style.accent);
            let white = self.style.surface;
            pen.line(
                &[at - Vec2::new(0.0, 3.8 * size), at + Vec2::new(0.0, 0.8 * size)],
                1.7 * size,
                white,
                false,
            );
            pen.disc(at + Vec2::new(0.0, 3.2 * size), 1.0 * size, white);
        }
        if node.pinned {
            let at = Pos2::new(rect.left() + inset, rect.top() + drop);
            pen.line(&[at, at + Vec2::new(-2.6, 5.2) * size], 1.2 * size, self.style.muted, false);
            pen.disc(at, 4.0 * size, self.style.canvas);
            pen.disc(at, 3.0 * size, self.style.muted);
        }
    }

    /// The mark “pinned” of a node that has no room for more: at its upper left, as small as can be seen.
    fn small_pin(&self, pen: &mut MeshPainter, kind: Kind, rect: Rect) {
        let at = match kind {
            Kind::Event => rect.center() - Vec2::new(rect.width() * 0.25, rect.height() * 0.25),
            Kind::Actor | Kind::Claim => rect.left_top(),
        };
        pen.disc(at, 2.6, self.style.canvas);
        pen.disc(at, 1.8, self.style.ink);
    }

    /// The nodes' names.
    pub fn node_labels(&self, scene: &Scene, nodes: &[u32], labels: &mut Labels) {
        for &number in nodes {
            let node = &scene.nodes[number as usize];
            if let Some(galley) = labels.node(self.ctx(), node, self.view.zoom) {
                self.text(galley, self.rect(node).center(), self.style.ink);
            }
        }
    }

    /// How well each claim is confirmed, at its lower right corner: “confirmed / at most”, and ≠ where it is contested.
    pub fn claim_signs(&self, scene: &Scene, nodes: &[u32], labels: &mut Labels) {
        let Some(sources) = self.sources else { return };
        let mut pen = self.pen();
        let mut outline = Vec::new();
        let mut texts = Vec::new();
        for &number in nodes {
            let node = &scene.nodes[number as usize];
            if node.kind != Kind::Claim {
                continue;
            }
            let Some(sign) = sources.of(node.id).and_then(sign_of) else { continue };
            let contested = sign.ends_with('≠');
            let galley = labels.text(self.ctx(), &Arc::from(sign), 10.5);
            let rect = self.rect(node);
            let size = Vec2::new(galley.rect.width() + 10.0, 15.0);
            // Over the border and below it: the name above stays free.
            let centre = Pos2::new(rect.right() - size.x * 0.5 - 6.0, rect.bottom() + 4.0);
            mesh_painter::rounded(Rect::from_center_size(centre, size), 99.0, &mut outline);
            let colour = if contested { self.style.accent } else { self.style.kind(node.kind) };
            pen.shape(&outline, self.style.surface, 1.1, colour);
            texts.push((galley, centre, colour));
        }
        self.add(pen);
        for (galley, centre, colour) in texts {
            self.text(galley, centre, colour);
        }
    }

    /// How many mentions a node has, at its upper right corner.
    pub fn badge(&self, node: &SceneNode, mentions: usize, labels: &mut Labels) {
        let rect = self.rect(node);
        let text: Arc<str> = Arc::from(mentions.to_string());
        let galley = labels.text(self.ctx(), &text, 10.5);
        let size = Vec2::new((galley.rect.width() + 10.0).max(16.0), 16.0);
        let drop = if node.kind == Kind::Event { rect.height() * 0.25 } else { 0.0 };
        let aside = if node.kind == Kind::Event { rect.width() * 0.25 } else { 14.0 };
        let aside = if node.entity.to_check { aside + 20.0 } else { aside };
        let centre = Pos2::new(rect.right() - aside, rect.top() + drop - 3.0);
        let mut pen = self.pen();
        let mut outline = Vec::new();
        mesh_painter::rounded(Rect::from_center_size(centre, size), 99.0, &mut outline);
        pen.fill_soft(&outline, self.style.kind(node.kind));
        self.add(pen);
        self.text(galley, centre, self.style.surface);
    }
}

/// The sign of a claim: “1/2”, with ≠ where it is contested. None without statements.
fn sign_of(sources: &ClaimSources) -> Option<String> {
    let figures = sources.affirmed.as_ref().or(sources.denied.as_ref())?;
    let contested = if sources.is_contested() { " ≠" } else { "" };
    Some(format!("{}/{}{contested}", figures.confirmed, figures.at_most))
}

/// The rectangle of an outline that runs `by` points outside of the one in `rect`.
pub fn grown(kind: Kind, rect: Rect, by: f32) -> Rect {
    if kind != Kind::Event {
        return rect.expand(by);
    }
    // The sides of a rhombus stand aslant: its corners move farther than they do.
    let half = rect.size() * 0.5;
    let share = by * Vec2::new(1.0 / half.x.max(1.0), 1.0 / half.y.max(1.0)).length();
    rect.expand2(half * share)
}

/// A node's outline on screen, clockwise.
pub fn shape_points(kind: Kind, rect: Rect, zoom: f32, out: &mut Vec<Pos2>) {
    match kind {
        Kind::Actor => mesh_painter::rounded(rect, rect.height() * 0.5, out),
        Kind::Claim => mesh_painter::rounded(rect, 5.0 * zoom.clamp(0.4, 2.0), out),
        Kind::Event => {
            out.clear();
            let corners =
                [rect.center_top(), rect.right_center(), rect.center_bottom(), rect.left_center()];
            // Sharp corners would thin the outline along the sides: each is cut off a little.
            let cut = 2.2 * zoom.clamp(0.3, 2.0);
            for i in 0..4 {
                let (before, at, after) = (corners[(i + 3) % 4], corners[i], corners[(i + 1) % 4]);
                for other in [before, after] {
                    let way = other - at;
                    let share = (cut / way.length().max(1e-3)).min(0.4);
                    out.push(at + way * share);
                }
            }
        }
    }
}
