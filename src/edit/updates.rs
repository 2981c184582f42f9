//! What edits can change about a record. A field left out stays as it is; an empty text clears.

use serde::{Deserialize, Serialize};

use super::{EvidenceRef, Ref};
use crate::notebook::{
    ActorKind, Basis, ClaimStatus, EntityId, Filter, Focus, Form, Hue, Modality, Polarity,
    RelationId, Role, Source, Strength, Subject, View,
};

/// What can change about an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AboutFields {
    /// Its title.
    pub title: Option<String>,
    /// The actor that published it; an empty name clears.
    pub publisher: Option<Ref<EntityId>>,
    /// Who signed it.
    pub author: Option<String>,
    /// When it was published: EDTF.
    pub date: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Its language: a BCP 47 tag.
    pub language: Option<String>,
    /// The folder it lies in, its names parted by `/`.
    pub folder: Option<String>,
    /// Its place among the tabs, from 0.
    pub order: Option<u32>,
}

/// What can change about an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EntityFields {
    /// Its name, title or proposition.
    pub name: Option<String>,
    /// All its other names.
    pub aliases: Option<Vec<String>>,
    /// The user's own words about it.
    pub note: Option<String>,
    /// The mark “to check”.
    pub to_check: Option<bool>,
    /// Of an actor: what sort.
    pub actor_kind: Option<ActorKind>,
    /// Of an actor: who owns it; an empty name clears.
    pub owner: Option<Ref<EntityId>>,
    /// Of an actor: `A` to `F`; empty clears.
    pub reliability: Option<String>,
    /// Of an actor: all its members.
    pub members: Option<Vec<Ref<EntityId>>>,
    /// Of an event: the date as the article writes it.
    pub written: Option<String>,
    /// Of an event: the date as EDTF.
    pub date: Option<String>,
    /// Of an event: where.
    pub place: Option<String>,
    /// Of an event: all who took part, and how.
    pub participants: Option<Vec<(Ref<EntityId>, Role)>>,
    /// Of a claim: all it is about.
    pub about: Option<Vec<Ref<EntityId>>>,
    /// Of a claim: 1 to 6; 0 clears.
    pub credibility: Option<u8>,
    /// Of a claim: what the analyst holds of it.
    pub status: Option<ClaimStatus>,
    /// Of a claim: it accuses someone it is about.
    pub accusation: Option<bool>,
    /// Of a claim: all who were asked for a reply.
    pub replies: Option<Vec<ReplyFields>>,
    /// Why it is judged so: with a status, credibility or reliability.
    pub reason: Option<String>,
    /// Who judges so; whoever makes the edit, when left out.
    pub by: Option<String>,
    /// When it is judged so; now, when left out.
    pub at: Option<String>,
}

/// That someone was asked about a claim, as an edit names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyFields {
    /// Who was asked.
    pub actor: Ref<EntityId>,
    /// When, in words.
    #[serde(default)]
    pub written: String,
    /// When, as EDTF.
    #[serde(default)]
    pub date: String,
    /// Who asked.
    #[serde(default)]
    pub asked_by: String,
    /// Where the answer stands; there is none yet, when left out.
    #[serde(default)]
    pub answer: Option<EvidenceRef>,
}

/// What can change about a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StatementFields {
    /// The whole chain of speakers, nearest to the article first.
    pub chain: Option<Vec<HopFields>>,
    /// How sure the speaker is.
    pub modality: Option<Modality>,
    /// Affirmed or denied.
    pub polarity: Option<Polarity>,
    /// In whose words.
    pub form: Option<Form>,
}

/// One speaker of a chain, as an edit names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HopFields {
    /// Who.
    pub actor: Ref<EntityId>,
    /// The words that attribute it.
    #[serde(default)]
    pub cue: String,
    /// Whether the original was read.
    #[serde(default)]
    pub source: Source,
}

/// What can change about a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkFields {
    /// What it says.
    pub relation: Option<RelationId>,
    /// Where it starts.
    pub from: Option<Ref<EntityId>>,
    /// Where it ends.
    pub to: Option<Ref<EntityId>>,
    /// False where it holds both ways.
    pub directed: Option<bool>,
    /// How it follows from the evidence.
    pub basis: Option<Basis>,
    /// How well it is established.
    pub strength: Option<Strength>,
    /// The date as the article writes it.
    pub written: Option<String>,
    /// The date as EDTF.
    pub date: Option<String>,
    /// The user's own words about it.
    pub note: Option<String>,
    /// The mark “to check”.
    pub to_check: Option<bool>,
    /// Why it is judged so: with a strength.
    pub reason: Option<String>,
    /// Who judges so; whoever makes the edit, when left out.
    pub by: Option<String>,
    /// When it is judged so; now, when left out.
    pub at: Option<String>,
}

/// What can change about a matrix of competing claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MatrixFields {
    /// What it is called.
    pub title: Option<String>,
    /// All its claims.
    pub claims: Option<Vec<Ref<EntityId>>>,
    /// All its rows: statements and links.
    pub rows: Option<Vec<Ref<Subject>>>,
}

/// What can change about a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GroupFields {
    /// What is written on its frame.
    pub title: Option<String>,
    /// Its colour.
    pub hue: Option<Hue>,
    /// Folded into one box.
    pub collapsed: Option<bool>,
    /// All who are in it; they leave the groups they were in.
    pub members: Option<Vec<Ref<EntityId>>>,
}

/// What can change about a note card.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CardFields {
    /// The user's own words.
    pub text: Option<String>,
    /// Its centre in canvas units.
    pub at: Option<(f32, f32)>,
    /// Its width and height in canvas units.
    pub size: Option<(f32, f32)>,
    /// Its colour.
    pub hue: Option<Hue>,
}

/// What can change about a named view.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ViewFields {
    /// Its name.
    pub name: Option<String>,
    /// What it shows.
    pub filter: Option<Filter>,
    /// What it shows the surroundings of; around nobody clears.
    pub focus: Option<Focus>,
    /// The part of the canvas in view.
    pub camera: Option<View>,
}
