//! How far two people agree who tagged the same articles apart: on where the words are that matter (Krippendorff's alpha for
//! unitising, for each kind and over all), and, where both tagged the very same words, on the kind and on the entity (Cohen's
//! kappa). The measures and their sources are told in [`unitising`] and [`coding`].

pub mod coding;
pub mod unitising;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::notebook::{ArticleId, EntityId, Kind, Notebook};
use crate::text::Text;
pub use coding::Confusion;
pub use unitising::{Disagreement, Units, disagreement, without_overlaps};

/// Which things two people tagged in an article that both have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InBoth {
    /// The article as the first notebook has it.
    pub ours: ArticleId,
    /// The same article as the second has it: of the same text.
    pub theirs: ArticleId,
}

/// How far two people agree in one article, or in all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// The articles that were counted: those in which both tagged something.
    pub articles: Vec<InBoth>,
    /// The articles in which only one of the two tagged something: nothing is concluded from them.
    pub left_out: Vec<InBoth>,
    /// How many Unicode scalar values the counted articles have.
    pub scalars: u64,
    /// Disagreement on spans, for each kind, in the order of [`Kind::ALL`].
    pub spans: [Disagreement; 3],
    /// How many units of each kind each of the two found; mentions of one kind that overlap are one unit.
    pub units: [[usize; 2]; 3],
    /// The kinds that both gave to the same words.
    pub kinds: Confusion<Kind>,
    /// The entities that both gave to the same words, where both are of one kind. A category is an entity of the first
    /// notebook or one of the second that is not known to be the same as any: see [`Named`].
    pub entities: Confusion<Named>,
    /// Words that only the first tagged, and words that only the second did: spans, each counted once.
    pub alone: [usize; 2],
    /// Spans that both tagged, to which at least one of the two gave several kinds: they are not in `kinds`.
    pub ambiguous_kinds: usize,
    /// Spans that both tagged, to which at least one gave several entities of one kind: they are not in `entities`.
    pub ambiguous_entities: usize,
}

/// An entity as a category of both notebooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// One of the first notebook.
    Ours(EntityId),
    /// One that only the second has.
    Theirs(EntityId),
}

impl Agreement {
    /// α over all kinds; `None` where it is not defined.
    #[must_use]
    pub fn alpha(&self) -> Option<f64> {
        let [actors, events, claims] = self.spans;
        actors.and(events).and(claims).alpha()
    }

    /// α of one kind; `None` where it is not defined: nobody tagged one.
    #[must_use]
    pub fn alpha_of(&self, kind: Kind) -> Option<f64> {
        self.spans[number(kind)].alpha()
    }

    /// How many spans both tagged.
    #[must_use]
    pub fn together(&self) -> usize {
        self.kinds.all() + self.ambiguous_kinds
    }
}

/// What a figure of agreement (α or κ) says, in words. The limits are those that Krippendorff (Content Analysis, 2nd edition,
/// 2004, p. 241) gives for α as customary: 0.8, and 0.667 where conclusions are tentative. They are not laws of nature.
#[must_use]
pub fn in_words(figure: Option<f64>) -> &'static str {
    match figure {
        None => "not defined",
        Some(figure) if figure >= 0.8 => "good",
        Some(figure) if figure >= 0.667 => "enough for tentative conclusions",
        Some(figure) if figure >= 0.1 => "little",
        Some(figure) if figure > -0.1 => "no better than chance",
        Some(_) => "worse than chance",
    }
}

fn number(kind: Kind) -> usize {
    Kind::ALL.iter().position(|one| *one == kind).unwrap_or(0)
}

/// The spans of one person in one article, with the kinds and entities they gave to each. Orphans have no place.
type Spans = BTreeMap<(usize, usize), BTreeSet<(Kind, EntityId)>>;

fn spans_of(notebook: &Notebook, article: ArticleId) -> Spans {
    let mut spans = Spans::new();
    for id in notebook.mentions_in(article) {
        let Some(mention) = notebook.mention(id) else { continue };
        let Some(Range { start, end }) = mention.anchor.range() else { continue };
        let Some(entity) = notebook.entity(mention.entity) else { continue };
        spans.entry((start, end)).or_default().insert((entity.kind(), mention.entity));
    }
    spans
}

/// How far two people agree in the articles that both notebooks have. `same` is the entity of the first notebook that an
/// entity of the second is, where that is known. Takes time as n log n for n mentions; `None` once `stop` returns true.
#[must_use]
pub fn agreement(
    ours: &Notebook,
    theirs: &Notebook,
    articles: &[InBoth],
    same: &dyn Fn(EntityId) -> Option<EntityId>,
    stop: &dyn Fn() -> bool,
) -> Option<Agreement> {
    let mut found = Agreement::default();
    let mut units: [Vec<Units>; 3] = Default::default();
    for both in articles {
        if stop() {
            return None;
        }
        let Some(text) = ours.article(both.ours).map(|article| &article.text) else { continue };
        let spans = [spans_of(ours, both.ours), spans_of(theirs, both.theirs)];
        match [spans[0].is_empty(), spans[1].is_empty()] {
            [true, true] => continue,
            [false, false] => found.articles.push(*both),
            _ => {
                found.left_out.push(*both);
                continue;
            }
        }
        found.scalars += text.scalars() as u64;
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            let here = units_of(&spans, kind, text);
            for (who, units) in here.by.iter().enumerate() {
                found.units[at][who] += units.len();
            }
            units[at].push(here);
        }
        coded(&mut found, &spans, same);
    }
    for (at, units) in units.iter().enumerate() {
        found.spans[at] = disagreement(units);
    }
    Some(found)
}

/// The units of one kind, in Unicode scalar values.
fn units_of(spans: &[Spans; 2], kind: Kind, text: &Text) -> Units {
    let by = [0, 1].map(|who| {
        let of_kind = spans[who].iter().filter(|(_, given)| given.iter().any(|it| it.0 == kind));
        let places = of_kind
            .map(|((start, end), _)| text.scalar_of(*start) as u64..text.scalar_of(*end) as u64);
        without_overlaps(places.collect())
    });
    Units { length: text.scalars() as u64, by }
}

/// What was given to the same words.
fn coded(
    found: &mut Agreement,
    [ours, theirs]: &[Spans; 2],
    same: &dyn Fn(EntityId) -> Option<EntityId>,
) {
    found.alone[0] += ours.keys().filter(|span| !theirs.contains_key(*span)).count();
    found.alone[1] += theirs.keys().filter(|span| !ours.contains_key(*span)).count();
    for (span, given) in ours {
        let Some(also) = theirs.get(span) else { continue };
        let kinds = |given: &BTreeSet<(Kind, EntityId)>| -> BTreeSet<Kind> {
            given.iter().map(|(kind, _)| *kind).collect()
        };
        let (a, b) = (kinds(given), kinds(also));
        match (a.first(), b.first()) {
            (Some(one), Some(other)) if a.len() == 1 && b.len() == 1 => {
                found.kinds.add(*one, *other);
            }
            _ => found.ambiguous_kinds += 1,
        }
        for kind in a.intersection(&b) {
            let of = |given: &BTreeSet<(Kind, EntityId)>| -> Vec<EntityId> {
                given.iter().filter(|it| it.0 == *kind).map(|it| it.1).collect()
            };
            match (&of(given)[..], &of(also)[..]) {
                ([one], [other]) => {
                    let other = same(*other).map_or(Named::Theirs(*other), Named::Ours);
                    found.entities.add(Named::Ours(*one), other);
                }
                _ => found.ambiguous_entities += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests;
