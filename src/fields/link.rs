//! The fields of a link.

use super::choices::{BASES, STRENGTHS, number_of};
use super::{Field, Value, ValueKind};
use crate::edit::{Edit, LinkFields, Ref};
use crate::notebook::{Basis, Link, LinkId, Strength, Target};

/// The fields of a link.
pub static LINK: &[Field<Link>] = &[
    Field {
        required: true,
        write: Some(|id, value| {
            let Value::Entity(Some(from)) = value else { return None };
            set(id, |with| with.from = Some(Ref::Id(*from)))
        }),
        ..Field::of(ValueKind::Entity(None, false), "from", "From", "start", |l| {
            Some(Value::Entity(Some(l.from)))
        })
    },
    Field {
        in_bulk: true,
        required: true,
        write: Some(|id, value| {
            let Value::Relation(relation) = value else { return None };
            set(id, |with| with.relation = Some(relation.clone()))
        }),
        ..Field::of(ValueKind::Relation, "relation", "Relation", "relation", |l| {
            Some(Value::Relation(l.relation.clone()))
        })
    },
    Field {
        required: true,
        write: Some(|id, value| {
            // What targets a link goes on doing so: no edit moves it to another one.
            let Value::Target(Target::Entity(to)) = value else { return None };
            set(id, |with| with.to = Some(Ref::Id(*to)))
        }),
        ..Field::of(ValueKind::Target, "to", "To", "end", |l| Some(Value::Target(l.to)))
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Flag(on) = value else { return None };
            set(id, |with| with.directed = Some(*on))
        }),
        ..Field::of(
            ValueKind::Flag("directed", "undirected"),
            "directed",
            "Direction",
            "direction",
            |l| Some(Value::Flag(l.directed)),
        )
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let basis = *Basis::ALL.get(*number)?;
            set(id, |with| with.basis = Some(basis))
        }),
        help: "How it follows from the evidence",
        ..Field::of(ValueKind::Choice(BASES), "basis", "Basis", "basis", |l| {
            Some(Value::Number(number_of(&Basis::ALL, &l.basis)))
        })
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let strength = *Strength::ALL.get(*number)?;
            set(id, |with| with.strength = Some(strength))
        }),
        help: "How well it is established",
        ..Field::of(ValueKind::Choice(STRENGTHS), "strength", "Strength", "strength", |l| {
            Some(Value::Number(number_of(&Strength::ALL, &l.strength)))
        })
    },
    Field {
        in_bulk: true,
        hint: "since 2019",
        write: Some(|id, value| text(id, value, |with| &mut with.written)),
        ..Field::line("written", "Date as written", "date as written", |l| Some(&l.when.written))
    },
    Field {
        kind: ValueKind::Date,
        in_bulk: true,
        hint: "2019/.., 2023-11~",
        write: Some(|id, value| text(id, value, |with| &mut with.date)),
        ..Field::line("date", "Date", "date", |l| Some(&l.when.edtf))
    },
    Field {
        kind: ValueKind::Lines,
        hint: "Your own words",
        write: Some(|id, value| text(id, value, |with| &mut with.note)),
        ..Field::line("note", "Note", "note", |l| Some(&l.note))
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Flag(on) = value else { return None };
            set(id, |with| with.to_check = Some(*on))
        }),
        ..Field::of(
            ValueKind::Flag("to check", ""),
            "to_check",
            "To check",
            "mark “to check”",
            |l| Some(Value::Flag(l.to_check)),
        )
    },
    Field {
        // They come with the strength.
        ..Field::of(ValueKind::Assessments, "assessments", "Assessments", "assessments", |l| {
            Some(Value::Assessments(l.assessments.clone()))
        })
    },
    Field {
        // Pieces of evidence come and go one by one: AddEvidence, RemoveEvidence.
        ..Field::of(ValueKind::Evidence, "evidence", "Evidence", "evidence", |l| {
            Some(Value::Evidence(l.evidence.clone()))
        })
    },
];

fn set(link: Ref<LinkId>, fill: impl FnOnce(&mut LinkFields)) -> Option<Edit> {
    let mut with = LinkFields::default();
    fill(&mut with);
    Some(Edit::SetLink { link, with })
}

fn text(
    link: Ref<LinkId>,
    value: &Value,
    field: fn(&mut LinkFields) -> &mut Option<String>,
) -> Option<Edit> {
    let Value::Text(text) = value else { return None };
    set(link, |with| *field(with) = Some(text.clone()))
}
