//! Which token of the old text is which of the new one, as far as a diff can say: whole stretches first (about a
//! sentence each), then the words between those that are the same, then stretches that were moved whole.

use std::collections::HashMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};

use super::tokens::Tokens;

/// No token.
const NONE: u32 = u32::MAX;
/// A stretch that stands elsewhere is taken for moved only when it has so many tokens: “He denies it.” may stand
/// anywhere.
const MOVED: usize = 8;

/// So near a stretch that was copied, others may be part of the copy.
const COPY: usize = 3;

/// What the diff says of each token.
pub(in crate::text) struct Alignment {
    /// For each old token the new one.
    to_new: Vec<u32>,
    /// For each new token the old one.
    to_old: Vec<u32>,
    /// For each old stretch the new one that is the same, in order or moved.
    twins: Vec<Twin>,
    /// For each new token whether it is in a stretch that is the same as an old one.
    taken: Vec<bool>,
}

/// The new stretch that is the same as an old one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Twin {
    /// There is none.
    None,
    /// In the order of the text, and nothing else could be meant.
    Same(usize),
    /// In the order of the text, but the same words stand elsewhere too.
    Repeated(usize),
    /// Elsewhere.
    Moved(usize),
}

impl Alignment {
    pub(in crate::text) fn new(old: &Tokens, new: &Tokens) -> Self {
        let mut all = Self {
            to_new: vec![NONE; old.len()],
            to_old: vec![NONE; new.len()],
            twins: vec![Twin::None; old.stretches.len()],
            taken: vec![false; new.len()],
        };
        let (olds, news, uses) = numbered(old, new);
        let mut between = Vec::new();
        let mut left = (Vec::new(), Vec::new());
        each(&olds, &news, uses.len(), |part| match part {
            Part::Same(a, b) => all.twins[a] = Twin::Same(b),
            Part::Between(a, b) => {
                left.0.extend(a.clone());
                left.1.extend(b.clone());
                between.push((a, b));
            }
        });
        all.doubt_repeated(&olds, &news, &uses);
        all.find_moved(&olds, &news, &left, old);
        for (a, twin) in all.twins.clone().into_iter().enumerate() {
            if let Twin::Same(b) | Twin::Repeated(b) | Twin::Moved(b) = twin {
                let pairs = old.stretches[a].clone().zip(new.stretches[b].clone());
                pairs.for_each(|(a, b)| all.join(a, b));
                new.stretches[b].clone().for_each(|token| all.taken[token] = true);
            }
        }
        for (a, b) in between {
            let tokens = |of: &Tokens, some: Range<usize>| -> Option<Range<usize>> {
                let last = of.stretches.get(some.end.checked_sub(1)?)?.end;
                Some(of.stretches.get(some.start)?.start..last)
            };
            if let (Some(a), Some(b)) = (tokens(old, a), tokens(new, b)) {
                all.join_words(old, a, new, b);
            }
        }
        all
    }

    /// Joins words that are the same in these tokens, in order, where no moved stretch has joined them.
    fn join_words(&mut self, old: &Tokens, a: Range<usize>, new: &Tokens, b: Range<usize>) {
        let free = |all: Range<usize>, joined: &[u32]| -> Vec<usize> {
            all.filter(|&token| joined[token] == NONE).collect()
        };
        let (a, b) = (free(a, &self.to_new), free(b, &self.to_old));
        let keys = |of: &Tokens, some: &[usize]| -> Vec<u32> {
            some.iter().map(|&token| of.keys[token]).collect()
        };
        for (i, j) in common(&keys(old, &a), &keys(new, &b)) {
            self.join(a[i], b[j]);
        }
    }

    fn join(&mut self, old: usize, new: usize) {
        self.to_new[old] = u32::try_from(new).unwrap_or(NONE);
        self.to_old[new] = u32::try_from(old).unwrap_or(NONE);
    }

    /// Where a stretch stands more than once in a text, its place in the order is trusted only beside one that does not.
    fn doubt_repeated(&mut self, olds: &[u32], news: &[u32], uses: &[(u32, u32)]) {
        let single = |i: usize| uses.get(olds[i] as usize) == Some(&(1, 1));
        let at = |i: Option<usize>| match i.and_then(|i| self.twins.get(i)) {
            Some(&Twin::Same(b)) => Some(b),
            _ => None,
        };
        let doubtful: Vec<(usize, usize)> = (0..olds.len())
            .filter_map(|i| {
                let b = at(Some(i)).filter(|_| !single(i))?;
                let before = at(i.checked_sub(1)).is_some_and(|p| p + 1 == b && single(i - 1));
                let after = at(Some(i + 1)).is_some_and(|n| n == b + 1 && single(i + 1));
                (!before && !after).then_some((i, b))
            })
            .collect();
        // Near stretches that the new text has more often than the old one, it may be their copy that was met.
        let more = |b: usize| {
            news.get(b).and_then(|&n| uses.get(n as usize)).is_some_and(|(a, b)| *a > 0 && b > a)
        };
        let near_copy = |b: usize| (b.saturating_sub(COPY)..=b + COPY).any(more);
        let copies: Vec<(usize, usize)> = (0..olds.len())
            .filter_map(|i| at(Some(i)).filter(|&b| near_copy(b)).map(|b| (i, b)))
            .collect();
        for (i, b) in doubtful.into_iter().chain(copies) {
            self.twins[i] = Twin::Repeated(b);
        }
    }

    /// Stretches that the order leaves over, and that stand once among those of either text.
    fn find_moved(
        &mut self,
        olds: &[u32],
        news: &[u32],
        left: &(Vec<usize>, Vec<usize>),
        old: &Tokens,
    ) {
        let once = |some: &[usize], keys: &[u32]| {
            let mut found: HashMap<u32, Option<usize>> = HashMap::new();
            for &i in some {
                found.entry(keys[i]).and_modify(|it| *it = None).or_insert(Some(i));
            }
            found
        };
        let places = once(&left.1, news);
        for (key, a) in once(&left.0, olds) {
            if let (Some(a), Some(Some(b))) = (a, places.get(&key))
                && old.stretches[a].len() >= MOVED
            {
                self.twins[a] = Twin::Moved(*b);
            }
        }
    }

    pub(in crate::text) fn twin(&self, stretch: usize) -> Twin {
        self.twins.get(stretch).copied().unwrap_or(Twin::None)
    }

    /// Between which new stretches an old one should be, by the order of the text: the first that comes into question,
    /// and one past the last.
    pub(super) fn between(&self, stretch: usize) -> Range<usize> {
        let same = |twin: &Twin| match twin {
            Twin::Same(new) => Some(*new),
            _ => None,
        };
        let before = self.twins.get(..stretch).unwrap_or_default().iter().rev().find_map(same);
        let after = self.twins.get(stretch + 1..).unwrap_or_default().iter().find_map(same);
        before.map_or(0, |new| new + 1)..after.unwrap_or(usize::MAX)
    }

    /// The new token that an old one became.
    pub(in crate::text) fn to_new(&self, old: usize) -> Option<usize> {
        self.to_new.get(old).filter(|&&n| n != NONE).map(|&n| n as usize)
    }

    /// The old token that a new one was.
    pub(super) fn to_old(&self, new: usize) -> Option<usize> {
        self.to_old.get(new).filter(|&&n| n != NONE).map(|&n| n as usize)
    }

    /// Whether a new token is in a stretch that is the same as an old one.
    pub(super) fn is_taken(&self, new: usize) -> bool {
        self.taken.get(new).copied().unwrap_or(false)
    }
}

/// A number for each stretch of both texts, equal for equal ones, and how often each number stands in the old text and
/// in the new.
fn numbered(old: &Tokens, new: &Tokens) -> (Vec<u32>, Vec<u32>, Vec<(u32, u32)>) {
    let mut numbers: HashMap<&[u32], u32> = HashMap::new();
    let mut uses: Vec<(u32, u32)> = Vec::new();
    let mut olds = Vec::with_capacity(old.stretches.len());
    let mut news = Vec::with_capacity(new.stretches.len());
    for (tokens, first) in [(old, true), (new, false)] {
        for stretch in &tokens.stretches {
            let words = tokens.keys.get(stretch.clone()).unwrap_or_default();
            let next = u32::try_from(uses.len()).unwrap_or(NONE);
            let number = *numbers.entry(words).or_insert(next);
            if number == next {
                uses.push((0, 0));
            }
            if let Some((a, b)) = uses.get_mut(number as usize) {
                *(if first { a } else { b }) += 1;
            }
            (if first { &mut olds } else { &mut news }).push(number);
        }
    }
    (olds, news, uses)
}

/// A part of two lists, in order.
enum Part {
    /// These two are the same.
    Same(usize, usize),
    /// These stand between what is the same.
    Between(Range<usize>, Range<usize>),
}

/// The parts of two lists of numbers below `numbers`, by the histogram diff.
fn each(a: &[u32], b: &[u32], numbers: usize, mut with: impl FnMut(Part)) {
    let tokens = |of: &[u32]| of.iter().map(|&n| Token(n)).collect::<Vec<_>>();
    let mut diff = Diff::default();
    let numbers = u32::try_from(numbers).unwrap_or(u32::MAX);
    diff.compute_with(Algorithm::Histogram, &tokens(a), &tokens(b), numbers);
    let (mut i, mut j) = (0, 0);
    for hunk in diff.hunks() {
        while i < hunk.before.start as usize {
            with(Part::Same(i, j));
            (i, j) = (i + 1, j + 1);
        }
        let (before, after) = (i..hunk.before.end as usize, j..hunk.after.end as usize);
        (i, j) = (before.end, after.end);
        with(Part::Between(before, after));
    }
    while i < a.len() && j < b.len() {
        with(Part::Same(i, j));
        (i, j) = (i + 1, j + 1);
    }
}

/// The pairs that two lists of keys have in common, in order, by the histogram diff.
pub(in crate::text) fn common(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    // Numbered anew: the diff keeps a table as long as there are numbers.
    let mut numbers: HashMap<u32, u32> = HashMap::with_capacity(a.len() + b.len());
    let mut anew = |of: &[u32]| -> Vec<u32> {
        let number = |key: &u32| {
            let next = u32::try_from(numbers.len()).unwrap_or(NONE);
            *numbers.entry(*key).or_insert(next)
        };
        of.iter().map(number).collect()
    };
    let (a, b) = (anew(a), anew(b));
    let mut pairs = Vec::new();
    each(&a, &b, numbers.len(), |part| {
        if let Part::Same(i, j) = part {
            pairs.push((i, j));
        }
    });
    pairs
}
