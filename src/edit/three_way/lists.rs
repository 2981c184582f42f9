//! Lists, three-way.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A part of an element of a list that is its key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Field(&'static str),
    Nth(usize),
}

/// What all, ours and theirs have: lists that are sets.
type Lists = (Vec<Value>, Vec<Value>, Vec<Value>);

/// Values in an order that is the same whoever merges.
fn by_text(a: &Value, b: &Value) -> Ordering {
    a.to_string().cmp(&b.to_string())
}

/// What is left of a list that all three had, in the order of whoever changed that order, and then what was added.
fn in_order(lists: &Lists, added: &[Value], stays: impl Fn(&Value) -> bool) -> Vec<Value> {
    let (base, ours, theirs) = lists;
    let left = |of: &[Value]| -> Vec<Value> {
        of.iter().filter(|one| base.contains(one) && stays(one)).cloned().collect()
    };
    let (was, mut now, other) = (left(base), left(ours), left(theirs));
    if now == was {
        now = other;
    }
    // One that is not in the list whose order is taken stays where it was.
    for (place, one) in was.iter().enumerate() {
        if !now.contains(one) {
            now.insert(place.min(now.len()), one.clone());
        }
    }
    // Who added all of it says in which order; where both did so and do not agree, it is the one of the texts.
    let adds = |of: &[Value]| -> Option<Vec<Value>> {
        let all: Vec<Value> = of.iter().filter(|one| added.contains(one)).cloned().collect();
        (all.len() == added.len()).then_some(all)
    };
    now.extend(match (adds(ours), adds(theirs)) {
        (Some(all), None) | (None, Some(all)) => all,
        (Some(all), Some(same)) if all == same => all,
        _ => {
            let mut all = added.to_vec();
            all.sort_by(by_text);
            all
        }
    });
    now
}

/// Lists that are sets: without what either removed, with what either added.
pub(super) fn merge_set(lists: Lists) -> Vec<Value> {
    let (base, ours, theirs) = &lists;
    let mut added: Vec<Value> = Vec::new();
    for one in ours.iter().chain(theirs) {
        if !base.contains(one) && !added.contains(one) {
            added.push(one.clone());
        }
    }
    in_order(&lists, &added, |one| ours.contains(one) && theirs.contains(one))
}

/// An element of a list that both changed differently, or that one removed and the other changed.
pub(super) struct Differing {
    pub(super) key: String,
    pub(super) base: Value,
    pub(super) ours: Value,
    pub(super) theirs: Value,
}

fn key_of(value: &Value, key: &[Key]) -> String {
    let parts = key.iter().map(|part| {
        let part = match part {
            Key::Field(name) => value.get(name),
            Key::Nth(n) => value.get(n),
        };
        part.and_then(Value::as_str).unwrap_or_default().to_owned()
    });
    parts.collect::<Vec<_>>().join(".")
}

/// Lists with one element for each key, merged by key; `None` where a key stands twice in one of them.
pub(super) fn merge_keyed(lists: &Lists, key: &[Key]) -> Option<(Vec<Value>, Vec<Differing>)> {
    let by_key = |list: &[Value]| {
        let map: BTreeMap<String, Value> =
            list.iter().map(|one| (key_of(one, key), one.clone())).collect();
        (map.len() == list.len()).then_some(map)
    };
    let (base, ours, theirs) = (by_key(&lists.0)?, by_key(&lists.1)?, by_key(&lists.2)?);
    let keys: BTreeSet<&String> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
    let mut result: BTreeMap<&String, Value> = BTreeMap::new();
    let mut differing = Vec::new();
    for key in keys {
        let (b, o, t) = (base.get(key), ours.get(key), theirs.get(key));
        let value = if b == o || o == t {
            t
        } else if b == t {
            o
        } else {
            let value = |one: Option<&Value>| one.cloned().unwrap_or_default();
            differing.push(Differing {
                key: key.clone(),
                base: value(b),
                ours: value(o),
                theirs: value(t),
            });
            o.or(t)
        };
        if let Some(value) = value {
            result.insert(key, value.clone());
        }
    }
    // The order is that of the keys.
    let order = |list: &[Value]| list.iter().map(|one| Value::from(key_of(one, key))).collect();
    let keys: (Vec<Value>, Vec<Value>, Vec<Value>) =
        (order(&lists.0), order(&lists.1), order(&lists.2));
    let is_in = |key: &Value| key.as_str().is_some_and(|key| result.contains_key(&key.to_owned()));
    let mut added: Vec<Value> = Vec::new();
    for one in keys.1.iter().chain(&keys.2) {
        if !keys.0.contains(one) && !added.contains(one) {
            added.push(one.clone());
        }
    }
    let order = in_order(&keys, &added, is_in);
    let all =
        order.iter().filter_map(|key| result.get(&key.as_str()?.to_owned()).cloned()).collect();
    Some((all, differing))
}

/// How something was judged: what both had, then what either added, by time.
pub(super) fn merge_judgements(lists: Lists) -> Vec<Value> {
    let (base, ours, theirs) = lists;
    let counted = |list: &[Value]| -> Vec<(Value, usize)> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut nth = |one: &Value| {
            let count = seen.entry(one.to_string()).or_default();
            *count += 1;
            *count
        };
        list.iter().map(|one| (one.clone(), nth(one))).collect()
    };
    // The same may have been written down twice: the second is another one.
    let (base, ours, theirs) = (counted(&base), counted(&ours), counted(&theirs));
    let mut all: Vec<Value> = base
        .iter()
        .filter(|one| ours.contains(one) && theirs.contains(one))
        .map(|(one, _)| one.clone())
        .collect();
    let mut added: Vec<(Value, usize)> = Vec::new();
    for one in ours.into_iter().chain(theirs) {
        if !base.contains(&one) && !added.contains(&one) {
            added.push(one);
        }
    }
    let at = |one: &Value| one.get("at").and_then(Value::as_str).unwrap_or_default().to_owned();
    added.sort_by(|(a, _), (b, _)| at(a).cmp(&at(b)).then_with(|| by_text(a, b)));
    all.extend(added.into_iter().map(|(one, _)| one));
    all
}
