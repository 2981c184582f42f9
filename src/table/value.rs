//! The values that are chosen in a cell, and what it means to choose one: one edit for all the rows it is meant for.

use super::column::RowId;
use crate::edit::{Edit, EntityFields, LinkFields, set_entities, set_links};
use crate::notebook::{ActorKind, Basis, Kind, Notebook, RelationId, Reliability, Strength};

/// A value that is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// What a link says.
    Relation(RelationId),
    /// How well it is established.
    Strength(Strength),
    /// How it follows from its evidence.
    Basis(Basis),
    /// One way, or both.
    Directed(bool),
    /// The mark “to check”.
    ToCheck(bool),
    /// What sort of actor.
    Sort(ActorKind),
    /// An actor's reliability.
    Reliability(Option<Reliability>),
    /// A claim's credibility; 0 for none.
    Credibility(u8),
}

/// What the figures of credibility mean (the Admiralty code, NATO AJP-2.1).
pub const CREDIBILITY: [&str; 7] = [
    "none",
    "1 · confirmed",
    "2 · probably true",
    "3 · possibly true",
    "4 · doubtful",
    "5 · improbable",
    "6 · cannot be judged",
];

impl Value {
    /// As shown on screen.
    pub fn label<'a>(&'a self, notebook: &'a Notebook) -> &'a str {
        match self {
            Self::Relation(id) => notebook.relation_label(id),
            Self::Strength(strength) => strength.label(),
            Self::Basis(basis) => basis.label(),
            Self::Directed(true) => "directed",
            Self::Directed(false) => "undirected",
            Self::ToCheck(true) => "to check",
            Self::ToCheck(false) => "",
            Self::Sort(sort) => sort.label(),
            Self::Reliability(None) => CREDIBILITY[0],
            Self::Reliability(Some(grade)) => grade.label(),
            Self::Credibility(grade) => CREDIBILITY.get(usize::from(*grade)).unwrap_or(&""),
        }
    }

    /// The edit that gives this value to these rows, those it does not fit left out: one step.
    pub fn set(&self, notebook: &Notebook, rows: &[RowId]) -> Option<Edit> {
        let links = rows.iter().filter_map(|row| match row {
            RowId::Link(id) => Some(*id),
            RowId::Entity(_) => None,
        });
        let entities = || {
            rows.iter().filter_map(|row| match row {
                RowId::Entity(id) => Some(*id),
                RowId::Link(_) => None,
            })
        };
        let link = LinkFields::default;
        let entity = EntityFields::default;
        match self {
            Self::Relation(id) => {
                set_links(links, "relation", &LinkFields { relation: Some(id.clone()), ..link() })
            }
            Self::Strength(one) => {
                set_links(links, "strength", &LinkFields { strength: Some(*one), ..link() })
            }
            Self::Basis(one) => {
                set_links(links, "basis", &LinkFields { basis: Some(*one), ..link() })
            }
            Self::Directed(on) => {
                set_links(links, "direction", &LinkFields { directed: Some(*on), ..link() })
            }
            Self::ToCheck(on) => {
                let with = LinkFields { to_check: Some(*on), ..link() };
                set_links(links, "mark “to check”", &with).or_else(|| {
                    let with = EntityFields { to_check: Some(*on), ..entity() };
                    set_entities(notebook, entities(), None, "mark “to check”", &with)
                })
            }
            Self::Sort(sort) => {
                let with = EntityFields { actor_kind: Some(*sort), ..entity() };
                set_entities(notebook, entities(), Some(Kind::Actor), "kind", &with)
            }
            Self::Reliability(grade) => {
                let letter = grade.map_or_else(String::new, |grade| format!("{grade:?}"));
                let with = EntityFields { reliability: Some(letter), ..entity() };
                set_entities(notebook, entities(), Some(Kind::Actor), "reliability", &with)
            }
            Self::Credibility(grade) => {
                let with = EntityFields { credibility: Some(*grade), ..entity() };
                set_entities(notebook, entities(), Some(Kind::Claim), "credibility", &with)
            }
        }
    }
}
