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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::fields::field;
    use crate::notebook::generate::{Size, generate};
    use crate::notebook::{Entity, EntityId, Link, LinkId, Strength};

    #[test]
    fn a_field_is_set_for_many_at_once_in_one_step() {
        let size = Size { articles: 1, text: 600, entities: 12, mentions: 10, links: 8 };
        let (mut notebook, _) = generate(6, size);
        let before = notebook.clone();
        let links: Vec<LinkId> = notebook.links().keys().copied().collect();
        let strength = field::<Link>("strength").expect("there is such a field");
        let tentative = strength.parse(&notebook, "tentative").expect("it is a strength");
        let edit = set_field(&notebook, links.iter().copied(), strength, &tentative);
        let edit = edit.expect("some are not tentative");
        let step = apply(&mut notebook, &edit).expect("it is taken").step;
        assert!(notebook.links().values().all(|link| link.strength == Strength::Tentative));
        assert!(set_field(&notebook, links, strength, &tentative).is_none(), "all have it");
        let _ = step.take_back(&mut notebook);
        assert!(notebook == before);

        // Only actors have a reliability, and nobody gets a name with many others.
        let all: Vec<EntityId> = notebook.entities().keys().copied().collect();
        let grade = field::<Entity>("reliability").expect("there");
        let value = grade.parse(&notebook, "B").expect("it is a grade");
        if let Some(edit) = set_field(&notebook, all.iter().copied(), grade, &value) {
            apply(&mut notebook, &edit).expect("events and claims are left out");
        }
        let name = field::<Entity>("name").expect("there");
        let value = name.parse(&notebook, "Kervel").expect("it is a name");
        assert!(set_field(&notebook, all, name, &value).is_none());
    }
}
