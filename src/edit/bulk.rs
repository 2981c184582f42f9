//! One change made to many records: one edit, one step of undo.

use super::{Edit, EntityFields, LinkFields, Ref};
use crate::notebook::{EntityId, Kind, LinkId, Notebook};

/// Changes the same of each of these links. `what` names it for the Edit menu: “strength”.
#[must_use]
pub fn set_links(
    links: impl IntoIterator<Item = LinkId>,
    what: &str,
    with: &LinkFields,
) -> Option<Edit> {
    let edits = links
        .into_iter()
        .map(|id| Edit::SetLink { link: Ref::Id(id), with: with.clone() })
        .collect();
    together(edits, "link", what)
}

/// Changes the same of each of these entities; those of another kind than `only` are left as they are.
#[must_use]
pub fn set_entities(
    notebook: &Notebook,
    entities: impl IntoIterator<Item = EntityId>,
    only: Option<Kind>,
    what: &str,
    with: &EntityFields,
) -> Option<Edit> {
    let fits = |id: &EntityId| {
        notebook.entity(*id).is_some_and(|entity| only.is_none_or(|kind| entity.kind() == kind))
    };
    let edits = entities
        .into_iter()
        .filter(fits)
        .map(|id| Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with.clone()) })
        .collect();
    together(edits, only.map_or("item", Kind::word), what)
}

/// One edit of several; none of none.
pub(crate) fn together(mut edits: Vec<Edit>, word: &str, what: &str) -> Option<Edit> {
    let plural = |many: usize| match word.strip_suffix('y') {
        Some(stem) => format!("{many} {stem}ies"),
        None => format!("{many} {word}s"),
    };
    match edits.len() {
        0 => None,
        1 => edits.pop(),
        many => Some(Edit::Batch(format!("Change the {what} of {}", plural(many)), edits)),
    }
}
