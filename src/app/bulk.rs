//! One change made to many records: one edit, one step of undo.

use crate::edit::{Edit, EntityFields, LinkFields, Ref};
use crate::fields::{Field, Record, Value};
use crate::notebook::{EntityId, Kind, LinkId, Notebook};

/// Gives a field of each of these records one value: those that have no such field, or have the value already, are left
/// as they are. `None` where nothing is to be changed, or the field cannot be set for many at once.
#[must_use]
pub fn set_field<R: Record>(
    notebook: &Notebook,
    records: impl IntoIterator<Item = R::Id>,
    field: &Field<R>,
    value: &Value,
) -> Option<Edit> {
    let records: Vec<R::Id> = records
        .into_iter()
        .filter(|id| {
            let now = R::find(notebook, *id).and_then(|record| field.value(record));
            now.is_some_and(|now| now != *value)
        })
        .collect();
    if records.len() > 1 && !field.in_bulk {
        return None;
    }
    let edits = records.into_iter().filter_map(|id| field.set(Ref::Id(id), value)).collect();
    together(edits, field.only.map_or(R::WORD, Kind::word), field.noun)
}

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
fn together(mut edits: Vec<Edit>, word: &str, what: &str) -> Option<Edit> {
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
