//! The ladder of a claim: its chains of speakers as rungs, from those who publish down to the origins.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Speaker, name};
use super::figures::{Groups, Standing};
use super::reliance::Reliance;
use super::{Said, Same, WhatIf, equivalent_claims, statements_of};
use crate::graph::strong_components;
use crate::notebook::{ArticleId, EntityId, MentionId, Notebook, Polarity};

/// The most rungs that are worked out.
pub const MOST_RUNGS: usize = 400;

/// A speaker on the way down from the articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// How many steps below a publisher it is: a publisher is at 0.
    pub depth: u16,
    /// The actor; `None` for an article without a publisher.
    pub actor: Option<EntityId>,
    /// The article, where that speaks for itself.
    pub article: Option<ArticleId>,
    /// Its name.
    pub name: String,
    /// What it is to the claim.
    pub standing: Standing,
    /// Whether a hop through it is marked “original read”.
    pub read: bool,
    /// Whether its group is in the smallest set without which no way is left.
    pub in_cut: bool,
    /// Whether it relies on itself through others.
    pub in_loop: bool,
    /// Whether it relies on something that is set aside.
    pub on_withdrawn: bool,
    /// Whether what it relies on is listed above already.
    pub again: bool,
    /// The statements that record this step; of a publisher, those it publishes.
    pub statements: Vec<MentionId>,
}

/// The chains of the statements that take one stance on a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder {
    /// Each publisher, followed by those it relies on.
    pub rungs: Vec<Rung>,
    /// Whether there are more than [`MOST_RUNGS`].
    pub cut_off: bool,
}

impl Ladder {
    /// The ladder of a claim and those equivalent to it.
    #[must_use]
    pub fn new(
        notebook: &Notebook,
        same: &Same,
        what_if: &WhatIf,
        claim: EntityId,
        polarity: Polarity,
    ) -> Self {
        let statements = statements_of(notebook, &equivalent_claims(notebook, claim), polarity);
        let mut facts = Facts::new(notebook, same);
        let statements_of_it = statements.iter().copied();
        let reliance = Reliance::new(&mut facts, notebook, what_if, statements_of_it);
        let groups = Groups::new(&facts, &reliance);
        let (ways, _) = groups.ways(&reliance);
        let in_cut = ways.disjoint.cut.iter().copied().collect::<BTreeSet<u32>>();
        let mut in_loop = vec![false; reliance.speakers.len()];
        for circle in strong_components(reliance.speakers.len(), &reliance.edges) {
            if circle.len() > 1 {
                circle.into_iter().for_each(|speaker| in_loop[speaker] = true);
            }
        }
        let mut build = Build {
            notebook,
            reliance: &reliance,
            below: vec![Vec::new(); reliance.speakers.len()],
            steps: steps(notebook, what_if, &reliance, &statements),
            rung: |speaker: usize| Rung {
                depth: 0,
                actor: None,
                article: None,
                name: name(notebook, reliance.speakers[speaker]),
                standing: ways.standing(&facts, &reliance, speaker),
                read: reliance.known[speaker].read,
                in_cut: in_cut.contains(&groups.of[speaker]),
                in_loop: in_loop[speaker],
                on_withdrawn: reliance.known[speaker].on_withdrawn,
                again: false,
                statements: Vec::new(),
            },
            done: BTreeSet::new(),
            ladder: Self::default(),
        };
        for (from, to) in &reliance.edges {
            build.below[*from as usize].push(*to);
        }
        let mut first: Vec<u32> = (0_u32..)
            .zip(&reliance.known)
            .filter(|(_, known)| known.publishes)
            .map(|(speaker, _)| speaker)
            .collect();
        build.sort(&mut first);
        for speaker in first {
            build.rung_of(speaker, None, 0);
        }
        build.ladder
    }
}

/// The statements behind each step: from a speaker to the next, and from nobody to who publishes.
type Steps = BTreeMap<(Option<u32>, u32), Vec<MentionId>>;

fn steps(
    notebook: &Notebook,
    what_if: &WhatIf,
    reliance: &Reliance,
    statements: &[Said<'_>],
) -> Steps {
    let mut steps = Steps::new();
    for said in statements {
        let mut before = None;
        for speaker in reliance.way_of(notebook, what_if, said) {
            let here = steps.entry((before, speaker)).or_default();
            if here.last() != Some(&said.id) {
                here.push(said.id);
            }
            before = Some(speaker);
        }
    }
    steps
}

struct Build<'a, R> {
    notebook: &'a Notebook,
    reliance: &'a Reliance,
    below: Vec<Vec<u32>>,
    steps: Steps,
    rung: R,
    done: BTreeSet<u32>,
    ladder: Ladder,
}

impl<R: Fn(usize) -> Rung> Build<'_, R> {
    /// Sorts speakers by name: ids are random.
    fn sort(&self, speakers: &mut [u32]) {
        let key = |speaker: &u32| {
            let speaker = self.reliance.speakers[*speaker as usize];
            (name(self.notebook, speaker), speaker)
        };
        speakers.sort_by_cached_key(key);
    }

    /// Adds a speaker and those it relies on. The way down is kept in a list: chains may be long.
    fn rung_of(&mut self, speaker: u32, above: Option<u32>, depth: u16) {
        let mut open = vec![(speaker, above, depth)];
        while let Some((speaker, above, depth)) = open.pop() {
            if self.ladder.rungs.len() == MOST_RUNGS {
                self.ladder.cut_off = true;
                return;
            }
            let mut below = self.below[speaker as usize].clone();
            let again = !self.done.insert(speaker) && !below.is_empty();
            let (actor, article) = match self.reliance.speakers[speaker as usize] {
                Speaker::Actor(id) => (Some(id), None),
                Speaker::Article(id) => (None, Some(id)),
            };
            let statements = self.steps.get(&(above, speaker)).cloned().unwrap_or_default();
            let rung = (self.rung)(speaker as usize);
            self.ladder.rungs.push(Rung { depth, actor, article, again, statements, ..rung });
            if !again {
                self.sort(&mut below);
                let next = below.into_iter().rev();
                open.extend(next.map(|next| (next, Some(speaker), depth.saturating_add(1))));
            }
        }
    }
}
