//! Changes that were worked out elsewhere from the notebook, and conflicts that a merge left: one of two values is taken.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::apply::{Draft, short};
use super::{Edit, GroupFields, Ref, Refusal, Update};
use crate::notebook::{
    Assessment, Change, Conflict, ConflictId, EntityId, Grade, Notebook, RecordId, Values, check,
    record_of, values_of,
};

/// One of the two whose work was merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side {
    /// The one into whose notebook the other's was merged.
    Ours,
    /// The other.
    Theirs,
}

impl Side {
    /// What it has in a conflict: JSON, `null` for nothing.
    #[must_use]
    pub fn value(self, conflict: &Conflict) -> &str {
        match self {
            Self::Ours => &conflict.ours,
            Self::Theirs => &conflict.theirs,
        }
    }
}

/// The value for no such record.
const NOTHING: &str = "null";

/// Changes that were worked out from a notebook as it was at one revision, as one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The step's name in the Edit menu.
    pub label: String,
    /// The notebook's revision when they were worked out.
    pub revision: u64,
    /// The changes, which keep what always holds of a notebook.
    pub changes: Vec<Change>,
}

impl Draft<'_> {
    pub(super) fn carry_out(&mut self, prepared: &Prepared) -> Result<String, Refusal> {
        if self.notebook.revision() != prepared.revision {
            return Err(Refusal::Invalid(
                "the notebook was changed while this was worked out: start it again".to_owned(),
            ));
        }
        for change in &prepared.changes {
            self.change(change.clone());
        }
        Ok(prepared.label.clone())
    }

    pub(super) fn settle(
        &mut self,
        conflict: &Ref<ConflictId>,
        take: Option<Side>,
    ) -> Result<String, Refusal> {
        let id = self.one_of("conflict", conflict, |_| None, |_| Vec::new())?;
        let Some(conflict) = self.notebook.conflicts().get(&id).map(Arc::clone) else {
            return Err(Refusal::Missing {
                what: "conflict",
                name: id.to_string(),
                hint: ": it was settled already".to_owned(),
            });
        };
        if let Some(side) = take {
            let value: Value = serde_json::from_str(side.value(&conflict)).unwrap_or_default();
            match &*conflict.field {
                Conflict::RECORD => {
                    let made_apart = conflict.ours != NOTHING && conflict.theirs != NOTHING;
                    self.take_record(&conflict.of, value, made_apart)?;
                }
                Conflict::TEXT => self.take_text(&conflict.of, &value)?,
                field => self.take_field(&conflict.of, field, value)?,
            }
        }
        self.change(Change::Conflict(id, None));
        let name = self.notebook.record_name(&conflict.of);
        Ok(format!("Settle {} of “{}”", conflict.field.replace('_', " "), short(&name)))
    }

    /// A whole record: there, as it stands or as it was, or not there. Where both made one, it is as this one made it.
    fn take_record(
        &mut self,
        record: &RecordId,
        value: Value,
        made_apart: bool,
    ) -> Result<(), Refusal> {
        let there = !self.notebook.as_it_is(record).removes();
        match value {
            Value::Object(values) if !there || made_apart => {
                let values: Values = values.into_iter().collect();
                let change = record_of(self.notebook, record, values);
                self.change_checked(change.ok_or_else(|| unreadable(record))?)
            }
            Value::Null if there => self.remove_record(record),
            _ => Ok(()),
        }
    }

    /// Removes a record with what cannot be without it, as the user would.
    fn remove_record(&mut self, record: &RecordId) -> Result<(), Refusal> {
        match record {
            RecordId::Article(id) => self.remove_article(&Ref::Id(*id)).map(|_| ()),
            RecordId::Entity(id) => self.delete_entity(&Ref::Id(*id)).map(|_| ()),
            RecordId::Mention(id) => self.untag(&Ref::Id(*id)).map(|_| ()),
            RecordId::Link(id) => self.delete_link(&Ref::Id(*id)).map(|_| ()),
            RecordId::Relation(id) => {
                if let Some((link, _)) =
                    self.notebook.links().iter().find(|(_, link)| link.relation == *id)
                {
                    return Err(Refusal::Invalid(format!(
                        "the relation “{}” is used by the link {link}: give that another one first",
                        id.0
                    )));
                }
                self.change_checked(Change::Relation(id.clone(), None))
            }
            other => {
                let gone = Notebook::default().as_it_is(other);
                self.change_checked(gone)
            }
        }
    }

    /// An article's text: the version that this side has.
    fn take_text(&mut self, record: &RecordId, value: &Value) -> Result<(), Refusal> {
        let RecordId::Article(id) = record else { return Ok(()) };
        let Some(article) = self.notebook.article(*id) else { return Err(gone(record)) };
        let sha256 = value.get("sha256").and_then(Value::as_str).unwrap_or_default();
        if article.origin.sha256 == sha256 {
            return Ok(());
        }
        let version = article.earlier.iter().rev().find(|it| it.origin.sha256 == sha256);
        let Some(version) = version else { return Err(unreadable(record)) };
        let (origin, text) = (version.origin.clone(), version.text.clone());
        let update = Update::of(self.notebook, *id, origin, text)?;
        self.update_article(&update).map(|_| ())
    }

    /// One field, or one element of a list: `participants.e…`.
    fn take_field(&mut self, record: &RecordId, path: &str, value: Value) -> Result<(), Refusal> {
        // Who comes into a group leaves the one they were in.
        if let (RecordId::Group(id), "members") = (record, path) {
            let members: Vec<EntityId> = serde_json::from_value(value).unwrap_or_default();
            let there = |id: &EntityId| self.notebook.entity(*id).is_some();
            let members = members.into_iter().filter(there).map(Ref::Id).collect();
            let with = GroupFields { members: Some(members), ..GroupFields::default() };
            return self.set_group(&Ref::Id(*id), &with).map(|_| ());
        }
        let Some(mut values) = values_of(self.notebook, record) else { return Err(gone(record)) };
        let before = values.clone();
        match (path.split_once('.'), value) {
            (Some((field, key)), value) => {
                let Some(Value::Array(all)) = values.get_mut(field) else {
                    return Err(unreadable(record));
                };
                let place = all.iter().position(|one| key_of(one) == key);
                match (place, value) {
                    (Some(place), Value::Null) => drop(all.remove(place)),
                    (Some(place), value) => all[place] = value,
                    (None, Value::Null) => {}
                    (None, value) => all.push(value),
                }
            }
            // What a mention is of goes with its statement.
            (None, Value::Object(unit)) if path == "of" => {
                for key in ["chain", "form", "modality", "polarity"] {
                    values.remove(key);
                }
                values.extend(unit);
            }
            (None, value) => {
                values.insert(path.to_owned(), value);
            }
        }
        self.sign_grade(path, &before, &mut values)?;
        let change = record_of(self.notebook, record, values);
        self.change_checked(change.ok_or_else(|| unreadable(record))?)
    }

    /// A grade that is taken is a judgement: it is written down.
    fn sign_grade(&self, field: &str, before: &Values, values: &mut Values) -> Result<(), Refusal> {
        let grade = |values: &Values| -> Option<Grade> {
            let aspect = match field {
                "status" => "Status",
                "credibility" => "Credibility",
                "reliability" => "Reliability",
                "strength" => "Strength",
                _ => return None,
            };
            serde_json::from_value(serde_json::json!({ aspect: values.get(field)? })).ok()
        };
        let (Some(old), Some(new)) = (grade(before), grade(values)) else { return Ok(()) };
        let Some(Value::Array(all)) = values.get_mut("assessments") else { return Ok(()) };
        if old == new {
            return Ok(());
        }
        let (at, by) = self.signed(None, None)?;
        let reason = "taken from the notebook that was merged in".to_owned();
        let assessment = Assessment { at, by, old, new, reason };
        all.extend(serde_json::to_value(assessment).ok());
        Ok(())
    }

    /// Makes a change, and refuses it where the notebook would have a problem for it.
    fn change_checked(&mut self, change: Change) -> Result<(), Refusal> {
        let known: Vec<String> = check(self.notebook).iter().map(ToString::to_string).collect();
        self.change(change);
        let new = |problem: &crate::notebook::Problem| {
            !problem.is_orphan() && !known.contains(&problem.to_string())
        };
        match check(self.notebook).into_iter().find(new) {
            None => Ok(()),
            Some(problem) => Err(Refusal::Invalid(format!(
                "this does not fit the notebook any more ({problem}): keep what stands, or change it by hand"
            ))),
        }
    }
}

/// What an element of a list is called in a conflict’s field: the ids it is about.
fn key_of(value: &Value) -> String {
    let parts: Vec<&str> = match value {
        Value::Array(parts) => parts.iter().take(2).filter_map(Value::as_str).collect(),
        other => other.get("actor").and_then(Value::as_str).into_iter().collect(),
    };
    parts.join(".")
}

fn gone(record: &RecordId) -> Refusal {
    Refusal::Invalid(format!(
        "what this is about is gone ({record:?}): keep things as they stand, and the conflict goes too"
    ))
}

fn unreadable(record: &RecordId) -> Refusal {
    Refusal::Invalid(format!(
        "the value kept beside {record:?} cannot be used here: change the record by hand and keep what stands"
    ))
}

/// Settles several conflicts as one step.
#[must_use]
pub fn settle_all(conflicts: impl IntoIterator<Item = ConflictId>, take: Option<Side>) -> Edit {
    let settle = |conflict| Edit::Settle { conflict: Ref::Id(conflict), take };
    Edit::Batch("Settle conflicts".to_owned(), conflicts.into_iter().map(settle).collect())
}
