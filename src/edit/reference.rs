//! How an edit names things: by id, by name, by handle; and places: by words or offsets.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::notebook::{ArticleId, Evidence, MentionId};

/// Names an article, entity, mention or link. In a file it is one string: an id, `$handle`, or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ref<I> {
    /// The one with this id.
    Id(I),
    /// The one that an earlier edit of the list called so (without the `$`).
    Handle(String),
    /// The one with this name or alias, when only one has it.
    Name(String),
}

impl<I> Ref<I> {
    /// A handle, with or without its `$`.
    #[must_use]
    pub fn handle(name: &str) -> Self {
        Self::Handle(name.trim_start_matches('$').to_owned())
    }

    /// Nobody: clears a field that holds one.
    #[must_use]
    pub const fn none() -> Self {
        Self::Name(String::new())
    }

    /// Whether it names nobody.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Name(name) if name.trim().is_empty())
    }
}

impl<I> From<I> for Ref<I> {
    fn from(id: I) -> Self {
        Self::Id(id)
    }
}

impl<I: fmt::Display> fmt::Display for Ref<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Handle(handle) => write!(f, "${handle}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

impl<I: fmt::Display> Serialize for Ref<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, I: FromStr> Deserialize<'de> for Ref<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match text.parse() {
            Ok(id) => Self::Id(id),
            Err(_) if text.starts_with('$') => Self::handle(&text),
            Err(_) => Self::Name(text),
        })
    }
}

/// A stretch of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Spot {
    /// These bytes of its text.
    #[serde(skip)]
    Bytes(Range<usize>),
    /// These characters (Unicode scalar values from 0, end exclusive).
    Offsets(usize, usize),
    /// These words, which stand there only once.
    Quote(String),
    /// These words, the n-th time they occur, from 1.
    Nth(String, usize),
}

/// Evidence for a link, as an edit names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum EvidenceRef {
    /// A mention.
    Mention(Ref<MentionId>),
    /// Words of an article.
    Quote {
        /// In which article; the only one, when left out.
        #[serde(default)]
        article: Option<Ref<ArticleId>>,
        /// Where.
        at: Spot,
        /// The number of the version of its text in which the words were read, from 1; the current one, when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
    },
    /// A piece of evidence as it is, wherever it is now.
    #[serde(skip)]
    Kept(Evidence),
    /// The whole sentence that holds these words.
    Sentence {
        /// In which article; the only one, when left out.
        #[serde(default)]
        article: Option<Ref<ArticleId>>,
        /// Where.
        at: Spot,
    },
}
