//! An open notebook and the work going on in it, in parts that own their state.

use super::charting::Charting;
use super::findings::Findings;
use super::reading::Reading;
use super::session::Document;
use super::tagging::Tagging;
use super::{Caret, Selection};
use crate::job::Pool;
use crate::notebook::{Notebook, ViewState};

/// An open notebook and the work going on in it.
///
/// Each part's fields are private: others use its methods.
#[derive(Debug)]
pub struct OpenNotebook {
    pub(super) document: Document,
    pub(super) reading: Reading,
    pub(super) tagging: Tagging,
    pub(super) charting: Charting,
    pub(super) findings: Findings,
    selection: Selection,
    pool: Pool,
}

impl OpenNotebook {
    /// An open notebook without a file, nothing selected, nothing to undo.
    #[must_use]
    pub fn with(notebook: Notebook) -> Self {
        Self::left_as(notebook, &ViewState::default())
    }

    /// A notebook opened in the view state in which it was left.
    pub(super) fn left_as(notebook: Notebook, desk: &ViewState) -> Self {
        Self {
            reading: Reading::new(&notebook, desk),
            charting: Charting::new(desk),
            findings: Findings::default(),
            tagging: Tagging::default(),
            selection: Selection::none(),
            document: Document::new(notebook, desk.keep_sources),
            pool: Pool::default(),
        }
    }

    /// Makes its views' jobs run in this pool.
    pub(super) fn in_pool(self, pool: &Pool) -> Self {
        Self { pool: pool.clone(), ..self }
    }

    /// The pool that the views' jobs run in.
    #[must_use]
    pub const fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The view state to be stored: the current article, reading places, view of the canvas.
    #[must_use]
    pub fn desk(&self) -> ViewState {
        let mut desk =
            ViewState { keep_sources: self.document.keep_sources(), ..ViewState::default() };
        self.reading.leave(&mut desk);
        self.charting.leave(&mut desk);
        desk
    }

    /// What is selected.
    #[must_use]
    pub const fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Selects exactly this, as far as the notebook holds it.
    pub(super) fn select(&mut self, selection: Selection) {
        self.selection = selection;
        self.selection.prune(self.document.notebook());
    }

    /// Changes what is selected.
    pub(super) fn change_selection(&mut self, change: impl FnOnce(&mut Selection)) {
        change(&mut self.selection);
    }

    /// Removes references to what a change deleted.
    pub(super) fn prune(&mut self) {
        let notebook = self.document.notebook();
        self.selection.prune(notebook);
        self.reading.prune(notebook);
        self.tagging.prune(notebook);
    }

    /// Goes one step back: closes what is open, then deselects words, then everything else.
    pub(super) fn step_back(&mut self) {
        if self.tagging.step_back() {
            return;
        }
        match self.article().filter(|id| !self.caret(*id).is_empty()) {
            Some(id) => self.reading.set_caret(id, Caret::at(self.caret(id).head)),
            None => self.selection = Selection::none(),
        }
    }
}
