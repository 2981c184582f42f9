//! Links, alone and in bundles, their arrows and their labels.

use std::sync::Arc;

use super::{Brush, Dash, Letters, Line, OnBoard, Outline, Paint, Pen, Role, Text};
use crate::graph::{Curve, Point, Rect};
use crate::notebook::{Family, Strength};
use crate::scene::{Bundle, End, LineStyle, Scene, SceneLink};

/// Of more selected links than this the relations are written only where all are.
const MOST_TOLD: usize = 24;

/// From this zoom on, labels of links are as large as what they stand among; below it they are not made smaller.
const LABELS_AS_THINGS: f32 = 0.8;

/// A link's label: what is written, where, and on what.
#[derive(Clone, Debug)]
pub struct LinkLabel {
    written: Arc<str>,
    /// Size of its type, in points.
    size: f32,
    /// The place of its middle, in points.
    pub centre: Point,
    /// The width and height of its words, in points.
    words: Point,
    paint: Paint,
    selected: bool,
}

/// How a line is drawn.
struct Thread<'a> {
    curve: &'a Curve,
    role: Role,
    width: f32,
    style: LineStyle,
    /// An arrow at its start, and one at its end.
    arrows: (bool, bool),
    /// Its arrows are hollow: no sentence supports it yet.
    bare: bool,
}

impl Brush<'_> {
    /// A curve of the canvas, in points.
    fn curve(&self, curve: &Curve) -> Curve {
        let at = |p| self.sight.at(p);
        Curve { from: at(curve.from), control: at(curve.control), to: at(curve.to) }
    }

    /// The colour and the width of a link's line.
    fn stroke(&self, number: u32, link: &SceneLink) -> (Role, f32) {
        let selected = self.chosen.links.contains(&link.id);
        let hovered = self.hovered.link == Some(number);
        let scale = self.sight.zoom.sqrt().clamp(0.55, 1.4);
        let width = match link.link.strength {
            Strength::Confirmed => 1.9,
            Strength::Unconfirmed | Strength::Tentative => 1.35,
        };
        let (role, extra) = match (selected, hovered) {
            (true, _) => (Role::Accent, 0.9),
            (false, true) => (Role::Ink, 0.4),
            (false, false) if link.is_bare() || link.id.is_derived() => {
                (Role::Bare(link.family), 0.0)
            }
            (false, false) => (Role::Family(link.family), 0.0),
        };
        (role, width * scale + extra)
    }

    /// Links with their arrows; those selected or under the pointer last.
    pub fn links(&self, pen: &mut impl Pen, scene: &Scene, links: &[u32]) {
        for on_top in [false, true] {
            for &number in links {
                let link = &scene.links[number as usize];
                let stands_out =
                    self.hovered.link == Some(number) || self.chosen.links.contains(&link.id);
                if stands_out != on_top {
                    continue;
                }
                let (role, width) = self.stroke(number, link);
                let thread = Thread {
                    curve: &link.curve,
                    role,
                    width,
                    style: link.line_style(),
                    arrows: (false, link.link.directed),
                    bare: link.is_bare(),
                };
                self.thread(pen, &thread);
                if self.drifts(scene, link) {
                    self.drift_sign(pen, self.sight.at(link.curve.at(0.5)));
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

    /// The sign that a statement is surer than its source: a triangle that points up, at the middle of the line.
    fn drift_sign(&self, pen: &mut impl Pen, at: Point) {
        let size = 6.0 * self.sight.zoom.clamp(0.7, 1.2);
        let corners = [
            at - Point::new(0.0, size),
            at + Point::new(size, size * 0.8),
            at + Point::new(-size, size * 0.8),
        ];
        let line = Line::new(self.paint(Role::Accent), 1.6);
        pen.area(Outline::Corners(&corners), Some(self.paint(Role::Canvas)), Some(line));
    }

    /// A line with its arrows.
    fn thread(&self, pen: &mut impl Pen, thread: &Thread<'_>) {
        let width = thread.width;
        let curve = self.curve(thread.curve);
        let length = (9.5 * self.sight.zoom.sqrt()).clamp(4.0, 12.0) + width;
        let (back, forth) = thread.arrows;
        let cut = |arrow: bool| if arrow { length * 0.85 } else { 0.0 };
        let (width_drawn, dash) = match thread.style {
            LineStyle::Solid => (width, Dash::None),
            LineStyle::Dashed => (width, Dash::Dashed),
            LineStyle::Dotted => (width.max(1.4), Dash::Dotted),
            LineStyle::Derived => (width * 0.85, Dash::DashDot),
        };
        let paint = self.paint(thread.role);
        pen.thread(&curve, (cut(back), cut(forth)), Line::new(paint, width_drawn).dashed(dash));
        if back {
            self.arrow_head(pen, curve.from, curve.tangent(0.0) * -1.0, length, thread);
        }
        if forth {
            self.arrow_head(pen, curve.to, curve.tangent(1.0), length, thread);
        }
    }

    /// An arrow's head, whose tip is here and that points this way: hollow where no sentence supports the link.
    fn arrow_head(
        &self,
        pen: &mut impl Pen,
        tip: Point,
        way: Point,
        length: f32,
        thread: &Thread<'_>,
    ) {
        let side = Point::new(-way.y, way.x) * (length * 0.42);
        let back = tip - way * length;
        let head = [tip, back + side, back - side];
        let paint = self.paint(thread.role);
        let (fill, line) = if thread.bare {
            (self.paint(Role::Canvas), Some(Line::new(paint, thread.width.min(1.3))))
        } else {
            (paint, None)
        };
        pen.area(Outline::Corners(&head), Some(fill), line);
    }

    /// Bundles: the links that run to boxes.
    pub fn bundles(&self, pen: &mut impl Pen, scene: &Scene, bundles: &[u32]) {
        for &number in bundles {
            let bundle = &scene.board.bundles[number as usize];
            let one = match &bundle.links[..] {
                [one] => Some(&scene.links[*one as usize]),
                _ => None,
            };
            let family = bundle.family.unwrap_or(Family::Other);
            let (selected, hovered) =
                (self.is_bundle_selected(scene, bundle), self.is_hovered(OnBoard::Bundle(number)));
            let role = match (selected, hovered) {
                (true, _) => Role::Accent,
                (false, true) => Role::Ink,
                (false, false) if bundle.bare => Role::Bare(family),
                (false, false) => Role::Family(family),
            };
            let scale = self.sight.zoom.sqrt().clamp(0.55, 1.4);
            let more = (bundle.links.len() as f32).ln() * 0.8;
            let thread = Thread {
                curve: &bundle.curve,
                role,
                width: (1.5 + more).min(5.0) * scale + if selected { 0.9 } else { 0.0 },
                style: one.map_or(LineStyle::Solid, SceneLink::line_style),
                arrows: bundle.arrows,
                bare: bundle.bare,
            };
            self.thread(pen, &thread);
        }
    }

    /// Whether all links of a bundle are selected.
    fn is_bundle_selected(&self, scene: &Scene, bundle: &Bundle) -> bool {
        !self.chosen.links.is_empty()
            && bundle
                .links
                .iter()
                .all(|link| self.chosen.links.contains(&scene.links[*link as usize].id))
    }

    /// Size of the type of links' labels, in points.
    fn label_size(&self) -> f32 {
        11.5 * self.sight.zoom.clamp(LABELS_AS_THINGS, 1.6)
    }

    /// What is written on bundles: how many links they are.
    pub fn bundle_labels(
        &self,
        scene: &Scene,
        bundles: &[u32],
        letters: &mut impl Letters,
    ) -> Vec<LinkLabel> {
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
            let role = match (selected, stands_out) {
                (true, _) => Role::Accent,
                (false, true) => Role::Ink,
                (false, false) => Role::Family(bundle.family.unwrap_or(Family::Other)),
            };
            let at = bundle.curve.at(0.5);
            found.extend(self.link_label(letters, &bundle.written, at, role, selected));
        }
        found
    }

    fn link_label(
        &self,
        letters: &mut impl Letters,
        written: &Arc<str>,
        at: Point,
        role: Role,
        selected: bool,
    ) -> Option<LinkLabel> {
        let size = self.label_size();
        let words = letters.measure(&Text::Line(written, size))?;
        Some(LinkLabel {
            written: Arc::clone(written),
            size,
            centre: self.sight.at(at),
            words,
            paint: self.paint(role),
            selected,
        })
    }

    /// Whether a relation is written on any link in this frame.
    #[must_use]
    pub fn writes_on_links(&self) -> bool {
        self.detail.link_labels || self.hovered.link.is_some() || !self.chosen.links.is_empty()
    }

    /// Whether a link's label covers nothing at this zoom: below [`LABELS_AS_THINGS`], its type is larger than things are.
    fn has_room(&self, link: &SceneLink) -> bool {
        link.label_roomy || self.sight.zoom >= LABELS_AS_THINGS
    }

    /// The relations on the links that have room for them, or that stand out: what is written, and where.
    pub fn link_labels(
        &self,
        scene: &Scene,
        links: &[u32],
        letters: &mut impl Letters,
    ) -> Vec<LinkLabel> {
        let mut found = Vec::new();
        if !self.writes_on_links() {
            return found;
        }
        for &number in links {
            let link = &scene.links[number as usize];
            let selected = self.chosen.links.contains(&link.id);
            // The relations of a crowd would only cover each other.
            let told = self.detail.link_labels || self.chosen.links.len() <= MOST_TOLD;
            let stands_out = (selected && told) || self.hovered.link == Some(number);
            let at = match link.label_at {
                Some(at) if stands_out || (self.detail.link_labels && self.has_room(link)) => at,
                None if stands_out => 0.5,
                _ => continue,
            };
            let role = match (selected, stands_out) {
                (true, _) => Role::Accent,
                (false, true) => Role::Ink,
                (false, false) => Role::Family(link.family),
            };
            let at = link.curve.at(at);
            found.extend(self.link_label(letters, &link.written, at, role, selected));
        }
        found
    }

    /// The grounds of links' labels.
    pub fn link_label_grounds(&self, pen: &mut impl Pen, labels: &[LinkLabel]) {
        for label in labels {
            let size = label.words + Point::new(12.0, 4.0);
            let pill = Outline::Round(Rect::around(label.centre, size), size.y * 0.5);
            let (ground, line) = if label.selected {
                (Role::Surface, Some(Line::new(self.paint(Role::Accent), 1.2)))
            } else {
                (Role::Canvas, None)
            };
            pen.area(pill, Some(self.paint(ground)), line);
        }
    }

    /// Links' labels themselves.
    pub fn link_label_texts(&self, letters: &mut impl Letters, labels: &[LinkLabel]) {
        for label in labels {
            letters.write(&Text::Line(&label.written, label.size), label.centre, label.paint);
        }
    }
}
