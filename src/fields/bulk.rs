//! One value given to a field of many records: one edit, one step of undo.

use super::{Field, Record, Value};
use crate::edit::{Edit, Ref, together};
use crate::notebook::{Kind, Notebook};

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
