//! A folder of notes for Obsidian: one for each entity and each article, the canvas with the notes on it (JSON Canvas
//! 1.0), and a base with a table for each kind. Each quote leads to its paragraph in the article's note.

use std::collections::BTreeMap;

use super::canvas;
use super::file_names::FileNames;
use super::location::{Cited, one_line};
use super::markdown::{Markdown, escaped};
use super::report::said;
use super::yaml::quoted;
use super::{Content, Out, Stopped};
use crate::fields::{self, ENTITY, Value};
use crate::notebook::{Anchor, Article, ArticleId, Entity, EntityId, Kind, Link, LinkId, Target};

/// What the notes are called, without their ending.
struct Names {
    entities: BTreeMap<EntityId, String>,
    articles: BTreeMap<ArticleId, String>,
}

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let mut taken = FileNames::default();
    let mut names = Names { entities: BTreeMap::new(), articles: BTreeMap::new() };
    for (id, entity) in content.entities() {
        names.entities.insert(id, taken.unique(&entity.name, &id.to_string()));
    }
    for (id, article) in content.articles() {
        names.articles.insert(id, taken.unique(&article.about.title, &id.to_string()));
    }
    let mut links: BTreeMap<EntityId, Vec<(LinkId, &Link)>> = BTreeMap::new();
    for (id, link) in content.links() {
        for end in link.ends() {
            links.entry(end).or_default().push((id, link));
        }
        out.step()?;
    }
    for (id, entity) in content.entities() {
        out.begin(&format!("{}.md", names.entities[&id]))?;
        let links = links.get(&id).map_or(&[][..], Vec::as_slice);
        entity_note(content, &names, (id, entity), links, out)?;
    }
    for (id, article) in content.articles() {
        out.begin(&format!("{}.md", names.articles[&id]))?;
        article_note(content, &names, id, article, out)?;
    }
    out.begin("Casebook.canvas")?;
    canvas::write_with(content, out, &|id| {
        let id = id.parse().ok()?;
        names.entities.get(&id).map(|name| format!("{name}.md"))
    })?;
    out.begin("Casebook.base")?;
    out.text(&base(content))
}

impl Names {
    /// An entity as a link to its note; by name alone where it has none.
    fn entity(&self, content: &Content<'_>, id: EntityId) -> String {
        match self.entities.get(&id) {
            Some(name) => format!("[[{name}]]"),
            None => escaped(&one_line(content.notebook().name(id))),
        }
    }

    /// A place as a link to its paragraph.
    fn place(&self, content: &Content<'_>, anchor: &Anchor) -> String {
        let at = Cited::at(content.notebook(), anchor);
        match (self.articles.get(&anchor.article), at.paragraph) {
            (Some(name), Some(number)) => {
                format!("[[{name}#^p{number}|{name}, paragraph {number}]]")
            }
            (Some(name), None) => format!("[[{name}]], no longer in the text"),
            (None, _) => escaped(&one_line(at.title())),
        }
    }

    /// The words of a place, and a link to it.
    fn quote(&self, content: &Content<'_>, anchor: &Anchor) -> String {
        let words = escaped(&one_line(content.notebook().words(anchor)));
        format!("“{words}” · {}", self.place(content, anchor))
    }
}

/// The properties at the head of a note.
struct Properties<'a, 'b>(&'a mut Out<'b>);

impl Properties<'_, '_> {
    fn raw(&mut self, key: &str, value: &str) -> Result<(), Stopped> {
        self.0.line(&format!("{key}: {value}"))
    }

    fn text(&mut self, key: &str, value: &str) -> Result<(), Stopped> {
        if value.is_empty() { Ok(()) } else { self.raw(key, &quoted(value)) }
    }

    fn list(&mut self, key: &str, values: &[String]) -> Result<(), Stopped> {
        if values.is_empty() {
            return Ok(());
        }
        self.0.line(&format!("{key}:"))?;
        values.iter().try_for_each(|value| self.0.line(&format!("  - {}", quoted(value))))
    }
}

fn entity_note(
    content: &Content<'_>,
    names: &Names,
    (id, entity): (EntityId, &Entity),
    links: &[(LinkId, &Link)],
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let notebook = content.notebook();
    out.line("---")?;
    let mut to = Properties(out);
    to.text("casebook", &id.to_string())?;
    to.text("kind", entity.kind().word())?;
    to.text("name", &entity.name)?;
    // A link in a property is one only where it is all of it.
    let link = |id: &EntityId| match names.entities.get(id) {
        Some(name) => format!("[[{name}]]"),
        None => notebook.name(*id).to_owned(),
    };
    let mut in_words = Vec::new();
    for field in ENTITY.iter().filter(|field| !["kind", "name", "note"].contains(&field.key)) {
        let Some(value) = field.value(entity).filter(|value| !value.is_empty(field.kind)) else {
            continue;
        };
        match &value {
            Value::Names(all) => to.list(field.key, all)?,
            Value::Entity(one) => {
                to.text(field.key, &one.as_ref().map_or_else(String::new, link))?;
            }
            Value::Entities(all) => {
                to.list(field.key, &all.iter().map(link).collect::<Vec<_>>())?;
            }
            Value::Participants(all) => {
                to.list(field.key, &all.iter().map(|who| link(&who.actor)).collect::<Vec<_>>())?;
                in_words.push((field.noun, field.text(notebook, entity)));
            }
            Value::Flag(on) => to.raw(field.key, if *on { "true" } else { "false" })?,
            Value::Replies(_) | Value::Assessments(_) => {
                in_words.push((field.noun, field.text(notebook, entity)));
            }
            _ => to.text(field.key, &field.text(notebook, entity))?,
        }
    }
    out.line("---")?;
    out.line(&format!("\n# {}", escaped(&one_line(&entity.name))))?;
    for paragraph in entity.note.split('\n').filter(|line| !line.trim().is_empty()) {
        out.line(&format!("\n{}", escaped(paragraph)))?;
    }
    if !in_words.is_empty() {
        out.text("\n")?;
    }
    for (noun, text) in in_words {
        out.line(&format!("- {noun}: {}", escaped(&one_line(&text))))?;
    }
    let mut any = false;
    for (link_id, link) in links {
        if !std::mem::replace(&mut any, true) {
            out.line("\n## Links\n")?;
        }
        out.line(&format!("- {}", sentence(content, names, *link_id, link)))?;
        if !link.note.is_empty() {
            out.line(&format!("  - note: {}", escaped(&one_line(&link.note))))?;
        }
        for anchor in link.evidence.iter().filter_map(|one| notebook.evidence_anchor(one)) {
            out.line(&format!("  - {}", names.quote(content, anchor)))?;
        }
    }
    any = false;
    for (_, mention) in content.mentions_of(id) {
        if !std::mem::replace(&mut any, true) {
            out.line("\n## Mentions\n")?;
        }
        let place = names.place(content, &mention.anchor);
        out.line(&format!("- {} · {place}", said(&Markdown(notebook), mention)))?;
        out.step()?;
    }
    out.step()
}

/// A link as a sentence, with links to the notes of its ends.
fn sentence(content: &Content<'_>, names: &Names, id: LinkId, link: &Link) -> String {
    let notebook = content.notebook();
    let to = match link.to {
        Target::Entity(to) => names.entity(content, to),
        Target::Link(to) => format!("the link {to}"),
    };
    let mut line = format!(
        "{} *{}* {to} ({id}): {}, {}",
        names.entity(content, link.from),
        escaped(&one_line(notebook.relation_label(&link.relation))),
        link.strength.label(),
        link.basis.label()
    );
    let when = if link.when.edtf.is_empty() { &link.when.written } else { &link.when.edtf };
    for part in [
        if link.directed { "" } else { "both ways" },
        &escaped(&one_line(when)),
        if link.to_check { "to check" } else { "" },
        if link.evidence.is_empty() { "no sentence yet" } else { "" },
    ] {
        if !part.is_empty() {
            line.push_str(", ");
            line.push_str(part);
        }
    }
    line
}

fn article_note(
    content: &Content<'_>,
    names: &Names,
    id: ArticleId,
    article: &Article,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let notebook = content.notebook();
    out.line("---")?;
    let mut to = Properties(out);
    to.text("casebook", &id.to_string())?;
    to.text("kind", "article")?;
    for field in fields::ARTICLE {
        match field.value(article) {
            None | Some(Value::Body(_)) => {}
            Some(Value::Entity(Some(publisher))) => {
                let name = match names.entities.get(&publisher) {
                    Some(name) => format!("[[{name}]]"),
                    None => notebook.name(publisher).to_owned(),
                };
                to.text(field.key, &name)?;
            }
            Some(value) if value.is_empty(field.kind) => {}
            Some(_) => to.text(field.key, &field.text(notebook, article))?,
        }
    }
    out.line("---")?;
    out.line(&format!("\n# {}", escaped(&one_line(&article.about.title))))?;
    for number in 0..article.text.paragraph_count() {
        let words = article.text.get(article.text.paragraph(number)).unwrap_or("");
        if !words.trim().is_empty() {
            out.line(&format!("\n{} ^p{}", escaped(words.trim()), number + 1))?;
        }
        out.step()?;
    }
    Ok(())
}

/// The base: a table for each kind that there is, and one of the articles.
fn base(content: &Content<'_>) -> String {
    use std::fmt::Write as _;
    let mut text =
        String::from("filters:\n  and:\n    - 'file.hasProperty(\"casebook\")'\nviews:\n");
    let columns = |kind: Kind| match kind {
        Kind::Actor => &["aliases", "actor_kind", "owner", "reliability", "to_check"][..],
        Kind::Event => &["date", "written", "place", "participants", "to_check"][..],
        Kind::Claim => &["status", "credibility", "about", "to_check"][..],
    };
    let tables = Kind::ALL
        .into_iter()
        .filter(|kind| content.entities().any(|(_, entity)| entity.kind() == *kind))
        .map(|kind| (kind.plural(), kind.word(), columns(kind)))
        .chain([("Articles", "article", &["publisher", "author", "date", "url"][..])]);
    for (name, word, columns) in tables {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "  - type: table\n    name: {name}\n    filters:\n      and:\n        - 'note.kind == \"{word}\"'\n    order:\n      - file.name\n"
        );
        for column in columns {
            let _ = writeln!(text, "      - note.{column}");
        }
    }
    text
}
