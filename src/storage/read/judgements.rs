//! Replies, waivers, what is set aside, matrices, and the assessments that older versions kept apart.

use super::*;

impl Building<'_> {
    /// Gives the claims their replies.
    pub(super) fn answers(&mut self) -> Result<(), RecordFault> {
        for (id, records) in std::mem::take(&mut self.replies) {
            let mut replies = Vec::with_capacity(records.len());
            for v4::Reply { actor, asked, asked_by, answer } in records {
                self.known.actor(id, actor)?;
                let asked = when(asked);
                check_edtf(&asked.edtf)
                    .map_err(|error| RecordFault::new(id, &asked.edtf, error.to_string()))?;
                let answer =
                    answer.map(|one| self.evidence(&id, "answer to claim", one)).transpose()?;
                replies.push(Reply { actor, asked, asked_by, answer });
            }
            let Some(entity) = self.notebook.entity(id) else { continue };
            let mut entity = Entity::clone(entity);
            if let Detail::Claim(claim) = &mut entity.detail {
                claim.replies = replies;
            }
            self.notebook.replace(Change::Entity(id, Some(Arc::new(entity))));
        }
        Ok(())
    }

    fn subject(&self, key: impl ToString, subject: Subject) -> Result<(), RecordFault> {
        if self.notebook.holds(subject) {
            return Ok(());
        }
        let what = match subject {
            Subject::Article(_) => "article",
            Subject::Entity(_) => "entity",
            Subject::Mention(_) => "mention",
            Subject::Link(_) => "link",
            Subject::Conflict(_) => "conflict",
        };
        Err(gone(key, subject, what))
    }

    pub(super) fn waivers(&mut self, sections: &mut Sections<'_>) -> Result<(), RecordFault> {
        for (id, record) in need(&mut sections.waivers, "waivers")?.0 {
            let v3::Waiver { rule, of, reason, at, by } = record;
            if rule.trim().is_empty() {
                return Err(RecordFault::new(id, "rule", "a waiver without a rule"));
            }
            if of.is_empty() {
                return Err(RecordFault::new(id, "of", "a waiver that is about nothing"));
            }
            for subject in &of {
                self.subject(id, *subject)?;
            }
            moment(id, &at)?;
            let waiver = Waiver { rule, of: of.into_iter().collect(), reason, at, by };
            self.notebook.replace(Change::Waiver(id, Some(Arc::new(waiver))));
        }
        Ok(())
    }

    pub(super) fn set_aside(&mut self, sections: &mut Sections<'_>) -> Result<(), RecordFault> {
        for (id, record) in need(&mut sections.set_aside, "set_aside")?.0 {
            let v3::SetAside { what, from, reason, at, by } = record;
            self.subject(id, what)?;
            match what {
                Subject::Entity(actor) => self.known.actor(id, actor)?,
                Subject::Article(_) => {}
                Subject::Mention(mention)
                    if self.notebook.mention(mention).is_some_and(|it| it.statement.is_some()) => {}
                Subject::Mention(_) | Subject::Link(_) | Subject::Conflict(_) => {
                    let says = format!(
                        "{what} is no actor, article or statement: only these are set aside"
                    );
                    return Err(RecordFault::new(id, what, says));
                }
            }
            check_edtf(&from).map_err(|error| RecordFault::new(id, &from, error.to_string()))?;
            moment(id, &at)?;
            let aside = SetAside { what, from, reason, at, by };
            self.notebook.replace(Change::SetAside(id, Some(Arc::new(aside))));
        }
        Ok(())
    }

    pub(super) fn matrices(&mut self, sections: &mut Sections<'_>) -> Result<(), RecordFault> {
        for (id, record) in need(&mut sections.matrices, "matrices")?.0 {
            let v3::Matrix { title, claims, rows, cells } = record;
            if title.trim().is_empty() {
                return Err(RecordFault::new(id, "title", "a matrix without a title"));
            }
            let (mut known_claims, mut known_rows) = (BTreeSet::new(), BTreeSet::new());
            for claim in &claims {
                match self.known.kinds.get(claim) {
                    Some(Kind::Claim) => {}
                    Some(kind) => {
                        let what = format!("{claim} is {}; a claim belongs here", a(*kind));
                        return Err(RecordFault::new(id, claim, what));
                    }
                    None => return Err(gone(id, claim, "claim")),
                }
                if !known_claims.insert(*claim) {
                    let what = format!("the claim {claim} is in the matrix twice");
                    return Err(RecordFault::new(id, claim, what));
                }
            }
            for row in &rows {
                self.subject(id, *row)?;
                if matches!(row, Subject::Article(_) | Subject::Entity(_)) {
                    let what = format!("{row} is no statement or link: only these are rows");
                    return Err(RecordFault::new(id, row, what));
                }
                if !known_rows.insert(*row) {
                    let what = format!("the row {row} is in the matrix twice");
                    return Err(RecordFault::new(id, row, what));
                }
            }
            for (v3::Cell(claim, row), _) in &cells.0 {
                if !known_claims.contains(claim) || !known_rows.contains(row) {
                    let what = format!("the cell of {claim} and {row} is not in the matrix");
                    return Err(RecordFault::new(id, "cells", what));
                }
            }
            let cells =
                cells.0.into_iter().map(|(v3::Cell(claim, row), fit)| ((claim, row), fit.into()));
            let cells = cells.collect();
            let matrix = Matrix { title, claims, rows, cells };
            self.notebook.replace(Change::Matrix(id, Some(Arc::new(matrix))));
        }
        Ok(())
    }

    /// Conflicts. What they are about may be gone: that is settled, too.
    pub(super) fn conflicts(&mut self, sections: &mut Sections<'_>) -> Result<(), RecordFault> {
        for (id, record) in need(&mut sections.conflicts, "conflicts")?.0 {
            let v4::Conflict { of, field, base, ours, theirs } = record;
            if field.trim().is_empty() {
                return Err(RecordFault::new(
                    id,
                    "field",
                    "a conflict is about a field".to_owned(),
                ));
            }
            for value in [&base, &ours, &theirs] {
                if let Err(why) = serde_json::from_str::<serde::de::IgnoredAny>(value) {
                    return Err(RecordFault::new(
                        id,
                        value,
                        format!("its value is no JSON: {why}"),
                    ));
                }
            }
            let conflict = Conflict { of: of.into_model(), field, base, ours, theirs };
            self.notebook.replace(Change::Conflict(id, Some(Arc::new(conflict))));
        }
        Ok(())
    }

    /// Assessments up to version 2 were of anything, with a grade in free words. Those of claims, actors and links
    /// become assessments that say why and change nothing; those of events and mentions go into their notes; those of
    /// anything else onto note cards. No word is lost.
    pub(super) fn old_assessments(&mut self, mut all: Vec<(String, v1::Assessment)>) {
        all.sort_by(|(a, one), (b, other)| (&one.at, a).cmp(&(&other.at, b)));
        let mut cards: u64 = 0;
        for (_, old) in all {
            let whole = words_of([&old.at, &old.by, &old.grade, &old.reason]);
            let same = |grade: Grade| {
                let (at, when) = if is_moment(&old.at) { (&*old.at, "") } else { ("", &*old.at) };
                let reason = words_of([&old.grade, &old.reason, when]);
                Assessment { at: at.to_owned(), by: old.by.clone(), old: grade, new: grade, reason }
            };
            let append = |note: &mut String| {
                let gap = if note.is_empty() { "" } else { "\n\n" };
                note.push_str(gap);
                note.push_str(&whole);
            };
            let change = match old.of.parse::<Subject>() {
                Ok(Subject::Entity(id)) => self.notebook.entity(id).map(|entity| {
                    let mut entity = Entity::clone(entity);
                    let grade = entity.grades().first().copied();
                    match (grade, entity.assessments_mut()) {
                        (Some(grade), Some(list)) => list.push(same(grade)),
                        _ => append(&mut entity.note),
                    }
                    Change::Entity(id, Some(Arc::new(entity)))
                }),
                Ok(Subject::Link(id)) => self.notebook.link(id).map(|link| {
                    let mut link = Link::clone(link);
                    link.assessments.push(same(Grade::Strength(link.strength)));
                    Change::Link(id, Some(Arc::new(link)))
                }),
                Ok(Subject::Mention(id)) => self.notebook.mention(id).map(|mention| {
                    let mut mention = Mention::clone(mention);
                    append(&mut mention.note);
                    Change::Mention(id, Some(Arc::new(mention)))
                }),
                Ok(Subject::Article(_) | Subject::Conflict(_)) | Err(_) => None,
            };
            let change = change.unwrap_or_else(|| {
                let mut id = CardId::from_bits(cards);
                while self.notebook.cards().contains_key(&id) {
                    cards += 1;
                    id = CardId::from_bits(cards);
                }
                let name = old.of.parse().map(|of| self.notebook.subject_name(of));
                let of = name.ok().filter(|name| !name.is_empty()).unwrap_or(old.of.clone());
                let text = words_of([&format!("Assessment of {of}"), &whole]);
                let y = 140.0 * cards as f32;
                let (width, height) = (220.0, 120.0);
                let card = Card { text, y, width, height, ..Card::default() };
                Change::Card(id, Some(Arc::new(card)))
            });
            self.notebook.replace(change);
        }
    }
}

/// What is not empty of some texts, in a line.
fn words_of<const N: usize>(parts: [&str; N]) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(": ")
}

fn moment(key: impl ToString, at: &str) -> Result<(), RecordFault> {
    if is_moment(at) {
        return Ok(());
    }
    let what =
        format!("“{at}” is no day such as 2031-03-15, nor a time such as 2031-03-15T10:00:00Z");
    Err(RecordFault::new(key, at, what))
}
