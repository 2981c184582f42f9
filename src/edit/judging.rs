//! Edits of what is waived and set aside, and of matrices of competing claims.

use std::sync::Arc;

use super::apply::{Draft, short};
use super::{Created, MatrixFields, Ref, Refusal};
use crate::notebook::{
    Change, EntityId, Fit, Kind, Matrix, MatrixId, SetAside, SetAsideId, Subject, Waiver, WaiverId,
    check_edtf,
};
use crate::text::{is_visible, same_name};

impl Draft<'_> {
    pub(super) fn waive(
        &mut self,
        rule: &str,
        of: &[Ref<Subject>],
        reason: &str,
        (by, at): (Option<&str>, Option<&str>),
        handle: &str,
    ) -> Result<String, Refusal> {
        if !is_visible(rule) {
            return Err(Refusal::Blank("a rule"));
        }
        let of = of.iter().map(|one| self.subject(one)).collect::<Result<_, _>>()?;
        let (at, by) = self.signed(at, by)?;
        let rule = rule.trim().to_owned();
        let waiver = Waiver { rule, of, reason: reason.trim().to_owned(), at, by };
        let Some(first) = waiver.of.first() else {
            return Err(Refusal::Invalid("a waiver is about something: say of what".to_owned()));
        };
        let known = self.notebook.waivers().values();
        if known.into_iter().any(|one| one.rule == waiver.rule && one.of == waiver.of) {
            return Err(Refusal::Invalid(format!(
                "“{}” is waived there already; take that waiver back first",
                waiver.rule
            )));
        }
        let label = format!("Waive a finding on “{}”", short(&self.notebook.subject_name(*first)));
        let id = WaiverId::random();
        self.change(Change::Waiver(id, Some(Arc::new(waiver))));
        self.give_handle(handle, Created::Waiver(id))?;
        Ok(label)
    }

    pub(super) fn unwaive(&mut self, waiver: &Ref<WaiverId>) -> Result<String, Refusal> {
        let made = |made: Created| match made {
            Created::Waiver(id) => Some(id),
            _ => None,
        };
        let id = self.one_of("waiver", waiver, made, |_| Vec::new())?;
        let old = self.notebook.waivers().get(&id).cloned();
        let old = old.ok_or_else(|| missing("waiver", waiver, ""))?;
        let of = old.of.first().map_or_else(String::new, |of| self.notebook.subject_name(*of));
        self.change(Change::Waiver(id, None));
        Ok(format!("Take back the waiver on “{}”", short(&of)))
    }

    pub(super) fn set_aside(
        &mut self,
        what: &Ref<Subject>,
        from: &str,
        reason: &str,
        (by, at): (Option<&str>, Option<&str>),
        handle: &str,
    ) -> Result<String, Refusal> {
        let subject = self.subject(what)?;
        let name = self.notebook.subject_name(subject);
        let may_be = match subject {
            Subject::Article(_) => true,
            Subject::Entity(id) => self.entity_record(id)?.kind() == Kind::Actor,
            Subject::Mention(id) => {
                self.notebook.mention(id).is_some_and(|mention| mention.statement.is_some())
            }
            Subject::Link(_) | Subject::Conflict(_) => false,
        };
        if !may_be {
            return Err(Refusal::Invalid(format!(
                "“{}” is no actor, article or statement: only these can be set aside",
                short(&name)
            )));
        }
        check_edtf(from.trim())?;
        let (at, by) = self.signed(at, by)?;
        let (from, reason) = (from.trim().to_owned(), reason.trim().to_owned());
        let id = SetAsideId::random();
        let aside = SetAside { what: subject, from, reason, at, by };
        self.change(Change::SetAside(id, Some(Arc::new(aside))));
        self.give_handle(handle, Created::SetAside(id))?;
        Ok(format!("Set “{}” aside", short(&name)))
    }

    pub(super) fn count_again(&mut self, aside: &Ref<SetAsideId>) -> Result<String, Refusal> {
        let made = |made: Created| match made {
            Created::SetAside(id) => Some(id),
            _ => None,
        };
        let all = self.notebook.set_aside();
        let named = |name: &str| -> Vec<SetAsideId> {
            let called = |one: &SetAside| same_name(&self.notebook.subject_name(one.what), name);
            all.iter().filter(|(_, one)| called(one)).map(|(id, _)| *id).collect()
        };
        let id = self.one_of("source set aside", aside, made, named)?;
        let hint = ": name what was set aside, or the id of that record";
        let old = all.get(&id).ok_or_else(|| missing("source set aside", aside, hint))?;
        let label = format!("Count “{}” again", short(&self.notebook.subject_name(old.what)));
        self.change(Change::SetAside(id, None));
        Ok(label)
    }

    pub(super) fn add_matrix(
        &mut self,
        handle: &str,
        with: &MatrixFields,
    ) -> Result<String, Refusal> {
        let mut matrix = Matrix::default();
        self.fill_matrix(&mut matrix, with)?;
        let label = format!("New matrix “{}”", short(&matrix.title));
        let id = MatrixId::random();
        self.change(Change::Matrix(id, Some(Arc::new(matrix))));
        self.give_handle(handle, Created::Matrix(id))?;
        Ok(label)
    }

    pub(super) fn set_matrix(
        &mut self,
        matrix: &Ref<MatrixId>,
        with: &MatrixFields,
    ) -> Result<String, Refusal> {
        let (id, old) = self.matrix(matrix)?;
        let mut matrix = old.clone();
        self.fill_matrix(&mut matrix, with)?;
        let verb = if matrix.title == old.title { "Change" } else { "Rename" };
        let label = format!("{verb} the matrix “{}”", short(&old.title));
        self.change(Change::Matrix(id, Some(Arc::new(matrix))));
        Ok(label)
    }

    fn fill_matrix(&self, matrix: &mut Matrix, with: &MatrixFields) -> Result<(), Refusal> {
        if let Some(title) = &with.title {
            matrix.title = title.trim().to_owned();
        }
        if !is_visible(&matrix.title) {
            return Err(Refusal::Blank("a matrix"));
        }
        if let Some(claims) = &with.claims {
            matrix.claims.clear();
            for claim in claims {
                let id = self.claim(claim)?;
                if !matrix.claims.contains(&id) {
                    matrix.claims.push(id);
                }
            }
        }
        if let Some(rows) = &with.rows {
            matrix.rows.clear();
            for row in rows {
                let subject = self.subject(row)?;
                if !matches!(subject, Subject::Mention(_) | Subject::Link(_)) {
                    let name = self.notebook.subject_name(subject);
                    return Err(Refusal::Invalid(format!(
                        "“{}” is no statement or link: the rows of a matrix are statements and links",
                        short(&name)
                    )));
                }
                if !matrix.rows.contains(&subject) {
                    matrix.rows.push(subject);
                }
            }
        }
        // What was judged of what is no longer in it goes.
        matrix.keep(|_| true, |_| true);
        Ok(())
    }

    pub(super) fn set_cell(
        &mut self,
        matrix: &Ref<MatrixId>,
        claim: &Ref<EntityId>,
        row: &Ref<Subject>,
        fit: Option<Fit>,
    ) -> Result<String, Refusal> {
        let (id, mut matrix) = self.matrix(matrix)?;
        let (claim, row) = (self.entity(claim)?, self.subject(row)?);
        if !matrix.claims.contains(&claim) || !matrix.rows.contains(&row) {
            return Err(Refusal::Invalid(format!(
                "the matrix “{}” has no such cell: add the claim and the row to it first",
                short(&matrix.title)
            )));
        }
        let name = short(self.notebook.name(claim));
        let label = match fit {
            Some(fit) => {
                matrix.cells.insert((claim, row), fit);
                format!("Judge a row {} with “{name}”", fit.label())
            }
            None => {
                matrix.cells.remove(&(claim, row));
                format!("Take back a judgement on “{name}”")
            }
        };
        self.change(Change::Matrix(id, Some(Arc::new(matrix))));
        Ok(label)
    }

    pub(super) fn delete_matrix(&mut self, matrix: &Ref<MatrixId>) -> Result<String, Refusal> {
        let (id, matrix) = self.matrix(matrix)?;
        self.change(Change::Matrix(id, None));
        Ok(format!("Delete the matrix “{}”", short(&matrix.title)))
    }

    fn matrix(&self, reference: &Ref<MatrixId>) -> Result<(MatrixId, Matrix), Refusal> {
        let all = self.notebook.matrices();
        let named = |name: &str| -> Vec<MatrixId> {
            all.iter().filter(|(_, one)| same_name(&one.title, name)).map(|(id, _)| *id).collect()
        };
        let made = |made: Created| match made {
            Created::Matrix(id) => Some(id),
            _ => None,
        };
        let id = self.one_of("matrix", reference, made, named)?;
        let found = all.get(&id).map(|matrix| (id, Matrix::clone(matrix)));
        found.ok_or_else(|| missing("matrix", reference, ""))
    }

    fn claim(&self, reference: &Ref<EntityId>) -> Result<EntityId, Refusal> {
        let id = self.entity(reference)?;
        let entity = self.entity_record(id)?;
        if entity.kind() == Kind::Claim {
            return Ok(id);
        }
        Err(Refusal::Invalid(format!(
            "“{}” is {}: the columns of a matrix are claims",
            entity.name,
            super::entities::a_kind(entity.kind())
        )))
    }

    /// The article, entity, mention or link that is named.
    fn subject(&self, reference: &Ref<Subject>) -> Result<Subject, Refusal> {
        match reference {
            Ref::Id(Subject::Conflict(_)) => Err(Refusal::Invalid(
                "a conflict is settled, not let stand: take one of the two values, or keep what stands"
                    .to_owned(),
            )),
            Ref::Id(subject) if self.notebook.holds(*subject) => Ok(*subject),
            Ref::Id(_) => Err(missing("article, entity, mention or link", reference, "")),
            Ref::Handle(handle) => {
                let subject = match self.made(handle)? {
                    Created::Article(id) => Some(Subject::Article(id)),
                    Created::Entity(id) => Some(Subject::Entity(id)),
                    Created::Mention(id) => Some(Subject::Mention(id)),
                    Created::Link(id) => Some(Subject::Link(id)),
                    _ => None,
                };
                subject
                    .filter(|subject| self.notebook.holds(*subject))
                    .ok_or_else(|| missing("article, entity, mention or link", reference, ""))
            }
            Ref::Name(name) if self.entities_called(name).is_empty() => {
                self.article(Some(&Ref::Name(name.clone()))).map(|(id, _)| Subject::Article(id))
            }
            Ref::Name(name) => self.entity(&Ref::Name(name.clone())).map(Subject::Entity),
        }
    }

    /// What names a record that goes, among waivers, sources set aside and matrices, names another one instead, or goes
    /// with it.
    pub(super) fn subject_instead(&mut self, gone: Subject, instead: Option<Subject>) {
        let notebook = &*self.notebook;
        if notebook.waivers().is_empty()
            && notebook.set_aside().is_empty()
            && notebook.matrices().is_empty()
        {
            return;
        }
        let (waivers, asides, matrices) = self.naming(gone);
        for id in waivers {
            let Some(old) = self.notebook.waivers().get(&id).cloned() else { continue };
            let mut waiver = Waiver::clone(&old);
            waiver.of.remove(&gone);
            // A finding about two that become one is none any more.
            let moved = instead.filter(|instead| waiver.of.insert(*instead));
            self.change(Change::Waiver(id, moved.map(|_| Arc::new(waiver))));
        }
        for id in asides {
            let Some(old) = self.notebook.set_aside().get(&id).cloned() else { continue };
            let new = instead.map(|what| Arc::new(SetAside { what, ..SetAside::clone(&old) }));
            self.change(Change::SetAside(id, new));
        }
        for id in matrices {
            let Some(old) = self.notebook.matrices().get(&id).cloned() else { continue };
            let mut matrix = Matrix::clone(&old);
            if let Some(instead) = instead {
                in_place_of(&mut matrix, gone, instead);
            }
            let stays = |subject: Subject| subject != gone;
            matrix.keep(|claim| stays(Subject::Entity(claim)), stays);
            self.change(Change::Matrix(id, Some(Arc::new(matrix))));
        }
    }

    /// A mention that is no statement any more is not set aside.
    pub(super) fn count_again_as_no_statement(&mut self, mention: Subject) {
        if self.notebook.set_aside().is_empty() {
            return;
        }
        let (_, asides, _) = self.naming(mention);
        for id in asides {
            self.change(Change::SetAside(id, None));
        }
    }
}

/// Puts one record where another is in a matrix, cells included. What is judged of both, stays as it is judged of the one
/// that stays.
fn in_place_of(matrix: &mut Matrix, gone: Subject, stays: Subject) {
    fn swap<T: Copy + PartialEq>(all: &mut Vec<T>, gone: T, stays: T) {
        let there = all.contains(&stays);
        all.retain_mut(|one| {
            let is_it = *one == gone;
            if is_it {
                *one = stays;
            }
            !(is_it && there)
        });
    }
    let moved = |(claim, row): (EntityId, Subject)| {
        let claim = match stays {
            Subject::Entity(stays) if Subject::Entity(claim) == gone => stays,
            _ => claim,
        };
        (claim, if row == gone { stays } else { row })
    };
    if let (Subject::Entity(gone), Subject::Entity(stays)) = (gone, stays) {
        swap(&mut matrix.claims, gone, stays);
    }
    swap(&mut matrix.rows, gone, stays);
    let cells: Vec<_> = matrix.cells.iter().map(|(at, fit)| (*at, *fit)).collect();
    for (at, fit) in cells {
        matrix.cells.entry(moved(at)).or_insert(fit);
    }
}

fn missing<I: std::fmt::Display>(what: &'static str, name: &Ref<I>, hint: &str) -> Refusal {
    Refusal::Missing { what, name: name.to_string(), hint: hint.to_owned() }
}
