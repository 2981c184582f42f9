//! Links, their arrows and their labels.

use std::sync::Arc;

use egui::{Color32, Pos2, Rect, Vec2};

use super::Brush;
use crate::graph;
use crate::notebook::Strength;
use crate::ui::canvas::labels::Labels;
use crate::ui::canvas::pen::{self, Pen};
use crate::ui::canvas::scene::{Line, Scene, SceneLink};
use crate::ui::look::mix;

/// So far towards the ground the lines of links go that no sentence supports yet.
const BARE: f32 = 0.25;

/// A link's label: what is written, and where.
pub struct LinkLabel {
    galley: Arc<egui::Galley>,
    centre: Pos2,
    ink: Color32,
    selected: bool,
}

impl Brush<'_> {
    /// The colour and the width of a link's line.
    fn stroke(&self, number: u32, link: &SceneLink) -> (Color32, f32) {
        let selected = self.selection.links.contains(&link.id);
        let hovered = self.hovered_link == Some(number);
        let scale = self.view.zoom.sqrt().clamp(0.55, 1.4);
        let width = match link.link.strength {
            Strength::Confirmed => 1.9,
            Strength::Unconfirmed | Strength::Tentative => 1.35,
        };
        let colour = if selected {
            self.look.accent
        } else if hovered {
            self.look.ink
        } else if link.is_bare() {
            mix(self.look.family(link.family), self.look.canvas, BARE)
        } else {
            self.look.family(link.family)
        };
        let extra = if selected {
            0.9
        } else if hovered {
            0.4
        } else {
            0.0
        };
        (colour, width * scale + extra)
    }

    /// Links with their arrows; those selected or under the pointer last.
    pub fn links(&self, pen: &mut Pen, scene: &Scene, links: &[u32]) {
        let (mut flat, mut points) = (Vec::new(), Vec::new());
        for on_top in [false, true] {
            for &number in links {
                let link = &scene.links[number as usize];
                let stands_out =
                    self.hovered_link == Some(number) || self.selection.links.contains(&link.id);
                if stands_out == on_top {
                    self.link(pen, number, link, &mut flat, &mut points);
                }
            }
        }
    }

    fn link(
        &self,
        pen: &mut Pen,
        number: u32,
        link: &SceneLink,
        flat: &mut Vec<graph::Point>,
        points: &mut Vec<Pos2>,
    ) {
        let (colour, width) = self.stroke(number, link);
        flat.clear();
        link.curve.flatten(0.3 / self.view.zoom, flat);
        points.clear();
        points.extend(flat.iter().map(|p| self.at(*p)));
        let tip = self.at(link.curve.to);
        let length = if link.link.directed {
            (9.5 * self.view.zoom.sqrt()).clamp(4.0, 12.0) + width
        } else {
            0.0
        };
        if length > 0.0 {
            pen::trim_end(points, length * 0.85);
        }
        match link.line() {
            Line::Solid => pen.line(points, width, colour, false),
            Line::Dashed => pen.dashes(points, width, colour, 7.0, 4.5),
            Line::Dotted => pen.dashes(points, width.max(1.4), colour, 1.8, 3.6),
        }
        if length > 0.0 {
            let way = link.curve.tangent(1.0);
            let way = Vec2::new(way.x, way.y);
            let side = Vec2::new(-way.y, way.x) * (length * 0.42);
            let back = tip - way * length;
            let head = [tip, back + side, back - side];
            if link.is_bare() {
                pen.fill(&head, self.look.canvas);
                pen.line(&head, width.min(1.3), colour, true);
            } else {
                pen.fill_soft(&head, colour);
            }
        }
    }

    /// The relations on the links that have room for them, or that stand out: what is written, and where.
    pub fn link_labels(&self, scene: &Scene, links: &[u32], labels: &mut Labels) -> Vec<LinkLabel> {
        let mut found = Vec::new();
        if !self.detail.link_labels
            && self.hovered_link.is_none()
            && self.selection.links.is_empty()
        {
            return found;
        }
        let size = 11.5 * self.view.zoom.clamp(0.8, 1.6);
        for &number in links {
            let link = &scene.links[number as usize];
            let selected = self.selection.links.contains(&link.id);
            let stands_out = selected || self.hovered_link == Some(number);
            let at = match link.label_at {
                Some(at) if self.detail.link_labels || stands_out => at,
                None if stands_out => 0.5,
                _ => continue,
            };
            let ink = if selected {
                self.look.accent
            } else if stands_out {
                self.look.ink
            } else {
                self.look.family(link.family)
            };
            found.push(LinkLabel {
                galley: labels.text(self.ctx(), &link.written, size),
                centre: self.at(link.curve.at(at)),
                ink,
                selected,
            });
        }
        found
    }

    /// The grounds of links' labels.
    pub fn link_label_grounds(&self, pen: &mut Pen, labels: &[LinkLabel]) {
        let mut outline = Vec::new();
        for label in labels {
            let size = label.galley.rect.size() + Vec2::new(12.0, 4.0);
            pen::rounded(Rect::from_center_size(label.centre, size), 99.0, &mut outline);
            if label.selected {
                pen.shape(&outline, self.look.surface, 1.2, self.look.accent);
            } else {
                pen.fill(&outline, self.look.canvas);
            }
        }
    }

    /// Links' labels themselves.
    pub fn link_label_texts(&self, labels: Vec<LinkLabel>) {
        for label in labels {
            self.text(label.galley, label.centre, label.ink);
        }
    }
}
