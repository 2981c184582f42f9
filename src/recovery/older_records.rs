//! The records of journals of version 1, where they differ from those of today: entities, whose claims had a verdict in
//! free words, and assessments that were records of their own. Frozen.

use std::sync::Arc;

use serde::Deserialize;

use crate::notebook::{self as model, Assessment, Change, EntityId, Grade, Notebook, of_verdict};

/// An entity as version 1 has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entity {
    name: String,
    aliases: Vec<String>,
    note: String,
    to_check: bool,
    detail: Detail,
}

#[derive(Deserialize)]
enum Detail {
    Actor(model::Actor),
    Event(model::Event),
    Claim(Claim),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    about: Vec<EntityId>,
    credibility: Option<u8>,
    verdict: Option<Verdict>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    status: String,
    reason: String,
}

impl From<Entity> for model::Entity {
    fn from(old: Entity) -> Self {
        let detail = match old.detail {
            Detail::Actor(actor) => model::Detail::Actor(actor),
            Detail::Event(event) => model::Detail::Event(event),
            Detail::Claim(Claim { about, credibility, verdict }) => {
                let (status, assessment) =
                    verdict.map_or_else(Default::default, |it| of_verdict(&it.status, &it.reason));
                model::Detail::Claim(model::Claim {
                    about,
                    credibility,
                    status,
                    assessments: assessment.into_iter().collect(),
                    ..model::Claim::default()
                })
            }
        };
        let Entity { name, aliases, note, to_check, .. } = old;
        Self { name, aliases, note, to_check, detail }
    }
}

/// Gives the records of an event the assessments that those of its base have from a section of their own, which were no
/// part of a record when the journal was written. They change nothing, whatever is held by then.
pub(super) fn keep_assessments(base: &Notebook, changes: &mut [Change]) {
    fn add(known: &[Assessment], list: &mut Vec<Assessment>, now: &[Grade]) {
        for old in known.iter().filter(|one| one.old == one.new) {
            let same = |one: &Assessment| {
                (&one.at, &one.by, &one.reason) == (&old.at, &old.by, &old.reason)
            };
            let grade = now.iter().find(|grade| grade.aspect() == old.aspect());
            if let Some(grade) = grade.filter(|_| !list.iter().any(same)) {
                list.push(Assessment { old: *grade, new: *grade, ..old.clone() });
            }
        }
    }
    for change in changes {
        match change {
            Change::Entity(id, Some(entity)) => {
                let Some(known) = base.entity(*id).filter(|it| !it.assessments().is_empty()) else {
                    continue;
                };
                let now = entity.grades();
                if let Some(list) = Arc::make_mut(entity).assessments_mut() {
                    add(known.assessments(), list, &now);
                }
            }
            Change::Link(id, Some(link)) => {
                let Some(known) = base.link(*id).filter(|it| !it.assessments.is_empty()) else {
                    continue;
                };
                let now = link.grades();
                add(&known.assessments, &mut Arc::make_mut(link).assessments, &now);
            }
            _ => {}
        }
    }
}
