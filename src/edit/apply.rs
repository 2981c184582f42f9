//! Carrying edits out: all of one, or none of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Edit, Ref, Refusal, Spot};
use crate::notebook::{
    Anchor, Article, ArticleId, CardId, Change, Entity, EntityId, GroupId, Link, LinkId, Mention,
    MentionId, Notebook, Relation, ViewId,
};
use crate::text::occurrences;

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
}

/// An edit that was carried out.
#[derive(Clone, Debug)]
pub struct Applied {
    /// Undoes it.
    pub step: Step,
    /// What it made.
    pub created: Vec<Created>,
    /// The changes it came down to, first first: for the recovery journal.
    pub made: Vec<Change>,
}

/// Carries an edit out on the notebook.
///
/// # Errors
/// A [`Refusal`]; the notebook is then as it was.
pub fn apply(notebook: &mut Notebook, edit: &Edit) -> Result<Applied, Refusal> {
    let mut draft = Draft {
        notebook,
        undo: Vec::new(),
        made: Vec::new(),
        created: Vec::new(),
        handles: HashMap::new(),
    };
    match draft.run(edit).and_then(|label| draft.place_new().map(|()| label)) {
        Ok(label) => Ok(Applied {
            step: Step { label, changes: draft.undo },
            created: draft.created,
            made: draft.made,
        }),
        Err(refusal) => {
            let undo = std::mem::take(&mut draft.undo);
            roll_back(draft.notebook, undo);
            Err(refusal)
        }
    }
}

/// A notebook while an edit is carried out on it.
pub(super) struct Draft<'a> {
    pub(super) notebook: &'a mut Notebook,
    undo: Vec<Change>,
    made: Vec<Change>,
    pub(super) created: Vec<Created>,
    handles: HashMap<String, Created>,
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
            Edit::Title(title) => {
                self.change(Change::Title(title.trim().to_owned()));
                Ok("Rename the notebook".to_owned())
            }
            Edit::AddArticle(id, article) => self.add_article(*id, article),
            Edit::ReplaceText { article, origin, text } => {
                self.replace_text(*article, origin, text)
            }
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
            Edit::SetMention { mention, note, to_check } => {
                self.set_mention(mention, note.as_deref(), *to_check)
            }
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
            Edit::SetRelation { relation, label, family, directed } => {
                if label.trim().is_empty() || relation.0.trim().is_empty() {
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
        let inverse = self.notebook.replace(change.clone());
        if inverse != change {
            self.undo.push(inverse);
            self.made.push(change);
        }
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

    fn made(&self, handle: &str) -> Result<Created, Refusal> {
        self.handles.get(handle).copied().ok_or_else(|| Refusal::UnknownHandle(handle.to_owned()))
    }

    /// The id a reference stands for: itself, what a handle was given to, or the only one of that name.
    pub(super) fn one_of<I: Copy + std::fmt::Display>(
        &self,
        what: &'static str,
        reference: &Ref<I>,
        made: impl Fn(Created) -> Option<I>,
        named: impl Fn(&str) -> Vec<I>,
    ) -> Result<I, Refusal> {
        let missing =
            || Refusal::Missing { what, name: reference.to_string(), hint: String::new() };
        match reference {
            Ref::Id(id) => Ok(*id),
            Ref::Handle(handle) => made(self.made(handle)?).ok_or_else(missing),
            Ref::Name(name) => match named(name)[..] {
                [id] => Ok(id),
                [] => Err(missing()),
                ref several => Err(Refusal::Ambiguous {
                    what,
                    name: name.clone(),
                    candidates: several.iter().map(ToString::to_string).collect(),
                }),
            },
        }
    }

    pub(super) fn entity(&self, reference: &Ref<EntityId>) -> Result<EntityId, Refusal> {
        let missing = |name: String, hint: &str| Refusal::Missing {
            what: "entity",
            name,
            hint: hint.to_owned(),
        };
        match reference {
            Ref::Id(id) if self.notebook.entity(*id).is_some() => Ok(*id),
            Ref::Id(id) => Err(missing(id.to_string(), "")),
            Ref::Handle(handle) => match self.made(handle)? {
                Created::Entity(id) if self.notebook.entity(id).is_some() => Ok(id),
                Created::Entity(_) => {
                    Err(missing(format!("${handle}"), ": a later edit of this list took it away"))
                }
                _ => Err(missing(format!("${handle}"), ": that handle names something else")),
            },
            Ref::Name(name) => {
                let entities = self.notebook.entities();
                let mut found: Vec<EntityId> =
                    entities.iter().filter(|(_, e)| e.name == *name).map(|(id, _)| *id).collect();
                if found.is_empty() {
                    found = entities
                        .iter()
                        .filter(|(_, e)| e.aliases.contains(name))
                        .map(|(id, _)| *id)
                        .collect();
                }
                match found[..] {
                    [id] => Ok(id),
                    [] => Err(missing(
                        name.clone(),
                        ": add it with AddEntity first, or write its name as it is",
                    )),
                    _ => Err(Refusal::Ambiguous {
                        what: "entity",
                        name: name.clone(),
                        candidates: found
                            .iter()
                            .filter_map(|id| {
                                let entity = self.notebook.entity(*id)?;
                                Some(format!("{id} ({} “{}”)", entity.kind().word(), entity.name))
                            })
                            .collect(),
                    }),
                }
            }
        }
    }

    pub(super) fn entities(&self, all: &[Ref<EntityId>]) -> Result<Vec<EntityId>, Refusal> {
        all.iter().map(|reference| self.entity(reference)).collect()
    }

    pub(super) fn entity_record(&self, id: EntityId) -> Result<&Arc<Entity>, Refusal> {
        self.notebook.entity(id).ok_or_else(|| Refusal::Missing {
            what: "entity",
            name: id.to_string(),
            hint: String::new(),
        })
    }

    pub(super) fn mention(
        &self,
        reference: &Ref<MentionId>,
    ) -> Result<(MentionId, Mention), Refusal> {
        let id = match reference {
            Ref::Id(id) => Some(*id),
            Ref::Handle(handle) => match self.made(handle)? {
                Created::Mention(id) => Some(id),
                _ => None,
            },
            Ref::Name(_) => None,
        };
        id.and_then(|id| Some((id, Mention::clone(self.notebook.mention(id)?)))).ok_or_else(|| {
            Refusal::Missing {
                what: "mention",
                name: reference.to_string(),
                hint: ": name a mention by its id, or by the handle its Tag gave".to_owned(),
            }
        })
    }

    pub(super) fn link_record(&self, reference: &Ref<LinkId>) -> Result<(LinkId, Link), Refusal> {
        let id = match reference {
            Ref::Id(id) => Some(*id),
            Ref::Handle(handle) => match self.made(handle)? {
                Created::Link(id) => Some(id),
                _ => None,
            },
            Ref::Name(_) => None,
        };
        id.and_then(|id| Some((id, Link::clone(self.notebook.link(id)?)))).ok_or_else(|| {
            Refusal::Missing {
                what: "link",
                name: reference.to_string(),
                hint: ": name a link by its id, or by the handle its Link gave".to_owned(),
            }
        })
    }

    pub(super) fn article(
        &self,
        reference: Option<&Ref<ArticleId>>,
    ) -> Result<(ArticleId, Arc<Article>), Refusal> {
        let articles = self.notebook.articles();
        let found: Vec<ArticleId> = match reference {
            None => articles.keys().copied().collect(),
            Some(Ref::Id(id)) => {
                articles.get_key_value(id).map(|(id, _)| *id).into_iter().collect()
            }
            Some(Ref::Handle(handle)) => match self.made(handle)? {
                Created::Article(id) => vec![id],
                _ => Vec::new(),
            },
            Some(Ref::Name(name)) => articles
                .iter()
                .filter(|(_, a)| a.about.title == *name || a.origin.file_name == *name)
                .map(|(id, _)| *id)
                .collect(),
        };
        let name = reference.map_or_else(|| "(the only one)".to_owned(), ToString::to_string);
        match found[..] {
            [id] => articles
                .get(&id)
                .map(|article| (id, Arc::clone(article)))
                .ok_or(Refusal::Missing { what: "article", name, hint: String::new() }),
            [] => Err(Refusal::Missing {
                what: "article",
                name,
                hint: ": name it by its id, title or file name".to_owned(),
            }),
            _ => Err(Refusal::Ambiguous {
                what: "article",
                name,
                candidates: found
                    .iter()
                    .filter_map(|id| Some(format!("{id} (“{}”)", articles.get(id)?.about.title)))
                    .collect(),
            }),
        }
    }

    /// Finds a spot in an article and makes an anchor of it.
    pub(super) fn anchor(
        &self,
        article: Option<&Ref<ArticleId>>,
        spot: &Spot,
    ) -> Result<(Anchor, Arc<Article>), Refusal> {
        let (id, article) = self.article(article)?;
        let text = &article.text;
        let all = |quote: &str| {
            let places = occurrences(text, quote);
            if places.is_empty() {
                return Err(Refusal::QuoteMissing {
                    quote: quote.to_owned(),
                    article: article.about.title.clone(),
                });
            }
            Ok(places)
        };
        let range = match spot {
            Spot::Bytes(range) => range.clone(),
            Spot::Offsets(start, end) => text
                .byte_of(*start)
                .zip(text.byte_of(*end))
                .map(|(start, end)| start..end)
                .ok_or_else(|| Refusal::BadPlace(format!("{start}..{end}")))?,
            Spot::Quote(quote) => match &all(quote)?[..] {
                [range] => range.clone(),
                places => {
                    return Err(Refusal::QuoteAmbiguous {
                        quote: quote.clone(),
                        article: article.about.title.clone(),
                        places: places
                            .iter()
                            .take(20)
                            .enumerate()
                            .map(|(i, range)| {
                                let quote = text.quote(range.clone());
                                format!(
                                    "  {}: …{}[{}]{}…",
                                    i + 1,
                                    quote.prefix,
                                    quote.exact,
                                    quote.suffix
                                )
                            })
                            .collect(),
                    });
                }
            },
            Spot::Nth(quote, n) => {
                let places = all(quote)?;
                n.checked_sub(1).and_then(|i| places.get(i)).cloned().ok_or_else(|| {
                    Refusal::Invalid(format!(
                        "“{quote}” stands {} times in “{}”; there is no number {n}",
                        places.len(),
                        article.about.title
                    ))
                })?
            }
        };
        let sound = range.start < range.end
            && range.end <= text.len()
            && text.is_grapheme_boundary(range.start)
            && text.is_grapheme_boundary(range.end);
        if !sound {
            return Err(Refusal::BadPlace(format!("{}..{} (bytes)", range.start, range.end)));
        }
        Ok((Anchor::at(id, range), article))
    }
}

/// The word that stands for an edit in an edit list.
const fn name_of(edit: &Edit) -> &'static str {
    match edit {
        Edit::Title(_) => "Title",
        Edit::AddArticle(..) => "AddArticle",
        Edit::ReplaceText { .. } => "ReplaceText",
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
        Edit::Batch(..) => "Batch",
    }
}

/// Words shortened for a step's name.
pub(super) fn short(words: &str) -> String {
    const LENGTH: usize = 32;
    let line = words.replace('\n', " ");
    if line.chars().count() <= LENGTH {
        return line;
    }
    let cut: String = line.chars().take(LENGTH - 1).collect();
    format!("{}…", cut.trim_end())
}
