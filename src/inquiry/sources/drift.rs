//! Certainty drift: a statement that is surer than the one it goes back to (Saurí and Pustejovsky 2009, FactBank; Li et
//! al. 2017, W17-4219; Wright and Augenstein 2021, arXiv 2108.13493).

use std::collections::{BTreeMap, BTreeSet};

use crate::notebook::{
    ArticleId, EntityId, Mention, MentionId, Modality, Notebook, Polarity, Source, Statement,
};

/// How a statement departs from another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DriftKind {
    /// It is surer than its source.
    SurerThanSource,
    /// It is surer than one in the same article that has a longer chain: a headline than the body.
    SurerThanBody,
    /// Its source denies what it affirms, or affirms what it denies.
    Turned,
}

impl DriftKind {
    /// In words, of the first statement.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SurerThanSource => "surer than its source",
            Self::SurerThanBody => "surer than what the same article says further on",
            Self::Turned => "the opposite of what its source says",
        }
    }
}

/// A statement that departs from the one it goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Drift {
    /// How.
    pub kind: DriftKind,
    /// The statement.
    pub statement: MentionId,
    /// The one it goes back to.
    pub than: MentionId,
    /// Who makes it: the last speaker of its chain, or the publisher where it has none.
    pub speaker: Option<EntityId>,
}

/// How sure: more is surer. `None` is not compared.
const fn rank(modality: Modality) -> Option<u8> {
    match modality {
        Modality::Certain => Some(3),
        Modality::Probable => Some(2),
        Modality::Possible => Some(1),
        Modality::Unknown => None,
    }
}

struct Said<'a> {
    id: MentionId,
    mention: &'a Mention,
    statement: &'a Statement,
    publisher: Option<EntityId>,
    rank: Option<u8>,
}

impl Said<'_> {
    /// A departure of this statement from another.
    fn from(&self, kind: DriftKind, than: MentionId) -> Drift {
        let last = self.statement.chain.last().map(|hop| hop.actor);
        Drift { kind, statement: self.id, than, speaker: last.or(self.publisher) }
    }

    /// Its length: how many speakers it came through.
    fn length(&self) -> usize {
        self.statement.chain.len()
    }
}

/// What drifts among the statements of one claim, both stances: for each statement and source one, the least sure.
pub(super) fn drifts(notebook: &Notebook, statements: &[MentionId]) -> Vec<Drift> {
    let all: Vec<Said<'_>> = statements
        .iter()
        .filter_map(|id| {
            let mention = notebook.mention(*id)?;
            let statement = mention.statement.as_ref()?;
            let article = notebook.article(mention.anchor.article);
            let publisher = article.and_then(|article| article.about.publisher);
            let rank = rank(statement.modality);
            Some(Said { id: *id, mention, statement, publisher, rank })
        })
        .collect();
    let mut found = BTreeSet::new();
    // What an actor publishes, or says first-hand in words that were read.
    let mut own: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for (number, said) in all.iter().enumerate() {
        let first_hand = said.statement.chain.last().filter(|hop| hop.source == Source::Read);
        for actor in said.publisher.into_iter().chain(first_hand.map(|hop| hop.actor)) {
            own.entry(actor).or_default().push(number);
        }
    }
    for actor in own.values_mut() {
        actor.sort_by_key(|number| (all[*number].rank, all[*number].id));
        actor.dedup();
    }
    for said in &all {
        for hop in &said.statement.chain {
            let Some(theirs) = own.get(&hop.actor) else { continue };
            let others = || theirs.iter().map(|n| &all[*n]).filter(|other| other.id != said.id);
            let same = |other: &&Said<'_>| other.statement.polarity == said.statement.polarity;
            if let Some(than) = others().find(|other| same(other) && other.rank.is_some())
                && said.rank > than.rank
            {
                found.insert(said.from(DriftKind::SurerThanSource, than.id));
            }
            if let Some(than) = others().find(|other| !same(other)) {
                found.insert(said.from(DriftKind::Turned, than.id));
            }
        }
    }
    let mut in_article: BTreeMap<(ArticleId, bool), Vec<&Said<'_>>> = BTreeMap::new();
    for said in all.iter().filter(|said| said.rank.is_some()) {
        let denies = said.statement.polarity == Polarity::Denies;
        let key = (said.mention.anchor.article, denies);
        in_article.entry(key).or_default().push(said);
    }
    for here in in_article.values_mut() {
        here.sort_by_key(|said| std::cmp::Reverse(said.length()));
        // The least sure of those with a longer chain.
        let mut least: Option<&Said<'_>> = None;
        for group in here.chunk_by(|a, b| a.length() == b.length()) {
            for said in group {
                if let Some(than) = least.filter(|than| said.rank > than.rank) {
                    found.insert(said.from(DriftKind::SurerThanBody, than.id));
                }
            }
            let lowest = group.iter().min_by_key(|said| (said.rank, said.id)).copied();
            least = least.into_iter().chain(lowest).min_by_key(|said| (said.rank, said.id));
        }
    }
    found.into_iter().collect()
}
