//! Which entities of two notebooks may be the same: by their names, and by the words that both tagged. Candidates are found
//! by what names have in common, so that the cost does not grow with the product of both; each is then compared by
//! [`likeness`](super::likeness).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::likeness::{Likeness, Prepared, likeness};
use crate::inquiry::agreement::InBoth;
use crate::inquiry::review::look_alike::deletions;
use crate::notebook::{ActorKind, ArticleId, Detail, Entity, EntityId, Kind, Notebook};
use crate::text::{looks_anonymous, similarity};

/// An entity of ours and one of theirs that may be the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Ours.
    pub ours: EntityId,
    /// Theirs.
    pub theirs: EntityId,
    /// How likely that is, from 0 to 1.
    pub score: f32,
    /// Why, in words: “the same name; both tagged it in 3 places”.
    pub reason: String,
    /// Nothing speaks against it, and no other entity of either notebook could be meant: the same id, or the same name and
    /// kind.
    pub is_sure: bool,
}

/// What has more in common than this many entities tells nothing about two of them.
const COMMON: usize = 40;
/// Pairs below this score are not offered.
const LEAST: f32 = 0.4;
/// Claims whose words are less alike than this are not offered for that.
const ALIKE: f32 = 0.5;
/// Words of one place that both tagged as different entities tell little; from this share of their places on, something.
const TOGETHER: f32 = 0.25;

/// What is left of a score where nobody names the two: the same words for a source say little.
const UNNAMED: f32 = 0.8;

/// An entity, made ready for comparing.
struct Candidate<'a> {
    id: EntityId,
    entity: &'a Entity,
    names: Vec<Prepared>,
    /// How often it is tagged in the articles of both.
    places: usize,
}

/// The pairs: sure ones first, then the likeliest. `None` once `stop` returns true.
pub(super) fn pairs(
    ours: &Notebook,
    theirs: &Notebook,
    articles: &[InBoth],
    stop: &dyn Fn() -> bool,
) -> Option<Vec<Pair>> {
    let kind_in = |notebook: &Notebook, id| notebook.entity(id).map(|entity| entity.kind());
    let same_id: HashSet<EntityId> = ours
        .entities()
        .iter()
        .filter(|(id, entity)| kind_in(theirs, **id) == Some(entity.kind()))
        .map(|(id, _)| *id)
        .collect();
    let mut found: Vec<Pair> = same_id
        .iter()
        .map(|id| Pair {
            ours: *id,
            theirs: *id,
            score: 1.0,
            reason: "the same entity of one notebook".to_owned(),
            is_sure: true,
        })
        .collect();
    let together = Together::of(ours, theirs, articles, stop)?;
    let a = candidates(ours, &same_id, &together.places[0]);
    let b = candidates(theirs, &same_id, &together.places[1]);
    let meeting = Meeting::of(&a, &b, stop)?;
    let mut pairs: BTreeSet<(usize, usize)> = meeting.pairs;
    let number = |all: &[Candidate<'_>]| -> HashMap<EntityId, usize> {
        all.iter().enumerate().map(|(number, one)| (one.id, number)).collect()
    };
    let (numbers_a, numbers_b) = (number(&a), number(&b));
    for (one, other) in together.counts.keys() {
        if let (Some(x), Some(y)) = (numbers_a.get(one), numbers_b.get(other)) {
            pairs.insert((*x, *y));
        }
    }
    for (n, (x, y)) in pairs.into_iter().enumerate() {
        if n.is_multiple_of(256) && stop() {
            return None;
        }
        let (Some(one), Some(other)) = (a.get(x), b.get(y)) else { continue };
        let count = together.counts.get(&(one.id, other.id)).copied().unwrap_or(0);
        found.extend(compared(one, other, count, &meeting.bearers));
    }
    let sure: [HashSet<EntityId>; 2] = [
        found.iter().filter(|pair| pair.is_sure).map(|pair| pair.ours).collect(),
        found.iter().filter(|pair| pair.is_sure).map(|pair| pair.theirs).collect(),
    ];
    found.retain(|pair| {
        pair.is_sure || !sure[0].contains(&pair.ours) && !sure[1].contains(&pair.theirs)
    });
    let order = |pair: &Pair| (pair.ours, pair.theirs);
    found.sort_by(|x, y| {
        let first = y.is_sure.cmp(&x.is_sure).then(y.score.total_cmp(&x.score));
        first.then_with(|| ours.name(x.ours).cmp(ours.name(y.ours))).then(order(x).cmp(&order(y)))
    });
    Some(found)
}

fn candidates<'a>(
    notebook: &'a Notebook,
    without: &HashSet<EntityId>,
    places: &HashMap<EntityId, usize>,
) -> Vec<Candidate<'a>> {
    let all = notebook.entities().iter().filter(|(id, _)| !without.contains(id));
    all.map(|(id, entity)| Candidate {
        id: *id,
        entity,
        names: entity.names().map(Prepared::of).collect(),
        places: places.get(id).copied().unwrap_or(0),
    })
    .collect()
}

/// Which entities both tagged at the same words, how often; and how often each was tagged in the articles of both.
struct Together {
    counts: HashMap<(EntityId, EntityId), usize>,
    places: [HashMap<EntityId, usize>; 2],
}

impl Together {
    fn of(
        ours: &Notebook,
        theirs: &Notebook,
        articles: &[InBoth],
        stop: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let mut found = Self { counts: HashMap::new(), places: Default::default() };
        for both in articles {
            if stop() {
                return None;
            }
            let same_text = match (ours.article(both.ours), theirs.article(both.theirs)) {
                (Some(a), Some(b)) => a.text == b.text,
                _ => false,
            };
            if !same_text {
                continue;
            }
            let mut here: HashMap<(usize, usize, Kind), Vec<EntityId>> = HashMap::new();
            for (place, entity) in tagged(ours, both.ours) {
                *found.places[0].entry(entity).or_default() += 1;
                let all = here.entry(place).or_default();
                if !all.contains(&entity) {
                    all.push(entity);
                }
            }
            let mut seen = HashSet::new();
            for (place, entity) in tagged(theirs, both.theirs) {
                *found.places[1].entry(entity).or_default() += 1;
                if seen.insert((place, entity)) {
                    for one in here.get(&place).into_iter().flatten() {
                        *found.counts.entry((*one, entity)).or_default() += 1;
                    }
                }
            }
        }
        Some(found)
    }
}

/// What is tagged in an article: where, as which kind, and as what.
fn tagged(
    notebook: &Notebook,
    article: ArticleId,
) -> impl Iterator<Item = ((usize, usize, Kind), EntityId)> {
    notebook.mentions_in(article).filter_map(move |id| {
        let mention = notebook.mention(id)?;
        let range = mention.anchor.range()?;
        let kind = notebook.entity(mention.entity)?.kind();
        Some(((range.start, range.end, kind), mention.entity))
    })
}

/// Entities of both that meet in some part of a name.
struct Meeting {
    /// By number.
    pairs: BTreeSet<(usize, usize)>,
    /// How many entities of each notebook are called by a name, aliases included.
    bearers: HashMap<(Kind, String), [usize; 2]>,
}

impl Meeting {
    fn of(a: &[Candidate<'_>], b: &[Candidate<'_>], stop: &dyn Fn() -> bool) -> Option<Self> {
        let mut by_key: HashMap<(Kind, String), [Vec<usize>; 2]> = HashMap::new();
        let mut bearers: HashMap<(Kind, String), [usize; 2]> = HashMap::new();
        for (who, all) in [a, b].into_iter().enumerate() {
            for (number, one) in all.iter().enumerate() {
                if number.is_multiple_of(256) && stop() {
                    return None;
                }
                let kind = one.entity.kind();
                let names: BTreeSet<&str> = one.names.iter().map(Prepared::folded).collect();
                for name in names {
                    bearers.entry((kind, name.to_owned())).or_default()[who] += 1;
                }
                for key in one.names.iter().flat_map(|name| keys(kind, name)) {
                    let all = &mut by_key.entry((kind, key)).or_default()[who];
                    // What is too common is not used; nor is all of it kept.
                    if all.last() != Some(&number) && all.len() <= COMMON {
                        all.push(number);
                    }
                }
            }
        }
        let mut pairs = BTreeSet::new();
        for [ours, theirs] in by_key.values() {
            if ours.len() <= COMMON && theirs.len() <= COMMON {
                pairs.extend(ours.iter().flat_map(|x| theirs.iter().map(|y| (*x, *y))));
            }
        }
        Some(Self { pairs, bearers })
    }
}

/// What a name has in common with names it may be the same as. The first letter says which sort of key it is.
fn keys(kind: Kind, name: &Prepared) -> Vec<String> {
    let mut keys = vec![format!("={}", name.folded())];
    let words = name.core().iter().filter(|word| word.chars().nth(2).is_some());
    keys.extend(words.clone().map(|word| format!("w{word}")));
    if kind == Kind::Claim {
        return keys;
    }
    for word in words.filter(|word| (5..=30).contains(&word.chars().count())) {
        keys.extend(deletions(word).into_iter().map(|near| format!("d{near}")));
    }
    match name.core() {
        [one] => keys.push(format!("l{one}")),
        _ => keys.extend(name.letters().map(|letters| format!("l{letters}"))),
    }
    keys
}

/// What speaks for two being the same, and against it; `None` where too little speaks for it.
fn compared(
    a: &Candidate<'_>,
    b: &Candidate<'_>,
    together: usize,
    bearers: &HashMap<(Kind, String), [usize; 2]>,
) -> Option<Pair> {
    let kind = a.entity.kind();
    let mut score = 0.0_f32;
    let mut reasons: Vec<String> = Vec::new();
    let by_name = by_names(a, b);
    if let Some((likeness, aliases)) = &by_name
        && (kind != Kind::Claim || *likeness >= Likeness::Order)
    {
        score = likeness.score();
        reasons.push(likeness.words().to_owned());
        if !aliases.is_empty() {
            score *= 0.97;
            let quoted: Vec<String> = aliases.iter().map(|alias| format!("“{alias}”")).collect();
            reasons.push(format!("by the alias {}", quoted.join(" and ")));
        }
    } else if kind != Kind::Actor {
        let alike = similarity(&a.entity.name, &b.entity.name);
        if alike >= ALIKE {
            score = 0.95 * alike;
            reasons.push(format!("the words are {:.0} % alike", 100.0 * alike));
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a ratio is wanted")]
    let share = 2.0 * together as f32 / (a.places + b.places).max(1) as f32;
    if together > 0 && (score > 0.0 || share >= TOGETHER) {
        let places = 0.45 + 0.45 * share.min(1.0);
        score = if score > 0.0 { (score.max(places) + 0.05).min(0.99) } else { places };
        let count = if together == 1 { "1 place".to_owned() } else { format!("{together} places") };
        reasons.push(format!("both tagged it in {count}"));
    }
    let against = against(a.entity, b.entity);
    score -= 0.15 * against.len() as f32;
    if score < LEAST {
        return None;
    }
    let unnamed = [a, b].into_iter().any(|one| {
        one.entity.is_anonymous() || kind == Kind::Actor && looks_anonymous(&one.entity.name)
    });
    let alone = |name: &Prepared| {
        bearers.get(&(kind, name.folded().to_owned())).is_some_and(|count| *count == [1, 1])
    };
    let by_both_names = matches!(&by_name, Some((Likeness::Same, aliases)) if aliases.is_empty());
    let is_sure = by_both_names
        && against.is_empty()
        && !unnamed
        && a.names.first().is_some_and(alone)
        && b.names.first().is_some_and(alone);
    if unnamed {
        reasons.push("a source that nobody names".to_owned());
        score *= UNNAMED;
    }
    reasons.extend(against);
    let score = if is_sure { 1.0 } else { score.clamp(0.0, 0.99) };
    Some(Pair { ours: a.id, theirs: b.id, score, reason: reasons.join("; "), is_sure })
}

/// How the names of two are alike at best, and by which aliases.
fn by_names(a: &Candidate<'_>, b: &Candidate<'_>) -> Option<(Likeness, Vec<String>)> {
    let mut best: Option<(Likeness, usize, usize)> = None;
    for (i, one) in a.names.iter().enumerate() {
        for (j, other) in b.names.iter().enumerate() {
            if let Some(found) = likeness(one, other)
                && best.is_none_or(|(likeness, ..)| found > likeness)
            {
                best = Some((found, i, j));
            }
        }
    }
    let (likeness, i, j) = best?;
    let alias = |entity: &Entity, at: usize| entity.names().nth(at).map(str::to_owned);
    let mut aliases: Vec<String> = [(a.entity, i), (b.entity, j)]
        .into_iter()
        .filter(|(_, at)| *at > 0)
        .filter_map(|(entity, at)| alias(entity, at))
        .collect();
    aliases.dedup();
    Some((likeness, aliases))
}

/// What speaks against two being the same.
fn against(a: &Entity, b: &Entity) -> Vec<String> {
    let mut all = Vec::new();
    match (&a.detail, &b.detail) {
        (Detail::Actor(a), Detail::Actor(b)) => {
            if a.kind != b.kind && a.kind != ActorKind::Unset && b.kind != ActorKind::Unset {
                let words = |kind: ActorKind| kind.label().to_lowercase();
                all.push(format!("but {} here, {} there", words(a.kind), words(b.kind)));
            }
        }
        (Detail::Event(a), Detail::Event(b)) => {
            let (here, there) = (&a.date.edtf, &b.date.edtf);
            if here != there && !here.is_empty() && !there.is_empty() {
                all.push(format!("but dated {here} here, {there} there"));
            }
        }
        _ => {}
    }
    all
}

/// The pairs that can be taken in one go: those that are offered with this score at least, and that nothing rivals: no
/// other pair with either of the two is nearly as likely. Each entity is in one of them at most.
pub(super) fn from_score(pairs: &[Pair], least: f32) -> BTreeSet<usize> {
    let mut ours: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    let mut theirs: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for (number, pair) in pairs.iter().enumerate() {
        ours.entry(pair.ours).or_default().push(number);
        theirs.entry(pair.theirs).or_default().push(number);
    }
    let rivalled = |number: usize, pair: &Pair| {
        let with = |map: &BTreeMap<EntityId, Vec<usize>>, id: &EntityId| {
            map.get(id).is_some_and(|all| {
                all.iter().filter(|other| **other != number).any(|other| {
                    pairs.get(*other).is_some_and(|rival| rival.score > pair.score - MARGIN)
                })
            })
        };
        with(&ours, &pair.ours) || with(&theirs, &pair.theirs)
    };
    let offered = pairs.iter().enumerate().filter(|(_, pair)| !pair.is_sure && pair.score >= least);
    offered.filter(|(number, pair)| !rivalled(*number, pair)).map(|(number, _)| number).collect()
}

/// How much likelier than the next one a pair must be to be taken without being looked at.
const MARGIN: f32 = 0.05;
