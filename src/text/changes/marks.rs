//! Which words of the two texts are marked.

use std::ops::Range;

use super::pairs::Joined;
use super::{Mark, Marked};
use crate::text::Text;
use crate::text::reanchor::alignment::common;
use crate::text::reanchor::tokens::Tokens;

/// A run of so few tokens that stayed is no island between words that changed: “de”, “,”.
const ISLAND: usize = 2;

/// The marks of both texts as they are found.
pub(super) struct Marks<'a> {
    texts: (&'a Text, &'a Text),
    tokens: (&'a Tokens, &'a Tokens),
    old: Vec<Marked>,
    new: Vec<Marked>,
    /// Sentences with the same words and other signs, spaces or accents.
    respelt: usize,
}

impl<'a> Marks<'a> {
    pub(super) const fn new(texts: (&'a Text, &'a Text), tokens: (&'a Tokens, &'a Tokens)) -> Self {
        Self { texts, tokens, old: Vec::new(), new: Vec::new(), respelt: 0 }
    }

    /// A sentence that only one text has.
    pub(super) fn alone(&mut self, bytes: &Range<usize>, mark: Mark) {
        let marks = if mark == Mark::Removed { &mut self.old } else { &mut self.new };
        marks.push(Marked { bytes: bytes.clone(), mark });
    }

    /// Sentences with the same words: where those are set otherwise.
    pub(super) fn same(&mut self, joined: &Joined) {
        let bytes = (self.tokens.0.bytes_of(&joined.old), self.tokens.1.bytes_of(&joined.new));
        if self.texts.0.get(bytes.0) == self.texts.1.get(bytes.1) {
            return;
        }
        self.respelt += 1;
        let (old, new) =
            (self.tokens.0.tokens_of(&joined.old), self.tokens.1.tokens_of(&joined.new));
        old.zip(new).for_each(|(a, b)| self.respell(a, b));
    }

    fn respell(&mut self, old: usize, new: usize) {
        let (old, new) = (self.tokens.0.span(old), self.tokens.1.span(new));
        if self.texts.0.get(old.clone()) != self.texts.1.get(new.clone()) {
            self.old.push(Marked { bytes: old, mark: Mark::Respelt });
            self.new.push(Marked { bytes: new, mark: Mark::Respelt });
        }
    }

    /// Sentences in other words: which words went and came. What stayed has the mark that is given, if any.
    pub(super) fn reworded(&mut self, joined: &Joined, stayed: Option<Mark>) {
        let old = self.tokens.0.tokens_of(&joined.old);
        let new = self.tokens.1.tokens_of(&joined.new);
        let keys = |of: &Tokens, tokens: &Range<usize>| -> Vec<u32> {
            of.keys.get(tokens.clone()).unwrap_or_default().to_vec()
        };
        let mut pairs = common(&keys(self.tokens.0, &old), &keys(self.tokens.1, &new));
        self.drown_islands(&mut pairs, &old, &new);
        let mut at = (0, 0);
        let end = (old.len(), new.len());
        for (a, b) in pairs.into_iter().chain([end]) {
            self.mark_tokens(old.start + at.0..old.start + a, Mark::Removed);
            self.mark_tokens(new.start + at.1..new.start + b, Mark::Added);
            if (a, b) == end {
                break;
            }
            match stayed {
                Some(mark) => {
                    let (old, new) =
                        (self.tokens.0.span(old.start + a), self.tokens.1.span(new.start + b));
                    self.old.push(Marked { bytes: old, mark });
                    self.new.push(Marked { bytes: new, mark });
                }
                None => self.respell(old.start + a, new.start + b),
            }
            at = (a + 1, b + 1);
        }
    }

    fn mark_tokens(&mut self, tokens: Range<usize>, mark: Mark) {
        if tokens.is_empty() {
            return;
        }
        let (of, marks) = match mark {
            Mark::Removed => (self.tokens.0, &mut self.old),
            _ => (self.tokens.1, &mut self.new),
        };
        marks.push(Marked { bytes: of.bytes(&tokens), mark });
    }

    /// Takes out the runs of a few short tokens that stayed between longer ones that did not: they would break what is
    /// read in one go.
    fn drown_islands(
        &self,
        pairs: &mut Vec<(usize, usize)>,
        old: &Range<usize>,
        new: &Range<usize>,
    ) {
        let runs: Vec<Range<usize>> = {
            let mut runs: Vec<Range<usize>> = Vec::new();
            for (i, (a, b)) in pairs.iter().enumerate() {
                match runs.last_mut() {
                    Some(run)
                        if pairs.get(run.end - 1)
                            == Some(&(a.wrapping_sub(1), b.wrapping_sub(1))) =>
                    {
                        run.end = i + 1;
                    }
                    _ => runs.push(i..i + 1),
                }
            }
            runs
        };
        let short = |i: usize| {
            let token = pairs.get(i).map_or(0..0, |(a, _)| self.tokens.0.span(old.start + a));
            self.texts.0.get(token).is_some_and(|word| word.chars().count() <= 3)
        };
        let pair = |i: Option<usize>| i.and_then(|i| pairs.get(i)).copied();
        let island = |run: &Range<usize>| {
            if run.len() > ISLAND || !run.clone().all(short) {
                return false;
            }
            let before = pair(run.start.checked_sub(1)).map_or((0, 0), |(a, b)| (a + 1, b + 1));
            let after = pair(Some(run.end)).unwrap_or((old.len(), new.len()));
            let (Some(first), Some(last)) = (pair(Some(run.start)), pair(run.end.checked_sub(1)))
            else {
                return false;
            };
            let gap = |a: (usize, usize), b: (usize, usize)| {
                b.0.saturating_sub(a.0) + b.1.saturating_sub(a.1)
            };
            let (left, right) = (gap(before, first), gap((last.0 + 1, last.1 + 1), after));
            left > run.len() && right > run.len()
        };
        let drowned: Vec<bool> = {
            let mut drowned = vec![false; pairs.len()];
            for run in runs.iter().filter(|run| island(run)) {
                run.clone().for_each(|i| drowned[i] = true);
            }
            drowned
        };
        let mut i = 0;
        pairs.retain(|_| {
            i += 1;
            !drowned[i - 1]
        });
    }

    /// The marks of both texts in order, what is beside one another and marked alike as one; and how many sentences are
    /// set otherwise.
    pub(super) fn finish(self) -> ((Vec<Marked>, Vec<Marked>), usize) {
        let in_order = |mut marks: Vec<Marked>, text: &Text| {
            marks.sort_by_key(|marked| marked.bytes.start);
            let mut all: Vec<Marked> = Vec::with_capacity(marks.len());
            for marked in marks {
                let joins = |before: &Marked| {
                    before.mark == marked.mark
                        && text
                            .get(before.bytes.end..marked.bytes.start)
                            .is_some_and(|gap| !gap.contains('\n') && gap.trim().is_empty())
                };
                match all.last_mut().filter(|before| joins(before)) {
                    Some(before) => before.bytes.end = marked.bytes.end,
                    None => all.push(marked),
                }
            }
            all
        };
        let (old, new) = self.texts;
        ((in_order(self.old, old), in_order(self.new, new)), self.respelt)
    }
}
