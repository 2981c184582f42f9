//! Reading: from the records of a file to the model, and the checks on the way.

mod articles;
mod judgements;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Orphans;
use super::mention::WrittenAnchor;
use super::record_fault::{RecordFault, Which, a, gone};
use super::references::{ReadMention, References};
use super::v4;
use super::v5::{self, Sections};
use super::values::Str;
use super::{v1, v2, v3};
use crate::notebook::{
    About, Actor, Article, ArticleId, Assessment, Card, CardId, Change, Claim, Conflict, Detail,
    Dismissed, Entity, EntityId, Event, Evidence, Filter, Focus, Grade, Group, KeepSources, Kind,
    Link, LinkId, Matrix, Mention, NamedView, Node, Notebook, Origin, Participant, Place,
    ReadingPlace, Relation, RelationId, Reply, SetAside, Subject, Target, Version, View, ViewState,
    Waiver, When, check_edtf, first_version, is_moment, wrong_assessment,
};
use crate::text::{Block, BlockKind, Page, Structure, Text};

/// A notebook being read.
#[derive(Default)]
pub(super) struct Building<'a> {
    notebook: Notebook,
    orphans: Orphans,
    /// The replies to claims, whose answers stand in articles and mentions that come later in the file.
    replies: Vec<(EntityId, Vec<v4::Reply<'a>>)>,
    pub(super) known: References,
}

pub(super) fn need<T>(section: &mut Option<T>, name: &str) -> Result<T, RecordFault> {
    section
        .take()
        .ok_or_else(|| RecordFault::new("", "", format!("the section “{name}” is missing")))
}

impl<'a> Building<'a> {
    /// Reads the title, articles, texts and entities: all that mentions refer to.
    pub(super) fn head(&mut self, sections: &mut Sections<'a>) -> Result<(), RecordFault> {
        let title = need(&mut sections.title, "title")?;
        self.notebook.replace(Change::Title(title));
        self.entities(sections)?;
        self.articles(sections)
    }

    fn entities(&mut self, sections: &mut Sections<'a>) -> Result<(), RecordFault> {
        let actors = need(&mut sections.actors, "actors")?.0.into_iter().map(|(id, a)| {
            let detail = Detail::Actor(Actor {
                kind: a.kind.into(),
                owner: a.owner,
                reliability: a.reliability.map(Into::into),
                members: a.members,
                assessments: assessments(a.assessments),
            });
            (
                id,
                Entity {
                    name: a.name,
                    aliases: a.aliases,
                    note: a.note,
                    to_check: a.to_check,
                    detail,
                },
            )
        });
        let events = need(&mut sections.events, "events")?.0.into_iter().map(|(id, e)| {
            let participant =
                |p: v1::Participant| Participant { actor: p.actor, role: p.role.into() };
            let detail = Detail::Event(Event {
                date: when(e.date),
                place: e.place,
                participants: e.participants.into_iter().map(participant).collect(),
            });
            (
                id,
                Entity {
                    name: e.name,
                    aliases: e.aliases,
                    note: e.note,
                    to_check: e.to_check,
                    detail,
                },
            )
        });
        let mut replies = Vec::new();
        let claims = need(&mut sections.claims, "claims")?.0.into_iter().map(|(id, c)| {
            if !c.replies.is_empty() {
                replies.push((id, c.replies));
            }
            let detail = Detail::Claim(Claim {
                about: c.about,
                credibility: c.credibility,
                status: c.status.into(),
                accusation: c.accusation,
                replies: Vec::new(),
                assessments: assessments(c.assessments),
            });
            (
                id,
                Entity {
                    name: c.name,
                    aliases: c.aliases,
                    note: c.note,
                    to_check: c.to_check,
                    detail,
                },
            )
        });
        let all: Vec<(EntityId, Entity)> = actors.chain(events).chain(claims).collect();
        self.replies = replies;
        for (id, entity) in &all {
            if let Some(other) = self.known.kinds.insert(*id, entity.kind()) {
                let what = format!(
                    "the id {id} is there twice: as {} and as {}",
                    a(other),
                    a(entity.kind())
                );
                return Err(RecordFault { which: Which::Second, ..RecordFault::new(id, "", what) });
            }
        }
        for (id, entity) in all {
            let (about, grade) = match &entity.detail {
                Detail::Claim(claim) => (&claim.about[..], claim.credibility),
                _ => (&[][..], None),
            };
            if let Some(grade) = grade.filter(|grade| !(1..=6).contains(grade)) {
                let what = format!("a credibility of {grade}: it is a grade from 1 to 6");
                return Err(RecordFault::new(id, "credibility", what));
            }
            if let Some(lost) = about.iter().find(|other| !self.known.kinds.contains_key(other)) {
                return Err(gone(id, lost, "entity"));
            }
            if entity.kind() != Kind::Claim {
                for other in entity.refers_to() {
                    self.known.actor(id, other)?;
                }
            }
            if let Some(what) = wrong_assessment(entity.assessments(), &entity.grades()) {
                return Err(RecordFault::new(id, "assessments", what));
            }
            self.notebook.replace(Change::Entity(id, Some(Arc::new(entity))));
        }
        Ok(())
    }

    /// Adds mentions that [`References::mention`] read.
    pub(super) fn mentions(&mut self, mentions: Vec<ReadMention>) {
        for (id, mention, orphan) in mentions {
            self.orphans.mentions.extend(orphan);
            self.notebook.replace(Change::Mention(id, Some(Arc::new(mention))));
        }
    }

    /// Reads everything after the mentions, and returns the result.
    pub(super) fn tail(
        mut self,
        sections: &mut Sections<'_>,
    ) -> Result<(Notebook, ViewState, Orphans), RecordFault> {
        for (id, record) in need(&mut sections.relations, "relations")?.0 {
            let relation = Relation {
                label: record.label,
                family: record.family.into(),
                directed: record.directed,
            };
            self.notebook.replace(Change::Relation(RelationId(id), Some(relation)));
        }
        let links = need(&mut sections.links, "links")?.0;
        let mut targets = Vec::new();
        for (id, record) in links {
            if let v1::Target::Link(target) = record.to {
                targets.push((id, target));
            }
            let link = self.link(id, record)?;
            self.notebook.replace(Change::Link(id, Some(Arc::new(link))));
        }
        for (id, target) in &targets {
            if self.notebook.link(*target).is_none() {
                return Err(gone(id, target, "link"));
            }
        }
        self.no_circle(&targets)?;
        for (id, record) in need(&mut sections.canvas, "canvas")?.0 {
            if !self.known.kinds.contains_key(&id) {
                let what = format!("there is no entity {id} in this notebook to stand there");
                return Err(RecordFault { which: Which::Last, ..RecordFault::new(id, "", what) });
            }
            let node = Node { x: record.x.0, y: record.y.0, pinned: record.pinned };
            self.notebook.replace(Change::Node(id, Some(node)));
        }
        self.board(sections)?;
        self.views(sections)?;
        self.dismissed(sections)?;
        self.answers()?;
        self.waivers(sections)?;
        self.set_aside(sections)?;
        self.matrices(sections)?;
        self.conflicts(sections)?;
        self.old_assessments(need(&mut sections.assessments, "assessments")?.0);
        let desk = self.desk(need(&mut sections.desk, "desk")?);
        Ok((self.notebook, desk, self.orphans))
    }

    /// Checks that links which target links lead to an entity in the end.
    fn no_circle(&self, targets: &[(LinkId, LinkId)]) -> Result<(), RecordFault> {
        let next: BTreeMap<LinkId, LinkId> = targets.iter().copied().collect();
        let mut leads_out: BTreeSet<LinkId> = BTreeSet::new();
        for (first, _) in targets {
            let (mut at, mut way) = (*first, BTreeSet::new());
            while let Some(to) = next.get(&at).filter(|_| !leads_out.contains(&at)) {
                if !way.insert(at) {
                    let what = format!("the link {at} targets itself, through links on links");
                    return Err(RecordFault::new(at, to, what));
                }
                at = *to;
            }
            leads_out.extend(way);
        }
        Ok(())
    }

    fn board(&mut self, sections: &mut Sections<'_>) -> Result<(), RecordFault> {
        let mut member_of = HashMap::new();
        for (id, record) in need(&mut sections.groups, "groups")?.0 {
            if record.members.is_empty() {
                return Err(RecordFault::new(id, "members", "a group without members"));
            }
            for member in &record.members {
                self.known.entity(id, *member)?;
                if let Some(other) = member_of.insert(*member, id) {
                    let what = format!("{member} is in the group {other} already");
                    return Err(RecordFault::new(id, member, what));
                }
            }
            let group = Group {
                title: record.title,
                hue: record.hue.into(),
                collapsed: record.collapsed,
                members: record.members.into_iter().collect(),
            };
            self.notebook.replace(Change::Group(id, Some(Arc::new(group))));
        }
        for (id, record) in need(&mut sections.cards, "cards")?.0 {
            let v2::Card { text, x, y, width, height, hue } = record;
            let (x, y, width, height) = (x.0, y.0, width.0, height.0);
            if width < 1.0 || height < 1.0 {
                let what = format!("a note card of {width} × {height}: it is at least 1 × 1");
                return Err(RecordFault::new(id, "width", what));
            }
            let card = Card { text, x, y, width, height, hue: hue.into() };
            self.notebook.replace(Change::Card(id, Some(Arc::new(card))));
        }
        Ok(())
    }

    fn views(&mut self, sections: &mut Sections<'_>) -> Result<(), RecordFault> {
        for (id, record) in need(&mut sections.views, "views")?.0 {
            if record.name.trim().is_empty() {
                return Err(RecordFault::new(id, "name", "a named view without a name"));
            }
            let v3::Filter { kinds, relations, strengths, articles, from, to, .. } = record.filter;
            for date in [&from, &to] {
                check_edtf(date).map_err(|error| RecordFault::new(id, date, error.to_string()))?;
            }
            if let Some(gone) = articles.iter().find(|id| !self.known.articles.contains_key(id)) {
                return Err(self::gone(id, gone, "article"));
            }
            let relations: BTreeSet<_> = relations.into_iter().map(RelationId).collect();
            if let Some(unknown) = relations.iter().find(|r| self.notebook.relation(r).is_none()) {
                let what = format!("the relation “{}” is not among the relations", unknown.0);
                return Err(RecordFault::new(id, format!("\"{}\"", unknown.0), what));
            }
            for entity in record.focus.iter().flat_map(|focus| &focus.around) {
                self.known.entity(id, *entity)?;
            }
            let view = NamedView {
                name: record.name,
                filter: Filter {
                    kinds: kinds.into_iter().map(Into::into).collect(),
                    relations,
                    strengths: strengths.into_iter().map(Into::into).collect(),
                    articles,
                    from,
                    to,
                    with_evidence: record.filter.with_evidence,
                    to_check: record.filter.to_check,
                    hide_derived: record.filter.hide_derived,
                },
                focus: record.focus.map(|v2::Focus { around, steps }| Focus { around, steps }),
                camera: record.camera.map(view),
            };
            self.notebook.replace(Change::View(id, Some(Arc::new(view))));
        }
        Ok(())
    }

    fn dismissed(&mut self, sections: &mut Sections<'_>) -> Result<(), RecordFault> {
        let mut all: BTreeMap<ArticleId, Dismissed> = BTreeMap::new();
        for (key, exact) in need(&mut sections.dismissed, "dismissed")?.0 {
            let v2::Dismissed(article, start, end) = key;
            let none = || Str::default();
            let words = WrittenAnchor {
                article,
                start,
                end,
                exact,
                prefix: none(),
                suffix: none(),
                version: first_version(),
            };
            let (anchor, orphan) = self.known.anchor(&key, "dismissed suggestion", words)?;
            let here = all.entry(article).or_default();
            match anchor.place {
                Place::At { start, end } => {
                    here.places.insert((start, end));
                }
                Place::Orphan(quote) => {
                    here.lost.insert((quote.start, quote.end), quote.exact);
                }
            }
            self.orphans.dismissed.extend(orphan);
        }
        for (article, places) in all {
            self.notebook.replace(Change::Dismissed(article, Some(Arc::new(places))));
        }
        Ok(())
    }

    fn link(&mut self, id: LinkId, record: v4::Link<'_>) -> Result<Link, RecordFault> {
        self.known.entity(id, record.from)?;
        let to = match record.to {
            v1::Target::Entity(to) => {
                self.known.entity(id, to)?;
                Target::Entity(to)
            }
            v1::Target::Link(to) => Target::Link(to),
        };
        let relation = RelationId(record.relation);
        if !self.notebook.relations().contains_key(&relation) {
            return Err(RecordFault::new(
                id,
                format!("\"{}\"", relation.0),
                format!("the relation “{}” is not among the relations", relation.0),
            ));
        }
        let mut evidence = Vec::with_capacity(record.evidence.len());
        for one in record.evidence {
            evidence.push(self.evidence(&id, "evidence of link", one)?);
        }
        let assessments = assessments(record.assessments);
        let strength = record.strength.into();
        if let Some(what) = wrong_assessment(&assessments, &[Grade::Strength(strength)]) {
            return Err(RecordFault::new(id, "assessments", what));
        }
        Ok(Link {
            from: record.from,
            to,
            relation,
            directed: record.directed,
            evidence,
            basis: record.basis.into(),
            strength,
            when: when(record.when),
            note: record.note,
            to_check: record.to_check,
            assessments,
        })
    }

    fn evidence(
        &mut self,
        id: &dyn std::fmt::Display,
        of: &str,
        record: v4::Evidence<'_>,
    ) -> Result<Evidence, RecordFault> {
        Ok(match record {
            v4::Evidence::Mention(mention) => {
                if self.notebook.mention(mention).is_none() {
                    return Err(gone(id, mention, "mention"));
                }
                Evidence::Mention(mention)
            }
            v4::Evidence::Quote { article, start, end, exact, prefix, suffix, version } => {
                let anchor = WrittenAnchor { article, start, end, exact, prefix, suffix, version };
                let (anchor, orphan) = self.known.anchor(id, of, anchor)?;
                self.orphans.evidence.extend(orphan);
                Evidence::Quote(anchor)
            }
        })
    }

    /// The view state. What it holds about articles that do not exist is dropped: merging two people's files by version
    /// control may leave such lines behind.
    fn desk(&self, desk: v5::Desk) -> ViewState {
        let there = |id: &ArticleId| self.known.articles.contains_key(id);
        ViewState {
            article: desk.article.filter(there),
            reading: desk
                .reading
                .0
                .into_iter()
                .filter(|(id, _)| there(id))
                .map(|(id, r)| (id, ReadingPlace { paragraph: r.paragraph, offset: r.offset.0 }))
                .collect(),
            canvas: desk.canvas.map(view),
            keep_sources: desk.keep_sources.map_or_else(KeepSources::default, Into::into),
        }
    }
}

fn assessments(records: Vec<v3::Assessment>) -> Vec<Assessment> {
    records.into_iter().map(v3::Assessment::into_model).collect()
}

fn view(view: v1::View) -> View {
    View { x: view.x.0, y: view.y.0, zoom: view.zoom.0 }
}

fn when(when: v1::When) -> When {
    When { written: when.written, edtf: when.edtf }
}
