//! Cohen's kappa: how far two people agree on the category of the same things, beyond what chance would give.
//!
//! κ = (p₀ − pₑ) / (1 − pₑ), with p₀ the share of things to which both gave the same category, and pₑ what that share would
//! be if each had kept to their own shares of categories but handed them out at random: the sum over the categories of
//! the product of both shares. 1 is agreement on everything, 0 what chance gives, and below 0 is worse.
//!
//! J. Cohen, “A coefficient of agreement for nominal scales”, Educational and Psychological Measurement 20 (1960), 37–46.

use std::collections::BTreeMap;

/// Which categories two people gave to the same things: how often the first gave this one and the second that one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion<C> {
    /// By the first person's category and the second's; pairs that never occur are left out.
    pub counts: BTreeMap<(C, C), usize>,
}

impl<C: Ord> Default for Confusion<C> {
    fn default() -> Self {
        Self { counts: BTreeMap::new() }
    }
}

impl<C: Ord + Copy> Confusion<C> {
    /// One more thing, to which the first gave `a` and the second `b`.
    pub fn add(&mut self, a: C, b: C) {
        *self.counts.entry((a, b)).or_default() += 1;
    }

    /// How many things there are.
    #[must_use]
    pub fn all(&self) -> usize {
        self.counts.values().sum()
    }

    /// To how many both gave the same.
    #[must_use]
    pub fn same(&self) -> usize {
        self.counts.iter().filter(|((a, b), _)| a == b).map(|(_, count)| count).sum()
    }

    /// κ; `None` where it is not defined: nothing was compared, or both gave one and the same category to everything, so
    /// that agreeing tells nothing.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a ratio is wanted")]
    pub fn kappa(&self) -> Option<f64> {
        let all = self.all();
        let mut by: BTreeMap<C, [usize; 2]> = BTreeMap::new();
        for ((a, b), count) in &self.counts {
            by.entry(*a).or_default()[0] += count;
            by.entry(*b).or_default()[1] += count;
        }
        // In whole numbers: the share of chance is this divided by the square of `all`.
        let chance: u128 = by.values().map(|[a, b]| *a as u128 * *b as u128).sum();
        let square = all as u128 * all as u128;
        if chance == square {
            return None;
        }
        let same = self.same() as u128 * all as u128;
        Some((same as f64 - chance as f64) / (square as f64 - chance as f64))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(counts: &[((u8, u8), usize)]) -> Confusion<u8> {
        Confusion { counts: counts.iter().copied().collect() }
    }

    fn near(found: Option<f64>, told: f64) {
        let found = found.expect("it is defined");
        assert!((found - told).abs() < 0.000_5, "{found} instead of {told}");
    }

    /// By hand: 50 things, both “yes” 20 times, both “no” 15 times. The first says “yes” to 25, the second to 30 of them:
    /// p₀ = 0.7, pₑ = 0.5 · 0.6 + 0.5 · 0.4 = 0.5, κ = 0.4.
    #[test]
    fn a_case_worked_out_by_hand() {
        near(of(&[((1, 1), 20), ((1, 0), 5), ((0, 1), 10), ((0, 0), 15)]).kappa(), 0.4);
    }

    /// The observers A and C of Krippendorff 1995, p. 57, place by place: 0.385 and 0.314 are the figures of the article.
    #[test]
    fn examples_from_the_literature_give_their_figures() {
        near(of(&[((1, 1), 6), ((1, 0), 8), ((0, 0), 10)]).kappa(), 0.385);
        near(of(&[((1, 1), 10), ((1, 0), 4), ((0, 1), 4), ((0, 0), 6)]).kappa(), 0.314);
    }

    #[test]
    fn without_variation_it_is_not_defined() {
        assert_eq!(of(&[]).kappa(), None);
        assert_eq!(of(&[((1, 1), 12)]).kappa(), None);
        // One of two that never agree: it is defined, and not good.
        assert_eq!(of(&[((1, 0), 12)]).kappa(), Some(0.0));
        assert_eq!(of(&[((1, 0), 5), ((0, 1), 5)]).kappa(), Some(-1.0));
    }

    fn any() -> impl Strategy<Value = Confusion<u8>> {
        proptest::collection::btree_map((0_u8..4, 0_u8..4), 1_usize..50, 0..12)
            .prop_map(|counts| Confusion { counts })
    }

    proptest! {
        #[test]
        fn whoever_comes_first_it_is_the_same(table in any()) {
            let turned = table.counts.iter().map(|((a, b), n)| ((*b, *a), *n)).collect();
            prop_assert_eq!(table.kappa(), Confusion { counts: turned }.kappa());
        }

        #[test]
        fn the_same_categories_agree_wholly(counts in proptest::collection::btree_map(0_u8..4, 1_usize..50, 2..5)) {
            let same = Confusion { counts: counts.iter().map(|(c, n)| ((*c, *c), *n)).collect() };
            prop_assert_eq!(same.kappa(), Some(1.0));
        }

        #[test]
        fn it_is_at_most_1(table in any()) {
            let kappa = table.kappa();
            prop_assert!(kappa.is_none_or(|kappa| (-1.0..=1.0).contains(&kappa)), "{:?}", kappa);
        }
    }

    #[test]
    fn chance_gives_about_nothing() {
        let mut random = 11_u64;
        let mut next = || {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % 10
        };
        let mut table = Confusion::default();
        for _ in 0..20_000 {
            // Uneven shares, the same for both.
            let one = |n: u64| u8::from(n > 2) + u8::from(n > 7);
            table.add(one(next()), one(next()));
        }
        let kappa = table.kappa().expect("defined");
        assert!(kappa.abs() < 0.03, "{kappa}");
    }
}
