//! Assessments, replies, waivers, what is set aside, and matrices.

use super::*;

impl Maker {
    /// Assessments, replies, waivers, sources set aside, and matrices: a few of each.
    pub(super) fn judgements(
        &mut self,
        articles: &[ArticleId],
        mentions: &[MentionId],
        links: &[LinkId],
    ) {
        let all = self.entities.clone();
        for (id, _) in &all {
            let Some(mut entity) = self.notebook.entity(*id).map(|it| Entity::clone(it)) else {
                continue;
            };
            if let Detail::Claim(claim) = &mut entity.detail
                && self.one_in(3)
            {
                claim.status = self.any(&ClaimStatus::ALL);
                claim.accusation = self.one_in(2);
                claim.replies = self.replies(articles, mentions);
            }
            let grades = entity.grades();
            if let Some(assessments) = entity.assessments_mut()
                && self.one_in(3)
            {
                *assessments = self.assessments(&grades);
            }
            self.put(Change::Entity(*id, Some(Arc::new(entity))));
        }
        for id in links {
            if let Some(mut link) = self.notebook.link(*id).map(|it| Link::clone(it))
                && self.one_in(4)
            {
                link.assessments = self.assessments(&link.grades());
                self.put(Change::Link(*id, Some(Arc::new(link))));
            }
        }
        for _ in 0..all.len().min(3) {
            let of: Vec<Subject> = [
                self.pick(articles).map(Subject::Article),
                self.pick_entity().map(|(id, _)| Subject::Entity(id)),
                self.pick(mentions).map(Subject::Mention),
                self.pick(links).map(Subject::Link),
            ]
            .into_iter()
            .flatten()
            .collect();
            let few = 1 + self.below(2);
            let from = self.below(of.len());
            if of.is_empty() {
                return;
            }
            let waiver = Waiver {
                rule: "one-origin".to_owned(),
                of: of.into_iter().skip(from).take(few).collect(),
                reason: self.words_or_none(6),
                at: "2031-03-15T10:00:00Z".to_owned(),
                by: self.words_or_none(1),
            };
            let id = WaiverId::from_bits(self.next());
            self.put(Change::Waiver(id, Some(Arc::new(waiver))));
            let source = if self.one_in(2) {
                self.actor().map(Subject::Entity)
            } else {
                self.pick(articles).map(Subject::Article)
            };
            if let Some(what) = source {
                let from = self.any(&["", "2031-03-10", "2031-03~"]).to_owned();
                let (reason, by) = (self.words_or_none(4), self.words_or_none(1));
                let aside = SetAside { what, from, reason, at: "2031-03-16".to_owned(), by };
                let id = SetAsideId::from_bits(self.next());
                self.put(Change::SetAside(id, Some(Arc::new(aside))));
            }
            self.matrix(&all, mentions, links);
        }
    }

    /// A conflict that a merge may have left, and one about what is gone.
    pub(super) fn conflicts(&mut self) {
        let entity = self.pick(&self.entities.clone()).map(|(id, _)| id);
        for of in entity.into_iter().chain([EntityId::from_bits(self.next())]) {
            let text = |words: String| serde_json::Value::from(words).to_string();
            let conflict = Conflict {
                of: RecordId::Entity(of),
                field: "note".to_owned(),
                base: text(String::new()),
                ours: text(self.words(3)),
                theirs: text(self.words(4)),
            };
            let id = ConflictId::from_bits(self.next());
            self.put(Change::Conflict(id, Some(Arc::new(conflict))));
        }
    }

    pub(super) fn matrix(
        &mut self,
        all: &[(EntityId, usize)],
        mentions: &[MentionId],
        links: &[LinkId],
    ) {
        let claims = all.iter().filter(|(_, kind)| *kind == 2).map(|(id, _)| *id).take(4).collect();
        let rows = mentions.iter().map(|id| Subject::Mention(*id)).take(self.below(4));
        let rows: Vec<Subject> =
            rows.chain(links.iter().map(|id| Subject::Link(*id)).take(2)).collect();
        let mut matrix = Matrix { title: self.words(3), claims, rows, ..Matrix::default() };
        for claim in &matrix.claims {
            for row in &matrix.rows {
                if let Some(fit) = self.pick(&Fit::ALL).filter(|_| !self.one_in(4)) {
                    matrix.cells.insert((*claim, *row), fit);
                }
            }
        }
        let id = MatrixId::from_bits(self.next());
        self.put(Change::Matrix(id, Some(Arc::new(matrix))));
    }

    /// Assessments whose last ones say what is held at present.
    pub(super) fn assessments(&mut self, now: &[Grade]) -> Vec<Assessment> {
        let mut all = Vec::new();
        for new in now {
            let old = match new {
                Grade::Status(_) => Grade::Status(self.any(&ClaimStatus::ALL)),
                Grade::Credibility(_) => Grade::Credibility(self.pick(&[1, 2, 6])),
                Grade::Reliability(_) => Grade::Reliability(None),
                Grade::Strength(_) => Grade::Strength(self.any(&Strength::ALL)),
            };
            for (old, new) in [(*new, old), (old, *new)] {
                all.push(Assessment {
                    at: self.any(&["", "2031-03-12", "2031-03-15T10:00:00Z"]).to_owned(),
                    by: self.words_or_none(1),
                    old,
                    new,
                    reason: self.words_or_none(8),
                });
            }
        }
        all
    }

    pub(super) fn replies(&mut self, articles: &[ArticleId], mentions: &[MentionId]) -> Vec<Reply> {
        let asked = self.actors(2);
        asked
            .into_iter()
            .map(|actor| Reply {
                actor,
                asked: self.when(),
                asked_by: self.words_or_none(2),
                answer: match self.below(3) {
                    0 => None,
                    1 => self.pick(mentions).map(Evidence::Mention),
                    _ => self.anchor(articles).map(Evidence::Quote),
                },
            })
            .collect()
    }
}
