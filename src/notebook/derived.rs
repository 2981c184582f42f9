//! Derived links: what statements and entities record already, as links. Who cites whom and who says what (the steps of
//! the chains of speakers, from the publisher of an article to the claim), who took part in an event, what a claim is
//! about.
//!
//! They are never stored and never edited: whoever changes a statement, an article's publisher, a participant or what a
//! claim is about changes them. Like an index they are kept true at every change, at a cost that grows with the change.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, OnceLock};

use super::{
    ArticleId, Detail, Entity, EntityId, Evidence, Family, Link, LinkId, Mention, MentionId,
    Notebook, Place, Polarity, Relation, RelationId, Role,
};

/// What a derived link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Step {
    /// From a publisher or speaker to the speaker it has its words from.
    Cites,
    /// From the last speaker of a chain, or the publisher of an article that names none, to a claim.
    Says,
    /// Likewise, where the claim is denied.
    Denies,
    /// From an actor to an event.
    Part(Role),
    /// From a claim to what it is about.
    About,
}

impl Step {
    const ALL: [Self; 8] = [
        Self::Cites,
        Self::Says,
        Self::Denies,
        Self::Part(Role::Agent),
        Self::Part(Role::Patient),
        Self::Part(Role::Organiser),
        Self::Part(Role::Involved),
        Self::About,
    ];

    /// The relation it is shown as: a standard one where there is one.
    const fn relation(self) -> &'static str {
        match self {
            Self::Cites => "cites",
            Self::Says => "says",
            Self::Denies => "denies",
            Self::Part(Role::Agent) => "agent",
            Self::Part(Role::Patient) => "patient",
            Self::Part(Role::Organiser) => "organiser",
            Self::Part(Role::Involved) => "involved",
            Self::About => "about",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Part(role) => role.label(),
            other => other.relation(),
        }
    }

    const fn family(self) -> Family {
        match self {
            Self::Cites | Self::Says | Self::Denies => Family::Attribution,
            Self::Part(_) => Family::Part,
            Self::About => Family::Argument,
        }
    }

    /// A number of its own, for ids: it must never change.
    const fn number(self) -> u64 {
        match self {
            Self::Cites => 1,
            Self::Says => 2,
            Self::Denies => 3,
            Self::Part(Role::Agent) => 4,
            Self::Part(Role::Patient) => 5,
            Self::Part(Role::Organiser) => 6,
            Self::Part(Role::Involved) => 7,
            Self::About => 8,
        }
    }
}

/// The relations of derived links, for notebooks that do not define them.
static RELATIONS: LazyLock<BTreeMap<RelationId, Relation>> = LazyLock::new(|| {
    let relation = |step: Step| Relation {
        label: step.label().to_owned(),
        family: step.family(),
        directed: true,
    };
    Step::ALL.into_iter().map(|step| (RelationId::from(step.relation()), relation(step))).collect()
});

/// What makes two derived links one.
type Key = (EntityId, Step, EntityId);

/// The id of the derived link of this key: the same in every run (SplitMix64's mixing, Steele et al. 2014).
fn id_of((from, step, to): Key) -> LinkId {
    let mix = |mut bits: u64| {
        bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    };
    LinkId::derived(mix(mix(mix(from.bits()) ^ to.bits()) ^ step.number()))
}

/// Where a mention sorts among the evidence: by article and place.
type Spot = (ArticleId, usize, MentionId);

#[derive(Clone, Debug)]
struct DerivedLink {
    key: Key,
    /// The statements that record it; of a participant and of what a claim is about none, see `recorded`.
    statements: BTreeSet<Spot>,
    /// Whether an entity records it, whose mentions are the evidence.
    recorded: bool,
    /// The link as others see it, made when it is asked for.
    link: OnceLock<Arc<Link>>,
}

/// All derived links of a notebook.
#[derive(Clone, Debug, Default)]
pub(super) struct DerivedLinks {
    links: BTreeMap<LinkId, Arc<DerivedLink>>,
    of: HashMap<EntityId, BTreeSet<LinkId>>,
    /// How many there are of each step.
    counts: BTreeMap<Step, usize>,
}

impl DerivedLinks {
    /// Counts a statement in, or with `on` false out again. `publisher` is that of its article. Adds the links that are
    /// otherwise to `touched`.
    pub(super) fn statement(
        &mut self,
        id: MentionId,
        mention: &Mention,
        publisher: Option<EntityId>,
        on: bool,
        touched: &mut Vec<LinkId>,
    ) {
        let start = match mention.anchor.place {
            Place::At { start, .. } => start,
            Place::Orphan(_) => usize::MAX,
        };
        let spot = (mention.anchor.article, start, id);
        for key in steps_of(mention, publisher) {
            self.change(key, touched, |link| {
                if on {
                    link.statements.insert(spot);
                } else {
                    link.statements.remove(&spot);
                }
            });
        }
    }

    /// What an entity records is otherwise.
    pub(super) fn entity(
        &mut self,
        id: EntityId,
        old: Option<&Entity>,
        new: Option<&Entity>,
        touched: &mut Vec<LinkId>,
    ) {
        let (old, new) = (recorded_by(id, old), recorded_by(id, new));
        for key in old.difference(&new) {
            self.change(*key, touched, |link| link.recorded = false);
        }
        for key in new.difference(&old) {
            self.change(*key, touched, |link| link.recorded = true);
        }
    }

    /// The mentions of an entity are otherwise: they are the evidence of what it records.
    pub(super) fn mentions_of(
        &mut self,
        id: EntityId,
        entity: Option<&Entity>,
        touched: &mut Vec<LinkId>,
    ) {
        for link in recorded_by(id, entity).into_iter().map(id_of) {
            if let Some(derived) = self.links.get_mut(&link) {
                Arc::make_mut(derived).link = OnceLock::new();
                touched.push(link);
            }
        }
    }

    fn change(&mut self, key: Key, touched: &mut Vec<LinkId>, act: impl FnOnce(&mut DerivedLink)) {
        let id = id_of(key);
        let link = self.links.entry(id).or_insert_with(|| {
            for end in [key.0, key.2] {
                self.of.entry(end).or_default().insert(id);
            }
            *self.counts.entry(key.1).or_default() += 1;
            let (statements, link) = (BTreeSet::new(), OnceLock::new());
            Arc::new(DerivedLink { key, statements, recorded: false, link })
        });
        let link = Arc::make_mut(link);
        act(link);
        link.link = OnceLock::new();
        touched.push(id);
        if link.statements.is_empty() && !link.recorded {
            self.links.remove(&id);
            if let Some(count) = self.counts.get_mut(&key.1) {
                *count = count.saturating_sub(1);
            }
            for end in [key.0, key.2] {
                if let Some(all) = self.of.get_mut(&end) {
                    all.remove(&id);
                    if all.is_empty() {
                        self.of.remove(&end);
                    }
                }
            }
        }
    }
}

/// The steps of a statement's chain, each once: publisher to first speaker, speaker to next speaker, last speaker to
/// claim. A speaker equal to the one before is dropped.
fn steps_of(mention: &Mention, publisher: Option<EntityId>) -> BTreeSet<Key> {
    let Some(statement) = &mention.statement else { return BTreeSet::new() };
    let mut path: Vec<EntityId> = publisher.into_iter().chain(mention.speakers()).collect();
    path.dedup();
    let cites = path.windows(2).filter_map(|pair| match pair {
        [from, to] => Some((*from, Step::Cites, *to)),
        _ => None,
    });
    let says = match statement.polarity {
        Polarity::Affirms => Step::Says,
        Polarity::Denies => Step::Denies,
    };
    cites.chain(path.last().map(|last| (*last, says, mention.entity))).collect()
}

/// What an entity records: who took part in an event, what a claim is about.
fn recorded_by(id: EntityId, entity: Option<&Entity>) -> BTreeSet<Key> {
    match entity.map(|entity| &entity.detail) {
        Some(Detail::Event(event)) => {
            event.participants.iter().map(|it| (it.actor, Step::Part(it.role), id)).collect()
        }
        Some(Detail::Claim(claim)) => {
            let about = claim.about.iter().filter(|about| **about != id);
            about.map(|about| (id, Step::About, *about)).collect()
        }
        Some(Detail::Actor(_)) | None => BTreeSet::new(),
    }
}

impl Notebook {
    pub(super) fn publisher_of(&self, article: ArticleId) -> Option<EntityId> {
        self.articles.get(&article)?.about.publisher
    }

    /// Derives the links of an article's statements anew: another publisher has it.
    pub(super) fn derive_from_article(
        &mut self,
        article: ArticleId,
        old: Option<EntityId>,
        new: Option<EntityId>,
    ) {
        let mut touched = Vec::new();
        for id in self.index.in_article(article) {
            let Some(mention) = self.mentions.get(&id) else { continue };
            self.derived.statement(id, mention, old, false, &mut touched);
            self.derived.statement(id, mention, new, true, &mut touched);
        }
        self.recent.note_links(self.revision, touched);
    }

    fn as_link<'a>(&'a self, derived: &'a DerivedLink) -> &'a Arc<Link> {
        derived.link.get_or_init(|| {
            let (from, step, to) = derived.key;
            let mut link = Link::new(from, to, RelationId::from(step.relation()));
            link.evidence = if derived.recorded {
                let of = if step == Step::About { from } else { to };
                self.mentions_of(of).map(Evidence::Mention).collect()
            } else {
                derived.statements.iter().map(|spot| Evidence::Mention(spot.2)).collect()
            };
            Arc::new(link)
        })
    }

    /// The derived links, by id: what statements and entities record, as links. Their evidence is in the order of the
    /// text.
    pub fn derived_links(&self) -> impl ExactSizeIterator<Item = (LinkId, &Arc<Link>)> {
        self.derived.links.iter().map(|(id, derived)| (*id, self.as_link(derived)))
    }

    /// The derived links that start or end at the entity.
    pub fn derived_links_of(&self, entity: EntityId) -> impl Iterator<Item = LinkId> + '_ {
        self.derived.of.get(&entity).into_iter().flatten().copied()
    }

    /// This link, made by hand or derived.
    #[must_use]
    pub fn any_link(&self, id: LinkId) -> Option<&Arc<Link>> {
        if id.is_derived() {
            self.derived.links.get(&id).map(|derived| self.as_link(derived))
        } else {
            self.link(id)
        }
    }

    /// All links by id: those made by hand, then those derived.
    pub fn all_links(&self) -> impl Iterator<Item = (LinkId, &Arc<Link>)> {
        self.links().iter().map(|(id, link)| (*id, link)).chain(self.derived_links())
    }

    /// How many links there are, made by hand or derived.
    #[must_use]
    pub fn count_all_links(&self) -> usize {
        self.links().len() + self.derived.links.len()
    }

    /// All links that start or end at the entity: those made by hand, then those derived.
    pub fn all_links_of(&self, entity: EntityId) -> impl Iterator<Item = LinkId> + '_ {
        self.links_of(entity).chain(self.derived_links_of(entity))
    }

    /// A relation of the notebook, or of derived links.
    #[must_use]
    pub fn relation(&self, id: &RelationId) -> Option<&Relation> {
        self.relations().get(id).or_else(|| RELATIONS.get(id))
    }

    /// The relations of the notebook, and those of its derived links that it does not define.
    pub fn relations_in_use(&self) -> impl Iterator<Item = (&RelationId, &Relation)> {
        let others = RELATIONS.iter().filter(|(id, _)| !self.relations().contains_key(*id));
        let counts = &self.derived.counts;
        let used =
            |id: &RelationId| counts.iter().any(|(step, n)| *n > 0 && step.relation() == id.0);
        self.relations().iter().chain(others.filter(move |(id, _)| used(id)))
    }

    /// The derived link that says the same as a link made by hand: the same relation between the same two, or “said by”
    /// the other way round.
    #[must_use]
    pub fn derived_twin(&self, link: &Link) -> Option<LinkId> {
        let to = link.to_entity()?;
        let (from, step, to) = match link.relation.0.as_str() {
            "said by" => (to, Step::Says, link.from),
            relation => {
                let step = Step::ALL.into_iter().find(|step| step.relation() == relation)?;
                (link.from, step, to)
            }
        };
        let id = id_of((from, step, to));
        self.derived.links.contains_key(&id).then_some(id)
    }
}
