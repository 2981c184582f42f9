//! Theirs under the ids of ours: entities by the pairs that were taken, then mentions of the same words, links between the
//! same ends, and everything else that is the same. What is only theirs keeps its id.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use crate::edit::renaming::adapt;
use crate::edit::renaming::{Map, Renaming};
use crate::edit::{Edit, Ref, apply};
use crate::inquiry::agreement::InBoth;
use crate::notebook::{
    ArticleId, EntityId, Link, LinkId, Mention, Notebook, Place, RelationId, Target,
};

/// Their notebook, ready to be merged with ours.
#[derive(Clone, Debug)]
pub struct Joined {
    /// Theirs, with the ids of ours wherever both have the same.
    pub notebook: Notebook,
    /// How many records of theirs are one of ours.
    pub joined: Tally,
    /// How many are only theirs.
    pub added: Tally,
    /// What was chosen and cannot be, a sentence each.
    pub refused: Vec<String>,
}

/// How many records there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles.
    pub articles: usize,
    /// Entities.
    pub entities: usize,
    /// Mentions.
    pub mentions: usize,
    /// Links.
    pub links: usize,
    /// Groups, note cards, named views, waivers, sources set aside and matrices.
    pub others: usize,
}

/// After how many records it asks whether it is to stop.
const ASK_EVERY: usize = 1024;

pub(super) fn joined(
    ours: &Notebook,
    theirs: &Notebook,
    articles: &[InBoth],
    taken: &BTreeMap<EntityId, EntityId>,
    stop: &dyn Fn() -> bool,
) -> Option<Joined> {
    let mut map = Renaming::default();
    for both in articles {
        map.articles.set(both.theirs, both.ours);
    }
    let mut theirs = theirs.clone();
    let mut refused = Vec::new();
    let kept = one_for_each(&mut theirs, taken, &mut refused);
    let mut entities = Pairs::default();
    for (their, our) in &kept {
        entities.pair(*their, *our);
    }
    // An id that stands for something else in ours is no longer theirs.
    for (id, entity) in theirs.entities() {
        let other = ours.entity(*id).is_some_and(|our| our.kind() != entity.kind());
        let taken = entities.is_taken(*id) && !kept.contains_key(id);
        if (other || taken) && !kept.contains_key(id) {
            entities.pair(*id, EntityId::random());
        }
    }
    map.entities = entities.map;
    for id in theirs.articles().keys() {
        if map.articles.get(*id).is_none() && ours.articles().contains_key(id) {
            map.articles.set(*id, ArticleId::random());
        }
    }
    mentions(ours, &theirs, &mut map, stop)?;
    links(ours, &theirs, &mut map, stop)?;
    others(ours, &theirs, &mut map);
    let renamed = map.apply(&theirs, stop)?;
    let notebook = adapt::adapted(ours, renamed, stop)?;
    let (joined, added) = tallies(ours, &notebook);
    Some(Joined { notebook, joined, added, refused })
}

/// Where several of theirs are one of ours, they become one first. Returns which of theirs is which of ours.
fn one_for_each(
    theirs: &mut Notebook,
    taken: &BTreeMap<EntityId, EntityId>,
    refused: &mut Vec<String>,
) -> BTreeMap<EntityId, EntityId> {
    let mut by_ours: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
    for (their, our) in taken {
        by_ours.entry(*our).or_default().push(*their);
    }
    let mut kept = BTreeMap::new();
    for (our, mut all) in by_ours {
        // The one that is tagged most stays; the one that has the id of ours before all.
        all.sort_by_key(|id| (*id != our, usize::MAX - theirs.mention_count_of(*id), *id));
        let mut all = all.into_iter();
        let Some(first) = all.next() else { continue };
        kept.insert(first, our);
        for other in all {
            let (from, into) = (theirs.name(other).to_owned(), theirs.name(first).to_owned());
            let edit = Edit::Merge { from: Ref::Id(other), into: Ref::Id(first), keep_names: true };
            if let Err(why) = apply(theirs, &edit) {
                refused.push(format!("“{from}” stays beside “{into}”: {why}"));
            }
        }
    }
    kept
}

/// Which ids of theirs become which of ours, each of ours at most once.
struct Pairs<I> {
    map: Map<I>,
    taken: HashSet<I>,
}

impl<I> Default for Pairs<I> {
    fn default() -> Self {
        Self { map: Map::default(), taken: HashSet::new() }
    }
}

impl<I: Copy + Eq + Hash + Ord> Pairs<I> {
    fn pair(&mut self, their: I, our: I) {
        self.map.set(their, our);
        self.taken.insert(our);
    }

    fn is_taken(&self, our: I) -> bool {
        self.taken.contains(&our)
    }

    /// Pairs records of one id that are the `same`, then records of the same key: those that are equal, then the others in
    /// order. `fresh` is for one of theirs whose id another record of ours has.
    fn by_key<K: Eq + Hash, R: PartialEq>(
        &mut self,
        ours: impl Fn(I) -> Option<(K, R)>,
        all_ours: impl Iterator<Item = I>,
        theirs: &[(I, K, R)],
        same: impl Fn(&R, &R) -> bool,
        fresh: impl Fn() -> I,
    ) {
        let mut left: Vec<&(I, K, R)> = Vec::new();
        for one in theirs {
            match ours(one.0) {
                Some((_, our)) if same(&our, &one.2) => self.pair(one.0, one.0),
                _ => left.push(one),
            }
        }
        let mut waiting: HashMap<K, VecDeque<(I, R)>> = HashMap::new();
        let mut there: HashSet<I> = HashSet::new();
        for id in all_ours.filter(|id| !self.is_taken(*id)) {
            there.insert(id);
            if let Some((key, record)) = ours(id) {
                waiting.entry(key).or_default().push_back((id, record));
            }
        }
        for equal_only in [true, false] {
            left.retain(|(id, key, record)| {
                let Some(all) = waiting.get_mut(key) else { return true };
                let at = all.iter().position(|(_, our)| !equal_only || our == record);
                let Some((our, _)) = at.and_then(|at| all.remove(at)) else { return true };
                self.pair(*id, our);
                false
            });
        }
        for (id, ..) in left {
            // What ours has under this id is another thing, or has become one of theirs.
            if there.contains(id) || self.is_taken(*id) {
                self.pair(*id, fresh());
            }
        }
    }
}

/// A place in an article, to be compared.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Spot {
    At(usize, usize),
    /// An orphan: the words and where they stood.
    Lost(String, usize),
}

fn spot(place: &Place) -> Spot {
    match place {
        Place::At { start, end } => Spot::At(*start, *end),
        Place::Orphan(quote) => Spot::Lost(quote.exact.clone(), quote.start),
    }
}

/// Mentions of the same words as the same entity are one.
fn mentions(
    ours: &Notebook,
    theirs: &Notebook,
    map: &mut Renaming,
    stop: &dyn Fn() -> bool,
) -> Option<()> {
    let key =
        |mention: &Mention| (mention.anchor.article, spot(&mention.anchor.place), mention.entity);
    let mut renamed = Vec::with_capacity(theirs.mentions().len());
    for (n, (id, mention)) in theirs.mentions().iter().enumerate() {
        if n.is_multiple_of(ASK_EVERY) && stop() {
            return None;
        }
        let mention = map.mention(mention);
        renamed.push((*id, key(&mention), Arc::new(mention)));
    }
    let mut pairs = Pairs::default();
    let record = |id| ours.mention(id).map(|mention| (key(mention), Arc::clone(mention)));
    pairs.by_key(
        record,
        ours.mentions().keys().copied(),
        &renamed,
        |our, their| {
            our.anchor.article == their.anchor.article
                && our.statement.is_some() == their.statement.is_some()
        },
        crate::notebook::MentionId::random,
    );
    map.mentions = pairs.map;
    Some(())
}

/// The ends and the relation of a link; where it holds both ways, the ends are in order.
type Ends = (EntityId, Target, RelationId, bool);

fn ends(link: &Link) -> Ends {
    match link.to {
        Target::Entity(to) if !link.directed && to < link.from => {
            (to, Target::Entity(link.from), link.relation.clone(), link.directed)
        }
        to => (link.from, to, link.relation.clone(), link.directed),
    }
}

/// Links between the same ends that say the same are one; a link’s target is known before it is.
fn links(
    ours: &Notebook,
    theirs: &Notebook,
    map: &mut Renaming,
    stop: &dyn Fn() -> bool,
) -> Option<()> {
    // Links on entities, then links on those, and so on.
    let mut depth: HashMap<LinkId, usize> = HashMap::new();
    for id in theirs.targets_first(theirs.links().keys().copied()) {
        let below = match theirs.link(id).map(|link| link.to) {
            Some(Target::Link(to)) => depth.get(&to).map_or(0, |below| below + 1),
            _ => 0,
        };
        depth.insert(id, below);
    }
    let mut by_depth: BTreeMap<usize, Vec<LinkId>> = BTreeMap::new();
    for id in theirs.links().keys() {
        by_depth.entry(depth.get(id).copied().unwrap_or(usize::MAX)).or_default().push(*id);
    }
    let mut pairs: Pairs<LinkId> = Pairs::default();
    for id in theirs.links().keys().filter(|id| ours.links().contains_key(id)) {
        pairs.pair(*id, *id);
    }
    for ids in by_depth.values() {
        if stop() {
            return None;
        }
        let renamed: Vec<(LinkId, Ends, Arc<Link>)> = ids
            .iter()
            .filter(|id| !ours.links().contains_key(id))
            .filter_map(|id| {
                let link = map.link(theirs.link(*id)?);
                Some((*id, ends(&link), Arc::new(link)))
            })
            .collect();
        let free: Vec<LinkId> =
            ours.links().keys().copied().filter(|id| !pairs.is_taken(*id)).collect();
        let record = |id| ours.link(id).map(|link| (ends(link), Arc::clone(link)));
        pairs.by_key(record, free.into_iter(), &renamed, |_, _| false, LinkId::random);
        map.links = std::mem::take(&mut pairs.map);
        pairs.map = map.links.clone();
    }
    Some(())
}

/// Groups, note cards, named views, waivers, what is set aside and matrices.
fn others(ours: &Notebook, theirs: &Notebook, map: &mut Renaming) {
    macro_rules! matched {
        ($records:ident, $field:ident, $rename:ident, $id:ident, $key:expr) => {{
            let renamed: Vec<_> = theirs
                .$records()
                .iter()
                .map(|(id, record)| {
                    let record = map.$rename(record);
                    (*id, $key(&record), Arc::new(record))
                })
                .collect();
            let mut pairs = Pairs::default();
            let record = |id| ours.$records().get(&id).map(|it| ($key(it), Arc::clone(it)));
            pairs.by_key(
                record,
                ours.$records().keys().copied(),
                &renamed,
                |_, _| true,
                crate::notebook::$id::random,
            );
            map.$field = pairs.map;
        }};
    }
    use crate::notebook::{Card, Group, Matrix, NamedView, SetAside, Waiver};
    // What an id does not say is one, these do; note cards and views are free, and one only where they are equal.
    matched!(groups, groups, group, GroupId, |it: &Group| (it.title.clone(), it.members.clone()));
    matched!(cards, cards, card, CardId, |it: &Card| {
        let bits = [it.x, it.y, it.width, it.height].map(f32::to_bits);
        (it.text.clone(), bits, it.hue)
    });
    matched!(views, views, view, ViewId, |it: &NamedView| (it.name.clone(), format!("{it:?}")));
    matched!(waivers, waivers, waiver, WaiverId, |it: &Waiver| (it.rule.clone(), it.of.clone()));
    matched!(set_aside, set_aside, aside, SetAsideId, |it: &SetAside| (it.what, it.from.clone()));
    matched!(matrices, matrices, matrix, MatrixId, |it: &Matrix| {
        let claims: BTreeSet<EntityId> = it.claims.iter().copied().collect();
        (it.title.clone(), claims)
    });
}

fn tallies(ours: &Notebook, theirs: &Notebook) -> (Tally, Tally) {
    let (mut joined, mut added) = (Tally::default(), Tally::default());
    macro_rules! count {
        ($records:ident, $field:ident) => {
            for id in theirs.$records().keys() {
                let tally = if ours.$records().contains_key(id) { &mut joined } else { &mut added };
                tally.$field += 1;
            }
        };
    }
    count!(articles, articles);
    count!(entities, entities);
    count!(mentions, mentions);
    count!(links, links);
    count!(groups, others);
    count!(cards, others);
    count!(views, others);
    count!(waivers, others);
    count!(set_aside, others);
    count!(matrices, others);
    (joined, added)
}
