//! The places visited, for going back and forward; and two articles side by side.

use std::ops::Range;

use super::Reading;
use crate::app::{Caret, GoTo, OpenNotebook, Pane, Program};
use crate::notebook::{ArticleId, Notebook, ReadingPlace};
use crate::text::{Text, carried};

/// The most places that are remembered.
const MOST: usize = 100;
/// How near to the view a place may be, in bytes before and after it, without counting as another place.
const NEAR: (usize, usize) = (1_500, 3_000);

/// A place that was left: the reading place and the text cursor.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Visit {
    article: ArticleId,
    caret: Caret,
    reading: ReadingPlace,
}

/// The places visited in this run, the latest last.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Trail {
    back: Vec<Visit>,
    forward: Vec<Visit>,
}

impl Trail {
    /// An article's text became another: its places are at the same sentences.
    pub(super) fn follow_text(&mut self, article: ArticleId, old: &Text, new: &Text) {
        let all = self.back.iter_mut().chain(&mut self.forward);
        for visit in all.filter(|visit| visit.article == article) {
            visit.reading = visit.reading.carried(old, new);
            visit.caret = Caret::at(carried(old, new, visit.caret.head));
        }
    }

    /// Whether there is a place to go back to (or forward).
    pub(in crate::app) const fn has(&self, back: bool) -> bool {
        if back { !self.back.is_empty() } else { !self.forward.is_empty() }
    }
}

impl OpenNotebook {
    fn here(&self) -> Option<Visit> {
        let article = self.article()?;
        let reading = self.reading.places.get(&article).copied().unwrap_or_default();
        Some(Visit { article, caret: self.caret(article), reading })
    }

    /// Remembers the place that is about to be left for another one, unless that is in view or near it.
    pub(in crate::app) fn leave_for(&mut self, article: ArticleId, range: &Range<usize>) {
        let Some(here) = self.here() else { return };
        if here.article == article
            && let Some(content) = self.document.notebook().article(article)
        {
            let view =
                content.text.paragraph(here.reading.paragraph).start + here.reading.bytes_above();
            if range.start + NEAR.0 >= view && range.start <= view + NEAR.1 {
                return;
            }
        }
        self.reading.trail.forward.clear();
        self.reading.trail.back.push(here);
        if self.reading.trail.back.len() > MOST {
            self.reading.trail.back.remove(0);
        }
    }

    /// Whether there is a place to go back to, or forward.
    #[must_use]
    pub const fn can_step_place(&self, back: bool) -> bool {
        self.reading.trail.has(back)
    }

    /// The article in the first or second reader, whichever is in front.
    #[must_use]
    pub fn article_in(&self, second: bool) -> Option<ArticleId> {
        let beside =
            self.reading.beside.filter(|id| self.document.notebook().article(*id).is_some());
        if second == self.reading.second_in_front { self.article() } else { beside }
    }

    /// The article beside the one in front.
    pub(in crate::app) fn article_beside(&self) -> Option<ArticleId> {
        self.reading.beside.filter(|_| self.is_side_by_side())
    }

    /// Whether two articles are side by side.
    #[must_use]
    pub fn is_side_by_side(&self) -> bool {
        self.article_in(true).is_some() && self.article_in(false).is_some()
    }

    /// Brings an article to the front: in its own reader where it is beside, otherwise in the one in front.
    pub(in crate::app) fn bring_to_front(&mut self, article: ArticleId) {
        if self.reading.beside == Some(article) && self.reading.front != Some(article) {
            self.reading.beside = self.reading.front;
            self.reading.second_in_front = !self.reading.second_in_front;
        }
        self.reading.front = Some(article);
        self.reading.closed.remove(&article);
    }

    /// Shows two articles beside each other, the first in front.
    pub(in crate::app) fn put_side_by_side(&mut self, left: ArticleId, right: ArticleId) {
        let there = |id: ArticleId| self.notebook().article(id).is_some();
        if left == right || !there(left) || !there(right) {
            return;
        }
        self.reading.front = Some(left);
        self.reading.beside = Some(right);
        self.reading.second_in_front = false;
        self.reading.closed.remove(&left);
        self.reading.closed.remove(&right);
    }

    /// Steps back to the place left last, or forward again; returns that place.
    fn step_trail(&mut self, back: bool) -> Option<GoTo> {
        let here = self.here()?;
        let trail = &mut self.reading.trail;
        let (from, to) = if back {
            (&mut trail.back, &mut trail.forward)
        } else {
            (&mut trail.forward, &mut trail.back)
        };
        let notebook = self.document.notebook();
        let Visit { article, caret, reading } = std::iter::from_fn(|| from.pop())
            .find(|visit| notebook.article(visit.article).is_some() && *visit != here)?;
        to.push(here);
        let len = notebook.article(article).map_or(0, |content| content.text.len());
        // A replaced text may be shorter.
        let caret = Caret { anchor: caret.anchor.min(len), head: caret.head.min(len) };
        self.reading.set_caret(article, caret);
        self.bring_to_front(article);
        Some(GoTo { article, range: caret.range(), reading: Some(reading) })
    }

    /// Restores the reading places with which the notebook was left.
    pub(in crate::app) fn restore_reading(
        &mut self,
        front: Option<ArticleId>,
        places: impl IntoIterator<Item = (ArticleId, ReadingPlace)>,
    ) {
        let notebook = self.document.notebook();
        let there = |id: &ArticleId| notebook.article(*id).is_some();
        self.reading.places.extend(places.into_iter().filter(|(id, _)| there(id)));
        self.reading.front = front.filter(there).or(self.reading.front);
    }
}

impl Reading {
    /// Ends showing two articles side by side if a change removed one of them.
    pub(super) fn settle_side_by_side(&mut self, notebook: &Notebook) {
        let gone = |id: Option<ArticleId>| id.is_none_or(|id| notebook.article(id).is_none());
        if gone(self.beside) || self.beside == self.front || gone(self.front) {
            self.beside = None;
            self.second_in_front = false;
        }
    }

    /// The pane of the article in front.
    pub(in crate::app) const fn front_pane(&self) -> Pane {
        if self.second_in_front { Pane::BESIDE } else { Pane::READER }
    }
}

impl Program {
    /// Goes to the place left last, or forward again.
    pub(in crate::app) fn step_place(&mut self, back: bool) {
        if let Some(goto) = self.book.as_mut().and_then(|book| book.step_trail(back)) {
            self.send_reader(goto);
        }
        self.after_change();
    }

    /// Shows a second article beside the first, or hides it.
    pub(in crate::app) fn toggle_side_by_side(&mut self) {
        self.with_open_notebook(|book| {
            if book.is_side_by_side() {
                book.reading.beside = None;
                book.reading.second_in_front = false;
                return;
            }
            let tabs = book.tabs();
            let all = if tabs.len() > 1 { tabs } else { book.notebook().articles_in_order() };
            let now = book.reading.front.and_then(|id| all.iter().position(|other| *other == id));
            let next = now.and_then(|now| all.get((now + 1) % all.len()).copied());
            book.reading.beside = next.filter(|id| Some(*id) != book.reading.front);
            if let Some(beside) = book.reading.beside {
                book.reading.closed.remove(&beside);
            }
            book.reading.second_in_front = false;
        });
    }

    /// Shows an article in the reader, or in the second one.
    pub(in crate::app) fn show_article_in(&mut self, article: ArticleId, second: bool) {
        self.with_open_notebook(|book| {
            if book.is_side_by_side()
                && book.reading.second_in_front != second
                && let Some(other) = book.article_in(second)
            {
                book.bring_to_front(other);
            }
        });
        self.show_article(article);
    }
}
