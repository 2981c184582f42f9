//! The records of format version 1, as they are in the file. Frozen: a later version gets its own module, and uses
//! these for the records that did not change.
//!
//! These types only read. They are separate from the model on purpose: the model may change, saved files do not. Words
//! (`Person`, `Denies`) are frozen here too, for reading and for writing.

use std::fmt;

use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::mention::Mention;
use super::values::{Coordinate, Str, words};
use crate::notebook::{self as model, ArticleId, EntityId, LinkId, MentionId};
use crate::text::UniqueMap;

/// A file of version 1, or a part of one that is valid RON by itself. A section that is absent is `None`.
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
    pub(super) texts: Option<UniqueMap<TextKey, Paragraphs>>,
    #[serde(deserialize_with = "some")]
    pub(super) actors: Option<UniqueMap<EntityId, Actor>>,
    #[serde(deserialize_with = "some")]
    pub(super) events: Option<UniqueMap<EntityId, Event>>,
    #[serde(deserialize_with = "some")]
    pub(super) claims: Option<UniqueMap<EntityId, Claim>>,
    #[serde(deserialize_with = "some")]
    pub(super) mentions: Option<UniqueMap<MentionId, Mention<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) links: Option<UniqueMap<LinkId, Link<'a>>>,
    #[serde(deserialize_with = "some")]
    pub(super) relations: Option<UniqueMap<String, Relation>>,
    #[serde(deserialize_with = "some")]
    pub(super) canvas: Option<UniqueMap<EntityId, Node>>,
    #[serde(deserialize_with = "some")]
    pub(super) assessments: Option<UniqueMap<String, Assessment>>,
    #[serde(deserialize_with = "some")]
    pub(super) desk: Option<Desk>,
}

/// Reads an optional field that is written without `Some`; an absent one is `None`.
pub(super) fn some<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// The key of one version of an article's text; versions count from 1, the highest is the current one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(super) struct TextKey(pub(super) ArticleId, pub(super) u32);

impl fmt::Display for TextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(\"{}\", {})", self.0, self.1)
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
    pub(super) versions: Vec<Origin>,
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Actor {
    pub(super) name: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    pub(super) kind: ActorKind,
    #[serde(default)]
    pub(super) owner: Option<EntityId>,
    #[serde(default)]
    pub(super) reliability: Option<Reliability>,
    #[serde(default)]
    pub(super) members: Vec<EntityId>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    pub(super) name: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) date: When,
    #[serde(default)]
    pub(super) place: String,
    #[serde(default)]
    pub(super) participants: Vec<Participant>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct When {
    pub(super) written: String,
    pub(super) edtf: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Participant {
    pub(super) actor: EntityId,
    pub(super) role: Role,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim {
    pub(super) name: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) about: Vec<EntityId>,
    #[serde(default)]
    pub(super) credibility: Option<u8>,
    #[serde(default)]
    pub(super) verdict: Option<Verdict>,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verdict {
    pub(super) status: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(super) struct Link<'a> {
    pub(super) from: EntityId,
    pub(super) to: Target,
    pub(super) relation: String,
    #[serde(default = "yes")]
    pub(super) directed: bool,
    #[serde(default)]
    pub(super) evidence: Vec<Evidence<'a>>,
    pub(super) basis: Basis,
    pub(super) strength: Strength,
    #[serde(default)]
    pub(super) when: When,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) to_check: bool,
}

const fn yes() -> bool {
    true
}

#[derive(Deserialize)]
pub(super) enum Target {
    Entity(EntityId),
    Link(LinkId),
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
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Relation {
    pub(super) label: String,
    pub(super) family: Family,
    #[serde(default = "yes")]
    pub(super) directed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Node {
    pub(super) x: Coordinate,
    pub(super) y: Coordinate,
    #[serde(default)]
    pub(super) pinned: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Assessment {
    pub(super) of: String,
    pub(super) at: String,
    pub(super) by: String,
    pub(super) grade: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desk {
    #[serde(default)]
    pub(super) article: Option<ArticleId>,
    #[serde(default)]
    pub(super) reading: UniqueMap<ArticleId, Reading>,
    #[serde(default)]
    pub(super) canvas: Option<View>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reading {
    pub(super) paragraph: usize,
    pub(super) offset: Coordinate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct View {
    pub(super) x: Coordinate,
    pub(super) y: Coordinate,
    pub(super) zoom: Coordinate,
}

/// A text: a list of its paragraphs in the file, joined by LF as they are read. In memory a list of short lines would
/// take several times as much as the text.
pub(super) struct Paragraphs(pub(super) String);

impl<'de> Deserialize<'de> for Paragraphs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Paragraphs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of paragraphs")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Paragraphs, A::Error> {
                let mut text = String::new();
                let mut first = true;
                while list.next_element_seed(Next { text: &mut text, first })?.is_some() {
                    first = false;
                }
                Ok(Paragraphs(text))
            }
        }
        from.deserialize_seq(List)
    }
}

/// Appends the next paragraph to a text.
struct Next<'t> {
    text: &'t mut String,
    first: bool,
}

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Next<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    fn visit_str<E: Error>(self, paragraph: &str) -> Result<(), E> {
        if !self.first {
            self.text.push('\n');
        }
        self.text.push_str(paragraph);
        Ok(())
    }
    fn visit_string<E: Error>(self, paragraph: String) -> Result<(), E> {
        if !self.first {
            return self.visit_str(&paragraph);
        }
        // It may be the whole text, and long.
        *self.text = paragraph;
        Ok(())
    }
}

/// The kinds of actor there were up to version 2: one was always written.
#[derive(Clone, Copy, Deserialize)]
pub(super) enum ActorKind {
    Person,
    Organisation,
    Media,
    PublicBody,
    Group,
    Anonymous,
}

words! {
    Reliability { A, B, C, D, E, F }
    Role { Agent, Patient, Organiser, Involved }
    Basis { Quoted, Paraphrased, AnalystInference }
    Strength { Confirmed, Unconfirmed, Tentative }
    Family { Tie, Part, Sequence, Argument, Attribution, Other }
}
