//! Assigning each node to a column.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Flow, Pull};
use crate::graph::components::strong_parts;

/// The number of rounds in which nodes move towards those they are linked to.
const BALANCE: usize = 6;

/// Every node's column, counted from 0 on the left, and the links, each from a lower column to a higher.
pub(super) struct Ranked {
    pub columns: Vec<u32>,
    /// Each pair once, with the number of its links.
    pub links: Vec<(u32, u32, u32)>,
}

/// A link in one direction, with the least number of columns from its start to its end.
#[derive(Clone, Copy)]
struct Step {
    from: u32,
    to: u32,
    least: u32,
    weight: u32,
}

/// Steps by the node they start at.
struct Steps {
    starts: Vec<u32>,
    steps: Vec<Step>,
}

impl Steps {
    fn new(count: usize, mut steps: Vec<Step>) -> Self {
        steps.sort_by_key(|step| (step.from, step.to, step.least));
        let mut starts = vec![0_u32; count + 1];
        for step in &steps {
            starts[step.from as usize + 1] += 1;
        }
        for node in 0..count {
            starts[node + 1] += starts[node];
        }
        Self { starts, steps }
    }

    fn of(&self, node: u32) -> &[Step] {
        let node = node as usize;
        &self.steps[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    fn reversed(&self) -> Self {
        let turn = |step: &Step| Step { from: step.to, to: step.from, ..*step };
        Self::new(self.starts.len() - 1, self.steps.iter().map(turn).collect())
    }
}

/// Gives every node of `0..count` a column.
pub(super) fn rank(count: usize, flows: &[Flow], times: &[Option<i64>]) -> Ranked {
    // Between two neighbouring times there is a gate: a node without size that comes after all earlier nodes.
    let (gates, mut firm) = gates(count, times);
    let all = count + gates;
    firm.extend(flows.iter().filter(|flow| flow.pull == Pull::Firm).map(|flow| Step {
        from: flow.from,
        to: flow.to,
        least: 1,
        weight: 1,
    }));
    let firm = without_circles(all, firm);
    let order = in_order(all, count, &firm, flows);
    // In that order every link leads from left to right.
    let mut steps = firm.steps;
    steps.extend(flows.iter().filter(|flow| flow.pull != Pull::Firm).map(|flow| Step {
        from: flow.from,
        to: flow.to,
        least: 1,
        weight: 1,
    }));
    // Firm ones that were part of a cycle still count as links.
    steps.extend(flows.iter().filter(|flow| flow.pull == Pull::Firm).map(|flow| Step {
        from: flow.from,
        to: flow.to,
        least: 1,
        weight: 1,
    }));
    for step in &mut steps {
        if order[step.from as usize] > order[step.to as usize] {
            std::mem::swap(&mut step.from, &mut step.to);
        }
    }
    steps.sort_by_key(|step| (step.from, step.to, Reverse(step.least)));
    steps.dedup_by(|next, kept| {
        let same = (next.from, next.to) == (kept.from, kept.to);
        if same {
            kept.weight += next.weight;
        }
        same
    });
    let out = Steps::new(all, steps);
    let into = out.reversed();
    let mut by_order: Vec<u32> = (0..all as u32).collect();
    by_order.sort_by_key(|&node| order[node as usize]);
    let columns = columns(&by_order, count, &out, &into);
    let links = out
        .steps
        .iter()
        .filter(|step| (step.from as usize) < count && (step.to as usize) < count)
        .map(|step| (step.from, step.to, step.weight))
        .collect();
    Ranked { columns, links }
}

/// Gates between the times, and the steps through them. There are no more columns than a drawing of this many nodes has
/// room for: neighbouring times then share one.
fn gates(count: usize, times: &[Option<i64>]) -> (usize, Vec<Step>) {
    let mut timed: Vec<(i64, u32)> =
        times.iter().zip(0_u32..).filter_map(|(time, n)| Some(((*time)?, n))).collect();
    timed.sort_unstable();
    let most = (count as f64).sqrt().max(12.0) as usize;
    let mut distinct: Vec<i64> = timed.iter().map(|(time, _)| *time).collect();
    distinct.dedup();
    let share = timed.len().div_ceil(most.max(1));
    let mut steps = Vec::new();
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for same in timed.chunk_by(|a, b| a.0 == b.0) {
        let nodes = same.iter().map(|(_, node)| *node);
        match groups.last_mut() {
            Some(last) if distinct.len() > most && last.len() < share => last.extend(nodes),
            _ => groups.push(nodes.collect()),
        }
    }
    for (number, pair) in groups.windows(2).enumerate() {
        let gate = (count + number) as u32;
        let (before, after) = (&pair[0], &pair[1]);
        // A gate's own steps must never be reversed.
        let weight = 1_000_000;
        steps.extend(before.iter().map(|&from| Step { from, to: gate, least: 0, weight }));
        steps.extend(after.iter().map(|&to| Step { from: gate, to, least: 1, weight }));
    }
    (groups.len().saturating_sub(1), steps)
}

/// Removes a small number of steps so that no cycle is left. Steps are removed only inside strongly connected parts
/// (Tarjan, "Depth-first search and linear graph algorithms", 1972), whose nodes are taken one by one, always the one
/// with least still to come before it (after Eades, Lin and Smyth, "A fast and effective heuristic for the feedback arc
/// set problem", 1993).
fn without_circles(count: usize, steps: Vec<Step>) -> Steps {
    let steps = Steps::new(count, steps);
    let next = |node, at| steps.of(node).get(at).map(|step: &Step| step.to);
    let part = strong_parts(count, next);
    let inside = |step: &Step| part[step.from as usize] == part[step.to as usize];
    if !steps.steps.iter().any(inside) {
        return steps;
    }
    let mut waiting = vec![0_u64; count];
    for step in steps.steps.iter().filter(|step| inside(step)) {
        waiting[step.to as usize] += u64::from(step.weight);
    }
    let mut heap: BinaryHeap<Reverse<(u64, u32)>> =
        waiting.iter().zip(0_u32..).map(|(w, n)| Reverse((*w, n))).collect();
    let mut turn = vec![u32::MAX; count];
    let mut next = 0;
    while let Some(Reverse((weight, node))) = heap.pop() {
        if turn[node as usize] != u32::MAX || weight != waiting[node as usize] {
            continue;
        }
        turn[node as usize] = next;
        next += 1;
        for step in steps.of(node).iter().filter(|step| inside(step)) {
            if turn[step.to as usize] == u32::MAX {
                waiting[step.to as usize] -= u64::from(step.weight);
                heap.push(Reverse((waiting[step.to as usize], step.to)));
            }
        }
    }
    let stays = |step: &Step| !inside(step) || turn[step.from as usize] < turn[step.to as usize];
    let left: Vec<Step> = steps.steps.iter().copied().filter(stays).collect();
    Steps::new(count, left)
}

/// An order of all nodes along which every firm step leads forward, and most loose ones: of those that no firm step
/// holds back, always the one with the largest surplus of outgoing over incoming loose links.
fn in_order(all: usize, count: usize, firm: &Steps, flows: &[Flow]) -> Vec<u32> {
    let loose: Vec<Step> = flows
        .iter()
        .filter(|flow| flow.pull == Pull::Loose)
        .map(|flow| Step { from: flow.from, to: flow.to, least: 1, weight: 1 })
        .collect();
    let out = Steps::new(all, loose);
    let into = out.reversed();
    let mut held = vec![0_u32; all];
    for step in &firm.steps {
        held[step.to as usize] += 1;
    }
    // The surplus of incoming over outgoing loose links, counting only those to nodes not taken yet. Gates are taken at
    // once.
    let mut surplus: Vec<i64> = (0..all as u32)
        .map(|n| {
            if (n as usize) < count {
                into.of(n).len() as i64 - out.of(n).len() as i64
            } else {
                i64::MIN
            }
        })
        .collect();
    let mut heap: BinaryHeap<Reverse<(i64, u32)>> = (0..all as u32)
        .filter(|&n| held[n as usize] == 0)
        .map(|n| Reverse((surplus[n as usize], n)))
        .collect();
    let mut order = vec![u32::MAX; all];
    let mut next = 0;
    while let Some(Reverse((known, node))) = heap.pop() {
        let n = node as usize;
        if order[n] != u32::MAX || known != surplus[n] {
            continue;
        }
        order[n] = next;
        next += 1;
        for (steps, by) in [(&out, -1), (&into, 1)] {
            for step in steps.of(node) {
                let to = step.to as usize;
                if order[to] == u32::MAX {
                    surplus[to] += by;
                    if held[to] == 0 {
                        heap.push(Reverse((surplus[to], step.to)));
                    }
                }
            }
        }
        for step in firm.of(node) {
            let to = step.to as usize;
            held[to] -= 1;
            if held[to] == 0 {
                heap.push(Reverse((surplus[to], step.to)));
            }
        }
    }
    order
}

/// The columns: as far left as the steps allow, and then each node where its links are shortest (the balancing of
/// Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs", 1993). Empty columns are left out.
fn columns(by_order: &[u32], count: usize, out: &Steps, into: &Steps) -> Vec<u32> {
    let mut column = vec![0_u32; by_order.len()];
    let earliest = |column: &[u32], node: u32| {
        into.of(node).iter().map(|step| column[step.to as usize] + step.least).max()
    };
    for &node in by_order {
        column[node as usize] = earliest(&column, node).unwrap_or(0);
    }
    for round in 0..BALANCE {
        let mut settle = |node: u32| {
            let links = |steps: &Steps| steps.of(node).iter().map(|s| s.weight.min(8)).sum::<u32>();
            let (before, after) = (links(into), links(out));
            let low = earliest(&column, node);
            let high = out
                .of(node)
                .iter()
                .map(|step| column[step.to as usize].saturating_sub(step.least))
                .min();
            column[node as usize] = match (low, high) {
                (Some(low), Some(high)) if after > before => high.max(low),
                (Some(low), Some(high)) if after == before => {
                    column[node as usize].clamp(low, high.max(low))
                }
                (Some(low), _) => low,
                (None, Some(high)) => high,
                (None, None) => 0,
            };
        };
        if round % 2 == 0 {
            by_order.iter().rev().for_each(|&node| settle(node));
        } else {
            by_order.iter().for_each(|&node| settle(node));
        }
    }
    column.truncate(count);
    let mut used = column.clone();
    used.sort_unstable();
    used.dedup();
    for column in &mut column {
        *column = used.binary_search(column).unwrap_or(0) as u32;
    }
    column
}
