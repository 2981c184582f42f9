//! What an entity’s own fields say, as the edits of a part fill them in.

use crate::edit::{EntityFields, EvidenceRef, Ref, ReplyFields};
use crate::notebook::{
    Anchor, Aspect, ClaimStatus, Detail, Entity, EntityId, Notebook, Reliability, Reply,
};

/// What an entity's own fields say, but for the other entities.
pub(super) fn plain_fields(entity: &Entity) -> EntityFields {
    let mut with = EntityFields {
        aliases: Some(entity.aliases.clone()).filter(|aliases| !aliases.is_empty()),
        note: Some(entity.note.clone()).filter(|note| !note.is_empty()),
        to_check: entity.to_check.then_some(true),
        ..EntityFields::default()
    };
    match &entity.detail {
        Detail::Actor(actor) => {
            with.actor_kind = Some(actor.kind);
            with.reliability = actor.reliability.map(|grade: Reliability| format!("{grade:?}"));
        }
        Detail::Event(event) => {
            with.written = Some(event.date.written.clone());
            with.date = Some(event.date.edtf.clone());
            with.place = Some(event.place.clone());
        }
        Detail::Claim(claim) => {
            with.credibility = claim.credibility;
            with.accusation = claim.accusation.then_some(true);
        }
    }
    with
}

/// What a person holds of a claim, with the last reason given; nothing, where that is not judged.
pub(super) fn status_fields(entity: &Entity) -> Option<EntityFields> {
    let Detail::Claim(claim) = &entity.detail else { return None };
    let mut all = claim.assessments.iter().rev().filter(|one| one.aspect() == Aspect::Status);
    let reason = all.next().map(|last| last.reason.clone()).filter(|reason| !reason.is_empty());
    if claim.status == ClaimStatus::default() && reason.is_none() {
        return None;
    }
    Some(EntityFields { status: Some(claim.status), reason, ..EntityFields::default() })
}

/// What an entity's own fields say of others; nothing, where they name nobody.
pub(super) fn reference_fields(
    notebook: &Notebook,
    entity: &Entity,
    refers: impl Fn(EntityId) -> Ref<EntityId>,
    mut quote: impl FnMut(&Anchor) -> Option<EvidenceRef>,
) -> Option<EntityFields> {
    if entity.refers_to().is_empty() {
        return None;
    }
    let all = |ids: &[EntityId]| Some(ids.iter().map(|id| refers(*id)).collect());
    let mut with = EntityFields::default();
    match &entity.detail {
        Detail::Actor(actor) => {
            with.owner = actor.owner.map(&refers);
            with.members = all(&actor.members);
        }
        Detail::Event(event) => {
            with.participants =
                Some(event.participants.iter().map(|p| (refers(p.actor), p.role)).collect());
        }
        Detail::Claim(claim) => {
            with.about = all(&claim.about);
            let mut reply = |reply: &Reply| ReplyFields {
                actor: refers(reply.actor),
                written: reply.asked.written.clone(),
                date: reply.asked.edtf.clone(),
                asked_by: reply.asked_by.clone(),
                answer: (reply.answer.as_ref())
                    .and_then(|answer| quote(notebook.evidence_anchor(answer)?)),
            };
            let replies: Vec<_> = claim.replies.iter().map(&mut reply).collect();
            with.replies = Some(replies).filter(|replies| !replies.is_empty());
        }
    }
    Some(with)
}
