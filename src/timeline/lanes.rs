//! Lanes: what is on the timeline, sorted by who took part, what it is, where it was, or which article tells of it. What
//! belongs into several lanes is in each of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::items::{Items, What, speaker_of};
use crate::notebook::{ArticleId, Detail, EntityId, Notebook};
use crate::text::{fold, shown_name};

/// What the lanes are made by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LaneBy {
    /// One lane for all.
    #[default]
    None,
    /// A lane for each actor: what they took part in, and what they say.
    Actor,
    /// Events, and statements.
    Kind,
    /// A lane for each place.
    Place,
    /// A lane for each article: what it tells of, and the statements in it.
    Article,
}

impl LaneBy {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::None, Self::Actor, Self::Kind, Self::Place, Self::Article];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Actor => "Actor",
            Self::Kind => "Kind",
            Self::Place => "Place",
            Self::Article => "Article",
        }
    }
}

/// What a lane is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LaneKey {
    /// Everything.
    All,
    /// An actor.
    Actor(EntityId),
    /// Events.
    Events,
    /// Statements.
    Statements,
    /// A place, as names are compared.
    Place(String),
    /// An article.
    Article(ArticleId),
    /// What belongs nowhere else.
    Rest,
}

/// A lane.
#[derive(Clone, Debug)]
pub struct Lane {
    /// What it is for.
    pub key: LaneKey,
    /// What is written beside it.
    pub title: String,
    /// What is in it, by number among the items, in the order of time.
    pub items: Vec<u32>,
}

/// Sorts what is on a timeline into lanes: actors and places by name, articles in their order, what belongs nowhere last.
#[must_use]
pub fn lanes(notebook: &Notebook, items: &Items, by: LaneBy) -> Vec<Lane> {
    if by == LaneBy::None {
        let all = (0..items.dated.len() as u32).collect();
        return vec![Lane { key: LaneKey::All, title: String::new(), items: all }];
    }
    let mut found: BTreeMap<LaneKey, Vec<u32>> = BTreeMap::new();
    for (item, number) in items.dated.iter().zip(0_u32..) {
        let keys = keys_of(notebook, item.what, by);
        for key in keys {
            found.entry(key).or_default().push(number);
        }
    }
    let mut lanes: Vec<Lane> = found
        .into_iter()
        .map(|(key, items)| Lane { title: title_of(notebook, &key, by), key, items })
        .collect();
    match by {
        LaneBy::Article => {
            let order = notebook.articles_in_order();
            let place = |key: &LaneKey| match key {
                LaneKey::Article(id) => order.iter().position(|one| one == id),
                _ => None,
            };
            lanes.sort_by_key(|lane| place(&lane.key).unwrap_or(usize::MAX));
        }
        _ => lanes.sort_by_cached_key(|lane| {
            (lane.key == LaneKey::Rest, fold(&lane.title), lane.key.clone())
        }),
    }
    // A place is written as it is written first.
    for lane in &mut lanes {
        if matches!(lane.key, LaneKey::Place(_))
            && let Some(written) = lane
                .items
                .first()
                .and_then(|item| place_of(notebook, items.dated.get(*item as usize)?.what))
        {
            lane.title = shown_name(written.trim()).into_owned();
        }
    }
    lanes
}

fn keys_of(notebook: &Notebook, what: What, by: LaneBy) -> BTreeSet<LaneKey> {
    let mut keys = BTreeSet::new();
    match (by, what) {
        (LaneBy::None, _) => {
            keys.insert(LaneKey::All);
        }
        (LaneBy::Kind, What::Event(_)) => {
            keys.insert(LaneKey::Events);
        }
        (LaneBy::Kind, What::Statement(_)) => {
            keys.insert(LaneKey::Statements);
        }
        (LaneBy::Actor, What::Event(id)) => {
            if let Some(Detail::Event(event)) = notebook.entity(id).map(|it| &it.detail) {
                keys.extend(event.participants.iter().map(|one| LaneKey::Actor(one.actor)));
            }
        }
        (LaneBy::Actor, What::Statement(id)) => {
            let speaker = notebook.mention(id).and_then(|it| speaker_of(notebook, it));
            keys.extend(speaker.map(LaneKey::Actor));
        }
        (LaneBy::Place, what) => {
            let place = place_of(notebook, what).unwrap_or("");
            if !place.trim().is_empty() {
                keys.insert(LaneKey::Place(fold(place.trim())));
            }
        }
        (LaneBy::Article, What::Event(id)) => {
            let mentions = notebook.mentions_of(id).filter_map(|id| notebook.mention(id));
            keys.extend(mentions.map(|it| LaneKey::Article(it.anchor.article)));
        }
        (LaneBy::Article, What::Statement(id)) => {
            let article = notebook.mention(id).map(|it| it.anchor.article);
            keys.extend(article.map(LaneKey::Article));
        }
    }
    if keys.is_empty() {
        keys.insert(LaneKey::Rest);
    }
    keys
}

fn place_of(notebook: &Notebook, what: What) -> Option<&str> {
    let What::Event(id) = what else { return None };
    match &notebook.entity(id)?.detail {
        Detail::Event(event) => Some(&event.place),
        Detail::Actor(_) | Detail::Claim(_) => None,
    }
}

fn title_of(notebook: &Notebook, key: &LaneKey, by: LaneBy) -> String {
    match key {
        LaneKey::All => String::new(),
        LaneKey::Actor(id) => shown_name(notebook.name(*id)).into_owned(),
        LaneKey::Events => "Events".to_owned(),
        LaneKey::Statements => "Statements".to_owned(),
        LaneKey::Place(folded) => folded.clone(),
        LaneKey::Article(id) => notebook
            .article(*id)
            .map_or_else(String::new, |article| shown_name(&article.about.title).into_owned()),
        LaneKey::Rest => match by {
            LaneBy::Actor => "No actor",
            LaneBy::Place => "No place",
            LaneBy::Article => "In no article",
            LaneBy::None | LaneBy::Kind => "",
        }
        .to_owned(),
    }
}
