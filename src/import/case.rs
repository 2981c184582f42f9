//! What every format is read into: articles, entities, mentions and links, each under the id it will have.

use crate::edit::{EntityFields, LinkFields, StatementFields};
use crate::notebook::{ArticleId, CardId, EntityId, GroupId, Kind, LinkId, MentionId, Target};

/// What a file of another program says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Its articles.
    pub articles: Vec<CaseArticle>,
    /// Its entities.
    pub entities: Vec<CaseEntity>,
    /// Its mentions.
    pub mentions: Vec<CaseMention>,
    /// Its links.
    pub links: Vec<CaseLink>,
    /// Its groups on the canvas.
    pub groups: Vec<CaseGroup>,
    /// Its note cards on the canvas.
    pub cards: Vec<CaseCard>,
    /// What is in the file and cannot be in a notebook, a line each.
    pub missed: Missed,
}

/// An article, or what is known of one that the file names and does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseArticle {
    /// Its id.
    pub id: ArticleId,
    /// Whether the id is one that a notebook gave.
    pub known: bool,
    /// Its title; may be empty.
    pub title: String,
    /// The actor that published it.
    pub publisher: Option<EntityId>,
    /// Who signed it.
    pub author: String,
    /// When it was published: EDTF.
    pub date: String,
    /// Where it was found.
    pub url: String,
    /// Its language: a BCP 47 tag.
    pub language: String,
    /// The name of its file.
    pub file_name: String,
    /// Its text, where the file holds it.
    pub text: Option<String>,
}

impl CaseArticle {
    /// An article of which nothing is known but its id.
    #[must_use]
    pub const fn new(id: ArticleId, known: bool) -> Self {
        Self {
            id,
            known,
            title: String::new(),
            publisher: None,
            author: String::new(),
            date: String::new(),
            url: String::new(),
            language: String::new(),
            file_name: String::new(),
            text: None,
        }
    }
}

/// An entity.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseEntity {
    /// Its id.
    pub id: EntityId,
    /// Whether the id is one that a notebook gave. Otherwise an entity of the notebook that has its kind and name is taken
    /// for it.
    pub known: bool,
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// What else is known, piece by piece: one that the notebook does not take is left out alone.
    pub with: Vec<EntityFields>,
    /// Where it stands on the canvas, in canvas units.
    pub at: Option<(f32, f32)>,
}

impl CaseEntity {
    /// An entity of which nothing is known but its name.
    #[must_use]
    pub fn new(id: (EntityId, bool), kind: Kind, name: impl Into<String>) -> Self {
        Self { id: id.0, known: id.1, kind, name: name.into(), with: Vec::new(), at: None }
    }
}

/// A mention.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseMention {
    /// Its id.
    pub id: MentionId,
    /// What it refers to.
    pub entity: EntityId,
    /// Where.
    pub place: CasePlace,
    /// Of a claim: who says so, piece by piece.
    pub statement: Vec<StatementFields>,
    /// The user's own words about it.
    pub note: String,
    /// The mark “to check”.
    pub to_check: bool,
}

impl CaseMention {
    /// A mention of which nothing more is known.
    #[must_use]
    pub const fn new(id: MentionId, entity: EntityId, place: CasePlace) -> Self {
        Self { id, entity, place, statement: Vec::new(), note: String::new(), to_check: false }
    }
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseLink {
    /// Its id.
    pub id: LinkId,
    /// Where it starts.
    pub from: EntityId,
    /// What it points to.
    pub to: Target,
    /// What it says: the id or the label of a relation, or words for a new one.
    pub relation: String,
    /// What else is known, piece by piece.
    pub with: Vec<LinkFields>,
    /// What supports it.
    pub evidence: Vec<CaseEvidence>,
}

/// A group on the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseGroup {
    /// Its id.
    pub id: GroupId,
    /// What is written on its frame.
    pub title: String,
    /// Its members.
    pub members: Vec<EntityId>,
}

/// A note card on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseCard {
    /// Its id.
    pub id: CardId,
    /// Its text.
    pub text: String,
    /// Its centre and its size in canvas units, where the file says them.
    pub frame: Option<((f32, f32), (f32, f32))>,
}

/// What supports a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseEvidence {
    /// A mention of the file or of the notebook.
    Mention(MentionId),
    /// Words of an article.
    Quote(CasePlace),
}

/// A place as a file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasePlace {
    /// In which article.
    pub article: ArticleId,
    /// Where it starts and ends (exclusive), in the file's own unit; `None` where only the words are known.
    pub offsets: Option<(usize, usize)>,
    /// What the offsets count.
    pub unit: Unit,
    /// The words there; empty where the file does not quote them.
    pub exact: String,
    /// The text before, as far as the file quotes it.
    pub prefix: String,
    /// The text after.
    pub suffix: String,
    /// The paragraph they stand in, from 1, where the file says so.
    pub paragraph: Option<usize>,
}

impl CasePlace {
    /// These words, somewhere in this article.
    #[must_use]
    pub fn words(article: ArticleId, exact: impl Into<String>) -> Self {
        Self {
            article,
            offsets: None,
            unit: Unit::Scalars,
            exact: exact.into(),
            prefix: String::new(),
            suffix: String::new(),
            paragraph: None,
        }
    }
}

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    #[default]
    Scalars,
    /// UTF-16 code units.
    Utf16,
}

/// What did not fit, a line each; beyond a number only how many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missed {
    lines: Vec<String>,
    more: usize,
}

impl Missed {
    /// So many are told one by one.
    const MOST: usize = 5_000;

    /// One more thing that did not fit: what it is, and why.
    pub fn say(&mut self, line: impl Into<String>) {
        if self.lines.len() < Self::MOST {
            self.lines.push(line.into());
        } else {
            self.more += 1;
        }
    }

    /// What did not fit.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// How many did not fit.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.lines.len() + self.more
    }
}

/// Words of a file as a message shows them: on one line, and not many.
pub(super) fn short(words: &str) -> String {
    const MOST: usize = 60;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}
