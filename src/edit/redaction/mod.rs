//! A copy of a notebook in which chosen entities have other names everywhere: in articles, quotes, notes, labels.
//!
//! `forms` lists what an entity is called; `replacer` finds that in a text and writes the other name instead; `places` moves
//! anchors along; `records` makes the copy. What an entity is called beyond its name, its aliases and the words tagged as
//! it, nobody can know: [`Redaction::hidden`] is to be read before.

mod forms;
mod places;
mod records;
mod replacer;

use std::collections::BTreeSet;

use crate::notebook::{Detail, EntityId, Kind, Notebook};
use forms::forms_of;
use replacer::Replacer;

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
        // A stand-in says nothing that is hidden itself.
        let finds = Replacer::new(&hidden);
        let word_for = |words: [&'static str; 3]| {
            let free = |word: &&&str| finds.spots(&format!("{word} 1")).is_empty();
            *words.iter().find(free).unwrap_or(&words[0])
        };
        let words = [
            word_for(["Source", "Person", "Somebody"]),
            word_for(["Event", "Incident", "Something"]),
            word_for(["Claim", "Statement", "Something said"]),
        ];
        let mut numbers = [0_usize; 3];
        for one in &mut hidden {
            let kind = match notebook.entity(one.entity).map(|entity| &entity.detail) {
                Some(Detail::Event(_)) => 1,
                Some(Detail::Claim(_)) => 2,
                Some(Detail::Actor(_)) | None => 0,
            };
            one.stand_in = loop {
                numbers[kind] += 1;
                let name = format!("{} {}", words[kind], numbers[kind]);
                if !names.contains(&*name) {
                    break name;
                }
            };
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
