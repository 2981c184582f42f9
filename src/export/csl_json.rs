//! The articles as a bibliography in CSL-JSON
//! (<https://github.com/citation-style-language/schema>), for Zotero and pandoc.

use serde_json::{Value, json};

use super::dates::{Plain, ends};
use super::location::web_address;
use super::{Content, Out, Stopped};
use crate::notebook::{ActorKind, Article, ArticleId, Detail, Notebook};

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    out.text("[")?;
    let mut first = true;
    for (id, article) in content.articles() {
        out.element(&mut first, &item(content.notebook(), id, article))?;
        out.step()?;
    }
    out.line("\n]")
}

fn item(notebook: &Notebook, id: ArticleId, article: &Article) -> Value {
    let about = &article.about;
    let web = web_address(&about.url);
    let publisher = about.publisher.and_then(|id| notebook.entity(id));
    let outlet = publisher.is_some_and(|publisher| {
        matches!(&publisher.detail, Detail::Actor(actor) if actor.kind == ActorKind::Media)
    });
    let sort = match (outlet, &web) {
        (true, _) => "article-newspaper",
        (false, Some(_)) => "webpage",
        (false, None) => "document",
    };
    let mut item = json!({ "id": id.to_string(), "type": sort, "title": about.title });
    if !about.author.is_empty() {
        item["author"] = json!([{ "literal": about.author }]);
    }
    if let Some(publisher) = publisher {
        item[if outlet { "container-title" } else { "publisher" }] = json!(publisher.name);
    }
    if !about.date.is_empty() {
        item["issued"] = issued(&about.date);
    }
    if let Some(url) = web {
        item["URL"] = json!(url);
    }
    if !about.language.is_empty() {
        item["language"] = json!(about.language);
    }
    item
}

fn issued(edtf: &str) -> Value {
    match ends(edtf) {
        (Some(from), Some(to)) => {
            let vague = from.vague || to.vague;
            let parts: Vec<&Plain> = if from == to { vec![&from] } else { vec![&from, &to] };
            let parts: Vec<&[u32]> = parts.iter().map(|date| &*date.parts).collect();
            let mut date = json!({ "date-parts": parts });
            if vague {
                date["circa"] = json!(true);
            }
            date
        }
        _ => json!({ "literal": edtf }),
    }
}
