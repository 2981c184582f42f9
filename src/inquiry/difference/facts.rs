//! What a record says, fact by fact, in words and for another program. The patterns name each field of the records that
//! have no table of fields, so that a new one cannot be forgotten.

use std::fmt::Display;

use serde_json::{Value as Json, json};

use crate::fields::{ARTICLE, ENTITY};
use crate::fields::{Field, LINK, MENTION, Record, STATEMENT, Value, ValueKind};
use crate::notebook::{
    Anchor, Assessment, Card, Conflict, Dismissed, EntityId, Evidence, Filter, Group, Matrix,
    NamedView, Node, Notebook, Place, RecordId, Relation, Reply, SetAside, Target, Version, Waiver,
};

/// The value of a field in words, and for another program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// In words: names, not ids. Empty where nothing is in it.
    pub words: String,
    /// Its parts, where it is a list.
    pub items: Vec<String>,
    /// For another program; null where the record has no such field.
    pub json: Json,
}

/// The most characters of a value in a line.
pub(super) const VALUE: usize = 70;
/// A text on one line, shortened to this many characters.
pub(super) fn short(text: &str, most: usize) -> String {
    let mut line: String = text.chars().take(most).collect();
    if line.contains('\n') {
        line = line.replace('\n', " ");
    }
    if text.chars().nth(most).is_some() {
        line.push('…');
    }
    line
}

/// A record’s id as other programs see it. The title has none: it is the notebook’s.
#[must_use]
pub fn id_of(record: &RecordId) -> String {
    match record {
        RecordId::Title => "notebook".to_owned(),
        RecordId::Article(id) | RecordId::Dismissed(id) => id.to_string(),
        RecordId::Entity(id) | RecordId::Node(id) => id.to_string(),
        RecordId::Mention(id) => id.to_string(),
        RecordId::Link(id) => id.to_string(),
        RecordId::Relation(id) => id.0.clone(),
        RecordId::Group(id) => id.to_string(),
        RecordId::Card(id) => id.to_string(),
        RecordId::View(id) => id.to_string(),
        RecordId::Waiver(id) => id.to_string(),
        RecordId::SetAside(id) => id.to_string(),
        RecordId::Matrix(id) => id.to_string(),
        RecordId::Conflict(id) => id.to_string(),
    }
}

/// A field of a record with what it says.
pub(super) struct Fact {
    pub(super) key: &'static str,
    pub(super) noun: &'static str,
    pub(super) said: Said,
    /// Nothing is in it.
    pub(super) is_empty: bool,
    pub(super) is: Is,
}

/// What tells whether a fact is the same in two notebooks, whatever the names in them are.
#[derive(PartialEq)]
pub(super) enum Is {
    Value(Value),
    Json(Json),
}

/// Everything a record says, in the order in which it is told; nothing where there is no such record.
pub(super) fn facts(notebook: &Notebook, record: &RecordId) -> Vec<Fact> {
    let mut all = Facts { notebook, all: Vec::new() };
    let found = match record {
        RecordId::Title => Some(all.text("title", "title", notebook.title())),
        RecordId::Article(id) => notebook.article(*id).map(|article| {
            all.table(ARTICLE, &**article);
            let earlier = article.earlier.iter().map(|Version { origin, text }| {
                format!("{} ({} characters)", origin.file_name, text.scalars())
            });
            let ids = article.earlier.iter().map(|version| json!(version.origin.sha256)).collect();
            all.list("earlier", "earlier versions", earlier.collect(), ids);
        }),
        RecordId::Entity(id) => notebook.entity(*id).map(|entity| all.table(ENTITY, &**entity)),
        RecordId::Mention(id) => notebook.mention(*id).map(|mention| {
            all.table(MENTION, &**mention);
            all.table(STATEMENT, &**mention);
        }),
        RecordId::Link(id) => notebook.link(*id).map(|link| all.table(LINK, &**link)),
        RecordId::Relation(id) => notebook.relations().get(id).map(|it| all.relation(it)),
        RecordId::Node(id) => notebook.nodes().get(id).map(|it| all.node(*it)),
        RecordId::Group(id) => notebook.groups().get(id).map(|it| all.group(it)),
        RecordId::Card(id) => notebook.cards().get(id).map(|it| all.card(it)),
        RecordId::View(id) => notebook.views().get(id).map(|it| all.view(it)),
        RecordId::Dismissed(id) => notebook.dismissed().get(id).map(|it| all.dismissed(it)),
        RecordId::Waiver(id) => notebook.waivers().get(id).map(|it| all.waiver(it)),
        RecordId::SetAside(id) => notebook.set_aside().get(id).map(|it| all.set_aside(it)),
        RecordId::Matrix(id) => notebook.matrices().get(id).map(|it| all.matrix(it)),
        RecordId::Conflict(id) => notebook.conflicts().get(id).map(|it| all.conflict(it)),
    };
    debug_assert!(found.is_some() || all.all.is_empty());
    all.all
}

struct Facts<'a> {
    notebook: &'a Notebook,
    all: Vec<Fact>,
}

impl Facts<'_> {
    fn put(&mut self, key: &'static str, noun: &'static str, words: String, is: Json) {
        let said = Said { words, items: Vec::new(), json: is.clone() };
        let is_empty = said.words.is_empty();
        self.all.push(Fact { key, noun, said, is_empty, is: Is::Json(is) });
    }

    fn text(&mut self, key: &'static str, noun: &'static str, text: &str) {
        self.put(key, noun, text.to_owned(), json!(text));
    }

    fn flag(&mut self, key: &'static str, noun: &'static str, on: bool) {
        self.put(key, noun, yes_or_no(on).to_owned(), json!(on));
        // What is not so needs no words where it stands for itself.
        if let Some(fact) = self.all.last_mut() {
            fact.is_empty = !on;
        }
    }

    fn list(&mut self, key: &'static str, noun: &'static str, items: Vec<String>, ids: Vec<Json>) {
        let is = Json::Array(ids);
        let said = Said { words: items.join("; "), items, json: is.clone() };
        let is_empty = said.items.is_empty();
        self.all.push(Fact { key, noun, said, is_empty, is: Is::Json(is) });
    }

    fn things<T: Display>(
        &mut self,
        key: &'static str,
        noun: &'static str,
        of: impl Iterator<Item = T>,
        name: impl Fn(&T) -> String,
    ) {
        let (items, ids) = of.map(|id| (name(&id), json!(id.to_string()))).unzip();
        self.list(key, noun, items, ids);
    }

    /// The fields of a record that has a table of them.
    fn table<R: Record>(&mut self, fields: &'static [Field<R>], record: &R) {
        for field in fields {
            let Some(value) = field.value(record) else { continue };
            let items = items(&value, self.notebook);
            let words = match &items {
                Some(items) => items.join("; "),
                None => words(&value, field.kind, self.notebook),
            };
            let json = match &value {
                // A whole article is no value to hand on.
                Value::Body(text) => json!({ "characters": text.scalars() }),
                value => value.json(field.kind, self.notebook),
            };
            let told =
                matches!(field.kind, ValueKind::Flag(yes, no) if !yes.is_empty() && !no.is_empty());
            let is_empty = value.is_empty(field.kind) && !told;
            let said = Said { words, items: items.unwrap_or_default(), json };
            let is = Is::Value(value);
            self.all.push(Fact { key: field.key, noun: field.noun, said, is_empty, is });
        }
    }

    fn relation(&mut self, it: &Relation) {
        let Relation { label, family, directed } = it;
        self.text("label", "label", label);
        self.text("family", "family", family.label());
        self.flag("directed", "direction", *directed);
    }

    fn node(&mut self, Node { x, y, pinned }: Node) {
        self.put("place", "place", format!("{x:.1}, {y:.1}"), json!([x, y]));
        self.flag("pinned", "pin", pinned);
    }

    fn group(&mut self, it: &Group) {
        let Group { title, hue, collapsed, members } = it;
        self.text("title", "title", title);
        self.text("hue", "colour", hue.label());
        self.flag("collapsed", "folded", *collapsed);
        let notebook = self.notebook;
        self.things("members", "members", members.iter(), |id| notebook.name(**id).to_owned());
    }

    fn card(&mut self, it: &Card) {
        let Card { text, x, y, width, height, hue } = it;
        self.text("text", "text", text);
        self.put("place", "place", format!("{x:.1}, {y:.1}"), json!([x, y]));
        self.put("size", "size", format!("{width:.1} × {height:.1}"), json!([width, height]));
        self.text("hue", "colour", hue.label());
    }

    fn view(&mut self, it: &NamedView) {
        let NamedView { name, filter, focus, camera } = it;
        let Filter {
            kinds,
            relations,
            strengths,
            articles,
            from,
            to,
            with_evidence,
            to_check,
            hide_derived,
        } = filter;
        let notebook = self.notebook;
        self.text("name", "name", name);
        let title = |id: &crate::notebook::ArticleId| title(notebook, *id);
        self.things("kinds", "kinds", kinds.iter().map(|kind| kind.word()), |it| (*it).to_owned());
        self.things("relations", "relations", relations.iter().map(|id| &id.0), |id| {
            notebook.relation_label(&(***id).into()).to_owned()
        });
        let strengths = strengths.iter().map(|strength| strength.label());
        self.things("strengths", "strengths", strengths, |it| (*it).to_owned());
        self.things("articles", "articles", articles.iter(), |id| title(id));
        self.text("from", "earliest date", from);
        self.text("to", "latest date", to);
        self.flag("with_evidence", "only with evidence", *with_evidence);
        self.flag("to_check", "only what is to check", *to_check);
        self.flag("hide_derived", "derived links hidden", *hide_derived);
        let around = focus.iter().flat_map(|focus| &focus.around);
        self.things("around", "focus", around, |id| notebook.name(**id).to_owned());
        let steps = focus.as_ref().map(|focus| focus.steps);
        let told = steps.map_or_else(String::new, |steps| steps.to_string());
        self.put("steps", "steps from the focus", told, json!(steps));
        let seen = camera.map(|view| [view.x, view.y, view.zoom]);
        let told = seen.map(|[x, y, zoom]| format!("around {x:.1}, {y:.1} at {zoom:.2}"));
        self.put("camera", "part of the canvas", told.unwrap_or_default(), json!(seen));
    }

    fn dismissed(&mut self, it: &Dismissed) {
        let Dismissed { places, lost } = it;
        let place = |(start, end): &(usize, usize)| format!("bytes {start}–{end}");
        let ids = places.iter().map(|place| json!(place)).collect();
        self.list("places", "places", places.iter().map(place).collect(), ids);
        let ids = lost.iter().map(|lost| json!(lost)).collect();
        self.list("lost", "places that no longer fit", lost.values().cloned().collect(), ids);
    }

    fn waiver(&mut self, it: &Waiver) {
        let Waiver { rule, of, reason, at, by } = it;
        let notebook = self.notebook;
        self.text("rule", "rule", rule);
        self.things("of", "what it is about", of.iter(), |it| notebook.subject_name(**it));
        self.text("reason", "reason", reason);
        self.text("at", "time", at);
        self.text("by", "person", by);
    }

    fn set_aside(&mut self, it: &SetAside) {
        let SetAside { what, from, reason, at, by } = it;
        self.put("what", "what", self.notebook.subject_name(*what), json!(what.to_string()));
        self.text("from", "since", from);
        self.text("reason", "reason", reason);
        self.text("at", "time", at);
        self.text("by", "person", by);
    }

    fn matrix(&mut self, it: &Matrix) {
        let Matrix { title, claims, rows, cells } = it;
        let notebook = self.notebook;
        self.text("title", "title", title);
        self.things("claims", "claims", claims.iter(), |id| notebook.name(**id).to_owned());
        self.things("rows", "rows", rows.iter(), |row| notebook.subject_name(**row));
        let judged = cells.iter().map(|((claim, row), fit)| {
            let row = short(&notebook.subject_name(*row), VALUE / 2);
            format!("{row} / {}: {}", short(notebook.name(*claim), VALUE / 2), fit.label())
        });
        let ids = cells
            .iter()
            .map(|((claim, row), fit)| json!([claim.to_string(), row.to_string(), fit.label()]));
        self.list("cells", "judgements", judged.collect(), ids.collect());
    }

    fn conflict(&mut self, it: &Conflict) {
        let Conflict { of, field, base, ours, theirs } = it;
        self.put("of", "what it is about", self.notebook.record_name(of), json!(id_of(of)));
        self.text("field", "field", field);
        for (key, noun, value) in
            [("base", "both had", base), ("ours", "ours", ours), ("theirs", "theirs", theirs)]
        {
            let json = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
            self.put(key, noun, short(value, VALUE), json);
        }
    }
}

const fn yes_or_no(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

fn title(notebook: &Notebook, id: crate::notebook::ArticleId) -> String {
    notebook.article(id).map_or_else(String::new, |article| article.about.title.clone())
}

/// A value that is no list, in words.
fn words(value: &Value, kind: ValueKind, notebook: &Notebook) -> String {
    match value {
        Value::Flag(on) => match kind {
            ValueKind::Flag(yes, no) if !yes.is_empty() && !no.is_empty() => {
                (if *on { yes } else { no }).to_owned()
            }
            _ => yes_or_no(*on).to_owned(),
        },
        Value::Anchor(anchor) => place(notebook, anchor),
        Value::Body(text) => format!("{} characters", text.scalars()),
        Value::Target(Target::Link(to)) => notebook.subject_name((*to).into()),
        value => value.text(kind, notebook).into_owned(),
    }
}

/// The parts of a value that is a list, in words.
fn items(value: &Value, notebook: &Notebook) -> Option<Vec<String>> {
    let name = |id: EntityId| notebook.name(id).to_owned();
    Some(match value {
        Value::Names(names) => names.clone(),
        Value::Entities(all) => all.iter().map(|id| name(*id)).collect(),
        Value::Participants(all) => {
            all.iter().map(|it| format!("{} ({})", name(it.actor), it.role.label())).collect()
        }
        Value::Replies(all) => all.iter().map(|it| reply(notebook, it)).collect(),
        Value::Assessments(all) => all.iter().map(Assessment::line).collect(),
        Value::Evidence(all) => all.iter().map(|it| evidence(notebook, it)).collect(),
        Value::Chain(chain) => {
            let hop = |hop: &crate::notebook::Hop| {
                let mut said = name(hop.actor);
                if !hop.cue.is_empty() {
                    said.push_str(&format!(", “{}”", hop.cue));
                }
                format!("{said}, {}", hop.source.label())
            };
            chain.iter().map(hop).collect()
        }
        Value::Text(_)
        | Value::Flag(_)
        | Value::Number(_)
        | Value::Entity(_)
        | Value::Relation(_)
        | Value::Target(_)
        | Value::Anchor(_)
        | Value::Body(_) => return None,
    })
}

fn reply(notebook: &Notebook, it: &Reply) -> String {
    let Reply { actor, asked, asked_by, answer } = it;
    let mut said = notebook.name(*actor).to_owned();
    for (before, text) in
        [(", asked ", &asked.written), (", on ", &asked.edtf), (", by ", asked_by)]
    {
        if !text.is_empty() {
            said.push_str(before);
            said.push_str(text);
        }
    }
    match answer {
        Some(answer) => format!("{said}: {}", evidence(notebook, answer)),
        None => format!("{said}: no answer"),
    }
}

fn evidence(notebook: &Notebook, it: &Evidence) -> String {
    let Some(anchor) = notebook.evidence_anchor(it) else { return "(missing)".to_owned() };
    match it {
        Evidence::Mention(_) => format!("mention {}", place(notebook, anchor)),
        Evidence::Quote(_) => place(notebook, anchor),
    }
}

/// The words at a place, and where that is.
fn place(notebook: &Notebook, anchor: &Anchor) -> String {
    let words = short(notebook.words(anchor), VALUE);
    let article = notebook.article(anchor.article);
    let title = article.map_or("", |article| &article.about.title);
    match &anchor.place {
        Place::At { start, end } => {
            let scalar = |byte| article.map_or(byte, |article| article.text.scalar_of(byte));
            format!("‘{words}’ in {title}, characters {}–{}", scalar(*start), scalar(*end))
        }
        Place::Orphan(_) => format!("‘{words}’, no longer in {title}"),
    }
}
