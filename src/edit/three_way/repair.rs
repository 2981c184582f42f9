//! What holds of each of two notebooks and not of both together.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::json;

use super::records::{about_record, record_in};
use super::sides::Sides;
use crate::notebook::{
    Actor, Change, Conflict, Detail, Entity, EntityId, Group, GroupId, Item, Link, LinkId, Matrix,
    Notebook, RecordId, Subject, Target, check, values_of,
};

/// Makes a merged notebook one without problems. Whatever of theirs has to go for that is a conflict.
pub(super) fn repair(notebook: &mut Notebook, sides: Sides<'_>, conflicts: &mut Vec<Conflict>) {
    places(notebook);
    groups(notebook, sides, conflicts);
    owners(notebook, sides, conflicts);
    targets(notebook, sides, conflicts);
    matrices(notebook, sides, conflicts);
    set_aside(notebook, sides, conflicts);
    rest(notebook, sides, conflicts);
}

/// A field of a record as the three have it.
fn about_field(record: &RecordId, field: &str, sides: Sides<'_>) -> Conflict {
    let value = |notebook: &Notebook| {
        let values = values_of(notebook, record);
        json!(values.and_then(|values| values.get(field).cloned())).to_string()
    };
    Conflict {
        of: record.clone(),
        field: field.to_owned(),
        base: value(sides.base),
        ours: value(sides.ours),
        theirs: value(sides.theirs),
    }
}

/// What the one removed has no place on the canvas, and an article no dismissed suggestions, though the other moved it or
/// dismissed some since: that is no reason to keep it.
fn places(notebook: &mut Notebook) {
    let nodes: Vec<EntityId> =
        notebook.nodes().keys().copied().filter(|id| notebook.entity(*id).is_none()).collect();
    for id in nodes {
        notebook.replace(Change::Node(id, None));
    }
    let articles: Vec<_> =
        notebook.dismissed().keys().copied().filter(|id| notebook.article(*id).is_none()).collect();
    for id in articles {
        notebook.replace(Change::Dismissed(id, None));
    }
}

/// An entity is in one group at most: in that of ours. A group whose last members went keeps those of ours.
fn groups(notebook: &mut Notebook, sides: Sides<'_>, conflicts: &mut Vec<Conflict>) {
    let mut in_groups: BTreeMap<EntityId, Vec<GroupId>> = BTreeMap::new();
    for (id, group) in notebook.groups() {
        for member in &group.members {
            in_groups.entry(*member).or_default().push(*id);
        }
    }
    let has = |side: &Notebook, group: &GroupId, entity: &EntityId| {
        side.groups().get(group).is_some_and(|group| group.members.contains(entity))
    };
    let mut leave: BTreeMap<GroupId, BTreeSet<EntityId>> = BTreeMap::new();
    let mut differ: BTreeSet<GroupId> = BTreeSet::new();
    for (entity, groups) in in_groups.into_iter().filter(|(_, groups)| groups.len() > 1) {
        let stays = groups.iter().find(|group| has(sides.ours, group, &entity)).or(groups.first());
        for group in &groups {
            differ.insert(*group);
            if Some(group) != stays {
                leave.entry(*group).or_default().insert(entity);
            }
        }
    }
    conflicts.extend(differ.iter().map(|id| about_field(&RecordId::Group(*id), "members", sides)));
    for (id, members) in leave {
        let Some(mut group) = notebook.groups().get(&id).map(|group| Group::clone(group)) else {
            continue;
        };
        group.members.retain(|member| !members.contains(member));
        let left = (!group.members.is_empty()).then(|| Arc::new(group));
        notebook.replace(Change::Group(id, left));
    }
    let empty: Vec<GroupId> = notebook
        .groups()
        .iter()
        .filter(|(_, group)| group.members.is_empty())
        .map(|(id, _)| *id)
        .collect();
    for id in empty {
        if differ.insert(id) {
            conflicts.push(about_field(&RecordId::Group(id), "members", sides));
        }
        let taken: BTreeSet<EntityId> = notebook
            .groups()
            .iter()
            .filter(|(other, _)| **other != id)
            .flat_map(|(_, group)| group.members.iter().copied())
            .collect();
        let ours = sides.ours.groups().get(&id);
        let members: BTreeSet<EntityId> = ours
            .into_iter()
            .flat_map(|group| group.members.iter().copied())
            .filter(|member| notebook.entity(*member).is_some() && !taken.contains(member))
            .collect();
        let group = notebook
            .groups()
            .get(&id)
            .filter(|_| !members.is_empty())
            .map(|group| Arc::new(Group { members, ..Group::clone(group) }));
        notebook.replace(Change::Group(id, group));
    }
}

/// Nobody owns themselves: where both together made a circle, the owners of ours stand.
fn owners(notebook: &mut Notebook, sides: Sides<'_>, conflicts: &mut Vec<Conflict>) {
    let changed: Vec<EntityId> = notebook
        .entities()
        .keys()
        .copied()
        .filter(|id| notebook.owner_of(*id) != sides.ours.owner_of(*id))
        .collect();
    let mut told: BTreeSet<EntityId> = BTreeSet::new();
    for id in changed {
        let through = notebook.owner_of(id).and_then(|owner| notebook.owned_through(id, owner));
        let Some(through) = through else { continue };
        // Every owner in the circle that one of the two set is in question.
        told.extend(through.into_iter().chain([id]).filter(|one| {
            let owner = notebook.owner_of(*one);
            owner != sides.base.owner_of(*one)
        }));
        let Some(mut entity) = notebook.entity(id).map(|entity| Entity::clone(entity)) else {
            continue;
        };
        if let Detail::Actor(Actor { owner, .. }) = &mut entity.detail {
            *owner = sides.ours.owner_of(id).filter(|owner| notebook.entity(*owner).is_some());
        }
        notebook.replace(Change::Entity(id, Some(Arc::new(entity))));
    }
    conflicts.extend(told.iter().map(|id| about_field(&RecordId::Entity(*id), "owner", sides)));
}

/// Links on links lead to an entity: where both together made a circle, the targets of ours stand.
fn targets(notebook: &mut Notebook, sides: Sides<'_>, conflicts: &mut Vec<Conflict>) {
    let target = |notebook: &Notebook, id: LinkId| notebook.link(id).map(|link| link.to);
    let changed: Vec<LinkId> = notebook
        .links()
        .keys()
        .copied()
        .filter(|id| target(notebook, *id) != target(sides.ours, *id))
        .collect();
    let mut told: BTreeSet<LinkId> = BTreeSet::new();
    for id in changed {
        let mut seen = BTreeSet::new();
        let mut at = id;
        while let Some(Target::Link(to)) = target(notebook, at)
            && seen.insert(at)
        {
            at = to;
        }
        if !seen.contains(&at) {
            continue;
        }
        told.extend(
            seen.into_iter().filter(|one| target(notebook, *one) != target(sides.base, *one)),
        );
        let Some(mut link) = notebook.link(id).map(|link| Link::clone(link)) else { continue };
        if let Some(ours) = target(sides.ours, id) {
            link.to = ours;
            notebook.replace(Change::Link(id, Some(Arc::new(link))));
        }
    }
    conflicts.extend(told.iter().map(|id| about_field(&RecordId::Link(*id), "to", sides)));
}

/// A matrix judges what is in it: a claim or row that the one took out and the other judged stays in it.
fn matrices(notebook: &mut Notebook, sides: Sides<'_>, conflicts: &mut Vec<Conflict>) {
    let all: Vec<_> = notebook.matrices().iter().map(|(id, it)| (*id, Arc::clone(it))).collect();
    for (id, matrix) in all {
        let mut new = Matrix::clone(&matrix);
        let record = RecordId::Matrix(id);
        let (mut claims, mut rows): (Vec<EntityId>, Vec<Subject>) = (Vec::new(), Vec::new());
        for (claim, row) in matrix.cells.keys() {
            if !matrix.claims.contains(claim) && !claims.contains(claim) {
                claims.push(*claim);
            }
            if !matrix.rows.contains(row) && !rows.contains(row) {
                rows.push(*row);
            }
        }
        if claims.is_empty() && rows.is_empty() {
            continue;
        }
        for (field, any) in [("claims", !claims.is_empty()), ("rows", !rows.is_empty())] {
            if any {
                conflicts.push(about_field(&record, field, sides));
            }
        }
        new.claims.extend(claims.into_iter().filter(|claim| notebook.entity(*claim).is_some()));
        new.rows.extend(rows.into_iter().filter(|row| notebook.holds(*row)));
        let Matrix { claims, rows, cells, .. } = &mut new;
        cells.retain(|(claim, row), _| claims.contains(claim) && rows.contains(row));
        notebook.replace(Change::Matrix(id, Some(Arc::new(new))));
    }
}

/// A statement that the one set aside and the other made no statement is not set aside; the conflict keeps it.
fn set_aside(notebook: &mut Notebook, sides: Sides<'_>, conflicts: &mut Vec<Conflict>) {
    let is_no_statement = |subject: Subject| match subject {
        Subject::Mention(id) => notebook.mention(id).is_none_or(|it| it.statement.is_none()),
        _ => false,
    };
    let all: Vec<_> = notebook
        .set_aside()
        .iter()
        .filter(|(_, aside)| is_no_statement(aside.what))
        .map(|(id, _)| *id)
        .collect();
    for id in all {
        conflicts.push(about_record(&RecordId::SetAside(id), sides));
        notebook.replace(Change::SetAside(id, None));
    }
}

/// Whatever else does not fit together: the record is as ours has it, or is not there.
fn rest(notebook: &mut Notebook, sides: Sides<'_>, conflicts: &mut Vec<Conflict>) {
    let known: HashMap<String, usize> = {
        let mut known = HashMap::new();
        for side in [sides.ours, sides.theirs] {
            for problem in check(side) {
                *known.entry(problem.to_string()).or_default() += 1;
            }
        }
        known
    };
    // Each round takes at least one record back to ours; what is still wrong then is wrong in ours.
    for _ in 0..ROUNDS {
        let mut settled = true;
        for problem in check(notebook) {
            if problem.is_orphan() || known.contains_key(&problem.to_string()) {
                continue;
            }
            let record = record_of_item(&problem.item);
            let ours = record_in(sides.ours, &record);
            if ours == record_in(notebook, &record) {
                continue;
            }
            conflicts.push(about_record(&record, sides));
            notebook.replace(ours.unwrap_or_else(|| Notebook::default().as_it_is(&record)));
            settled = false;
        }
        if settled {
            break;
        }
    }
}

/// The most rounds of taking back records that do not fit.
const ROUNDS: usize = 64;

fn record_of_item(item: &Item) -> RecordId {
    match item {
        Item::Article(id) => RecordId::Article(*id),
        Item::Entity(id) => RecordId::Entity(*id),
        Item::Mention(id) => RecordId::Mention(*id),
        Item::Link(id) => RecordId::Link(*id),
        Item::Relation(id) => RecordId::Relation(id.clone()),
        Item::Group(id) => RecordId::Group(*id),
        Item::Card(id) => RecordId::Card(*id),
        Item::View(id) => RecordId::View(*id),
        Item::Waiver(id) => RecordId::Waiver(*id),
        Item::SetAside(id) => RecordId::SetAside(*id),
        Item::Matrix(id) => RecordId::Matrix(*id),
    }
}
