//! Which sentences of the new text are which of the old: the same, in other words, or elsewhere.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::reanchor::alignment::{Alignment, Twin};
use crate::text::reanchor::tokens::Tokens;

/// A sentence shares so much of the words of the longer of the two with another, by their weight: it is that one,
/// reworded.
const REWORDED: f32 = 0.35;
/// So much of the shorter of the two: one of several that were put together, or a part of one that was cut.
const PART: f32 = 0.6;
/// A shorter sentence is no part of another: “He denies it.” may share all its words with any.
const SHORTEST_PART: usize = 6;

/// How sentences belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The same words, in the order of the text.
    Same,
    /// Other words, in the order of the text.
    Reworded,
    /// Elsewhere.
    Moved,
}

/// Stretches (about a sentence each) of the two texts that belong together.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    pub(super) kind: Kind,
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Which stretches belong together. Those that are the same or reworded are in the same order in both texts.
pub(super) struct Pairs {
    pub(super) joined: Vec<Joined>,
    /// For each old stretch the number of what it is joined in.
    of_old: Vec<Option<usize>>,
    /// The same for each new one.
    of_new: Vec<Option<usize>>,
}

impl Pairs {
    pub(super) fn new(tokens: (&Tokens, &Tokens), alignment: &Alignment, weights: &[f32]) -> Self {
        let mut pairs = Self {
            joined: Vec::new(),
            of_old: vec![None; tokens.0.stretches.len()],
            of_new: vec![None; tokens.1.stretches.len()],
        };
        // What is in order, then what is between it.
        for old in 0..tokens.0.stretches.len() {
            if let Twin::Same(new) | Twin::Repeated(new) = alignment.twin(old) {
                pairs.join(Kind::Same, old..old + 1, new..new + 1);
            }
        }
        for old in 0..tokens.0.stretches.len() {
            if let Twin::Moved(new) = alignment.twin(old) {
                pairs.join(Kind::Moved, old..old + 1, new..new + 1);
            }
        }
        pairs.let_neighbours_move(tokens);
        pairs.join_reworded(tokens, alignment, weights);
        pairs.join_what_moved_together();
        pairs
    }

    fn join(&mut self, kind: Kind, old: Range<usize>, new: Range<usize>) {
        let number = self.joined.len();
        old.clone().for_each(|stretch| self.of_old[stretch] = Some(number));
        new.clone().for_each(|stretch| self.of_new[stretch] = Some(number));
        self.joined.push(Joined { kind, old, new });
    }

    /// A sentence that was found elsewhere, reworded, if nothing has that place already.
    pub(super) fn join_moved(&mut self, old: usize, new: Range<usize>) {
        let free = self.of_old.get(old) == Some(&None)
            && self.of_new.get(new.clone()).is_some_and(|all| all.iter().all(Option::is_none));
        if free && !new.is_empty() {
            self.join(Kind::Moved, old..old + 1, new);
        }
    }

    /// What is beside a moved sentence, there as here, and too short to be known by itself, moved with it.
    fn let_neighbours_move(&mut self, tokens: (&Tokens, &Tokens)) {
        let words = |of: &Tokens, stretch: usize| {
            of.stretches
                .get(stretch)
                .and_then(|range| of.keys.get(range.clone()))
                .map(<[u32]>::to_vec)
        };
        let step = |stretch: usize, forward: bool| {
            if forward { stretch.checked_add(1) } else { stretch.checked_sub(1) }
        };
        for forward in [true, false] {
            let mut at = 0;
            // Those that are joined on the way are looked at too.
            while let Some(Joined { kind, old, new }) = self.joined.get(at).cloned() {
                at += 1;
                if kind != Kind::Moved {
                    continue;
                }
                let (Some(old), Some(new)) = (step(old.start, forward), step(new.start, forward))
                else {
                    continue;
                };
                let same = words(tokens.0, old).is_some_and(|it| Some(it) == words(tokens.1, new));
                if same && self.of_old[old].is_none() && self.of_new[new].is_none() {
                    self.join(Kind::Moved, old..old + 1, new..new + 1);
                }
            }
        }
    }

    /// Joins the sentences between those that are the same by the words that they share, in order.
    fn join_reworded(
        &mut self,
        tokens: (&Tokens, &Tokens),
        alignment: &Alignment,
        weights: &[f32],
    ) {
        let weight = |key: u32| weights.get(key as usize).copied().unwrap_or(0.0);
        let whole = |of: &Tokens, stretch: usize| -> f32 {
            let tokens = of.stretches.get(stretch).cloned().unwrap_or_default();
            tokens.filter_map(|token| of.keys.get(token)).map(|&key| weight(key)).sum()
        };
        let len = |of: &Tokens, stretch: usize| of.stretches.get(stretch).map_or(0, Range::len);
        // The weight of the words that two stretches share.
        let mut shared: BTreeMap<(usize, usize), f32> = BTreeMap::new();
        for (old, stretch) in tokens.0.stretches.iter().enumerate() {
            if self.of_old[old].is_some() {
                continue;
            }
            for token in stretch.clone() {
                let Some(there) = alignment.to_new(token) else { continue };
                let new = tokens.1.stretch_of(there);
                if self.of_new[new].is_none() {
                    let key = tokens.0.keys.get(token).copied().unwrap_or(0);
                    *shared.entry((old, new)).or_default() += weight(key);
                }
            }
        }
        let belong = |&(old, new): &(usize, usize), shared: f32| {
            let (a, b) = (whole(tokens.0, old), whole(tokens.1, new));
            let shorter = len(tokens.0, old).min(len(tokens.1, new));
            shared >= REWORDED * a.max(b) || (shorter >= SHORTEST_PART && shared >= PART * a.min(b))
        };
        // Both are in ascending order: those that hang together follow one another.
        let mut open: Option<(Range<usize>, Range<usize>)> = None;
        let pairs: Vec<(usize, usize)> = shared
            .iter()
            .filter(|(pair, shared)| belong(pair, **shared))
            .map(|(pair, _)| *pair)
            .collect();
        for (old, new) in pairs {
            match &mut open {
                Some((olds, news)) if olds.contains(&old) || news.contains(&new) => {
                    olds.end = olds.end.max(old + 1);
                    news.end = news.end.max(new + 1);
                }
                _ => {
                    if let Some((olds, news)) = open.replace((old..old + 1, new..new + 1)) {
                        self.join_free(olds, news);
                    }
                }
            }
        }
        if let Some((olds, news)) = open {
            self.join_free(olds, news);
        }
    }

    /// Joins them as reworded unless one is joined already, as what was moved may be.
    fn join_free(&mut self, old: Range<usize>, new: Range<usize>) {
        let free = |of: &[Option<usize>], range: &Range<usize>| {
            of.get(range.clone()).is_some_and(|all| all.iter().all(Option::is_none))
        };
        if free(&self.of_old, &old) && free(&self.of_new, &new) {
            self.join(Kind::Reworded, old, new);
        }
    }

    /// Sentences that were moved one after the other are one move.
    fn join_what_moved_together(&mut self) {
        let mut all = std::mem::take(&mut self.joined);
        all.sort_by_key(|joined| joined.old.start);
        let (olds, news) = (self.of_old.len(), self.of_new.len());
        self.of_old = vec![None; olds];
        self.of_new = vec![None; news];
        let mut open: Option<Joined> = None;
        for next in all {
            match &mut open {
                Some(before)
                    if before.kind == Kind::Moved
                        && next.kind == Kind::Moved
                        && before.old.end == next.old.start
                        && before.new.end == next.new.start =>
                {
                    before.old.end = next.old.end;
                    before.new.end = next.new.end;
                }
                _ => {
                    if let Some(Joined { kind, old, new }) = open.replace(next) {
                        self.join(kind, old, new);
                    }
                }
            }
        }
        if let Some(Joined { kind, old, new }) = open {
            self.join(kind, old, new);
        }
    }

    /// The stretches of the old text (`true`) or the new that the other does not have; each with the last stretch of the
    /// other that belongs to what stands before it, in order.
    pub(super) fn alone(&self, in_old: bool) -> Vec<(usize, Option<usize>)> {
        let of = if in_old { &self.of_old } else { &self.of_new };
        let mut before = None;
        let mut all = Vec::new();
        for (stretch, joined) in of.iter().enumerate() {
            if joined.is_none() {
                all.push((stretch, before));
            } else if let Some(joined) = self.in_order(stretch, in_old) {
                before = if in_old { &joined.new } else { &joined.old }.end.checked_sub(1);
            }
        }
        all
    }

    /// What a stretch of the old text (`true`) or the new is joined in, unless it was moved.
    pub(super) fn in_order(&self, stretch: usize, is_old: bool) -> Option<&Joined> {
        let number = if is_old { self.of_old.get(stretch) } else { self.of_new.get(stretch) };
        self.joined.get((*number?)?).filter(|joined| joined.kind != Kind::Moved)
    }
}
