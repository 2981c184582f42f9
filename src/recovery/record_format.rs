//! The format of a journal’s record of an edit: RON, with types of the journal's own where an article's text is
//! involved.
//!
//! The rest are the model's records as serde writes them. A change to those changes the journal's format: `tests` below
//! compare it with a golden record, and [`super::journal::VERSION`] must be raised with it. A journal of an
//! older version is read; one of a newer version is kept and reported, and never read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::older_records;
use crate::edit::{HistoryEvent, How};
use crate::notebook::{
    About, Article, ArticleId, Card, CardId, Change, Conflict, ConflictId, Dismissed, Entity,
    EntityId, Group, GroupId, Link, LinkId, Matrix, MatrixId, Mention, MentionId, NamedView, Node,
    Origin, Relation, RelationId, SetAside, SetAsideId, Version, ViewId, Waiver, WaiverId,
};
use crate::text::{Text, ron_words};

/// The deepest nesting that is read.
const DEPTH: usize = 64;

/// The SHA-256 of some bytes.
pub(super) type Hash = [u8; 32];

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(hash: &[u8]) -> String {
    use std::fmt::Write;
    hash.iter().fold(String::with_capacity(hash.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The hash that [`hex`] wrote.
pub(super) fn unhex(text: &str) -> Option<Hash> {
    let mut hash = [0_u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (slot, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        *slot = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(hash)
}

/// An event as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEvent {
    /// When: seconds since 1970, UTC.
    at: i64,
    how: How,
    label: String,
    changes: Vec<ChangeWritten>,
}

/// Bytes of a text: starts and ends.
type Places = BTreeSet<(usize, usize)>;

#[derive(Serialize, Deserialize)]
enum ChangeWritten {
    Title(String),
    Article(ArticleId, Option<Box<ArticleWritten>>),
    Entity(EntityId, Option<Arc<Entity>>),
    Mention(MentionId, Option<Arc<Mention>>),
    Link(LinkId, Option<Arc<Link>>),
    Relation(RelationId, Option<Relation>),
    Node(EntityId, Option<Node>),
    Group(GroupId, Option<Arc<Group>>),
    Card(CardId, Option<Arc<Card>>),
    View(ViewId, Option<Arc<NamedView>>),
    Dismissed(ArticleId, Option<Places>),
    /// With those that no longer fit.
    DismissedAndLost(ArticleId, Places, BTreeMap<(usize, usize), String>),
    Waiver(WaiverId, Option<Arc<Waiver>>),
    SetAside(SetAsideId, Option<Arc<SetAside>>),
    Matrix(MatrixId, Option<Arc<Matrix>>),
    Conflict(ConflictId, Option<Arc<Conflict>>),
}

/// An event as version 1 has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OlderEvent {
    at: i64,
    how: How,
    label: String,
    changes: Vec<OlderChange>,
}

/// A change as version 1 has it: with other entities.
#[derive(Deserialize)]
enum OlderChange {
    Title(String),
    Article(ArticleId, Option<Box<ArticleWritten>>),
    Entity(EntityId, Option<Box<older_records::Entity>>),
    Mention(MentionId, Option<Arc<Mention>>),
    Link(LinkId, Option<Arc<Link>>),
    Relation(RelationId, Option<Relation>),
    Node(EntityId, Option<Node>),
    Group(GroupId, Option<Arc<Group>>),
    Card(CardId, Option<Arc<Card>>),
    View(ViewId, Option<Arc<NamedView>>),
    Dismissed(ArticleId, Option<Places>),
    DismissedAndLost(ArticleId, Places, BTreeMap<(usize, usize), String>),
    /// An assessment as a record of its own. Nothing made or changed one; it went with what it was of, as it does now.
    Assessment(IgnoredAny, IgnoredAny),
}

impl OlderChange {
    /// As it is written now; `None` where there is no such record any more.
    fn today(self) -> Option<ChangeWritten> {
        Some(match self {
            Self::Title(title) => ChangeWritten::Title(title),
            Self::Article(id, new) => ChangeWritten::Article(id, new),
            Self::Entity(id, new) => {
                ChangeWritten::Entity(id, new.map(|entity| Arc::new((*entity).into())))
            }
            Self::Mention(id, new) => ChangeWritten::Mention(id, new),
            Self::Link(id, new) => ChangeWritten::Link(id, new),
            Self::Relation(id, new) => ChangeWritten::Relation(id, new),
            Self::Node(id, new) => ChangeWritten::Node(id, new),
            Self::Group(id, new) => ChangeWritten::Group(id, new),
            Self::Card(id, new) => ChangeWritten::Card(id, new),
            Self::View(id, new) => ChangeWritten::View(id, new),
            Self::Dismissed(id, new) => ChangeWritten::Dismissed(id, new),
            Self::DismissedAndLost(id, places, lost) => {
                ChangeWritten::DismissedAndLost(id, places, lost)
            }
            Self::Assessment(..) => return None,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleWritten {
    about: About,
    origin: Origin,
    /// The SHA-256 of the text.
    text: String,
    earlier: Vec<(Origin, String)>,
}

/// The texts that a journal and its base hold, by their hash. No text is hashed twice: 100 MB take a third of a second,
/// and most edits of an article do not change its text.
#[derive(Debug, Default)]
pub(super) struct Texts {
    known: HashMap<Hash, Text>,
    /// By a text's address in memory; each entry keeps its text alive.
    hashed: HashMap<usize, (Text, Hash)>,
}

impl Texts {
    /// Adds a text; returns its hash, and whether it is new.
    pub(super) fn add(&mut self, text: &Text) -> (Hash, bool) {
        let at = text.as_str().as_ptr().addr();
        let hash = match self.hashed.get(&at) {
            Some((known, hash)) if known.len() == text.len() => *hash,
            _ => {
                let hash: Hash = Sha256::digest(text.as_str().as_bytes()).into();
                self.hashed.insert(at, (text.clone(), hash));
                hash
            }
        };
        let new = !self.known.contains_key(&hash);
        if new {
            self.known.insert(hash, text.clone());
        }
        (hash, new)
    }

    /// Adds every text of a notebook.
    pub(super) fn add_all(&mut self, texts: &[Text]) {
        for text in texts {
            self.add(text);
        }
    }

    fn get(&self, hash: &str) -> Result<Text, String> {
        unhex(hash)
            .and_then(|hash| self.known.get(&hash).cloned())
            .ok_or_else(|| "it refers to a text that is neither in it nor in its base".to_owned())
    }
}

/// Writes an event. `new_text` gets each text that the journal does not hold yet, and must keep it first.
pub(super) fn write(
    at: i64,
    event: &HistoryEvent,
    texts: &mut Texts,
    new_text: &mut dyn FnMut(&Text) -> std::io::Result<()>,
) -> std::io::Result<Vec<u8>> {
    let mut refer = |text: &Text| -> std::io::Result<String> {
        let (hash, new) = texts.add(text);
        if new {
            new_text(text)?;
        }
        Ok(hex(&hash))
    };
    let mut changes = Vec::with_capacity(event.changes.len());
    for change in &event.changes {
        changes.push(match change.clone() {
            Change::Title(title) => ChangeWritten::Title(title),
            Change::Article(id, None) => ChangeWritten::Article(id, None),
            Change::Article(id, Some(article)) => {
                let mut earlier = Vec::with_capacity(article.earlier.len());
                for version in &article.earlier {
                    earlier.push((version.origin.clone(), refer(&version.text)?));
                }
                let written = ArticleWritten {
                    about: article.about.clone(),
                    origin: article.origin.clone(),
                    text: refer(&article.text)?,
                    earlier,
                };
                ChangeWritten::Article(id, Some(Box::new(written)))
            }
            Change::Entity(id, new) => ChangeWritten::Entity(id, new),
            Change::Mention(id, new) => ChangeWritten::Mention(id, new),
            Change::Link(id, new) => ChangeWritten::Link(id, new),
            Change::Relation(id, new) => ChangeWritten::Relation(id, new),
            Change::Node(id, new) => ChangeWritten::Node(id, new),
            Change::Group(id, new) => ChangeWritten::Group(id, new),
            Change::Card(id, new) => ChangeWritten::Card(id, new),
            Change::View(id, new) => ChangeWritten::View(id, new),
            Change::Dismissed(id, None) => ChangeWritten::Dismissed(id, None),
            Change::Dismissed(id, Some(new)) => {
                let Dismissed { places, lost } = Dismissed::clone(&new);
                if lost.is_empty() {
                    ChangeWritten::Dismissed(id, Some(places))
                } else {
                    ChangeWritten::DismissedAndLost(id, places, lost)
                }
            }
            Change::Waiver(id, new) => ChangeWritten::Waiver(id, new),
            Change::SetAside(id, new) => ChangeWritten::SetAside(id, new),
            Change::Matrix(id, new) => ChangeWritten::Matrix(id, new),
            Change::Conflict(id, new) => ChangeWritten::Conflict(id, new),
        });
    }
    let written = WrittenEvent { at, how: event.how, label: event.label.clone(), changes };
    ron::to_string(&written).map(String::into_bytes).map_err(std::io::Error::other)
}

/// Reads an event that was written in a journal of this version: when it was done, and the event.
///
/// # Errors
/// What is wrong with the record, in a sentence.
pub(super) fn read(
    payload: &[u8],
    version: u32,
    texts: &Texts,
) -> Result<(i64, HistoryEvent), String> {
    let WrittenEvent { at, how, label, changes } = if version == 1 {
        let OlderEvent { at, how, label, changes } = parse(payload)?;
        let changes = changes.into_iter().filter_map(OlderChange::today).collect();
        WrittenEvent { at, how, label, changes }
    } else {
        parse(payload)?
    };
    let mut read = Vec::with_capacity(changes.len());
    for change in changes {
        read.push(match change {
            ChangeWritten::Title(title) => Change::Title(title),
            ChangeWritten::Article(id, None) => Change::Article(id, None),
            ChangeWritten::Article(id, Some(written)) => {
                let mut earlier = Vec::with_capacity(written.earlier.len());
                for (origin, text) in written.earlier {
                    earlier.push(Version { origin, text: texts.get(&text)? });
                }
                let article = Article {
                    about: written.about,
                    origin: written.origin,
                    text: texts.get(&written.text)?,
                    earlier,
                };
                Change::Article(id, Some(Arc::new(article)))
            }
            ChangeWritten::Entity(id, new) => Change::Entity(id, new),
            ChangeWritten::Mention(id, new) => Change::Mention(id, new),
            ChangeWritten::Link(id, new) => Change::Link(id, new),
            ChangeWritten::Relation(id, new) => Change::Relation(id, new),
            ChangeWritten::Node(id, new) => Change::Node(id, new),
            ChangeWritten::Group(id, new) => Change::Group(id, new),
            ChangeWritten::Card(id, new) => Change::Card(id, new),
            ChangeWritten::View(id, new) => Change::View(id, new),
            ChangeWritten::Dismissed(id, new) => {
                let of = |places| Arc::new(Dismissed { places, ..Dismissed::default() });
                Change::Dismissed(id, new.map(of))
            }
            ChangeWritten::DismissedAndLost(id, places, lost) => {
                Change::Dismissed(id, Some(Arc::new(Dismissed { places, lost })))
            }
            ChangeWritten::Waiver(id, new) => Change::Waiver(id, new),
            ChangeWritten::SetAside(id, new) => Change::SetAside(id, new),
            ChangeWritten::Matrix(id, new) => Change::Matrix(id, new),
            ChangeWritten::Conflict(id, new) => Change::Conflict(id, new),
        });
    }
    Ok((at, HistoryEvent { how, label, changes: read }))
}

/// Reads RON with the limit of nesting that a notebook has.
pub(super) fn parse<'a, T: Deserialize<'a>>(payload: &'a [u8]) -> Result<T, String> {
    let source = std::str::from_utf8(payload).map_err(|error| error.to_string())?;
    ron::Options::default()
        .with_recursion_limit(DEPTH)
        .from_str(source)
        .map_err(|error| ron_words(&error.code, DEPTH))
}

/// Reads only how an event was done and when: for counting, without the rest.
pub(super) fn peek(payload: &[u8]) -> Result<(i64, How), String> {
    // These fields come first, in this order, before anything long.
    let head = payload.get(..payload.len().min(96)).unwrap_or(&[]);
    let head = String::from_utf8_lossy(head);
    let field = |name: &str| {
        let after = head.split_once(name)?.1;
        Some(after.split([',', ')']).next().unwrap_or("").to_owned())
    };
    let at = field("(at:").and_then(|at| at.parse().ok()).ok_or("it has no time")?;
    let how = match field("how:").as_deref() {
        Some("Step") => How::Step,
        Some("Join") => How::Join,
        Some("Undo") => How::Undo,
        Some("Redo") => How::Redo,
        _ => return Err("it has no kind of step".to_owned()),
    };
    Ok((at, how))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::{ClaimStatus, Detail};

    #[test]
    fn a_verdict_in_a_journal_of_version_1_becomes_a_status() {
        let payload = r#"(at:1,how:Step,label:"x",changes:[Entity("e000knew000",Some((name:"It will close.",aliases:[],note:"",to_check:false,detail:Claim((about:[],credibility:Some(2),verdict:Some((status:"Confirmed",reason:"two sources"))))))),Assessment("s0000000001",None),Assessment("s0000000002",Some((of:"e000knew000",at:"",by:"",grade:"B",reason:"")))])"#;
        let (at, event) = read(payload.as_bytes(), 1, &Texts::default()).expect("it is read");
        assert_eq!((at, event.changes.len()), (1, 1));
        let Some(Change::Entity(_, Some(entity))) = event.changes.first() else {
            panic!("an entity")
        };
        let Detail::Claim(claim) = &entity.detail else { panic!("a claim") };
        assert_eq!((claim.status, claim.credibility), (ClaimStatus::Supported, Some(2)));
        assert_eq!(claim.assessments.len(), 1);
        assert_eq!(claim.assessments[0].reason, "two sources");
        // Today's journals have no verdicts.
        assert!(read(payload.as_bytes(), 2, &Texts::default()).is_err());
    }
}
