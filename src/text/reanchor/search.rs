//! Where in the new text a place of the old could be: near what the diff joined, and wherever rare words of its sentence
//! meet again.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::alignment::{Alignment, common};
use super::distance::Letters;
use super::likeness::Likeness;
use super::tokens::Tokens;
use crate::text::Text;

/// How many rare words of a sentence are looked up.
const LOOKED_UP: usize = 12;
/// A word that stands more often than this in the parts that are new says nothing about where.
const EVERYWHERE: usize = 96;
/// How many regions are searched for one place.
const REGIONS: usize = 8;
/// How far a region reaches on both sides, in tokens.
const REACH: usize = 16;
/// A place of more tokens than this is found by its words, not by its letters.
pub(super) const LONG: usize = 24;

/// Words of more letters than the first are not searched for by letters, nor regions of more bytes than the second: a
/// text may hold “words” of megabytes.
const MOST_LETTERS: (usize, usize) = (2_000, 64 << 10);

/// Both texts, what the diff says of them, and an index of what is new.
pub(super) struct Search<'a> {
    pub(super) texts: (&'a Text, &'a Text),
    pub(super) likeness: &'a Likeness<'a>,
    pub(super) alignment: &'a Alignment,
    new_places: OnceCell<Index>,
    old_places: OnceCell<Index>,
}

/// Keys and where they stand, in order of keys.
struct Index(Vec<(u32, u32)>);

impl Index {
    fn new(keys: &[u32], with: impl Fn(usize) -> bool) -> Self {
        let places = keys.iter().zip(0_u32..).filter(|(_, at)| with(*at as usize));
        let mut all: Vec<(u32, u32)> = places.map(|(key, at)| (*key, at)).collect();
        all.sort_unstable();
        Self(all)
    }

    /// Where a key stands; `None` where that is nowhere, or so often that it says nothing.
    fn places(&self, key: u32) -> Option<&[(u32, u32)]> {
        let first = self.0.partition_point(|&(k, _)| k < key);
        let rest = self.0.get(first..)?;
        let places = rest.get(..rest.partition_point(|&(k, _)| k == key))?;
        (1..=EVERYWHERE).contains(&places.len()).then_some(places)
    }
}

/// A place in the new text where the words stand, or words like them.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Its bytes.
    pub(super) bytes: Range<usize>,
    /// How like its words are, 0 to 1.
    pub(super) own: f32,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        texts: (&'a Text, &'a Text),
        likeness: &'a Likeness<'a>,
        alignment: &'a Alignment,
    ) -> Self {
        let (new_places, old_places) = (OnceCell::new(), OnceCell::new());
        Self { texts, likeness, alignment, new_places, old_places }
    }

    /// Where a key stands in the new text, outside stretches that the old text has, unless it stands there often.
    fn new_places(&self, key: u32) -> Option<&[(u32, u32)]> {
        let free = |token| !self.alignment.is_taken(token);
        self.new_places.get_or_init(|| Index::new(&self.likeness.new.keys, free)).places(key)
    }

    /// Where a key stands in the old text, unless it stands there often.
    pub(super) fn old_places(&self, key: u32) -> Option<&[(u32, u32)]> {
        self.old_places.get_or_init(|| Index::new(&self.likeness.old.keys, |_| true)).places(key)
    }

    /// The tokens of a range that say most about where it is, those first.
    pub(super) fn rarest(&self, of: &Tokens, tokens: Range<usize>) -> Vec<usize> {
        let weight = |token: usize| self.likeness.weight_of(of, token);
        let mut rare: Vec<usize> = tokens.collect();
        rare.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
        rare.truncate(3 * LOOKED_UP);
        rare
    }

    /// All places that come into question for these bytes of the old text, and the tokens they touch.
    pub(super) fn places(&self, bytes: &Range<usize>, tokens: &Range<usize>) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        // Exactly between the neighbours, the words may be misspelt, and stand well spelt elsewhere in the sentence.
        let neighbours = || {
            let before = self.alignment.to_new(tokens.start.checked_sub(1)?)?;
            let after = self.alignment.to_new(tokens.end)?;
            (before < after && after - before <= tokens.len() + 3).then_some(before + 1..after)
        };
        let between = neighbours().filter(|region| !region.is_empty());
        let nearly = between.map(|region| self.nearly(bytes, tokens, &region));
        let regions = self.regions(tokens);
        let exactly = regions.iter().map(|region| self.places_in(bytes, tokens, region));
        for places in exactly.chain(nearly) {
            for place in places {
                if !found.iter().any(|other| other.bytes == place.bytes) {
                    found.push(place);
                }
            }
        }
        found
    }

    /// Regions of the new text, as tokens.
    fn regions(&self, tokens: &Range<usize>) -> Vec<Range<usize>> {
        let sentence = self.likeness.sentence(tokens);
        let mut regions = Vec::new();
        let start = |old: usize, new: usize| (new + tokens.start).saturating_sub(old);
        // Where the diff has the words themselves, or those next to them.
        let own = tokens.clone().find_map(|t| Some((t, self.alignment.to_new(t)?)));
        let near = || {
            let before = (sentence.start..tokens.start).rev();
            before
                .chain(tokens.end..sentence.end)
                .find_map(|t| Some((t, self.alignment.to_new(t)?)))
        };
        if let Some((old, new)) = own.or_else(near) {
            regions.push(start(old, new)..start(old, new) + 1);
        }
        // Where rare words of the sentence meet again.
        let mut votes: BTreeMap<usize, f32> = BTreeMap::new();
        let rare = self.rarest(self.likeness.old, sentence).into_iter();
        let known = rare.filter_map(|old| {
            let key = *self.likeness.old.keys.get(old)?;
            Some((old, self.new_places(key)?))
        });
        for (old, places) in known.take(LOOKED_UP) {
            for &(_, new) in places {
                *votes.entry(start(old, new as usize)).or_default() += self.likeness.weight(old);
            }
        }
        let mut groups: Vec<(f32, Range<usize>)> = Vec::new();
        for (at, weight) in votes {
            match groups.last_mut() {
                Some((all, range)) if at < range.start + REACH => {
                    *all += weight;
                    range.end = at + 1;
                }
                _ => groups.push((weight, at..at + 1)),
            }
        }
        groups.sort_by(|a, b| b.0.total_cmp(&a.0));
        regions.extend(groups.into_iter().take(REGIONS).map(|(_, range)| range));
        regions
            .into_iter()
            .map(|range| {
                let end = range.end.saturating_add(tokens.len() + REACH);
                range.start.saturating_sub(REACH)..end.min(self.likeness.new.len())
            })
            .filter(|region| region.start < region.end)
            .collect()
    }

    /// Where in a region the words stand: as they are, or else where they are most alike.
    fn places_in(
        &self,
        bytes: &Range<usize>,
        tokens: &Range<usize>,
        region: &Range<usize>,
    ) -> Vec<Found> {
        let old = self.likeness.old.keys.get(tokens.clone()).unwrap_or_default();
        let new = self.likeness.new.keys.get(region.clone()).unwrap_or_default();
        let exactly: Vec<Found> = new
            .windows(old.len().max(1))
            .enumerate()
            .filter(|(_, words)| *words == old)
            .map(|(i, _)| {
                let there = region.start + i..region.start + i + old.len();
                let bytes = self.inside(bytes, tokens, &there);
                Found { tokens: there, bytes, own: 1.0 }
            })
            .take(2 * REACH)
            .collect();
        if !exactly.is_empty() {
            return exactly;
        }
        self.nearly(bytes, tokens, region)
    }

    /// Where in a region words like these stand.
    fn nearly(
        &self,
        bytes: &Range<usize>,
        tokens: &Range<usize>,
        region: &Range<usize>,
    ) -> Vec<Found> {
        let old = self.likeness.old.keys.get(tokens.clone()).unwrap_or_default();
        let new = self.likeness.new.keys.get(region.clone()).unwrap_or_default();
        let found = if tokens.len() > LONG {
            self.by_words(tokens, region, old, new)
        } else {
            self.by_letters(bytes, region)
        };
        found.into_iter().collect()
    }

    /// The bytes that these new tokens, which have the same keys as the old ones, have of what old bytes cover.
    pub(super) fn inside(
        &self,
        bytes: &Range<usize>,
        old: &Range<usize>,
        new: &Range<usize>,
    ) -> Range<usize> {
        let (from, whole) = (self.likeness.old.bytes(old), self.likeness.new.bytes(new));
        let letters = |range: Range<usize>| {
            Letters::of(self.texts.0.get(range.clone()).unwrap_or_default(), range.start).len()
        };
        let mut there = whole.clone();
        // It begins or ends inside a token: so many letters further in.
        if bytes.start > from.start {
            let token = self.likeness.new.span(new.start);
            there.start = self.further(token, letters(from.start..bytes.start));
        }
        if bytes.end < from.end {
            let last = self.likeness.old.span(old.end.saturating_sub(1));
            let token = self.likeness.new.span(new.end.saturating_sub(1));
            there.end = self.further(token, letters(last.start..bytes.end));
        }
        if there.start < there.end { there } else { whole }
    }

    /// The byte of the new text that is so many letters into a token.
    fn further(&self, token: Range<usize>, letters: usize) -> usize {
        let words = self.texts.1.get(token.clone()).unwrap_or_default();
        Letters::of(words, token.start).start_of(letters).unwrap_or(token.end)
    }

    fn by_letters(&self, bytes: &Range<usize>, region: &Range<usize>) -> Option<Found> {
        let words = Letters::of(self.texts.0.get(bytes.clone())?, 0);
        let there = self.likeness.new.bytes(region);
        if words.len() > MOST_LETTERS.0 || there.len() > MOST_LETTERS.1 {
            return None;
        }
        let letters = Letters::of(self.texts.1.get(there.clone())?, there.start);
        let most = if words.len() < 4 { 0 } else { words.len() * 2 / 5 };
        let near = there.start.midpoint(there.end);
        let (found, changes) = letters.find(&words, near, most)?;
        let found = self.texts.1.trim(self.texts.1.snap(found));
        let tokens = self.likeness.new.touched(&found);
        // A word that was misspelt is meant as a whole.
        let whole = self.likeness.new.bytes(&tokens);
        let old = self.likeness.old.bytes(&self.likeness.old.touched(bytes));
        let start = if bytes.start <= old.start { whole.start } else { found.start };
        let end = if bytes.end >= old.end { whole.end } else { found.end };
        #[allow(clippy::cast_precision_loss, reason = "a share")]
        let own = 1.0 - changes as f32 / words.len() as f32;
        (start < end && !tokens.is_empty()).then_some(Found { tokens, bytes: start..end, own })
    }

    fn by_words(
        &self,
        tokens: &Range<usize>,
        region: &Range<usize>,
        old: &[u32],
        new: &[u32],
    ) -> Option<Found> {
        let pairs = common(old, new);
        let mut pairs = together(&pairs);
        // A word at its ends that was one of another sentence before is not meant.
        let mine = |new: usize| {
            self.alignment.to_old(region.start + new).is_none_or(|old| tokens.contains(&old))
        };
        while let Some((_, rest)) = pairs.split_first().filter(|((_, new), _)| !mine(*new)) {
            pairs = rest;
        }
        while let Some((_, rest)) = pairs.split_last().filter(|((_, new), _)| !mine(*new)) {
            pairs = rest;
        }
        let ((mut first_old, first), (mut last_old, last)) = (*pairs.first()?, *pairs.last()?);
        let weight = |i: usize| self.likeness.weight(tokens.start + i);
        let alike: f32 = pairs.iter().map(|(i, _)| weight(*i)).sum();
        let whole: f32 = (0..old.len()).map(weight).sum();
        // What was changed at its ends belongs to it, as far as its sentence goes there and nothing else was it before.
        let mut there = region.start + first..region.start + last + 1;
        let sentence = self.likeness.new.around(&there);
        let nobodys =
            |token: usize| self.alignment.to_old(token).is_none_or(|old| tokens.contains(&old));
        let same = |i: usize, token: usize| old.get(i) == self.likeness.new.keys.get(token);
        while there.start > sentence.start
            && first_old > 0
            && (same(first_old - 1, there.start - 1) || nobodys(there.start - 1))
        {
            (first_old, there.start) = (first_old - 1, there.start - 1);
        }
        while there.end < sentence.end
            && last_old + 1 < old.len()
            && (same(last_old + 1, there.end) || nobodys(there.end))
        {
            (last_old, there.end) = (last_old + 1, there.end + 1);
        }
        let bytes = self.likeness.new.bytes(&there);
        (whole > 0.0).then(|| Found { tokens: there, bytes, own: alike / whole })
    }
}

/// How much further apart than before two neighbouring words may be.
const GAP: usize = 8;

/// Of pairs of words, those around the longest run of neighbours that follow each other about as closely as before: a full
/// stop far away is not the one of this sentence.
fn together(pairs: &[(usize, usize)]) -> &[(usize, usize)] {
    let next = |a: &(usize, usize), b: &(usize, usize)| b.0 == a.0 + 1 && b.1 == a.1 + 1;
    let mut longest = 0..0;
    let mut from = 0;
    for run in pairs.chunk_by(next) {
        if run.len() > longest.len() {
            longest = from..from + run.len();
        }
        from += run.len();
    }
    let near = |a: (usize, usize), b: (usize, usize)| (b.1 - a.1).abs_diff(b.0 - a.0) <= GAP;
    while longest.start > 0 && near(pairs[longest.start - 1], pairs[longest.start]) {
        longest.start -= 1;
    }
    while longest.end < pairs.len() && near(pairs[longest.end - 1], pairs[longest.end]) {
        longest.end += 1;
    }
    pairs.get(longest).unwrap_or_default()
}
