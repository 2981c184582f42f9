//! What is known of a speaker apart from any claim: looked up once, for all the claims it is named in.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::Same;
use super::same::actor;
use crate::notebook::{ActorKind, ArticleId, EntityId, Notebook};

/// A speaker: an actor, or an article without a publisher, which counts as its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Speaker {
    Actor(EntityId),
    Article(ArticleId),
}

/// The names of speakers that count as one, sorted; an article without a publisher is called `article TITLE`. Shared:
/// most groups are one actor, who is named in many claims.
pub type Group = Arc<[String]>;

/// The speakers that were met so far, in the order in which they were.
pub(super) struct Facts<'a> {
    notebook: &'a Notebook,
    same: &'a Same,
    number: HashMap<Speaker, u32>,
    all: Vec<Fact>,
}

struct Fact {
    speaker: Speaker,
    kind: Option<ActorKind>,
    stands: Speaker,
    alone: OnceCell<Group>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(notebook: &'a Notebook, same: &'a Same) -> Self {
        Self { notebook, same, number: HashMap::new(), all: Vec::new() }
    }

    /// The number of a speaker here.
    pub(super) fn number(&mut self, speaker: Speaker) -> u32 {
        *self.number.entry(speaker).or_insert_with(|| {
            let (kind, stands) = match speaker {
                Speaker::Actor(id) => (
                    actor(self.notebook, id).map(|actor| actor.kind),
                    Speaker::Actor(self.same.of(id)),
                ),
                Speaker::Article(_) => (None, speaker),
            };
            self.all.push(Fact { speaker, kind, stands, alone: OnceCell::new() });
            self.all.len() as u32 - 1
        })
    }

    /// What kind of actor it is; `None` for an article.
    pub(super) fn kind(&self, number: u32) -> Option<ActorKind> {
        self.all[number as usize].kind
    }

    /// Who stands for those that count as one with it: the same for all of them.
    pub(super) fn stands(&self, number: u32) -> Speaker {
        self.all[number as usize].stands
    }

    /// A speaker that counts as one with nobody else.
    pub(super) fn alone(&self, number: u32) -> Group {
        let fact = &self.all[number as usize];
        let alone = || Arc::from([name(self.notebook, fact.speaker)]);
        Arc::clone(fact.alone.get_or_init(alone))
    }

    /// The names of speakers, sorted.
    pub(super) fn names(&self, numbers: &[u32]) -> Vec<String> {
        let name = |it: &u32| name(self.notebook, self.all[*it as usize].speaker);
        let mut names: Vec<String> = numbers.iter().map(name).collect();
        names.sort();
        names
    }
}

/// What a speaker is called.
pub(super) fn name(notebook: &Notebook, speaker: Speaker) -> String {
    match speaker {
        Speaker::Actor(id) => notebook.name(id).to_owned(),
        Speaker::Article(id) => {
            let title = notebook.article(id).map_or("", |article| article.about.title.as_str());
            format!("article {title}")
        }
    }
}
