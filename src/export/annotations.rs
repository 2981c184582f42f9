//! W3C Web Annotations as JSON-LD (<https://www.w3.org/TR/annotation-model/>): one page of annotations. Positions count
//! Unicode code points of the article's text as Casebook holds it; quotes find the words again elsewhere.

use serde_json::{Value, json};

use super::location::web_address;
use super::{Content, Out, Stopped};
use crate::fields;
use crate::notebook::{
    Anchor, Article, ArticleId, Link, Mention, MentionId, Notebook, Place, Target,
};
use crate::text::Quote;

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let notebook = content.notebook();
    let label = if notebook.title().is_empty() { "Casebook" } else { notebook.title() };
    out.text("{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:casebook:annotations\",\"type\":\"AnnotationCollection\",")?;
    let links = || content.links().filter(|(_, link)| !link.evidence.is_empty());
    let total = content.mentions().count() + links().count();
    out.text(&format!("\"label\":{},\"total\":{total},", json!(label)))?;
    out.text("\"first\":{\"id\":\"urn:casebook:annotations:1\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[")?;
    let mut first = true;
    for (id, mention) in content.mentions() {
        out.element(&mut first, &of_mention(notebook, id, mention))?;
        out.step()?;
    }
    for (id, link) in links() {
        let targets: Vec<Value> = link
            .evidence
            .iter()
            .filter_map(|evidence| notebook.evidence_anchor(evidence))
            .map(|anchor| target(notebook, anchor))
            .collect();
        let ends = match link.to {
            Target::Entity(to) => to.to_string(),
            Target::Link(to) => to.to_string(),
        };
        let annotation = json!({
            "id": urn(&id.to_string()),
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                text("linking", &sentence(notebook, link)),
                text("classifying", notebook.relation_label(&link.relation)),
                identifying(&link.from.to_string()),
                identifying(&ends),
            ],
            "target": targets,
        });
        out.element(&mut first, &annotation)?;
        out.step()?;
    }
    out.line("\n]}}")
}

fn of_mention(notebook: &Notebook, id: MentionId, mention: &Mention) -> Value {
    let name = notebook.name(mention.entity);
    let kind = notebook.entity(mention.entity).map_or("", |entity| entity.kind().word());
    let mut body = vec![
        identifying(&mention.entity.to_string()),
        text("tagging", name),
        text("classifying", kind),
    ];
    if mention.statement.is_some() {
        let fields = fields::STATEMENT.iter().filter_map(|field| {
            let said = field.text(notebook, mention);
            (!said.is_empty()).then(|| format!("{}: {said}", field.noun))
        });
        body.push(text("describing", &fields.collect::<Vec<_>>().join("; ")));
    }
    if !mention.note.is_empty() {
        body.push(text("commenting", &mention.note));
    }
    if mention.to_check {
        body.push(text("moderating", "to check"));
    }
    json!({
        "id": urn(&id.to_string()),
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": target(notebook, &mention.anchor),
    })
}

fn urn(id: &str) -> String {
    format!("urn:casebook:{id}")
}

fn identifying(id: &str) -> Value {
    json!({ "type": "SpecificResource", "purpose": "identifying", "source": urn(id) })
}

fn text(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value })
}

fn sentence(notebook: &Notebook, link: &Link) -> String {
    let to = match link.to {
        Target::Entity(to) => notebook.name(to).to_owned(),
        Target::Link(to) => format!("the link {to}"),
    };
    let relation = notebook.relation_label(&link.relation);
    format!("{} {relation} {to}", notebook.name(link.from))
}

/// A place: by position where the words stand in the text, and by the words.
fn target(notebook: &Notebook, anchor: &Anchor) -> Value {
    let article = notebook.article(anchor.article).map(|article| &**article);
    let by_words = |quote: &Quote| {
        json!({
            "type": "TextQuoteSelector",
            "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix,
        })
    };
    let selector = match (&anchor.place, article) {
        (Place::At { start, end }, Some(article)) => {
            let quote = article.text.quote(*start..*end);
            let place =
                json!({ "type": "TextPositionSelector", "start": quote.start, "end": quote.end });
            json!([place, by_words(&quote)])
        }
        (Place::Orphan(quote), _) => json!([by_words(quote)]),
        (Place::At { .. }, None) => json!([]),
    };
    json!({
        "type": "SpecificResource",
        "source": source(anchor.article, article),
        "selector": selector,
    })
}

/// The article, by its address where it has one.
fn source(id: ArticleId, article: Option<&Article>) -> Value {
    let web = article.and_then(|article| web_address(&article.about.url));
    let mut source = json!({
        "id": web.unwrap_or_else(|| urn(&id.to_string())),
        "type": "Text",
    });
    if let Some(article) = article.filter(|article| !article.about.language.is_empty()) {
        source["language"] = json!(article.about.language);
    }
    source
}
