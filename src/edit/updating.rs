//! An article's text becomes another: everything anchored in it goes along, or is kept as an orphan.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::apply::{Draft, short};
use super::{Ref, Refusal};
use crate::notebook::{
    Anchor, Article, ArticleId, Change, Detail, Dismissed, Entity, EntityId, Evidence, Link,
    Mention, MentionId, Notebook, Origin, Place, Version,
};
use crate::text::{Outcome, Quote, Text, occurrences, reanchor};

/// Context shorter than this (bytes) does not identify a place by itself.
const CONTEXT: usize = 24;

/// Where an anchor stood, and where it is read from in a text: bytes.
type StoodAt = (Stood, Range<usize>);

/// Where an anchor stood: bytes of the text, or, for an orphan, scalar values and the words it quotes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stood {
    At(usize, usize),
    Orphan(usize, usize, String),
}

impl Stood {
    fn of(place: &Place) -> Self {
        match place {
            Place::At { start, end } => Self::At(*start, *end),
            Place::Orphan(quote) => Self::Orphan(quote.start, quote.end, quote.exact.clone()),
        }
    }
}

/// A new version of an article's text, and where everything goes that is anchored in the present one. Worked out from a
/// notebook, it changes nothing until [`super::Edit::UpdateArticle`] carries it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    article: ArticleId,
    origin: Origin,
    old: Text,
    new: Text,
    outcomes: BTreeMap<Stood, Outcome>,
    /// Where a person put what was not found.
    placed: BTreeMap<Stood, Range<usize>>,
    /// The number that the new version has.
    version: u32,
}

impl Update {
    /// Works out where everything goes that is anchored in an article: mentions, quotes that are evidence of links or
    /// answers to claims, dismissed suggestions. Orphans are looked for too, by the version of the text that has their
    /// words. Takes up to a second for a text of 10 MB.
    ///
    /// # Errors
    /// There is no such article, or its text is this one already.
    pub fn of(
        notebook: &Notebook,
        article: ArticleId,
        origin: Origin,
        text: Text,
    ) -> Result<Self, Refusal> {
        let Some(record) = notebook.article(article) else {
            return Err(missing(article));
        };
        if record.text == text {
            return Err(Refusal::Invalid(format!(
                "“{}” already has this text: there is nothing to update",
                record.about.title
            )));
        }
        let outcomes = outcomes(record, &text, anchored(notebook, article));
        let (old, version) = (record.text.clone(), record.versions().saturating_add(1));
        let placed = BTreeMap::new();
        Ok(Self { article, origin, old, new: text, outcomes, placed, version })
    }

    /// Which article it is about.
    #[must_use]
    pub const fn article(&self) -> ArticleId {
        self.article
    }

    /// The text that the article is to have.
    #[must_use]
    pub const fn text(&self) -> &Text {
        &self.new
    }

    /// What becomes of an anchor; `None` where it is not one of the article, or was made since.
    #[must_use]
    pub fn outcome(&self, anchor: &Anchor) -> Option<&Outcome> {
        (anchor.article == self.article).then(|| self.outcomes.get(&Stood::of(&anchor.place)))?
    }

    /// Where the text comes from.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Puts an orphan at a place of the new text (bytes), or takes it from where it was put. It counts as read there: in
    /// the new version.
    ///
    /// # Errors
    /// It is no orphan of this update; or the place is none.
    pub fn place(&mut self, anchor: &Anchor, at: Option<Range<usize>>) -> Result<(), Refusal> {
        if !matches!(self.outcome(anchor), Some(Outcome::Orphaned { .. })) {
            return Err(Refusal::Invalid("only an orphan is put at another place".to_owned()));
        }
        let stood = Stood::of(&anchor.place);
        match at {
            None => {
                self.placed.remove(&stood);
            }
            Some(range) if self.is_place(&range) => {
                self.placed.insert(stood, range);
            }
            Some(range) => {
                return Err(Refusal::BadPlace(format!("{}..{} (bytes)", range.start, range.end)));
            }
        }
        Ok(())
    }

    /// Where a person put an orphan: bytes of the new text.
    #[must_use]
    pub fn placed(&self, anchor: &Anchor) -> Option<Range<usize>> {
        (anchor.article == self.article)
            .then(|| self.placed.get(&Stood::of(&anchor.place)).cloned())?
    }

    /// Where an anchor will be, found or put there; `None` of an orphan.
    #[must_use]
    pub fn goes_to(&self, anchor: &Anchor) -> Option<Range<usize>> {
        self.placed(anchor).or_else(|| self.outcome(anchor)?.range())
    }

    fn is_place(&self, range: &Range<usize>) -> bool {
        range.start < range.end
            && range.end <= self.new.len()
            && self.new.is_grapheme_boundary(range.start)
            && self.new.is_grapheme_boundary(range.end)
    }

    /// The quotes taken from the article: evidence of links, and answers to claims.
    pub fn quotes<'a>(&self, notebook: &'a Notebook) -> impl Iterator<Item = &'a Anchor> {
        let article = self.article;
        quotes(notebook).filter(move |anchor| anchor.article == article)
    }

    /// The anchor as it will be; `None` where it was made since.
    fn anchor(&self, anchor: &Anchor) -> Option<Anchor> {
        if let Some(range) = self.placed(anchor) {
            return Some(Anchor::at(self.article, self.version, range));
        }
        let range = self.outcome(anchor)?.range().filter(|range| self.is_place(range));
        Some(match range {
            // It was read where it was read.
            Some(range) => Anchor::at(self.article, anchor.version, range),
            None => self.orphan(anchor),
        })
    }

    /// The anchor as an orphan, which keeps its words.
    fn orphan(&self, anchor: &Anchor) -> Anchor {
        let quote = match &anchor.place {
            Place::At { start, end } => self.old.quote(*start..*end),
            Place::Orphan(quote) => Quote::clone(quote),
        };
        let quote = nowhere(quote, &self.new);
        Anchor { place: Place::Orphan(Box::new(quote)), ..anchor.clone() }
    }

    /// What was dismissed, as it will be.
    fn dismissed(&self, before: &Dismissed) -> Dismissed {
        let mut after = Dismissed::default();
        let mut lost = Vec::new();
        let mut go = |stood: Stood, place: (usize, usize), words: String| match self
            .outcomes
            .get(&stood)
            .and_then(Outcome::range)
        {
            Some(range) => {
                after.places.insert((range.start, range.end));
            }
            None => lost.push((place, words)),
        };
        for &(start, end) in &before.places {
            let quote = self.old.quote(start..end);
            go(Stood::At(start, end), (quote.start, quote.end), quote.exact);
        }
        for (&(start, end), words) in &before.lost {
            go(Stood::Orphan(start, end, words.clone()), (start, end), words.clone());
        }
        let taken: HashSet<(usize, usize)> = after
            .places
            .iter()
            .map(|&(start, end)| (self.new.scalar_of(start), self.new.scalar_of(end)))
            .collect();
        for ((start, end), words) in lost {
            let len = end.saturating_sub(start);
            let stands = self.new.stands_at(start..end, &words).is_some();
            let mut place = if stands { past_the_end(&self.new, len) } else { (start, end) };
            while taken.contains(&place) || after.lost.contains_key(&place) {
                place = past_the_end(&self.new, len).max((place.0 + 1, place.1 + 1));
            }
            after.lost.insert(place, words);
        }
        after
    }
}

fn missing(article: ArticleId) -> Refusal {
    Refusal::Missing {
        what: "article",
        name: article.to_string(),
        hint: ": it was removed since".to_owned(),
    }
}

/// A quote of words that, where they are said to have stood, stand by chance in the new text: it says of another place,
/// past the end, so that nobody who reads the notebook takes them for found.
fn nowhere(quote: Quote, new: &Text) -> Quote {
    if new.stands_at(quote.start..quote.end, &quote.exact).is_none() {
        return quote;
    }
    let (start, end) = past_the_end(new, quote.end - quote.start);
    Quote { start, end, ..quote }
}

fn past_the_end(text: &Text, len: usize) -> (usize, usize) {
    (text.scalars(), text.scalars() + len)
}

/// Everything that is anchored in an article, once for each place.
fn anchored(notebook: &Notebook, article: ArticleId) -> Vec<Place> {
    let mut all: BTreeMap<Stood, Place> = BTreeMap::new();
    let mut add = |place: &Place| {
        all.entry(Stood::of(place)).or_insert_with(|| place.clone());
    };
    notebook
        .mentions_in(article)
        .filter_map(|id| notebook.mention(id))
        .for_each(|mention| add(&mention.anchor.place));
    quotes(notebook)
        .filter(|anchor| anchor.article == article)
        .for_each(|anchor| add(&anchor.place));
    if let Some(dismissed) = notebook.dismissed().get(&article) {
        dismissed.places.iter().for_each(|&(start, end)| add(&Place::At { start, end }));
        for (&(start, end), exact) in &dismissed.lost {
            let quote = Quote {
                start,
                end,
                exact: exact.clone(),
                prefix: String::new(),
                suffix: String::new(),
            };
            add(&Place::Orphan(Box::new(quote)));
        }
    }
    all.into_values().collect()
}

const fn quoted(evidence: &Evidence) -> Option<&Anchor> {
    match evidence {
        Evidence::Quote(anchor) => Some(anchor),
        Evidence::Mention(_) => None,
    }
}

/// All quotes that are evidence of links or answers to claims.
fn quotes(notebook: &Notebook) -> impl Iterator<Item = &Anchor> {
    let links = notebook.links().values().flat_map(|link| &link.evidence).filter_map(quoted);
    links.chain(notebook.entities().values().flat_map(|entity| answers(entity)))
}

/// The quotes in which someone answers a claim.
fn answers(entity: &Entity) -> impl Iterator<Item = &Anchor> {
    let replies = match &entity.detail {
        Detail::Claim(claim) => &claim.replies[..],
        Detail::Actor(_) | Detail::Event(_) => &[],
    };
    replies.iter().filter_map(|reply| reply.answer.as_ref()).filter_map(quoted)
}

/// Where all these places go. Those that are found are read from the present text, orphans from the latest earlier one
/// that has their words; what no version has is found only where its words stand once with all the context it kept.
fn outcomes(article: &Article, new: &Text, places: Vec<Place>) -> BTreeMap<Stood, Outcome> {
    let mut by_text: Vec<(&Text, Vec<StoodAt>)> = vec![(&article.text, Vec::new())];
    by_text.extend(article.earlier.iter().rev().map(|version| (&version.text, Vec::new())));
    let mut all = BTreeMap::new();
    for place in places {
        let stood = Stood::of(&place);
        let quote = match place {
            Place::At { start, end } => {
                by_text[0].1.push((stood, start..end));
                continue;
            }
            Place::Orphan(quote) => quote,
        };
        let had = by_text.iter_mut().skip(1).find_map(|(text, places)| {
            Some((text.stands_at(quote.start..quote.end, &quote.exact)?, places))
        });
        match had {
            Some((range, places)) => places.push((stood, range)),
            None => {
                all.insert(stood, by_context(&quote, new));
            }
        }
    }
    let mut held: HashSet<(usize, usize)> = HashSet::new();
    for (text, places) in by_text.into_iter().filter(|(_, places)| !places.is_empty()) {
        let ranges: Vec<Range<usize>> = places.iter().map(|(_, range)| range.clone()).collect();
        let found = reanchor(text, new, &ranges);
        for ((stood, _), outcome) in places.into_iter().zip(found) {
            let orphan = matches!(stood, Stood::Orphan(..));
            let outcome = match outcome {
                // What stands there now has the better claim.
                Outcome::Unchanged(range) | Outcome::Moved { range, .. }
                    if orphan && held.contains(&(range.start, range.end)) =>
                {
                    Outcome::Orphaned { candidates: vec![(range, 1.0)] }
                }
                // It was lost, and is found again: that is for a person to see.
                Outcome::Unchanged(range) if orphan => Outcome::Moved { range, confidence: 1.0 },
                other => other,
            };
            held.extend(outcome.range().map(|range| (range.start, range.end)));
            all.insert(stood, outcome);
        }
    }
    all
}

/// Where a quote's words stand with all the context it kept, if they do so once.
fn by_context(quote: &Quote, new: &Text) -> Outcome {
    let context = quote.prefix.len() + quote.suffix.len();
    let whole = [&*quote.prefix, &*quote.exact, &*quote.suffix].concat();
    if context >= CONTEXT
        && !quote.exact.is_empty()
        && let [place] = &occurrences(new, &whole)[..]
    {
        let start = place.start + quote.prefix.len();
        return Outcome::Moved { range: start..start + quote.exact.len(), confidence: 1.0 };
    }
    Outcome::Orphaned { candidates: Vec::new() }
}

impl Draft<'_> {
    pub(super) fn update_article(&mut self, update: &Update) -> Result<String, Refusal> {
        let (id, article) =
            self.article(Some(&Ref::Id(update.article))).map_err(|_| missing(update.article))?;
        let label = format!("Update the article “{}”", short(&article.about.title));
        let stale = || {
            Refusal::Invalid(format!(
                "“{}” was changed while its update was worked out: update it again",
                article.about.title
            ))
        };
        if article.text != update.old {
            return Err(stale());
        }
        let mut new = Article::clone(&article);
        let origin = std::mem::replace(&mut new.origin, update.origin.clone());
        new.earlier
            .push(Version { origin, text: std::mem::replace(&mut new.text, update.new.clone()) });
        self.change(Change::Article(id, Some(Arc::new(new))));
        self.update_mentions(update).ok_or_else(stale)?;
        self.update_quotes(update).ok_or_else(stale)?;
        if let Some(dismissed) = self.notebook.dismissed().get(&id) {
            let dismissed = Arc::new(update.dismissed(dismissed));
            self.change(Change::Dismissed(id, Some(dismissed)));
        }
        Ok(label)
    }

    /// Mentions go where the update says; `None` where it does not know one.
    fn update_mentions(&mut self, update: &Update) -> Option<()> {
        let ids: Vec<MentionId> = self.notebook.mentions_in(update.article).collect();
        let mut all: Vec<(MentionId, Mention, Anchor)> = Vec::with_capacity(ids.len());
        for id in ids {
            let mention = Mention::clone(self.notebook.mention(id)?);
            let anchor = update.anchor(&mention.anchor)?;
            all.push((id, mention, anchor));
        }
        // Two mentions of one entity may not stand at one place: what was lost before stays so.
        all.sort_by_key(|(id, mention, _)| (mention.anchor.range().is_none(), *id));
        let mut held: HashMap<EntityId, HashSet<(usize, usize)>> = HashMap::new();
        for (id, mut mention, mut anchor) in all {
            if let Some(range) = anchor.range()
                && !held.entry(mention.entity).or_default().insert((range.start, range.end))
            {
                anchor = update.orphan(&mention.anchor);
            }
            mention.anchor = anchor;
            self.put_mention(id, mention);
        }
        Some(())
    }

    /// Quotes that are evidence of links or answers to claims go where the update says; `None` where it does not know one.
    fn update_quotes(&mut self, update: &Update) -> Option<()> {
        let here = |anchor: &Anchor| anchor.article == update.article;
        let links: Vec<_> = self
            .notebook
            .links()
            .iter()
            .filter(|(_, link)| link.evidence.iter().filter_map(quoted).any(here))
            .map(|(id, link)| (*id, Link::clone(link)))
            .collect();
        for (id, mut link) in links {
            for evidence in &mut link.evidence {
                update_quote(evidence, update)?;
            }
            self.put_link(id, link);
        }
        let claims: Vec<_> = self
            .notebook
            .entities()
            .iter()
            .filter(|(_, entity)| answers(entity).any(here))
            .map(|(id, entity)| (*id, Entity::clone(entity)))
            .collect();
        for (id, mut entity) in claims {
            if let Detail::Claim(claim) = &mut entity.detail {
                for answer in claim.replies.iter_mut().filter_map(|reply| reply.answer.as_mut()) {
                    update_quote(answer, update)?;
                }
            }
            self.put_entity(id, entity);
        }
        Some(())
    }
}

fn update_quote(evidence: &mut Evidence, update: &Update) -> Option<()> {
    if let Evidence::Quote(anchor) = evidence
        && anchor.article == update.article
    {
        *anchor = update.anchor(anchor)?;
    }
    Some(())
}
