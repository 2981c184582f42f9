//! Mentions: tagged spans, where they sit, and, for a claim, who says so.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{ArticleId, EntityId};
use crate::text::Quote;

/// One tagged span of one article that refers to one entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// What it refers to.
    pub entity: EntityId,
    /// Where it is.
    pub anchor: Anchor,
    /// The user's own words about it.
    pub note: String,
    /// The user marked it “to check”.
    pub to_check: bool,
    /// For a mention of a claim: the utterance. A mention of anything else has none.
    pub statement: Option<Statement>,
}

impl Mention {
    /// A mention of an entity at a place, with nothing said of it yet.
    #[must_use]
    pub const fn new(entity: EntityId, anchor: Anchor) -> Self {
        Self { entity, anchor, note: String::new(), to_check: false, statement: None }
    }

    /// The actors of its chain, nearest to the article first; none unless it is a statement.
    pub fn speakers(&self) -> impl Iterator<Item = EntityId> {
        self.statement.iter().flat_map(|statement| &statement.chain).map(|hop| hop.actor)
    }
}

/// A place in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The article.
    pub article: ArticleId,
    /// The number of the version of the article's text in which the words were read, from 1 (see
    /// [`Article::version`](super::Article::version)). It says nothing of `place`, which is in the current text.
    #[serde(default = "first_version", skip_serializing_if = "is_first_version")]
    pub version: u32,
    /// Where in its text.
    pub place: Place,
}

/// The version in which something was read where nobody says so.
pub(crate) const fn first_version() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_first_version(version: &u32) -> bool {
    *version == first_version()
}

/// Where an anchor sits in its article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Place {
    /// Found: bytes of the article's text, not empty, on grapheme boundaries.
    At {
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// Not found: the words it quoted and where they were. Shown as an orphan, never dropped.
    Orphan(Box<Quote>),
}

impl Anchor {
    /// An anchor on these bytes of the article's current text, read in this version of it. What is read now is
    /// anchored by [`Article::anchor`](super::Article::anchor).
    #[must_use]
    pub const fn at(article: ArticleId, version: u32, range: Range<usize>) -> Self {
        Self { article, version, place: Place::At { start: range.start, end: range.end } }
    }

    /// Whether both are the same place, whenever they were read.
    #[must_use]
    pub fn is_where(&self, other: &Self) -> bool {
        self.article == other.article && self.place == other.place
    }

    /// The bytes, unless it is an orphan.
    #[must_use]
    pub const fn range(&self) -> Option<Range<usize>> {
        match self.place {
            Place::At { start, end } => Some(start..end),
            Place::Orphan(_) => None,
        }
    }
}

/// A mention of a claim seen as an utterance: who says it, through whom, how surely.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The chain it came through, nearest to the article first: “article ← The Verge ← internal sources”.
    pub chain: Vec<Hop>,
    /// How sure the speaker is.
    pub modality: Modality,
    /// Whether the claim is affirmed or denied.
    pub polarity: Polarity,
    /// In whose words.
    pub form: Form,
}

/// One speaker of an attribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hop {
    /// Who says so.
    pub actor: EntityId,
    /// The words that attribute it: “selon”.
    pub cue: String,
    /// Whether the analyst has read what this actor published, or knows it only from the one before.
    pub source: Source,
}

/// How far a hop's own publication is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// Known only from who relays it.
    #[default]
    Reported,
    /// The original was read.
    Read,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Reported, Self::Read];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reported => "only reported",
            Self::Read => "original read",
        }
    }
}

/// How sure the speaker is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Modality {
    /// Said flatly.
    Certain,
    /// Said as likely.
    Probable,
    /// Said as possible: the French conditional of hearsay.
    Possible,
    /// Not judged yet.
    #[default]
    Unknown,
}

impl Modality {
    /// All of them, surest first.
    pub const ALL: [Self; 4] = [Self::Certain, Self::Probable, Self::Possible, Self::Unknown];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Probable => "probable",
            Self::Possible => "possible",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether a statement affirms its claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Polarity {
    /// Says it is so.
    #[default]
    Affirms,
    /// Says it is not.
    Denies,
}

impl Polarity {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Affirms, Self::Denies];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Affirms => "affirms",
            Self::Denies => "denies",
        }
    }
}

/// In whose words a statement is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// The speaker's own words, in quotation marks.
    Direct,
    /// The article's words for what the speaker said.
    #[default]
    Indirect,
    /// Some of each.
    Mixed,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Indirect, Self::Mixed];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Direct => "direct quote",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}
