//! Conflicts that a merge left.

use serde_json::Value;

use super::{Look, Open};
use crate::edit::{Edit, Ref, Side, settle_all};
use crate::notebook::{Conflict, ConflictId, EntityId, Notebook, Subject};
use crate::text::shortened;

pub(super) fn unsettled(look: &mut Look<'_>) {
    let notebook = look.notebook;
    for (id, conflict) in notebook.conflicts() {
        let [base, ours, theirs] = values(notebook, conflict);
        let field = conflict.field.replace('_', " ");
        look.say(
            Subject::Conflict(*id),
            format!("{field}: ours {ours}, theirs {theirs}; both had {base}"),
        );
    }
}

/// Whose conflict a finding is.
fn of(open: &Open) -> Option<ConflictId> {
    match open.what {
        Subject::Conflict(id) => Some(id),
        _ => None,
    }
}

pub(super) fn keep(_: &Notebook, open: &Open) -> Option<Edit> {
    Some(Edit::Settle { conflict: Ref::Id(of(open)?), take: None })
}

/// Takes the value that does not stand: theirs; of a record that one removed, what was done to it, whoever did it.
#[must_use]
pub fn other_value(notebook: &Notebook, open: &Open) -> Option<(String, Edit)> {
    let id = of(open)?;
    let conflict = notebook.conflicts().get(&id)?;
    let [_, ours, theirs] = values(notebook, conflict);
    // Such a record stands, so that the other value is that it does not.
    let side =
        if conflict.is_of_record() && conflict.ours == "null" { Side::Ours } else { Side::Theirs };
    let words = match (conflict.is_of_record(), side) {
        (true, _) if side.value(conflict) == "null" => "Remove it".to_owned(),
        (_, Side::Ours) => format!("Take {ours}"),
        (_, Side::Theirs) => format!("Take {theirs}"),
    };
    Some((words, settle_all([id], Some(side))))
}

/// What both had, what ours has, and what theirs has, in words.
fn values(notebook: &Notebook, conflict: &Conflict) -> [String; 3] {
    [&conflict.base, &conflict.ours, &conflict.theirs].map(|text| {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        match words(notebook, &value) {
            text if conflict.is_of_record() && value.is_null() => {
                if text.is_empty() {
                    "removed it".to_owned()
                } else {
                    text
                }
            }
            text if conflict.is_of_record() => format!("has it ({text})"),
            text if text.is_empty() => "nothing".to_owned(),
            text => format!("“{}”", shortened(&text)),
        }
    })
}

/// A value in words: names for ids, the words of a place.
fn words(notebook: &Notebook, value: &Value) -> String {
    let joined = |all: &mut dyn Iterator<Item = &Value>| {
        let all = all.map(|one| words(notebook, one)).filter(|text| !text.is_empty());
        all.collect::<Vec<_>>().join(", ")
    };
    match value {
        Value::Null => String::new(),
        Value::Bool(on) => if *on { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => match text.parse::<EntityId>() {
            Ok(id) if notebook.entity(id).is_some() => notebook.name(id).to_owned(),
            _ => match text.parse::<Subject>() {
                Ok(subject) if notebook.holds(subject) => notebook.subject_name(subject),
                _ => text.clone(),
            },
        },
        Value::Array(all) => joined(&mut all.iter()),
        Value::Object(fields) => {
            // What says most of a record or place by itself.
            let known = ["name", "exact", "title", "text", "written", "file_name", "reason"];
            let said = known.into_iter().find_map(|key| fields.get(key)).filter(|it| **it != "");
            match said {
                Some(value) => words(notebook, value),
                None => joined(&mut fields.values()),
            }
        }
    }
}
