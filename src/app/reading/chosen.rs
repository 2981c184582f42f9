//! The articles that are chosen in the list of articles, to be moved or removed together.

use std::collections::BTreeSet;

use crate::app::{OpenNotebook, Program};
use crate::notebook::ArticleId;

impl OpenNotebook {
    /// The articles chosen in the list; empty where none is but the one in front.
    #[must_use]
    pub const fn chosen_articles(&self) -> &BTreeSet<ArticleId> {
        &self.reading.chosen
    }

    /// What a command for articles acts on: those chosen in the list, otherwise the one in front.
    #[must_use]
    pub fn articles_meant(&self) -> Vec<ArticleId> {
        if self.reading.chosen.is_empty() {
            return self.article().into_iter().collect();
        }
        let order = self.notebook().articles_in_order();
        order.into_iter().filter(|id| self.reading.chosen.contains(id)).collect()
    }
}

impl Program {
    /// Chooses exactly these articles.
    pub(super) fn choose_articles(&mut self, articles: BTreeSet<ArticleId>) {
        self.with_open_notebook(|book| {
            let there = articles.into_iter().filter(|id| book.notebook().article(*id).is_some());
            book.reading.chosen = there.collect();
        });
    }
}
