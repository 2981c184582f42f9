//! The fields of an entity: those of every kind, then those that only one kind has.

use super::choices::{
    ACTOR_KINDS, CLAIM_STATUSES, CREDIBILITIES, KINDS, RELIABILITIES, ROLES, number_of,
};
use super::{Field, Value, ValueKind};
use crate::edit::{Edit, EntityFields, EvidenceRef, Ref, ReplyFields};
use crate::notebook::{
    Actor, ActorKind, Claim, ClaimStatus, Detail, Entity, EntityId, Event, Kind, Reliability,
};

/// A field that only one kind of entity has; what reads it gets what only that kind has.
macro_rules! of_kind {
    ($kind:ident, $record:ident, $key:expr, $label:expr, $noun:expr, $read:expr) => {
        Field {
            only: Some(Kind::$kind),
            ..Field::of(ValueKind::Line, $key, $label, $noun, |e| {
                let Detail::$kind(detail) = &e.detail else { return None };
                let read: fn(&$record) -> Value = $read;
                Some(read(detail))
            })
        }
    };
}

/// A line of text that only events have.
macro_rules! of_event {
    ($key:expr, $label:expr, $noun:expr, $read:expr) => {
        Field {
            only: Some(Kind::Event),
            ..Field::line($key, $label, $noun, |e| {
                let Detail::Event(event) = &e.detail else { return None };
                let read: fn(&Event) -> &str = $read;
                Some(read(event))
            })
        }
    };
}

/// The fields of an entity.
pub static ENTITY: &[Field<Entity>] = &[
    Field {
        ..Field::of(ValueKind::Choice(KINDS), "kind", "Actor, event or claim", "kind", |e| {
            Some(Value::Number(number_of(&Kind::ALL, &e.kind())))
        })
    },
    Field {
        required: true,
        hint: "Name",
        write: Some(|id, value| text(id, value, |with| &mut with.name)),
        ..Field::line("name", "Name", "name", |e| Some(&e.name))
    },
    Field {
        write: Some(|id, value| {
            let Value::Names(names) = value else { return None };
            set(id, |with| with.aliases = Some(names.clone()))
        }),
        hint: "Add alias",
        ..Field::of(ValueKind::Names, "aliases", "Aliases", "aliases", |e| {
            Some(Value::Names(e.aliases.clone()))
        })
    },
    Field {
        kind: ValueKind::Choice(ACTOR_KINDS),
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let kind = *ActorKind::ALL.get(*number)?;
            set(id, |with| with.actor_kind = Some(kind))
        }),
        ..of_kind!(Actor, Actor, "actor_kind", "Kind", "kind of actor", |actor| {
            Value::Number(number_of(&ActorKind::ALL, &actor.kind))
        })
    },
    Field {
        kind: ValueKind::Entity(Some(Kind::Actor), true),
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Entity(owner) = value else { return None };
            set(id, |with| with.owner = Some(owner.map_or_else(Ref::none, Ref::Id)))
        }),
        add: Some(|id, _, owner| changed(id, |with| with.owner = Some(owner))),
        ..of_kind!(Actor, Actor, "owner", "Owner", "owner", |actor| Value::Entity(actor.owner))
    },
    Field {
        kind: ValueKind::Choice(RELIABILITIES),
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let letter = RELIABILITIES.get(*number)?.key.to_owned();
            set(id, |with| with.reliability = Some(letter))
        }),
        ..of_kind!(Actor, Actor, "reliability", "Reliability", "reliability", |actor| {
            let grade = actor.reliability.as_ref();
            Value::Number(grade.map_or(0, |grade| 1 + number_of(&Reliability::ALL, grade)))
        })
    },
    Field {
        kind: ValueKind::Entities(Some(Kind::Actor)),
        write: Some(|id, value| entities(id, value, |with| &mut with.members)),
        add: Some(|id, entity, one| {
            let Detail::Actor(actor) = &entity.detail else { return changed(id, |_| {}) };
            changed(id, |with| with.members = Some(and_one(&actor.members, one)))
        }),
        ..of_kind!(Actor, Actor, "members", "Members", "members", |actor| {
            Value::Entities(actor.members.clone())
        })
    },
    Field {
        in_bulk: true,
        hint: "last Friday",
        write: Some(|id, value| text(id, value, |with| &mut with.written)),
        ..of_event!("written", "Date as written", "date as written", |event| &event.date.written)
    },
    Field {
        kind: ValueKind::Date,
        in_bulk: true,
        hint: "2023-11-17, 2023-11~, 2023-11-17/..",
        write: Some(|id, value| text(id, value, |with| &mut with.date)),
        ..of_event!("date", "Date", "date", |event| &event.date.edtf)
    },
    Field {
        in_bulk: true,
        hint: "Location",
        write: Some(|id, value| text(id, value, |with| &mut with.place)),
        ..of_event!("place", "Place", "place", |event| &event.place)
    },
    Field {
        kind: ValueKind::Participants(ROLES),
        write: Some(|id, value| {
            let Value::Participants(all) = value else { return None };
            let all = all.iter().map(|p| (Ref::Id(p.actor), p.role)).collect();
            set(id, |with| with.participants = Some(all))
        }),
        ..of_kind!(Event, Event, "participants", "Participants", "participants", |event| {
            Value::Participants(event.participants.clone())
        })
    },
    Field {
        kind: ValueKind::Entities(None),
        write: Some(|id, value| entities(id, value, |with| &mut with.about)),
        ..of_kind!(Claim, Claim, "about", "About", "subjects", |claim| Value::Entities(
            claim.about.clone()
        ))
    },
    Field {
        kind: ValueKind::Figure(CREDIBILITIES),
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let grade = u8::try_from(*number).ok().filter(|grade| *grade <= 6)?;
            set(id, |with| with.credibility = Some(grade))
        }),
        ..of_kind!(Claim, Claim, "credibility", "Credibility", "credibility", |claim| {
            Value::Number(claim.credibility.unwrap_or(0).into())
        })
    },
    Field {
        kind: ValueKind::Choice(CLAIM_STATUSES),
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Number(number) = value else { return None };
            let status = *ClaimStatus::ALL.get(*number)?;
            set(id, |with| with.status = Some(status))
        }),
        ..of_kind!(Claim, Claim, "status", "Status", "status", |claim| {
            Value::Number(number_of(&ClaimStatus::ALL, &claim.status))
        })
    },
    Field {
        kind: ValueKind::Flag("accusation", "no accusation"),
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Flag(on) = value else { return None };
            set(id, |with| with.accusation = Some(*on))
        }),
        ..of_kind!(Claim, Claim, "accusation", "Accusation", "mark “accusation”", |claim| {
            Value::Flag(claim.accusation)
        })
    },
    Field {
        kind: ValueKind::Replies,
        write: Some(|id, value| {
            let Value::Replies(all) = value else { return None };
            let all = all.iter().map(|reply| ReplyFields {
                actor: Ref::Id(reply.actor),
                written: reply.asked.written.clone(),
                date: reply.asked.edtf.clone(),
                asked_by: reply.asked_by.clone(),
                answer: reply.answer.clone().map(EvidenceRef::Kept),
            });
            set(id, |with| with.replies = Some(all.collect()))
        }),
        ..of_kind!(Claim, Claim, "replies", "Replies", "replies", |claim| {
            Value::Replies(claim.replies.clone())
        })
    },
    Field {
        // They come with what is judged: a status, a grade.
        ..Field::of(ValueKind::Assessments, "assessments", "Assessments", "assessments", |e| {
            (!e.grades().is_empty()).then(|| Value::Assessments(e.assessments().to_vec()))
        })
    },
    Field {
        kind: ValueKind::Lines,
        hint: "Your own words",
        write: Some(|id, value| text(id, value, |with| &mut with.note)),
        ..Field::line("note", "Note", "note", |e| Some(&e.note))
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
            |e| Some(Value::Flag(e.to_check)),
        )
    },
];

fn set(entity: Ref<EntityId>, fill: impl FnOnce(&mut EntityFields)) -> Option<Edit> {
    Some(changed(entity, fill))
}

fn changed(entity: Ref<EntityId>, fill: impl FnOnce(&mut EntityFields)) -> Edit {
    let mut with = Box::<EntityFields>::default();
    fill(&mut with);
    Edit::SetEntity { entity, with }
}

/// These entities, and one more.
fn and_one(ids: &[EntityId], one: Ref<EntityId>) -> Vec<Ref<EntityId>> {
    ids.iter().copied().map(Ref::Id).chain([one]).collect()
}

fn text(
    entity: Ref<EntityId>,
    value: &Value,
    field: fn(&mut EntityFields) -> &mut Option<String>,
) -> Option<Edit> {
    let Value::Text(text) = value else { return None };
    set(entity, |with| *field(with) = Some(text.clone()))
}

fn entities(
    entity: Ref<EntityId>,
    value: &Value,
    field: fn(&mut EntityFields) -> &mut Option<Vec<Ref<EntityId>>>,
) -> Option<Edit> {
    let Value::Entities(all) = value else { return None };
    set(entity, |with| *field(with) = Some(all.iter().map(|id| Ref::Id(*id)).collect()))
}
