//! Places on the canvas: nodes of the one and of the other that would cover each other are parted.

use std::collections::BTreeSet;

use super::sides::Sides;
use crate::graph::{Point, node_size, remove_overlaps};
use crate::notebook::{Change, EntityId, Node, Notebook};

/// Free room between two nodes that were parted, in canvas units.
const GAP: f32 = 8.0;

/// Parts nodes that cover each other where one of the two was put there by ours and the other by theirs. The one with the
/// greater id moves, or the one that is not pinned; no other node does.
pub(super) fn part(notebook: &mut Notebook, sides: Sides<'_>, stop: &dyn Fn() -> bool) {
    let put_by = |side: &Notebook, id: EntityId, node: &Node| {
        side.nodes().get(&id) == Some(node) && sides.base.nodes().get(&id) != Some(node)
    };
    let mut all: Vec<(EntityId, Node, Point, bool, bool)> = Vec::new();
    for (id, node) in notebook.nodes() {
        let size = node_size(notebook.entity(*id).map(|it| it.kind()), notebook.name(*id));
        let (ours, theirs) = (put_by(sides.ours, *id, node), put_by(sides.theirs, *id, node));
        all.push((*id, *node, size, ours, theirs));
    }
    if !all.iter().any(|one| one.3) || !all.iter().any(|one| one.4) {
        return;
    }
    let movers = movers(&all);
    if movers.is_empty() {
        return;
    }
    let mut centres: Vec<Point> =
        all.iter().map(|(_, node, ..)| Point::new(node.x, node.y)).collect();
    let sizes: Vec<Point> = all.iter().map(|(_, _, size, ..)| *size).collect();
    let stay: Vec<bool> = all.iter().map(|(id, ..)| !movers.contains(id)).collect();
    remove_overlaps(&mut centres, &sizes, &stay, GAP, stop);
    for ((id, node, ..), at) in all.into_iter().zip(centres) {
        if movers.contains(&id) {
            notebook.replace(Change::Node(id, Some(Node { x: at.x, y: at.y, ..node })));
        }
    }
}

/// Of each two nodes that cover each other, the one that moves.
fn movers(all: &[(EntityId, Node, Point, bool, bool)]) -> BTreeSet<EntityId> {
    let mut by_left: Vec<&(EntityId, Node, Point, bool, bool)> = all.iter().collect();
    let left = |one: &(EntityId, Node, Point, bool, bool)| one.1.x - one.2.x / 2.0;
    by_left.sort_by(|a, b| left(a).total_cmp(&left(b)).then(a.0.cmp(&b.0)));
    let mut movers = BTreeSet::new();
    let mut open: Vec<&(EntityId, Node, Point, bool, bool)> = Vec::new();
    for one in by_left {
        open.retain(|other| other.1.x + other.2.x / 2.0 > left(one));
        for other in open.iter().copied() {
            let apart = (one.2.y + other.2.y) / 2.0;
            let covers = (one.1.y - other.1.y).abs() < apart;
            let of_both = (one.3 && other.4) || (one.4 && other.3);
            // What both put there, both saw there.
            let known = (one.3 && one.4) && (other.3 && other.4);
            if !covers || !of_both || known {
                continue;
            }
            let (first, second) = if one.0 < other.0 { (other, one) } else { (one, other) };
            // Whoever pinned it did so before the other one stood there.
            let mover = if first.1.pinned && !second.1.pinned { second } else { first };
            movers.insert(mover.0);
        }
        open.push(one);
    }
    movers
}
