//! Values out of text that was typed, or stands in a file to be imported.

use super::{Choice, Value, ValueKind};
use crate::notebook::{EntityId, Kind, Notebook, Target, check_edtf};
use crate::text::fold;

/// A text that is no value of a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAValue {
    /// The field must hold something.
    #[error("it must not be blank")]
    Blank,
    /// It is no date.
    #[error(transparent)]
    Date(#[from] crate::notebook::EdtfError),
    /// It is none of the values the field is chosen from.
    #[error("“{text}” is none of its values: write one of {}", .values.join(", "))]
    NoChoice {
        /// The text.
        text: String,
        /// As the values are written.
        values: Vec<&'static str>,
    },
    /// It is no number.
    #[error("“{0}” is not a number")]
    NoNumber(String),
    /// Nobody is called so.
    #[error("nobody is called “{0}” in this notebook")]
    Nobody(String),
    /// Several are called so.
    #[error("several are called “{0}”: write the id of one")]
    Several(String),
    /// Such a field is not written as text.
    #[error("it cannot be written as text")]
    NotText,
}

/// The value of this kind that a text stands for. Lists are parted by semicolons.
pub(super) fn parse(
    kind: ValueKind,
    required: bool,
    notebook: &Notebook,
    text: &str,
) -> Result<Value, NotAValue> {
    let text = text.trim();
    if required && text.is_empty() {
        return Err(NotAValue::Blank);
    }
    let several = || text.split(';').map(str::trim).filter(|part| !part.is_empty());
    Ok(match kind {
        ValueKind::Line | ValueKind::Lines => Value::Text(text.to_owned()),
        ValueKind::Date => {
            check_edtf(text)?;
            Value::Text(text.to_owned())
        }
        ValueKind::Names => Value::Names(several().map(str::to_owned).collect()),
        ValueKind::Flag(yes, no) => Value::Flag(flag(text, yes, no)?),
        ValueKind::Choice(choices) | ValueKind::Figure(choices) => {
            Value::Number(choice(text, choices)?)
        }
        ValueKind::Number => {
            Value::Number(text.parse().map_err(|_| NotAValue::NoNumber(text.to_owned()))?)
        }
        ValueKind::Entity(_, may_be_nobody) if text.is_empty() => {
            if !may_be_nobody {
                return Err(NotAValue::Blank);
            }
            Value::Entity(None)
        }
        ValueKind::Entity(only, _) => Value::Entity(Some(entity(notebook, only, text)?)),
        ValueKind::Entities(only) => Value::Entities(
            several().map(|name| entity(notebook, only, name)).collect::<Result<_, _>>()?,
        ),
        ValueKind::Target => Value::Target(Target::Entity(entity(notebook, None, text)?)),
        ValueKind::Relation => {
            let folded = fold(text);
            let found = notebook
                .relations()
                .iter()
                .find(|(id, relation)| id.0 == text || fold(&relation.label) == folded);
            let id = found.map(|(id, _)| id.clone());
            Value::Relation(id.ok_or_else(|| NotAValue::Nobody(text.to_owned()))?)
        }
        ValueKind::Participants(_)
        | ValueKind::Replies
        | ValueKind::Assessments
        | ValueKind::Evidence
        | ValueKind::Anchor
        | ValueKind::Chain(_)
        | ValueKind::Body => return Err(NotAValue::NotText),
    })
}

fn flag(text: &str, yes: &'static str, no: &'static str) -> Result<bool, NotAValue> {
    let folded = fold(text);
    let is = |words: &[&str]| words.iter().any(|word| fold(word) == folded);
    if is(&[yes, "yes", "true", "1", "x"]) {
        Ok(true)
    } else if is(&[no, "no", "false", "0", ""]) {
        Ok(false)
    } else {
        let values = [yes, no, "yes", "no"].into_iter().filter(|word| !word.is_empty()).collect();
        Err(NotAValue::NoChoice { text: text.to_owned(), values })
    }
}

fn choice(text: &str, choices: &'static [Choice]) -> Result<usize, NotAValue> {
    let folded = fold(text);
    let fits = |choice: &Choice| {
        fold(choice.key) == folded || fold(choice.label) == folded
            // “B” is short for “B · usually reliable”.
            || choice.label.split(" · ").next().is_some_and(|first| fold(first) == folded)
    };
    let nothing = text
        .is_empty()
        .then_some(0)
        .filter(|_| choices.first().is_some_and(|choice| choice.is_none()));
    nothing.or_else(|| choices.iter().position(fits)).ok_or_else(|| NotAValue::NoChoice {
        text: text.to_owned(),
        values: choices.iter().map(|choice| choice.label).collect(),
    })
}

/// The entity of this id, or the only one of this name; then the only one with that alias.
fn entity(notebook: &Notebook, only: Option<Kind>, text: &str) -> Result<EntityId, NotAValue> {
    if let Ok(id) = text.parse::<EntityId>()
        && notebook.entity(id).is_some()
    {
        return Ok(id);
    }
    let folded = fold(text);
    let of_kind = || {
        notebook
            .entities()
            .iter()
            .filter(|(_, entity)| only.is_none_or(|kind| entity.kind() == kind))
    };
    let exact: Vec<EntityId> =
        of_kind().filter(|(_, entity)| entity.name == text).map(|(id, _)| *id).collect();
    let found = if exact.is_empty() {
        let named = |entity: &crate::notebook::Entity| entity.names().any(|n| fold(n) == folded);
        of_kind().filter(|(_, entity)| named(entity)).map(|(id, _)| *id).collect()
    } else {
        exact
    };
    match found[..] {
        [id] => Ok(id),
        [] => Err(NotAValue::Nobody(text.to_owned())),
        _ => Err(NotAValue::Several(text.to_owned())),
    }
}
