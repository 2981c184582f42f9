//! Ways of looking that were worth a name: a filter, a focus, a part of the canvas.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ArticleId, EntityId, Kind, RelationId, Strength, View};

/// What to show of entities and links. An empty set asks for nothing in particular: all of them are shown.
///
/// Conditions of different sorts must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Entities of these kinds.
    pub kinds: BTreeSet<Kind>,
    /// Links of these relations.
    pub relations: BTreeSet<RelationId>,
    /// Links of these strengths.
    pub strengths: BTreeSet<Strength>,
    /// What these articles mention.
    pub articles: BTreeSet<ArticleId>,
    /// Nothing dated before this: EDTF, or empty.
    pub from: String,
    /// Nothing dated after this: EDTF, or empty.
    pub to: String,
    /// Only links with evidence.
    pub with_evidence: bool,
    /// Only what is marked “to check”.
    pub to_check: bool,
    /// No derived links. A layer rather than a condition: clearing the conditions leaves it as it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hide_derived: bool,
}

impl Filter {
    /// No conditions, and the layer of derived links as it is here.
    #[must_use]
    pub fn without_conditions(&self) -> Self {
        Self { hide_derived: self.hide_derived, ..Self::default() }
    }

    /// Whether it shows everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What is around some entities, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Focus {
    /// Around these.
    pub around: BTreeSet<EntityId>,
    /// As many links away at most.
    pub steps: u8,
}

/// A way of looking at the canvas that was given a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedView {
    /// Its name. Never blank.
    pub name: String,
    /// What it shows.
    pub filter: Filter,
    /// What it shows the surroundings of.
    pub focus: Option<Focus>,
    /// The part of the canvas in view.
    pub camera: Option<View>,
}
