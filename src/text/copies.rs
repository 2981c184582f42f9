//! Texts that are nearly the same: a wire agency's report in two papers. They are compared by w-shingling, after Broder 1997
//! (“On the resemblance and containment of documents”): a text is the set of its runs of five words, and two texts
//! resemble each other by the share of their runs that both have.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::fold;

/// How many words a run has (a shingle, and the w of w-shingling).
const RUN: usize = 5;
/// How many hash values stand for a text, in bands of three: two texts that have half of their runs in common come
/// together in one of the bands at least with 98 %.
const HASHES: usize = 84;
const BAND: usize = 3;
/// Of more texts than this in one band, not each is compared with each: copies that hundreds have are known by the first.
const CROWD: usize = 40;
/// The same runs in another order, or other spaces and signs between the words, are not the same text.
const NOT_QUITE: f64 = 0.99;

/// Two texts that are nearly the same, by number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Copies {
    /// The one that comes first.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// Their resemblance, from 0 to 1; 1 only where the two are the same, character by character.
    pub share: f64,
}

/// The runs of words of a text, to be compared with those of others.
///
/// ```
/// use casebook::text::WordRuns;
///
/// let wire = WordRuns::of("The harbour master said on Friday that two mooring lines had parted in the night.");
/// let copy = WordRuns::of("The harbour master said on Friday that two mooring lines had parted.");
/// let other = WordRuns::of("Nothing of the kind was ever found in the ledgers of the company.");
/// assert!((wire.resemblance(&copy) - 8.0 / 11.0).abs() < 0.001);
/// assert_eq!(wire.resemblance(&other), 0.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordRuns(Vec<u64>);

impl WordRuns {
    /// The runs of a text; a text of fewer words than a run has is one run. Capitals, accents and what stands between
    /// the words do not count.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| hash(&fold(word)))
            .collect();
        let mut runs: Vec<u64> = match words.len() {
            0 => Vec::new(),
            few if few < RUN => vec![hash(&*words)],
            _ => words.windows(RUN).map(hash).collect(),
        };
        runs.sort_unstable();
        runs.dedup();
        Self(runs)
    }

    /// Whether there are no words.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many runs both have, of all that either has (Jaccard): from 0 to 1. Of two texts without words, 0.
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> f64 {
        let (mut a, mut b, mut both) =
            (self.0.iter().peekable(), other.0.iter().peekable(), 0_usize);
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    both += 1;
                    a.next();
                    b.next();
                }
            }
        }
        let any = self.0.len() + other.0.len() - both;
        both as f64 / any.max(1) as f64
    }

    /// The least of the runs under each of a number of hash functions (MinHash): two texts have as large a share of
    /// these in common, about, as of their runs.
    fn least(&self) -> [u64; HASHES] {
        let mut least = [u64::MAX; HASHES];
        for run in &self.0 {
            for (i, least) in least.iter_mut().enumerate() {
                let function = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                *least = (*least).min(mixed(*run ^ function));
            }
        }
        least
    }
}

/// The resemblance of two texts, from 0 to 1; 1 only where they are the same, character by character.
#[must_use]
pub fn resemblance(a: &str, b: &str) -> f64 {
    shared((a, &WordRuns::of(a)), (b, &WordRuns::of(b)))
}

fn shared((a, runs_of_a): (&str, &WordRuns), (b, runs_of_b): (&str, &WordRuns)) -> f64 {
    if a == b { 1.0 } else { runs_of_a.resemblance(runs_of_b).min(NOT_QUITE) }
}

/// The pairs of texts whose resemblance is at least this, in the order of the texts. Candidates are found by MinHash in
/// bands (Broder 1997; Leskovec et al. 2014, chapter 3), and then counted. Where more than 40 texts have a band in common,
/// each is compared with the first of them and with the one before it. When `stop` returns true, none.
#[must_use]
pub fn copies_among(texts: &[&str], at_least: f64, stop: &dyn Fn() -> bool) -> Vec<Copies> {
    let mut bands: HashMap<(usize, [u64; BAND]), Vec<usize>> = HashMap::new();
    let mut all: Vec<WordRuns> = Vec::with_capacity(texts.len());
    for (number, text) in texts.iter().enumerate() {
        if stop() {
            return Vec::new();
        }
        let runs = WordRuns::of(text);
        if !runs.is_empty() {
            for (i, band) in runs.least().chunks_exact(BAND).enumerate() {
                let mut key = [0; BAND];
                key.copy_from_slice(band);
                bands.entry((i, key)).or_default().push(number);
            }
        }
        all.push(runs);
    }
    let mut candidates: BTreeSet<(usize, usize)> = BTreeSet::new();
    for numbers in bands.values() {
        if numbers.len() > CROWD {
            let first = numbers.iter().skip(1).map(|number| (numbers[0], *number));
            candidates.extend(first.chain(numbers.windows(2).map(|pair| (pair[0], pair[1]))));
            continue;
        }
        for (i, a) in numbers.iter().enumerate() {
            candidates.extend(numbers[i + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let mut found = Vec::new();
    for (count, (first, second)) in candidates.into_iter().enumerate() {
        if count % 64 == 0 && stop() {
            return Vec::new();
        }
        let share = shared((texts[first], &all[first]), (texts[second], &all[second]));
        if share >= at_least {
            found.push(Copies { first, second, share });
        }
    }
    found
}

/// The text that resembles this one most, by its number, and how much, where that is at least so much; of several alike,
/// the first. When `stop` returns true, none.
#[must_use]
pub fn likest<'a>(
    text: &str,
    others: impl IntoIterator<Item = &'a str>,
    at_least: f64,
    stop: &dyn Fn() -> bool,
) -> Option<(usize, f64)> {
    let runs = WordRuns::of(text);
    let mut best: Option<(usize, f64)> = None;
    for (number, other) in others.into_iter().enumerate() {
        if stop() {
            return None;
        }
        // A text that is so much longer or shorter cannot have the share: it need not be taken apart.
        let (short, long) = (text.len().min(other.len()), text.len().max(other.len()));
        if (short as f64) * 4.0 < long as f64 * at_least {
            continue;
        }
        let share = shared((text, &runs), (other, &WordRuns::of(other)));
        if share >= at_least && best.is_none_or(|(_, most)| share > most) {
            best = Some((number, share));
        }
    }
    best
}

fn hash<T: Hash + ?Sized>(what: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// The finaliser of SplitMix64 (Steele et al. 2014): one bit of the input changes half of the output's.
const fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WIRE: &str = "The harbour master said on Friday that two mooring lines had parted in the night, \
                        and that nobody was hurt. The barge drifted for an hour before a tug took it in tow. \
                        An inquiry has begun, the port authority said in a statement.";
    const OTHER: &str = "Nothing of the kind was ever found in the ledgers of the company, its treasurer told us \
                         when we met her at the quay, and she would know: she kept them for thirty years.";

    #[test]
    fn copies_of_a_text_are_found_and_other_texts_are_not() {
        let copy = WIRE.replace("on Friday", "on Saturday");
        let found = copies_among(&[WIRE, OTHER, &copy, WIRE, ""], 0.7, &|| false);
        let pairs: Vec<_> = found.iter().map(|it| (it.first, it.second, it.share >= 1.0)).collect();
        assert_eq!(pairs, [(0, 2, false), (0, 3, true), (2, 3, false)]);
        assert!(copies_among(&[WIRE, WIRE], 0.7, &|| true).is_empty());
    }

    #[test]
    fn hundreds_of_copies_are_each_found() {
        let texts: Vec<String> =
            (0..300).map(|n| WIRE.replace("Friday", &format!("the {n}th"))).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = copies_among(&texts, 0.7, &|| false);
        let second: BTreeSet<usize> = found.iter().map(|it| it.second).collect();
        assert_eq!(second.len(), 299, "each has an earlier one that it resembles");
        assert!(found.len() < 20_000, "not each with each: {}", found.len());
    }

    #[test]
    fn the_likest_of_some_texts_is_told() {
        let copy = WIRE.replace("on Friday", "on Saturday");
        let far = copy.replace("nobody was hurt", "one hand was slightly injured");
        let others = [OTHER, &*far, &*copy];
        let (number, share) = likest(WIRE, others, 0.5, &|| false).expect("a copy");
        assert!(number == 2 && share > 0.7 && share < 1.0, "{number} {share}");
        assert_eq!(likest(WIRE, [WIRE], 0.5, &|| false), Some((0, 1.0)));
        assert_eq!(likest(WIRE, [OTHER, ""], 0.5, &|| false), None);
    }

    fn words() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec("[a-zé]{1,8}", 0..60)
    }

    proptest! {
        #[test]
        fn resemblance_is_the_same_both_ways_and_whole_only_for_the_same(a in words(), b in words()) {
            let (a, b) = (a.join(" "), b.join(" "));
            let share = resemblance(&a, &b);
            prop_assert_eq!(share, resemblance(&b, &a));
            prop_assert!((0.0..=1.0).contains(&share));
            prop_assert_eq!(share >= 1.0, a == b);
            prop_assert_eq!(resemblance(&a, &a), 1.0);
        }

        /// The more words of a text are others, the less it resembles what it was.
        #[test]
        fn resemblance_falls_as_words_change(
            text in proptest::collection::vec("[a-z]{1,8}", 12..60),
            order in proptest::collection::vec(any::<proptest::sample::Index>(), 1..8),
        ) {
            let whole = text.join(" ");
            let mut now = text.clone();
            let mut last = 1.0;
            for (n, index) in order.iter().enumerate() {
                // A word that no text has: what it stands in is no longer a run of both.
                now[index.index(text.len())] = format!("zz{n}{}", "q".repeat(9));
                let share = resemblance(&whole, &now.join(" "));
                prop_assert!(share <= last + 1e-9, "{share} after {last}");
                last = share;
            }
            prop_assert!(last < 1.0);
        }
    }
}
