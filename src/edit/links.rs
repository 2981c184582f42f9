//! Edits of links and their evidence.

use super::apply::{Draft, short};
use super::assessing::Judging;
use super::{EvidenceRef, LinkFields, Ref, Refusal};
use crate::notebook::{Aspect, EntityId, Evidence, Link, LinkId, RelationId, Target, check_edtf};

impl Draft<'_> {
    pub(super) fn link(
        &mut self,
        from: &Ref<EntityId>,
        relation: &RelationId,
        to: &Ref<EntityId>,
        evidence: &[EvidenceRef],
        with: &LinkFields,
    ) -> Result<(LinkId, String), Refusal> {
        let (from, to) = (self.entity(from)?, self.entity(to)?);
        self.make_link(Link::new(from, to, relation.clone()), evidence, with)
    }

    pub(super) fn link_to_link(
        &mut self,
        from: &Ref<EntityId>,
        relation: &RelationId,
        to: &Ref<LinkId>,
        evidence: &[EvidenceRef],
        with: &LinkFields,
    ) -> Result<(LinkId, String), Refusal> {
        let from = self.entity(from)?;
        let (to, _) = self.link_record(to)?;
        let to = Target::Link(to);
        // A link that is new here cannot be what the other one targets: no circle comes about.
        self.make_link(Link { to, ..Link::new(from, from, relation.clone()) }, evidence, with)
    }

    fn make_link(
        &mut self,
        mut link: Link,
        evidence: &[EvidenceRef],
        with: &LinkFields,
    ) -> Result<(LinkId, String), Refusal> {
        link.directed = self.relation(&link.relation)?;
        self.fill_link(&mut link, with)?;
        for one in evidence {
            let one = self.evidence(one)?;
            if !link.evidence.contains(&one) {
                link.evidence.push(one);
            }
        }
        let label = format!("Link {}", self.link_words(&link));
        let id = self.new_link_id();
        self.put_link(id, link);
        Ok((id, label))
    }

    pub(super) fn set_link(
        &mut self,
        link: &Ref<LinkId>,
        with: &LinkFields,
    ) -> Result<String, Refusal> {
        let (id, mut link) = self.link_record(link)?;
        self.fill_link(&mut link, with)?;
        let label = format!("Change the link {}", self.link_words(&link));
        self.put_link(id, link);
        Ok(label)
    }

    fn fill_link(&self, link: &mut Link, with: &LinkFields) -> Result<(), Refusal> {
        if let Some(relation) = &with.relation {
            link.directed = self.relation(relation)?;
            link.relation = relation.clone();
        }
        if let Some(from) = &with.from {
            link.from = self.entity(from)?;
        }
        if let Some(to) = &with.to {
            link.to = Target::Entity(self.entity(to)?);
        }
        if let Some(written) = &with.written {
            link.when.written = written.trim().to_owned();
        }
        if let Some(date) = &with.date {
            check_edtf(date.trim())?;
            link.when.edtf = date.trim().to_owned();
        }
        if let Some(note) = &with.note {
            link.note.clone_from(note);
        }
        link.directed = with.directed.unwrap_or(link.directed);
        link.basis = with.basis.unwrap_or(link.basis);
        link.to_check = with.to_check.unwrap_or(link.to_check);
        let old = link.grades();
        link.strength = with.strength.unwrap_or(link.strength);
        let how = Judging {
            given: with.strength.map(|_| Aspect::Strength).into_iter().collect(),
            reason: with.reason.as_deref(),
            by: with.by.as_deref(),
            at: with.at.as_deref(),
        };
        let new = link.grades();
        self.assess(&mut link.assessments, &old, &new, &how)
    }

    /// Whether the relation is directed; an error where the notebook does not define it.
    fn relation(&self, relation: &RelationId) -> Result<bool, Refusal> {
        self.notebook.relations().get(relation).map(|r| r.directed).ok_or_else(|| {
            let known: Vec<&str> =
                self.notebook.relations().keys().map(|id| id.0.as_str()).collect();
            Refusal::Missing {
                what: "relation",
                name: relation.0.clone(),
                hint: format!(": use one of {}, or define it with SetRelation", known.join(", ")),
            }
        })
    }

    pub(super) fn reverse(&mut self, link: &Ref<LinkId>) -> Result<String, Refusal> {
        let (id, mut link) = self.link_record(link)?;
        let Target::Entity(to) = link.to else {
            return Err(Refusal::Invalid(
                "a link that targets a link cannot be reversed".to_owned(),
            ));
        };
        link.to = Target::Entity(link.from);
        link.from = to;
        let label = format!("Reverse the link {}", self.link_words(&link));
        self.put_link(id, link);
        Ok(label)
    }

    pub(super) fn delete_link(&mut self, link: &Ref<LinkId>) -> Result<String, Refusal> {
        let (id, link) = self.link_record(link)?;
        let label = format!("Delete the link {}", self.link_words(&link));
        self.remove_link(id);
        Ok(label)
    }

    pub(super) fn add_evidence(
        &mut self,
        link: &Ref<LinkId>,
        evidence: &EvidenceRef,
    ) -> Result<String, Refusal> {
        let (id, mut link) = self.link_record(link)?;
        let evidence = self.evidence(evidence)?;
        if link.evidence.contains(&evidence) {
            return Err(Refusal::Invalid("the link already has that evidence".to_owned()));
        }
        link.evidence.push(evidence);
        let label = format!("Add evidence to {}", self.link_words(&link));
        self.put_link(id, link);
        Ok(label)
    }

    pub(super) fn remove_evidence(
        &mut self,
        link: &Ref<LinkId>,
        index: usize,
    ) -> Result<String, Refusal> {
        let (id, mut link) = self.link_record(link)?;
        if index >= link.evidence.len() {
            return Err(Refusal::Invalid(format!(
                "the link has {} pieces of evidence; there is no number {index}",
                link.evidence.len()
            )));
        }
        link.evidence.remove(index);
        let label = format!("Remove evidence from {}", self.link_words(&link));
        self.put_link(id, link);
        Ok(label)
    }

    pub(super) fn evidence(&self, evidence: &EvidenceRef) -> Result<Evidence, Refusal> {
        match evidence {
            EvidenceRef::Mention(mention) => {
                self.mention(mention).map(|(id, _)| Evidence::Mention(id))
            }
            EvidenceRef::Kept(evidence) => {
                let held = match evidence {
                    Evidence::Mention(id) => self.notebook.mention(*id).is_some(),
                    Evidence::Quote(anchor) => self
                        .notebook
                        .article(anchor.article)
                        .is_some_and(|article| article.version(anchor.version).is_some()),
                };
                let gone = || Refusal::Invalid("what it stands in is no longer there".to_owned());
                held.then(|| evidence.clone()).ok_or_else(gone)
            }
            EvidenceRef::Quote { article, at, version } => {
                let (mut anchor, article) = self.anchor(article.as_ref(), at)?;
                if let Some(version) = *version {
                    if article.version(version).is_none() {
                        return Err(Refusal::Invalid(format!(
                            "“{}” has no version {version} of its text: they are numbered from 1 to {}",
                            short(&article.about.title),
                            article.versions()
                        )));
                    }
                    anchor.version = version;
                }
                Ok(Evidence::Quote(anchor))
            }
            EvidenceRef::Sentence { article, at } => {
                let (anchor, article) = self.anchor(article.as_ref(), at)?;
                let Some(words) = anchor.range() else { return Ok(Evidence::Quote(anchor)) };
                let first = article.text.sentence_at(words.start);
                let last = article.text.sentence_at(article.text.prev_grapheme(words.end));
                // Words that run over several sentences take all of them.
                let range = first.start.min(words.start)..last.end.max(words.end);
                Ok(Evidence::Quote(article.anchor(anchor.article, article.text.snap(range))))
            }
        }
    }

    fn link_words(&self, link: &Link) -> String {
        let to = match link.to {
            Target::Entity(to) => short(self.notebook.name(to)),
            Target::Link(_) => "a link".to_owned(),
        };
        format!(
            "“{}” {} “{to}”",
            short(self.notebook.name(link.from)),
            self.notebook.relation_label(&link.relation)
        )
    }
}
