//! The sections of format version 5: version 4 with how texts were set in their documents, the folders that articles lie
//! in, and the files that are kept.
//!
//! Its other records are those of [`v1`](super::v1) to [`v4`](super::v4).

use serde::Deserialize;

use super::mention::Mention;
use super::v1::{self, some};
use super::values::{Str, words};
use super::{v2, v3, v4};
use crate::notebook::{
    self as model, ArticleId, CardId, ConflictId, EntityId, GroupId, LinkId, MatrixId, MentionId,
    SetAsideId, ViewId, WaiverId,
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
    pub(super) articles: Option<UniqueMap<ArticleId, Article>>,
    #[serde(deserialize_with = "some")]
    pub(super) texts: Option<UniqueMap<v1::TextKey, v1::Paragraphs>>,
    #[serde(deserialize_with = "some")]
    pub(super) actors: Option<UniqueMap<EntityId, v3::Actor>>,
    #[serde(deserialize_with = "some")]
    pub(super) events: Option<UniqueMap<EntityId, v1::Event>>,
    #[serde(deserialize_with = "some")]
    pub(super) claims: Option<UniqueMap<EntityId, v4::Claim<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) mentions: Option<UniqueMap<MentionId, Mention<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) links: Option<UniqueMap<LinkId, v4::Link<'a>>>,
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
    pub(super) conflicts: Option<UniqueMap<ConflictId, v4::Conflict>>,
    /// The assessments of a file up to version 2, which had a section of their own.
    #[serde(skip)]
    pub(super) assessments: Option<UniqueMap<String, v1::Assessment>>,
    #[serde(deserialize_with = "some")]
    pub(super) desk: Option<Desk>,
}

/// A file of version 4, or a part of one. [`Sections::complete`] adds what older ones did not have.
impl<'a> From<v4::Sections<'a>> for Sections<'a> {
    fn from(old: v4::Sections<'a>) -> Self {
        Self {
            _version: old._version,
            title: old.title,
            articles: old.articles.map(all),
            texts: old.texts,
            actors: old.actors,
            events: old.events,
            claims: old.claims,
            mentions: old.mentions,
            links: old.links,
            relations: old.relations,
            canvas: old.canvas,
            groups: old.groups,
            cards: old.cards,
            views: old.views,
            dismissed: old.dismissed,
            waivers: old.waivers,
            set_aside: old.set_aside,
            matrices: old.matrices,
            conflicts: old.conflicts,
            assessments: old.assessments,
            desk: old.desk.map(Into::into),
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

impl Sections<'_> {
    /// Adds, to the part of a file that ends it, the sections that a file of its version does not have: nothing is in
    /// them.
    pub(super) fn complete(&mut self, version: u32) {
        if version < 2 {
            self.groups = Some(UniqueMap::default());
            self.cards = Some(UniqueMap::default());
            self.views = Some(UniqueMap::default());
            self.dismissed = Some(UniqueMap::default());
        }
        if version < 3 {
            self.waivers = Some(UniqueMap::default());
            self.set_aside = Some(UniqueMap::default());
            self.matrices = Some(UniqueMap::default());
        } else {
            self.assessments = Some(UniqueMap::default());
        }
        if version < 4 {
            self.conflicts = Some(UniqueMap::default());
        }
    }
}

words! {
    KeepSources {
        Documents, All, None
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desk {
    #[serde(default)]
    pub(super) article: Option<ArticleId>,
    #[serde(default)]
    pub(super) reading: UniqueMap<ArticleId, v1::Reading>,
    #[serde(default)]
    pub(super) canvas: Option<v1::View>,
    #[serde(default)]
    pub(super) keep_sources: Option<KeepSources>,
}

impl From<v1::Desk> for Desk {
    fn from(old: v1::Desk) -> Self {
        Self { article: old.article, reading: old.reading, canvas: old.canvas, keep_sources: None }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Article {
    pub(super) order: u32,
    pub(super) title: String,
    #[serde(default)]
    pub(super) publisher: Option<EntityId>,
    #[serde(default)]
    pub(super) author: String,
    #[serde(default)]
    pub(super) date: String,
    #[serde(default)]
    pub(super) url: String,
    #[serde(default)]
    pub(super) language: String,
    #[serde(default)]
    pub(super) folder: String,
    pub(super) versions: Vec<Origin>,
}

impl From<v1::Article> for Article {
    fn from(old: v1::Article) -> Self {
        let v1::Article { order, title, publisher, author, date, url, language, versions } = old;
        let versions = versions.into_iter().map(Into::into).collect();
        Self {
            order,
            title,
            publisher,
            author,
            date,
            url,
            language,
            folder: String::new(),
            versions,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Origin {
    pub(super) file_name: String,
    pub(super) sha256: String,
    pub(super) bytes: u64,
    pub(super) encoding: String,
    pub(super) reader: String,
    pub(super) read_at: String,
    #[serde(default)]
    pub(super) captured_at: String,
    #[serde(default)]
    pub(super) kept: bool,
    #[serde(default)]
    pub(super) blocks: Vec<(u32, BlockKind)>,
    #[serde(default)]
    pub(super) pages: Vec<(String, u32, u32)>,
}

impl From<v1::Origin> for Origin {
    fn from(old: v1::Origin) -> Self {
        let v1::Origin { file_name, sha256, bytes, encoding, reader, read_at } = old;
        Self {
            file_name,
            sha256,
            bytes,
            encoding,
            reader,
            read_at,
            captured_at: String::new(),
            kept: false,
            blocks: Vec::new(),
            pages: Vec::new(),
        }
    }
}

/// What a line of a text is.
#[derive(Deserialize)]
pub(super) enum BlockKind {
    Heading(u8),
    Item(u8, String),
    Quotation(u8),
    Row,
    Note,
    Preformatted,
}
