//! The notebook as it was held on a day: shown instead of what is held now, read-only, and left without a trace.

use std::sync::Arc;

use crate::app::reading::TabsLeft;
use crate::app::{Level, OpenNotebook, Program, Selection};
use crate::edit::{as_of, days};
use crate::notebook::{Notebook, is_moment};

/// What is shown of a day.
#[derive(Debug)]
pub(super) struct AsOf {
    day: String,
    /// The days there are to go to, the earliest first.
    days: Vec<String>,
    pub(super) notebook: Arc<Notebook>,
    /// Why nothing can be changed meanwhile.
    pub(super) why: String,
    left: Left,
}

/// What was in front when a day was gone to.
#[derive(Clone, Debug)]
struct Left {
    selection: Selection,
    tabs: TabsLeft,
}

impl Program {
    /// Shows the notebook as it was held on the last day of which something is known, or goes back to the present.
    pub(in crate::app) fn toggle_as_of(&mut self) {
        let Some(book) = &self.book else { return };
        let day = if book.document.as_of.is_some() {
            None
        } else {
            let days = days(&book.document.notebook);
            let Some(day) = days.last().cloned() else {
                let why = "Nothing in this notebook has a date: no judgement, and no article.";
                self.notify(Level::Info, why);
                return;
            };
            Some(day)
        };
        self.show_as_of(day.as_deref());
    }

    /// Goes back to the present; returns whether a day was shown.
    pub(in crate::app) fn leave_as_of(&mut self) -> bool {
        let shown = self.book.as_ref().is_some_and(|book| book.as_of().is_some());
        if shown {
            self.show_as_of(None);
        }
        shown
    }

    /// Shows the notebook as it was held at the end of a day; `None` goes back to the present.
    pub(in crate::app) fn show_as_of(&mut self, day: Option<&str>) {
        self.keep_what_is_shown();
        if let Some(day) = day.filter(|day| day.len() != 10 || !is_moment(day)) {
            self.notify(Level::Warning, format!("“{day}” is no day: write it as 2031-03-15."));
            return;
        }
        let Some(book) = &mut self.book else { return };
        book.tagging.close();
        let left = match &book.document.as_of {
            Some(shown) => shown.left.clone(),
            None => {
                Left { selection: book.selection().clone(), tabs: book.reading.tabs_as_they_are() }
            }
        };
        let real = Arc::clone(&book.document.notebook);
        let days = match &book.document.as_of {
            Some(shown) => shown.days.clone(),
            None => days(&real),
        };
        book.document.as_of = day.map(|day| AsOf {
            day: day.to_owned(),
            days,
            notebook: Arc::new(as_of(&real, day)),
            why: format!("This is how it was held on {day}: go back to the present to change it"),
            left: left.clone(),
        });
        book.reading.restore_tabs(left.tabs);
        book.select(left.selection);
        self.after_change();
    }
}

impl OpenNotebook {
    /// The day whose state is shown, and the days there are to go to; `None` at present.
    #[must_use]
    pub fn as_of(&self) -> Option<(&str, &[String])> {
        self.document.as_of.as_ref().map(|shown| (&*shown.day, &*shown.days))
    }

    /// Why the notebook's file cannot be written; `None` if it can. Unlike [`Self::read_only`] this does not depend on
    /// what is shown.
    #[must_use]
    pub fn locked(&self) -> Option<&str> {
        self.document.read_only.as_deref()
    }
}
