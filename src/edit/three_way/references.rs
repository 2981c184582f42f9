//! Which other records a record names.

use crate::notebook::{
    Anchor, Article, Change, Detail, Entity, Evidence, Filter, Focus, Link, Matrix, Mention,
    NamedView, RecordId, SetAside, Subject, Target, Waiver,
};

/// The records that this one cannot be without. A conflict can be without the record it is about.
pub(super) fn named_by(change: &Change) -> Vec<RecordId> {
    let mut all = Vec::new();
    match change {
        Change::Article(_, Some(article)) => {
            let Article { about, origin: _, text: _, earlier: _ } = &**article;
            all.extend(about.publisher.map(RecordId::Entity));
        }
        Change::Entity(_, Some(entity)) => of_entity(entity, &mut all),
        Change::Mention(_, Some(mention)) => {
            let Mention { entity, anchor, note: _, to_check: _, statement: _ } = &**mention;
            all.push(RecordId::Entity(*entity));
            all.push(RecordId::Article(anchor.article));
            all.extend(mention.speakers().map(RecordId::Entity));
        }
        Change::Link(_, Some(link)) => of_link(link, &mut all),
        Change::Node(id, Some(_)) => all.push(RecordId::Entity(*id)),
        Change::Group(_, Some(group)) => {
            all.extend(group.members.iter().copied().map(RecordId::Entity));
        }
        Change::View(_, Some(view)) => of_view(view, &mut all),
        Change::Dismissed(id, Some(_)) => all.push(RecordId::Article(*id)),
        Change::Waiver(_, Some(waiver)) => {
            let Waiver { rule: _, of, reason: _, at: _, by: _ } = &**waiver;
            all.extend(of.iter().copied().map(of_subject));
        }
        Change::SetAside(_, Some(aside)) => {
            let SetAside { what, from: _, reason: _, at: _, by: _ } = &**aside;
            all.push(of_subject(*what));
        }
        Change::Matrix(_, Some(matrix)) => {
            let Matrix { title: _, claims, rows, cells: _ } = &**matrix;
            all.extend(claims.iter().copied().map(RecordId::Entity));
            all.extend(rows.iter().copied().map(of_subject));
        }
        Change::Title(_) | Change::Relation(..) | Change::Card(..) | Change::Conflict(..) => {}
        Change::Article(_, None)
        | Change::Entity(_, None)
        | Change::Mention(_, None)
        | Change::Link(_, None)
        | Change::Node(_, None)
        | Change::Group(_, None)
        | Change::View(_, None)
        | Change::Dismissed(_, None)
        | Change::Waiver(_, None)
        | Change::SetAside(_, None)
        | Change::Matrix(_, None) => {}
    }
    all
}

/// The records whose removal takes this one along: what a mention is of and in, and the ends of a link.
pub(super) fn held_by(change: &Change) -> Vec<RecordId> {
    match change {
        Change::Mention(_, Some(mention)) => {
            vec![RecordId::Entity(mention.entity), RecordId::Article(mention.anchor.article)]
        }
        Change::Link(_, Some(link)) => {
            let to = match link.to {
                Target::Entity(to) => RecordId::Entity(to),
                Target::Link(to) => RecordId::Link(to),
            };
            vec![RecordId::Entity(link.from), to]
        }
        Change::Node(id, Some(_)) => vec![RecordId::Entity(*id)],
        Change::Dismissed(id, Some(_)) => vec![RecordId::Article(*id)],
        Change::Waiver(..) | Change::SetAside(..) => named_by(change),
        _ => Vec::new(),
    }
}

const fn of_subject(subject: Subject) -> RecordId {
    match subject {
        Subject::Article(id) => RecordId::Article(id),
        Subject::Entity(id) => RecordId::Entity(id),
        Subject::Mention(id) => RecordId::Mention(id),
        Subject::Link(id) => RecordId::Link(id),
        Subject::Conflict(id) => RecordId::Conflict(id),
    }
}

fn of_anchor(anchor: &Anchor, all: &mut Vec<RecordId>) {
    all.push(RecordId::Article(anchor.article));
}

fn of_evidence<'a>(evidence: impl IntoIterator<Item = &'a Evidence>, all: &mut Vec<RecordId>) {
    for piece in evidence {
        match piece {
            Evidence::Mention(id) => all.push(RecordId::Mention(*id)),
            Evidence::Quote(anchor) => of_anchor(anchor, all),
        }
    }
}

fn of_entity(entity: &Entity, all: &mut Vec<RecordId>) {
    all.extend(entity.refers_to().into_iter().map(RecordId::Entity));
    if let Detail::Claim(claim) = &entity.detail {
        of_evidence(claim.replies.iter().filter_map(|reply| reply.answer.as_ref()), all);
    }
}

fn of_link(link: &Link, all: &mut Vec<RecordId>) {
    let Link {
        from,
        to,
        relation,
        directed: _,
        evidence,
        basis: _,
        strength: _,
        when: _,
        note: _,
        to_check: _,
        assessments: _,
    } = link;
    all.push(RecordId::Entity(*from));
    all.push(match to {
        Target::Entity(to) => RecordId::Entity(*to),
        Target::Link(to) => RecordId::Link(*to),
    });
    all.push(RecordId::Relation(relation.clone()));
    of_evidence(evidence, all);
}

fn of_view(view: &NamedView, all: &mut Vec<RecordId>) {
    let NamedView { name: _, filter, focus, camera: _ } = view;
    let Filter {
        kinds: _,
        relations,
        strengths: _,
        articles,
        from: _,
        to: _,
        with_evidence: _,
        to_check: _,
        hide_derived: _,
    } = filter;
    all.extend(relations.iter().cloned().map(RecordId::Relation));
    all.extend(articles.iter().copied().map(RecordId::Article));
    if let Some(Focus { around, steps: _ }) = focus {
        all.extend(around.iter().copied().map(RecordId::Entity));
    }
}
