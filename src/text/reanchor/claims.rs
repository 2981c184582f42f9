//! Whose a sentence of the new text is: a place is not taken for one of another sentence’s.

use std::collections::BTreeMap;
use std::ops::Range;

use super::alignment::common;
use super::likeness::Score;
use super::search::Search;
use super::tokens::Tokens;

/// How many other old sentences are compared with a new one.
const RIVALS: usize = 4;

/// 1 where a place stands between the same sentences as before, 0 elsewhere.
pub(super) fn order(search: &Search<'_>, tokens: &Range<usize>, there: &Range<usize>) -> f32 {
    let order = search.alignment.between(search.likeness.old.stretch_of(tokens.start));
    let stretch = search.likeness.new.stretch_of(there.start);
    if order.contains(&stretch) { 1.0 } else { 0.0 }
}

/// Whether a place is in a sentence that was the same before, and so is not where this one went.
pub(super) fn is_anothers(
    search: &Search<'_>,
    tokens: &Range<usize>,
    there: &Range<usize>,
) -> bool {
    let old = search.likeness.old;
    let mine = old.around(tokens);
    there.clone().any(|new| {
        search.alignment.is_taken(new)
            && search.alignment.to_old(new).is_some_and(|was| !mine.contains(&was))
    })
}

/// Whether another sentence of the old text has the better claim to a place that is like this one to that degree.
pub(super) fn is_contested(
    search: &Search<'_>,
    tokens: &Range<usize>,
    there: &Range<usize>,
    score: Score,
) -> bool {
    let (old, new) = (search.likeness.old, search.likeness.new);
    let Some(sentence) = heaviest(search, new, there) else { return false };
    let mine = old.stretch_of(tokens.start)..old.stretch_of(tokens.end.saturating_sub(1)) + 1;
    let alike = |stretch: usize| alike(search, stretch, &sentence);
    let own = mine.clone().map(alike).fold(0.0, f32::max);
    rivals(search, &sentence, &mine).into_iter().any(|rival| {
        let claim = alike(rival);
        if claim < own - 0.001 {
            return false;
        }
        let keys = |stretch: usize| {
            old.stretches.get(stretch).and_then(|tokens| old.keys.get(tokens.clone()))
        };
        if claim > own + 0.001 || mine.len() > 1 || keys(rival) != keys(mine.start) {
            return claim > own + 0.001;
        }
        // The same sentence stands twice: what is around it tells them apart.
        let start = |stretch: usize| old.stretches.get(stretch).map_or(0, |tokens| tokens.start);
        let offset = tokens.start - start(mine.start);
        let from = start(rival) + offset;
        let theirs = from..from + tokens.len();
        let mut other = search.likeness.score(&theirs, there, 1.0);
        other.order = order(search, &theirs, there);
        other.total() > score.total() - 0.02
    })
}

/// The stretch that has most of these tokens.
fn heaviest(search: &Search<'_>, of: &Tokens, tokens: &Range<usize>) -> Option<Range<usize>> {
    let last = of.stretch_of(tokens.end.checked_sub(1)?);
    let weight = |stretch: &Range<usize>| -> f32 {
        let both = stretch.start.max(tokens.start)..stretch.end.min(tokens.end);
        both.map(|token| search.likeness.weight_of(of, token)).sum()
    };
    let all = of.stretches.get(of.stretch_of(tokens.start)..=last)?;
    all.iter().max_by(|a, b| weight(a).total_cmp(&weight(b))).cloned()
}

/// How like an old stretch is to a new one: the weight of what they have in common, in order, of that of the heavier.
fn alike(search: &Search<'_>, old: usize, new: &Range<usize>) -> f32 {
    let likeness = search.likeness;
    let Some(stretch) = likeness.old.stretches.get(old) else { return 0.0 };
    let weight = |of: &Tokens, tokens: &Range<usize>| -> f32 {
        tokens.clone().map(|token| likeness.weight_of(of, token)).sum()
    };
    let keys = (likeness.old.keys.get(stretch.clone()), likeness.new.keys.get(new.clone()));
    let pairs = common(keys.0.unwrap_or_default(), keys.1.unwrap_or_default());
    let shared: f32 = pairs.iter().map(|(i, _)| likeness.weight(stretch.start + i)).sum();
    shared / weight(likeness.old, stretch).max(weight(likeness.new, new)).max(0.05)
}

/// Old stretches, other than these, that share the most rare words with a new one.
fn rivals(search: &Search<'_>, sentence: &Range<usize>, mine: &Range<usize>) -> Vec<usize> {
    let new = search.likeness.new;
    let mut votes: BTreeMap<usize, f32> = BTreeMap::new();
    for token in search.rarest(new, sentence.clone()) {
        let Some(places) = new.keys.get(token).and_then(|&key| search.old_places(key)) else {
            continue;
        };
        let mut last = usize::MAX;
        for &(_, place) in places {
            let stretch = search.likeness.old.stretch_of(place as usize);
            if stretch != last && !mine.contains(&stretch) {
                *votes.entry(stretch).or_default() += search.likeness.weight_of(new, token);
            }
            last = stretch;
        }
    }
    let mut all: Vec<(usize, f32)> = votes.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.into_iter().take(RIVALS).map(|(stretch, _)| stretch).collect()
}
