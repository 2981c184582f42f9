//! The layered layout: columns in which what comes first is to the left of what comes after it.
//!
//! The method is that of Sugiyama, Tagawa and Toda ("Methods for visual understanding of hierarchical system
//! structures", 1981): break cycles, give every node a column (`rank`), order the columns so that few links cross
//! (`order`), then find the places in them (`place`). Connected parts are drawn separately and packed side by side;
//! nodes with a time are one part, so that time runs through all of it.

mod coordinates;
mod order;
mod rank;

use super::effort::Effort;
use super::fit::flip_down;
use super::overlap::move_apart;
use super::pack::pack;
use super::{Adjacency, Node, Options, Point, Rect};

/// A link as the layered layout sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// What comes first.
    pub from: u32,
    /// What comes after it.
    pub to: u32,
    /// How much the direction means.
    pub pull: Pull,
}

/// How strongly the direction of a link decides which of its nodes is to the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pull {
    /// It holds wherever it contradicts no other firm one (or a time): attribution, sequence.
    Firm,
    /// It is followed where nothing contradicts it.
    Loose,
    /// Not at all: the two are only to be near each other.
    None,
}

/// The layered layout of `nodes`: every [`Pull::Firm`] flow leads from left to right, unless it is part of a cycle, and
/// a node with an earlier time (any unit) is to the left of one with a later one. Where there are more times than a
/// drawing has room for columns, neighbouring times share one, one below the other. A drawing far too wide is cut into
/// bands, read like lines of text.
///
/// Pinned nodes influence the order, but are given no room and stay where they are: their own place is returned for
/// them. No two others overlap. Stops early, with places that are not final, when `cancelled` returns true.
pub fn layered(
    nodes: &[Node],
    flows: &[Flow],
    times: &[Option<i64>],
    options: &Options,
    cancelled: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(f32),
) -> Vec<Point> {
    let options = &options.sane();
    let effort = &Effort::until(cancelled);
    let count = nodes.len();
    let is_there = |n: u32| (n as usize) < count;
    let flows: Vec<Flow> = flows
        .iter()
        .copied()
        .filter(|f| f.from != f.to && is_there(f.from) && is_there(f.to))
        .collect();
    // All nodes with a time are one part.
    let mut links: Vec<(u32, u32)> = flows.iter().map(|flow| (flow.from, flow.to)).collect();
    let timed: Vec<u32> =
        (0..count as u32).filter(|&n| times.get(n as usize).is_some_and(Option::is_some)).collect();
    links.extend(timed.windows(2).map(|pair| (pair[0], pair[1])));
    let (part_of, parts) = Adjacency::new(count, &links).parts();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); parts];
    let mut local = vec![0_u32; count];
    for (node, &part) in part_of.iter().enumerate() {
        local[node] = members[part as usize].len() as u32;
        members[part as usize].push(node as u32);
    }
    let mut own: Vec<Vec<Flow>> = vec![Vec::new(); parts];
    for flow in &flows {
        own[part_of[flow.from as usize] as usize].push(Flow {
            from: local[flow.from as usize],
            to: local[flow.to as usize],
            pull: flow.pull,
        });
    }
    let pinned = |n: usize| nodes[n].is_fixed();
    let sizes: Vec<Point> = nodes
        .iter()
        .enumerate()
        .map(
            |(n, node)| {
                if pinned(n) { Point::default() } else { super::usable::sane_size(node.size) }
            },
        )
        .collect();
    let mut places = vec![Point::default(); count];
    let margin = options.gap.max(1.0) * 3.0;
    let (mut boxes, mut corners) = (Vec::with_capacity(parts), Vec::with_capacity(parts));
    let mut done = 0;
    for (members, own) in members.iter().zip(&own) {
        let room: Vec<Point> = members.iter().map(|&n| sizes[n as usize]).collect();
        let when: Vec<Option<i64>> =
            members.iter().map(|&n| times.get(n as usize).copied().flatten()).collect();
        let mut drawn = one_part(&room, own, &when, options, effort);
        let before: Vec<Option<Point>> = members.iter().map(|&n| nodes[n as usize].at).collect();
        // Times that share a column run downwards.
        if when.iter().all(Option::is_none) {
            flip_down(&mut drawn, &before);
        }
        let mut bounds = Rect::NOTHING;
        for (&node, &place) in members.iter().zip(&drawn) {
            places[node as usize] = place;
            bounds = bounds.union(Rect::around(place, sizes[node as usize]));
        }
        let bounds = bounds.expand(margin * 0.5);
        corners.push(bounds.min);
        boxes.push(bounds.size());
        done += members.len();
        progress(done as f32 / count.max(1) as f32);
    }
    let corner_of = pack(&boxes, options.aspect);
    for (node, place) in places.iter_mut().enumerate() {
        let part = part_of[node] as usize;
        *place = *place + (corner_of[part] - corners[part]);
    }
    // The columns leave enough room: this only corrects rounding errors far from the origin.
    move_apart(&mut places, &sizes, &[], options.gap * 0.25, effort);
    for (n, place) in places.iter_mut().enumerate() {
        if let (true, Some(at)) = (pinned(n), nodes[n].at) {
            *place = at;
        }
    }
    places
}

/// Draws one part; nodes without size take no room.
fn one_part(
    sizes: &[Point],
    flows: &[Flow],
    times: &[Option<i64>],
    options: &Options,
    effort: &Effort,
) -> Vec<Point> {
    if sizes.len() == 1 {
        return vec![Point::default()];
    }
    effort.spend(64 * (sizes.len() + flows.len()) as u64);
    let ranked = rank::rank(sizes.len(), flows, times);
    let mut columns = order::Columns::new(sizes.len(), &ranked);
    columns.untangle(times, effort);
    coordinates::place(&columns, sizes, options, effort)
}

#[cfg(test)]
mod tests;
