//! Edits of entities: making, changing, merging, deleting, and placing them on the canvas.

use std::sync::Arc;

use super::apply::{Draft, short};
use super::{Created, EntityFields, Ref, Refusal};
use crate::notebook::{
    Article, Assessment, Change, Detail, Entity, EntityId, Evidence, Kind, Link, Mention, Node,
    Participant, Reliability, Target, check_edtf,
};

/// Canvas units from the middle: beyond it, single-precision coordinates lose whole units.
pub(super) const FARTHEST: f32 = 1e7;

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
    if !name.is_empty() && !entity.names().any(|known| known == name) {
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
        if entity.name.is_empty() {
            return Err(Refusal::Blank(a_kind(kind)));
        }
        let id = EntityId::random();
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
        if entity.name.is_empty() {
            return Err(Refusal::Blank(a_kind(entity.kind())));
        }
        if entity.refers_to().contains(&id) && !old.refers_to().contains(&id) {
            return Err(Refusal::Invalid(format!(
                "“{}” cannot be its own owner, member or subject",
                entity.name
            )));
        }
        let label = if entity.name == old.name {
            format!("Change “{}”", short(&old.name))
        } else {
            format!("Rename “{}”", short(&old.name))
        };
        self.put_entity(id, entity);
        Ok(label)
    }

    fn fill(&self, entity: &mut Entity, with: &EntityFields) -> Result<(), Refusal> {
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
        aliases.retain(|alias| alias != name);
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
                if let Some(verdict) = &with.verdict {
                    claim.verdict = (!verdict.status.trim().is_empty()).then(|| verdict.clone());
                }
            }
            _ => {
                only(with.about.is_some(), "about", "claims")?;
                only(with.credibility.is_some(), "credibility", "claims")?;
                only(with.verdict.is_some(), "verdict", "claims")?;
            }
        }
        Ok(())
    }

    pub(super) fn merge(
        &mut self,
        from: &Ref<EntityId>,
        into: &Ref<EntityId>,
        keep_names: bool,
    ) -> Result<String, Refusal> {
        let (from, into) = (self.entity(from)?, self.entity(into)?);
        let gone = Arc::clone(self.entity_record(from)?);
        let mut stays = Entity::clone(self.entity_record(into)?);
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
        if keep_names {
            gone.names().for_each(|name| add_alias(&mut stays, name));
        }
        if !gone.note.is_empty() {
            let gap = if stays.note.is_empty() { "" } else { "\n\n" };
            stays.note = format!("{}{gap}{}", stays.note, gone.note);
        }
        stays.to_check |= gone.to_check;
        // What one of the two was to the other (its owner, its member) says nothing of the one they become.
        let mut more = gone.detail.clone();
        forget(&mut more, &[from, into]);
        forget(&mut stays.detail, &[from, into]);
        take_over(&mut stays.detail, &more);
        self.put_entity(into, stays);
        self.redirect(from, Some(into));
        self.judge_instead(&from.to_string(), Some(&into.to_string()));
        self.change(Change::Node(from, None));
        self.change(Change::Entity(from, None));
        Ok(label)
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
        self.redirect(id, None);
        self.judge_instead(&id.to_string(), None);
        self.change(Change::Node(id, None));
        self.change(Change::Entity(id, None));
        Ok(label)
    }

    /// Makes every record that names `from` name `into` instead, or nothing.
    fn redirect(&mut self, from: EntityId, into: Option<EntityId>) {
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

        let mentions: Vec<_> = self
            .notebook
            .mentions()
            .iter()
            .filter(|(_, m)| {
                m.entity == from
                    || m.statement.iter().any(|s| s.chain.iter().any(|hop| hop.actor == from))
            })
            .map(|(id, m)| (*id, Mention::clone(m)))
            .collect();
        for (id, mut mention) in mentions {
            mention.entity = swap(mention.entity).unwrap_or(mention.entity);
            if let Some(statement) = &mut mention.statement {
                statement.chain.retain_mut(|hop| match swap(hop.actor) {
                    Some(actor) => {
                        hop.actor = actor;
                        true
                    }
                    None => false,
                });
            }
            self.put_mention(id, mention);
        }

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

        let entities: Vec<_> = self
            .notebook
            .entities()
            .iter()
            .filter(|(id, e)| **id != from && e.refers_to().contains(&from))
            .map(|(id, e)| (*id, Entity::clone(e)))
            .collect();
        for (id, mut entity) in entities {
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
                Detail::Claim(claim) => swap_all(&mut claim.about),
            }
            self.put_entity(id, entity);
        }

        let articles: Vec<_> = self
            .notebook
            .articles()
            .iter()
            .filter(|(_, a)| a.about.publisher == Some(from))
            .map(|(id, a)| (*id, Article::clone(a)))
            .collect();
        for (id, mut article) in articles {
            article.about.publisher = into;
            self.change(Change::Article(id, Some(Arc::new(article))));
        }
    }

    /// Removes a link and the links that target it.
    pub(super) fn remove_link(&mut self, id: crate::notebook::LinkId) {
        if self.notebook.link(id).is_none() {
            return;
        }
        let on_it: Vec<_> = self
            .notebook
            .links()
            .iter()
            .filter(|(_, link)| link.to == Target::Link(id))
            .map(|(id, _)| *id)
            .collect();
        self.change(Change::Link(id, None));
        self.judge_instead(&id.to_string(), None);
        for link in on_it {
            self.remove_link(link);
        }
    }

    /// Removes a mention. Evidence that leaned on it becomes a quote of the same words.
    pub(super) fn remove_mention(&mut self, id: crate::notebook::MentionId) {
        let Some(mention) = self.notebook.mention(id).cloned() else { return };
        let links: Vec<_> = self
            .notebook
            .links()
            .iter()
            .filter(|(_, link)| link.evidence.contains(&Evidence::Mention(id)))
            .map(|(id, link)| (*id, Link::clone(link)))
            .collect();
        for (link_id, mut link) in links {
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
        self.judge_instead(&id.to_string(), None);
        self.change(Change::Mention(id, None));
    }

    /// Assessments of what goes become assessments of what stays instead of it, or go with it.
    pub(super) fn judge_instead(&mut self, gone: &str, instead: Option<&str>) {
        let found: Vec<_> = self
            .notebook
            .assessments()
            .iter()
            .filter(|(_, assessment)| assessment.of == gone)
            .map(|(id, assessment)| (*id, Arc::clone(assessment)))
            .collect();
        for (id, old) in found {
            let new = instead
                .map(|of| Arc::new(Assessment { of: of.to_owned(), ..Assessment::clone(&old) }));
            self.change(Change::Assessment(id, new));
        }
    }

    pub(super) fn place(
        &mut self,
        places: &[(Ref<EntityId>, f32, f32)],
    ) -> Result<String, Refusal> {
        for (entity, x, y) in places {
            let id = self.entity(entity)?;
            let pinned = self.notebook.nodes().get(&id).is_some_and(|node| node.pinned);
            self.put_node(id, *x, *y, pinned)?;
        }
        Ok(match places {
            [(entity, ..)] => {
                let id = self.entity(entity)?;
                format!("Move “{}”", short(self.notebook.name(id)))
            }
            _ => format!("Move {} entities", places.len()),
        })
    }

    pub(super) fn pin(
        &mut self,
        entities: &[Ref<EntityId>],
        pinned: bool,
    ) -> Result<String, Refusal> {
        for entity in entities {
            let id = self.entity(entity)?;
            if let Some(node) = self.notebook.nodes().get(&id).copied() {
                self.change(Change::Node(id, Some(Node { pinned, ..node })));
            }
        }
        let verb = if pinned { "Pin" } else { "Unpin" };
        Ok(match entities {
            [one] => format!("{verb} “{}”", short(self.notebook.name(self.entity(one)?))),
            _ => format!("{verb} {} entities", entities.len()),
        })
    }

    pub(super) fn put_node(
        &mut self,
        id: EntityId,
        x: f32,
        y: f32,
        pinned: bool,
    ) -> Result<(), Refusal> {
        if !(x.abs() <= FARTHEST && y.abs() <= FARTHEST) {
            return Err(Refusal::Invalid(format!(
                "({x}, {y}) is no place on the canvas: it reaches {FARTHEST} units to each side"
            )));
        }
        self.change(Change::Node(id, Some(Node { x, y, pinned })));
        Ok(())
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
fn forget(detail: &mut Detail, ids: &[EntityId]) {
    match detail {
        Detail::Actor(actor) => {
            actor.owner = actor.owner.filter(|owner| !ids.contains(owner));
            actor.members.retain(|member| !ids.contains(member));
        }
        Detail::Event(event) => event.participants.retain(|p| !ids.contains(&p.actor)),
        Detail::Claim(claim) => claim.about.retain(|about| !ids.contains(about)),
    }
}

/// Fills what the staying entity does not say with what the other said; lists are joined.
fn take_over(stays: &mut Detail, gone: &Detail) {
    fn join<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
        for one in more {
            if !all.contains(one) {
                all.push(one.clone());
            }
        }
    }
    match (stays, gone) {
        (Detail::Actor(stays), Detail::Actor(gone)) => {
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
            if stays.verdict.is_none() {
                stays.verdict.clone_from(&gone.verdict);
            }
        }
        _ => {}
    }
}
