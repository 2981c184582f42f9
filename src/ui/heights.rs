//! How far down each unit lies: estimated until measured. Pure.
//!
//! Units are summed in groups of 64 and the groups in a Fenwick tree (Fenwick, “A new data structure for
//! cumulative frequency tables”, 1994), in f64: 10⁷ points still leave a fraction of a pixel. A unit that was
//! never laid out counts with an estimate that is linear in its bytes, so that a group's sum needs only the
//! group's ends, and building the index of 100 MB takes a look at one unit in 64.

use std::collections::HashMap;

const GROUP: usize = 64;

/// What a unit's height is taken to be before it was laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Points for any unit.
    pub base: f64,
    /// Points for each byte, the line feed included.
    pub per_byte: f64,
}

/// The heights of all units, in points.
///
/// `start` in its methods gives the byte where a unit starts, and the text's length for the one after the last.
#[derive(Clone, Debug)]
pub struct Heights {
    estimate: Estimate,
    /// Fenwick tree over groups, from index 1.
    tree: Vec<f64>,
    measured: HashMap<usize, f64>,
    count: usize,
}

impl Heights {
    /// Nothing measured yet.
    #[must_use]
    pub fn new(count: usize, estimate: Estimate, start: impl Fn(usize) -> usize) -> Self {
        let groups = count.div_ceil(GROUP);
        let mut tree = vec![0.0; groups + 1];
        let mut from = start(0);
        for group in 0..groups {
            let end = ((group + 1) * GROUP).min(count);
            let to = start(end);
            let units = (end - group * GROUP) as f64;
            tree[group + 1] += estimate.base.mul_add(units, estimate.per_byte * (to - from) as f64);
            from = to;
            // The O(n) way to build the tree: hand each sum on to the node above.
            let (node, above) = (group + 1, (group + 1) + lowest_bit(group + 1));
            if above <= groups {
                let sum = tree[node];
                tree[above] += sum;
            }
        }
        Self { estimate, tree, measured: HashMap::new(), count }
    }

    /// The height of a unit.
    #[must_use]
    pub fn get(&self, unit: usize, start: impl Fn(usize) -> usize) -> f64 {
        self.measured.get(&unit).copied().unwrap_or_else(|| {
            self.estimate
                .per_byte
                .mul_add((start(unit + 1) - start(unit)) as f64, self.estimate.base)
        })
    }

    /// A unit was laid out.
    pub fn set(&mut self, unit: usize, height: f64, start: impl Fn(usize) -> usize) {
        let before = self.get(unit, start);
        self.measured.insert(unit, height);
        let change = height - before;
        if change != 0.0 {
            let mut node = unit / GROUP + 1;
            while node < self.tree.len() {
                self.tree[node] += change;
                node += lowest_bit(node);
            }
        }
    }

    /// The height of everything.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.groups_before(self.tree.len() - 1)
    }

    /// The height of what lies above a unit.
    #[must_use]
    pub fn above(&self, unit: usize, start: impl Fn(usize) -> usize) -> f64 {
        let unit = unit.min(self.count);
        let group = unit / GROUP;
        let mut sum = self.groups_before(group);
        for before in group * GROUP..unit {
            sum += self.get(before, &start);
        }
        sum
    }

    /// The unit at a height, and how far into it the height lies.
    #[must_use]
    pub fn find(&self, y: f64, start: impl Fn(usize) -> usize) -> (usize, f64) {
        let mut rest = y.max(0.0);
        let mut group = 0;
        let mut step = self.tree.len().next_power_of_two() / 2;
        while step > 0 {
            if let Some(sum) = self.tree.get(group + step)
                && *sum <= rest
            {
                rest -= sum;
                group += step;
            }
            step /= 2;
        }
        let mut unit = group * GROUP;
        while unit + 1 < self.count {
            let height = self.get(unit, &start);
            if rest < height {
                break;
            }
            rest -= height;
            unit += 1;
        }
        let last = self.count.saturating_sub(1);
        if unit > last { (last, self.get(last, start)) } else { (unit, rest) }
    }

    fn groups_before(&self, group: usize) -> f64 {
        let mut node = group;
        let mut sum = 0.0;
        while node > 0 {
            sum += self.tree[node];
            node &= node - 1;
        }
        sum
    }
}

const fn lowest_bit(n: usize) -> usize {
    n & n.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_are_what_adding_up_gives(
            lengths in prop::collection::vec(1_usize..500, 1..400),
            measured in prop::collection::vec((any::<prop::sample::Index>(), 1.0_f64..300.0), 0..60),
            at in 0.0_f64..1.2,
        ) {
            let mut starts = vec![0];
            for length in &lengths {
                starts.push(starts[starts.len() - 1] + length);
            }
            let start = |unit: usize| starts[unit];
            let estimate = Estimate { base: 20.0, per_byte: 0.5 };
            let mut heights = Heights::new(lengths.len(), estimate, start);
            let mut plain: Vec<f64> = lengths.iter().map(|l| 20.0 + 0.5 * *l as f64).collect();
            for (index, height) in measured {
                let unit = index.index(lengths.len());
                plain[unit] = height;
                heights.set(unit, height, start);
            }
            let total: f64 = plain.iter().sum();
            prop_assert!((heights.total() - total).abs() < 1e-6);
            for unit in 0..=lengths.len() {
                let above: f64 = plain[..unit].iter().sum();
                prop_assert!((heights.above(unit, start) - above).abs() < 1e-6);
            }
            let y = at * total;
            let (unit, into) = heights.find(y, start);
            prop_assert!(unit < lengths.len());
            if y < total - 1e-6 {
                prop_assert!((heights.above(unit, start) + into - y).abs() < 1e-6);
                prop_assert!(into >= -1e-6 && into <= plain[unit] + 1e-6);
            }
        }
    }
}
