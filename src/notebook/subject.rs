//! What a record of the review, of the matrix or of what is set aside is about: a record of one of several kinds.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ArticleId, ConflictId, EntityId, LinkId, MentionId, NotAnId, Notebook};

/// An article, entity, mention or link. Written as its id, whose letter says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An article.
    Article(ArticleId),
    /// An entity.
    Entity(EntityId),
    /// A mention.
    Mention(MentionId),
    /// A link.
    Link(LinkId),
    /// A conflict that a merge left. Only the review names one: nothing in a file does.
    Conflict(ConflictId),
}

impl From<ArticleId> for Subject {
    fn from(id: ArticleId) -> Self {
        Self::Article(id)
    }
}

impl From<EntityId> for Subject {
    fn from(id: EntityId) -> Self {
        Self::Entity(id)
    }
}

impl From<MentionId> for Subject {
    fn from(id: MentionId) -> Self {
        Self::Mention(id)
    }
}

impl From<LinkId> for Subject {
    fn from(id: LinkId) -> Self {
        Self::Link(id)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(id) => id.fmt(f),
            Self::Entity(id) => id.fmt(f),
            Self::Mention(id) => id.fmt(f),
            Self::Link(id) => id.fmt(f),
            Self::Conflict(id) => id.fmt(f),
        }
    }
}

impl FromStr for Subject {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text.as_bytes().first() {
            Some(b'a') => text.parse().map(Self::Article),
            Some(b'm') => text.parse().map(Self::Mention),
            Some(b'l') => text.parse().map(Self::Link),
            _ => text.parse().map(Self::Entity),
        }
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Notebook {
    /// Whether the notebook holds it.
    #[must_use]
    pub fn holds(&self, subject: Subject) -> bool {
        match subject {
            Subject::Article(id) => self.articles.contains_key(&id),
            Subject::Entity(id) => self.entities.contains_key(&id),
            Subject::Mention(id) => self.mentions.contains_key(&id),
            Subject::Link(id) => self.links.contains_key(&id),
            Subject::Conflict(id) => self.conflicts.contains_key(&id),
        }
    }

    /// What it is called: a title, a name, the words of a mention, or what a link says.
    #[must_use]
    pub fn subject_name(&self, subject: Subject) -> String {
        match subject {
            Subject::Article(id) => {
                self.article(id).map_or_else(String::new, |article| article.about.title.clone())
            }
            Subject::Entity(id) => self.name(id).to_owned(),
            Subject::Mention(id) => self
                .mention(id)
                .map_or_else(String::new, |mention| self.words(&mention.anchor).to_owned()),
            Subject::Link(id) => self.link(id).map_or_else(String::new, |link| {
                let to = link.to_entity().map_or("a link", |to| self.name(to));
                format!("{} {} {to}", self.name(link.from), self.relation_label(&link.relation))
            }),
            Subject::Conflict(id) => self
                .conflicts
                .get(&id)
                .map_or_else(String::new, |conflict| self.record_name(&conflict.of)),
        }
    }
}
