//! “Tag the rest” and “Tag all”: occurrences of names, or of any words, that are not tagged yet.

use std::ops::Range;

use crate::notebook::{ArticleId, EntityId, Notebook};
use crate::text::places_of_unless;

/// An untagged occurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The article.
    pub article: ArticleId,
    /// The bytes.
    pub range: Range<usize>,
}

/// Every untagged whole-word occurrence of an entity's name and aliases, and of `more` names, in all articles.
///
/// An occurrence counts as tagged when a mention of this entity covers it. Only some are found where `stop` says so.
#[must_use]
pub fn untagged_places(
    notebook: &Notebook,
    entity: EntityId,
    more: &[String],
    stop: &dyn Fn() -> bool,
) -> Vec<Occurrence> {
    let Some(record) = notebook.entity(entity) else { return Vec::new() };
    let mut names: Vec<String> = record.names().map(str::to_owned).collect();
    names.extend(more.iter().filter(|name| !name.trim().is_empty()).cloned());
    names.dedup();
    let mut places = places_in_all(notebook, &names, stop);
    let mut stopped = false;
    places.retain(|place| {
        stopped = stopped || stop();
        if stopped {
            return false;
        }
        let touching = notebook.mentions_touching(place.article, place.range.clone());
        !touching
            .into_iter()
            .any(|mention| notebook.mention(mention).is_some_and(|m| m.entity == entity))
    });
    places
}

/// Every whole-word occurrence of these words, in all articles, that no mention has as its span. Only some are found where
/// `stop` says so.
#[must_use]
pub fn untagged_words(
    notebook: &Notebook,
    words: &str,
    stop: &dyn Fn() -> bool,
) -> Vec<Occurrence> {
    let mut places = places_in_all(notebook, &[words.to_owned()], stop);
    let mut stopped = false;
    places.retain(|place| {
        stopped = stopped || stop();
        !stopped && !is_tagged(notebook, place)
    });
    places
}

/// Whether a mention has exactly this span, of whatever entity. A claim's sentence does not tag the names in it.
#[must_use]
pub fn is_tagged(notebook: &Notebook, place: &Occurrence) -> bool {
    notebook.mentions_touching(place.article, place.range.clone()).into_iter().any(|mention| {
        notebook.mention(mention).is_some_and(|m| m.anchor.range().as_ref() == Some(&place.range))
    })
}

fn places_in_all(
    notebook: &Notebook,
    names: &[String],
    stop: &dyn Fn() -> bool,
) -> Vec<Occurrence> {
    let mut found = Vec::new();
    for id in notebook.articles_in_order() {
        if stop() {
            break;
        }
        let Some(article) = notebook.article(id) else { continue };
        let here = places_of_unless(&article.text, names, stop).into_iter();
        found.extend(here.map(|range| Occurrence { article: id, range }));
    }
    found
}
