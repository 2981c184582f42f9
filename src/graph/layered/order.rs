//! The order within the columns, so that few links cross.

use super::super::effort::Effort;
use super::rank::Ranked;

/// The most sweeps over all columns.
const SWEEPS: usize = 24;
/// The number of link segments below which swapping neighbours in a column is tried too.
const SWAPS_UP_TO: usize = 3_000;

/// The columns, each with its contents from top to bottom: nodes, and the bends of links that pass through.
pub(super) struct Columns {
    /// Nodes `0..nodes`, then bends.
    pub nodes: usize,
    pub column: Vec<u32>,
    pub rows: Vec<Vec<u32>>,
    /// What each is linked to on its left and on its right, in a neighbouring column, with a weight; except links too
    /// long to be given bends.
    pub left: Vec<Vec<(u32, u32)>>,
    pub right: Vec<Vec<(u32, u32)>>,
    /// The position of each in its column.
    at: Vec<u32>,
}

impl Columns {
    pub fn new(nodes: usize, ranked: &Ranked) -> Self {
        let mut column = ranked.columns.clone();
        let span = |&(from, to, _): &(u32, u32, u32)| {
            ranked.columns[to as usize] - ranked.columns[from as usize]
        };
        // Bends for the shorter links first, as many as are affordable.
        let mut by_span: Vec<(u32, u32, u32)> = ranked.links.clone();
        by_span.sort_by_key(|link| (span(link), link.0, link.1));
        let most = 2 * (nodes + ranked.links.len()) + 2_000;
        let (mut left, mut right) = (vec![Vec::new(); nodes], vec![Vec::new(); nodes]);
        for link in by_span {
            let (from, to, weight) = link;
            let span = span(&link) as usize;
            if span == 0 {
                continue;
            }
            let mut before = from;
            if column.len() - nodes + span - 1 <= most {
                for step in 1..span {
                    let bend = column.len() as u32;
                    column.push(ranked.columns[from as usize] + step as u32);
                    left.push(vec![(before, weight)]);
                    right.push(Vec::new());
                    right[before as usize].push((bend, weight));
                    before = bend;
                }
            }
            right[before as usize].push((to, weight));
            left[to as usize].push((before, weight));
        }
        let count = column.iter().max().map_or(0, |last| *last as usize + 1);
        let mut columns = Self {
            nodes,
            at: vec![0; column.len()],
            column,
            rows: vec![Vec::new(); count],
            left,
            right,
        };
        columns.start();
        columns
    }

    /// A first order: as a walk along the links from the left reaches them.
    fn start(&mut self) {
        let mut roots: Vec<u32> = (0..self.column.len() as u32).collect();
        roots.sort_by_key(|&node| (self.column[node as usize], node));
        let mut seen = vec![false; self.column.len()];
        let mut stack = Vec::new();
        for root in roots {
            stack.push(root);
            while let Some(node) = stack.pop() {
                if std::mem::replace(&mut seen[node as usize], true) {
                    continue;
                }
                self.rows[self.column[node as usize] as usize].push(node);
                for next in [&self.left[node as usize], &self.right[node as usize]] {
                    stack.extend(
                        next.iter().rev().map(|(next, _)| *next).filter(|n| !seen[*n as usize]),
                    );
                }
            }
        }
        for row in 0..self.rows.len() {
            self.number(row);
        }
    }

    fn number(&mut self, row: usize) {
        for (place, &node) in self.rows[row].iter().enumerate() {
            self.at[node as usize] = place as u32;
        }
    }

    /// Sweeps back and forth: each column is sorted by the means of what its members are linked to in the one before
    /// (Sugiyama, Tagawa and Toda, 1981), every other time of the medians (Eades and Wormald, "Edge crossings in
    /// drawings of bipartite graphs", 1994). The best order found is kept. Nodes with times keep their order.
    pub fn untangle(&mut self, times: &[Option<i64>], effort: &Effort) {
        let pieces: usize = self.right.iter().map(Vec::len).sum();
        let sweeps = (2_000_000 / pieces.max(1)).clamp(4, SWEEPS);
        for row in 0..self.rows.len() {
            self.by_time(row, times);
        }
        let mut best = (self.crossings(), self.rows.clone());
        for sweep in 0..sweeps {
            if best.0 == 0 {
                break;
            }
            let median = sweep / 2 % 2 == 1;
            let last = self.rows.len().saturating_sub(1);
            for step in 0..last {
                // A sweep that is stopped midway still leaves a valid order.
                if effort.was_stopped() {
                    break;
                }
                let row = if sweep % 2 == 0 { step + 1 } else { last - 1 - step };
                effort.spend(16 * self.rows[row].len() as u64);
                self.sort(row, sweep % 2 == 0, median, times);
            }
            effort.spend(8 * pieces as u64);
            if effort.was_stopped() {
                break;
            }
            if pieces <= SWAPS_UP_TO {
                self.swap_neighbours(times);
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.rows.clone());
            }
        }
        self.rows = best.1;
        (0..self.rows.len()).for_each(|row| self.number(row));
    }

    fn sort(&mut self, row: usize, from_left: bool, median: bool, times: &[Option<i64>]) {
        let mut keyed: Vec<(f32, u32)> = Vec::with_capacity(self.rows[row].len());
        let mut places = Vec::new();
        for &node in &self.rows[row] {
            let mates = if from_left { &self.left } else { &self.right };
            places.clear();
            places.extend(mates[node as usize].iter().map(|(mate, _)| {
                // Columns differ in height: positions are compared as shares of it.
                let column = self.rows[self.column[*mate as usize] as usize].len();
                (self.at[*mate as usize] as f32 + 0.5) / column as f32
            }));
            let here = (self.at[node as usize] as f32 + 0.5) / self.rows[row].len() as f32;
            let key = if places.is_empty() {
                here
            } else if median {
                places.sort_unstable_by(f32::total_cmp);
                (places[places.len() / 2] + places[(places.len() - 1) / 2]) * 0.5
            } else {
                places.iter().sum::<f32>() / places.len() as f32
            };
            keyed.push((key, node));
        }
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.rows[row].clear();
        self.rows[row].extend(keyed.iter().map(|(_, node)| *node));
        self.number(row);
        self.by_time(row, times);
    }

    /// Sorts the nodes with times by their times, within the positions that those nodes have.
    fn by_time(&mut self, row: usize, times: &[Option<i64>]) {
        let time = |node: u32| times.get(node as usize).copied().flatten();
        let places: Vec<usize> =
            (0..self.rows[row].len()).filter(|&at| time(self.rows[row][at]).is_some()).collect();
        let mut timed: Vec<u32> = places.iter().map(|&at| self.rows[row][at]).collect();
        timed.sort_by_key(|&node| time(node));
        for (at, node) in places.into_iter().zip(timed) {
            self.rows[row][at] = node;
            self.at[node as usize] = at as u32;
        }
    }

    /// Tries swapping neighbours in each column, one pass down each.
    fn swap_neighbours(&mut self, times: &[Option<i64>]) {
        let time = |node: u32| times.get(node as usize).copied().flatten();
        for row in 0..self.rows.len() {
            for at in 1..self.rows[row].len() {
                let (upper, lower) = (self.rows[row][at - 1], self.rows[row][at]);
                if time(upper).is_some() && time(lower).is_some() {
                    continue;
                }
                if self.crossings_of(lower, upper) < self.crossings_of(upper, lower) {
                    self.rows[row].swap(at - 1, at);
                    self.at[lower as usize] = at as u32 - 1;
                    self.at[upper as usize] = at as u32;
                }
            }
        }
    }

    /// How many link segments of two neighbours in a column cross when `upper` is above `lower`.
    fn crossings_of(&self, upper: u32, lower: u32) -> u64 {
        let mut count = 0;
        for mates in [&self.left, &self.right] {
            for &(a, weight) in &mates[upper as usize] {
                for &(b, other) in &mates[lower as usize] {
                    let same = self.column[a as usize] == self.column[b as usize];
                    if same && self.at[a as usize] > self.at[b as usize] {
                        count += u64::from(weight) * u64::from(other);
                    }
                }
            }
        }
        count
    }

    /// How many link segments between neighbouring columns cross (Barth, Jünger and Mutzel, "Simple and efficient
    /// bilayer cross counting", 2004).
    fn crossings(&self) -> u64 {
        let mut total = 0;
        let mut tree: Vec<u64> = Vec::new();
        let mut ends: Vec<(u32, u32)> = Vec::new();
        for row in 0..self.rows.len().saturating_sub(1) {
            let right = self.rows[row + 1].len();
            tree.clear();
            tree.resize(right + 1, 0);
            let mut sum = 0;
            for &node in &self.rows[row] {
                ends.clear();
                ends.extend(self.right[node as usize].iter().filter_map(|&(mate, weight)| {
                    (self.column[mate as usize] as usize == row + 1)
                        .then_some((self.at[mate as usize], weight))
                }));
                for &(end, weight) in &ends {
                    // All earlier segments that end below this one's end cross it.
                    let mut upto = 0;
                    let mut at = end as usize + 1;
                    while at > 0 {
                        upto += tree[at];
                        at &= at - 1;
                    }
                    total += (sum - upto) * u64::from(weight);
                }
                for &(end, weight) in &ends {
                    sum += u64::from(weight);
                    let mut at = end as usize + 1;
                    while at <= right {
                        tree[at] += u64::from(weight);
                        at += at & at.wrapping_neg();
                    }
                }
            }
        }
        total
    }
}
