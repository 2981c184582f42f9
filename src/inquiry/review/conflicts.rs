//! Conflicts that a merge left.

use serde_json::Value;

use super::{Look, Open};
use crate::edit::{Edit, Ref, Side, settle_all};
use crate::notebook::{Conflict, ConflictId, EntityId, Notebook, Subject};
use crate::text::shortened;

pub(super) fn unsettled(look: &mut Look<'_>) {
    let notebook = look.notebook;
    for (id, conflict) in notebook.conflicts() {
        look.say(Subject::Conflict(*id), said(notebook, conflict));
    }
}

fn said(notebook: &Notebook, conflict: &Conflict) -> String {
    if conflict.is_of_record() {
        return match (
            is_nothing(&conflict.ours),
            is_nothing(&conflict.theirs),
            stands(notebook, conflict),
        ) {
            (true, false, true) => "removed here, changed or used there; kept until you choose",
            (false, true, true) => "changed or used here, removed there; kept until you choose",
            (_, _, false) => {
                "it does not fit the notebook beside what is here; kept until you choose"
            }
            (_, _, true) => {
                "made here and there, and not the same; what is here stands until you choose"
            }
        }
        .to_owned();
    }
    let [base, ours, theirs] = [&conflict.base, &conflict.ours, &conflict.theirs].map(|text| {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        match words(notebook, &value) {
            text if text.is_empty() => "nothing".to_owned(),
            text => format!("“{}”", shortened(&text)),
        }
    });
    format!("{}: here {ours}, there {theirs}; before, {base}", conflict.field.replace('_', " "))
}

/// Whether a value is that there is no such record.
fn is_nothing(value: &str) -> bool {
    value == "null"
}

/// Whether the record of a conflict is in the notebook.
fn stands(notebook: &Notebook, conflict: &Conflict) -> bool {
    !notebook.as_it_is(&conflict.of).removes()
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

/// What settles a conflict with the value that does not stand, and the words for a button: theirs; of a record, that it is
/// not there, or that it is. Looks at no value: a view asks in each frame.
#[must_use]
pub fn other_value(notebook: &Notebook, open: &Open) -> Option<(&'static str, Edit)> {
    let id = of(open)?;
    let conflict = notebook.conflicts().get(&id)?;
    let made_apart = !is_nothing(&conflict.ours) && !is_nothing(&conflict.theirs);
    let (side, words) = if !conflict.is_of_record() || made_apart {
        (Side::Theirs, "Use the other value")
    } else {
        let stands = stands(notebook, conflict);
        // Of the two, the one that is not as things are.
        let differs = |side: Side| is_nothing(side.value(conflict)) == stands;
        let side = if differs(Side::Ours) { Side::Ours } else { Side::Theirs };
        (side, if stands { "Remove it" } else { "Put it back" })
    };
    Some((words, settle_all([id], Some(side))))
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
