//! FollowTheMoney entities as JSON lines (<https://followthemoney.tech/>), for Aleph, OpenAleph and yente.

use serde_json::{Map, Value, json};

use super::dates::ends;
use super::location::{Cited, web_address};
use super::{Content, Out, Stopped};
use crate::fields;
use crate::notebook::{
    Actor, ActorKind, Article, ArticleId, Detail, Entity, EntityId, Link, LinkId, Notebook, Role,
    Target, When,
};

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let notebook = content.notebook();
    for (id, article) in content.articles() {
        out.line(&of_article(notebook, id, article))?;
        out.step()?;
    }
    for (id, entity) in content.entities() {
        out.line(&of_entity(content, id, entity))?;
        if let Detail::Actor(actor) = &entity.detail {
            for (number, member) in
                (1..).zip(&actor.members).filter(|(_, m)| content.has_entity(**m))
            {
                let mut properties = Properties::default();
                properties.add("member", member.to_string());
                properties.add("organization", id.to_string());
                out.line(&properties.entity(&format!("{id}-member-{number}"), "Membership"))?;
            }
        }
        out.step()?;
    }
    for (id, mention) in content.mentions() {
        let Some(entity) = notebook.entity(mention.entity) else { continue };
        let mut properties = Properties::default();
        if content.has_article(mention.anchor.article) {
            properties.add("document", mention.anchor.article.to_string());
        }
        properties.add("name", notebook.words(&mention.anchor));
        properties.add("detectedSchema", schema(entity));
        if matches!(entity.detail, Detail::Actor(_)) {
            properties.add("resolved", mention.entity.to_string());
        }
        out.line(&properties.entity(&id.to_string(), "Mention"))?;
        out.step()?;
    }
    for (id, link) in content.links() {
        if let Some(line) = of_link(content, id, link) {
            out.line(&line)?;
        }
        out.step()?;
    }
    Ok(())
}

/// What is said of an entity: every property has several values.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if value.trim().is_empty() {
            return;
        }
        if let Value::Array(values) = self.0.entry(name).or_insert_with(|| Value::Array(Vec::new()))
        {
            values.push(Value::String(value));
        }
    }

    /// Dates, as far as the format takes them; and as they were written.
    fn add_when(&mut self, when: &When, [from, to]: [&str; 2]) {
        let (first, last) = ends(&when.edtf);
        if first == last {
            self.add("date", first.map_or_else(String::new, |date| date.iso()));
        } else {
            self.add(from, first.map_or_else(String::new, |date| date.iso()));
            self.add(to, last.map_or_else(String::new, |date| date.iso()));
        }
        let told: Vec<&str> =
            [&*when.written, &*when.edtf].into_iter().filter(|text| !text.is_empty()).collect();
        if !told.is_empty() {
            self.add("summary", format!("Date: {}", told.join(" = ")));
        }
    }

    fn entity(self, id: &str, schema: &str) -> String {
        json!({ "id": id, "schema": schema, "properties": self.0 }).to_string()
    }
}

fn schema(entity: &Entity) -> &'static str {
    match &entity.detail {
        Detail::Actor(actor) => match actor.kind {
            ActorKind::Person => "Person",
            ActorKind::Organisation | ActorKind::Media | ActorKind::Group => "Organization",
            ActorKind::PublicBody => "PublicBody",
            ActorKind::Unset | ActorKind::Anonymous => "LegalEntity",
        },
        Detail::Event(_) => "Event",
        Detail::Claim(_) => "Note",
    }
}

fn of_article(notebook: &Notebook, id: ArticleId, article: &Article) -> String {
    let about = &article.about;
    let mut properties = Properties::default();
    properties.add("title", &*about.title);
    properties.add("author", &*about.author);
    properties.add("publisher", about.publisher.map_or("", |id| notebook.name(id)));
    let (published, _) = ends(&about.date);
    properties.add("publishedAt", published.map_or_else(String::new, |date| date.iso()));
    properties.add("sourceUrl", web_address(&about.url).unwrap_or_default());
    properties.add("fileName", &*article.origin.file_name);
    properties.add("bodyText", article.text.as_str());
    properties.entity(&id.to_string(), "Article")
}

fn of_entity(content: &Content<'_>, id: EntityId, entity: &Entity) -> String {
    let notebook = content.notebook();
    let mut properties = Properties::default();
    properties.add("name", &*entity.name);
    for alias in &entity.aliases {
        properties.add("alias", &**alias);
    }
    properties.add("notes", &*entity.note);
    let actors = |ids: &mut dyn Iterator<Item = EntityId>, name: &str, to: &mut Properties| {
        for id in ids.filter(|id| content.has_entity(*id)) {
            to.add(name, id.to_string());
        }
    };
    match &entity.detail {
        Detail::Actor(Actor { kind, owner, .. }) => {
            properties.add("classification", kind.label());
            actors(&mut owner.iter().copied(), "parent", &mut properties);
        }
        Detail::Event(event) => {
            properties.add_when(&event.date, ["startDate", "endDate"]);
            properties.add("location", &*event.place);
            for who in &event.participants {
                let role = if who.role == Role::Organiser { "organizer" } else { "involved" };
                actors(&mut std::iter::once(who.actor), role, &mut properties);
            }
            for (_, mention) in content.mentions_of(id) {
                properties.add("description", quoted(&Cited::at(notebook, &mention.anchor)));
            }
        }
        Detail::Claim(claim) => {
            actors(&mut claim.about.iter().copied(), "entity", &mut properties);
            for (_, mention) in content.mentions_of(id) {
                let at = Cited::at(notebook, &mention.anchor);
                let said: Vec<_> = fields::STATEMENT
                    .iter()
                    .map(|field| field.text(notebook, mention))
                    .filter(|text| !text.is_empty())
                    .collect();
                let said = said.join(", ");
                properties.add("description", format!("{} ({said})", quoted(&at)));
            }
        }
    }
    let mut articles: Vec<ArticleId> =
        content.mentions_of(id).map(|(_, mention)| mention.anchor.article).collect();
    articles.sort_unstable();
    articles.dedup();
    for article in articles {
        properties.add("proof", article.to_string());
    }
    properties.entity(&id.to_string(), schema(entity))
}

fn quoted(at: &Cited<'_>) -> String {
    let place = at.paragraph.map_or_else(String::new, |number| format!(", paragraph {number}"));
    format!("“{}” · {}{place}", at.words, at.title())
}

/// A link; `None` for one to a link, which the format cannot hold.
fn of_link(content: &Content<'_>, id: LinkId, link: &Link) -> Option<String> {
    let notebook = content.notebook();
    let Target::Entity(to) = link.to else { return None };
    let of = |id| notebook.entity(id).map_or("", |entity| schema(entity));
    let (start, end) = (of(link.from), of(to));
    let actor = |schema: &str| !["Event", "Note", ""].contains(&schema);
    let organisation = |schema: &str| ["Organization", "PublicBody"].contains(&schema);
    let persons = start == "Person" && end == "Person";
    let (schema, from_is, to_is, relation) = match link.relation.0.as_str() {
        "works for" if start == "Person" && organisation(end) => {
            ("Employment", "employee", "employer", "role")
        }
        "directs" if actor(start) && organisation(end) => {
            ("Directorship", "director", "organization", "role")
        }
        "member of" if actor(start) && organisation(end) => {
            ("Membership", "member", "organization", "role")
        }
        "family" if persons => ("Family", "person", "relative", "relationship"),
        "associated with" if persons => ("Associate", "person", "associate", "relationship"),
        _ => ("UnknownLink", "subject", "object", "role"),
    };
    let mut properties = Properties::default();
    properties.add(from_is, link.from.to_string());
    properties.add(to_is, to.to_string());
    properties.add(relation, notebook.relation_label(&link.relation));
    properties.add("summary", format!("{}, {}", link.strength.label(), link.basis.label()));
    properties.add_when(&link.when, ["startDate", "endDate"]);
    properties.add("description", &*link.note);
    let mut articles = Vec::new();
    for anchor in link.evidence.iter().filter_map(|one| notebook.evidence_anchor(one)) {
        properties.add("description", quoted(&Cited::at(notebook, anchor)));
        articles.push(anchor.article);
    }
    articles.sort_unstable();
    articles.dedup();
    for article in articles.into_iter().filter(|id| content.has_article(*id)) {
        properties.add("proof", article.to_string());
    }
    Some(properties.entity(&id.to_string(), schema))
}
