//! Painting what is in view: background, links, nodes, labels, marks. Nothing here decides anything: what is
//! hovered, selected or dragged is handed in.

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Color32, Context, FontFamily, FontId, Painter, Pos2, Rect, Shape, Vec2};

use super::detail::Detail;
use super::labels::Labels;
use super::pen::{self, Pen};
use super::scene::{Line, Scene, SceneLink, SceneNode};
use super::view::View;
use crate::app::Selection;
use crate::graph;
use crate::notebook::{Kind, Strength};
use crate::ui::look::{Look, mix};

/// Radius of a handle, in points.
pub const HANDLE: f32 = 4.5;

/// No more names than this stand beside nodes that are too small for them.
const MOST_LANDMARKS: usize = 40;

/// What painting needs to know.
pub struct Brush<'a> {
    /// Where to paint.
    pub painter: &'a Painter,
    /// Colours and faces.
    pub look: &'a Look,
    /// The canvas's place on screen.
    pub pane: Rect,
    /// What is in view.
    pub view: View,
    /// How much is drawn.
    pub detail: Detail,
    /// What is selected.
    pub selection: &'a Selection,
    /// The node under the pointer.
    pub hovered_node: Option<u32>,
    /// The link under the pointer.
    pub hovered_link: Option<u32>,
}

/// A link's label: what is written, and where.
pub struct LinkLabel {
    galley: Arc<egui::Galley>,
    centre: Pos2,
    ink: Color32,
    selected: bool,
}

impl Brush<'_> {
    fn ctx(&self) -> &Context {
        self.painter.ctx()
    }

    /// A pen for small things that are drawn anew in every frame.
    pub fn pen(&self) -> Pen {
        Pen::new(self.ctx().pixels_per_point())
    }

    /// Paints what a pen drew.
    pub fn add(&self, pen: Pen) {
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
        self.view.screen_rect(self.pane, node.rect())
    }

    fn text(&self, galley: Arc<egui::Galley>, centre: Pos2, colour: Color32) {
        let top = centre.y - galley.rect.height() * 0.5;
        self.painter.add(TextShape::new(Pos2::new(centre.x, top), galley, colour));
    }

    /// The grid of dots on the ground, for a part of the canvas.
    pub fn ground(&self, pen: &mut Pen, part: graph::Rect) {
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
                pen.block(Pos2::new(x, y), half, self.look.lines);
                x += step;
            }
            y += step;
        }
    }

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
            mix(self.look.muted, self.look.canvas, 0.45)
        } else {
            self.look.muted
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
                self.look.muted
            };
            found.push(LinkLabel {
                galley: labels.text(self.ctx(), &link.label, size),
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

    /// Nodes with their outlines and marks.
    pub fn nodes(&self, pen: &mut Pen, scene: &Scene, nodes: &[u32]) {
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
                pen.line(&outline, 1.6, self.look.accent, true);
            }
            shape_points(node.kind, rect, self.view.zoom, &mut outline);
            let ground = if selected { self.look.tint(node.kind) } else { self.look.surface };
            let width = match (selected, hovered) {
                (true, _) => 2.4,
                (false, true) => 2.1,
                (false, false) => 1.5,
            } * scale;
            let colour = self.look.kind(node.kind);
            if node.entity.is_anonymous() {
                pen.fill(&outline, ground);
                pen.dashed_outline(&outline, width, colour, 4.5, 3.0);
            } else {
                pen.shape(&outline, ground, width, colour);
            }
            if rect.height() > 16.0 {
                self.marks(pen, node, rect);
            }
        }
    }

    /// The marks “to check” and “pinned”, at the upper corners.
    fn marks(&self, pen: &mut Pen, node: &SceneNode, rect: Rect) {
        let inset = match node.kind {
            Kind::Actor => rect.height() * 0.24,
            Kind::Event => rect.width() * 0.26,
            Kind::Claim => 0.0,
        };
        let drop = if node.kind == Kind::Event { rect.height() * 0.24 } else { 0.0 };
        let size = self.view.zoom.clamp(0.7, 1.2);
        if node.entity.to_check {
            let at = Pos2::new(rect.right() - inset, rect.top() + drop);
            pen.disc(at, 7.0 * size, self.look.accent);
            let white = self.look.surface;
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
            pen.line(&[at, at + Vec2::new(-2.6, 5.2) * size], 1.2 * size, self.look.muted, false);
            pen.disc(at, 4.0 * size, self.look.canvas);
            pen.disc(at, 3.0 * size, self.look.muted);
        }
    }

    /// The nodes' names.
    pub fn node_labels(&self, scene: &Scene, nodes: &[u32], labels: &mut Labels) {
        for &number in nodes {
            let node = &scene.nodes[number as usize];
            if let Some(galley) = labels.node(self.ctx(), node, self.view.zoom) {
                self.text(galley, self.rect(node).center(), self.look.ink);
            }
        }
    }

    /// Too small for names inside: the names of the nodes with the most links, beside them where there is room.
    pub fn landmarks(&self, scene: &Scene, labels: &mut Labels) {
        let mut taken: Vec<Rect> = Vec::with_capacity(MOST_LANDMARKS);
        let mut texts = Vec::new();
        let mut boxes = self.pen();
        let mut outline = Vec::new();
        let shown = self.view.canvas_rect(self.pane, self.pane);
        let standing_out = |number: u32| {
            self.hovered_node == Some(number)
                || self.selection.entities.contains(&scene.nodes[number as usize].id)
        };
        let chosen = self.selection.entities.iter().take(MOST_LANDMARKS);
        let first = self.hovered_node.into_iter().chain(chosen.filter_map(|id| scene.node(*id)));
        for number in first.chain(scene.landmarks().iter().copied()) {
            let node = &scene.nodes[number as usize];
            if taken.len() >= MOST_LANDMARKS {
                break;
            }
            if !shown.contains(node.centre) {
                continue;
            }
            let galley = labels.landmark(self.ctx(), node);
            let rect = self.rect(node);
            let half = galley.rect.height() * 0.5 + 1.0;
            let size = Vec2::new(galley.rect.width() + 6.0, galley.rect.height());
            let aside = size.x * 0.5 + 3.0;
            let places = [
                Pos2::new(rect.center().x, rect.bottom() + half),
                Pos2::new(rect.center().x, rect.top() - half),
                Pos2::new(rect.right() + aside, rect.center().y),
                Pos2::new(rect.left() - aside, rect.center().y),
            ];
            let free = |room: &Rect| {
                if taken.iter().any(|other| other.intersects(*room)) {
                    return false;
                }
                // Among thousands of dots there is no place without one.
                if !self.detail.shapes {
                    return true;
                }
                let mut free = true;
                let room = self.view.canvas_rect(self.pane, *room);
                scene.visit_nodes(room, |other| free &= other == number);
                free
            };
            let at = places.into_iter().find(|at| free(&Rect::from_center_size(*at, size)));
            let at = at.or_else(|| standing_out(number).then_some(places[0]));
            let Some(mut at) = at else { continue };
            let (left, right) = (self.pane.left() + 6.0, self.pane.right() - 6.0);
            if size.x < right - left {
                at.x = at.x.clamp(left + size.x * 0.5, right - size.x * 0.5);
            }
            let room = Rect::from_center_size(at, size);
            taken.push(room);
            pen::rounded(room, 3.0, &mut outline);
            boxes.fill(&outline, self.look.canvas.gamma_multiply(0.8));
            let ink = if standing_out(number) { self.look.ink } else { self.look.muted };
            texts.push((galley, at, ink));
        }
        self.add(boxes);
        for (galley, centre, ink) in texts {
            self.text(galley, centre, ink);
        }
    }

    /// The handles of a node, from which a link is dragged; `hot` is the one under the pointer.
    pub fn handles(&self, node: &SceneNode, hot: Option<usize>) {
        let mut pen = self.pen();
        for (number, at) in handle_places(self.rect(node)).into_iter().enumerate() {
            let radius = if hot == Some(number) { HANDLE + 1.5 } else { HANDLE };
            let fill = if hot == Some(number) { self.look.accent } else { self.look.surface };
            pen.disc(at, radius, fill);
            pen.circle(at, radius, 1.4, self.look.accent);
        }
        self.add(pen);
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
        pen::rounded(Rect::from_center_size(centre, size), 99.0, &mut outline);
        pen.fill_soft(&outline, self.look.kind(node.kind));
        self.add(pen);
        self.text(galley, centre, self.look.surface);
    }

    /// The thread that follows the pointer from a node's handle; `onto` is the node it would link to.
    pub fn thread(&self, node: &SceneNode, to: Pos2, onto: Option<&SceneNode>) {
        let centre = self.rect(node).center();
        let towards = self.view.canvas(self.pane, to);
        let from = self.at(graph::border(node.shape(), node.centre, node.size, towards));
        let mut pen = self.pen();
        if let Some(onto) = onto {
            let mut outline = Vec::new();
            let rect = grown(onto.kind, self.rect(onto), 4.0);
            shape_points(onto.kind, rect, self.view.zoom, &mut outline);
            pen.line(&outline, 2.0, self.look.accent, true);
        }
        // The red thread: a little slack, as a thread has.
        let sag = Vec2::new(0.0, ((to - centre).length() * 0.06).min(22.0));
        let middle = from + (to - from) * 0.5 + sag * 2.0;
        let points: Vec<Pos2> = (0..=24)
            .map(|i| {
                let t = i as f32 / 24.0;
                let a = from + (middle - from) * t;
                let b = middle + (to - middle) * t;
                a + (b - a) * t
            })
            .collect();
        pen.line(&points, 2.2, self.look.accent, false);
        pen.disc(from, 3.5, self.look.accent);
        pen.disc(to, 4.5, self.look.accent);
        self.add(pen);
    }

    /// The box that is being drawn to select what is in it.
    pub fn selection_box(&self, rect: Rect) {
        let mut pen = self.pen();
        let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
        pen.fill(&corners, self.look.accent.gamma_multiply(0.10));
        pen.dashed_outline(&corners, 1.2, self.look.accent, 5.0, 3.5);
        self.add(pen);
    }

    /// A frame around the pane while the keyboard is in it.
    pub fn focus(&self) {
        let rect = self.pane.shrink(1.0);
        let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
        let mut pen = self.pen();
        pen.line(&corners, 1.5, mix(self.look.muted, self.look.canvas, 0.35), true);
        self.add(pen);
    }

    /// A line of muted text in the lower left corner.
    pub fn note(&self, text: &str) {
        if text.is_empty() {
            return;
        }
        let galley = self.painter.layout_no_wrap(
            text.to_owned(),
            FontId::new(11.5, self.look.sans.clone()),
            self.look.muted,
        );
        let at = self.pane.left_bottom() + Vec2::new(12.0, -10.0 - galley.rect.height());
        let room = Rect::from_min_size(at, galley.rect.size()).expand2(Vec2::new(6.0, 3.0));
        self.painter.rect_filled(room, 4.0, self.look.canvas.gamma_multiply(0.85));
        self.painter.galley(at, galley, self.look.muted);
    }

    /// What an empty canvas says.
    pub fn empty(&self) {
        let middle = self.pane.center();
        let font = |size: f32, family: &FontFamily| FontId::new(size, family.clone());
        let width = (self.pane.width() - 48.0).clamp(80.0, 360.0);
        let mut y = middle.y - 34.0;
        for (text, size, colour) in [
            ("Nothing on the canvas yet", 16.0, self.look.ink),
            (
                "Tag actors, events and claims in the text: they appear here. Drag from a node’s handle to link.",
                13.5,
                self.look.muted,
            ),
        ] {
            let mut job = egui::epaint::text::LayoutJob::simple(
                text.to_owned(),
                font(size, &self.look.sans),
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

/// Where a node's handles are: the middles of its right, left, upper and lower side.
pub fn handle_places(rect: Rect) -> [Pos2; 4] {
    [rect.right_center(), rect.left_center(), rect.center_top(), rect.center_bottom()]
}

/// The rectangle of an outline that runs `by` points outside of the one in `rect`.
fn grown(kind: Kind, rect: Rect, by: f32) -> Rect {
    if kind != Kind::Event {
        return rect.expand(by);
    }
    // The sides of a rhombus stand aslant: its corners move farther than they do.
    let half = rect.size() * 0.5;
    let share = by * Vec2::new(1.0 / half.x.max(1.0), 1.0 / half.y.max(1.0)).length();
    rect.expand2(half * share)
}

/// A node's outline on screen, clockwise.
fn shape_points(kind: Kind, rect: Rect, zoom: f32, out: &mut Vec<Pos2>) {
    match kind {
        Kind::Actor => pen::rounded(rect, rect.height() * 0.5, out),
        Kind::Claim => pen::rounded(rect, 5.0 * zoom.clamp(0.4, 2.0), out),
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
