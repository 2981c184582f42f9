//! What is on the timeline: events by their dates, and statements of claims on the day of their article.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use super::extent::Extent;
use super::words_width::{WIDEST, words_width};
use crate::notebook::{ArticleId, Detail, EntityId, Kind, Mention, MentionId, Notebook, Polarity};
use crate::text::{fold, shown_name};

/// Size of the face of labels, in points.
pub const LABEL: f32 = 12.5;

/// What stands on the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// An event.
    Event(EntityId),
    /// A statement: a mention of a claim.
    Statement(MentionId),
}

/// Something with a place in time.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is.
    pub what: What,
    /// The event, or the claim that is stated.
    pub entity: EntityId,
    /// When it can be.
    pub extent: Extent,
    /// What is written beside it: the name of the event, or what is claimed.
    pub label: Arc<str>,
    /// The room for that, in points.
    pub width: f32,
    /// A statement that denies its claim.
    pub denies: bool,
    /// It is marked “to check”.
    pub to_check: bool,
}

impl Item {
    /// The kind of the entity.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.what {
            What::Event(_) => Kind::Event,
            What::Statement(_) => Kind::Claim,
        }
    }
}

/// What is on the timeline, in the order of time: by the earliest moment, what lasts longer first, then by name.
#[derive(Clone, Debug, Default)]
pub struct Items {
    /// What has a date.
    pub dated: Vec<Item>,
    /// The events without one, by name.
    pub undated: Vec<EntityId>,
    /// The statements whose article has no date, article by article.
    pub undated_statements: Vec<MentionId>,
}

impl Items {
    /// What is on the timeline of a notebook, with or without statements. Linear in the notebook, but for sorting: of a
    /// large one a job. Incomplete once `stop` returns true.
    #[must_use]
    pub fn of(notebook: &Notebook, statements: bool, stop: &dyn Fn() -> bool) -> Self {
        let mut items = Self::default();
        for (n, (id, entity)) in notebook.entities().iter().enumerate() {
            if n % 4_096 == 0 && stop() {
                return items;
            }
            let Detail::Event(event) = &entity.detail else { continue };
            match Extent::of(event.date.edtf.trim()) {
                Some(extent) => {
                    let label: Arc<str> = shown_name(&entity.name).into();
                    items.dated.push(Item {
                        what: What::Event(*id),
                        entity: *id,
                        extent,
                        width: width_of(&label),
                        label,
                        denies: false,
                        to_check: entity.to_check,
                    });
                }
                None => items.undated.push(*id),
            }
        }
        if statements {
            items.add_statements(notebook, stop);
        }
        items.dated.sort_by_cached_key(|item| (Moment::of(item), fold(&item.label), item.what));
        items.undated.sort_by_cached_key(|id| (fold(notebook.name(*id)), *id));
        items
    }

    fn add_statements(&mut self, notebook: &Notebook, stop: &dyn Fn() -> bool) {
        for article in notebook.articles_in_order() {
            if stop() {
                return;
            }
            let date = notebook.article(article).map_or("", |article| article.about.date.trim());
            let extent = Extent::of(date);
            let said = notebook.mentions_in(article).filter_map(|id| {
                let mention = notebook.mention(id)?;
                Some((id, mention, mention.statement.as_ref()?))
            });
            for (id, mention, statement) in said {
                let Some(extent) = extent else {
                    self.undated_statements.push(id);
                    continue;
                };
                let denies = statement.polarity == Polarity::Denies;
                let name = shown_name(notebook.name(mention.entity));
                let label: Arc<str> =
                    if denies { format!("Denied: {name}").into() } else { name.into() };
                self.dated.push(Item {
                    what: What::Statement(id),
                    entity: mention.entity,
                    extent,
                    width: width_of(&label),
                    label,
                    denies,
                    to_check: mention.to_check,
                });
            }
        }
    }

    /// The number of an item.
    #[must_use]
    pub fn position(&self, what: What) -> Option<u32> {
        self.dated.iter().position(|item| item.what == what).map(|at| at as u32)
    }

    /// From the first moment to the last that all of it takes up, open ends left out.
    #[must_use]
    pub fn span(&self) -> Option<(i64, i64)> {
        let known = || self.dated.iter().map(|item| item.extent.known());
        Some((known().map(|it| it.0).min()?, known().map(|it| it.1).max()?))
    }
}

/// Who says a statement: the last of its chain, who has it from nobody; the publisher of its article where nobody is named.
#[must_use]
pub fn speaker_of(notebook: &Notebook, mention: &Mention) -> Option<EntityId> {
    let named = mention.speakers().last();
    named.or_else(|| notebook.article(mention.anchor.article)?.about.publisher)
}

/// The mention whose sentence tells of an item: that of a statement; of an event the first with a place.
#[must_use]
pub fn mention_of(notebook: &Notebook, what: What) -> Option<MentionId> {
    match what {
        What::Statement(id) => Some(id),
        What::Event(id) => {
            let placed = |id: &MentionId| {
                notebook.mention(*id).is_some_and(|mention| mention.anchor.range().is_some())
            };
            let mut all = notebook.mentions_of(id);
            all.by_ref().find(placed).or_else(|| notebook.mentions_of(id).next())
        }
    }
}

/// The sentence around a mention, on one line; its own words where they have left their article.
#[must_use]
pub fn sentence_of(notebook: &Notebook, mention: MentionId) -> Option<(ArticleId, String)> {
    /// The longest sentence, in bytes.
    const LONGEST: usize = 600;
    let anchor = &notebook.mention(mention)?.anchor;
    let words = anchor.range().and_then(|range| {
        let text = &notebook.article(anchor.article)?.text;
        let last = text.sentence_at(range.end.saturating_sub(1).max(range.start));
        let sentence = text.sentence_at(range.start).start..last.end.max(range.end);
        let whole = sentence.start.max(range.start.saturating_sub(LONGEST))
            ..sentence.end.min(range.end.saturating_add(LONGEST));
        let words = text.get(text.trim(text.snap(whole.clone())))?;
        let before = if whole.start > sentence.start { "… " } else { "" };
        let after = if whole.end < sentence.end { " …" } else { "" };
        Some(format!("{before}{words}{after}"))
    });
    let words = words.unwrap_or_else(|| notebook.words(anchor).to_owned());
    Some((anchor.article, words.split_whitespace().collect::<Vec<_>>().join(" ")))
}

fn width_of(label: &str) -> f32 {
    words_width(label, LABEL).min(WIDEST)
}

/// Where something stands in the order of time.
#[derive(PartialEq, Eq)]
struct Moment(i64, Reverse<i64>);

impl Moment {
    const fn of(item: &Item) -> Self {
        Self(item.extent.earliest, Reverse(item.extent.latest))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0, self.1).cmp(&(other.0, other.1))
    }
}
