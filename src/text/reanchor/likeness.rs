//! How like a place of the new text is to one of the old: its own words, the sentence around them, and what stands
//! around the sentence.

use std::ops::Range;

use super::tokens::Tokens;

/// The most tokens of a sentence that are compared on each side.
const SIDE: usize = 28;
/// A sentence that weighs less than this says too little by itself: what is around it counts as part of it.
const ENOUGH: f32 = 3.0;
/// How many tokens around the sentence are compared on each side.
const AROUND: usize = 24;

/// Two texts, and what each key weighs.
pub(super) struct Likeness<'a> {
    pub(super) old: &'a Tokens,
    pub(super) new: &'a Tokens,
    pub(super) weights: Vec<f32>,
}

/// How like two places are, each 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score {
    /// The words and their sentence, with what is beside it where it says little.
    pub(super) sentence: f32,
    /// The sentence alone without the words; 1 where there is nothing else in it.
    pub(super) rest: f32,
    /// What stands around the sentence.
    pub(super) around: f32,
    /// 1 where it stands between the same sentences as before, 0 elsewhere.
    pub(super) order: f32,
}

impl Score {
    /// All of it, the sentence before all.
    pub(super) fn total(self) -> f32 {
        0.8 * self.sentence + 0.1 * self.around + 0.1 * self.order
    }
}

impl Likeness<'_> {
    pub(super) fn weight(&self, old: usize) -> f32 {
        self.weight_of(self.old, old)
    }

    /// The weight of a token of either text.
    pub(super) fn weight_of(&self, of: &Tokens, token: usize) -> f32 {
        let key = of.keys.get(token).map_or(usize::MAX, |&key| key as usize);
        self.weights.get(key).copied().unwrap_or(0.05)
    }

    /// The tokens around a place that make up its sentence, or more where the sentence says little.
    pub(super) fn sentence(&self, old: &Range<usize>) -> Range<usize> {
        let near = old.start.saturating_sub(SIDE)..old.end.saturating_add(SIDE).min(self.old.len());
        let around = self.old.around(old);
        let mut all = around.start.max(near.start)..around.end.min(near.end);
        let mut weight: f32 = all.clone().map(|token| self.weight(token)).sum();
        while weight < ENOUGH && (all.start > near.start || all.end < near.end) {
            if all.start > near.start {
                all.start -= 1;
                weight += self.weight(all.start);
            }
            if all.end < near.end {
                weight += self.weight(all.end);
                all.end += 1;
            }
        }
        all
    }

    /// How like two places are whose own words are as like as `own` says, 0 to 1.
    pub(super) fn score(&self, old: &Range<usize>, new: &Range<usize>, own: f32) -> Score {
        let sentence = self.sentence(old);
        let alone = self.old.around(old);
        let (left, _) =
            self.outward((alone.start.max(sentence.start)..old.start).rev(), new.start, true);
        let (right, _) = self.outward(old.end..alone.end.min(sentence.end), new.end, false);
        let weight = left.whole + right.whole;
        let rest = if weight > 0.15 { (left.alike + right.alike) / weight } else { 1.0 };
        let words: f32 = old.clone().map(|token| self.weight(token)).sum::<f32>().max(0.1);
        let (before, there) = self.outward((sentence.start..old.start).rev(), new.start, true);
        let (after, beyond) = self.outward(old.end..sentence.end, new.end, false);
        let all = words + before.whole + after.whole;
        let alike = own.mul_add(words, before.alike + after.alike);
        let first = sentence.start.saturating_sub(AROUND);
        let last = sentence.end.saturating_add(AROUND).min(self.old.len());
        let (far_before, _) = self.outward((first..sentence.start).rev(), there, true);
        let (far_after, _) = self.outward(sentence.end..last, beyond, false);
        let whole = far_before.whole + far_after.whole;
        let around = if whole > 0.0 { (far_before.alike + far_after.alike) / whole } else { 1.0 };
        Score { sentence: alike / all, rest, around, order: 0.0 }
    }

    /// How much of these old tokens, walked away from a place, stands in the same order beside a place of the new text;
    /// and how far that went.
    fn outward(
        &self,
        old: impl Iterator<Item = usize>,
        from: usize,
        backwards: bool,
    ) -> (Shared, usize) {
        let mut shared = Shared { alike: 0.0, whole: 0.0 };
        let mut at = from;
        for token in old {
            let weight = self.weight(token);
            shared.whole += weight;
            let key = self.old.keys.get(token);
            // A frequent word is met everywhere: only the next few tokens are meant.
            let far = if weight > 0.5 { 10 } else { 3 };
            let found = if backwards {
                (at.saturating_sub(far)..at).rev().find(|&n| self.new.keys.get(n) == key)
            } else {
                (at..at.saturating_add(far).min(self.new.len()))
                    .find(|&n| self.new.keys.get(n) == key)
                    .map(|n| n + 1)
            };
            if let Some(next) = found {
                shared.alike += weight;
                at = next;
            }
        }
        (shared, at)
    }
}

/// The weight of what was looked for, and of what of it was found.
#[derive(Clone, Copy)]
struct Shared {
    alike: f32,
    whole: f32,
}
