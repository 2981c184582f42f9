//! Edits of entities: making, changing, merging, deleting, and placing them on the canvas.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::apply::{Draft, short};
use super::assessing::Judging;
use super::{Created, EntityFields, Ref, Refusal, ReplyFields};
use crate::notebook::{
    Aspect, Change, Detail, Entity, EntityId, Evidence, Kind, Link, MentionId, Participant,
    Reliability, Reply, Subject, When, check_edtf,
};
use crate::text::{is_visible, same_name};

/// Canvas units from the middle: beyond it, single-precision coordinates lose whole units.
pub(super) const FARTHEST: f32 = 1e7;

/// What the id of a deleted speaker is combined with for the id of the placeholder that takes its place.
const GAP: u64 = 0x2_9d3c_5a71_e6b4;

/// The kind with its article: `an actor`.
pub(super) const fn a_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Actor => "an actor",
        Kind::Event => "an event",
        Kind::Claim => "a claim",
    }
}

/// Adds a name to the aliases unless it is one already.
pub(super) fn add_alias(entity: &mut Entity, name: &str) {
    let name = name.trim();
    if is_visible(name) && !entity.names().any(|known| same_name(known, name)) {
        entity.aliases.push(name.to_owned());
    }
}

impl Draft<'_> {
    pub(super) fn add_entity(
        &mut self,
        kind: Kind,
        name: &str,
        handle: &str,
        with: &EntityFields,
        at: Option<(f32, f32)>,
    ) -> Result<String, Refusal> {
        let mut entity = Entity::new(kind, name.trim());
        self.fill(&mut entity, with)?;
        if !is_visible(&entity.name) {
            return Err(Refusal::Blank(a_kind(kind)));
        }
        let id = self.new_entity_id();
        let label = format!("New {} “{}”", kind.word(), short(&entity.name));
        self.put_entity(id, entity);
        self.give_handle(handle, Created::Entity(id))?;
        if let Some((x, y)) = at {
            self.put_node(id, x, y, true)?;
        }
        Ok(label)
    }

    pub(super) fn set_entity(
        &mut self,
        entity: &Ref<EntityId>,
        with: &EntityFields,
    ) -> Result<String, Refusal> {
        let id = self.entity(entity)?;
        let old = Arc::clone(self.entity_record(id)?);
        let mut entity = Entity::clone(&old);
        self.fill(&mut entity, with)?;
        if !is_visible(&entity.name) {
            return Err(Refusal::Blank(a_kind(entity.kind())));
        }
        if entity.refers_to().contains(&id) && !old.refers_to().contains(&id) {
            return Err(Refusal::Invalid(format!(
                "“{}” cannot be its own owner, member or subject",
                entity.name
            )));
        }
        self.owner_is_another(id, &entity, &old)?;
        let label = if entity.name == old.name {
            format!("Change “{}”", short(&old.name))
        } else {
            format!("Rename “{}”", short(&old.name))
        };
        self.put_entity(id, entity);
        Ok(label)
    }

    /// Refuses an owner by whom an actor would own itself, through others.
    fn owner_is_another(&self, id: EntityId, entity: &Entity, old: &Entity) -> Result<(), Refusal> {
        let owner = |entity: &Entity| match &entity.detail {
            Detail::Actor(actor) => actor.owner,
            Detail::Event(_) | Detail::Claim(_) => None,
        };
        let Some(new) = owner(entity).filter(|new| owner(old) != Some(*new)) else { return Ok(()) };
        let Some(through) = self.notebook.owned_through(id, new) else { return Ok(()) };
        let ways: Vec<String> =
            through.iter().map(|other| format!("“{}”", self.notebook.name(*other))).collect();
        Err(Refusal::Invalid(format!(
            "“{}” would own itself, through {}: give it another owner, or clear one of theirs first",
            entity.name,
            ways.join(", ")
        )))
    }

    /// Changes what an edit says of an entity, and writes down what it judges.
    fn fill(&self, entity: &mut Entity, with: &EntityFields) -> Result<(), Refusal> {
        let old = entity.grades();
        self.fill_fields(entity, with)?;
        let how = Judging {
            given: [
                (with.status.is_some(), Aspect::Status),
                (with.credibility.is_some(), Aspect::Credibility),
                (with.reliability.is_some(), Aspect::Reliability),
            ]
            .into_iter()
            .filter_map(|(given, aspect)| given.then_some(aspect))
            .collect(),
            reason: with.reason.as_deref(),
            by: with.by.as_deref(),
            at: with.at.as_deref(),
        };
        let new = entity.grades();
        let mut none = Vec::new();
        self.assess(entity.assessments_mut().unwrap_or(&mut none), &old, &new, &how)
    }

    fn fill_fields(&self, entity: &mut Entity, with: &EntityFields) -> Result<(), Refusal> {
        if let Some(name) = &with.name {
            entity.name = name.trim().to_owned();
        }
        if let Some(aliases) = &with.aliases {
            entity.aliases.clear();
            for alias in aliases {
                add_alias(entity, alias);
            }
        }
        // An alias that becomes the name is no alias any more.
        let Entity { name, aliases, .. } = entity;
        aliases.retain(|alias| !same_name(alias, name));
        if let Some(note) = &with.note {
            entity.note.clone_from(note);
        }
        entity.to_check = with.to_check.unwrap_or(entity.to_check);

        let (name, is) = (entity.name.clone(), a_kind(entity.kind()));
        let only = |given: bool, field: &'static str, wanted: &'static str| {
            if given {
                Err(Refusal::WrongKind { name: name.clone(), is, field, wanted })
            } else {
                Ok(())
            }
        };
        match &mut entity.detail {
            Detail::Actor(actor) => {
                actor.kind = with.actor_kind.unwrap_or(actor.kind);
                if let Some(owner) = &with.owner {
                    actor.owner = self.actor_or_none(owner, "owner")?;
                }
                if let Some(grade) = &with.reliability {
                    actor.reliability = reliability(grade)?;
                }
                if let Some(members) = &with.members {
                    actor.members = members
                        .iter()
                        .map(|member| self.actor(member, "member"))
                        .collect::<Result<_, _>>()
                        .map(once)?;
                }
            }
            _ => {
                only(with.actor_kind.is_some(), "actor_kind", "actors")?;
                only(with.owner.is_some(), "owner", "actors")?;
                only(with.reliability.is_some(), "reliability", "actors")?;
                only(with.members.is_some(), "members", "actors")?;
            }
        }
        match &mut entity.detail {
            Detail::Event(event) => {
                if let Some(written) = &with.written {
                    event.date.written = written.trim().to_owned();
                }
                if let Some(date) = &with.date {
                    check_edtf(date.trim())?;
                    event.date.edtf = date.trim().to_owned();
                }
                if let Some(place) = &with.place {
                    event.place = place.trim().to_owned();
                }
                if let Some(participants) = &with.participants {
                    event.participants = participants
                        .iter()
                        .map(|(actor, role)| {
                            Ok(Participant {
                                actor: self.actor(actor, "participant")?,
                                role: *role,
                            })
                        })
                        .collect::<Result<_, Refusal>>()
                        .map(once)?;
                }
            }
            _ => {
                only(with.written.is_some(), "written", "events")?;
                only(with.date.is_some(), "date", "events")?;
                only(with.place.is_some(), "place", "events")?;
                only(with.participants.is_some(), "participants", "events")?;
            }
        }
        match &mut entity.detail {
            Detail::Claim(claim) => {
                if let Some(about) = &with.about {
                    claim.about = once(self.entities(about)?);
                }
                match with.credibility {
                    None => {}
                    Some(0) => claim.credibility = None,
                    Some(grade @ 1..=6) => claim.credibility = Some(grade),
                    Some(grade) => {
                        return Err(Refusal::Invalid(format!(
                            "{grade} is not a credibility: write 1 (confirmed) to 6 (cannot be judged), or 0 for none"
                        )));
                    }
                }
                claim.status = with.status.unwrap_or(claim.status);
                claim.accusation = with.accusation.unwrap_or(claim.accusation);
                if let Some(replies) = &with.replies {
                    claim.replies =
                        replies.iter().map(|one| self.reply(one)).collect::<Result<_, _>>()?;
                }
            }
            _ => {
                only(with.about.is_some(), "about", "claims")?;
                only(with.credibility.is_some(), "credibility", "claims")?;
                only(with.status.is_some(), "status", "claims")?;
                only(with.accusation.is_some(), "accusation", "claims")?;
                only(with.replies.is_some(), "replies", "claims")?;
            }
        }
        Ok(())
    }

    fn reply(&self, reply: &ReplyFields) -> Result<Reply, Refusal> {
        let ReplyFields { actor, written, date, asked_by, answer } = reply;
        check_edtf(date.trim())?;
        Ok(Reply {
            actor: self.actor(actor, "one who is asked")?,
            asked: When { written: written.trim().to_owned(), edtf: date.trim().to_owned() },
            asked_by: asked_by.trim().to_owned(),
            answer: answer.as_ref().map(|answer| self.evidence(answer)).transpose()?,
        })
    }

    pub(super) fn delete_entity(&mut self, entity: &Ref<EntityId>) -> Result<String, Refusal> {
        let id = self.entity(entity)?;
        let label = format!("Delete “{}”", short(&self.entity_record(id)?.name));
        let links: Vec<_> = self.notebook.links_of(id).collect();
        for link in links {
            self.remove_link(link);
        }
        let mentions: Vec<_> = self.notebook.mentions_of(id).collect();
        for mention in mentions {
            self.remove_mention(mention);
        }
        self.leave_gap(id);
        self.redirect(id, None);
        self.subject_instead(Subject::Entity(id), None);
        self.look_instead(id, None);
        self.leave_groups(&BTreeSet::from([id]), None);
        self.change(Change::Node(id, None));
        self.change(Change::Entity(id, None));
        Ok(label)
    }

    /// Puts a placeholder where a deleted actor speaks. Deleting a placeholder closes the gap for good.
    fn leave_gap(&mut self, id: EntityId) {
        let Some(entity) = self.notebook.entity(id).filter(|e| !e.is_deleted_source()) else {
            return;
        };
        let speaks = |mention: MentionId| {
            let mention = self.notebook.mention(mention);
            mention.is_some_and(|mention| mention.speakers().any(|actor| actor == id))
        };
        if !self.mentions_naming(id).into_iter().any(speaks) {
            return;
        }
        let gap = Entity::deleted_source(&entity.name);
        // Made of the id that goes, so that the same edits make the same notebook again.
        let mut bits = id.bits() ^ GAP;
        while self.notebook.entity(EntityId::from_bits(bits)).is_some() {
            bits = bits.wrapping_add(1);
        }
        let into = EntityId::from_bits(bits);
        self.put_entity(into, gap);
        self.redirect_speakers(id, Some(into));
    }

    /// Removes a link and the links that target it. Links may target links in long chains.
    pub(super) fn remove_link(&mut self, id: crate::notebook::LinkId) {
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            if self.notebook.link(id).is_none() {
                continue;
            }
            let on_it = self.links_targeting(id);
            self.change(Change::Link(id, None));
            self.subject_instead(Subject::Link(id), None);
            waiting.extend(on_it.into_iter().rev());
        }
    }

    /// Removes a mention. Evidence that leaned on it becomes a quote of the same words.
    pub(super) fn remove_mention(&mut self, id: crate::notebook::MentionId) {
        let Some(mention) = self.notebook.mention(id).cloned() else { return };
        for link_id in self.links_supported_by(id) {
            let Some(mut link) = self.notebook.link(link_id).map(|link| Link::clone(link)) else {
                continue;
            };
            let quote = Evidence::Quote(mention.anchor.clone());
            if link.evidence.contains(&quote) {
                link.evidence.retain(|evidence| *evidence != Evidence::Mention(id));
            }
            for evidence in &mut link.evidence {
                if *evidence == Evidence::Mention(id) {
                    *evidence = quote.clone();
                }
            }
            self.put_link(link_id, link);
        }
        for claim in self.claims_answered_by(id) {
            let Some(mut entity) = self.notebook.entity(claim).map(|it| Entity::clone(it)) else {
                continue;
            };
            if let Detail::Claim(claim) = &mut entity.detail {
                for reply in &mut claim.replies {
                    if reply.answer == Some(Evidence::Mention(id)) {
                        reply.answer = Some(Evidence::Quote(mention.anchor.clone()));
                    }
                }
            }
            self.put_entity(claim, entity);
        }
        self.subject_instead(Subject::Mention(id), None);
        self.change(Change::Mention(id, None));
    }
}

/// Each only once, in the order in which they first stand.
fn once<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    all.into_iter().fold(Vec::new(), |mut kept, one| {
        if !kept.contains(&one) {
            kept.push(one);
        }
        kept
    })
}

fn reliability(grade: &str) -> Result<Option<Reliability>, Refusal> {
    Ok(Some(match grade.trim() {
        "" => return Ok(None),
        "A" => Reliability::A,
        "B" => Reliability::B,
        "C" => Reliability::C,
        "D" => Reliability::D,
        "E" => Reliability::E,
        "F" => Reliability::F,
        other => {
            return Err(Refusal::Invalid(format!(
                "“{other}” is not a reliability: write A to F, or nothing"
            )));
        }
    }))
}

/// Takes these entities out of what an entity says of others.
pub(super) fn forget(detail: &mut Detail, ids: &[EntityId]) {
    match detail {
        Detail::Actor(actor) => {
            actor.owner = actor.owner.filter(|owner| !ids.contains(owner));
            actor.members.retain(|member| !ids.contains(member));
        }
        Detail::Event(event) => event.participants.retain(|p| !ids.contains(&p.actor)),
        Detail::Claim(claim) => {
            claim.about.retain(|about| !ids.contains(about));
            claim.replies.retain(|reply| !ids.contains(&reply.actor));
        }
    }
}
