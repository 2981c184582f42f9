//! The records of a merge: what is added, removed and changed, and what stays because it is still used.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::fields::{Kept, merge_fields};
use super::references::{held_by, named_by};
use super::sides::Sides;
use crate::notebook::{
    ArticleId, Change, Conflict, Dismissed, Notebook, RecordId, blank_values, placed_in, record_of,
    values_of,
};

/// The records of a merge that are not as ours has them, and the conflicts.
pub(super) struct MergedRecords {
    pub(super) changes: Vec<Change>,
    pub(super) conflicts: Vec<Conflict>,
}

/// Adds the records that two notebooks do not both have, or not the same.
pub(super) fn differing(a: &Notebook, b: &Notebook, all: &mut Vec<RecordId>) {
    fn of<K: Ord + Clone, V: PartialEq>(
        (a, b): (&BTreeMap<K, V>, &BTreeMap<K, V>),
        record: impl Fn(K) -> RecordId,
        all: &mut Vec<RecordId>,
    ) {
        let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
        loop {
            let (id, same) = match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some((id, _)), None) => (*id, false),
                (None, Some((id, _))) => (*id, false),
                (Some((x, one)), Some((y, other))) if x == y => (*x, one == other),
                (Some((x, _)), Some((y, _))) => ((*x).min(*y), false),
            };
            if !same {
                all.push(record(id.clone()));
            }
            left.next_if(|(key, _)| *key == id);
            right.next_if(|(key, _)| *key == id);
        }
    }
    if a.title() != b.title() {
        all.push(RecordId::Title);
    }
    of((a.articles(), b.articles()), RecordId::Article, all);
    of((a.entities(), b.entities()), RecordId::Entity, all);
    of((a.mentions(), b.mentions()), RecordId::Mention, all);
    of((a.links(), b.links()), RecordId::Link, all);
    of((a.relations(), b.relations()), RecordId::Relation, all);
    of((a.nodes(), b.nodes()), RecordId::Node, all);
    of((a.groups(), b.groups()), RecordId::Group, all);
    of((a.cards(), b.cards()), RecordId::Card, all);
    of((a.views(), b.views()), RecordId::View, all);
    of((a.dismissed(), b.dismissed()), RecordId::Dismissed, all);
    of((a.waivers(), b.waivers()), RecordId::Waiver, all);
    of((a.set_aside(), b.set_aside()), RecordId::SetAside, all);
    of((a.matrices(), b.matrices()), RecordId::Matrix, all);
    of((a.conflicts(), b.conflicts()), RecordId::Conflict, all);
}

/// A record as a notebook has it; `None` where it has none.
pub(super) fn record_in(notebook: &Notebook, record: &RecordId) -> Option<Change> {
    Some(notebook.as_it_is(record)).filter(|change| !change.removes())
}

/// Who removed a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Ours,
    Theirs,
}

/// The id of a record as values have it.
fn word(record: &RecordId) -> Option<String> {
    Some(match record {
        RecordId::Article(id) => id.to_string(),
        RecordId::Entity(id) => id.to_string(),
        RecordId::Mention(id) => id.to_string(),
        RecordId::Link(id) => id.to_string(),
        RecordId::Relation(id) => id.0.clone(),
        _ => return None,
    })
}

/// A conflict about a whole record.
pub(super) fn about_record(record: &RecordId, sides: Sides<'_>) -> Conflict {
    let value = |notebook: &Notebook| match values_of(notebook, record) {
        Some(values) => Value::Object(values.into_iter().collect()).to_string(),
        None => Value::Null.to_string(),
    };
    Conflict {
        of: record.clone(),
        field: Conflict::RECORD.to_owned(),
        base: value(sides.base),
        ours: value(sides.ours),
        theirs: value(sides.theirs),
    }
}

struct Merge<'a> {
    sides: Sides<'a>,
    /// Articles that somebody gave another text.
    updated: &'a BTreeSet<ArticleId>,
    /// Records that one removed and that stay, because the other changed them or still uses them.
    kept: BTreeMap<RecordId, Who>,
    /// Their ids in values.
    kept_ids: Kept,
    results: BTreeMap<RecordId, (Option<Change>, Vec<Conflict>)>,
}

/// Merges all records.
pub(super) fn merged(
    sides: Sides<'_>,
    updated: &BTreeSet<ArticleId>,
    stop: &dyn Fn() -> bool,
) -> Option<MergedRecords> {
    let mut touched = Vec::new();
    differing(sides.base, sides.ours, &mut touched);
    differing(sides.base, sides.theirs, &mut touched);
    touched.sort_unstable();
    touched.dedup();
    let mut kept_ids = Kept::default();
    for (id, entity) in sides.ours.entities().iter().chain(sides.theirs.entities()) {
        if entity.is_deleted_source() {
            kept_ids.placeholders.insert(id.to_string());
        }
    }
    let mut merge =
        Merge { sides, updated, kept: BTreeMap::new(), kept_ids, results: BTreeMap::new() };
    let mut due: Vec<RecordId> = touched.clone();
    while !due.is_empty() {
        if stop() {
            return None;
        }
        for record in due {
            let result = merge.record(&record);
            merge.results.insert(record, result);
        }
        due = merge.keep_what_is_used(&touched);
    }
    let mut roots: Vec<Conflict> = Vec::new();
    let mut changes = Vec::with_capacity(merge.results.len());
    for (record, (result, conflicts)) in merge.results {
        roots.extend(conflicts);
        let now = record_in(sides.ours, &record);
        if result == now {
            continue;
        }
        changes.push(result.unwrap_or_else(|| {
            // As a change that removes it: what a notebook without it has.
            Notebook::default().as_it_is(&record)
        }));
    }
    Some(MergedRecords { changes, conflicts: roots })
}

impl Merge<'_> {
    fn record(&self, record: &RecordId) -> (Option<Change>, Vec<Conflict>) {
        let Sides { base, ours, theirs } = self.sides;
        let (b, o, t) =
            (record_in(base, record), record_in(ours, record), record_in(theirs, record));
        match (b, o, t) {
            (_, None, None) => (None, Vec::new()),
            (None, only, None) | (None, None, only) => (only, Vec::new()),
            (Some(b), only, None) | (Some(b), None, only) => {
                let updated = matches!(record, RecordId::Article(id) if self.updated.contains(id));
                let changed = only.as_ref().is_some_and(|only| updated || *only != b);
                let place = matches!(record, RecordId::Node(_) | RecordId::Dismissed(_));
                let stays = self.kept.contains_key(record) || (changed && !place);
                if !stays {
                    return (None, Vec::new());
                }
                let held = held_by(&b).iter().any(|holder| self.kept.contains_key(holder));
                // What goes along with another record is in the conflict about that one.
                let told = !place && (changed || !held);
                let conflict = told.then(|| about_record(record, self.sides));
                (only, conflict.into_iter().collect())
            }
            (b, Some(o), Some(t)) => self.both(record, b, o, t),
        }
    }

    /// A record that both have.
    fn both(
        &self,
        record: &RecordId,
        b: Option<Change>,
        o: Change,
        t: Change,
    ) -> (Option<Change>, Vec<Conflict>) {
        let names_kept = b.as_ref().is_some_and(|b| {
            !self.kept.is_empty() && named_by(b).iter().any(|named| self.kept.contains_key(named))
        });
        if o == t || (b.as_ref() == Some(&t) && !names_kept) {
            return (Some(o), Vec::new());
        }
        if b.as_ref() == Some(&o) && !names_kept {
            return (Some(t), Vec::new());
        }
        match (record, &o, &t) {
            (RecordId::Node(_), ..) => {
                (Some(if b.as_ref() == Some(&o) { t } else { o }), Vec::new())
            }
            (_, Change::Dismissed(id, Some(ours)), Change::Dismissed(_, Some(theirs))) => {
                let base = match &b {
                    Some(Change::Dismissed(_, Some(base))) => Dismissed::clone(base),
                    _ => Dismissed::default(),
                };
                let all = dismissed(&base, ours, theirs);
                let change = Change::Dismissed(*id, Some(Arc::new(all)));
                (Some(change), Vec::new())
            }
            _ => self.fields(record, b.is_none(), o),
        }
    }

    fn fields(
        &self,
        record: &RecordId,
        made_apart: bool,
        o: Change,
    ) -> (Option<Change>, Vec<Conflict>) {
        let Sides { base, ours, theirs } = self.sides;
        let (Some(ours_values), Some(theirs_values)) =
            (values_of(ours, record), values_of(theirs, record))
        else {
            return (Some(o), Vec::new());
        };
        let base_values =
            values_of(base, record).unwrap_or_else(|| blank_values(record, &ours_values));
        // Of another kind: there is no field to merge.
        if ours_values.get("is") != theirs_values.get("is") {
            return (Some(o), vec![about_record(record, self.sides)]);
        }
        let merged = merge_fields(
            record,
            (&base_values, ours_values, theirs_values),
            made_apart,
            &self.kept_ids,
        );
        match record_of(ours, record, merged.values) {
            // A quote may stand in an article that only theirs has.
            Some(change) => (Some(placed_in(theirs, change)), merged.conflicts),
            None => (Some(o), vec![about_record(record, self.sides)]),
        }
    }

    /// Keeps what was removed by one of them and is still used: by what stays, and what went along with it. Returns the
    /// records that are to be merged anew.
    fn keep_what_is_used(&mut self, touched: &[RecordId]) -> Vec<RecordId> {
        let Sides { base, ours, theirs } = self.sides;
        let is_gone = |record: &RecordId| match self.results.get(record) {
            Some((result, _)) => result.is_none(),
            None => record_in(ours, record).is_none(),
        };
        let mut wanted: BTreeSet<RecordId> = BTreeSet::new();
        for (record, (result, conflicts)) in &self.results {
            let Some(result) = result else { continue };
            // A place on the canvas holds nobody back.
            if matches!(record, RecordId::Node(_) | RecordId::Dismissed(_)) {
                continue;
            }
            wanted.extend(named_by(result).into_iter().filter(|named| is_gone(named)));
            // The other value is there to be taken.
            if !conflicts.is_empty() {
                let sides = [ours, theirs].into_iter().filter_map(|side| record_in(side, record));
                wanted.extend(sides.flat_map(|it| named_by(&it)).filter(|named| is_gone(named)));
            }
            let deleted = record_in(ours, record).is_none() || record_in(theirs, record).is_none();
            if deleted && record_in(base, record).is_some() && !self.kept.contains_key(record) {
                wanted.insert(record.clone());
            }
        }
        // What went along.
        let mut new: Vec<RecordId> = wanted.into_iter().collect();
        let mut found: BTreeMap<RecordId, Who> = BTreeMap::new();
        let mut by_holder: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        if !new.is_empty() {
            for record in touched {
                if let Some(was) = record_in(base, record)
                    && (record_in(ours, record).is_none() || record_in(theirs, record).is_none())
                {
                    for holder in held_by(&was) {
                        by_holder.entry(holder).or_default().push(record.clone());
                    }
                }
            }
        }
        while let Some(record) = new.pop() {
            let who = if record_in(ours, &record).is_none() { Who::Ours } else { Who::Theirs };
            let other = if who == Who::Ours { theirs } else { ours };
            if record_in(other, &record).is_none()
                || self.kept.contains_key(&record)
                || found.contains_key(&record)
            {
                continue;
            }
            for along in by_holder.get(&record).into_iter().flatten() {
                let removed = if who == Who::Ours { ours } else { theirs };
                if record_in(removed, along).is_none() {
                    new.push(along.clone());
                }
            }
            // And what it needs itself.
            if let Some(one) = record_in(other, &record) {
                let removed = if who == Who::Ours { ours } else { theirs };
                new.extend(
                    named_by(&one).into_iter().filter(|it| record_in(removed, it).is_none()),
                );
            }
            found.insert(record, who);
        }
        if found.is_empty() {
            return Vec::new();
        }
        for (record, who) in &found {
            if let Some(word) = word(record) {
                match who {
                    Who::Ours => self.kept_ids.by_ours.insert(word),
                    Who::Theirs => self.kept_ids.by_theirs.insert(word),
                };
            }
        }
        let again: HashSet<&RecordId> = found.keys().collect();
        let names_one = |record: &RecordId| {
            [base, ours, theirs].iter().any(|side| {
                record_in(side, record)
                    .is_some_and(|it| named_by(&it).iter().any(|named| again.contains(named)))
            })
        };
        let due = touched
            .iter()
            .filter(|record| again.contains(record) || names_one(record))
            .cloned()
            .chain(found.keys().filter(|record| !self.results.contains_key(*record)).cloned())
            .collect();
        self.kept.extend(found);
        due
    }
}

/// Suggestions that are dismissed: without what either took back, with what either added.
fn dismissed(base: &Dismissed, ours: &Dismissed, theirs: &Dismissed) -> Dismissed {
    let places = ours.places.union(&theirs.places).copied();
    let removed = |place: &(usize, usize)| {
        base.places.contains(place)
            && !(ours.places.contains(place) && theirs.places.contains(place))
    };
    let lost = ours.lost.iter().chain(&theirs.lost);
    let found = |place: &(usize, usize)| {
        base.lost.contains_key(place)
            && !(ours.lost.contains_key(place) && theirs.lost.contains_key(place))
    };
    Dismissed {
        places: places.filter(|place| !removed(place)).collect(),
        lost: lost
            .filter(|(place, _)| !found(place))
            .map(|(place, words)| (*place, words.clone()))
            .collect(),
    }
}
