//! Two entities become one: what named the one that goes names the one that stays.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::apply::{Draft, short};
use super::entities::{a_kind, add_alias, forget};
use super::{Ref, Refusal};
use crate::notebook::{
    ActorKind, Article, Assessment, Change, ClaimStatus, Detail, Entity, EntityId, Link, Mention,
    Signature, Subject, Target,
};

impl Draft<'_> {
    pub(super) fn merge(
        &mut self,
        from: &Ref<EntityId>,
        into: &Ref<EntityId>,
        keep_names: bool,
    ) -> Result<String, Refusal> {
        let (from, into) = (self.entity(from)?, self.entity(into)?);
        let gone = Arc::clone(self.entity_record(from)?);
        let stays = self.entity_record(into)?;
        if from == into {
            return Err(Refusal::Invalid(format!("“{}” cannot be merged with itself", gone.name)));
        }
        if gone.kind() != stays.kind() {
            return Err(Refusal::Invalid(format!(
                "“{}” is {} and “{}” is {}: only entities of one kind can be merged",
                gone.name,
                a_kind(gone.kind()),
                stays.name,
                a_kind(stays.kind())
            )));
        }
        let label = format!("Merge “{}” into “{}”", short(&gone.name), short(&stays.name));
        let was_sound = [from, into].into_iter().all(|id| self.owns_itself_through(id).is_none());
        let signature = self.signature;
        self.extend_entity(into, |stays| {
            if keep_names {
                gone.names().for_each(|name| add_alias(stays, name));
            }
            if !gone.note.is_empty() {
                let gap = if stays.note.is_empty() { "" } else { "\n\n" };
                stays.note.push_str(gap);
                stays.note.push_str(&gone.note);
            }
            stays.to_check |= gone.to_check;
            // What one of the two was to the other (its owner, its member) says nothing of the one they become.
            let mut more = gone.detail.clone();
            forget(&mut more, &[from, into]);
            forget(&mut stays.detail, &[from, into]);
            fill_gaps(&mut stays.detail, &more);
            join_assessments(stays, &gone, signature);
        })?;
        self.redirect(from, Some(into));
        if let Some(through) = self.owns_itself_through(into).filter(|_| was_sound) {
            return Err(Refusal::Invalid(format!(
                "“{}” merged into “{}” would own itself, through {through}: clear one of these owners first",
                gone.name,
                self.notebook.name(into)
            )));
        }
        self.subject_instead(Subject::Entity(from), Some(Subject::Entity(into)));
        self.look_instead(from, Some(into));
        self.leave_groups(&BTreeSet::from([from]), None);
        self.change(Change::Node(from, None));
        self.change(Change::Entity(from, None));
        Ok(label)
    }

    /// The names of those through whom an actor owns itself.
    fn owns_itself_through(&self, id: EntityId) -> Option<String> {
        let through = self.notebook.owned_through(id, self.notebook.owner_of(id)?)?;
        let names: Vec<String> =
            through.iter().map(|other| format!("“{}”", self.notebook.name(*other))).collect();
        Some(names.join(", "))
    }

    /// Makes every record that names `from` name `into` instead, or nothing.
    pub(super) fn redirect(&mut self, from: EntityId, into: Option<EntityId>) {
        let swap = |id: EntityId| if id == from { into } else { Some(id) };
        let swap_all = |ids: &mut Vec<EntityId>| {
            let mut seen = Vec::new();
            for id in ids.iter().filter_map(|id| swap(*id)) {
                if !seen.contains(&id) {
                    seen.push(id);
                }
            }
            *ids = seen;
        };

        let mentions: Vec<_> = self.notebook.mentions_of(from).collect();
        if let Some(into) = into {
            for id in mentions {
                let Some(mention) = self.notebook.mention(id) else { continue };
                let mention = Mention { entity: into, ..Mention::clone(mention) };
                self.put_mention(id, mention);
            }
        }
        self.redirect_speakers(from, into);

        if let Some(into) = into {
            let links: Vec<_> = self.notebook.links_of(from).collect();
            for id in links {
                let Some(link) = self.notebook.link(id) else { continue };
                let mut link = Link::clone(link);
                if link.from == from {
                    link.from = into;
                }
                if link.to == Target::Entity(from) {
                    link.to = Target::Entity(into);
                }
                self.put_link(id, link);
            }
        }

        for id in self.entities_naming(from).into_iter().filter(|id| *id != from) {
            let Some(mut entity) = self.notebook.entity(id).map(|e| Entity::clone(e)) else {
                continue;
            };
            match &mut entity.detail {
                Detail::Actor(actor) => {
                    actor.owner = actor.owner.and_then(swap).filter(|owner| *owner != id);
                    swap_all(&mut actor.members);
                    actor.members.retain(|member| *member != id);
                }
                Detail::Event(event) => {
                    event.participants.retain_mut(|p| match swap(p.actor) {
                        Some(actor) => {
                            p.actor = actor;
                            true
                        }
                        None => false,
                    });
                    let mut seen = Vec::new();
                    event.participants.retain(|p| {
                        let new = !seen.contains(&(p.actor, p.role));
                        seen.push((p.actor, p.role));
                        new
                    });
                }
                Detail::Claim(claim) => {
                    swap_all(&mut claim.about);
                    claim.replies.retain_mut(|reply| match swap(reply.actor) {
                        Some(actor) => {
                            reply.actor = actor;
                            true
                        }
                        None => false,
                    });
                }
            }
            self.put_entity(id, entity);
        }

        for id in self.articles_of(from) {
            let Some(mut article) = self.notebook.article(id).map(|a| Article::clone(a)) else {
                continue;
            };
            article.about.publisher = into;
            self.change(Change::Article(id, Some(Arc::new(article))));
        }
    }

    /// Makes every chain of speakers that names `from` name `into` instead, or one speaker fewer.
    pub(super) fn redirect_speakers(&mut self, from: EntityId, into: Option<EntityId>) {
        for id in self.mentions_naming(from) {
            let Some(mention) = self.notebook.mention(id) else { continue };
            if !mention.speakers().any(|actor| actor == from) {
                continue;
            }
            let mut mention = Mention::clone(mention);
            if let Some(statement) = &mut mention.statement {
                statement.chain.retain_mut(|hop| {
                    if hop.actor == from {
                        hop.actor = into.unwrap_or(from);
                    }
                    hop.actor != from
                });
            }
            self.put_mention(id, mention);
        }
    }
}

/// Joins the assessments of two entities that become one, by time. Where what stands then is not what was judged last,
/// that is written down too.
fn join_assessments(stays: &mut Entity, gone: &Entity, signature: &Signature) {
    let grades = stays.grades();
    let Some(all) = stays.assessments_mut() else { return };
    if !gone.assessments().is_empty() {
        all.splice(..0, gone.assessments().iter().cloned());
        all.sort_by(|a, b| a.at.cmp(&b.at));
    }
    for grade in grades {
        let last = all.iter().rev().find(|one| one.aspect() == grade.aspect());
        if let Some(old) = last.map(|last| last.new).filter(|old| *old != grade) {
            all.push(Assessment {
                at: signature.at.clone(),
                by: signature.by.clone(),
                old,
                new: grade,
                reason: format!("“{}” was merged into it", short(&gone.name)),
            });
        }
    }
}

/// Fills what the staying entity does not say with what the other said; lists are joined.
fn fill_gaps(stays: &mut Detail, gone: &Detail) {
    fn join<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
        for one in more {
            if !all.contains(one) {
                all.push(one.clone());
            }
        }
    }
    match (stays, gone) {
        (Detail::Actor(stays), Detail::Actor(gone)) => {
            if stays.kind == ActorKind::Unset {
                stays.kind = gone.kind;
            }
            stays.owner = stays.owner.or(gone.owner);
            stays.reliability = stays.reliability.or(gone.reliability);
            join(&mut stays.members, &gone.members);
        }
        (Detail::Event(stays), Detail::Event(gone)) => {
            for (field, other) in [
                (&mut stays.date.written, &gone.date.written),
                (&mut stays.date.edtf, &gone.date.edtf),
                (&mut stays.place, &gone.place),
            ] {
                if field.is_empty() {
                    field.clone_from(other);
                }
            }
            join(&mut stays.participants, &gone.participants);
        }
        (Detail::Claim(stays), Detail::Claim(gone)) => {
            join(&mut stays.about, &gone.about);
            stays.credibility = stays.credibility.or(gone.credibility);
            if stays.status == ClaimStatus::default() {
                stays.status = gone.status;
            }
            stays.accusation |= gone.accusation;
            join(&mut stays.replies, &gone.replies);
        }
        _ => {}
    }
}
