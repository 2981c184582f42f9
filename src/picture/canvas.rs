//! The canvas as a drawing: all of it, or a part. Where there is so much that nothing could be read, nodes are dots, links
//! slivers, and only the most linked nodes are named; what is left out is said.

use std::collections::BTreeSet;

use super::shapes::{Closed, Drawing, Recorder, Shape, Subject};
use super::typeset::Typesetter;
use crate::drawing::{
    Anchor, Brush, Chosen, Detail, Hovered, Line, MOST_LINKS, Paint, Pen as _, Role, Room, SLIVER,
    Sight, dot, places_beside, sign_of,
};
use crate::graph::{Point, Rect};
use crate::inquiry::sources::AllSources;
use crate::notebook::{CardId, Kind};
use crate::scene::{End, LineStyle, Scene, Visibility};
use crate::text::shown_line;

/// More nodes or links than this are drawn as dots and slivers.
const MOST_SHAPES: usize = 5_000;
const MOST_CURVES: usize = 10_000;
/// Of more links than this the relations are not written: they would only cover each other.
const MOST_RELATIONS: usize = 1_500;
/// The longer side of a drawing of dots and slivers, in points.
const AFAR: f32 = 2_400.0;
/// Size of the type of names among dots, in points, the width of the longest, and how many there are at most.
const NAME: (f32, f32, usize) = (16.0, 240.0, 150);
/// Shapes between two looks at whether to stop.
const ASK_EVERY: usize = 1_024;

/// What of a scene is drawn, and where.
pub struct View<'a> {
    /// What there is.
    pub scene: &'a mut Scene,
    /// The note cards that are drawn; all of them otherwise.
    pub cards: Option<&'a BTreeSet<CardId>>,
    /// The sources of the claims.
    pub sources: Option<&'a AllSources>,
    /// Whether it is time to stop.
    pub stop: &'a dyn Fn() -> bool,
}

/// The canvas as it was drawn.
pub struct Drawn {
    /// Shapes and words, with their upper left corner at the origin, and what was left out.
    pub drawing: Drawing,
    /// The part of the canvas that was drawn, in canvas units.
    pub part: Rect,
    /// Whether any claim has its figures.
    pub figures: bool,
}

/// Whether so many nodes and links are drawn as dots and slivers.
#[must_use]
pub fn is_crowded(scene: &Scene) -> bool {
    let (nodes, links) = scene.shown_counts();
    nodes > MOST_SHAPES || links > MOST_CURVES
}

impl View<'_> {
    fn has_card(&self, number: u32) -> bool {
        let id = self.scene.board.cards[number as usize].id;
        self.cards.is_none_or(|cards| cards.contains(&id))
    }

    fn numbers(count: usize, seen: impl Fn(u32) -> bool) -> Vec<u32> {
        (0..count as u32).filter(|number| seen(*number)).collect()
    }

    /// The rectangle around all that is drawn, in canvas units; `None` where that is nothing.
    fn part(&self, shown: &Shown) -> Option<Rect> {
        let scene = &*self.scene;
        let board = &scene.board;
        let nodes = shown.nodes.iter().map(|n| scene.nodes[*n as usize].rect());
        let links = shown.links.iter().map(|n| scene.links[*n as usize].curve.bounds());
        let groups = shown.groups.iter().map(|n| board.groups[*n as usize].rect);
        let cards = shown.cards.iter().map(|n| board.cards[*n as usize].rect());
        let bundles = shown.bundles.iter().map(|n| board.bundles[*n as usize].curve.bounds());
        let all = nodes.chain(groups).chain(cards).fold(Rect::NOTHING, Rect::union);
        let all = links.chain(bundles).fold(all, Rect::union);
        all.is_valid().then_some(all)
    }

    /// Draws it; `None` where there is nothing to draw, or where it was stopped.
    pub fn draw(&mut self, letters: &mut Typesetter<'_>) -> Option<Drawn> {
        let scene = &*self.scene;
        let board = &scene.board;
        let mut shown = Shown {
            nodes: Self::numbers(scene.nodes.len(), |n| {
                scene.node_visibility(n) != Visibility::Hidden
            }),
            links: Self::numbers(scene.links.len(), |n| {
                scene.link_visibility(n) != Visibility::Hidden
            }),
            groups: Self::numbers(board.groups.len(), |n| {
                let group = &board.groups[n as usize];
                group.visibility != Visibility::Hidden && group.rect.is_valid()
            }),
            cards: Self::numbers(board.cards.len(), |n| self.has_card(n)),
            bundles: Self::numbers(board.bundles.len(), |n| {
                board.bundles[n as usize].visibility != Visibility::Hidden
            }),
        };
        let part = self.part(&shown)?;
        let crowded = is_crowded(scene);
        let relations = !crowded && shown.links.len() <= MOST_RELATIONS;
        let longest = part.size().x.max(part.size().y).max(1.0);
        let zoom = if crowded { (AFAR / longest).min(1.0) } else { 1.0 };
        let links = (shown.links.len(), shown.links.len());
        let brush = Brush {
            sight: Sight { middle: Point::default(), centre: part.min, zoom },
            detail: Detail {
                labels: !crowded,
                some_labels: false,
                link_labels: relations,
                shapes: !crowded,
                links,
            },
            chosen: Chosen::NOTHING,
            hovered: Hovered::default(),
            sources: self.sources,
            faded: false,
            controls: false,
        };
        if relations {
            self.scene.place_labels(part);
        }
        // What stands back lies under what does not.
        let faded = shown.take_faded(self.scene);
        let mut pen = Recorder::default();
        let mut left_out = Vec::new();
        let figures = if crowded {
            self.draw_from_afar(&brush, &faded, &shown, &mut pen, letters, &mut left_out)?;
            false
        } else {
            if !relations {
                left_out.push(format!(
                    "The relations of {} links are not written on them.",
                    shown.links.len()
                ));
            }
            let back = Brush { faded: true, ..brush };
            self.draw_closely(&back, &faded, &mut pen, letters)?;
            self.draw_closely(&brush, &shown, &mut pen, letters)?
        };
        let size = part.size() * zoom;
        let drawing = Drawing { size, title: String::new(), shapes: pen.shapes, left_out };
        Some(Drawn { drawing, part, figures })
    }

    /// Everything as it is: whether any claim has its figures.
    fn draw_closely(
        &self,
        brush: &Brush<'_>,
        shown: &Shown,
        pen: &mut Recorder,
        letters: &mut Typesetter<'_>,
    ) -> Option<bool> {
        let scene = &*self.scene;
        brush.frames(pen, scene, &shown.groups);
        brush.titles(scene, &shown.groups, letters);
        pen.shapes.append(&mut letters.take());
        for &card in &shown.cards {
            brush.cards(pen, scene, &[card]);
            brush.card_texts(scene, &[card], letters);
            pen.shapes.append(&mut letters.take());
        }
        for (&link, count) in shown.links.iter().zip(1..) {
            if count % ASK_EVERY == 0 && (self.stop)() {
                return None;
            }
            let subject = self.link_subject(link);
            let own = subject.is_some();
            pen.shapes.extend(subject.map(Shape::Open));
            brush.links(pen, scene, &[link]);
            if own {
                pen.shapes.push(Shape::Close);
            }
        }
        brush.bundles(pen, scene, &shown.bundles);
        let written = brush.bundle_labels(scene, &shown.bundles, letters);
        brush.link_label_grounds(pen, &written);
        brush.link_label_texts(letters, &written);
        pen.shapes.append(&mut letters.take());
        if !brush.faded {
            for &link in &shown.links {
                let written = brush.link_labels(scene, &[link], letters);
                if written.is_empty() {
                    continue;
                }
                let subject = self.link_subject(link);
                let own = subject.is_some();
                pen.shapes.extend(subject.map(Shape::Open));
                brush.link_label_grounds(pen, &written);
                brush.link_label_texts(letters, &written);
                pen.shapes.append(&mut letters.take());
                if own {
                    pen.shapes.push(Shape::Close);
                }
            }
        }
        brush.boxes(pen, scene, &shown.groups);
        brush.box_titles(scene, &shown.groups, letters);
        pen.shapes.append(&mut letters.take());
        let mut figures = false;
        for (&number, count) in shown.nodes.iter().zip(1..) {
            if count % ASK_EVERY == 0 && (self.stop)() {
                return None;
            }
            let node = &scene.nodes[number as usize];
            let name = shown_line(&node.entity.name).into_owned();
            pen.shapes.push(Shape::Open(Subject { id: node.id.to_string(), name }));
            brush.nodes(pen, scene, &[number]);
            brush.node_labels(scene, &[number], letters);
            pen.shapes.append(&mut letters.take());
            if !brush.faded && node.kind == Kind::Claim {
                let sources = self.sources.and_then(|all| all.of(node.id));
                figures |= sources.and_then(sign_of).is_some();
                brush.claim_signs(pen, scene, &[number], letters);
                pen.shapes.append(&mut letters.take());
            }
            pen.shapes.push(Shape::Close);
        }
        Some(figures)
    }

    /// A link made by hand, by what it says: derived ones have no record of their own.
    fn link_subject(&self, number: u32) -> Option<Subject> {
        let scene = &*self.scene;
        let link = &scene.links[number as usize];
        if link.line_style() == LineStyle::Derived {
            return None;
        }
        let from = &scene.nodes[link.from as usize].entity.name;
        let to = match link.to {
            End::Node(to) => &scene.nodes[to as usize].entity.name,
            End::Link(to) => &*scene.links[to as usize].label,
        };
        let name = format!("{from}: {}, {to}", link.label);
        Some(Subject { id: link.id.to_string(), name: shown_line(&name).into_owned() })
    }

    /// Dots, slivers, and the names of those with the most links.
    fn draw_from_afar(
        &self,
        brush: &Brush<'_>,
        faded: &Shown,
        shown: &Shown,
        pen: &mut Recorder,
        letters: &mut Typesetter<'_>,
        left_out: &mut Vec<String>,
    ) -> Option<()> {
        let scene = &*self.scene;
        brush.frames(pen, scene, &shown.groups);
        brush.cards(pen, scene, &shown.cards);
        let all = faded.links.iter().map(|link| (link, true));
        let all = all.chain(shown.links.iter().map(|link| (link, false)));
        for ((&link, faded), count) in all.take(MOST_LINKS).zip(1..) {
            if count % ASK_EVERY == 0 && (self.stop)() {
                return None;
            }
            let role = if faded { Role::Muted } else { Role::Thread };
            pen.shapes.extend(self.sliver(brush, link, Paint { role, faded }));
        }
        brush.bundles(pen, scene, &shown.bundles);
        brush.boxes(pen, scene, &shown.groups);
        for (&number, count) in faded.nodes.iter().chain(&shown.nodes).zip(1..) {
            if count % ASK_EVERY == 0 && (self.stop)() {
                return None;
            }
            let node = &scene.nodes[number as usize];
            let dot = dot(node, scene.node_visibility(number), brush.sight.zoom);
            let (at, half) = (brush.sight.at(node.centre), dot.half);
            let outline = if dot.lozenge {
                let (x, y) = (Point::new(half.x, 0.0), Point::new(0.0, half.y));
                Closed::Corners(vec![at - y, at + x, at + y, at - x])
            } else {
                Closed::Round(Rect::around(at, half * 2.0), 0.0)
            };
            pen.shapes.push(Shape::Area { outline, fill: Some(dot.paint), line: None });
        }
        brush.titles(scene, &shown.groups, letters);
        brush.box_titles(scene, &shown.groups, letters);
        pen.shapes.append(&mut letters.take());
        let named = self.names_beside(brush, shown, pen, letters);
        let (nodes, links) =
            (faded.nodes.len() + shown.nodes.len(), faded.links.len() + shown.links.len());
        left_out.push(format!(
            "{nodes} entities are drawn as dots, and {named} of them, those with the most links, are named."
        ));
        if links > MOST_LINKS {
            left_out.push(format!("{MOST_LINKS} of {links} links are drawn."));
        }
        if !shown.cards.is_empty() {
            left_out.push("The words of note cards are left out.".to_owned());
        }
        Some(())
    }

    fn sliver(&self, brush: &Brush<'_>, number: u32, paint: Paint) -> Option<Shape> {
        let link = &self.scene.links[number as usize];
        let from = brush.sight.at(self.scene.nodes[link.from as usize].centre);
        let to = brush.sight.at(match link.to {
            End::Node(to) => self.scene.nodes[to as usize].centre,
            End::Link(_) => link.curve.to,
        });
        let way = to - from;
        let length = way.length();
        if length <= 0.0 {
            return None;
        }
        let side = Point::new(-way.y, way.x) * (0.5 * SLIVER / length);
        let outline = Closed::Corners(vec![from + side, from - side, to]);
        Some(Shape::Area { outline, fill: Some(paint), line: None })
    }

    /// Names beside the nodes with the most links, where no other name is: how many.
    fn names_beside(
        &self,
        brush: &Brush<'_>,
        shown: &Shown,
        pen: &mut Recorder,
        letters: &mut Typesetter<'_>,
    ) -> usize {
        let (size, width, most) = NAME;
        let room = Room { width, rows: 1, size, anchor: Anchor::Middle };
        let mut taken: Vec<Rect> = Vec::new();
        let scene = &*self.scene;
        for &number in scene.landmarks() {
            if taken.len() == most {
                break;
            }
            if shown.nodes.binary_search(&number).is_err() {
                continue;
            }
            let node = &scene.nodes[number as usize];
            let words = letters.size(&node.entity.name, room, false) + Point::new(8.0, 0.0);
            let spots = places_beside(brush.rect(node), words).into_iter();
            let mut spots = spots.map(|at| (at, Rect::around(at, words)));
            let free = spots.find(|(_, spot)| !taken.iter().any(|other| other.overlaps(*spot)));
            let Some((at, spot)) = free else { continue };
            taken.push(spot);
            let ground = crate::drawing::Outline::Round(spot, 3.0);
            pen.area(ground, Some(Role::Veil.into()), None::<Line>);
            letters.set(&node.entity.name, room, false, at, Role::Ink.into());
            pen.shapes.append(&mut letters.take());
        }
        taken.len()
    }
}

/// What is drawn, by number.
#[derive(Default)]
struct Shown {
    nodes: Vec<u32>,
    links: Vec<u32>,
    groups: Vec<u32>,
    cards: Vec<u32>,
    bundles: Vec<u32>,
}

impl Shown {
    /// Takes out what is faded.
    fn take_faded(&mut self, scene: &Scene) -> Self {
        if scene.is_all_visible() {
            return Self::default();
        }
        Self {
            nodes: scene.take_faded_nodes(&mut self.nodes),
            links: scene.take_faded_links(&mut self.links),
            groups: scene.take_faded_groups(&mut self.groups),
            cards: Vec::new(),
            bundles: scene.take_faded_bundles(&mut self.bundles),
        }
    }
}
