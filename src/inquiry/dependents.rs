//! What depends on an entity besides its own mentions and links: chains in which it speaks, articles it publishes, and
//! other entities that refer to it.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::notebook::{Detail, EntityId, LinkId, Notebook, Target};

/// How many records refer to some entities: what deleting these would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    /// Statements with one of them in their chain of speakers.
    pub chains: usize,
    /// How many of the entities are placeholders for a deleted source, whose chains would lose a speaker.
    pub gaps: usize,
    /// Articles one of them publishes.
    pub articles: usize,
    /// Events one of them takes part in.
    pub events: usize,
    /// Actors one of them owns.
    pub owned: usize,
    /// Actors one of them is a member of.
    pub memberships: usize,
    /// Claims about one of them.
    pub claims: usize,
    /// Their mentions.
    pub mentions: usize,
    /// Their links, and the links on these.
    pub links: usize,
}

impl Dependents {
    /// Whether any record other than a mention or a link refers to one of them.
    #[must_use]
    pub const fn is_referenced(&self) -> bool {
        self.chains + self.articles + self.events + self.owned + self.memberships + self.claims > 0
    }
}

impl Dependents {
    /// The records that refer to them, counted: “2 statements, 1 article”; empty where there are none.
    #[must_use]
    pub fn words(&self) -> String {
        let parts = [
            (self.chains, "statement"),
            (self.articles, "article"),
            (self.events, "event"),
            (self.owned + self.memberships, "actor"),
            (self.claims, "claim"),
        ];
        let counted = parts
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n} {word}{}", if n == 1 { "" } else { "s" }));
        counted.collect::<Vec<_>>().join(", ")
    }
}

/// What depends on these entities; what would be deleted together with them is not counted.
#[must_use]
pub fn dependents(notebook: &Notebook, on: &BTreeSet<EntityId>) -> Dependents {
    let names = |id: &EntityId| on.contains(id);
    let mut found = Dependents::default();
    for mention in notebook.mentions().values() {
        if names(&mention.entity) {
            found.mentions += 1;
        } else if mention.speakers().any(|actor| names(&actor)) {
            found.chains += 1;
        }
    }
    for (id, entity) in notebook.entities() {
        if names(id) {
            found.gaps += usize::from(entity.is_deleted_source());
            continue;
        }
        match &entity.detail {
            Detail::Actor(actor) => {
                found.owned += usize::from(actor.owner.iter().any(names));
                found.memberships += usize::from(actor.members.iter().any(names));
            }
            Detail::Event(event) => {
                found.events += usize::from(event.participants.iter().any(|p| names(&p.actor)));
            }
            // About one of them, or one of them was asked for a reply.
            Detail::Claim(_) => {
                found.claims += usize::from(entity.refers_to().iter().any(names));
            }
        }
    }
    let published = notebook.articles().values().filter_map(|article| article.about.publisher);
    found.articles = published.filter(|publisher| names(publisher)).count();
    // Links on deleted links are deleted too, over any number of steps.
    let mut on_links: HashMap<LinkId, Vec<LinkId>> = HashMap::new();
    for (id, link) in notebook.links() {
        if let Target::Link(to) = link.to {
            on_links.entry(to).or_default().push(*id);
        }
    }
    let mut waiting: Vec<LinkId> = on.iter().flat_map(|id| notebook.links_of(*id)).collect();
    let mut links = HashSet::new();
    while let Some(id) = waiting.pop() {
        if links.insert(id) {
            waiting.extend(on_links.get(&id).into_iter().flatten());
        }
    }
    found.links = links.len();
    found
}

/// The entities connected by fields of other records: speakers, publishers, owners and what they own, members and their
/// organisations, participants and events, claims and their subjects. They count as connected even without a link.
#[must_use]
pub fn tied(notebook: &Notebook) -> HashSet<EntityId> {
    let mut tied: HashSet<EntityId> = HashSet::new();
    for mention in notebook.mentions().values() {
        for actor in mention.speakers() {
            tied.extend([actor, mention.entity]);
        }
    }
    for (id, entity) in notebook.entities() {
        let others = entity.refers_to();
        if !others.is_empty() {
            tied.insert(*id);
            tied.extend(others);
        }
    }
    tied.extend(notebook.articles().values().filter_map(|article| article.about.publisher));
    tied
}
