//! Ways around nodes: a link whose line would run behind a node that it has nothing to do with is bent a little aside,
//! where a way that is hardly longer is free.
//!
//! In a large scene nothing is bent: a line is one of thousands there, and looking would take longer than a frame.

use super::{End, Scene};
use crate::graph::{Curve, Rect, curve};

/// In a scene with more links or nodes than this nothing is bent.
const MOST_LINKS: usize = 1_000;
const MOST_NODES: usize = 1_500;
/// How far the middle of a line is moved aside, in canvas units: as little as will do.
const STEPS: [f32; 5] = [24.0, 40.0, 60.0, 86.0, 120.0];
/// At most this share of the distance between its ends: a line that is bent so far is a fifteenth longer.
const MOST_BENT: f32 = 0.16;
/// The room between a line and a node it passes, in canvas units.
const ROOM: f32 = 4.0;
/// The distance between two places at which a line is looked at, in canvas units.
const STRIDE: f32 = 14.0;

impl Scene {
    /// Decides for every link whether it takes a detour, draws those anew for which that has changed, and indexes them.
    pub(super) fn take_detours(&mut self) {
        let small = self.links.len() <= MOST_LINKS && self.nodes.len() <= MOST_NODES;
        if !small && !self.any_detour {
            return;
        }
        let mut changed = Vec::new();
        for number in 0..self.links.len() as u32 {
            let detour = if small { self.detour_of(number) } else { 0.0 };
            if detour != self.links[number as usize].detour {
                self.links[number as usize].detour = detour;
                changed.push(number);
            }
        }
        self.any_detour = self.links.iter().any(|link| link.detour != 0.0);
        if changed.is_empty() {
            return;
        }
        // What ends at the middle of a link follows it.
        let mut among = self.marks_of(&changed);
        for &onto in &self.onto {
            if let End::Link(to) = self.links[onto as usize].to
                && among[to as usize]
            {
                among[onto as usize] = true;
                changed.push(onto);
            }
        }
        changed.sort_unstable();
        changed.dedup();
        for &link in &changed {
            self.outgrow(self.links[link as usize].curve.bounds());
            self.forget_label(link);
        }
        self.draw_lines(&changed);
        for &link in &changed {
            let rect = self.links[link as usize].curve.bounds();
            self.link_grid.set(link, rect);
            self.bounds.0 = self.bounds.0.union(rect);
            self.widen(rect, self.link_visibility(link), false);
        }
    }

    /// How far aside a link's middle is to be moved, beyond the bend that keeps it apart from its neighbours.
    fn detour_of(&self, number: u32) -> f32 {
        let link = &self.links[number as usize];
        let End::Node(to) = link.to else { return 0.0 };
        if to == link.from {
            return 0.0;
        }
        let (a, b) = (self.nodes[link.from as usize].end(), self.nodes[to as usize].end());
        let hidden = |bend: f32| self.nodes_before(&curve(a, b, bend), [link.from, to]);
        let mut least = hidden(link.bend);
        if least == 0 {
            return 0.0;
        }
        // Of links between the same two nodes each keeps its place: the outer ones move outwards.
        let other =
            if self.links_of(to).len() < self.links_of(link.from).len() { to } else { link.from };
        let same = |other: &&u32| {
            let other = &self.links[**other as usize];
            let ends = (other.from, other.to);
            ends == (link.from, End::Node(to)) || ends == (to, End::Node(link.from))
        };
        let alone = self.links_of(other).iter().filter(same).count() == 1;
        if !alone && link.bend == 0.0 {
            return 0.0;
        }
        let ways: &[f32] = match link.bend {
            bend if bend > 0.0 => &[1.0],
            bend if bend < 0.0 => &[-1.0],
            _ => &[1.0, -1.0],
        };
        let farthest = a.1.distance(b.1) * MOST_BENT;
        let mut best = 0.0;
        for step in STEPS.into_iter().filter(|step| link.bend.abs() + step <= farthest) {
            for way in ways {
                let count = hidden(link.bend + way * step);
                if count < least {
                    (least, best) = (count, way * step);
                }
            }
            if least == 0 {
                break;
            }
        }
        best
    }

    /// The number of nodes that a line runs behind, its ends not counted.
    fn nodes_before(&self, line: &Curve, ends: [u32; 2]) -> usize {
        let stretch = line.from.distance(line.to);
        let looks = (stretch / STRIDE).ceil().clamp(4.0, 200.0) as u16;
        let mut count = 0;
        self.node_grid.visit(line.bounds().expand(ROOM), |node| {
            if ends.contains(&node) {
                return;
            }
            let node = &self.nodes[node as usize];
            let rect: Rect = node.rect().expand(ROOM);
            let behind = (1..looks).any(|look| {
                let at = line.at(f32::from(look) / f32::from(looks));
                rect.contains(at) && node.contains(at, ROOM)
            });
            count += usize::from(behind);
        });
        count
    }
}
