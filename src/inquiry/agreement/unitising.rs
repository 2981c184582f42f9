//! Krippendorff's alpha for unitising: how far two people agree on where units of a continuum lie and how long they are,
//! beyond what would be expected by chance. 1 is agreement in every place, 0 what chance gives, and below 0 is worse.
//!
//! For units of one sort *c*, found by *m* observers (here two) on a continuum of length *L*, whose sections (units, and the
//! gaps between them) are numbered *g* for observer *i* and *h* for observer *j*, with *b* where a section begins, *ℓ* its
//! length, and *v* 1 for a unit and 0 for a gap:
//!
//! - δ² of two sections is (bᵢ − bⱼ)² + (bᵢ + ℓᵢ − bⱼ − ℓⱼ)² where both are units and overlap; the square of the unit's length
//!   where one is a unit that lies wholly in a gap of the other; and 0 otherwise.
//! - observed: D₀ = Σᵢ Σg Σⱼ≠ᵢ Σh δ² / (m (m − 1) L²)
//! - expected: Dₑ = (2 / L) · Σᵢ Σg v [ (N − 1)/3 · (2ℓ³ − 3ℓ² + ℓ) + ℓ² · Σⱼ Σh (1 − vⱼh)(ℓⱼh − ℓ + 1 where ℓⱼh ≥ ℓ) ]
//!   / ( mL (mL − 1) − Σᵢ Σg v ℓ (ℓ − 1) ), with N the number of units of all observers together;
//! - α = 1 − D₀ / Dₑ; over several sorts, 1 − Σ D₀ / Σ Dₑ.
//!
//! K. Krippendorff, “On the reliability of unitizing continuous data”, Sociological Methodology 25 (1995), 47–76; as corrected
//! in: Content Analysis, 2nd edition (2004), section 11.6. Units of one observer and one sort do not overlap.
//!
//! Several texts follow one another as one continuum; no section runs from one text into the next.

use std::ops::Range;

/// The units that two observers found in one text, and how long it is. Units are sorted, not empty, do not overlap and
/// lie in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// The length of the text.
    pub length: u64,
    /// The units of each of the two.
    pub by: [Vec<Range<u64>>; 2],
}

/// Sorted units that do not overlap, of any: those that overlap become one, from the first start to the last end. Units
/// that only touch stay two; empty ones are left out.
#[must_use]
pub fn without_overlaps(mut units: Vec<Range<u64>>) -> Vec<Range<u64>> {
    units.retain(|unit| unit.start < unit.end);
    units.sort_unstable_by_key(|unit| (unit.start, unit.end));
    let mut parted: Vec<Range<u64>> = Vec::with_capacity(units.len());
    for unit in units {
        match parted.last_mut() {
            Some(last) if unit.start < last.end => last.end = last.end.max(unit.end),
            _ => parted.push(unit),
        }
    }
    parted
}

/// Observed and expected disagreement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Disagreement {
    /// What was observed: D₀.
    pub observed: f64,
    /// What chance would give: Dₑ. 0 where nobody found a unit, or none that could lie elsewhere.
    pub expected: f64,
}

impl Disagreement {
    /// α; `None` where it is not defined, because nothing could have been otherwise.
    #[must_use]
    pub fn alpha(self) -> Option<f64> {
        (self.expected > 0.0).then(|| 1.0 - self.observed / self.expected)
    }

    /// The sum of two: for the α over several sorts of units.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { observed: self.observed + other.observed, expected: self.expected + other.expected }
    }
}

/// A section of a text: a unit, or a gap between units.
#[derive(Clone, Debug)]
struct Section {
    place: Range<u64>,
    unit: bool,
}

fn sections(units: &[Range<u64>], length: u64) -> Vec<Section> {
    let mut all = Vec::with_capacity(2 * units.len() + 1);
    let mut at = 0;
    for unit in units {
        if at < unit.start {
            all.push(Section { place: at..unit.start, unit: false });
        }
        all.push(Section { place: unit.clone(), unit: true });
        at = unit.end;
    }
    if at < length {
        all.push(Section { place: at..length, unit: false });
    }
    all
}

/// δ² of two sections.
fn distance(a: &Section, b: &Section) -> u128 {
    let squared = |n: u64| u128::from(n) * u128::from(n);
    let length = |place: &Range<u64>| place.end - place.start;
    let within = |x: &Range<u64>, y: &Range<u64>| y.start <= x.start && x.end <= y.end;
    let overlap = a.place.start < b.place.end && b.place.start < a.place.end;
    match (a.unit, b.unit) {
        (true, true) if overlap => {
            squared(a.place.start.abs_diff(b.place.start))
                + squared(a.place.end.abs_diff(b.place.end))
        }
        (true, false) if within(&a.place, &b.place) => squared(length(&a.place)),
        (false, true) if within(&b.place, &a.place) => squared(length(&b.place)),
        _ => 0,
    }
}

/// The disagreement of two observers over texts that follow one another. Takes time as n log n for n units.
#[must_use]
pub fn disagreement(texts: &[Units]) -> Disagreement {
    let total: u64 = texts.iter().map(|text| text.length).sum();
    // Sums of whole numbers: exact, so that who comes first does not matter.
    let mut observed: u128 = 0;
    let mut units: Vec<u64> = Vec::new();
    let mut gaps: Vec<u64> = Vec::new();
    for text in texts {
        let [a, b] = [0, 1].map(|who| sections(&text.by[who], text.length));
        observed += walked(&a, &b);
        for section in a.iter().chain(&b) {
            let length = section.place.end - section.place.start;
            if section.unit { &mut units } else { &mut gaps }.push(length);
        }
    }
    if total == 0 {
        return Disagreement::default();
    }
    // Each pair of sections is seen by i and by j: twice the sum, by m (m − 1) = 2.
    #[allow(clippy::cast_precision_loss, reason = "a ratio is wanted")]
    let observed = observed as f64 / (total as f64 * total as f64);
    Disagreement { observed, expected: expected(&mut units, &mut gaps, total) }
}

/// The sum of δ² over the sections that meet: those of either observer, walked along together.
fn walked(a: &[Section], b: &[Section]) -> u128 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        sum += distance(one, other);
        if one.place.end <= other.place.end {
            i += 1;
        }
        if other.place.end <= one.place.end {
            j += 1;
        }
    }
    sum
}

#[allow(clippy::cast_precision_loss, reason = "a ratio is wanted")]
fn expected(units: &mut [u64], gaps: &mut [u64], total: u64) -> f64 {
    const OBSERVERS: u128 = 2;
    let count = units.len() as u128;
    units.sort_unstable_by(|a, b| b.cmp(a));
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    // Longest units first: each finds room in at least the gaps that the one before it did.
    let (mut taken, mut lengths) = (0, 0_u128);
    let (mut sum, mut held) = (0.0_f64, 0_u128);
    for unit in units.iter().map(|unit| u128::from(*unit)) {
        while let Some(gap) = gaps.get(taken).filter(|gap| u128::from(**gap) >= unit) {
            lengths += u128::from(*gap);
            taken += 1;
        }
        // ℓ (ℓ − 1) (2ℓ − 1) is a multiple of 3.
        let overlapping = (count - 1) as f64 * ((unit * (unit - 1) * (2 * unit - 1) / 3) as f64);
        let rooms = lengths - taken as u128 * unit + taken as u128;
        sum += overlapping + (unit * unit) as f64 * rooms as f64;
        held += unit * (unit - 1);
    }
    let both = OBSERVERS * u128::from(total);
    let pairs = (both * (both - 1)).saturating_sub(held);
    if pairs == 0 { 0.0 } else { 2.0 / total as f64 * sum / pairs as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, told: f64, by: f64) {
        assert!((found - told).abs() <= by, "{found} instead of {told}");
    }

    fn one(length: u64, a: &[(u64, u64)], b: &[(u64, u64)]) -> Disagreement {
        let units = |all: &[(u64, u64)]| all.iter().map(|(at, long)| *at..at + long).collect();
        disagreement(&[Units { length, by: [units(a), units(b)] }])
    }

    /// The example of Krippendorff 2004, p. 254: a continuum from 150 to 450.
    #[test]
    fn the_example_of_the_book_gives_its_figures() {
        let c = one(300, &[(75, 70), (220, 30)], &[(70, 80), (205, 20), (250, 20)]);
        near(c.observed, 0.0144, 0.000_05);
        near(c.expected, 0.0532, 0.000_05);
        near(c.alpha().expect("defined"), 0.7286, 0.000_5);
        let k = one(300, &[(30, 60), (150, 50)], &[(30, 60), (150, 50)]);
        near(k.observed, 0.0, 0.0);
        near(k.expected, 0.0490, 0.000_05);
        near(k.alpha().expect("defined"), 1.0, 0.0);
        near(c.and(k).alpha().expect("defined"), 0.8591, 0.000_5);
    }

    /// The four pairs of observers of Krippendorff 1995, p. 57, on 24 places; and stretched, as the article has it for the
    /// expected disagreement of a continuum that is measured ever more finely.
    #[test]
    fn the_examples_of_the_article_give_its_figures() {
        type Found<'a> = &'a [(u64, u64)];
        let pairs: [(Found<'_>, Found<'_>, f64, f64, f64); 4] = [
            (&[(2, 8), (14, 6)], &[(4, 4), (15, 2)], 0.031_25, 0.069_90, 0.553),
            (
                &[(0, 18)],
                &[(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)],
                2.267_36,
                1.177_31,
                -0.926,
            ),
            (
                &[(2, 6), (10, 2), (14, 4), (20, 2)],
                &[(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)],
                0.027_77,
                0.086_42,
                0.679,
            ),
            (
                &[(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)],
                &[(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)],
                0.387_15,
                0.414_45,
                0.066,
            ),
        ];
        for (a, b, observed, expected, alpha) in pairs {
            near(one(24, a, b).observed, observed, 0.000_01);
            let stretch = |all: Found<'_>| -> Vec<(u64, u64)> {
                all.iter().map(|(at, long)| (at * 50_000, long * 50_000)).collect()
            };
            let fine = one(24 * 50_000, &stretch(a), &stretch(b));
            near(fine.observed, observed, 0.000_01);
            // The corrected formula of 2004 is a little off the printed figures of 1995.
            near(fine.expected, expected, 0.005);
            near(fine.alpha().expect("defined"), alpha, 0.02);
        }
    }

    /// By hand: ten places; one person has 2–4, the other 3–6. δ² = 1 + 4 = 5, D₀ = 5/100. Both units could lie in gaps of
    /// 2, 6 (the first's) and 3, 4 (the other's): for length 2, rooms 1 + 5 + 2 + 3 = 11, overlaps (2 − 1)·2 = 2, so
    /// 2 + 4·11 = 46; for length 3, rooms 4 + 1 + 2 = 7, overlaps 10, so 10 + 9·7 = 73. Dₑ = 2/10 · 119 / (20·19 − 2 − 6).
    #[test]
    fn a_case_worked_out_by_hand() {
        let found = one(10, &[(2, 2)], &[(3, 3)]);
        near(found.observed, 0.05, 1e-12);
        near(found.expected, 0.2 * 119.0 / 372.0, 1e-12);
        near(found.alpha().expect("defined"), 1.0 - 0.05 / (0.2 * 119.0 / 372.0), 1e-12);
    }

    #[test]
    fn nothing_to_agree_on_is_not_defined() {
        assert_eq!(one(100, &[], &[]).alpha(), None);
        assert_eq!(disagreement(&[]).alpha(), None);
        assert_eq!(one(0, &[], &[]).alpha(), None);
        // Found by one of the two only: that is disagreement.
        assert!(one(100, &[(10, 5)], &[]).alpha().expect("defined") < 0.1);
    }

    #[test]
    fn units_that_overlap_become_one_and_those_that_touch_stay_two() {
        let parted = without_overlaps(vec![5..9, 0..3, 3..4, 8..12, 6..7, 20..20]);
        assert_eq!(parted, [0..3, 3..4, 5..12]);
    }

    use proptest::prelude::*;

    fn any_units(length: u64) -> impl Strategy<Value = Vec<Range<u64>>> {
        proptest::collection::vec((0..length, 1..=length / 4), 0..12).prop_map(move |all| {
            without_overlaps(
                all.into_iter().map(|(at, long)| at..(at + long).min(length)).collect(),
            )
        })
    }

    fn any_text() -> impl Strategy<Value = Units> {
        (8_u64..120).prop_flat_map(|length| {
            (any_units(length), any_units(length))
                .prop_map(move |(a, b)| Units { length, by: [a, b] })
        })
    }

    /// The definition, section by section.
    fn by_the_book(texts: &[Units]) -> Disagreement {
        let total: u64 = texts.iter().map(|text| text.length).sum();
        let observers: Vec<Vec<Vec<Section>>> = (0..2)
            .map(|who| texts.iter().map(|text| sections(&text.by[who], text.length)).collect())
            .collect();
        let l = |section: &Section| (section.place.end - section.place.start) as f64;
        let mut observed = 0.0;
        for i in 0..2 {
            for j in (0..2).filter(|j| *j != i) {
                for (text, others) in observers[i].iter().zip(&observers[j]) {
                    for (a, b) in text.iter().flat_map(|a| others.iter().map(move |b| (a, b))) {
                        observed += distance(a, b) as f64;
                    }
                }
            }
        }
        let all: Vec<&Section> = observers.iter().flatten().flatten().collect();
        let n = all.iter().filter(|section| section.unit).count() as f64;
        let (mut sum, mut held) = (0.0, 0.0);
        for unit in all.iter().filter(|section| section.unit) {
            let u = l(unit);
            let rooms: f64 =
                all.iter().filter(|gap| !gap.unit && l(gap) >= u).map(|gap| l(gap) - u + 1.0).sum();
            sum += (n - 1.0) / 3.0 * (2.0 * u * u * u - 3.0 * u * u + u) + u * u * rooms;
            held += u * (u - 1.0);
        }
        let (m, t) = (2.0, total as f64);
        Disagreement {
            observed: observed / (m * (m - 1.0) * t * t),
            expected: 2.0 / t * sum / (m * t * (m * t - 1.0) - held),
        }
    }

    proptest! {
        #[test]
        fn the_fast_way_says_what_the_definition_does(
            texts in proptest::collection::vec(any_text(), 1..4)
        ) {
            let (fast, slow) = (disagreement(&texts), by_the_book(&texts));
            prop_assert!((fast.observed - slow.observed).abs() < 1e-9, "{fast:?} {slow:?}");
            prop_assert!((fast.expected - slow.expected).abs() < 1e-9, "{fast:?} {slow:?}");
        }

        #[test]
        fn whoever_comes_first_it_is_the_same(texts in proptest::collection::vec(any_text(), 1..4)) {
            let turned: Vec<Units> = texts
                .iter()
                .map(|text| {
                    let [a, b] = text.by.clone();
                    Units { length: text.length, by: [b, a] }
                })
                .collect();
            prop_assert_eq!(disagreement(&texts), disagreement(&turned));
        }

        #[test]
        fn the_same_units_agree_wholly(texts in proptest::collection::vec(any_text(), 1..4)) {
            let same: Vec<Units> = texts
                .iter()
                .map(|text| {
                    let [a, _] = text.by.clone();
                    Units { length: text.length, by: [a.clone(), a] }
                })
                .collect();
            let found = disagreement(&same);
            prop_assert_eq!(found.observed, 0.0);
            if let Some(alpha) = found.alpha() {
                prop_assert_eq!(alpha, 1.0);
            }
        }
    }

    /// Units thrown on a text at random by two people who know nothing of each other: about 0, on average.
    #[test]
    fn chance_gives_about_nothing() {
        let mut random = 7_u64;
        let mut next = |below: u64| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        let (mut sum, mut count) = (Disagreement::default(), 0);
        for _ in 0..400 {
            let length = 2_000;
            let mut thrown = || {
                let units = (0..25).map(|_| {
                    let at = next(length - 40);
                    at..at + 1 + next(40)
                });
                without_overlaps(units.collect())
            };
            let units = Units { length, by: [thrown(), thrown()] };
            sum = sum.and(disagreement(&[units]));
            count += 1;
        }
        let alpha = sum.alpha().expect("defined");
        assert!(alpha.abs() < 0.05, "{alpha} over {count} texts");
    }
}
