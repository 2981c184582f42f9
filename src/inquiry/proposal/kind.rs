//! Guesses at what sort of actor some words name.

use std::ops::Range;

use super::super::suggest::{Lexicons, is_cited};
use super::tagged_near;
use crate::notebook::{ActorKind, ArticleId, Notebook};
use crate::text::looks_anonymous;

/// What sort of actor the words of a span seem to name: an outlet where they are cited, a group, a body or a firm by
/// their words, a person by a given name or title. `None` where nothing tells.
#[must_use]
pub fn guess_kind(
    notebook: &Notebook,
    article: ArticleId,
    range: Range<usize>,
    lexicons: &Lexicons,
) -> Option<ActorKind> {
    let record = notebook.article(article)?;
    let lexicon = lexicons.of(&record.about.language)?;
    let text = &record.text;
    let range = text.snap(text.trim(range));
    let words = text.get(range.clone())?;
    if range.is_empty() {
        return None;
    }
    if looks_anonymous(words) {
        return Some(ActorKind::Anonymous);
    }
    if lexicon.follows_title(text.as_str(), range.start) {
        return Some(ActorKind::Person);
    }
    let mut tagged = tagged_near(notebook, article, text, &range);
    tagged.retain(|tag| tag.range.end <= range.start || range.end <= tag.range.start);
    // The selected words are a name, whatever the rules would say.
    let own = super::super::suggest::Tagged {
        range: range.clone(),
        manner: super::super::suggest::Manner::Named,
    };
    tagged.push(own);
    lexicon.kind_of(words, is_cited(text, &range, lexicon, &tagged))
}

/// What sort of actor a name seems to be, by its words alone, in an article of this language.
#[must_use]
pub fn guess_kind_of_words(words: &str, language: &str, lexicons: &Lexicons) -> Option<ActorKind> {
    if looks_anonymous(words) {
        return Some(ActorKind::Anonymous);
    }
    lexicons.of(language)?.kind_of(words, false)
}
