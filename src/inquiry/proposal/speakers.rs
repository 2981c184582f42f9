//! Who may say a claim, the nearest first.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::Meaning;
use super::super::suggest::{Lexicons, names_in_sentence};
use super::{named, tagged_near};
use crate::notebook::{ArticleId, EntityId, Kind, Notebook};

/// All actors as possible speakers of the words of a span: whoever is named in its sentence, tagged or not, the nearest
/// first; then whoever is tagged in its paragraph; then the others by how often they are used.
#[must_use]
pub fn nearest_speakers(
    notebook: &Notebook,
    article: ArticleId,
    range: &Range<usize>,
    lexicons: &Lexicons,
) -> Vec<Meaning> {
    let mut found: Vec<Meaning> = Vec::new();
    let mut seen: HashSet<Meaning> = HashSet::new();
    let mut add = |who: Meaning| {
        if seen.insert(who.clone()) {
            found.push(who);
        }
    };
    if let Some(record) = notebook.article(article) {
        let text = &record.text;
        let sentence = text.sentence_at(range.start);
        let paragraph = text.paragraph(text.paragraph_at(range.start));
        let distance = |at: &Range<usize>| {
            if at.end <= range.start {
                range.start - at.end
            } else {
                at.start.saturating_sub(range.end)
            }
        };
        let mut near: Vec<(bool, usize, Meaning)> = Vec::new();
        for id in notebook.mentions_touching(article, paragraph) {
            let Some(mention) = notebook.mention(id) else { continue };
            let Some(at) = mention.anchor.range() else { continue };
            if is_actor(notebook, mention.entity) {
                let outside = at.start < sentence.start || at.start >= sentence.end;
                near.push((outside, distance(&at), Meaning::Existing(mention.entity)));
            }
        }
        if let Some(lexicon) = lexicons.of(&record.about.language) {
            let tagged = tagged_near(notebook, article, text, range);
            for at in names_in_sentence(text, range, lexicon, &tagged) {
                let words = text.get(at.clone()).unwrap_or_default();
                let who = named(notebook, words)
                    .map_or_else(|| Meaning::New(words.to_owned()), Meaning::Existing);
                near.push((false, distance(&at), who));
            }
        }
        near.sort_by_key(|(outside, distance, _)| (*outside, *distance));
        near.into_iter().for_each(|(_, _, who)| add(who));
    }
    let mut spoken: HashMap<EntityId, usize> = HashMap::new();
    for mention in notebook.mentions().values() {
        for speaker in mention.speakers() {
            *spoken.entry(speaker).or_default() += 1;
        }
    }
    let mut rest: Vec<(usize, &str, EntityId)> = notebook
        .entities()
        .iter()
        .filter(|(_, entity)| entity.kind() == Kind::Actor)
        .map(|(id, entity)| {
            let used = notebook.mention_count_of(*id) + spoken.get(id).copied().unwrap_or_default();
            (used, entity.name.as_str(), *id)
        })
        .collect();
    rest.sort_by(|a, b| (b.0, a.1, a.2).cmp(&(a.0, b.1, b.2)));
    rest.into_iter().for_each(|(_, _, id)| add(Meaning::Existing(id)));
    found
}

/// The actors of the notebook in that order, without those who are only named in the text.
#[must_use]
pub fn nearest_actors(
    notebook: &Notebook,
    article: ArticleId,
    range: &Range<usize>,
) -> Vec<EntityId> {
    let all = nearest_speakers(notebook, article, range, &Lexicons::default());
    let existing = |who| match who {
        Meaning::Existing(id) => Some(id),
        Meaning::New(_) => None,
    };
    all.into_iter().filter_map(existing).collect()
}

fn is_actor(notebook: &Notebook, id: EntityId) -> bool {
    notebook.entity(id).is_some_and(|entity| entity.kind() == Kind::Actor)
}
