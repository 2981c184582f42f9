//! The two texts side by side: paragraphs that belong together in one row, however many there are on either side.

use std::ops::Range;

use super::pairs::Pairs;
use super::{ChangeKind, Row};
use crate::text::Text;
use crate::text::reanchor::tokens::Tokens;

/// A paragraph of more bytes is shown sentence by sentence, so that no row takes long to draw.
const LONG: usize = 4_000;

/// Stretches (about a sentence each) that are shown as one: a paragraph, or a sentence of a long one.
fn units(text: &Text, tokens: &Tokens) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut paragraph: Option<usize> = None;
    for stretch in 0..tokens.stretches.len() {
        let at = text.paragraph_at(tokens.bytes_of(&(stretch..stretch + 1)).start);
        let goes_on = paragraph == Some(at) && text.paragraph(at).len() <= LONG;
        match units.last_mut().filter(|_| goes_on) {
            Some(unit) => unit.end = stretch + 1,
            None => units.push(stretch..stretch + 1),
        }
        paragraph = Some(at);
    }
    units
}

/// One of the texts, in units, and with which stretches of the other each belongs together.
struct Side<'a> {
    units: Vec<Range<usize>>,
    /// For each stretch its unit.
    unit_of: Vec<usize>,
    pairs: &'a Pairs,
    is_old: bool,
}

impl<'a> Side<'a> {
    fn new(text: &Text, tokens: &Tokens, pairs: &'a Pairs, is_old: bool) -> Self {
        let units = units(text, tokens);
        let mut unit_of = vec![0; tokens.stretches.len()];
        for (number, unit) in units.iter().enumerate() {
            unit.clone().for_each(|stretch| unit_of[stretch] = number);
        }
        Self { units, unit_of, pairs, is_old }
    }

    /// One past the last unit of the other text that belongs to this one; `None` where none does.
    fn reaches(&self, unit: usize, other: &Self) -> Option<usize> {
        let stretches = self.units.get(unit)?.clone();
        stretches
            .filter_map(|stretch| {
                let joined = self.pairs.in_order(stretch, self.is_old)?;
                let there = if self.is_old { &joined.new } else { &joined.old };
                other.unit_of.get(there.end.checked_sub(1)?).map(|unit| unit + 1)
            })
            .max()
    }

    /// The bytes of these units; none, at the end of what is before, of none.
    fn bytes(&self, units: &Range<usize>, tokens: &Tokens) -> Range<usize> {
        let start = self.units.get(units.start).map(|unit| unit.start);
        let end = units.end.checked_sub(1).and_then(|last| self.units.get(last)).map(|u| u.end);
        match (start, end) {
            (Some(start), Some(end)) if !units.is_empty() => tokens.bytes_of(&(start..end)),
            (_, Some(end)) => {
                let at = tokens.bytes_of(&(end - 1..end)).end;
                at..at
            }
            _ => 0..0,
        }
    }
}

/// The rows.
pub(super) fn rows(texts: (&Text, &Text), tokens: (&Tokens, &Tokens), pairs: &Pairs) -> Vec<Row> {
    let old = Side::new(texts.0, tokens.0, pairs, true);
    let new = Side::new(texts.1, tokens.1, pairs, false);
    let mut rows = Vec::with_capacity(old.units.len().max(new.units.len()));
    let (mut i, mut j) = (0, 0);
    while i < old.units.len() || j < new.units.len() {
        let (mut to_i, mut to_j) = (i, j);
        match (old.reaches(i, &new), new.reaches(j, &old)) {
            // What only one of them has: beside it nothing, or what only the other has.
            (None, None) => {
                to_i = (i + 1).min(old.units.len());
                to_j = (j + 1).min(new.units.len());
            }
            (None, Some(_)) if i < old.units.len() => to_i = i + 1,
            (Some(_), None) if j < new.units.len() => to_j = j + 1,
            (here, there) => {
                (to_i, to_j) = (there.unwrap_or(i + 1), here.unwrap_or(j + 1));
                to_i = to_i.max((i + 1).min(old.units.len()));
                to_j = to_j.max((j + 1).min(new.units.len()));
                let (mut seen_i, mut seen_j) = (i, j);
                // Until all that belongs to what is in the row is in it.
                while seen_i < to_i || seen_j < to_j {
                    if seen_i < to_i {
                        to_j = to_j.max(old.reaches(seen_i, &new).unwrap_or(0));
                        seen_i += 1;
                    } else {
                        to_i = to_i.max(new.reaches(seen_j, &old).unwrap_or(0));
                        seen_j += 1;
                    }
                }
            }
        }
        rows.push(Row {
            old: old.bytes(&(i..to_i), tokens.0),
            new: new.bytes(&(j..to_j), tokens.1),
            changed: false,
        });
        (i, j) = (to_i, to_j);
    }
    rows
}

/// The row that shows a change: where the old words stand, or, of those that were added, the new ones.
pub(super) fn row_of(
    rows: &[Row],
    kind: ChangeKind,
    old: &Range<usize>,
    new: &Range<usize>,
) -> usize {
    let at = match kind {
        ChangeKind::Added => rows.partition_point(|row| row.new.end <= new.start),
        _ => rows.partition_point(|row| row.old.end <= old.start),
    };
    at.min(rows.len().saturating_sub(1))
}
