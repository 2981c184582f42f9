//! A part of a notebook as text: copied here, pasted there, also into another notebook.
//!
//! The text is a line that says what it is, then RON: the edits that make the entities, the links among them, the
//! groups they fill and the note cards, all called by handles, so that what is pasted gets ids of its own. Mentions and
//! statements stay with their articles; the evidence of links comes along as the words and where they stand. Where the
//! notebook it is pasted into does not hold that article, the words go into the link's note instead.

mod fields;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::script::{DEPTH, fault};
use super::{CardFields, Edit, EvidenceRef, GroupFields, LinkFields, Ref, ScriptError, Spot};
use crate::notebook::{
    Anchor, Article, ArticleId, CardId, EntityId, Link, LinkId, Notebook, RelationId, Target,
};
use crate::text::{occurrences, once_each};
use fields::{plain_fields, reference_fields, status_fields};

/// How the text of a part begins.
const HEADER: &str = "// Casebook: part of a notebook, version 1";

/// A part longer than this (bytes) is not pasted.
pub const PART_LIMIT: usize = 64 << 20;

/// A part of a notebook, read from text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The articles that evidence stands in.
    #[serde(deserialize_with = "once_each")]
    articles: BTreeMap<ArticleId, Origin>,
    /// The entities it was copied from.
    from: BTreeSet<EntityId>,
    /// What makes it anew.
    edits: Vec<Edit>,
}

/// What an article is known by in another notebook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    title: String,
    /// Of its file's bytes.
    sha256: String,
    /// Of the bytes of the file of each version of its text, oldest first; nothing where there is only one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    versions: Vec<String>,
}

impl Origin {
    fn of(article: &Article) -> Self {
        let sha256 = article.origin.sha256.clone();
        let earlier = article.earlier.iter().map(|version| version.origin.sha256.clone());
        let versions = match article.versions() {
            1 => Vec::new(),
            _ => earlier.chain([sha256.clone()]).collect(),
        };
        Self { title: article.about.title.clone(), sha256, versions }
    }

    /// The number that a version has in another notebook's copy of the article, if that holds it.
    fn version_in(&self, article: &Article, version: u32) -> Option<u32> {
        let number = usize::try_from(version.checked_sub(1)?).ok()?;
        let wanted = self.versions.get(number).filter(|sha256| !sha256.is_empty())?;
        let has = |n: &u32| article.version(*n).is_some_and(|(origin, _)| origin.sha256 == *wanted);
        Some(version).filter(has).or_else(|| (1..=article.versions()).find(has))
    }
}

/// A part as text: these entities and the ends of these links, all links among the entities, these links, the groups
/// that lie wholly in it, and these note cards. `None` where that is nothing.
#[must_use]
pub fn copy_part(
    notebook: &Notebook,
    entities: &BTreeSet<EntityId>,
    links: &BTreeSet<LinkId>,
    cards: &BTreeSet<CardId>,
) -> Option<String> {
    let mut part = Part::default();
    let chosen: BTreeSet<LinkId> = entities
        .iter()
        .flat_map(|id| notebook.links_of(*id))
        .filter(|id| {
            notebook.link(*id).is_some_and(|link| {
                link.ends().all(|end| entities.contains(&end)) && link.to_entity().is_some()
            })
        })
        .chain(links.iter().copied())
        .collect();
    part.from.clone_from(entities);
    part.from
        .extend(chosen.iter().filter_map(|id| notebook.link(*id)).flat_map(|link| link.ends()));
    let handle = |id: EntityId| part.from.contains(&id).then(|| format!("${id}"));
    let mut edits = Vec::new();
    let mut references = Vec::new();
    for id in &part.from {
        let Some(entity) = notebook.entity(*id) else { continue };
        let at = notebook.nodes().get(id).map(|node| (node.x, node.y));
        edits.push(Edit::AddEntity {
            kind: entity.kind(),
            name: entity.name.clone(),
            handle: id.to_string(),
            with: Box::new(plain_fields(entity)),
            at,
        });
        let refers = |id: EntityId| handle(id).map_or(Ref::Id(id), |handle| Ref::handle(&handle));
        let quote = |anchor: &Anchor| quote(notebook, anchor, &mut part.articles);
        let fields = [reference_fields(notebook, entity, refers, quote), status_fields(entity)];
        for with in fields.into_iter().flatten() {
            let entity = Ref::handle(&id.to_string());
            references.push(Edit::SetEntity { entity, with: Box::new(with) });
        }
    }
    edits.append(&mut references);
    let relations: BTreeSet<&RelationId> =
        chosen.iter().filter_map(|id| notebook.link(*id)).map(|link| &link.relation).collect();
    for id in relations {
        let Some(relation) = notebook.relations().get(id) else { continue };
        edits.push(Edit::SetRelation {
            relation: id.clone(),
            label: relation.label.clone(),
            family: relation.family,
            directed: relation.directed,
        });
    }
    // A link that targets a link comes after it; one whose target stays behind stays behind too.
    let mut done: BTreeSet<LinkId> = BTreeSet::new();
    for id in notebook.targets_first(chosen.iter().copied()) {
        let Some(link) = notebook.link(id) else { continue };
        if let Target::Link(to) = link.to
            && !done.contains(&to)
        {
            continue;
        }
        edits.push(link_edit(notebook, id, link, &mut part.articles));
        done.insert(id);
    }
    for group in notebook.groups().values().filter(|group| group.members.is_subset(&part.from)) {
        let members = group.members.iter().map(|id| Ref::handle(&id.to_string())).collect();
        let with = GroupFields {
            title: Some(group.title.clone()),
            hue: Some(group.hue),
            collapsed: Some(group.collapsed),
            members: Some(members),
        };
        edits.push(Edit::AddGroup { handle: String::new(), with });
    }
    for card in cards.iter().filter_map(|id| notebook.cards().get(id)) {
        let with = CardFields {
            text: Some(card.text.clone()),
            at: Some((card.x, card.y)),
            size: Some((card.width, card.height)),
            hue: Some(card.hue),
        };
        edits.push(Edit::AddCard { handle: String::new(), with });
    }
    if edits.is_empty() {
        return None;
    }
    part.edits = edits;
    let pretty = ron::ser::PrettyConfig::new().new_line("\n").struct_names(false).depth_limit(2);
    let text = ron::ser::to_string_pretty(&part, pretty).ok()?;
    Some(format!("{HEADER}\n{text}\n"))
}

/// Reads a part; `None` where the text is something else.
///
/// # Errors
/// The line and column of what is wrong, and what it is.
pub fn parse_part(text: &str) -> Option<Result<Part, ScriptError>> {
    let text = text.trim_start();
    if !text.starts_with(HEADER) {
        return None;
    }
    if text.len() > PART_LIMIT {
        let what = format!("it is longer than {} MiB, the most that is pasted", PART_LIMIT >> 20);
        return Some(Err(ScriptError { line: 1, column: 1, what }));
    }
    let options = ron::Options::default().with_recursion_limit(DEPTH);
    let parse = |text: &str| options.from_str::<Part>(text);
    let read = parse(text).map_err(|error| fault(text, &error, |text| parse(text).err()));
    Some(read.and_then(|part| match part.edits.iter().find(|edit| !belongs(edit)) {
        None => Ok(part),
        // What came through the clipboard makes new things, and changes nothing that is there.
        Some(_) => Err(ScriptError {
            line: 1,
            column: 1,
            what: "it holds edits that are no part of a notebook".to_owned(),
        }),
    }))
}

/// Whether an edit can stand in a part: it makes something new.
fn belongs(edit: &Edit) -> bool {
    match edit {
        Edit::AddEntity { .. }
        | Edit::Link { .. }
        | Edit::LinkToLink { .. }
        | Edit::AddCard { .. }
        | Edit::SetRelation { .. } => true,
        Edit::SetEntity { entity, .. } => matches!(entity, Ref::Handle(_)),
        Edit::AddGroup { with, .. } => {
            let new = |member: &Ref<EntityId>| matches!(member, Ref::Handle(_));
            with.members.as_ref().is_some_and(|members| members.iter().all(new))
        }
        _ => false,
    }
}

impl Part {
    /// How many entities, links and note cards it holds.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |sort: fn(&Edit) -> bool| self.edits.iter().filter(|edit| sort(edit)).count();
        (
            count(|edit| matches!(edit, Edit::AddEntity { .. })),
            count(|edit| matches!(edit, Edit::Link { .. } | Edit::LinkToLink { .. })),
            count(|edit| matches!(edit, Edit::AddCard { .. })),
        )
    }

    /// The rectangle around its places on the canvas: least and greatest x and y, in canvas units.
    fn bounds(&self) -> Option<((f32, f32), (f32, f32))> {
        let places = self.edits.iter().filter_map(|edit| match edit {
            Edit::AddEntity { at, .. } => *at,
            Edit::AddCard { with, .. } => with.at,
            _ => None,
        });
        places.fold(None, |bounds: Option<((f32, f32), (f32, f32))>, (x, y)| {
            let (low, high) = bounds.unwrap_or(((x, y), (x, y)));
            Some(((low.0.min(x), low.1.min(y)), (high.0.max(x), high.1.max(y))))
        })
    }

    /// What makes the part in a notebook: one edit. Where it was copied from the same notebook it is put a little
    /// aside of what it is a copy of, elsewhere around `middle` (canvas units).
    #[must_use]
    pub fn paste(&self, notebook: &Notebook, middle: (f32, f32), label: String) -> Edit {
        /// How far a copy is put aside of what it is a copy of, in canvas units.
        const ASIDE: f32 = 48.0;
        let here = self.from.iter().any(|id| notebook.entity(*id).is_some());
        let by = match self.bounds() {
            Some((low, high)) if !here => {
                (middle.0 - (low.0 + high.0) / 2.0, middle.1 - (low.1 + high.1) / 2.0)
            }
            _ => (ASIDE, ASIDE),
        };
        let moved = |at: (f32, f32)| ((at.0 + by.0).round(), (at.1 + by.1).round());
        let articles: HashMap<ArticleId, Option<ArticleId>> = self
            .articles
            .iter()
            .map(|(id, origin)| (*id, find_article(notebook, *id, origin)))
            .collect();
        let known = |entity: &Ref<EntityId>| match entity {
            Ref::Id(id) => notebook.entity(*id).is_some(),
            _ => true,
        };
        let mut edits = Vec::with_capacity(self.edits.len());
        let mut lost_answers: Vec<(Ref<EntityId>, String)> = Vec::new();
        for edit in &self.edits {
            let mut edit = edit.clone();
            match &mut edit {
                Edit::AddEntity { at, .. } => *at = at.map(moved),
                Edit::AddCard { with, .. } => with.at = with.at.map(moved),
                // What the notebook defines already stays as it is there.
                Edit::SetRelation { relation, .. }
                    if notebook.relations().contains_key(relation) =>
                {
                    continue;
                }
                Edit::SetEntity { entity, with } => {
                    with.owner = with.owner.take().filter(known);
                    for list in [&mut with.members, &mut with.about].into_iter().flatten() {
                        list.retain(known);
                    }
                    if let Some(participants) = &mut with.participants {
                        participants.retain(|(actor, _)| known(actor));
                    }
                    if let Some(replies) = &mut with.replies {
                        replies.retain(|reply| known(&reply.actor));
                        for reply in replies {
                            let found = |one: &mut EvidenceRef| self.find(notebook, &articles, one);
                            let mut answer = reply.answer.take();
                            match answer.as_mut().map(found) {
                                Some(Err(words)) => lost_answers.push((entity.clone(), words)),
                                Some(Ok(())) => reply.answer = answer,
                                None => {}
                            }
                        }
                    }
                }
                Edit::Link { evidence, with, .. } | Edit::LinkToLink { evidence, with, .. } => {
                    let mut lost = Vec::new();
                    evidence.retain_mut(|one| match self.find(notebook, &articles, one) {
                        Ok(()) => true,
                        Err(words) => {
                            lost.push(words);
                            false
                        }
                    });
                    note_down(&mut with.note, &lost);
                }
                _ => {}
            }
            edits.push(edit);
        }
        // An answer whose article is not here is kept as words in the claim's note.
        for (claim, words) in lost_answers {
            let made = edits.iter_mut().find_map(|edit| match edit {
                Edit::AddEntity { handle, with, .. } if Ref::handle(handle) == claim => Some(with),
                _ => None,
            });
            if let Some(with) = made {
                note_down(&mut with.note, &[words]);
            }
        }
        Edit::Batch(label, edits)
    }

    /// Finds a piece of evidence in the notebook's own articles.
    ///
    /// # Errors
    /// What to note down where it is not there: its words, and where they stood.
    fn find(
        &self,
        notebook: &Notebook,
        articles: &HashMap<ArticleId, Option<ArticleId>>,
        evidence: &mut EvidenceRef,
    ) -> Result<(), String> {
        let EvidenceRef::Quote { article: Some(article), at: Spot::Nth(words, n), version } =
            evidence
        else {
            return Err(String::new());
        };
        let &mut Ref::Id(from) = article else { return Err(String::new()) };
        let here = articles.get(&from).copied().flatten();
        let there = here.and_then(|id| notebook.article(id)).filter(|article| {
            n.checked_sub(1).is_some_and(|n| occurrences(&article.text, words).len() > n)
        });
        if let (Some(id), Some(there)) = (here, there) {
            *article = Ref::Id(id);
            // Elsewhere the article may have been updated less often, or from other files.
            let origin = self.articles.get(&from);
            *version = version.and_then(|number| origin?.version_in(there, number));
            return Ok(());
        }
        let title = self.articles.get(&from).map_or("", |origin| &origin.title);
        Err(format!("Its sentence, in “{title}”: “{words}”"))
    }
}

/// Adds lines to a note.
fn note_down(note: &mut Option<String>, lines: &[String]) {
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let note = note.get_or_insert_default();
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(line);
    }
}

/// The article of a notebook that is the same: by its id, by its file's bytes, or by its title where only one has it.
fn find_article(notebook: &Notebook, id: ArticleId, origin: &Origin) -> Option<ArticleId> {
    if notebook.article(id).is_some() {
        return Some(id);
    }
    let articles = notebook.articles();
    let by_bytes = articles
        .iter()
        .find(|(_, one)| !origin.sha256.is_empty() && one.origin.sha256 == origin.sha256);
    if let Some((id, _)) = by_bytes {
        return Some(*id);
    }
    let mut titled = articles.iter().filter(|(_, one)| one.about.title == origin.title);
    match (titled.next(), titled.next()) {
        (Some((id, _)), None) => Some(*id),
        _ => None,
    }
}

/// A stretch of an article by its words, where they stand in it.
fn quote(
    notebook: &Notebook,
    anchor: &Anchor,
    articles: &mut BTreeMap<ArticleId, Origin>,
) -> Option<EvidenceRef> {
    let article = notebook.article(anchor.article)?;
    articles.entry(anchor.article).or_insert_with(|| Origin::of(article));
    let words = notebook.words(anchor).to_owned();
    let nth = anchor
        .range()
        .and_then(|range| occurrences(&article.text, &words).iter().position(|p| *p == range));
    Some(EvidenceRef::Quote {
        article: Some(Ref::Id(anchor.article)),
        // An orphan stands nowhere: it will not be found, and its words are kept.
        at: Spot::Nth(words, nth.map_or(0, |n| n + 1)),
        version: (article.versions() > 1).then_some(anchor.version),
    })
}

/// What makes a link anew between the handles of its ends; its evidence by its words.
fn link_edit(
    notebook: &Notebook,
    id: LinkId,
    link: &Link,
    articles: &mut BTreeMap<ArticleId, Origin>,
) -> Edit {
    let anchors = link.evidence.iter().filter_map(|one| notebook.evidence_anchor(one));
    let evidence = anchors.filter_map(|anchor| quote(notebook, anchor, articles)).collect();
    let with = LinkFields {
        directed: Some(link.directed),
        basis: Some(link.basis),
        strength: Some(link.strength),
        written: Some(link.when.written.clone()),
        date: Some(link.when.edtf.clone()),
        note: Some(link.note.clone()),
        to_check: Some(link.to_check),
        ..LinkFields::default()
    };
    let from = Ref::handle(&link.from.to_string());
    let (relation, handle) = (link.relation.clone(), id.to_string());
    match link.to {
        Target::Entity(to) => {
            let to = Ref::handle(&to.to_string());
            Edit::Link { from, relation, to, evidence, with, handle }
        }
        Target::Link(to) => {
            let to = Ref::handle(&to.to_string());
            Edit::LinkToLink { from, relation, to, evidence, with, handle }
        }
    }
}
