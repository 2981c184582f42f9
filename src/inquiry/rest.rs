//! “Tag the rest”: the places of an entity's names that nobody tagged yet.

use std::ops::Range;

use crate::notebook::{ArticleId, EntityId, Notebook};
use crate::text::{Quote, places_of};

/// An untagged place of an entity's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The article.
    pub article: ArticleId,
    /// The bytes.
    pub range: Range<usize>,
    /// The words with their context.
    pub quote: Quote,
}

/// Every untagged whole-word place of an entity's name and aliases, and of `more` names, in all articles.
///
/// A place counts as tagged when a mention of this entity covers it.
#[must_use]
pub fn untagged_places(notebook: &Notebook, entity: EntityId, more: &[String]) -> Vec<Place> {
    let Some(record) = notebook.entity(entity) else { return Vec::new() };
    let mut names: Vec<String> = record.names().map(str::to_owned).collect();
    names.extend(more.iter().filter(|name| !name.trim().is_empty()).cloned());
    names.dedup();
    let mut found = Vec::new();
    for id in notebook.articles_in_order() {
        let Some(article) = notebook.article(id) else { continue };
        for range in places_of(&article.text, &names) {
            let tagged = notebook.mentions_touching(id, range.clone()).into_iter().any(|mention| {
                notebook.mention(mention).is_some_and(|mention| mention.entity == entity)
            });
            if !tagged {
                let quote = article.text.quote(range.clone());
                found.push(Place { article: id, range, quote });
            }
        }
    }
    found
}
