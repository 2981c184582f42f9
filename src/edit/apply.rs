//! Carrying edits out: all of one, or none of it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::lookup::{Lookup, named_by};
use super::{Edit, Refusal};
use crate::notebook::{
    ArticleId, CardId, Change, Entity, EntityId, GroupId, Link, LinkId, MatrixId, Mention,
    MentionId, Notebook, RecordId, Relation, SetAsideId, Signature, ViewId, WaiverId,
};
use crate::text::is_visible;

/// A step that can be taken back: the changes that undo it, last first.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    label: String,
    changes: Vec<Change>,
}

impl Step {
    /// What was done, as the Edit menu names it: “Tag “Altman””.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Whether it changes nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Adds what was done right after to this step. The name stays.
    pub(super) fn append(&mut self, later: Self) {
        self.changes.extend(later.changes);
    }

    /// The step these changes make when they are carried out again, as a journal tells them: first first.
    pub(super) fn again(label: String, changes: Vec<Change>, notebook: &mut Notebook) -> Self {
        Self { label, changes: changes.into_iter().map(|c| notebook.replace(c)).collect() }
    }

    /// The changes that taking it back makes, in the order they are made.
    pub(super) fn back(&self) -> Vec<Change> {
        self.changes.iter().rev().cloned().collect()
    }

    /// Takes the step back, and returns the step that does it again.
    #[must_use]
    pub fn take_back(self, notebook: &mut Notebook) -> Self {
        Self { label: self.label, changes: roll_back(notebook, self.changes) }
    }
}

fn roll_back(notebook: &mut Notebook, changes: Vec<Change>) -> Vec<Change> {
    changes.into_iter().rev().map(|change| notebook.replace(change)).collect()
}

/// What an edit made, in the order it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// An article.
    Article(ArticleId),
    /// An entity.
    Entity(EntityId),
    /// A mention.
    Mention(MentionId),
    /// A link.
    Link(LinkId),
    /// A group.
    Group(GroupId),
    /// A note card.
    Card(CardId),
    /// A named view.
    View(ViewId),
    /// A waiver of a finding of the review.
    Waiver(WaiverId),
    /// A source that is set aside.
    SetAside(SetAsideId),
    /// A matrix of competing claims.
    Matrix(MatrixId),
}

/// An edit that was carried out.
#[derive(Clone, Debug)]
pub struct Applied {
    /// Undoes it.
    pub step: Step,
    /// What it made.
    pub created: Vec<Created>,
    /// The changes it came down to, at most one for each record: for the recovery journal.
    pub made: Vec<Change>,
}

/// Carries an edit out on the notebook.
///
/// # Errors
/// A [`Refusal`]; the notebook is then as it was.
///
/// ```
/// use casebook::edit::{Edit, apply, parse_script};
/// use casebook::notebook::{Kind, Notebook};
///
/// let list = r#"[
///     AddEntity(kind: Actor, name: "Anne Kervel", handle: "$anne"),
///     SetEntity(entity: "$anne", with: (aliases: ["Kervel"])),
/// ]"#;
/// let mut notebook = Notebook::new("");
/// let empty = notebook.clone();
/// let applied = apply(&mut notebook, &Edit::Batch("Add Kervel".to_owned(), parse_script(list)?))?;
/// assert_eq!(notebook.count(Kind::Actor), 1);
///
/// // The step takes all of it back.
/// let _again = applied.step.take_back(&mut notebook);
/// assert!(notebook == empty);
///
/// // A refused edit changes nothing.
/// let twice = parse_script(r#"[SetEntity(entity: "Nobody", with: (note: "?"))]"#)?;
/// assert!(apply(&mut notebook, &Edit::Batch(String::new(), twice)).is_err());
/// assert!(notebook == empty);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn apply(notebook: &mut Notebook, edit: &Edit) -> Result<Applied, Refusal> {
    apply_signed(notebook, edit, &Signature::default())
}

/// Carries an edit out on the notebook, in the name of someone and at some time: what it judges is signed so.
///
/// # Errors
/// A [`Refusal`]; the notebook is then as it was.
pub fn apply_signed(
    notebook: &mut Notebook,
    edit: &Edit,
    signature: &Signature,
) -> Result<Applied, Refusal> {
    let mut draft = Draft {
        notebook,
        signature,
        before: Vec::new(),
        touched: HashSet::new(),
        created: Vec::new(),
        under: None,
        handles: HashMap::new(),
        lookup: RefCell::default(),
        next_order: None,
    };
    let label = draft.run(edit).and_then(|label| draft.place_new().map(|()| label));
    let Draft { notebook, before, created, .. } = draft;
    match label {
        Ok(label) => {
            // A record that a list changed and changed back is as it was.
            let (undo, made): (Vec<Change>, Vec<Change>) = before
                .into_iter()
                .map(|old| {
                    let new = notebook.as_it_is(&old.record());
                    (old, new)
                })
                .filter(|(old, new)| old != new)
                .unzip();
            Ok(Applied { step: Step { label, changes: undo }, created, made })
        }
        Err(refusal) => {
            roll_back(notebook, before);
            Err(refusal)
        }
    }
}

/// A notebook while an edit is carried out on it.
pub(super) struct Draft<'a> {
    pub(super) notebook: &'a mut Notebook,
    /// In whose name it is carried out, and when.
    pub(super) signature: &'a Signature,
    /// What each record was that has changed, in the order in which they first did. Only that is kept, however often a list
    /// changes a record: a list of thousands of edits of one entity must not keep thousands of it.
    before: Vec<Change>,
    touched: HashSet<RecordId>,
    pub(super) created: Vec<Created>,
    /// The id for the next thing that is made; a random one, where there is none.
    pub(super) under: Option<Created>,
    handles: HashMap<String, Created>,
    pub(super) lookup: RefCell<Lookup>,
    /// The place of the next article among the tabs, where a list adds several: looking for it each time would take the
    /// square of their number.
    pub(super) next_order: Option<u32>,
}

impl Draft<'_> {
    fn run(&mut self, edit: &Edit) -> Result<String, Refusal> {
        match edit {
            Edit::Batch(label, edits) => {
                for (i, edit) in edits.iter().enumerate() {
                    self.run(edit).map_err(|why| match why {
                        why @ Refusal::InList { .. } => why,
                        why => Refusal::InList {
                            number: i + 1,
                            edit: name_of(edit).to_owned(),
                            why: Box::new(why),
                        },
                    })?;
                }
                Ok(label.clone())
            }
            Edit::Under(id, edit) => {
                self.make_under(*id)?;
                let label = self.run(edit)?;
                self.was_made_under(*id).map(|()| label)
            }
            Edit::Title(title) => {
                self.change(Change::Title(title.trim().to_owned()));
                Ok("Rename the notebook".to_owned())
            }
            Edit::AddArticle(id, article) => self.add_article(*id, article),
            Edit::ReplaceText { article, origin, text } => {
                self.replace_text(*article, origin, text)
            }
            Edit::UpdateArticle(update) => self.update_article(update),
            Edit::RemoveArticle { article } => self.remove_article(article),
            Edit::Describe { article, with } => self.describe(article.as_ref(), with),
            Edit::AddEntity { kind, name, handle, with, at } => {
                self.add_entity(*kind, name, handle, with, *at)
            }
            Edit::SetEntity { entity, with } => self.set_entity(entity, with),
            Edit::Merge { from, into, keep_names } => self.merge(from, into, *keep_names),
            Edit::DeleteEntity { entity } => self.delete_entity(entity),
            Edit::Tag { article, at, entity, remember_alias, statement, note, handle } => {
                let (mention, label) =
                    self.tag(article.as_ref(), at, entity, *remember_alias, statement, note)?;
                self.give_handle(handle, Created::Mention(mention))?;
                Ok(label)
            }
            Edit::Untag { mention } => self.untag(mention),
            Edit::Retag { mention, entity } => self.retag(mention, entity),
            Edit::Rebound { mention, at } => self.rebound(mention, at),
            Edit::Split { mention, name, handle } => self.split(mention, name, handle),
            Edit::SetMention { .. } => self.set_mention(edit),
            Edit::SetStatement { mention, with } => self.set_statement(mention, with),
            Edit::Link { from, relation, to, evidence, with, handle } => {
                let (link, label) = self.link(from, relation, to, evidence, with)?;
                self.give_handle(handle, Created::Link(link))?;
                Ok(label)
            }
            Edit::LinkToLink { from, relation, to, evidence, with, handle } => {
                let (link, label) = self.link_to_link(from, relation, to, evidence, with)?;
                self.give_handle(handle, Created::Link(link))?;
                Ok(label)
            }
            Edit::SetLink { link, with } => self.set_link(link, with),
            Edit::Reverse { link } => self.reverse(link),
            Edit::DeleteLink { link } => self.delete_link(link),
            Edit::AddEvidence { link, evidence } => self.add_evidence(link, evidence),
            Edit::RemoveEvidence { link, index } => self.remove_evidence(link, *index),
            Edit::Place(places) => self.place(places),
            Edit::Pin { entities, pinned } => self.pin(entities, *pinned),
            Edit::AddGroup { handle, with } => self.add_group(handle, with),
            Edit::SetGroup { group, with } => self.set_group(group, with),
            Edit::DeleteGroup { group } => self.delete_group(group),
            Edit::AddCard { handle, with } => self.add_card(handle, with),
            Edit::SetCard { card, with } => self.set_card(card, with),
            Edit::DeleteCard { card } => self.delete_card(card),
            Edit::AddView { handle, with } => self.add_view(handle, with),
            Edit::SetView { view, with } => self.set_view(view, with),
            Edit::DeleteView { view } => self.delete_view(view),
            Edit::Dismiss { article, at } => self.dismiss(article.as_ref(), at, true),
            Edit::Restore { article, at } => self.dismiss(article.as_ref(), at, false),
            Edit::Waive { rule, of, reason, by, at, handle } => {
                self.waive(rule, of, reason, (by.as_deref(), at.as_deref()), handle)
            }
            Edit::Unwaive { waiver } => self.unwaive(waiver),
            Edit::SetAside { what, from, reason, by, at, handle } => {
                self.set_aside(what, from, reason, (by.as_deref(), at.as_deref()), handle)
            }
            Edit::CountAgain { aside } => self.count_again(aside),
            Edit::AddMatrix { handle, with } => self.add_matrix(handle, with),
            Edit::SetMatrix { matrix, with } => self.set_matrix(matrix, with),
            Edit::SetCell { matrix, claim, row, fit } => self.set_cell(matrix, claim, row, *fit),
            Edit::DeleteMatrix { matrix } => self.delete_matrix(matrix),
            Edit::CarryOut(prepared) => self.carry_out(prepared),
            Edit::Settle { conflict, take } => self.settle(conflict, *take),
            Edit::SetRelation { relation, label, family, directed } => {
                if !is_visible(label) || !is_visible(&relation.0) {
                    return Err(Refusal::Blank("a relation"));
                }
                let new = Relation {
                    label: label.trim().to_owned(),
                    family: *family,
                    directed: *directed,
                };
                self.change(Change::Relation(relation.clone(), Some(new)));
                Ok(format!("Define the relation “{}”", label.trim()))
            }
        }
    }

    /// Makes one change and keeps its inverse. What changes nothing leaves no trace, so that no step of undo is
    /// without effect and no notebook counts as modified for it.
    pub(super) fn change(&mut self, change: Change) {
        let old = self.notebook.replace(change.clone());
        if old == change {
            return;
        }
        self.lookup.get_mut().follow(&old, &change);
        if self.touched.insert(old.record()) {
            self.before.push(old);
        }
    }

    /// Changes an entity where it is, without a copy of what an earlier edit of the list made of it: names are only added at
    /// the end of its aliases.
    pub(super) fn extend_entity(
        &mut self,
        id: EntityId,
        with: impl FnOnce(&mut Entity),
    ) -> Result<(), Refusal> {
        let record = Arc::clone(self.entity_record(id)?);
        let (known, named) = (record.aliases.len(), named_by(&record));
        if self.touched.insert(RecordId::Entity(id)) {
            self.before.push(Change::Entity(id, Some(Arc::clone(&record))));
        }
        drop(record);
        let Change::Entity(_, Some(record)) = self.notebook.replace(Change::Entity(id, None))
        else {
            return Ok(());
        };
        let mut entity = Arc::unwrap_or_clone(record);
        with(&mut entity);
        let lookup = self.lookup.get_mut();
        lookup.more_aliases(id, &entity.aliases[known.min(entity.aliases.len())..]);
        lookup.names_now(id, &named, &named_by(&entity));
        self.notebook.replace(Change::Entity(id, Some(Arc::new(entity))));
        Ok(())
    }

    pub(super) fn put_entity(&mut self, id: EntityId, entity: Entity) {
        self.change(Change::Entity(id, Some(Arc::new(entity))));
    }

    pub(super) fn put_mention(&mut self, id: MentionId, mention: Mention) {
        self.change(Change::Mention(id, Some(Arc::new(mention))));
    }

    pub(super) fn put_link(&mut self, id: LinkId, link: Link) {
        self.change(Change::Link(id, Some(Arc::new(link))));
    }

    pub(super) fn give_handle(&mut self, handle: &str, made: Created) -> Result<(), Refusal> {
        self.created.push(made);
        let handle = handle.trim_start_matches('$');
        if handle.is_empty() {
            return Ok(());
        }
        match self.handles.insert(handle.to_owned(), made) {
            None => Ok(()),
            Some(_) => Err(Refusal::HandleTaken(handle.to_owned())),
        }
    }

    pub(super) fn made(&self, handle: &str) -> Result<Created, Refusal> {
        self.handles.get(handle).copied().ok_or_else(|| Refusal::UnknownHandle(handle.to_owned()))
    }
}

/// The word that stands for an edit in an edit list.
const fn name_of(edit: &Edit) -> &'static str {
    match edit {
        Edit::Title(_) => "Title",
        Edit::AddArticle(..) => "AddArticle",
        Edit::ReplaceText { .. } => "ReplaceText",
        Edit::UpdateArticle(_) => "UpdateArticle",
        Edit::RemoveArticle { .. } => "RemoveArticle",
        Edit::Describe { .. } => "Describe",
        Edit::AddEntity { .. } => "AddEntity",
        Edit::SetEntity { .. } => "SetEntity",
        Edit::Merge { .. } => "Merge",
        Edit::DeleteEntity { .. } => "DeleteEntity",
        Edit::Tag { .. } => "Tag",
        Edit::Untag { .. } => "Untag",
        Edit::Retag { .. } => "Retag",
        Edit::Rebound { .. } => "Rebound",
        Edit::Split { .. } => "Split",
        Edit::SetMention { .. } => "SetMention",
        Edit::SetStatement { .. } => "SetStatement",
        Edit::Link { .. } => "Link",
        Edit::LinkToLink { .. } => "LinkToLink",
        Edit::SetLink { .. } => "SetLink",
        Edit::Reverse { .. } => "Reverse",
        Edit::DeleteLink { .. } => "DeleteLink",
        Edit::AddEvidence { .. } => "AddEvidence",
        Edit::RemoveEvidence { .. } => "RemoveEvidence",
        Edit::Place(_) => "Place",
        Edit::Pin { .. } => "Pin",
        Edit::SetRelation { .. } => "SetRelation",
        Edit::AddGroup { .. } => "AddGroup",
        Edit::SetGroup { .. } => "SetGroup",
        Edit::DeleteGroup { .. } => "DeleteGroup",
        Edit::AddCard { .. } => "AddCard",
        Edit::SetCard { .. } => "SetCard",
        Edit::DeleteCard { .. } => "DeleteCard",
        Edit::AddView { .. } => "AddView",
        Edit::SetView { .. } => "SetView",
        Edit::DeleteView { .. } => "DeleteView",
        Edit::Dismiss { .. } => "Dismiss",
        Edit::Restore { .. } => "Restore",
        Edit::Waive { .. } => "Waive",
        Edit::Unwaive { .. } => "Unwaive",
        Edit::SetAside { .. } => "SetAside",
        Edit::CountAgain { .. } => "CountAgain",
        Edit::AddMatrix { .. } => "AddMatrix",
        Edit::SetMatrix { .. } => "SetMatrix",
        Edit::SetCell { .. } => "SetCell",
        Edit::DeleteMatrix { .. } => "DeleteMatrix",
        Edit::CarryOut(_) => "CarryOut",
        Edit::Settle { .. } => "Settle",
        Edit::Under(_, edit) => name_of(edit),
        Edit::Batch(..) => "Batch",
    }
}

/// Words shortened for a step's name.
pub(super) fn short(words: &str) -> String {
    const LENGTH: usize = 32;
    let line = |c| if c == '\n' { ' ' } else { c };
    if words.chars().nth(LENGTH).is_none() {
        return words.chars().map(line).collect();
    }
    let cut: String = words.chars().take(LENGTH - 1).map(line).collect();
    format!("{}…", cut.trim_end())
}
