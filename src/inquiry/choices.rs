//! Which entity a phrase means: what the picker offers, and which row Enter takes.
//!
//! The rule behind the highlight: an exact name or alias means the entity that has it; a description or an unnamed
//! source means someone new unless the user chooses otherwise, so that two different sources are not merged by
//! accident.

use std::ops::Range;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::notebook::{ActorKind, ArticleId, Detail, EntityId, Kind, Notebook};
use crate::text::{fold, looks_anonymous, looks_like_description, similarity};

/// The meaning of a row of the picker.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// A new entity of this name.
    New(String),
    /// An entity that exists.
    Existing(EntityId),
}

/// A row of the picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What choosing it means.
    pub meaning: Meaning,
    /// The alias that matched, where it was not the name.
    pub alias: Option<String>,
}

/// What the picker offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The rows: “new” first, then existing entities, best first.
    pub rows: Vec<Choice>,
    /// The row that Enter takes.
    pub highlighted: usize,
}

/// The most existing entities that are offered.
const MOST: usize = 40;
/// The least similarity of propositions that are offered as possibly the same claim.
const SIMILAR: f32 = 0.3;

/// What the picker offers for the words `query`, as typed or as selected (`words`).
///
/// `outlet` is the outlet that published the words, for naming an unnamed source; `with_new` is false where only an
/// existing entity is allowed; `except` is not offered.
#[must_use]
pub fn choices(
    notebook: &Notebook,
    kind: Kind,
    query: &str,
    words: &str,
    outlet: Option<&str>,
    with_new: bool,
    except: Option<EntityId>,
) -> Choices {
    let typed = query.trim();
    let found = match kind {
        Kind::Claim => similar_claims(notebook, typed),
        _ => fuzzy(notebook, Some(kind), typed),
    };
    let mut rows: Vec<Choice> = found
        .into_iter()
        .filter(|(id, _)| Some(*id) != except)
        .take(MOST)
        .map(|(id, alias)| Choice { meaning: Meaning::Existing(id), alias })
        .collect();
    if !with_new {
        return Choices { rows, highlighted: 0 };
    }
    let unnamed = kind == Kind::Actor && looks_anonymous(typed);
    let new_name = match outlet {
        Some(outlet) if unnamed => format!("{typed} ({outlet})"),
        _ => typed.to_owned(),
    };
    let described = kind == Kind::Actor && (unnamed || looks_like_description(typed));
    let key = fold(typed);
    let exact = rows.iter().position(|row| {
        matches!(row.meaning, Meaning::Existing(id) if notebook
            .entity(id)
            .is_some_and(|e| e.names().any(|name| fold(name) == key)))
    });
    let as_selected = fold(typed) == fold(words);
    let likely = match (exact, as_selected) {
        // An unnamed source is someone new even where another with the same wording exists.
        (Some(row), _) if !unnamed => Some(row),
        (None, true) if !described && kind == Kind::Actor => only_bearer(notebook, &rows, &key),
        // Typing something other than what was selected is a search: its best hit is meant.
        (None, false) if kind != Kind::Claim => rows.first().and_then(|row| match row.meaning {
            Meaning::Existing(id) => {
                let starts = |name: &str| {
                    let name = fold(name);
                    name.starts_with(&key) || name.split(' ').any(|word| word.starts_with(&key))
                };
                notebook.entity(id)?.names().any(starts).then_some(0)
            }
            Meaning::New(_) => None,
        }),
        _ => None,
    };
    rows.insert(0, Choice { meaning: Meaning::New(new_name), alias: None });
    Choices { rows, highlighted: likely.map_or(0, |row| row + 1) }
}

/// The row of the only entity whose name contains this word: “Altman” means “Sam Altman”.
fn only_bearer(notebook: &Notebook, rows: &[Choice], key: &str) -> Option<usize> {
    let mut bearers = rows.iter().enumerate().filter(|(_, row)| {
        let Meaning::Existing(id) = row.meaning else { return false };
        notebook.entity(id).is_some_and(|entity| {
            // What nobody has set may be a person.
            matches!(&entity.detail, Detail::Actor(actor)
                if matches!(actor.kind, ActorKind::Unset | ActorKind::Person))
                && entity.names().any(|name| fold(name).split(' ').any(|word| word == key))
        })
    });
    let first = bearers.next()?;
    bearers.next().is_none().then_some(first.0)
}

/// Entities whose name or alias matches fuzzily, best first, with the alias that matched.
#[must_use]
pub fn fuzzy(
    notebook: &Notebook,
    kind: Option<Kind>,
    query: &str,
) -> Vec<(EntityId, Option<String>)> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern_of = |query: &str| {
        Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy)
    };
    let pattern = pattern_of(query);
    // Comparing names ignores differences that the matcher does not: ligatures, soft hyphens, `ı`, NFC and NFD.
    let folded = pattern_of(&fold(query));
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize, EntityId, Option<String>)> = Vec::new();
    for (id, entity) in notebook.entities() {
        if kind.is_some_and(|kind| entity.kind() != kind) {
            continue;
        }
        let best = entity
            .names()
            .enumerate()
            .filter_map(|(i, name)| {
                let score = pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher).or_else(
                    || {
                        let plain = name.is_ascii() && query.is_ascii();
                        let key = (!plain).then(|| fold(name))?;
                        folded.score(Utf32Str::new(&key, &mut buffer), &mut matcher)
                    },
                )?;
                Some((score, i, name))
            })
            .max_by_key(|(score, i, _)| (*score, usize::MAX - i));
        if let Some((score, i, name)) = best {
            let alias = (i > 0).then(|| name.to_owned());
            found.push((score, notebook.mention_count_of(*id), *id, alias));
        }
    }
    found.sort_by(|a, b| (b.0, b.1, a.2).cmp(&(a.0, a.1, b.2)));
    found.into_iter().map(|(_, _, id, alias)| (id, alias)).collect()
}

fn similar_claims(notebook: &Notebook, proposition: &str) -> Vec<(EntityId, Option<String>)> {
    let mut found: Vec<(f32, EntityId)> = notebook
        .entities()
        .iter()
        .filter(|(_, entity)| entity.kind() == Kind::Claim)
        .map(|(id, entity)| (similarity(&entity.name, proposition), *id))
        .filter(|(alike, _)| *alike >= SIMILAR || proposition.is_empty())
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, id)| (id, None)).collect()
}

/// Words right before the name of a source, in lower case without accents.
const CUES: [&str; 9] = [
    "rapport de",
    "rapport du",
    "selon",
    "d'apres",
    "cite par",
    "cites par",
    "citees par",
    "according to",
    "report by",
];

/// Whether a text ends with words that introduce a source.
fn follows_cue(before: &str) -> bool {
    let tail: Vec<char> = before.chars().rev().take(24).collect();
    let tail = fold(&tail.into_iter().rev().collect::<String>());
    CUES.iter().any(|cue| tail.trim_end().ends_with(cue))
}

/// The outlet that reported these words: the one tagged nearest to them in their sentence, otherwise the article's
/// publisher.
#[must_use]
pub fn outlet_near(
    notebook: &Notebook,
    article: ArticleId,
    words: &Range<usize>,
) -> Option<EntityId> {
    let record = notebook.article(article)?;
    let sentence = record.text.sentence_at(words.start);
    let near = notebook
        .mentions_touching(article, sentence)
        .into_iter()
        .filter_map(|id| notebook.mention(id))
        .filter(|mention| {
            notebook.entity(mention.entity).is_some_and(|entity| match &entity.detail {
                Detail::Actor(actor) => {
                    // An actor just tagged is not known as an outlet yet: the words before it decide.
                    actor.kind == ActorKind::Media
                        || mention.anchor.range().is_some_and(|at| {
                            follows_cue(record.text.get(0..at.start).unwrap_or_default())
                        })
                }
                _ => false,
            })
        })
        .filter_map(|mention| {
            let at = mention.anchor.range()?;
            let distance = if at.end <= words.start {
                words.start - at.end
            } else {
                at.start.saturating_sub(words.end)
            };
            Some((distance, mention.entity))
        })
        .min_by_key(|(distance, _)| *distance);
    near.map(|(_, entity)| entity).or(record.about.publisher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, EntityFields, apply};

    fn notebook(names: &[(Kind, &str, ActorKind, &[&str])]) -> Notebook {
        let mut notebook = Notebook::new("");
        for (kind, name, actor_kind, aliases) in names {
            let with = EntityFields {
                aliases: Some(aliases.iter().map(|a| (*a).to_owned()).collect()),
                actor_kind: (*kind == Kind::Actor).then_some(*actor_kind),
                ..EntityFields::default()
            };
            let edit = Edit::AddEntity {
                kind: *kind,
                name: (*name).to_owned(),
                handle: String::new(),
                with: Box::new(with),
                at: None,
            };
            apply(&mut notebook, &edit).expect("a sound edit");
        }
        notebook
    }

    fn taken<'a>(notebook: &'a Notebook, choices: &'a Choices) -> &'a str {
        match &choices.rows[choices.highlighted].meaning {
            Meaning::New(_) => "new",
            Meaning::Existing(id) => notebook.name(*id),
        }
    }

    fn enter(notebook: &Notebook, words: &str, outlet: Option<&str>) -> Choices {
        choices(notebook, Kind::Actor, words, words, outlet, true, None)
    }

    #[test]
    fn an_exact_name_or_alias_highlights_the_entity() {
        let notebook = notebook(&[
            (Kind::Actor, "Solène Varquier", ActorKind::Person, &["@svarquier"]),
            (Kind::Actor, "Houlonde", ActorKind::Organisation, &[]),
        ]);
        for words in ["Houlonde", "houlonde", "@svarquier", "Solène Varquier", "Varquier"] {
            let offered = enter(&notebook, words, None);
            assert_ne!(taken(&notebook, &offered), "new", "{words}");
        }
        assert_eq!(taken(&notebook, &enter(&notebook, "Ormelot", None)), "new");
    }

    #[test]
    fn a_part_of_a_firms_name_or_of_two_names_is_someone_new() {
        let notebook = notebook(&[
            (Kind::Actor, "Anne Kervel", ActorKind::Person, &[]),
            (Kind::Actor, "Paul Kervel", ActorKind::Person, &[]),
            (Kind::Actor, "Thornquay Partners", ActorKind::Organisation, &[]),
        ]);
        assert_eq!(taken(&notebook, &enter(&notebook, "Kervel", None)), "new");
        assert_eq!(taken(&notebook, &enter(&notebook, "Thornquay", None)), "new");
    }

    #[test]
    fn an_unnamed_source_is_someone_new_and_named_with_its_outlet() {
        let notebook = notebook(&[(Kind::Actor, "sources internes", ActorKind::Anonymous, &[])]);
        let offered = enter(&notebook, "sources internes", Some("Le Guetteur"));
        assert_eq!(offered.highlighted, 0);
        assert_eq!(
            offered.rows[0].meaning,
            Meaning::New("sources internes (Le Guetteur)".to_owned())
        );
        assert_eq!(offered.rows.len(), 2, "the other one is offered, not taken");
    }

    #[test]
    fn an_outlet_just_tagged_is_told_by_the_words_before_it() {
        for cue in ["Un rapport de ", "Selon ", "D’après ", "des sources citées par "] {
            assert!(follows_cue(cue), "{cue}");
        }
        assert!(!follows_cue("le PDG de "));
        assert!(!follows_cue(""));
    }

    #[test]
    fn typing_another_name_finds_it() {
        let notebook = notebook(&[(Kind::Actor, "The Tidewrack", ActorKind::Media, &[])]);
        let offered = choices(&notebook, Kind::Actor, "tidew", "Le varech", None, true, None);
        assert_eq!(taken(&notebook, &offered), "The Tidewrack");
        let offered = choices(&notebook, Kind::Actor, "Somebody", "Le varech", None, true, None);
        assert_eq!(offered.rows[0].meaning, Meaning::New("Somebody".to_owned()));
        assert_eq!(offered.highlighted, 0);
    }

    #[test]
    fn similar_claims_are_listed_but_not_taken() {
        let notebook = notebook(&[
            (Kind::Claim, "The board was warned in February.", ActorKind::Person, &[]),
            (Kind::Claim, "Nobody likes rain.", ActorKind::Person, &[]),
        ]);
        let words = "the board was warned on 3 February";
        let offered = choices(&notebook, Kind::Claim, words, words, None, true, None);
        assert_eq!((offered.rows.len(), offered.highlighted), (2, 0));
    }
}
