//! One article as the two of them tagged it: every span that either of them tagged, in reading order, with what each took
//! it for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::inquiry::agreement::InBoth;
use crate::notebook::{ArticleId, EntityId, Notebook};

/// A span of an article that one of them tagged, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedSpan {
    /// Bytes of the article's text.
    pub range: Range<usize>,
    /// As what ours has it; nothing where only theirs has it.
    pub ours: Vec<EntityId>,
    /// As what theirs has it: ids of theirs.
    pub theirs: Vec<EntityId>,
    /// Who tagged it, and whether as the same.
    pub who: Who,
}

/// Who tagged a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Both, as the same.
    Both,
    /// Both, as something else each.
    Apart,
    /// Only ours.
    Ours,
    /// Only theirs.
    Theirs,
}

impl Who {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Apart => "both, not as the same",
            Self::Ours => "only yours",
            Self::Theirs => "only theirs",
        }
    }

    /// A sign for it: colour is never the only sign.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Both => "=",
            Self::Apart => "≠",
            Self::Ours => "−",
            Self::Theirs => "+",
        }
    }
}

fn spans(notebook: &Notebook, article: ArticleId) -> BTreeMap<(usize, usize), BTreeSet<EntityId>> {
    let mut spans: BTreeMap<(usize, usize), BTreeSet<EntityId>> = BTreeMap::new();
    for mention in notebook.mentions_in(article).filter_map(|id| notebook.mention(id)) {
        if let Some(range) = mention.anchor.range() {
            spans.entry((range.start, range.end)).or_default().insert(mention.entity);
        }
    }
    spans
}

/// The spans of an article of both; `taken` is which of theirs is which of ours. Nothing where the texts differ.
#[must_use]
pub fn side_by_side(
    ours: &Notebook,
    theirs: &Notebook,
    both: InBoth,
    taken: &BTreeMap<EntityId, EntityId>,
) -> Vec<TaggedSpan> {
    let same_text = match (ours.article(both.ours), theirs.article(both.theirs)) {
        (Some(a), Some(b)) => a.text == b.text,
        _ => false,
    };
    if !same_text {
        return Vec::new();
    }
    let (here, there) = (spans(ours, both.ours), spans(theirs, both.theirs));
    let places: BTreeSet<(usize, usize)> = here.keys().chain(there.keys()).copied().collect();
    let span = |place: (usize, usize)| {
        let list = |all: Option<&BTreeSet<EntityId>>| -> Vec<EntityId> {
            all.into_iter().flatten().copied().collect()
        };
        let (ours, theirs) = (list(here.get(&place)), list(there.get(&place)));
        let as_ours: BTreeSet<Option<EntityId>> =
            theirs.iter().map(|id| taken.get(id).copied()).collect();
        let who = match (ours.is_empty(), theirs.is_empty()) {
            (false, true) => Who::Ours,
            (true, _) => Who::Theirs,
            (false, false) if as_ours == ours.iter().copied().map(Some).collect() => Who::Both,
            (false, false) => Who::Apart,
        };
        TaggedSpan { range: place.0..place.1, ours, theirs, who }
    };
    places.into_iter().map(span).collect()
}
