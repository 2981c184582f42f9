//! The fields of a mention, and of the statement that a mention of a claim is.

use super::choices::{FORMS, MODALITIES, POLARITIES, SOURCES, number_of};
use super::{Field, Value, ValueKind};
use crate::edit::{Edit, HopFields, Ref, Spot, StatementFields};
use crate::notebook::{Form, Mention, MentionId, Modality, Polarity, Statement};

/// The fields of a mention.
pub static MENTION: &[Field<Mention>] = &[
    Field {
        in_bulk: true,
        required: true,
        write: Some(|mention, value| {
            let Value::Entity(Some(entity)) = value else { return None };
            Some(Edit::Retag { mention, entity: Ref::Id(*entity) })
        }),
        ..Field::of(ValueKind::Entity(None, false), "entity", "Entity", "entity", |m| {
            Some(Value::Entity(Some(m.entity)))
        })
    },
    Field {
        required: true,
        write: Some(|mention, value| {
            // Its ends move within its article.
            let Value::Anchor(anchor) = value else { return None };
            Some(Edit::Rebound { mention, at: Spot::Bytes(anchor.range()?) })
        }),
        ..Field::of(ValueKind::Anchor, "at", "Span", "span", |m| {
            Some(Value::Anchor(m.anchor.clone()))
        })
    },
    Field {
        kind: ValueKind::Lines,
        write: Some(|mention, value| {
            let Value::Text(note) = value else { return None };
            Some(Edit::SetMention { mention, note: Some(note.clone()), to_check: None })
        }),
        hint: "Your own words",
        ..Field::line("note", "Note on this mention", "note on this mention", |m| Some(&m.note))
    },
    Field {
        in_bulk: true,
        write: Some(|mention, value| {
            let Value::Flag(on) = value else { return None };
            Some(Edit::SetMention { mention, note: None, to_check: Some(*on) })
        }),
        ..Field::of(
            ValueKind::Flag("to check", ""),
            "to_check",
            "To check",
            "mark “to check”",
            |m| Some(Value::Flag(m.to_check)),
        )
    },
];

/// The fields of a statement, read from and written to its mention. A mention of an actor or event has none of them.
pub static STATEMENT: &[Field<Mention>] = &[
    Field {
        write: Some(|id, value| {
            let Value::Chain(chain) = value else { return None };
            let chain = chain.iter().map(|hop| HopFields {
                actor: Ref::Id(hop.actor),
                cue: hop.cue.clone(),
                source: hop.source,
            });
            let chain = Some(chain.collect());
            state(id, StatementFields { chain, ..StatementFields::default() })
        }),
        ..said(ValueKind::Chain(SOURCES), "chain", "Attribution", "attribution", |m| {
            m.statement.as_ref().map(|s| Value::Chain(s.chain.clone()))
        })
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let modality = Some(*Modality::ALL.get(*number)?);
            state(id, StatementFields { modality, ..StatementFields::default() })
        }),
        ..said(ValueKind::Choice(MODALITIES), "modality", "Certainty", "certainty", |m| {
            of(m, |s| number_of(&Modality::ALL, &s.modality))
        })
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let polarity = Some(*Polarity::ALL.get(*number)?);
            state(id, StatementFields { polarity, ..StatementFields::default() })
        }),
        ..said(ValueKind::Choice(POLARITIES), "polarity", "Polarity", "polarity", |m| {
            of(m, |s| number_of(&Polarity::ALL, &s.polarity))
        })
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let form = Some(*Form::ALL.get(*number)?);
            state(id, StatementFields { form, ..StatementFields::default() })
        }),
        ..said(ValueKind::Choice(FORMS), "form", "Form", "form", |m| {
            of(m, |s| number_of(&Form::ALL, &s.form))
        })
    },
];

/// The same, of mentions of claims only.
const fn said(
    kind: ValueKind,
    key: &'static str,
    label: &'static str,
    noun: &'static str,
    read: fn(&Mention) -> Option<Value>,
) -> Field<Mention> {
    let mut field = Field::of(kind, key, label, noun, read);
    field.only = Some(crate::notebook::Kind::Claim);
    field
}

fn of(mention: &Mention, read: fn(&Statement) -> usize) -> Option<Value> {
    mention.statement.as_ref().map(|statement| Value::Number(read(statement)))
}

fn state(mention: Ref<MentionId>, with: StatementFields) -> Option<Edit> {
    Some(Edit::SetStatement { mention, with })
}
