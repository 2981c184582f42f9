//! A notebook as lines of text, for programs that compare line by line: each record by its name with what it says, one
//! fact a line. The order is that of ids and of the articles, so that a record that changed stays where it was.

use std::fmt::Write as _;

use super::ASK_EVERY;
use super::What;
use super::facts::{facts, id_of};
use crate::notebook::{Anchor, Notebook, Place, RecordId};

/// How many bytes of the text before and after a place are shown.
const AROUND: usize = 40;

/// A notebook in lines of words; `None` once `stop` returns true. Places are told by the words around them, not by
/// offsets, which change with every word before them.
#[must_use]
pub fn readable(notebook: &Notebook, stop: &dyn Fn() -> bool) -> Option<String> {
    let mut out = String::new();
    for (number, (what, record)) in records(notebook).into_iter().enumerate() {
        if number.is_multiple_of(ASK_EVERY) && stop() {
            return None;
        }
        write_record(&mut out, notebook, what, &record);
    }
    Some(out)
}

/// Every record: by kind, then by id; mentions by article and place.
fn records(notebook: &Notebook) -> Vec<(What, RecordId)> {
    let mut all = vec![(What::Title, RecordId::Title)];
    let articles = notebook.articles_in_order();
    all.extend(articles.iter().map(|id| (What::Article, RecordId::Article(*id))));
    let mut entities: Vec<_> = notebook
        .entities()
        .iter()
        .map(|(id, entity)| (What::of(entity.kind()), RecordId::Entity(*id)))
        .collect();
    entities.sort_by_key(|(what, _)| *what);
    all.extend(entities);
    for article in articles {
        all.extend(notebook.mentions_in(article).map(|id| (What::Mention, RecordId::Mention(id))));
    }
    all.extend(notebook.links().keys().map(|id| (What::Link, RecordId::Link(*id))));
    all.extend(
        notebook.relations().keys().map(|id| (What::Relation, RecordId::Relation(id.clone()))),
    );
    all.extend(notebook.nodes().keys().map(|id| (What::Place, RecordId::Node(*id))));
    all.extend(notebook.groups().keys().map(|id| (What::Group, RecordId::Group(*id))));
    all.extend(notebook.cards().keys().map(|id| (What::Card, RecordId::Card(*id))));
    all.extend(notebook.views().keys().map(|id| (What::View, RecordId::View(*id))));
    all.extend(notebook.dismissed().keys().map(|id| (What::Dismissed, RecordId::Dismissed(*id))));
    all.extend(notebook.waivers().keys().map(|id| (What::Waiver, RecordId::Waiver(*id))));
    all.extend(notebook.set_aside().keys().map(|id| (What::SetAside, RecordId::SetAside(*id))));
    all.extend(notebook.conflicts().keys().map(|id| (What::Conflict, RecordId::Conflict(*id))));
    all.extend(notebook.matrices().keys().map(|id| (What::Matrix, RecordId::Matrix(*id))));
    all
}

fn write_record(out: &mut String, notebook: &Notebook, what: What, record: &RecordId) {
    // Writing to a string cannot fail.
    let (what, name) = (what.words().0, notebook.record_name(record).replace('\n', " "));
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = match record {
        RecordId::Title => writeln!(out, "notebook “{name}”"),
        record => writeln!(out, "{what} “{name}” ({})", id_of(record)),
    };
    for fact in facts(notebook, record).iter().filter(|fact| !fact.is_empty) {
        if matches!((record, fact.key), (RecordId::Title, _) | (_, "name" | "title" | "kind")) {
            continue;
        }
        match (record, fact.key) {
            (RecordId::Mention(id), "at") => {
                if let Some(mention) = notebook.mention(*id) {
                    let _ = writeln!(out, "  in {}", in_context(notebook, &mention.anchor));
                }
            }
            (RecordId::Article(id), "text") => {
                if let Some(article) = notebook.article(*id) {
                    out.push_str("  text:\n");
                    for paragraph in article.text.as_str().split('\n') {
                        let _ = writeln!(out, "    {paragraph}");
                    }
                }
            }
            _ if fact.said.items.is_empty() => {
                let words = fact.said.words.replace('\n', "\n    ");
                let _ = writeln!(out, "  {}: {words}", fact.noun);
            }
            _ => {
                for item in &fact.said.items {
                    let _ = writeln!(out, "  {}: {}", fact.noun, item.replace('\n', " "));
                }
            }
        }
    }
}

/// The words at a place with some of those around them.
fn in_context(notebook: &Notebook, anchor: &Anchor) -> String {
    let article = notebook.article(anchor.article);
    let title = article.map_or("", |article| &*article.about.title);
    let said = match (&anchor.place, article) {
        (Place::At { start, end }, Some(article)) => {
            let (before, after) = article.text.context(*start..*end, AROUND);
            let words = |range| article.text.get(range).unwrap_or_default();
            format!("“{title}”: …{}[{}]{}…", words(before), words(*start..*end), words(after))
        }
        (Place::Orphan(quote), _) => {
            format!(
                "“{title}”, no longer there: …{}[{}]{}…",
                quote.prefix, quote.exact, quote.suffix
            )
        }
        (Place::At { .. }, None) => "(missing)".to_owned(),
    };
    said.replace('\n', " ")
}
