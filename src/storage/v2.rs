//! The sections of format version 2: version 1 with groups, note cards, named views and dismissed suggestions. Frozen.
//!
//! Its other records are those of [`v1`](super::v1).

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;

use super::mention::Mention;
use super::v1::{self, some};
use super::values::{Coordinate, Str, words};
use crate::notebook::{
    self as model, ArticleId, CardId, EntityId, GroupId, LinkId, MentionId, ViewId,
};
use crate::text::UniqueMap;

/// A file, or a part of one that is closed in itself. A section that is absent is `None`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, bound(deserialize = "'de: 'a"))]
pub(super) struct Sections<'a> {
    #[serde(rename = "casebook")]
    pub(super) _version: u32,
    #[serde(deserialize_with = "some")]
    pub(super) title: Option<String>,
    #[serde(deserialize_with = "some")]
    pub(super) articles: Option<UniqueMap<ArticleId, v1::Article>>,
    #[serde(deserialize_with = "some")]
    pub(super) texts: Option<UniqueMap<v1::TextKey, v1::Paragraphs>>,
    #[serde(deserialize_with = "some")]
    pub(super) actors: Option<UniqueMap<EntityId, v1::Actor>>,
    #[serde(deserialize_with = "some")]
    pub(super) events: Option<UniqueMap<EntityId, v1::Event>>,
    #[serde(deserialize_with = "some")]
    pub(super) claims: Option<UniqueMap<EntityId, v1::Claim>>,
    #[serde(deserialize_with = "some")]
    pub(super) mentions: Option<UniqueMap<MentionId, Mention<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) links: Option<UniqueMap<LinkId, v1::Link<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) relations: Option<UniqueMap<String, v1::Relation>>,
    #[serde(deserialize_with = "some")]
    pub(super) canvas: Option<UniqueMap<EntityId, v1::Node>>,
    #[serde(deserialize_with = "some")]
    pub(super) groups: Option<UniqueMap<GroupId, Group>>,
    #[serde(deserialize_with = "some")]
    pub(super) cards: Option<UniqueMap<CardId, Card>>,
    #[serde(deserialize_with = "some")]
    pub(super) views: Option<UniqueMap<ViewId, NamedView>>,
    #[serde(deserialize_with = "some")]
    pub(super) dismissed: Option<UniqueMap<Dismissed, Str<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) assessments: Option<UniqueMap<String, v1::Assessment>>,
    #[serde(deserialize_with = "some")]
    pub(super) desk: Option<v1::Desk>,
}

/// A file of version 1, or a part of one.
impl<'a> From<v1::Sections<'a>> for Sections<'a> {
    fn from(old: v1::Sections<'a>) -> Self {
        Self {
            title: old.title,
            articles: old.articles,
            texts: old.texts,
            actors: old.actors,
            events: old.events,
            claims: old.claims,
            mentions: old.mentions,
            links: old.links,
            relations: old.relations,
            canvas: old.canvas,
            assessments: old.assessments,
            desk: old.desk,
            ..Self::default()
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) hue: Hue,
    #[serde(default)]
    pub(super) collapsed: bool,
    pub(super) members: Vec<EntityId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Card {
    pub(super) text: String,
    pub(super) x: Coordinate,
    pub(super) y: Coordinate,
    pub(super) width: Coordinate,
    pub(super) height: Coordinate,
    pub(super) hue: Hue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedView {
    pub(super) name: String,
    #[serde(default)]
    pub(super) filter: Filter,
    #[serde(default)]
    pub(super) focus: Option<Focus>,
    #[serde(default)]
    pub(super) camera: Option<v1::View>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Filter {
    pub(super) kinds: Vec<Kind>,
    pub(super) relations: BTreeSet<String>,
    pub(super) strengths: Vec<v1::Strength>,
    pub(super) articles: BTreeSet<ArticleId>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) with_evidence: bool,
    pub(super) to_check: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Focus {
    pub(super) around: BTreeSet<EntityId>,
    pub(super) steps: u8,
}

/// A place (Unicode scalars: start, end) of an article where a suggestion was dismissed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(super) struct Dismissed(pub(super) ArticleId, pub(super) usize, pub(super) usize);

impl fmt::Display for Dismissed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(\"{}\", {}, {})", self.0, self.1, self.2)
    }
}

words! {
    Hue { Grey, Red, Orange, Green, Blue, Purple }
    Kind { Actor, Event, Claim }
}
