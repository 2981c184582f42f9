//! How much a notebook holds, in words.

use crate::notebook::{Kind, Notebook};

/// How much of everything a notebook holds: “2 articles”, “1 actor”, ….
#[must_use]
pub fn contents(notebook: &Notebook) -> [String; 6] {
    [
        (notebook.articles().len(), "article", "articles"),
        (notebook.count(Kind::Actor), "actor", "actors"),
        (notebook.count(Kind::Event), "event", "events"),
        (notebook.count(Kind::Claim), "claim", "claims"),
        (notebook.mentions().len(), "mention", "mentions"),
        (notebook.links().len(), "link", "links"),
    ]
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
}
