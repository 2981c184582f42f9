//! The links of a file: their relations, ends and evidence, each after the one it targets.

use super::case::{CaseEvidence, CaseLink, short};
use super::planner::{Makes, Planner};
use crate::edit::{Created, Edit, EvidenceRef, LinkFields, Ref, Spot};
use crate::notebook::{EntityId, Family, LinkId, RelationId, Target};
use crate::text::{fold, is_visible};
use std::collections::HashSet;

impl Planner<'_> {
    /// The relation that this names: by its id, its label, or either in the letters that some formats take.
    pub(super) fn relation(&mut self, name: &str) -> RelationId {
        let relations = self.notebook.relations();
        let letters = |text: &str| fold(&text.replace(['_', '-'], " "));
        let id = RelationId::from(name);
        if relations.contains_key(&id) {
            return id;
        }
        let found = relations.iter().find(|(_, one)| one.label == name).or_else(|| {
            relations
                .iter()
                .find(|(id, one)| [&id.0, &one.label].map(|t| letters(t)).contains(&letters(name)))
        });
        if let Some((id, _)) = found {
            return id.clone();
        }
        let name = if is_visible(name) { name.trim() } else { "linked to" };
        if let Some(id) = self.relations.get(name) {
            return id.clone();
        }
        let id = RelationId::from(name);
        self.relations.insert(name.to_owned(), id.clone());
        if !relations.contains_key(&id) {
            let edit = Edit::SetRelation {
                relation: id.clone(),
                label: name.to_owned(),
                family: Family::Other,
                directed: true,
            };
            self.task(edit, Makes::Nothing, format!("the relation “{name}”"));
        }
        id
    }

    /// The links, each after the one it targets.
    pub(super) fn links(&mut self, mut all: Vec<CaseLink>) {
        let mut made: HashSet<LinkId> = HashSet::new();
        loop {
            let before = all.len();
            let mut later = Vec::new();
            for case in all {
                let ready = match case.to {
                    Target::Entity(_) => true,
                    Target::Link(to) => made.contains(&to) || self.notebook.link(to).is_some(),
                };
                if ready {
                    if self.link(&case) {
                        made.insert(case.id);
                    }
                } else {
                    later.push(case);
                }
            }
            all = later;
            if all.is_empty() || all.len() == before {
                break;
            }
        }
        for case in all {
            self.missed.say(format!("the link {}: the link it leads to is missing", case.id));
        }
    }

    /// Whether the link is there or will be.
    pub(super) fn link(&mut self, case: &CaseLink) -> bool {
        if self.notebook.link(case.id).is_some() {
            self.there.links += 1;
            return true;
        }
        let of = format!("the link {} ({})", case.id, case.relation);
        let here =
            |id: EntityId| self.entities.contains_key(&id) || self.notebook.entity(id).is_some();
        let end = match case.to {
            Target::Entity(to) => here(to),
            Target::Link(_) => true,
        };
        if !here(case.from) || !end {
            self.missed.say(format!("{of}: an end of it is missing"));
            return false;
        }
        let relation = self.relation(&case.relation);
        let from = self.entity_ref(case.from);
        let edit = match case.to {
            Target::Entity(to) => Edit::Link {
                from,
                relation,
                to: self.entity_ref(to),
                evidence: Vec::new(),
                with: LinkFields::default(),
                handle: String::new(),
            },
            Target::Link(to) => Edit::LinkToLink {
                from,
                relation,
                to: Ref::Id(to),
                evidence: Vec::new(),
                with: LinkFields::default(),
                handle: String::new(),
            },
        };
        self.task(Edit::Under(Created::Link(case.id), Box::new(edit)), Makes::Link, &*of);
        for with in &case.with {
            let edit = Edit::SetLink { link: Ref::Id(case.id), with: with.clone() };
            self.task(edit, Makes::Nothing, &*of);
        }
        let mut given = HashSet::new();
        for evidence in &case.evidence {
            let evidence = match evidence {
                CaseEvidence::Mention(id) => match self.mentions.get(id) {
                    Some(id) => EvidenceRef::Mention(Ref::Id(*id)),
                    None => {
                        self.missed.say(format!("evidence of {of}: the mention {id} is missing"));
                        continue;
                    }
                },
                CaseEvidence::Quote(place) => match self.place(place) {
                    Ok((article, range)) => EvidenceRef::Quote {
                        article: Some(Ref::Id(article)),
                        at: Spot::Bytes(range),
                        version: None,
                    },
                    Err(why) => {
                        if !why.is_empty() {
                            let words = short(&place.exact);
                            self.missed.say(format!("evidence of {of}, “{words}”: {why}"));
                        }
                        continue;
                    }
                },
            };
            if given.insert(format!("{evidence:?}")) {
                let edit = Edit::AddEvidence { link: Ref::Id(case.id), evidence };
                self.task(edit, Makes::Nothing, format!("evidence of {of}"));
            }
        }
        true
    }
}
