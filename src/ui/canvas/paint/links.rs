//! Links, alone and in bundles, their arrows and their labels.

use std::sync::Arc;

use egui::{Color32, Pos2, Rect, Vec2};

use super::Brush;
use crate::graph;
use crate::notebook::Strength;
use crate::scene::{Bundle, End, LineStyle, Scene, SceneLink};
use crate::ui::canvas::board_parts::OnBoard;
use crate::ui::canvas::labels::Labels;
use crate::ui::canvas::mesh_painter::{self, MeshPainter};
use crate::ui::theme::mix;

/// So far towards the ground the lines of links go that no sentence supports yet, and those of derived links.
const BARE: f32 = 0.25;

/// Of more selected links than this the relations are written only where all are.
const MOST_TOLD: usize = 24;

/// A link's label: what is written, and where.
pub struct LinkLabel {
    galley: Arc<egui::Galley>,
    centre: Pos2,
    ink: Color32,
    selected: bool,
}

/// How a line is drawn.
struct Thread<'a> {
    curve: &'a graph::Curve,
    colour: Color32,
    width: f32,
    line: LineStyle,
    /// An arrow at its start, and one at its end.
    arrows: (bool, bool),
    /// Its arrows are hollow: no sentence supports it yet.
    bare: bool,
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
            self.style.accent
        } else if hovered {
            self.style.ink
        } else if link.is_bare() || link.id.is_derived() {
            mix(self.style.family(link.family), self.style.canvas, BARE)
        } else {
            self.style.family(link.family)
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
    pub fn links(&self, pen: &mut MeshPainter, scene: &Scene, links: &[u32]) {
        let (mut flat, mut points) = (Vec::new(), Vec::new());
        for on_top in [false, true] {
            for &number in links {
                let link = &scene.links[number as usize];
                let stands_out =
                    self.hovered_link == Some(number) || self.selection.links.contains(&link.id);
                if stands_out == on_top {
                    self.link(pen, number, link, &mut flat, &mut points);
                    if self.drifts(scene, link) {
                        self.drift_sign(pen, link);
                    }
                }
            }
        }
    }

    /// Whether what a derived link says departs from its source.
    fn drifts(&self, scene: &Scene, link: &SceneLink) -> bool {
        let End::Node(to) = link.to else { return false };
        let (from, to) = (scene.nodes[link.from as usize].id, scene.nodes[to as usize].id);
        link.id.is_derived()
            && self.sources.and_then(|all| all.of(to)).is_some_and(|claim| claim.drifts_at(from))
    }

    fn link(
        &self,
        pen: &mut MeshPainter,
        number: u32,
        link: &SceneLink,
        flat: &mut Vec<graph::Point>,
        points: &mut Vec<Pos2>,
    ) {
        let (colour, width) = self.stroke(number, link);
        let thread = Thread {
            curve: &link.curve,
            colour,
            width,
            line: link.line_style(),
            arrows: (false, link.link.directed),
            bare: link.is_bare(),
        };
        self.thread_line(pen, &thread, flat, points);
    }

    /// The sign that a statement is surer than its source: a triangle that points up, at the middle of the line.
    fn drift_sign(&self, pen: &mut MeshPainter, link: &SceneLink) {
        let at = self.at(link.curve.at(0.5));
        let size = 6.0 * self.view.zoom.clamp(0.7, 1.2);
        let corners = [
            at - Vec2::new(0.0, size),
            at + Vec2::new(size, size * 0.8),
            at + Vec2::new(-size, size * 0.8),
        ];
        pen.fill(&corners, self.style.canvas);
        pen.line(&corners, 1.6, self.style.accent, true);
    }

    /// A line with its arrows.
    fn thread_line(
        &self,
        pen: &mut MeshPainter,
        thread: &Thread<'_>,
        flat: &mut Vec<graph::Point>,
        points: &mut Vec<Pos2>,
    ) {
        let (colour, width) = (thread.colour, thread.width);
        flat.clear();
        thread.curve.flatten(0.3 / self.view.zoom, flat);
        points.clear();
        points.extend(flat.iter().map(|p| self.at(*p)));
        let length = (9.5 * self.view.zoom.sqrt()).clamp(4.0, 12.0) + width;
        let (back, forth) = thread.arrows;
        if forth {
            mesh_painter::trim_end(points, length * 0.85);
        }
        if back {
            points.reverse();
            mesh_painter::trim_end(points, length * 0.85);
        }
        match thread.line {
            LineStyle::Solid => pen.line(points, width, colour, false),
            LineStyle::Dashed => pen.dashes(points, width, colour, &[7.0, 4.5]),
            LineStyle::Dotted => pen.dashes(points, width.max(1.4), colour, &[1.8, 3.6]),
            LineStyle::Derived => pen.dashes(points, width * 0.85, colour, &mesh_painter::DASH_DOT),
        }
        let ends = [(back, thread.curve.from, 0.0, -1.0), (forth, thread.curve.to, 1.0, 1.0)];
        for (_, tip, at, sign) in ends.into_iter().filter(|(arrow, ..)| *arrow) {
            let tip = self.at(tip);
            let way = thread.curve.tangent(at);
            let way = Vec2::new(way.x, way.y) * sign;
            let side = Vec2::new(-way.y, way.x) * (length * 0.42);
            let back = tip - way * length;
            let head = [tip, back + side, back - side];
            if thread.bare {
                pen.fill(&head, self.style.canvas);
                pen.line(&head, width.min(1.3), colour, true);
            } else {
                pen.fill_soft(&head, colour);
            }
        }
    }

    /// Bundles: the links that run to boxes.
    pub fn bundles(&self, pen: &mut MeshPainter, scene: &Scene, bundles: &[u32]) {
        let (mut flat, mut points) = (Vec::new(), Vec::new());
        for &number in bundles {
            let bundle = &scene.board.bundles[number as usize];
            let one = match &bundle.links[..] {
                [one] => Some(&scene.links[*one as usize]),
                _ => None,
            };
            let family = bundle.family.map_or(self.style.muted, |family| self.style.family(family));
            let (selected, hovered) =
                (self.is_bundle_selected(scene, bundle), self.is_hovered(OnBoard::Bundle(number)));
            let colour = match (selected, hovered) {
                (true, _) => self.style.accent,
                (false, true) => self.style.ink,
                (false, false) if bundle.bare => mix(family, self.style.canvas, BARE),
                (false, false) => family,
            };
            let scale = self.view.zoom.sqrt().clamp(0.55, 1.4);
            let more = (bundle.links.len() as f32).ln() * 0.8;
            let thread = Thread {
                curve: &bundle.curve,
                colour,
                width: (1.5 + more).min(5.0) * scale + if selected { 0.9 } else { 0.0 },
                line: one.map_or(LineStyle::Solid, SceneLink::line_style),
                arrows: bundle.arrows,
                bare: bundle.bare,
            };
            self.thread_line(pen, &thread, &mut flat, &mut points);
        }
    }

    /// Whether all links of a bundle are selected.
    fn is_bundle_selected(&self, scene: &Scene, bundle: &Bundle) -> bool {
        !self.selection.links.is_empty()
            && bundle
                .links
                .iter()
                .all(|link| self.selection.links.contains(&scene.links[*link as usize].id))
    }

    /// What is written on bundles: how many links they are.
    pub fn bundle_labels(
        &self,
        scene: &Scene,
        bundles: &[u32],
        labels: &mut Labels,
    ) -> Vec<LinkLabel> {
        let size = 11.5 * self.view.zoom.clamp(0.8, 1.6);
        let mut found = Vec::new();
        for &number in bundles {
            let bundle = &scene.board.bundles[number as usize];
            let selected = self.is_bundle_selected(scene, bundle);
            let stands_out = selected || self.is_hovered(OnBoard::Bundle(number));
            // One link writes its relation where links do; how many several are is said as long as names are.
            let alone = bundle.links.len() == 1 && !self.detail.link_labels;
            if (alone || !self.detail.labels) && !stands_out {
                continue;
            }
            let ink = match (selected, stands_out) {
                (true, _) => self.style.accent,
                (false, true) => self.style.ink,
                (false, false) => {
                    bundle.family.map_or(self.style.muted, |family| self.style.family(family))
                }
            };
            found.push(LinkLabel {
                galley: labels.text(self.ctx(), &bundle.written, size),
                centre: self.at(bundle.curve.at(0.5)),
                ink,
                selected,
            });
        }
        found
    }

    /// Whether a relation is written on any link in this frame.
    pub fn writes_on_links(&self) -> bool {
        self.detail.link_labels || self.hovered_link.is_some() || !self.selection.links.is_empty()
    }

    /// The relations on the links that have room for them, or that stand out: what is written, and where.
    pub fn link_labels(&self, scene: &Scene, links: &[u32], labels: &mut Labels) -> Vec<LinkLabel> {
        let mut found = Vec::new();
        if !self.writes_on_links() {
            return found;
        }
        let size = 11.5 * self.view.zoom.clamp(0.8, 1.6);
        for &number in links {
            let link = &scene.links[number as usize];
            let selected = self.selection.links.contains(&link.id);
            // The relations of a crowd would only cover each other.
            let told = self.detail.link_labels || self.selection.links.len() <= MOST_TOLD;
            let stands_out = (selected && told) || self.hovered_link == Some(number);
            let at = match link.label_at {
                Some(at) if self.detail.link_labels || stands_out => at,
                None if stands_out => 0.5,
                _ => continue,
            };
            let ink = if selected {
                self.style.accent
            } else if stands_out {
                self.style.ink
            } else {
                self.style.family(link.family)
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
    pub fn link_label_grounds(&self, pen: &mut MeshPainter, labels: &[LinkLabel]) {
        let mut outline = Vec::new();
        for label in labels {
            let size = label.galley.rect.size() + Vec2::new(12.0, 4.0);
            mesh_painter::rounded(Rect::from_center_size(label.centre, size), 99.0, &mut outline);
            if label.selected {
                pen.shape(&outline, self.style.surface, 1.2, self.style.accent);
            } else {
                pen.fill(&outline, self.style.canvas);
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
