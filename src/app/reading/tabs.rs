//! The tabs of the articles: closing one leaves the article in the notebook.

use std::collections::BTreeSet;

use super::Reading;
use crate::app::{OpenNotebook, Program};
use crate::notebook::{ArticleId, Notebook};

/// So many articles have tabs when a notebook is opened; the lists have them all.
const MOST_TABS: usize = 40;

impl Reading {
    /// Of a notebook with many articles only the first ones get tabs, and those that are shown.
    pub(super) fn open_few_tabs(&mut self, notebook: &Notebook) {
        let tabs = self.tabs(notebook);
        let shown = [self.front, self.beside];
        let more = tabs.iter().skip(MOST_TABS).filter(|id| !shown.contains(&Some(**id)));
        self.closed.extend(more);
    }

    /// The article that comes to the front when this one is closed: the next tab, or else the previous one.
    fn neighbour(&self, notebook: &Notebook, of: ArticleId) -> Option<ArticleId> {
        let tabs = self.tabs(notebook);
        let at = tabs.iter().position(|id| *id == of)?;
        let before = at.checked_sub(1);
        tabs.get(at + 1).or_else(|| tabs.get(before?)).copied()
    }

    /// The articles that have a tab, in the notebook's order.
    pub(super) fn tabs(&self, notebook: &Notebook) -> Vec<ArticleId> {
        let mut all = notebook.articles_in_order();
        all.retain(|id| !self.closed.contains(id));
        all
    }

    /// Closes a tab.
    fn close(&mut self, notebook: &Notebook, article: ArticleId) {
        if self.beside == Some(article) || (self.front == Some(article) && self.beside.is_some()) {
            // The other of the two stays, in the first reader.
            self.front = if self.front == Some(article) { self.beside } else { self.front };
            self.beside = None;
            self.second_in_front = false;
        } else if self.front == Some(article) {
            self.front = self.neighbour(notebook, article);
        }
        self.closed.insert(article);
    }
}

impl OpenNotebook {
    /// The articles that have a tab, in the notebook's order. All have one until it is closed.
    #[must_use]
    pub fn tabs(&self) -> Vec<ArticleId> {
        self.reading.tabs(self.notebook())
    }

    /// The articles whose tabs were closed.
    pub(in crate::app) fn closed_tabs(&self) -> impl Iterator<Item = ArticleId> {
        let notebook = self.document.notebook();
        self.reading.closed.iter().copied().filter(|id| notebook.article(*id).is_some())
    }

    /// Restores the tabs as they were left.
    pub(in crate::app) fn leave_closed(
        &mut self,
        closed: BTreeSet<ArticleId>,
        beside: Option<ArticleId>,
    ) {
        let notebook = self.document.notebook();
        self.reading.closed = closed;
        if let Some(front) = self.reading.front {
            self.reading.closed.remove(&front);
        }
        let beside = beside.filter(|id| notebook.article(*id).is_some());
        self.reading.beside = beside.filter(|id| self.reading.front.is_some_and(|it| it != *id));
        self.reading.second_in_front = false;
        self.reading.open_few_tabs(self.document.notebook());
    }

    /// Closes tabs; what is shown stays.
    pub(in crate::app) fn close_tabs(&mut self, articles: impl IntoIterator<Item = ArticleId>) {
        self.reading.closed.extend(articles);
    }
}

impl Program {
    /// Closes an article's tab.
    pub(in crate::app) fn close_tab(&mut self, article: ArticleId) {
        self.with_open_notebook(|book| book.reading.close(book.document.notebook(), article));
        self.refresh_find();
    }

    /// Closes the tab in front.
    pub(in crate::app) fn close_front_tab(&mut self) {
        if let Some(article) = self.book.as_ref().and_then(OpenNotebook::article) {
            self.close_tab(article);
        }
    }
}
