//! The subject of a layout, independent of a notebook: the whole canvas, the inside of a group, or the groups as units.

use std::collections::HashMap;

use super::Arrangement;
use crate::graph::{Flow, Framed, Layout, Node, Options, Point, blocks, circular, layered};

/// What is laid out: nodes, and their properties that layouts use.
#[derive(Default)]
pub(super) struct Subject {
    pub nodes: Vec<Node>,
    pub links: Vec<(u32, u32)>,
    pub flows: Vec<Flow>,
    pub times: Vec<Option<i64>>,
    /// The entities of each kind, in order; those in no list come last.
    pub kinds: Vec<Vec<u32>>,
}

impl Subject {
    /// The subject with only some of its nodes.
    pub fn among(&self, members: &[u32]) -> Self {
        let number: HashMap<u32, u32> = members.iter().copied().zip(0..).collect();
        let new = |n: u32| number.get(&n).copied();
        self.numbered_anew(members.iter().map(|&n| self.nodes[n as usize]).collect(), &new)
    }

    /// The units of a drawing with groups, instead of its nodes.
    pub fn of_units(&self, framed: &Framed) -> Self {
        let unit = |n: u32| Some(framed.unit_of(n));
        let mut units = self.numbered_anew(framed.units().to_vec(), &unit);
        if !self.kinds.is_empty() && framed.groups() > 0 {
            for kind in &mut units.kinds {
                kind.retain(|unit| *unit >= framed.groups());
            }
            let free = |unit: &u32| !framed.units()[*unit as usize].pinned;
            units.kinds.push((0..framed.groups()).filter(free).collect());
        }
        units
    }

    fn numbered_anew(&self, nodes: Vec<Node>, new: &dyn Fn(u32) -> Option<u32>) -> Self {
        let pair = |a: u32, b: u32| Some((new(a)?, new(b)?)).filter(|(a, b)| a != b);
        let mut times = vec![None; if self.times.is_empty() { 0 } else { nodes.len() }];
        for (time, n) in self.times.iter().zip(0..) {
            if let (Some(time), Some(n)) = (time, new(n)) {
                let slot: &mut Option<i64> = &mut times[n as usize];
                *slot = Some(slot.map_or(*time, |other| other.min(*time)));
            }
        }
        let flow = |flow: &Flow| {
            let (from, to) = pair(flow.from, flow.to)?;
            Some(Flow { from, to, pull: flow.pull })
        };
        Self {
            nodes,
            links: self.links.iter().filter_map(|&(a, b)| pair(a, b)).collect(),
            flows: self.flows.iter().filter_map(flow).collect(),
            times,
            kinds: self
                .kinds
                .iter()
                .map(|kind| kind.iter().filter_map(|&n| new(n)).collect())
                .collect(),
        }
    }

    /// The inside of a group. Around pinned members only forces find a place for the others.
    pub fn inside(
        &self,
        how: Arrangement,
        options: &Options,
        stopped: &dyn Fn() -> bool,
    ) -> Vec<Point> {
        if !self.nodes.iter().any(|node| node.pinned) {
            return self.draw(how, options, stopped, &mut |_, _| {});
        }
        let mut links = self.links.clone();
        links.extend(self.flows.iter().map(|flow| (flow.from, flow.to)));
        let nodes = self.nodes.clone();
        let around = Self { nodes, links, ..Self::default() };
        around.draw(Arrangement::Force, options, stopped, &mut |_, _| {})
    }

    pub fn draw(
        &self,
        how: Arrangement,
        options: &Options,
        stopped: &dyn Fn() -> bool,
        told: &mut dyn FnMut(f32, Option<&[Point]>),
    ) -> Vec<Point> {
        match how {
            Arrangement::Force => {
                let mut layout = Layout::new(&self.nodes, &self.links, options);
                while !layout.step_until(stopped) {
                    if stopped() {
                        layout.finish_as_it_is();
                        break;
                    }
                    told(layout.progress(), Some(layout.positions()));
                }
                layout.positions().to_vec()
            }
            Arrangement::Layered => {
                let tell = &mut |share| told(share, None);
                layered(&self.nodes, &self.flows, &self.times, options, stopped, tell)
            }
            Arrangement::Circular => {
                let tell = &mut |share| told(share, None);
                circular(&self.nodes, &self.links, options, stopped, tell)
            }
            Arrangement::Grid => {
                let sizes: Vec<Point> = self.nodes.iter().map(|node| node.size).collect();
                let mut places = blocks(&sizes, &self.kinds, options);
                for (place, node) in places.iter_mut().zip(&self.nodes) {
                    if let (true, Some(at)) = (node.pinned, node.at) {
                        *place = at;
                    }
                }
                places
            }
        }
    }
}
