//! Reading: the current article and place, going to places and back, find, suggestions.

mod chosen;
mod find;
mod intent;
mod navigation;
mod suggestions;
mod tabs;
mod visited;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub use find::{Find, FindQuery, Hits};
pub use intent::ReadingIntent;
pub(super) use suggestions::WordLists;
pub use words::WordPlace;

use super::{OpenNotebook, Selection};
use crate::notebook::{ArticleId, EntityId, Notebook, ReadingPlace, ViewState};
use crate::text::{Text, carried};

/// The state of reading: the user's place in the articles, and what was found in them.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The article in front.
    front: Option<ArticleId>,
    /// Articles without a tab; also some that were removed, so that a thousand that come back by undo do not open as many.
    closed: BTreeSet<ArticleId>,
    /// Articles chosen in the list of articles.
    chosen: BTreeSet<ArticleId>,
    /// The reading place in each article.
    places: BTreeMap<ArticleId, ReadingPlace>,
    /// The texts that the places are in: when one becomes another, its places are carried over.
    texts: BTreeMap<ArticleId, Text>,
    carets: BTreeMap<ArticleId, Caret>,
    /// The place that was gone to last.
    last_goto: Option<GoTo>,
    trail: visited::Trail,
    /// The article in the reader that is not in front, while two are side by side.
    beside: Option<ArticleId>,
    /// Whether the second reader is in front, not the first.
    second_in_front: bool,
    find: Option<Find>,
    /// The query when find was closed.
    last_query: FindQuery,
    /// What the results pane lists.
    listed: Listed,
    suggested: BTreeMap<ArticleId, suggestions::Suggested>,
    /// Places that hold what is typed into the palette.
    words: words::Words,
    /// Whether words were selected last, not something else.
    words_last: bool,
}

/// The text cursor and the words selected with it, in one article. Bytes of its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caret {
    /// Where the selection began.
    pub anchor: usize,
    /// Where the cursor is.
    pub head: usize,
}

impl Caret {
    /// The cursor here, nothing selected.
    #[must_use]
    pub const fn at(byte: usize) -> Self {
        Self { anchor: byte, head: byte }
    }

    /// These bytes selected, the cursor at their end.
    #[must_use]
    pub const fn over(range: Range<usize>) -> Self {
        Self { anchor: range.start, head: range.end }
    }

    /// The selected bytes.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// Whether no words are selected.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.anchor == self.head
    }
}

/// A place that the reader is asked to bring into view.
#[derive(Clone, Debug, PartialEq)]
pub struct GoTo {
    /// The article.
    pub article: ArticleId,
    /// The bytes to bring into view.
    pub range: Range<usize>,
    /// The reading place there, when going back: the view is restored to it.
    pub reading: Option<ReadingPlace>,
}

/// What the results pane lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listed {
    /// The results of the search.
    #[default]
    Results,
    /// The mentions of an entity, in all articles.
    Mentions(EntityId),
}

/// Which articles are in front and which have tabs.
#[derive(Clone, Debug, Default)]
pub(super) struct TabsLeft {
    front: Option<ArticleId>,
    closed: BTreeSet<ArticleId>,
    beside: Option<ArticleId>,
    second_in_front: bool,
}

impl Reading {
    /// Which articles are in front and which have tabs, to be restored.
    pub(super) fn tabs_as_they_are(&self) -> TabsLeft {
        TabsLeft {
            front: self.front,
            closed: self.closed.clone(),
            beside: self.beside,
            second_in_front: self.second_in_front,
        }
    }

    /// Restores them. What is gone meanwhile must be pruned.
    pub(super) fn restore_tabs(&mut self, tabs: TabsLeft) {
        let TabsLeft { front, closed, beside, second_in_front } = tabs;
        self.front = front;
        self.closed = closed;
        self.beside = beside;
        self.second_in_front = second_in_front;
    }

    /// The state in which a notebook was left.
    pub(super) fn new(notebook: &Notebook, desk: &ViewState) -> Self {
        let front = desk.article.filter(|id| notebook.article(*id).is_some());
        let mut reading = Self {
            front: front.or_else(|| notebook.articles_in_order().first().copied()),
            places: desk.reading.clone(),
            texts: texts_of(notebook),
            ..Self::default()
        };
        reading.open_few_tabs(notebook);
        reading
    }

    /// Stores the state of reading in the view state.
    pub(super) fn leave(&self, desk: &mut ViewState) {
        desk.article = self.front;
        desk.reading.clone_from(&self.places);
    }

    /// Sets the text cursor of an article.
    pub(super) fn set_caret(&mut self, article: ArticleId, caret: Caret) {
        self.carets.insert(article, caret);
    }

    /// Notes that something other than words was selected last.
    pub(super) fn selected_items(&mut self) {
        self.words_last = false;
    }

    /// Where an article's text became another, by an update or its undoing, reading goes on at the same sentence.
    fn follow_texts(&mut self, notebook: &Notebook) {
        for (id, article) in notebook.articles() {
            let Some(old) = self.texts.get(id) else { continue };
            if *old == article.text {
                continue;
            }
            let new = &article.text;
            if let Some(place) = self.places.get_mut(id) {
                *place = place.carried(old, new);
            }
            if let Some(caret) = self.carets.get_mut(id) {
                let head = carried(old, new, caret.head);
                let anchor = if caret.is_empty() { head } else { carried(old, new, caret.anchor) };
                *caret = Caret { anchor, head };
            }
            self.trail.follow_text(*id, old, new);
        }
        self.texts = texts_of(notebook);
    }

    /// Removes references to what a change deleted.
    pub(super) fn prune(&mut self, notebook: &Notebook) {
        self.follow_texts(notebook);
        for (id, caret) in &mut self.carets {
            // A replaced text may be shorter, or have other characters there.
            if let Some(article) = notebook.article(*id) {
                caret.anchor = article.text.floor_grapheme(caret.anchor);
                caret.head = article.text.floor_grapheme(caret.head);
            }
        }
        if self.front.is_none_or(|id| notebook.article(id).is_none()) {
            self.front = self.tabs(notebook).first().copied();
        }
        self.chosen.retain(|id| notebook.article(*id).is_some());
        self.settle_side_by_side(notebook);
        if let Listed::Mentions(id) = self.listed
            && notebook.entity(id).is_none()
        {
            self.listed = Listed::Results;
        }
        if notebook.articles().is_empty() {
            self.find = None;
        }
    }
}

/// The texts of all articles: a text is shared, not copied.
fn texts_of(notebook: &Notebook) -> BTreeMap<ArticleId, Text> {
    notebook.articles().iter().map(|(id, article)| (*id, article.text.clone())).collect()
}

impl OpenNotebook {
    /// The article in front.
    #[must_use]
    pub fn article(&self) -> Option<ArticleId> {
        self.reading.front.filter(|id| self.notebook().article(*id).is_some())
    }

    /// The reading place in an article.
    #[must_use]
    pub fn reading_place(&self, article: ArticleId) -> Option<ReadingPlace> {
        self.reading.places.get(&article).copied()
    }

    /// The text cursor of an article.
    #[must_use]
    pub fn caret(&self, article: ArticleId) -> Caret {
        self.reading.carets.get(&article).copied().unwrap_or_default()
    }

    /// The words selected in the article in front: article and bytes, on character boundaries, without white space at
    /// the ends.
    #[must_use]
    pub fn selected_words(&self) -> Option<(ArticleId, Range<usize>)> {
        let id = self.article()?;
        let article = self.notebook().article(id)?;
        let range = article.text.trim(self.caret(id).range());
        (!range.is_empty()).then(|| (id, article.text.snap(range)))
    }

    /// Whether “copy” means words: some are selected, and nothing on the canvas or in the lists was selected since.
    #[must_use]
    pub fn copies_words(&self) -> bool {
        self.selected_words().is_some()
            && (self.reading.words_last || !Selection::has_part(self.selection()))
    }

    /// The place that was gone to last.
    #[must_use]
    pub const fn last_goto(&self) -> Option<&GoTo> {
        self.reading.last_goto.as_ref()
    }

    /// The state of find, if it is open.
    #[must_use]
    pub const fn find(&self) -> Option<&Find> {
        self.reading.find.as_ref()
    }

    /// What the results pane lists.
    #[must_use]
    pub const fn listed(&self) -> Listed {
        self.reading.listed
    }
}
