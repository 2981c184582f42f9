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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::fields::field;
    use crate::notebook::generate::{Size, generate};
    use crate::notebook::{Entity, Link, Strength};

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
