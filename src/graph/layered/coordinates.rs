//! The coordinates of the nodes in the columns.

use super::super::effort::Effort;
use super::super::{Options, Point};
use super::order::Columns;

/// The number of sweeps in which everything moves towards what it is linked to.
const SWEEPS: usize = 12;
/// Room for a link that passes through a column, in canvas units; less where there are so many that they would make the
/// drawing higher by more than this share.
const LANE: f32 = 14.0;
const LANES: f32 = 0.3;
/// The least height of a column that is cut, and the least length of a row of columns that is, in canvas units.
const HIGH: f32 = 1_600.0;
const WIDE: f32 = 5_200.0;

/// A column as drawn: its contents from top to bottom, and its width.
struct Stack {
    members: Vec<u32>,
    width: f32,
}

/// The places of the nodes of the columns.
pub(super) fn place(
    columns: &Columns,
    sizes: &[Point],
    options: &Options,
    effort: &Effort,
) -> Vec<Point> {
    let whole: f32 = sizes.iter().map(|size| size.y + options.gap).sum();
    let bends = columns.column.len() - sizes.len();
    let lane = LANE.min(LANES * whole / bends.max(1) as f32);
    let room = |node: u32| match sizes.get(node as usize) {
        Some(size) if *size == Point::default() => 0.0,
        Some(size) => size.y + options.gap,
        None => lane,
    };
    let area: f64 = sizes
        .iter()
        .map(|s| f64::from(s.x + options.ideal_link) * f64::from(s.y + options.gap))
        .sum();
    let fair = (area / f64::from(options.aspect)).sqrt() as f32;
    let stacks = stacks(columns, sizes, &room, (fair * 3.0).max(HIGH));
    let across: Vec<f32> = middles(&stacks, options.ideal_link);
    let down = heights(columns, &stacks, &room, effort);
    let mut places = vec![Point::default(); sizes.len()];
    for (stack, x) in stacks.iter().zip(&across) {
        for &node in stack.members.iter().filter(|node| (**node as usize) < sizes.len()) {
            places[node as usize] = Point::new(*x, down[node as usize]);
        }
    }
    fold(&stacks, &across, &mut places, sizes, options, (fair * options.aspect * 3.2).max(WIDE));
    places
}

/// The columns; those higher than `most` are cut.
fn stacks(columns: &Columns, sizes: &[Point], room: &dyn Fn(u32) -> f32, most: f32) -> Vec<Stack> {
    let mut stacks = Vec::new();
    for row in &columns.rows {
        let height: f32 = row.iter().map(|&node| room(node)).sum();
        let pieces = (height / most).ceil().max(1.0);
        // Pieces of equal height, rather than full ones and a shorter last one.
        let share = height / pieces + 1.0;
        let mut members = Vec::new();
        let mut filled = 0.0;
        let mut cut = |members: &mut Vec<u32>| {
            let width = members
                .iter()
                .filter_map(|&node: &u32| sizes.get(node as usize))
                .fold(0.0_f32, |widest, size| widest.max(size.x));
            stacks.push(Stack { members: std::mem::take(members), width });
        };
        for &node in row {
            if filled + room(node) > share && !members.is_empty() {
                cut(&mut members);
                filled = 0.0;
            }
            filled += room(node);
            members.push(node);
        }
        if !members.is_empty() {
            cut(&mut members);
        }
    }
    stacks
}

/// The middles of the columns, from left to right.
fn middles(stacks: &[Stack], gap: f32) -> Vec<f32> {
    let mut x = 0.0;
    stacks
        .iter()
        .map(|stack| {
            let middle = x + stack.width * 0.5;
            // A column of passing links only needs no clearance.
            x += if stack.width > 0.0 { stack.width + gap } else { 0.0 };
            middle
        })
        .collect()
}

/// The vertical position of everything: as near as the order allows to what it is linked to, with long links as
/// straight as possible (their bends pull hardest, as in Gansner, Koutsofios, North and Vo, "A technique for drawing
/// directed graphs", 1993). In each column this is a least-squares problem with an order constraint, which pooling
/// adjacent violators solves exactly (Ayer et al., "An empirical distribution function for sampling with incomplete
/// information", 1955).
fn heights(
    columns: &Columns,
    stacks: &[Stack],
    room: &dyn Fn(u32) -> f32,
    effort: &Effort,
) -> Vec<f32> {
    let mut down = vec![0.0_f32; columns.column.len()];
    for stack in stacks {
        let whole: f32 = stack.members.iter().map(|&node| room(node)).sum();
        let mut y = -whole * 0.5;
        for &node in &stack.members {
            down[node as usize] = y + room(node) * 0.5;
            y += room(node);
        }
    }
    let is_bend = |node: u32| node as usize >= columns.nodes;
    let mut pool = Pool::default();
    for sweep in 0..SWEEPS {
        effort.spend(8 * down.len() as u64);
        if effort.was_stopped() {
            break;
        }
        let mut align = |stack: &Stack| {
            pool.clear();
            let mut offset = 0.0;
            for &node in &stack.members {
                let (mut sum, mut total) = (0.0, 0.0);
                for mates in [&columns.left[node as usize], &columns.right[node as usize]] {
                    for &(mate, weight) in mates {
                        let straight = match (is_bend(node), is_bend(mate)) {
                            (true, true) => 8.0,
                            (false, false) => 1.0,
                            _ => 2.0,
                        };
                        let pull = straight * weight.min(4) as f32;
                        sum += pull * down[mate as usize];
                        total += pull;
                    }
                }
                // Without links it stays about where it is, by a weak pull.
                let (wish, pull) =
                    if total > 0.0 { (sum / total, total) } else { (down[node as usize], 0.05) };
                offset += room(node) * 0.5;
                pool.add(wish - offset, pull);
                offset += room(node) * 0.5;
            }
            let mut offset = 0.0;
            for (&node, place) in stack.members.iter().zip(pool.places()) {
                offset += room(node) * 0.5;
                down[node as usize] = place + offset;
                offset += room(node) * 0.5;
            }
        };
        if sweep % 2 == 0 {
            stacks.iter().for_each(&mut align);
        } else {
            stacks.iter().rev().for_each(&mut align);
        }
    }
    down
}

/// Wished positions that must not decrease, and the positions that meet them best.
#[derive(Default)]
struct Pool {
    /// Runs that share a position: the sum of pull times wish, the sum of pulls, and the count.
    runs: Vec<(f64, f64, usize)>,
}

impl Pool {
    fn clear(&mut self) {
        self.runs.clear();
    }

    fn add(&mut self, wish: f32, pull: f32) {
        let mut run = (f64::from(wish) * f64::from(pull), f64::from(pull), 1);
        while let Some(last) = self.runs.last() {
            if last.0 / last.1 < run.0 / run.1 {
                break;
            }
            run = (run.0 + last.0, run.1 + last.1, run.2 + last.2);
            self.runs.pop();
        }
        self.runs.push(run);
    }

    fn places(&self) -> impl Iterator<Item = f32> {
        self.runs.iter().flat_map(|run| std::iter::repeat_n((run.0 / run.1) as f32, run.2))
    }
}

/// Cuts a drawing that is wider than `most` into bands, one below the other.
fn fold(
    stacks: &[Stack],
    across: &[f32],
    places: &mut [Point],
    sizes: &[Point],
    options: &Options,
    most: f32,
) {
    let (Some(first), Some(last)) = (across.first(), across.last()) else { return };
    let whole = last - first;
    if whole <= most {
        return;
    }
    // Bands of equal width, rather than full ones and a shorter last one.
    let width = whole / (whole / most).ceil() + 1.0;
    let (mut begin, mut top, mut from) = (0, 0.0, *first);
    while begin < stacks.len() {
        let mut end = begin;
        while end < stacks.len() && across[end] - from <= width {
            end += 1;
        }
        let end = end.max(begin + 1);
        let members = || {
            stacks[begin..end]
                .iter()
                .flat_map(|stack| &stack.members)
                .map(|&node| node as usize)
                .filter(|&node| node < sizes.len())
        };
        let upper = members().map(|n| places[n].y - sizes[n].y * 0.5).fold(f32::INFINITY, f32::min);
        let lower =
            members().map(|n| places[n].y + sizes[n].y * 0.5).fold(f32::NEG_INFINITY, f32::max);
        if upper <= lower {
            let moved: Vec<usize> = members().collect();
            for node in moved {
                places[node] = Point::new(places[node].x - from, places[node].y - upper + top);
            }
            top += lower - upper + options.ideal_link;
        }
        begin = end;
        from = across.get(begin).copied().unwrap_or(from);
    }
}
