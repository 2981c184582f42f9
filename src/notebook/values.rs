//! A record as named values, and back: what merging compares, and what a [`Conflict`](super::Conflict) keeps.
//!
//! The names are those of the file format, with `of`, `in` and the like for ids. Places are quotes, as in files: in Unicode
//! scalar values with their words, so that a value says where it stood also when the text has changed since.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{
    About, Anchor, Article, Card, Change, Detail, Entity, Evidence, Group, Link, Matrix, Mention,
    NamedView, Notebook, Place, RecordId, Relation, SetAside, Waiver,
};

/// The fields of a record by name.
pub type Values = BTreeMap<String, Value>;

/// What kind of entity it is: `Actor`, `Event` or `Claim`.
const IS: &str = "is";
const DETAIL: &str = "detail";
const STATEMENT: &str = "statement";

/// The values of a record's fields; `None` where the notebook has no such record, and of what has no fields: places on
/// the canvas, dismissed suggestions and conflicts.
#[must_use]
pub fn values_of(notebook: &Notebook, record: &RecordId) -> Option<Values> {
    let value = match record {
        RecordId::Title => json!({ "title": notebook.title() }),
        RecordId::Article(id) => serde_json::to_value(&notebook.article(*id)?.about).ok()?,
        RecordId::Entity(id) => {
            let mut entity = Entity::clone(notebook.entity(*id)?);
            each_anchor_of_entity(&mut entity, &mut |anchor| quoted(notebook, anchor));
            entity_values(&entity)?
        }
        RecordId::Mention(id) => {
            let mut mention = Mention::clone(notebook.mention(*id)?);
            quoted(notebook, &mut mention.anchor);
            mention_values(&mention)?
        }
        RecordId::Link(id) => {
            let mut link = Link::clone(notebook.link(*id)?);
            each_anchor(&mut link.evidence, &mut |anchor| quoted(notebook, anchor));
            serde_json::to_value(link).ok()?
        }
        RecordId::Relation(id) => serde_json::to_value(notebook.relation(id)?).ok()?,
        RecordId::Group(id) => serde_json::to_value(&**notebook.groups().get(id)?).ok()?,
        RecordId::Card(id) => serde_json::to_value(&**notebook.cards().get(id)?).ok()?,
        RecordId::View(id) => serde_json::to_value(&**notebook.views().get(id)?).ok()?,
        RecordId::Waiver(id) => serde_json::to_value(&**notebook.waivers().get(id)?).ok()?,
        RecordId::SetAside(id) => serde_json::to_value(&**notebook.set_aside().get(id)?).ok()?,
        RecordId::Matrix(id) => matrix_values(notebook.matrices().get(id)?)?,
        RecordId::Node(_) | RecordId::Dismissed(_) | RecordId::Conflict(_) => return None,
    };
    match flat(value) {
        Value::Object(fields) => Some(fields.into_iter().collect()),
        _ => None,
    }
}

/// The record that has these values; `None` where they are no values of such a record. An article takes its texts from
/// the notebook. Quotes become places where the article reads so there, and orphans elsewhere.
#[must_use]
pub fn record_of(notebook: &Notebook, record: &RecordId, values: Values) -> Option<Change> {
    // A field that files leave out where it is empty is null as the value of one side of a merge.
    let given = values.into_iter().filter(|(_, value)| !value.is_null()).collect();
    let value = nested(Value::Object(given));
    Some(match record {
        RecordId::Title => Change::Title(value.get("title")?.as_str()?.to_owned()),
        RecordId::Article(id) => {
            let about: About = read(value)?;
            Change::Article(
                *id,
                Some(Arc::new(Article { about, ..Article::clone(notebook.article(*id)?) })),
            )
        }
        RecordId::Entity(id) => {
            let mut entity = entity_of(value)?;
            each_anchor_of_entity(&mut entity, &mut |anchor| placed(notebook, anchor));
            Change::Entity(*id, Some(Arc::new(entity)))
        }
        RecordId::Mention(id) => {
            let mut mention = mention_of(value)?;
            placed(notebook, &mut mention.anchor);
            Change::Mention(*id, Some(Arc::new(mention)))
        }
        RecordId::Link(id) => {
            let mut link: Link = read(value)?;
            each_anchor(&mut link.evidence, &mut |anchor| placed(notebook, anchor));
            Change::Link(*id, Some(Arc::new(link)))
        }
        RecordId::Relation(id) => Change::Relation(id.clone(), Some(read::<Relation>(value)?)),
        RecordId::Group(id) => Change::Group(*id, Some(Arc::new(read::<Group>(value)?))),
        RecordId::Card(id) => Change::Card(*id, Some(Arc::new(read::<Card>(value)?))),
        RecordId::View(id) => Change::View(*id, Some(Arc::new(read::<NamedView>(value)?))),
        RecordId::Waiver(id) => Change::Waiver(*id, Some(Arc::new(read::<Waiver>(value)?))),
        RecordId::SetAside(id) => Change::SetAside(*id, Some(Arc::new(read::<SetAside>(value)?))),
        RecordId::Matrix(id) => Change::Matrix(*id, Some(Arc::new(matrix_of(value)?))),
        RecordId::Node(_) | RecordId::Dismissed(_) | RecordId::Conflict(_) => return None,
    })
}

/// A record with those of its quotes placed that found no place yet, where an article of this notebook reads so: what was made
/// of the values of two notebooks has quotes in the articles of both.
#[must_use]
pub fn placed_in(notebook: &Notebook, record: Change) -> Change {
    match record {
        Change::Entity(id, Some(entity)) => {
            let mut entity = Entity::clone(&entity);
            each_anchor_of_entity(&mut entity, &mut |anchor| placed(notebook, anchor));
            Change::Entity(id, Some(Arc::new(entity)))
        }
        Change::Mention(id, Some(mention)) => {
            let mut mention = Mention::clone(&mention);
            placed(notebook, &mut mention.anchor);
            Change::Mention(id, Some(Arc::new(mention)))
        }
        Change::Link(id, Some(link)) => {
            let mut link = Link::clone(&link);
            each_anchor(&mut link.evidence, &mut |anchor| placed(notebook, anchor));
            Change::Link(id, Some(Arc::new(link)))
        }
        other => other,
    }
}

/// The values of a record in which nobody has entered anything: what a record that two people made apart, under one id,
/// has in common. `values` are those of one of them.
#[must_use]
pub fn blank_values(record: &RecordId, values: &Values) -> Values {
    let default = |value: Result<Value, serde_json::Error>| match value.map(flat) {
        Ok(Value::Object(fields)) => fields.into_iter().collect(),
        _ => Values::new(),
    };
    let mut blank: Values = match record {
        RecordId::Article(_) => default(serde_json::to_value(About::default())),
        RecordId::Entity(_) => {
            let kind = values.get(IS).and_then(Value::as_str).and_then(|word| {
                super::Kind::ALL.into_iter().find(|kind| kind_word(*kind) == word)
            });
            let entity = kind.map(|kind| Entity::new(kind, ""));
            default(Ok(entity.as_ref().and_then(entity_values).unwrap_or_default()))
        }
        RecordId::Mention(_) if values.contains_key("chain") => {
            default(serde_json::to_value(super::Statement::default()))
        }
        RecordId::Link(_) => {
            let nobody = super::EntityId::from_bits(0);
            let mut link = default(serde_json::to_value(Link::new(nobody, nobody, "".into())));
            for key in ["from", "to", "relation"] {
                link.insert(key.to_owned(), Value::Null);
            }
            link
        }
        RecordId::Group(_) => default(serde_json::to_value(Group::default())),
        RecordId::Card(_) => default(serde_json::to_value(Card::default())),
        RecordId::View(_) => default(serde_json::to_value(NamedView::default())),
        _ => Values::new(),
    };
    for (key, value) in values {
        blank.entry(key.clone()).or_insert_with(|| match value {
            Value::String(_) => json!(""),
            Value::Array(_) => json!([]),
            Value::Bool(_) => json!(false),
            _ => Value::Null,
        });
    }
    blank
}

fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// The word for the kind of an entity in its values.
const fn kind_word(kind: super::Kind) -> &'static str {
    match kind {
        super::Kind::Actor => "Actor",
        super::Kind::Event => "Event",
        super::Kind::Claim => "Claim",
    }
}

/// An entity's own fields and those of its kind, side by side.
fn entity_values(entity: &Entity) -> Option<Value> {
    let mut value = serde_json::to_value(entity).ok()?;
    let fields = value.as_object_mut()?;
    let detail = fields.remove(DETAIL)?;
    let Value::Object(detail) = detail else { return None };
    for (kind, own) in detail {
        fields.insert(IS.to_owned(), json!(kind));
        let Value::Object(own) = own else { return None };
        fields.extend(own);
    }
    Some(value)
}

fn entity_of(value: Value) -> Option<Entity> {
    let Value::Object(mut all) = value else { return None };
    let kind = all.remove(IS)?;
    let kind = kind.as_str()?.to_owned();
    let mut common = Map::new();
    for key in ["name", "aliases", "note", "to_check"] {
        common.insert(key.to_owned(), all.remove(key)?);
    }
    common.insert(DETAIL.to_owned(), json!({ kind: all }));
    read(Value::Object(common))
}

/// A mention's own fields and those of its statement, side by side.
fn mention_values(mention: &Mention) -> Option<Value> {
    let mut value = serde_json::to_value(mention).ok()?;
    let fields = value.as_object_mut()?;
    let of = fields.remove("entity")?;
    fields.insert("of".to_owned(), of);
    if let Some(Value::Object(statement)) = fields.remove(STATEMENT) {
        fields.extend(statement);
    }
    Some(value)
}

fn mention_of(value: Value) -> Option<Mention> {
    let Value::Object(mut all) = value else { return None };
    let mut mention = Map::new();
    mention.insert("entity".to_owned(), all.remove("of")?);
    for key in ["anchor", "note", "to_check"] {
        mention.insert(key.to_owned(), all.remove(key)?);
    }
    let statement = if all.is_empty() { Value::Null } else { Value::Object(all) };
    mention.insert(STATEMENT.to_owned(), statement);
    read(Value::Object(mention))
}

/// A matrix, with its cells as a list of what is judged by what, and how.
fn matrix_values(matrix: &Matrix) -> Option<Value> {
    let Matrix { title, claims, rows, cells } = matrix;
    let cells: Vec<Value> =
        cells.iter().map(|((claim, row), fit)| json!([claim, row, fit])).collect();
    Some(json!({ "title": title, "claims": claims, "rows": rows, "cells": cells }))
}

fn matrix_of(mut value: Value) -> Option<Matrix> {
    let mut take = |key: &str| value.get_mut(key).map(Value::take);
    let cells: Vec<(super::EntityId, super::Subject, super::Fit)> = read(take("cells")?)?;
    Some(Matrix {
        title: read(take("title")?)?,
        claims: read(take("claims")?)?,
        rows: read(take("rows")?)?,
        cells: cells.into_iter().map(|(claim, row, fit)| ((claim, row), fit)).collect(),
    })
}

fn each_anchor(evidence: &mut [Evidence], change: &mut dyn FnMut(&mut Anchor)) {
    for piece in evidence {
        if let Evidence::Quote(anchor) = piece {
            change(anchor);
        }
    }
}

fn each_anchor_of_entity(entity: &mut Entity, change: &mut dyn FnMut(&mut Anchor)) {
    if let Detail::Claim(claim) = &mut entity.detail {
        for reply in &mut claim.replies {
            each_anchor(reply.answer.as_mut_slice(), change);
        }
    }
}

/// Makes a place a quote.
fn quoted(notebook: &Notebook, anchor: &mut Anchor) {
    if let Place::At { start, end } = anchor.place
        && let Some(article) = notebook.article(anchor.article)
    {
        anchor.place = Place::Orphan(Box::new(article.text.quote(start..end)));
    }
}

/// Makes a quote a place, where the article reads so there.
fn placed(notebook: &Notebook, anchor: &mut Anchor) {
    if let Place::Orphan(quote) = &anchor.place
        && let Some(article) = notebook.article(anchor.article)
        && let Some(range) = article.text.stands_at(quote.start..quote.end, &quote.exact)
    {
        anchor.place = Place::At { start: range.start, end: range.end };
    }
}

/// Anchors as files have them: `in`, `start`, `end`, `exact`, `prefix`, `suffix`, beside what else they hold.
fn flat(value: Value) -> Value {
    match value {
        Value::Object(mut fields) => {
            if let Some(Value::Object(place)) = fields.get_mut("place")
                && let Some(Value::Object(quote)) = place.remove("Orphan")
            {
                fields.remove("place");
                if let Some(article) = fields.remove("article") {
                    fields.insert("in".to_owned(), article);
                }
                fields.extend(quote);
                return Value::Object(fields);
            }
            Value::Object(fields.into_iter().map(|(key, value)| (key, flat(value))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(flat).collect()),
        other => other,
    }
}

/// The way back from [`flat`].
fn nested(value: Value) -> Value {
    match value {
        Value::Object(mut fields) if fields.contains_key("in") && fields.contains_key("exact") => {
            let mut quote = Map::new();
            for key in ["start", "end", "exact", "prefix", "suffix"] {
                if let Some(value) = fields.remove(key) {
                    quote.insert(key.to_owned(), value);
                }
            }
            if let Some(article) = fields.remove("in") {
                fields.insert("article".to_owned(), article);
            }
            fields.insert("place".to_owned(), json!({ "Orphan": quote }));
            Value::Object(fields)
        }
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key, nested(value))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(nested).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::generate::{Size, generate};
    use super::*;

    #[test]
    fn every_record_comes_back_from_its_values() {
        let size = Size { articles: 3, text: 6000, entities: 60, mentions: 200, links: 60 };
        for seed in 0..6 {
            let (notebook, _) = generate(seed, size);
            let records = notebook.record_ids();
            assert!(records.len() > 300);
            for record in records {
                let Some(values) = values_of(&notebook, &record) else {
                    assert!(matches!(
                        record,
                        RecordId::Node(_) | RecordId::Dismissed(_) | RecordId::Conflict(_)
                    ));
                    continue;
                };
                let text = serde_json::to_string(&values).expect("written");
                let values = serde_json::from_str(&text).expect("read");
                assert_eq!(
                    record_of(&notebook, &record, values),
                    Some(notebook.as_it_is(&record)),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_value_of_a_record_is_none() {
        let (notebook, _) =
            generate(1, Size { articles: 1, text: 900, entities: 9, mentions: 20, links: 5 });
        for record in notebook.record_ids() {
            let Some(values) = values_of(&notebook, &record) else { continue };
            for key in values.keys() {
                let mut wrong = values.clone();
                wrong.insert(key.clone(), json!({ "no": ["such"] }));
                assert_eq!(record_of(&notebook, &record, wrong), None, "{record:?} {key}");
            }
        }
    }
}
