//! Figures about how well a claim is confirmed, counted over the graph of who relies on whom.

use super::Same;
use super::reliance::{Reliance, Speaker};
use super::same::actor;
use crate::graph::{Disjoint, bottlenecks, disjoint_paths, strong_components};
use crate::notebook::{ActorKind, EntityId, Notebook};

/// How well a claim is confirmed by the statements that take one stance. A group is the names of speakers that count as
/// one, sorted; an article without a publisher is called `article TITLE`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many statements there are.
    pub statements: usize,
    /// How many groups publish them.
    pub outlets: usize,
    /// The groups that hold an origin: one on whom others rely, and who relies on nobody.
    pub origins: Vec<Vec<String>>,
    /// How many of those groups hold anonymous origins only.
    pub anonymous: usize,
    /// How many groups hold a named origin whose own words were read.
    pub confirmed: usize,
    /// How many ways there are at most from what was read to origins, no two of which share a group.
    pub at_most: usize,
    /// The groups that every way passes through, nearest to the article first.
    pub through: Vec<Vec<String>>,
    /// A smallest set of groups without which no way is left.
    pub cut: Vec<Vec<String>>,
    /// The actors that rely on each other in a circle, a list a circle.
    pub loops: Vec<Vec<String>>,
    /// The named actors and outlets whose original was not read, and who publish none of the articles.
    pub unread: Vec<Vec<String>>,
}

/// The groups of the speakers of one claim.
pub(super) struct Groups {
    /// The group of each speaker.
    pub(super) of: Vec<u32>,
    count: usize,
}

impl Groups {
    pub(super) fn new(same: &Same, reliance: &Reliance) -> Self {
        let stands = |speaker: &Speaker| match speaker {
            Speaker::Actor(id) => Speaker::Actor(same.of(*id)),
            article @ Speaker::Article(_) => *article,
        };
        // Sorted rather than hashed: most claims have few speakers.
        let mut all: Vec<Speaker> = reliance.speakers.iter().map(stands).collect();
        let each = all.clone();
        all.sort_unstable();
        all.dedup();
        let of = each.iter().map(|one| all.binary_search(one).unwrap_or_default() as u32);
        Self { of: of.collect(), count: all.len() }
    }

    /// The groups of the speakers for which this holds, by number.
    fn with(&self, holds: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut found = vec![false; self.count];
        for (speaker, group) in self.of.iter().enumerate() {
            found[*group as usize] |= holds(speaker);
        }
        found
    }
}

/// What a speaker is to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It relies on others.
    Relays,
    /// An origin: an outlet, or a publisher that gives no source. It has its own word only.
    OwnWord,
    /// An origin that is named.
    Named,
    /// An origin that is not named.
    Anonymous,
    /// It relies on something that is set aside, and on nothing else.
    Withdrawn,
}

impl Standing {
    /// In a word or two.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Relays => "relays",
            Self::OwnWord => "its own word",
            Self::Named => "named origin",
            Self::Anonymous => "anonymous origin",
            Self::Withdrawn => "source set aside",
        }
    }
}

/// The ways of one claim from what was read to origins.
pub(super) struct Ways {
    /// Whether each speaker relies on another one.
    relies: Vec<bool>,
    pub(super) disjoint: Disjoint,
}

impl Ways {
    fn is_origin(&self, reliance: &Reliance, speaker: usize) -> bool {
        !self.relies[speaker] && !reliance.known[speaker].on_withdrawn
    }

    /// What a speaker is to the claim.
    pub(super) fn standing(
        &self,
        notebook: &Notebook,
        reliance: &Reliance,
        speaker: usize,
    ) -> Standing {
        let known = reliance.known[speaker];
        let kind = match reliance.speakers[speaker] {
            Speaker::Actor(id) => actor(notebook, id).map(|actor| actor.kind),
            Speaker::Article(_) => None,
        };
        match kind {
            _ if self.relies[speaker] => Standing::Relays,
            _ if known.on_withdrawn => Standing::Withdrawn,
            Some(ActorKind::Anonymous) => Standing::Anonymous,
            // An outlet, or who publishes without giving a source, has its own word only.
            None | Some(ActorKind::Media) => Standing::OwnWord,
            Some(_) if known.flat => Standing::OwnWord,
            Some(_) => Standing::Named,
        }
    }
}

/// A set of groups to begin or end in, and the steps between groups.
pub(super) struct Net {
    edges: Vec<(u32, u32)>,
    begins: Vec<bool>,
    ends: Vec<bool>,
}

impl Groups {
    /// The ways from what was read to origins, and the net they run in.
    pub(super) fn ways(&self, reliance: &Reliance) -> (Ways, Net) {
        let known = &reliance.known;
        let mut relies = vec![false; known.len()];
        for (from, _) in &reliance.edges {
            relies[*from as usize] = true;
        }
        let edges: Vec<(u32, u32)> = reliance
            .edges
            .iter()
            .map(|(from, to)| (self.of[*from as usize], self.of[*to as usize]))
            .filter(|(from, to)| from != to)
            .collect();
        let begins = self.with(|it| known[it].publishes || known[it].read);
        let ends = self.with(|it| !relies[it] && !known[it].on_withdrawn);
        let disjoint = disjoint_paths(&edges, &begins, &ends);
        (Ways { relies, disjoint }, Net { edges, begins, ends })
    }
}

impl Figures {
    pub(super) fn new(notebook: &Notebook, same: &Same, reliance: &Reliance) -> Self {
        let groups = Groups::new(same, reliance);
        let known = &reliance.known;
        let (ways, net) = groups.ways(reliance);
        let confirms = |it: usize| {
            known[it].own_words_read
                && ways.is_origin(reliance, it)
                && ways.standing(notebook, reliance, it) == Standing::Named
        };
        let is_anonymous = |it: usize| {
            ways.is_origin(reliance, it)
                && ways.standing(notebook, reliance, it) == Standing::Anonymous
        };
        let known_origin = groups.with(|it| ways.is_origin(reliance, it) && !is_anonymous(it));
        let anonymous = net.ends.iter().zip(&known_origin).filter(|(end, known)| **end && !**known);
        let anonymous = anonymous.count();
        let confirmed = groups.with(confirms).iter().filter(|holds| **holds).count();
        let through = if ways.disjoint.paths == 1 {
            bottlenecks(&net.edges, &net.begins, &net.ends)
        } else {
            Vec::new()
        };
        let unread = groups.with(|it| is_unread(notebook, reliance, it));
        let names = Names { notebook, reliance, groups: &groups };
        let numbers = |which: &[bool]| -> Vec<u32> {
            (0_u32..).zip(which).filter(|(_, is)| **is).map(|(group, _)| group).collect()
        };
        let outlets = groups.with(|it| known[it].publishes).iter().filter(|is| **is).count();
        Self {
            statements: reliance.statements,
            outlets,
            origins: names.of(&numbers(&net.ends), true),
            anonymous,
            confirmed,
            at_most: ways.disjoint.paths,
            through: names.of(&through, false),
            cut: names.of(&ways.disjoint.cut, true),
            loops: loops(notebook, reliance),
            unread: names.of(&numbers(&unread), true),
        }
    }
}

/// Whether a speaker is a named actor or an outlet whose original was not read, and which publishes none of the articles.
fn is_unread(notebook: &Notebook, reliance: &Reliance, speaker: usize) -> bool {
    let known = reliance.known[speaker];
    let kind = match reliance.speakers[speaker] {
        Speaker::Actor(id) => actor(notebook, id).map(|actor| actor.kind),
        Speaker::Article(_) => None,
    };
    known.relayed
        && !known.read
        && !known.publishes
        && kind.is_some_and(|kind| kind != ActorKind::Anonymous)
}

/// The actors of [`is_unread`].
pub(super) fn unread_actors(notebook: &Notebook, reliance: &Reliance) -> Vec<EntityId> {
    let unread = (0..reliance.speakers.len()).filter(|it| is_unread(notebook, reliance, *it));
    unread
        .filter_map(|it| match reliance.speakers[it] {
            Speaker::Actor(id) => Some(id),
            Speaker::Article(_) => None,
        })
        .collect()
}

/// Actors that rely on each other in a circle, before any count as one.
fn loops(notebook: &Notebook, reliance: &Reliance) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = strong_components(reliance.speakers.len(), &reliance.edges)
        .into_iter()
        .filter(|component| component.len() > 1)
        .map(|component| {
            let names = component.iter().map(|it| name(notebook, reliance.speakers[*it]));
            let mut names: Vec<String> = names.collect();
            names.sort();
            names
        })
        .collect();
    found.sort();
    found
}

pub(super) fn name(notebook: &Notebook, speaker: Speaker) -> String {
    match speaker {
        Speaker::Actor(id) => actor_name(notebook, id),
        Speaker::Article(id) => {
            let title = notebook.article(id).map_or("", |article| article.about.title.as_str());
            format!("article {title}")
        }
    }
}

fn actor_name(notebook: &Notebook, id: EntityId) -> String {
    notebook.name(id).to_owned()
}

/// The names of the groups, made for those that are told.
struct Names<'a> {
    notebook: &'a Notebook,
    reliance: &'a Reliance,
    groups: &'a Groups,
}

impl Names<'_> {
    /// The names of these groups; `sorted` by their names, otherwise in their order.
    fn of(&self, groups: &[u32], sorted: bool) -> Vec<Vec<String>> {
        let mut found: Vec<Vec<String>> = groups.iter().map(|group| self.of_one(*group)).collect();
        if sorted {
            found.sort();
        }
        found
    }

    fn of_one(&self, group: u32) -> Vec<String> {
        let speakers = self.reliance.speakers.iter().zip(&self.groups.of);
        let those = speakers.filter(|(_, of)| **of == group);
        let mut names: Vec<String> =
            those.map(|(speaker, _)| name(self.notebook, *speaker)).collect();
        names.sort();
        names.dedup();
        names
    }
}
