//! What an entity is called: its name, its aliases, the words tagged as it, and of a person each part of the name.

use std::collections::BTreeSet;

use super::is_actor;
use crate::notebook::{ActorKind, Detail, Entity, EntityId, Notebook};
use crate::text::{fold, word_around};

/// The forms that are replaced wherever they stand, the name first, each once. Words like “she” or “insiders” are
/// replaced where they are tagged, and nowhere else: they are said of everybody.
pub(super) fn forms_of(
    notebook: &Notebook,
    id: EntityId,
    hidden: &BTreeSet<EntityId>,
) -> Vec<String> {
    let Some(entity) = notebook.entity(id) else { return Vec::new() };
    let mut forms: Vec<String> = entity.names().map(|name| name.trim().to_owned()).collect();
    let own: Vec<String> = entity.names().map(described).map(str::to_owned).collect();
    let own_words: BTreeSet<String> = own.iter().flat_map(|name| words(name)).map(fold).collect();
    forms.extend(own.iter().filter(|part| is_telling(part, &own_words)).cloned());
    for mention in notebook.mentions_of(id).filter_map(|id| notebook.mention(id)) {
        let text = notebook.article(mention.anchor.article).map(|article| &article.text);
        let (Some(range), Some(text)) = (mention.anchor.range(), text) else { continue };
        let said = text.get(range.clone()).unwrap_or_default();
        // A part of a word would be found within others.
        let whole = word_around(text.as_str(), range.clone()) == range;
        if whole && is_telling(said.trim(), &own_words) {
            forms.push(said.trim().to_owned());
        }
    }
    if has_parts(entity) {
        let of_others = words_of_others(notebook, hidden);
        for part in own.iter().flat_map(|name| words(name)) {
            let capital =
                part.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
            let long = part.chars().count() >= 2;
            if capital && long && !of_others.contains(&fold(part)) {
                forms.push(part.to_owned());
            }
        }
    }
    let mut seen = BTreeSet::new();
    forms.retain(|form| !form.is_empty() && seen.insert(fold(form)));
    forms
}

/// Whether the parts of the name are names too: of a person.
fn has_parts(entity: &Entity) -> bool {
    match &entity.detail {
        Detail::Actor(actor) => {
            matches!(actor.kind, ActorKind::Person | ActorKind::Unset | ActorKind::Anonymous)
        }
        Detail::Event(_) | Detail::Claim(_) => false,
    }
}

/// Of “The Tidewrack: a person familiar with it” what stands after the outlet: the outlet is not hidden by that.
fn described(name: &str) -> &str {
    name.split_once(": ").map_or(name, |(_, rest)| rest).trim()
}

/// The words of the names of all other actors.
fn words_of_others(notebook: &Notebook, hidden: &BTreeSet<EntityId>) -> BTreeSet<String> {
    let others = notebook.entities().iter();
    let others = others.filter(|(id, _)| !hidden.contains(id) && is_actor(notebook, **id));
    others.flat_map(|(_, entity)| entity.names()).flat_map(words).map(fold).collect()
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    let split =
        |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '.' | ',' | '(' | ')' | '/');
    name.split(split)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@'))
        .filter(|word| !word.is_empty())
}

/// Whether words tell who is meant, wherever they stand: several, or a part of the name that has a capital.
fn is_telling(said: &str, own_words: &BTreeSet<String>) -> bool {
    let letters = said.chars().filter(|c| c.is_alphanumeric()).count();
    match words(said).count() {
        0 => false,
        1 => {
            let marked = said.chars().any(|c| c.is_uppercase() || c == '@');
            let unspaced =
                said.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
            marked && own_words.contains(&fold(said))
                || said.starts_with('@')
                || unspaced && letters >= 2
        }
        _ => letters >= 8,
    }
}
