//! Text cut where mentions begin and end, and which mentions stand around each part, one inside the other: what a tree
//! can tell of mentions that may overlap as they like. Pure.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::ops::Range;

use super::mention_marks::Mark;

/// A part of the text with the mentions around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// The mentions around it, the outermost first: places in the list of marks.
    pub around: Vec<usize>,
}

/// Cuts these bytes. Around a part stands the shortest mention that covers it, around that the shortest that holds it
/// whole, and so on. A mention that was left, because a shorter one crosses its end, is not entered again: so all parts
/// of a mention follow each other.
#[must_use]
pub fn parts(bytes: &Range<usize>, marks: &[Mark]) -> Vec<Part> {
    let here: Vec<usize> = (0..marks.len())
        .filter(|i| marks[*i].range.start < bytes.end && bytes.start < marks[*i].range.end)
        .collect();
    let mut cuts: BTreeSet<usize> = BTreeSet::from([bytes.start, bytes.end]);
    for i in &here {
        let range = &marks[*i].range;
        cuts.extend([range.start, range.end].into_iter().filter(|cut| bytes.contains(cut)));
    }
    let length = |i: &usize| (marks[*i].range.len(), Reverse(*i));
    let mut parts = Vec::new();
    let (mut open, mut left): (Vec<usize>, BTreeSet<usize>) = (Vec::new(), BTreeSet::new());
    let cuts: Vec<usize> = cuts.into_iter().collect();
    for pair in cuts.windows(2) {
        let part = pair[0]..pair[1];
        let covers =
            |i: &&usize| marks[**i].range.start <= part.start && part.end <= marks[**i].range.end;
        let mut around = Vec::new();
        let mut next = here.iter().filter(covers).copied().min_by_key(length);
        while let Some(i) = next {
            around.push(i);
            let inner = &marks[i].range;
            let holds = |k: &&usize| {
                let outer = &marks[**k].range;
                outer.start <= inner.start
                    && inner.end <= outer.end
                    && (outer.len() > inner.len() || **k < i)
                    && **k != i
            };
            next = here.iter().filter(holds).copied().min_by_key(length);
        }
        around.reverse();
        around.retain(|i| !left.contains(i));
        let same = open.iter().zip(&around).take_while(|(a, b)| a == b).count();
        left.extend(open.drain(same..));
        around.retain(|i| !left.contains(i));
        open.clone_from(&around);
        parts.push(Part { bytes: part, around });
    }
    parts
}

/// The marks of which no more than `most` cover any one byte: the outermost, and whichever is selected.
///
/// A tree of thousands of nodes inside one another is of no use to who listens, and each layer costs as much as the text
/// in it.
#[must_use]
pub fn thinned(marks: &[Mark], most: usize) -> Vec<Mark> {
    let mut order: Vec<&Mark> = marks.iter().collect();
    order.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
    let mut open: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut kept = Vec::new();
    for mark in order {
        while open.peek().is_some_and(|end| end.0 <= mark.range.start) {
            open.pop();
        }
        if open.len() < most || mark.selected {
            open.push(Reverse(mark.range.end));
            kept.push(mark.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notebook::{EntityId, Kind, MentionId};

    fn marks(ranges: &[Range<usize>]) -> Vec<Mark> {
        let mark = |(i, range): (usize, &Range<usize>)| Mark {
            mention: MentionId::from_bits(i as u64 + 1),
            entity: EntityId::from_bits(1),
            kind: Kind::Actor,
            range: range.clone(),
            level: 0,
            selected: false,
            of_selected: false,
        };
        ranges.iter().enumerate().map(mark).collect()
    }

    fn told(bytes: Range<usize>, ranges: &[Range<usize>]) -> Vec<(Range<usize>, Vec<usize>)> {
        parts(&bytes, &marks(ranges)).into_iter().map(|part| (part.bytes, part.around)).collect()
    }

    #[test]
    fn what_is_nested_stands_inside() {
        assert_eq!(
            told(0..30, &[5..25, 10..15]),
            [
                (0..5, vec![]),
                (5..10, vec![0]),
                (10..15, vec![0, 1]),
                (15..25, vec![0]),
                (25..30, vec![])
            ]
        );
        assert_eq!(told(0..4, &[0..4, 0..4]), [(0..4, vec![0, 1])]);
    }

    #[test]
    fn what_crosses_stands_after() {
        assert_eq!(
            told(0..30, &[0..20, 15..25]),
            [(0..15, vec![0]), (15..20, vec![1]), (20..25, vec![1]), (25..30, vec![])]
        );
    }

    #[test]
    fn without_mentions_there_is_one_part() {
        assert_eq!(told(3..9, &[9..12, 1..3]), [(3..9, vec![])]);
        assert_eq!(told(3..3, &[]), []);
    }

    proptest! {
        #[test]
        fn parts_cover_the_text_and_every_mention_is_one_stretch(
            ranges in prop::collection::vec((0_usize..40, 1_usize..20), 0..8),
            start in 0_usize..20,
            length in 1_usize..40,
        ) {
            let ranges: Vec<_> = ranges.into_iter().map(|(at, long)| at..at + long).collect();
            let marks = marks(&ranges);
            let found = parts(&(start..start + length), &marks);
            let mut end = start;
            let (mut open, mut closed): (Vec<usize>, BTreeSet<usize>) = (Vec::new(), BTreeSet::new());
            for part in found {
                prop_assert_eq!(part.bytes.start, end);
                end = part.bytes.end;
                let same = open.iter().zip(&part.around).take_while(|(a, b)| a == b).count();
                closed.extend(open.drain(same..));
                for i in &part.around {
                    prop_assert!(!closed.contains(i), "entered again");
                    prop_assert!(marks[*i].range.start <= part.bytes.start);
                    prop_assert!(part.bytes.end <= marks[*i].range.end);
                }
                open = part.around;
            }
            prop_assert_eq!(end, start + length);
        }
    }
}
