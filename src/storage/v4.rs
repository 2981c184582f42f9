//! The sections of format version 4: version 3 with the version of an article's text in which mentions and quotes were
//! read, and conflicts that a merge left. Frozen.
//!
//! Its other records are those of [`v1`](super::v1), [`v2`](super::v2) and [`v3`](super::v3).

use serde::Deserialize;

use super::mention::Mention;
use super::v1::{self, some};
use super::values::Str;
use super::{v2, v3};
use crate::notebook::{
    ArticleId, CardId, ConflictId, EntityId, GroupId, LinkId, MatrixId, MentionId, RecordId,
    SetAsideId, ViewId, WaiverId, first_version,
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
    pub(super) actors: Option<UniqueMap<EntityId, v3::Actor>>,
    #[serde(deserialize_with = "some")]
    pub(super) events: Option<UniqueMap<EntityId, v1::Event>>,
    #[serde(deserialize_with = "some")]
    pub(super) claims: Option<UniqueMap<EntityId, Claim<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) mentions: Option<UniqueMap<MentionId, Mention<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) links: Option<UniqueMap<LinkId, Link<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) relations: Option<UniqueMap<String, v1::Relation>>,
    #[serde(deserialize_with = "some")]
    pub(super) canvas: Option<UniqueMap<EntityId, v1::Node>>,
    #[serde(deserialize_with = "some")]
    pub(super) groups: Option<UniqueMap<GroupId, v2::Group>>,
    #[serde(deserialize_with = "some")]
    pub(super) cards: Option<UniqueMap<CardId, v2::Card>>,
    #[serde(deserialize_with = "some")]
    pub(super) views: Option<UniqueMap<ViewId, v3::NamedView>>,
    #[serde(deserialize_with = "some")]
    pub(super) dismissed: Option<UniqueMap<v2::Dismissed, Str<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) waivers: Option<UniqueMap<WaiverId, v3::Waiver>>,
    #[serde(deserialize_with = "some")]
    pub(super) set_aside: Option<UniqueMap<SetAsideId, v3::SetAside>>,
    #[serde(deserialize_with = "some")]
    pub(super) matrices: Option<UniqueMap<MatrixId, v3::Matrix>>,
    #[serde(deserialize_with = "some")]
    pub(super) conflicts: Option<UniqueMap<ConflictId, Conflict>>,
    /// The assessments of a file up to version 2, which had a section of their own.
    #[serde(skip)]
    pub(super) assessments: Option<UniqueMap<String, v1::Assessment>>,
    #[serde(deserialize_with = "some")]
    pub(super) desk: Option<v1::Desk>,
}

/// A file of version 3, or a part of one.
impl<'a> From<v3::Sections<'a>> for Sections<'a> {
    fn from(old: v3::Sections<'a>) -> Self {
        Self {
            _version: old._version,
            title: old.title,
            articles: old.articles,
            texts: old.texts,
            actors: old.actors,
            events: old.events,
            claims: old.claims.map(all),
            mentions: old.mentions,
            links: old.links.map(all),
            relations: old.relations,
            canvas: old.canvas,
            groups: old.groups,
            cards: old.cards,
            views: old.views,
            dismissed: old.dismissed,
            waivers: old.waivers,
            set_aside: old.set_aside,
            matrices: old.matrices,
            conflicts: None,
            assessments: old.assessments,
            desk: old.desk,
        }
    }
}

/// Records of an older version as those of this one.
fn all<K, A, B: From<A>>(UniqueMap(records): UniqueMap<K, A>) -> UniqueMap<K, B>
where
    UniqueMap<K, B>: Sized,
{
    UniqueMap(records.into_iter().map(|(id, one)| (id, one.into())).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(super) struct Claim<'a> {
    pub(super) name: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) about: Vec<EntityId>,
    #[serde(default)]
    pub(super) credibility: Option<u8>,
    #[serde(default)]
    pub(super) status: v3::ClaimStatus,
    #[serde(default)]
    pub(super) accusation: bool,
    #[serde(default)]
    pub(super) replies: Vec<Reply<'a>>,
    #[serde(default)]
    pub(super) assessments: Vec<v3::Assessment>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

impl<'a> From<v3::Claim<'a>> for Claim<'a> {
    fn from(old: v3::Claim<'a>) -> Self {
        Self {
            name: old.name,
            aliases: old.aliases,
            about: old.about,
            credibility: old.credibility,
            status: old.status,
            accusation: old.accusation,
            replies: old.replies.into_iter().map(Into::into).collect(),
            assessments: old.assessments,
            note: old.note,
            to_check: old.to_check,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(super) struct Reply<'a> {
    pub(super) actor: EntityId,
    #[serde(default)]
    pub(super) asked: v1::When,
    #[serde(default)]
    pub(super) asked_by: String,
    #[serde(default)]
    pub(super) answer: Option<Evidence<'a>>,
}

impl<'a> From<v3::Reply<'a>> for Reply<'a> {
    fn from(old: v3::Reply<'a>) -> Self {
        Self {
            actor: old.actor,
            asked: old.asked,
            asked_by: old.asked_by,
            answer: old.answer.map(Into::into),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(super) struct Link<'a> {
    pub(super) from: EntityId,
    pub(super) to: v1::Target,
    pub(super) relation: String,
    #[serde(default = "yes")]
    pub(super) directed: bool,
    #[serde(default)]
    pub(super) evidence: Vec<Evidence<'a>>,
    pub(super) basis: v1::Basis,
    pub(super) strength: v1::Strength,
    #[serde(default)]
    pub(super) when: v1::When,
    #[serde(default)]
    pub(super) assessments: Vec<v3::Assessment>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

const fn yes() -> bool {
    true
}

impl<'a> From<v3::Link<'a>> for Link<'a> {
    fn from(old: v3::Link<'a>) -> Self {
        Self {
            from: old.from,
            to: old.to,
            relation: old.relation,
            directed: old.directed,
            evidence: old.evidence.into_iter().map(Into::into).collect(),
            basis: old.basis,
            strength: old.strength,
            when: old.when,
            assessments: old.assessments,
            note: old.note,
            to_check: old.to_check,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(super) enum Evidence<'a> {
    Mention(MentionId),
    Quote {
        #[serde(rename = "in")]
        article: ArticleId,
        start: usize,
        end: usize,
        exact: Str<'a>,
        prefix: Str<'a>,
        suffix: Str<'a>,
        #[serde(default = "first_version")]
        version: u32,
    },
}

/// Up to version 3 nobody wrote down in which version of a text something was read: it is taken to be the first.
impl<'a> From<v1::Evidence<'a>> for Evidence<'a> {
    fn from(old: v1::Evidence<'a>) -> Self {
        match old {
            v1::Evidence::Mention(mention) => Self::Mention(mention),
            v1::Evidence::Quote { article, start, end, exact, prefix, suffix } => {
                let version = first_version();
                Self::Quote { article, start, end, exact, prefix, suffix, version }
            }
        }
    }
}

/// What two people changed differently. Its values are JSON texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conflict {
    pub(super) of: Of,
    pub(super) field: String,
    pub(super) base: String,
    pub(super) ours: String,
    pub(super) theirs: String,
}

/// The record that a conflict is about.
#[derive(Deserialize)]
pub(super) enum Of {
    Title,
    Article(ArticleId),
    Entity(EntityId),
    Mention(MentionId),
    Link(LinkId),
    Relation(String),
    Group(GroupId),
    Card(CardId),
    View(ViewId),
    Waiver(WaiverId),
    SetAside(SetAsideId),
    Matrix(MatrixId),
}

impl Of {
    pub(super) fn into_model(self) -> RecordId {
        match self {
            Self::Title => RecordId::Title,
            Self::Article(id) => RecordId::Article(id),
            Self::Entity(id) => RecordId::Entity(id),
            Self::Mention(id) => RecordId::Mention(id),
            Self::Link(id) => RecordId::Link(id),
            Self::Relation(id) => RecordId::Relation(id.as_str().into()),
            Self::Group(id) => RecordId::Group(id),
            Self::Card(id) => RecordId::Card(id),
            Self::View(id) => RecordId::View(id),
            Self::Waiver(id) => RecordId::Waiver(id),
            Self::SetAside(id) => RecordId::SetAside(id),
            Self::Matrix(id) => RecordId::Matrix(id),
        }
    }

    /// As this version writes it: the word, and the id; the title has none. Nothing else has fields to differ in.
    pub(super) fn written(record: &RecordId) -> Option<(&'static str, String)> {
        Some(match record {
            RecordId::Title => ("Title", String::new()),
            RecordId::Article(id) => ("Article", id.to_string()),
            RecordId::Entity(id) => ("Entity", id.to_string()),
            RecordId::Mention(id) => ("Mention", id.to_string()),
            RecordId::Link(id) => ("Link", id.to_string()),
            RecordId::Relation(id) => ("Relation", id.0.clone()),
            RecordId::Group(id) => ("Group", id.to_string()),
            RecordId::Card(id) => ("Card", id.to_string()),
            RecordId::View(id) => ("View", id.to_string()),
            RecordId::Waiver(id) => ("Waiver", id.to_string()),
            RecordId::SetAside(id) => ("SetAside", id.to_string()),
            RecordId::Matrix(id) => ("Matrix", id.to_string()),
            RecordId::Node(_) | RecordId::Dismissed(_) | RecordId::Conflict(_) => return None,
        })
    }
}
