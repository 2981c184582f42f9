//! W3C Web Annotations as JSON-LD (<https://www.w3.org/TR/annotation-model/>): a collection, a page, a list, a graph or
//! single annotations; in the terms of the model's own context, in its full addresses, or in its prefix `oa:`.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::ImportError;
use super::case::{
    Case, CaseArticle, CaseEntity, CaseEvidence, CaseLink, CaseMention, CasePlace, Unit, short,
};
use super::ids::Ids;
use super::json::values;
use super::source::Source;
use crate::edit::StatementFields;
use crate::notebook::{ArticleId, EntityId, Form, Kind, Modality, Polarity, Target};
use crate::text::name_key;

const FORMAT: &str = "list of web annotations";
/// How our ids begin.
const OURS: &str = "urn:casebook:";

/// Whether it speaks of annotations.
pub(super) fn looks_like(source: &Source) -> bool {
    source.files.first().is_some_and(|file| {
        let start = String::from_utf8_lossy(file.bytes.get(..65_536).unwrap_or(&file.bytes));
        start.contains("Annotation") || start.contains("ns/oa#")
    })
}

pub(super) fn read(source: &Source, cancelled: &dyn Fn() -> bool) -> Result<Case, ImportError> {
    let not_this =
        |why: String| ImportError::NotThis { file: source.name.clone(), format: FORMAT, why };
    let Some(file) = source.files.first() else {
        return Err(not_this("there is no file".to_owned()));
    };
    let all = values(&file.text(FORMAT)?, cancelled).map_err(not_this)?;
    let mut reader = Reader {
        here: Ids::new("annotations", &source.name),
        everywhere: Ids::new("annotations", ""),
        articles: HashMap::new(),
        entities: HashSet::new(),
        case: Case::default(),
        any: false,
    };
    let mut number = 0;
    for value in all {
        for annotation in annotations(&plain(value)) {
            number += 1;
            if number % 256 == 0 && cancelled() {
                return Err(ImportError::Cancelled);
            }
            reader.annotation(annotation, number);
        }
    }
    if !reader.any {
        return Err(not_this("no annotation is in it".to_owned()));
    }
    Ok(reader.case)
}

/// A value in short terms: without prefixes, namespaces and wrapped values.
fn plain(value: Value) -> Value {
    match value {
        Value::Array(all) => Value::Array(all.into_iter().map(plain).collect()),
        Value::Object(mut map) => {
            if let Some(value) = map.remove("@value") {
                return plain(value);
            }
            if let Some(list) = map.remove("@list") {
                return plain(list);
            }
            let terms = map.into_iter().map(|(key, value)| {
                let key = term(&key);
                let value = match (&*key, value) {
                    ("type" | "motivation" | "purpose", value) => terms_in(value),
                    (_, value) => plain(value),
                };
                (key, value)
            });
            Value::Object(terms.collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// Terms as values.
fn terms_in(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(term(&text)),
        Value::Array(all) => Value::Array(all.into_iter().map(terms_in).collect()),
        Value::Object(mut map) => {
            map.remove("@id").or_else(|| map.remove("id")).map_or(Value::Null, terms_in)
        }
        other => other,
    }
}

/// A property or class as the model's own context calls it.
fn term(name: &str) -> String {
    let bare = name.rsplit(['#', '/']).next().unwrap_or(name);
    let bare = if name.contains("://") { bare } else { name };
    let bare = match bare.split_once(':') {
        Some((prefix, rest)) if !prefix.is_empty() && prefix.len() <= 8 => rest,
        _ => bare,
    };
    match bare.trim_start_matches('@') {
        "hasBody" => "body",
        "hasTarget" => "target",
        "hasSource" => "source",
        "hasSelector" => "selector",
        "hasPurpose" => "purpose",
        "motivatedBy" => "motivation",
        "chars" => "value",
        other => other,
    }
    .to_owned()
}

/// All annotations in a value, wherever pages and collections put them. Values nest no deeper than what was read.
fn annotations(value: &Value) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(all) => open.extend(all.iter().rev()),
            Value::Object(map) => {
                if map.contains_key("target") {
                    found.push(map);
                } else {
                    let inner = ["first", "items", "graph", "last"];
                    open.extend(inner.iter().rev().filter_map(|key| map.get(*key)));
                }
            }
            _ => {}
        }
    }
    found
}

/// The values of a list, or the single one.
fn list(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
    }
}

/// A text: of a list, its first; of a thing, its id.
fn text(value: Option<&Value>) -> &str {
    match list(value).first() {
        Some(Value::String(text)) => text,
        Some(Value::Object(map)) => text(map.get("id").or_else(|| map.get("value"))),
        _ => "",
    }
}

fn number(value: Option<&Value>) -> Option<usize> {
    let value = list(value).first()?;
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    usize::try_from(number).ok()
}

/// What a body says.
#[derive(Default)]
struct Said {
    /// Identifying: what is meant.
    means: Vec<String>,
    tag: String,
    classes: Vec<String>,
    notes: Vec<String>,
    statement: String,
    to_check: bool,
    relation: String,
}

fn said(annotation: &Map<String, Value>) -> Said {
    let mut said = Said::default();
    let motivation = text(annotation.get("motivation"));
    for body in list(annotation.get("body")) {
        let Value::Object(map) = body else {
            said.means.extend(body.as_str().map(str::to_owned));
            continue;
        };
        let value = text(map.get("value")).to_owned();
        let purpose = text(map.get("purpose"));
        let purpose = if purpose.is_empty() { motivation } else { purpose };
        let source = text(map.get("source"));
        match purpose {
            _ if value.is_empty() && !source.is_empty() => said.means.push(source.to_owned()),
            "identifying" if value.is_empty() => {
                said.means.extend(Some(text(map.get("id")).to_owned()).filter(|id| !id.is_empty()))
            }
            "tagging" | "identifying" if said.tag.is_empty() => said.tag = value,
            "classifying" => said.classes.push(value),
            "describing" => said.statement = value,
            "moderating" if value == "to check" => said.to_check = true,
            "linking" => said.relation = value,
            _ if value.is_empty() => {
                said.means.extend(Some(text(map.get("id")).to_owned()).filter(|id| !id.is_empty()));
            }
            _ => said.notes.push(value),
        }
    }
    if let Some(value) = annotation.get("bodyValue") {
        said.notes.push(text(Some(value)).to_owned());
    }
    said
}

struct Reader {
    here: Ids,
    everywhere: Ids,
    articles: HashMap<ArticleId, ()>,
    entities: HashSet<EntityId>,
    case: Case,
    any: bool,
}

impl Reader {
    fn annotation(&mut self, annotation: &Map<String, Value>, count: usize) {
        self.any = true;
        let id = text(annotation.get("id"));
        let name = match id.strip_prefix(OURS) {
            Some(ours) => ours.to_owned(),
            None if id.is_empty() => format!("annotation {count}"),
            None => id.to_owned(),
        };
        let said = said(annotation);
        let places: Vec<CasePlace> =
            list(annotation.get("target")).iter().filter_map(|one| self.place(one)).collect();
        if places.is_empty() {
            self.case
                .missed
                .say(format!("the annotation “{}”: it points at no words", short(&name)));
            return;
        }
        let linking = text(annotation.get("motivation")) == "linking";
        if linking && said.means.len() == 2 {
            self.link(&name, &said, places);
            return;
        }
        let entity = said.means.first().map(|one| one.strip_prefix(OURS).unwrap_or(one).to_owned());
        let word =
            |kind: &Kind| said.classes.iter().any(|class| class.eq_ignore_ascii_case(kind.word()));
        let kind = Kind::ALL.into_iter().find(word).unwrap_or(Kind::Actor);
        let last = |name: &str| {
            name.trim_end_matches(['/', '#'])
                .rsplit(['/', '#', ':'])
                .next()
                .unwrap_or(name)
                .replace('_', " ")
        };
        let label = match &entity {
            _ if !said.tag.is_empty() => said.tag.clone(),
            Some(name) => last(name),
            None => {
                let quote = places.first().map_or("", |place| &place.exact);
                self.case.missed.say(format!(
                    "the annotation of “{}”: it does not say what it tags",
                    short(quote)
                ));
                return;
            }
        };
        let found = match &entity {
            Some(name) => self.everywhere.entity(name),
            None => self.everywhere.entity(&format!("{kind:?}\n{}", name_key(&label))),
        };
        if self.entities.insert(found.0) {
            self.case.entities.push(CaseEntity::new(found, kind, label));
        }
        for (number, place) in places.into_iter().enumerate() {
            let name = if number == 0 { name.clone() } else { format!("{name} {number}") };
            let mut mention = CaseMention::new(self.here.mention(&name), found.0, place);
            mention.note = said
                .notes
                .iter()
                .filter(|n| !n.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join("\n\n");
            mention.to_check = said.to_check;
            mention.statement = statement(&said.statement);
            self.case.mentions.push(mention);
        }
    }

    fn link(&mut self, name: &str, said: &Said, places: Vec<CasePlace>) {
        let bare = |one: &String| one.strip_prefix(OURS).unwrap_or(one).to_owned();
        let [from, to] = [0, 1].map(|at| said.means.get(at).map(bare).unwrap_or_default());
        let target = match to.parse() {
            Ok(link) => Target::Link(link),
            Err(_) => Target::Entity(self.everywhere.entity(&to).0),
        };
        let relation = said.classes.first().filter(|class| !class.is_empty());
        let relation = relation.or(Some(&said.relation).filter(|text| !text.is_empty()));
        self.case.links.push(CaseLink {
            id: self.here.link(name),
            from: self.everywhere.entity(&from).0,
            to: target,
            relation: relation.map_or("associated with", String::as_str).to_owned(),
            with: Vec::new(),
            evidence: places.into_iter().map(CaseEvidence::Quote).collect(),
        });
    }

    /// The place that a target points at: by its words, by its position, or both; also where one refines the other.
    fn place(&mut self, target: &Value) -> Option<CasePlace> {
        let Value::Object(map) = target else { return None };
        let source = map.get("source")?;
        let article = self.article(source);
        let mut place = CasePlace::words(article, "");
        let mut open: Vec<&Value> = list(map.get("selector")).iter().collect();
        while let Some(selector) = open.pop() {
            let Value::Object(selector) = selector else { continue };
            match text(selector.get("type")) {
                "TextPositionSelector" => {
                    place.offsets = number(selector.get("start")).zip(number(selector.get("end")));
                    // The recommendation counts code points; browsers count UTF-16, which is tried next.
                    place.unit = Unit::Scalars;
                }
                "TextQuoteSelector" => {
                    text(selector.get("exact")).clone_into(&mut place.exact);
                    text(selector.get("prefix")).clone_into(&mut place.prefix);
                    text(selector.get("suffix")).clone_into(&mut place.suffix);
                }
                _ => {}
            }
            open.extend(list(selector.get("refinedBy")));
        }
        (place.offsets.is_some() || !place.exact.is_empty()).then_some(place)
    }

    fn article(&mut self, source: &Value) -> ArticleId {
        let name = text(Some(source));
        let (id, known) = self.everywhere.article(name.strip_prefix(OURS).unwrap_or(name));
        if self.articles.insert(id, ()).is_none() {
            let mut article = CaseArticle::new(id, known);
            if !name.starts_with(OURS) {
                name.clone_into(&mut article.url);
            }
            if let Value::Object(map) = source {
                text(map.get("language")).clone_into(&mut article.language);
            }
            self.case.articles.push(article);
        }
        id
    }
}

/// What a description of ours says of a statement, field by field.
fn statement(text: &str) -> Vec<StatementFields> {
    let mut all = Vec::new();
    let values = text.split("; ").filter_map(|part| Some(part.split_once(": ")?.1));
    for value in values {
        let with = StatementFields {
            modality: Modality::ALL.into_iter().find(|one| one.label() == value),
            polarity: Polarity::ALL.into_iter().find(|one| one.label() == value),
            form: Form::ALL.into_iter().find(|one| one.label() == value),
            chain: None,
        };
        if with != StatementFields::default() {
            all.push(with);
        }
    }
    all
}
