//! The copy itself: every id in every record. The patterns name each field, so that a new one cannot be forgotten.

use std::sync::Arc;

use super::Renaming;
use crate::notebook::{
    About, Actor, Anchor, Article, Card, Change, Claim, Conflict, Detail, Entity, Event, Evidence,
    Filter, Focus, Group, Hop, Link, Matrix, Mention, NamedView, Notebook, Participant, RecordId,
    Reply, SetAside, Statement, Subject, Target, Waiver,
};

/// After how many records it asks whether it is to stop.
const ASK_EVERY: usize = 1024;

/// Makes the copy, by maps that hold every id.
pub(super) fn renamed(
    map: &Renaming,
    notebook: &Notebook,
    stop: &dyn Fn() -> bool,
) -> Option<Notebook> {
    let mut copy = Notebook::default();
    let mut put = |number: usize, change: Change| {
        if number.is_multiple_of(ASK_EVERY) && stop() {
            return None;
        }
        copy.replace(change);
        Some(())
    };
    put(0, Change::Title(notebook.title().to_owned()))?;
    for (n, (id, it)) in notebook.relations().iter().enumerate() {
        put(n, Change::Relation(id.clone(), Some(it.clone())))?;
    }
    for (n, (id, it)) in notebook.articles().iter().enumerate() {
        put(n, Change::Article(map.articles.of(*id), Some(Arc::new(article(map, it)))))?;
    }
    for (n, (id, it)) in notebook.entities().iter().enumerate() {
        put(n, Change::Entity(map.entities.of(*id), Some(Arc::new(entity(map, it)))))?;
    }
    for (n, (id, it)) in notebook.mentions().iter().enumerate() {
        put(n, Change::Mention(map.mentions.of(*id), Some(Arc::new(mention(map, it)))))?;
    }
    for (n, (id, it)) in notebook.links().iter().enumerate() {
        put(n, Change::Link(map.links.of(*id), Some(Arc::new(link(map, it)))))?;
    }
    for (n, (id, it)) in notebook.nodes().iter().enumerate() {
        put(n, Change::Node(map.entities.of(*id), Some(*it)))?;
    }
    for (n, (id, it)) in notebook.groups().iter().enumerate() {
        put(n, Change::Group(map.groups.of(*id), Some(Arc::new(group(map, it)))))?;
    }
    for (n, (id, it)) in notebook.cards().iter().enumerate() {
        put(n, Change::Card(map.cards.of(*id), Some(Arc::new(card(it)))))?;
    }
    for (n, (id, it)) in notebook.views().iter().enumerate() {
        put(n, Change::View(map.views.of(*id), Some(Arc::new(view(map, it)))))?;
    }
    for (n, (id, it)) in notebook.dismissed().iter().enumerate() {
        // Places in a text: no ids in them.
        put(n, Change::Dismissed(map.articles.of(*id), Some(Arc::clone(it))))?;
    }
    for (n, (id, it)) in notebook.waivers().iter().enumerate() {
        put(n, Change::Waiver(map.waivers.of(*id), Some(Arc::new(waiver(map, it)))))?;
    }
    for (n, (id, it)) in notebook.set_aside().iter().enumerate() {
        put(n, Change::SetAside(map.set_aside.of(*id), Some(Arc::new(set_aside(map, it)))))?;
    }
    for (n, (id, it)) in notebook.matrices().iter().enumerate() {
        put(n, Change::Matrix(map.matrices.of(*id), Some(Arc::new(matrix(map, it)))))?;
    }
    for (n, (id, it)) in notebook.conflicts().iter().enumerate() {
        put(n, Change::Conflict(*id, Some(Arc::new(conflict(map, it)))))?;
    }
    Some(copy)
}

fn article(map: &Renaming, it: &Article) -> Article {
    let mut new = it.clone();
    // Texts and where they came from hold no ids.
    let Article { about, origin: _, text: _, earlier: _ } = &mut new;
    let About { order: _, title: _, publisher, author: _, date: _, url: _, language: _, folder: _ } =
        about;
    publisher.iter_mut().for_each(|id| *id = map.entities.of(*id));
    new
}

pub(super) fn entity(map: &Renaming, it: &Entity) -> Entity {
    let mut new = it.clone();
    let Entity { name: _, aliases: _, note: _, to_check: _, detail } = &mut new;
    let one = |id: &mut _| *id = map.entities.of(*id);
    match detail {
        Detail::Actor(Actor { kind: _, owner, reliability: _, members, assessments: _ }) => {
            owner.iter_mut().chain(members).for_each(one);
        }
        Detail::Event(Event { date: _, place: _, participants }) => {
            for Participant { actor, role: _ } in participants {
                one(actor);
            }
        }
        Detail::Claim(claim) => {
            let Claim { about, credibility: _, status: _, accusation: _, replies, assessments: _ } =
                claim;
            about.iter_mut().for_each(one);
            for Reply { actor, asked: _, asked_by: _, answer } in replies {
                one(actor);
                answer.iter_mut().for_each(|it| evidence(map, it));
            }
        }
    }
    new
}

pub(super) fn mention(map: &Renaming, it: &Mention) -> Mention {
    let mut new = it.clone();
    let Mention { entity, anchor: place, note: _, to_check: _, statement } = &mut new;
    *entity = map.entities.of(*entity);
    anchor(map, place);
    if let Some(Statement { chain, modality: _, polarity: _, form: _ }) = statement {
        for Hop { actor, cue: _, source: _ } in chain {
            *actor = map.entities.of(*actor);
        }
    }
    new
}

fn anchor(map: &Renaming, it: &mut Anchor) {
    let Anchor { article, place: _, version: _ } = it;
    *article = map.articles.of(*article);
}

fn evidence(map: &Renaming, it: &mut Evidence) {
    match it {
        Evidence::Mention(mention) => *mention = map.mentions.of(*mention),
        Evidence::Quote(place) => anchor(map, place),
    }
}

pub(super) fn link(map: &Renaming, it: &Link) -> Link {
    let mut new = it.clone();
    let Link {
        from,
        to,
        relation: _,
        directed: _,
        evidence: pieces,
        basis: _,
        strength: _,
        when: _,
        note: _,
        to_check: _,
        assessments: _,
    } = &mut new;
    *from = map.entities.of(*from);
    *to = match *to {
        Target::Entity(to) => Target::Entity(map.entities.of(to)),
        Target::Link(to) => Target::Link(map.links.of(to)),
    };
    pieces.iter_mut().for_each(|it| evidence(map, it));
    new
}

pub(super) fn group(map: &Renaming, it: &Group) -> Group {
    let Group { title, hue, collapsed, members } = it.clone();
    let members = members.into_iter().map(|id| map.entities.of(id)).collect();
    Group { title, hue, collapsed, members }
}

pub(super) fn card(it: &Card) -> Card {
    let Card { text, x, y, width, height, hue } = it.clone();
    Card { text, x, y, width, height, hue }
}

pub(super) fn view(map: &Renaming, it: &NamedView) -> NamedView {
    let NamedView { name, filter, focus, camera } = it.clone();
    let Filter {
        kinds,
        relations,
        strengths,
        articles,
        from,
        to,
        with_evidence,
        to_check,
        hide_derived,
    } = filter;
    let articles = articles.into_iter().map(|id| map.articles.of(id)).collect();
    let filter = Filter {
        kinds,
        relations,
        strengths,
        articles,
        from,
        to,
        with_evidence,
        to_check,
        hide_derived,
    };
    let focus = focus.map(|Focus { around, steps }| Focus {
        around: around.into_iter().map(|id| map.entities.of(id)).collect(),
        steps,
    });
    NamedView { name, filter, focus, camera }
}

fn subject(map: &Renaming, it: Subject) -> Subject {
    match it {
        Subject::Article(id) => Subject::Article(map.articles.of(id)),
        Subject::Entity(id) => Subject::Entity(map.entities.of(id)),
        Subject::Mention(id) => Subject::Mention(map.mentions.of(id)),
        Subject::Link(id) => Subject::Link(map.links.of(id)),
        // What nobody has settled stays what it was.
        Subject::Conflict(id) => Subject::Conflict(id),
    }
}

fn record(map: &Renaming, it: &RecordId) -> RecordId {
    match it {
        RecordId::Title => RecordId::Title,
        RecordId::Article(id) => RecordId::Article(map.articles.of(*id)),
        RecordId::Entity(id) => RecordId::Entity(map.entities.of(*id)),
        RecordId::Mention(id) => RecordId::Mention(map.mentions.of(*id)),
        RecordId::Link(id) => RecordId::Link(map.links.of(*id)),
        RecordId::Relation(id) => RecordId::Relation(id.clone()),
        RecordId::Node(id) => RecordId::Node(map.entities.of(*id)),
        RecordId::Group(id) => RecordId::Group(map.groups.of(*id)),
        RecordId::Card(id) => RecordId::Card(map.cards.of(*id)),
        RecordId::View(id) => RecordId::View(map.views.of(*id)),
        RecordId::Dismissed(id) => RecordId::Dismissed(map.articles.of(*id)),
        RecordId::Waiver(id) => RecordId::Waiver(map.waivers.of(*id)),
        RecordId::SetAside(id) => RecordId::SetAside(map.set_aside.of(*id)),
        RecordId::Matrix(id) => RecordId::Matrix(map.matrices.of(*id)),
        RecordId::Conflict(id) => RecordId::Conflict(*id),
    }
}

fn conflict(map: &Renaming, it: &Conflict) -> Conflict {
    let Conflict { of, field, base, ours, theirs } = it;
    let [base, ours, theirs] = [base, ours, theirs].map(|value| in_value(map, value));
    Conflict { of: record(map, of), field: field.clone(), base, ours, theirs }
}

/// The ids in a value of a conflict: JSON, in which they are words of eleven letters and digits.
fn in_value(map: &Renaming, value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        out.push_str(before);
        match id_in(map, word) {
            Some(id) => out.push_str(&id),
            None => out.push_str(word),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn id_in(map: &Renaming, word: &str) -> Option<String> {
    match word.as_bytes().first()? {
        b'a' => Some(map.articles.get(word.parse().ok()?)?.to_string()),
        b'e' => Some(map.entities.get(word.parse().ok()?)?.to_string()),
        b'm' => Some(map.mentions.get(word.parse().ok()?)?.to_string()),
        b'l' => Some(map.links.get(word.parse().ok()?)?.to_string()),
        _ => None,
    }
}

pub(super) fn waiver(map: &Renaming, it: &Waiver) -> Waiver {
    let Waiver { rule, of, reason, at, by } = it.clone();
    let of = of.into_iter().map(|it| subject(map, it)).collect();
    Waiver { rule, of, reason, at, by }
}

pub(super) fn set_aside(map: &Renaming, it: &SetAside) -> SetAside {
    let SetAside { what, from, reason, at, by } = it.clone();
    SetAside { what: subject(map, what), from, reason, at, by }
}

pub(super) fn matrix(map: &Renaming, it: &Matrix) -> Matrix {
    let Matrix { title, claims, rows, cells } = it.clone();
    let claims = claims.into_iter().map(|id| map.entities.of(id)).collect();
    let rows = rows.into_iter().map(|row| subject(map, row)).collect();
    let cells = cells
        .into_iter()
        .map(|((claim, row), fit)| ((map.entities.of(claim), subject(map, row)), fit))
        .collect();
    Matrix { title, claims, rows, cells }
}
