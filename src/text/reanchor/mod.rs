//! Finding places of a text again after it changed.
//!
//! A diff says where most of them are (histogram diff of sentences, then of the words between sentences that are the
//! same). What it says of a sentence that changed is not trusted: there, and where a sentence was moved, the places that
//! come into question are searched (rare words of the sentence, then the words themselves by letters), each is compared
//! with its sentence and with what stands around that, and one is taken only if it is like enough (a floor) and clearly
//! more so than the next (a margin). A place in a sentence that was another one before is never taken: a name that
//! stands everywhere does not slip. What is not found is an orphan, with the places that it could be.

pub(super) mod alignment;
mod claims;
mod distance;
mod likeness;
mod search;
pub(super) mod tokens;

use std::collections::HashMap;
use std::ops::Range;

use super::Text;
use alignment::{Alignment, Twin};
use likeness::{Likeness, Score};
use search::{Found, LONG, Search};
use tokens::{Keys, Tokens};

/// A sentence less like the old one than this is another.
const SENTENCE_FLOOR: f32 = 0.5;
/// A place less like the old one than this, with what stands around it, is another.
const FLOOR: f32 = 0.7;
/// Where less than this of the sentence around the words is there, they stand in another.
const REST_FLOOR: f32 = 0.4;
/// So much more than the next must the best place be like the old one.
const MARGIN: f32 = 0.06;
/// Words less like the old ones than this are others.
const OWN_FLOOR: f32 = 0.65;
/// The same for a sentence or more: half of it is not all of it.
const LONG_FLOOR: f32 = 0.75;
/// The least that a place must be like the old one to be offered.
const OFFERED: f32 = 0.2;
/// How many places are offered for an orphan.
const CANDIDATES: usize = 5;

/// What became of a place of the old text. All ranges are bytes of the new text, on grapheme boundaries.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The same words in the same sentence, and in the same order among the others.
    Unchanged(Range<usize>),
    /// Found, in a sentence that was changed or moved, or with words written otherwise.
    Moved {
        /// Where.
        range: Range<usize>,
        /// How like that place is to the old one, 0 to 1.
        confidence: f32,
    },
    /// Not found, or not surely.
    Orphaned {
        /// Where it could be, the likeliest first, with how like each place is, 0 to 1.
        candidates: Vec<(Range<usize>, f32)>,
    },
}

impl Outcome {
    /// Where it is; `None` for an orphan.
    #[must_use]
    pub fn range(&self) -> Option<Range<usize>> {
        match self {
            Self::Unchanged(range) | Self::Moved { range, .. } => Some(range.clone()),
            Self::Orphaned { .. } => None,
        }
    }

    /// How sure it is that it is there, 0 to 1; of an orphan, how like the likeliest place is.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        match self {
            Self::Unchanged(_) => 1.0,
            Self::Moved { confidence, .. } => *confidence,
            Self::Orphaned { candidates } => candidates.first().map_or(0.0, |(_, c)| *c),
        }
    }
}

/// Finds places of a text (bytes) again in what became of it; an outcome for each, in the same order.
///
/// ```
/// use casebook::text::{Outcome, Text, reanchor};
///
/// let old = Text::new("Selon le conseil, Kervel savait. Kervel dément tout depuis lundi.");
/// let new = Text::new("Kervel dément tout depuis lundi.");
/// let second = old.as_str().rfind("Kervel").unwrap_or(0);
/// let found = reanchor(&old, &new, &[18..24, second..second + 6]);
/// // The first sentence is gone: its Kervel is not taken for the other one.
/// assert!(matches!(found[0], Outcome::Orphaned { .. }));
/// assert_eq!(found[1].range(), Some(0..6));
/// ```
#[must_use]
pub fn reanchor(old: &Text, new: &Text, ranges: &[Range<usize>]) -> Vec<Outcome> {
    if old == new {
        return ranges.iter().map(|range| Outcome::Unchanged(old.snap(range.clone()))).collect();
    }
    let mut keys = Keys::default();
    let tokens = (Tokens::new(old.as_str(), &mut keys), Tokens::new(new.as_str(), &mut keys));
    let alignment = Alignment::new(&tokens.0, &tokens.1);
    let likeness = Likeness { old: &tokens.0, new: &tokens.1, weights: keys.weights() };
    let search = Search::new((old, new), &likeness, &alignment);
    let mut outcomes: Vec<Outcome> =
        ranges.iter().map(|range| outcome(&search, &old.snap(range.clone()))).collect();
    part_coinciding(old, ranges, &mut outcomes);
    outcomes
}

/// What became of one place.
fn outcome(search: &Search<'_>, range: &Range<usize>) -> Outcome {
    let (old, new) = search.texts;
    let bytes = old.trim(range.clone());
    let tokens = search.likeness.old.touched(&bytes);
    if bytes.is_empty() || tokens.is_empty() {
        return Outcome::Orphaned { candidates: Vec::new() };
    }
    if let Some(there) = in_same_stretches(search, &tokens) {
        let there = new.snap(search.inside(&bytes, &tokens, &there));
        let same = old.get(bytes) == new.get(there.clone());
        return if same {
            Outcome::Unchanged(there)
        } else {
            Outcome::Moved { range: there, confidence: 1.0 }
        };
    }
    let mut candidates: Vec<Candidate> = search
        .places(&bytes, &tokens)
        .into_iter()
        .filter(|found| !claims::is_anothers(search, &tokens, &found.tokens))
        .map(|found| candidate(search, &tokens, found))
        .collect();
    candidates.sort_by(|a, b| b.score.total().total_cmp(&a.score.total()));
    let snapped = |range: &Range<usize>| new.snap(new.trim(new.snap(range.clone())));
    if let Some(best) = candidates.first() {
        let next = candidates
            .iter()
            .skip(1)
            .find(|other| !overlap(&other.bytes, &best.bytes))
            .map_or(0.0, |other| other.score.total());
        let range = snapped(&best.bytes);
        let own = if tokens.len() > LONG { LONG_FLOOR } else { OWN_FLOOR };
        if best.own >= own
            && best.score.sentence >= SENTENCE_FLOOR
            && best.score.rest >= REST_FLOOR
            && best.score.total() >= FLOOR
            && best.score.total() - next >= MARGIN
            && !best.contested
            && !range.is_empty()
        {
            // Words that were changed are no surer than they are alike, however like their sentence is.
            let confidence = best.score.total().min(best.own).clamp(0.0, 1.0);
            return Outcome::Moved { range, confidence };
        }
    }
    let candidates = candidates
        .iter()
        .filter(|c| c.score.total() >= OFFERED)
        .map(|c| (snapped(&c.bytes), c.score.total().clamp(0.0, 1.0)))
        .filter(|(range, _)| !range.is_empty())
        .take(CANDIDATES)
        .collect();
    Outcome::Orphaned { candidates }
}

struct Candidate {
    bytes: Range<usize>,
    own: f32,
    score: Score,
    /// Another place of the old text is more like it.
    contested: bool,
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The new tokens of some old ones, all of which are in stretches that are the same and in the same order.
fn in_same_stretches(search: &Search<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let old = search.likeness.old;
    let first = old.stretch_of(tokens.start);
    let last = old.stretch_of(tokens.end - 1);
    let twin = |stretch| match search.alignment.twin(stretch) {
        Twin::Same(new) => Some(new),
        _ => None,
    };
    let start = twin(first)?;
    let follows = |stretch: usize| twin(stretch) == Some(start + (stretch - first));
    if !(first..=last).all(follows) {
        return None;
    }
    let from = search.alignment.to_new(tokens.start)?;
    Some(from..from + tokens.len())
}

fn candidate(search: &Search<'_>, tokens: &Range<usize>, found: Found) -> Candidate {
    let Found { tokens: there, bytes, own } = found;
    let mut score = search.likeness.score(tokens, &there, own);
    score.order = claims::order(search, tokens, &there);
    let contested = claims::is_contested(search, tokens, &there, score);
    Candidate { bytes, own, score, contested }
}

/// Different places of the old text cannot have become one: the surest keeps it, the others are orphans.
fn part_coinciding(old: &Text, ranges: &[Range<usize>], outcomes: &mut [Outcome]) {
    let mut holders: HashMap<(usize, usize), usize> = HashMap::new();
    for i in 0..outcomes.len() {
        let Some(range) = outcomes[i].range() else { continue };
        let here = (range.start, range.end);
        let Some(&other) = holders.get(&here) else {
            holders.insert(here, i);
            continue;
        };
        let place = |i: usize| ranges.get(i).map(|range| old.trim(old.snap(range.clone())));
        if place(i) == place(other) {
            continue;
        }
        let loser = if outcomes[i].confidence() > outcomes[other].confidence() {
            holders.insert(here, i);
            other
        } else {
            i
        };
        let confidence = outcomes[loser].confidence();
        outcomes[loser] = Outcome::Orphaned { candidates: vec![(range, confidence)] };
    }
}
