//! The values of fields, and the kinds of them.

use std::borrow::Cow;

use serde_json::json;

use super::Choice;
use crate::notebook::{
    Anchor, Assessment, EntityId, Evidence, Hop, Kind, Notebook, Participant, Place, RelationId,
    Reply, Target,
};
use crate::text::Text;

/// What kind of value a field holds: what a control for it needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// One line of text.
    Line,
    /// Text of several lines.
    Lines,
    /// Several names, in their order.
    Names,
    /// A date: EDTF (ISO 8601-2), or empty.
    Date,
    /// On or off, with the words for both.
    Flag(&'static str, &'static str),
    /// One of a list.
    Choice(&'static [Choice]),
    /// A figure from 0 (none) on, each of which means something.
    Figure(&'static [Choice]),
    /// A number.
    Number,
    /// An entity of this kind (any, where it is `None`). It may be nobody where the flag says so.
    Entity(Option<Kind>, bool),
    /// Entities of this kind (any, where it is `None`), each once, in their order.
    Entities(Option<Kind>),
    /// Who took part in an event, and in which of these roles.
    Participants(&'static [Choice]),
    /// Who was asked for a reply to a claim, and what they answered.
    Replies,
    /// How something was judged, in the order in which that was written down.
    Assessments,
    /// What a link says: a relation of the notebook.
    Relation,
    /// What a link points to: an entity or a link.
    Target,
    /// What supports a link.
    Evidence,
    /// A place in an article.
    Anchor,
    /// Through whom a statement came, nearest to the article first; and how far the words of each are known.
    Chain(&'static [Choice]),
    /// An article's whole text.
    Body,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of [`ValueKind::Line`], [`ValueKind::Lines`] and [`ValueKind::Date`].
    Text(String),
    /// Of [`ValueKind::Names`].
    Names(Vec<String>),
    /// Of [`ValueKind::Flag`].
    Flag(bool),
    /// Of [`ValueKind::Choice`]: its number in the list. Of [`ValueKind::Figure`]: the figure. Of [`ValueKind::Number`].
    Number(usize),
    /// Of [`ValueKind::Entity`].
    Entity(Option<EntityId>),
    /// Of [`ValueKind::Entities`].
    Entities(Vec<EntityId>),
    /// Of [`ValueKind::Participants`].
    Participants(Vec<Participant>),
    /// Of [`ValueKind::Replies`].
    Replies(Vec<Reply>),
    /// Of [`ValueKind::Assessments`].
    Assessments(Vec<Assessment>),
    /// Of [`ValueKind::Relation`].
    Relation(RelationId),
    /// Of [`ValueKind::Target`].
    Target(Target),
    /// Of [`ValueKind::Evidence`].
    Evidence(Vec<Evidence>),
    /// Of [`ValueKind::Anchor`].
    Anchor(Anchor),
    /// Of [`ValueKind::Chain`].
    Chain(Vec<Hop>),
    /// Of [`ValueKind::Body`]. Cheap: texts are shared.
    Body(Text),
}

impl Value {
    /// Whether nothing is in it: an empty text or list, nobody, no grade.
    #[must_use]
    pub fn is_empty(&self, kind: ValueKind) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Names(names) => names.is_empty(),
            Self::Number(number) => match kind {
                ValueKind::Choice(choices) => choices.get(*number).is_some_and(Choice::is_none),
                ValueKind::Figure(_) => *number == 0,
                _ => false,
            },
            Self::Entity(entity) => entity.is_none(),
            Self::Entities(all) => all.is_empty(),
            Self::Participants(all) => all.is_empty(),
            Self::Replies(all) => all.is_empty(),
            Self::Assessments(all) => all.is_empty(),
            Self::Evidence(all) => all.is_empty(),
            Self::Chain(chain) => chain.is_empty(),
            Self::Flag(on) => !on,
            Self::Relation(_) | Self::Target(_) | Self::Anchor(_) | Self::Body(_) => false,
        }
    }

    /// As a list of values to choose from shows it: like [`Value::text`], but nothing has a name too (“not graded”).
    #[must_use]
    pub fn label<'a>(&self, kind: ValueKind, notebook: &'a Notebook) -> Cow<'a, str> {
        match self {
            Self::Number(number) if !super::choices_of(kind).is_empty() => {
                Cow::Borrowed(super::choices_of(kind).get(*number).map_or("", |one| one.label))
            }
            Self::Flag(on) => match kind {
                ValueKind::Flag(yes, no) => Cow::Borrowed(if *on { yes } else { no }),
                _ => Cow::Borrowed(if *on { "yes" } else { "no" }),
            },
            _ => self.text(kind, notebook),
        }
    }

    /// In words: names, not ids. Empty where nothing is in it.
    #[must_use]
    pub fn text<'a>(&self, kind: ValueKind, notebook: &'a Notebook) -> Cow<'a, str> {
        let names = |ids: &mut dyn Iterator<Item = EntityId>| {
            ids.map(|id| notebook.name(id)).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Text(text) => Cow::Owned(text.clone()),
            Self::Names(names) => Cow::Owned(names.join("; ")),
            Self::Flag(_) => self.label(kind, notebook),
            Self::Number(number) => match super::choices_of(kind) {
                [] => Cow::Owned(number.to_string()),
                _ if self.is_empty(kind) => Cow::Borrowed(""),
                choices => Cow::Borrowed(choices.get(*number).map_or("", |choice| choice.label)),
            },
            Self::Entity(entity) => Cow::Borrowed(entity.map_or("", |id| notebook.name(id))),
            Self::Entities(all) => Cow::Owned(names(&mut all.iter().copied())),
            Self::Participants(all) => {
                let one =
                    |p: &Participant| format!("{} ({})", notebook.name(p.actor), p.role.label());
                Cow::Owned(all.iter().map(one).collect::<Vec<_>>().join(", "))
            }
            Self::Replies(all) => {
                let one = |reply: &Reply| {
                    let answer = reply.answer.as_ref();
                    let anchor = answer.and_then(|answer| notebook.evidence_anchor(answer));
                    let answer = anchor.map_or("no answer", |anchor| notebook.words(anchor));
                    format!("{}: {answer}", notebook.name(reply.actor))
                };
                Cow::Owned(all.iter().map(one).collect::<Vec<_>>().join("; "))
            }
            Self::Assessments(all) => {
                Cow::Owned(all.iter().map(Assessment::line).collect::<Vec<_>>().join("; "))
            }
            Self::Relation(relation) => Cow::Owned(notebook.relation_label(relation).to_owned()),
            Self::Target(Target::Entity(to)) => Cow::Borrowed(notebook.name(*to)),
            Self::Target(Target::Link(to)) => Cow::Owned(format!("the link {to}")),
            Self::Evidence(all) => {
                let words = all.iter().filter_map(|evidence| notebook.evidence_anchor(evidence));
                let words: Vec<&str> = words.map(|anchor| notebook.words(anchor)).collect();
                Cow::Owned(words.join(" · "))
            }
            Self::Anchor(anchor) => Cow::Owned(notebook.words(anchor).to_owned()),
            Self::Chain(chain) => Cow::Owned(names(&mut chain.iter().map(|hop| hop.actor))),
            Self::Body(text) => Cow::Owned(text.as_str().to_owned()),
        }
    }

    /// For another program: ids with names, figures as figures.
    #[must_use]
    pub fn json(&self, kind: ValueKind, notebook: &Notebook) -> serde_json::Value {
        let named = |id: EntityId| json!({ "id": id.to_string(), "name": notebook.name(id) });
        match self {
            Self::Text(text) => json!(text),
            Self::Names(names) => json!(names),
            Self::Flag(on) => json!(on),
            Self::Number(number) => match kind {
                ValueKind::Choice(_) | ValueKind::Figure(_) if self.is_empty(kind) => {
                    serde_json::Value::Null
                }
                ValueKind::Choice(choices) => json!(choices.get(*number).map(|one| one.label)),
                _ => json!(number),
            },
            Self::Entity(entity) => json!(entity.map(named)),
            Self::Entities(all) => all.iter().map(|id| named(*id)).collect(),
            Self::Participants(all) => all
                .iter()
                .map(|p| json!({ "actor": named(p.actor), "role": p.role.label() }))
                .collect(),
            Self::Replies(all) => all
                .iter()
                .map(|reply| {
                    let answer = reply.answer.as_ref();
                    json!({
                        "actor": named(reply.actor),
                        "written": reply.asked.written,
                        "date": reply.asked.edtf,
                        "asked_by": reply.asked_by,
                        "answer": answer.and_then(|answer| piece(notebook, answer)),
                    })
                })
                .collect(),
            Self::Assessments(all) => all
                .iter()
                .map(|one| {
                    json!({
                        "of": one.aspect().word(),
                        "at": one.at,
                        "by": one.by,
                        "old": one.old.label(),
                        "new": one.new.label(),
                        "reason": one.reason,
                    })
                })
                .collect(),
            Self::Relation(relation) => json!(notebook.relation_label(relation)),
            Self::Target(Target::Entity(to)) => named(*to),
            Self::Target(Target::Link(to)) => {
                json!({ "id": to.to_string(), "name": format!("the link {to}") })
            }
            Self::Evidence(all) => {
                all.iter().filter_map(|evidence| piece(notebook, evidence)).collect()
            }
            Self::Anchor(anchor) => place(notebook, anchor),
            Self::Chain(chain) => chain
                .iter()
                .map(|hop| {
                    json!({ "actor": named(hop.actor), "cue": hop.cue, "source": hop.source.label() })
                })
                .collect(),
            Self::Body(text) => json!(text.as_str()),
        }
    }
}

/// A piece of evidence: its place, and the mention it is.
fn piece(notebook: &Notebook, evidence: &Evidence) -> Option<serde_json::Value> {
    let mut place = place(notebook, notebook.evidence_anchor(evidence)?);
    let mention = match evidence {
        Evidence::Mention(id) => Some(id.to_string()),
        Evidence::Quote(_) => None,
    };
    place["mention"] = json!(mention);
    Some(place)
}

/// A place: offsets in Unicode scalar values, end exclusive; where the article has several versions, also the one in which
/// it was read, of how many, and when that was read from its file.
fn place(notebook: &Notebook, anchor: &Anchor) -> serde_json::Value {
    let article = notebook.article(anchor.article);
    let (start, end, orphan) = match &anchor.place {
        Place::At { start, end } => {
            let scalar = |byte| article.map_or(byte, |a| a.text.scalar_of(byte));
            (scalar(*start), scalar(*end), false)
        }
        Place::Orphan(quote) => (quote.start, quote.end, true),
    };
    let mut place = json!({
        "article": {
            "id": anchor.article.to_string(),
            "name": article.map_or("", |a| &a.about.title),
        },
        "start": start,
        "end": end,
        "quote": notebook.words(anchor),
        "orphan": orphan,
    });
    if let Some(pages) = notebook.pages(anchor) {
        place["pages"] = json!(pages.to_string());
    }
    if let Some(read_in) = notebook.read_in(anchor) {
        place["version"] = json!(read_in.version);
        place["versions"] = json!(read_in.of);
        place["read_at"] = json!(read_in.read_at);
    }
    place
}
