//! A copy of a notebook in which chosen entities have other names everywhere: in articles, quotes, notes, labels.
//!
//! `forms` lists what an entity is called; `stand_ins` gives the other names; `replacer` finds the former in a text and
//! writes the latter instead; `places` moves anchors along; `records` makes the copy. What an entity is called beyond its
//! name, its aliases and the words tagged as it, nobody can know: [`Redaction::hidden`] is to be read before.

mod forms;
mod places;
mod records;
mod replacer;
mod stand_ins;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::notebook::{EntityId, Kind, Notebook};
use forms::forms_of;
use replacer::Replacer;
use stand_ins::StandIns;

/// Which entities are hidden, and by what.
#[derive(Debug)]
pub struct Redaction {
    hidden: Vec<Hidden>,
    replacer: Replacer,
}

/// An entity that is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The entity.
    pub entity: EntityId,
    /// What it is called in the notebook.
    pub name: String,
    /// What it is called in the copy: “Source 1”.
    pub stand_in: String,
    /// What is replaced by that wherever it stands, the name first.
    pub forms: Vec<String>,
}

impl Hidden {
    /// The forms that are replaced, in quotation marks.
    #[must_use]
    pub fn listed(&self) -> String {
        let quoted = |form: &String| format!("“{form}”");
        self.forms.iter().map(quoted).collect::<Vec<_>>().join(", ")
    }
}

/// A copy without the names.
#[derive(Clone, Debug)]
pub struct Redacted {
    /// The copy.
    pub notebook: Notebook,
    /// How many places were replaced, in articles and everywhere else.
    pub places: usize,
}

/// The sources that are not named: every actor of the kind “anonymous”.
#[must_use]
pub fn anonymous_sources(notebook: &Notebook) -> BTreeSet<EntityId> {
    let anonymous = notebook.entities().iter().filter(|(_, entity)| entity.is_anonymous());
    anonymous.map(|(id, _)| *id).collect()
}

impl Redaction {
    /// How these entities are hidden. Linear in their mentions.
    #[must_use]
    pub fn new(notebook: &Notebook, entities: &BTreeSet<EntityId>) -> Self {
        let names: BTreeSet<&str> =
            notebook.entities().values().flat_map(|entity| entity.names()).collect();
        let mut hidden: Vec<Hidden> = Vec::new();
        for id in entities {
            let Some(entity) = notebook.entity(*id) else { continue };
            let forms = forms_of(notebook, *id, entities);
            let name = entity.name.clone();
            hidden.push(Hidden { entity: *id, name, stand_in: String::new(), forms });
        }
        let mut stand_ins = StandIns::new(&hidden, names);
        for one in &mut hidden {
            one.stand_in = stand_ins.next(notebook.entity(one.entity).map(Arc::as_ref));
        }
        let replacer = Replacer::new(&hidden);
        Self { hidden, replacer }
    }

    /// The entities that are hidden, with what is replaced: to be shown before anything is handed on.
    #[must_use]
    pub fn hidden(&self) -> &[Hidden] {
        &self.hidden
    }

    /// The copy; `None` once `stop` returns true. A note on a hidden entity, or on a mention of it, is left out: it tells
    /// who that is. So are an article’s file name, hash and address where they hold a name.
    #[must_use]
    pub fn apply(&self, notebook: &Notebook, stop: &dyn Fn() -> bool) -> Option<Redacted> {
        records::redacted(self, notebook, stop)
    }

    /// The first of the replaced forms that still stands in a text, with the place in bytes.
    #[must_use]
    pub fn first_in(&self, text: &str) -> Option<(&str, std::ops::Range<usize>)> {
        let spot = self.replacer.spots(text).into_iter().next()?;
        Some((self.replacer.form(spot.form), spot.range))
    }

    fn hides(&self, id: EntityId) -> Option<&Hidden> {
        self.hidden
            .binary_search_by_key(&id, |hidden| hidden.entity)
            .ok()
            .map(|at| &self.hidden[at])
    }

    /// The number of the stand-in of an entity.
    fn number_of(&self, id: EntityId) -> Option<usize> {
        self.hidden.binary_search_by_key(&id, |hidden| hidden.entity).ok()
    }
}

/// Whether an entity is an actor.
fn is_actor(notebook: &Notebook, id: EntityId) -> bool {
    notebook.entity(id).is_some_and(|entity| entity.kind() == Kind::Actor)
}
