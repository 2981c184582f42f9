//! brat standoff (<https://brat.nlplab.org/standoff.html>): texts with their annotations beside them. Offsets count code
//! points of the text as its file holds it, carriage returns included.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::ImportError;
use super::case::{
    Case, CaseArticle, CaseEntity, CaseEvidence, CaseLink, CaseMention, CasePlace, short,
};
use super::ids::Ids;
use super::source::{Source, SourceFile};
use crate::edit::{EntityFields, Ref, StatementFields};
use crate::export::brat_terms::{
    EVIDENCE_COMMENT, ID_COMMENT, KNOWLEDGE_BASE, actor_type, role_name,
};
use crate::notebook::{
    ActorKind, ArticleId, EntityId, Form, Kind, LinkId, Modality, Polarity, Role, Target,
};
use crate::text::{Text, name_key};

const FORMAT: &str = "brat annotations";

/// Whether there are annotations among the files.
pub(super) fn looks_like(source: &Source) -> bool {
    source.files.iter().any(|file| file.name.to_lowercase().ends_with(".ann"))
}

pub(super) fn read(source: &Source, cancelled: &dyn Fn() -> bool) -> Result<Case, ImportError> {
    let mut case = Case::default();
    let mut all = Entities::default();
    let mut links: HashMap<LinkId, usize> = HashMap::new();
    let texts: BTreeMap<&str, &SourceFile> = source
        .files
        .iter()
        .filter_map(|file| Some((file.name.strip_suffix(".txt")?, file)))
        .collect();
    for file in &source.files {
        if cancelled() {
            return Err(ImportError::Cancelled);
        }
        let Some(stem) = file.name.strip_suffix(".ann") else { continue };
        let raw = texts.get(stem).map(|text| text.text(FORMAT)).transpose()?;
        let named = stem.rsplit_once('-').filter(|(_, id)| id.parse::<ArticleId>().is_ok());
        let (title, key) = named.unwrap_or((stem, stem));
        let (id, known) = Ids::new("brat", "").article(key);
        let mut article = CaseArticle::new(id, known);
        title.clone_into(&mut article.title);
        article.file_name = format!("{stem}.txt");
        if raw.is_none() {
            case.missed.say(format!("“{}”: its text, “{stem}.txt”, is not beside it", file.name));
        }
        let page = Page::parse(&file.text(FORMAT)?, &file.name, &mut case);
        page.take(stem, id, raw.as_deref().map(Text::new), &mut case, &mut all, &mut links);
        article.text = raw;
        case.articles.push(article);
    }
    if case.articles.is_empty() {
        return Err(ImportError::NotThis {
            file: source.name.clone(),
            format: FORMAT,
            why: "there is no “.ann” file in it".to_owned(),
        });
    }
    all.finish(&mut case);
    Ok(case)
}

/// The entities of all texts, by what they are called.
#[derive(Default)]
struct Entities {
    order: Vec<EntityId>,
    found: HashMap<EntityId, CaseEntity>,
    participants: BTreeMap<EntityId, Vec<(Ref<EntityId>, Role)>>,
}

impl Entities {
    fn finish(mut self, case: &mut Case) {
        for id in self.order {
            let Some(mut entity) = self.found.remove(&id) else { continue };
            if let Some(participants) = self.participants.remove(&id) {
                let participants = Some(participants);
                entity.with.push(EntityFields { participants, ..EntityFields::default() });
            }
            case.entities.push(entity);
        }
    }
}

/// A text-bound annotation.
struct Bound {
    sort: String,
    spans: Vec<(usize, usize)>,
    words: String,
    line: usize,
}

/// The annotations of one text, as the lines say them.
#[derive(Default)]
struct Page {
    name: String,
    bound: BTreeMap<String, Bound>,
    order: Vec<String>,
    /// Events: trigger, and arguments by role.
    events: BTreeMap<String, (String, Vec<(String, String)>)>,
    triggers: HashSet<String>,
    /// Relations: sort, first and second argument.
    relations: Vec<(String, String, String, String)>,
    /// Of what, which, value.
    attributes: Vec<(String, String, String)>,
    /// Of what: comment sort, text.
    comments: HashMap<String, Vec<(String, String)>>,
    /// Of what: reference, its text.
    references: HashMap<String, (String, String)>,
    /// Annotations that mean one thing.
    same: Vec<Vec<String>>,
}

impl Page {
    fn parse(text: &str, name: &str, case: &mut Case) -> Self {
        let mut page = Self { name: name.to_owned(), ..Self::default() };
        let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        for (number, line) in (1..).zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
            if page.line(line, number).is_none() {
                case.missed.say(format!(
                    "“{name}”, line {number}: it is no annotation as brat writes them"
                ));
            }
        }
        page
    }

    fn line(&mut self, line: &str, number: usize) -> Option<()> {
        let (id, rest) = line.split_once('\t')?;
        match id.chars().next()? {
            'T' => {
                let (place, words) = rest.split_once('\t')?;
                let (sort, spans) = place.split_once(' ')?;
                let span = |span: &str| {
                    let (start, end) = span.trim().split_once(' ')?;
                    Some((start.parse().ok()?, end.parse().ok()?))
                };
                let spans = spans.split(';').map(span).collect::<Option<Vec<_>>>()?;
                let bound =
                    Bound { sort: sort.to_owned(), spans, words: words.to_owned(), line: number };
                if self.bound.insert(id.to_owned(), bound).is_none() {
                    self.order.push(id.to_owned());
                }
            }
            'E' => {
                let mut parts = rest.split_whitespace().map(|part| part.split_once(':'));
                let (_, trigger) = parts.next()??;
                let arguments = parts
                    .map(|part| part.map(|(role, of)| (role.to_owned(), of.to_owned())))
                    .collect::<Option<Vec<_>>>()?;
                self.triggers.insert(trigger.to_owned());
                self.events.insert(id.to_owned(), (trigger.to_owned(), arguments));
            }
            'R' => {
                let mut parts = rest.split_whitespace();
                let sort = parts.next()?;
                let mut argument =
                    || Some(parts.next()?.split_once(':').map(|(_, of)| of.to_owned()));
                let (from, to) = (argument()??, argument()??);
                self.relations.push((id.to_owned(), sort.to_owned(), from, to));
            }
            'A' | 'M' => {
                let mut parts = rest.split_whitespace();
                let (sort, of) = (parts.next()?.to_owned(), parts.next()?.to_owned());
                self.attributes.push((of, sort, parts.next().unwrap_or("").to_owned()));
            }
            '#' => {
                let (place, text) = rest.split_once('\t')?;
                let (sort, of) = place.split_once(' ')?;
                let comments = self.comments.entry(of.to_owned()).or_default();
                comments.push((sort.to_owned(), text.to_owned()));
            }
            'N' => {
                let (place, text) = rest.split_once('\t').unwrap_or((rest, ""));
                let mut parts = place.split_whitespace();
                let (_, of, to) = (parts.next()?, parts.next()?, parts.next()?);
                let reference = (to.to_owned(), text.to_owned());
                self.references.entry(of.to_owned()).or_insert(reference);
            }
            '*' => {
                let all = rest.split_whitespace().skip(1).map(str::to_owned);
                self.same.push(all.collect());
            }
            _ => return None,
        }
        Some(())
    }

    fn comment<'a>(&'a self, of: &str, sort: &str) -> Option<&'a str> {
        let all = self.comments.get(of)?;
        all.iter().find(|(one, _)| one == sort).map(|(_, text)| text.as_str())
    }

    /// The annotation that stands for this one: the first of those that mean one thing.
    fn first<'a>(&'a self, id: &'a str) -> &'a str {
        let among = self.same.iter().find(|all| all.iter().any(|one| one == id));
        among.and_then(|all| all.first()).map_or(id, String::as_str)
    }

    /// The annotation in the text that an argument names, also through an event.
    fn bound_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.events.get(id).map_or(id, |(trigger, _)| trigger.as_str())
    }

    fn take(
        &self,
        stem: &str,
        article: ArticleId,
        text: Option<Text>,
        case: &mut Case,
        all: &mut Entities,
        links: &mut HashMap<LinkId, usize>,
    ) {
        let here = Ids::new("brat", stem);
        let text = text.as_ref();
        let mut entities: HashMap<&str, EntityId> = HashMap::new();
        let mut at: HashMap<&str, usize> = HashMap::new();
        for id in &self.order {
            let Some(bound) = self.bound.get(id) else { continue };
            let entity = self.entity(id, bound, all);
            entities.insert(id, entity);
            let Some(place) = place(article, bound, text) else {
                case.missed.say(format!(
                    "“{}”, line {}: “{}” stands in several places at once, and a mention in one",
                    self.name,
                    bound.line,
                    short(&bound.words)
                ));
                continue;
            };
            let name = self.comment(id, ID_COMMENT).unwrap_or(id);
            let mut mention = CaseMention::new(here.mention(name), entity, place);
            if let Some(note) = self.comment(id, "AnnotatorNotes") {
                note.clone_into(&mut mention.note);
            }
            at.insert(id, case.mentions.len());
            case.mentions.push(mention);
        }
        self.attributes(case, &at);
        for (trigger, arguments) in self.events.values() {
            let Some(event) = entities.get(trigger.as_str()) else { continue };
            let list = all.participants.entry(*event).or_default();
            for (role, of) in arguments {
                let Some(actor) = entities.get(self.bound_of(of)) else { continue };
                let role = role.trim_end_matches(|c: char| c.is_ascii_digit());
                let role = Role::ALL.into_iter().find(|one| role_name(*one) == role);
                let one = (Ref::Id(*actor), role.unwrap_or_default());
                if !list.contains(&one) {
                    list.push(one);
                }
            }
        }
        for (id, sort, from, to) in &self.relations {
            let (from_bound, to_bound) = (self.bound_of(from), self.bound_of(to));
            let (Some(from), Some(to)) = (entities.get(from_bound), entities.get(to_bound)) else {
                case.missed
                    .say(format!("“{}”, the relation {id}: an end of it is missing", self.name));
                continue;
            };
            let ours = self.comment(id, ID_COMMENT);
            let (name, relation) = ours.and_then(|text| text.split_once(' ')).unwrap_or((id, sort));
            let link = here.link(name);
            let at_link = *links.entry(link).or_insert_with(|| {
                case.links.push(CaseLink {
                    id: link,
                    from: *from,
                    to: Target::Entity(*to),
                    relation: relation.to_owned(),
                    with: Vec::new(),
                    evidence: Vec::new(),
                });
                case.links.len() - 1
            });
            let mut evidence = Vec::new();
            if ours.is_none() {
                evidence.extend(
                    [from_bound, to_bound]
                        .iter()
                        .filter_map(|id| {
                            at.get(id).and_then(|at| case.mentions.get(*at)).map(|m| m.id)
                        })
                        .map(CaseEvidence::Mention),
                );
            }
            for (_, quote) in self
                .comments
                .get(id)
                .into_iter()
                .flatten()
                .filter(|(one, _)| one == EVIDENCE_COMMENT)
            {
                let bound = quote.split_whitespace().next().unwrap_or("");
                match at.get(bound).and_then(|at| case.mentions.get(*at)) {
                    Some(mention) => evidence.push(CaseEvidence::Mention(mention.id)),
                    None => evidence.extend(quoted(article, quote, text).map(CaseEvidence::Quote)),
                }
            }
            let Some(made) = case.links.get_mut(at_link) else { continue };
            if made.with.is_empty()
                && let Some(note) = self.comment(id, "AnnotatorNotes")
            {
                let note = Some(note.to_owned());
                made.with.push(crate::edit::LinkFields { note, ..Default::default() });
            }
            made.evidence.extend(evidence);
        }
    }

    fn entity(&self, id: &str, bound: &Bound, all: &mut Entities) -> EntityId {
        let first = self.first(id);
        let bound = self.bound.get(first).unwrap_or(bound);
        let is_event = self.triggers.contains(first);
        let (kind, actor_kind) = sort_of(&bound.sort, is_event);
        let ids = Ids::new("brat", "");
        let reference = self.references.get(first).or_else(|| self.references.get(id));
        let ours = reference.and_then(|(to, name)| {
            let id = to.strip_prefix(KNOWLEDGE_BASE)?.strip_prefix(':')?;
            Some((id, name))
        });
        let (found, name) = match (ours, reference) {
            (Some((id, name)), _) => (ids.entity(id), name.as_str()),
            (None, Some((to, name))) if !name.is_empty() => (ids.entity(to), name.as_str()),
            _ => {
                let key = format!("{kind:?}\n{}", name_key(&bound.words));
                (ids.entity(&key), bound.words.as_str())
            }
        };
        all.found.entry(found.0).or_insert_with(|| {
            all.order.push(found.0);
            let mut entity = CaseEntity::new(found, kind, name);
            let mut with = EntityFields::default();
            match actor_kind {
                Some(kind) => with.actor_kind = Some(kind),
                None if kind == Kind::Actor => with.note = Some(format!("Type: {}", bound.sort)),
                None => {}
            }
            if with != EntityFields::default() {
                entity.with.push(with);
            }
            entity
        });
        found.0
    }

    fn attributes(&self, case: &mut Case, at: &HashMap<&str, usize>) {
        fn one<T: Copy + std::fmt::Debug>(all: &[T], value: &str) -> Option<T> {
            all.iter().copied().find(|one| format!("{one:?}") == value)
        }
        for (of, sort, value) in &self.attributes {
            let mention = at.get(self.bound_of(of)).and_then(|at| case.mentions.get_mut(*at));
            let Some(mention) = mention else { continue };
            let mut with = StatementFields::default();
            match sort.as_str() {
                "To_check" => mention.to_check = true,
                "Modality" => with.modality = one(&Modality::ALL, value),
                "Polarity" => with.polarity = one(&Polarity::ALL, value),
                "Form" => with.form = one(&Form::ALL, value),
                "Negation" => with.polarity = Some(Polarity::Denies),
                "Speculation" => with.modality = Some(Modality::Possible),
                _ => {
                    let space = if value.is_empty() { "" } else { " " };
                    case.missed
                        .say(format!("“{}”, {of}: the attribute {sort}{space}{value} is none that statements have", self.name));
                    continue;
                }
            }
            if with != StatementFields::default() {
                mention.statement.push(with);
            }
        }
    }
}

/// The kind that a type stands for, and of an actor which; `None` for a type that is no word of ours.
fn sort_of(sort: &str, is_event: bool) -> (Kind, Option<ActorKind>) {
    if let Some(kind) = ActorKind::ALL.into_iter().find(|kind| actor_type(*kind) == sort) {
        return (Kind::Actor, Some(kind));
    }
    match sort.to_ascii_lowercase().as_str() {
        "claim" => (Kind::Claim, None),
        "event" => (Kind::Event, None),
        _ if is_event => (Kind::Event, None),
        "per" | "pers" => (Kind::Actor, Some(ActorKind::Person)),
        "person" => (Kind::Actor, Some(ActorKind::Person)),
        "org" | "organization" | "company" => (Kind::Actor, Some(ActorKind::Organisation)),
        _ => (Kind::Actor, None),
    }
}

/// Where an annotation stands; `None` where that is several places with something between them.
fn place(article: ArticleId, bound: &Bound, text: Option<&Text>) -> Option<CasePlace> {
    let (start, end) = (bound.spans.first()?.0, bound.spans.last()?.1);
    let slice = |start: usize, end: usize| {
        let text = text?;
        text.get(text.byte_of(start)?..text.byte_of(end)?)
    };
    for pair in bound.spans.windows(2) {
        let [(_, from), (to, _)] = pair else { continue };
        if from != to && slice(*from, *to).is_none_or(|between| !between.trim().is_empty()) {
            return None;
        }
    }
    let exact = slice(start, end).filter(|words| same_words(words, &bound.words));
    let exact = exact.unwrap_or(&bound.words).to_owned();
    Some(CasePlace { offsets: Some((start, end)), ..CasePlace::words(article, exact) })
}

/// Whether words are the same but for white space.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// The place that a comment of evidence tells: start, end, words.
fn quoted(article: ArticleId, comment: &str, text: Option<&Text>) -> Option<CasePlace> {
    let mut parts = comment.splitn(3, ' ');
    let (start, end) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let words = parts.next().unwrap_or("").to_owned();
    let bound = Bound { sort: String::new(), spans: vec![(start, end)], words, line: 0 };
    place(article, &bound, text)
}
