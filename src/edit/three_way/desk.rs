//! What is open, and where in it: three-way, without conflicts.

use std::collections::BTreeSet;

use crate::notebook::{ArticleId, ReadingPlace, ViewState};

/// Merges what was open in two notebooks: what one of them changed; ours, where both did.
#[must_use]
pub fn merge_desks(base: &ViewState, ours: &ViewState, theirs: &ViewState) -> ViewState {
    fn one<T: PartialEq + Clone>(base: &T, ours: &T, theirs: &T) -> T {
        if ours == base { theirs.clone() } else { ours.clone() }
    }
    let reading = |desk: &ViewState, id: &ArticleId| desk.reading.get(id).copied();
    let all = base.reading.keys().chain(ours.reading.keys()).chain(theirs.reading.keys());
    let ids: BTreeSet<&ArticleId> = all.collect();
    let place = |id: &ArticleId| -> Option<(ArticleId, ReadingPlace)> {
        let place = one(&reading(base, id), &reading(ours, id), &reading(theirs, id))?;
        Some((*id, place))
    };
    ViewState {
        article: one(&base.article, &ours.article, &theirs.article),
        reading: ids.into_iter().filter_map(place).collect(),
        canvas: one(&base.canvas, &ours.canvas, &theirs.canvas),
        keep_sources: one(&base.keep_sources, &ours.keep_sources, &theirs.keep_sources),
    }
}
