//! Links, their evidence, and the relations they can stand for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Anchor, Assessment, EntityId, Grade, LinkId, MentionId, When};

/// A typed, directed relationship between two entities, or from an entity to a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Where it starts.
    pub from: EntityId,
    /// What it points to.
    pub to: Target,
    /// What it says: a key of the notebook's relations.
    pub relation: RelationId,
    /// False where the relation holds both ways, such as `family`.
    pub directed: bool,
    /// What supports it. Empty: “no sentence yet”.
    pub evidence: Vec<Evidence>,
    /// How it follows from the evidence.
    pub basis: Basis,
    /// How well it is established.
    pub strength: Strength,
    /// When it held.
    pub when: When,
    /// The user's own words about it.
    pub note: String,
    /// The user marked it “to check”.
    pub to_check: bool,
    /// How its strength was judged, in the order in which that was written down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessments: Vec<Assessment>,
}

impl Link {
    /// A link without evidence, not yet judged.
    #[must_use]
    pub fn new(from: EntityId, to: EntityId, relation: RelationId) -> Self {
        Self {
            from,
            to: Target::Entity(to),
            relation,
            directed: true,
            evidence: Vec::new(),
            basis: Basis::default(),
            strength: Strength::default(),
            when: When::default(),
            note: String::new(),
            to_check: false,
            assessments: Vec::new(),
        }
    }

    /// How it is judged at present.
    #[must_use]
    pub const fn grades(&self) -> [Grade; 1] {
        [Grade::Strength(self.strength)]
    }

    /// The entity at its end, unless it targets a link.
    #[must_use]
    pub const fn to_entity(&self) -> Option<EntityId> {
        match self.to {
            Target::Entity(entity) => Some(entity),
            Target::Link(_) => None,
        }
    }

    /// The entities it touches directly: one or two.
    pub fn ends(&self) -> impl Iterator<Item = EntityId> {
        std::iter::once(self.from).chain(self.to_entity().filter(|to| *to != self.from))
    }
}

/// What a link points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Target {
    /// An entity.
    Entity(EntityId),
    /// Another link: for `undercuts`.
    Link(LinkId),
}

/// Something that supports a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Evidence {
    /// A mention, wherever it moves.
    Mention(MentionId),
    /// A stretch of an article.
    Quote(Anchor),
}

/// How a link follows from its evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// The article says it in these words.
    #[default]
    Quoted,
    /// The article says it in other words.
    Paraphrased,
    /// The analyst concludes it.
    AnalystInference,
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Quoted, Self::Paraphrased, Self::AnalystInference];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Quoted => "quoted",
            Self::Paraphrased => "paraphrased",
            Self::AnalystInference => "analyst’s inference",
        }
    }
}

/// How well a link is established.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Strength {
    /// Established.
    Confirmed,
    /// Said, not established.
    #[default]
    Unconfirmed,
    /// A supposition.
    Tentative,
}

impl Strength {
    /// All of them, strongest first.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Unconfirmed, Self::Tentative];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Unconfirmed => "unconfirmed",
            Self::Tentative => "tentative",
        }
    }
}

/// Names a relation within its notebook: its label when it was made (`works for`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RelationId(pub String);

impl From<&str> for RelationId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// What a link can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// As shown on screen, read from the link's start to its end.
    pub label: String,
    /// Which family it belongs to.
    pub family: Family,
    /// False where it holds both ways.
    pub directed: bool,
}

/// Families of relations, after the vocabularies they come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Family {
    /// Between actors (FollowTheMoney).
    Tie,
    /// Between actors, places and events (ACE).
    Part,
    /// Between events.
    Sequence,
    /// Between claims (argumentation).
    Argument,
    /// Who says what (attribution).
    Attribution,
    /// The user's own.
    Other,
}

impl Family {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Tie, Self::Part, Self::Sequence, Self::Argument, Self::Attribution, Self::Other];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tie => "Relationships",
            Self::Part => "Participation in events",
            Self::Sequence => "Sequence and cause",
            Self::Argument => "Argument",
            Self::Attribution => "Attribution",
            Self::Other => "Other",
        }
    }

    /// A sign for it, before the labels of its relations on the canvas: colour is never the only sign.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Tie => "=",
            Self::Part => "•",
            Self::Sequence => "›",
            Self::Argument => "±",
            Self::Attribution => "“",
            Self::Other => "~",
        }
    }
}

/// The relations a new notebook starts with: id, family, directed.
/// Ties follow FollowTheMoney's schemata, parts the ACE event arguments, arguments the terms of
/// argumentation theory (support, rebuttal, undercutting defeat: Pollock 1987).
const STANDARD: [(&str, Family, bool); 25] = [
    ("works for", Family::Tie, true),
    ("directs", Family::Tie, true),
    ("member of", Family::Tie, true),
    ("owns", Family::Tie, true),
    ("associated with", Family::Tie, false),
    ("family", Family::Tie, false),
    ("agent", Family::Part, true),
    ("patient", Family::Part, true),
    ("located in", Family::Part, true),
    ("before", Family::Sequence, true),
    ("after", Family::Sequence, true),
    ("causes", Family::Sequence, true),
    ("about", Family::Argument, true),
    ("supports", Family::Argument, true),
    ("attacks", Family::Argument, true),
    ("undercuts", Family::Argument, true),
    ("contradicts", Family::Argument, false),
    ("equivalent", Family::Argument, false),
    ("said by", Family::Attribution, true),
    ("cites", Family::Attribution, true),
    ("quotes", Family::Attribution, true),
    ("relays", Family::Attribution, true),
    ("denies", Family::Attribution, true),
    ("confirms", Family::Attribution, true),
    ("retracts", Family::Attribution, true),
];

/// The relations a new notebook starts with.
#[must_use]
pub fn standard_relations() -> BTreeMap<RelationId, Relation> {
    STANDARD
        .into_iter()
        .map(|(id, family, directed)| {
            // The ids are ACE's terms; on screen they are in plain words.
            let label = match id {
                "agent" => "did it",
                "patient" => "affected",
                other => other,
            };
            (RelationId::from(id), Relation { label: label.to_owned(), family, directed })
        })
        .collect()
}
