//! Groups in a drawing: the members of each are laid out by themselves and then treated as one node, as large as their
//! frame. So members stay together, and no frame covers what is not in it.

use super::usable::is_usable;
use super::{Node, Point, Rect};

/// Room between the members of a group and its frame, in canvas units.
const MARGIN: f32 = 18.0;
/// Room for the title over the members of a group, in canvas units.
pub const FRAME_TITLE: f32 = 26.0;
/// Height of the box of a folded group, in canvas units.
const BOX_HEIGHT: f32 = 58.0;
/// The narrowest and the widest such box, in canvas units.
const BOX_WIDTHS: (f32, f32) = (150.0, 280.0);

/// The frame of a group whose members fill `members`, with room for its title.
#[must_use]
pub fn frame_around(members: Rect) -> Rect {
    let frame = members.expand(MARGIN);
    Rect { min: frame.min - Point::new(0.0, FRAME_TITLE), max: frame.max }
}

/// The size of the box that a group with this title is folded into, in canvas units.
#[must_use]
pub fn box_size(title: &str) -> Point {
    let letters = title.chars().count() as f32;
    Point::new((letters * 7.6 + 64.0).clamp(BOX_WIDTHS.0, BOX_WIDTHS.1), BOX_HEIGHT)
}

/// A group in a drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// The nodes in it. One that is in several frames counts only in the first.
    pub members: Vec<u32>,
    /// The size of the box it is folded into, if it is.
    pub folded: Option<Point>,
}

/// A graph whose groups are one node each: the units that are laid out.
#[derive(Clone, Debug)]
pub struct Framed {
    units: Vec<Node>,
    /// For each node: its unit, and its displacement from the middle of that.
    inside: Vec<(u32, Point)>,
    groups: u32,
    loose: Vec<Loose>,
}

/// A group without pinned members: it may be mirrored.
#[derive(Clone, Debug)]
struct Loose {
    members: Vec<u32>,
    /// The displacement of its members' middle from the middle of its frame.
    middle: Point,
}

impl Framed {
    /// Collapses groups into units. `draw` lays out some of the nodes by themselves: it gets their numbers and returns
    /// their places, in that order, anywhere on the canvas; pinned ones where they are pinned. A group with a pinned
    /// member is pinned itself.
    pub fn new(
        nodes: &[Node],
        frames: &[Frame],
        draw: &mut dyn FnMut(&[u32]) -> Vec<Point>,
    ) -> Self {
        const NONE: u32 = u32::MAX;
        let mut framed = Self {
            units: Vec::with_capacity(nodes.len()),
            inside: vec![(NONE, Point::default()); nodes.len()],
            groups: 0,
            loose: Vec::new(),
        };
        for frame in frames {
            let mut members = Vec::with_capacity(frame.members.len());
            for &member in &frame.members {
                if framed.inside.get(member as usize).is_some_and(|(unit, _)| *unit == NONE) {
                    framed.inside[member as usize].0 = framed.units.len() as u32;
                    members.push(member);
                }
            }
            if !members.is_empty() {
                framed.put_together(nodes, members, frame.folded, draw);
            }
        }
        framed.groups = framed.units.len() as u32;
        for (node, inside) in nodes.iter().zip(&mut framed.inside) {
            if inside.0 == NONE {
                inside.0 = framed.units.len() as u32;
                framed.units.push(*node);
            }
        }
        framed
    }

    fn put_together(
        &mut self,
        nodes: &[Node],
        members: Vec<u32>,
        folded: Option<Point>,
        draw: &mut dyn FnMut(&[u32]) -> Vec<Point>,
    ) {
        let frame = |at: &mut dyn Iterator<Item = (u32, Point)>| {
            let around = |(n, at): (u32, Point)| Rect::around(at, nodes[n as usize].size);
            let all = at.map(around).fold(Rect::NOTHING, Rect::union);
            match folded {
                Some(size) => (Rect::around(all.centre(), size), all.centre()),
                None => (frame_around(all), all.centre()),
            }
        };
        let places = draw(&members);
        let (drawn, middle) = frame(&mut members.iter().copied().zip(places.iter().copied()));
        let pinned = members.iter().any(|&member| nodes[member as usize].pinned);
        let mut before = members.iter().filter_map(|&member| {
            let at = nodes[member as usize].at.filter(|&at| is_usable(at))?;
            Some((member, at))
        });
        let at = if pinned { drawn.centre() } else { frame(&mut before).0.centre() };
        for (&member, place) in members.iter().zip(places) {
            self.inside[member as usize].1 = place - drawn.centre();
        }
        let at = Some(at).filter(|at| at.is_finite());
        self.units.push(Node { at, pinned, size: drawn.size() });
        if !pinned {
            self.loose.push(Loose { members, middle: middle - drawn.centre() });
        }
    }

    /// The units that are laid out: the groups, and the nodes that are in none.
    #[must_use]
    pub fn units(&self) -> &[Node] {
        &self.units
    }

    /// The unit that a node is in.
    #[must_use]
    pub fn unit_of(&self, node: u32) -> u32 {
        self.inside[node as usize].0
    }

    /// The number of units that are groups: they come first.
    #[must_use]
    pub const fn groups(&self) -> u32 {
        self.groups
    }

    /// The place of every node when the units are at `places`.
    #[must_use]
    pub fn spread(&self, places: &[Point]) -> Vec<Point> {
        self.inside.iter().map(|&(unit, from)| places[unit as usize] + from).collect()
    }

    /// Mirrors groups, top to bottom and with `sideways` left to right as well, where that shortens the `links` (of
    /// nodes) that leave them. The units stay at `places`.
    pub fn mirror(&mut self, places: &[Point], links: &[(u32, u32)], sideways: bool) {
        let mut own: Vec<Vec<(u32, u32)>> = vec![Vec::new(); self.loose.len()];
        let mut number = vec![None; self.units.len()];
        for (n, loose) in self.loose.iter().enumerate() {
            if let Some(&first) = loose.members.first() {
                number[self.unit_of(first) as usize] = Some(n);
            }
        }
        for &(a, b) in links {
            let there = |n: u32| self.inside.get(n as usize).map(|inside| inside.0);
            let (Some(from), Some(to)) = (there(a), there(b)) else { continue };
            if from == to {
                continue;
            }
            for (unit, mine, other) in [(from, a, b), (to, b, a)] {
                if let Some(n) = number[unit as usize] {
                    own[n].push((mine, other));
                }
            }
        }
        for (loose, own) in self.loose.iter().zip(own) {
            let turned = |from: Point, (x, y): (bool, bool)| {
                let middle = loose.middle;
                let off = from - middle;
                let turn = |v: f32, by: bool| if by { -v } else { v };
                middle + Point::new(turn(off.x, x), turn(off.y, y))
            };
            let length = |way: (bool, bool)| -> f32 {
                own.iter()
                    .map(|&(mine, other)| {
                        let (unit, from) = self.inside[mine as usize];
                        let (other, to) = self.inside[other as usize];
                        let here = places[unit as usize] + turned(from, way);
                        here.distance(places[other as usize] + to)
                    })
                    .sum()
            };
            let mut best = ((false, false), length((false, false)));
            for way in [(false, true), (true, false), (true, true)] {
                if way.0 && !sideways {
                    continue;
                }
                let length = length(way);
                if length < best.1 {
                    best = (way, length);
                }
            }
            for &member in &loose.members {
                let from = self.inside[member as usize].1;
                self.inside[member as usize].1 = turned(from, best.0);
            }
        }
    }
}
