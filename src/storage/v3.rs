//! The sections of format version 3: version 2 with assessments in the records they judge, replies to claims, waivers,
//! what is set aside, and matrices. Frozen.
//!
//! Its other records are those of [`v1`](super::v1) and [`v2`](super::v2).

use std::fmt;

use std::collections::BTreeSet;

use serde::Deserialize;

use super::mention::Mention;
use super::v1::{self, some};
use super::v2;
use super::values::{Str, words};
use crate::notebook::{
    self as model, ArticleId, CardId, EntityId, GroupId, LinkId, MatrixId, MentionId, SetAsideId,
    Subject, ViewId, WaiverId, of_verdict,
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
    pub(super) actors: Option<UniqueMap<EntityId, Actor>>,
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
    pub(super) views: Option<UniqueMap<ViewId, NamedView>>,
    #[serde(deserialize_with = "some")]
    pub(super) dismissed: Option<UniqueMap<v2::Dismissed, Str<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) waivers: Option<UniqueMap<WaiverId, Waiver>>,
    #[serde(deserialize_with = "some")]
    pub(super) set_aside: Option<UniqueMap<SetAsideId, SetAside>>,
    #[serde(deserialize_with = "some")]
    pub(super) matrices: Option<UniqueMap<MatrixId, Matrix>>,
    /// The assessments of a file up to version 2, which had a section of their own.
    #[serde(skip)]
    pub(super) assessments: Option<UniqueMap<String, v1::Assessment>>,
    #[serde(deserialize_with = "some")]
    pub(super) desk: Option<v1::Desk>,
}

/// A file of version 2, or a part of one.
impl<'a> From<v2::Sections<'a>> for Sections<'a> {
    fn from(old: v2::Sections<'a>) -> Self {
        fn all<K, A, B: From<A>>(old: Option<UniqueMap<K, A>>) -> Option<UniqueMap<K, B>> {
            let UniqueMap(records) = old?;
            Some(UniqueMap(records.into_iter().map(|(id, one)| (id, one.into())).collect()))
        }
        Self {
            title: old.title,
            articles: old.articles,
            texts: old.texts,
            actors: all(old.actors),
            events: old.events,
            claims: all(old.claims),
            mentions: old.mentions,
            links: all(old.links),
            relations: old.relations,
            canvas: old.canvas,
            groups: old.groups,
            cards: old.cards,
            views: all(old.views),
            dismissed: old.dismissed,
            assessments: old.assessments,
            desk: old.desk,
            ..Self::default()
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Actor {
    pub(super) name: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) kind: ActorKind,
    #[serde(default)]
    pub(super) owner: Option<EntityId>,
    #[serde(default)]
    pub(super) reliability: Option<v1::Reliability>,
    #[serde(default)]
    pub(super) members: Vec<EntityId>,
    #[serde(default)]
    pub(super) assessments: Vec<Assessment>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

impl From<v1::Actor> for Actor {
    fn from(old: v1::Actor) -> Self {
        let v1::Actor { name, aliases, kind, owner, reliability, members, note, to_check } = old;
        let kind = match kind {
            v1::ActorKind::Person => ActorKind::Person,
            v1::ActorKind::Organisation => ActorKind::Organisation,
            v1::ActorKind::Media => ActorKind::Media,
            v1::ActorKind::PublicBody => ActorKind::PublicBody,
            v1::ActorKind::Group => ActorKind::Group,
            v1::ActorKind::Anonymous => ActorKind::Anonymous,
        };
        let assessments = Vec::new();
        Self { name, aliases, kind, owner, reliability, members, assessments, note, to_check }
    }
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
    pub(super) status: ClaimStatus,
    #[serde(default)]
    pub(super) accusation: bool,
    #[serde(default)]
    pub(super) replies: Vec<Reply<'a>>,
    #[serde(default)]
    pub(super) assessments: Vec<Assessment>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

impl From<v1::Claim> for Claim<'_> {
    fn from(old: v1::Claim) -> Self {
        let v1::Claim { name, aliases, about, credibility, verdict, note, to_check } = old;
        let (status, assessment) = verdict
            .map_or((model::ClaimStatus::default(), None), |it| of_verdict(&it.status, &it.reason));
        Self {
            name,
            aliases,
            about,
            credibility,
            status: ClaimStatus::of(status),
            accusation: false,
            replies: Vec::new(),
            assessments: assessment.map(Assessment::of).into_iter().collect(),
            note,
            to_check,
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
    pub(super) answer: Option<v1::Evidence<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Assessment {
    #[serde(default)]
    pub(super) at: String,
    #[serde(default)]
    pub(super) by: String,
    pub(super) old: Grade,
    pub(super) new: Grade,
    #[serde(default)]
    pub(super) reason: String,
}

impl Assessment {
    /// As this version has it.
    fn of(model: model::Assessment) -> Self {
        let model::Assessment { at, by, old, new, reason } = model;
        Self { at, by, old: Grade::of(old), new: Grade::of(new), reason }
    }

    pub(super) fn into_model(self) -> model::Assessment {
        let Self { at, by, old, new, reason } = self;
        model::Assessment { at, by, old: old.into_model(), new: new.into_model(), reason }
    }
}

#[derive(Clone, Copy, Deserialize)]
pub(super) enum Grade {
    Status(ClaimStatus),
    Credibility(Option<u8>),
    Reliability(Option<v1::Reliability>),
    Strength(v1::Strength),
}

impl Grade {
    fn of(model: model::Grade) -> Self {
        match model {
            model::Grade::Status(status) => Self::Status(ClaimStatus::of(status)),
            model::Grade::Credibility(figure) => Self::Credibility(figure),
            model::Grade::Reliability(letter) => Self::Reliability(letter.map(v1::Reliability::of)),
            model::Grade::Strength(strength) => Self::Strength(v1::Strength::of(strength)),
        }
    }

    fn into_model(self) -> model::Grade {
        match self {
            Self::Status(status) => model::Grade::Status(status.into()),
            Self::Credibility(figure) => model::Grade::Credibility(figure),
            Self::Reliability(letter) => model::Grade::Reliability(letter.map(Into::into)),
            Self::Strength(strength) => model::Grade::Strength(strength.into()),
        }
    }

    /// As it is written.
    pub(super) fn words(model: model::Grade) -> String {
        match model {
            model::Grade::Status(status) => format!("Status({})", ClaimStatus::word(status)),
            model::Grade::Credibility(None) => "Credibility(None)".to_owned(),
            model::Grade::Credibility(Some(figure)) => format!("Credibility(Some({figure}))"),
            model::Grade::Reliability(None) => "Reliability(None)".to_owned(),
            model::Grade::Reliability(Some(letter)) => {
                format!("Reliability(Some({}))", v1::Reliability::word(letter))
            }
            model::Grade::Strength(strength) => {
                format!("Strength({})", v1::Strength::word(strength))
            }
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
    pub(super) evidence: Vec<v1::Evidence<'a>>,
    pub(super) basis: v1::Basis,
    pub(super) strength: v1::Strength,
    #[serde(default)]
    pub(super) when: v1::When,
    #[serde(default)]
    pub(super) assessments: Vec<Assessment>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

const fn yes() -> bool {
    true
}

impl<'a> From<v1::Link<'a>> for Link<'a> {
    fn from(old: v1::Link<'a>) -> Self {
        Self {
            from: old.from,
            to: old.to,
            relation: old.relation,
            directed: old.directed,
            evidence: old.evidence,
            basis: old.basis,
            strength: old.strength,
            when: old.when,
            assessments: Vec::new(),
            note: old.note,
            to_check: old.to_check,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Waiver {
    pub(super) rule: String,
    pub(super) of: Vec<Subject>,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) at: String,
    #[serde(default)]
    pub(super) by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetAside {
    pub(super) what: Subject,
    #[serde(default)]
    pub(super) from: String,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) at: String,
    #[serde(default)]
    pub(super) by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Matrix {
    pub(super) title: String,
    #[serde(default)]
    pub(super) claims: Vec<EntityId>,
    #[serde(default)]
    pub(super) rows: Vec<Subject>,
    #[serde(default)]
    pub(super) cells: UniqueMap<Cell, Fit>,
}

/// A cell of a matrix: a claim and a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(super) struct Cell(pub(super) EntityId, pub(super) Subject);

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(\"{}\", \"{}\")", self.0, self.1)
    }
}

words! {
    ActorKind { Unset, Person, Organisation, Media, PublicBody, Group, Anonymous }
    ClaimStatus { Unverified, Supported, Disputed, Refuted, Withdrawn }
    Fit { Consistent, Inconsistent, Neutral }
}

impl Default for ActorKind {
    fn default() -> Self {
        Self::of(model::ActorKind::Unset)
    }
}

impl Default for ClaimStatus {
    fn default() -> Self {
        Self::of(model::ClaimStatus::Unverified)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedView {
    pub(super) name: String,
    #[serde(default)]
    pub(super) filter: Filter,
    #[serde(default)]
    pub(super) focus: Option<v2::Focus>,
    #[serde(default)]
    pub(super) camera: Option<v1::View>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Filter {
    pub(super) kinds: Vec<v2::Kind>,
    pub(super) relations: BTreeSet<String>,
    pub(super) strengths: Vec<v1::Strength>,
    pub(super) articles: BTreeSet<ArticleId>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) with_evidence: bool,
    pub(super) to_check: bool,
    pub(super) hide_derived: bool,
}

/// Version 2 had no derived links: they are shown.
impl From<v2::NamedView> for NamedView {
    fn from(old: v2::NamedView) -> Self {
        let v2::NamedView { name, filter, focus, camera } = old;
        let filter = Filter {
            kinds: filter.kinds,
            relations: filter.relations,
            strengths: filter.strengths,
            articles: filter.articles,
            from: filter.from,
            to: filter.to,
            with_evidence: filter.with_evidence,
            to_check: filter.to_check,
            hide_derived: false,
        };
        Self { name, filter, focus, camera }
    }
}
