//! The mentions in view, and on which level each one's underline lies. Pure.

use std::ops::Range;

use crate::app::Selection;
use crate::notebook::{ArticleId, EntityId, Kind, MentionId, Notebook};

/// Underlines below this level share it: there is no more room between two rows.
const LEVELS: usize = 4;

/// A mention in view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The mention.
    pub mention: MentionId,
    /// What it refers to.
    pub entity: EntityId,
    /// Of which kind that is.
    pub kind: Kind,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// How far below the words its underline lies: 0 is nearest, for the innermost.
    pub level: usize,
    /// Whether the mention is selected.
    pub selected: bool,
    /// Whether the mention’s entity is selected.
    pub of_selected: bool,
}

/// The mentions that touch these bytes: by start, outermost first.
#[must_use]
pub fn marks(
    notebook: &Notebook,
    article: ArticleId,
    bytes: Range<usize>,
    selection: &Selection,
) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for id in notebook.mentions_touching(article, bytes) {
        let Some(mention) = notebook.mention(id) else { continue };
        let Some(range) = mention.anchor.range() else { continue };
        let Some(entity) = notebook.entity(mention.entity) else { continue };
        marks.push(Mark {
            mention: id,
            entity: mention.entity,
            kind: entity.kind(),
            range,
            level: 0,
            selected: selection.mention == Some(id),
            of_selected: selection.entities.contains(&mention.entity),
        });
    }
    set_levels(&mut marks);
    marks
}

/// Shortest first, each on the first level that no mention it overlaps has taken.
fn set_levels(marks: &mut [Mark]) {
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|i| (marks[*i].range.len(), marks[*i].range.start));
    for (done, i) in order.iter().enumerate() {
        let mut taken = 0_u8;
        for other in &order[..done] {
            // Only the last level is left, which is shared.
            if taken.trailing_ones() as usize >= LEVELS - 1 {
                break;
            }
            if overlap(&marks[*i].range, &marks[*other].range) {
                taken |= 1 << marks[*other].level;
            }
        }
        marks[*i].level = (taken.trailing_ones() as usize).min(LEVELS - 1);
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The mentions that cover a byte, innermost first.
#[must_use]
pub fn covering(marks: &[Mark], byte: usize) -> Vec<&Mark> {
    let mut found: Vec<&Mark> = marks.iter().filter(|mark| mark.range.contains(&byte)).collect();
    found.sort_by_key(|mark| mark.range.len());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(range: Range<usize>) -> Mark {
        Mark {
            mention: MentionId::from_bits(range.start as u64 * 100 + range.end as u64),
            entity: EntityId::from_bits(1),
            kind: Kind::Actor,
            range,
            level: 0,
            selected: false,
            of_selected: false,
        }
    }

    fn levels(ranges: &[Range<usize>]) -> Vec<usize> {
        let mut marks: Vec<Mark> = ranges.iter().cloned().map(mark).collect();
        set_levels(&mut marks);
        marks.iter().map(|m| m.level).collect()
    }

    #[test]
    fn what_encloses_is_underlined_below() {
        assert_eq!(levels(&[0..30, 5..10, 12..20, 13..15]), [2, 0, 1, 0]);
    }

    #[test]
    fn what_crosses_lies_on_different_levels() {
        assert_eq!(levels(&[0..10, 5..15, 14..30]), [0, 1, 0]);
    }

    #[test]
    fn many_layers_share_the_last_level() {
        assert_eq!(levels(&[0..60, 0..50, 0..40, 0..30, 0..20, 0..10]), [3, 3, 3, 2, 1, 0]);
    }

    #[test]
    fn the_innermost_comes_first() {
        let marks = [mark(0..30), mark(5..10), mark(8..20)];
        let found = covering(&marks, 9);
        assert_eq!(
            found.iter().map(|m| m.range.clone()).collect::<Vec<_>>(),
            [5..10, 8..20, 0..30]
        );
        assert!(covering(&marks, 30).is_empty());
    }
}
