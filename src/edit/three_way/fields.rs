//! The fields of one record, three-way.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::lists::{Key, merge_judgements, merge_keyed, merge_set};
use crate::notebook::{Conflict, RecordId, Values};

/// What kind of value a field has, as merging sees it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// One value: both changed it differently, which is a conflict.
    One,
    /// A set: what either added is added, what either removed is removed.
    Set,
    /// A list with something for each of these keys: merged by key, and a conflict is about one of them.
    Keyed(&'static [Key]),
    /// How something was judged, in the order in which it was written down.
    Judgements,
    /// Where something is drawn or listed: both changed it, which is no conflict.
    Place,
}

const fn sort(record: &RecordId, field: &str) -> Sort {
    const ACTOR: &[Key] = &[Key::Field("actor")];
    const CELL: &[Key] = &[Key::Nth(0), Key::Nth(1)];
    match (record, field.as_bytes()) {
        (RecordId::Entity(_), b"aliases" | b"members" | b"about")
        | (RecordId::Link(_), b"evidence")
        | (RecordId::Group(_), b"members")
        | (RecordId::Waiver(_), b"of")
        | (RecordId::Matrix(_), b"claims" | b"rows") => Sort::Set,
        (RecordId::Entity(_), b"participants" | b"replies") => Sort::Keyed(ACTOR),
        (RecordId::Matrix(_), b"cells") => Sort::Keyed(CELL),
        (RecordId::Entity(_) | RecordId::Link(_), b"assessments") => Sort::Judgements,
        (RecordId::Article(_), b"order")
        | (RecordId::View(_), b"camera")
        | (RecordId::Card(_), b"x" | b"y" | b"width" | b"height") => Sort::Place,
        _ => Sort::One,
    }
}

/// What a merge makes of a record's fields.
pub(super) struct MergedFields {
    pub(super) values: Values,
    pub(super) conflicts: Vec<Conflict>,
}

/// Records of other ids that one side removed and that stay all the same, as ids in values.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// Those that ours removed.
    pub(super) by_ours: BTreeSet<String>,
    /// Those that theirs removed.
    pub(super) by_theirs: BTreeSet<String>,
    /// Actors that stand in chains for those that were removed.
    pub(super) placeholders: BTreeSet<String>,
}

/// Merges the fields of a record that is in both.
pub(super) fn merge_fields(
    record: &RecordId,
    (base, mut ours, mut theirs): (&Values, Values, Values),
    made_apart: bool,
    kept: &Kept,
) -> MergedFields {
    let mut base = base.clone();
    one_unit(record, [&mut base, &mut ours, &mut theirs]);
    let mut merged = MergedFields { values: Values::new(), conflicts: Vec::new() };
    let fields: BTreeSet<&String> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
    for field in fields {
        let of = |values: &Values| values.get(field).cloned().unwrap_or_default();
        let (base, mut ours, mut theirs) = (of(&base), of(&ours), of(&theirs));
        bring_back(&base, &mut ours, &kept.by_ours, &kept.placeholders);
        bring_back(&base, &mut theirs, &kept.by_theirs, &kept.placeholders);
        let conflict = |path: String, base: &Value, ours: &Value, theirs: &Value| Conflict {
            of: record.clone(),
            field: path,
            base: if made_apart { Value::Null.to_string() } else { base.to_string() },
            ours: ours.to_string(),
            theirs: theirs.to_string(),
        };
        let value = if base == ours || ours == theirs {
            theirs
        } else if base == theirs {
            ours
        } else {
            let lists = (list(&base), list(&ours), list(&theirs));
            match sort(record, field) {
                Sort::Place => ours,
                Sort::Set => Value::Array(merge_set(lists)),
                Sort::Keyed(key) => match merge_keyed(&lists, key) {
                    Some((all, differing)) => {
                        merged.conflicts.extend(differing.into_iter().map(|it| {
                            let path = format!("{field}.{}", it.key);
                            conflict(path, &it.base, &it.ours, &it.theirs)
                        }));
                        Value::Array(all)
                    }
                    None => Value::Array(merge_set(lists)),
                },
                Sort::Judgements => Value::Array(merge_judgements(lists)),
                Sort::One => {
                    merged.conflicts.push(conflict(field.clone(), &base, &ours, &theirs));
                    ours
                }
            }
        };
        merged.values.insert(field.clone(), value);
    }
    if let Some(Value::Object(unit)) = merged.values.get_mut(UNIT).map(Value::take) {
        merged.values.remove(UNIT);
        merged.values.extend(unit);
    }
    for conflict in &mut merged.conflicts {
        if conflict.field == UNIT {
            "of".clone_into(&mut conflict.field);
        }
    }
    last_as_it_says(record, &mut merged.values);
    merged
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// Fields that are one unit: what a mention is of and its statement, where one side made it a claim's and another not.
const UNIT: &str = " ";
const STATEMENT: [&str; 4] = ["chain", "form", "modality", "polarity"];

fn one_unit(record: &RecordId, sides: [&mut Values; 3]) {
    let has = |values: &Values| values.contains_key("chain");
    let [base, ours, theirs] = &sides;
    if !matches!(record, RecordId::Mention(_))
        || (has(base) == has(ours) && has(ours) == has(theirs))
    {
        return;
    }
    for side in sides {
        let fields = ["of"].into_iter().chain(STATEMENT);
        let unit: Vec<_> = fields.filter_map(|key| side.remove_entry(key)).collect();
        if !unit.is_empty() {
            side.insert(UNIT.to_owned(), Value::Object(unit.into_iter().collect()));
        }
    }
}

/// Whether a value names one of these ids.
fn names(value: &Value, ids: &BTreeSet<String>) -> bool {
    match value {
        Value::String(text) => ids.contains(text),
        Value::Array(all) => all.iter().any(|one| names(one, ids)),
        Value::Object(fields) => fields.values().any(|one| names(one, ids)),
        _ => false,
    }
}

/// Whoever removed a record removed it from the fields of others, too. Where the record stays, it comes back to them.
fn bring_back(
    base: &Value,
    side: &mut Value,
    ids: &BTreeSet<String>,
    placeholders: &BTreeSet<String>,
) {
    if ids.is_empty() || base == side {
        return;
    }
    if side.is_null() {
        if names(base, ids) {
            *side = base.clone();
        }
        return;
    }
    match (base, side) {
        (Value::Array(base), Value::Array(side)) => {
            let is_chain = |hop: &Value| hop.get("cue").is_some();
            if base.iter().any(is_chain) {
                for (was, is) in base.iter().zip(side) {
                    let stands_in = is.get("actor").is_some_and(|it| names(it, placeholders));
                    if stands_in && names(was, ids) {
                        *is = was.clone();
                    }
                }
                return;
            }
            for (place, one) in base.iter().enumerate().filter(|(_, one)| names(one, ids)) {
                if !side.contains(one) {
                    side.insert(place.min(side.len()), one.clone());
                }
            }
        }
        _ => {}
    }
}

/// The last assessment of an aspect says what the record says: of those of both, one that does so goes last.
fn last_as_it_says(record: &RecordId, values: &mut Values) {
    let aspects: &[(&str, &str)] = match record {
        RecordId::Entity(_) => {
            &[("Status", "status"), ("Credibility", "credibility"), ("Reliability", "reliability")]
        }
        RecordId::Link(_) => &[("Strength", "strength")],
        _ => return,
    };
    for (aspect, field) in aspects {
        let Some(says) = values.get(*field).map(|value| json!({ *aspect: value })) else {
            continue;
        };
        let Some(Value::Array(all)) = values.get_mut("assessments") else { continue };
        let is_of = |one: &Value| one.get("new").is_some_and(|new| new.get(*aspect).is_some());
        let fits = |one: &Value| one.get("new") == Some(&says);
        if all.iter().rev().find(|one| is_of(one)).is_some_and(|last| !fits(last))
            && let Some(at) = all.iter().rposition(fits)
        {
            let one = all.remove(at);
            all.push(one);
        }
    }
}
